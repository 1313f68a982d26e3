import Foundation
import OverviewBindings

/// What is done while nobody looks.
public enum BackgroundJob: Sendable, CaseIterable { case refresh, pack }

/// When a job may run. Never while the battery is low.
public struct JobPlan: Equatable, Sendable {
  public let job: BackgroundJob
  /// In seconds.
  public let every: TimeInterval
  /// Only where bytes cost nothing.
  public let isUnmeteredOnly: Bool
  public let isChargingOnly: Bool
}

/// What a person is told outside of the app.
public struct Notice: Equatable, Sendable {
  public let channel: String
  public let title: String
  public let text: String
}

/// Decides what is fetched in the background, when, and what is said of it. The platform only carries
/// it out.
@MainActor public final class Background {
  private unowned let kit: Kit
  private var pack: OfflineModel?

  private static let refresh: TimeInterval = 3 * 3600
  private static let packs: TimeInterval = 12 * 3600

  init(_ kit: Kit) { self.kit = kit }

  /// The jobs there are to be now; none while a person wants nothing to be fetched.
  public func plans() -> [JobPlan] {
    if kit.choices.isOffline { return [] }
    let isUnmeteredOnly = kit.choices.isWifiOnly
    return [
      JobPlan(
        job: .refresh, every: Self.refresh, isUnmeteredOnly: isUnmeteredOnly, isChargingOnly: false),
      JobPlan(
        job: .pack, every: Self.packs, isUnmeteredOnly: isUnmeteredOnly, isChargingOnly: true),
    ]
  }

  /// Does a job for no longer than `window`, in seconds. Unless the app is on the screen, every file
  /// has been let go of before the end. What comes back is to be shown.
  public func run(_ job: BackgroundJob, _ window: TimeInterval, isOnScreen: Bool) async -> Notice? {
    switch job {
    case .refresh:
      if isOnScreen {
        await kit.syncing.sync([], deadline: window)
      } else {
        await kit.lifecycle.background(window)
      }
      return nil
    case .pack: return await runPack(window, isOnScreen)
    }
  }

  private func runPack(_ window: TimeInterval, _ isOnScreen: Bool) async -> Notice? {
    let model = kit.offline()
    pack = model
    var before: UInt64 = 0
    await kit.lifecycle.within(window, isOnScreen: isOnScreen) { time in
      await model.load()
      before = model.ready
      await model.pack(deadline: time)
    }
    pack = nil
    guard kit.choices.hasPackNotice, model.end == .completed, model.ready > before else {
      return nil
    }
    let words = kit.wording.words
    return Notice(
      channel: words.offlineTitle, title: words.offlineReadyTitle, text: model.state.readyText)
  }

  /// The system wants the time back: what runs ends, and `run` returns soon.
  public func stop() {
    kit.syncing.cancel()
    pack?.cancel()
  }
}

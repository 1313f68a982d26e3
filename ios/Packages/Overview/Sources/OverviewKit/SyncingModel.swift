import Foundation
import OverviewBindings

public struct SyncingState: Equatable, Sendable {
  public var isRunning = false
  /// "3 of 7 feeds".
  public var text = ""
  /// 0 to 1.
  public var fraction = 0.0
  /// What is to be said of the last one, such as feeds that did not answer.
  public var notice: String?
  public var trouble: Trouble?
}

/// The one sync that may run, and how far it is.
public final class SyncingModel: Model<SyncingState> {
  private var running: Task<SyncReport?, Never>?
  private var work: (any Work<SyncProgress, SyncReport>)?
  private var progress: SyncProgress?
  private var report: SyncReport?
  private(set) var endedAt: Date?

  /// What a fetch in the background may take where bytes cost money.
  private static let meteredBytes: UInt64 = 5_000_000

  init(_ kit: Kit) { super.init(kit, SyncingState()) }

  /// Fetches what is due of some countries, of all that are followed when none is named. One that
  /// runs is joined.
  @discardableResult
  public func sync(_ countries: [CountryCode], deadline: TimeInterval? = nil) async -> SyncReport? {
    if let running { return await running.value }
    let all = Task { await run(countries, deadline) }
    running = all
    let report = await all.value
    if running == all { running = nil }
    return report
  }

  /// Ends it early; what was fetched stays.
  public func cancel() { work?.cancel() }

  private func run(_ countries: [CountryCode], _ deadline: TimeInterval?) async -> SyncReport? {
    report = nil
    clear()
    let report = await attempt {
      var wanted = countries
      if wanted.isEmpty {
        wanted = try await kit.core.countries().filter(\.followed).map(\.country)
      }
      let task = try kit.core.sync(SyncRequest(
          countries: wanted, deadline: deadline,
          meteredByteBudget: deadline == nil ? nil : Self.meteredBytes))
      work = task
      defer { work = nil }
      return try await task.follow {
        progress = $0
        render()
      }
    }
    progress = nil
    self.report = report
    if report?.end == .completed { endedAt = kit.surroundings.now() }
    render()
    return report
  }

  override func render() {
    let failed = Int64(report?.progress.failed ?? 0)
    let nobody = report?.end == .nobodyReached
    var shown = SyncingState()
    if let progress {
      shown.isRunning = true
      shown.text = words.storiesSyncing(
        count: Int64(progress.planned), done: wording.number(Int64(progress.done)))
      shown.fraction =
        progress.planned > 0 ? Double(progress.done) / Double(progress.planned) : 0
    }
    shown.notice = failed > 0 && !nobody ? words.storiesSyncedPartly(count: failed) : nil
    shown.trouble =
      nobody ? Trouble(words.troubleUnreachable, .retry, words.actionRetry) : trouble
    show(shown)
  }
}

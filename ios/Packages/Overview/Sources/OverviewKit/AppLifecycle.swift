import Foundation

/// What happens to the app, told by the platform's own callbacks; each returns when it is dealt with.
@MainActor public final class AppLifecycle {
  private unowned let kit: Kit
  /// One after the other.
  private var turn: Task<Void, Never>?

  /// Kept back of a window, to close the store.
  private static let margin: TimeInterval = 2
  /// After which the news is fetched when the app is opened.
  private static let stale: TimeInterval = 15 * 60

  init(_ kit: Kit) { self.kit = kit }

  /// The app is on the screen: the store opens, every screen looks again, and what is old is fetched.
  public func foreground() async {
    await inTurn { await self.resume() }
    let now = kit.surroundings.now()
    let isStale = kit.syncing.endedAt.map { now.timeIntervalSince($0) >= Self.stale } ?? true
    if isStale { await kit.syncing.sync([]) }
  }

  /// The store answers, although the app may only be on its way to the screen.
  func wake() async {
    // It stays paused otherwise, and the next call says why.
    await inTurn { [kit] in try? await kit.core.resume() }
  }

  /// The app may work in the background for so many seconds: it fetches what is due and has let go of
  /// every file before the end.
  public func background(_ window: TimeInterval) async {
    await within(window, isOnScreen: false) { await self.kit.syncing.sync([], deadline: $0) }
  }

  /// As `background`, for any work: `fetch` is given the time there is.
  func within(
    _ window: TimeInterval, isOnScreen: Bool, _ fetch: (TimeInterval) async -> Void
  ) async {
    if !isOnScreen { await inTurn { await self.resume() } }
    let time = window - Self.margin
    if time > 0 { await fetch(time) }
    if !isOnScreen { await suspend() }
  }

  /// The app is about to be suspended: what runs ends, what was read is kept, every file is let go.
  public func suspend() async {
    await inTurn { [kit] in
      for model in kit.screens() { await model.suspending() }
      // It closes a moment later, or the next call says why.
      try? await kit.core.pause()
    }
  }

  private func resume() async {
    // It stays paused otherwise, and the next call says why.
    try? await kit.core.resume()
    for model in kit.screens() { await model.resumed() }
  }

  private func inTurn(_ work: @escaping @MainActor () async -> Void) async {
    let before = turn
    let own = Task {
      await before?.value
      await work()
    }
    turn = own
    await own.value
  }

  /// Lists keep one page.
  public func memoryWarning() { for screen in kit.screens() { screen.trim() } }

  /// Another language, time zone or clock: everything is said anew.
  public func surround(_ surroundings: Surroundings) { kit.surround(surroundings) }

  /// Whether bytes cost money on the network there is now.
  public func network(isMetered: Bool) { kit.network(isMetered: isMetered) }

  /// The app ends.
  public func shutdown() async {
    kit.close()
    try? await kit.core.shutdown()
  }
}

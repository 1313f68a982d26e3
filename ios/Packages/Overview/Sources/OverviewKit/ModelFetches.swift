import OverviewBindings

/// Models that are being fetched; they go on when the screen that asked for one is closed.
@MainActor final class ModelFetches {
  private final class Fetch {
    let work: any Work<UInt64, Void>
    var bytes: Int64 = 0
    var isStopped = false

    init(_ work: any Work<UInt64, Void>) { self.work = work }
  }

  private unowned let kit: Kit
  private var underWay: [String: Fetch] = [:]

  init(_ kit: Kit) { self.kit = kit }

  /// What is there of one that is being fetched.
  func bytes(_ language: String) -> Int64? { underWay[language]?.bytes }

  /// Returns when the model is installed or the fetch was stopped; fails as the fetch does.
  func fetch(_ language: String) async throws {
    guard underWay[language] == nil else { return }
    // Begun at once, so that a second press finds it.
    let fetch = Fetch(try kit.core.installModel(language))
    underWay[language] = fetch
    try await Task { try await self.follow(language, fetch) }.value
  }

  private func follow(_ language: String, _ fetch: Fetch) async throws {
    defer {
      underWay[language] = nil
      tell()
    }
    do {
      try await fetch.work.follow {
        fetch.bytes = Int64($0)
        tell()
      }
    } catch {
      if !fetch.isStopped { throw error }
    }
  }

  /// What was fetched stays, and the next fetch goes on with it.
  func stop(_ language: String) {
    guard let fetch = underWay[language] else { return }
    fetch.isStopped = true
    fetch.work.cancel()
  }

  private func tell() {
    for case let model as LanguagesModel in kit.screens() { model.render() }
  }
}

import OverviewBindings
import Testing

@Suite(.timeLimit(.minutes(2))) struct CancellationTests {
  let silence = SyncRequest(countries: ["IS", "UA"])

  @Test func aCancelledSyncReportsWhatItDid() async throws {
    let overview = try await World.open()
    let task = try overview.sync(request: silence)
    while task.progress().done == 0 { _ = try await task.nextProgress() }
    task.cancel()
    let report = try await task.result()
    #expect(report.end == .cancelled)
    #expect(report.progress.done >= 1)
    #expect(try await task.result() == report, "it can be asked again")
  }

  @Test func progressEndsWithTheLastStateAndThenThereIsNone() async throws {
    let overview = try await World.open()
    let task = try overview.sync(request: SyncRequest(countries: ["UA", "US"]))
    var states: [SyncProgress] = []
    while let state = try await task.nextProgress() { states.append(state) }
    let end = try await task.result().progress
    #expect(states.last == end)
    #expect(states.map(\.done) == states.map(\.done).sorted(), "it only grows")
    #expect(try await task.nextProgress() == nil)
  }

  @Test func aReleasedTaskEnds() async throws {
    let overview = try await World.open()
    try await startAndRelease(overview)
    // The store is free again as soon as it has ended.
    while true {
      do {
        _ = try await overview.sync(request: SyncRequest(countries: ["UA"])).result()
        break
      } catch OverviewError.Busy {}
    }
  }

  func startAndRelease(_ overview: Overview) async throws {
    let task = try overview.sync(request: silence)
    while task.progress().done == 0 { _ = try await task.nextProgress() }
  }
}

import Foundation
import OverviewBindings
import Testing

@Suite(.timeLimit(.minutes(2))) struct ShutdownTests {
  @Test func everyCallAfterAShutdownThrowsThatItIsClosed() async throws {
    let overview = try await World.synced("UA")
    try await overview.shutdown()
    try await overview.shutdown()
    let picture = "https://picture.example/1.jpg"
    let calls: [() async throws -> Void] = [
      { _ = try await overview.countries() },
      { _ = try await overview.country(code: "UA") },
      { _ = try await overview.publishers(countries: []) },
      { _ = try await overview.publisher(id: "scripts-press") },
      { _ = try await overview.articles(query: ArticleQuery()) },
      { _ = try await overview.article(id: 1) },
      { _ = try await overview.fetchArticle(id: 1) },
      { _ = try await overview.picture(key: picture) },
      { _ = try await overview.fetchPicture(key: picture) },
      { try await overview.mark(ids: [1], mark: .read) },
      { _ = try await overview.markAllRead(scope: Scope()) },
      { _ = try await overview.undoMarkAll() },
      { try await overview.keepPosition(id: 1, block: 0, thousandths: 0) },
      { _ = try await overview.position(id: 1) },
      { try await overview.followCountry(country: "UA", follow: true) },
      { try await overview.followPublisher(publisher: "scripts-press", follow: true) },
      { _ = try await overview.planPack(request: PackRequest()) },
      { _ = try await overview.storageUse() },
      { _ = try await overview.doctor() },
      { try overview.setOffline(offline: true) },
      { _ = try overview.isOffline() },
      { try overview.setMetered(metered: true) },
      { _ = try overview.isMetered() },
      { try overview.setEffort(effort: .paused) },
      { _ = try overview.effort() },
      { _ = try overview.sync(request: SyncRequest()) },
      { _ = try overview.pack(request: PackRequest()) },
      { _ = try overview.subscribe(listener: Recorder()) },
    ]
    for call in calls { await expect(.closed, from: call) }
  }

  @Test func aShutdownEndsWhatRuns() async throws {
    let overview = try await World.open()
    let task = try overview.sync(request: SyncRequest(countries: ["IS", "UA"]))
    while task.progress().done == 0 { _ = try await task.nextProgress() }
    try await overview.shutdown()
    #expect(try await task.result().end == .cancelled)
  }

  @Test func aShutdownFromTheMidstOfCallbacksHarmsNothingAndTheFolderOpensAgain() async throws {
    let folder = World.newFolder()
    for _ in 0..<10 {
      let overview = try await Overview.open(options: World.options(folder))
      let recorder = Recorder()
      let subscription = try overview.subscribe(listener: recorder)
      let task = try overview.sync(request: SyncRequest(forced: true))
      try await overview.followCountry(country: "UA", follow: true)
      await recorder.wait { _ in true }
      try await overview.shutdown()
      subscription.cancel()
      task.cancel()
    }
    let overview = try await Overview.open(options: World.options(folder))
    #expect(try await overview.countries().filter(\.followed).map(\.country) == ["UA"])
  }
}

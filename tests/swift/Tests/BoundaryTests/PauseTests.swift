import Foundation
import OverviewBindings
import Testing

/// A phone suspends the app: no file may be open, and nothing may be lost.
@Suite(.timeLimit(.minutes(2))) struct PauseTests {
  /// Files of a store that this process has open; none where the system has no /proc.
  func openFiles(_ folder: URL) -> [String] {
    let manager = FileManager.default
    let all = (try? manager.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return all.compactMap { try? manager.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") }
      .filter { $0.contains(folder.lastPathComponent) }
  }

  @Test func aPausedStoreHasNoFileOpenRefusesCallsAndLosesNoMark() async throws {
    let folder = World.newFolder()
    let overview = try await Overview.open(options: World.options(folder))
    _ = try await overview.sync(request: SyncRequest(countries: ["UA"])).result()
    let ids = try await overview.articles(query: ArticleQuery()).rows.map(\.id)
    try await overview.mark(ids: Array(ids.prefix(3)), mark: .read)
    for _ in 0..<2 {
      try await overview.pause()
      #expect(openFiles(folder) == [])
    }
    await expect(.paused) { _ = try await overview.countries() }
    await expect(.paused) { try await overview.mark(ids: ids, mark: .read) }
    await expect(.paused) { _ = try await overview.sync(request: SyncRequest()).result() }
    for _ in 0..<2 { try await overview.resume() }
    #expect(try await overview.articles(query: ArticleQuery()).rows.map(\.id) == ids)
    let unread = ArticleQuery(scope: Scope(unread: true))
    #expect(try await overview.articles(query: unread).rows.map(\.id) == Array(ids.dropFirst(3)))
    #expect(try await overview.doctor().damage == nil)
  }

  @Test func aResumeWithoutAPauseDoesNothing() async throws {
    let overview = try await World.open()
    try await overview.resume()
    #expect(try await !overview.countries().isEmpty)
  }

  @Test func aPauseEndsASyncAndTheNextOneDoesIt() async throws {
    let folder = World.newFolder()
    let overview = try await Overview.open(options: World.options(folder))
    let task = try overview.sync(request: SyncRequest(countries: ["IS", "UA"]))
    while task.progress().done == 0 { _ = try await task.nextProgress() }
    try await overview.pause()
    #expect(openFiles(folder) == [])
    await expect(.paused) { _ = try await task.result() }
    while try await task.nextProgress() != nil {}
    try await overview.resume()
    let next = try overview.sync(request: SyncRequest(countries: ["UA"]))
    #expect(try await next.result().end == .completed)
  }

  @Test func aPauseEndsAPackAndTheNextOneDoesIt() async throws {
    let overview = try await World.synced("UA")
    let request = PackRequest(newest: 3)
    let task = try overview.pack(request: request)
    try await overview.pause()
    await expect(.paused) { _ = try await task.result() }
    try await overview.resume()
    #expect(try await overview.pack(request: request).result().progress.ready == 3)
  }

  @Test func aPausedStoreShutsDownAndOpensAgain() async throws {
    let folder = World.newFolder()
    let overview = try await Overview.open(options: World.options(folder))
    try await overview.pause()
    try await overview.shutdown()
    await expect(.closed) { try await overview.resume() }
    await expect(.closed) { try await overview.pause() }
    let again = try await Overview.open(options: World.options(folder))
    #expect(try await !again.countries().isEmpty)
  }
}

import Foundation
import OverviewBindings
import Testing

@Suite struct PanicTests {
  @Test func aPanicOfTheLibraryIsAnErrorAndTheAppGoesOnWithAnIntactStore() async throws {
    let folder = World.newFolder()
    let overview = try await Overview.open(options: World.options(folder))
    _ = try await overview.sync(request: SyncRequest(countries: ["UA"])).result()
    let id = try #require(try await overview.articles(query: ArticleQuery()).rows.first).id
    try await overview.mark(ids: [id], mark: .save)

    await #expect(
      throws: OverviewError.Unexpected(
        reason: "the library panicked: a fault that was asked for")
    ) { try await overview.panicInQuery() }
    #expect(throws: (any Error).self) { try overview.panicAtOnce() }

    #expect(try await overview.doctor().damage == nil)
    try await overview.mark(ids: [id], mark: .read)
    try await overview.shutdown()

    let again = try await Overview.open(options: World.options(folder))
    let saved = try await again.articles(query: ArticleQuery(scope: Scope(saved: true))).rows
    #expect(saved.map(\.state.read) == [true])
  }
}

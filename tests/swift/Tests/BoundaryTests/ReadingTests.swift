import Foundation
import OverviewBindings
import Testing

@Suite struct ReadingTests {
  @Test func aCountryIsSyncedListedAndRead() async throws {
    let overview = try await World.synced("UA")
    let page = try await overview.articles(query: ArticleQuery(scope: Scope(countries: ["UA"])))
    let first = try #require(page.rows.first)
    #expect(first.country == "UA")
    let article = try await overview.fetchArticle(id: first.id)
    #expect(!article.blocks.isEmpty)
    try await overview.shutdown()
  }
}

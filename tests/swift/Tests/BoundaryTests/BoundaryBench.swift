import Foundation
import OverviewBindings
import Testing

/// What crossing costs: tests/boundary-bench.sh, on the optimised library.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["OVERVIEW_BENCH"] == "1"))
struct BoundaryBench {
  @Test func aPageAnArticleAndNothingAtAll() async throws {
    let overview = try await World.synced("UA", "DE", "US", "FR", "BR", "CA")
    let ofCanada = ArticleQuery(scope: Scope(countries: ["CA"]))
    let rows = try await overview.articles(query: ofCanada).rows
    let sixty = try #require(rows.first { $0.title == "Sixty paragraphs" }).id
    #expect(try await overview.article(id: sixty).blocks.count == 60)
    #expect(try await overview.articles(query: ArticleQuery()).rows.count == 50)
    let nowhere = try #require(URL(string: "https://nowhere.example/"))
    try await time("an empty call that returns at once") { _ = try overview.isOffline() }
    try await time("a call that waits and finds nothing") {
      _ = try await overview.picture(url: nowhere)
    }
    let none = ArticleQuery(scope: Scope(countries: ["NZ"]))
    try await time("no article") { _ = try await overview.articles(query: none) }
    let articles = ArticleQuery()
    let inCore = try await overview.timeArticles(query: articles, times: 3_000)
    try await time("a page of 50 articles", inCore) {
      _ = try await overview.articles(query: articles)
    }
    let stories = StoryQuery(scope: StoryScope(), order: .time)
    let page = try await overview.stories(query: stories).rows.count
    let ofStories = try await overview.timeStories(query: stories, times: 3_000)
    try await time("a page of \(page) stories", ofStories) {
      _ = try await overview.stories(query: stories)
    }
    let ofArticle = try await overview.timeArticle(id: sixty, times: 3_000)
    try await time("an article of 60 blocks", ofArticle) {
      _ = try await overview.article(id: sixty)
    }

    // Cancelling: what the person waits for.
    var waits: [Double] = []
    for _ in 0..<20 {
      let task = try overview.sync(request: SyncRequest(countries: ["IS"], forced: true))
      _ = try await task.nextProgress()
      let begun = ContinuousClock.now
      task.cancel()
      _ = try await task.result()
      waits.append(micro(ContinuousClock.now - begun) / 1000)
    }
    waits.sort()
    print("bench Swift: cancelling a sync: median \(waits[10]) ms, longest \(waits[19]) ms")
  }

  /// `inCore` are the nanoseconds that the core itself takes for the same.
  private func time(
    _ what: String, _ inCore: UInt64 = 0, _ call: () async throws -> Void
  ) async throws {
    for _ in 0..<3_000 { try await call() }
    var took: [Double] = []
    for _ in 0..<3_000 {
      let begun = ContinuousClock.now
      try await call()
      took.append(micro(ContinuousClock.now - begun))
    }
    took.sort()
    let (median, late) = (took[1_500].rounded(), took[2_850].rounded())
    let core = (Double(inCore) / 1000).rounded()
    let crossing = inCore > 0 ? ", \(core) of it in the core, \(median - core) to cross" : ""
    print("bench Swift: \(what): median \(median) µs, 95 % \(late) µs\(crossing)")
  }

  private func micro(_ duration: Duration) -> Double {
    Double(duration.components.attoseconds) / 1e12 + Double(duration.components.seconds) * 1e6
  }
}

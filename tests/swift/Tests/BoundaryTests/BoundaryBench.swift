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
    let inCore = { overview.inCore() }
    let nowhere = "https://nowhere.example/"
    try await time("an empty call that returns at once", nil) { _ = try overview.isOffline() }
    try await time("a call that waits and finds nothing", inCore) {
      _ = try await overview.picture(key: nowhere)
    }
    let none = ArticleQuery(scope: Scope(countries: ["NZ"]))
    try await time("no article", inCore) { _ = try await overview.articles(query: none) }
    let articles = ArticleQuery()
    try await time("a page of 50 articles", inCore) {
      _ = try await overview.articles(query: articles)
    }
    let stories = StoryQuery(scope: StoryScope(), order: .time)
    let page = try await overview.stories(query: stories).rows.count
    try await time("a page of \(page) stories", inCore) {
      _ = try await overview.stories(query: stories)
    }
    try await time("an article of 60 blocks", inCore) {
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

  /// The quietest of some rounds, by its median, beside the loudest: what else the machine does only adds.
  /// `inCore` tells the nanoseconds that the core took in the call before; the rest of the call is crossing.
  private func time(
    _ what: String, _ inCore: (() -> UInt64)?, _ call: () async throws -> Void
  ) async throws {
    for _ in 0..<3_000 { try await call() }
    var (wholes, crossings): ([Double], [Double]) = ([], [])
    for _ in 0..<7 {
      var (took, crossing): ([Double], [Double]) = ([], [])
      for _ in 0..<3_000 {
        let begun = ContinuousClock.now
        try await call()
        let whole = micro(ContinuousClock.now - begun)
        took.append(whole)
        crossing.append(whole - Double(inCore?() ?? 0) / 1000)
      }
      wholes.append(took.sorted()[1_500])
      crossings.append(crossing.sorted()[1_500])
    }
    let toCross = inCore == nil ? "" : ", of it to cross \(range(crossings))"
    print("bench Swift: \(what): \(range(wholes)) µs\(toCross)")
  }

  private func range(_ medians: [Double]) -> String {
    String(format: "%.1f (at most %.1f)", medians.min() ?? 0, medians.max() ?? 0)
  }

  private func micro(_ duration: Duration) -> Double {
    Double(duration.components.attoseconds) / 1e12 + Double(duration.components.seconds) * 1e6
  }
}

import Foundation
import OverviewBindings
import Testing

/// Values at the edges of what there is.
@Suite(.timeLimit(.minutes(2))) struct ValuesTests {
  func rows(_ country: CountryCode, in overview: Overview) async throws -> [ArticleRow] {
    try await overview.articles(query: ArticleQuery(scope: Scope(countries: [country]))).rows
  }

  @Test func titlesInEveryScriptArriveAsTheyWerePublishedAndAreFound() async throws {
    let overview = try await World.synced("KE")
    let titles = Set(try await rows("KE", in: overview).map { Array($0.title.unicodeScalars) })
    let scripts = try World.table("scripts.tsv")
    #expect(scripts.count >= 20)
    for (name, sentence) in scripts {
      #expect(titles.contains(Array(sentence.unicodeScalars)), "\(name)")
    }
    for word in ["паром", "여객선이", "नौका", "العبّارة"] {
      let found = try await overview.articles(query: ArticleQuery(scope: Scope(text: word))).rows
      #expect(found.count == 1, "\(word)")
    }
  }

  @Test func aTextOfAMillionCharactersArrivesWhole() async throws {
    let overview = try await World.synced("CA")
    let row = try #require(
      try await rows("CA", in: overview).first { $0.title == "A very long report" })
    let length = try await overview.article(id: row.id).blocks.reduce(0) { sum, block in
      guard case .paragraph(let runs) = block else { return sum }
      return runs.reduce(sum) { $0 + $1.text.utf8.count }
    }
    #expect(length > 990_000)
  }

  @Test func anAddressThatALanguagesOwnTypeForbidsArrivesAndLeadsToTheSamePlace() async throws {
    let overview = try await World.synced("KE")
    let row = try #require(
      try await rows("KE", in: overview).first { $0.title == "An odd address" })
    let url = try #require(try await overview.article(id: row.id).url)
    #expect(url.absoluteString.hasSuffix("/odd%7cpath?a=%5b1%5d"))
    #expect(try await overview.picture(key: url.absoluteString) == .unknown)
  }

  @Test func nothingIsNothing() async throws {
    let overview = try await World.synced("NZ")
    let page = try await overview.articles(query: ArticleQuery(scope: Scope(countries: ["NZ"])))
    #expect(page == ArticlePage(rows: [], previous: nil, next: nil))
    try await overview.mark(ids: [], mark: .read)
    #expect(try await overview.markAllRead(scope: Scope()).marked == 0)
    #expect(try await overview.planPack(request: PackRequest(newest: 0)).articles == [])
  }

  @Test func theGreatestAndTheLeastNumbersAreNumbersLikeAnyOther() async throws {
    let overview = try await World.open()
    for id in [Int64.min, -1, 0, Int64.max] {
      await expect(.notFound) { _ = try await overview.article(id: id) }
      await expect(.notFound) { try await overview.mark(ids: [id], mark: .read) }
      await expect(.invalid) { _ = try await overview.undoMarkAll(undo: id) }
      let edge = "\(id).\(id)"
      #expect(try await overview.articles(query: ArticleQuery(after: edge)).rows == [])
      #expect(try await overview.articles(query: ArticleQuery(before: edge)).rows == [])
    }
    for since in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: 0)] {
      let scope = Scope(since: since)
      _ = try await overview.articles(query: ArticleQuery(scope: scope, limit: .max))
    }
    let request = SyncRequest(countries: ["UA"], deadline: 1e9, byteBudget: .max)
    #expect(try await overview.sync(request: request).result().progress.newArticles > 0)
    let pack = PackRequest(newest: .max, hours: 1, byteBudget: .max)
    _ = try await overview.planPack(request: pack)
  }

  @Test func callsFromManyTasksAgree() async throws {
    let overview = try await World.synced("UA")
    let counts = try await withThrowingTaskGroup(of: Set<UInt32>.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var seen: Set<UInt32> = []
          for _ in 0..<100 {
            seen.insert(try await overview.countries().reduce(0) { $0 + $1.unread })
          }
          return seen
        }
      }
      return try await group.reduce(into: Set()) { $0.formUnion($1) }
    }
    #expect(counts.count == 1)
  }
}

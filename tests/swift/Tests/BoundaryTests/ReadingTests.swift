import Foundation
import OverviewBindings
import Testing

/// What a reader does, on the sample world.
@Suite struct ReadingTests {
  let ukraine = Scope(countries: ["UA"])

  @Test func aCountryIsSyncedListedAndRead() async throws {
    let overview = try await World.open()
    let before = Date()
    let report = try await overview.sync(request: SyncRequest(countries: ["UA"])).result()
    #expect(report.end == .completed)
    #expect(report.feeds.count == Int(report.progress.planned))

    let country = try #require(try await overview.countries().first { $0.country == "UA" })
    #expect(country.name == "Ukraine")
    #expect(country.region == .europe)
    #expect(country.unread > 0)
    #expect(try #require(country.refreshedAt) >= before.addingTimeInterval(-1))

    let row = try #require(
      try await overview.articles(query: ArticleQuery(scope: ukraine)).rows.first)
    #expect(row.country == "UA")
    let article = try await overview.fetchArticle(id: row.id)
    #expect(article.url?.scheme == "http")
    #expect(article.row.id == row.id)
    #expect(
      article.blocks.contains { if case .paragraph = $0 { true } else { false } })
    #expect(article.page != nil)
    try await overview.shutdown()
  }

  @Test func pagesLeadForthAndBackOverAllRowsEachOnce() async throws {
    let overview = try await World.synced("UA", "DE")
    let whole = try await overview.articles(query: ArticleQuery())
    #expect(whole.next == nil)
    let all = whole.rows.map(\.id)
    #expect(all.count > 10)
    var page = try await overview.articles(query: ArticleQuery(limit: 4))
    #expect(page.previous == nil)
    var forth = page.rows.map(\.id)
    while let next = page.next {
      page = try await overview.articles(query: ArticleQuery(limit: 4, after: next))
      forth += page.rows.map(\.id)
    }
    #expect(forth == all)
    var back = page.rows.map(\.id)
    while let previous = page.previous {
      page = try await overview.articles(query: ArticleQuery(limit: 4, before: previous))
      back = page.rows.map(\.id) + back
    }
    #expect(back == all)
  }

  @Test func marksAreThereInTheNextRunAndABulkMarkIsTakenBack() async throws {
    let folder = World.newFolder()
    let first = try await Overview.open(options: World.options(folder))
    _ = try await first.sync(request: SyncRequest(countries: ["UA"])).result()
    let ids = try await first.articles(query: ArticleQuery(scope: ukraine)).rows.map(\.id)
    try await first.mark(ids: Array(ids.prefix(1)), mark: .read)
    try await first.mark(ids: Array(ids.prefix(2)), mark: .save)
    try await first.shutdown()

    let overview = try await Overview.open(options: World.options(folder))
    let saved = try await overview.articles(query: ArticleQuery(scope: Scope(saved: true))).rows
    #expect(Set(saved.map(\.id)) == Set(ids.prefix(2)))
    #expect(saved.filter(\.state.read).map(\.id) == [ids[0]])

    let receipt = try await overview.markAllRead(scope: ukraine)
    #expect(Int(receipt.marked) == ids.count - 1)
    #expect(try await overview.undoMarkAll(undo: receipt.undo) == receipt.marked)
    let unread = Scope(countries: ["UA"], unread: true)
    let rows = try await overview.articles(query: ArticleQuery(scope: unread)).rows
    #expect(Set(rows.map(\.id)) == Set(ids.dropFirst()))
    await expect(.invalid) { _ = try await overview.undoMarkAll() }
  }

  @Test func anArticleIsLeftAndFoundAgainAtTheSameBlock() async throws {
    let overview = try await World.synced("UA")
    let rows = try await overview.articles(query: ArticleQuery(scope: ukraine)).rows
    let id = try #require(rows.first).id
    #expect(try await overview.position(id: id) == nil)
    #expect(try await overview.fetchArticle(id: id).blocks.count > 2)
    try await overview.keepPosition(id: id, block: 2, thousandths: 250)
    let position = try #require(try await overview.position(id: id))
    #expect(position.block == 2)
    #expect(position.thousandths == 250)
  }

  @Test func aPackedCountryIsReadWithoutANetworkWithItsPictures() async throws {
    let overview = try await World.synced("UA")
    let request = PackRequest(countries: ["UA"], newest: 3)
    #expect(try await overview.planPack(request: request).articles.count == 3)
    let report = try await overview.pack(request: request).result()
    #expect(report.end == .completed)
    #expect(report.progress.ready == 3)

    try overview.setOffline(offline: true)
    #expect(try overview.isOffline())
    let ready = try await overview.articles(query: ArticleQuery(scope: ukraine)).rows.filter(
      \.ready)
    #expect(ready.count == 3)
    var pictures = 0
    for row in ready {
      guard let lead = try await overview.article(id: row.id).lead else { continue }
      guard
        case .here(let path, _, _, _, let placeholder) = try await overview.picture(key: lead.url.absoluteString)
      else {
        Issue.record("\(lead.url) is not here")
        continue
      }
      #expect(FileManager.default.isReadableFile(atPath: path.path))
      #expect(!placeholder.isEmpty)
      pictures += 1
    }
    #expect(pictures > 0)

    let use = try await overview.storageUse()
    #expect(use.readyArticles == 3)
    #expect(use.keptBytes == report.progress.keptBytes)
  }

  @Test func whatIsFollowedLeadsTheSyncAndASwitchedOffPublisherLeavesTheLists() async throws {
    let overview = try await World.open()
    try await overview.followCountry(country: "UA", follow: true)
    _ = try await overview.sync(request: SyncRequest()).result()
    let countries = try await overview.countries()
    #expect(countries.filter(\.followed).map(\.country) == ["UA"])
    #expect(countries.filter { $0.articles > 0 }.map(\.country) == ["UA"])

    let publishers = try await overview.publishers(countries: ["UA"])
    #expect(publishers.allSatisfy { $0.enabled && $0.followed == nil })
    let off = try #require(publishers.first)
    #expect(off.feeds.first?.health == .good)
    try await overview.followPublisher(publisher: off.id, follow: false)
    let rows = try await overview.articles(query: ArticleQuery(scope: ukraine)).rows
    #expect(!rows.contains { $0.publisher == off.id })
    try await overview.followPublisher(publisher: off.id, follow: nil)
    #expect(try await overview.publishers(countries: ["UA"]).allSatisfy(\.enabled))
  }

  @Test func factsOfAPublisherAndACountryCarryTheirSourceAndDay() async throws {
    let overview = try await World.open()
    let ownership = try #require(try await overview.publisher(id: "scripts-press").ownership)
    #expect(ownership.source == "invented")
    #expect([ownership.asOf.year, ownership.asOf.month, ownership.asOf.day] == [2026, 11, 23])
    let kenya = try await overview.country(code: "KE")
    #expect(kenya.name == "Kenya")
    #expect((-5.0...5.0).contains(kenya.lat) && (33.0...42.0).contains(kenya.lon))
    let offset = try #require(kenya.utcOffset)
    #expect(offset == 10_800)
  }

  @Test func theDoctorFindsNothingAndTheSwitchesForBytesAndEffortAreSwitches() async throws {
    let folder = World.newFolder()
    let overview = try await Overview.open(options: World.options(folder))
    let found = try await overview.doctor()
    #expect(found.damage == nil)
    #expect(found.dataDir.path == folder.path)
    #expect(found.privateAddressesAllowed)
    #expect(try !overview.isMetered())
    try overview.setMetered(metered: true)
    #expect(try overview.isMetered())
    #expect(try overview.effort() == .full)
    try overview.setEffort(effort: .gentle)
    #expect(try overview.effort() == .gentle)
  }
}

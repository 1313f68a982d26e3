import Foundation
import OverviewBindings
import Testing

/// Each case of the error, by a cause that a phone knows.
@Suite(.timeLimit(.minutes(2))) struct ErrorTests {
  func titled(_ title: String, in overview: Overview) async throws -> ArticleRow {
    let query = ArticleQuery(scope: Scope(countries: ["KE"]))
    return try #require(try await overview.articles(query: query).rows.first { $0.title == title })
  }

  @Test func offlineUnreachableAndRefusedAreToldApart() async throws {
    let overview = try await World.synced("KE")
    let nobody = try await titled("Where nobody is", in: overview)
    let broken = try await titled("A server that fails", in: overview)
    await expect(.unreachable) { _ = try await overview.fetchArticle(id: nobody.id) }
    await expect(.refused) { _ = try await overview.fetchArticle(id: broken.id) }
    try overview.setOffline(offline: true)
    await expect(.offline) { _ = try await overview.fetchArticle(id: nobody.id) }
  }

  @Test func aSecondSyncIsBusy() async throws {
    let overview = try await World.open()
    let first = try overview.sync(request: SyncRequest(countries: ["IS", "UA"]))
    // Once a feed is done it holds the store; the silent one keeps it.
    while first.progress().done == 0 { _ = try await first.nextProgress() }
    await expect(.busy) {
      _ = try await overview.sync(request: SyncRequest(countries: ["UA"])).result()
    }
    first.cancel()
    #expect(try await first.result().end == .cancelled)
  }

  @Test func whatIsNotThereIsNotFound() async throws {
    let overview = try await World.open()
    await expect(.notFound) { _ = try await overview.article(id: 1) }
    await expect(.notFound) { _ = try await overview.country(code: "XX") }
    await expect(.notFound) { _ = try await overview.publisher(id: "no-such-press") }
    await expect(.notFound) { _ = try await overview.publishers(countries: ["XX"]) }
  }

  @Test func whatMakesNoSenseIsInvalidAlsoWhatCannotCrossTheBoundary() async throws {
    let overview = try await World.open()
    await expect(.invalid) { _ = try await overview.country(code: "Ukraine") }
    await expect(.invalid) {
      _ = try await overview.articles(query: ArticleQuery(after: "nowhere"))
    }
    await expect(.invalid) {
      _ = try await overview.articles(query: ArticleQuery(after: "1.1", before: "1.1"))
    }
    for seconds in [Double.greatestFiniteMagnitude, -.infinity, .nan] {
      let never = Scope(since: Date(timeIntervalSince1970: seconds))
      await expect(.invalid) { _ = try await overview.articles(query: ArticleQuery(scope: never)) }
    }
    await expect(.invalid) {
      _ = try await Overview.open(
        options: OpenOptions(dataDir: World.newFolder(), catalogue: "{}"))
    }
    await expect(.invalid) {
      _ = try await Overview.open(
        options: OpenOptions(dataDir: World.newFolder(), hosts: ["a.example": "there"]))
    }
  }

  @Test(.enabled(if: World.smallDisk != nil, "a small disk could not be mounted here"))
  func aFullDeviceIsToldAsSuch() async throws {
    let small = try #require(World.smallDisk)
    await expect(.storageFull) { _ = try await Overview.open(options: World.options(small)) }
  }

  @Test func aNewerDatabaseAnotherProgramsAndAPlaceThatIsNoneAreToldApart() async throws {
    let folder = World.newFolder()
    try await Overview.open(options: World.options(folder)).shutdown()
    let database = folder.appendingPathComponent("overview.db")

    // Of the header of an SQLite file: user_version at 60, application_id at 68.
    func write(_ number: [UInt8], at offset: UInt64) throws {
      let file = try FileHandle(forUpdating: database)
      try file.seek(toOffset: offset)
      try file.write(contentsOf: Data(number))
      try file.close()
    }
    try write([0, 0, 0x27, 0x0f], at: 60)
    await expect(.appTooOld) { _ = try await Overview.open(options: World.options(folder)) }

    try write([0, 0, 0, 1], at: 68)
    let before = try Data(contentsOf: database)
    await expect(.storageDamaged) { _ = try await Overview.open(options: World.options(folder)) }
    #expect(try Data(contentsOf: database) == before, "it is left untouched")

    await expect(.storageUnavailable) {
      _ = try await Overview.open(options: World.options(database.appendingPathComponent("folder")))
    }
  }

  @Test func aDamagedDatabaseIsMovedAsideAndWhatWasKeptIsToldUntilThePersonKnows() async throws {
    let folder = World.newFolder()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let nonsense = Data(String(repeating: "This is no database. ", count: 1_000).utf8)
    try nonsense.write(to: folder.appendingPathComponent("overview.db"))
    let overview = try await Overview.open(options: World.options(folder))
    #expect(try #require(try await overview.salvaged()).marks == 0)
    try await overview.dismissSalvaged()
    #expect(try await overview.salvaged() == nil)
    try await overview.shutdown()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let aside = try #require(names.first { $0.hasPrefix("overview-damaged-") })
    #expect(try Data(contentsOf: folder.appendingPathComponent(aside)) == nonsense)
  }

  @Test func aReasonIsASentenceThatSaysWhatWasBeingDone() async throws {
    let overview = try await World.open()
    await #expect(throws: OverviewError.NotFound(reason: "there is no article 7 in this store")) {
      _ = try await overview.article(id: 7)
    }
  }
}

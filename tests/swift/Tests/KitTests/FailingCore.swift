import Foundation
import OverviewBindings
import OverviewKit

/// The library, but for one call that fails.
final class FailingCore: Core, @unchecked Sendable {
  private let live: LiveCore
  private let lock = NSLock()
  private var call = ""
  private var error = ""

  init(_ live: LiveCore) { self.live = live }

  func fail(_ call: String, _ error: String) {
    lock.withLock {
      self.call = call
      self.error = error
    }
  }

  private func failIf(_ name: String) throws {
    let (call, error) = lock.withLock { (self.call, self.error) }
    guard name == call else { return }
    let reason = "as the suite asked"
    throw switch error {
    case "offline": OverviewError.Offline(reason: reason)
    case "unreachable": OverviewError.Unreachable(reason: reason)
    case "refused": OverviewError.Refused(reason: reason)
    case "busy": OverviewError.Busy(reason: reason)
    case "not_found": OverviewError.NotFound(reason: reason)
    case "invalid": OverviewError.Invalid(reason: reason)
    case "storage_full": OverviewError.StorageFull(reason: reason)
    case "storage_damaged": OverviewError.StorageDamaged(reason: reason)
    case "app_too_old": OverviewError.AppTooOld(reason: reason)
    case "unreadable_file": OverviewError.UnreadableFile(reason: reason)
    case "storage_unavailable": OverviewError.StorageUnavailable(reason: reason)
    case "paused": OverviewError.Paused(reason: reason)
    case "closed": OverviewError.Closed(reason: reason)
    default: OverviewError.Unexpected(reason: reason)
    }
  }

  func countries() async throws -> [CountrySummary] {
    try failIf("countries")
    return try await live.countries()
  }
  func mark(_ ids: [ArticleId], _ mark: Mark) async throws {
    try failIf("mark")
    try await live.mark(ids, mark)
  }
  func followCountry(_ code: CountryCode, _ follow: Bool) async throws {
    try failIf("followCountry")
    try await live.followCountry(code, follow)
  }
  func followPublisher(_ id: PublisherId, _ follow: Bool?) async throws {
    try failIf("followPublisher")
    try await live.followPublisher(id, follow)
  }

  func country(_ code: CountryCode) async throws -> Country { try await live.country(code) }
  func publishers(_ countries: [CountryCode]) async throws -> [PublisherSummary] {
    try await live.publishers(countries)
  }
  func publisher(_ id: PublisherId) async throws -> Publisher { try await live.publisher(id) }
  func articles(_ query: ArticleQuery) async throws -> ArticlePage {
    try await live.articles(query)
  }
  func stories(_ query: StoryQuery) async throws -> StoryPage { try await live.stories(query) }
  func perspectives(_ scope: StoryScope) async throws -> [PerspectiveCount] {
    try await live.perspectives(scope)
  }
  func search(_ query: SearchQuery) async throws -> SearchPage { try await live.search(query) }
  func mute(_ what: Muted, _ lasts: MuteFor) async throws -> Mute {
    try await live.mute(what, lasts)
  }
  func unmute(_ id: MuteId) async throws { try await live.unmute(id) }
  func mutes() async throws -> [Mute] { try await live.mutes() }
  func mutesOf(_ article: ArticleId) async throws -> [Mute] { try await live.mutesOf(article) }
  func story(_ id: StoryId) async throws -> Story { try await live.story(id) }
  func storyOf(_ article: ArticleId) async throws -> Story { try await live.storyOf(article) }
  func takes(_ article: ArticleId) async throws -> [Take] { try await live.takes(article) }
  func article(_ id: ArticleId) async throws -> Article { try await live.article(id) }
  func fetchArticle(_ id: ArticleId) async throws -> Article { try await live.fetchArticle(id) }
  func translateArticle(_ id: ArticleId) async throws -> TranslationOutcome {
    try await live.translateArticle(id)
  }
  func installModel(_ language: String) throws -> any Work<UInt64, Void> {
    try failIf("installModel")
    return try live.installModel(language)
  }
  func translationSettings() async throws -> TranslationSettings {
    try await live.translationSettings()
  }
  func setTranslationSettings(_ settings: TranslationSettings) async throws {
    try await live.setTranslationSettings(settings)
  }
  func installedModels() async throws -> [TranslationModel] { try await live.installedModels() }
  func knownModels() async throws -> [TranslationModel] { try await live.knownModels() }
  func offeredModels() async throws -> [TranslationModel] { try await live.offeredModels() }
  func removeModel(_ language: String) async throws -> Bool {
    try await live.removeModel(language)
  }
  func specimenSentence(_ language: String) -> String? { live.specimenSentence(language) }
  func tryTranslation(_ language: String, _ text: String) async throws -> TranslationTrial {
    try await live.tryTranslation(language, text)
  }
  func planPack(_ request: PackRequest) async throws -> PackPlan {
    try await live.planPack(request)
  }
  func picture(_ key: PictureKey) async throws -> PictureState { try await live.picture(key) }
  func fetchPicture(_ key: PictureKey) async throws -> PictureState { try await live.fetchPicture(key) }
  func markAllRead(_ scope: Scope) async throws -> MarkAllReceipt {
    try await live.markAllRead(scope)
  }
  func undoMarkAll(_ undo: Int64) async throws -> UInt32 { try await live.undoMarkAll(undo) }
  func position(_ id: ArticleId) async throws -> ReadingPosition? { try await live.position(id) }
  func keepPosition(_ id: ArticleId, block: UInt32, thousandths: UInt16) async throws {
    try await live.keepPosition(id, block: block, thousandths: thousandths)
  }
  func findSite(_ address: String) async throws -> FoundSite { try await live.findSite(address) }
  func ownPublisher(_ id: PublisherId) async throws -> OwnPublisher {
    try await live.ownPublisher(id)
  }
  func editPublisher(_ id: PublisherId, _ publisher: OwnPublisher) async throws {
    try await live.editPublisher(id, publisher)
  }
  func addPublisher(_ publisher: OwnPublisher) async throws -> PublisherId {
    try await live.addPublisher(publisher)
  }
  func removePublisher(_ id: PublisherId) async throws { try await live.removePublisher(id) }
  func importOpml(_ list: Data, _ request: OpmlRequest) async throws -> OpmlReport {
    try await live.importOpml(list, request)
  }
  func exportOpml() async throws -> String { try await live.exportOpml() }
  func history(_ after: Cursor?, _ limit: UInt32) async throws -> HistoryPage {
    try await live.history(after, limit)
  }
  func clearHistory() async throws { try await live.clearHistory() }
  func changes() async throws -> [Change] { try await live.changes() }
  func undoChange(_ id: ChangeId) async throws -> ChangeKind { try await live.undoChange(id) }
  func moveOut(_ file: URL) throws -> any Work<MovingProgress, MovingReport> {
    try live.moveOut(file)
  }
  func moveIn(_ file: URL) throws -> any Work<MovingProgress, MovingReport> {
    try live.moveIn(file)
  }
  func storageUse() async throws -> StorageUse { try await live.storageUse() }
  func storageShares() async throws -> [StorageShare] { try await live.storageShares() }
  func storageSettings() async throws -> StorageSettings { try await live.storageSettings() }
  func setStorageSettings(_ settings: StorageSettings) async throws {
    try failIf("setStorageSettings")
    try await live.setStorageSettings(settings)
  }
  func appSettings() async throws -> [String: String] { try await live.appSettings() }
  func setAppSettings(_ settings: [String: String]) async throws {
    try await live.setAppSettings(settings)
  }
  func removeMovedAside() async throws { try await live.removeMovedAside() }
  func salvaged() async throws -> SalvageReport? { try await live.salvaged() }
  func dismissSalvaged() async throws { try await live.dismissSalvaged() }
  func doctor() async throws -> Diagnosis { try await live.doctor() }
  func sync(_ request: SyncRequest) throws -> any Work<SyncProgress, SyncReport> {
    try live.sync(request)
  }
  func pack(_ request: PackRequest) throws -> any Work<PackProgress, PackReport> {
    try live.pack(request)
  }
  func setOffline(_ offline: Bool) throws { try live.setOffline(offline) }
  func setMetered(_ metered: Bool) throws { try live.setMetered(metered) }
  func pause() async throws { try await live.pause() }
  func resume() async throws { try await live.resume() }
  func shutdown() async throws { try await live.shutdown() }
  func subscribe(_ told: @escaping @Sendable ([Invalidation]) -> Void) throws -> any Cancellable {
    try live.subscribe(told)
  }
}

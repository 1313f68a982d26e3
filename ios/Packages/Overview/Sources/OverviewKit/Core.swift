import Foundation
import OverviewBindings

/// What the models ask of the library. The one place that calls it is `LiveCore`; suites put another
/// in its place to try what fails.
public protocol Core: Sendable {
  func countries() async throws -> [CountrySummary]
  func country(_ code: CountryCode) async throws -> Country
  func publishers(_ countries: [CountryCode]) async throws -> [PublisherSummary]
  func publisher(_ id: PublisherId) async throws -> Publisher
  func articles(_ query: ArticleQuery) async throws -> ArticlePage
  func stories(_ query: StoryQuery) async throws -> StoryPage
  func perspectives(_ scope: StoryScope) async throws -> [PerspectiveCount]
  func search(_ query: SearchQuery) async throws -> SearchPage
  func mute(_ what: Muted, _ lasts: MuteFor) async throws -> Mute
  func unmute(_ id: MuteId) async throws
  func mutes() async throws -> [Mute]
  func mutesOf(_ article: ArticleId) async throws -> [Mute]
  func story(_ id: StoryId) async throws -> Story
  func storyOf(_ article: ArticleId) async throws -> Story
  func takes(_ article: ArticleId) async throws -> [Take]
  func article(_ id: ArticleId) async throws -> Article
  func fetchArticle(_ id: ArticleId) async throws -> Article
  func translateArticle(_ id: ArticleId) async throws -> TranslationOutcome
  func translationSettings() async throws -> TranslationSettings
  func setTranslationSettings(_ settings: TranslationSettings) async throws
  func installedModels() async throws -> [TranslationModel]
  func knownModels() async throws -> [TranslationModel]
  func offeredModels() async throws -> [TranslationModel]
  /// Bytes that are there.
  func installModel(_ language: String) throws -> any Work<UInt64, Void>
  func removeModel(_ language: String) async throws -> Bool
  /// A sentence of a language, to try out what translates it.
  func specimenSentence(_ language: String) -> String?
  func tryTranslation(_ language: String, _ text: String) async throws -> TranslationTrial
  func picture(_ key: PictureKey) async throws -> PictureState
  func fetchPicture(_ key: PictureKey) async throws -> PictureState
  func mark(_ ids: [ArticleId], _ mark: Mark) async throws
  func markAllRead(_ scope: Scope) async throws -> MarkAllReceipt
  func undoMarkAll(_ undo: Int64) async throws -> UInt32
  func position(_ id: ArticleId) async throws -> ReadingPosition?
  func keepPosition(_ id: ArticleId, block: UInt32, thousandths: UInt16) async throws
  func followCountry(_ code: CountryCode, _ follow: Bool) async throws
  func followPublisher(_ id: PublisherId, _ follow: Bool?) async throws
  func findSite(_ address: String) async throws -> FoundSite
  func addPublisher(_ publisher: OwnPublisher) async throws -> PublisherId
  /// One that the person added, as they described it.
  func ownPublisher(_ id: PublisherId) async throws -> OwnPublisher
  func editPublisher(_ id: PublisherId, _ publisher: OwnPublisher) async throws
  func removePublisher(_ id: PublisherId) async throws
  func importOpml(_ list: Data, _ request: OpmlRequest) async throws -> OpmlReport
  func exportOpml() async throws -> String
  func history(_ after: Cursor?, _ limit: UInt32) async throws -> HistoryPage
  func clearHistory() async throws
  func changes() async throws -> [Change]
  func undoChange(_ id: ChangeId) async throws -> ChangeKind
  func moveOut(_ file: URL) throws -> any Work<MovingProgress, MovingReport>
  func moveIn(_ file: URL) throws -> any Work<MovingProgress, MovingReport>
  func storageUse() async throws -> StorageUse
  /// What takes how many bytes, the most first. Reads the whole database.
  func storageShares() async throws -> [StorageShare]
  func storageSettings() async throws -> StorageSettings
  func setStorageSettings(_ settings: StorageSettings) async throws
  /// What was set in the app, to move house with the rest.
  func appSettings() async throws -> [String: String]
  func setAppSettings(_ settings: [String: String]) async throws
  func removeMovedAside() async throws
  func salvaged() async throws -> SalvageReport?
  func dismissSalvaged() async throws
  func planPack(_ request: PackRequest) async throws -> PackPlan
  func doctor() async throws -> Diagnosis
  func sync(_ request: SyncRequest) throws -> any Work<SyncProgress, SyncReport>
  func pack(_ request: PackRequest) throws -> any Work<PackProgress, PackReport>
  func setOffline(_ offline: Bool) throws
  func setMetered(_ metered: Bool) throws
  func pause() async throws
  func resume() async throws
  func shutdown() async throws
  /// Tells of changes, on a thread of the library, until what is given is cancelled.
  func subscribe(_ told: @escaping @Sendable ([Invalidation]) -> Void) throws -> any Cancellable
}

/// Long work that runs: a sync, a pack, a model that is fetched, moving house. It is cancelled when it is
/// released.
public protocol Work<Progress, Report>: Sendable {
  associatedtype Progress: Sendable
  associatedtype Report: Sendable
  /// The next state; nothing after the last.
  func nextProgress() async throws -> Progress?
  func result() async throws -> Report
  func cancel()
}

extension Work {
  /// Tells each state as it comes, to the last, and gives what came of it.
  @MainActor func follow(_ told: (Progress) -> Void) async throws -> Report {
    while let now = try await nextProgress() { told(now) }
    return try await result()
  }
}

/// What goes on until it is cancelled.
public protocol Cancellable: Sendable {
  func cancel()
}

extension SyncTask: Work {}
extension PackTask: Work {}
extension MovingTask: Work {}
extension ModelTask: Work {}
extension Subscription: Cancellable {}

/// The library itself.
public struct LiveCore: Core {
  private let overview: Overview

  public init(_ overview: Overview) { self.overview = overview }

  public func countries() async throws -> [CountrySummary] { try await overview.countries() }
  public func country(_ code: CountryCode) async throws -> Country {
    try await overview.country(code: code)
  }
  public func publishers(_ countries: [CountryCode]) async throws -> [PublisherSummary] {
    try await overview.publishers(countries: countries)
  }
  public func publisher(_ id: PublisherId) async throws -> Publisher {
    try await overview.publisher(id: id)
  }
  public func articles(_ query: ArticleQuery) async throws -> ArticlePage {
    try await overview.articles(query: query)
  }
  public func stories(_ query: StoryQuery) async throws -> StoryPage {
    try await overview.stories(query: query)
  }
  public func perspectives(_ scope: StoryScope) async throws -> [PerspectiveCount] {
    try await overview.perspectives(scope: scope)
  }
  public func search(_ query: SearchQuery) async throws -> SearchPage {
    try await overview.search(query: query)
  }
  public func mute(_ what: Muted, _ lasts: MuteFor) async throws -> Mute {
    try await overview.mute(what: what, lasts: lasts)
  }
  public func unmute(_ id: MuteId) async throws { try await overview.unmute(id: id) }
  public func mutes() async throws -> [Mute] { try await overview.mutes() }
  public func mutesOf(_ article: ArticleId) async throws -> [Mute] {
    try await overview.mutesOf(article: article)
  }
  public func story(_ id: StoryId) async throws -> Story {
    try await overview.story(id: id)
  }
  public func storyOf(_ article: ArticleId) async throws -> Story {
    try await overview.storyOf(article: article)
  }
  public func takes(_ article: ArticleId) async throws -> [Take] {
    try await overview.takes(article: article)
  }
  public func article(_ id: ArticleId) async throws -> Article {
    try await overview.article(id: id)
  }
  public func fetchArticle(_ id: ArticleId) async throws -> Article {
    try await overview.fetchArticle(id: id)
  }
  public func translateArticle(_ id: ArticleId) async throws -> TranslationOutcome {
    try await overview.translateArticle(id: id)
  }
  public func translationSettings() async throws -> TranslationSettings {
    try await overview.translationSettings()
  }
  public func setTranslationSettings(_ settings: TranslationSettings) async throws {
    try await overview.setTranslationSettings(settings: settings)
  }
  public func installedModels() async throws -> [TranslationModel] {
    try await overview.installedModels()
  }
  public func knownModels() async throws -> [TranslationModel] {
    try await overview.knownModels()
  }
  public func offeredModels() async throws -> [TranslationModel] {
    try await overview.offeredModels()
  }
  public func installModel(_ language: String) throws -> any Work<UInt64, Void> {
    try overview.installModel(language: language)
  }
  public func removeModel(_ language: String) async throws -> Bool {
    try await overview.removeModel(language: language)
  }
  public func specimenSentence(_ language: String) -> String? {
    OverviewBindings.specimenSentence(language: language)
  }
  public func tryTranslation(_ language: String, _ text: String) async throws -> TranslationTrial {
    try await overview.tryTranslation(language: language, text: text)
  }
  public func picture(_ key: PictureKey) async throws -> PictureState {
    try await overview.picture(key: key)
  }
  public func fetchPicture(_ key: PictureKey) async throws -> PictureState {
    try await overview.fetchPicture(key: key)
  }
  public func mark(_ ids: [ArticleId], _ mark: Mark) async throws {
    try await overview.mark(ids: ids, mark: mark)
  }
  public func markAllRead(_ scope: Scope) async throws -> MarkAllReceipt {
    try await overview.markAllRead(scope: scope)
  }
  public func undoMarkAll(_ undo: Int64) async throws -> UInt32 {
    try await overview.undoMarkAll(undo: undo)
  }
  public func position(_ id: ArticleId) async throws -> ReadingPosition? {
    try await overview.position(id: id)
  }
  public func keepPosition(_ id: ArticleId, block: UInt32, thousandths: UInt16) async throws {
    try await overview.keepPosition(id: id, block: block, thousandths: thousandths)
  }
  public func followCountry(_ code: CountryCode, _ follow: Bool) async throws {
    try await overview.followCountry(country: code, follow: follow)
  }
  public func followPublisher(_ id: PublisherId, _ follow: Bool?) async throws {
    try await overview.followPublisher(publisher: id, follow: follow)
  }
  public func findSite(_ address: String) async throws -> FoundSite {
    try await overview.findSite(address: address)
  }
  public func ownPublisher(_ id: PublisherId) async throws -> OwnPublisher {
    try await overview.ownPublisher(id: id)
  }
  public func editPublisher(_ id: PublisherId, _ publisher: OwnPublisher) async throws {
    try await overview.editPublisher(id: id, publisher: publisher)
  }
  public func addPublisher(_ publisher: OwnPublisher) async throws -> PublisherId {
    try await overview.addPublisher(publisher: publisher)
  }
  public func removePublisher(_ id: PublisherId) async throws {
    try await overview.removePublisher(id: id)
  }
  public func importOpml(_ list: Data, _ request: OpmlRequest) async throws -> OpmlReport {
    try await overview.importOpml(list: list, request: request)
  }
  public func exportOpml() async throws -> String { try await overview.exportOpml() }
  public func history(_ after: Cursor?, _ limit: UInt32) async throws -> HistoryPage {
    try await overview.history(after: after, limit: limit)
  }
  public func clearHistory() async throws { try await overview.clearHistory() }
  public func changes() async throws -> [Change] { try await overview.changes() }
  public func undoChange(_ id: ChangeId) async throws -> ChangeKind {
    try await overview.undoChange(change: id)
  }
  public func moveOut(_ file: URL) throws -> any Work<MovingProgress, MovingReport> {
    try overview.moveOut(file: file)
  }
  public func moveIn(_ file: URL) throws -> any Work<MovingProgress, MovingReport> {
    try overview.moveIn(file: file)
  }
  public func planPack(_ request: PackRequest) async throws -> PackPlan {
    try await overview.planPack(request: request)
  }
  public func appSettings() async throws -> [String: String] { try await overview.appSettings() }
  public func setAppSettings(_ settings: [String: String]) async throws {
    try await overview.setAppSettings(settings: settings)
  }
  public func storageUse() async throws -> StorageUse { try await overview.storageUse() }
  public func storageShares() async throws -> [StorageShare] {
    try await overview.storageShares()
  }
  public func storageSettings() async throws -> StorageSettings {
    try await overview.storageSettings()
  }
  public func setStorageSettings(_ settings: StorageSettings) async throws {
    try await overview.setStorageSettings(settings: settings)
  }
  public func removeMovedAside() async throws { try await overview.removeMovedAside() }
  public func salvaged() async throws -> SalvageReport? { try await overview.salvaged() }
  public func dismissSalvaged() async throws { try await overview.dismissSalvaged() }
  public func doctor() async throws -> Diagnosis { try await overview.doctor() }
  public func sync(_ request: SyncRequest) throws -> any Work<SyncProgress, SyncReport> {
    try overview.sync(request: request)
  }
  public func pack(_ request: PackRequest) throws -> any Work<PackProgress, PackReport> {
    try overview.pack(request: request)
  }
  public func setOffline(_ offline: Bool) throws { try overview.setOffline(offline: offline) }
  public func setMetered(_ metered: Bool) throws { try overview.setMetered(metered: metered) }
  public func pause() async throws { try await overview.pause() }
  public func resume() async throws { try await overview.resume() }
  public func shutdown() async throws { try await overview.shutdown() }
  public func subscribe(_ told: @escaping @Sendable ([Invalidation]) -> Void) throws
    -> any Cancellable
  {
    try overview.subscribe(listener: Telling(told))
  }
}

private final class Telling: OverviewListener {
  private let told: @Sendable ([Invalidation]) -> Void

  init(_ told: @escaping @Sendable ([Invalidation]) -> Void) { self.told = told }

  func invalidated(what: [Invalidation]) throws { told(what) }
}

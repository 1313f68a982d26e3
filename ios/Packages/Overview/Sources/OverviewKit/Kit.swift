import Foundation
import Observation
import OverviewBindings

/// The state of every screen, over one open store.
@MainActor public final class Kit {
  let core: any Core
  public private(set) var surroundings: Surroundings
  public private(set) var wording: Wording
  let choices: Choices
  private(set) var isMetered = false
  private var models: [Weak] = []
  private var keeping: Task<Void, Never>?
  /// Every country, as they were last asked for.
  private(set) var counted: [CountrySummary] = []
  private var subscription: (any Cancellable)?

  private(set) lazy var fetches = ModelFetches(self)
  public private(set) lazy var syncing = SyncingModel(self)
  public private(set) lazy var lifecycle = AppLifecycle(self)
  public private(set) lazy var background = Background(self)

  public init(_ core: any Core, _ preferences: any Preferences, _ surroundings: Surroundings) {
    self.core = core
    self.surroundings = surroundings
    wording = Wording(surroundings)
    choices = Choices(preferences)
    // In the order it is told: one task goes through all of it.
    let (changes, told) = AsyncStream.makeStream(of: [Invalidation].self)
    onClose = { told.finish() }
    try? core.setOffline(choices.isOffline)
    subscription = try? core.subscribe { told.yield($0) }
    Task { [weak self] in
      for await what in changes {
        guard let self else { return }
        self.tell(what)
      }
    }
  }

  private let onClose: @Sendable () -> Void

  public static func open(
    _ options: OpenOptions, preferences: (any Preferences)? = nil,
    surroundings: Surroundings = Surroundings()
  ) async throws -> Kit {
    let file = options.dataDir.appendingPathComponent("choices.json")
    let overview = try await Overview.open(options: options)
    return Kit(LiveCore(overview), preferences ?? FilePreferences(file), surroundings)
  }

  public func countries() -> CountriesModel { CountriesModel(self) }
  /// The globe beside that list.
  public func globe(_ countries: CountriesModel) -> GlobeModel { GlobeModel(self, countries) }
  /// The news of a country.
  public func stories(_ country: CountryCode) -> StoriesModel { StoriesModel(self, country) }
  /// What was saved, of all countries.
  public func saved() -> StoriesModel { StoriesModel(self, nil, StoriesFilter(isSaved: true)) }
  public func article(_ id: ArticleId) -> ArticleModel { ArticleModel(self, id) }
  /// The takes of an article's story beside each other.
  public func compare(_ article: ArticleId) -> CompareModel { CompareModel(self, article) }
  public func overlooked() -> OverlookedModel { OverlookedModel(self) }
  /// Searches among all articles, or those of a country.
  public func search(_ country: CountryCode? = nil) -> SearchModel {
    SearchModel(self, country)
  }
  /// What is muted; with what an article offers to mute.
  public func mutes(_ article: ArticleId? = nil) -> MutesModel { MutesModel(self, article) }
  public func offline() -> OfflineModel { OfflineModel(self) }
  /// Of one country, or of all.
  public func publishers(_ country: CountryCode? = nil) -> PublishersModel {
    PublishersModel(self, country)
  }
  /// Who a publisher is.
  public func publisher(_ id: PublisherId) -> PublisherModel { PublisherModel(self, id) }
  /// Adds a site by its address, or changes a publisher that was added.
  public func site(_ publisher: PublisherId? = nil) -> SiteModel { SiteModel(self, publisher) }
  public func moving() -> MovingModel { MovingModel(self) }
  public func history() -> HistoryModel { HistoryModel(self) }
  public func storage() -> StorageModel { StorageModel(self) }
  public func languages() -> LanguagesModel { LanguagesModel(self) }
  public func settings() -> SettingsModel { SettingsModel(self) }
  public func firstRun() -> FirstRunModel { FirstRunModel(self) }

  private struct Weak {
    weak var model: (any Screen)?
  }

  /// Every country with its counts; from then on each has its name.
  func askCountries() async throws -> [CountrySummary] {
    counted = try await core.countries()
    return counted
  }

  /// Makes sure that countries have names.
  func learnNames() async throws {
    if counted.isEmpty { _ = try await askCountries() }
  }

  /// The name of a country, its code before names are known.
  func name(of country: CountryCode) -> String {
    counted.first { $0.country == country }?.name ?? country
  }

  func register(_ model: any Screen) {
    models.removeAll { $0.model == nil }
    models.append(Weak(model: model))
  }

  func screens() -> [any Screen] { models.compactMap(\.model) }

  /// Every screen says what is known anew.
  private func render() {
    for screen in screens() { screen.render() }
  }

  /// Something is set, and every screen follows.
  func choose(_ change: (Choices) -> Void) {
    let before = choices.moving
    change(choices)
    render()
    if choices.moving == before { return }
    keeping = Task { [core, choices, earlier = keeping] in
      await earlier?.value
      // One that cannot be kept now is before the next move.
      try? await core.setAppSettings(choices.moving)
    }
  }

  /// What is set stands in the store, from where it moves house.
  func keepChoices() async throws {
    await keeping?.value
    try await core.setAppSettings(choices.moving)
  }

  /// What came from another device is set here.
  func takeChoices() async throws {
    choices.moving = try await core.appSettings()
    render()
  }

  private func tell(_ what: [Invalidation]) {
    for model in screens() { Task { await model.invalidated(what) } }
  }

  /// Another language, time zone or time: everything is said anew.
  func surround(_ surroundings: Surroundings) {
    self.surroundings = surroundings
    wording = Wording(surroundings)
    render()
  }

  func network(isMetered: Bool) {
    self.isMetered = isMetered
    try? core.setMetered(isMetered)
  }

  /// Tells the models no more. The store stays open.
  public func close() {
    subscription?.cancel()
    subscription = nil
    onClose()
  }
}

/// What every model hears of.
@MainActor protocol Screen: AnyObject {
  /// Says what is known in the words of now.
  func render()
  /// Something may be stale.
  func invalidated(_ what: [Invalidation]) async
  /// The store is open again after a pause.
  func resumed() async
  /// The app is about to be suspended.
  func suspending() async
  /// The device is short of memory.
  func trim()
}

/// The state of one screen; it ends when it is released.
@MainActor @Observable public class Model<State: Equatable & Sendable>: Screen {
  public private(set) var state: State
  @ObservationIgnored let kit: Kit
  /// What failed last and was not dismissed.
  @ObservationIgnored private var failure: (any Error)?

  var wording: Wording { kit.wording }
  var words: Words { kit.wording.words }
  var trouble: Trouble? { failure.flatMap { wording.trouble($0) } }

  init(_ kit: Kit, _ initial: State) {
    self.kit = kit
    state = initial
    kit.register(self)
  }

  /// Views hear of it only when it is another.
  func show(_ state: State) {
    if state != self.state { self.state = state }
  }

  func render() {}
  func invalidated(_ what: [Invalidation]) async {}
  func resumed() async {}
  func suspending() async {}
  func trim() {}

  public func dismissTrouble() {
    failure = nil
    render()
  }

  /// A person does something new: what failed before is no longer said.
  func clear() { failure = nil }

  /// What a call gives; nothing when it fails, which the screen then says.
  func attempt<T: Sendable>(_ call: () async throws -> T) async -> T? {
    do {
      return try await call()
    } catch {
      failure = error
      render()
      return nil
    }
  }
}

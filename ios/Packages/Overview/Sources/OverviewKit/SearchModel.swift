import Foundation
import OverviewBindings

/// An article that was found.
public struct FoundItem: Equatable, Sendable, Identifiable {
  public let id: ArticleId
  /// In stretches, what was searched for apart.
  public let headline: [Stretch]
  /// Where the words stand, or the beginning of the summary.
  public let excerpt: [Stretch]
  /// BCP 47, of the excerpt: it is not that of the headline where the words stand in the original.
  public let excerptLanguage: String
  public let publisher: String
  public let country: CountryCode
  public let age: String
  public let isUnread: Bool
  public let spoken: String
}

/// A country or a publisher whose name has what was typed.
public struct FoundPlace: Equatable, Sendable, Identifiable {
  /// Of the country, or of the publisher's.
  public let country: CountryCode
  public let name: String
  public let isPublisher: Bool
  /// "38 unread", or the country's name.
  public let facts: String
  public let spoken: String
  public var id: String { country + name }
}

public struct SearchState: Equatable, Sendable {
  public var title = ""
  /// The country that is searched in; nothing when it is all.
  public var country: CountryCode?
  public var placeholder = ""
  public var text = ""
  public var isSearching = false
  public var isByRank = false
  public var orderTitle = ""
  public var filter = StoriesFilter()
  /// What was searched for before, the last first, while nothing is typed.
  public var recent: [String] = []
  /// Above what was found: countries, then publishers.
  public var places: [FoundPlace] = []
  /// "23 articles in 6 languages", "More than 25 articles".
  public var countText: String?
  public var found: [FoundItem] = []
  public var hasMore = false
  public var emptyText: String?
  public var trouble: Trouble?
}

/// Search as one types: what is typed is searched for after a moment's pause, and an answer to what
/// was typed before is not shown.
public final class SearchModel: Model<SearchState> {
  private let country: CountryCode?
  private var text = ""
  private var filter = StoriesFilter()
  private var countries: [CountrySummary] = []
  private var publishers: [PublisherSummary] = []
  private var isByRank = false
  private var hits: [SearchHit]?
  private var next: Cursor?
  private var asked = 0
  private var isSearching = false

  init(_ kit: Kit, _ country: CountryCode?) {
    self.country = country
    super.init(kit, SearchState())
    render()
  }

  /// Names of countries and publishers, which are found without asking.
  public func load() async {
    if let all = await attempt({ try await kit.askCountries() }) { countries = all }
    let of = country.map { [$0] } ?? []
    if let all = await attempt({ try await kit.core.publishers(of) }) { publishers = all }
    render()
  }

  /// Returns when what was typed is found, or something else was typed meanwhile.
  public func type(_ text: String) async {
    clear()
    asked += 1
    let mine = asked
    self.text = text
    isSearching = !text.allSatisfy(\.isWhitespace)
    if !isSearching {
      hits = nil
      next = nil
    }
    render()
    guard isSearching else { return }
    try? await Task.sleep(for: .milliseconds(150))
    if mine == asked { await search() }
  }

  public func order(isByRank: Bool) async {
    self.isByRank = isByRank
    asked += 1
    render()
    await search()
  }

  /// Only among what is unread, saved, overlooked.
  public func filter(_ filter: StoriesFilter) async {
    self.filter = filter
    asked += 1
    render()
    await search()
  }

  /// Something of what was found was opened: it was searched for in earnest.
  public func keep() {
    let words = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !words.isEmpty else { return }
    let before = kit.choices.recentSearches.filter { $0 != words }
    kit.choices.recentSearches = Array(([words] + before).prefix(recentSearches))
    render()
  }

  public func forgetRecent() {
    kit.choices.recentSearches = []
    render()
  }

  public func loadMore() async {
    guard let after = next else { return }
    let mine = asked
    guard let page = await page(after), mine == asked else { return }
    hits = (hits ?? []) + page.rows
    next = page.next
    render()
  }

  private func search() async {
    guard !text.allSatisfy(\.isWhitespace) else { return }
    let mine = asked
    let page = await page(nil)
    guard mine == asked else { return }
    isSearching = false
    if let page {
      hits = page.rows
      next = page.next
    }
    render()
  }

  private func page(_ after: Cursor?) async -> SearchPage? {
    let articles = Scope(
      countries: country.map { [$0] } ?? [], unread: filter.isUnread, saved: filter.isSaved)
    let scope = StoryScope(articles: articles, overlooked: filter.isOverlooked)
    let query = SearchQuery(
      text: text, scope: scope, order: isByRank ? .rank : .time, limit: pageOfFound, after: after)
    return await attempt { try await kit.core.search(query) }
  }

  override func invalidated(_ what: [Invalidation]) async {
    if what.contains(.mutes) { await search() }
  }

  override func resumed() async { await search() }

  override func render() {
    let isEmpty = hits?.isEmpty == true && !isSearching
    show(
      SearchState(
        title: words.searchTitle,
        country: country,
        placeholder: country.map { words.searchPlaceholderIn(country: kit.name(of: $0)) }
          ?? words.searchPlaceholder,
        text: text,
        isSearching: isSearching,
        isByRank: isByRank,
        orderTitle: isByRank ? words.searchByRank : words.searchByTime,
        filter: filter,
        recent: text.isEmpty ? kit.choices.recentSearches : [],
        places: places(),
        countText: hits.flatMap { $0.isEmpty ? nil : count($0) },
        found: (hits ?? []).map(item),
        hasMore: next != nil,
        emptyText: isEmpty ? words.searchEmpty : nil,
        trouble: trouble))
  }

  private func count(_ found: [SearchHit]) -> String {
    if next != nil { return words.searchMoreThan(count: Int64(found.count)) }
    let languages = Set(found.map { Wording.primary($0.row.language) })
    return words.searchFound(
      count: Int64(found.count),
      languages: words.searchLanguages(count: Int64(languages.count)))
  }

  private func places() -> [FoundPlace] {
    let wanted = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard wanted.utf16.count >= 2 else { return [] }
    let named = country == nil ? countries.filter { $0.name.localizedCaseInsensitiveContains(wanted) } : []
    let press = publishers.filter { $0.name.localizedCaseInsensitiveContains(wanted) }
    return named.prefix(placesOfEach).map {
      let facts = words.countriesUnread(count: Int64($0.unreadStories))
      return FoundPlace(
        country: $0.country, name: $0.name, isPublisher: false, facts: facts,
        spoken: wording.list($0.name, facts))
    }
      + press.prefix(placesOfEach).map {
        let facts = kit.name(of: $0.country)
        return FoundPlace(
          country: $0.country, name: $0.name, isPublisher: true, facts: facts,
          spoken: wording.list($0.name, words.mutesPublisher, facts))
      }
  }

  private func item(_ of: SearchHit) -> FoundItem {
    let row = of.row
    return FoundItem(
      id: row.id,
      headline: of.title,
      excerpt: of.excerpt,
      excerptLanguage: of.inOriginal || row.englishTitle == nil ? row.language : "en",
      publisher: row.publisherName,
      country: row.country,
      age: wording.age(row.sortAt),
      isUnread: !row.state.read,
      spoken: wording.sentences(
        row.state.read ? nil : words.storiesUnread,
        of.title.map(\.text).joined(),
        wording.list(row.publisherName, wording.spokenAge(row.sortAt)),
        of.excerpt.map(\.text).joined()))
  }
}

private let pageOfFound: UInt32 = 25
/// Names of each kind above what was found.
private let placesOfEach = 3
/// Searches that are remembered.
private let recentSearches = 6

import Foundation
import OverviewBindings

/// An article that was found.
public struct FoundItem: Equatable, Sendable, Identifiable {
  public let id: ArticleId
  /// In stretches, what was searched for apart.
  public let headline: [Stretch]
  /// Where the words stand, or the beginning of the summary.
  public let excerpt: [Stretch]
  public let publisher: String
  public let country: CountryCode
  public let age: String
  public let isUnread: Bool
  public let spoken: String
}

public struct SearchState: Equatable, Sendable {
  public var title = ""
  public var placeholder = ""
  public var text = ""
  public var isSearching = false
  public var isByRank = false
  public var orderTitle = ""
  public var found: [FoundItem] = []
  public var hasMore = false
  public var emptyText: String?
  public var trouble: Trouble?
}

/// Search as one types: what is typed is searched for after a moment's pause, and an answer to what
/// was typed before is not shown.
public final class SearchModel: Model<SearchState> {
  private let scope: StoryScope
  private var text = ""
  private var isByRank = false
  private var hits: [SearchHit]?
  private var next: Cursor?
  private var asked = 0
  private var isSearching = false

  init(_ kit: Kit, _ scope: StoryScope) {
    self.scope = scope
    super.init(kit, SearchState())
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
    let query = SearchQuery(
      text: text, scope: scope, order: isByRank ? .rank : .time, limit: 25, after: after)
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
        placeholder: words.searchPlaceholder,
        text: text,
        isSearching: isSearching,
        isByRank: isByRank,
        orderTitle: isByRank ? words.searchByRank : words.searchByTime,
        found: (hits ?? []).map(item),
        hasMore: next != nil,
        emptyText: isEmpty ? words.searchEmpty : nil,
        trouble: trouble))
  }

  private func item(_ of: SearchHit) -> FoundItem {
    let row = of.row
    return FoundItem(
      id: row.id,
      headline: of.title,
      excerpt: of.excerpt,
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

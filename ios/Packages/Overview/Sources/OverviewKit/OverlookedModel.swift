import Foundation
import OverviewBindings

public struct OverlookedItem: Equatable, Sendable, Identifiable {
  public let id: StoryId
  public let article: ArticleId
  public let headline: String
  public let publisher: String
  public let country: CountryCode
  public let age: String
  public let isUnread: Bool
  public let picture: URL?
  /// Ticks of the coverage bar: publishers that ran it, and of the American ones how many.
  public let ran: Int
  public let americanRan: Int
  public let americanOf: Int
  /// "0 of 30 US".
  public let americanText: String
  /// "14 publishers in 7 countries".
  public let ranText: String
  public let spoken: String
}

/// What the list is narrowed to.
public enum OverlookedFilter: Sendable {
  case all, noneRan, fewRan
}

public struct OverlookedState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  public var definition = ""
  public var filter = OverlookedFilter.all
  public var stories: [OverlookedItem] = []
  public var hasMore = false
  public var emptyText: String?
  public var trouble: Trouble?
}

/// What American media did not run, the strongest claim first.
public final class OverlookedModel: Model<OverlookedState> {
  private var rows: [StoryRow]?
  private var next: Cursor?
  private var filter = OverlookedFilter.all

  init(_ kit: Kit) { super.init(kit, OverlookedState()) }

  public func load() async {
    clear()
    await reload()
  }

  private func reload() async {
    let wanted = max(rows?.count ?? 0, 1)
    var found: [StoryRow] = []
    var after: Cursor?
    repeat {
      guard let page = await page(after) else { return }
      found += page.rows
      after = page.next
    } while after != nil && found.count < wanted
    rows = found
    next = after
    render()
  }

  public func loadMore() async {
    guard let after = next, let page = await page(after) else { return }
    rows = (rows ?? []) + page.rows
    next = page.next
    render()
  }

  public func filter(_ filter: OverlookedFilter) {
    self.filter = filter
    render()
  }

  override func invalidated(_ what: [Invalidation]) async { await reload() }

  override func resumed() async { await load() }

  private func page(_ after: Cursor?) async -> StoryPage? {
    let query = StoryQuery(scope: StoryScope(overlooked: true), order: .claim, after: after)
    return await attempt { try await kit.core.stories(query) }
  }

  override func render() {
    let stories = (rows ?? []).filter {
      switch filter {
      case .all: $0.overlooked != nil
      case .noneRan: $0.overlooked?.claim == .overlooked
      case .fewRan: $0.overlooked?.claim == .underCovered
      }
    }
    show(
      OverlookedState(
        isLoading: rows == nil && trouble == nil,
        title: words.overlookedTitle,
        definition: words.overlookedDefinition,
        filter: filter,
        stories: stories.map(item),
        hasMore: next != nil,
        emptyText: rows != nil && stories.isEmpty ? words.overlookedEmpty : nil,
        trouble: trouble))
  }

  private func item(_ of: StoryRow) -> OverlookedItem {
    let row = of.lead
    let headline = row.translation?.title ?? row.title
    let ran = "\(of.overlooked?.americanRan ?? 0)"
    let all = "\(of.overlooked?.americanOf ?? 0)"
    let ranText = words.coverageRan(
      count: Int64(of.countries),
      publishers: words.coveragePublishers(count: Int64(of.publishers)))
    return OverlookedItem(
      id: of.id,
      article: row.id,
      headline: headline,
      publisher: row.publisherName,
      country: row.country,
      age: wording.age(row.sortAt),
      isUnread: !row.state.read,
      picture: row.image,
      ran: Int(of.publishers),
      americanRan: Int(of.overlooked?.americanRan ?? 0),
      americanOf: Int(of.overlooked?.americanOf ?? 0),
      americanText: words.coverageAmerican(of: all, ran: ran),
      ranText: ranText,
      spoken: wording.sentences(
        row.state.read ? nil : words.storiesUnread,
        headline,
        wording.list(row.publisherName, wording.spokenAge(row.sortAt)),
        ranText,
        words.storiesOverlookedSpoken(of: all, ran: ran)))
  }
}

import Foundation
import OverviewBindings

public struct OverlookedItem: Equatable, Sendable, Identifiable {
  public let id: StoryId
  public let article: ArticleId
  public let headline: String
  /// For its tile.
  public let country: CountryCode
  public let countryName: String
  public let age: String
  public let isUnread: Bool
  public let picture: PictureKey?
  /// Ticks of the coverage bar: publishers that ran it, by country, and of the American ones how many.
  public let countries: [CountryTicks]
  public let americanRan: Int
  public let americanOf: Int
  /// "0 of 30 US".
  public let americanText: String
  /// "14 publishers in 7 countries".
  public let ranText: String
  public let spoken: String
}

/// What the list is narrowed to.
public enum OverlookedFilter: Sendable, CaseIterable {
  case all, noneRan, fewRan
}

/// A chip: "None ran it 12".
public struct OverlookedChoice: Equatable, Sendable {
  public let filter: OverlookedFilter
  public let text: String
  public let isChosen: Bool
}

public struct OverlookedState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  public var definition = ""
  public var filters: [OverlookedChoice] = []
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
    guard await attempt({ try await kit.learnNames() }) != nil else { return }
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
    let stories = (rows ?? []).filter { isAmong($0, filter) }
    show(
      OverlookedState(
        isLoading: rows == nil && trouble == nil,
        title: words.overlookedTitle,
        definition: words.overlookedDefinition,
        filters: OverlookedFilter.allCases.map(choice),
        stories: stories.map(item),
        hasMore: next != nil,
        emptyText: rows != nil && stories.isEmpty ? words.overlookedEmpty : nil,
        trouble: trouble))
  }

  private func isAmong(_ row: StoryRow, _ filter: OverlookedFilter) -> Bool {
    switch filter {
    case .all: row.overlooked != nil
    case .noneRan: row.overlooked?.claim == .overlooked
    case .fewRan: row.overlooked?.claim == .underCovered
    }
  }

  /// With its number, once all of them are here.
  private func choice(_ of: OverlookedFilter) -> OverlookedChoice {
    let name =
      switch of {
      case .all: words.overlookedFilterAll
      case .noneRan: words.overlookedFilterNoneRan
      case .fewRan: words.overlookedFilterFewRan
      }
    let count = next == nil ? rows?.filter { isAmong($0, of) }.count : nil
    let text = count.map {
      words.overlookedFilterCount(name: name, number: wording.number(Int64($0)))
    }
    return OverlookedChoice(filter: of, text: text ?? name, isChosen: of == filter)
  }

  private func item(_ of: StoryRow) -> OverlookedItem {
    let row = of.lead
    let headline = row.englishTitle ?? row.title
    let ran = "\(of.overlooked?.americanRan ?? 0)"
    let all = "\(of.overlooked?.americanOf ?? 0)"
    let ranText = words.coverageRan(
      count: Int64(of.countries),
      publishers: words.coveragePublishers(count: Int64(of.publishers)))
    return OverlookedItem(
      id: of.id,
      article: row.id,
      headline: headline,
      country: row.country,
      countryName: kit.name(of: row.country),
      age: wording.age(row.sortAt),
      isUnread: !row.state.read,
      picture: row.image,
      countries: (of.overlooked?.countries ?? []).map {
        CountryTicks(code: $0.country, ran: Int($0.ran))
      },
      americanRan: Int(of.overlooked?.americanRan ?? 0),
      americanOf: Int(of.overlooked?.americanOf ?? 0),
      americanText: words.coverageAmerican(of: all, ran: ran),
      ranText: ranText,
      spoken: wording.sentences(
        row.state.read ? nil : words.storiesUnread,
        headline,
        wording.list(row.publisherName, kit.name(of: row.country), wording.spokenAge(row.sortAt)),
        ranText,
        words.storiesOverlookedSpoken(of: all, ran: ran)))
  }
}

import Foundation
import OverviewBindings

/// A country in a list, and on the globe.
public struct CountryItem: Equatable, Sendable, Identifiable {
  /// ISO 3166-1, for its tile.
  public let code: CountryCode
  public let name: String
  public let region: String
  public let unread: Int64
  /// "38", empty when there is none.
  public let unreadText: String
  /// "38 unread", or that there is nobody to read.
  public let facts: String
  /// "4", nothing when there is none or it is not counted: it is for what is followed and for the card.
  public let overlookedText: String?
  /// "4 overlooked".
  public let overlookedFacts: String?
  /// Its colour on the globe: 0 no publishers, 1 nothing unread, 2 from 1, 3 from 10, 4 from 25, 5 from 50.
  public let level: Int
  /// On the globe, where it is selected: "Kenya  38".
  public let globeLabel: String
  public let isFollowed: Bool
  /// "Follow", or its opposite.
  public let followAction: String
  /// "Kenya, 38 unread, 4 overlooked".
  public let spoken: String
  public var id: CountryCode { code }
}

/// That what is stored was damaged, and what was kept of it.
public struct Rescue: Equatable, Sendable {
  /// "What is stored was damaged on 28 Nov 2026, 14:05".
  public let title: String
  /// "Kept: 3 saved articles, 12 marks. Other articles are fetched again."
  public let text: String
  /// The button that ends it.
  public let dismissTitle: String
}

public struct CountriesState: Equatable, Sendable {
  public var isLoading = true
  /// Those that are followed, by name.
  public var followed: [CountryItem] = []
  /// All, or those that are searched for, by name.
  public var all: [CountryItem] = []
  /// "All 58".
  public var allTitle = ""
  /// On the globe.
  public var selected: CountryItem?
  /// On the card: what is selected, else the first that is followed.
  public var card: CountryItem?
  /// Its first story, when there is one.
  public var cardHeadline: String?
  /// The card as one element: "Kenya, 38 unread, 4 overlooked. Lake Victoria states agree".
  public var cardSpoken = ""
  /// The globe as one element: "Globe. Kenya, 38 unread, 4 overlooked".
  public var globeSpoken = ""
  public var search = ""
  /// Instead of the list.
  public var emptyText: String?
  /// Until the person dismisses it.
  public var rescue: Rescue?
  public var trouble: Trouble?
}

/// The globe and the list beside it.
public final class CountriesModel: Model<CountriesState> {
  private var countries: [CountrySummary]?
  var summaries: [CountrySummary]? { countries }
  /// The globe that shows these, told after each change.
  var follower: (() -> Void)?
  /// Follows that were asked for and are not on the disk yet.
  private var asked: [CountryCode: Bool] = [:]
  private var selected: CountryCode?
  private var overlooked: [CountryCode: Int64] = [:]
  private var firsts: [CountryCode: StoryRow?] = [:]
  private var search = ""
  private var salvage: SalvageReport?
  private let looking = Looking()

  init(_ kit: Kit) { super.init(kit, CountriesState()) }

  public func load() async {
    clear()
    await reload()
  }

  private func reload() async {
    if let all = await attempt({ try await kit.askCountries() }) {
      countries = all
      salvage = await attempt { try await kit.core.salvaged() } ?? nil
    }
    render()
    for country in countries ?? [] where country.followed { await count(country.country) }
    let card = cardOf()?.country
    if let card { await tell(card) }
    // What was not asked for again is of before.
    firsts = firsts.filter { $0.key == card }
    render()
  }

  /// What the card says of a country.
  private func tell(_ code: CountryCode) async {
    if !(countries ?? []).contains(where: { $0.country == code && $0.followed }) {
      await count(code)
    }
    let query = query(code, isOverlooked: false, limit: 1)
    if let page = await attempt({ try await kit.core.stories(query) }) {
      firsts[code] = .some(page.rows.first)
    }
  }

  private func count(_ code: CountryCode) async {
    var found: Int64 = 0
    var after: Cursor?
    repeat {
      let query = query(code, isOverlooked: true, after: after)
      guard let page = await attempt({ try await kit.core.stories(query) }) else { return }
      found += Int64(page.rows.count)
      after = page.next
    } while after != nil
    overlooked[code] = found
  }

  private func query(
    _ code: CountryCode, isOverlooked: Bool, limit: UInt32 = 0, after: Cursor? = nil
  ) -> StoryQuery {
    StoryQuery(
      scope: StoryScope(articles: Scope(countries: [code]), overlooked: isOverlooked),
      order: .time, limit: limit, after: after)
  }

  private func cardOf() -> CountrySummary? {
    let all = countries ?? []
    return all.first { $0.country == selected } ?? all.first { asked[$0.country] ?? $0.followed }
  }

  /// Turns the globe to a country.
  public func select(_ code: CountryCode?) {
    selected = code
    render()
    guard let card = cardOf()?.country, firsts[card] == nil else { return }
    Task {
      await tell(card)
      render()
    }
  }

  /// Turns it to the next country by name, or the one before.
  public func selectNext(_ step: Int = 1) {
    let all = countries ?? []
    guard !all.isEmpty else { return }
    guard let at = all.firstIndex(where: { $0.country == selected }) else {
      return select(step > 0 ? all[0].country : all[all.count - 1].country)
    }
    select(all[((at + step) % all.count + all.count) % all.count].country)
  }

  /// Narrows the list to names with these letters.
  public func search(_ text: String) {
    search = text
    render()
  }

  public func follow(_ code: CountryCode, _ follow: Bool) async {
    clear()
    asked[code] = follow
    render()
    let isDone = await attempt { try await kit.core.followCountry(code, follow) } != nil
    if isDone { await reload() }
    asked[code] = nil
    render()
  }

  /// The person knows what was kept.
  public func dismissRescue() async {
    if await attempt({ try await kit.core.dismissSalvaged() }) == nil { return }
    salvage = nil
    render()
  }

  override func invalidated(_ what: [Invalidation]) async {
    await looking.again { await self.reload() }
  }

  override func resumed() async { await load() }

  override func render() {
    let items = (countries ?? []).map(item)
    let wanted = search.trimmingCharacters(in: .whitespaces)
    let found = items.filter { wanted.isEmpty || $0.name.localizedCaseInsensitiveContains(wanted) }
    let chosen = items.first { $0.code == selected }
    let card = chosen ?? items.first(where: \.isFollowed)
    let first = card.flatMap { firsts[$0.code] ?? nil }?.lead
    let english = kit.choices.isOriginalsFirst ? nil : first?.englishTitle
    let headline = english ?? first?.title
    show(
      CountriesState(
        isLoading: countries == nil && trouble == nil,
        followed: items.filter(\.isFollowed),
        all: found,
        allTitle: words.countriesAll(count: Int64(items.count)),
        selected: chosen,
        card: card,
        cardHeadline: headline,
        cardSpoken: wording.sentences(card?.spoken, headline),
        globeSpoken: card.map { words.countriesGlobe(country: $0.spoken) } ?? words.countriesTitle,
        search: search,
        emptyText: countries != nil && found.isEmpty
          ? words.countriesNoneFound(text: wanted) : nil,
        rescue: salvage.map(rescue),
        trouble: trouble))
    follower?()
  }

  private func rescue(_ of: SalvageReport) -> Rescue {
    let kept = wording.list(
      wording.some(of.saved) { words.movingArticles(count: $0) },
      wording.some(of.marks) { words.movingMarks(count: $0) },
      wording.some(of.follows) { words.movingFollows(count: $0) },
      wording.some(of.mutes) { words.movingMutes(count: $0) },
      wording.some(of.settings) { words.movingSettings(count: $0) })
    let text = wording.sentences(
      kept.isEmpty ? words.rescueNothing : words.rescueKept(what: kept),
      wording.some(of.savedMissing) { words.rescueLost(count: $0) }, words.rescueRest)
    return Rescue(
      title: words.rescueTitle(date: wording.moment(of.at)), text: text,
      dismissTitle: words.actionDismiss)
  }

  private func item(_ of: CountrySummary) -> CountryItem {
    let unread = Int64(of.unreadStories)
    let isFollowed = asked[of.country] ?? of.followed
    let count =
      of.publishers == 0 ? words.countriesNoPublishers : words.countriesUnread(count: unread)
    let missed = overlooked[of.country].flatMap { $0 > 0 ? $0 : nil }
    let missedFacts = missed.map { words.countriesOverlooked(count: $0) }
    let level =
      switch unread {
      case _ where of.publishers == 0: 0
      case 0: 1
      case ..<10: 2
      case ..<25: 3
      case ..<50: 4
      default: 5
      }
    return CountryItem(
      code: of.country,
      name: of.name,
      region: wording.region(of.region),
      unread: unread,
      unreadText: unread == 0 ? "" : wording.number(unread),
      facts: count,
      overlookedText: missed.map { wording.number($0) },
      overlookedFacts: missedFacts,
      level: level,
      globeLabel: unread == 0
        ? of.name : words.countriesPill(country: of.name, unread: wording.number(unread)),
      isFollowed: isFollowed,
      followAction: isFollowed ? words.countriesUnfollow : words.countriesFollow,
      spoken: wording.list(
        of.name, count, missedFacts, isFollowed ? words.countriesFollowed : nil))
  }
}

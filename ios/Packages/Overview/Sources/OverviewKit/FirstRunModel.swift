import Foundation
import OverviewBindings

public struct CountryChoice: Equatable, Sendable, Identifiable {
  public let code: CountryCode
  public let name: String
  /// "6 publishers".
  public let publishers: String
  public let isChosen: Bool
  public let spoken: String
  public var id: CountryCode { code }
}

public struct RegionGroup: Equatable, Sendable {
  public let name: String
  public let countries: [CountryChoice]
}

/// A region that the list can be narrowed to; nothing is all of them.
public struct RegionChoice: Equatable, Sendable {
  public let region: Region?
  public let name: String
  public let isChosen: Bool
}

public struct FirstRunState: Equatable, Sendable {
  public var promise = ""
  public var regions: [RegionGroup] = []
  public var regionChoices: [RegionChoice] = []
  /// Lit on the globe.
  public var chosen: [CountryCode] = []
  public var search = ""
  public var emptyText: String?
  /// "Follow 4 countries".
  public var buttonTitle = ""
  public var isButtonEnabled = false
  /// The follows are kept: what comes next is the news.
  public var isDone = false
  public var trouble: Trouble?
}

/// What is asked when the app is opened for the first time: which countries.
public final class FirstRunModel: Model<FirstRunState> {
  private var countries: [CountrySummary] = []
  private var chosen: [CountryCode] = []
  private var search = ""
  private var region: Region?
  private let globe = StillGlobe()
  private var isDone = false

  init(_ kit: Kit) { super.init(kit, FirstRunState()) }

  public func load() async {
    clear()
    if let all = await attempt({ try await kit.core.countries() }) {
      countries = all.filter { $0.publishers > 0 }
    }
    render()
  }

  public func search(_ text: String) {
    search = text
    render()
  }

  /// Only the countries of one, or of all.
  public func narrow(_ region: Region?) {
    self.region = region
    render()
  }

  /// The globe, on which what is chosen is lit. It does not turn.
  public func picture(width: Double, height: Double) -> GlobePicture {
    // So many unread stories have the strongest colour.
    let lit = countries.map {
      CountrySummary(
        country: $0.country, name: $0.name, region: $0.region, publishers: $0.publishers,
        articles: $0.articles, unread: $0.unread, stories: $0.stories,
        unreadStories: chosen.contains($0.country) ? 50 : 0, followed: $0.followed,
        refreshedAt: $0.refreshedAt)
    }
    return globe.picture(of: lit, width: width, height: height)
  }

  public func toggle(_ code: CountryCode) {
    if let at = chosen.firstIndex(of: code) { chosen.remove(at: at) } else { chosen.append(code) }
    render()
  }

  /// Follows what is chosen and begins to fetch it.
  public func follow() async {
    guard !chosen.isEmpty else { return }
    clear()
    let wanted = chosen
    let isKept = await attempt {
      for code in wanted { try await kit.core.followCountry(code, true) }
    }
    guard isKept != nil else { return }
    isDone = true
    render()
    await kit.syncing.sync(wanted)
  }

  override func resumed() async { await load() }

  override func render() {
    let wanted = search.trimmingCharacters(in: .whitespaces)
    let found = countries.filter {
      (wanted.isEmpty || $0.name.localizedCaseInsensitiveContains(wanted))
        && (region == nil || $0.region == region)
    }
    let order: [Region] = [
      .europe, .northAmerica, .latinAmerica, .middleEastNorthAfrica, .subSaharanAfrica,
      .russiaCentralAsia, .southAsia, .eastAsia, .southeastAsia, .oceania,
    ]
    let regions = order.compactMap { region -> RegionGroup? in
      let own = found.filter { $0.region == region }
      return own.isEmpty
        ? nil : RegionGroup(name: wording.region(region), countries: own.map(choice))
    }
    let all = order.filter { region in countries.contains { $0.region == region } }
    show(
      FirstRunState(
        promise: words.firstRunPromise,
        regions: regions,
        regionChoices: ([nil] + all.map { $0 }).map {
          RegionChoice(
            region: $0, name: $0.map { wording.region($0) } ?? words.firstRunAllRegions,
            isChosen: $0 == region)
        },
        chosen: chosen,
        search: search,
        emptyText: !countries.isEmpty && found.isEmpty
          ? words.countriesNoneFound(text: wanted) : nil,
        buttonTitle: chosen.isEmpty
          ? words.firstRunFollowNone : words.firstRunFollow(count: Int64(chosen.count)),
        isButtonEnabled: !chosen.isEmpty,
        isDone: isDone,
        trouble: trouble))
  }

  private func choice(_ of: CountrySummary) -> CountryChoice {
    let publishers = words.firstRunPublishers(count: Int64(of.publishers))
    let isChosen = chosen.contains(of.country)
    return CountryChoice(
      code: of.country, name: of.name, publishers: publishers, isChosen: isChosen,
      spoken: words.firstRunCheckbox(
        name: of.name, publishers: publishers, state: isChosen ? words.switchOn : words.switchOff))
  }
}

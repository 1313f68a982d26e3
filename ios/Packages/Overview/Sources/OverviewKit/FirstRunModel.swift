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

public struct FirstRunState: Equatable, Sendable {
  public var promise = ""
  public var regions: [RegionGroup] = []
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
      wanted.isEmpty || $0.name.localizedCaseInsensitiveContains(wanted)
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
    show(
      FirstRunState(
        promise: words.firstRunPromise,
        regions: regions,
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

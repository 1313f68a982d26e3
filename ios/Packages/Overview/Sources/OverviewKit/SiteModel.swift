import Foundation
import OverviewBindings

/// A feed of the site that was found.
public struct FeedChoice: Equatable, Sendable, Identifiable {
  public let url: URL
  /// What it calls itself, or its address.
  public let name: String
  /// "12 entries · 3 h".
  public let facts: String
  /// The first titles in it.
  public let titles: [String]
  public let isChosen: Bool
  /// One that a publisher has already cannot be chosen.
  public let isKnown: Bool
  public let spoken: String
  public var id: URL { url }
}

/// A language to choose.
public struct SiteLanguage: Equatable, Sendable, Identifiable {
  public let code: String
  public let name: String
  public var id: String { code }
}

/// A country to choose.
public struct SiteCountry: Equatable, Sendable, Identifiable {
  public let code: CountryCode
  public let name: String
  public var id: CountryCode { code }
}

extension Core {
  /// All there are, by name. As Kotlin sorts: by UTF-16, not by a locale.
  func siteCountries() async throws -> [SiteCountry] {
    try await countries().map { SiteCountry(code: $0.country, name: $0.name) }
      .sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
  }
}

public struct SiteState: Equatable, Sendable {
  public var title = ""
  /// One that was added is changed: there is no address to look at.
  public var isEditing = false
  public var placeholder = ""
  public var address = ""
  public var isLooking = false
  /// The one button: "Look", "Add", "Keep".
  public var buttonTitle = ""
  public var isButtonEnabled = false
  /// What will be added; nothing before anything was found.
  public var name = ""
  public var home = ""
  public var country: CountryCode?
  /// "Ukraine", "Choose its country".
  public var countryName = ""
  /// "By its address".
  public var countrySign: String?
  public var countries: [SiteCountry] = []
  public var language = ""
  /// "Ukrainian", "Choose its language".
  public var languageName = ""
  public var languageSign: String?
  /// That publishers write in, by name.
  public var languages: [SiteLanguage] = []
  public var feeds: [FeedChoice] = []
  /// "Dnipro Herald was added", "Dnipro Herald was changed".
  public var addedText: String?
  public var emptyText: String?
  public var trouble: Trouble?
}

/// Adding a site by its address: what was found is looked at, corrected and confirmed.
public final class SiteModel: Model<SiteState> {
  private var address = ""
  private var isLooking = false
  private var site: FoundSite?
  private var countries: [SiteCountry] = []
  private var languages: [SiteLanguage] = []
  private let edited: PublisherId?
  private var name = ""
  private var country: CountryCode?
  private var language = ""
  private var chosen: Set<URL> = []
  private var added: String?

  init(_ kit: Kit, _ edited: PublisherId?) {
    self.edited = edited
    super.init(kit, SiteState())
  }

  public func load() async {
    clear()
    countries = await attempt { try await kit.core.siteCountries() } ?? []
    let publishers = await attempt { try await kit.core.publishers([]) } ?? []
    languages = Set(publishers.map(\.language))
      .map { SiteLanguage(code: $0, name: wording.language($0)) }
      .sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
    if let edited, site == nil,
      let own = await attempt({ try await kit.core.ownPublisher(edited) })
    {
      edit(own)
    }
    render()
  }

  private func edit(_ own: OwnPublisher) {
    site = FoundSite(
      name: own.name, home: own.home, country: nil, countrySign: nil, language: nil,
      languageSign: nil,
      feeds: own.feeds.map {
        FoundFeed(url: $0, title: nil, entries: 0, newest: nil, titles: [], known: nil)
      })
    name = own.name
    country = own.country
    language = own.language
    chosen = Set(own.feeds)
  }

  /// Another address is looked for anew.
  public func type(_ address: String) {
    self.address = address
    site = nil
    added = nil
    clear()
    render()
  }

  public func press() async { if site == nil { await look() } else { await add() } }

  private func look() async {
    if isLooking || isBlank(address) { return }
    clear()
    isLooking = true
    added = nil
    render()
    let found = await attempt { try await kit.core.findSite(address) }
    isLooking = false
    if let found {
      site = found
      name = found.name
      country = found.country
      language = found.language ?? ""
      chosen = Set(found.feeds.filter { $0.known == nil }.prefix(1).map(\.url))
    }
    render()
  }

  public func setName(_ name: String) {
    self.name = name
    render()
  }

  public func setCountry(_ code: CountryCode) {
    country = code
    render()
  }

  public func setLanguage(_ tag: String) {
    language = tag
    render()
  }

  public func choose(_ feed: URL, _ isChosen: Bool) {
    if isChosen { chosen.insert(feed) } else { chosen.remove(feed) }
    render()
  }

  private func add() async {
    guard let site, let country else { return }
    clear()
    let main = isBlank(language) ? await mainLanguage(country) : language
    let own = OwnPublisher(
      name: name.trimmingCharacters(in: .whitespaces), home: site.home, country: country,
      language: main, feeds: site.feeds.map(\.url).filter { chosen.contains($0) })
    let isDone: Bool? = await attempt {
      if let edited {
        try await kit.core.editPublisher(edited, own)
      } else {
        _ = try await kit.core.addPublisher(own)
      }
      return true
    }
    if isDone == nil { return }
    added = own.name
    if edited == nil { self.site = nil }
    address = ""
    render()
  }

  private func mainLanguage(_ country: CountryCode) async -> String {
    let known = await attempt { try await kit.core.country(country) }
    return known?.languages.first ?? "en"
  }

  private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

  override func render() {
    var shown = SiteState()
    shown.title = edited == nil ? words.siteTitle : words.siteEditTitle
    shown.isEditing = edited != nil
    shown.placeholder = words.sitePlaceholder
    shown.address = address
    shown.isLooking = isLooking
    shown.buttonTitle =
      isLooking
      ? words.siteLooking
      : edited != nil ? words.siteKeep : site == nil ? words.siteLook : words.siteAdd
    shown.languages = languages
    shown.countries = countries
    shown.addedText = added.map {
      edited == nil ? words.siteAdded(name: $0) : words.siteChanged(name: $0)
    }
    shown.trouble = trouble
    if let site {
      shown.isButtonEnabled =
        !isLooking && country != nil && !isBlank(name) && !chosen.isEmpty
      shown.name = name
      shown.home = site.home.absoluteString
      shown.country = country
      shown.countryName =
        countries.first { $0.code == country }?.name ?? words.siteNoCountry
      if country == site.country { shown.countrySign = site.countrySign.map(sign) }
      shown.language = language
      shown.languageName = language.isEmpty ? words.siteNoLanguage : wording.language(language)
      if language == site.language { shown.languageSign = site.languageSign.map(sign) }
      shown.feeds = site.feeds.map(choice)
      shown.emptyText = site.feeds.isEmpty ? words.siteNone : nil
    } else {
      shown.isButtonEnabled = !isLooking && !isBlank(address)
    }
    show(shown)
  }

  private func choice(_ of: FoundFeed) -> FeedChoice {
    let isKnown = of.known != nil
    let isChosen = chosen.contains(of.url)
    let title = of.title ?? ""
    let name = isBlank(title) ? of.url.absoluteString : title
    // What a feed has is not looked at again when its publisher is changed.
    let facts =
      edited != nil
      ? ""
      : wording.facts(
        words.siteEntries(count: Int64(of.entries)),
        of.newest.map { wording.age($0) },
        isKnown ? words.siteKnown : nil)
    let state = isChosen ? words.switchOn : words.switchOff
    return FeedChoice(
      url: of.url,
      name: name,
      facts: facts,
      titles: of.titles,
      isChosen: isChosen,
      isKnown: isKnown,
      spoken: wording.sentences(words.siteCheckbox(name: name, state: state), facts))
  }

  private func sign(_ of: SiteSign) -> String {
    switch of {
    case .domain: words.siteSignDomain
    case .pageLanguage: words.siteSignPageLanguage
    case .locale: words.siteSignLocale
    case .feedLanguage: words.siteSignFeedLanguage
    case .titles: words.siteSignTitles
    case .language: words.siteSignLanguage
    }
  }
}

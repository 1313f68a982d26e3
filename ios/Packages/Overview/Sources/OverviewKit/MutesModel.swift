import Foundation
import OverviewBindings

/// What is muted.
public struct MuteItem: Equatable, Sendable, Identifiable {
  public let id: MuteId
  public let name: String
  /// "Publisher".
  public let kind: String
  /// "Until 5 Dec 2026, 14:05", "For good".
  public let until: String
  /// "Hides 12 articles".
  public let hides: String
  /// "Publisher · For good".
  public let facts: String
  /// "Show Rift Daily again".
  public let endAction: String
  public let spoken: String
}

/// What can be muted: of an article, or by what was typed.
public struct MuteOffer: Equatable, Sendable, Identifiable {
  public let what: Muted
  public let name: String
  /// "Publisher".
  public let kind: String
  /// "Mute Rift Daily".
  public let action: String
  public let spoken: String
  public var id: String { kind + name }
}

/// How long a mute lasts.
public struct MuteLength: Equatable, Sendable, Identifiable {
  public let lasts: MuteFor
  public let name: String
  public let isChosen: Bool
  public var id: String { name }
}

/// An article that is not seen, and why.
public struct HiddenItem: Equatable, Sendable, Identifiable {
  public let id: ArticleId
  public let headline: String
  public let publisher: String
  public let country: CountryCode
  public let age: String
  /// "Hidden by: grain".
  public let by: String
  public let spoken: String
}

public struct MutesState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  public var mutes: [MuteItem] = []
  public var text = ""
  /// Of the article that the screen was opened from; while something is typed, by that.
  public var offers: [MuteOffer] = []
  public var lengths: [MuteLength] = []
  /// What mutes hide, the newest first.
  public var hidden: [HiddenItem] = []
  public var hasMoreHidden = false
  /// "Rift Daily is muted", until something else is done.
  public var undoText: String?
  public var emptyText: String?
  public var trouble: Trouble?
}

/// What a person does not want to see: to be added to, ended, and taken back.
public final class MutesModel: Model<MutesState> {
  private let article: ArticleId?
  private var mutes: [Mute]?
  private var ofArticle: [(Muted, String)] = []
  private var countries: [CountrySummary] = []
  private var publishers: [PublisherSummary] = []
  private var hidden: [(row: ArticleRow, by: [Mute])] = []
  private var next: Cursor?
  private var text = ""
  private var lasts = MuteFor.good
  /// The reload that counts.
  private var generation = 0
  /// What was done last: added or ended.
  private var last: (mute: Mute, wasAdded: Bool)?

  init(_ kit: Kit, _ article: ArticleId?) {
    self.article = article
    super.init(kit, MutesState())
  }

  public func load() async {
    clear()
    if let all = await attempt({ try await kit.askCountries() }) { countries = all }
    if let all = await attempt({ try await kit.core.publishers([]) }) { publishers = all }
    if let id = article, let article = await attempt({ try await kit.core.article(id) }) {
      let row = article.row
      ofArticle =
        [
          (Muted.publisher(row.publisher), row.publisherName),
          (.country(row.country), kit.name(of: row.country)),
        ] + article.categories.map { (.category($0), $0) }
    }
    await reload()
  }

  private func reload() async {
    generation += 1
    let own = generation
    let all = await attempt { try await kit.core.mutes() }
    let page = await pageOfHidden(nil)
    guard own == generation else { return }
    if let all { mutes = all }
    if let page { (hidden, next) = page }
    render()
  }

  public func loadMoreHidden() async {
    let own = generation
    guard let after = next, let page = await pageOfHidden(after), own == generation else { return }
    hidden += page.0
    next = page.1
    render()
  }

  /// A page of what mutes hide, each with those that do, and where the next begins.
  private func pageOfHidden(_ after: Cursor?) async -> ([(row: ArticleRow, by: [Mute])], Cursor?)? {
    let query = ArticleQuery(scope: Scope(muted: true), limit: 20, after: after)
    guard let page = await attempt({ try await kit.core.articles(query) }) else { return nil }
    var found: [(row: ArticleRow, by: [Mute])] = []
    for row in page.rows {
      guard let by = await attempt({ try await kit.core.mutesOf(row.id) }) else { return nil }
      found.append((row, by))
    }
    return (found, page.next)
  }

  /// Offers words, and publishers and countries with these letters.
  public func type(_ text: String) {
    self.text = text
    render()
  }

  /// How long what is muted next is.
  public func setLasts(_ lasts: MuteFor) {
    self.lasts = lasts
    render()
  }

  /// Mutes for as long as is chosen.
  public func mute(_ what: Muted) async { await mute(what, lasts) }

  public func mute(_ what: Muted, _ lasts: MuteFor) async {
    clear()
    guard let added = await attempt({ try await kit.core.mute(what, lasts) }) else { return }
    last = (added, true)
    text = ""
    await reload()
  }

  public func end(_ id: MuteId) async {
    clear()
    guard let mute = mutes?.first(where: { $0.id == id }),
      await attempt({ try await kit.core.unmute(id) }) != nil
    else { return }
    last = (mute, false)
    await reload()
  }

  /// Takes back what was done last.
  public func undo() async {
    clear()
    guard let (mute, wasAdded) = last else { return }
    last = nil
    if wasAdded {
      _ = await attempt { try await kit.core.unmute(mute.id) }
    } else {
      let lasts = mute.until.map { MuteFor.until($0) } ?? .good
      _ = await attempt { try await kit.core.mute(mute.what, lasts) }
    }
    await reload()
  }

  override func invalidated(_ what: [Invalidation]) async { await reload() }

  override func resumed() async { await load() }

  override func render() {
    show(
      MutesState(
        isLoading: mutes == nil && trouble == nil,
        title: words.mutesTitle,
        mutes: (mutes ?? []).map(item),
        text: text,
        offers: offers().map { what, name in
          MuteOffer(
            what: what, name: name, kind: kind(what), action: words.mutesAddSpoken(name: name),
            spoken: wording.list(name, kind(what)))
        },
        lengths: [
          (MuteFor.day, words.mutesForDay), (.week, words.mutesForWeek),
          (.good, words.mutesForGood),
        ].map { MuteLength(lasts: $0, name: $1, isChosen: $0 == lasts) },
        hidden: hidden.map { item($0.row, $0.by) },
        hasMoreHidden: next != nil,
        undoText: last.map { mute, wasAdded in
          wasAdded ? words.mutesAdded(name: mute.name) : words.mutesEnded(name: mute.name)
        },
        emptyText: mutes?.isEmpty == true ? words.mutesEmpty : nil,
        trouble: trouble))
  }

  private func offers() -> [(Muted, String)] {
    let wanted = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if wanted.isEmpty { return ofArticle }
    let press = publishers.filter { $0.name.localizedCaseInsensitiveContains(wanted) }
    let places = countries.filter { $0.name.localizedCaseInsensitiveContains(wanted) }
    return [(.words(wanted), wanted), (.category(wanted), wanted)]
      + press.prefix(4).map { (.publisher($0.id), $0.name) }
      + places.prefix(4).map { (.country($0.country), $0.name) }
  }

  private func item(_ row: ArticleRow, _ by: [Mute]) -> HiddenItem {
    let english = kit.choices.isOriginalsFirst ? nil : row.englishTitle
    let headline = english ?? row.title
    let names = by.map(\.name).joined(separator: words.joinList)
    let said = words.mutesHiddenBy(names: names)
    return HiddenItem(
      id: row.id, headline: headline, publisher: row.publisherName, country: row.country,
      age: wording.age(row.sortAt), by: said,
      spoken: wording.sentences(
        headline, wording.list(row.publisherName, wording.spokenAge(row.sortAt)), said))
  }

  private func kind(_ of: Muted) -> String {
    switch of {
    case .words: words.mutesWords
    case .publisher: words.mutesPublisher
    case .country: words.mutesCountry
    case .category: words.mutesCategory
    }
  }

  private func item(_ of: Mute) -> MuteItem {
    let until =
      of.until.map { words.mutesUntil(time: wording.moment($0)) } ?? words.mutesForGood
    let hides = words.mutesHides(count: Int64(of.articles))
    return MuteItem(
      id: of.id, name: of.name, kind: kind(of.what), until: until, hides: hides,
      facts: wording.facts(kind(of.what), until), endAction: words.mutesEndSpoken(name: of.name),
      spoken: wording.sentences(wording.list(of.name, kind(of.what)), until, hides))
  }
}

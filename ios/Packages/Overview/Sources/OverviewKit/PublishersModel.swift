import Foundation
import OverviewBindings

public struct PublisherItem: Equatable, Sendable, Identifiable {
  public let id: PublisherId
  public let name: String
  /// "Swahili · 38 unread".
  public let facts: String
  /// What is wrong with its feed, in words.
  public let trouble: String?
  public let isOn: Bool
  /// Added by the person, who can remove it.
  public let isOwn: Bool
  public let home: URL
  public let spoken: String
}

/// The publishers of a country.
public struct PublisherGroup: Equatable, Sendable, Identifiable {
  public let code: CountryCode
  public let name: String
  public let publishers: [PublisherItem]
  public var id: CountryCode { code }
}

public struct PublishersState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  public var groups: [PublisherGroup] = []
  public var search = ""
  /// "Dnipro Herald was removed", until something else is done.
  public var undoText: String?
  public var emptyText: String?
  public var trouble: Trouble?
}

/// Who is read.
public final class PublishersModel: Model<PublishersState> {
  private let country: CountryCode?
  private var publishers: [PublisherSummary]?
  /// Switches that were turned and are not on the disk yet.
  private var asked: [PublisherId: Bool] = [:]
  private var search = ""
  /// The name of the one that was removed last, and what takes it back.
  private var removed: (name: String, change: ChangeId)?

  init(_ kit: Kit, _ country: CountryCode?) {
    self.country = country
    super.init(kit, PublishersState())
  }

  public func load() async {
    clear()
    await reload()
  }

  private func reload() async {
    let wanted = country.map { [$0] } ?? []
    let found = await attempt {
      _ = try await kit.askCountries()
      return try await kit.core.publishers(wanted)
    }
    if let found { publishers = found }
    render()
  }

  public func search(_ text: String) {
    search = text
    render()
  }

  /// One that is off is not fetched, and its articles leave the lists.
  public func setOn(_ id: PublisherId, _ isOn: Bool) async {
    clear()
    asked[id] = isOn
    render()
    let isDone = await attempt { try await kit.core.followPublisher(id, isOn) } != nil
    if isDone { await reload() }
    asked[id] = nil
    render()
  }

  /// Removes one that the person added.
  public func remove(_ id: PublisherId) async {
    clear()
    removed = nil
    guard let name = publishers?.first(where: { $0.id == id })?.name else { return }
    if await attempt({ try await kit.core.removePublisher(id) }) != nil {
      let changes = await attempt { try await kit.core.changes() }
      removed = changes?.first.map { (name, $0.id) }
    }
    await reload()
  }

  /// Puts back what was removed last.
  public func undo() async {
    clear()
    guard let change = removed?.change else { return }
    removed = nil
    _ = await attempt { try await kit.core.undoChange(change) }
    await reload()
  }

  override func invalidated(_ what: [Invalidation]) async { await reload() }

  override func resumed() async { await load() }

  override func render() {
    let wanted = search.trimmingCharacters(in: .whitespaces)
    let found = (publishers ?? []).filter {
      wanted.isEmpty || $0.name.localizedCaseInsensitiveContains(wanted)
    }
    var groups: [PublisherGroup] = []
    var codes: [CountryCode] = []
    for publisher in found where !codes.contains(publisher.country) {
      codes.append(publisher.country)
    }
    for code in codes {
      groups.append(
        PublisherGroup(
          code: code, name: kit.name(of: code),
          publishers: found.filter { $0.country == code }.map(item)))
    }
    show(
      PublishersState(
        isLoading: publishers == nil && trouble == nil,
        title: words.publishersTitle,
        groups: groups,
        search: search,
        undoText: removed.map { words.publishersRemoved(name: $0.name) },
        emptyText: publishers != nil && found.isEmpty
          ? words.publishersNoneFound(text: wanted) : nil,
        trouble: trouble))
  }

  private func item(_ of: PublisherSummary) -> PublisherItem {
    let isOn = asked[of.id] ?? of.followed ?? of.enabled
    let facts = wording.facts(
      wording.language(of.language),
      of.own ? words.publishersOwn : nil,
      of.unread > 0 ? words.countriesUnread(count: Int64(of.unread)) : nil)
    let trouble = trouble(of.feeds)
    return PublisherItem(
      id: of.id,
      name: of.name,
      facts: facts,
      trouble: trouble,
      isOn: isOn,
      isOwn: of.own,
      home: of.home,
      spoken: wording.sentences(wording.switch(wording.list(of.name, facts), isOn), trouble))
  }

  private func trouble(_ feeds: [FeedStatus]) -> String? {
    if feeds.isEmpty || feeds.contains(where: { $0.health == .good }) { return nil }
    if feeds.allSatisfy({ $0.health == .gone }) { return words.publishersGone }
    guard let failing = feeds.first(where: { $0.health == .failing }) else {
      return words.publishersUnknown
    }
    return words.publishersFailing(reason: failing.reason ?? "")
  }
}

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
  public let spoken: String
}

/// What an article offers to mute.
public struct MuteOffer: Equatable, Sendable, Identifiable {
  public let what: Muted
  public let name: String
  /// "Publisher".
  public let kind: String
  public let spoken: String
  public var id: String { kind + name }
}

public struct MutesState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  public var mutes: [MuteItem] = []
  /// Of the article that the screen was opened from.
  public var offers: [MuteOffer] = []
  /// "Rift Daily is muted", until something else is done.
  public var undoText: String?
  public var emptyText: String?
  public var trouble: Trouble?
}

/// What a person does not want to see: to be added to, ended, and taken back.
public final class MutesModel: Model<MutesState> {
  private let article: ArticleId?
  private var mutes: [Mute]?
  private var offers: [(Muted, String)] = []
  /// What was done last: added or ended.
  private var last: (mute: Mute, wasAdded: Bool)?

  init(_ kit: Kit, _ article: ArticleId?) {
    self.article = article
    super.init(kit, MutesState())
  }

  public func load() async {
    clear()
    if let id = article, let article = await attempt({ try await kit.core.article(id) }) {
      let row = article.row
      let country = await attempt { try await kit.core.country(row.country) }
      offers =
        [
          (Muted.publisher(row.publisher), row.publisherName),
          (.country(row.country), country?.name ?? row.country),
        ] + article.categories.map { (.category($0), $0) }
    }
    await reload()
  }

  private func reload() async {
    if let all = await attempt({ try await kit.core.mutes() }) { mutes = all }
    render()
  }

  public func mute(_ what: Muted, _ lasts: MuteFor) async {
    clear()
    guard let added = await attempt({ try await kit.core.mute(what, lasts) }) else { return }
    last = (added, true)
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
        offers: offers.map { what, name in
          MuteOffer(
            what: what, name: name, kind: kind(what), spoken: wording.list(name, kind(what)))
        },
        undoText: last.map { mute, wasAdded in
          wasAdded ? words.mutesAdded(name: mute.name) : words.mutesEnded(name: mute.name)
        },
        emptyText: mutes?.isEmpty == true ? words.mutesEmpty : nil,
        trouble: trouble))
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
      spoken: wording.sentences(wording.list(of.name, kind(of.what)), until, hides))
  }
}

import Foundation
import OverviewBindings

/// Something known of a publisher.
public struct FactItem: Equatable, Sendable {
  /// "Owner".
  public let name: String
  public let text: String
  /// Where it was read, and on which day; of an owner and a leaning always.
  public let source: String?
  public let spoken: String
}

public struct PublisherState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  public var facts: [FactItem] = []
  /// Its front page, and "Open at The Acacia Post".
  public var home: URL?
  public var openTitle = ""
  public var isMuted = false
  /// "Mute The Acacia Post", "Show The Acacia Post again".
  public var muteTitle = ""
  public var trouble: Trouble?
}

/// Who a publisher is: what the catalogue says of it, and where that was read.
public final class PublisherModel: Model<PublisherState> {
  private let id: PublisherId
  private var publisher: Publisher?
  private var summary: PublisherSummary?
  private var mute: Mute?

  init(_ kit: Kit, _ id: PublisherId) {
    self.id = id
    super.init(kit, PublisherState())
  }

  public func load() async {
    clear()
    await reload()
  }

  private func reload() async {
    _ = await attempt {
      try await kit.learnNames()
      let known = try await kit.core.publisher(id)
      publisher = known
      summary = try await kit.core.publishers([known.country]).first { $0.id == id }
      mute = try await kit.core.mutes().first { $0.what == .publisher(id) }
    }
    render()
  }

  /// Its articles leave the lists for good, or are shown again.
  public func setMuted(_ isMuted: Bool) async {
    clear()
    _ = await attempt {
      if isMuted {
        _ = try await kit.core.mute(.publisher(id), .good)
      } else if let mute {
        try await kit.core.unmute(mute.id)
      }
    }
    await reload()
  }

  override func invalidated(_ what: [Invalidation]) async { await reload() }

  override func resumed() async { await load() }

  override func render() {
    var shown = PublisherState()
    shown.isLoading = publisher == nil && trouble == nil
    shown.isMuted = mute != nil
    shown.trouble = trouble
    if let known = publisher {
      shown.title = known.name
      shown.facts = facts(known)
      shown.home = known.home
      shown.openTitle = words.actionOpenAt(publisher: known.name)
      shown.muteTitle =
        mute == nil
        ? words.mutesAddSpoken(name: known.name) : words.mutesEndSpoken(name: known.name)
    }
    show(shown)
  }

  private func facts(_ of: Publisher) -> [FactItem] {
    var facts = [
      fact(words.publisherCountry, kit.name(of: of.country)),
      fact(words.publisherLanguage, wording.language(of.language)),
      fact(words.publisherKindTitle, kind(of.kind)),
    ]
    if let owner = of.ownership {
      facts.append(fact(words.publisherOwner, name(owner.value), (owner.source, owner.asOf)))
    }
    for stance in of.alignments {
      let text =
        switch stance.stance {
        case .for: words.publisherOpenlyFor(entity: stance.entity)
        case .against: words.publisherOpenlyAgainst(entity: stance.entity)
        }
      facts.append(fact(words.publisherStance, text, (stance.source, stance.asOf)))
    }
    if of.panel { facts.append(fact(words.publisherPanelTitle, words.publisherPanel)) }
    if let note = of.note { facts.append(fact(words.publisherNote, note)) }
    return facts + (summary?.feeds ?? []).map(feed)
  }

  private func kind(_ of: PublisherKind) -> String {
    let code =
      switch of {
      case .national: "national"
      case .wire: "wire"
      case .local: "local"
      case .exile: "exile"
      case .opinion: "opinion"
      case .official: "official"
      }
    return words.publisherKind(code) ?? code
  }

  private func name(_ of: Ownership) -> String {
    let code =
      switch of {
      case .private: "private"
      case .nonprofit: "nonprofit"
      case .public: "public"
      case .state: "state"
      case .party: "party"
      }
    return words.ownership(code) ?? code
  }

  private func fact(_ name: String, _ text: String, _ read: (String, DateComponents)? = nil)
    -> FactItem
  {
    let source = read.map { wording.facts($0.0, wording.day($0.1)) }
    return FactItem(
      name: name, text: text, source: source,
      spoken: wording.sentences(wording.list(name, text), source))
  }

  /// When it answered last, or why it does not.
  private func feed(_ of: FeedStatus) -> FactItem {
    let answered = of.succeededAt.map { words.publisherAnswered(age: wording.spokenAge($0)) }
    let state =
      switch of.health {
      case .good: answered ?? ""
      case .gone: words.publishersGone
      case .failing:
        wording.facts(words.publishersFailing(reason: of.reason ?? ""), answered)
      case .unknown: words.publishersUnknown
      }
    return FactItem(
      name: words.publisherFeed, text: state, source: (of.movedTo ?? of.url).absoluteString,
      spoken: wording.list(words.publisherFeed, state))
  }
}

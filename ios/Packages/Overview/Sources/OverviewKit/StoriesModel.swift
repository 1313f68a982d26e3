import Foundation
import OverviewBindings

/// A story in a list.
public struct StoryItem: Equatable, Sendable, Identifiable {
  public let id: StoryId
  /// The one that opens.
  public let article: ArticleId
  public let headline: String
  public let publisher: String
  /// For its tile.
  public let country: CountryCode
  public let age: String
  public let isUnread: Bool
  public let isSaved: Bool
  public let picture: PictureKey?
  /// The shapes beside "6 takes".
  public let marks: [PerspectiveKind]
  public let takes: String?
  /// "0 of 30 American".
  public let overlooked: String?
  /// "Translated from Swahili".
  public let translated: String?
  /// "Ready offline".
  public let ready: String?
  /// The whole row as one sentence after the other.
  public let spoken: String
  /// Words of its actions as they are now.
  public let readAction: String
  public let saveAction: String
}

/// What a list is narrowed to.
public struct StoriesFilter: Equatable, Sendable {
  public var isUnread: Bool
  public var isSaved: Bool
  public var isOverlooked: Bool
  /// Told under this one, such as `region:europe`.
  public var perspective: PerspectiveId?

  public init(
    isUnread: Bool = false, isSaved: Bool = false, isOverlooked: Bool = false,
    perspective: PerspectiveId? = nil
  ) {
    self.isUnread = isUnread
    self.isSaved = isSaved
    self.isOverlooked = isOverlooked
    self.perspective = perspective
  }
}

/// Where to go on when a country is read.
public struct NextCountry: Equatable, Sendable {
  public let code: CountryCode
  /// "Next: Germany, 64".
  public let text: String
}

/// A perspective that a list can be narrowed to.
public struct PerspectiveChoice: Equatable, Sendable, Identifiable {
  public let id: PerspectiveId
  public let name: String
  public let kind: PerspectiveKind
  /// How many stories are told under it.
  public let count: String
  public let isChosen: Bool
}

public struct StoriesState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  /// "38 unread of 112 stories · Updated 4 min ago".
  public var subtitle = ""
  public var filter = StoriesFilter()
  /// After `loadPerspectives`.
  public var perspectives: [PerspectiveChoice] = []
  public var stories: [StoryItem] = []
  /// "3 new": stories that wait above, so that nothing moves under a finger.
  public var newText: String?
  public var hasOlder = false
  public var hasNewer = false
  /// Instead of the list: what it is, and what there is to know.
  public var emptyTitle: String?
  public var emptyText: String?
  /// Beside it, when the country is read: the next that is followed and is not.
  public var nextCountry: NextCountry?
  /// "24 articles marked as read", with what takes it back.
  public var undoText: String?
  public var trouble: Trouble?
}

/// The news of a country, or what was saved.
public final class StoriesModel: Model<StoriesState> {
  /// A row, and what was marked of it: at once here, a moment later on the disk.
  private struct Entry: Equatable {
    let row: StoryRow
    var isRead: Bool
    var isSaved: Bool

    init(_ row: StoryRow) {
      self.row = row
      isRead = row.lead.state.read
      isSaved = row.lead.state.saved
    }
  }

  private let country: CountryCode?
  private var filter: StoriesFilter
  private var entries: [Entry]?
  private var waiting: Int64 = 0
  private var previous: Cursor?
  private var next: Cursor?
  /// Where the list begins, for `load(after:)` at another time; nothing at its newest.
  public private(set) var place: Cursor?
  private var firstNext: Cursor?
  private var summary: CountrySummary?
  private var nextSummary: CountrySummary?
  private var receipt: MarkAllReceipt?
  /// The load that counts; those before it that answer later do not.
  private var generation = 0
  /// The mark before this one: they go to the disk one after the other.
  private var marking: Task<Bool, Never>?
  /// Stories whose marks are not on the disk yet: what the store says of them is old.
  private var underWay: [StoryId] = []
  /// When each was marked, counted in marks: what was read before that is old too.
  private var marked: [StoryId: Int] = [:]
  private var marks = 0
  private var perspectives: [PerspectiveCount] = []

  /// Rows that are kept when memory is short: a page.
  private static let page = 50

  init(_ kit: Kit, _ country: CountryCode?, _ filter: StoriesFilter = StoriesFilter()) {
    self.country = country
    self.filter = filter
    super.init(kit, StoriesState())
  }

  private func articles(unread: Bool) -> Scope {
    Scope(countries: country.map { [$0] } ?? [], unread: unread, saved: filter.isSaved)
  }

  private func query(after: Cursor? = nil, before: Cursor? = nil) -> StoryQuery {
    StoryQuery(
      scope: StoryScope(
        articles: articles(unread: filter.isUnread), perspective: filter.perspective,
        overlooked: filter.isOverlooked),
      order: .time, after: after, before: before)
  }

  /// From the newest on, with what waited above; or from a `place` on, where a list was left.
  public func load(after: Cursor? = nil) async {
    clear()
    generation += 1
    let own = generation
    let page = await page(after)
    await loadSummary()
    // One that is overtaken is still better than nothing.
    guard own == generation || entries == nil else { return }
    if let page {
      entries = page.rows.map(Entry.init)
      waiting = 0
      place = after
      previous = page.previous
      next = page.next
      firstNext = page.next
    }
    render()
  }

  public func loadOlder() async {
    let own = generation
    guard let after = next, let page = await page(after), own == generation else { return }
    let known = Set((entries ?? []).map(\.row.id))
    entries = (entries ?? []) + page.rows.filter { !known.contains($0.id) }.map(Entry.init)
    next = page.next
    render()
  }

  public func loadNewer() async {
    let own = generation
    guard let before = previous,
      let page = await attempt({ try await kit.core.stories(query(before: before)) }),
      own == generation
    else { return }
    let known = Set((entries ?? []).map(\.row.id))
    entries = page.rows.filter { !known.contains($0.id) }.map(Entry.init) + (entries ?? [])
    previous = page.previous
    if page.previous == nil { place = nil }
    render()
  }

  /// Fetches; what is new then waits above.
  public func refresh() async {
    await kit.syncing.sync(country.map { [$0] } ?? [])
    await reload()
  }

  /// For the sheet of perspectives.
  public func loadPerspectives() async {
    let scope = StoryScope(articles: articles(unread: filter.isUnread))
    if let found = await attempt({ try await kit.core.perspectives(scope) }) {
      perspectives = found
    }
    render()
  }

  public func filter(_ filter: StoriesFilter) async {
    self.filter = filter
    await load()
  }

  public func markRead(_ id: StoryId, _ isRead: Bool) async {
    await mark(id, isRead ? .read : .unread) { $0.isRead = isRead }
  }

  public func save(_ id: StoryId, _ isSaved: Bool) async {
    await mark(id, isSaved ? .save : .unsave) { $0.isSaved = isSaved }
  }

  /// Takes a story off the list.
  public func hide(_ id: StoryId) async { await mark(id, .hide, nil) }

  public func markAllRead() async {
    clear()
    let before = entries
    entries = entries?.map { entry in
      var read = entry
      read.isRead = true
      return read
    }
    render()
    let scope = articles(unread: false)
    defer { for entry in before ?? [] { note(entry.row.id) } }
    if let done = await attempt({ try await kit.core.markAllRead(scope) }) {
      receipt = done
    } else {
      entries = before
    }
    await loadSummary()
    render()
  }

  public func undo() async {
    guard let undo = receipt?.undo else { return }
    receipt = nil
    clear()
    _ = await attempt { try await kit.core.undoMarkAll(undo) }
    await reload()
  }

  /// At once on the screen, then on the disk; back again when that fails. One after the other.
  /// Without a change the story leaves.
  private func mark(_ id: StoryId, _ mark: Mark, _ change: ((inout Entry) -> Void)?) async {
    guard let at = entries?.firstIndex(where: { $0.row.id == id }), let was = entries?[at] else {
      return
    }
    clear()
    var changed = was
    change?(&changed)
    if change == nil { entries?.remove(at: at) } else { entries?[at] = changed }
    render()
    underWay.append(id)
    note(id)
    let before = marking
    let task = Task {
      _ = await before?.value
      return await attempt { try await kit.core.mark([was.row.lead.id], mark) } != nil
    }
    marking = task
    let isDone = await task.value
    if let done = underWay.firstIndex(of: id) { underWay.remove(at: done) }
    note(id)
    if isDone { return }
    if let now = entries?.firstIndex(where: { $0.row.id == id }) {
      if entries?[now] == changed { entries?[now] = was }
    } else {
      var back = entries ?? []
      back.insert(was, at: min(at, back.count))
      entries = back
    }
    render()
  }

  private func note(_ id: StoryId) {
    marks += 1
    marked[id] = marks
  }

  private func page(_ after: Cursor?) async -> StoryPage? {
    await attempt { try await kit.core.stories(query(after: after)) }
  }

  private func loadSummary() async {
    guard let country else { return }
    guard let all = await attempt({ try await kit.askCountries() }) else { return }
    let at = all.firstIndex { $0.country == country }
    summary = at.map { all[$0] }
    // By the order of the lists, from this one on.
    let others = all[(at.map { $0 + 1 } ?? 0)...] + all[..<(at ?? 0)]
    nextSummary = others.first { $0.followed && $0.unreadStories > 0 }
  }

  /// Asks anew for what is shown. Nothing moves: what is new waits, what left stays until the next
  /// load.
  private func reload() async {
    guard let last = entries?.last?.row else { return await load() }
    let own = generation
    let began = marks
    var fresh: [StoryRow] = []
    var after = place
    while true {
      guard let page = await page(after) else { return }
      fresh += page.rows
      after = page.next
      guard after != nil, let end = page.rows.last, end.lead.sortAt > last.lead.sortAt else {
        break
      }
    }
    await loadSummary()
    guard own == generation else { return }
    let byId = Dictionary(fresh.map { ($0.id, $0) }) { first, _ in first }
    let known = entries ?? []
    entries = known.map { entry in
      if underWay.contains(entry.row.id) || marked[entry.row.id] ?? 0 > began { return entry }
      if let row = byId[entry.row.id] { return Entry(row) }
      // Not among the unread any more: it was read elsewhere.
      var left = entry
      left.isRead = entry.isRead || filter.isUnread
      return left
    }
    let ids = Set(known.map(\.row.id))
    waiting = Int64(
      fresh.filter { !ids.contains($0.id) && $0.lead.sortAt >= last.lead.sortAt }.count)
    if next == nil { next = after }
    render()
  }

  override func invalidated(_ what: [Invalidation]) async {
    let isOurs = what.contains {
      guard case .articles(let countries) = $0, let country else { return true }
      return countries.isEmpty || countries.contains(country)
    }
    if isOurs { await reload() }
  }

  override func resumed() async { await reload() }

  override func trim() {
    guard let known = entries, known.count > Self.page else { return }
    entries = Array(known.prefix(Self.page))
    next = firstNext
    render()
  }

  override func render() {
    var shown = StoriesState()
    shown.isLoading = entries == nil && trouble == nil
    shown.title = summary?.name ?? country ?? words.storiesSaved
    shown.subtitle =
      summary.map {
        wording.facts(
          words.storiesUnreadOf(
            count: Int64($0.stories), unread: wording.number(Int64($0.unreadStories))),
          updated($0))
      } ?? ""
    shown.filter = filter
    shown.perspectives = perspectives.map {
      PerspectiveChoice(
        id: $0.perspective, name: $0.name, kind: $0.kind,
        count: wording.number(Int64($0.stories)), isChosen: $0.perspective == filter.perspective)
    }
    shown.stories = (entries ?? []).map(item)
    shown.newText = waiting > 0 ? words.storiesNew(count: waiting) : nil
    shown.hasOlder = next != nil
    shown.hasNewer = previous != nil
    if let entries, entries.isEmpty {
      let read = filter == StoriesFilter(isUnread: true) ? summary : nil
      if let read, read.stories > 0 {
        shown.emptyTitle = words.storiesAllRead(country: read.name)
        shown.emptyText = words.storiesAllReadText(count: Int64(read.stories))
        shown.nextCountry = nextSummary.map {
          NextCountry(
            code: $0.country,
            text: words.storiesNext(
              name: $0.name, unread: wording.number(Int64($0.unreadStories))))
        }
      } else {
        shown.emptyTitle =
          filter.isSaved
          ? words.storiesEmptySaved
          : filter.isOverlooked
            ? words.storiesEmptyOverlooked
            : filter.isUnread ? words.storiesEmptyUnread : words.storiesEmpty
      }
    }
    shown.undoText = receipt.map { words.storiesMarkedAll(count: Int64($0.marked)) }
    shown.trouble = trouble
    show(shown)
  }

  private func updated(_ of: CountrySummary) -> String {
    guard let at = of.refreshedAt else { return words.storiesNeverUpdated }
    let age = wording.age(at)
    return age == words.ageNow ? words.storiesUpdatedNow : words.storiesUpdated(age: age)
  }

  private func item(_ entry: Entry) -> StoryItem {
    let story = entry.row
    let row = story.lead
    let english = kit.choices.isOriginalsFirst ? nil : row.englishTitle
    let headline = english ?? row.title
    let translated = english.map { _ in
      words.storiesTranslatedFrom(language: wording.language(row.language))
    }
    let ready = row.ready ? words.storiesReady : nil
    let takes = story.takes > 0 ? words.storiesTakes(count: Int64(story.takes)) : nil
    let american = story.overlooked.map { (of: "\($0.americanOf)", ran: "\($0.americanRan)") }
    return StoryItem(
      id: story.id,
      article: row.id,
      headline: headline,
      publisher: row.publisherName,
      country: row.country,
      age: wording.age(row.sortAt),
      isUnread: !entry.isRead,
      isSaved: entry.isSaved,
      picture: row.image,
      marks: story.marks,
      takes: takes,
      overlooked: american.map { words.storiesOverlooked(of: $0.of, ran: $0.ran) },
      translated: translated,
      ready: ready,
      spoken: wording.sentences(
        entry.isRead ? nil : words.storiesUnread,
        headline,
        wording.list(row.publisherName, wording.spokenAge(row.sortAt)),
        takes.map { words.takesOfKinds(kinds: wording.kinds(story.marks), takes: $0) },
        american.map { words.storiesOverlookedSpoken(of: $0.of, ran: $0.ran) },
        translated,
        entry.isSaved ? words.storiesSaved : nil,
        ready),
      readAction: entry.isRead ? words.actionMarkUnread : words.actionMarkRead,
      saveAction: entry.isSaved ? words.actionUnsave : words.actionSave)
  }
}

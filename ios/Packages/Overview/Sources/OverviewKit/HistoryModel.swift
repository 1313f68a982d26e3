import Foundation
import OverviewBindings

/// An article that was opened.
public struct HistoryItem: Equatable, Sendable, Identifiable {
  public let id: ArticleId
  public let headline: String
  public let publisher: String
  public let country: CountryCode
  /// When it was opened last: "3 h".
  public let age: String
  public let spoken: String
}

/// Something that can be taken back.
public struct ChangeItem: Equatable, Sendable, Identifiable {
  public let id: ChangeId
  /// "12 articles marked as read".
  public let text: String
  public let age: String
  public let spoken: String
}

public struct HistoryState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  /// The last opened first.
  public var articles: [HistoryItem] = []
  public var hasMore = false
  /// Of the last day, the latest first.
  public var changes: [ChangeItem] = []
  /// "Taken back", "What was read when is forgotten."
  public var doneText: String?
  public var emptyText: String?
  public var trouble: Trouble?
}

/// What was read lately, and what was done and can be taken back.
public final class HistoryModel: Model<HistoryState> {
  private var rows: [HistoryRow]?
  private var next: Cursor?
  private var changes: [Change] = []
  private var isCleared = false
  private var isUndone = false

  init(_ kit: Kit) { super.init(kit, HistoryState()) }

  public func load() async {
    clear()
    await reload()
  }

  private func reload() async {
    if let page = await attempt({ try await kit.core.history(nil, 25) }) {
      rows = page.rows
      next = page.next
    }
    if let all = await attempt({ try await kit.core.changes() }) { changes = all }
    render()
  }

  public func loadMore() async {
    guard let after = next,
      let page = await attempt({ try await kit.core.history(after, 25) }), after == next
    else { return }
    rows = (rows ?? []) + page.rows
    next = page.next
    render()
  }

  /// Takes a change back.
  public func undo(_ id: ChangeId) async {
    clear()
    isCleared = false
    isUndone = await attempt { try await kit.core.undoChange(id) } != nil
    await reload()
  }

  /// Forgets what was read when.
  public func forget() async {
    clear()
    isUndone = false
    isCleared = await attempt { try await kit.core.clearHistory() } != nil
    await reload()
  }

  override func invalidated(_ what: [Invalidation]) async { await reload() }

  override func resumed() async { await load() }

  override func render() {
    show(
      HistoryState(
        isLoading: rows == nil && trouble == nil,
        title: words.historyTitle,
        articles: (rows ?? []).map(item),
        hasMore: next != nil,
        changes: changes.map(item),
        doneText: isUndone ? words.historyUndone : isCleared ? words.historyCleared : nil,
        emptyText: rows?.isEmpty == true ? words.historyEmpty : nil,
        trouble: trouble))
  }

  private func item(_ of: HistoryRow) -> HistoryItem {
    let row = of.row
    let headline = row.englishTitle ?? row.title
    return HistoryItem(
      id: row.id,
      headline: headline,
      publisher: row.publisherName,
      country: row.country,
      age: wording.age(of.readAt),
      spoken: wording.sentences(
        headline, wording.list(row.publisherName, wording.spokenAge(of.readAt))))
  }

  private func item(_ of: Change) -> ChangeItem {
    let text =
      switch of.what {
      case .markedAllRead(let articles): words.historyMarked(count: Int64(articles))
      case .unfollowedCountry, .unfollowedPublisher: words.historyUnfollowed(name: of.name)
      case .removedPublisher: words.historyRemoved(name: of.name)
      }
    return ChangeItem(
      id: of.id, text: text, age: wording.age(of.madeAt),
      spoken: wording.sentences(text, wording.spokenAge(of.madeAt)))
  }
}

import Foundation
import OverviewBindings

public struct CompareState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  /// "One event, 6 takes. Each is a real article."
  public var subtitle = ""
  /// The article's own first.
  public var takes: [TakeItem] = []
  /// The takes whose "Why?" is open.
  public var opened: Set<ArticleId> = []
  public var emptyText: String?
  public var trouble: Trouble?
}

/// The takes of a story beside each other.
public final class CompareModel: Model<CompareState> {
  private let article: ArticleId
  private var story: Story?
  private var takes: [Take] = []
  private var opened: Set<ArticleId> = []

  init(_ kit: Kit, _ article: ArticleId) {
    self.article = article
    super.init(kit, CompareState())
  }

  public func load() async {
    clear()
    await reload()
  }

  private func reload() async {
    let found = await attempt {
      try await kit.learnNames()
      return (try await kit.core.storyOf(article), try await kit.core.takes(article))
    }
    if let (told, others) = found {
      story = told
      takes = others
    }
    render()
  }

  /// Opens or closes the answer to "Why?".
  public func toggleWhy(_ article: ArticleId) {
    if opened.remove(article) == nil { opened.insert(article) }
    render()
  }

  override func invalidated(_ what: [Invalidation]) async {
    let isTold = what.contains { if case .articles = $0 { true } else { false } }
    if story != nil && isTold { await reload() }
  }

  override func resumed() async { await load() }

  override func render() {
    let own = story?.articles.first { $0.row.id == article }.flatMap(own)
    let all = (own.map { [$0] } ?? []) + takes.map(kit.take)
    show(
      CompareState(
        isLoading: story == nil && trouble == nil,
        title: words.takesTitle,
        subtitle: takes.isEmpty ? "" : words.takesSubtitle(count: Int64(all.count)),
        takes: all,
        opened: opened,
        emptyText: story != nil && takes.isEmpty ? words.takesNone : nil,
        trouble: trouble))
  }

  /// The article itself as a take, where it has a label.
  private func own(_ telling: Telling) -> TakeItem? {
    guard let label = telling.labels.first else { return nil }
    var take = kit.take(
      Take(
        label: label, chips: Array(telling.labels.dropFirst()), row: telling.row,
        firstSentence: telling.firstSentence, alsoIn: []))
    take.ownText = words.takesReading
    take.spoken = wording.sentences(words.takesOwn(name: label.name), take.headline)
    return take
  }
}

import Foundation
import OverviewBindings

/// English, or the language that the publisher wrote in: one tap.
public struct LanguageToggle: Equatable, Sendable {
  public let isOriginal: Bool
  /// "English".
  public let english: String
  /// As it calls itself: "Kiswahili".
  public let original: String
  public let spoken: String
}

/// A place in an article.
public struct Place: Equatable, Sendable {
  public let block: Int
  public let thousandths: Int
}

public struct ArticleState: Equatable, Sendable {
  /// Of what is shown: another when another take is.
  public var id: ArticleId = 0
  public var isLoading = true
  public var title = ""
  public var standfirst: String?
  public var publisher = ""
  /// For its tile.
  public var country = ""
  public var countryName = ""
  /// "28 Nov 2026, 14:05 · 4 min read".
  public var facts = ""
  /// Publisher and age as one phrase.
  public var bylineSpoken = ""
  public var lead: Picture?
  public var blocks: [Block] = []
  /// BCP 47, of what is shown.
  public var language = "en"
  public var isRightToLeft = false
  /// None for what is written in English.
  public var toggle: LanguageToggle?
  /// Who translated it, or that nobody did yet.
  public var translationNote: String?
  /// Why there is not all of it.
  public var bodyNote: String?
  /// "Fetching the whole article".
  public var loadingText: String?
  public var isSaved = false
  public var saveAction = ""
  /// To be shared, or opened in a browser.
  public var url: URL?
  /// Where it was left: a block and thousandths of it.
  public var position: Place?
  /// This article's own, first among the chips.
  public var label: LabelItem?
  public var takes: [TakeItem] = []
  /// "Compare 6"; none when there is nothing to compare.
  public var compareTitle: String?
  public var coverage: CoverageItem?
  /// After the end: "Next: European Perspective", and its article.
  public var nextText: String?
  public var next: ArticleId?
  public var trouble: Trouble?
}

/// An article, read.
public final class ArticleModel: Model<ArticleState> {
  private var id: ArticleId
  private var article: Article?
  private lazy var globe = StillGlobe()
  private var story: Story?
  private var takes: [Take] = []
  private var isFetching = false
  private var isSaved: Bool?
  private var isOriginal: Bool
  private var position: Place?
  private var unkept: Place?
  private var isKeeping = false

  init(_ kit: Kit, _ id: ArticleId) {
    self.id = id
    isOriginal = kit.choices.isOriginalsFirst
    super.init(kit, ArticleState())
  }

  /// Shows what is stored, marks it as read, then fetches the rest of it and its English.
  public func open() async {
    clear()
    guard await read() != nil else { return }
    if let kept = await attempt({ try await kit.core.position(id) }), let kept {
      position = Place(block: Int(kept.block), thousandths: Int(kept.thousandths))
    }
    await readStory()
    if article?.row.state.read == false {
      _ = await attempt { try await kit.core.mark([id], .read) }
    }
    await fetch()
  }

  /// Again, after a trouble.
  public func retry() async {
    clear()
    await fetch()
  }

  @discardableResult private func read() async -> Article? {
    let known = await attempt {
      try await kit.learnNames()
      return try await kit.core.article(id)
    }
    if let known { article = known }
    render()
    return article
  }

  /// Another take in the place of this one.
  public func switchTo(_ article: ArticleId) async {
    id = article
    self.article = nil
    isSaved = nil
    position = nil
    await open()
  }

  private func readStory() async {
    if let told = await attempt({ try await kit.core.storyOf(id) }) { story = told }
    if let others = await attempt({ try await kit.core.takes(id) }) { takes = others }
    render()
  }

  private func fetch() async {
    guard var known = article else { return }
    if known.page == nil && known.url != nil {
      isFetching = true
      render()
      if let whole = await attempt({ try await kit.core.fetchArticle(id) }) { article = whole }
      isFetching = false
      render()
      guard let now = article else { return }
      known = now
    }
    let isWanted = isForeign(known) && (known.translation.map { $0.missing > 0 } ?? true)
    if isWanted {
      let done = await attempt { try await kit.core.translateArticle(id) }
      if let done, done.texts > 0 { await read() }
    }
  }

  /// English, or as it was written; the place on the screen is the same in both.
  public func toggleLanguage() {
    isOriginal.toggle()
    render()
  }

  public func save(_ isSaved: Bool) async {
    clear()
    let before = self.isSaved
    self.isSaved = isSaved
    render()
    let isDone = await attempt { try await kit.core.mark([id], isSaved ? .save : .unsave) } != nil
    if !isDone { self.isSaved = before }
    render()
  }

  /// Remembers how far it was read, as it scrolls: as often as a view likes. One write at a time; of
  /// what comes meanwhile the last is written.
  public func keepPosition(_ block: Int, _ thousandths: Int) async {
    unkept = Place(block: block, thousandths: min(max(thousandths, 0), 1000))
    if isKeeping { return }
    isKeeping = true
    defer { isKeeping = false }
    while let place = unkept {
      unkept = nil
      position = place
      _ = await attempt {
        try await kit.core.keepPosition(
          id, block: UInt32(place.block), thousandths: UInt16(place.thousandths))
      }
    }
  }

  /// The globe under what Overview is, after the end.
  public func horizon(width: Double, height: Double) -> GlobePicture {
    globe.picture(of: kit.counted, width: width, height: height)
  }

  override func invalidated(_ what: [Invalidation]) async {
    guard article != nil else { return }
    let isOurs = what.contains {
      switch $0 {
      case .body(let article): article == id
      case .marks(let articles): articles.isEmpty || articles.contains(id)
      default: false
      }
    }
    if isOurs { await read() }
    // Whoever tells it too may have come.
    let isTold = what.contains { if case .articles = $0 { true } else { false } }
    if isTold { await readStory() }
  }

  override func resumed() async {
    if article == nil { await open() } else { await retry() }
  }

  private func isForeign(_ article: Article) -> Bool {
    Wording.primary(article.row.language) != "en"
  }

  override func render() {
    var shown = ArticleState()
    shown.id = id
    shown.trouble = trouble
    guard let known = article else {
      shown.isLoading = trouble == nil
      return show(shown)
    }
    let row = known.row
    let english = isOriginal ? nil : known.translation
    let rowEnglish = isOriginal ? nil : known.rowTranslation
    let at = known.publishedAt ?? known.firstSeenAt
    shown.isLoading = false
    shown.title = rowEnglish?.title ?? row.title
    shown.standfirst = english?.standfirst ?? known.standfirst
    shown.publisher = row.publisherName
    shown.country = row.country
    shown.blocks = english?.blocks ?? known.blocks
    let updated = known.updatedAt.map { words.articleUpdated(moment: wording.moment($0)) }
    let name = kit.name(of: row.country)
    shown.countryName = name
    shown.facts = wording.facts(
      wording.moment(at), updated, words.articleMinutes(count: minutes(shown.blocks)))
    shown.bylineSpoken = wording.list(row.publisherName, name, wording.spokenAge(at))
    shown.lead = english?.lead ?? known.lead
    shown.language = english != nil || rowEnglish != nil ? "en" : row.language
    shown.isRightToLeft = english == nil && known.direction == .rightToLeft
    if isForeign(known) {
      shown.toggle = toggle(row.language)
      shown.translationNote = note(known, english)
    }
    shown.bodyNote = known.page.flatMap { body($0.verdict, $0.body) }
    shown.loadingText = isFetching ? words.articleLoading : nil
    shown.isSaved = isSaved ?? row.state.saved
    shown.saveAction = shown.isSaved ? words.actionUnsave : words.actionSave
    shown.url = known.url
    shown.position = position
    let own = story?.articles.first { $0.row.id == id }
    shown.label = own?.labels.first.map(wording.label)
    shown.takes = takes.map(kit.take)
    shown.compareTitle = takes.isEmpty ? nil : words.takesCompare(count: Int64(takes.count + 1))
    shown.coverage = story.flatMap { $0.articles.count > 1 ? wording.coverage($0) : nil }
    shown.nextText = takes.first.map { words.takesNext(name: $0.label.name) }
    shown.next = takes.first?.row.id
    show(shown)
  }

  private func toggle(_ language: String) -> LanguageToggle {
    let name = wording.language(language)
    let shown = isOriginal ? name : words.articleEnglish
    let hidden = isOriginal ? words.articleEnglish : name
    return LanguageToggle(
      isOriginal: isOriginal, english: words.articleEnglish, original: wording.ownName(language),
      spoken: words.articleLanguageToggle(hidden: hidden, shown: shown))
  }

  private func note(_ known: Article, _ english: ArticleTranslation?) -> String? {
    if isOriginal { return nil }
    guard let by = english?.by.first ?? known.rowTranslation?.by else {
      return words.articleNotTranslated
    }
    let engine = wording.engine(by.engine)
    let language = wording.language(known.row.language)
    let missing = Int64(english?.missing ?? 0)
    return missing > 0
      ? words.articleTranslatedPartly(count: missing, engine: engine, language: language)
      : words.articleTranslated(engine: engine, language: language)
  }

  private func body(_ verdict: PageVerdict, _ source: BodySource) -> String? {
    switch verdict {
    case .paywall: words.articlePaywall
    case .gone: words.articleGone
    case .consentWall, .challenge: words.articleWall
    case .gallery, .video: words.articleVideo
    case .summaryOnly, .index: source == .page ? nil : words.articleSummary
    case .full: nil
    }
  }

  /// At 220 words a minute, at least one.
  private func minutes(_ blocks: [Block]) -> Int64 {
    Int64(max(blocks.map(wordCount).reduce(0, +) / 220, 1))
  }

  private func wordCount(_ block: Block) -> Int {
    func of(_ runs: [Run]) -> Int { runs.map(\.text).joined().split(separator: " ").count }
    return switch block {
    case .heading(_, let runs): of(runs)
    case .paragraph(let runs): of(runs)
    case .quote(let blocks, _): blocks.map(wordCount).reduce(0, +)
    case .itemList(_, let items): items.joined().map(wordCount).reduce(0, +)
    case .table(_, let rows): rows.joined().flatMap(\.blocks).map(wordCount).reduce(0, +)
    case .code(let text): text.split(separator: " ").count
    case .image, .rule, .embed: 0
    }
  }
}

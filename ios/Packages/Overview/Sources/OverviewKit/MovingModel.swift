import Foundation
import OverviewBindings

public struct MovingState: Equatable, Sendable {
  public var title = ""
  public var isMoving = false
  /// "256 of 1,204 things".
  public var progressText = ""
  /// 0 to 1.
  public var fraction = 0.0
  /// What came of it: a sentence, and what moved.
  public var resultText: String?
  public var facts = ""
  /// What of a list could not be taken over, and why.
  public var faults: [String] = []
  /// "3 feeds have no country: choose one"; taking the list over again with a country takes those.
  public var countryText: String?
  public var trouble: Trouble?
}

/// All that is the person's own, to a file and from it; lists of feeds of other readers.
public final class MovingModel: Model<MovingState> {
  private enum Way { case out, into }

  private var progress: MovingProgress?
  private var moved: (way: Way, report: MovingReport)?
  private var list: OpmlReport?
  private var work: (any Work<MovingProgress, MovingReport>)?
  private var isMoving = false

  init(_ kit: Kit) { super.init(kit, MovingState()) }

  /// Writes everything into a file; whether it is there.
  @discardableResult public func moveOut(_ file: URL) async -> Bool {
    await move(.out) { try kit.core.moveOut(file) }
  }

  /// Puts what such a file has together with what is here.
  @discardableResult public func moveIn(_ file: URL) async -> Bool {
    await move(.into) { try kit.core.moveIn(file) }
  }

  private func move(
    _ way: Way, _ begin: () throws -> any Work<MovingProgress, MovingReport>
  ) async -> Bool {
    if isMoving { return false }
    isMoving = true
    defer { isMoving = false }
    clear()
    moved = nil
    list = nil
    let report = await attempt {
      let task = try begin()
      work = task
      defer { work = nil }
      return try await task.follow {
        progress = $0
        render()
      }
    }
    progress = nil
    moved = report.map { (way, $0) }
    render()
    return report?.cancelled == false
  }

  /// Ends it; then there is no file, or nothing was changed.
  public func cancel() { work?.cancel() }

  /// Takes a list of feeds over (OPML): the bytes of a file.
  public func takeList(_ bytes: Data, country: CountryCode? = nil) async {
    clear()
    moved = nil
    list = await attempt {
      try await kit.core.importOpml(bytes, OpmlRequest(country: country))
    }
    render()
  }

  /// What is followed and what was added, as a list that other readers understand.
  public func giveList() async -> String? {
    clear()
    let list = await attempt { try await kit.core.exportOpml() }
    render()
    return list
  }

  override func render() {
    var shown = MovingState()
    shown.title = words.movingTitle
    if let now = progress {
      shown.isMoving = true
      shown.progressText = words.movingProgress(
        count: Int64(now.planned), done: wording.number(Int64(now.done)))
      shown.fraction = now.planned > 0 ? Double(now.done) / Double(now.planned) : 0
    }
    if let (way, report) = moved {
      shown.resultText = result(way, report)
      shown.facts = facts(report.counts)
    }
    if let list {
      shown.facts = facts(list)
      shown.faults = list.faults.map {
        wording.list($0.title.isEmpty ? $0.address : $0.title, $0.why)
      }
      if list.withoutCountry > 0 {
        shown.countryText = words.movingListCountryless(count: Int64(list.withoutCountry))
      }
    }
    shown.trouble = trouble
    show(shown)
  }

  private func result(_ way: Way, _ report: MovingReport) -> String {
    if report.cancelled { return words.movingCancelled }
    let said =
      way == .out
      ? words.movingOut : facts(report.counts).isEmpty ? words.movingNothing : words.movingIn
    let leftOut = Int64(report.counts.leftOut)
    return leftOut == 0 ? said : "\(said) \(words.movingLeftOut(count: leftOut))"
  }

  private func facts(_ of: MovedCounts) -> String {
    func some(_ count: UInt32, _ said: (Int64) -> String) -> String? {
      count > 0 ? said(Int64(count)) : nil
    }
    return wording.facts(
      some(of.own) { words.movingOwn(count: $0) },
      some(of.follows) { words.movingFollows(count: $0) },
      some(of.mutes) { words.movingMutes(count: $0) },
      some(of.settings) { words.movingSettings(count: $0) },
      some(of.marks) { words.movingMarks(count: $0) },
      some(of.articles) { words.movingArticles(count: $0) })
  }

  private func facts(_ of: OpmlReport) -> String {
    wording.facts(
      words.movingListAdded(count: Int64(of.added)),
      words.movingListFollowed(count: Int64(of.followed)),
      of.known > 0 ? words.movingListKnown(count: Int64(of.known)) : nil)
  }
}

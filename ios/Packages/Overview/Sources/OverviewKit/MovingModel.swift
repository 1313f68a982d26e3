import Foundation
import OverviewBindings

/// What is done with a file that is to be written, and whether it got to where the person wants it.
public typealias Placing =
  @MainActor (_ write: @escaping @MainActor (URL) async -> Bool) async -> Bool

/// It did not get there.
struct FileNotWritten: Error {}

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
  /// To choose from.
  public var countries: [SiteCountry] = []
  /// What a file is called before a person says otherwise: "overview.move", "overview.opml".
  public var fileName = ""
  public var listName = ""
  public var trouble: Trouble?
}

/// All that is the person's own, to a file and from it; lists of feeds of other readers.
public final class MovingModel: Model<MovingState> {
  private enum Way { case out, into }

  private var progress: MovingProgress?
  private var moved: (way: Way, report: MovingReport)?
  private var list: OpmlReport?
  private var isListWritten = false
  /// What was written is on its way to where the person wants it.
  private var isPlacing = false
  private var isWritten = false
  /// The list that was taken over last, to be taken over again with a country.
  private var bytes: Data?
  private var countries: [SiteCountry] = []
  private var work: (any Work<MovingProgress, MovingReport>)?
  private var isMoving = false

  init(_ kit: Kit) { super.init(kit, MovingState()) }

  public func load() {
    clear()
    render()
  }

  /// Writes everything into a file; whether it is there.
  @discardableResult public func moveOut(_ file: URL) async -> Bool {
    await move(.out) { try kit.core.moveOut(file) }
  }

  /// The same, to where `place` puts it; nothing when the person changed their mind.
  public func moveOut(to place: Placing) async {
    await put(place) { await self.moveOut($0) }
  }

  private func put(
    _ place: Placing, _ write: @escaping @MainActor (URL) async -> Bool
  ) async {
    isWritten = false
    isPlacing = true
    let isThere = await place { file in
      self.isWritten = await write(file)
      return self.isWritten
    }
    isPlacing = false
    if isWritten && !isThere {
      forget()
      let _: Void? = await attempt { throw FileNotWritten() }
    }
    render()
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
    forget()
    let report = await attempt {
      try await kit.keepChoices()
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
    if way == .into && report != nil {
      _ = await attempt { try await kit.takeChoices() }
    }
    render()
    return report?.cancelled == false
  }

  /// Ends it; then there is no file, or nothing was changed.
  public func cancel() { work?.cancel() }

  /// What came of the one before is said no more.
  private func forget() {
    moved = nil
    list = nil
    isListWritten = false
  }

  /// Takes a list of feeds over (OPML): the bytes of a file.
  public func takeList(_ bytes: Data, country: CountryCode? = nil) async {
    clear()
    forget()
    self.bytes = bytes
    list = await attempt {
      try await kit.core.importOpml(bytes, OpmlRequest(country: country))
    }
    if countries.isEmpty {
      countries = await attempt { try await kit.core.siteCountries() } ?? []
    }
    render()
  }

  /// The same of a file.
  public func takeList(file: URL) async {
    let reading = Task.detached { try Data(contentsOf: file) }
    guard let bytes = await attempt({ try await reading.value }) else { return }
    await takeList(bytes)
  }

  /// The list that was taken over last, and what of it has no country goes to this one.
  public func takeListTo(_ country: CountryCode) async {
    if let bytes { await takeList(bytes, country: country) }
  }

  /// Writes what is followed and what was added, as a list that other readers understand; whether it is there.
  @discardableResult public func giveList(_ file: URL) async -> Bool {
    clear()
    forget()
    let written: Void? = await attempt {
      let list = try await kit.core.exportOpml()
      let writing = Task.detached { try Data(list.utf8).write(to: file, options: .atomic) }
      do { try await writing.value } catch { throw FileNotWritten() }
    }
    isListWritten = written != nil
    render()
    return isListWritten
  }

  /// The same, to where `place` puts it.
  public func giveList(to place: Placing) async {
    await put(place) { await self.giveList($0) }
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
      if !isPlacing { shown.resultText = result(way, report) }
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
    if isListWritten && !isPlacing { shown.resultText = words.movingListWritten }
    shown.countries = countries
    shown.fileName = "overview.move"
    shown.listName = "overview.opml"
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
    return wording.facts(
      wording.some(of.own) { words.movingOwn(count: $0) },
      wording.some(of.follows) { words.movingFollows(count: $0) },
      wording.some(of.mutes) { words.movingMutes(count: $0) },
      wording.some(of.settings) { words.movingSettings(count: $0) },
      wording.some(of.marks) { words.movingMarks(count: $0) },
      wording.some(of.articles) { words.movingArticles(count: $0) })
  }

  private func facts(_ of: OpmlReport) -> String {
    wording.facts(
      words.movingListAdded(count: Int64(of.added)),
      words.movingListFollowed(count: Int64(of.followed)),
      of.known > 0 ? words.movingListKnown(count: Int64(of.known)) : nil)
  }
}

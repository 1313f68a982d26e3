import Foundation
import OverviewBindings

/// What is ready of a country, or of what was saved.
public struct ReadyItem: Equatable, Sendable, Identifiable {
  /// For its tile; nothing for what was saved.
  public let country: CountryCode?
  public let name: String
  /// "112 ready", "52 of 74".
  public let text: String
  /// All that is wanted of it is ready.
  public let isWhole: Bool
  /// 0 to 1.
  public let fraction: Double
  /// "Egypt, 52 of 74 ready".
  public let spoken: String
  public var id: String { country ?? "" }
}

public struct OfflineState: Equatable, Sendable {
  /// "312 stories ready without a network".
  public var readyText = ""
  /// Of that the number: "312 stories".
  public var storiesText = ""
  /// "148 MB of 250 MB".
  public var sizeText = ""
  /// Of the space for it, 0 to 1: text, then pictures.
  public var textShare = 0.0
  public var pictureShare = 0.0
  /// What the parts of the bar are: "Text, 25 MB", "Pictures, 103 MB".
  public var textKey = ""
  public var pictureKey = ""
  /// Of each country that is followed, and of what was saved.
  public var ready: [ReadyItem] = []
  /// The space for it: "250 MB".
  public var budgetText = ""
  public var isPacking = false
  /// "52 of 74".
  public var progressText = ""
  /// 0 to 1.
  public var fraction = 0.0
  /// For every tenth of it once: "52 of 74 articles, 70 percent".
  public var progressSpoken = ""
  /// The one button: "Fetch now", "Pause".
  public var buttonTitle = ""
  /// How the last one ended.
  public var resultText: String?
  public var isWifiOnly = true
  public var wifiOnlySpoken = ""
  public var trouble: Trouble?
}

/// What is ready to be read without a network.
public final class OfflineModel: Model<OfflineState> {
  private var use: StorageUse?
  private let looking = Looking()
  private var plans: [(country: CountryCode?, name: String, plan: PackPlan)] = []
  private var progress: PackProgress?
  private var report: PackReport?
  private var work: (any Work<PackProgress, PackReport>)?
  private var isPacking = false

  init(_ kit: Kit) { super.init(kit, OfflineState()) }

  /// How the last one ended, and how many stories are ready.
  var end: PackEnd? { report?.end }
  var ready: UInt64 { use.map { UInt64($0.readyArticles) } ?? 0 }

  public func load() async {
    clear()
    await reload()
  }

  private func reload() async {
    if let now = await attempt({ try await kit.core.storageUse() }) { use = now }
    render()
    if let all = await attempt({ try await plan() }) { plans = all }
    render()
  }

  private func plan() async throws -> [(country: CountryCode?, name: String, plan: PackPlan)] {
    var all: [(country: CountryCode?, name: String, plan: PackPlan)] = []
    for country in try await kit.core.countries() where country.followed {
      let request = PackRequest(countries: [country.country])
      all.append((country.country, country.name, try await kit.core.planPack(request)))
    }
    let saved = try await kit.core.planPack(PackRequest(savedOnly: true))
    return all + [(nil, words.storiesSaved, saved)]
  }

  /// Fetches whole articles of what is followed, with their pictures.
  public func pack(deadline: TimeInterval? = nil) async {
    if isPacking { return }
    isPacking = true
    clear()
    defer { isPacking = false }
    report = nil
    let report = await attempt {
      let followed = try await kit.core.countries().filter(\.followed).map(\.country)
      let request = PackRequest(
        countries: followed, byteBudget: UInt64(kit.choices.packBudget), deadline: deadline,
        unmeteredOnly: kit.choices.isWifiOnly)
      let task = try kit.core.pack(request)
      work = task
      defer { work = nil }
      return try await task.follow {
        progress = $0
        render()
      }
    }
    progress = nil
    self.report = report
    await reload()
  }

  /// Ends it; what was fetched stays, and the next one goes on.
  public func cancel() { work?.cancel() }

  public func press() async { if work == nil { await pack() } else { cancel() } }

  public func setWifiOnly(_ isWifiOnly: Bool) { kit.choose { $0.isWifiOnly = isWifiOnly } }

  override func invalidated(_ what: [Invalidation]) async {
    if use != nil { await looking.again { await self.reload() } }
  }

  override func resumed() async { await load() }

  override func render() {
    let budget = kit.choices.packBudget
    let used = Int64(progress?.keptBytes ?? use?.keptBytes ?? 0)
    var shown = OfflineState()
    shown.readyText = words.offlineReady(count: Int64(use?.readyArticles ?? 0))
    shown.storiesText = words.offlineStories(count: Int64(use?.readyArticles ?? 0))
    shown.sizeText = words.offlineSize(budget: wording.size(budget), used: wording.size(used))
    shown.budgetText = wording.size(budget)
    let pictures = min(Int64(use?.keptPictureBytes ?? 0), used)
    shown.textShare = min(max(Double(used - pictures) / Double(budget), 0), 1)
    shown.pictureShare = min(max(Double(pictures) / Double(budget), 0), 1)
    shown.textKey = wording.list(words.offlineText, wording.size(used - pictures))
    shown.pictureKey = wording.list(words.offlinePictures, wording.size(pictures))
    shown.ready = plans.filter { $0.country != nil || !$0.plan.articles.isEmpty }
      .map { item($0.country, $0.name, $0.plan) }
    shown.buttonTitle = progress == nil ? words.offlinePack : words.offlineCancel
    if let now = progress {
      let done = wording.number(Int64(now.done))
      let planned = max(now.planned, 1)
      shown.isPacking = true
      shown.progressText = words.offlineProgress(count: Int64(now.planned), done: done)
      shown.fraction = Double(now.done) / Double(planned)
      shown.progressSpoken = words.offlineProgressSpoken(
        count: Int64(now.planned), done: done, percent: "\(now.done * 10 / planned * 10)")
    }
    shown.resultText = report.map(result)
    shown.isWifiOnly = kit.choices.isWifiOnly
    shown.wifiOnlySpoken = wording.switch(words.offlineWifiOnly, kit.choices.isWifiOnly)
    shown.trouble = trouble
    show(shown)
  }

  private func item(_ country: CountryCode?, _ name: String, _ plan: PackPlan) -> ReadyItem {
    let (ready, all) = (Int64(plan.ready), Int64(plan.articles.count))
    let isWhole = ready == all
    let some = wording.number(ready)
    let text =
      isWhole
      ? words.offlineReadyCount(count: ready) : words.offlineProgress(count: all, done: some)
    let said = isWhole ? text : words.offlineReadyOf(count: all, done: some)
    return ReadyItem(
      country: country, name: name, text: text, isWhole: isWhole,
      fraction: all == 0 ? 1 : Double(ready) / Double(all), spoken: wording.list(name, said))
  }

  private func result(_ report: PackReport) -> String {
    let end =
      switch report.end {
      case .completed: words.offlineCompleted
      case .cancelled: words.offlineCancelled
      case .deadlineReached: words.offlineDeadline
      case .budgetReached: words.offlineBudget
      case .metered: words.offlineMetered
      case .nobodyReached: words.offlineNobody
      }
    let failed = Int64(report.progress.failed)
    // Whoever reaches nobody need not be told how often.
    if failed == 0 || report.end == .nobodyReached { return end }
    let some = words.offlineFailed(count: failed)
    return report.end == .completed ? some : "\(end) \(some)"
  }
}

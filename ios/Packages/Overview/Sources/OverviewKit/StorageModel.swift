import Foundation
import OverviewBindings

/// Something that takes room.
public struct StorageItem: Equatable, Sendable {
  /// "Pictures".
  public let name: String
  /// "103 MB".
  public let size: String
  /// Of all that takes room, 0 to 1.
  public let fraction: Double
  /// "Pictures, 103 MB".
  public let spoken: String
}

/// How much, or how long: one of a row.
public struct StorageChoice: Equatable, Sendable {
  /// Bytes, or days; nothing for no bound.
  public let value: Int64?
  /// "500 MB", "90 days".
  public let name: String
  public let isChosen: Bool
}

public struct StorageState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  /// "148 MB in all".
  public var totalText = ""
  /// The most first.
  public var items: [StorageItem] = []
  /// What news and pictures may take together.
  public var budgets: [StorageChoice] = []
  /// How long articles stay.
  public var ages: [StorageChoice] = []
  /// What is fetched for offline reading may take, at most.
  public var packBudgets: [StorageChoice] = []
  /// "Remove the damaged stores"; nothing when there is none.
  public var cleanTitle: String?
  public var note = ""
  public var trouble: Trouble?
}

/// What Overview takes of the device, and how much it may.
public final class StorageModel: Model<StorageState> {
  private static let megabyte: Int64 = 1_000_000
  private static let budgets = [100, 250, 500, 1_000, 2_000].map { $0 * megabyte }
  private static let ages: [Int64] = [7, 30, 90, 365]
  private static let packBudgets = [100, 250, 500, 1_000].map { $0 * megabyte }

  private var settings: StorageSettings?
  private var shares: [StorageShare]?

  init(_ kit: Kit) { super.init(kit, StorageState()) }

  public func load() async {
    clear()
    if let now = await attempt({ try await kit.core.storageSettings() }) { settings = now }
    render()
    if let now = await attempt({ try await kit.core.storageShares() }) { shares = now }
    render()
  }

  /// What has to go by it goes in the background.
  public func setBudget(_ bytes: Int64?) async {
    await set {
      StorageSettings(budgetBytes: bytes.map { UInt64($0) }, ageDays: $0.ageDays)
    }
  }

  public func setAge(_ days: Int64?) async {
    await set {
      StorageSettings(budgetBytes: $0.budgetBytes, ageDays: days.map { UInt32($0) })
    }
  }

  private func set(_ change: (StorageSettings) -> StorageSettings) async {
    guard let before = settings else { return }
    clear()
    // Seen at once, and taken back when it cannot be kept.
    let after = change(before)
    settings = after
    render()
    if await attempt({ try await kit.core.setStorageSettings(after) }) == nil { settings = before }
    render()
  }

  public func setPackBudget(_ bytes: Int64) { kit.choose { $0.packBudget = bytes } }

  /// What was not rescued from them can then be rescued no more.
  public func clean() async {
    clear()
    if await attempt({ try await kit.core.removeMovedAside() }) == nil { return }
    await load()
  }

  override func resumed() async { await load() }

  override func render() {
    let total = (shares ?? []).reduce(Int64(0)) { $0 + Int64($1.bytes) }
    var shown = StorageState()
    shown.isLoading = shares == nil && trouble == nil
    shown.title = words.storageTitle
    shown.totalText = shares == nil ? "" : words.storageTotal(size: wording.size(total))
    shown.items = (shares ?? []).map { item($0, total) }
    if let settings {
      shown.budgets = choices(
        Self.budgets, settings.budgetBytes.map { Int64($0) }, words.storageAllThereIs
      ) { wording.size($0) }
      shown.ages = choices(
        Self.ages, settings.ageDays.map { Int64($0) }, words.storageWhenFull
      ) { words.storageDays(count: $0) }
    }
    shown.packBudgets = choices(Self.packBudgets, kit.choices.packBudget, nil) { wording.size($0) }
    shown.cleanTitle = (shares ?? []).contains { $0.part == .aside } ? words.storageClean : nil
    shown.note = words.storageNote
    shown.trouble = trouble
    show(shown)
  }

  /// What is set and is none of them stands among them.
  private func choices(
    _ values: [Int64], _ chosen: Int64?, _ boundless: String?, _ said: (Int64) -> String
  ) -> [StorageChoice] {
    let all = Set(values + (chosen.map { [$0] } ?? [])).sorted()
    return all.map { StorageChoice(value: $0, name: said($0), isChosen: $0 == chosen) }
      + (boundless.map { [StorageChoice(value: nil, name: $0, isChosen: chosen == nil)] } ?? [])
  }

  private func item(_ of: StorageShare, _ total: Int64) -> StorageItem {
    let (name, size) = (name(of.part), wording.size(Int64(of.bytes)))
    return StorageItem(
      name: name, size: size, fraction: Double(of.bytes) / Double(total),
      spoken: wording.list(name, size))
  }

  private func name(_ part: StoragePart) -> String {
    switch part {
    case .lists: words.storageLists
    case .texts: words.storageTexts
    case .search: words.storageSearch
    case .translations: words.storageTranslations
    case .stories: words.storageStories
    case .marks: words.storageMarks
    case .pictures: words.storagePictures
    case .models: words.storageModels
    case .rest: words.storageRest
    case .free: words.storageFree
    case .log: words.storageLog
    case .aside: words.storageAside
    }
  }
}

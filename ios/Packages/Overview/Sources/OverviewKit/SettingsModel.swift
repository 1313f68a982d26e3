import Foundation
import OverviewBindings

public struct SettingsState: Equatable, Sendable {
  public var title = ""
  /// How many countries are followed: "7".
  public var countriesText = ""
  /// How many publishers are on: "41".
  public var publishersText = ""
  /// How many mutes hold; nothing when none does.
  public var mutedText = ""
  /// What the languages on this device weigh: "138 MB"; nothing when there is none.
  public var languagesText = ""
  public var isOriginalsFirst = false
  public var originalsFirstSpoken = ""
  public var isWifiOnly = true
  public var wifiOnlySpoken = ""
  public var isOffline = false
  public var offlineSpoken = ""
  /// A notice when a pack has been fetched in the background.
  public var hasPackNotice = false
  /// Percent of the system's size.
  public var textSize = 100
  public var textSizeText = ""
  /// A step down and a step up.
  public var smaller = 90
  public var larger = 110
  /// "250 MB".
  public var budgetText = ""
  /// News and what was marked: "12 MB".
  public var databaseText = ""
  /// Whole articles and pictures.
  public var keptText = ""
  /// For who helps; nothing of what was read.
  public var supportText = ""
  public var trouble: Trouble?
}

/// What a person sets.
public final class SettingsModel: Model<SettingsState> {
  private var publishers: [PublisherSummary] = []
  private var mutes: [Mute] = []
  private var models: [TranslationModel] = []
  private var use: StorageUse?
  private var diagnosis: Diagnosis?

  init(_ kit: Kit) { super.init(kit, SettingsState()) }

  public func load() async {
    clear()
    _ = await attempt { try await kit.askCountries() }
    if let now = await attempt({ try await kit.core.publishers([]) }) { publishers = now }
    if let now = await attempt({ try await kit.core.mutes() }) { mutes = now }
    if let now = await attempt({ try await kit.core.installedModels() }) { models = now }
    if let now = await attempt({ try await kit.core.storageUse() }) { use = now }
    if let now = await attempt({ try await kit.core.doctor() }) { diagnosis = now }
    render()
  }

  public func setOriginalsFirst(_ isOn: Bool) { kit.choose { $0.isOriginalsFirst = isOn } }

  public func setWifiOnly(_ isOn: Bool) { kit.choose { $0.isWifiOnly = isOn } }

  public func setPackNotice(_ isOn: Bool) { kit.choose { $0.hasPackNotice = isOn } }

  /// Percent that a press changes the size of text by.
  private static let step = 10

  public func setTextSize(_ percent: Int) { kit.choose { $0.textSize = Int64(percent) } }

  /// Space for whole articles and pictures.
  public func setBudget(_ bytes: Int64) { kit.choose { $0.packBudget = bytes } }

  /// Nothing is fetched from now on, or it is again.
  public func setOffline(_ isOn: Bool) {
    try? kit.core.setOffline(isOn)
    kit.choose { $0.isOffline = isOn }
  }

  override func resumed() async { await load() }

  private func count(_ of: Int) -> String { of > 0 ? wording.number(Int64(of)) : "" }

  override func render() {
    let choices = kit.choices
    var shown = SettingsState()
    shown.title = words.settingsTitle
    shown.countriesText = count(kit.counted.filter(\.followed).count)
    shown.publishersText = count(publishers.filter { $0.followed ?? $0.enabled }.count)
    shown.mutedText = count(mutes.count)
    let weight = models.reduce(0) { $0 + Int64($1.bytes) }
    shown.languagesText = weight > 0 ? wording.size(weight) : ""
    shown.isOriginalsFirst = choices.isOriginalsFirst
    shown.originalsFirstSpoken = wording.switch(
      words.settingsOriginalsFirst, choices.isOriginalsFirst)
    shown.isWifiOnly = choices.isWifiOnly
    shown.wifiOnlySpoken = wording.switch(words.settingsWifiOnly, choices.isWifiOnly)
    shown.isOffline = choices.isOffline
    shown.offlineSpoken = wording.switch(words.settingsOffline, choices.isOffline)
    shown.hasPackNotice = choices.hasPackNotice
    shown.textSize = Int(choices.textSize)
    shown.textSizeText = words.settingsTextSizeValue(percent: "\(choices.textSize)")
    shown.smaller = max(shown.textSize - Self.step, 80)
    shown.larger = min(shown.textSize + Self.step, 200)
    shown.budgetText = wording.size(choices.packBudget)
    shown.databaseText = use.map { wording.size(Int64($0.databaseBytes)) } ?? ""
    shown.keptText = use.map { wording.size(Int64($0.keptBytes)) } ?? ""
    shown.supportText =
      diagnosis.map {
        words.settingsSupport(
          catalogue: $0.catalogueVersion, schema: "\($0.schemaVersion)", version: $0.version)
      } ?? ""
    shown.trouble = trouble
    show(shown)
  }
}

import Foundation
import OverviewBindings

/// A language that is read.
public struct LanguageItem: Equatable, Sendable, Identifiable {
  /// BCP 47.
  public let code: String
  /// "Swahili".
  public let name: String
  /// "Kiswahili".
  public let ownName: String
  /// "3 publishers".
  public let publishers: String
  public let spoken: String
  public var id: String { code }
}

public struct LanguagesState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  /// Those of the publishers that are on, by name; English is not translated.
  public var languages: [LanguageItem] = []
  public var isOriginalsFirst = false
  public var originalsFirstSpoken = ""
  public var trouble: Trouble?
}

/// The languages that the news comes in.
public final class LanguagesModel: Model<LanguagesState> {
  private var publishers: [PublisherSummary]?

  init(_ kit: Kit) { super.init(kit, LanguagesState()) }

  public func load() async {
    clear()
    await reload()
  }

  private func reload() async {
    if let all = await attempt({ try await kit.core.publishers([]) }) { publishers = all }
    render()
  }

  override func invalidated(_ what: [Invalidation]) async {
    if what.contains(.follows) || what.contains(.catalogue) { await reload() }
  }

  override func resumed() async { await load() }

  override func render() {
    let on = (publishers ?? []).filter { $0.followed ?? $0.enabled }
    let counted = Dictionary(grouping: on, by: \.language)
      .filter { Wording.primary($0.key) != "en" }
    let items = counted.map { code, all in
      let name = wording.language(code)
      let publishers = words.firstRunPublishers(count: Int64(all.count))
      return LanguageItem(
        code: code, name: name, ownName: wording.ownName(code), publishers: publishers,
        spoken: wording.list(name, publishers))
    }
    show(
      LanguagesState(
        isLoading: publishers == nil && trouble == nil,
        title: words.languagesTitle,
        languages: items.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) },
        isOriginalsFirst: kit.choices.isOriginalsFirst,
        originalsFirstSpoken: wording.switch(
          words.settingsOriginalsFirst, kit.choices.isOriginalsFirst),
        trouble: trouble))
  }
}

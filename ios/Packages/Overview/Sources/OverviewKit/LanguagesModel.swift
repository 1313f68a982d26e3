import Foundation
import OverviewBindings

/// Whether this device has what translates a language.
public enum LanguagePhase: Sendable { case notOffered, offered, fetching, installed }

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
  /// Of its model on this device.
  public let phase: LanguagePhase
  /// "On this device, 24 MB", "24 MB to fetch", "8 MB of 24 MB".
  public let stateText: String
  /// Of a model that is being fetched, 0 to 1.
  public let fraction: Double
  /// "Get", "Stop", "Remove"; nothing where there is nothing to be had.
  public let action: String?
  /// "Get Swahili".
  public let actionSpoken: String
  /// "Try", once it is on this device.
  public let tryAction: String?
  /// "Try Swahili".
  public let trySpoken: String
  public let spoken: String
  public var id: String { code }
}

/// A sentence that was translated to see how good it is.
public struct LanguageTrial: Equatable, Sendable {
  /// Of the language it is in.
  public let code: String
  public let original: String
  /// The English, or that there is none.
  public let english: String
  /// "Firefox Translations on this device".
  public let engine: String?
  /// The English and who made it.
  public let spoken: String
}

/// Something that can translate.
public struct EngineItem: Equatable, Sendable, Identifiable {
  public let kind: EngineKind
  public let name: String
  public let isOn: Bool
  public let spoken: String
  public var id: EngineKind { kind }
}

public struct LanguagesState: Equatable, Sendable {
  public var isLoading = true
  public var title = ""
  /// Those of the publishers that are on, by name; English is not translated.
  public var languages: [LanguageItem] = []
  /// "138 MB of models on this device".
  public var modelsText = ""
  /// In the order in which they are asked; those that are off last.
  public var engines: [EngineItem] = []
  /// The address of the list of models that are offered.
  public var address = ""
  /// What was tried last.
  public var trial: LanguageTrial?
  public var isOriginalsFirst = false
  public var originalsFirstSpoken = ""
  public var trouble: Trouble?
}

/// The languages that the news comes in, and what translates them.
public final class LanguagesModel: Model<LanguagesState> {
  private var publishers: [PublisherSummary]?
  private var installed: [String: TranslationModel] = [:]
  private var offered: [String: TranslationModel] = [:]
  private var settings: TranslationSettings?
  private var trial: LanguageTrial?

  init(_ kit: Kit) { super.init(kit, LanguagesState()) }

  public func load() async {
    clear()
    await reload()
  }

  private func reload() async {
    if let all = await attempt({ try await kit.core.publishers([]) }) { publishers = all }
    if let all = await attempt({ try await kit.core.installedModels() }) { installed = byLanguage(all) }
    if let all = await attempt({ try await kit.core.knownModels() }) { offered = byLanguage(all) }
    if let now = await attempt({ try await kit.core.translationSettings() }) { settings = now }
    render()
  }

  private func byLanguage(_ models: [TranslationModel]) -> [String: TranslationModel] {
    Dictionary(models.map { (Wording.primary($0.language), $0) }) { $1 }
  }

  /// Where models are offered: the address of a list; nothing for nowhere. Asks for the list.
  public func setAddress(_ text: String) async {
    clear()
    let wanted = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let now = settings else { return }
    var address: URL?
    if !wanted.isEmpty {
      address = await attempt { try self.address(wanted) }
      guard address != nil else { return }
    }
    let set = TranslationSettings(order: now.order, server: now.server, manifest: address)
    guard await attempt({ try await kit.core.setTranslationSettings(set) }) != nil else { return }
    if set.manifest != nil { _ = await attempt { try await kit.core.offeredModels() } }
    await reload()
  }

  private func address(_ text: String) throws -> URL {
    guard let url = URL(string: text), url.host != nil else {
      throw OverviewError.Invalid(reason: text)
    }
    return url
  }

  /// Does what its button says.
  public func press(_ code: String) async {
    switch state.languages.first(where: { $0.code == code })?.phase {
    case .offered: await get(code)
    case .fetching: stop(code)
    case .installed: await remove(code)
    default: break
    }
  }

  /// Fetches the model of a language; returns when it is there, was stopped, or failed.
  public func get(_ code: String) async {
    clear()
    _ = await attempt { try await kit.fetches.fetch(Wording.primary(code)) }
    await reload()
  }

  /// What was fetched of it stays for the next time.
  public func stop(_ code: String) { kit.fetches.stop(Wording.primary(code)) }

  /// What it translated stays.
  public func remove(_ code: String) async {
    clear()
    if trial?.code == code { trial = nil }
    _ = await attempt { try await kit.core.removeModel(Wording.primary(code)) }
    await reload()
  }

  public func setEngine(_ kind: EngineKind, _ isOn: Bool) async {
    clear()
    guard let now = settings else { return }
    let order = now.order.filter { $0 != kind } + (isOn ? [kind] : [])
    let set = TranslationSettings(order: order, server: now.server, manifest: now.manifest)
    _ = await attempt { try await kit.core.setTranslationSettings(set) }
    await reload()
  }

  /// Translates a sentence of the language, to see how good it is.
  public func tryOut(_ code: String) async {
    clear()
    trial = nil
    render()
    guard let original = kit.core.specimenSentence(code) else { return }
    if let tried = try? await kit.core.tryTranslation(code, original) {
      let engine = wording.engine(tried.by.engine)
      trial = LanguageTrial(
        code: code, original: original, english: tried.text, engine: engine,
        spoken: wording.list(tried.text, engine))
    } else {
      trial = LanguageTrial(
        code: code, original: original, english: words.languagesNotTranslated, engine: nil,
        spoken: words.languagesNotTranslated)
    }
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
    let items = counted.map { item($0, $1.count) }
    let order = settings?.order ?? []
    let asked = (order + engines.filter { !order.contains($0) }).filter { engines.contains($0) }
    let bytes = installed.values.map { Int64($0.bytes) }.reduce(0, +)
    show(
      LanguagesState(
        isLoading: publishers == nil && trouble == nil,
        title: words.languagesTitle,
        languages: items.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) },
        modelsText: words.languagesAllModels(size: wording.size(bytes)),
        engines: asked.map { kind in
          EngineItem(
            kind: kind, name: wording.engine(kind), isOn: order.contains(kind),
            spoken: wording.switch(wording.engine(kind), order.contains(kind)))
        },
        address: settings?.manifest?.absoluteString ?? "",
        trial: trial,
        isOriginalsFirst: kit.choices.isOriginalsFirst,
        originalsFirstSpoken: wording.switch(
          words.settingsOriginalsFirst, kit.choices.isOriginalsFirst),
        trouble: trouble))
  }

  private func item(_ code: String, _ count: Int) -> LanguageItem {
    let name = wording.language(code)
    let publishers = words.firstRunPublishers(count: Int64(count))
    let here = installed[Wording.primary(code)]
    let known = offered[Wording.primary(code)]
    let fetched = kit.fetches.bytes(Wording.primary(code))
    let size = wording.size(Int64((here ?? known)?.bytes ?? 0))
    let (phase, text, action): (LanguagePhase, String, String?) =
      if let fetched {
        (
          .fetching, words.languagesFetching(done: wording.size(fetched), size: size),
          words.languagesStop
        )
      } else if here != nil {
        (.installed, words.languagesOnDevice(size: size), words.languagesRemove)
      } else if known != nil {
        (.offered, words.languagesToFetch(size: size), words.languagesGet)
      } else {
        (.notOffered, words.languagesNoModel, nil)
      }
    let isTriable = here != nil && kit.core.specimenSentence(code) != nil
    return LanguageItem(
      code: code, name: name, ownName: wording.ownName(code), publishers: publishers, phase: phase,
      stateText: text,
      fraction: known.map { Double(fetched ?? 0) / Double($0.bytes) } ?? 0,
      action: action,
      actionSpoken: action.map { words.languagesDo(action: $0, language: name) } ?? "",
      tryAction: isTriable ? words.languagesTry : nil,
      trySpoken: isTriable ? words.languagesDo(action: words.languagesTry, language: name) : "",
      spoken: wording.list(name, publishers, text))
  }
}

/// Those that a switch turns on; servers need an address and a key, too.
private let engines: [EngineKind] = [.edition, .firefox, .platform]

import Foundation
import OverviewBindings

/// Values as people read them.
public struct Wording: Sendable {
  private let surroundings: Surroundings
  let table: Table
  public let words: Words

  init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
    let primary = Self.primary(surroundings.language)
    let table =
      tables.first { $0.language == surroundings.language }
      ?? tables.first { $0.language == primary }
      ?? tables.first { $0.language == "en" }
    self.table =
      table
      ?? Table(language: "en", plural: "one", group: ",", months: "", texts: [:], names: [:])
    words = Words(table: self.table)
  }

  static func primary(_ language: String) -> String {
    language.split(separator: "-").first.map(String.init) ?? language
  }

  public func number(_ value: Int64) -> String { table.number(value) }

  /// How long ago, in a row: "3 h".
  public func age(_ of: Date) -> String {
    let seconds = Int64(surroundings.now().timeIntervalSince(of).rounded(.down))
    if seconds < 60 { return words.ageNow }
    if seconds < 60 * 60 { return words.ageMinutes(count: seconds / 60) }
    if seconds < 48 * 3_600 { return words.ageHours(count: seconds / 3_600) }
    if seconds < 7 * 86_400 { return words.ageDays(count: seconds / 86_400) }
    return date(of)
  }

  /// The same, to be spoken: "3 hours ago".
  public func spokenAge(_ of: Date) -> String {
    let seconds = Int64(surroundings.now().timeIntervalSince(of).rounded(.down))
    if seconds < 60 { return words.ageSpokenNow }
    if seconds < 60 * 60 { return words.ageSpokenMinutes(count: seconds / 60) }
    if seconds < 48 * 3_600 { return words.ageSpokenHours(count: seconds / 3_600) }
    if seconds < 7 * 86_400 { return words.ageSpokenDays(count: seconds / 86_400) }
    return date(of)
  }

  /// A day; its year when it is not this one.
  private func date(_ of: Date) -> String {
    let day = parts(of)
    return day.year == parts(surroundings.now()).year
      ? words.ageDate(day: "\(day.day ?? 0)", month: month(day))
      : words.ageDateOfYear(
        day: "\(day.day ?? 0)", month: month(day), year: "\(day.year ?? 0)")
  }

  /// A day and a time of day: "28 Nov 2026, 14:05".
  public func moment(_ of: Date) -> String {
    let day = parts(of)
    let time = String(format: "%02d:%02d", day.hour ?? 0, day.minute ?? 0)
    return words.dateLong(
      day: "\(day.day ?? 0)", month: month(day), time: time, year: "\(day.year ?? 0)")
  }

  private func parts(_ of: Date) -> DateComponents {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = surroundings.zone
    return calendar.dateComponents([.year, .month, .day, .hour, .minute], from: of)
  }

  private func month(_ day: DateComponents) -> String {
    let at = (day.month ?? 1) - 1
    return table.months.indices.contains(at) ? table.months[at] : ""
  }

  /// So many bytes: "148 MB". Thousands, as phones count.
  public func size(_ bytes: Int64) -> String {
    if bytes < 1_000 { return words.sizeBytes(count: bytes) }
    if bytes < 1_000_000 { return words.sizeKilobytes(count: bytes / 1_000) }
    if bytes < 1_000_000_000 { return words.sizeMegabytes(count: bytes / 1_000_000) }
    return words.sizeGigabytes(count: bytes / 1_000_000_000)
  }

  /// A language by name: "Swahili".
  public func language(_ code: String) -> String {
    words.language(code) ?? words.language(Self.primary(code)) ?? code
  }

  /// A language as it calls itself: "Kiswahili".
  public func ownName(_ code: String) -> String {
    ownNames[code] ?? ownNames[Self.primary(code)] ?? code
  }

  func region(_ region: Region) -> String {
    let code =
      switch region {
      case .europe: "europe"
      case .northAmerica: "north_america"
      case .latinAmerica: "latin_america"
      case .middleEastNorthAfrica: "middle_east_north_africa"
      case .subSaharanAfrica: "sub_saharan_africa"
      case .russiaCentralAsia: "russia_central_asia"
      case .southAsia: "south_asia"
      case .eastAsia: "east_asia"
      case .southeastAsia: "southeast_asia"
      case .oceania: "oceania"
      }
    return words.region(code) ?? code
  }

  func engine(_ engine: EngineKind) -> String {
    let code =
      switch engine {
      case .edition: "edition"
      case .firefox: "firefox"
      case .platform: "platform"
      case .deepL: "deep_l"
      case .libreTranslate: "libre_translate"
      case .apertium: "apertium"
      }
    return words.engine(code) ?? code
  }

  /// What stands before an item of a list in an article: "3.", or a dot when its list has no numbers.
  public func itemMark(_ start: Int64?, _ at: Int) -> String {
    start.map { words.listNumber(number: number($0 + Int64(at))) } ?? words.listDot
  }

  func facts(_ facts: String?...) -> String {
    facts.compactMap { $0 }.joined(separator: words.joinFacts)
  }

  func list(_ parts: String?...) -> String {
    parts.compactMap { $0 }.joined(separator: words.joinList)
  }

  func sentences(_ parts: String?...) -> String {
    parts.compactMap { $0 }.filter { !$0.isEmpty }.reduce("") { text, part in
      guard let last = text.last else { return part }
      // What ends with a mark of its own needs no other.
      return text + (".!?…؟。".contains(last) ? " " : words.joinSentence) + part
    }
  }

  /// As it stands alone: its first letter large.
  func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// What is said of a count; nothing of none.
  func some(_ count: UInt32, _ said: (Int64) -> String) -> String? {
    count > 0 ? said(Int64(count)) : nil
  }

  func `switch`(_ name: String, _ isOn: Bool) -> String {
    words.switchSpoken(name: name, state: isOn ? words.switchOn : words.switchOff)
  }

  /// What is said of a failure, and what can be done about it; nothing while the app is paused.
  func trouble(_ error: any Error) -> Trouble? {
    if error is FileNotWritten { return Trouble(words.troubleFileNotWritten) }
    if error is CocoaError { return Trouble(words.troubleUnreadableFile) }
    return switch error as? OverviewError {
    case .Paused: nil
    case .Offline: Trouble(words.troubleOffline, .goOnline, words.actionGoOnline)
    case .Unreachable: Trouble(words.troubleUnreachable, .retry, words.actionRetry)
    case .Refused: Trouble(words.troubleRefused, .openInBrowser, words.actionOpenInBrowser)
    case .Busy: Trouble(words.troubleBusy)
    case .NotFound: Trouble(words.troubleNotFound, .leave)
    case .Invalid: Trouble(words.troubleInvalid)
    case .StorageFull: Trouble(words.troubleStorageFull, .freeSpace, words.actionFreeSpace)
    case .StorageDamaged:
      Trouble(words.troubleStorageDamaged, .beginAnew, words.actionBeginAnew)
    case .AppTooOld: Trouble(words.troubleAppTooOld, .updateApp, words.actionUpdateApp)
    case .UnreadableFile: Trouble(words.troubleUnreadableFile)
    case .StorageUnavailable:
      Trouble(words.troubleStorageUnavailable, .retry, words.actionRetry)
    case .Closed: Trouble(words.troubleClosed)
    case .Unexpected, nil: Trouble(words.troubleUnexpected)
    }
  }
}

/// A failure, for a banner.
public struct Trouble: Equatable, Sendable {
  public let text: String
  public let action: TroubleAction?
  /// The words on its button; none for a screen that is to be left.
  public let actionTitle: String?

  init(_ text: String, _ action: TroubleAction? = nil, _ actionTitle: String? = nil) {
    self.text = text
    self.action = action
    self.actionTitle = actionTitle
  }
}

/// What an app does when the button of a trouble is pressed.
public enum TroubleAction: Sendable {
  case goOnline, retry, openInBrowser, leave, freeSpace, beginAnew, updateApp
}

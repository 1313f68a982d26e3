import Foundation

/// What a person set on this device, by name.
@MainActor public protocol Preferences: AnyObject {
  subscript(name: String) -> String? { get set }
}

/// Kept while the app runs, for suites and previews.
public final class MemoryPreferences: Preferences {
  private var values: [String: String] = [:]

  public init() {}

  public subscript(name: String) -> String? {
    get { values[name] }
    set { values[name] = newValue }
  }
}

/// Kept in a file beside the store. A file that cannot be read or written is as if nothing were set.
public final class FilePreferences: Preferences {
  private let file: URL
  private var values: [String: String]

  public init(_ file: URL) {
    self.file = file
    let kept = try? JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
    values = kept ?? [:]
  }

  public subscript(name: String) -> String? {
    get { values[name] }
    set {
      values[name] = newValue
      // Whole or not at all: a torn file would lose all that was set.
      try? JSONEncoder().encode(values).write(to: file, options: .atomic)
    }
  }
}

/// The settings that models read.
@MainActor final class Choices {
  private let preferences: any Preferences

  init(_ preferences: any Preferences) { self.preferences = preferences }

  var isOriginalsFirst: Bool {
    get { flag("originals_first", false) }
    set { preferences["originals_first"] = String(newValue) }
  }
  var isWifiOnly: Bool {
    get { flag("wifi_only", true) }
    set { preferences["wifi_only"] = String(newValue) }
  }
  var isOffline: Bool {
    get { flag("offline", false) }
    set { preferences["offline"] = String(newValue) }
  }
  /// A word when whole articles have been fetched in the background.
  var hasPackNotice: Bool {
    get { flag("pack_notice", false) }
    set { preferences["pack_notice"] = String(newValue) }
  }
  /// Percent of the system's size.
  var textSize: Int64 {
    get { number("text_size", 100, Self.textSizes) }
    set { set("text_size", newValue, Self.textSizes) }
  }
  /// Bytes that whole articles and pictures may take.
  var packBudget: Int64 {
    get { number("pack_budget", 250_000_000, Self.packBudgets) }
    set { set("pack_budget", newValue, Self.packBudgets) }
  }

  /// The last first.
  var recentSearches: [String] {
    get {
      (preferences["recent_searches"] ?? "").split(separator: "\n").map(String.init)
    }
    set { preferences["recent_searches"] = newValue.joined(separator: "\n") }
  }

  /// What was set of that which moves house. Whether this device is offline, and what was searched on it,
  /// does not.
  var moving: [String: String] {
    get {
      let set = Self.moving.compactMap { name in preferences[name].map { (name, $0) } }
      return Dictionary(uniqueKeysWithValues: set)
    }
    set {
      for name in Self.moving {
        if let value = newValue[name], value != preferences[name] { preferences[name] = value }
      }
    }
  }

  private static let moving = [
    "originals_first", "wifi_only", "pack_notice", "text_size", "pack_budget",
  ]
  private static let textSizes: ClosedRange<Int64> = 80...200
  private static let packBudgets: ClosedRange<Int64> = 10_000_000...10_000_000_000

  private func flag(_ name: String, _ otherwise: Bool) -> Bool {
    preferences[name].flatMap(Bool.init) ?? otherwise
  }

  private func number(_ name: String, _ otherwise: Int64, _ range: ClosedRange<Int64>) -> Int64 {
    let set = preferences[name].flatMap { Int64($0) } ?? otherwise
    return min(max(set, range.lowerBound), range.upperBound)
  }

  private func set(_ name: String, _ value: Int64, _ range: ClosedRange<Int64>) {
    preferences[name] = String(min(max(value, range.lowerBound), range.upperBound))
  }
}

import Foundation

/// The texts of one language: by key, each in the forms that its plurals ask for.
struct Table: Sendable {
  let language: String
  let months: [String]
  private let plural: PluralRule
  private let group: String
  private let texts: [String: [String: String]]
  private let names: [String: [String: String]]

  init(
    language: String, plural: String, group: String, months: String,
    texts: [String: [String: String]], names: [String: [String: String]]
  ) {
    self.language = language
    self.months = months.split(separator: " ").map(String.init)
    self.plural = PluralRule(rawValue: plural) ?? .none
    self.group = group
    self.texts = texts
    self.names = names
  }

  /// A text with its placeholders filled; `count` chooses the form.
  func fill(_ key: String, _ count: Int64?, _ values: [String: String]) -> String {
    let forms = texts[key] ?? [:]
    var text = count.flatMap { forms[plural.category($0)] } ?? forms["other"] ?? key
    if let count { text = text.replacingOccurrences(of: "{count}", with: number(count)) }
    for (name, value) in values { text = text.replacingOccurrences(of: "{\(name)}", with: value) }
    return text
  }

  func name(_ list: String, _ code: String) -> String? { names[list]?[code] }

  /// Digits in groups of three.
  func number(_ value: Int64) -> String {
    let digits = String(value)
    guard digits.count > 4 else { return digits }
    var text = ""
    for (at, digit) in digits.enumerated() {
      if at > 0 && (digits.count - at) % 3 == 0 { text += group }
      text.append(digit)
    }
    return text
  }
}

/// Which form of a text a number asks for, for whole numbers, as Unicode's CLDR has it.
enum PluralRule: String, Sendable {
  /// One form.
  case none
  /// One, and all others.
  case one
  /// Nothing and one, and all others.
  case zeroOne = "zero-one"
  /// Ukrainian, Russian.
  case eastSlavic = "east-slavic"

  func category(_ count: Int64) -> String {
    switch self {
    case .none: return "other"
    case .one: return count == 1 ? "one" : "other"
    case .zeroOne: return (0...1).contains(count) ? "one" : "other"
    case .eastSlavic:
      if count % 10 == 1 && count % 100 != 11 { return "one" }
      return (2...4).contains(count % 10) && !(12...14).contains(count % 100) ? "few" : "many"
    }
  }
}

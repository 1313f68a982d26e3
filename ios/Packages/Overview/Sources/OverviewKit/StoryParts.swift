import Foundation
import OverviewBindings

/// A label, and the whole answer to "Why?".
public struct LabelItem: Equatable, Sendable {
  /// Such as `state:ru`.
  public let perspective: PerspectiveId
  public let name: String
  /// What its shape is.
  public let kind: PerspectiveKind
  public let why: String
  /// By name, as the documentation numbers it.
  public let rule: String
  /// Facts with their source and day, sentences word for word, counts.
  public let evidence: [String]
  public let notClaimed: String
}

/// The same event under another perspective.
public struct TakeItem: Equatable, Sendable, Identifiable {
  public let article: ArticleId
  public let label: LabelItem
  public let headline: String
  public let firstSentence: String
  public let publisher: String
  public let country: CountryCode
  /// "Uganda · 29 h".
  public let place: String
  /// "Also in 2 others".
  public let alsoIn: String?
  /// "Not translated yet", where it is not.
  public let note: String?
  /// "You are reading this", of the article that the others are beside.
  public var ownText: String?
  /// BCP 47, of headline and first sentence.
  public let language: String
  public var spoken: String
  public var id: ArticleId { article }
}

/// A country's ticks in the coverage bar.
public struct CountryTicks: Equatable, Sendable {
  public let code: CountryCode
  public let ran: Int
}

/// A condition of a claim, for its sheet.
public struct ConditionItem: Equatable, Sendable {
  public let name: String
  public let value: String
  public let bar: String
  public let isMet: Bool
  public let spoken: String
}

/// Who ran a story, and what is said of American media.
public struct CoverageItem: Equatable, Sendable {
  public let countries: [CountryTicks]
  /// "14 publishers in 7 countries".
  public let ranText: String
  public let americanRan: Int
  public let americanOf: Int
  /// "0 of 30 US".
  public let americanText: String
  /// The claim in a few words: "Overlooked by American media", "1 of 30 American".
  public let claim: String?
  /// The claim with its numbers, or why there is none.
  public let text: String
  public let conditions: [ConditionItem]
  /// The bar as a sentence.
  public let spoken: String
}

extension Wording {
  func kind(_ kind: PerspectiveKind) -> String {
    let code =
      switch kind {
      case .opinion: "opinion"
      case .state: "state"
      case .party: "party"
      case .region: "region"
      case .publisher: "publisher"
      }
    return words.perspectiveKind(code) ?? code
  }

  func kinds(_ kinds: [PerspectiveKind]) -> String {
    kinds.map(kind).joined(separator: words.joinList)
  }

  func label(_ of: PerspectiveLabel) -> LabelItem {
    LabelItem(
      perspective: of.perspective, name: of.name, kind: of.kind, why: of.why, rule: of.rule,
      evidence: of.evidence.map {
        switch $0 {
        case .registry(let statement, let source, let asOf):
          facts(statement, source.isEmpty ? nil : source, asOf.map(day))
        case .sentence(let text, _): "“\(text)”"
        case .story(let statement): statement
        }
      },
      notClaimed: of.notClaimed)
  }

  func day(_ of: DateComponents) -> String {
    String(format: "%04d-%02d-%02d", of.year ?? 0, of.month ?? 0, of.day ?? 0)
  }

  fileprivate func take(_ of: Take, from country: String) -> TakeItem {
    let row = of.row
    let isForeign = Self.primary(row.language) != "en"
    let headline = row.englishTitle ?? row.title
    let isUntranslated = isForeign && row.englishTitle == nil
    let note = isUntranslated ? words.takesNotTranslated : nil
    return TakeItem(
      article: row.id,
      label: label(of.label),
      headline: headline,
      firstSentence: of.firstSentence,
      publisher: row.publisherName,
      country: row.country,
      place: facts(country, age(row.sortAt)),
      alsoIn: of.alsoIn.isEmpty ? nil : words.takesAlsoIn(count: Int64(of.alsoIn.count)),
      note: note,
      language: isUntranslated ? row.language : "en",
      spoken: sentences(
        of.label.name, headline, of.firstSentence,
        list(row.publisherName, country, spokenAge(row.sortAt)), note))
  }

  private func claim(_ of: Story) -> String? {
    let american = of.coverage.american
    return switch of.assessment.verdict {
    case .overlooked: words.coverageOverlooked
    case .underCovered: words.storiesOverlooked(of: "\(american.of)", ran: "\(american.ran)")
    default: nil
    }
  }

  func coverage(_ of: Story) -> CoverageItem {
    let coverage = of.coverage
    let american = coverage.american
    let ran = words.coverageRan(
      count: Int64(coverage.countries.count),
      publishers: words.coveragePublishers(count: Int64(coverage.publishers)))
    let countries = coverage.countries.map {
      words.coverageCountry(country: $0.country, ran: "\($0.ran)")
    }
    return CoverageItem(
      countries: coverage.countries.map { CountryTicks(code: $0.country, ran: Int($0.ran)) },
      ranText: ran,
      americanRan: Int(american.ran),
      americanOf: Int(american.of),
      americanText: words.coverageAmerican(of: "\(american.of)", ran: "\(american.ran)"),
      claim: claim(of),
      text: of.assessment.text,
      conditions: of.assessment.conditions.map {
        ConditionItem(
          name: sentence($0.name), value: $0.value, bar: sentence($0.bar), isMet: $0.holds,
          spoken: words.coverageCondition(
            bar: $0.bar, name: sentence($0.name),
            state: $0.holds ? words.coverageMet : words.coverageNotMet, value: $0.value))
      },
      spoken: words.coverageSpoken(
        american: "\(american.ran)", countries: countries.joined(separator: words.joinList),
        of: "\(american.of)", ran: ran))
  }
}

extension Kit {
  func take(_ of: Take) -> TakeItem { wording.take(of, from: name(of: of.row.country)) }
}

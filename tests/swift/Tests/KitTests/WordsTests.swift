import Foundation
import OverviewBindings
import OverviewKit
import Testing

/// Both kits say the same: tests/kits/words.json.
@Suite @MainActor struct WordsTests {
  struct Expected: Decodable {
    struct Age: Decodable { let seconds: Double, age: String, spoken: String }
    struct Size: Decodable { let bytes: Int64, size: String }
    struct Number: Decodable { let number: Int64, text: String }
    struct Language: Decodable { let code: String, name: String, own: String }
    let ages: [Age]
    let moment: String
    let sizes: [Size]
    let numbers: [Number]
    let languages: [Language]
  }

  @Test func agesSizesNumbersAndLanguages() async throws {
    let environment = ProcessInfo.processInfo.environment
    let scenarios = URL(fileURLWithPath: environment["OVERVIEW_SCENARIOS"] ?? "")
    let file = scenarios.deletingLastPathComponent().appendingPathComponent("words.json")
    let expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file))
    let now = try Date("2026-11-28T12:00:00Z", strategy: .iso8601)
    // A language without words is shown in English.
    for language in ["en", "en-GB", "tlh"] {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "overview-\(UUID())")
      let overview = try await Overview.open(options: OpenOptions(dataDir: folder))
      let surroundings = Surroundings(language: language, zone: .gmt) { now }
      let kit = Kit(LiveCore(overview), MemoryPreferences(), surroundings)
      let wording = kit.wording
      for each in expected.ages {
        let of = now.addingTimeInterval(-each.seconds)
        #expect(wording.age(of) == each.age)
        #expect(wording.spokenAge(of) == each.spoken)
      }
      #expect(wording.moment(now) == expected.moment)
      for each in expected.sizes { #expect(wording.size(each.bytes) == each.size) }
      for each in expected.numbers { #expect(wording.number(each.number) == each.text) }
      for each in expected.languages {
        #expect(wording.language(each.code) == each.name)
        #expect(wording.ownName(each.code) == each.own)
      }
      await kit.lifecycle.shutdown()
    }
  }
}

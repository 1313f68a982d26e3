import Foundation
import Testing

/// tests/kits/scenarios.json, which the Kotlin suite reads too.
struct Scenarios: Decodable {
  let scenarios: [Scenario]

  static let all: [Scenario] = {
    let path = ProcessInfo.processInfo.environment["OVERVIEW_SCENARIOS"] ?? ""
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data()
    return (try? decoder.decode(Scenarios.self, from: data))?.scenarios ?? []
  }()
}

struct Scenario: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let steps: [Step]
  var testDescription: String { name }
}

struct Step: Decodable, Sendable {
  let `do`: String
  let show: String?
  let expect: [String]?
  let country: String?
  let countries: [String]?
  let text: String?
  let call: String?
  let error: String?
  let network: Bool?
  let metered: Bool?
  let follow: Bool?
  let unread: Bool?
  let read: Bool?
  let save: Bool?
  let rank: Bool?
  let on: Bool?
  let step: Int?
  let story: Int?
  let publisher: Int?
  let dx: Int?
  let dy: Int?
  let hundredths: Int?
  let pictures: Int?
  let engine: Int?
  let region: Int?
  let offer: Int?
  let mute: Int?
  let feed: Int?
  let change: Int?
  let block: Int?
  let thousandths: Int?
  let seconds: Int?
  let hours: Int?
  let textSize: Int?
  let budget: Int64?
  let days: Int64?
  let pack: Int64?
  let originalsFirst: Bool?
  let offline: Bool?
  let wifiOnly: Bool?
}

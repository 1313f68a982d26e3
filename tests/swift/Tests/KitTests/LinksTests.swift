import Foundation
import OverviewKit
import Testing

/// Both kits read addresses alike: tests/kits/links.json.
@Suite struct LinksTests {
  struct Expected: Decodable {
    struct Address: Decodable { let address: String, link: String? }
    struct Shared: Decodable { let text: String, link: String? }
    let host: String
    let addresses: [Address]
    let shared: [Shared]
  }

  private let expected: Expected
  private let links: Links

  init() throws {
    let scenarios = URL(
      fileURLWithPath: ProcessInfo.processInfo.environment["OVERVIEW_SCENARIOS"] ?? "")
    let file = scenarios.deletingLastPathComponent().appendingPathComponent("links.json")
    expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file))
    links = Links(host: expected.host)
  }

  private func said(_ link: Link?) -> String? {
    switch link {
    case .story(let id): "story \(id)"
    case .country(let code): "country \(code)"
    case .page(let host): "page \(host)"
    case .offline: "offline"
    case nil: nil
    }
  }

  @Test func addresses() {
    #expect(!expected.addresses.isEmpty)
    for each in expected.addresses { #expect(said(links.of(each.address)) == each.link, "\(each)") }
  }

  @Test func textsThatWereShared() {
    #expect(!expected.shared.isEmpty)
    for each in expected.shared { #expect(said(links.inText(each.text)) == each.link, "\(each)") }
  }
}

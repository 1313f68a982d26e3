import Foundation
import Testing

/// Both kits show the same for the same world: tests/kits/scenarios.json.
@Suite(.serialized, .timeLimit(.minutes(5))) @MainActor struct ScenarioTests {
  @Test func thereAreScenarios() { #expect(!Scenarios.all.isEmpty) }

  @Test(arguments: Scenarios.all) func play(_ scenario: Scenario) async throws {
    let reader = Reader()
    try await reader.open()
    for (at, step) in scenario.steps.enumerated() {
      try await reader.step(step)
      guard let expected = step.expect else { continue }
      let screen = step.show ?? String(step.do.prefix { $0 != "." })
      // What is told of a change comes a moment later: until it is shown, ten seconds at most.
      for _ in 0..<500 {
        if try reader.show(screen) == expected { break }
        try await Task.sleep(for: .milliseconds(20))
      }
      let shown = try reader.show(screen)
      #expect(
        shown == expected,
        "\(scenario.name), step \(at + 1): \(shown.joined(separator: "\n"))")
    }
    try await reader.close()
  }
}

import Testing

@Suite struct TenLinesTests {
  @Test func theTenLinesOfTheReadmeGiveHeadlines() async throws {
    let headlines = try await headlines(of: "KE", options: World.options())
    #expect(headlines.contains("Twenty Scripts: Where nobody is"))
    #expect(headlines.count == 10)
  }
}

import Foundation
import OverviewBindings
import Testing

/// Keeps nothing of a text but that there was one.
private final class Phone: PlatformTranslator {
  func supports(language: String) throws -> String {
    guard language == "uk" else { throw PlatformTranslatorError.Unsupported(reason: language) }
    return "7"
  }

  func translate(language: String, texts: [String]) throws -> [String] {
    texts.map { _ in "in English" }
  }
}

private final class Broken: PlatformTranslator {
  func supports(language: String) throws -> String { "" }

  func translate(language: String, texts: [String]) throws -> [String] {
    throw CocoaError(.userCancelled)
  }
}

/// The phone's own translator, given by the app.
@Suite struct TranslationTests {
  let ukraine = ArticleQuery(scope: Scope(countries: ["UA"]))
  let brazil = ArticleQuery(scope: Scope(countries: ["BR"]))

  @Test func aListIsInEnglishAfterASyncAndAnArticleWhenAsked() async throws {
    let overview = try await World.open()
    try overview.setPlatformTranslator(translator: Phone())
    _ = try await overview.sync(request: SyncRequest(countries: ["UA", "BR"])).result()
    let rows = try await overview.articles(query: ukraine).rows
    let row = try #require(rows.first { $0.language == "uk" })
    #expect(row.englishTitle?.contains("in English") == true)
    let english = try #require(try await overview.article(id: row.id).rowTranslation)
    #expect(english.title == row.englishTitle)
    #expect(english.by.engine == .platform)
    #expect(english.by.model == "7")
    let portuguese = try #require(try await overview.articles(query: brazil).rows.first)
    #expect(portuguese.englishTitle == nil)

    _ = try await overview.fetchArticle(id: row.id)
    let outcome = try await overview.translateArticle(id: row.id)
    #expect(outcome.missing == 0)
    #expect(outcome.firstFailure == nil)
    let article = try await overview.article(id: row.id)
    #expect(article.translation?.blocks.count == article.blocks.count)
  }

  @Test func aTranslatorThatThrowsLeavesTheOriginal() async throws {
    let overview = try await World.synced("UA")
    try overview.setPlatformTranslator(translator: Broken())
    let rows = try await overview.articles(query: ukraine).rows
    let row = try #require(rows.first { $0.language == "uk" })
    let outcome = try await overview.translateArticle(id: row.id)
    #expect(outcome.missing > 0)
    #expect(try await overview.article(id: row.id).translation == nil)
  }
}

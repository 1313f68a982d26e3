package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.EngineKind
import app.overview.bindings.PlatformTranslator
import app.overview.bindings.PlatformTranslatorException
import app.overview.bindings.Scope
import app.overview.bindings.SyncRequest
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The phone's own translator, given by the app. */
class TranslationTest {
    /** Keeps nothing of a text but how long it is. */
    private object Phone : PlatformTranslator {
        override fun supports(language: String): String =
            if (language == "uk") "7" else throw PlatformTranslatorException.Unsupported(language)

        override fun translate(language: String, texts: List<String>): List<String> =
            texts.map { "in English" }
    }

    private object Broken : PlatformTranslator {
        override fun supports(language: String) = ""

        override fun translate(language: String, texts: List<String>): List<String> =
            error("no such luck")
    }

    private val brazil = ArticleQuery(scope = Scope(countries = listOf("BR")))
    private val ukraine = ArticleQuery(scope = Scope(countries = listOf("UA")))

    @Test
    fun `a list is in English after a sync, and an article when asked`() = runTest {
        World.open().use { overview ->
            overview.setPlatformTranslator(Phone)
            overview.sync(SyncRequest(countries = listOf("UA", "BR"))).use { it.result() }
            val row = overview.articles(ukraine).rows.first { it.language == "uk" }
            assertTrue(row.englishTitle!!.contains("in English"))
            val english = overview.article(row.id).rowTranslation!!
            assertEquals(row.englishTitle, english.title)
            assertEquals(EngineKind.PLATFORM, english.by.engine)
            assertEquals("7", english.by.model)
            assertNull(overview.articles(brazil).rows.first().englishTitle)

            overview.fetchArticle(row.id)
            val outcome = overview.translateArticle(row.id)
            assertEquals(0u, outcome.missing)
            assertNull(outcome.firstFailure)
            val article = overview.article(row.id)
            assertEquals(article.blocks.size, article.translation!!.blocks.size)
        }
    }

    @Test
    fun `a translator that throws leaves the original and is told by its words`() = runTest {
        World.synced("UA").use { overview ->
            overview.setPlatformTranslator(Broken)
            val row = overview.articles(ukraine).rows.first { it.language == "uk" }
            val outcome = overview.translateArticle(row.id)
            assertTrue(outcome.missing > 0u)
            assertNull(overview.article(row.id).translation)
        }
    }
}

package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.Scope
import org.junit.jupiter.api.Test
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse

class ReadingTest {
    @Test
    fun `a country is synced, listed and read`() = runBlocking {
        World.synced("UA").use { overview ->
            val page = overview.articles(ArticleQuery(scope = Scope(countries = listOf("UA"))))
            val first = page.rows.first()
            assertEquals("UA", first.country)
            val article = overview.fetchArticle(first.id)
            assertFalse(article.blocks.isEmpty())
            overview.shutdown()
        }
    }
}

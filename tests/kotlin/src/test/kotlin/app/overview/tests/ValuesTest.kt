package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.ArticleRow
import app.overview.bindings.Block
import app.overview.bindings.Mark
import app.overview.bindings.Overview
import app.overview.bindings.OverviewException
import app.overview.bindings.PackRequest
import app.overview.bindings.PictureState
import app.overview.bindings.Scope
import app.overview.bindings.SyncRequest
import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Values at the edges of what there is. */
class ValuesTest {
    private suspend fun rows(overview: Overview, country: String): List<ArticleRow> =
        overview.articles(ArticleQuery(scope = Scope(countries = listOf(country)))).rows

    @Test
    fun `titles in every script arrive as they were published, and are found`() = runTest {
        World.synced("KE").use { overview ->
            val titles = rows(overview, "KE").map { it.title }.toSet()
            val scripts = World.table("scripts.tsv")
            assertTrue(scripts.size >= 20)
            for ((name, sentence) in scripts) assertTrue(sentence in titles, "$name: $titles")
            for (word in listOf("паром", "여객선이", "नौका", "العبّارة")) {
                val found = overview.articles(ArticleQuery(scope = Scope(text = word))).rows
                assertEquals(1, found.size, word)
            }
        }
    }

    @Test
    fun `a text of a million characters arrives whole`() = runTest {
        World.synced("CA").use { overview ->
            val article = overview.article(rows(overview, "CA").single { it.title == "A very long report" }.id)
            val text = article.blocks.sumOf { (it as Block.Paragraph).runs.sumOf { run -> run.text.length } }
            assertTrue(text > 990_000, "$text characters")
        }
    }

    @Test
    fun `an address that a language's own type forbids arrives, and leads to the same place`() =
        runTest {
            World.synced("KE").use { overview ->
                val row = rows(overview, "KE").single { it.title == "An odd address" }
                val url = overview.article(row.id).url!!
                assertEquals("/odd%7cpath", url.rawPath)
                assertEquals(PictureState.Unknown, overview.picture(url.toString()))
            }
        }

    @Test
    fun `nothing is nothing`() = runTest {
        World.synced("NZ").use { overview ->
            val page = overview.articles(ArticleQuery(scope = Scope(countries = listOf("NZ"))))
            assertEquals(listOf<ArticleRow>(), page.rows)
            assertNull(page.next)
            assertNull(page.previous)
            overview.mark(listOf(), Mark.Read)
            assertEquals(0u, overview.markAllRead(Scope()).marked)
            assertEquals(0u, overview.planPack(PackRequest(newest = 0u)).ready)
        }
    }

    @Test
    fun `the greatest and the least numbers are numbers like any other`() = runTest {
        World.open().use { overview ->
            for (id in listOf(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE)) {
                assertThrows<OverviewException.NotFound> { overview.article(id) }
                assertThrows<OverviewException.NotFound> { overview.mark(listOf(id), Mark.Read) }
                assertThrows<OverviewException.Invalid> { overview.undoMarkAll(id) }
                val edge = "$id.$id"
                assertEquals(0, overview.articles(ArticleQuery(after = edge)).rows.size)
                assertEquals(0, overview.articles(ArticleQuery(before = edge)).rows.size)
            }
            for (since in listOf(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999Z"))) {
                overview.articles(ArticleQuery(scope = Scope(since = since), limit = UInt.MAX_VALUE))
            }
            val request =
                SyncRequest(
                    countries = listOf("UA"),
                    byteBudget = ULong.MAX_VALUE,
                    deadline = Duration.ofSeconds(Long.MAX_VALUE),
                )
            overview.sync(request).use { assertTrue(it.result().progress.newArticles > 0u) }
            val pack = PackRequest(newest = UInt.MAX_VALUE, byteBudget = ULong.MAX_VALUE, hours = 1u)
            assertTrue(overview.planPack(pack).expectedBytes >= 0uL)
        }
    }
}

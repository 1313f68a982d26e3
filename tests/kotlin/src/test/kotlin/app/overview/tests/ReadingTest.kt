package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.Block
import app.overview.bindings.Effort
import app.overview.bindings.FeedHealth
import app.overview.bindings.Mark
import app.overview.bindings.Overview
import app.overview.bindings.PackEnd
import app.overview.bindings.PackRequest
import app.overview.bindings.PictureState
import app.overview.bindings.Region
import app.overview.bindings.Scope
import app.overview.bindings.SyncEnd
import app.overview.bindings.SyncRequest
import java.time.Instant
import java.time.LocalDate
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What a reader does, on the sample world. */
class ReadingTest {
    private val ukraine = Scope(countries = listOf("UA"))

    @Test
    fun `a country is synced, listed and read`() = runTest {
        World.open().use { overview ->
            val before = Instant.now()
            val report = overview.sync(SyncRequest(countries = listOf("UA"))).use { it.result() }
            assertEquals(SyncEnd.COMPLETED, report.end)
            assertEquals(report.progress.planned.toInt(), report.feeds.size)

            val country = overview.countries().single { it.country == "UA" }
            assertEquals("Ukraine", country.name)
            assertEquals(Region.EUROPE, country.region)
            assertTrue(country.unread > 0u)
            assertTrue(country.refreshedAt!! >= before.minusSeconds(1), "a moment, as it is")

            val row = overview.articles(ArticleQuery(scope = ukraine)).rows.first()
            assertEquals("UA", row.country)
            val article = overview.fetchArticle(row.id)
            assertEquals("http", article.url!!.scheme)
            assertEquals(row.id, article.row.id)
            assertTrue(article.blocks.any { it is Block.Paragraph })
            assertNotNull(article.page)
            overview.shutdown()
        }
    }

    @Test
    fun `pages lead forth and back over all rows, each once`() = runTest {
        World.synced("UA", "DE").use { overview ->
            val whole = overview.articles(ArticleQuery())
            assertNull(whole.next, "all of it is one page at most")
            val all = whole.rows.map { it.id }
            assertTrue(all.size > 10, "and more than two small ones: ${all.size}")
            var page = overview.articles(ArticleQuery(limit = 4u))
            assertNull(page.previous)
            val forth = page.rows.map { it.id }.toMutableList()
            while (page.next != null) {
                page = overview.articles(ArticleQuery(limit = 4u, after = page.next))
                forth += page.rows.map { it.id }
            }
            assertEquals(all, forth)
            val back = page.rows.map { it.id }.toMutableList()
            while (page.previous != null) {
                page = overview.articles(ArticleQuery(limit = 4u, before = page.previous))
                back.addAll(0, page.rows.map { it.id })
            }
            assertEquals(all, back)
        }
    }

    @Test
    fun `marks are there in the next run, and a bulk mark is taken back`() = runTest {
        val folder = World.newFolder()
        val ids =
            Overview.open(World.options(folder)).use { overview ->
                overview.sync(SyncRequest(countries = listOf("UA"))).use { it.result() }
                val ids = overview.articles(ArticleQuery(scope = ukraine)).rows.map { it.id }
                overview.mark(ids.take(1), Mark.Read)
                overview.mark(ids.take(2), Mark.Save)
                overview.shutdown()
                ids
            }
        Overview.open(World.options(folder)).use { overview ->
            val saved = overview.articles(ArticleQuery(scope = Scope(saved = true))).rows
            assertEquals(ids.take(2).toSet(), saved.map { it.id }.toSet())
            assertEquals(listOf(ids[0]), saved.filter { it.state.read }.map { it.id })

            val receipt = overview.markAllRead(ukraine)
            assertEquals(ids.size - 1, receipt.marked.toInt())
            assertEquals(receipt.marked, overview.undoMarkAll(receipt.undo))
            val unread = overview.articles(ArticleQuery(scope = ukraine.copy(unread = true))).rows
            assertEquals(ids.drop(1).toSet(), unread.map { it.id }.toSet())
            assertThrows<app.overview.bindings.OverviewException.Invalid> { overview.undoMarkAll() }
        }
    }

    @Test
    fun `an article is left and found again at the same block`() = runTest {
        World.synced("UA").use { overview ->
            val id = overview.articles(ArticleQuery(scope = ukraine)).rows.first().id
            assertNull(overview.position(id))
            val blocks = overview.fetchArticle(id).blocks
            assertTrue(blocks.size > 2)
            overview.keepPosition(id, 2u, 250u)
            val position = overview.position(id)!!
            assertEquals(2u, position.block)
            assertEquals(250.toUShort(), position.thousandths)
        }
    }

    @Test
    fun `a packed country is read without a network, with its pictures`() = runTest {
        World.synced("UA").use { overview ->
            val request = PackRequest(countries = listOf("UA"), newest = 3u)
            assertEquals(3, overview.planPack(request).articles.size)
            val report = overview.pack(request).use { it.result() }
            assertEquals(PackEnd.COMPLETED, report.end)
            assertEquals(3u, report.progress.ready)

            overview.setOffline(true)
            assertTrue(overview.isOffline())
            val ready = overview.articles(ArticleQuery(scope = ukraine)).rows.filter { it.ready }
            assertEquals(3, ready.size)
            val pictures =
                ready.mapNotNull { row -> overview.article(row.id).lead }.map { lead ->
                    overview.picture(lead.url.toString()) as PictureState.Here
                }
            assertTrue(pictures.isNotEmpty())
            for (picture in pictures) {
                assertTrue(picture.path.isFile)
                assertTrue(picture.placeholder.isNotEmpty())
            }
            assertArrayEquals(pictures[0].placeholder, pictures[0].copy().placeholder)

            val use = overview.storageUse()
            assertEquals(3uL, use.readyArticles)
            assertEquals(report.progress.keptBytes, use.keptBytes)
        }
    }

    @Test
    fun `what is followed leads the sync, and a switched off publisher leaves the lists`() = runTest {
        World.open().use { overview ->
            overview.followCountry("UA", true)
            overview.sync(SyncRequest()).use { it.result() }
            val countries = overview.countries()
            assertEquals(listOf("UA"), countries.filter { it.followed }.map { it.country })
            assertEquals(listOf("UA"), countries.filter { it.articles > 0u }.map { it.country })

            val publishers = overview.publishers(listOf("UA"))
            assertTrue(publishers.all { it.enabled && it.followed == null })
            val off = publishers.first()
            assertEquals(FeedHealth.GOOD, off.feeds.first().health)
            overview.followPublisher(off.id, false)
            val rows = overview.articles(ArticleQuery(scope = ukraine)).rows
            assertTrue(rows.none { it.publisher == off.id })
            overview.followPublisher(off.id, null)
            assertTrue(overview.publishers(listOf("UA")).all { it.enabled })
        }
    }

    @Test
    fun `facts of a publisher and a country carry their source and day`() = runTest {
        World.open().use { overview ->
            val publisher = overview.publisher("scripts-press")
            val ownership = publisher.ownership!!
            assertEquals("invented", ownership.source)
            assertEquals(LocalDate.of(2026, 11, 23), ownership.asOf)
            val kenya = overview.country("KE")
            assertEquals("Kenya", kenya.name)
            assertTrue(kenya.lat in -5.0..5.0 && kenya.lon in 33.0..42.0)
            assertEquals(3 * 3600, kenya.utcOffset)
        }
    }

    @Test
    fun `the doctor finds nothing and the switches for bytes and effort are switches`() = runTest {
        val folder = World.newFolder()
        Overview.open(World.options(folder)).use { overview ->
            val found = overview.doctor()
            assertNull(found.damage)
            assertEquals(folder, found.dataDir)
            assertTrue(found.privateAddressesAllowed)
            assertFalse(overview.isMetered())
            overview.setMetered(true)
            assertTrue(overview.isMetered())
            assertEquals(Effort.FULL, overview.effort())
            overview.setEffort(Effort.GENTLE)
            assertEquals(Effort.GENTLE, overview.effort())
            val report = overview.pack(PackRequest(unmeteredOnly = true)).use { it.result() }
            assertEquals(PackEnd.COMPLETED, report.end, "nothing is stored, so nothing waits")
        }
    }
}

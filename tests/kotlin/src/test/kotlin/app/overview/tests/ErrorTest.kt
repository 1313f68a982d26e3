package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.ArticleRow
import app.overview.bindings.Overview
import app.overview.bindings.OverviewException
import app.overview.bindings.Scope
import app.overview.bindings.SyncRequest
import java.io.File
import java.io.RandomAccessFile
import java.time.Instant
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test

/** Each case of the error, by a cause that a phone knows. */
class ErrorTest {
    private suspend fun titled(overview: Overview, title: String): ArticleRow =
        overview.articles(ArticleQuery(scope = Scope(countries = listOf("KE")))).rows
            .single { it.title == title }

    @Test
    fun `offline, unreachable and refused are told apart`() = runTest {
        World.synced("KE").use { overview ->
            val nobody = titled(overview, "Where nobody is")
            val broken = titled(overview, "A server that fails")
            assertThrows<OverviewException.Unreachable> { overview.fetchArticle(nobody.id) }
            assertThrows<OverviewException.Refused> { overview.fetchArticle(broken.id) }
            overview.setOffline(true)
            assertThrows<OverviewException.Offline> { overview.fetchArticle(nobody.id) }
        }
    }

    @Test
    fun `a second sync is busy`() = runTest {
        World.open().use { overview ->
            overview.sync(SyncRequest(countries = listOf("IS", "UA"))).use { first ->
                // Once a feed is done it holds the store; the silent one keeps it.
                while (first.progress().done == 0u) first.nextProgress()
                assertThrows<OverviewException.Busy> {
                    overview.sync(SyncRequest(countries = listOf("UA"))).use { it.result() }
                }
            }
        }
    }

    @Test
    fun `what is not there is not found`() = runTest {
        World.open().use { overview ->
            assertThrows<OverviewException.NotFound> { overview.article(1) }
            assertThrows<OverviewException.NotFound> { overview.country("XX") }
            assertThrows<OverviewException.NotFound> { overview.publisher("no-such-press") }
            assertThrows<OverviewException.NotFound> { overview.publishers(listOf("XX")) }
        }
    }

    @Test
    fun `what makes no sense is invalid, also what cannot cross the boundary`() = runTest {
        World.open().use { overview ->
            assertThrows<OverviewException.Invalid> { overview.country("Ukraine") }
            assertThrows<OverviewException.Invalid> {
                overview.articles(ArticleQuery(after = "nowhere"))
            }
            assertThrows<OverviewException.Invalid> {
                overview.articles(ArticleQuery(after = "1.1", before = "1.1"))
            }
            val never = Instant.ofEpochMilli(Long.MAX_VALUE)
            assertThrows<OverviewException.Invalid> {
                overview.articles(ArticleQuery(scope = Scope(since = never)))
            }
        }
        assertThrows<OverviewException.Invalid> {
            Overview.open(World.options().copy(catalogue = "{}"))
        }
        assertThrows<OverviewException.Invalid> {
            Overview.open(World.options().copy(hosts = mapOf("a.example" to "there")))
        }
    }

    @Test
    fun `a full device is told as such`() = runTest {
        val small = World.smallDisk
        assumeTrue(small != null, "a small disk could not be mounted here")
        assertThrows<OverviewException.StorageFull> { Overview.open(World.options(small!!)) }
    }

    @Test
    fun `a newer database, another program's and a place that is none are told apart`() = runTest {
        val folder = World.newFolder()
        Overview.open(World.options(folder)).use { it.shutdown() }
        val database = folder.resolve("overview.db")

        // Of the header of an SQLite file.
        val schemaNumber = 60L // user_version
        val program = 68L // application_id
        fun write(at: Long, number: Int) =
            RandomAccessFile(database, "rw").use { file ->
                file.seek(at)
                file.writeInt(number)
            }
        write(schemaNumber, 9_999)
        assertThrows<OverviewException.AppTooOld> { Overview.open(World.options(folder)) }

        write(program, 1)
        val before = database.readBytes()
        assertThrows<OverviewException.StorageDamaged> { Overview.open(World.options(folder)) }
        assertTrue(database.readBytes().contentEquals(before), "it is left untouched")

        val file = File.createTempFile("overview", null)
        assertThrows<OverviewException.StorageUnavailable> {
            Overview.open(World.options(file.resolve("folder")))
        }
    }

    @Test
    fun `a damaged database is moved aside, and what was kept is told until the person knows`() = runTest {
        val folder = World.newFolder()
        val nonsense = "This is no database. ".repeat(1_000)
        folder.resolve("overview.db").writeText(nonsense)
        Overview.open(World.options(folder)).use { overview ->
            assertEquals(0u, overview.salvaged()?.marks)
            overview.dismissSalvaged()
            assertNull(overview.salvaged())
        }
        val aside = folder.listFiles().orEmpty().single { it.name.startsWith("overview-damaged-") }
        assertEquals(nonsense, aside.readText())
    }

    @Test
    fun `a reason is a sentence that says what was being done`() = runTest {
        World.open().use { overview ->
            val error = assertThrows<OverviewException.NotFound> { overview.article(7) }
            assertEquals("there is no article 7 in this store", error.reason)
        }
    }
}

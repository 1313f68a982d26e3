package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.Mark
import app.overview.bindings.Overview
import app.overview.bindings.OverviewException
import app.overview.bindings.PackRequest
import app.overview.bindings.Scope
import app.overview.bindings.SyncEnd
import app.overview.bindings.SyncRequest
import java.io.File
import java.nio.file.Files
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** A phone suspends the app: no file may be open, and nothing may be lost. */
class PauseTest {
    /** Files of a store that this process has open; none where the system has no /proc. */
    private fun openFiles(folder: File): List<String> =
        File("/proc/self/fd").list().orEmpty()
            .mapNotNull { runCatching { Files.readSymbolicLink(File("/proc/self/fd/$it").toPath()) }.getOrNull() }
            .map { it.toString() }
            .filter { it.startsWith(folder.canonicalPath) }

    private suspend fun opened(folder: File): Overview = Overview.open(World.options(folder))

    @Test
    fun `a paused store has no file open, refuses calls and loses no mark`() = runTest {
        val folder = World.newFolder()
        opened(folder).use { overview ->
            overview.sync(SyncRequest(countries = listOf("UA"))).use { it.result() }
            val ids = overview.articles(ArticleQuery()).rows.map { it.id }
            overview.mark(ids.take(3), Mark.Read)
            repeat(2) {
                overview.pause()
                assertEquals(listOf<String>(), openFiles(folder))
            }
            assertThrows<OverviewException.Paused> { overview.countries() }
            assertThrows<OverviewException.Paused> { overview.mark(ids, Mark.Read) }
            assertThrows<OverviewException.Paused> {
                overview.sync(SyncRequest()).use { it.result() }
            }
            repeat(2) { overview.resume() }
            assertEquals(ids, overview.articles(ArticleQuery()).rows.map { it.id })
            val unread = ArticleQuery(scope = Scope(unread = true))
            assertEquals(ids.drop(3), overview.articles(unread).rows.map { it.id })
            assertNull(overview.doctor().damage)
        }
    }

    @Test
    fun `a resume without a pause does nothing`() = runTest {
        World.open().use { overview ->
            overview.resume()
            assertTrue(overview.countries().isNotEmpty())
        }
    }

    @Test
    fun `a pause ends a sync, and the next one does it`() = runTest {
        val folder = World.newFolder()
        opened(folder).use { overview ->
            overview.sync(SyncRequest(countries = listOf("IS", "UA"))).use { task ->
                while (task.progress().done == 0u) task.nextProgress()
                overview.pause()
                assertEquals(listOf<String>(), openFiles(folder))
                assertThrows<OverviewException.Paused> { task.result() }
                while (task.nextProgress() != null) Unit
            }
            overview.resume()
            overview.sync(SyncRequest(countries = listOf("UA"))).use {
                assertEquals(SyncEnd.COMPLETED, it.result().end)
            }
        }
    }

    @Test
    fun `a pause ends a pack, and the next one does it`() = runTest {
        World.synced("UA").use { overview ->
            val request = PackRequest(newest = 3u)
            overview.pack(request).use { task ->
                overview.pause()
                assertThrows<OverviewException.Paused> { task.result() }
            }
            overview.resume()
            overview.pack(request).use { assertEquals(3u, it.result().progress.ready) }
        }
    }

    @Test
    fun `a paused store shuts down, and opens again`() = runTest {
        val folder = World.newFolder()
        opened(folder).use { overview ->
            overview.pause()
            overview.shutdown()
            assertThrows<OverviewException.Closed> { overview.resume() }
            assertThrows<OverviewException.Closed> { overview.pause() }
        }
        opened(folder).use { assertTrue(it.countries().isNotEmpty()) }
    }
}

package app.overview.tests

import app.overview.bindings.Effort
import app.overview.bindings.ArticleQuery
import app.overview.bindings.Invalidation
import app.overview.bindings.Mark
import app.overview.bindings.Overview
import app.overview.bindings.OverviewException
import app.overview.bindings.OverviewListener
import app.overview.bindings.PackRequest
import app.overview.bindings.Scope
import app.overview.bindings.SyncEnd
import app.overview.bindings.SyncRequest
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class ShutdownTest {
    private val listener =
        object : OverviewListener {
            override fun invalidated(what: List<Invalidation>) {}
        }

    @Test
    fun `every call after a shutdown throws that it is closed`() = runTest {
        World.synced("UA").use { overview ->
            overview.shutdown()
            overview.shutdown()
            val calls: List<suspend () -> Unit> =
                listOf(
                    { overview.countries() },
                    { overview.country("UA") },
                    { overview.publishers(listOf()) },
                    { overview.publisher("scripts-press") },
                    { overview.articles(ArticleQuery()) },
                    { overview.article(1) },
                    { overview.fetchArticle(1) },
                    { overview.mark(listOf(1), Mark.Read) },
                    { overview.markAllRead(Scope()) },
                    { overview.undoMarkAll() },
                    { overview.keepPosition(1, 0u, 0u) },
                    { overview.position(1) },
                    { overview.followCountry("UA", true) },
                    { overview.planPack(PackRequest()) },
                    { overview.storageUse() },
                    { overview.doctor() },
                    { overview.setOffline(true) },
                    { overview.isOffline() },
                    { overview.setMetered(true) },
                    { overview.isMetered() },
                    { overview.setEffort(Effort.PAUSED) },
                    { overview.effort() },
                    { overview.sync(SyncRequest()) },
                    { overview.pack(PackRequest()) },
                    { overview.subscribe(listener) },
                )
            for (call in calls) assertThrows<OverviewException.Closed> { call() }
        }
    }

    @Test
    fun `a shutdown ends what runs`() = runTest {
        World.open().use { overview ->
            overview.sync(SyncRequest(countries = listOf("IS", "UA"))).use { task ->
                while (task.progress().done == 0u) task.nextProgress()
                overview.shutdown()
                assertEquals(SyncEnd.CANCELLED, task.result().end)
            }
        }
    }

    @Test
    fun `a shutdown from the midst of callbacks harms nothing, and the folder opens again`() =
        runTest {
            val folder = World.newFolder()
            repeat(10) {
                Overview.open(World.options(folder)).use { overview ->
                    val told = CompletableDeferred<Unit>()
                    val telling =
                        object : OverviewListener {
                            override fun invalidated(what: List<Invalidation>) {
                                told.complete(Unit)
                                // What the app does at its worst: it asks while all ends.
                                runCatching { overview.isOffline() }
                            }
                        }
                    overview.subscribe(telling).use {
                        overview.sync(SyncRequest(forced = true)).use {
                            overview.followCountry("UA", true)
                            told.await()
                            overview.shutdown()
                        }
                    }
                }
            }
            Overview.open(World.options(folder)).use { overview ->
                assertEquals(listOf("UA"), overview.countries().filter { it.followed }.map { it.country })
            }
        }

    @Test
    fun `a closed object says so`() = runTest {
        val overview = World.open()
        overview.close()
        org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException::class.java) {
            overview.isOffline()
        }
    }
}

package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.OverviewException
import app.overview.bindings.Scope
import app.overview.bindings.SyncEnd
import app.overview.bindings.SyncRequest
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class CancellationTest {
    private val silence = SyncRequest(countries = listOf("IS", "UA"))

    @Test
    fun `a cancelled sync reports what it did`() = runTest {
        World.open().use { overview ->
            overview.sync(silence).use { task ->
                while (task.progress().done == 0u) task.nextProgress()
                task.cancel()
                val report = task.result()
                assertEquals(SyncEnd.CANCELLED, report.end)
                assertTrue(report.progress.done >= 1u)
                assertEquals(report, task.result(), "it can be asked again")
            }
        }
    }

    @Test
    fun `progress ends with the last state, and then there is none`() = runTest {
        World.open().use { overview ->
            overview.sync(SyncRequest(countries = listOf("UA", "US"))).use { task ->
                val states = buildList { while (true) add(task.nextProgress() ?: break) }
                assertEquals(task.result().progress, states.last())
                assertEquals(states.sortedBy { it.done }, states, "it only grows")
                assertNull(task.nextProgress())
            }
        }
    }

    @Test
    fun `a released task ends`() = runTest {
        World.open().use { overview ->
            overview.sync(silence).use { task ->
                while (task.progress().done == 0u) task.nextProgress()
            }
            // The store is free again as soon as it has ended.
            while (true) {
                try {
                    overview.sync(SyncRequest(countries = listOf("UA"))).use { it.result() }
                    break
                } catch (_: OverviewException.Busy) {}
            }
        }
    }

    @Test
    fun `a coroutine that waits for the network is cancelled at once and leaves nothing behind`() =
        runTest {
            World.synced("KE").use { overview ->
                val scope = Scope(countries = listOf("KE"))
                val row =
                    overview.articles(ArticleQuery(scope = scope)).rows
                        .single { it.title == "Where silence is" }
                val fetching =
                    launch(Dispatchers.Default, start = CoroutineStart.UNDISPATCHED) {
                        overview.fetchArticle(row.id)
                    }
                fetching.cancelAndJoin()
                assertTrue(fetching.isCancelled)
                assertNull(overview.article(row.id).page)
                overview.shutdown()
            }
        }
}

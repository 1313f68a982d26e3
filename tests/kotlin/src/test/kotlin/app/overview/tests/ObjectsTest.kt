package app.overview.tests

import app.overview.bindings.Invalidation
import app.overview.bindings.OverviewListener
import app.overview.bindings.SyncRequest
import java.lang.ref.WeakReference
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

class ObjectsTest {
    private class Nothing : OverviewListener {
        override fun invalidated(what: List<Invalidation>) {}
    }

    @Test
    @Timeout(120)
    fun `ten thousand listeners are let go`() = runTest {
        World.open().use { overview ->
            val listeners =
                List(10_000) {
                    val listener = Nothing()
                    overview.subscribe(listener).close()
                    WeakReference(listener)
                }
            // The library held each; what it let go the collector takes.
            while (listeners.any { it.get() != null }) System.gc()
        }
    }

    @Test
    fun `a thousand tasks are let go, and calls from many threads agree`() = runTest {
        World.synced("UA").use { overview ->
            repeat(1_000) { overview.sync(SyncRequest(countries = listOf("NZ"))).close() }
            val counts =
                (1..8).map {
                    async(Dispatchers.Default) {
                        (1..100).map { overview.countries().sumOf { it.unread } }.toSet()
                    }
                }
            assertEquals(1, counts.awaitAll().flatten().toSet().size)
            overview.shutdown()
        }
    }
}

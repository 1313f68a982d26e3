package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.Invalidation
import app.overview.bindings.Mark
import app.overview.bindings.OverviewListener
import app.overview.bindings.Subscription
import app.overview.bindings.SyncRequest
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class ListenerTest {
    /** Hands on what it is told, and notes from where. */
    private class Recorder : OverviewListener {
        val told = Channel<List<Invalidation>>(Channel.UNLIMITED)
        val threads: MutableSet<String> = ConcurrentHashMap.newKeySet()
        val atOnce = AtomicInteger()
        @Volatile var overlapped = false

        override fun invalidated(what: List<Invalidation>) {
            if (atOnce.incrementAndGet() > 1) overlapped = true
            threads += Thread.currentThread().name
            told.trySend(what)
            atOnce.decrementAndGet()
        }

        /** Waits until something of this kind is told, over what is told before. */
        suspend inline fun <reified T : Invalidation> await(crossinline like: (T) -> Boolean): T {
            while (true) {
                told.receive().filterIsInstance<T>().firstOrNull { like(it) }?.let { return it }
            }
        }
    }

    @Test
    fun `changes are told in order, one at a time, the last always`() = runTest {
        World.open().use { overview ->
            val recorder = Recorder()
            overview.subscribe(recorder).use {
                overview.sync(SyncRequest(countries = listOf("UA", "US"))).use { it.result() }
                recorder.await<Invalidation.Articles> { true }
                val ids = overview.articles(ArticleQuery()).rows.map { it.id }
                for (id in ids) overview.mark(listOf(id), Mark.Read)
                overview.followCountry("UA", true)
                recorder.await<Invalidation.Follows> { true }
                // The very last of many marks is told, however they were gathered.
                overview.mark(listOf(ids.last()), Mark.Unread)
                recorder.await<Invalidation.Marks> { ids.last() in it.v1 }
                assertTrue(!recorder.overlapped)
            }
        }
    }

    @Test
    fun `another listener takes the place, and the first one's end does not end it`() = runTest {
        World.open().use { overview ->
            val (first, second) = Recorder() to Recorder()
            val before = overview.subscribe(first)
            overview.subscribe(second).use {
                before.close()
                overview.followCountry("UA", true)
                second.await<Invalidation.Follows> { true }
                assertTrue(first.told.tryReceive().isFailure)
            }
        }
    }

    @Test
    fun `a listener that throws is told again`() = runTest {
        World.open().use { overview ->
            val calls = Channel<Unit>(Channel.UNLIMITED)
            val throwing =
                object : OverviewListener {
                    override fun invalidated(what: List<Invalidation>) {
                        calls.trySend(Unit)
                        throw IllegalStateException("a fault of the app")
                    }
                }
            overview.subscribe(throwing).use {
                repeat(2) {
                    overview.followCountry("UA", true)
                    calls.receive()
                }
            }
        }
    }

    @Test
    fun `a listener may end its own subscription and ask the library`() = runTest {
        World.open().use { overview ->
            val subscription = CompletableDeferred<Subscription>()
            val asked = CompletableDeferred<Boolean>()
            val listener =
                object : OverviewListener {
                    @OptIn(kotlinx.coroutines.ExperimentalCoroutinesApi::class)
                    override fun invalidated(what: List<Invalidation>) {
                        subscription.getCompleted().cancel()
                        asked.complete(overview.isOffline())
                    }
                }
            subscription.complete(overview.subscribe(listener))
            overview.followCountry("UA", true)
            assertEquals(false, asked.await())
            subscription.await().close()
        }
    }
}

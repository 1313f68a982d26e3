package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.Invalidation
import app.overview.bindings.Mark
import app.overview.bindings.Overview
import app.overview.bindings.OverviewException
import app.overview.bindings.OverviewListener
import app.overview.bindings.PackRequest
import app.overview.bindings.Scope
import app.overview.bindings.SyncRequest
import kotlin.random.Random
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

/** Eight coroutines use one store at random; what each marked last must be what is kept. */
class RandomUseTest {
    private val readers = 8
    private val rounds = System.getenv("OVERVIEW_ROUNDS")?.toInt() ?: 150
    /** Until this time instead, with what is held printed: OVERVIEW_MINUTES=10. */
    private val until =
        System.getenv("OVERVIEW_MINUTES")?.toLongOrNull()?.let { System.nanoTime() + it * 60_000_000_000 }

    private object Nothing : OverviewListener {
        override fun invalidated(what: List<Invalidation>) {}
    }

    @Test
    fun `marks hold whatever else is done at the same time`() = runTest(timeout = 30.minutes) {
        val seed = System.getenv("OVERVIEW_SEED")?.toInt() ?: Random.nextInt()
        val countries = listOf("UA", "DE", "US", "KE")
        World.synced(*countries.toTypedArray()).use { overview ->
            val ids =
                countries.flatMap { country ->
                    val scope = Scope(countries = listOf(country))
                    overview.articles(ArticleQuery(scope = scope)).rows.map { it.id }
                }
            val expected =
                (0 until readers).map { reader ->
                    val own = ids.filterIndexed { at, _ -> at % readers == reader }
                    async(Dispatchers.Default) { use(overview, own, Random(seed + reader)) }
                }
            val watching = launch(Dispatchers.Default) { watch() }
            val marks = expected.awaitAll().flatMap { it.entries }.associate { it.key to it.value }
            watching.cancel()
            overview.resume()
            for ((id, state) in marks) {
                val kept = overview.article(id).row.state
                assertEquals(state, kept.read to kept.saved, "article $id, seed $seed")
            }
            assertNull(overview.doctor().damage)
            overview.shutdown()
        }
    }

    /** What is read and saved of its own articles at the end. */
    private suspend fun use(
        overview: Overview,
        own: List<Long>,
        random: Random,
    ): Map<Long, Pair<Boolean, Boolean>> {
        val states = own.associateWith { false to false }.toMutableMap()
        var round = 0
        while (if (until == null) round++ < rounds else System.nanoTime() < until) {
            val id = own.random(random)
            when (random.nextInt(if (random.nextInt(4) == 0) 11 else 10)) {
                0, 1, 2 -> orPaused {
                    val read = random.nextBoolean()
                    overview.mark(listOf(id), if (read) Mark.Read else Mark.Unread)
                    states[id] = read to states.getValue(id).second
                }
                3, 4 -> orPaused {
                    val saved = random.nextBoolean()
                    overview.mark(listOf(id), if (saved) Mark.Save else Mark.Unsave)
                    states[id] = states.getValue(id).first to saved
                }
                5 -> orPaused { overview.articles(ArticleQuery(limit = random.nextInt(51).toUInt())) }
                6 -> orPaused { overview.takes(id) }
                7 -> busyOr { overview.sync(SyncRequest(forced = true)).use { it.nextProgress() } }
                8 ->
                    busyOr {
                        overview.pack(PackRequest(newest = 2u)).use { task ->
                            task.cancel()
                            task.result()
                        }
                    }
                10 -> {
                    // On a machine that is busy with other things it may not close in time.
                    busyOr { overview.pause() }
                    overview.resume()
                }
                else -> {
                    overview.subscribe(Nothing).use { orPaused { overview.article(id) } }
                    with(kotlinx.coroutines.CoroutineScope(Dispatchers.Default)) {
                        launch { busyOr { overview.fetchArticle(id) } }.cancel()
                    }
                }
            }
        }
        return states
    }

    /** One of the others may have paused it: then nothing was done. */
    private suspend fun orPaused(call: suspend () -> Unit) {
        try {
            call()
        } catch (_: OverviewException.Paused) {}
    }

    /** What is held, ten times: the heap after a collection, resident memory, threads, open files. */
    private suspend fun watch() {
        val begun = System.nanoTime()
        val every = ((until ?: return) - begun) / 10
        while (true) {
            kotlinx.coroutines.delay(every / 1_000_000)
            System.gc()
            val status = java.io.File("/proc/self/status").readLines()
            val held = status.filter { it.startsWith("VmRSS") || it.startsWith("Threads") }
            val files = java.io.File("/proc/self/fd").list()?.size
            val seconds = (System.nanoTime() - begun) / 1_000_000_000
            // What the garbage collector could not free, apart from what it keeps for later.
            val heap = Runtime.getRuntime().run { totalMemory() - freeMemory() } / 1024
            println("held Kotlin: after $seconds s: heap $heap kB, ${held.joinToString()}, $files files")
        }
    }

    /** Another may be at it, and the odd articles of the world have no page. */
    private suspend fun busyOr(call: suspend () -> Unit) {
        try {
            call()
        } catch (_: OverviewException.Paused) {
        } catch (_: OverviewException.Busy) {
        } catch (_: OverviewException.Unreachable) {
        } catch (_: OverviewException.Refused) {
        } catch (_: OverviewException.Closed) {}
    }
}

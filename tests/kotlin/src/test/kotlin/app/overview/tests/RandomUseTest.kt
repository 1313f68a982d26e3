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
    /** OVERVIEW_ROUNDS=100000 is about ten minutes. */
    private val rounds = System.getenv("OVERVIEW_ROUNDS")?.toInt() ?: 150

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
            val marks = expected.awaitAll().flatMap { it.entries }.associate { it.key to it.value }
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
        repeat(rounds) {
            val id = own.random(random)
            when (random.nextInt(10)) {
                0, 1, 2 -> {
                    val read = random.nextBoolean()
                    overview.mark(listOf(id), if (read) Mark.Read else Mark.Unread)
                    states[id] = read to states.getValue(id).second
                }
                3, 4 -> {
                    val saved = random.nextBoolean()
                    overview.mark(listOf(id), if (saved) Mark.Save else Mark.Unsave)
                    states[id] = states.getValue(id).first to saved
                }
                5, 6 -> overview.articles(ArticleQuery(limit = random.nextInt(51).toUInt()))
                7 -> busyOr { overview.sync(SyncRequest(forced = true)).use { it.nextProgress() } }
                8 ->
                    busyOr {
                        overview.pack(PackRequest(newest = 2u)).use { task ->
                            task.cancel()
                            task.result()
                        }
                    }
                else -> {
                    overview.subscribe(Nothing).use { overview.article(id) }
                    with(kotlinx.coroutines.CoroutineScope(Dispatchers.Default)) {
                        launch { busyOr { overview.fetchArticle(id) } }.cancel()
                    }
                }
            }
        }
        return states
    }

    /** Another may be at it, and the odd articles of the world have no page. */
    private suspend fun busyOr(call: suspend () -> Unit) {
        try {
            call()
        } catch (_: OverviewException.Busy) {
        } catch (_: OverviewException.Unreachable) {
        } catch (_: OverviewException.Refused) {
        } catch (_: OverviewException.Closed) {}
    }
}

package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.Scope
import app.overview.bindings.StoryOrder
import app.overview.bindings.StoryQuery
import app.overview.bindings.StoryScope
import app.overview.bindings.SyncRequest
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable

/** What crossing costs: tests/boundary-bench.sh, on the optimised library. */
@EnabledIfEnvironmentVariable(named = "OVERVIEW_BENCH", matches = "1")
class BoundaryBench {
    @Test
    fun `a page, an article, and nothing at all`() = runBlocking {
        World.synced("UA", "DE", "US", "FR", "BR", "CA").use { overview ->
            val rows = overview.articles(ArticleQuery(scope = Scope(countries = listOf("CA")))).rows
            val sixty = rows.single { it.title == "Sixty paragraphs" }.id
            check(overview.article(sixty).blocks.size == 60)
            check(overview.articles(ArticleQuery()).rows.size == 50)
            val inCore = { overview.inCore().toLong() }
            time("an empty call that returns at once", null) { overview.isOffline() }
            time("a call that waits and finds nothing", inCore) { overview.picture(nowhere) }
            time("no article", inCore) { overview.articles(ArticleQuery(scope = Scope(countries = listOf("NZ")))) }
            val articles = ArticleQuery()
            time("a page of 50 articles", inCore) { overview.articles(articles) }
            val stories = StoryQuery(scope = StoryScope(), order = StoryOrder.TIME)
            val page = overview.stories(stories).rows.size
            time("a page of $page stories", inCore) { overview.stories(stories) }
            time("an article of 60 blocks", inCore) { overview.article(sixty) }
            // Cancelling: what the person waits for.
            val waits =
                List(20) {
                    overview.sync(SyncRequest(countries = listOf("IS"), forced = true)).use { task ->
                        task.nextProgress()
                        val begun = System.nanoTime()
                        task.cancel()
                        task.result()
                        (System.nanoTime() - begun) / 1e6
                    }
                }
            println("bench Kotlin: cancelling a sync: median %.1f ms, longest %.1f ms".format(waits.sorted()[10], waits.max()))
        }
    }

    /** Asked of the store, which has nothing of it. */
    private val nowhere = "https://nowhere.example/"

    /**
     * The quietest of some rounds, by its median, beside the loudest: what else the machine does only adds.
     * [inCore] tells the nanoseconds that the core took in the call before; the rest of the call is crossing.
     */
    private suspend fun time(what: String, inCore: (() -> Long)?, call: suspend () -> Unit) {
        repeat(3 * TIMES) { call() }
        val rounds =
            List(ROUNDS) {
                val (took, crossing) = List(2) { LongArray(TIMES) }
                repeat(TIMES) {
                    val begun = System.nanoTime()
                    call()
                    took[it] = System.nanoTime() - begun
                    crossing[it] = took[it] - (inCore?.invoke() ?: 0)
                }
                took.median() to crossing.median()
            }
        val (whole, crossing) = rounds.unzip()
        val toCross = if (inCore == null) "" else ", of it to cross %s".format(crossing.range())
        println("bench Kotlin: $what: ${whole.range()} µs$toCross")
    }

    private fun LongArray.median() = also { it.sort() }[size / 2] / 1e3

    private fun List<Double>.range() = "%.1f (at most %.1f)".format(min(), max())

    private companion object {
        const val TIMES = 3_000
        const val ROUNDS = 7
    }
}

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
            time("an empty call that returns at once") { overview.isOffline() }
            time("a call that waits and finds nothing") { overview.picture(nowhere) }
            time("no article") { overview.articles(ArticleQuery(scope = Scope(countries = listOf("NZ")))) }
            val articles = ArticleQuery()
            time("a page of 50 articles", overview.timeArticles(articles, TIMES)) { overview.articles(articles) }
            val stories = StoryQuery(scope = StoryScope(), order = StoryOrder.TIME)
            val page = overview.stories(stories).rows.size
            time("a page of $page stories", overview.timeStories(stories, TIMES)) { overview.stories(stories) }
            time("an article of 60 blocks", overview.timeArticle(sixty, TIMES)) { overview.article(sixty) }
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

    private companion object {
        /** Runs in the core, to compare with. */
        const val TIMES = 3_000u
    }

    /** Asked of the store, which has nothing of it. */
    private val nowhere = java.net.URI("https://nowhere.example/")

    /** [inCore] are the nanoseconds that the core itself takes for the same. */
    private suspend fun time(what: String, inCore: ULong = 0u, call: suspend () -> Unit) {
        repeat(3_000) { call() }
        val took =
            List(3_000) {
                val begun = System.nanoTime()
                call()
                System.nanoTime() - begun
            }
                .sorted()
        val (median, core) = took[1_500] / 1e3 to inCore.toDouble() / 1e3
        val crossing = if (inCore > 0u) ", %.1f of it in the core, %.1f to cross".format(core, median - core) else ""
        println("bench Kotlin: %s: median %.1f µs, 95 %% %.1f µs%s".format(what, median, took[2_850] / 1e3, crossing))
    }
}

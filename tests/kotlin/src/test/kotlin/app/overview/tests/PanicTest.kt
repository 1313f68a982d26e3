package app.overview.tests

import app.overview.bindings.ArticleQuery
import app.overview.bindings.InternalException
import app.overview.bindings.Mark
import app.overview.bindings.Overview
import app.overview.bindings.OverviewException
import app.overview.bindings.Scope
import app.overview.bindings.SyncRequest
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class PanicTest {
    @Test
    fun `a panic of the library is an exception, and the app goes on with an intact store`() = runTest {
        val folder = World.newFolder()
        Overview.open(World.options(folder)).use { overview ->
            overview.sync(SyncRequest(countries = listOf("UA"))).use { it.result() }
            val id = overview.articles(ArticleQuery()).rows.first().id
            overview.mark(listOf(id), Mark.Save)

            val told = assertThrows<OverviewException.Unexpected> { overview.panicInQuery() }
            assertTrue("a fault that was asked for" in told.reason)
            assertThrows(InternalException::class.java) { overview.panicAtOnce() }

            assertNull(overview.doctor().damage)
            overview.mark(listOf(id), Mark.Read)
            overview.shutdown()
        }
        Overview.open(World.options(folder)).use { overview ->
            val saved = overview.articles(ArticleQuery(scope = Scope(saved = true))).rows
            assertEquals(listOf(true), saved.map { it.state.read })
        }
    }
}

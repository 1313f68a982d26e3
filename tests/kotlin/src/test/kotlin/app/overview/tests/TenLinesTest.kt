package app.overview.tests

import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class TenLinesTest {
    @Test
    fun `the ten lines of the README give headlines`() = runTest {
        val headlines = headlines("KE", World.options())
        assertTrue("Twenty Scripts: Where nobody is" in headlines, "$headlines")
        assertEquals(10, headlines.size)
    }
}

package app.overview.tests

import app.overview.bindings.OverviewException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assertions.fail

/** What a call throws: exactly this case, with a sentence that says why. */
suspend inline fun <reified E : OverviewException> assertThrows(call: suspend () -> Unit): E {
    try {
        call()
    } catch (error: OverviewException) {
        assertEquals(E::class, error::class, error.toString())
        assertTrue(error.message!!.length > "reason=".length, "it says nothing")
        return error as E
    }
    fail<Unit>("nothing was thrown")
    throw AssertionError()
}

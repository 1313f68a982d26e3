package app.overview.tests

import app.overview.bindings.LogLevel
import app.overview.bindings.LogRecord
import app.overview.bindings.LogSink
import app.overview.bindings.setLogSink
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class LogTest {
    @Test
    fun `what the library does reaches the app's log, also after the log failed`() = runTest {
        val records = Channel<LogRecord>(Channel.UNLIMITED)
        val sink =
            object : LogSink {
                override fun log(record: LogRecord) {
                    records.trySend(record)
                    throw IllegalStateException("a fault of the app")
                }
            }
        setLogSink(sink)
        try {
            repeat(2) {
                World.open().close()
                val record = records.receive()
                assertEquals(LogLevel.INFO, record.level)
                assertEquals("overview_bindings::overview", record.target)
                assertTrue(record.text.startsWith("opened version="), record.text)
            }
        } finally {
            setLogSink(null)
        }
    }
}

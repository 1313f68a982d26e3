package app.overview.tests.kit

import app.overview.bindings.Overview
import app.overview.kit.Kit
import app.overview.kit.LiveCore
import app.overview.kit.MemoryPreferences
import app.overview.kit.Surroundings
import app.overview.tests.World
import java.io.File
import java.time.Instant
import java.time.ZoneOffset
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Both kits say the same: tests/kits/words.json. */
class WordsTest {
    private val now = Instant.parse("2026-11-28T12:00:00Z")

    @Test
    fun `ages, sizes, numbers and languages`() = runBlocking {
        val expected =
            Json.parseToJsonElement(File(System.getProperty("overview.scenarios")).resolveSibling("words.json").readText())
                .jsonObject
        fun each(name: String) = expected.getValue(name).jsonArray.map { it.jsonObject }
        fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.content
        fun JsonObject.number(name: String) = getValue(name).jsonPrimitive.long
        // A language without words is shown in English.
        for (language in listOf("en", "en-GB", "tlh")) {
            val surroundings = Surroundings(language, ZoneOffset.UTC) { now }
            val core = LiveCore(Overview.open(World.options()))
            val kit = Kit(core, surroundings, MemoryPreferences(), this)
            val wording = kit.wording
            for (case in each("ages")) {
                val of = now.minusSeconds(case.number("seconds"))
                assertEquals(case.text("age"), wording.age(of))
                assertEquals(case.text("spoken"), wording.spokenAge(of))
            }
            assertEquals(expected.text("moment"), wording.moment(now))
            for (case in each("sizes")) assertEquals(case.text("size"), wording.size(case.number("bytes")))
            for (case in each("numbers")) assertEquals(case.text("text"), wording.number(case.number("number")))
            for (case in each("languages")) {
                assertEquals(case.text("name"), wording.language(case.text("code")))
                assertEquals(case.text("own"), wording.ownName(case.text("code")))
            }
            kit.lifecycle.shutdown()
        }
    }
}

package app.overview.tests.kit

import java.io.File
import java.util.concurrent.Executors
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance

/**
 * Both kits show the same for the same world: tests/kits/scenarios.json. With OVERVIEW_RECORD set the
 * file is written anew, to be reviewed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenariosTest {
    private val file = File(System.getProperty("overview.scenarios"))
    private val isRecording = System.getenv("OVERVIEW_RECORD") != null
    private val recorded = mutableListOf<JsonElement>()

    @TestFactory
    fun scenarios(): List<DynamicTest> =
        Json.parseToJsonElement(file.readText()).jsonObject.getValue("scenarios").jsonArray.map {
            val scenario = it.jsonObject
            val name = scenario.getValue("name").jsonPrimitive.content
            dynamicTest(name) { play(name, scenario.getValue("steps").jsonArray.map { step -> step.jsonObject }) }
        }

    private fun play(name: String, steps: List<JsonObject>) {
        // One thread, as the main one of an app.
        Executors.newSingleThreadExecutor().asCoroutineDispatcher().use { main ->
            val scope = CoroutineScope(SupervisorJob() + main)
            runBlocking(main) {
                val reader = Reader(scope)
                reader.open()
                val done =
                    steps.mapIndexed { at, step ->
                        reader.step(step)
                        val expected = step["expect"]?.jsonArray?.map { it.jsonPrimitive.content }
                        if (expected == null) step
                        else check(reader, step, expected, "$name, step ${at + 1}")
                    }
                recorded += JsonObject(mapOf("name" to JsonPrimitive(name), "steps" to JsonArray(done)))
                reader.close()
            }
        }
    }

    /** What is told of a change comes a moment later: until it is shown, ten seconds at most. */
    private suspend fun check(
        reader: Reader,
        step: JsonObject,
        expected: List<String>,
        where: String,
    ): JsonObject {
        val screen = step["show"]?.jsonPrimitive?.content ?: step.getValue("do").jsonPrimitive.content.substringBefore('.')
        if (isRecording) {
            delay(1_500)
            return JsonObject(step + ("expect" to JsonArray(reader.show(screen).map(::JsonPrimitive))))
        }
        repeat(500) {
            if (reader.show(screen) == expected) return step
            delay(20)
        }
        assertEquals(expected.joinToString("\n"), reader.show(screen).joinToString("\n"), where)
        return step
    }

    @AfterAll
    fun record() {
        if (!isRecording) return
        val pretty = Json { prettyPrint = true; prettyPrintIndent = "  " }
        val all = JsonObject(mapOf("scenarios" to JsonArray(recorded)))
        file.writeText(pretty.encodeToString(JsonElement.serializer(), all) + "\n")
    }
}

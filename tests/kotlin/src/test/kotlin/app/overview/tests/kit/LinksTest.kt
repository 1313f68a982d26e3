package app.overview.tests.kit

import app.overview.kit.Link
import app.overview.kit.Links
import java.io.File
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Both kits read addresses alike: tests/kits/links.json. */
class LinksTest {
    private val expected =
        Json.parseToJsonElement(File(System.getProperty("overview.scenarios")).resolveSibling("links.json").readText()).jsonObject
    private val links = Links(expected.text("host")!!)

    private fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.contentOrNull

    private fun said(link: Link?) =
        when (link) {
            is Link.Story -> "story ${link.id}"
            is Link.Country -> "country ${link.code}"
            is Link.Page -> "page ${link.host}"
            Link.Offline -> "offline"
            null -> null
        }

    @Test
    fun addresses() {
        for (case in expected.getValue("addresses").jsonArray.map { it.jsonObject })
            assertEquals(case.text("link"), said(links.of(case.text("address")!!)), case.text("address"))
    }

    @Test
    fun `texts that were shared`() {
        for (case in expected.getValue("shared").jsonArray.map { it.jsonObject })
            assertEquals(case.text("link"), said(links.inText(case.text("text")!!)), case.text("text"))
    }
}

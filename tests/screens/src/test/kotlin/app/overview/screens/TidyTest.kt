package app.overview.screens

import java.io.File
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** A view draws what the kit says and calls what the kit does: what the sources of `ui` may not hold. */
class TidyTest {
    private val sources = File(System.getProperty("overview.ui")).walk().filter { it.extension == "kt" }.toList()
    /** Drawings: numbers and paths, no words. */
    private val drawings = setOf("Icons.kt", "Shapes.kt", "Palette.kt", "Type.kt")

    private fun lines() =
        sources.flatMap { file ->
            file.readLines().mapIndexed { at, line -> Triple(file.name, at + 1, line.substringBefore("//").replace(Regex("""\$\{[^}]*}|\$\w+"""), "").trim()) }
        }.filterNot { (_, _, line) -> line.startsWith("*") || line.startsWith("/**") }

    private fun none(what: String, forbidden: Regex, except: (String, String) -> Boolean = { _, _ -> false }) {
        val found = lines().filter { (name, _, line) -> forbidden.containsMatchIn(line) && !except(name, line) }
        assertEquals(emptyList<String>(), found.map { (name, at, line) -> "$name:$at $line" }, what)
    }

    @Test
    fun `there are sources`() = assertEquals(true, sources.size > 20)

    @Test
    fun `nothing of a platform`() =
        none("compiles for a phone and for a desktop", Regex("""^import (android\.|java\.awt|javax\.|org\.jetbrains\.(skia|skiko))"""))

    @Test
    fun `no files, network, database, dates`() =
        none(
            "the core does that",
            Regex("""^import java\.(io|nio\.(file|channels)|net\.(?!URI$)|sql|time|text)|\bSELECT\b|https?://|\.openConnection|java\.util\.(Date|Calendar|Locale)"""),
        )

    @Test
    fun `no library but through the kit, save values`() =
        none(
            "models are asked, not the library",
            Regex("""^import app\.overview\.bindings\.(Overview|SyncTask|PackTask|OpenOptions|StoryQuery|SyncRequest|PackRequest)\b"""),
        )

    @Test
    fun `no words of their own`() =
        none("what people read is in kit-strings", Regex("""^[^"]*("[^"]*"[^"]*)*?"[^"]*[A-Za-z]{2}[^"]*"(?=[^"]*("[^"]*"[^"]*)*$)""")) { name, line ->
            name in drawings || name == "Navigator.kt" || line.startsWith("import") ||
                // Names of things, not said to anybody.
                Regex("""(const val [A-Z_]+ = "|@(Suppress|OptIn)|error\("there |fontFeatureSettings)""").containsMatchIn(line)
        }

    @Test
    fun `no strings put together`() =
        none("sentences are the kit's", Regex("""joinToString|String\.format|\.format\(|buildString|"\s*\+|\+\s*"""")) { name, _ -> name in drawings }

    @Test
    fun `no sums over what models say`() =
        none(
            "what is shown is counted in the kit",
            Regex("""\b(shown|story|country|take|publisher|article|coverage|countries|state)\.[a-zA-Z.]+(\(\))? *[-+*/%] *\w|\.(sumOf|count|average|sortedBy|groupBy) *[({]"""),
        ) { name, _ -> name == "CoverageBar.kt" }
}

package app.overview.screens

import java.io.File
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/**
 * A view draws what the kit says and calls what the kit does: what the sources of `ui` may not hold. Each
 * rule comes with lines that it must catch, so that a rule that catches nothing is noticed.
 */
class TidyTest {
    private val sources = File(System.getProperty("overview.ui")).walk().filter { it.extension == "kt" }.toList()
    /** Drawings: numbers and paths, no words. */
    private val drawings = setOf("Icons.kt", "Shapes.kt", "Palette.kt", "Type.kt")

    /** Without a comment; what follows the colon of an address is none. */
    private fun code(line: String) = line.replace(Regex("""(?<!:)//.*"""), "").trim()

    private fun withoutTemplates(line: String) = line.replace(Regex("""\$\{[^}]*}|\$\w+"""), "")

    private fun lines() =
        sources.flatMap { file -> file.readLines().mapIndexed { at, line -> Triple(file.name, at + 1, code(line)) } }
            .filterNot { (_, _, line) -> line.startsWith("*") || line.startsWith("/**") }

    private fun none(what: String, forbidden: Regex, planted: List<String>, read: (String) -> String = { it }, except: (String, String) -> Boolean = { _, _ -> false }) {
        for (line in planted) assertTrue(forbidden.containsMatchIn(read(code(line))) && !except("Planted.kt", line), "not caught: $line")
        val found = lines().filter { (name, _, line) -> forbidden.containsMatchIn(read(line)) && !except(name, line) }
        assertEquals(emptyList<String>(), found.map { (name, at, line) -> "$name:$at $line" }, what)
    }

    @Test
    fun `there are sources`() = assertEquals(true, sources.size > 20)

    @Test
    fun `nothing of a platform`() =
        none(
            "compiles for a phone and for a desktop",
            Regex("""(^import |[^\w."])(android\.[a-z]|java\.awt|javax\.|org\.jetbrains\.(skia|skiko))"""),
            listOf("import android.content.Intent", "import java.awt.Desktop", "val at = android.os.Build.VERSION.SDK_INT"),
        )

    @Test
    fun `no files`() =
        none(
            "the core keeps",
            Regex("""\bjava\.(io|nio)\b|\bkotlin\.io\b|\bokio\.|(?<![\w.])(File|Files|Paths|FileInputStream|FileOutputStream|RandomAccessFile)[.(:]|\.(readText|readBytes|readLines|writeText|writeBytes|inputStream|outputStream)\("""),
            listOf("import java.io.File", "val kept = File(folder, name)", "java.nio.file.Files.exists(path)", "kotlin.io.path.Path(name)", "picture.file.readBytes()"),
        )

    @Test
    fun `no network`() =
        none(
            "the core fetches",
            Regex("""\bjava\.net\.(?!URI\b)|\bokhttp|\bio\.ktor\b|\bHttpClient\b|\bHttpURLConnection\b|(?<![\w.])(URL|Socket)\(|\.open(Connection|Stream)\(|https?://"""),
            listOf("import java.net.http.HttpClient", "val page = java.net.URL(address)", "URL(address).openStream()", "get(\"https://overview.example/\")", "import okhttp3.OkHttpClient"),
        )

    @Test
    fun `no database`() =
        none(
            "the core asks",
            Regex("""\bjava\.sql\b|\bandroid\.database\b|\bsqlite\b|\b(select\s+[\w*].*\sfrom\s|insert\s+into\s|delete\s+from\s|update\s+\w+\s+set\s)""", RegexOption.IGNORE_CASE),
            listOf("val all = \"SELECT * FROM article\"", "run(\"insert into mark values (1)\")", "\"update story set read = 1\"", "import java.sql.DriverManager"),
        )

    @Test
    fun `no clock and no dates`() =
        none(
            "the kit says when",
            Regex("""\bjava\.(time|text)\b|\bjava\.util\.(Date|Calendar|Locale|TimeZone)\b|\bkotlinx\.datetime\b|\b(Instant|LocalDate|LocalDateTime|ZonedDateTime|DateTimeFormatter|SimpleDateFormat|Duration)[.(]|\bSystem\.(currentTimeMillis|nanoTime)"""),
            listOf("import java.time.Instant", "java.time.Duration.between(a, b)", "SimpleDateFormat(pattern)", "val now = System.currentTimeMillis()", "Instant.now()"),
        )

    @Test
    fun `no library but through the kit, save values`() =
        none(
            "models are asked, not the library",
            Regex("""\bapp\.overview\.bindings\.(Overview|SyncTask|PackTask|ModelTask|OpenOptions|[A-Za-z]*Query|[A-Za-z]*Request|Globe|globe[A-Z]\w*)\b"""),
            listOf("import app.overview.bindings.Overview", "import app.overview.bindings.StoryQuery", "import app.overview.bindings.globeFly"),
        )

    @Test
    fun `no words of their own`() =
        none(
            "what people read is in kit-strings",
            Regex("""^[^"]*("[^"]*"[^"]*)*?"[^"]*[A-Za-z]{2}[^"]*"(?=[^"]*("[^"]*"[^"]*)*$)"""),
            listOf("Text(\"Unread\")", "contentDescription = \"Go back\"", "Text(\"\$count unread\")"),
            ::withoutTemplates,
        ) { name, line ->
            name in drawings || name == "Navigator.kt" || line.startsWith("import") ||
                // Names of things, not said to anybody.
                Regex("""(const val [A-Z_]+ = "|@(Suppress|OptIn)|error\("there |fontFeatureSettings)""").containsMatchIn(line)
        }

    @Test
    fun `no strings put together`() =
        none(
            "sentences are the kit's",
            Regex("""joinToString|String\.format|\.format\(|buildString|StringBuilder|"\s*\+|\+\s*"|"[^"]*\$[^"]*""""),
            listOf("Text(name + \", \" + country)", "val said = \"\$name \$age\"", "Text(\"\${shown.unread}/\${shown.all}\")", "kinds.joinToString()", "buildString { append(name) }"),
        ) { name, line ->
            // Keys of screens and their models.
            name in drawings || name == "Navigator.kt" || Regex("""rememberModel\("\${'$'}key#|startsWith\("\${'$'}it#"\)""").containsMatchIn(line)
        }

    @Test
    fun `no sums over what models say`() =
        none(
            "what is shown is counted in the kit",
            Regex(
                """\b(shown|state|story|country|take|publisher|article|coverage|countries|card|mute|hidden|found|place|language|engine|ready|offer|condition|region|stories|found)(\.value)?\.[a-zA-Z.]+(\(\))? *[-+*/%] *[\w(]|[\w)] *[-+*/%] *(shown|state|story|country|coverage|ready|language)\.[a-z]|\.(sumOf|average|sortedBy|sortedWith|groupBy|groupingBy|fold|reduce)\b *[({]|\.count *[({]"""
            ),
            listOf("val rest = shown.all - shown.read", "Meter(story.done / story.planned)", "coverage.of * 2", "shown.stories.size + 1", "shown.stories.count { it.isUnread }", "countries.sumOf { it.unread }", "1 - ready.fraction", "shown.stories.sortedBy { it.age }"),
        ) { name, _ -> name == "CoverageBar.kt" }
}

package app.overview.app

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Document
import org.w3c.dom.Element

/** What the package says of itself, read off its sources. Maven runs this in android/app. */
class PackagingTest {
    private val main = File("src/main")

    private fun xml(file: File): Document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file)

    private fun Document.all(tag: String) =
        getElementsByTagName(tag).let { found -> (0 until found.length).map { found.item(it) as Element } }

    private val application get() = xml(main.resolve("AndroidManifest.xml")).all("application").single()

    @Test fun `what was read is backed up, and what can be fetched again is not`() {
        assertEquals("true", application.getAttribute("android:allowBackup"))
        assertEquals("@xml/backup", application.getAttribute("android:fullBackupContent"))
        assertEquals("@xml/data_extraction", application.getAttribute("android:dataExtractionRules"))
        fun includes(of: Element) =
            of.getElementsByTagName("include").let { found ->
                (0 until found.length).map { found.item(it) as Element }.map { it.getAttribute("domain") to it.getAttribute("path") }.toSet()
            }
        val rules = xml(main.resolve("res/xml/data_extraction.xml"))
        // Of all that AppTest finds in the folder these alone: what is not included is left out.
        val kept = BACKED_UP.map { "file" to "overview/$it" }.toSet()
        assertEquals(kept, includes(xml(main.resolve("res/xml/backup.xml")).documentElement))
        assertEquals(kept, includes(rules.all("cloud-backup").single()))
        assertEquals(kept, includes(rules.all("device-transfer").single()))
    }

    @Test fun `the system is told of every language there are words in`() {
        assertEquals("@xml/locales", application.getAttribute("android:localeConfig"))
        val told = xml(main.resolve("res/xml/locales.xml")).all("locale").map { it.getAttribute("android:name") }.toSet()
        val words = File("../../kit-strings").listFiles { file -> file.extension == "json" }!!.map { it.nameWithoutExtension }.toSet() - "own-names"
        assertEquals(words, told)
    }

    @Test fun `predictive back, an adaptive icon of ours, no open text on the network`() {
        assertEquals("true", application.getAttribute("android:enableOnBackInvokedCallback"))
        assertEquals("false", application.getAttribute("android:usesCleartextTraffic"))
        assertEquals("false", application.getAttribute("android:extractNativeLibs"))
        assertEquals("true", application.getAttribute("android:supportsRtl"))
        val icon = xml(main.resolve("res/mipmap-anydpi-v26/icon.xml")).documentElement
        assertEquals("adaptive-icon", icon.tagName)
        for (layer in listOf("background", "foreground", "monochrome")) assertEquals(layer, 1, icon.getElementsByTagName(layer).length)
    }

    /** Shown from the touch on the icon to the first frame; on Android 12 with the icon on it. */
    @Test fun `the splash has the ground of the first screen, by day and by night`() {
        assertEquals("@style/Start", application.getAttribute("android:theme"))
        val palette = File("../ui/src/main/kotlin/app/overview/ui/theme/Palette.kt").readText()
        for (folder in listOf("values", "values-night")) {
            val theme = xml(main.resolve("res/$folder/theme.xml"))
            assertEquals(listOf("@color/page"), theme.all("item").filter { it.getAttribute("name") == "android:windowBackground" }.map { it.textContent })
            val page = theme.all("color").single { it.getAttribute("name") == "page" }.textContent.removePrefix("#")
            assertTrue("$page is a ground of the screens", palette.contains("background = Color(0x$page)"))
        }
    }

    @Test fun `newer attributes have the numbers that Android gave them`() {
        val numbers = Regex("^0x([0-9a-f]{8}) (\\w+) \\w+$", RegexOption.MULTILINE).findAll(File("framework.sh").readText()).toList()
        assertTrue(numbers.isNotEmpty())
        for (match in numbers) {
            val (number, name) = match.destructured
            assertEquals(name, android.R.attr::class.java.getField(name).getInt(null), number.toLong(16).toInt())
        }
    }

    @Test fun `Gradle builds with the versions that Maven does`() {
        val catalogue = File("../gradle/libs.versions.toml").readText()
        val versions = Regex("^(\\w+) = \"([^\"]+)\"$", RegexOption.MULTILINE).findAll(catalogue.substringBefore("[libraries]")).associate { it.groupValues[1] to it.groupValues[2] }
        val properties = xml(File("../pom.xml")).all("properties").first()
        fun property(name: String) = properties.getElementsByTagName(name).item(0).textContent
        assertEquals(property("kotlin.version"), versions["kotlin"])
        assertEquals(property("coroutines.version"), versions["coroutines"])
        assertEquals(property("jna.version"), versions["jna"])
        val androidx = xml(File("../androidx/pom.xml")).all("dependency").associate {
            fun text(tag: String) = it.getElementsByTagName(tag).item(0)?.textContent.orEmpty()
            "${text("groupId")}:${text("artifactId")}" to text("version")
        }
        val libraries = Regex("module = \"(androidx[^\"]+)\", version.ref = \"(\\w+)\"").findAll(catalogue).toList()
        assertTrue(libraries.isNotEmpty())
        for (match in libraries) {
            val (module, version) = match.destructured
            // Gradle finds the artifact for Android by itself, Maven is told.
            assertEquals(module, androidx[module] ?: androidx["$module-android"], versions[version])
        }
    }

    @Test fun `Gradle and Maven say the same of the package`() {
        val gradle = File("build.gradle.kts").readText()
        val link = File("link.sh").readText()
        fun number(name: String) = Regex("$name = (\\d+)").find(gradle)!!.groupValues[1]
        assertTrue("--min-sdk-version ${number("minSdk")} --target-sdk-version ${number("targetSdk")} --version-code ${number("versionCode")}" in link)
        assertTrue("--compile-sdk-version-code ${number("compileSdk")}" in link)
        assertTrue("\"--platform\", \"${number("minSdk")}\"" in gradle)
    }
}

/** Of the app's folder: the store with what was read, and the settings. */
internal val BACKED_UP = listOf("overview.db", "overview.db-wal", "choices.properties")

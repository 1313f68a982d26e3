package app.overview.desktop

import app.overview.bindings.OpenOptions
import app.overview.bindings.PlatformTranslator
import java.io.File
import java.time.Instant

/** The invented publishers that a `boundary-world` process publishes on this machine, by the files that it wrote. */
class SampleWorld(private val folder: File) {
    /** What its news are of: ages are whole hours then. */
    val startedAt: Instant = Instant.ofEpochMilli(folder.resolve("started.txt").readText().trim().toLong())

    fun options(dataDir: File, hasNetwork: Boolean = true) =
        OpenOptions(
            dataDir = dataDir,
            catalogue = folder.resolve("sample.json").readText(),
            allowPrivateAddresses = true,
            hosts = if (hasNetwork) hosts() else hosts().mapValues { folder.resolve("nobody.txt").readText() },
        )

    /** The English that comes with the invented articles, as if the device had translated them. */
    fun translator(): PlatformTranslator =
        object : PlatformTranslator {
            private val english = table("english.tsv")

            override fun supports(language: String) = ""

            override fun translate(language: String, texts: List<String>) = texts.map { english[it] ?: it }
        }

    private fun hosts() = table("hosts.tsv")

    /** A file of two columns. */
    private fun table(name: String): Map<String, String> =
        folder.resolve(name).readLines().associate { it.substringBefore('\t') to it.substringAfter('\t') }
}

package app.overview.desktop

import app.overview.bindings.OpenOptions
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

    private fun hosts() =
        folder.resolve("hosts.tsv").readLines().associate { it.substringBefore('\t') to it.substringAfter('\t') }
}

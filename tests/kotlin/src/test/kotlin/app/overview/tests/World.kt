package app.overview.tests

import app.overview.bindings.CountryCode
import app.overview.bindings.OpenOptions
import app.overview.bindings.Overview
import app.overview.bindings.SyncRequest
import java.io.File
import kotlin.io.path.createTempDirectory

/** The loopback world that `tests/suites.sh` started, and stores that read it. */
object World {
    /** Its folder: catalogue.json, hosts.tsv, scripts.tsv. */
    private val folder = File(System.getProperty("overview.world"))

    /** A file of two columns. */
    fun table(name: String): List<Pair<String, String>> =
        folder.resolve(name).readLines().map { it.substringBefore('\t') to it.substringAfter('\t') }

    /** A file system of a few kilobytes, where one could be mounted. */
    val smallDisk: File? = folder.resolve("small").takeIf { folder.resolve("small.mounted").exists() }

    /** A folder of its own for one store, where the next run clears it away. */
    fun newFolder(): File = createTempDirectory(folder.toPath(), "store").toFile()

    fun options(dataDir: File = newFolder()) =
        OpenOptions(
            dataDir = dataDir,
            catalogue = folder.resolve("catalogue.json").readText(),
            allowPrivateAddresses = true,
            hosts = table("hosts.tsv").toMap(),
        )

    /** An empty store that reads the world. */
    suspend fun open(): Overview = Overview.open(options())

    /** A store with the news of some countries. */
    suspend fun synced(vararg countries: CountryCode): Overview =
        open().also { overview ->
            overview.sync(SyncRequest(countries = countries.toList())).use { it.result() }
        }
}

package app.overview.app

import app.overview.bindings.OpenOptions
import app.overview.bindings.Overview
import app.overview.bindings.PackRequest
import app.overview.bindings.PlatformTranslator
import app.overview.bindings.SyncRequest
import app.overview.kit.Core
import app.overview.kit.FilePreferences
import app.overview.kit.Kit
import app.overview.kit.LiveCore
import app.overview.kit.Surroundings
import java.io.File
import java.time.Instant
import java.time.ZoneOffset
import kotlin.io.path.createTempDirectory
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.runBlocking

/** The invented publishers that a `boundary-world` process publishes, and a store that has read them, made once. */
internal object World {
    private val folder = File(System.getProperty("overview.world"))
    private val startedAt = Instant.ofEpochMilli(folder.resolve("started.txt").readText().trim().toLong())
    val surroundings = Surroundings("en", ZoneOffset.UTC) { startedAt }

    fun options(dataDir: File) =
        OpenOptions(
            dataDir = dataDir,
            catalogue = folder.resolve("sample.json").readText(),
            allowPrivateAddresses = true,
            hosts = table("hosts.tsv"),
        )

    val COUNTRIES = listOf("KE", "DE", "EG", "JP", "BR")

    suspend fun open(dataDir: File): Overview =
        Overview.open(options(dataDir)).also { it.setPlatformTranslator(translator) }

    val read: File by lazy {
        createTempDirectory(folder.toPath(), "read").toFile().also { folder ->
            runBlocking {
                val overview = open(folder)
                for (code in COUNTRIES) overview.followCountry(code, true)
                overview.sync(SyncRequest(countries = COUNTRIES)).use { it.result() }
                overview.use { it.shutdown() }
            }
        }
    }

    private val english by lazy { table("english.tsv") }
    private val translator =
        object : PlatformTranslator {
            override fun supports(language: String) = ""

            override fun translate(language: String, texts: List<String>) = texts.map { english[it] ?: it }
        }

    private fun table(name: String) =
        folder.resolve(name).readLines().associate { it.substringBefore('\t') to it.substringAfter('\t') }
}

/** The app on the sample world, as of when that began. */
internal class SampleApp : App() {
    val folder by lazy { filesDir.resolve("overview").also { World.read.copyRecursively(it) } }
    lateinit var overview: Overview

    /** What the library was asked to fetch. */
    val syncs = mutableListOf<SyncRequest>()
    val packs = mutableListOf<PackRequest>()

    private var opened: Deferred<Kit>? = null
    override val kit: Deferred<Kit> get() = opened ?: open().also { opened = it }

    /** As another process of the app would. */
    fun begin() {
        opened = null
    }

    override fun surroundings() = World.surroundings

    override suspend fun openKit(): Kit {
        overview = World.open(folder)
        return Kit(Recording(LiveCore(overview)), surroundings(), FilePreferences(folder.resolve("choices.properties")), scope)
    }

    private inner class Recording(private val live: Core) : Core by live {
        override fun sync(request: SyncRequest) = live.sync(request).also { syncs += request }

        override fun pack(request: PackRequest) = live.pack(request).also { packs += request }
    }
}

package app.overview.kit

import app.overview.bindings.MovedCounts
import app.overview.bindings.MovingProgress
import app.overview.bindings.MovingReport
import app.overview.bindings.OpmlReport
import app.overview.bindings.OpmlRequest
import java.io.File
import java.io.IOException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** A file that a person picked, or has asked for. Screens pass it on and do not open it. */
typealias PersonFile = File

/** What such a file is. */
enum class FileKind(
    /** Its media type. */
    val type: String
) {
    /** All that is the person's own. */
    MOVE("application/octet-stream"),
    /** A list of feeds. */
    LIST("text/x-opml"),
}

/** What is done with a file that is to be written, and whether it got to where the person wants it. */
typealias Placing = suspend (write: suspend (PersonFile) -> Boolean) -> Boolean

/** It did not get there. */
internal class FileNotWritten(cause: Throwable? = null) : IOException(cause)

data class MovingState(
    val title: String = "",
    val isMoving: Boolean = false,
    /** "256 of 1,204 things". */
    val progressText: String = "",
    /** 0 to 1. */
    val fraction: Double = 0.0,
    /** What came of it: a sentence, and what moved. */
    val resultText: String? = null,
    val facts: String = "",
    /** What of a list could not be taken over, and why. */
    val faults: List<String> = emptyList(),
    /** "3 feeds have no country: choose one"; taking the list over again with a country takes those. */
    val countryText: String? = null,
    /** To choose from. */
    val countries: List<SiteCountry> = emptyList(),
    /** What a file is called before a person says otherwise: "overview.move", "overview.opml". */
    val fileName: String = "",
    val listName: String = "",
    val trouble: Trouble? = null,
)

/** All that is the person's own, to a file and from it; lists of feeds of other readers. */
class MovingModel internal constructor(kit: Kit) : Model<MovingState>(kit, MovingState()) {
    private enum class Way { OUT, IN }

    private var progress: MovingProgress? = null
    private var moved: Pair<Way, MovingReport>? = null
    private var list: OpmlReport? = null
    private var isListWritten = false
    /** What was written is on its way to where the person wants it. */
    private var isPlacing = false
    /** The list that was taken over last, to be taken over again with a country. */
    private var bytes: ByteArray? = null
    private var countries: List<SiteCountry> = emptyList()
    private var work: Work<MovingProgress, MovingReport>? = null

    fun load() {
        clear()
        render()
    }

    /** Writes everything into a file; whether it is there. */
    suspend fun moveOut(file: File): Boolean = move(Way.OUT) { kit.core.moveOut(file) }

    /** The same, to where [place] puts it; nothing when the person changed their mind. */
    suspend fun moveOutTo(place: Placing) = put(place, ::moveOut)

    private suspend fun put(place: Placing, write: suspend (File) -> Boolean) {
        var isWritten = false
        isPlacing = true
        val isThere = place { file -> write(file).also { isWritten = it } }
        isPlacing = false
        if (isWritten && !isThere) {
            forget()
            attempt<Unit> { throw FileNotWritten() }
        }
        render()
    }

    /** Puts what such a file has together with what is here. */
    suspend fun moveIn(file: File): Boolean = move(Way.IN) { kit.core.moveIn(file) }

    private suspend fun move(
        way: Way,
        begin: () -> Work<MovingProgress, MovingReport>,
    ): Boolean {
        if (work != null) return false
        clear()
        forget()
        val report = attempt {
            kit.keepChoices()
            begin().use { task ->
                work = task
                try {
                    task.follow {
                        progress = it
                        render()
                    }
                } finally {
                    work = null
                }
            }
        }
        progress = null
        moved = report?.let { way to it }
        if (way == Way.IN && report != null) attempt { kit.takeChoices() }
        render()
        return report?.cancelled == false
    }

    /** Ends it; then there is no file, or nothing was changed. */
    fun cancel() {
        work?.cancel()
    }

    /** What came of the one before is said no more. */
    private fun forget() {
        moved = null
        list = null
        isListWritten = false
    }

    /** Takes a list of feeds over (OPML): the bytes of a file. */
    suspend fun takeList(bytes: ByteArray, country: String? = null) {
        clear()
        forget()
        this.bytes = bytes
        list = attempt { kit.core.importOpml(bytes, OpmlRequest(country)) }
        if (countries.isEmpty()) countries = attempt { kit.core.siteCountries() }.orEmpty()
        render()
    }

    /** The same of a file. */
    suspend fun takeList(file: File) {
        val bytes = attempt { withContext(Dispatchers.IO) { file.readBytes() } } ?: return
        takeList(bytes)
    }

    /** The list that was taken over last, and what of it has no country goes to this one. */
    suspend fun takeListTo(country: String) = bytes?.let { takeList(it, country) }

    /** Writes what is followed and what was added, as a list that other readers understand; whether it is there. */
    suspend fun giveList(file: File): Boolean {
        clear()
        forget()
        attempt {
            val list = kit.core.exportOpml()
            try {
                withContext(Dispatchers.IO) { file.writeText(list) }
            } catch (error: IOException) {
                throw FileNotWritten(error)
            }
            isListWritten = true
        }
        render()
        return isListWritten
    }

    /** The same, to where [place] puts it. */
    suspend fun giveListTo(place: Placing) = put(place, ::giveList)

    override fun render() {
        val now = progress
        val list = list
        show(
            MovingState(
                title = words.movingTitle,
                isMoving = now != null,
                progressText =
                    now?.let {
                        words.movingProgress(it.planned.toLong(), wording.number(it.done.toLong()))
                    } ?: "",
                fraction =
                    now?.takeIf { it.planned > 0u }
                        ?.let { it.done.toDouble() / it.planned.toDouble() } ?: 0.0,
                resultText =
                    if (isPlacing) null
                    else moved?.let { (way, report) -> result(way, report) } ?: words.movingListWritten.takeIf { isListWritten },
                facts =
                    moved?.let { (_, report) -> facts(report.counts) } ?: list?.let(::facts) ?: "",
                faults = list?.faults.orEmpty().map { wording.list(it.title.ifEmpty { it.address }, it.why) },
                countryText =
                    list?.takeIf { it.withoutCountry > 0u }
                        ?.let { words.movingListCountryless(it.withoutCountry.toLong()) },
                countries = countries,
                fileName = "overview.move",
                listName = "overview.opml",
                trouble = trouble,
            )
        )
    }

    private fun result(way: Way, report: MovingReport): String {
        if (report.cancelled) return words.movingCancelled
        val said =
            when {
                way == Way.OUT -> words.movingOut
                facts(report.counts).isEmpty() -> words.movingNothing
                else -> words.movingIn
            }
        val leftOut = report.counts.leftOut.toLong()
        return if (leftOut == 0L) said else "$said ${words.movingLeftOut(leftOut)}"
    }

    private fun facts(of: MovedCounts): String {
        return wording.facts(
            wording.some(of.own, words::movingOwn),
            wording.some(of.follows, words::movingFollows),
            wording.some(of.mutes, words::movingMutes),
            wording.some(of.settings, words::movingSettings),
            wording.some(of.marks, words::movingMarks),
            wording.some(of.articles, words::movingArticles),
        )
    }

    private fun facts(of: OpmlReport): String =
        wording.facts(
            words.movingListAdded(of.added.toLong()),
            words.movingListFollowed(of.followed.toLong()),
            words.movingListKnown(of.known.toLong()).takeIf { of.known > 0u },
        )
}

package app.overview.kit

import app.overview.bindings.EngineKind
import app.overview.bindings.OverviewException
import java.io.IOException
import java.time.Duration
import java.time.Instant
import java.util.Locale

/** Values as people read them. */
class Wording internal constructor(private val surroundings: Surroundings) {
    internal val table: Table =
        tables.firstOrNull { it.language == surroundings.language }
            ?: tables.firstOrNull { it.language == surroundings.language.substringBefore('-') }
            ?: tables.first { it.language == "en" }
    val words: Words = Words(table)

    fun number(value: Long): String = table.number(value)

    /** What stands before an item of a list in an article: "3.", or a dot when its list has no numbers. */
    fun itemMark(start: Long?, at: Int): String = start?.let { words.listNumber(number(it + at)) } ?: words.listDot

    /** How long ago, in a row: "3 h". */
    fun age(of: Instant): String {
        val ago = Duration.between(of, surroundings.now())
        return when {
            ago.toMinutes() < 1 -> words.ageNow
            ago.toMinutes() < 60 -> words.ageMinutes(ago.toMinutes())
            ago.toHours() < 48 -> words.ageHours(ago.toHours())
            ago.toDays() < 7 -> words.ageDays(ago.toDays())
            else -> date(of)
        }
    }

    /** The same, to be spoken: "3 hours ago". */
    fun spokenAge(of: Instant): String {
        val ago = Duration.between(of, surroundings.now())
        return when {
            ago.toMinutes() < 1 -> words.ageSpokenNow
            ago.toMinutes() < 60 -> words.ageSpokenMinutes(ago.toMinutes())
            ago.toHours() < 48 -> words.ageSpokenHours(ago.toHours())
            ago.toDays() < 7 -> words.ageSpokenDays(ago.toDays())
            else -> date(of)
        }
    }

    /** A day; its year when it is not this one. */
    private fun date(of: Instant): String {
        val day = of.atZone(surroundings.zone)
        val month = table.months[day.monthValue - 1]
        val isThisYear = day.year == surroundings.now().atZone(surroundings.zone).year
        return if (isThisYear) words.ageDate("${day.dayOfMonth}", month)
        else words.ageDateOfYear("${day.dayOfMonth}", month, "${day.year}")
    }

    /** A day and a time of day: "28 Nov 2026, 14:05". */
    fun moment(of: Instant): String {
        val day = of.atZone(surroundings.zone)
        val time = String.format(Locale.ROOT, "%02d:%02d", day.hour, day.minute)
        return words.dateLong("${day.dayOfMonth}", table.months[day.monthValue - 1], time, "${day.year}")
    }

    /** So many bytes: "148 MB". Thousands, as phones count. */
    fun size(bytes: Long): String =
        when {
            bytes < 1_000 -> words.sizeBytes(bytes)
            bytes < 1_000_000 -> words.sizeKilobytes(bytes / 1_000)
            bytes < 1_000_000_000 -> words.sizeMegabytes(bytes / 1_000_000)
            else -> words.sizeGigabytes(bytes / 1_000_000_000)
        }

    /** A language by name: "Swahili". */
    fun language(code: String): String =
        words.language(code) ?: words.language(code.substringBefore('-')) ?: code

    /** A language as it calls itself: "Kiswahili". */
    fun ownName(code: String): String =
        ownNames[code] ?: ownNames[code.substringBefore('-')] ?: code

    /** What translated something: "Firefox Translations on this device". */
    fun engine(kind: EngineKind): String = words.engine(kind.name.lowercase()) ?: kind.name

    /** What is said of a count; nothing of none. */
    internal fun some(count: UInt, said: (Long) -> String): String? = count.toLong().takeIf { it > 0 }?.let(said)

    fun facts(vararg facts: String?): String = facts.filterNotNull().joinToString(words.joinFacts)

    fun list(vararg parts: String?): String = parts.filterNotNull().joinToString(words.joinList)

    fun sentences(vararg parts: String?): String =
        parts.filterNotNull().filter { it.isNotEmpty() }.reduceOrNull { text, part ->
            // What ends with a mark of its own needs no other.
            if (text.last() in ".!?…؟。") "$text $part" else text + words.joinSentence + part
        } ?: ""

    /** As it stands alone: its first letter large. */
    internal fun sentence(text: String): String =
        text.replaceFirstChar { it.titlecase(Locale.ROOT) }

    fun switch(name: String, isOn: Boolean): String =
        words.switchSpoken(name, if (isOn) words.switchOn else words.switchOff)

    /** What is said of a failure, and what can be done about it; nothing while the app is paused. */
    fun trouble(error: Throwable): Trouble? =
        when (error) {
            is OverviewException.Paused -> null
            is OverviewException.Offline ->
                Trouble(words.troubleOffline, TroubleAction.GO_ONLINE, words.actionGoOnline)
            is OverviewException.Unreachable ->
                Trouble(words.troubleUnreachable, TroubleAction.RETRY, words.actionRetry)
            is OverviewException.Refused ->
                Trouble(words.troubleRefused, TroubleAction.OPEN_IN_BROWSER, words.actionOpenInBrowser)
            is OverviewException.Busy -> Trouble(words.troubleBusy)
            is OverviewException.NotFound -> Trouble(words.troubleNotFound, TroubleAction.LEAVE)
            is OverviewException.Invalid -> Trouble(words.troubleInvalid)
            is OverviewException.StorageFull ->
                Trouble(words.troubleStorageFull, TroubleAction.FREE_SPACE, words.actionFreeSpace)
            is OverviewException.StorageDamaged ->
                Trouble(words.troubleStorageDamaged, TroubleAction.BEGIN_ANEW, words.actionBeginAnew)
            is OverviewException.AppTooOld ->
                Trouble(words.troubleAppTooOld, TroubleAction.UPDATE_APP, words.actionUpdateApp)
            is FileNotWritten -> Trouble(words.troubleFileNotWritten)
            is OverviewException.UnreadableFile,
            is IOException -> Trouble(words.troubleUnreadableFile)
            is OverviewException.StorageUnavailable ->
                Trouble(words.troubleStorageUnavailable, TroubleAction.RETRY, words.actionRetry)
            is OverviewException.Closed -> Trouble(words.troubleClosed)
            else -> Trouble(words.troubleUnexpected)
        }
}

/** A failure, for a banner. */
data class Trouble(
    val text: String,
    val action: TroubleAction? = null,
    /** The words on its button; none for a screen that is to be left. */
    val actionTitle: String? = null,
)

/** What an app does when the button of a trouble is pressed. */
enum class TroubleAction { GO_ONLINE, RETRY, OPEN_IN_BROWSER, LEAVE, FREE_SPACE, BEGIN_ANEW, UPDATE_APP }

package app.overview.kit

import java.io.File
import java.util.Properties

/** What a person set on this device, by name. */
interface Preferences {
    operator fun get(name: String): String?
    operator fun set(name: String, value: String)
}

/** Kept while the app runs, for suites and previews. */
class MemoryPreferences : Preferences {
    private val values = mutableMapOf<String, String>()
    override fun get(name: String): String? = values[name]
    override fun set(name: String, value: String) {
        values[name] = value
    }
}

/** Kept in a file beside the store. A file that cannot be read or written is as if nothing were set. */
class FilePreferences(private val file: File) : Preferences {
    private val values = Properties()

    init {
        runCatching { file.reader().use(values::load) }
    }

    override fun get(name: String): String? = values.getProperty(name)

    override fun set(name: String, value: String) {
        values.setProperty(name, value)
        runCatching {
            // Whole or not at all: a torn file would lose all that was set.
            val part = File(file.path + ".part")
            part.writer().use { values.store(it, null) }
            part.renameTo(file)
        }
    }
}

/** The settings that models read. */
internal class Choices(private val preferences: Preferences) {
    var isOriginalsFirst: Boolean by flag("originals_first", false)
    var isWifiOnly: Boolean by flag("wifi_only", true)
    var isOffline: Boolean by flag("offline", false)
    /** A word when whole articles have been fetched in the background. */
    var hasPackNotice: Boolean by flag("pack_notice", false)
    /** Percent of the system's size. */
    var textSize: Long by number("text_size", 100, 80..200L)
    /** Bytes that whole articles and pictures may take. */
    var packBudget: Long by number("pack_budget", 250_000_000, 10_000_000..10_000_000_000)

    /** The last first. */
    var recentSearches: List<String>
        get() = preferences["recent_searches"].orEmpty().lines().filter { it.isNotEmpty() }
        set(value) = preferences.set("recent_searches", value.joinToString("\n"))

    /** What was set of that which moves house. Whether this device is offline, and what was searched on it, does not. */
    var moving: Map<String, String>
        get() = MOVING.mapNotNull { name -> preferences[name]?.let { name to it } }.toMap()
        set(value) =
            MOVING.forEach { name -> value[name]?.let { if (it != preferences[name]) preferences[name] = it } }

    private fun flag(name: String, default: Boolean) =
        Preference(preferences, name, { it?.toBooleanStrictOrNull() ?: default }, Boolean::toString)

    private fun number(name: String, default: Long, range: LongRange) =
        Preference(
            preferences,
            name,
            { it?.toLongOrNull()?.coerceIn(range) ?: default },
            { it.coerceIn(range).toString() },
        )

    private companion object {
        val MOVING = listOf("originals_first", "wifi_only", "pack_notice", "text_size", "pack_budget")
    }
}

private class Preference<T>(
    private val preferences: Preferences,
    private val name: String,
    private val read: (String?) -> T,
    private val write: (T) -> String,
) {
    operator fun getValue(owner: Any, property: kotlin.reflect.KProperty<*>): T = read(preferences[name])
    operator fun setValue(owner: Any, property: kotlin.reflect.KProperty<*>, value: T) {
        preferences[name] = write(value)
    }
}

package app.overview.kit

import app.overview.bindings.Diagnosis
import app.overview.bindings.Mute
import app.overview.bindings.PublisherSummary
import app.overview.bindings.StorageUse
import app.overview.bindings.TranslationModel

data class SettingsState(
    val title: String = "",
    /** How many countries are followed: "7". */
    val countriesText: String = "",
    /** How many publishers are on: "41". */
    val publishersText: String = "",
    /** How many mutes hold; nothing when none does. */
    val mutedText: String = "",
    /** What the languages on this device weigh: "138 MB"; nothing when there is none. */
    val languagesText: String = "",
    val isOriginalsFirst: Boolean = false,
    val originalsFirstSpoken: String = "",
    val isWifiOnly: Boolean = true,
    val wifiOnlySpoken: String = "",
    val isOffline: Boolean = false,
    val offlineSpoken: String = "",
    /** A notice when a pack has been fetched in the background. */
    val hasPackNotice: Boolean = false,
    /** Percent of the system's size. */
    val textSize: Int = 100,
    val textSizeText: String = "",
    /** A step down and a step up. */
    val smaller: Int = 90,
    val larger: Int = 110,
    /** "250 MB". */
    val budgetText: String = "",
    /** News and what was marked: "12 MB". */
    val databaseText: String = "",
    /** Whole articles and pictures. */
    val keptText: String = "",
    /** For who helps; nothing of what was read. */
    val supportText: String = "",
    val trouble: Trouble? = null,
)

/** What a person sets. */
class SettingsModel internal constructor(kit: Kit) : Model<SettingsState>(kit, SettingsState()) {
    private var publishers: List<PublisherSummary> = emptyList()
    private var mutes: List<Mute> = emptyList()
    private var models: List<TranslationModel> = emptyList()
    private var use: StorageUse? = null
    private var diagnosis: Diagnosis? = null

    suspend fun load() {
        clear()
        attempt { kit.askCountries() }
        attempt { kit.core.publishers(emptyList()) }?.let { publishers = it }
        attempt { kit.core.mutes() }?.let { mutes = it }
        attempt { kit.core.installedModels() }?.let { models = it }
        attempt { kit.core.storageUse() }?.let { use = it }
        attempt { kit.core.doctor() }?.let { diagnosis = it }
        render()
    }

    fun setOriginalsFirst(isOn: Boolean) = kit.choose { it.isOriginalsFirst = isOn }

    fun setWifiOnly(isOn: Boolean) = kit.choose { it.isWifiOnly = isOn }

    fun setPackNotice(isOn: Boolean) = kit.choose { it.hasPackNotice = isOn }

    fun setTextSize(percent: Int) = kit.choose { it.textSize = percent.toLong() }

    /** Space for whole articles and pictures. */
    fun setBudget(bytes: Long) = kit.choose { it.packBudget = bytes }

    /** Nothing is fetched from now on, or it is again. */
    fun setOffline(isOn: Boolean) {
        kit.core.setOffline(isOn)
        kit.choose { it.isOffline = isOn }
    }

    override suspend fun resumed() = load()

    private fun count(of: Int) = if (of > 0) wording.number(of.toLong()) else ""

    override fun render() {
        val choices = kit.choices
        val diagnosis = diagnosis
        show(
            SettingsState(
                title = words.settingsTitle,
                countriesText = count(kit.counted.count { it.followed }),
                publishersText = count(publishers.count { it.followed ?: it.enabled }),
                mutedText = count(mutes.size),
                languagesText = models.sumOf { it.bytes.toLong() }.takeIf { it > 0 }?.let(wording::size) ?: "",
                isOriginalsFirst = choices.isOriginalsFirst,
                originalsFirstSpoken =
                    wording.switch(words.settingsOriginalsFirst, choices.isOriginalsFirst),
                isWifiOnly = choices.isWifiOnly,
                wifiOnlySpoken = wording.switch(words.settingsWifiOnly, choices.isWifiOnly),
                isOffline = choices.isOffline,
                offlineSpoken = wording.switch(words.settingsOffline, choices.isOffline),
                hasPackNotice = choices.hasPackNotice,
                textSize = choices.textSize.toInt(),
                textSizeText = words.settingsTextSizeValue("${choices.textSize}"),
                smaller = (choices.textSize.toInt() - STEP).coerceAtLeast(80),
                larger = (choices.textSize.toInt() + STEP).coerceAtMost(200),
                budgetText = wording.size(choices.packBudget),
                databaseText = use?.let { wording.size(it.databaseBytes.toLong()) } ?: "",
                keptText = use?.let { wording.size(it.keptBytes.toLong()) } ?: "",
                supportText =
                    diagnosis?.let {
                        words.settingsSupport(it.catalogueVersion, "${it.schemaVersion}", it.version)
                    } ?: "",
                trouble = trouble,
            )
        )
    }

    private companion object {
        /** Percent that a press changes the size of text by. */
        const val STEP = 10
    }
}

package app.overview.kit

import app.overview.bindings.EngineKind
import app.overview.bindings.Invalidation
import app.overview.bindings.OverviewException
import app.overview.bindings.PublisherSummary
import app.overview.bindings.TranslationModel
import app.overview.bindings.TranslationSettings
import java.net.URI

/** Whether this device has what translates a language. */
enum class LanguagePhase { NOT_OFFERED, OFFERED, FETCHING, INSTALLED }

/** A language that is read. */
data class LanguageItem(
    /** BCP 47. */
    val code: String,
    /** "Swahili". */
    val name: String,
    /** "Kiswahili". */
    val ownName: String,
    /** "3 publishers". */
    val publishers: String,
    /** Of its model on this device. */
    val phase: LanguagePhase,
    /** "On this device, 24 MB", "24 MB to fetch", "8 MB of 24 MB". */
    val stateText: String,
    /** Of a model that is being fetched, 0 to 1. */
    val fraction: Double,
    /** "Get", "Stop", "Remove"; nothing where there is nothing to be had. */
    val action: String?,
    /** "Get Swahili". */
    val actionSpoken: String,
    /** "Try", once it is on this device. */
    val tryAction: String?,
    /** "Try Swahili". */
    val trySpoken: String,
    val spoken: String,
)

/** A sentence that was translated to see how good it is. */
data class LanguageTrial(
    /** Of the language it is in. */
    val code: String,
    val original: String,
    /** The English, or that there is none. */
    val english: String,
    /** "Firefox Translations on this device". */
    val engine: String?,
    /** The English and who made it. */
    val spoken: String,
)

/** Something that can translate. */
data class EngineItem(val kind: EngineKind, val name: String, val isOn: Boolean, val spoken: String)

data class LanguagesState(
    val isLoading: Boolean = true,
    val title: String = "",
    /** Those of the publishers that are on, by name; English is not translated. */
    val languages: List<LanguageItem> = emptyList(),
    /** "138 MB of models on this device". */
    val modelsText: String = "",
    /** In the order in which they are asked; those that are off last. */
    val engines: List<EngineItem> = emptyList(),
    /** The address of the list of models that are offered. */
    val address: String = "",
    /** What was tried last. */
    val trial: LanguageTrial? = null,
    val isOriginalsFirst: Boolean = false,
    val originalsFirstSpoken: String = "",
    val trouble: Trouble? = null,
)

/** The languages that the news comes in, and what translates them. */
class LanguagesModel internal constructor(kit: Kit) : Model<LanguagesState>(kit, LanguagesState()) {
    private var publishers: List<PublisherSummary>? = null
    private var installed: Map<String, TranslationModel> = emptyMap()
    private var offered: Map<String, TranslationModel> = emptyMap()
    private var settings: TranslationSettings? = null
    private var trial: LanguageTrial? = null

    suspend fun load() {
        clear()
        reload()
    }

    private suspend fun reload() {
        attempt { kit.core.publishers(emptyList()) }?.let { publishers = it }
        attempt { kit.core.installedModels() }?.let { installed = it.byLanguage() }
        attempt { kit.core.knownModels() }?.let { offered = it.byLanguage() }
        attempt { kit.core.translationSettings() }?.let { settings = it }
        render()
    }

    private fun List<TranslationModel>.byLanguage() = associateBy { primary(it.language) }

    private fun primary(code: String) = code.substringBefore('-')

    /** Where models are offered: the address of a list; nothing for nowhere. Asks for the list. */
    suspend fun setAddress(text: String) {
        clear()
        val wanted = text.trim()
        val address = attempt { if (wanted.isEmpty()) null else address(wanted) }
        val now = settings ?: return
        if (address == null && wanted.isNotEmpty()) return
        attempt { kit.core.setTranslationSettings(now.copy(manifest = address)) } ?: return
        if (address != null) attempt { kit.core.offeredModels() }
        reload()
    }

    private fun address(text: String): URI =
        runCatching { URI(text) }.getOrNull()?.takeIf { it.host != null } ?: throw OverviewException.Invalid(text)

    /** Does what its button says. */
    suspend fun press(code: String) {
        when (state.value.languages.firstOrNull { it.code == code }?.phase) {
            LanguagePhase.OFFERED -> get(code)
            LanguagePhase.FETCHING -> stop(code)
            LanguagePhase.INSTALLED -> remove(code)
            else -> Unit
        }
    }

    /** Fetches the model of a language; returns when it is there, was stopped, or failed. */
    suspend fun get(code: String) {
        clear()
        attempt { kit.fetches.fetch(primary(code)) }
        reload()
    }

    /** What was fetched of it stays for the next time. */
    fun stop(code: String) = kit.fetches.stop(primary(code))

    /** What it translated stays. */
    suspend fun remove(code: String) {
        clear()
        if (trial?.code == code) trial = null
        attempt { kit.core.removeModel(primary(code)) }
        reload()
    }

    suspend fun setEngine(kind: EngineKind, isOn: Boolean) {
        clear()
        val now = settings ?: return
        val order = now.order.filter { it != kind }
        attempt { kit.core.setTranslationSettings(now.copy(order = if (isOn) order + kind else order)) }
        reload()
    }

    /** Translates a sentence of the language, to see how good it is. */
    suspend fun tryOut(code: String) {
        clear()
        trial = null
        render()
        val original = kit.core.specimenSentence(code) ?: return
        trial =
            try {
                val tried = kit.core.tryTranslation(code, original)
                val engine = wording.engine(tried.by.engine)
                LanguageTrial(code, original, tried.text, engine, wording.list(tried.text, engine))
            } catch (_: OverviewException) {
                LanguageTrial(code, original, words.languagesNotTranslated, null, words.languagesNotTranslated)
            }
        render()
    }

    override suspend fun invalidated(what: List<Invalidation>) {
        if (what.any { it is Invalidation.Follows || it is Invalidation.Catalogue }) reload()
    }

    override suspend fun resumed() = load()

    override fun render() {
        val counted =
            publishers.orEmpty().filter { it.followed ?: it.enabled }
                .groupingBy { it.language }.eachCount()
                .filterKeys { primary(it) != "en" }
        val order = settings?.order.orEmpty()
        show(
            LanguagesState(
                isLoading = publishers == null && trouble == null,
                title = words.languagesTitle,
                languages = counted.map { (code, count) -> item(code, count) }.sortedBy { it.name },
                modelsText =
                    words.languagesAllModels(wording.size(installed.values.sumOf { it.bytes.toLong() })),
                engines =
                    (order + ENGINES.filter { it !in order }).filter { it in ENGINES }.map { kind ->
                        val name = wording.engine(kind)
                        EngineItem(kind, name, kind in order, wording.switch(name, kind in order))
                    },
                address = settings?.manifest?.toString().orEmpty(),
                trial = trial,
                isOriginalsFirst = kit.choices.isOriginalsFirst,
                originalsFirstSpoken =
                    wording.switch(words.settingsOriginalsFirst, kit.choices.isOriginalsFirst),
                trouble = trouble,
            )
        )
    }

    private fun item(code: String, count: Int): LanguageItem {
        val (name, publishers) = wording.language(code) to words.firstRunPublishers(count.toLong())
        val here = installed[primary(code)]
        val known = offered[primary(code)]
        val fetched = kit.fetches.bytes(primary(code))
        val size = wording.size((here ?: known)?.bytes?.toLong() ?: 0)
        val (phase, text, action) =
            when {
                fetched != null ->
                    Triple(LanguagePhase.FETCHING, words.languagesFetching(wording.size(fetched), size), words.languagesStop)
                here != null -> Triple(LanguagePhase.INSTALLED, words.languagesOnDevice(size), words.languagesRemove)
                known != null -> Triple(LanguagePhase.OFFERED, words.languagesToFetch(size), words.languagesGet)
                else -> Triple(LanguagePhase.NOT_OFFERED, words.languagesNoModel, null)
            }
        val tryAction = words.languagesTry.takeIf { here != null && kit.core.specimenSentence(code) != null }
        return LanguageItem(
            code = code,
            name = name,
            ownName = wording.ownName(code),
            publishers = publishers,
            phase = phase,
            stateText = text,
            fraction = known?.let { (fetched ?: 0).toDouble() / it.bytes.toDouble() } ?: 0.0,
            action = action,
            actionSpoken = action?.let { words.languagesDo(it, name) } ?: "",
            tryAction = tryAction,
            trySpoken = tryAction?.let { words.languagesDo(it, name) } ?: "",
            spoken = wording.list(name, publishers, text),
        )
    }

    private companion object {
        /** Those that a switch turns on; servers need an address and a key, too. */
        val ENGINES = listOf(EngineKind.EDITION, EngineKind.FIREFOX, EngineKind.PLATFORM)
    }
}

package app.overview.kit

import app.overview.bindings.Invalidation
import app.overview.bindings.PublisherSummary

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
    val spoken: String,
)

data class LanguagesState(
    val isLoading: Boolean = true,
    val title: String = "",
    /** Those of the publishers that are on, by name; English is not translated. */
    val languages: List<LanguageItem> = emptyList(),
    val isOriginalsFirst: Boolean = false,
    val originalsFirstSpoken: String = "",
    val trouble: Trouble? = null,
)

/** The languages that the news comes in. */
class LanguagesModel internal constructor(kit: Kit) : Model<LanguagesState>(kit, LanguagesState()) {
    private var publishers: List<PublisherSummary>? = null

    suspend fun load() {
        clear()
        reload()
    }

    private suspend fun reload() {
        attempt { kit.core.publishers(emptyList()) }?.let { publishers = it }
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
                .filterKeys { it.substringBefore('-') != "en" }
        val items =
            counted.map { (code, count) ->
                val (name, publishers) = wording.language(code) to words.firstRunPublishers(count.toLong())
                LanguageItem(code, name, wording.ownName(code), publishers, wording.list(name, publishers))
            }
        show(
            LanguagesState(
                isLoading = publishers == null && trouble == null,
                title = words.languagesTitle,
                languages = items.sortedBy { it.name },
                isOriginalsFirst = kit.choices.isOriginalsFirst,
                originalsFirstSpoken =
                    wording.switch(words.settingsOriginalsFirst, kit.choices.isOriginalsFirst),
                trouble = trouble,
            )
        )
    }
}

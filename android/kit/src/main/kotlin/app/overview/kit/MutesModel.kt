package app.overview.kit

import app.overview.bindings.Invalidation
import app.overview.bindings.Mute
import app.overview.bindings.MuteFor
import app.overview.bindings.Muted

/** What is muted. */
data class MuteItem(
    val id: Long,
    val name: String,
    /** "Publisher". */
    val kind: String,
    /** "Until 5 Dec 2026, 14:05", "For good". */
    val until: String,
    /** "Hides 12 articles". */
    val hides: String,
    val spoken: String,
)

/** What an article offers to mute. */
data class MuteOffer(
    val what: Muted,
    val name: String,
    /** "Publisher". */
    val kind: String,
    val spoken: String,
)

data class MutesState(
    val isLoading: Boolean = true,
    val title: String = "",
    val mutes: List<MuteItem> = emptyList(),
    /** Of the article that the screen was opened from. */
    val offers: List<MuteOffer> = emptyList(),
    /** "Rift Daily is muted", until something else is done. */
    val undoText: String? = null,
    val emptyText: String? = null,
    val trouble: Trouble? = null,
)

/** What a person does not want to see: to be added to, ended, and taken back. */
class MutesModel internal constructor(kit: Kit, private val article: Long?) :
    Model<MutesState>(kit, MutesState()) {
    private class Done(val mute: Mute, val wasAdded: Boolean)

    private var mutes: List<Mute>? = null
    private var offers: List<Pair<Muted, String>> = emptyList()
    private var last: Done? = null

    suspend fun load() {
        clear()
        val article = article?.let { id -> attempt { kit.core.article(id) } }
        if (article != null) {
            val row = article.row
            val country = attempt { kit.core.country(row.country) }
            offers =
                listOf(
                    Muted.Publisher(row.publisher) to row.publisherName,
                    Muted.Country(row.country) to (country?.name ?: row.country),
                ) + article.categories.map { Muted.Category(it) to it }
        }
        reload()
    }

    private suspend fun reload() {
        attempt { kit.core.mutes() }?.let { mutes = it }
        render()
    }

    suspend fun mute(what: Muted, lasts: MuteFor) {
        clear()
        val added = attempt { kit.core.mute(what, lasts) } ?: return
        last = Done(added, true)
        reload()
    }

    suspend fun end(id: Long) {
        clear()
        val mute = mutes?.firstOrNull { it.id == id } ?: return
        attempt { kit.core.unmute(id) } ?: return
        last = Done(mute, false)
        reload()
    }

    /** Takes back what was done last. */
    suspend fun undo() {
        clear()
        val done = last ?: return
        last = null
        if (done.wasAdded) {
            attempt { kit.core.unmute(done.mute.id) }
        } else {
            val lasts = done.mute.until?.let { MuteFor.Until(it) } ?: MuteFor.Good
            attempt { kit.core.mute(done.mute.what, lasts) }
        }
        reload()
    }

    override suspend fun invalidated(what: List<Invalidation>) = reload()

    override suspend fun resumed() = load()

    override fun render() {
        show(
            MutesState(
                isLoading = mutes == null && trouble == null,
                title = words.mutesTitle,
                mutes = mutes.orEmpty().map(::item),
                offers =
                    offers.map { (what, name) ->
                        MuteOffer(what, name, kind(what), wording.list(name, kind(what)))
                    },
                undoText =
                    last?.let {
                        if (it.wasAdded) words.mutesAdded(it.mute.name) else words.mutesEnded(it.mute.name)
                    },
                emptyText = if (mutes?.isEmpty() == true) words.mutesEmpty else null,
                trouble = trouble,
            )
        )
    }

    private fun kind(of: Muted) =
        when (of) {
            is Muted.Words -> words.mutesWords
            is Muted.Publisher -> words.mutesPublisher
            is Muted.Country -> words.mutesCountry
            is Muted.Category -> words.mutesCategory
        }

    private fun item(of: Mute): MuteItem {
        val until = of.until?.let { words.mutesUntil(wording.moment(it)) } ?: words.mutesForGood
        val hides = words.mutesHides(of.articles.toLong())
        return MuteItem(
            id = of.id,
            name = of.name,
            kind = kind(of.what),
            until = until,
            hides = hides,
            spoken = wording.sentences(wording.list(of.name, kind(of.what)), until, hides),
        )
    }
}

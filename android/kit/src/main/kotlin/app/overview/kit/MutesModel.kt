package app.overview.kit

import app.overview.bindings.ArticleQuery
import app.overview.bindings.ArticleRow
import app.overview.bindings.CountrySummary
import app.overview.bindings.Invalidation
import app.overview.bindings.Mute
import app.overview.bindings.MuteFor
import app.overview.bindings.Muted
import app.overview.bindings.PublisherSummary
import app.overview.bindings.Scope

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
    /** "Publisher · For good". */
    val facts: String,
    /** "Show Rift Daily again". */
    val endAction: String,
    val spoken: String,
)

/** What can be muted: of an article, or by what was typed. */
data class MuteOffer(
    val what: Muted,
    val name: String,
    /** "Publisher". */
    val kind: String,
    /** "Mute Rift Daily". */
    val action: String,
    val spoken: String,
)

/** How long a mute lasts. */
data class MuteLength(val lasts: MuteFor, val name: String, val isChosen: Boolean)

/** An article that is not seen, and why. */
data class HiddenItem(
    val id: Long,
    val headline: String,
    val publisher: String,
    val country: String,
    val age: String,
    /** "Hidden by: grain". */
    val by: String,
    val spoken: String,
)

data class MutesState(
    val isLoading: Boolean = true,
    val title: String = "",
    val mutes: List<MuteItem> = emptyList(),
    val text: String = "",
    /** Of the article that the screen was opened from; while something is typed, by that. */
    val offers: List<MuteOffer> = emptyList(),
    val lengths: List<MuteLength> = emptyList(),
    /** What mutes hide, the newest first. */
    val hidden: List<HiddenItem> = emptyList(),
    val hasMoreHidden: Boolean = false,
    /** "Rift Daily is muted", until something else is done. */
    val undoText: String? = null,
    val emptyText: String? = null,
    val trouble: Trouble? = null,
)

/** What a person does not want to see: to be added to, ended, and taken back. */
class MutesModel internal constructor(kit: Kit, private val article: Long?) :
    Model<MutesState>(kit, MutesState()) {
    private class Done(val mute: Mute, val wasAdded: Boolean)

    private class Hidden(val row: ArticleRow, val by: List<Mute>)

    private var mutes: List<Mute>? = null
    private var ofArticle: List<Pair<Muted, String>> = emptyList()
    private var countries: List<CountrySummary> = emptyList()
    private var publishers: List<PublisherSummary> = emptyList()
    private var hidden: List<Hidden> = emptyList()
    private var next: String? = null
    private var text = ""
    private var lasts: MuteFor = MuteFor.Good
    private var last: Done? = null
    /** The reload that counts. */
    private var generation = 0

    suspend fun load() {
        clear()
        val article = article?.let { id -> attempt { kit.core.article(id) } }
        attempt { kit.askCountries() }?.let { countries = it }
        attempt { kit.core.publishers(emptyList()) }?.let { publishers = it }
        if (article != null) {
            val row = article.row
            ofArticle =
                listOf(
                    Muted.Publisher(row.publisher) to row.publisherName,
                    Muted.Country(row.country) to kit.nameOf(row.country),
                ) + article.categories.map { Muted.Category(it) to it }
        }
        reload()
    }

    private suspend fun reload() {
        val own = ++generation
        val all = attempt { kit.core.mutes() }
        val page = hidden(null)
        if (own != generation) return
        if (all != null) mutes = all
        if (page != null) {
            hidden = page.first
            next = page.second
        }
        render()
    }

    suspend fun loadMoreHidden() {
        val own = generation
        val page = hidden(next ?: return) ?: return
        if (own != generation) return
        hidden = hidden + page.first
        next = page.second
        render()
    }

    /** A page of what mutes hide, each with those that do, and where the next begins. */
    private suspend fun hidden(after: String?): Pair<List<Hidden>, String?>? = attempt {
        val page = kit.core.articles(ArticleQuery(Scope(muted = true), PAGE, after))
        page.rows.map { Hidden(it, kit.core.mutesOf(it.id)) } to page.next
    }

    /** Offers words, and publishers and countries with these letters. */
    fun type(text: String) {
        this.text = text
        render()
    }

    /** How long what is muted next is. */
    fun setLasts(lasts: MuteFor) {
        this.lasts = lasts
        render()
    }

    /** Mutes for as long as is chosen. */
    suspend fun mute(what: Muted) = mute(what, lasts)

    suspend fun mute(what: Muted, lasts: MuteFor) {
        clear()
        val added = attempt { kit.core.mute(what, lasts) } ?: return
        last = Done(added, true)
        text = ""
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
                text = text,
                offers =
                    offers().map { (what, name) ->
                        MuteOffer(what, name, kind(what), words.mutesAddSpoken(name), wording.list(name, kind(what)))
                    },
                lengths =
                    listOf(
                        MuteFor.Day to words.mutesForDay,
                        MuteFor.Week to words.mutesForWeek,
                        MuteFor.Good to words.mutesForGood,
                    ).map { (length, name) -> MuteLength(length, name, length == lasts) },
                hidden = hidden.map(::item),
                hasMoreHidden = next != null,
                undoText =
                    last?.let {
                        if (it.wasAdded) words.mutesAdded(it.mute.name) else words.mutesEnded(it.mute.name)
                    },
                emptyText = if (mutes?.isEmpty() == true) words.mutesEmpty else null,
                trouble = trouble,
            )
        )
    }

    private fun offers(): List<Pair<Muted, String>> {
        val wanted = text.trim()
        if (wanted.isEmpty()) return ofArticle
        val press = publishers.filter { it.name.contains(wanted, ignoreCase = true) }.take(NAMES)
        val places = countries.filter { it.name.contains(wanted, ignoreCase = true) }.take(NAMES)
        return listOf(Muted.Words(wanted) to wanted, Muted.Category(wanted) to wanted) +
            press.map { Muted.Publisher(it.id) to it.name } +
            places.map { Muted.Country(it.country) to it.name }
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
            facts = wording.facts(kind(of.what), until),
            endAction = words.mutesEndSpoken(of.name),
            spoken = wording.sentences(wording.list(of.name, kind(of.what)), until, hides),
        )
    }

    private fun item(of: Hidden): HiddenItem {
        val row = of.row
        val headline = row.englishTitle.takeUnless { kit.choices.isOriginalsFirst } ?: row.title
        val by = words.mutesHiddenBy(wording.list(*of.by.map { it.name }.toTypedArray()))
        return HiddenItem(
            id = row.id,
            headline = headline,
            publisher = row.publisherName,
            country = row.country,
            age = wording.age(row.sortAt),
            by = by,
            spoken =
                wording.sentences(headline, wording.list(row.publisherName, wording.spokenAge(row.sortAt)), by),
        )
    }

    private companion object {
        const val PAGE: UInt = 20u
        /** Publishers, and countries, that what is typed offers. */
        const val NAMES = 4
    }
}

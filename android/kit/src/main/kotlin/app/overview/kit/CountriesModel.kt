package app.overview.kit

import app.overview.bindings.CountrySummary
import app.overview.bindings.Invalidation
import app.overview.bindings.Region
import app.overview.bindings.SalvageReport
import app.overview.bindings.Scope
import app.overview.bindings.StoryOrder
import app.overview.bindings.StoryQuery
import app.overview.bindings.StoryRow
import app.overview.bindings.StoryScope
import kotlinx.coroutines.launch

/** A country in a list, and on the globe. */
data class CountryItem(
    /** ISO 3166-1, for its tile. */
    val code: String,
    val name: String,
    val region: String,
    val unread: Long,
    /** "38", empty when there is none. */
    val unreadText: String,
    /** "38 unread", or that there is nobody to read. */
    val facts: String,
    /** "4", nothing when there is none or it is not counted: it is for what is followed and for the card. */
    val overlookedText: String?,
    /** "4 overlooked". */
    val overlookedFacts: String?,
    /** Its colour on the globe: 0 no publishers, 1 nothing unread, 2 from 1, 3 from 10, 4 from 25, 5 from 50. */
    val level: Int,
    /** On the globe, where it is selected: "Kenya  38". */
    val globeLabel: String,
    val isFollowed: Boolean,
    /** "Follow", or its opposite. */
    val followAction: String,
    /** "Kenya, 38 unread, 4 overlooked". */
    val spoken: String,
)

/** That what is stored was damaged, and what was kept of it. */
data class Rescue(
    /** "What is stored was damaged on 28 Nov 2026, 14:05". */
    val title: String,
    /** "Kept: 3 saved articles, 12 marks. Other articles are fetched again." */
    val text: String,
    /** The button that ends it. */
    val dismissTitle: String,
)

data class CountriesState(
    val isLoading: Boolean = true,
    /** Those that are followed, by name. */
    val followed: List<CountryItem> = emptyList(),
    /** All, or those that are searched for, by name. */
    val all: List<CountryItem> = emptyList(),
    /** "All 58". */
    val allTitle: String = "",
    /** On the globe. */
    val selected: CountryItem? = null,
    /** On the card: what is selected, else the first that is followed. */
    val card: CountryItem? = null,
    /** Its first story, when there is one. */
    val cardHeadline: String? = null,
    /** The card as one element: "Kenya, 38 unread, 4 overlooked. Lake Victoria states agree". */
    val cardSpoken: String = "",
    /** The globe as one element: "Globe. Kenya, 38 unread, 4 overlooked". */
    val globeSpoken: String = "",
    val search: String = "",
    /** Instead of the list. */
    val emptyText: String? = null,
    /** Until the person dismisses it. */
    val rescue: Rescue? = null,
    val trouble: Trouble? = null,
)

/** The globe and the list beside it. */
class CountriesModel internal constructor(kit: Kit) : Model<CountriesState>(kit, CountriesState()) {
    private var countries: List<CountrySummary>? = null
    internal val summaries: List<CountrySummary>? get() = countries
    /** The globe that shows these, told after each change. */
    internal var follower: (() -> Unit)? = null
    /** Follows that were asked for and are not on the disk yet. */
    private val asked = mutableMapOf<String, Boolean>()
    private var selected: String? = null
    private var overlooked = mapOf<String, Long>()
    private var firsts = mapOf<String, StoryRow?>()
    private var search = ""
    private var salvage: SalvageReport? = null
    private val looking = Looking(::reload)

    suspend fun load() {
        clear()
        reload()
    }

    private suspend fun reload() {
        attempt { kit.askCountries() }?.let {
            countries = it
            salvage = attempt { kit.core.salvaged() }
        }
        render()
        for (country in countries.orEmpty().filter { it.followed }) count(country.country)
        val card = card()?.country
        card?.let { tell(it) }
        // What was not asked for again is of before.
        firsts = firsts.filterKeys { it == card }
        render()
    }

    /** What the card says of a country. */
    private suspend fun tell(code: String) {
        if (countries.orEmpty().none { it.country == code && it.followed }) count(code)
        attempt { kit.core.stories(query(code, isOverlooked = false, limit = 1u)) }?.let { page ->
            firsts = firsts + (code to page.rows.firstOrNull())
        }
    }

    private suspend fun count(code: String) {
        var (found, after) = 0L to null as String?
        do {
            val page = attempt { kit.core.stories(query(code, isOverlooked = true, after = after)) } ?: return
            found += page.rows.size
            after = page.next
        } while (after != null)
        overlooked = overlooked + (code to found)
    }

    private fun query(code: String, isOverlooked: Boolean, limit: UInt = 0u, after: String? = null) =
        StoryQuery(
            scope = StoryScope(articles = Scope(countries = listOf(code)), overlooked = isOverlooked),
            order = StoryOrder.TIME,
            limit = limit,
            after = after,
        )

    private fun card() =
        countries.orEmpty().firstOrNull { it.country == selected }
            ?: countries.orEmpty().firstOrNull { asked[it.country] ?: it.followed }

    /** Turns the globe to a country. */
    fun select(code: String?) {
        selected = code
        render()
        val card = card()?.country ?: return
        if (card in firsts) return
        kit.scope.launch {
            tell(card)
            render()
        }
    }

    /** Turns it to the next country by name, or the one before. */
    fun selectNext(step: Int = 1) {
        val all = countries.orEmpty()
        if (all.isEmpty()) return
        val at = all.indexOfFirst { it.country == selected }
        val next = if (at < 0) (if (step > 0) 0 else all.size - 1) else (at + step).mod(all.size)
        select(all[next].country)
    }

    /** Narrows the list to names with these letters. */
    fun search(text: String) {
        search = text
        render()
    }

    suspend fun follow(code: String, follow: Boolean) {
        clear()
        asked[code] = follow
        render()
        val isDone = attempt { kit.core.followCountry(code, follow) } != null
        if (isDone) reload()
        asked.remove(code)
        render()
    }

    /** The person knows what was kept. */
    suspend fun dismissRescue() {
        attempt { kit.core.dismissSalvaged() } ?: return
        salvage = null
        render()
    }

    override suspend fun invalidated(what: List<Invalidation>) = looking.again()

    override suspend fun resumed() = load()

    override fun render() {
        val items = countries.orEmpty().map(::item)
        val found = items.filter { it.name.contains(search.trim(), ignoreCase = true) }
        val chosen = items.firstOrNull { it.code == selected }
        val card = chosen ?: items.firstOrNull { it.isFollowed }
        val first = card?.let { firsts[it.code] }?.lead
        val headline = first?.let { it.englishTitle.takeUnless { kit.choices.isOriginalsFirst } ?: it.title }
        show(
            CountriesState(
                isLoading = countries == null && trouble == null,
                followed = items.filter { it.isFollowed },
                all = found,
                allTitle = words.countriesAll(items.size.toLong()),
                selected = chosen,
                card = card,
                cardHeadline = headline,
                cardSpoken = wording.sentences(card?.spoken, headline),
                globeSpoken = card?.let { words.countriesGlobe(it.spoken) } ?: words.countriesTitle,
                search = search,
                emptyText =
                    if (countries != null && found.isEmpty()) words.countriesNoneFound(search.trim())
                    else null,
                rescue = salvage?.let(::rescue),
                trouble = trouble,
            )
        )
        follower?.invoke()
    }

    private fun rescue(of: SalvageReport): Rescue {
        val kept =
            wording.list(
                wording.some(of.saved, words::movingArticles),
                wording.some(of.marks, words::movingMarks),
                wording.some(of.follows, words::movingFollows),
                wording.some(of.mutes, words::movingMutes),
                wording.some(of.settings, words::movingSettings),
            )
        val text =
            wording.sentences(
                if (kept.isEmpty()) words.rescueNothing else words.rescueKept(kept),
                wording.some(of.savedMissing, words::rescueLost),
                words.rescueRest,
            )
        return Rescue(words.rescueTitle(wording.moment(of.at)), text, words.actionDismiss)
    }

    private fun item(of: CountrySummary): CountryItem {
        val unread = of.unreadStories.toLong()
        val isFollowed = asked[of.country] ?: of.followed
        val count = if (of.publishers == 0u) words.countriesNoPublishers else words.countriesUnread(unread)
        val missed = overlooked[of.country]?.takeIf { it > 0 }
        val missedFacts = missed?.let { words.countriesOverlooked(it) }
        return CountryItem(
            code = of.country,
            name = of.name,
            region = wording.region(of.region),
            unread = unread,
            unreadText = if (unread == 0L) "" else wording.number(unread),
            facts = count,
            overlookedText = missed?.let(wording::number),
            overlookedFacts = missedFacts,
            level =
                when {
                    of.publishers == 0u -> 0
                    unread == 0L -> 1
                    unread < 10 -> 2
                    unread < 25 -> 3
                    unread < 50 -> 4
                    else -> 5
                },
            globeLabel = if (unread == 0L) of.name else words.countriesPill(of.name, wording.number(unread)),
            isFollowed = isFollowed,
            followAction = if (isFollowed) words.countriesUnfollow else words.countriesFollow,
            spoken = wording.list(of.name, count, missedFacts, words.countriesFollowed.takeIf { isFollowed }),
        )
    }
}

internal fun Wording.region(region: Region): String =
    words.region(region.name.lowercase()) ?: region.name

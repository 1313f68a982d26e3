package app.overview.kit

import app.overview.bindings.CountrySummary
import app.overview.bindings.Globe
import app.overview.bindings.Invalidation
import app.overview.bindings.Region

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
    /** Its colour on the globe: 0 no publishers, 1 nothing unread, 2 from 1, 3 from 10, 4 from 25, 5 from 50. */
    val level: Int,
    /** On the globe, where it is selected: "Kenya  38". */
    val globeLabel: String,
    val isFollowed: Boolean,
    /** "Follow", or its opposite. */
    val followAction: String,
    /** "Kenya, 38 unread". */
    val spoken: String,
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
    /** The globe as one element: "Globe. Kenya, 38 unread". */
    val globeSpoken: String = "",
    val search: String = "",
    /** Instead of the list. */
    val emptyText: String? = null,
    val trouble: Trouble? = null,
)

/** The globe and the list beside it. */
class CountriesModel internal constructor(kit: Kit) : Model<CountriesState>(kit, CountriesState()) {
    /** Draws the same countries. It goes with the last who holds it: a frame may still be drawn after [close]. */
    val globe = Globe()
    private var countries: List<CountrySummary>? = null
    internal val summaries: List<CountrySummary>? get() = countries
    /** The globe that shows these, told after each change. */
    internal var follower: (() -> Unit)? = null
    /** Follows that were asked for and are not on the disk yet. */
    private val asked = mutableMapOf<String, Boolean>()
    private var selected: String? = null
    private var search = ""

    suspend fun load() {
        clear()
        reload()
    }

    private suspend fun reload() {
        attempt { kit.core.countries() }?.let {
            countries = it
            globe.tintBy(it)
        }
        render()
    }

    /** Turns the globe to a country. */
    fun select(code: String?) {
        selected = code
        render()
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

    override suspend fun invalidated(what: List<Invalidation>) = reload()

    override suspend fun resumed() = load()

    override fun render() {
        val items = countries.orEmpty().map(::item)
        val found = items.filter { it.name.contains(search.trim(), ignoreCase = true) }
        val chosen = items.firstOrNull { it.code == selected }
        show(
            CountriesState(
                isLoading = countries == null && trouble == null,
                followed = items.filter { it.isFollowed },
                all = found,
                allTitle = words.countriesAll(items.size.toLong()),
                selected = chosen,
                card = chosen ?: items.firstOrNull { it.isFollowed },
                globeSpoken =
                    chosen?.let { words.countriesGlobe(it.spoken) } ?: words.countriesTitle,
                search = search,
                emptyText =
                    if (countries != null && found.isEmpty()) words.countriesNoneFound(search.trim())
                    else null,
                trouble = trouble,
            )
        )
        follower?.invoke()
    }

    private fun item(of: CountrySummary): CountryItem {
        val unread = of.unreadStories.toLong()
        val isFollowed = asked[of.country] ?: of.followed
        val count = if (of.publishers == 0u) words.countriesNoPublishers else words.countriesUnread(unread)
        return CountryItem(
            code = of.country,
            name = of.name,
            region = wording.region(of.region),
            unread = unread,
            unreadText = if (unread == 0L) "" else wording.number(unread),
            facts = count,
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
            spoken = wording.list(of.name, count, words.countriesFollowed.takeIf { isFollowed }),
        )
    }
}

internal fun Wording.region(region: Region): String =
    words.region(region.name.lowercase()) ?: region.name

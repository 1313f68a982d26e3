package app.overview.kit

import app.overview.bindings.CountrySummary
import app.overview.bindings.Region

data class CountryChoice(
    val code: String,
    val name: String,
    /** "6 publishers". */
    val publishers: String,
    val isChosen: Boolean,
    val spoken: String,
)

data class RegionGroup(val name: String, val countries: List<CountryChoice>)

/** A region that the list can be narrowed to; nothing is all of them. */
data class RegionChoice(val region: Region?, val name: String, val isChosen: Boolean)

data class FirstRunState(
    val promise: String = "",
    val regions: List<RegionGroup> = emptyList(),
    val regionChoices: List<RegionChoice> = emptyList(),
    /** Lit on the globe. */
    val chosen: List<String> = emptyList(),
    val search: String = "",
    val emptyText: String? = null,
    /** "Follow 4 countries". */
    val buttonTitle: String = "",
    val isButtonEnabled: Boolean = false,
    /** The follows are kept: what comes next is the news. */
    val isDone: Boolean = false,
    val trouble: Trouble? = null,
)

/** What is asked when the app is opened for the first time: which countries. */
class FirstRunModel internal constructor(kit: Kit) : Model<FirstRunState>(kit, FirstRunState()) {
    private var countries: List<CountrySummary> = emptyList()
    private val chosen = linkedSetOf<String>()
    private var search = ""
    private var region: Region? = null
    private val globe = StillGlobe()
    private var isDone = false

    suspend fun load() {
        clear()
        attempt { kit.core.countries() }?.let { countries = it.filter { it.publishers > 0u } }
        render()
    }

    fun search(text: String) {
        search = text
        render()
    }

    /** Only the countries of one, or of all. */
    fun narrow(region: Region?) {
        this.region = region
        render()
    }

    /** The globe, on which what is chosen is lit. It does not turn. */
    fun picture(width: Double, height: Double): GlobePicture {
        val lit = countries.map { it.copy(unreadStories = if (it.country in chosen) LIT else 0u) }
        return globe.picture(lit, width, height)
    }

    fun toggle(code: String) {
        if (!chosen.remove(code)) chosen.add(code)
        render()
    }

    /** Follows what is chosen and begins to fetch it. */
    suspend fun follow() {
        if (chosen.isEmpty()) return
        clear()
        attempt { for (code in chosen) kit.core.followCountry(code, true) } ?: return
        isDone = true
        render()
        kit.syncing.sync(chosen.toList())
    }

    override suspend fun resumed() = load()

    override fun render() {
        val wanted = search.trim()
        val found =
            countries.filter { it.name.contains(wanted, ignoreCase = true) }
                .filter { region == null || it.region == region }
        show(
            FirstRunState(
                promise = words.firstRunPromise,
                regions =
                    found.groupBy { it.region }.toSortedMap().map { (region, all) ->
                        RegionGroup(wording.region(region), all.map(::choice))
                    },
                regionChoices =
                    (listOf(null) + countries.map { it.region }.distinct().sorted()).map {
                        val name = it?.let(wording::region) ?: words.firstRunAllRegions
                        RegionChoice(it, name, it == region)
                    },
                chosen = chosen.toList(),
                search = search,
                emptyText =
                    if (countries.isNotEmpty() && found.isEmpty()) words.countriesNoneFound(wanted)
                    else null,
                buttonTitle =
                    if (chosen.isEmpty()) words.firstRunFollowNone
                    else words.firstRunFollow(chosen.size.toLong()),
                isButtonEnabled = chosen.isNotEmpty(),
                isDone = isDone,
                trouble = trouble,
            )
        )
    }

    private fun choice(of: CountrySummary): CountryChoice {
        val publishers = words.firstRunPublishers(of.publishers.toLong())
        val isChosen = of.country in chosen
        val state = if (isChosen) words.switchOn else words.switchOff
        return CountryChoice(
            of.country,
            of.name,
            publishers,
            isChosen,
            words.firstRunCheckbox(of.name, publishers, state),
        )
    }

    private companion object {
        /** So many unread stories have the strongest colour. */
        const val LIT: UInt = 50u
    }
}

package app.overview.kit

import app.overview.bindings.CountrySummary

data class CountryChoice(
    val code: String,
    val name: String,
    /** "6 publishers". */
    val publishers: String,
    val isChosen: Boolean,
    val spoken: String,
)

data class RegionGroup(val name: String, val countries: List<CountryChoice>)

data class FirstRunState(
    val promise: String = "",
    val regions: List<RegionGroup> = emptyList(),
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
        val found = countries.filter { it.name.contains(wanted, ignoreCase = true) }
        show(
            FirstRunState(
                promise = words.firstRunPromise,
                regions =
                    found.groupBy { it.region }.toSortedMap().map { (region, all) ->
                        RegionGroup(wording.region(region), all.map(::choice))
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
}

package app.overview.kit

import app.overview.bindings.Invalidation
import app.overview.bindings.OverlookedClaim
import app.overview.bindings.PictureKey
import app.overview.bindings.Scope
import app.overview.bindings.StoryOrder
import app.overview.bindings.StoryQuery
import app.overview.bindings.StoryRow
import app.overview.bindings.StoryScope

data class OverlookedItem(
    val id: String,
    val article: Long,
    val headline: String,
    /** For its tile. */
    val country: String,
    val countryName: String,
    val age: String,
    val isUnread: Boolean,
    val picture: PictureKey?,
    /** Ticks of the coverage bar: publishers that ran it, by country, and of the American ones how many. */
    val countries: List<CountryTicks>,
    val americanRan: Int,
    val americanOf: Int,
    /** "0 of 30 US". */
    val americanText: String,
    /** "14 publishers in 7 countries". */
    val ranText: String,
    val spoken: String,
)

/** What the list is narrowed to. */
enum class OverlookedFilter { ALL, NONE_RAN, FEW_RAN }

/** A chip: "None ran it 12". */
data class OverlookedChoice(val filter: OverlookedFilter, val text: String, val isChosen: Boolean)

data class OverlookedState(
    val isLoading: Boolean = true,
    val title: String = "",
    val definition: String = "",
    val filters: List<OverlookedChoice> = emptyList(),
    val stories: List<OverlookedItem> = emptyList(),
    val hasMore: Boolean = false,
    val emptyText: String? = null,
    val trouble: Trouble? = null,
)

/** What American media did not run, the strongest claim first. */
class OverlookedModel internal constructor(kit: Kit) :
    Model<OverlookedState>(kit, OverlookedState()) {
    private var rows: List<StoryRow>? = null
    private var next: String? = null
    private var filter = OverlookedFilter.ALL

    suspend fun load() {
        clear()
        reload()
    }

    private suspend fun reload() {
        attempt { kit.learnNames() } ?: return
        val wanted = maxOf(rows?.size ?: 0, 1)
        val found = mutableListOf<StoryRow>()
        var after: String? = null
        do {
            val page = attempt { kit.core.stories(query(after)) } ?: return
            found += page.rows
            after = page.next
        } while (after != null && found.size < wanted)
        rows = found
        next = after
        render()
    }

    suspend fun loadMore() {
        val after = next ?: return
        val page = attempt { kit.core.stories(query(after)) } ?: return
        rows = rows.orEmpty() + page.rows
        next = page.next
        render()
    }

    fun filter(filter: OverlookedFilter) {
        this.filter = filter
        render()
    }

    override suspend fun invalidated(what: List<Invalidation>) = reload()

    override suspend fun resumed() = load()

    private fun query(after: String?) =
        StoryQuery(
            scope = StoryScope(articles = Scope(), overlooked = true),
            order = StoryOrder.CLAIM,
            after = after,
        )

    override fun render() {
        val stories = rows.orEmpty().filter { it.isAmong(filter) }
        show(
            OverlookedState(
                isLoading = rows == null && trouble == null,
                title = words.overlookedTitle,
                definition = words.overlookedDefinition,
                filters = OverlookedFilter.entries.map(::choice),
                stories = stories.map(::item),
                hasMore = next != null,
                emptyText = if (rows != null && stories.isEmpty()) words.overlookedEmpty else null,
                trouble = trouble,
            )
        )
    }

    private fun StoryRow.isAmong(filter: OverlookedFilter): Boolean {
        val claim = overlooked?.claim
        return when (filter) {
            OverlookedFilter.ALL -> claim != null
            OverlookedFilter.NONE_RAN -> claim == OverlookedClaim.OVERLOOKED
            OverlookedFilter.FEW_RAN -> claim == OverlookedClaim.UNDER_COVERED
        }
    }

    /** With its number, once all of them are here. */
    private fun choice(of: OverlookedFilter): OverlookedChoice {
        val name =
            when (of) {
                OverlookedFilter.ALL -> words.overlookedFilterAll
                OverlookedFilter.NONE_RAN -> words.overlookedFilterNoneRan
                OverlookedFilter.FEW_RAN -> words.overlookedFilterFewRan
            }
        val count = rows?.takeIf { next == null }?.count { it.isAmong(of) }?.toLong()
        val text = count?.let { words.overlookedFilterCount(name, wording.number(it)) } ?: name
        return OverlookedChoice(of, text, of == filter)
    }

    private fun item(of: StoryRow): OverlookedItem {
        val row = of.lead
        val headline = row.englishTitle ?: row.title
        val (ran, all) = (of.overlooked?.let { "${it.americanRan}" to "${it.americanOf}" }) ?: ("0" to "0")
        val ranText =
            words.coverageRan(of.countries.toLong(), words.coveragePublishers(of.publishers.toLong()))
        return OverlookedItem(
            id = of.id,
            article = row.id,
            headline = headline,
            country = row.country,
            countryName = kit.nameOf(row.country),
            age = wording.age(row.sortAt),
            isUnread = !row.state.read,
            picture = row.image,
            countries = of.overlooked?.countries.orEmpty().map { CountryTicks(it.country, it.ran.toInt()) },
            americanRan = of.overlooked?.americanRan?.toInt() ?: 0,
            americanOf = of.overlooked?.americanOf?.toInt() ?: 0,
            americanText = words.coverageAmerican(all, ran),
            ranText = ranText,
            spoken =
                wording.sentences(
                    words.storiesUnread.takeUnless { row.state.read },
                    headline,
                    wording.list(row.publisherName, kit.nameOf(row.country), wording.spokenAge(row.sortAt)),
                    ranText,
                    words.storiesOverlookedSpoken(all, ran),
                ),
        )
    }
}

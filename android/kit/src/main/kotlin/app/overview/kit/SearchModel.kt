package app.overview.kit

import app.overview.bindings.CountrySummary
import app.overview.bindings.Invalidation
import app.overview.bindings.PublisherSummary
import app.overview.bindings.Scope
import app.overview.bindings.SearchHit
import app.overview.bindings.SearchOrder
import app.overview.bindings.SearchPage
import app.overview.bindings.SearchQuery
import app.overview.bindings.StoryScope
import app.overview.bindings.Stretch
import kotlinx.coroutines.delay

/** An article that was found. */
data class FoundItem(
    val id: Long,
    /** In stretches, what was searched for apart. */
    val headline: List<Stretch>,
    /** Where the words stand, or the beginning of the summary. */
    val excerpt: List<Stretch>,
    /** BCP 47, of the excerpt: it is not that of the headline where the words stand in the original. */
    val excerptLanguage: String,
    val publisher: String,
    val country: String,
    val age: String,
    val isUnread: Boolean,
    val spoken: String,
)

/** A country or a publisher whose name has what was typed. */
data class FoundPlace(
    /** Of the country, or of the publisher's. */
    val country: String,
    val name: String,
    val isPublisher: Boolean,
    /** "38 unread", or the country's name. */
    val facts: String,
    val spoken: String,
)

data class SearchState(
    val title: String = "",
    /** The country that is searched in; nothing when it is all. */
    val country: String? = null,
    val placeholder: String = "",
    val text: String = "",
    val isSearching: Boolean = false,
    val isByRank: Boolean = false,
    val orderTitle: String = "",
    val filter: StoriesFilter = StoriesFilter(),
    /** What was searched for before, the last first, while nothing is typed. */
    val recent: List<String> = emptyList(),
    /** Above what was found: countries, then publishers. */
    val places: List<FoundPlace> = emptyList(),
    /** "23 articles in 6 languages", "More than 25 articles". */
    val countText: String? = null,
    val found: List<FoundItem> = emptyList(),
    val hasMore: Boolean = false,
    val emptyText: String? = null,
    val trouble: Trouble? = null,
)

/**
 * Search as one types: what is typed is searched for after a moment's pause, and an answer to what was
 * typed before is not shown.
 */
class SearchModel internal constructor(kit: Kit, private val country: String?) :
    Model<SearchState>(kit, SearchState()) {
    private var text = ""
    private var filter = StoriesFilter()
    private var countries: List<CountrySummary> = emptyList()
    private var publishers: List<PublisherSummary> = emptyList()
    private var isByRank = false
    private var hits: List<SearchHit>? = null
    private var next: String? = null
    private var asked = 0
    private var isSearching = false

    init {
        render()
    }

    /** Names of countries and publishers, which are found without asking. */
    suspend fun load() {
        attempt { kit.askCountries() }?.let { countries = it }
        attempt { kit.core.publishers(listOfNotNull(country)) }?.let { publishers = it }
        render()
    }

    /** Returns when what was typed is found, or something else was typed meanwhile. */
    suspend fun type(text: String) {
        clear()
        val mine = ++asked
        this.text = text
        isSearching = text.isNotBlank()
        if (!isSearching) {
            hits = null
            next = null
        }
        render()
        if (!isSearching) return
        delay(150)
        if (mine == asked) search()
    }

    suspend fun order(isByRank: Boolean) {
        this.isByRank = isByRank
        asked += 1
        render()
        search()
    }

    /** Only among what is unread, saved, overlooked. */
    suspend fun filter(filter: StoriesFilter) {
        this.filter = filter
        asked += 1
        render()
        search()
    }

    /** Something of what was found was opened: it was searched for in earnest. */
    fun keep() {
        val words = text.trim()
        if (words.isEmpty()) return
        kit.choices.recentSearches = (listOf(words) + kit.choices.recentSearches.filter { it != words }).take(RECENT)
        render()
    }

    fun forgetRecent() {
        kit.choices.recentSearches = emptyList()
        render()
    }

    suspend fun loadMore() {
        val after = next ?: return
        val mine = asked
        val page = page(after) ?: return
        if (mine != asked) return
        hits = hits.orEmpty() + page.rows
        next = page.next
        render()
    }

    private suspend fun search() {
        if (text.isBlank()) return
        val mine = asked
        val page = page(null)
        if (mine != asked) return
        isSearching = false
        if (page != null) {
            hits = page.rows
            next = page.next
        }
        render()
    }

    private suspend fun page(after: String?): SearchPage? {
        val order = if (isByRank) SearchOrder.RANK else SearchOrder.TIME
        val scope =
            StoryScope(
                articles = Scope(countries = listOfNotNull(country), unread = filter.isUnread, saved = filter.isSaved),
                overlooked = filter.isOverlooked,
            )
        return attempt { kit.core.search(SearchQuery(text, scope, order, PAGE.toUInt(), after)) }
    }

    override suspend fun invalidated(what: List<Invalidation>) {
        if (what.any { it is Invalidation.Mutes }) search()
    }

    override suspend fun resumed() = search()

    override fun render() {
        val isEmpty = hits?.isEmpty() == true && !isSearching
        show(
            SearchState(
                title = words.searchTitle,
                country = country,
                placeholder =
                    country?.let { words.searchPlaceholderIn(kit.nameOf(it)) } ?: words.searchPlaceholder,
                text = text,
                isSearching = isSearching,
                isByRank = isByRank,
                orderTitle = if (isByRank) words.searchByRank else words.searchByTime,
                filter = filter,
                recent = if (text.isEmpty()) kit.choices.recentSearches else emptyList(),
                places = places(),
                countText = hits?.takeIf { it.isNotEmpty() }?.let(::count),
                found = hits.orEmpty().map(::item),
                hasMore = next != null,
                emptyText = if (isEmpty) words.searchEmpty else null,
                trouble = trouble,
            )
        )
    }

    private fun count(found: List<SearchHit>): String {
        if (next != null) return words.searchMoreThan(found.size.toLong())
        val languages = found.map { it.row.language.substringBefore('-') }.distinct().size
        return words.searchFound(found.size.toLong(), words.searchLanguages(languages.toLong()))
    }

    private fun places(): List<FoundPlace> {
        val wanted = text.trim()
        if (wanted.length < 2) return emptyList()
        val named =
            if (country != null) emptyList()
            else countries.filter { it.name.contains(wanted, ignoreCase = true) }.take(PLACES)
        val press = publishers.filter { it.name.contains(wanted, ignoreCase = true) }.take(PLACES)
        return named.map {
            val facts = words.countriesUnread(it.unreadStories.toLong())
            FoundPlace(it.country, it.name, false, facts, wording.list(it.name, facts))
        } +
            press.map {
                val facts = kit.nameOf(it.country)
                FoundPlace(it.country, it.name, true, facts, wording.list(it.name, words.mutesPublisher, facts))
            }
    }

    private fun item(of: SearchHit): FoundItem {
        val row = of.row
        return FoundItem(
            id = row.id,
            headline = of.title,
            excerpt = of.excerpt,
            excerptLanguage = if (of.inOriginal || row.englishTitle == null) row.language else "en",
            publisher = row.publisherName,
            country = row.country,
            age = wording.age(row.sortAt),
            isUnread = !row.state.read,
            spoken =
                wording.sentences(
                    words.storiesUnread.takeUnless { row.state.read },
                    of.title.joinToString("") { it.text },
                    wording.list(row.publisherName, wording.spokenAge(row.sortAt)),
                    of.excerpt.joinToString("") { it.text },
                ),
        )
    }

    private companion object {
        const val PAGE = 25
        /** Names of each kind above what was found. */
        const val PLACES = 3
        /** Searches that are remembered. */
        const val RECENT = 6
    }
}

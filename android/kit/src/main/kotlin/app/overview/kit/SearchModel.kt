package app.overview.kit

import app.overview.bindings.Invalidation
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
    val publisher: String,
    val country: String,
    val age: String,
    val isUnread: Boolean,
    val spoken: String,
)

data class SearchState(
    val title: String = "",
    val placeholder: String = "",
    val text: String = "",
    val isSearching: Boolean = false,
    val isByRank: Boolean = false,
    val orderTitle: String = "",
    val found: List<FoundItem> = emptyList(),
    val hasMore: Boolean = false,
    val emptyText: String? = null,
    val trouble: Trouble? = null,
)

/**
 * Search as one types: what is typed is searched for after a moment's pause, and an answer to what was
 * typed before is not shown.
 */
class SearchModel internal constructor(kit: Kit, private val scope: StoryScope) :
    Model<SearchState>(kit, SearchState()) {
    private var text = ""
    private var isByRank = false
    private var hits: List<SearchHit>? = null
    private var next: String? = null
    private var asked = 0
    private var isSearching = false

    init {
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
        return attempt { kit.core.search(SearchQuery(text, scope, order, 25u, after)) }
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
                placeholder = words.searchPlaceholder,
                text = text,
                isSearching = isSearching,
                isByRank = isByRank,
                orderTitle = if (isByRank) words.searchByRank else words.searchByTime,
                found = hits.orEmpty().map(::item),
                hasMore = next != null,
                emptyText = if (isEmpty) words.searchEmpty else null,
                trouble = trouble,
            )
        )
    }

    private fun item(of: SearchHit): FoundItem {
        val row = of.row
        return FoundItem(
            id = row.id,
            headline = of.title,
            excerpt = of.excerpt,
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
}

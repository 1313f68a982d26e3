package app.overview.kit

import app.overview.bindings.ArticlePage
import app.overview.bindings.ArticleQuery
import app.overview.bindings.ArticleRow
import app.overview.bindings.CountrySummary
import app.overview.bindings.Invalidation
import app.overview.bindings.Mark
import app.overview.bindings.MarkAllReceipt
import app.overview.bindings.Scope
import java.net.URI
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** A story in a list. */
data class StoryItem(
    val id: Long,
    val headline: String,
    val publisher: String,
    /** For its tile. */
    val country: String,
    val age: String,
    val isUnread: Boolean,
    val isSaved: Boolean,
    val picture: URI?,
    /** "Translated from Swahili". */
    val translated: String?,
    /** "Ready offline". */
    val ready: String?,
    /** The whole row as one sentence after the other. */
    val spoken: String,
    /** Words of its actions as they are now. */
    val readAction: String,
    val saveAction: String,
)

/** What a list is narrowed to. */
data class StoriesFilter(val isUnread: Boolean = false, val isSaved: Boolean = false)

data class StoriesState(
    val isLoading: Boolean = true,
    val title: String = "",
    /** "38 unread of 112 stories · Updated 4 min ago". */
    val subtitle: String = "",
    val filter: StoriesFilter = StoriesFilter(),
    val stories: List<StoryItem> = emptyList(),
    /** "3 new": stories that wait above, so that nothing moves under a finger. */
    val newText: String? = null,
    val hasOlder: Boolean = false,
    val hasNewer: Boolean = false,
    /** Instead of the list. */
    val emptyText: String? = null,
    /** "24 stories marked as read", with what takes it back. */
    val undoText: String? = null,
    val trouble: Trouble? = null,
)

/** The news of a country, or what was saved. */
class StoriesModel
internal constructor(
    kit: Kit,
    private val country: String?,
    private var filter: StoriesFilter = StoriesFilter(),
) : Model<StoriesState>(kit, StoriesState()) {
    /** A row, and what was marked of it: at once here, a moment later on the disk. */
    private data class Entry(val row: ArticleRow, val isRead: Boolean, val isSaved: Boolean) {
        constructor(row: ArticleRow) : this(row, row.state.read, row.state.saved)
    }

    private var entries: List<Entry>? = null
    private var waiting = 0L
    private var previous: String? = null
    private var next: String? = null
    /** Where the list begins: nothing at its newest. */
    private var start: String? = null
    private var firstNext: String? = null
    private var summary: CountrySummary? = null
    private var receipt: MarkAllReceipt? = null
    /** The load that counts; those before it that answer later do not. */
    private var generation = 0
    private val marking = Mutex()
    /** Stories whose marks are not on the disk yet: what the store says of them is old. */
    private val underWay = mutableListOf<Long>()

    private fun scope() =
        Scope(
            countries = listOfNotNull(country),
            unread = filter.isUnread,
            saved = filter.isSaved,
        )

    /** From the newest on, with what waited above. */
    suspend fun load() = load(after = null)

    /** From a [place] on, where a list was left. */
    suspend fun load(after: String?) {
        val own = ++generation
        val page = page(after)
        loadSummary()
        if (own != generation) return
        if (page != null) {
            entries = page.rows.map(::Entry)
            waiting = 0
            start = after
            previous = page.previous
            next = page.next
            firstNext = page.next
        }
        render()
    }

    /** Where the list begins, for [load] at another time. */
    val place: String? get() = start

    suspend fun loadOlder() {
        val own = generation
        val page = next?.let { page(it) } ?: return
        if (own != generation) return
        val known = entries.orEmpty().map { it.row.id }.toSet()
        entries = entries.orEmpty() + page.rows.filter { it.id !in known }.map(::Entry)
        next = page.next
        render()
    }

    suspend fun loadNewer() {
        val own = generation
        val page =
            previous?.let {
                attempt { kit.core.articles(ArticleQuery(scope = scope(), before = it)) }
            } ?: return
        if (own != generation) return
        val known = entries.orEmpty().map { it.row.id }.toSet()
        entries = page.rows.filter { it.id !in known }.map(::Entry) + entries.orEmpty()
        previous = page.previous
        if (page.previous == null) start = null
        render()
    }

    /** Fetches; what is new then waits above. */
    suspend fun refresh() {
        kit.syncing.sync(listOfNotNull(country))
        reload()
    }

    suspend fun filter(filter: StoriesFilter) {
        this.filter = filter
        load()
    }

    suspend fun markRead(id: Long, isRead: Boolean) =
        mark(id, if (isRead) Mark.Read else Mark.Unread) { it.copy(isRead = isRead) }

    suspend fun save(id: Long, isSaved: Boolean) =
        mark(id, if (isSaved) Mark.Save else Mark.Unsave) { it.copy(isSaved = isSaved) }

    /** Takes a story off the list. */
    suspend fun hide(id: Long) = mark(id, Mark.Hide) { null }

    suspend fun markAllRead() {
        val before = entries
        entries = entries?.map { it.copy(isRead = true) }
        render()
        val done = attempt { kit.core.markAllRead(scope().copy(unread = false)) }
        if (done == null) entries = before else receipt = done
        loadSummary()
        render()
    }

    suspend fun undo() {
        val undo = receipt?.undo ?: return
        receipt = null
        attempt { kit.core.undoMarkAll(undo) }
        reload()
    }

    /** At once on the screen, then on the disk; back again when that fails. One after the other. */
    private suspend fun mark(id: Long, mark: Mark, change: (Entry) -> Entry?) {
        val before = entries.orEmpty()
        val at = before.indexOfFirst { it.row.id == id }
        if (at < 0) return
        val was = before[at]
        entries = before.mapNotNull { if (it.row.id == id) change(it) else it }
        render()
        underWay += id
        val isDone = marking.withLock { attempt { kit.core.mark(listOf(id), mark) } } != null
        underWay -= id
        if (isDone) return
        val now = entries.orEmpty()
        val back = now.indexOfFirst { it.row.id == id }
        entries =
            if (back < 0) now.take(at) + was + now.drop(at)
            else now.map { if (it == change(was)) was else it }
        render()
    }

    private suspend fun page(after: String?): ArticlePage? =
        attempt { kit.core.articles(ArticleQuery(scope = scope(), after = after)) }

    private suspend fun loadSummary() {
        val code = country ?: return
        attempt { kit.core.countries() }?.let { all -> summary = all.firstOrNull { it.country == code } }
    }

    /** Asks anew for what is shown. Nothing moves: what is new waits, what left stays until the next load. */
    private suspend fun reload() {
        val shown = entries
        val last = shown?.lastOrNull()?.row ?: return load()
        val own = generation
        val fresh = mutableListOf<ArticleRow>()
        var after = start
        do {
            val page = page(after) ?: return
            fresh += page.rows
            after = page.next
        } while (after != null && page.rows.last().sortAt > last.sortAt)
        loadSummary()
        if (own != generation) return
        val byId = fresh.associateBy { it.id }
        val known = entries.orEmpty()
        entries =
            known.map { entry ->
                val row = byId[entry.row.id]
                when {
                    entry.row.id in underWay -> entry
                    // Not among the unread any more: it was read elsewhere.
                    row == null -> entry.copy(isRead = entry.isRead || filter.isUnread)
                    else -> Entry(row)
                }
            }
        val ids = known.map { it.row.id }.toSet()
        waiting = fresh.count { it.id !in ids && it.sortAt >= last.sortAt }.toLong()
        if (next == null) next = after
        render()
    }

    override suspend fun invalidated(what: List<Invalidation>) {
        val isOurs =
            what.any {
                it !is Invalidation.Articles || country == null || it.v1.isEmpty() || country in it.v1
            }
        if (isOurs) reload()
    }

    override suspend fun resumed() = reload()

    override fun trim() {
        val known = entries ?: return
        if (known.size <= PAGE) return
        entries = known.take(PAGE)
        next = firstNext
        render()
    }

    override fun render() {
        val known = entries
        val stories = known.orEmpty().map(::item)
        show(
            StoriesState(
                isLoading = known == null && trouble == null,
                title = summary?.name ?: if (country == null) words.storiesSaved else country,
                subtitle =
                    summary?.let {
                        wording.facts(
                            words.storiesUnreadOf(
                                it.articles.toLong(),
                                wording.number(it.unread.toLong()),
                            ),
                            updated(it),
                        )
                    } ?: "",
                filter = filter,
                stories = stories,
                newText = if (waiting > 0) words.storiesNew(waiting) else null,
                hasOlder = next != null,
                hasNewer = previous != null,
                emptyText =
                    when {
                        known == null || known.isNotEmpty() -> null
                        filter.isSaved -> words.storiesEmptySaved
                        filter.isUnread -> words.storiesEmptyUnread
                        else -> words.storiesEmpty
                    },
                undoText = receipt?.let { words.storiesMarkedAll(it.marked.toLong()) },
                trouble = trouble,
            )
        )
    }

    private fun updated(of: CountrySummary): String {
        val at = of.refreshedAt ?: return words.storiesNeverUpdated
        val age = wording.age(at)
        return if (age == words.ageNow) words.storiesUpdatedNow else words.storiesUpdated(age)
    }

    private fun item(entry: Entry): StoryItem {
        val row = entry.row
        val english = row.translation.takeUnless { kit.choices.isOriginalsFirst }
        val headline = english?.title ?: row.title
        val translated = english?.let { words.storiesTranslatedFrom(wording.language(row.language)) }
        val ready = if (row.ready) words.storiesReady else null
        return StoryItem(
            id = row.id,
            headline = headline,
            publisher = row.publisherName,
            country = row.country,
            age = wording.age(row.sortAt),
            isUnread = !entry.isRead,
            isSaved = entry.isSaved,
            picture = row.image,
            translated = translated,
            ready = ready,
            spoken =
                wording.sentences(
                    words.storiesUnread.takeUnless { entry.isRead },
                    headline,
                    wording.list(row.publisherName, wording.spokenAge(row.sortAt)),
                    translated,
                    words.storiesSaved.takeIf { entry.isSaved },
                    ready,
                ),
            readAction = if (entry.isRead) words.actionMarkUnread else words.actionMarkRead,
            saveAction = if (entry.isSaved) words.actionUnsave else words.actionSave,
        )
    }

    private companion object {
        /** Rows that are kept when memory is short: a page. */
        const val PAGE = 50
    }
}

package app.overview.kit

import app.overview.bindings.Change
import app.overview.bindings.ChangeKind
import app.overview.bindings.HistoryRow
import app.overview.bindings.Invalidation

/** An article that was opened. */
data class HistoryItem(
    val id: Long,
    val headline: String,
    val publisher: String,
    val country: String,
    /** When it was opened last: "3 h". */
    val age: String,
    val spoken: String,
)

/** Something that can be taken back. */
data class ChangeItem(
    val id: Long,
    /** "12 articles marked as read". */
    val text: String,
    val age: String,
    val spoken: String,
)

data class HistoryState(
    val isLoading: Boolean = true,
    val title: String = "",
    /** The last opened first. */
    val articles: List<HistoryItem> = emptyList(),
    val hasMore: Boolean = false,
    /** Of the last day, the latest first. */
    val changes: List<ChangeItem> = emptyList(),
    /** "Taken back", "What was read when is forgotten." */
    val doneText: String? = null,
    val emptyText: String? = null,
    val trouble: Trouble? = null,
)

/** What was read lately, and what was done and can be taken back. */
class HistoryModel internal constructor(kit: Kit) : Model<HistoryState>(kit, HistoryState()) {
    private var rows: List<HistoryRow>? = null
    private var next: String? = null
    private var changes: List<Change> = emptyList()
    private var isCleared = false
    private var isUndone = false

    suspend fun load() {
        clear()
        reload()
    }

    private suspend fun reload() {
        attempt { kit.core.history(null, 25u) }?.let {
            rows = it.rows
            next = it.next
        }
        attempt { kit.core.changes() }?.let { changes = it }
        render()
    }

    suspend fun loadMore() {
        val after = next ?: return
        val page = attempt { kit.core.history(after, 25u) } ?: return
        if (after != next) return
        rows = rows.orEmpty() + page.rows
        next = page.next
        render()
    }

    /** Takes a change back. */
    suspend fun undo(id: Long) {
        clear()
        isCleared = false
        isUndone = attempt { kit.core.undoChange(id) } != null
        reload()
    }

    /** Forgets what was read when. */
    suspend fun forget() {
        clear()
        isUndone = false
        isCleared = attempt { kit.core.clearHistory() } != null
        reload()
    }

    override suspend fun invalidated(what: List<Invalidation>) = reload()

    override suspend fun resumed() = load()

    override fun render() {
        show(
            HistoryState(
                isLoading = rows == null && trouble == null,
                title = words.historyTitle,
                articles = rows.orEmpty().map(::item),
                hasMore = next != null,
                changes = changes.map(::item),
                doneText =
                    if (isUndone) words.historyUndone
                    else words.historyCleared.takeIf { isCleared },
                emptyText = if (rows?.isEmpty() == true) words.historyEmpty else null,
                trouble = trouble,
            )
        )
    }

    private fun item(of: HistoryRow): HistoryItem {
        val row = of.row
        val headline = row.englishTitle ?: row.title
        return HistoryItem(
            id = row.id,
            headline = headline,
            publisher = row.publisherName,
            country = row.country,
            age = wording.age(of.readAt),
            spoken =
                wording.sentences(headline, wording.list(row.publisherName, wording.spokenAge(of.readAt))),
        )
    }

    private fun item(of: Change): ChangeItem {
        val text =
            when (val what = of.what) {
                is ChangeKind.MarkedAllRead -> words.historyMarked(what.articles.toLong())
                is ChangeKind.UnfollowedCountry,
                is ChangeKind.UnfollowedPublisher -> words.historyUnfollowed(of.name)
                is ChangeKind.RemovedPublisher -> words.historyRemoved(of.name)
            }
        return ChangeItem(
            id = of.id,
            text = text,
            age = wording.age(of.madeAt),
            spoken = wording.sentences(text, wording.spokenAge(of.madeAt)),
        )
    }
}

package app.overview.kit

import app.overview.bindings.CountrySummary
import app.overview.bindings.Invalidation
import app.overview.bindings.Mark
import app.overview.bindings.MarkAllReceipt
import app.overview.bindings.PerspectiveCount
import app.overview.bindings.PerspectiveKind
import app.overview.bindings.PictureKey
import app.overview.bindings.Scope
import app.overview.bindings.StoryOrder
import app.overview.bindings.StoryPage
import app.overview.bindings.StoryQuery
import app.overview.bindings.StoryRow
import app.overview.bindings.StoryScope
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** A story in a list. */
data class StoryItem(
    val id: String,
    /** The one that opens. */
    val article: Long,
    val headline: String,
    val publisher: String,
    /** For its tile. */
    val country: String,
    val age: String,
    val isUnread: Boolean,
    val isSaved: Boolean,
    val picture: PictureKey?,
    /** The shapes beside "6 takes". */
    val marks: List<PerspectiveKind>,
    val takes: String?,
    /** "0 of 30 American". */
    val overlooked: String?,
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

/** Where to go on when a country is read. */
data class NextCountry(
    val code: String,
    /** "Next: Germany, 64". */
    val text: String,
)

/** What a list is narrowed to. */
data class StoriesFilter(
    val isUnread: Boolean = false,
    val isSaved: Boolean = false,
    val isOverlooked: Boolean = false,
    /** Told under this one, such as `region:europe`. */
    val perspective: String? = null,
)

/** A perspective that a list can be narrowed to. */
data class PerspectiveChoice(
    val id: String,
    val name: String,
    val kind: PerspectiveKind,
    /** How many stories are told under it. */
    val count: String,
    val isChosen: Boolean,
)

data class StoriesState(
    val isLoading: Boolean = true,
    val title: String = "",
    /** "38 unread of 112 stories · Updated 4 min ago". */
    val subtitle: String = "",
    val filter: StoriesFilter = StoriesFilter(),
    /** After [StoriesModel.loadPerspectives]. */
    val perspectives: List<PerspectiveChoice> = emptyList(),
    val stories: List<StoryItem> = emptyList(),
    /** "3 new": stories that wait above, so that nothing moves under a finger. */
    val newText: String? = null,
    val hasOlder: Boolean = false,
    val hasNewer: Boolean = false,
    /** Instead of the list: what it is, and what there is to know. */
    val emptyTitle: String? = null,
    val emptyText: String? = null,
    /** Beside it, when the country is read: the next that is followed and is not. */
    val nextCountry: NextCountry? = null,
    /** "24 articles marked as read", with what takes it back. */
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
    private data class Entry(val row: StoryRow, val isRead: Boolean, val isSaved: Boolean) {
        constructor(row: StoryRow) : this(row, row.lead.state.read, row.lead.state.saved)
    }

    private var entries: List<Entry>? = null
    private var waiting = 0L
    private var previous: String? = null
    private var next: String? = null
    /** Where the list begins: nothing at its newest. */
    private var start: String? = null
    private var firstNext: String? = null
    private var summary: CountrySummary? = null
    private var nextSummary: CountrySummary? = null
    private var receipt: MarkAllReceipt? = null
    /** The load that counts; those before it that answer later do not. */
    private var generation = 0
    private val marking = Mutex()
    /** Stories whose marks are not on the disk yet: what the store says of them is old. */
    private val underWay = mutableListOf<String>()
    /** When each was marked, counted in marks: what was read before that is old too. */
    private val marked = mutableMapOf<String, Int>()
    private var marks = 0
    private var perspectives: List<PerspectiveCount> = emptyList()

    private fun articles() =
        Scope(
            countries = listOfNotNull(country),
            unread = filter.isUnread,
            saved = filter.isSaved,
        )

    private fun scope() =
        StoryScope(
            articles = articles(),
            perspective = filter.perspective,
            overlooked = filter.isOverlooked,
        )

    private fun query(after: String? = null, before: String? = null) =
        StoryQuery(scope = scope(), order = StoryOrder.TIME, after = after, before = before)

    /** From the newest on, with what waited above. */
    suspend fun load() = load(after = null)

    /** From a [place] on, where a list was left. */
    suspend fun load(after: String?) {
        clear()
        val own = ++generation
        val page = page(after)
        loadSummary()
        // One that is overtaken is still better than nothing.
        if (own != generation && entries != null) return
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
                attempt { kit.core.stories(query(before = it)) }
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

    /** For the sheet of perspectives. */
    suspend fun loadPerspectives() {
        attempt { kit.core.perspectives(StoryScope(articles = articles())) }?.let { perspectives = it }
        render()
    }

    suspend fun filter(filter: StoriesFilter) {
        this.filter = filter
        load()
    }

    suspend fun markRead(id: String, isRead: Boolean) =
        mark(id, if (isRead) Mark.Read else Mark.Unread) { it.copy(isRead = isRead) }

    suspend fun save(id: String, isSaved: Boolean) =
        mark(id, if (isSaved) Mark.Save else Mark.Unsave) { it.copy(isSaved = isSaved) }

    /** Takes a story off the list. */
    suspend fun hide(id: String) = mark(id, Mark.Hide) { null }

    suspend fun markAllRead() {
        clear()
        val before = entries
        entries = entries?.map { it.copy(isRead = true) }
        render()
        val done = attempt { kit.core.markAllRead(articles().copy(unread = false)) }
        for (entry in before.orEmpty()) marked[entry.row.id] = ++marks
        if (done == null) entries = before else receipt = done
        loadSummary()
        render()
    }

    suspend fun undo() {
        val undo = receipt?.undo ?: return
        receipt = null
        clear()
        attempt { kit.core.undoMarkAll(undo) }
        reload()
    }

    /** At once on the screen, then on the disk; back again when that fails. One after the other. */
    private suspend fun mark(id: String, mark: Mark, change: (Entry) -> Entry?) {
        clear()
        val before = entries.orEmpty()
        val at = before.indexOfFirst { it.row.id == id }
        if (at < 0) return
        val was = before[at]
        entries = before.mapNotNull { if (it.row.id == id) change(it) else it }
        render()
        underWay += id
        marked[id] = ++marks
        val isDone = marking.withLock { attempt { kit.core.mark(listOf(was.row.lead.id), mark) } } != null
        underWay -= id
        marked[id] = ++marks
        if (isDone) return
        val now = entries.orEmpty()
        val back = now.indexOfFirst { it.row.id == id }
        entries =
            if (back < 0) now.take(at) + was + now.drop(at)
            else now.map { if (it == change(was)) was else it }
        render()
    }

    private suspend fun page(after: String?): StoryPage? =
        attempt { kit.core.stories(query(after = after)) }

    private suspend fun loadSummary() {
        val code = country ?: return
        val all = attempt { kit.askCountries() } ?: return
        val at = all.indexOfFirst { it.country == code }
        summary = all.getOrNull(at)
        // By the order of the lists, from this one on.
        nextSummary = (all.drop(at + 1) + all.take(at.coerceAtLeast(0))).firstOrNull { it.followed && it.unreadStories > 0u }
    }

    /** Asks anew for what is shown. Nothing moves: what is new waits, what left stays until the next load. */
    private suspend fun reload() {
        val shown = entries
        val last = shown?.lastOrNull()?.row ?: return load()
        val own = generation
        val began = marks
        val fresh = mutableListOf<StoryRow>()
        var after = start
        do {
            val page = page(after) ?: return
            fresh += page.rows
            after = page.next
        } while (after != null && page.rows.last().lead.sortAt > last.lead.sortAt)
        loadSummary()
        if (own != generation) return
        val byId = fresh.associateBy { it.id }
        val known = entries.orEmpty()
        entries =
            known.map { entry ->
                val row = byId[entry.row.id]
                when {
                    entry.row.id in underWay || (marked[entry.row.id] ?: 0) > began -> entry
                    // Not among the unread any more: it was read elsewhere.
                    row == null -> entry.copy(isRead = entry.isRead || filter.isUnread)
                    else -> Entry(row)
                }
            }
        val ids = known.map { it.row.id }.toSet()
        waiting = fresh.count { it.id !in ids && it.lead.sortAt >= last.lead.sortAt }.toLong()
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
        val isEmpty = known != null && known.isEmpty()
        val read = summary.takeIf { isEmpty && filter == StoriesFilter(isUnread = true) && it != null && it.stories > 0u }
        show(
            StoriesState(
                isLoading = known == null && trouble == null,
                title = summary?.name ?: if (country == null) words.storiesSaved else country,
                subtitle =
                    summary?.let {
                        wording.facts(
                            words.storiesUnreadOf(
                                it.stories.toLong(),
                                wording.number(it.unreadStories.toLong()),
                            ),
                            updated(it),
                        )
                    } ?: "",
                filter = filter,
                perspectives =
                    perspectives.map {
                        PerspectiveChoice(
                            it.perspective,
                            it.name,
                            it.kind,
                            wording.number(it.stories.toLong()),
                            it.perspective == filter.perspective,
                        )
                    },
                stories = stories,
                newText = if (waiting > 0) words.storiesNew(waiting) else null,
                hasOlder = next != null,
                hasNewer = previous != null,
                emptyTitle =
                    when {
                        !isEmpty -> null
                        read != null -> words.storiesAllRead(read.name)
                        filter.isSaved -> words.storiesEmptySaved
                        filter.isOverlooked -> words.storiesEmptyOverlooked
                        filter.isUnread -> words.storiesEmptyUnread
                        else -> words.storiesEmpty
                    },
                emptyText = read?.let { words.storiesAllReadText(it.stories.toLong()) },
                nextCountry =
                    nextSummary?.takeIf { read != null }?.let {
                        NextCountry(it.country, words.storiesNext(it.name, wording.number(it.unreadStories.toLong())))
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
        val story = entry.row
        val row = story.lead
        val english = row.englishTitle.takeUnless { kit.choices.isOriginalsFirst }
        val headline = english ?: row.title
        val translated = english?.let { words.storiesTranslatedFrom(wording.language(row.language)) }
        val ready = if (row.ready) words.storiesReady else null
        val takes = if (story.takes > 0u) words.storiesTakes(story.takes.toLong()) else null
        val american = story.overlooked?.let { "${it.americanRan}" to "${it.americanOf}" }
        return StoryItem(
            id = story.id,
            article = row.id,
            headline = headline,
            publisher = row.publisherName,
            country = row.country,
            age = wording.age(row.sortAt),
            isUnread = !entry.isRead,
            isSaved = entry.isSaved,
            picture = row.image,
            marks = story.marks,
            takes = takes,
            overlooked = american?.let { (ran, of) -> words.storiesOverlooked(of, ran) },
            translated = translated,
            ready = ready,
            spoken =
                wording.sentences(
                    words.storiesUnread.takeUnless { entry.isRead },
                    headline,
                    wording.list(row.publisherName, wording.spokenAge(row.sortAt)),
                    takes?.let { words.takesOfKinds(wording.kinds(story.marks), it) },
                    american?.let { (ran, of) -> words.storiesOverlookedSpoken(of, ran) },
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

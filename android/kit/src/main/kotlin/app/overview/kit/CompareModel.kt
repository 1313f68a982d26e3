package app.overview.kit

import app.overview.bindings.Invalidation
import app.overview.bindings.Story
import app.overview.bindings.Take
import app.overview.bindings.Telling

data class CompareState(
    val isLoading: Boolean = true,
    val title: String = "",
    /** "One event, 6 takes. Each is a real article." */
    val subtitle: String = "",
    /** The article's own first. */
    val takes: List<TakeItem> = emptyList(),
    /** The takes whose "Why?" is open. */
    val opened: Set<Long> = emptySet(),
    val emptyText: String? = null,
    val trouble: Trouble? = null,
)

/** The takes of a story beside each other. */
class CompareModel internal constructor(kit: Kit, private val article: Long) :
    Model<CompareState>(kit, CompareState()) {
    private var story: Story? = null
    private var takes: List<Take> = emptyList()
    private val opened = mutableSetOf<Long>()

    suspend fun load() {
        clear()
        reload()
    }

    private suspend fun reload() {
        attempt {
            kit.learnNames()
            kit.core.storyOf(article) to kit.core.takes(article)
        }?.let { (told, others) ->
            story = told
            takes = others
        }
        render()
    }

    /** Opens or closes the answer to "Why?". */
    fun toggleWhy(article: Long) {
        if (!opened.remove(article)) opened.add(article)
        render()
    }

    override suspend fun invalidated(what: List<Invalidation>) {
        if (story != null && what.any { it is Invalidation.Articles }) reload()
    }

    override suspend fun resumed() = load()

    override fun render() {
        val own = story?.articles?.firstOrNull { it.row.id == article }?.let(::own)
        val all = listOfNotNull(own) + takes.map { kit.take(it) }
        show(
            CompareState(
                isLoading = story == null && trouble == null,
                title = words.takesTitle,
                subtitle = if (takes.isEmpty()) "" else words.takesSubtitle(all.size.toLong()),
                takes = all,
                opened = opened.toSet(),
                emptyText = if (story != null && takes.isEmpty()) words.takesNone else null,
                trouble = trouble,
            )
        )
    }

    /** The article itself as a take, where it has a label. */
    private fun own(telling: Telling): TakeItem? {
        val label = telling.labels.firstOrNull() ?: return null
        val take =
            kit.take(
                Take(label, telling.labels.drop(1), telling.row, telling.firstSentence, emptyList())
            )
        return take.copy(
            ownText = words.takesReading,
            spoken = wording.sentences(words.takesOwn(label.name), take.headline),
        )
    }
}

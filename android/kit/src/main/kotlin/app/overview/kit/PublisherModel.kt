package app.overview.kit

import app.overview.bindings.FeedHealth
import app.overview.bindings.FeedStatus
import app.overview.bindings.Invalidation
import app.overview.bindings.Mute
import app.overview.bindings.MuteFor
import app.overview.bindings.Muted
import app.overview.bindings.Publisher
import app.overview.bindings.PublisherSummary
import app.overview.bindings.Stance
import java.net.URI
import java.time.LocalDate

/** Something known of a publisher. */
data class FactItem(
    /** "Owner". */
    val name: String,
    val text: String,
    /** Where it was read, and on which day; of an owner and a leaning always. */
    val source: String?,
    val spoken: String,
)

data class PublisherState(
    val isLoading: Boolean = true,
    val title: String = "",
    val facts: List<FactItem> = emptyList(),
    /** Its front page, and "Open at The Acacia Post". */
    val home: URI? = null,
    val openTitle: String = "",
    val isMuted: Boolean = false,
    /** "Mute The Acacia Post", "Show The Acacia Post again". */
    val muteTitle: String = "",
    val trouble: Trouble? = null,
)

/** Who a publisher is: what the catalogue says of it, and where that was read. */
class PublisherModel internal constructor(kit: Kit, private val id: String) :
    Model<PublisherState>(kit, PublisherState()) {
    private var publisher: Publisher? = null
    private var summary: PublisherSummary? = null
    private var mute: Mute? = null

    suspend fun load() {
        clear()
        reload()
    }

    private suspend fun reload() {
        attempt {
            kit.learnNames()
            val known = kit.core.publisher(id)
            publisher = known
            summary = kit.core.publishers(listOf(known.country)).firstOrNull { it.id == id }
            mute = kit.core.mutes().firstOrNull { it.what == Muted.Publisher(id) }
        }
        render()
    }

    /** Its articles leave the lists for good, or are shown again. */
    suspend fun setMuted(isMuted: Boolean) {
        clear()
        val known = mute
        attempt {
            if (isMuted) kit.core.mute(Muted.Publisher(id), MuteFor.Good)
            else known?.let { kit.core.unmute(it.id) }
        }
        reload()
    }

    override suspend fun invalidated(what: List<Invalidation>) = reload()

    override suspend fun resumed() = load()

    override fun render() {
        val known = publisher
        show(
            PublisherState(
                isLoading = known == null && trouble == null,
                title = known?.name ?: "",
                facts = known?.let(::facts).orEmpty(),
                home = known?.home,
                openTitle = known?.let { words.actionOpenAt(it.name) } ?: "",
                isMuted = mute != null,
                muteTitle =
                    known?.let { if (mute == null) words.mutesAddSpoken(it.name) else words.mutesEndSpoken(it.name) } ?: "",
                trouble = trouble,
            )
        )
    }

    private fun facts(of: Publisher): List<FactItem> =
        listOfNotNull(
            fact(words.publisherCountry, kit.nameOf(of.country)),
            fact(words.publisherLanguage, wording.language(of.language)),
            fact(words.publisherKindTitle, words.publisherKind(of.kind.name.lowercase()) ?: of.kind.name),
            of.ownership?.let {
                val owner = words.ownership(it.value.name.lowercase()) ?: it.value.name
                fact(words.publisherOwner, owner, it.source to it.asOf)
            },
        ) +
            of.alignments.map {
                val stance =
                    when (it.stance) {
                        Stance.FOR -> words.publisherOpenlyFor(it.entity)
                        Stance.AGAINST -> words.publisherOpenlyAgainst(it.entity)
                    }
                fact(words.publisherStance, stance, it.source to it.asOf)
            } +
            listOfNotNull(
                if (of.panel) fact(words.publisherPanelTitle, words.publisherPanel) else null,
                of.note?.let { fact(words.publisherNote, it) },
            ) +
            summary?.feeds.orEmpty().map(::feed)

    private fun fact(name: String, text: String, read: Pair<String, LocalDate>? = null): FactItem {
        val source = read?.let { (source, day) -> wording.facts(source, "$day") }
        return FactItem(name, text, source, wording.sentences(wording.list(name, text), source))
    }

    /** When it answered last, or why it does not. */
    private fun feed(of: FeedStatus): FactItem {
        val answered = of.succeededAt?.let { words.publisherAnswered(wording.spokenAge(it)) }
        val state =
            when (of.health) {
                FeedHealth.GOOD -> answered ?: ""
                FeedHealth.GONE -> words.publishersGone
                FeedHealth.FAILING -> wording.facts(words.publishersFailing(of.reason ?: ""), answered)
                FeedHealth.UNKNOWN -> words.publishersUnknown
            }
        val address = "${of.movedTo ?: of.url}"
        return FactItem(words.publisherFeed, state, address, wording.list(words.publisherFeed, state))
    }
}

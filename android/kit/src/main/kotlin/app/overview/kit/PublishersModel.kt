package app.overview.kit

import app.overview.bindings.FeedHealth
import app.overview.bindings.Invalidation
import app.overview.bindings.PublisherSummary
import java.net.URI

data class PublisherItem(
    val id: String,
    val name: String,
    /** "Swahili · 38 unread". */
    val facts: String,
    /** What is wrong with its feed, in words. */
    val trouble: String?,
    val isOn: Boolean,
    /** Added by the person, who can remove it. */
    val isOwn: Boolean,
    val home: URI,
    val spoken: String,
)

/** The publishers of a country. */
data class PublisherGroup(val code: String, val name: String, val publishers: List<PublisherItem>)

data class PublishersState(
    val isLoading: Boolean = true,
    val title: String = "",
    val groups: List<PublisherGroup> = emptyList(),
    val search: String = "",
    /** "Dnipro Herald was removed", until something else is done. */
    val undoText: String? = null,
    val emptyText: String? = null,
    val trouble: Trouble? = null,
)

/** Who is read. */
class PublishersModel internal constructor(kit: Kit, private val country: String?) :
    Model<PublishersState>(kit, PublishersState()) {
    private var publishers: List<PublisherSummary>? = null
    /** Switches that were turned and are not on the disk yet. */
    private val asked = mutableMapOf<String, Boolean>()
    private var search = ""
    /** The name of the one that was removed last, and what takes it back. */
    private var removed: Pair<String, Long>? = null

    suspend fun load() {
        clear()
        reload()
    }

    private suspend fun reload() {
        attempt {
            kit.askCountries()
            kit.core.publishers(listOfNotNull(country))
        }?.let { publishers = it }
        render()
    }

    fun search(text: String) {
        search = text
        render()
    }

    /** One that is off is not fetched, and its articles leave the lists. */
    suspend fun setOn(id: String, isOn: Boolean) {
        clear()
        asked[id] = isOn
        render()
        val isDone = attempt { kit.core.followPublisher(id, isOn) } != null
        if (isDone) reload()
        asked.remove(id)
        render()
    }

    /** Removes one that the person added. */
    suspend fun remove(id: String) {
        clear()
        removed = null
        val name = publishers?.firstOrNull { it.id == id }?.name ?: return
        if (attempt { kit.core.removePublisher(id) } != null) {
            removed = attempt { kit.core.changes() }?.firstOrNull()?.let { name to it.id }
        }
        reload()
    }

    /** Puts back what was removed last. */
    suspend fun undo() {
        clear()
        val (_, change) = removed ?: return
        removed = null
        attempt { kit.core.undoChange(change) }
        reload()
    }

    override suspend fun invalidated(what: List<Invalidation>) = reload()

    override suspend fun resumed() = load()

    override fun render() {
        val wanted = search.trim()
        val found = publishers.orEmpty().filter { it.name.contains(wanted, ignoreCase = true) }
        show(
            PublishersState(
                isLoading = publishers == null && trouble == null,
                title = words.publishersTitle,
                groups =
                    found.groupBy { it.country }.map { (code, all) ->
                        PublisherGroup(code, kit.nameOf(code), all.map(::item))
                    },
                search = search,
                undoText = removed?.let { (name, _) -> words.publishersRemoved(name) },
                emptyText =
                    if (publishers != null && found.isEmpty()) words.publishersNoneFound(wanted)
                    else null,
                trouble = trouble,
            )
        )
    }

    private fun item(of: PublisherSummary): PublisherItem {
        val isOn = asked[of.id] ?: of.followed ?: of.enabled
        val feeds = of.feeds
        val failing = feeds.firstOrNull { it.health == FeedHealth.FAILING }
        val trouble =
            when {
                feeds.isEmpty() || feeds.any { it.health == FeedHealth.GOOD } -> null
                feeds.all { it.health == FeedHealth.GONE } -> words.publishersGone
                failing != null -> words.publishersFailing(failing.reason ?: "")
                else -> words.publishersUnknown
            }
        val facts =
            wording.facts(
                wording.language(of.language),
                words.publishersOwn.takeIf { of.own },
                words.countriesUnread(of.unread.toLong()).takeIf { of.unread > 0u },
            )
        return PublisherItem(
            id = of.id,
            name = of.name,
            facts = facts,
            trouble = trouble,
            isOn = isOn,
            isOwn = of.own,
            home = of.home,
            spoken = wording.sentences(wording.switch(wording.list(of.name, facts), isOn), trouble),
        )
    }
}

package app.overview.ui

import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.Saver
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshots.SnapshotStateList
import androidx.compose.runtime.toMutableStateList

/** The four places of the bar. */
enum class Tab { GLOBE, OVERLOOKED, OFFLINE, SEARCH }

/** A screen, and what it is of. [key] is its name among those that are open. */
sealed interface Place {
    val key: String

    data class Root(val tab: Tab) : Place {
        override val key get() = tab.name
    }

    data class Stories(val country: String) : Place {
        override val key get() = "STORIES/$country"
    }

    data class Article(val id: Long) : Place {
        override val key get() = "ARTICLE/$id"
    }

    /** The publishers of a country, or of all. */
    data class Publishers(val country: String?) : Place {
        override val key get() = "PUBLISHERS/${country.orEmpty()}"
    }

    /** In the news of a country. */
    data class Search(val country: String) : Place {
        override val key get() = "SEARCH_IN/$country"
    }

    /** What is muted; with what an article offers to mute. */
    data class Mutes(val article: Long?) : Place {
        override val key get() = "MUTES/${article ?: ""}"
    }

    data object Countries : Place {
        override val key get() = "COUNTRIES"
    }

    data object Saved : Place {
        override val key get() = "SAVED"
    }

    data object Settings : Place {
        override val key get() = "SETTINGS"
    }

    data object Languages : Place {
        override val key get() = "LANGUAGES"
    }

    /** Adding one by its address, or changing a publisher that was added. */
    data class Site(val publisher: String? = null) : Place {
        override val key get() = "SITE/${publisher ?: ""}"
    }

    /** What was read lately, and what can be taken back. */
    data object History : Place {
        override val key get() = "HISTORY"
    }

    /** What takes room, and how much may. */
    data object Storage : Place {
        override val key get() = "STORAGE"
    }

    /** To another device, and from one. */
    data object Moving : Place {
        override val key get() = "MOVING"
    }

    companion object {
        /** The place of a [key]; nothing when it is none of ours. */
        fun of(key: String): Place? {
            val of = key.substringAfter('/', "")
            return when (key.substringBefore('/')) {
                "STORIES" -> Stories(of)
                "ARTICLE" -> of.toLongOrNull()?.let(::Article)
                "PUBLISHERS" -> Publishers(of.ifEmpty { null })
                "SEARCH_IN" -> Search(of)
                "MUTES" -> Mutes(of.toLongOrNull())
                "COUNTRIES" -> Countries
                "SAVED" -> Saved
                "SETTINGS" -> Settings
                "LANGUAGES" -> Languages
                "SITE" -> Site(of.ifEmpty { null })
                "HISTORY" -> History
                "STORAGE" -> Storage
                "MOVING" -> Moving
                else -> Tab.entries.firstOrNull { it.name == key }?.let(::Root)
            }
        }
    }
}

/** Where a person is: what was opened, from a place of the bar on. */
@Stable
class Navigator(places: List<Place> = listOf(Place.Root(Tab.GLOBE))) {
    val places: SnapshotStateList<Place> = places.toMutableStateList()
    var tab: Tab by mutableStateOf((places.first() as Place.Root).tab)
        private set

    val top: Place get() = places.last()
    val canGoBack: Boolean get() = places.size > 1 || tab != Tab.GLOBE

    fun open(place: Place) {
        if (top != place) places += place
    }

    /** In the place of what is on top: back leads to where that came from. */
    fun replace(place: Place) {
        if (places.size > 1) places.removeAt(places.lastIndex)
        open(place)
    }

    /** An article in the place of the one that is open beside a list. */
    fun openBeside(article: Place.Article) {
        if (top is Place.Article) places.removeAt(places.lastIndex)
        open(article)
    }

    /** To a place of the bar; pressed again it closes what is open over it. */
    fun select(tab: Tab) {
        this.tab = tab
        places.clear()
        places += Place.Root(tab)
    }

    fun back() {
        if (places.size > 1) places.removeAt(places.lastIndex) else if (tab != Tab.GLOBE) select(Tab.GLOBE)
    }

    companion object {
        /** Kept when the system ends the process. */
        val Saver: Saver<Navigator, Any> =
            Saver(
                save = { navigator -> ArrayList(navigator.places.map { it.key }) },
                restore = { kept ->
                    val places = (kept as List<*>).mapNotNull { Place.of(it as String) }
                    if (places.firstOrNull() is Place.Root) Navigator(places) else Navigator()
                },
            )
    }
}

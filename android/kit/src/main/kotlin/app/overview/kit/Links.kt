package app.overview.kit

import java.net.URI

/** What an address of ours names, or a page that another app shared. */
sealed interface Link {
    /** By the story's id. */
    data class Story(val id: String) : Link

    data class Country(val code: String) : Link

    /** What is ready without a network. */
    data object Offline : Link

    /** A page of somebody else, by its host. */
    data class Page(val host: String) : Link
}

/**
 * Reads addresses. [host] is where the pages of an edition are published; a page of any other host is
 * somebody else's, whatever its path.
 */
class Links(private val host: String) {
    /** `overview://story/ID`, `overview://country/KE`, `overview://offline`, `https://HOST/s/ID`; else nothing. */
    fun of(address: String): Link? {
        val uri = runCatching { URI(address.trim()) }.getOrNull() ?: return null
        val path = uri.path.orEmpty().removePrefix("/").removeSuffix("/").split('/')
        return when (uri.scheme?.lowercase()) {
            SCHEME -> named(uri.host.orEmpty(), path.singleOrNull().orEmpty())
            "https" -> Link.Story(path.last()).takeIf { isOurs(uri) && path.size == 2 && path[0] == "s" && ID.matches(it.id) }
            else -> null
        }
    }

    /** The first address in a text that was shared, ours or not: apps put a headline before it. */
    fun inText(text: String): Link? =
        ADDRESS.findAll(text).firstNotNullOfOrNull { found ->
            of(found.value.trimEnd(*ENDS)) ?: PAGE.find(found.value)?.let { Link.Page(it.groupValues[1].lowercase()) }
        }

    private fun isOurs(uri: URI) = uri.host.equals(host, ignoreCase = true) && uri.userInfo == null && uri.port == -1

    private fun named(what: String, of: String): Link? =
        when {
            what == "story" && ID.matches(of) -> Link.Story(of)
            what == "country" && CODE.matches(of) -> Link.Country(of.uppercase())
            what == "offline" && of.isEmpty() -> Link.Offline
            else -> null
        }

    companion object {
        /** What the app answers to, beside the host of an edition. */
        const val SCHEME = "overview"
        const val OFFLINE = "$SCHEME://offline"

        private val ID = Regex("[A-Za-z0-9_-]{1,64}")
        private val CODE = Regex("[A-Za-z]{2}")
        private val ADDRESS = Regex("(?:https?|$SCHEME)://\\S+")
        /** The host, without what stands before it and its port. */
        private val PAGE = Regex("^https?://(?:[^@\\s/?#]*@)?([A-Za-z0-9.-]+)(?::[0-9]*)?(?:[/?#]|$)")
        /** Of the sentence around an address. */
        private val ENDS = charArrayOf('.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '”', '»')
    }
}

/** What is opened for a link. */
sealed interface Opening {
    data class Article(val id: Long) : Opening

    data class Country(val code: String) : Opening

    data object Offline : Opening
}

/** What is here for a [link]; nothing when this device has nothing of it. */
suspend fun Kit.opening(link: Link): Opening? =
    try {
        // The link may be what brings a suspended app to the screen.
        lifecycle.wake()
        when (link) {
            is Link.Story -> core.story(link.id).articles.firstOrNull()?.let { Opening.Article(it.row.id) }
            is Link.Country -> core.countries().firstOrNull { it.country == link.code }?.let { Opening.Country(it.country) }
            is Link.Page -> publisherOf(link.host)?.let { Opening.Country(it) }
            Link.Offline -> Opening.Offline
        }
    } catch (_: app.overview.bindings.OverviewException) {
        null
    }

/** The country of the publisher whose site a page is on. */
private suspend fun Kit.publisherOf(host: String): String? =
    core.publishers(emptyList()).firstOrNull { it.home.host?.site() == host.site() }?.country

private fun String.site() = lowercase().removePrefix("www.").removePrefix("m.")

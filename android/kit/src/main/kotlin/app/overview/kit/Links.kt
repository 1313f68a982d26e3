package app.overview.kit

import java.net.URI

/** What an address of ours names, or a text that another app shared. */
sealed interface Link {
    /** By the story's id. */
    data class Story(val id: String) : Link

    data class Country(val code: String) : Link

    /** What is ready without a network. */
    data object Offline : Link

    /** A page of somebody else. */
    data class Page(val url: URI) : Link

    companion object {
        /** What the app answers to, beside the host that an edition is published on. */
        const val SCHEME = "overview"
        const val OFFLINE = "$SCHEME://offline"

        /** `overview://story/ID`, `overview://country/KE`, `overview://offline`, `https://HOST/s/ID`; else a page or nothing. */
        fun of(address: String): Link? {
            val uri = runCatching { URI(address.trim()) }.getOrNull() ?: return null
            val path = uri.path.orEmpty().trim('/').split('/')
            return when (uri.scheme?.lowercase()) {
                SCHEME -> ours(uri.host.orEmpty(), path.singleOrNull().orEmpty())
                "http", "https" ->
                    when {
                        uri.host == null -> null
                        path.size == 2 && path[0] == "s" && ID.matches(path[1]) -> Story(path[1])
                        else -> Page(uri)
                    }
                else -> null
            }
        }

        /** The first address in a text that was shared: apps put a headline before it. */
        fun inText(text: String): Link? = ADDRESS.findAll(text).firstNotNullOfOrNull { of(it.value.trimEnd(*ENDS)) }

        private fun ours(what: String, of: String): Link? =
            when {
                what == "story" && ID.matches(of) -> Story(of)
                what == "country" && CODE.matches(of) -> Country(of.uppercase())
                what == "offline" && of.isEmpty() -> Offline
                else -> null
            }

        private val ID = Regex("[A-Za-z0-9_-]{1,64}")
        private val CODE = Regex("[A-Za-z]{2}")
        private val ADDRESS = Regex("(?:https?|$SCHEME)://\\S+")
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
        when (link) {
            is Link.Story -> core.story(link.id).articles.firstOrNull()?.let { Opening.Article(it.row.id) }
            is Link.Country -> core.countries().firstOrNull { it.country == link.code }?.let { Opening.Country(it.country) }
            is Link.Page -> publisherOf(link.url)?.let { Opening.Country(it) }
            Link.Offline -> Opening.Offline
        }
    } catch (_: app.overview.bindings.OverviewException) {
        null
    }

/** The country of the publisher whose site a page is on. */
private suspend fun Kit.publisherOf(page: URI): String? {
    val host = page.host.site()
    return core.publishers(emptyList()).firstOrNull { it.home.host?.site() == host }?.country
}

private fun String.site() = lowercase().removePrefix("www.").removePrefix("m.")

package app.overview.kit

import app.overview.bindings.FoundFeed
import app.overview.bindings.FoundSite
import app.overview.bindings.OwnPublisher
import app.overview.bindings.SiteSign
import java.net.URI

/** A feed of the site that was found. */
data class FeedChoice(
    val url: URI,
    /** What it calls itself, or its address. */
    val name: String,
    /** "12 entries · 3 h". */
    val facts: String,
    /** The first titles in it. */
    val titles: List<String>,
    val isChosen: Boolean,
    /** One that a publisher has already cannot be chosen. */
    val isKnown: Boolean,
    val spoken: String,
)

/** A language to choose. */
data class SiteLanguage(val code: String, val name: String)

/** A country to choose. */
data class SiteCountry(val code: String, val name: String)

/** All there are, by name. */
internal suspend fun Core.siteCountries(): List<SiteCountry> =
    countries().map { SiteCountry(it.country, it.name) }.sortedBy { it.name }

data class SiteState(
    val title: String = "",
    /** One that was added is changed: there is no address to look at. */
    val isEditing: Boolean = false,
    val placeholder: String = "",
    val address: String = "",
    val isLooking: Boolean = false,
    /** The one button: "Look", "Add", "Keep". */
    val buttonTitle: String = "",
    val isButtonEnabled: Boolean = false,
    /** What will be added; nothing before anything was found. */
    val name: String = "",
    val home: String = "",
    val country: String? = null,
    /** "Ukraine", "Choose its country". */
    val countryName: String = "",
    /** "By its address". */
    val countrySign: String? = null,
    val countries: List<SiteCountry> = emptyList(),
    val language: String = "",
    /** "Ukrainian", "Choose its language". */
    val languageName: String = "",
    val languageSign: String? = null,
    /** That publishers write in, by name. */
    val languages: List<SiteLanguage> = emptyList(),
    val feeds: List<FeedChoice> = emptyList(),
    /** "Dnipro Herald was added", "Dnipro Herald was changed". */
    val addedText: String? = null,
    val emptyText: String? = null,
    val trouble: Trouble? = null,
)

/**
 * Adding a site by its address: what was found is looked at, corrected and confirmed. Or changing one that
 * was added, whose id [edited] is.
 */
class SiteModel internal constructor(kit: Kit, private val edited: String?) : Model<SiteState>(kit, SiteState()) {
    private var address = ""
    private var isLooking = false
    private var site: FoundSite? = null
    private var countries: List<SiteCountry> = emptyList()
    private var languages: List<SiteLanguage> = emptyList()
    private var name = ""
    private var country: String? = null
    private var language = ""
    private var chosen: Set<URI> = emptySet()
    private var added: String? = null

    suspend fun load() {
        clear()
        countries = attempt { kit.core.siteCountries() }.orEmpty()
        val written = attempt { kit.core.publishers(emptyList()) }.orEmpty().map { it.language }.distinct()
        languages = written.map { SiteLanguage(it, wording.language(it)) }.sortedBy { it.name }
        if (edited != null && site == null) attempt { kit.core.ownPublisher(edited) }?.let(::edit)
        render()
    }

    private fun edit(own: OwnPublisher) {
        val feeds = own.feeds.map { FoundFeed(it, null, 0u, null, emptyList(), null) }
        site = FoundSite(own.name, own.home, null, null, null, null, feeds)
        name = own.name
        country = own.country
        language = own.language
        chosen = own.feeds.toSet()
    }

    /** Another address is looked for anew. */
    fun type(address: String) {
        this.address = address
        site = null
        added = null
        clear()
        render()
    }

    suspend fun press() = if (site == null) look() else add()

    private suspend fun look() {
        if (isLooking || address.isBlank()) return
        clear()
        isLooking = true
        added = null
        render()
        val found = attempt { kit.core.findSite(address) }
        isLooking = false
        if (found != null) {
            site = found
            name = found.name
            country = found.country
            language = found.language ?: ""
            chosen = found.feeds.filter { it.known == null }.take(1).map { it.url }.toSet()
        }
        render()
    }

    fun setName(name: String) {
        this.name = name
        render()
    }

    fun setCountry(code: String) {
        country = code
        render()
    }

    fun setLanguage(tag: String) {
        language = tag
        render()
    }

    fun choose(feed: URI, isChosen: Boolean) {
        chosen = if (isChosen) chosen + feed else chosen - feed
        render()
    }

    private suspend fun add() {
        val site = site ?: return
        val country = country ?: return
        clear()
        val own =
            OwnPublisher(
                name = name.trim(),
                home = site.home,
                country = country,
                language = language.ifBlank { mainLanguage(country) },
                feeds = site.feeds.map { it.url }.filter { it in chosen },
            )
        attempt { if (edited == null) kit.core.addPublisher(own) else kit.core.editPublisher(edited, own) } ?: return
        added = own.name
        if (edited == null) this.site = null
        address = ""
        render()
    }

    private suspend fun mainLanguage(country: String): String =
        attempt { kit.core.country(country) }?.languages?.firstOrNull() ?: "en"

    override fun render() {
        val site = site
        val country = country?.takeIf { site != null }
        show(
            SiteState(
                title = if (edited == null) words.siteTitle else words.siteEditTitle,
                isEditing = edited != null,
                placeholder = words.sitePlaceholder,
                address = address,
                isLooking = isLooking,
                buttonTitle =
                    when {
                        isLooking -> words.siteLooking
                        edited != null -> words.siteKeep
                        site == null -> words.siteLook
                        else -> words.siteAdd
                    },
                isButtonEnabled =
                    !isLooking &&
                        if (site == null) address.isNotBlank()
                        else country != null && name.isNotBlank() && chosen.isNotEmpty(),
                name = if (site == null) "" else name,
                home = site?.home?.toString() ?: "",
                country = country,
                countryName =
                    if (site == null) ""
                    else countries.firstOrNull { it.code == country }?.name ?: words.siteNoCountry,
                countrySign = site?.countrySign?.takeIf { country == site.country }?.let(::sign),
                countries = countries,
                language = if (site == null) "" else language,
                languageName =
                    if (site == null) "" else if (language.isEmpty()) words.siteNoLanguage else wording.language(language),
                languageSign = site?.languageSign?.takeIf { language == site.language }?.let(::sign),
                languages = languages,
                feeds = site?.feeds.orEmpty().map(::choice),
                addedText = added?.let { if (edited == null) words.siteAdded(it) else words.siteChanged(it) },
                emptyText = if (site?.feeds?.isEmpty() == true) words.siteNone else null,
                trouble = trouble,
            )
        )
    }

    private fun choice(of: FoundFeed): FeedChoice {
        val isKnown = of.known != null
        val isChosen = of.url in chosen
        val name = of.title?.takeIf { it.isNotBlank() } ?: of.url.toString()
        // What a feed has is not looked at again when its publisher is changed.
        val facts =
            if (edited != null) "" else wording.facts(
                words.siteEntries(of.entries.toLong()),
                of.newest?.let { wording.age(it) },
                words.siteKnown.takeIf { isKnown },
            )
        val state = if (isChosen) words.switchOn else words.switchOff
        return FeedChoice(
            url = of.url,
            name = name,
            facts = facts,
            titles = of.titles,
            isChosen = isChosen,
            isKnown = isKnown,
            spoken = wording.sentences(words.siteCheckbox(name, state), facts),
        )
    }

    private fun sign(of: SiteSign) =
        when (of) {
            SiteSign.DOMAIN -> words.siteSignDomain
            SiteSign.PAGE_LANGUAGE -> words.siteSignPageLanguage
            SiteSign.LOCALE -> words.siteSignLocale
            SiteSign.FEED_LANGUAGE -> words.siteSignFeedLanguage
            SiteSign.TITLES -> words.siteSignTitles
            SiteSign.LANGUAGE -> words.siteSignLanguage
        }
}

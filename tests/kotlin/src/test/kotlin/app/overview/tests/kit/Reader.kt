package app.overview.tests.kit

import app.overview.bindings.MuteFor
import app.overview.bindings.Muted
import app.overview.bindings.Overview
import app.overview.bindings.PerspectiveKind
import app.overview.bindings.Stretch
import app.overview.kit.AppLifecycle
import app.overview.kit.ArticleModel
import app.overview.kit.BackgroundJob
import app.overview.kit.CompareModel
import app.overview.kit.CountriesModel
import app.overview.kit.FirstRunModel
import app.overview.kit.GlobeModel
import app.overview.kit.HistoryModel
import app.overview.kit.Kit
import app.overview.kit.LanguagesModel
import app.overview.kit.Links
import app.overview.kit.LiveCore
import app.overview.kit.MemoryPreferences
import app.overview.kit.MovingModel
import app.overview.kit.MutesModel
import app.overview.kit.Notice
import app.overview.kit.OfflineModel
import app.overview.kit.Opening
import app.overview.kit.OverlookedModel
import app.overview.kit.PublisherModel
import app.overview.kit.PublishersModel
import app.overview.kit.SearchModel
import app.overview.kit.SettingsModel
import app.overview.kit.SiteModel
import app.overview.kit.StorageChoice
import app.overview.kit.StorageModel
import app.overview.kit.StoriesFilter
import app.overview.kit.StoriesModel
import app.overview.kit.Surroundings
import app.overview.kit.TakeItem
import app.overview.kit.Trouble
import app.overview.kit.opening
import app.overview.tests.World
import java.io.File
import java.io.RandomAccessFile
import java.time.Duration
import java.time.Instant
import java.time.ZoneOffset
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.yield
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long

/** Does the steps of a scenario, and says what the screens show. */
class Reader(private val scope: CoroutineScope) {
    private val folder = World.newFolder()
    /** Of the device that is used: files that a person picks are in [folder] on each. */
    private var device = folder
    private var preferences = MemoryPreferences()
    private var now: Instant =
        Instant.ofEpochMilli(File(System.getProperty("overview.world"), "started.txt").readText().toLong())
    private lateinit var kit: Kit
    private lateinit var core: FailingCore
    private lateinit var countries: CountriesModel
    private lateinit var globe: GlobeModel
    private lateinit var stories: StoriesModel
    private lateinit var article: ArticleModel
    private lateinit var compare: CompareModel
    private lateinit var overlooked: OverlookedModel
    private lateinit var search: SearchModel
    private lateinit var mutes: MutesModel
    private lateinit var offline: OfflineModel
    private lateinit var publishers: PublishersModel
    private lateinit var about: PublisherModel
    private lateinit var site: SiteModel
    private lateinit var moving: MovingModel
    private lateinit var history: HistoryModel
    private lateinit var settings: SettingsModel
    private lateinit var storage: StorageModel
    private lateinit var languages: LanguagesModel
    private lateinit var firstRun: FirstRunModel
    private var notice: Notice? = null
    private var opening: Opening? = null
    private val lifecycle: AppLifecycle get() = kit.lifecycle

    private fun surroundings() = Surroundings("en", ZoneOffset.UTC) { now }

    suspend fun open(hasNetwork: Boolean = true) {
        val options = World.options(device)
        val nobody = File(System.getProperty("overview.world"), "nobody.txt").readText()
        val reached = if (hasNetwork) options else options.copy(hosts = options.hosts.mapValues { nobody })
        core = FailingCore(LiveCore(Overview.open(reached)))
        kit = Kit(core, surroundings(), preferences, scope)
    }

    suspend fun close() = lifecycle.shutdown()

    suspend fun step(step: JsonObject) {
        fun text(name: String) = step.getValue(name).jsonPrimitive.content
        fun number(name: String) = step.getValue(name).jsonPrimitive.int
        fun flag(name: String) = step.getValue(name).jsonPrimitive.boolean
        fun publisher() = publishers.state.value.groups.flatMap { it.publishers }[number("publisher")].id
        fun story() = stories.state.value.stories[number("story")]
        when (val what = text("do")) {
            "reopen" -> {
                close()
                open(flag("network"))
            }
            "other_device" -> {
                close()
                device = folder.resolve("other").also { it.mkdirs() }
                preferences = MemoryPreferences()
                open()
            }
            "sync" -> kit.syncing.sync(step.getValue("countries").jsonArray.map { it.jsonPrimitive.content }.ifEmpty { all() })
            "fail" -> {
                core.call = text("call")
                core.error = text("error")
            }
            "first_run" -> firstRun = kit.firstRun().also { it.load() }
            "first_run.region" -> firstRun.narrow(firstRun.state.value.regionChoices[number("region")].region)
            "first_run.search" -> firstRun.search(text("text"))
            "first_run.toggle" -> firstRun.toggle(text("country"))
            "first_run.follow" -> firstRun.follow()
            "countries" -> countries = kit.countries().also { it.load() }
            "countries.select" -> countries.select(text("country"))
            "countries.next" -> countries.selectNext(number("step"))
            "countries.search" -> countries.search(text("text"))
            "countries.follow" -> countries.follow(text("country"), flag("follow"))
            "globe" -> globe = kit.globe(countries).also { it.resize(336.0, 336.0, 24.0) }
            "globe.drag" -> globe.drag(number("dx").toDouble(), number("dy").toDouble())
            "globe.fling" -> globe.fling(number("dx").toDouble(), number("dy").toDouble())
            "globe.pick" -> globe.pick(number("dx").toDouble(), number("dy").toDouble())
            "globe.zoom" -> globe.zoom(number("hundredths") / 100.0)
            "globe.fly" -> globe.flyTo(text("country"))
            "globe.next" -> globe.flyToNext(number("step"))
            "globe.still" -> globe.isMotionReduced = flag("on")
            // So many pictures of a screen that shows a hundred in a second.
            "globe.advance" -> repeat(number("pictures")) { globe.advance(.01) }
            "stories" -> stories = kit.stories(text("country")).also { it.load() }
            "saved" -> stories = kit.saved().also { it.load() }
            "stories.filter" -> stories.filter(StoriesFilter(isUnread = flag("unread")))
            "stories.perspectives" -> stories.loadPerspectives()
            "stories.read" -> stories.markRead(story().id, flag("read"))
            "stories.save" -> stories.save(story().id, flag("save"))
            "stories.hide" -> stories.hide(story().id)
            "stories.read_all" -> stories.markAllRead()
            "stories.undo" -> stories.undo()
            "refresh" -> stories.refresh()
            "article" -> article = kit.article(story().article).also { it.open() }
            "article.language" -> article.toggleLanguage()
            "article.save" -> article.save(flag("save"))
            "article.position" -> article.keepPosition(number("block"), number("thousandths"))
            "compare" -> compare = kit.compare(story().article).also { it.load() }
            "overlooked" -> overlooked = kit.overlooked().also { it.load() }
            "search" -> search = kit.search().also { it.load() }
            "search.filter" -> search.filter(StoriesFilter(isUnread = flag("unread"), isSaved = flag("save")))
            "search.keep" -> search.keep()
            "search.type" -> {
                // The one before is under way still, and is not shown.
                val before = scope.launch { search.type("nothing of the kind") }
                yield()
                search.type(text("text"))
                before.join()
            }
            "search.order" -> search.order(flag("rank"))
            "mutes" -> mutes = kit.mutes(if ("story" in step) story().article else null).also { it.load() }
            "mutes.type" -> mutes.type(text("text"))
            "mutes.words" -> mutes.mute(Muted.Words(text("text")), MuteFor.Good)
            "mutes.offer" -> mutes.mute(mutes.state.value.offers[number("offer")].what, MuteFor.Good)
            "mutes.end" -> mutes.end(mutes.state.value.mutes[number("mute")].id)
            "mutes.undo" -> mutes.undo()
            "offline.pack" -> offline = kit.offline().also { it.pack() }
            "network" -> lifecycle.network(flag("metered"))
            "publishers" -> publishers = kit.publishers(text("country")).also { it.load() }
            "publisher" -> about = kit.publisher(publisher()).also { it.load() }
            "publisher.mute" -> about.setMuted(flag("on"))
            "publishers.set" -> publishers.setOn(publisher(), flag("on"))
            "publishers.remove" -> publishers.remove(publisher())
            "publishers.undo" -> publishers.undo()
            "site" -> site = kit.site().also { it.load() }
            "site.type" -> site.type(text("text"))
            "site.edit" -> site = kit.site(publisher()).also { it.load() }
            "site.name" -> site.setName(text("text"))
            "site.language" -> site.setLanguage(text("text"))
            "site.press" -> site.press()
            "site.country" -> site.setCountry(text("country"))
            "site.choose" -> site.choose(site.state.value.feeds[number("feed")].url, flag("on"))
            "moving.out" -> moving = kit.moving().also { it.moveOut(folder.resolve(text("text"))) }
            "moving.in" -> moving = kit.moving().also { it.moveIn(folder.resolve(text("text"))) }
            "moving.list" ->
                moving =
                    kit.moving().also {
                        it.takeList(text("text").toByteArray(), step["country"]?.jsonPrimitive?.content)
                    }
            "history" -> history = kit.history().also { it.load() }
            "history.undo" -> history.undo(history.state.value.changes[number("change")].id)
            "history.forget" -> history.forget()
            "languages" -> languages = kit.languages().also { it.load() }
            "languages.address" -> languages.setAddress(text("text"))
            "languages.press" -> languages.press(text("text"))
            "languages.try" -> languages.tryOut(text("text"))
            "languages.engine" -> languages.setEngine(languages.state.value.engines[number("engine")].kind, flag("on"))
            // Half of it comes, then nothing more.
            "languages.stop" -> {
                val getting = scope.launch { languages.get(text("text")) }
                languages.state.first { shown -> shown.languages.any { it.code == text("text") && it.fraction > .4 } }
                languages.stop(text("text"))
                getting.join()
            }
            "storage" -> storage = kit.storage().also { it.load() }
            "storage.set" -> {
                storage.setBudget(step["budget"]?.jsonPrimitive?.long)
                storage.setAge(step["days"]?.jsonPrimitive?.long)
                storage.setPackBudget(step.getValue("pack").jsonPrimitive.long)
            }
            "storage.clean" -> storage.clean()
            // The first page is lost: nothing says any more where the tables are.
            "damage" -> {
                close()
                RandomAccessFile(folder.resolve("overview.db"), "rw").use { it.write(ByteArray(4_096)) }
                open()
            }
            "countries.known" -> countries.dismissRescue()
            "moving" -> moving = kit.moving().also { it.load() }
            // Written, and the app that was to keep it does not.
            "moving.out_lost" ->
                moving = kit.moving().also { it.moveOutTo { write -> write(folder.resolve(text("text"))) && false } }
            "moving.list_out" -> moving = kit.moving().also { it.giveListTo { write -> write(folder.resolve(text("text"))) } }
            "moving.list_in" -> moving = kit.moving().also { it.takeList(folder.resolve(text("text"))) }
            "moving.list_to" -> moving.takeListTo(text("country"))
            "settings" -> settings = kit.settings().also { it.load() }
            "settings.set" -> {
                settings.setOriginalsFirst(flag("originals_first"))
                settings.setTextSize(number("text_size"))
                settings.setBudget(step.getValue("budget").jsonPrimitive.long)
                settings.setOffline(flag("offline"))
                settings.setWifiOnly(flag("wifi_only"))
            }
            "suspend" -> lifecycle.suspend()
            "foreground" -> lifecycle.foreground()
            "background" -> lifecycle.background(Duration.ofSeconds(number("seconds").toLong()))
            "jobs" -> Unit
            "job" ->
                notice = kit.background.run(
                    BackgroundJob.valueOf(text("text").uppercase()), Duration.ofSeconds(number("seconds").toLong()), flag("on"),
                )
            "job.notice" -> kit.settings().use { it.setPackNotice(flag("on")) }
            "link" -> opening = Links("overview.example").inText(text("text"))?.let { kit.opening(it) }
            "link.story" -> opening = Links("overview.example").of("https://overview.example/s/${story().id}")?.let { kit.opening(it) }
            "memory_warning" -> lifecycle.memoryWarning()
            "clock" -> {
                now += Duration.ofHours(number("hours").toLong())
                lifecycle.surround(surroundings())
            }
            else -> error("no step is called $what")
        }
    }

    /** The sample's own; the others of the world try the boundary. */
    private suspend fun all() =
        core.countries().map { it.country }.filter { it !in listOf("IS", "CA") }

    /** What a screen shows, line by line. */
    fun show(screen: String): List<String> =
        when (screen) {
            "first_run" ->
                with(firstRun.state.value) {
                    listOf("button: $buttonTitle, $isButtonEnabled, done $isDone, ${chosen.joinToString()}") +
                        regions.flatMap { group -> listOf(group.name) + group.countries.map { "  ${it.spoken}" } } +
                        listOfNotNull(emptyText)
                }
            "followed" ->
                countries.state.value.let { shown ->
                    shown.followed.map { "${it.code} ${it.unreadText} level ${it.level}: ${it.spoken}" } +
                        trouble(shown.trouble)
                }
            "countries" ->
                countries.state.value.let { shown ->
                    listOf(shown.allTitle) +
                        shown.all.map { "${it.code} ${it.region}, ${it.unreadText} level ${it.level}: ${it.spoken}" } +
                        listOfNotNull(shown.emptyText) + trouble(shown.trouble)
                }
            "card" -> countries.state.value.let { listOf(it.cardSpoken, it.card?.overlookedFacts ?: "") }
            "globe" ->
                with(globe.state.value) {
                    val at = camera.let { "${whole(it.lon)} east, ${whole(it.lat)} north, zoom ${whole(it.zoom * 10)}" }
                    val picture = globe.picture()
                    val isSeen = picture.selectedAt != null
                    listOf("at $at, moves $isMoving, ${selected?.globeLabel}, seen $isSeen, shapes ${picture.shapeTints.size > 100}", spoken)
                }
            "selected" -> listOf(countries.state.value.globeSpoken)
            "trouble" -> trouble(countries.state.value.trouble)
            "stories" ->
                with(stories.state.value) {
                    listOf(title, subtitle) +
                        inOrder { "${it.country} ${it.age} | ${it.takes ?: ""} ${it.marks.joinToString { mark -> mark(mark) }} | ${it.overlooked ?: ""} | ${it.spoken}" } +
                        listOfNotNull(newText, emptyTitle, emptyText, nextCountry?.text) +
                        trouble(trouble)
                }
            "heads" ->
                with(stories.state.value) {
                    listOf(subtitle) +
                        inOrder { "${if (it.isUnread) "•" else " "} ${if (it.isSaved) "s" else " "} ${it.headline}" } +
                        listOfNotNull(newText, emptyTitle, emptyText, nextCountry?.text) +
                        trouble(trouble)
                }
            "first" ->
                with(stories.state.value) {
                    stories.take(1).map { "${it.spoken} | ${it.age} | ${it.readAction}, ${it.saveAction}" } +
                        trouble(trouble)
                }
            "undo" -> listOfNotNull(stories.state.value.undoText)
            "perspectives" -> stories.state.value.perspectives.map { "${it.id}: ${it.name}, ${mark(it.kind)}, ${it.count}" }
            "syncing" ->
                with(kit.syncing.state.value) {
                    listOf("running $isRunning $text") + listOfNotNull(notice) + trouble(trouble)
                }
            "article" ->
                with(article.state.value) {
                    listOf(
                        title,
                        "$bylineSpoken, $country, $language, right to left $isRightToLeft, saved $isSaved: $saveAction",
                        "blocks ${blocks.size}, minutes ${facts.substringAfterLast(" · ")}, at ${position?.let { "${it.block}:${it.thousandths}" }}",
                    ) +
                        listOfNotNull(standfirst, toggle?.let { "${it.english} | ${it.original} | ${it.spoken}" }) +
                        listOfNotNull(translationNote, bodyNote, loadingText) +
                        trouble(trouble)
                }
            "takes" ->
                with(article.state.value) {
                    listOf(label?.name ?: "", compareTitle ?: "", nextText ?: "") +
                        takes.map(::take) +
                        (coverage?.let { listOf(it.ranText, it.americanText, it.text, it.spoken) + it.conditions.map { c -> c.spoken } } ?: listOf())
                }
            "compare" -> with(compare.state.value) { listOf(title, subtitle) + takes.map(::take) + listOfNotNull(emptyText) }
            "overlooked" ->
                with(overlooked.state.value) {
                    listOf(title, definition, filters.joinToString { "${it.text} ${it.isChosen}" }) +
                        stories.map { "${it.country} ${it.countryName} ${it.age} ${it.americanText} ${it.ranText} ${it.countries.joinToString { c -> "${c.code} ${c.ran}" }} | ${it.spoken}" } +
                        listOfNotNull(emptyText)
                }
            "search" ->
                with(search.state.value) {
                    listOf("$title: $text, $isSearching, $orderTitle, more $hasMore") +
                        found.map { "${it.country} ${it.age} ${marked(it.headline)} | ${marked(it.excerpt)} | ${it.spoken}" } +
                        listOfNotNull(emptyText) + trouble(trouble)
                }
            "search.more" ->
                with(search.state.value) {
                    listOf("$placeholder | ${countText ?: ""} | ${recent.joinToString()} | saved ${filter.isSaved}") +
                        places.map { "${it.country} publisher ${it.isPublisher}: ${it.spoken}" } +
                        listOfNotNull(emptyText)
                }
            "mutes.more" ->
                with(mutes.state.value) {
                    listOf(lengths.joinToString { "${it.name} ${it.isChosen}" }) +
                        mutes.map { "${it.facts} | ${it.endAction}" } + offers.map { "${it.action} | ${it.kind}" } +
                        hidden.map { "${it.country} ${it.by} | ${it.spoken}" } + "more $hasMoreHidden"
                }
            "mutes" ->
                with(mutes.state.value) {
                    listOf(title) + mutes.map { it.spoken } + offers.map { "? ${it.spoken}" } +
                        listOfNotNull(undoText, emptyText) + trouble(trouble)
                }
            "offline" ->
                with(offline.state.value) {
                    listOfNotNull(readyText, resultText, buttonTitle, wifiOnlySpoken) + trouble(trouble)
                }
            "offline.more" ->
                with(offline.state.value) { listOf("text ${textShare > 0} pictures ${pictureShare >= 0}") + ready.map { "${it.country} ${it.isWhole} ${it.spoken}" } }
            "models" ->
                with(languages.state.value) {
                    listOf(modelsText, address) + engines.map { it.spoken } +
                        languages.filter { it.action != null }.map { "${it.phase.name.lowercase()} ${it.spoken}: ${it.actionSpoken}" } +
                        languages.mapNotNull { it.tryAction }.ifEmpty { listOf("nothing to try") } +
                        listOfNotNull(trial?.let { "${it.code} ${it.original}: ${it.spoken}" }) +
                        trouble(trouble)
                }
            "regions" ->
                with(firstRun.state.value) {
                    listOf(regionChoices.joinToString { "${it.name} ${it.isChosen}" }) + regions.flatMap { group -> group.countries.map { it.name } }
                }
            "jobs" ->
                kit.background.plans().map {
                    "${it.job.name.lowercase()} every ${it.every.toMinutes()} minutes, unmetered only ${it.isUnmeteredOnly}, charging only ${it.isChargingOnly}"
                }
            "job" -> listOfNotNull(notice?.let { "${it.channel}: ${it.title}, ${it.text}" })
            "link" ->
                listOf(
                    when (val to = opening) {
                        is Opening.Article -> "article ${stories.state.value.stories.indexOfFirst { it.article == to.id }} of the list"
                        is Opening.Country -> "country ${to.code}"
                        Opening.Offline -> "offline"
                        null -> "nothing"
                    }
                )
            "publisher" ->
                with(about.state.value) {
                    listOf("$title, muted $isMuted, $muteTitle, $openTitle $home") + facts.map { "${it.spoken} | ${it.source ?: ""}" } + trouble(trouble)
                }
            "publishers" ->
                with(publishers.state.value) {
                    groups.flatMap { group -> listOf("${group.code} ${group.name}") + group.publishers.map { "  ${it.isOn} ${it.spoken}" } } +
                        listOfNotNull(undoText) + trouble(trouble)
                }
            "site" ->
                with(site.state.value) {
                    listOf(
                        "$title: $address | $buttonTitle $isButtonEnabled",
                        "$name | $home | $country $countryName (${countrySign ?: ""}) | $languageName (${languageSign ?: ""})",
                    ) +
                        feeds.map { "${it.isChosen} ${it.isKnown} ${it.spoken} | ${it.titles.joinToString("; ")}" } +
                        listOfNotNull(addedText, emptyText) + trouble(trouble)
                }
            "moving" ->
                with(moving.state.value) {
                    listOf("$title: moving $isMoving", facts) + listOfNotNull(resultText) + faults +
                        listOfNotNull(countryText) + trouble(trouble)
                }
            "history" ->
                with(history.state.value) {
                    listOf("$title, more $hasMore") + articles.map { "${it.country} ${it.age}: ${it.spoken}" } +
                        changes.map { "< ${it.spoken}" } + listOfNotNull(doneText, emptyText) + trouble(trouble)
                }
            "rescue" -> countries.state.value.let { shown -> listOfNotNull(shown.rescue?.let { "${it.text} [${it.dismissTitle}]" }) + trouble(shown.trouble) }
            // How many bytes each takes differs from machine to machine.
            "storage" ->
                with(storage.state.value) {
                    fun said(choices: List<StorageChoice>) = choices.joinToString { if (it.isChosen) "[${it.name}]" else it.name }
                    val whole = Math.round(items.sumOf { it.fraction } * 100)
                    listOf("$title, loading $isLoading, $whole %", said(budgets), said(packBudgets), said(ages)) +
                        listOfNotNull(cleanTitle) + trouble(trouble)
                }
            "languages" ->
                with(languages.state.value) {
                    listOf(originalsFirstSpoken) + languages.map { "${it.code} ${it.ownName}: ${it.spoken}" }
                }
            "settings" ->
                with(settings.state.value) {
                    listOf(originalsFirstSpoken, wifiOnlySpoken, offlineSpoken, textSizeText, budgetText, keptText) +
                        "countries $countriesText, publishers $publishersText, muted $mutedText, languages $languagesText"
                }
            else -> error("no screen is called $screen")
        }

    /** Stories of one moment have no order of their own. */
    private fun app.overview.kit.StoriesState.inOrder(line: (app.overview.kit.StoryItem) -> String) =
        stories.groupBy { it.age }.values.flatMap { same -> same.map(line).sorted() }

    private fun take(of: TakeItem) =
        "${of.label.name} (${mark(of.label.kind)}, ${of.label.rule}) ${of.place} ${of.ownText ?: ""} ${of.spoken} | ${of.alsoIn ?: ""} | ${of.label.why} | ${of.label.evidence.joinToString("; ")} | ${of.label.notClaimed}"

    private fun whole(of: Double) = Math.round(of).toInt()

    private fun marked(text: List<Stretch>) =
        text.joinToString("") { if (it.found) "[${it.text}]" else it.text }

    private fun mark(kind: PerspectiveKind) = kind.name.lowercase()

    private fun trouble(trouble: Trouble?) =
        listOfNotNull(trouble?.let { "! ${it.text} [${it.actionTitle ?: ""}]" })
}

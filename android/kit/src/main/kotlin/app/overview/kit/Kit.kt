package app.overview.kit

import app.overview.bindings.CountrySummary
import app.overview.bindings.Invalidation
import app.overview.bindings.OpenOptions
import app.overview.bindings.Overview
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch

/**
 * The state of every screen, over one open store. All of it is used from one thread, that of
 * [scope]: the main one in an app.
 */
class Kit(
    internal val core: Core,
    surroundings: Surroundings,
    preferences: Preferences,
    internal val scope: CoroutineScope,
) : AutoCloseable {
    var surroundings: Surroundings = surroundings
        private set
    var wording = Wording(surroundings)
        private set
    internal val choices = Choices(preferences)
    internal var isMetered = false
        private set
    private val models = LinkedHashSet<Model<*>>()
    private var keeping: Job? = null
    /** Every country, as they were last asked for. */
    internal var counted: List<CountrySummary> = emptyList()
        private set
    private val subscription =
        core.subscribe { what -> scope.launch { tell(what) } }

    internal val fetches = ModelFetches(this)
    val syncing = SyncingModel(this)
    val lifecycle = AppLifecycle(this)
    val background = Background(this)

    init {
        core.setOffline(choices.isOffline)
    }

    fun countries() = CountriesModel(this)
    /** The globe beside that list. */
    fun globe(countries: CountriesModel) = GlobeModel(this, countries)
    /** The news of a country. */
    fun stories(country: String) = StoriesModel(this, country)
    /** What was saved, of all countries. */
    fun saved() = StoriesModel(this, null, StoriesFilter(isSaved = true))
    fun article(id: Long) = ArticleModel(this, id)
    /** The takes of an article's story beside each other. */
    fun compare(article: Long) = CompareModel(this, article)
    fun overlooked() = OverlookedModel(this)
    /** Searches among all articles, or those of a country. */
    fun search(country: String? = null) = SearchModel(this, country)
    /** What is muted; with what an article offers to mute. */
    fun mutes(article: Long? = null) = MutesModel(this, article)
    fun offline() = OfflineModel(this)
    /** Of one country, or of all. */
    fun publishers(country: String? = null) = PublishersModel(this, country)
    /** Who a publisher is. */
    fun publisher(id: String) = PublisherModel(this, id)
    /** Adds a site by its address, or changes a publisher that was added. */
    fun site(publisher: String? = null) = SiteModel(this, publisher)
    fun moving() = MovingModel(this)
    fun history() = HistoryModel(this)
    fun languages() = LanguagesModel(this)
    fun settings() = SettingsModel(this)
    fun storage() = StorageModel(this)
    fun firstRun() = FirstRunModel(this)

    /** Every country with its counts; from then on each has its name. */
    internal suspend fun askCountries(): List<CountrySummary> =
        core.countries().also { counted = it }

    /** Makes sure that countries have names. */
    internal suspend fun learnNames() {
        if (counted.isEmpty()) askCountries()
    }

    /** The name of a country, its code before names are known. */
    internal fun nameOf(country: String): String =
        counted.firstOrNull { it.country == country }?.name ?: country

    internal fun register(model: Model<*>) {
        models += model
    }

    internal fun forget(model: Model<*>) {
        models -= model
    }

    internal fun models(): List<Model<*>> = models.toList()

    /** Every screen says what is known anew. */
    private fun render() = models().forEach { it.render() }

    /** Something is set, and every screen follows. */
    internal fun choose(change: (Choices) -> Unit) {
        val before = choices.moving
        change(choices)
        render()
        if (choices.moving == before) return
        val earlier = keeping
        keeping = scope.launch {
            earlier?.join()
            // One that cannot be kept now is before the next move.
            runCatching { core.setAppSettings(choices.moving) }
        }
    }

    /** What is set stands in the store, from where it moves house. */
    internal suspend fun keepChoices() {
        keeping?.join()
        core.setAppSettings(choices.moving)
    }

    /** What came from another device is set here. */
    internal suspend fun takeChoices() {
        choices.moving = core.appSettings()
        render()
    }

    private fun tell(what: List<Invalidation>) {
        for (model in models()) scope.launch { model.invalidated(what) }
    }

    /** Another language, time zone or time: everything is said anew. */
    internal fun surround(surroundings: Surroundings) {
        this.surroundings = surroundings
        wording = Wording(surroundings)
        render()
    }

    internal fun network(isMetered: Boolean) {
        this.isMetered = isMetered
        core.setMetered(isMetered)
    }

    /** Tells the models no more. The store stays open. */
    override fun close() = subscription.close()

    companion object {
        suspend fun open(
            options: OpenOptions,
            scope: CoroutineScope,
            preferences: Preferences = FilePreferences(options.dataDir.resolve("choices.properties")),
            surroundings: Surroundings = Surroundings(),
        ): Kit = Kit(LiveCore(Overview.open(options)), surroundings, preferences, scope)
    }
}

/** The state of one screen. [close] it with the screen. */
abstract class Model<S> internal constructor(internal val kit: Kit, initial: S) : AutoCloseable {
    private val shown = MutableStateFlow(initial)
    val state: StateFlow<S> = shown.asStateFlow()
    /** What failed last and was not dismissed. */
    private var failure: Throwable? = null

    protected val wording: Wording get() = kit.wording
    protected val words: Words get() = kit.wording.words
    protected val trouble: Trouble? get() = failure?.let(wording::trouble)

    init {
        @Suppress("LeakingThis") kit.register(this)
    }

    protected fun show(state: S) {
        shown.value = state
    }

    /** Says what is known in the words of now. */
    internal abstract fun render()

    /** Something may be stale. */
    internal open suspend fun invalidated(what: List<Invalidation>) {}

    /** The store is open again after a pause. */
    internal open suspend fun resumed() {}

    /** The app is about to be suspended. */
    internal open suspend fun suspending() {}

    /** The device is short of memory. */
    internal open fun trim() {}

    fun dismissTrouble() {
        failure = null
        render()
    }

    /** A person does something new: what failed before is no longer said. */
    protected fun clear() {
        failure = null
    }

    /** What a call gives; nothing when it fails, which the screen then says. */
    protected suspend fun <T> attempt(call: suspend () -> T): T? =
        try {
            call()
        } catch (error: kotlinx.coroutines.CancellationException) {
            throw error
        } catch (error: Exception) {
            failure = error
            render()
            null
        }

    override fun close() = kit.forget(this)
}

package app.overview.kit

import app.overview.bindings.Article
import app.overview.bindings.ArticlePage
import app.overview.bindings.ArticleQuery
import app.overview.bindings.Change
import app.overview.bindings.ChangeKind
import app.overview.bindings.Country
import app.overview.bindings.CountrySummary
import app.overview.bindings.Diagnosis
import app.overview.bindings.FoundSite
import app.overview.bindings.HistoryPage
import app.overview.bindings.Invalidation
import app.overview.bindings.Mark
import app.overview.bindings.MarkAllReceipt
import app.overview.bindings.MovingProgress
import app.overview.bindings.MovingReport
import app.overview.bindings.MovingTask
import app.overview.bindings.ModelTask
import app.overview.bindings.Mute
import app.overview.bindings.MuteFor
import app.overview.bindings.Muted
import app.overview.bindings.OpmlReport
import app.overview.bindings.OpmlRequest
import app.overview.bindings.Overview
import app.overview.bindings.OverviewListener
import app.overview.bindings.OwnPublisher
import app.overview.bindings.PackPlan
import app.overview.bindings.PackProgress
import app.overview.bindings.PackReport
import app.overview.bindings.PackRequest
import app.overview.bindings.PackTask
import app.overview.bindings.PerspectiveCount
import app.overview.bindings.PictureKey
import app.overview.bindings.PictureState
import app.overview.bindings.Publisher
import app.overview.bindings.PublisherSummary
import app.overview.bindings.ReadingPosition
import app.overview.bindings.SalvageReport
import app.overview.bindings.Scope
import app.overview.bindings.SearchPage
import app.overview.bindings.SearchQuery
import app.overview.bindings.StorageSettings
import app.overview.bindings.StorageShare
import app.overview.bindings.StorageUse
import app.overview.bindings.Story
import app.overview.bindings.StoryPage
import app.overview.bindings.StoryQuery
import app.overview.bindings.StoryScope
import app.overview.bindings.Subscription
import app.overview.bindings.SyncProgress
import app.overview.bindings.SyncReport
import app.overview.bindings.SyncRequest
import app.overview.bindings.SyncTask
import app.overview.bindings.Take
import app.overview.bindings.TranslationModel
import app.overview.bindings.TranslationOutcome
import app.overview.bindings.TranslationSettings
import app.overview.bindings.TranslationTrial
import java.io.File

/**
 * What the models ask of the library. The one place that calls it is [LiveCore]; suites put another
 * in its place to try what fails.
 */
interface Core {
    suspend fun countries(): List<CountrySummary>
    suspend fun country(code: String): Country
    suspend fun publishers(countries: List<String>): List<PublisherSummary>
    suspend fun publisher(id: String): Publisher
    suspend fun articles(query: ArticleQuery): ArticlePage
    suspend fun stories(query: StoryQuery): StoryPage
    suspend fun perspectives(scope: StoryScope): List<PerspectiveCount>
    suspend fun search(query: SearchQuery): SearchPage
    suspend fun mute(what: Muted, lasts: MuteFor): Mute
    suspend fun unmute(id: Long)
    suspend fun mutes(): List<Mute>
    suspend fun mutesOf(article: Long): List<Mute>
    suspend fun story(id: String): Story
    suspend fun storyOf(article: Long): Story
    suspend fun takes(article: Long): List<Take>
    suspend fun article(id: Long): Article
    suspend fun fetchArticle(id: Long): Article
    suspend fun translateArticle(id: Long): TranslationOutcome
    suspend fun translationSettings(): TranslationSettings
    suspend fun setTranslationSettings(settings: TranslationSettings)
    suspend fun installedModels(): List<TranslationModel>
    suspend fun knownModels(): List<TranslationModel>
    suspend fun offeredModels(): List<TranslationModel>
    /** Bytes that are there. */
    fun installModel(language: String): Work<ULong, Unit>
    suspend fun removeModel(language: String): Boolean
    /** A sentence of a language, to try out what translates it. */
    fun specimenSentence(language: String): String?
    suspend fun tryTranslation(language: String, text: String): TranslationTrial
    suspend fun picture(key: PictureKey): PictureState
    suspend fun fetchPicture(key: PictureKey): PictureState
    suspend fun mark(ids: List<Long>, mark: Mark)
    suspend fun markAllRead(scope: Scope): MarkAllReceipt
    suspend fun undoMarkAll(undo: Long): UInt
    suspend fun position(id: Long): ReadingPosition?
    suspend fun keepPosition(id: Long, block: UInt, thousandths: UShort)
    suspend fun followCountry(code: String, follow: Boolean)
    suspend fun followPublisher(id: String, follow: Boolean?)
    suspend fun findSite(address: String): FoundSite
    suspend fun addPublisher(publisher: OwnPublisher): String
    /** One that the person added, as they described it. */
    suspend fun ownPublisher(id: String): OwnPublisher
    suspend fun editPublisher(id: String, publisher: OwnPublisher)
    suspend fun removePublisher(id: String)
    suspend fun importOpml(list: ByteArray, request: OpmlRequest): OpmlReport
    suspend fun exportOpml(): String
    suspend fun history(after: String?, limit: UInt): HistoryPage
    suspend fun clearHistory()
    suspend fun changes(): List<Change>
    suspend fun undoChange(id: Long): ChangeKind
    fun moveOut(file: File): Work<MovingProgress, MovingReport>
    fun moveIn(file: File): Work<MovingProgress, MovingReport>
    suspend fun storageUse(): StorageUse
    /** What takes how many bytes, the most first. Reads the whole database. */
    suspend fun storageShares(): List<StorageShare>
    suspend fun storageSettings(): StorageSettings
    suspend fun setStorageSettings(settings: StorageSettings)
    /** What was set in the app, to move house with the rest. */
    suspend fun appSettings(): Map<String, String>
    suspend fun setAppSettings(settings: Map<String, String>)
    suspend fun removeMovedAside()
    suspend fun salvaged(): SalvageReport?
    suspend fun dismissSalvaged()
    suspend fun planPack(request: PackRequest): PackPlan
    suspend fun doctor(): Diagnosis
    fun sync(request: SyncRequest): Work<SyncProgress, SyncReport>
    fun pack(request: PackRequest): Work<PackProgress, PackReport>
    fun setOffline(offline: Boolean)
    fun setMetered(metered: Boolean)
    suspend fun pause()
    suspend fun resume()
    suspend fun shutdown()
    /** Tells [told] of changes, on a thread of the library, until it is closed. */
    fun subscribe(told: (List<Invalidation>) -> Unit): AutoCloseable
}

/** Long work that runs: a sync, a pack, a model that is fetched, moving house. */
interface Work<P, R> : AutoCloseable {
    /** The next state; nothing after the last. */
    suspend fun nextProgress(): P?
    suspend fun result(): R
    fun cancel()
}

/** Tells each state as it comes, to the last, and gives what came of it. */
internal suspend fun <P : Any, R> Work<P, R>.follow(told: (P) -> Unit): R {
    while (true) told(nextProgress() ?: break)
    return result()
}

/** The library itself. */
class LiveCore(private val overview: Overview) : Core {
    override suspend fun countries() = overview.countries()
    override suspend fun country(code: String) = overview.country(code)
    override suspend fun publishers(countries: List<String>) = overview.publishers(countries)
    override suspend fun publisher(id: String) = overview.publisher(id)
    override suspend fun articles(query: ArticleQuery) = overview.articles(query)
    override suspend fun stories(query: StoryQuery) = overview.stories(query)
    override suspend fun perspectives(scope: StoryScope) = overview.perspectives(scope)
    override suspend fun search(query: SearchQuery) = overview.search(query)
    override suspend fun mute(what: Muted, lasts: MuteFor) = overview.mute(what, lasts)
    override suspend fun unmute(id: Long) = overview.unmute(id)
    override suspend fun mutes() = overview.mutes()
    override suspend fun mutesOf(article: Long) = overview.mutesOf(article)
    override suspend fun story(id: String) = overview.story(id)
    override suspend fun storyOf(article: Long) = overview.storyOf(article)
    override suspend fun takes(article: Long) = overview.takes(article)
    override suspend fun article(id: Long) = overview.article(id)
    override suspend fun fetchArticle(id: Long) = overview.fetchArticle(id)
    override suspend fun translateArticle(id: Long) = overview.translateArticle(id)
    override suspend fun translationSettings() = overview.translationSettings()
    override suspend fun setTranslationSettings(settings: TranslationSettings) =
        overview.setTranslationSettings(settings)
    override suspend fun installedModels() = overview.installedModels()
    override suspend fun knownModels() = overview.knownModels()
    override suspend fun offeredModels() = overview.offeredModels()
    override fun installModel(language: String): Work<ULong, Unit> =
        live(overview.installModel(language))
    override suspend fun removeModel(language: String) = overview.removeModel(language)
    override fun specimenSentence(language: String) = app.overview.bindings.specimenSentence(language)
    override suspend fun tryTranslation(language: String, text: String) =
        overview.tryTranslation(language, text)
    override suspend fun picture(key: PictureKey) = overview.picture(key)
    override suspend fun fetchPicture(key: PictureKey) = overview.fetchPicture(key)
    override suspend fun mark(ids: List<Long>, mark: Mark) = overview.mark(ids, mark)
    override suspend fun markAllRead(scope: Scope) = overview.markAllRead(scope)
    override suspend fun undoMarkAll(undo: Long) = overview.undoMarkAll(undo)
    override suspend fun position(id: Long) = overview.position(id)
    override suspend fun keepPosition(id: Long, block: UInt, thousandths: UShort) =
        overview.keepPosition(id, block, thousandths)
    override suspend fun followCountry(code: String, follow: Boolean) =
        overview.followCountry(code, follow)
    override suspend fun followPublisher(id: String, follow: Boolean?) =
        overview.followPublisher(id, follow)
    override suspend fun findSite(address: String) = overview.findSite(address)
    override suspend fun addPublisher(publisher: OwnPublisher) = overview.addPublisher(publisher)
    override suspend fun ownPublisher(id: String) = overview.ownPublisher(id)
    override suspend fun editPublisher(id: String, publisher: OwnPublisher) = overview.editPublisher(id, publisher)
    override suspend fun removePublisher(id: String) = overview.removePublisher(id)
    override suspend fun importOpml(list: ByteArray, request: OpmlRequest) =
        overview.importOpml(list, request)
    override suspend fun exportOpml() = overview.exportOpml()
    override suspend fun history(after: String?, limit: UInt) = overview.history(after, limit)
    override suspend fun clearHistory() = overview.clearHistory()
    override suspend fun changes() = overview.changes()
    override suspend fun undoChange(id: Long) = overview.undoChange(id)
    override fun moveOut(file: File): Work<MovingProgress, MovingReport> =
        live(overview.moveOut(file))
    override fun moveIn(file: File): Work<MovingProgress, MovingReport> =
        live(overview.moveIn(file))
    override suspend fun planPack(request: PackRequest) = overview.planPack(request)
    override suspend fun storageUse() = overview.storageUse()
    override suspend fun storageShares() = overview.storageShares()
    override suspend fun storageSettings() = overview.storageSettings()
    override suspend fun setStorageSettings(settings: StorageSettings) =
        overview.setStorageSettings(settings)
    override suspend fun appSettings() = overview.appSettings()
    override suspend fun setAppSettings(settings: Map<String, String>) = overview.setAppSettings(settings)
    override suspend fun removeMovedAside() = overview.removeMovedAside()
    override suspend fun salvaged() = overview.salvaged()
    override suspend fun dismissSalvaged() = overview.dismissSalvaged()
    override suspend fun doctor() = overview.doctor()
    override fun sync(request: SyncRequest): Work<SyncProgress, SyncReport> =
        live(overview.sync(request))
    override fun pack(request: PackRequest): Work<PackProgress, PackReport> =
        live(overview.pack(request))
    override fun setOffline(offline: Boolean) = overview.setOffline(offline)
    override fun setMetered(metered: Boolean) = overview.setMetered(metered)
    override suspend fun pause() = overview.pause()
    override suspend fun resume() = overview.resume()
    override suspend fun shutdown() = overview.use { it.shutdown() }
    override fun subscribe(told: (List<Invalidation>) -> Unit): AutoCloseable =
        LiveSubscription(
            overview.subscribe(
                object : OverviewListener {
                    override fun invalidated(what: List<Invalidation>) = told(what)
                }
            )
        )
}

/** A task of the library: these have the same four calls and no type in common. */
private class LiveWork<P, R>(
    private val task: AutoCloseable,
    private val next: suspend () -> P?,
    private val end: suspend () -> R,
    private val stop: () -> Unit,
) : Work<P, R> {
    override suspend fun nextProgress() = next()
    override suspend fun result() = end()
    override fun cancel() = stop()
    override fun close() = task.close()
}

private fun live(task: SyncTask) = LiveWork(task, task::nextProgress, task::result, task::cancel)
private fun live(task: PackTask) = LiveWork(task, task::nextProgress, task::result, task::cancel)
private fun live(task: MovingTask) = LiveWork(task, task::nextProgress, task::result, task::cancel)
private fun live(task: ModelTask) = LiveWork(task, task::nextProgress, task::result, task::cancel)

private class LiveSubscription(private val subscription: Subscription) : AutoCloseable {
    override fun close() {
        subscription.cancel()
        subscription.close()
    }
}

package app.overview.kit

import app.overview.bindings.Invalidation
import app.overview.bindings.PackEnd
import app.overview.bindings.PackPlan
import app.overview.bindings.PackProgress
import app.overview.bindings.PackReport
import app.overview.bindings.PackRequest
import app.overview.bindings.StorageUse
import java.time.Duration

/** What is ready of a country, or of what was saved. */
data class ReadyItem(
    /** For its tile; nothing for what was saved. */
    val country: String?,
    val name: String,
    /** "112 ready", "52 of 74". */
    val text: String,
    /** All that is wanted of it is ready. */
    val isWhole: Boolean,
    /** 0 to 1. */
    val fraction: Double,
    /** "Egypt, 52 of 74 ready". */
    val spoken: String,
)

data class OfflineState(
    /** "312 stories ready without a network". */
    val readyText: String = "",
    /** Of that the number: "312 stories". */
    val storiesText: String = "",
    /** "148 MB of 250 MB". */
    val sizeText: String = "",
    /** The space for it: "250 MB". */
    val budgetText: String = "",
    /** Of the space for it, 0 to 1: text, then pictures. */
    val textShare: Double = 0.0,
    val pictureShare: Double = 0.0,
    /** What the parts of the bar are: "Text, 25 MB", "Pictures, 103 MB". */
    val textKey: String = "",
    val pictureKey: String = "",
    /** Of each country that is followed, and of what was saved. */
    val ready: List<ReadyItem> = emptyList(),
    val isPacking: Boolean = false,
    /** "52 of 74". */
    val progressText: String = "",
    /** 0 to 1. */
    val fraction: Double = 0.0,
    /** For every tenth of it once: "52 of 74 articles, 70 percent". */
    val progressSpoken: String = "",
    /** The one button: "Fetch now", "Pause". */
    val buttonTitle: String = "",
    /** How the last one ended. */
    val resultText: String? = null,
    val isWifiOnly: Boolean = true,
    val wifiOnlySpoken: String = "",
    val trouble: Trouble? = null,
)

/** What is ready to be read without a network. */
class OfflineModel internal constructor(kit: Kit) : Model<OfflineState>(kit, OfflineState()) {
    private class Plan(val country: String?, val name: String, val plan: PackPlan)

    private var use: StorageUse? = null
    private var plans: List<Plan> = emptyList()
    private val looking = Looking(::reload)
    private var progress: PackProgress? = null
    private var report: PackReport? = null
    private var work: Work<PackProgress, PackReport>? = null

    /** How the last one ended, and how many stories are ready. */
    internal val end: PackEnd? get() = report?.end
    internal val ready: ULong get() = use?.readyArticles ?: 0u

    suspend fun load() {
        clear()
        reload()
    }

    private suspend fun reload() {
        attempt { kit.core.storageUse() }?.let { use = it }
        render()
        attempt {
            val followed = kit.core.countries().filter { it.followed }
            followed.map { Plan(it.country, it.name, kit.core.planPack(PackRequest(countries = listOf(it.country)))) } +
                Plan(null, words.storiesSaved, kit.core.planPack(PackRequest(savedOnly = true)))
        }?.let { plans = it }
        render()
    }

    /** Fetches whole articles of what is followed, with their pictures. */
    suspend fun pack(deadline: Duration? = null) {
        if (work != null) return
        clear()
        report = null
        val report = attempt {
            val followed = kit.core.countries().filter { it.followed }.map { it.country }
            val request =
                PackRequest(
                    countries = followed,
                    byteBudget = kit.choices.packBudget.toULong(),
                    unmeteredOnly = kit.choices.isWifiOnly,
                    deadline = deadline,
                )
            kit.core.pack(request).use { task ->
                work = task
                try {
                    task.follow {
                        progress = it
                        render()
                    }
                } finally {
                    work = null
                }
            }
        }
        progress = null
        this.report = report
        reload()
    }

    /** Ends it; what was fetched stays, and the next one goes on. */
    fun cancel() {
        work?.cancel()
    }

    suspend fun press() = if (work == null) pack() else cancel()

    fun setWifiOnly(isWifiOnly: Boolean) = kit.choose { it.isWifiOnly = isWifiOnly }

    override suspend fun invalidated(what: List<Invalidation>) {
        if (use != null) looking.again()
    }

    override suspend fun resumed() = load()

    override fun render() {
        val budget = kit.choices.packBudget
        val used = progress?.keptBytes?.toLong() ?: use?.keptBytes?.toLong() ?: 0
        val pictures = (use?.keptPictureBytes?.toLong() ?: 0).coerceAtMost(used)
        val now = progress
        val tenths = now?.takeIf { it.planned > 0u }?.let { (it.done * 10u / it.planned).toLong() } ?: 0
        show(
            OfflineState(
                readyText = words.offlineReady(use?.readyArticles?.toLong() ?: 0),
                storiesText = words.offlineStories(use?.readyArticles?.toLong() ?: 0),
                sizeText = words.offlineSize(wording.size(budget), wording.size(used)),
                budgetText = wording.size(budget),
                textShare = ((used - pictures).toDouble() / budget).coerceIn(0.0, 1.0),
                pictureShare = (pictures.toDouble() / budget).coerceIn(0.0, 1.0),
                textKey = wording.list(words.offlineText, wording.size(used - pictures)),
                pictureKey = wording.list(words.offlinePictures, wording.size(pictures)),
                ready = plans.filter { it.country != null || it.plan.articles.isNotEmpty() }.map(::item),
                isPacking = now != null,
                progressText =
                    now?.let {
                        words.offlineProgress(it.planned.toLong(), wording.number(it.done.toLong()))
                    } ?: "",
                fraction =
                    now?.takeIf { it.planned > 0u }
                        ?.let { it.done.toDouble() / it.planned.toDouble() } ?: 0.0,
                progressSpoken =
                    now?.let {
                        words.offlineProgressSpoken(
                            it.planned.toLong(),
                            wording.number(it.done.toLong()),
                            "${tenths * 10}",
                        )
                    } ?: "",
                buttonTitle = if (now == null) words.offlinePack else words.offlineCancel,
                resultText = report?.let(::result),
                isWifiOnly = kit.choices.isWifiOnly,
                wifiOnlySpoken = wording.switch(words.offlineWifiOnly, kit.choices.isWifiOnly),
                trouble = trouble,
            )
        )
    }

    private fun item(of: Plan): ReadyItem {
        val (ready, all) = of.plan.ready.toLong() to of.plan.articles.size.toLong()
        val isWhole = ready == all
        val text = if (isWhole) words.offlineReadyCount(ready) else words.offlineProgress(all, wording.number(ready))
        val spoken = if (isWhole) text else words.offlineReadyOf(all, wording.number(ready))
        val fraction = if (all == 0L) 1.0 else ready.toDouble() / all
        return ReadyItem(of.country, of.name, text, isWhole, fraction, wording.list(of.name, spoken))
    }

    private fun result(report: PackReport): String {
        val end =
            when (report.end) {
                PackEnd.COMPLETED -> words.offlineCompleted
                PackEnd.CANCELLED -> words.offlineCancelled
                PackEnd.DEADLINE_REACHED -> words.offlineDeadline
                PackEnd.BUDGET_REACHED -> words.offlineBudget
                PackEnd.METERED -> words.offlineMetered
                PackEnd.NOBODY_REACHED -> words.offlineNobody
            }
        val failed = report.progress.failed.toLong()
        // Whoever reaches nobody need not be told how often.
        return if (failed == 0L || report.end == PackEnd.NOBODY_REACHED) end
        else if (report.end == PackEnd.COMPLETED) words.offlineFailed(failed)
        else "$end ${words.offlineFailed(failed)}"
    }
}

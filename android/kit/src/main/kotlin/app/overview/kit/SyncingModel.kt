package app.overview.kit

import app.overview.bindings.SyncEnd
import app.overview.bindings.SyncProgress
import app.overview.bindings.SyncReport
import app.overview.bindings.SyncRequest
import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async

data class SyncingState(
    val isRunning: Boolean = false,
    /** "3 of 7 feeds". */
    val text: String = "",
    /** 0 to 1. */
    val fraction: Double = 0.0,
    /** What is to be said of the last one, such as feeds that did not answer. */
    val notice: String? = null,
    val trouble: Trouble? = null,
)

/** What a fetch in the background may take where bytes cost money. */
private const val METERED_BYTES = 5_000_000uL

/** The one sync that may run, and how far it is. */
class SyncingModel internal constructor(kit: Kit) : Model<SyncingState>(kit, SyncingState()) {
    private var running: Deferred<SyncReport?>? = null
    private var work: Work<SyncProgress, SyncReport>? = null
    private var progress: SyncProgress? = null
    private var report: SyncReport? = null
    internal var endedAt: Instant? = null
        private set

    /** Fetches what is due of some countries, of all that are followed when none is named. One that runs is joined. */
    suspend fun sync(countries: List<String>, deadline: Duration? = null): SyncReport? {
        running?.let { return it.await() }
        val all = kit.scope.async { run(countries, deadline) }
        running = all
        return try {
            all.await()
        } finally {
            if (running === all) running = null
        }
    }

    /** Ends it early; what was fetched stays. */
    fun cancel() {
        work?.cancel()
    }

    private suspend fun run(countries: List<String>, deadline: Duration?): SyncReport? {
        report = null
        clear()
        val report = attempt {
            val followed =
                countries.ifEmpty { kit.core.countries().filter { it.followed }.map { it.country } }
            val request =
                SyncRequest(
                    countries = followed,
                    deadline = deadline,
                    meteredByteBudget = METERED_BYTES.takeIf { deadline != null },
                )
            kit.core.sync(request).use { task ->
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
        if (report?.end == SyncEnd.COMPLETED) endedAt = kit.surroundings.now()
        render()
        return report
    }

    override fun render() {
        val progress = progress
        val failed = report?.progress?.failed?.toLong() ?: 0
        val nobody = report?.end == SyncEnd.NOBODY_REACHED
        show(
            SyncingState(
                isRunning = progress != null,
                text =
                    progress?.let {
                        words.storiesSyncing(it.planned.toLong(), wording.number(it.done.toLong()))
                    } ?: "",
                fraction =
                    progress?.takeIf { it.planned > 0u }
                        ?.let { it.done.toDouble() / it.planned.toDouble() } ?: 0.0,
                notice = if (failed > 0 && !nobody) words.storiesSyncedPartly(failed) else null,
                trouble =
                    if (nobody) Trouble(words.troubleUnreachable, TroubleAction.RETRY, words.actionRetry)
                    else trouble,
            )
        )
    }
}

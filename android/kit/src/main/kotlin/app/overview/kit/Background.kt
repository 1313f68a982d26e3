package app.overview.kit

import app.overview.bindings.PackEnd
import java.time.Duration

/** What is done while nobody looks. */
enum class BackgroundJob { REFRESH, PACK }

/** When a job may run. Never while the battery is low. */
data class JobPlan(
    val job: BackgroundJob,
    val every: Duration,
    /** Only where bytes cost nothing. */
    val isUnmeteredOnly: Boolean,
    val isChargingOnly: Boolean,
)

/** What a person is told outside of the app. */
data class Notice(val channel: String, val title: String, val text: String)

/** Decides what is fetched in the background, when, and what is said of it. The platform only carries it out. */
class Background internal constructor(private val kit: Kit) {
    private var pack: OfflineModel? = null

    /** The jobs there are to be now; none while a person wants nothing to be fetched. */
    fun plans(): List<JobPlan> {
        if (kit.choices.isOffline) return emptyList()
        val isUnmeteredOnly = kit.choices.isWifiOnly
        return listOf(
            JobPlan(BackgroundJob.REFRESH, REFRESH, isUnmeteredOnly, isChargingOnly = false),
            JobPlan(BackgroundJob.PACK, PACK, isUnmeteredOnly, isChargingOnly = true),
        )
    }

    /**
     * Does a [job] for no longer than [window]. Unless the app [isOnScreen], every file has been let
     * go of before the end. What comes back is to be shown.
     */
    suspend fun run(job: BackgroundJob, window: Duration, isOnScreen: Boolean): Notice? =
        when (job) {
            BackgroundJob.REFRESH -> {
                if (isOnScreen) kit.syncing.sync(emptyList(), window) else kit.lifecycle.background(window)
                null
            }
            BackgroundJob.PACK -> pack(window, isOnScreen)
        }

    private suspend fun pack(window: Duration, isOnScreen: Boolean): Notice? =
        kit.offline().use { model ->
            pack = model
            var before = 0uL
            try {
                kit.lifecycle.within(window, isOnScreen) { time ->
                    model.load()
                    before = model.ready
                    model.pack(time)
                }
            } finally {
                pack = null
            }
            if (kit.choices.hasPackNotice && model.end == PackEnd.COMPLETED && model.ready > before) notice(model) else null
        }

    private fun notice(model: OfflineModel) =
        Notice(kit.wording.words.offlineTitle, kit.wording.words.offlineReadyTitle, model.state.value.readyText)

    /** The system wants the time back: what runs ends, and [run] returns soon. */
    fun stop() {
        kit.syncing.cancel()
        pack?.cancel()
    }

    private companion object {
        val REFRESH: Duration = Duration.ofHours(3)
        val PACK: Duration = Duration.ofHours(12)
    }
}

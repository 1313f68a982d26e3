package app.overview.app

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import app.overview.kit.BackgroundJob
import app.overview.kit.JobPlan
import java.time.Duration
import kotlinx.coroutines.launch

/** Tells the system what the kit planned. */
internal object Jobs {
    fun plan(context: Context, plans: List<JobPlan>) {
        val scheduler = context.getSystemService(JobScheduler::class.java) ?: return
        for (job in BackgroundJob.entries) {
            val wanted = plans.firstOrNull { it.job == job }?.let { info(context, it) }
            val pending = scheduler.getPendingJob(job.id)
            when {
                wanted == null -> scheduler.cancel(job.id)
                // Scheduled again its time would begin anew, and with every start of the app it would never come.
                pending == null || !pending.isLike(wanted) -> scheduler.schedule(wanted)
            }
        }
    }

    private fun info(context: Context, plan: JobPlan): JobInfo =
        JobInfo.Builder(plan.job.id, ComponentName(context, BackgroundService::class.java))
            .setPeriodic(plan.every.toMillis())
            .setRequiredNetworkType(if (plan.isUnmeteredOnly) JobInfo.NETWORK_TYPE_UNMETERED else JobInfo.NETWORK_TYPE_ANY)
            .setRequiresBatteryNotLow(true)
            .setRequiresCharging(plan.isChargingOnly)
            .setPersisted(true)
            .build()

    @Suppress("DEPRECATION") // What replaces networkType came after Android 8.
    private fun JobInfo.isLike(other: JobInfo) =
        networkType == other.networkType && intervalMillis == other.intervalMillis && isRequireCharging == other.isRequireCharging
}

internal val BackgroundJob.id get() = ordinal + 1

/** A job of the system: the kit does it, in the time there is. */
class BackgroundService : JobService() {
    private val app get() = application as App

    override fun onStartJob(params: JobParameters): Boolean {
        val job = BackgroundJob.entries.firstOrNull { it.id == params.jobId } ?: return false
        app.scope.launch {
            val notice = app.kit.await().background.run(job, WINDOW, app.isOnScreen)
            notice?.let { Notices.show(app, it) }
            jobFinished(params, false)
        }
        return true
    }

    override fun onStopJob(params: JobParameters): Boolean {
        app.scope.launch { app.kit.await().background.stop() }
        return true
    }

    private companion object {
        /** The system takes a job back after ten minutes. */
        val WINDOW: Duration = Duration.ofMinutes(9)
    }
}

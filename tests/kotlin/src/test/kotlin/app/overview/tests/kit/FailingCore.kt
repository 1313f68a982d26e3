package app.overview.tests.kit

import app.overview.bindings.Mark
import app.overview.bindings.OverviewException
import app.overview.bindings.StorageSettings
import app.overview.kit.Core

/** The library, but for one call that fails. */
class FailingCore(private val live: Core) : Core by live {
    var call = ""
    var error = ""

    private fun failIf(name: String) {
        if (name != call) return
        val reason = "as the suite asked"
        throw when (error) {
            "offline" -> OverviewException.Offline(reason)
            "unreachable" -> OverviewException.Unreachable(reason)
            "refused" -> OverviewException.Refused(reason)
            "busy" -> OverviewException.Busy(reason)
            "not_found" -> OverviewException.NotFound(reason)
            "invalid" -> OverviewException.Invalid(reason)
            "storage_full" -> OverviewException.StorageFull(reason)
            "storage_damaged" -> OverviewException.StorageDamaged(reason)
            "app_too_old" -> OverviewException.AppTooOld(reason)
            "unreadable_file" -> OverviewException.UnreadableFile(reason)
            "storage_unavailable" -> OverviewException.StorageUnavailable(reason)
            "paused" -> OverviewException.Paused(reason)
            "closed" -> OverviewException.Closed(reason)
            else -> OverviewException.Unexpected(reason)
        }
    }

    override suspend fun countries() = failIf("countries").let { live.countries() }

    override suspend fun mark(ids: List<Long>, mark: Mark) = failIf("mark").let { live.mark(ids, mark) }

    override suspend fun followCountry(code: String, follow: Boolean) =
        failIf("followCountry").let { live.followCountry(code, follow) }

    override suspend fun setStorageSettings(settings: StorageSettings) =
        failIf("setStorageSettings").let { live.setStorageSettings(settings) }

    override fun installModel(language: String) = failIf("installModel").let { live.installModel(language) }

    override suspend fun followPublisher(id: String, follow: Boolean?) =
        failIf("followPublisher").let { live.followPublisher(id, follow) }
}

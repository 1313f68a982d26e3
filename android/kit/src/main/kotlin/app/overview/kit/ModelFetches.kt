package app.overview.kit

import kotlinx.coroutines.async

/** Models that are being fetched; they go on when the screen that asked for one is closed. */
internal class ModelFetches(private val kit: Kit) {
    private class Fetch(val work: Work<ULong, Unit>) {
        var bytes = 0L
        var isStopped = false
    }

    private val underWay = mutableMapOf<String, Fetch>()

    /** What is there of one that is being fetched. */
    fun bytes(language: String): Long? = underWay[language]?.bytes

    /** Returns when the model is installed or the fetch was stopped; fails as the fetch does. */
    suspend fun fetch(language: String) {
        if (language in underWay) return
        // Begun at once, so that a second press finds it.
        val fetch = Fetch(kit.core.installModel(language))
        underWay[language] = fetch
        kit.scope.async { follow(language, fetch) }.await().getOrThrow()
    }

    private suspend fun follow(language: String, fetch: Fetch): Result<Unit> = runCatching {
        try {
            fetch.work.use { work ->
                work.follow {
                    fetch.bytes = it.toLong()
                    tell()
                }
            }
        } catch (error: app.overview.bindings.OverviewException) {
            if (!fetch.isStopped) throw error
        } finally {
            underWay -= language
            tell()
        }
    }

    /** What was fetched stays, and the next fetch goes on with it. */
    fun stop(language: String) {
        val fetch = underWay[language] ?: return
        fetch.isStopped = true
        fetch.work.cancel()
    }

    private fun tell() = kit.models().filterIsInstance<LanguagesModel>().forEach { it.render() }
}

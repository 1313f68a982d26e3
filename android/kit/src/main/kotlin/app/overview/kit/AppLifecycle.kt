package app.overview.kit

import java.time.Duration
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** What happens to the app, told by the platform's own callbacks; each returns when it is dealt with. */
class AppLifecycle internal constructor(private val kit: Kit) {
    private val turn = Mutex()

    /** The app is on the screen: the store opens, every screen looks again, and what is old is fetched. */
    suspend fun foreground() {
        turn.withLock { resume() }
        val at = kit.syncing.endedAt
        if (at == null || Duration.between(at, kit.surroundings.now()) >= STALE) {
            kit.syncing.sync(emptyList())
        }
    }

    /** The store answers, although the app may only be on its way to the screen. */
    internal suspend fun wake() = turn.withLock { quietly { kit.core.resume() } }

    /**
     * The app may work in the background for so long: it fetches what is due and has let go of every
     * file before the end.
     */
    suspend fun background(window: Duration) =
        within(window, isOnScreen = false) { kit.syncing.sync(emptyList(), it) }

    /** As [background], for any work: [fetch] is given the time there is. */
    internal suspend fun within(window: Duration, isOnScreen: Boolean, fetch: suspend (Duration) -> Unit) {
        if (!isOnScreen) turn.withLock { resume() }
        val time = window - MARGIN
        if (!time.isNegative && !time.isZero) fetch(time)
        if (!isOnScreen) suspend()
    }

    /** The app is about to be suspended: what runs ends, what was read is kept, every file is let go. */
    suspend fun suspend() =
        turn.withLock {
            for (model in kit.models()) model.suspending()
            quietly { kit.core.pause() }
        }

    private suspend fun resume() {
        quietly { kit.core.resume() }
        for (model in kit.models()) model.resumed()
    }

    /** Lists keep one page. */
    fun memoryWarning() = kit.models().forEach { it.trim() }

    /** Another language, time zone or clock: everything is said anew. */
    fun surround(surroundings: Surroundings) = kit.surround(surroundings)

    /** Whether bytes cost money on the network there is now. */
    fun network(isMetered: Boolean) = kit.network(isMetered)

    /** The app ends. */
    suspend fun shutdown() {
        kit.close()
        kit.core.shutdown()
    }

    /** The store stays paused, or closes a moment later; the next call says why. */
    private suspend fun quietly(call: suspend () -> Unit) =
        try {
            call()
        } catch (error: CancellationException) {
            throw error
        } catch (_: Exception) {}

    private companion object {
        /** Kept back of a window, to close the store. */
        val MARGIN: Duration = Duration.ofSeconds(2)
        /** After which the news is fetched when the app is opened. */
        val STALE: Duration = Duration.ofMinutes(15)
    }
}

package app.overview.kit

/** One look at a time: what changes meanwhile is looked at once more afterwards, however often it changed. */
internal class Looking(private val look: suspend () -> Unit) {
    private var isLooking = false
    private var isStale = false

    suspend fun again() {
        isStale = true
        if (isLooking) return
        isLooking = true
        try {
            while (isStale) {
                isStale = false
                look()
            }
        } finally {
            isLooking = false
        }
    }
}

package app.overview.kit

import java.time.Instant
import java.time.ZoneId

/** What a device says of itself: everything that is shown follows from it and from the store. */
data class Surroundings(
    /** The language of the screens, BCP 47; English where there are no words in it. */
    val language: String = "en",
    val zone: ZoneId = ZoneId.systemDefault(),
    val now: () -> Instant = Instant::now,
)

package app.overview.kit

import app.overview.bindings.Picture
import app.overview.bindings.PictureKey
import app.overview.bindings.PictureState
import java.io.File

/** A picture on this device. */
data class PictureFile(
    val file: File,
    val width: Int,
    val height: Int,
    /** A thumbhash, to be shown until the file is read. */
    val placeholder: ByteArray,
)

/** What the picture of an article is asked for by. */
val Picture.key: PictureKey get() = url.toString()

/** Fetches a picture unless it is here; nothing when there is none, which leaves no hole. */
suspend fun Kit.picture(key: PictureKey): PictureFile? =
    try {
        val known = core.picture(key)
        (if (known is PictureState.Unknown) core.fetchPicture(key) else known).let {
            if (it is PictureState.Here)
                PictureFile(it.path, it.width.toInt(), it.height.toInt(), it.placeholder)
            else null
        }
    } catch (_: app.overview.bindings.OverviewException) {
        null
    }

package app.overview.ui

import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.graphics.ImageBitmap
import app.overview.kit.FileKind
import app.overview.kit.PersonFile
import app.overview.kit.PictureFile
import java.net.URI

/** What the screens ask of the device. */
interface Platform {
    /** Decodes a picture; nothing when it cannot be. */
    suspend fun decode(picture: PictureFile): ImageBitmap?

    /** Offers an address to other apps. */
    fun share(title: String, url: URI)

    /** Opens an address in a browser. */
    fun open(url: URI)

    /** Lets the person pick a file, which [take] reads; nothing happens when none was picked. */
    suspend fun pick(kind: FileKind, take: suspend (PersonFile) -> Unit)

    /** Lets the person say where a file goes, which [make] writes; whether it is there. */
    suspend fun keep(name: String, kind: FileKind, make: suspend (PersonFile) -> Boolean): Boolean
}

internal val LocalPlatform = staticCompositionLocalOf<Platform> { error("there is no platform") }

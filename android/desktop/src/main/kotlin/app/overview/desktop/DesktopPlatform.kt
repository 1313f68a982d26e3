package app.overview.desktop

import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.toComposeImageBitmap
import app.overview.kit.PictureFile
import app.overview.ui.Platform
import java.awt.Desktop
import java.awt.Toolkit
import java.awt.datatransfer.StringSelection
import java.net.URI
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.jetbrains.skia.Image

/** A computer in the place of a phone: what is shared goes to the clipboard. */
class DesktopPlatform : Platform {
    override suspend fun decode(picture: PictureFile): ImageBitmap? =
        withContext(Dispatchers.IO) {
            runCatching { Image.makeFromEncoded(picture.file.readBytes()).toComposeImageBitmap() }.getOrNull()
        }

    override fun share(title: String, url: URI) =
        Toolkit.getDefaultToolkit().systemClipboard.setContents(StringSelection(url.toString()), null)

    override fun open(url: URI) {
        if (Desktop.isDesktopSupported()) runCatching { Desktop.getDesktop().browse(url) }
    }
}

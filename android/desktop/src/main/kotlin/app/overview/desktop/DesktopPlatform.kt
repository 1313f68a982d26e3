package app.overview.desktop

import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.toComposeImageBitmap
import app.overview.kit.FileKind
import app.overview.kit.PictureFile
import app.overview.ui.Platform
import java.awt.Desktop
import java.awt.FileDialog
import java.awt.Frame
import java.awt.Toolkit
import java.awt.datatransfer.StringSelection
import java.io.File
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

    override suspend fun pick(kind: FileKind, take: suspend (File) -> Unit) {
        ask(FileDialog.LOAD, null)?.let { take(it) }
    }

    override suspend fun keep(name: String, kind: FileKind, make: suspend (File) -> Boolean): Boolean =
        ask(FileDialog.SAVE, name)?.let { make(it) } ?: false

    /** The system's own dialog; it is over when this returns. */
    private fun ask(mode: Int, name: String?): File? =
        FileDialog(null as Frame?, "", mode).run {
            file = name
            isVisible = true
            file?.let { File(directory, it) }
        }
}

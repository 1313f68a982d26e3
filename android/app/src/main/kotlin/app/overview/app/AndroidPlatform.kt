package app.overview.app

import android.app.UiModeManager
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.graphics.BitmapFactory
import android.net.Uri
import android.os.Build
import android.provider.Settings
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import app.overview.kit.FileKind
import app.overview.kit.PictureFile
import app.overview.ui.Platform
import app.overview.ui.theme.Look
import java.io.File
import java.net.URI
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

internal class AndroidPlatform(private val context: Context, private val documents: Documents) : Platform {
    override suspend fun decode(picture: PictureFile): ImageBitmap? =
        withContext(Dispatchers.IO) { BitmapFactory.decodeFile(picture.file.path)?.asImageBitmap() }

    override fun share(title: String, url: URI) {
        val send =
            Intent(Intent.ACTION_SEND)
                .setType("text/plain")
                .putExtra(Intent.EXTRA_SUBJECT, title)
                .putExtra(Intent.EXTRA_TEXT, url.toString())
        context.startActivity(Intent.createChooser(send, null))
    }

    override fun open(url: URI) {
        try {
            context.startActivity(Intent(Intent.ACTION_VIEW, Uri.parse(url.toString())))
        } catch (_: ActivityNotFoundException) {
            // A device without a browser.
        }
    }

    override suspend fun pick(kind: FileKind, take: suspend (File) -> Unit) = documents.pick(take)

    override suspend fun keep(name: String, kind: FileKind, make: suspend (File) -> Boolean) =
        documents.keep(name, kind.type, make)
}

/** What a person set on the device. */
internal fun lookOf(context: Context, isDark: Boolean) =
    Look(
        isDark = isDark,
        hasMoreContrast =
            Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE &&
                (context.getSystemService(UiModeManager::class.java)?.contrast ?: 0f) >= MORE_CONTRAST,
        isMotionReduced = Settings.Global.getFloat(context.contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, 1f) == 0f,
    )

/** Of -1 to 1: the middle of three steps that the settings offer. */
private const val MORE_CONTRAST = .5f

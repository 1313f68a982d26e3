package app.overview.ui.parts

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.alpha
import androidx.compose.ui.graphics.ColorFilter
import androidx.compose.ui.graphics.ColorMatrix
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.layout.ContentScale
import app.overview.bindings.PictureKey
import app.overview.kit.Kit
import app.overview.kit.picture
import app.overview.ui.Platform
import app.overview.ui.theme.Tokens

/** Decoded pictures, the last that were shown. */
class Pictures(private val kit: Kit, private val platform: Platform) {
    private val kept =
        object : LinkedHashMap<PictureKey, ImageBitmap>(KEPT, .75f, true) {
            override fun removeEldestEntry(eldest: MutableMap.MutableEntry<PictureKey, ImageBitmap>) = size > KEPT
        }

    fun known(key: PictureKey): ImageBitmap? = kept[key]

    suspend fun load(key: PictureKey): ImageBitmap? =
        kept[key] ?: kit.picture(key)?.let { platform.decode(it) }?.also { kept[key] = it }

    private companion object {
        const val KEPT = 48
    }
}

val LocalPictures = staticCompositionLocalOf<Pictures> { error("there are no pictures") }

/** A picture on its way to the screen. */
sealed interface Shown {
    data object Loading : Shown
    /** There is none, which leaves no hole. */
    data object Nothing : Shown
    data class Here(val image: ImageBitmap) : Shown
}

@Composable
fun rememberPicture(key: PictureKey?): Shown {
    if (key == null) return Shown.Nothing
    val pictures = LocalPictures.current
    var shown by
        remember(key) { mutableStateOf(pictures.known(key)?.let(Shown::Here) ?: Shown.Loading) }
    LaunchedEffect(key) {
        if (shown is Shown.Loading) shown = pictures.load(key)?.let(Shown::Here) ?: Shown.Nothing
    }
    return shown
}

/** Fills its place; dimmed in the dark, and when its story was read. */
@Composable
fun Picture(shown: Shown, modifier: Modifier = Modifier, description: String? = null, isRead: Boolean = false) {
    Box(modifier.background(Tokens.colors.line)) {
        if (shown is Shown.Here) {
            val brightness = Tokens.colors.pictureBrightness
            val filter =
                remember(brightness) {
                    if (brightness == 1f) null
                    else ColorFilter.colorMatrix(ColorMatrix().apply { setToScale(brightness, brightness, brightness, 1f) })
                }
            Image(
                shown.image,
                description,
                Modifier.fillMaxSize().alpha(if (isRead) READ else 1f),
                contentScale = ContentScale.Crop,
                colorFilter = filter,
            )
        }
    }
}

private const val READ = .62f

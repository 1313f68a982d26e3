package app.overview.ui.parts

import androidx.compose.foundation.layout.Spacer
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.Size
import app.overview.kit.GlobePicture
import app.overview.ui.theme.Tokens

/** A globe that does not turn, as [picture] has it for a size; drawn anew when another is given. */
@Composable
internal fun StillGlobe(modifier: Modifier, picture: (Size) -> GlobePicture) {
    val drawing = remember { GlobeDrawing() }
    val palette = Tokens.colors
    Spacer(modifier.silent().drawBehind { with(drawing) { draw(picture(size), palette, null) } })
}

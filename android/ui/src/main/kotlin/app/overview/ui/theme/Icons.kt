package app.overview.ui.theme

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.PathParser
import androidx.compose.ui.unit.dp

/** Drawn by us on a grid of 24, so that no icon font is needed. Those that point are mirrored. */
object Icons {
    val globe = line("M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M8 12a4 9 0 1 0 8 0a4 9 0 1 0-8 0M3.3 9.5h17.4M3.3 14.5h17.4")
    val offline = line("M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 7.5v8.2M8.6 12.6 12 16l3.4-3.4")
    val search = line("M4 10.8a6.8 6.8 0 1 0 13.6 0a6.8 6.8 0 1 0-13.6 0M16 16l4.6 4.6")
    val settings = line("M4 7h8.8M17.2 7h2.8M4 17h2.8M11.2 17h8.8M12.8 7a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0M6.8 17a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0")
    val back = line("M19.5 12H5M11 5.5 4.5 12l6.5 6.5", width = 1.8f, isMirrored = true)
    val forward = line("M9 5l7 7-7 7", width = 2f, isMirrored = true)
    val check = line("M5 12.5l4.6 4.6L19 7.5", width = 2f)
    val more = fill(dot(12f, 5.5f) + dot(12f, 12f) + dot(12f, 18.5f))
    val down = line("M6 9.5l6 6 6-6", width = 2.4f)
    val up = line("M6 14.5l6-6 6 6", width = 2.4f)
    val close = line("M6 6l12 12M18 6 6 18", width = 2f)
    val share = line("M12 3.5v11.2M8 7.2l4-4 4 4M6.5 11H5.6A1.6 1.6 0 0 0 4 12.6v6.3a1.6 1.6 0 0 0 1.6 1.6h12.8a1.6 1.6 0 0 0 1.6-1.6v-6.3a1.6 1.6 0 0 0-1.6-1.6h-.9")
    val save = line("M6.5 4h11v16.2L12 16l-5.5 4.2z")
    val saved = fill("M5.6 4A.9.9 0 0 1 6.5 3.1h11a.9.9 0 0 1 .9.9v16.2a.9.9 0 0 1-1.45.71L12 17.1l-4.95 3.81A.9.9 0 0 1 5.6 20.2z")
    val textSize = line("M2.5 18l4.6-12 4.6 12M4 14.2h6.2M21 18v-6.2M14.4 14.8a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0")
    val open = line("M13.5 4.5H19.5V10.5M19.3 4.7 11 13M16.5 13.5v4.9a1.6 1.6 0 0 1-1.6 1.6H5.6A1.6 1.6 0 0 1 4 18.4V9.1a1.6 1.6 0 0 1 1.6-1.6h4.9", width = 2f)
    val translated = line("M3.5 6h10M8.5 3.8V6M11.4 6c-.6 3.6-3.4 6.6-7.2 8M5.6 6c.7 3.3 3 6 6 7.4M11.5 20.2l4.3-10.4 4.3 10.4M13 16.8h5.6", width = 2f)
    val pause = line("M8.5 5.5v13M15.5 5.5v13", width = 2.2f)
    val warning = line("M12 4.2 21 19.8H3zM12 10v4.6M12 17.2v.1", width = 2f)
    val noNetwork = line("M4 4l16 16M2.8 9.4c1.5-1.3 3.1-2.3 4.9-2.9M12 5.8c3.4 0 6.7 1.2 9.2 3.6M6 13c1-.9 2-1.5 3.2-1.9M15.2 11.4c1 .4 1.9.9 2.8 1.6M9.2 16.5a4.2 4.2 0 0 1 5.6 0", width = 1.9f)
    val wifi = line("M2.8 9.4a13.6 13.6 0 0 1 18.4 0M6 13a8.9 8.9 0 0 1 12 0M9.2 16.5a4.2 4.2 0 0 1 5.6 0M12 19.3v.1", width = 1.9f)
    val edit = line("M4.5 19.5l1-4.2L16 4.8l3.2 3.2L8.7 18.5zM13.6 7.2l3.2 3.2", width = 1.8f)
    val plus = line("M12 5v14M5 12h14", width = 2f)
    val minus = line("M5 12h14", width = 2f)
    /** A bell that is struck out. */
    val muted = line("M4 4l16 16M8.2 5.6A5.4 5.4 0 0 1 17.4 9.6c0 2 .4 3.6 1 4.9M6.6 8.6c-.1 4.6-1 6.3-2.1 8h12.1M10 19.6a2.2 2.2 0 0 0 4 0")
    val refresh = line("M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.6 3.6v3.9h-3.9")

    /** The sign of the app: an eye's view of a horizon. */
    val mark =
        vector()
            .ring()
            .addPath(
                nodes("M1.8 14.6C5 11.7 8.3 10.4 12 10.4s7 1.3 10.2 4.2A10.6 10.6 0 0 1 12 22.6 10.6 10.6 0 0 1 1.8 14.6z"),
                fill = SolidColor(Color.Black),
            )
            .build()

    private fun dot(x: Float, y: Float) = "M${x - 1.7f} ${y}a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0z"

    private fun nodes(path: String) = PathParser().parsePathString(path).toNodes()

    private fun vector(isMirrored: Boolean = false) =
        ImageVector.Builder(
            defaultWidth = 24.dp,
            defaultHeight = 24.dp,
            viewportWidth = 24f,
            viewportHeight = 24f,
            autoMirror = isMirrored,
        )

    private fun ImageVector.Builder.ring() =
        addPath(
            nodes("M1.4 12a10.6 10.6 0 1 0 21.2 0a10.6 10.6 0 1 0-21.2 0"),
            stroke = SolidColor(Color.Black),
            strokeLineWidth = 1.8f,
        )

    private fun line(path: String, width: Float = 1.7f, isMirrored: Boolean = false) =
        vector(isMirrored)
            .addPath(
                nodes(path),
                stroke = SolidColor(Color.Black),
                strokeLineWidth = width,
                strokeLineCap = StrokeCap.Round,
                strokeLineJoin = StrokeJoin.Round,
            )
            .build()

    private fun fill(path: String) =
        vector().addPath(nodes(path), fill = SolidColor(Color.Black)).build()
}

package app.overview.ui.theme

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.PathParser
import androidx.compose.ui.unit.dp

/** What marks say beside their words: each kind of perspective has a shape, so that colour is not all. */
object Shapes {
    /** A circle with a meridian. */
    val region =
        builder()
            .stroked("M1 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0", 1.5f)
            .stroked("M3.9 6a2.1 5 0 1 0 4.2 0a2.1 5 0 1 0-4.2 0", 1.2f)
            .build()
    val state = filled("M2.2 1h7.6A1.2 1.2 0 0 1 11 2.2v7.6A1.2 1.2 0 0 1 9.8 11H2.2A1.2 1.2 0 0 1 1 9.8V2.2A1.2 1.2 0 0 1 2.2 1z")
    val party = filled("M6 0 12 6 6 12 0 6z")
    val opinion = filled("M.6 10V6.3C.6 3.7 2 2 4.7 1.5l.5 1.2C3.9 3.2 3.2 4 3.1 5.1h2.1V10zM6.8 10V6.3c0-2.6 1.4-4.3 4.1-4.8l.5 1.2c-1.3.5-2 1.3-2.1 2.4h2.1V10z")
    val kind = builder().stroked("M6 1.5 11 10.5H1z", 1.5f).build()

    /** A ring of eight dashes. */
    val overlooked =
        builder()
            .stroked(
                "M10.1 5.4A4.2 4.2 0 0 1 10.1 7.1M9.2 8.7A4.2 4.2 0 0 1 8.1 9.7M6.9 10.1A4.2 4.2 0 0 1 5.2 10.1M3.8 9.5A4.2 4.2 0 0 1 2.6 8.4M1.9 7A4.2 4.2 0 0 1 1.9 5.2M2.6 3.6A4.2 4.2 0 0 1 3.8 2.5M5.2 1.9A4.2 4.2 0 0 1 6.9 1.9M8.3 2.5A4.2 4.2 0 0 1 9.4 3.6",
                1.3f,
            )
            .build()

    private fun builder() = ImageVector.Builder(defaultWidth = 12.dp, defaultHeight = 12.dp, viewportWidth = 12f, viewportHeight = 12f)

    private fun nodes(path: String) = PathParser().parsePathString(path).toNodes()

    private fun ImageVector.Builder.stroked(path: String, width: Float) =
        addPath(
            nodes(path),
            stroke = SolidColor(Color.Black),
            strokeLineWidth = width,
            strokeLineCap = StrokeCap.Round,
            strokeLineJoin = StrokeJoin.Round,
        )

    private fun filled(path: String) = builder().addPath(nodes(path), fill = SolidColor(Color.Black)).build()
}

package app.overview.ui.parts

import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.PathFillType
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.drawText
import androidx.compose.ui.unit.dp
import app.overview.kit.GlobePicture
import app.overview.ui.theme.Palette

/** Draws a picture of the globe: one path a tint, kept from picture to picture. */
internal class GlobeDrawing {
    private val tints = List(TINTS) { Path().apply { fillType = PathFillType.EvenOdd } }
    private val selected = Path().apply { fillType = PathFillType.EvenOdd }
    private val net = Path()

    fun DrawScope.draw(of: GlobePicture, palette: Palette, label: TextLayoutResult?) {
        val centre = Offset(of.centreX, of.centreY)
        drawCircle(palette.ocean, of.radius, centre)
        lines(net, of.net, of.netEnds)
        // A line of one pixel is drawn as it is; a wider one is a shape, of which thousands cost half a frame.
        val line = Stroke(Stroke.HairlineWidth)
        drawPath(net, palette.graticule, style = line)
        shapes(of)
        tints.forEachIndexed { tint, path -> drawPath(path, palette.levels[tint]) }
        tints.forEach { drawPath(it, palette.border, style = line) }
        val dots = of.dots
        of.dotTints.forEachIndexed { at, tint ->
            drawCircle(palette.border, 3.dp.toPx(), Offset(dots[2 * at], dots[2 * at + 1]))
            drawCircle(palette.levels[tint.toInt()], 2.4.dp.toPx(), Offset(dots[2 * at], dots[2 * at + 1]))
        }
        drawCircle(palette.rim, of.radius, centre, style = Stroke(1.dp.toPx()))
        if (of.selectedShape >= 0) {
            drawPath(selected, palette.background, style = Stroke(5.dp.toPx(), join = StrokeJoin.Round))
            drawPath(selected, palette.levels[of.shapeTints[of.selectedShape].toInt()])
            drawPath(selected, palette.ink, style = Stroke(2.dp.toPx(), join = StrokeJoin.Round))
        }
        val at = of.selectedAt
        if (label != null && at != null) pill(label, Offset(at.x, at.y), palette)
    }

    private fun shapes(of: GlobePicture) {
        tints.forEach { it.rewindEvenOdd() }
        selected.rewindEvenOdd()
        val (points, rings, ends) = Triple(of.points, of.ringEnds, of.shapeEnds)
        var (ring, point) = 0 to 0
        for (shape in 0 until ends.size) {
            val path = tints[of.shapeTints[shape].toInt()]
            val isSelected = of.selectedShape == shape
            while (ring < ends[shape]) {
                val end = rings[ring]
                path.ring(points, point, end)
                if (isSelected) selected.ring(points, point, end)
                point = end
                ring++
            }
        }
    }

    private fun Path.rewindEvenOdd() {
        rewind()
        fillType = PathFillType.EvenOdd
    }

    private fun Path.ring(points: FloatArray, begin: Int, end: Int) {
        line(points, begin, end)
        if (end > begin) close()
    }

    private fun Path.line(points: FloatArray, begin: Int, end: Int) {
        for (at in begin until end) {
            if (at == begin) moveTo(points[2 * at], points[2 * at + 1])
            else lineTo(points[2 * at], points[2 * at + 1])
        }
    }

    private fun lines(path: Path, points: FloatArray, ends: IntArray) {
        path.rewind()
        var begin = 0
        for (line in 0 until ends.size) {
            path.line(points, begin, ends[line])
            begin = ends[line]
        }
    }

    /** The name beside the country, inside of the picture. */
    private fun DrawScope.pill(label: TextLayoutResult, at: Offset, palette: Palette) {
        val (width, height) = label.size.width + 24.dp.toPx() to label.size.height + 10.dp.toPx()
        val left = (at.x + 14.dp.toPx()).coerceIn(0f, (size.width - width).coerceAtLeast(0f))
        val top = (at.y - height - 14.dp.toPx()).coerceAtLeast(0f)
        drawRoundRect(palette.ink, Offset(left, top), Size(width, height), CornerRadius(height / 2))
        drawText(label, topLeft = Offset(left + 12.dp.toPx(), top + (height - label.size.height) / 2))
    }

    private companion object {
        const val TINTS = 6
    }
}

package app.overview.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.graphics.drawscope.scale
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import app.overview.bindings.PerspectiveKind
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Palette
import app.overview.ui.theme.Shapes
import app.overview.ui.theme.Tokens

/** The colour of a kind of perspective. */
fun Palette.of(kind: PerspectiveKind): Color =
    when (kind) {
        PerspectiveKind.REGION -> region
        PerspectiveKind.STATE -> state
        PerspectiveKind.PARTY -> party
        PerspectiveKind.OPINION -> opinion
        PerspectiveKind.PUBLISHER -> this.kind
    }

private fun shape(kind: PerspectiveKind) =
    when (kind) {
        PerspectiveKind.REGION -> Shapes.region
        PerspectiveKind.STATE -> Shapes.state
        PerspectiveKind.PARTY -> Shapes.party
        PerspectiveKind.OPINION -> Shapes.opinion
        PerspectiveKind.PUBLISHER -> Shapes.kind
    }

@Composable
fun PerspectiveShape(kind: PerspectiveKind, modifier: Modifier = Modifier, size: Dp = scaled(12), tint: Color = Tokens.colors.of(kind)) {
    Icon(shape(kind), null, modifier.size(size), tint)
}

/** A perspective by its shape and name. */
@Composable
fun PerspectiveName(kind: PerspectiveKind, name: String, modifier: Modifier = Modifier) {
    Row(modifier, Arrangement.spacedBy(8.dp), Alignment.CenterVertically) {
        PerspectiveShape(kind, size = scaled(13))
        Text(name, style = Tokens.type.label.copy(fontWeight = FontWeight.SemiBold), color = Tokens.colors.of(kind))
    }
}

@Composable
fun UnreadDot(modifier: Modifier = Modifier) {
    Box(modifier.size(scaled(8)).clip(Corner.pill).background(Tokens.colors.accent))
}

@Composable
fun OverlookedMark(text: String, modifier: Modifier = Modifier) {
    Row(modifier, Arrangement.spacedBy(5.dp), Alignment.CenterVertically) {
        Icon(Shapes.overlooked, null, Modifier.size(scaled(14)), Tokens.colors.over)
        Text(text, style = Tokens.type.badge, color = Tokens.colors.over)
    }
}

/** A green disc with an arrow to a line. */
@Composable
fun ReadyDisc(modifier: Modifier = Modifier, size: Dp = scaled(15)) {
    val (disc, arrow) = Tokens.colors.ok to Tokens.colors.background
    Canvas(modifier.size(size)) {
        scale(this.size.width / GRID, pivot = Offset.Zero) {
            drawCircle(disc, GRID / 2, Offset(GRID / 2, GRID / 2))
            drawPath(
                Path().apply {
                    moveTo(12f, 6.2f)
                    lineTo(12f, 16f)
                    moveTo(7.8f, 12f)
                    lineTo(12f, 16.2f)
                    lineTo(16.2f, 12f)
                },
                arrow,
                style = Stroke(2.6f, cap = StrokeCap.Round, join = StrokeJoin.Round),
            )
        }
    }
}

private const val GRID = 24f

/** Takes, overlooked, translated, ready: in this order, wrapping, never cut off. */
@Composable
fun MarksRow(
    marks: List<PerspectiveKind>,
    takes: String?,
    overlooked: String?,
    translated: String?,
    ready: String?,
    modifier: Modifier = Modifier,
) {
    if (takes == null && overlooked == null && translated == null && ready == null) return
    val colors = Tokens.colors
    // One a line when text is large.
    val perLine = if (Tokens.isTextLarge) 1 else Int.MAX_VALUE
    FlowRow(modifier, Arrangement.spacedBy(12.dp), Arrangement.spacedBy(4.dp), maxItemsInEachRow = perLine) {
        takes?.let {
            Row(Modifier, Arrangement.spacedBy(4.dp), Alignment.CenterVertically) {
                marks.forEach { kind -> PerspectiveShape(kind, size = scaled(11)) }
                Text(it, style = Tokens.type.badge.copy(fontWeight = FontWeight.Medium), color = colors.ink2)
            }
        }
        overlooked?.let { OverlookedMark(it) }
        translated?.let {
            Row(Modifier, Arrangement.spacedBy(4.dp), Alignment.CenterVertically) {
                Icon(Icons.translated, null, Modifier.size(scaled(15)), colors.ink2)
                Text(it, style = Tokens.type.badge.copy(fontWeight = FontWeight.Medium), color = colors.ink2)
            }
        }
        ready?.let { ReadyDisc() }
    }
}

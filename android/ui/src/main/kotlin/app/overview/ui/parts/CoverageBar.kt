package app.overview.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawWithCache
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.drawText
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import app.overview.kit.CountryTicks
import app.overview.ui.theme.Tokens

/** Ticks of one colour, with what stands under them. */
private class Ticks(val count: Int, val label: TextLayoutResult?, val isFilled: Boolean)

/** How ticks are set: they shrink before they become one bar. */
private class Setting(val tick: Float, val gap: Float, val between: Float)

/**
 * Who ran a story: one tick is one publisher. Over it those that did, by country; under it the
 * American ones, in outline when they did not. Numbers stay left to right in every language.
 */
@Composable
fun CoverageBar(
    countries: List<CountryTicks>,
    ranText: String,
    americanRan: Int,
    americanOf: Int,
    americanText: String,
    modifier: Modifier = Modifier,
    tick: Dp = 16.dp,
) {
    val colors = Tokens.colors
    val measurer = rememberTextMeasurer()
    val label = Tokens.type.micro.copy(color = colors.ink2)
    val groups = countries.map { Ticks(it.ran, measurer.measure(it.code, label), true) }
    val american = listOf(Ticks(americanRan, null, true), Ticks(americanOf - americanRan, null, false))
    Column(modifier.silent(), Arrangement.spacedBy(8.dp)) {
        Line(ranText, colors.ink) { Bar(groups, it, tick, colors.ink) }
        Line(americanText, colors.over) { Bar(american, it, tick, colors.over, isOneRow = true) }
    }
}

/** A bar, and its numbers beside it; below it when text is large. */
@Composable
private fun Line(text: String, color: Color, bar: @Composable (Modifier) -> Unit) {
    if (Tokens.isTextLarge) {
        Column(Modifier, Arrangement.spacedBy(2.dp)) {
            bar(Modifier.fillMaxWidth())
            Text(text, style = Tokens.type.badge, color = color)
        }
        return
    }
    Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp), Alignment.Top) {
        bar(Modifier.weight(1f))
        Text(text, style = Tokens.type.badge, color = color)
    }
}

@Composable
private fun Bar(groups: List<Ticks>, modifier: Modifier, tick: Dp, color: Color, isOneRow: Boolean = false) {
    val outline = Tokens.colors.edge
    val labelHeight = groups.maxOfOrNull { it.label?.size?.height ?: 0 } ?: 0
    val under = with(androidx.compose.ui.platform.LocalDensity.current) { labelHeight.toDp() }
    Spacer(
        modifier
            .height(tick.plus(if (labelHeight > 0) under.plus(4.dp) else 0.dp))
            .padding(0.dp)
            .drawWithCache {
                val settings =
                    listOf(6f to 3f, 4f to 2f).map { (width, gap) ->
                        Setting(width.dp.toPx(), gap.dp.toPx(), if (isOneRow) gap.dp.toPx() else 9.dp.toPx())
                    }
                val setting = settings.firstOrNull { width(groups, it) <= size.width }
                val height = tick.toPx()
                onDrawBehind {
                    var x = 0f
                    // Too many for ticks: one bar, each part as wide as its share.
                    val all = groups.sumOf { it.count }.coerceAtLeast(1)
                    for (group in groups) {
                        if (group.count == 0) continue
                        if (setting == null) {
                            val share = size.width * group.count / all - 2.dp.toPx()
                            mark(x, share, height, if (group.isFilled) color else outline, group.isFilled)
                            x += share + 2.dp.toPx()
                            continue
                        }
                        val ticks = group.count * (setting.tick + setting.gap) - setting.gap
                        val slot = maxOf(ticks, (group.label?.size?.width ?: 0).toFloat())
                        var at = x + (slot - ticks) / 2
                        repeat(group.count) {
                            mark(at, setting.tick, height, if (group.isFilled) color else outline, group.isFilled)
                            at += setting.tick + setting.gap
                        }
                        group.label?.let {
                            drawText(it, topLeft = Offset(x + (slot - it.size.width) / 2, height + 4.dp.toPx()))
                        }
                        x += slot + setting.between
                    }
                }
            }
    )
}

private fun width(groups: List<Ticks>, setting: Setting): Float =
    groups.filter { it.count > 0 }.sumOf {
        val ticks = it.count * (setting.tick + setting.gap) - setting.gap
        (maxOf(ticks, (it.label?.size?.width ?: 0).toFloat()) + setting.between).toDouble()
    }.toFloat() - setting.between

private fun androidx.compose.ui.graphics.drawscope.DrawScope.mark(x: Float, width: Float, height: Float, color: Color, isFilled: Boolean) {
    val radius = CornerRadius(1.5.dp.toPx())
    if (isFilled) return drawRoundRect(color, Offset(x, 0f), Size(width, height), radius)
    val line = 1.dp.toPx()
    drawRoundRect(
        color,
        Offset(x + line / 2, line / 2),
        Size(width - line, height - line),
        radius,
        Stroke(line),
    )
}

package app.overview.ui.parts

import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.TextRange
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import app.overview.bindings.Stretch
import app.overview.ui.theme.Tokens

/** A text in which what was searched for is washed and underlined. */
@Composable
fun FoundText(of: List<Stretch>, style: TextStyle, color: Color, modifier: Modifier = Modifier, maxLines: Int = Int.MAX_VALUE) {
    val found = remember(of) { mutableListOf<TextRange>() }
    val text =
        remember(of) {
            buildAnnotatedString {
                for (stretch in of) {
                    val begin = length
                    append(stretch.text)
                    if (stretch.found) found.add(TextRange(begin, length))
                }
            }
        }
    var layout by remember { mutableStateOf<TextLayoutResult?>(null) }
    val (wash, line) = Tokens.colors.wash to Tokens.colors.accent
    Text(
        text,
        modifier.drawBehind {
            val laid = layout?.takeIf { it.layoutInput.text == text } ?: return@drawBehind
            for (range in found) {
                for (at in laid.getLineForOffset(range.start)..laid.getLineForOffset(range.end)) {
                    val begin = maxOf(range.start, laid.getLineStart(at))
                    val end = minOf(range.end, laid.getLineEnd(at, visibleEnd = true))
                    // What is cut off has no place.
                    if (begin >= end || at >= laid.lineCount) continue
                    val box = laid.getPathForRange(begin, end).getBounds()
                    val under = laid.getLineBaseline(at) + UNDER.toPx()
                    drawRect(wash, Offset(box.left, laid.getLineTop(at)), box.size)
                    drawLine(line, Offset(box.left, under), Offset(box.right, under), STROKE.toPx())
                }
            }
        },
        style = style,
        color = color,
        maxLines = maxLines,
        overflow = TextOverflow.Ellipsis,
        onTextLayout = { layout = it },
    )
}

/** How far below the letters, and how thick. */
private val UNDER = 4.dp
private val STROKE = 1.6.dp

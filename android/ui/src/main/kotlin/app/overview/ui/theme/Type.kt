package app.overview.ui.theme

import androidx.compose.runtime.Immutable
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.Hyphens
import androidx.compose.ui.text.style.LineBreak
import androidx.compose.ui.text.style.LineHeightStyle
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.em
import androidx.compose.ui.unit.sp

/** Headlines and bodies are set in the serif, everything that is operated in the sans: the system's. */
@Immutable
data class Fonts(val serif: FontFamily = FontFamily.Serif, val sans: FontFamily = FontFamily.Default)

/** Every size there is; all follow the size of text that is set on the device. */
@Immutable
class Type(val fonts: Fonts) {
    val display = serif(34, 39, FontWeight.SemiBold, -.018f)
    val title = serif(28, 33, FontWeight.SemiBold, -.014f)
    val lead = serif(22, 27, FontWeight.SemiBold, -.010f)
    val sub = serif(20, 26, FontWeight.SemiBold, -.006f)
    val row = serif(17, 22, FontWeight.SemiBold, -.003f)
    val rowRead = row.copy(fontWeight = FontWeight.Normal)
    val body = serif(18, 28, FontWeight.Normal, 0f)
    val firstLine = serif(15, 21, FontWeight.Normal, 0f)
    val ui = sans(17, 22, FontWeight.SemiBold, -.008f)
    val text = sans(16, 22, FontWeight.Normal, -.006f)
    val label = sans(15, 20, FontWeight.Medium, -.004f)
    val meta = sans(13, 18, FontWeight.Normal, 0f)
    val badge = sans(12, 16, FontWeight.SemiBold, 0f)
    val micro = sans(11, 14, FontWeight.Medium, .01f).copy(fontFeatureSettings = "tnum")

    /** Naskh needs more room between lines. */
    fun bodyRightToLeft() = body.copy(lineHeight = 32.4.sp)

    private fun serif(size: Int, line: Int, weight: FontWeight, tracking: Float) =
        style(fonts.serif, size, line, weight, tracking)
            .copy(
                lineBreak = LineBreak.Paragraph,
                hyphens = Hyphens.None,
            )

    private fun sans(size: Int, line: Int, weight: FontWeight, tracking: Float) =
        style(fonts.sans, size, line, weight, tracking)

    private fun style(family: FontFamily, size: Int, line: Int, weight: FontWeight, tracking: Float) =
        TextStyle(
            fontFamily = family,
            fontSize = size.sp,
            lineHeight = line.sp,
            fontWeight = weight,
            letterSpacing = tracking.em,
            // Each text runs its own way, whatever the interface does: "7 of 30" is not turned around.
            textDirection = TextDirection.Content,
            lineHeightStyle =
                LineHeightStyle(LineHeightStyle.Alignment.Center, LineHeightStyle.Trim.None),
        )
}

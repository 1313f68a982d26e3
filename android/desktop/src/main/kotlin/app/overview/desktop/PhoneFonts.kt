package app.overview.desktop

import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.platform.Font
import app.overview.ui.theme.Fonts

/** The fonts that Android has: Noto Serif and Roboto. */
object PhoneFonts {
    val fonts = Fonts(serif = FontFamily(serif()), sans = FontFamily(sans()))

    private fun serif() =
        listOf(
            font("NotoSerif-Regular", FontWeight.Normal),
            font("NotoSerif-Bold", FontWeight.SemiBold),
            font("NotoSerif-Italic", FontWeight.Normal, FontStyle.Italic),
            font("NotoSerif-BoldItalic", FontWeight.SemiBold, FontStyle.Italic),
        )

    private fun sans() =
        listOf(
            font("Roboto-Regular", FontWeight.Normal),
            font("Roboto-Italic", FontWeight.Normal, FontStyle.Italic),
            font("Roboto-Medium", FontWeight.Medium),
            font("Roboto-Bold", FontWeight.SemiBold),
        )

    private fun font(name: String, weight: FontWeight, style: FontStyle = FontStyle.Normal) =
        Font(
            identity = name,
            data = checkNotNull(PhoneFonts::class.java.getResourceAsStream("/fonts/$name.ttf")) { "$name is not packed" }.readBytes(),
            weight = weight,
            style = style,
        )
}

package app.overview.screens

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.luminance
import app.overview.ui.theme.Palette
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Contrast by WCAG 2.2, from the tokens. */
class ContrastTest {
    private fun contrast(one: Color, other: Color): Float {
        val (low, high) = listOf(one.luminance(), other.luminance()).sorted()
        return (high + .05f) / (low + .05f)
    }

    private fun holds(atLeast: Float, name: String, ink: Color, ground: Color) {
        val found = contrast(ink, ground)
        assertTrue(found >= atLeast, "$name: $found, at least $atLeast")
    }

    private val palettes = listOf(Palette.Light, Palette.Dark).flatMap { listOf(it, it.withMoreContrast()) }

    @Test
    fun `headlines and bodies are AAA`() = palettes.forEach {
        holds(7f, "ink", it.ink, it.background)
        holds(7f, "ink on a cell", it.ink, it.surface)
        holds(7f, "ink2", it.ink2, it.background)
    }

    @Test
    fun `all other text is AA on whatever it stands on`() = palettes.forEach { colors ->
        for (ground in listOf(colors.background, colors.surface, colors.raised, colors.sheet, colors.inset)) {
            val inks = with(colors) { listOf(ink, ink2, ink3, accent, over, ok, danger, region, state, party, opinion, kind) }
            inks.forEachIndexed { at, ink -> holds(4.5f, "ink $at", ink, ground) }
        }
        holds(4.5f, "on accent", colors.onAccent, colors.accent)
        holds(4.5f, "on ink", colors.background, colors.ink)
        holds(4.5f, "on wash", colors.accent, colors.wash)
        holds(4.5f, "on over-wash", colors.over, colors.overWash)
        holds(4.5f, "a button that is off", colors.ink2, colors.surface)
    }

    @Test
    fun `outlines of what can be touched are 3 to 1`() = palettes.forEach {
        holds(3f, "edge", it.edge, it.background)
        holds(3f, "edge on a cell", it.edge, it.surface)
    }
}

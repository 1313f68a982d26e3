package app.overview.ui.theme

import androidx.compose.runtime.Immutable
import androidx.compose.ui.graphics.Color

/** Every colour there is. Each means something: see the fields. */
@Immutable
data class Palette(
    val isDark: Boolean,
    /** The page, what lies in it, what lies on it. */
    val background: Color,
    val surface: Color,
    val raised: Color,
    /** A sheet, a cell in it, and the chosen part of a segmented control. */
    val sheet: Color,
    val inset: Color,
    val segment: Color,
    /** A hairline, and the outline of what can be touched. */
    val line: Color,
    val edge: Color,
    /** Headlines and bodies; what is beside them or read; ages and chevrons. */
    val ink: Color,
    val ink2: Color,
    val ink3: Color,
    /** What can be done, what is unread. */
    val accent: Color,
    val onAccent: Color,
    val wash: Color,
    /** Overlooked. */
    val over: Color,
    val overWash: Color,
    /** Ready offline; failed. */
    val ok: Color,
    val danger: Color,
    /** Perspectives. */
    val region: Color,
    val state: Color,
    val party: Color,
    val opinion: Color,
    val kind: Color,
    /** The globe: water, its rim, its net, borders, and countries by what is unread. */
    val ocean: Color,
    val rim: Color,
    val graticule: Color,
    val border: Color,
    val levels: List<Color>,
    /** Over what is behind a sheet. */
    val scrim: Color,
    /** Of a picture: 88 % in the dark. */
    val pictureBrightness: Float,
) {
    /** For who asked the system for more contrast. */
    fun withMoreContrast() = copy(line = edge, ink3 = ink2)

    companion object {
        val Light =
            Palette(
                isDark = false,
                background = Color(0xFFFFFFFF),
                surface = Color(0xFFF2F4F5),
                raised = Color(0xFFFFFFFF),
                sheet = Color(0xFFFFFFFF),
                inset = Color(0xFFF2F4F5),
                segment = Color(0xFFFFFFFF),
                line = Color(0xFFDDE2E5),
                edge = Color(0xFF7A858C),
                ink = Color(0xFF12181C),
                ink2 = Color(0xFF48535A),
                ink3 = Color(0xFF5E6970),
                accent = Color(0xFF005C7A),
                onAccent = Color(0xFFFFFFFF),
                wash = Color(0xFFE2F0F5),
                over = Color(0xFF824100),
                overWash = Color(0xFFFBEEDC),
                ok = Color(0xFF1B6440),
                danger = Color(0xFFA8231B),
                region = Color(0xFF2A53B0),
                state = Color(0xFFA33B00),
                party = Color(0xFF00664D),
                opinion = Color(0xFF8A2F73),
                kind = Color(0xFF48535A),
                ocean = Color(0xFFEDF2F4),
                rim = Color(0xFFCBD5DA),
                graticule = Color(0xFFDFE7EA),
                border = Color(0xFFFFFFFF),
                levels =
                    listOf(
                        Color(0xFFDFE4E7),
                        Color(0xFFC6D0D5),
                        Color(0xFFA4C6D3),
                        Color(0xFF6DA6BC),
                        Color(0xFF35809E),
                        Color(0xFF005C7A),
                    ),
                scrim = Color(0x750C1216),
                pictureBrightness = 1f,
            )

        val Dark =
            Palette(
                isDark = true,
                background = Color(0xFF0D1215),
                surface = Color(0xFF151B1F),
                raised = Color(0xFF1C2429),
                sheet = Color(0xFF151B1F),
                inset = Color(0xFF1F282E),
                segment = Color(0xFF3A464E),
                line = Color(0xFF2B353B),
                edge = Color(0xFF74818A),
                ink = Color(0xFFF0F3F4),
                ink2 = Color(0xFFB6C0C6),
                ink3 = Color(0xFF98A3AA),
                accent = Color(0xFF6FC6E4),
                onAccent = Color(0xFF06222D),
                wash = Color(0xFF12303C),
                over = Color(0xFFF2B96F),
                overWash = Color(0xFF35260F),
                ok = Color(0xFF7ECDA0),
                danger = Color(0xFFFF9C92),
                region = Color(0xFF8FB4FF),
                state = Color(0xFFFF9F6E),
                party = Color(0xFF5FD0AA),
                opinion = Color(0xFFEE9BD5),
                kind = Color(0xFFB6C0C6),
                ocean = Color(0xFF172229),
                rim = Color(0xFF34434B),
                graticule = Color(0xFF202E36),
                border = Color(0xFF0D1215),
                levels =
                    listOf(
                        Color(0xFF2A353B),
                        Color(0xFF3E4B52),
                        Color(0xFF2A515F),
                        Color(0xFF36758C),
                        Color(0xFF4C9BBA),
                        Color(0xFF78CBE8),
                    ),
                scrim = Color(0x9E000000),
                pictureBrightness = .88f,
            )
    }
}

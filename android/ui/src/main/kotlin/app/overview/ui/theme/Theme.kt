package app.overview.ui.theme

import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.material3.Typography
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.remember
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.dp

/** What a person set on the device, and what its screen is like. */
@Immutable
data class Look(
    val isDark: Boolean = false,
    val hasMoreContrast: Boolean = false,
    /** Nothing slides or turns by itself. */
    val isMotionReduced: Boolean = false,
    val fonts: Fonts = Fonts(),
)

/** The tokens, from any view. */
object Tokens {
    val colors: Palette
        @Composable @ReadOnlyComposable get() = LocalPalette.current
    val type: Type
        @Composable @ReadOnlyComposable get() = LocalType.current
    val look: Look
        @Composable @ReadOnlyComposable get() = LocalLook.current

    /** Text is so large that everything goes in one column, marks one a line, pictures away. */
    val isTextLarge: Boolean
        @Composable @ReadOnlyComposable get() = LocalDensity.current.fontScale >= LARGE_TEXT

    private const val LARGE_TEXT = 1.6f
}

/** Distances; the margin of a page is 20. */
object Space {
    val hair = 1.dp
    val x1 = 2.dp
    val x2 = 4.dp
    val x3 = 8.dp
    val x4 = 12.dp
    val x5 = 16.dp
    val margin = 20.dp
    val x7 = 24.dp
    val x8 = 32.dp
    val x9 = 48.dp
    /** What a finger can hit, also where it is drawn smaller. */
    val target = 48.dp
    /** The widest that text is set, and where two panes begin. */
    val measure = 640.dp
    val twoPanes = 840.dp
}

/** Corners. */
object Corner {
    val tick = RoundedCornerShape(1.5.dp)
    val tile = RoundedCornerShape(4.dp)
    /** Of the larger tile. */
    val largeTile = RoundedCornerShape(6.dp)
    val thumb = RoundedCornerShape(8.dp)
    val lead = RoundedCornerShape(12.dp)
    val card = RoundedCornerShape(14.dp)
    val sheet = RoundedCornerShape(topStart = 20.dp, topEnd = 20.dp)
    val pill = RoundedCornerShape(percent = 50)
}

private val LocalPalette = staticCompositionLocalOf { Palette.Light }
private val LocalType = staticCompositionLocalOf { Type(Fonts()) }
private val LocalLook = staticCompositionLocalOf { Look() }

@Composable
fun OverviewTheme(look: Look, content: @Composable () -> Unit) {
    val base = if (look.isDark) Palette.Dark else Palette.Light
    val palette = remember(look) { if (look.hasMoreContrast) base.withMoreContrast() else base }
    val type = remember(look.fonts) { Type(look.fonts) }
    MaterialTheme(colorScheme = scheme(palette), typography = typography(type), shapes = shapes) {
        CompositionLocalProvider(
            LocalPalette provides palette,
            LocalType provides type,
            LocalLook provides look,
            LocalContentColor provides palette.ink,
            content = content,
        )
    }
}

/** What Material's own parts take: dynamic colour is off, our colours have meanings. */
private fun scheme(of: Palette) =
    (if (of.isDark) darkColorScheme() else lightColorScheme()).copy(
        primary = of.accent,
        onPrimary = of.onAccent,
        primaryContainer = of.wash,
        onPrimaryContainer = of.accent,
        secondary = of.accent,
        onSecondary = of.onAccent,
        secondaryContainer = of.wash,
        onSecondaryContainer = of.ink,
        tertiary = of.over,
        tertiaryContainer = of.overWash,
        background = of.background,
        onBackground = of.ink,
        surface = of.background,
        onSurface = of.ink,
        surfaceVariant = of.surface,
        onSurfaceVariant = of.ink2,
        surfaceContainer = of.surface,
        surfaceContainerLow = of.surface,
        surfaceContainerHigh = of.raised,
        outline = of.edge,
        outlineVariant = of.line,
        error = of.danger,
        scrim = of.scrim,
    )

private fun typography(of: Type) =
    Typography(
        displaySmall = of.display,
        headlineMedium = of.title,
        headlineSmall = of.lead,
        titleLarge = of.sub,
        titleMedium = of.ui,
        bodyLarge = of.text,
        bodyMedium = of.firstLine,
        bodySmall = of.meta,
        labelLarge = of.label,
        labelMedium = of.badge,
        labelSmall = of.micro,
    )

private val shapes =
    Shapes(
        extraSmall = Corner.tile,
        small = Corner.thumb,
        medium = Corner.lead,
        large = Corner.card,
        extraLarge = RoundedCornerShape(20.dp),
    )

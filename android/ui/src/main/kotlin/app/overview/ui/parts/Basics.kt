package app.overview.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.sizeIn
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.Text
import androidx.compose.material3.ripple
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.alpha
import androidx.compose.ui.draw.clip
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.layout.layout
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.customActions
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens

/** A length that follows the size of text. */
@Composable
fun scaled(size: Int): Dp = with(LocalDensity.current) { size.sp.toDp() }

/** Names that stand in a small fixed place grow by a third at most, as the system's own bars do. */
@Composable
fun WithBarText(content: @Composable () -> Unit) {
    val density = LocalDensity.current
    val capped = Density(density.density, density.fontScale.coerceAtMost(BAR_TEXT))
    CompositionLocalProvider(LocalDensity provides capped, content = content)
}

/** What is large already grows by two thirds at most, so that a word still fits a line. */
@Composable
fun WithTitleText(content: @Composable () -> Unit) {
    val density = LocalDensity.current
    val capped = Density(density.density, density.fontScale.coerceAtMost(TITLE_TEXT))
    CompositionLocalProvider(LocalDensity provides capped, content = content)
}

private const val BAR_TEXT = 1.3f
private const val TITLE_TEXT = 1.66f

@Composable
fun Hairline(modifier: Modifier = Modifier) {
    Box(modifier.fillMaxWidth().height(Space.hair).background(Tokens.colors.line).semantics {})
}

/** One element for who listens: all of a row as one sentence, with what a swipe would do. */
fun Modifier.spoken(text: String, actions: List<CustomAccessibilityAction> = emptyList()) =
    semantics(mergeDescendants = true) {
        contentDescription = text
        if (actions.isNotEmpty()) customActions = actions
    }

/** Not said: what says it is elsewhere. */
fun Modifier.silent() = clearAndSetSemantics {}

@Composable
fun Heading(text: String, modifier: Modifier = Modifier, style: TextStyle = Tokens.type.ui) {
    Text(text, modifier.semantics { heading() }, style = style, color = Tokens.colors.ink)
}

/** Takes less room than it is touched in: what is drawn small still has 48 for a finger. */
fun Modifier.tucked(by: Dp) = layout { measurable, constraints ->
    val placed = measurable.measure(constraints)
    val less = by.roundToPx()
    layout(placed.width, placed.height - less - less) { placed.place(0, -less) }
}

/** A country by its code. */
@Composable
fun Tile(code: String, modifier: Modifier = Modifier, isSmall: Boolean = false, isFilled: Boolean = false) {
    val colors = Tokens.colors
    val outline = if (isFilled) colors.ink else colors.edge
    val shape = if (isSmall) Corner.tile else Corner.largeTile
    Box(
        modifier
            .silent()
            .defaultMinSize(minWidth = scaled(if (isSmall) 23 else 30))
            .clip(shape)
            .background(if (isFilled) colors.ink else Color.Transparent)
            .border(Space.hair, outline, shape)
            .padding(horizontal = if (isSmall) 4.dp else 6.dp, vertical = if (isSmall) 0.dp else 2.dp),
        Alignment.Center,
    ) {
        Text(
            code,
            style =
                if (isSmall) Tokens.type.micro.copy(fontWeight = FontWeight.SemiBold, lineHeight = 16.sp)
                else Tokens.type.badge.copy(letterSpacing = .5.sp, lineHeight = 18.sp),
            color = if (isFilled) colors.background else colors.ink,
            maxLines = 1,
        )
    }
}

/** A button that is a sign; [label] is what it is called. */
@Composable
fun Sign(icon: ImageVector, label: String, modifier: Modifier = Modifier, tint: Color = Tokens.colors.ink, onClick: () -> Unit) {
    IconButton(onClick, modifier.size(Space.target)) {
        Icon(icon, label, Modifier.size(24.dp), tint)
    }
}

/** Words that can be pressed. */
@Composable
fun Link(
    text: String,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
    after: ImageVector? = null,
    style: TextStyle = Tokens.type.label,
    isAtEnd: Boolean = false,
    onClick: () -> Unit,
) {
    Row(
        modifier
            .clip(Corner.thumb)
            .clickable(role = Role.Button, onClick = onClick)
            .defaultMinSize(minHeight = Space.target, minWidth = Space.target),
        Arrangement.spacedBy(6.dp, if (isAtEnd) Alignment.End else Alignment.Start),
        Alignment.CenterVertically,
    ) {
        icon?.let { Icon(it, null, Modifier.size(18.dp), Tokens.colors.accent) }
        Text(text, Modifier.weight(1f, fill = false), style = style, color = Tokens.colors.accent)
        after?.let { Icon(it, null, Modifier.size(16.dp), Tokens.colors.accent) }
    }
}

/** The one thing to do on a screen, or beside it ([isQuiet]) another. */
@Composable
fun Action(
    text: String,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
    isQuiet: Boolean = false,
    isEnabled: Boolean = true,
    isSmall: Boolean = false,
    onClick: () -> Unit,
) {
    val colors = Tokens.colors
    val shape = if (isSmall) Corner.lead else Corner.card
    val ink =
        when {
            !isEnabled -> colors.ink2
            isQuiet -> colors.accent
            else -> colors.onAccent
        }
    val ground =
        when {
            !isEnabled -> colors.surface
            isQuiet -> Color.Transparent
            else -> colors.accent
        }
    Row(
        modifier
            .clip(shape)
            .background(ground)
            .border(Space.hair, if (isQuiet || !isEnabled) colors.edge else Color.Transparent, shape)
            .clickable(enabled = isEnabled, role = Role.Button, onClick = onClick)
            .defaultMinSize(minHeight = if (isSmall) Space.target else 52.dp)
            .padding(horizontal = if (isSmall) Space.x5 else Space.margin, vertical = Space.x3),
        Arrangement.spacedBy(Space.x3, Alignment.CenterHorizontally),
        Alignment.CenterVertically,
    ) {
        icon?.let { Icon(it, null, Modifier.size(18.dp), ink) }
        Text(text, style = Tokens.type.ui, color = ink)
    }
}

/** A choice among the content: drawn 36 high, 48 to the finger. */
@Composable
fun Chip(
    text: String,
    modifier: Modifier = Modifier,
    isChosen: Boolean = false,
    label: String = text,
    role: Role = Role.Checkbox,
    lead: (@Composable (Color) -> Unit)? = null,
    after: ImageVector? = null,
    onClick: () -> Unit,
) {
    val colors = Tokens.colors
    val ink = if (isChosen) colors.background else colors.ink
    val source = remember { MutableInteractionSource() }
    Box(
        modifier
            .choice(isChosen, role, source, onClick)
            .semantics(mergeDescendants = true) { contentDescription = label }
            .defaultMinSize(minHeight = Space.target),
        Alignment.Center,
    ) {
        Row(
            Modifier
                .silent()
                .clip(Corner.pill)
                .background(if (isChosen) colors.ink else colors.raised)
                .border(Space.hair, if (isChosen) colors.ink else colors.line, Corner.pill)
                .indicated(source)
                .defaultMinSize(minHeight = 36.dp)
                .padding(horizontal = 14.dp, vertical = 6.dp),
            Arrangement.spacedBy(7.dp),
            Alignment.CenterVertically,
        ) {
            lead?.invoke(ink)
            Text(text, style = Tokens.type.label, color = ink)
            after?.let { Icon(it, null, Modifier.size(14.dp), ink) }
        }
    }
}

/** Cells that belong together. */
@Composable
fun Group(modifier: Modifier = Modifier, content: @Composable () -> Unit) {
    androidx.compose.foundation.layout.Column(
        modifier.fillMaxWidth().clip(Corner.card).background(Tokens.colors.surface)
    ) {
        content()
    }
}

/** The name over a group. */
@Composable
fun GroupTitle(text: String, modifier: Modifier = Modifier) {
    Text(
        text,
        modifier.padding(start = Space.x5, top = Space.x7, bottom = Space.x3).semantics { heading() },
        style = Tokens.type.meta.copy(fontWeight = FontWeight.SemiBold),
        color = Tokens.colors.ink2,
    )
}

/** A line between cells. */
@Composable
fun CellLine() = Hairline(Modifier.padding(start = Space.x5))

@Composable
fun Cell(
    name: String,
    modifier: Modifier = Modifier,
    value: String = "",
    detail: String? = null,
    icon: ImageVector? = null,
    hasMore: Boolean = false,
    end: (@Composable RowScope.() -> Unit)? = null,
) {
    val colors = Tokens.colors
    Row(
        modifier.fillMaxWidth().defaultMinSize(minHeight = 52.dp).padding(horizontal = Space.x5, vertical = Space.x3),
        Arrangement.spacedBy(Space.x4),
        Alignment.CenterVertically,
    ) {
        icon?.let { Icon(it, null, Modifier.size(22.dp), colors.ink2) }
        androidx.compose.foundation.layout.Column(Modifier.weight(1f)) {
            Text(name, style = Tokens.type.text, color = colors.ink)
            detail?.let { Text(it, style = Tokens.type.meta, color = colors.ink2) }
            // There is no room beside it.
            if (Tokens.isTextLarge && value.isNotEmpty()) Text(value, style = Tokens.type.text, color = colors.ink2)
        }
        if (!Tokens.isTextLarge && value.isNotEmpty()) Text(value, style = Tokens.type.text, color = colors.ink2)
        if (hasMore) Icon(Icons.forward, null, Modifier.size(16.dp), colors.ink3)
        end?.invoke(this)
    }
}

/** A switch that shows by a bar, too, that it is on. It is worked by the row that it stands in. */
@Composable
fun SwitchMark(isOn: Boolean, modifier: Modifier = Modifier) {
    val colors = Tokens.colors
    Box(
        modifier
            .silent()
            .size(50.dp, 30.dp)
            .clip(Corner.pill)
            .background(if (isOn) colors.accent else colors.background)
            .border(1.5.dp, if (isOn) colors.accent else colors.edge, Corner.pill)
    ) {
        if (isOn) {
            Box(Modifier.align(Alignment.CenterStart).padding(start = 14.dp).size(2.dp, 11.dp).background(colors.onAccent))
        }
        Box(
            Modifier
                .align(if (isOn) Alignment.CenterEnd else Alignment.CenterStart)
                .padding(horizontal = if (isOn) 3.dp else 6.dp)
                .size(if (isOn) 24.dp else 18.dp)
                .clip(Corner.pill)
                .background(if (isOn) colors.onAccent else colors.edge)
        )
    }
}

/** A cell that switches something; [spoken] says it whole. */
@Composable
fun SwitchCell(name: String, isOn: Boolean, spoken: String, modifier: Modifier = Modifier, icon: ImageVector? = null, detail: String? = null, onChange: (Boolean) -> Unit) {
    Box(
        modifier
            .switch(isOn, onChange)
            .semantics(mergeDescendants = true) { contentDescription = spoken }
    ) {
        Cell(name, Modifier.silent(), icon = icon, detail = detail) { SwitchMark(isOn) }
    }
}

/** How far something is, under a bar or in a card. */
@Composable
fun Meter(fraction: Float, modifier: Modifier = Modifier, height: Dp = 3.dp) {
    val colors = Tokens.colors
    Box(modifier.silent().fillMaxWidth().height(height).clip(Corner.pill).background(colors.line)) {
        Box(Modifier.fillMaxWidth(fraction.coerceIn(0f, 1f)).height(height).clip(Corner.pill).background(colors.accent))
    }
}

/** What takes the space there is: text, then pictures, with a gap between. It fills from where one reads. */
@Composable
fun SpaceBar(text: Float, pictures: Float, modifier: Modifier = Modifier) {
    val colors = Tokens.colors
    val rest = (1f - text - pictures).coerceAtLeast(0f)
    Row(modifier.silent().fillMaxWidth().height(12.dp).clip(Corner.pill).background(colors.line), Arrangement.spacedBy(2.dp)) {
        if (text > 0f) Box(Modifier.weight(text).height(12.dp).background(colors.ink))
        if (pictures > 0f) Box(Modifier.weight(pictures).height(12.dp).background(colors.accent))
        if (rest > 0f) Spacer(Modifier.weight(rest))
    }
}

/** How much of something is there. */
@Composable
fun Ring(fraction: Float, modifier: Modifier = Modifier) {
    val (line, arc) = Tokens.colors.line to Tokens.colors.accent
    Canvas(modifier.silent().size(18.dp)) {
        val stroke = Stroke(3.dp.toPx())
        val inset = stroke.width / 2
        val (at, box) = Offset(inset, inset) to Size(size.width - stroke.width, size.height - stroke.width)
        drawArc(line, 0f, 360f, false, at, box, style = stroke)
        drawArc(arc, -90f, 360f * fraction, false, at, box, style = stroke)
    }
}

@Composable
fun Gap(size: Dp) = Spacer(Modifier.size(size))

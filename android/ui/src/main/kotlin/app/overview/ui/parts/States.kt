package app.overview.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.overview.kit.Trouble
import app.overview.kit.TroubleAction
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens

/** What failed, in words, over what is there all the same. */
@Composable
fun TroubleCard(trouble: Trouble, modifier: Modifier = Modifier, onAction: (TroubleAction) -> Unit) {
    val colors = Tokens.colors
    val isCalm = trouble.action == TroubleAction.GO_ONLINE || trouble.action == TroubleAction.RETRY
    Row(
        modifier
            .fillMaxWidth()
            .clip(Corner.card)
            .border(Space.hair, colors.edge, Corner.card)
            .background(colors.raised)
            .padding(start = Space.x5, end = Space.x3)
            .semantics { liveRegion = LiveRegionMode.Polite },
        Arrangement.spacedBy(Space.x4),
        Alignment.CenterVertically,
    ) {
        Icon(
            if (isCalm) Icons.noNetwork else Icons.warning,
            null,
            Modifier.size(20.dp),
            if (isCalm) colors.ink2 else colors.danger,
        )
        Text(trouble.text, Modifier.weight(1f).padding(vertical = Space.x4), style = Tokens.type.meta.copy(fontSize = Tokens.type.label.fontSize, lineHeight = Tokens.type.label.lineHeight), color = colors.ink)
        trouble.actionTitle?.let { title ->
            Link(title, Modifier.padding(end = Space.x3)) { trouble.action?.let(onAction) }
        }
    }
}

/** What is to be known, such as feeds that did not answer. */
@Composable
fun Notice(text: String, modifier: Modifier = Modifier, icon: ImageVector = Icons.warning, content: @Composable ColumnScope.() -> Unit = {}) {
    val colors = Tokens.colors
    Row(
        modifier
            .fillMaxWidth()
            .clip(Corner.card)
            .background(colors.surface)
            .padding(horizontal = Space.x5, vertical = Space.x4),
        Arrangement.spacedBy(Space.x4),
    ) {
        Icon(icon, null, Modifier.padding(top = 1.dp).size(scaled(17)), colors.ink2)
        Column(Modifier.weight(1f)) {
            Text(text, style = Tokens.type.meta, color = colors.ink)
            content()
        }
    }
}

/** In the place of a list that is empty, with what to do next. */
@Composable
fun EmptyState(
    title: String,
    modifier: Modifier = Modifier,
    text: String? = null,
    icon: ImageVector = Icons.mark,
    actions: @Composable ColumnScope.() -> Unit = {},
) {
    Column(
        modifier.fillMaxWidth().padding(horizontal = Space.x8, vertical = Space.x9),
        Arrangement.spacedBy(Space.x4),
        Alignment.CenterHorizontally,
    ) {
        // What the state says is in the words.
        if (!Tokens.isTextLarge) Icon(icon, null, Modifier.padding(bottom = Space.x3).size(52.dp), Tokens.colors.accent)
        Text(
            title,
            Modifier.widthIn(max = 360.dp).semantics { liveRegion = LiveRegionMode.Polite },
            style = Tokens.type.sub,
            color = Tokens.colors.ink,
            textAlign = TextAlign.Center,
        )
        text?.let {
            Text(it, Modifier.widthIn(max = 360.dp), style = Tokens.type.text, color = Tokens.colors.ink2, textAlign = TextAlign.Center)
        }
        Column(Modifier.padding(top = Space.x3).widthIn(max = 280.dp), Arrangement.spacedBy(Space.x4)) { actions() }
    }
}

/** Rows that are not here yet. They stand still. */
@Composable
fun Placeholders(modifier: Modifier = Modifier, count: Int = 5) {
    Column(modifier.silent()) {
        repeat(count) {
            Row(Modifier.fillMaxWidth().padding(horizontal = Space.margin, vertical = 16.dp), Arrangement.spacedBy(14.dp)) {
                Column(Modifier.weight(1f), Arrangement.spacedBy(9.dp)) {
                    Bone(.48f, 11)
                    Bone(1f, 14)
                    Bone(.86f, 14)
                    Bone(.3f, 11)
                }
                if (!Tokens.isTextLarge) Box(Modifier.size(92.dp).clip(Corner.thumb).background(Tokens.colors.line))
            }
            Hairline(Modifier.padding(horizontal = Space.margin))
        }
    }
}

@Composable
private fun Bone(share: Float, height: Int) {
    Box(Modifier.fillMaxWidth(share).height(scaled(height)).clip(Corner.tile).background(Tokens.colors.line))
}

/** What was done, with the way back. */
@Composable
fun UndoBar(text: String, action: String, modifier: Modifier = Modifier, onUndo: () -> Unit) {
    val colors = Tokens.colors
    Row(
        modifier
            .fillMaxWidth()
            .clip(Corner.card)
            .background(colors.ink)
            .padding(start = Space.x5, end = Space.x3)
            .defaultMinSize(minHeight = Space.target)
            .semantics { liveRegion = LiveRegionMode.Polite },
        Arrangement.spacedBy(Space.x4),
        Alignment.CenterVertically,
    ) {
        Text(text, Modifier.weight(1f).padding(vertical = Space.x4), style = Tokens.type.label, color = colors.background)
        InkLink(action, onUndo)
    }
}

@Composable
private fun InkLink(text: String, onClick: () -> Unit) {
    androidx.compose.material3.TextButton(onClick, Modifier.defaultMinSize(minHeight = Space.target, minWidth = Space.target)) {
        Text(text, style = Tokens.type.ui, color = if (Tokens.colors.isDark) app.overview.ui.theme.Palette.Light.accent else app.overview.ui.theme.Palette.Dark.accent)
    }
}

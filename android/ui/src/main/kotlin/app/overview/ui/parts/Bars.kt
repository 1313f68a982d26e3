package app.overview.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Icon
import androidx.compose.material3.ModalBottomSheet
import androidx.compose.material3.Text
import androidx.compose.material3.rememberModalBottomSheetState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens

/** Over a screen: the way back, what it is, what can be done with all of it. */
@Composable
fun TopBar(
    title: String,
    modifier: Modifier = Modifier,
    code: String? = null,
    backLabel: String? = null,
    onBack: () -> Unit = {},
    actions: @Composable RowScope.() -> Unit = {},
) {
    Row(
        modifier
            .fillMaxWidth()
            .background(Tokens.colors.background)
            .statusBarsPadding()
            .padding(
                start = if (backLabel == null) Space.margin else Space.x2,
                end = Space.x2,
                top = if (backLabel == null) Space.x4 else Space.x2,
            )
            .defaultMinSize(minHeight = 56.dp),
        Arrangement.spacedBy(Space.x2),
        Alignment.CenterVertically,
    ) {
        backLabel?.let { Sign(Icons.back, it, onClick = onBack) }
        Row(Modifier.weight(1f).padding(vertical = Space.x3), Arrangement.spacedBy(10.dp), Alignment.CenterVertically) {
            Box(Modifier.weight(1f, fill = false)) {
                WithTitleText {
                    Text(
                        title,
                        Modifier.semantics { heading() },
                        style = if (code == null && backLabel == null) Tokens.type.display else Tokens.type.title,
                        color = Tokens.colors.ink,
                    )
                }
            }
            code?.let { Tile(it) }
        }
        actions()
    }
}

/** The app's own sign and name. */
@Composable
fun Wordmark(modifier: Modifier = Modifier, isLarge: Boolean = false) = WithBarText {
    Row(
        modifier.semantics(mergeDescendants = true) { heading() },
        Arrangement.spacedBy(if (isLarge) 9.dp else 7.dp),
        Alignment.CenterVertically,
    ) {
        Icon(Icons.mark, null, Modifier.size(scaled(if (isLarge) 26 else 20)), Tokens.colors.ink)
        Text(
            NAME,
            style = if (isLarge) Tokens.type.lead.copy(fontSize = androidx.compose.ui.unit.TextUnit(25f, androidx.compose.ui.unit.TextUnitType.Sp)) else Tokens.type.row,
            color = Tokens.colors.ink,
        )
    }
}

/** A name, in every language the same. */
private const val NAME = "Overview"

@Composable
fun SearchField(text: String, hint: String, modifier: Modifier = Modifier, clearLabel: String, icon: ImageVector = Icons.search, onChange: (String) -> Unit) {
    val colors = Tokens.colors
    Row(
        modifier
            .fillMaxWidth()
            .clip(Corner.lead)
            .background(colors.surface)
            .padding(start = 14.dp)
            .defaultMinSize(minHeight = Space.target),
        Arrangement.spacedBy(10.dp),
        Alignment.CenterVertically,
    ) {
        Icon(icon, null, Modifier.size(20.dp), colors.ink2)
        Box(Modifier.weight(1f)) {
            if (text.isEmpty()) Text(hint, Modifier.silent(), style = Tokens.type.text, color = colors.ink2)
            BasicTextField(
                text,
                onChange,
                Modifier.fillMaxWidth().defaultMinSize(minHeight = 24.dp).semantics { contentDescription = hint },
                textStyle = Tokens.type.text.copy(color = colors.ink),
                singleLine = true,
                cursorBrush = SolidColor(colors.accent),
            )
        }
        if (text.isNotEmpty()) Sign(Icons.close, clearLabel, tint = colors.ink2) { onChange("") }
    }
}

/** Over everything else until it is closed. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun Sheet(title: String, closeLabel: String, onClose: () -> Unit, subtitle: String? = null, action: @Composable () -> Unit = {}, content: @Composable () -> Unit) {
    val colors = Tokens.colors
    ModalBottomSheet(
        onClose,
        sheetState = rememberModalBottomSheetState(skipPartiallyExpanded = true),
        sheetMaxWidth = Space.measure,
        shape = Corner.sheet,
        containerColor = colors.sheet,
        contentColor = colors.ink,
        tonalElevation = 0.dp,
        scrimColor = colors.scrim,
        dragHandle = {
            Box(Modifier.padding(top = Space.x3, bottom = Space.x2).silent().size(36.dp, 5.dp).clip(Corner.pill).background(colors.edge))
        },
    ) {
        Row(
            Modifier.fillMaxWidth().padding(start = Space.margin, end = Space.x3, bottom = Space.x3),
            Arrangement.spacedBy(Space.x3),
            Alignment.Top,
        ) {
            Column(Modifier.weight(1f).padding(top = Space.x3)) {
                Text(title, Modifier.semantics { heading() }, style = Tokens.type.lead, color = colors.ink)
                subtitle?.let { Text(it, style = Tokens.type.meta, color = colors.ink2) }
            }
            action()
            Sign(Icons.close, closeLabel, onClick = onClose)
        }
        Hairline()
        Box(Modifier.navigationBarsPadding()) { content() }
    }
}

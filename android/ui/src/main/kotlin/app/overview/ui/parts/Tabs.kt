package app.overview.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.selection.selectable
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import app.overview.kit.Words
import app.overview.ui.Tab
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Shapes
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words

private fun icon(tab: Tab) =
    when (tab) {
        Tab.GLOBE -> Icons.globe
        Tab.OVERLOOKED -> Shapes.overlooked
        Tab.OFFLINE -> Icons.offline
        Tab.SEARCH -> Icons.search
    }

private fun name(tab: Tab, words: Words) =
    when (tab) {
        Tab.GLOBE -> words.countriesTitle
        Tab.OVERLOOKED -> words.overlookedTitle
        Tab.OFFLINE -> words.offlineTitle
        Tab.SEARCH -> words.searchTitle
    }

/** Under a phone's screen. */
@Composable
fun TabBar(chosen: Tab, onSelect: (Tab) -> Unit) {
    Row(
        Modifier
            .fillMaxWidth()
            .background(Tokens.colors.surface)
            .navigationBarsPadding()
            .padding(top = Space.x4, bottom = Space.x3, start = Space.x3, end = Space.x3)
    ) {
        for (tab in Tab.entries) WithBarText { One(tab, tab == chosen, Modifier.weight(1f)) { onSelect(tab) } }
    }
}

/** Beside a wide one. */
@Composable
fun TabRail(chosen: Tab, onSelect: (Tab) -> Unit) {
    Column(
        Modifier.fillMaxHeight().width(92.dp).background(Tokens.colors.surface).statusBarsPadding().padding(top = Space.margin),
        Arrangement.spacedBy(Space.x4),
    ) {
        for (tab in Tab.entries) WithBarText { One(tab, tab == chosen, Modifier.fillMaxWidth()) { onSelect(tab) } }
    }
}

@Composable
private fun One(tab: Tab, isChosen: Boolean, modifier: Modifier, onSelect: () -> Unit) {
    val colors = Tokens.colors
    Column(
        modifier
            .selectable(isChosen, role = Role.Tab, onClick = onSelect)
            .defaultMinSize(minHeight = 52.dp),
        Arrangement.spacedBy(4.dp, Alignment.CenterVertically),
        Alignment.CenterHorizontally,
    ) {
        Box(
            Modifier.clip(Corner.pill).background(if (isChosen) colors.wash else Color.Transparent).size(64.dp, 32.dp),
            Alignment.Center,
        ) {
            Icon(icon(tab), null, Modifier.size(25.dp), if (isChosen) colors.accent else colors.ink2)
        }
        Text(
            name(tab, words),
            style = Tokens.type.badge.copy(fontWeight = if (isChosen) FontWeight.Bold else FontWeight.Medium),
            color = if (isChosen) colors.ink else colors.ink2,
            textAlign = TextAlign.Center,
            maxLines = 1,
            overflow = TextOverflow.Visible,
            softWrap = false,
        )
    }
}

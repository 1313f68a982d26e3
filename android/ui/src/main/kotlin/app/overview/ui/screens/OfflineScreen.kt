package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.overview.kit.OfflineState
import app.overview.kit.ReadyItem
import app.overview.ui.LocalNavigator
import app.overview.ui.Place
import app.overview.ui.parts.Action
import app.overview.ui.parts.Cell
import app.overview.ui.parts.CellLine
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Group
import app.overview.ui.parts.Heading
import app.overview.ui.parts.Meter
import app.overview.ui.parts.ReadyDisc
import app.overview.ui.parts.Ring
import app.overview.ui.parts.Sign
import app.overview.ui.parts.SpaceBar
import app.overview.ui.parts.SwitchCell
import app.overview.ui.parts.Tile
import app.overview.ui.parts.TopBar
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.silent
import app.overview.ui.parts.spoken
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** What is ready without a network, and how it comes to be. */
@Composable
fun OfflineScreen(key: String) {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { offline() }) { load() }
    val shown = model.shown()
    Column(Modifier.fillMaxSize().background(Tokens.colors.background).verticalScroll(rememberScrollState())) {
        TopBar(words.offlineTitle) { Sign(Icons.settings, words.settingsTitle) { navigator.open(Place.Settings) } }
        Column(Modifier.padding(horizontal = Space.margin)) {
            shown.trouble?.let { trouble ->
                TroubleCard(trouble, Modifier.padding(bottom = Space.x4)) {
                    act(it, navigator) { scope.launch { model.pack() } }
                }
            }
            Card(shown) { scope.launch { model.press() } }
            Gap(Space.x7)
            if (shown.ready.isNotEmpty()) {
                Heading(words.offlineReadyWhat)
                Gap(Space.x4)
                Group {
                    shown.ready.forEachIndexed { at, ready ->
                        if (at > 0) CellLine()
                        val place = ready.country?.let(Place::Stories) ?: Place.Saved
                        Box(Modifier.clickable(role = Role.Button) { navigator.open(place) }.spoken(ready.spoken)) { ReadyRow(ready) }
                    }
                }
                Gap(Space.x7)
            }
            Heading(words.offlineWhen)
            Gap(Space.x4)
            Group {
                SwitchCell(words.offlineWifiOnly, shown.isWifiOnly, shown.wifiOnlySpoken, icon = Icons.wifi, onChange = model::setWifiOnly)
                CellLine()
                Box(Modifier.clickable(role = Role.Button) { navigator.open(Place.Storage) }) {
                    Cell(words.settingsBudget, icon = Icons.offline, value = shown.budgetText, hasMore = true)
                }
                CellLine()
                Box(Modifier.clickable(role = Role.Button) { navigator.open(Place.Saved) }) {
                    Cell(words.storiesSaved, icon = Icons.save, hasMore = true)
                }
            }
            Text(
                words.offlineFull,
                Modifier.padding(horizontal = Space.x5, vertical = Space.x4),
                style = Tokens.type.meta,
                color = Tokens.colors.ink2,
            )
        }
        Gap(Space.x7)
    }
}

@Composable
private fun Card(shown: OfflineState, onPress: () -> Unit) {
    val colors = Tokens.colors
    Column(
        Modifier.fillMaxWidth().clip(Corner.card).background(colors.surface).padding(Space.x5),
        Arrangement.spacedBy(Space.x5),
    ) {
        if (Tokens.isTextLarge) {
            Ready(shown)
            Press(shown, onPress)
        } else {
            Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.x4), Alignment.CenterVertically) {
                Ready(shown, Modifier.weight(1f))
                Press(shown, onPress)
            }
        }
        SpaceBar(shown.textShare.toFloat(), shown.pictureShare.toFloat())
        Row(
            Modifier
                .fillMaxWidth()
                .semantics(mergeDescendants = true) {
                    liveRegion = LiveRegionMode.Polite
                    if (shown.progressSpoken.isNotEmpty()) contentDescription = shown.progressSpoken
                },
            Arrangement.SpaceBetween,
        ) {
            Text(shown.sizeText, style = Tokens.type.meta, color = colors.ink)
            Text(shown.progressText, style = Tokens.type.meta, color = colors.ink2)
        }
        FlowRow(Modifier, Arrangement.spacedBy(Space.x5), Arrangement.spacedBy(Space.x2)) {
            Key(shown.textKey, colors.ink)
            Key(shown.pictureKey, colors.accent)
        }
        if (shown.isPacking) Meter(shown.fraction.toFloat())
        shown.resultText?.let { Text(it, style = Tokens.type.meta, color = colors.ink2) }
    }
}

/** What of the bar is what. */
@Composable
private fun Key(text: String, color: Color) {
    Row(Modifier, Arrangement.spacedBy(6.dp), Alignment.CenterVertically) {
        Box(Modifier.size(10.dp).clip(Corner.tick).background(color))
        Text(text, style = Tokens.type.micro, color = Tokens.colors.ink2)
    }
}

@Composable
private fun ReadyRow(ready: ReadyItem) {
    val colors = Tokens.colors
    val text: @Composable () -> Unit = {
        Text(ready.text, style = if (ready.isWhole) Tokens.type.badge else Tokens.type.meta, color = if (ready.isWhole) colors.ok else colors.ink2)
    }
    Row(
        Modifier.silent().fillMaxWidth().defaultMinSize(minHeight = 52.dp).padding(horizontal = Space.x5, vertical = Space.x3),
        Arrangement.spacedBy(Space.x4),
        Alignment.CenterVertically,
    ) {
        Box(Modifier.widthIn(min = 30.dp), Alignment.Center) {
            ready.country?.let { Tile(it) } ?: Icon(Icons.save, null, Modifier.size(22.dp), colors.ink2)
        }
        Column(Modifier.weight(1f)) {
            Text(ready.name, style = Tokens.type.text, color = colors.ink)
            if (Tokens.isTextLarge) text()
        }
        if (ready.isWhole) ReadyDisc()
        if (!Tokens.isTextLarge) text()
        if (!ready.isWhole) Ring(ready.fraction.toFloat())
    }
}

@Composable
private fun Ready(shown: OfflineState, modifier: Modifier = Modifier) {
    Column(
        modifier.semantics(mergeDescendants = true) {
            heading()
            contentDescription = shown.readyText
        }
    ) {
        Text(words.offlineReadyTitle, Modifier.silent(), style = Tokens.type.meta, color = Tokens.colors.ink2)
        Text(shown.storiesText, Modifier.silent(), style = Tokens.type.title, color = Tokens.colors.ink)
    }
}

@Composable
private fun Press(shown: OfflineState, onPress: () -> Unit) {
    Action(shown.buttonTitle, icon = if (shown.isPacking) Icons.pause else Icons.offline, isQuiet = true, isSmall = true, onClick = onPress)
}

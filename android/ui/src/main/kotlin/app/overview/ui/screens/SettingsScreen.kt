package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import app.overview.kit.SettingsModel
import app.overview.kit.SettingsState
import app.overview.ui.KEPT
import app.overview.ui.LocalNavigator
import app.overview.ui.Place
import app.overview.ui.parts.Cell
import app.overview.ui.parts.CellLine
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Group
import app.overview.ui.parts.GroupTitle
import app.overview.ui.parts.Sign
import app.overview.ui.parts.SwitchCell
import app.overview.ui.parts.TopBar
import app.overview.ui.parts.TroubleCard
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

@Composable
fun SettingsScreen(key: String) {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { settings() }) { load() }
    val shown = model.shown()
    Column(Modifier.fillMaxSize().background(Tokens.colors.background).verticalScroll(rememberScrollState())) {
        TopBar(shown.title, backLabel = words.actionBack, onBack = navigator::back)
        Column(Modifier.padding(horizontal = Space.margin)) {
            shown.trouble?.let { trouble ->
                TroubleCard(trouble, Modifier.padding(bottom = Space.x4)) {
                    act(it, navigator) { scope.launch { model.load() } }
                }
            }
            Group {
                More(words.countriesYouFollow, shown.countriesText) { navigator.open(Place.Countries) }
                CellLine()
                More(words.publishersTitle, shown.publishersText) { navigator.open(Place.Publishers(null)) }
                CellLine()
                More(words.siteTitle) { navigator.open(Place.Site()) }
                CellLine()
                More(words.mutesTitle, shown.mutedText) { navigator.open(Place.Mutes(null)) }
                CellLine()
                More(words.historyTitle) { navigator.open(Place.History) }
            }
            GroupTitle(words.settingsTranslation)
            Group {
                More(words.languagesTitle, shown.languagesText) { navigator.open(Place.Languages) }
                CellLine()
                SwitchCell(words.settingsOriginalsFirst, shown.isOriginalsFirst, shown.originalsFirstSpoken, onChange = model::setOriginalsFirst)
            }
            GroupTitle(words.settingsReading)
            Group { TextSizeRow(shown, model) }
            GroupTitle(words.offlineWhen)
            Group {
                SwitchCell(words.settingsOffline, shown.isOffline, shown.offlineSpoken, onChange = model::setOffline)
                CellLine()
                SwitchCell(words.settingsWifiOnly, shown.isWifiOnly, shown.wifiOnlySpoken, onChange = model::setWifiOnly)
            }
            GroupTitle(words.settingsStorage)
            Group {
                Cell(words.settingsBudget, value = shown.budgetText)
                CellLine()
                Cell(words.settingsDatabase, value = shown.databaseText)
                CellLine()
                Cell(words.settingsKept, value = shown.keptText)
                CellLine()
                More(words.storageTitle) { navigator.open(Place.Storage) }
                CellLine()
                More(words.movingTitle) { navigator.open(Place.Moving) }
            }
            Text(
                shown.supportText,
                Modifier.padding(horizontal = Space.x5, vertical = Space.x5),
                style = Tokens.type.meta,
                color = Tokens.colors.ink2,
            )
        }
        Gap(Space.x7)
    }
}

@Composable
private fun More(name: String, value: String = "", onOpen: () -> Unit) {
    Box(Modifier.clickable(role = Role.Button, onClick = onOpen)) { Cell(name, value = value, hasMore = true) }
}

/** Smaller and larger; what it is now stands between. */
@Composable
internal fun TextSizeRow(shown: SettingsState, model: SettingsModel, modifier: Modifier = Modifier) {
    Cell(words.settingsTextSize, modifier) {
        Row(verticalAlignment = Alignment.CenterVertically) {
            Sign(Icons.minus, words.settingsSmaller, tint = Tokens.colors.accent) { model.setTextSize(shown.smaller) }
            Text(shown.textSizeText, style = Tokens.type.text, color = Tokens.colors.ink2)
            Sign(Icons.plus, words.settingsLarger, tint = Tokens.colors.accent) { model.setTextSize(shown.larger) }
        }
    }
}

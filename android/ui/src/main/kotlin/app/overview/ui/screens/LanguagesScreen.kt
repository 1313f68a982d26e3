package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.overview.kit.LanguageItem
import app.overview.kit.LanguagePhase
import app.overview.kit.LanguageTrial
import app.overview.ui.LocalNavigator
import app.overview.ui.parts.CellLine
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Group
import app.overview.ui.parts.GroupTitle
import app.overview.ui.parts.Link
import app.overview.ui.parts.Meter
import app.overview.ui.parts.SearchField
import app.overview.ui.parts.SwitchCell
import app.overview.ui.parts.TopBar
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.silent
import app.overview.ui.parts.spoken
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** The languages that the news comes in, and what translates them. */
@Composable
fun LanguagesScreen(key: String) {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val settings = rememberModel(SWITCH, { settings() }) {}
    val model = rememberModel(key, { languages() }) { load() }
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
                SwitchCell(words.settingsOriginalsFirst, shown.isOriginalsFirst, shown.originalsFirstSpoken, onChange = settings::setOriginalsFirst)
            }
            if (shown.languages.isNotEmpty()) {
                GroupTitle(shown.modelsText)
                Group {
                    shown.languages.forEachIndexed { at, language ->
                        if (at > 0) CellLine()
                        LanguageRow(
                            language,
                            shown.trial?.takeIf { it.code == language.code },
                            onTry = { scope.launch { model.tryOut(language.code) } },
                        ) {
                            scope.launch { model.press(language.code) }
                        }
                    }
                }
            } else if (!shown.isLoading) EmptyState(words.languagesNone, icon = Icons.translated)
            GroupTitle(words.languagesAddress)
            Address(shown.address) { scope.launch { model.setAddress(it) } }
            GroupTitle(words.languagesEngines)
            Group {
                shown.engines.forEachIndexed { at, engine ->
                    if (at > 0) CellLine()
                    SwitchCell(engine.name, engine.isOn, engine.spoken) { isOn -> scope.launch { model.setEngine(engine.kind, isOn) } }
                }
            }
        }
        Gap(Space.x7)
    }
}

private const val SWITCH = "LANGUAGES#SETTINGS"

/** A language, how far its model is, and what can be done about that. */
@Composable
private fun LanguageRow(language: LanguageItem, trial: LanguageTrial?, onTry: () -> Unit, onPress: () -> Unit) {
    val colors = Tokens.colors
    Column(Modifier.fillMaxWidth().padding(start = Space.x5, end = Space.x4, top = Space.x2, bottom = Space.x2)) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.x4), Alignment.CenterVertically) {
            Column(Modifier.weight(1f).padding(vertical = Space.x2).spoken(language.spoken), Arrangement.spacedBy(1.dp)) {
                Row(Modifier.silent(), Arrangement.spacedBy(Space.x3)) {
                    Text(language.name, Modifier.alignByBaseline(), style = Tokens.type.ui, color = colors.ink)
                    Text(language.ownName, Modifier.alignByBaseline(), style = Tokens.type.meta.inLanguage(language.code), color = colors.ink2)
                }
                Text(language.publishers, Modifier.silent(), style = Tokens.type.meta, color = colors.ink2)
                Text(language.stateText, Modifier.silent(), style = Tokens.type.meta, color = if (language.phase == LanguagePhase.INSTALLED) colors.ok else colors.ink2)
            }
            language.action?.let { Link(it, Modifier.semantics { contentDescription = language.actionSpoken }, isAtEnd = true, onClick = onPress) }
        }
        language.tryAction?.let { Link(it, Modifier.semantics { contentDescription = language.trySpoken }, onClick = onTry) }
        trial?.let { Trial(it) }
        if (language.phase == LanguagePhase.FETCHING) Meter(language.fraction.toFloat(), Modifier.padding(vertical = Space.x2))
    }
}

/** A sentence as it was written, and what came of it. */
@Composable
private fun Trial(trial: LanguageTrial) {
    Column(Modifier.padding(bottom = Space.x3), Arrangement.spacedBy(Space.x1)) {
        Text(trial.original, style = Tokens.type.meta.inLanguage(trial.code), color = Tokens.colors.ink2)
        Column(Modifier.spoken(trial.spoken), Arrangement.spacedBy(Space.x1)) {
            Text(trial.english, Modifier.silent(), style = Tokens.type.text, color = Tokens.colors.ink)
            trial.engine?.let { Text(it, Modifier.silent(), style = Tokens.type.meta, color = Tokens.colors.ink2) }
        }
    }
}

/** Where models are offered. It is asked when a person says so, not while one types. */
@Composable
private fun Address(address: String, onAsk: (String) -> Unit) {
    var typed by rememberSaveable(address) { mutableStateOf(address) }
    SearchField(typed, words.languagesAddress, clearLabel = words.actionClear, icon = Icons.open) { typed = it }
    Link(words.languagesAsk) { onAsk(typed) }
}

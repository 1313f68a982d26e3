package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
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
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.overview.kit.FileKind
import app.overview.kit.MovingState
import app.overview.ui.LocalNavigator
import app.overview.ui.LocalPlatform
import app.overview.ui.parts.Action
import app.overview.ui.parts.Gap
import app.overview.ui.parts.GroupTitle
import app.overview.ui.parts.Link
import app.overview.ui.parts.Meter
import app.overview.ui.parts.TopBar
import app.overview.ui.parts.TroubleCard
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** All that is the person's own, to a file and from it; lists of feeds of other readers. */
@Composable
fun MovingScreen(key: String) {
    val navigator = LocalNavigator.current
    val platform = LocalPlatform.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { moving() }) { load() }
    val shown = model.shown()
    var isChoosing by rememberSaveable { mutableStateOf(false) }
    Column(Modifier.fillMaxSize().background(Tokens.colors.background).verticalScroll(rememberScrollState())) {
        TopBar(shown.title, backLabel = words.actionBack, onBack = navigator::back)
        Column(Modifier.padding(horizontal = Space.margin), Arrangement.spacedBy(Space.x4)) {
            Text(words.movingWhat, style = Tokens.type.meta, color = Tokens.colors.ink2)
            shown.trouble?.let { trouble -> TroubleCard(trouble) { act(it, navigator) { model.dismissTrouble() } } }
            if (shown.isMoving) UnderWay(shown, model::cancel)
            Result(shown) { isChoosing = true }
            Action(words.movingToFile, Modifier.fillMaxWidth(), isQuiet = true, isEnabled = !shown.isMoving) {
                scope.launch { model.moveOutTo { platform.keep(shown.fileName, FileKind.MOVE, it) } }
            }
            Action(words.movingFromFile, Modifier.fillMaxWidth(), isQuiet = true, isEnabled = !shown.isMoving) {
                scope.launch { platform.pick(FileKind.MOVE) { model.moveIn(it) } }
            }
            GroupTitle(words.movingLists)
            Action(words.movingListToFile, Modifier.fillMaxWidth(), isQuiet = true, isEnabled = !shown.isMoving) {
                scope.launch { model.giveListTo { platform.keep(shown.listName, FileKind.LIST, it) } }
            }
            Action(words.movingListFromFile, Modifier.fillMaxWidth(), isQuiet = true, isEnabled = !shown.isMoving) {
                scope.launch { platform.pick(FileKind.LIST) { model.takeList(it) } }
            }
        }
        Gap(Space.x7)
    }
    if (isChoosing) {
        CountriesSheet(shown.countries, null, { isChoosing = false }) { code ->
            isChoosing = false
            scope.launch { model.takeListTo(code) }
        }
    }
}

@Composable
private fun UnderWay(shown: MovingState, onStop: () -> Unit) {
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.x3)) {
        Meter(shown.fraction.toFloat())
        Text(
            shown.progressText,
            Modifier.semantics { contentDescription = shown.progressText },
            style = Tokens.type.meta,
            color = Tokens.colors.ink2,
        )
        Link(words.movingStop, onClick = onStop)
    }
}

/** What came of it, and what could not be taken over. */
@Composable
private fun Result(shown: MovingState, onChoose: () -> Unit) {
    val colors = Tokens.colors
    shown.resultText?.let {
        Text(it, Modifier.semantics { liveRegion = LiveRegionMode.Polite }, style = Tokens.type.label, color = colors.ok)
    }
    if (shown.facts.isNotEmpty()) Text(shown.facts, style = Tokens.type.meta, color = colors.ink)
    shown.faults.forEach { Text(it, style = Tokens.type.meta, color = colors.ink2) }
    shown.countryText?.let { Link(it, onClick = onChoose) }
}

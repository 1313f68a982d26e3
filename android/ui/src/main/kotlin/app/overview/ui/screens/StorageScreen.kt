package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import app.overview.kit.StorageChoice
import app.overview.kit.StorageItem
import app.overview.ui.LocalNavigator
import app.overview.ui.parts.Action
import app.overview.ui.parts.Cell
import app.overview.ui.parts.CellLine
import app.overview.ui.parts.Chip
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Group
import app.overview.ui.parts.GroupTitle
import app.overview.ui.parts.Meter
import app.overview.ui.parts.Placeholders
import app.overview.ui.parts.TopBar
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.silent
import app.overview.ui.parts.spoken
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** What Overview takes of the device, and how much it may. */
@Composable
fun StorageScreen(key: String) {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { storage() }) { load() }
    val shown = model.shown()
    Column(Modifier.fillMaxSize().background(Tokens.colors.background).verticalScroll(rememberScrollState())) {
        TopBar(shown.title, backLabel = words.actionBack, onBack = navigator::back)
        Column(Modifier.padding(horizontal = Space.margin)) {
            Text(shown.totalText, Modifier.padding(bottom = Space.x4), style = Tokens.type.sub, color = Tokens.colors.ink)
            shown.trouble?.let { trouble ->
                TroubleCard(trouble, Modifier.padding(bottom = Space.x4)) {
                    act(it, navigator) { scope.launch { model.load() } }
                }
            }
            Choices(words.storageBudget, shown.budgets) { scope.launch { model.setBudget(it.value) } }
            Choices(words.settingsBudget, shown.packBudgets) { it.value?.let(model::setPackBudget) }
            Choices(words.storageAge, shown.ages) { scope.launch { model.setAge(it.value) } }
            Text(shown.note, Modifier.padding(vertical = Space.x3), style = Tokens.type.meta, color = Tokens.colors.ink2)
            if (shown.isLoading) Placeholders(count = 2)
            if (shown.items.isNotEmpty()) {
                GroupTitle(words.storageWhat)
                Group {
                    shown.items.forEachIndexed { at, item ->
                        if (at > 0) CellLine()
                        ItemRow(item)
                    }
                }
            }
            shown.cleanTitle?.let {
                Action(it, Modifier.fillMaxWidth().padding(top = Space.x5), isQuiet = true) { scope.launch { model.clean() } }
            }
        }
        Gap(Space.x7)
    }
}

@Composable
private fun Choices(title: String, choices: List<StorageChoice>, onChoose: (StorageChoice) -> Unit) {
    if (choices.isEmpty()) return
    GroupTitle(title)
    FlowRow(Modifier, Arrangement.spacedBy(Space.x3)) {
        for (choice in choices) Chip(choice.name, isChosen = choice.isChosen, role = Role.RadioButton) { onChoose(choice) }
    }
}

@Composable
private fun ItemRow(item: StorageItem) {
    Box(Modifier.fillMaxWidth().spoken(item.spoken)) {
        Column(Modifier.silent()) {
            Cell(item.name, value = item.size)
            Meter(item.fraction.toFloat(), Modifier.padding(start = Space.x5, end = Space.x5, bottom = Space.x3))
        }
    }
}

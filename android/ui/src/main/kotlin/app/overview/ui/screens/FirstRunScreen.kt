package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.overview.kit.CountryChoice
import app.overview.kit.FirstRunModel
import app.overview.ui.parts.Action
import app.overview.ui.parts.Chip
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.Gap
import app.overview.ui.parts.GroupTitle
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.SearchField
import app.overview.ui.parts.StillGlobe
import app.overview.ui.parts.Tile
import app.overview.ui.parts.Wordmark
import app.overview.ui.parts.silent
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** Which countries: all that is asked, and nothing is chosen beforehand. */
@Composable
fun FirstRunScreen() {
    val scope = rememberCoroutineScope()
    val model = rememberModel(KEY, { firstRun() }) { load() }
    val shown = model.shown()
    Column(Modifier.fillMaxSize().background(Tokens.colors.background).statusBarsPadding()) {
        LazyColumn(Modifier.weight(1f)) {
            item {
                Box(Modifier.fillMaxWidth()) {
                    // The promise is at its size when text is large, without the globe.
                    if (!Tokens.isTextLarge) Lit(model, shown.chosen, Modifier.align(Alignment.TopEnd))
                    Column(Modifier.padding(horizontal = Space.margin), Arrangement.spacedBy(Space.x7)) {
                        Wordmark(Modifier.padding(top = Space.x4))
                        Text(
                            words.firstRunHeadline,
                            Modifier.semantics { heading() },
                            style = Tokens.type.title,
                            color = Tokens.colors.ink,
                        )
                        Gap(Space.x2)
                    }
                }
                Column(Modifier.padding(horizontal = Space.margin), Arrangement.spacedBy(Space.x5)) {
                    Text(words.firstRunChoice, style = Tokens.type.text, color = Tokens.colors.ink2)
                    SearchField(shown.search, words.countriesFind, clearLabel = words.actionClear, onChange = model::search)
                }
            }
            item {
                Row(
                    Modifier.horizontalScroll(rememberScrollState()).padding(horizontal = Space.margin, vertical = Space.x3),
                    Arrangement.spacedBy(Space.x3),
                ) {
                    for (region in shown.regionChoices) {
                        Chip(region.name, isChosen = region.isChosen, role = Role.RadioButton) { model.narrow(region.region) }
                    }
                }
            }
            for (region in shown.regions) {
                item(region.name) { GroupTitle(region.name, Modifier.padding(start = 4.dp)) }
                items(region.countries, { it.code }) { country ->
                    Hairline()
                    Choice(country) { model.toggle(country.code) }
                }
            }
            shown.emptyText?.let { item { EmptyState(it, icon = Icons.search) } }
            item { Gap(Space.x7) }
        }
        Hairline()
        Action(
            shown.buttonTitle,
            Modifier.navigationBarsPadding().fillMaxWidth().padding(horizontal = Space.margin, vertical = Space.x4),
            isEnabled = shown.isButtonEnabled,
        ) {
            scope.launch { model.follow() }
        }
    }
}

private const val KEY = "FIRST_RUN"

/** The globe, cut off by the edge, with what is [chosen] lit. */
@Composable
private fun Lit(model: FirstRunModel, chosen: List<String>, modifier: Modifier) {
    StillGlobe(modifier.offset(GLOBE_BEYOND).size(GLOBE)) {
        // Drawn anew with every choice.
        chosen.size
        model.picture(it.width.toDouble(), it.height.toDouble())
    }
}

private val GLOBE = 210.dp
/** So much of it is outside. */
private val GLOBE_BEYOND = 84.dp

@Composable
private fun Choice(country: CountryChoice, onToggle: () -> Unit) {
    val colors = Tokens.colors
    Box(
        Modifier
            .toggleable(country.isChosen, role = Role.Checkbox) { onToggle() }
            .semantics(mergeDescendants = true) { contentDescription = country.spoken }
    ) {
        Row(
            Modifier.silent().fillMaxWidth().defaultMinSize(minHeight = 56.dp).padding(horizontal = Space.margin, vertical = Space.x3),
            Arrangement.spacedBy(Space.x4),
            Alignment.CenterVertically,
        ) {
            Tile(country.code, isFilled = country.isChosen)
            Column(Modifier.weight(1f)) {
                Text(country.name, style = Tokens.type.ui, color = colors.ink)
                if (Tokens.isTextLarge) Text(country.publishers, style = Tokens.type.meta, color = colors.ink2)
            }
            if (!Tokens.isTextLarge) Text(country.publishers, style = Tokens.type.meta, color = colors.ink2)
            Check(country.isChosen)
        }
    }
}

@Composable
internal fun Check(isOn: Boolean) {
    val colors = Tokens.colors
    Box(
        Modifier
            .size(26.dp)
            .clip(Corner.pill)
            .background(if (isOn) colors.accent else Color.Transparent)
            .border(1.5.dp, if (isOn) colors.accent else colors.edge, Corner.pill),
        Alignment.Center,
    ) {
        if (isOn) Icon(Icons.check, null, Modifier.size(18.dp), colors.onAccent)
    }
}

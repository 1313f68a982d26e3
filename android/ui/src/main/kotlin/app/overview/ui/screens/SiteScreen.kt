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
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.toggleable
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
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.overview.kit.FeedChoice
import app.overview.kit.SiteCountry
import app.overview.kit.SiteLanguage
import app.overview.kit.SiteModel
import app.overview.kit.SiteState
import app.overview.ui.LocalNavigator
import app.overview.ui.parts.Action
import app.overview.ui.parts.Cell
import app.overview.ui.parts.CellLine
import app.overview.ui.parts.ChoiceRow
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Group
import app.overview.ui.parts.GroupTitle
import app.overview.ui.parts.SearchField
import app.overview.ui.parts.Sheet
import app.overview.ui.parts.Tile
import app.overview.ui.parts.TopBar
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.silent
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** Adding a site by its address: what was found is looked at, corrected and confirmed. Or changing a publisher that was added. */
@Composable
fun SiteScreen(key: String, publisher: String?) {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { site(publisher) }) { load() }
    val shown = model.shown()
    Column(Modifier.fillMaxSize().background(Tokens.colors.background).verticalScroll(rememberScrollState())) {
        TopBar(shown.title, backLabel = words.actionBack, onBack = navigator::back)
        Column(Modifier.padding(horizontal = Space.margin)) {
            if (!shown.isEditing) {
                SearchField(shown.address, shown.placeholder, clearLabel = words.actionClear, icon = Icons.globe, onChange = model::type)
                Gap(Space.x4)
            }
            shown.trouble?.let { trouble ->
                TroubleCard(trouble, Modifier.padding(bottom = Space.x4)) {
                    act(it, navigator) { scope.launch { model.press() } }
                }
            }
            shown.addedText?.let {
                Text(
                    it,
                    Modifier.padding(bottom = Space.x4).semantics { liveRegion = LiveRegionMode.Polite },
                    style = Tokens.type.label,
                    color = Tokens.colors.ok,
                )
            }
            if (shown.feeds.isNotEmpty()) Found(shown, model)
            shown.emptyText?.let { EmptyState(it, icon = Icons.search) }
            Action(shown.buttonTitle, Modifier.fillMaxWidth(), isEnabled = shown.isButtonEnabled) { scope.launch { model.press() } }
        }
        Gap(Space.x7)
    }
}

/** What was found, each part with what it was taken from. */
@Composable
private fun Found(shown: SiteState, model: SiteModel) {
    var isChoosing by rememberSaveable { mutableStateOf(false) }
    var isChoosingLanguage by rememberSaveable { mutableStateOf(false) }
    GroupTitle(words.siteName)
    SearchField(shown.name, words.siteName, clearLabel = words.actionClear, icon = Icons.textSize, onChange = model::setName)
    GroupTitle(shown.home)
    Group {
        Box(Modifier.clickable(role = Role.Button) { isChoosing = true }) {
            Cell(words.siteCountry, value = shown.countryName, detail = shown.countrySign, hasMore = true)
        }
        CellLine()
        Box(Modifier.clickable(role = Role.Button) { isChoosingLanguage = true }) {
            Cell(words.articleLanguage, value = shown.languageName, detail = shown.languageSign, hasMore = true)
        }
    }
    GroupTitle(words.siteFeeds)
    Group {
        shown.feeds.forEachIndexed { at, feed ->
            if (at > 0) CellLine()
            FeedRow(feed) { model.choose(feed.url, it) }
        }
    }
    Gap(Space.x5)
    if (isChoosing) {
        CountriesSheet(shown.countries, shown.country, { isChoosing = false }) {
            model.setCountry(it)
            isChoosing = false
        }
    }
    if (isChoosingLanguage) {
        LanguagesSheet(shown.languages, shown.language, { isChoosingLanguage = false }) {
            model.setLanguage(it)
            isChoosingLanguage = false
        }
    }
}

@Composable
private fun LanguagesSheet(languages: List<SiteLanguage>, chosen: String, onClose: () -> Unit, onChoose: (String) -> Unit) {
    Sheet(words.siteNoLanguage, words.actionClose, onClose) {
        LazyColumn {
            items(languages, { it.code }) { language ->
                ChoiceLine(language.name, language.code == chosen) { onChoose(language.code) }
            }
        }
    }
}

@Composable
private fun FeedRow(feed: FeedChoice, onChange: (Boolean) -> Unit) {
    val colors = Tokens.colors
    Box(
        Modifier
            .toggleable(feed.isChosen, enabled = !feed.isKnown, role = Role.Checkbox, onValueChange = onChange)
            .semantics(mergeDescendants = true) { contentDescription = feed.spoken }
    ) {
        Row(
            Modifier.silent().fillMaxWidth().padding(horizontal = Space.x5, vertical = Space.x4),
            Arrangement.spacedBy(Space.x4),
            Alignment.CenterVertically,
        ) {
            Column(Modifier.weight(1f), Arrangement.spacedBy(1.dp)) {
                Text(feed.name, style = Tokens.type.ui, color = if (feed.isKnown) colors.ink2 else colors.ink)
                if (feed.facts.isNotEmpty()) Text(feed.facts, style = Tokens.type.meta, color = colors.ink2)
                feed.titles.forEach { Text(it, style = Tokens.type.firstLine, color = colors.ink2) }
            }
            if (!feed.isKnown) Check(feed.isChosen)
        }
    }
}

@Composable
internal fun CountriesSheet(countries: List<SiteCountry>, chosen: String?, onClose: () -> Unit, onChoose: (String) -> Unit) {
    Sheet(words.siteNoCountry, words.actionClose, onClose) {
        LazyColumn {
            items(countries, { it.code }) { country ->
                ChoiceLine(country.name, country.code == chosen, country.code) { onChoose(country.code) }
            }
        }
    }
}

/** One of several, with the tile of a country where it is one. */
@Composable
private fun ChoiceLine(name: String, isChosen: Boolean, tile: String? = null, onChoose: () -> Unit) {
    ChoiceRow(isChosen, onChoose) {
        tile?.let { Tile(it, isFilled = isChosen) }
        Text(name, Modifier.weight(1f), style = Tokens.type.ui, color = Tokens.colors.ink)
        if (isChosen && tile == null) Check(true)
    }
}

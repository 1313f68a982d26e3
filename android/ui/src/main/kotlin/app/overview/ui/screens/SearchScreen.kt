package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.overview.kit.FoundItem
import app.overview.kit.FoundPlace
import app.overview.kit.SearchModel
import app.overview.kit.SearchState
import app.overview.kit.StoriesFilter
import app.overview.ui.LocalNavigator
import app.overview.ui.Place
import app.overview.ui.parts.Action
import app.overview.ui.parts.Cell
import app.overview.ui.parts.Chip
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.FoundText
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Heading
import app.overview.ui.parts.Link
import app.overview.ui.parts.NextPage
import app.overview.ui.parts.RowByline
import app.overview.ui.parts.SearchField
import app.overview.ui.parts.Sign
import app.overview.ui.parts.Tile
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.scaled
import app.overview.ui.parts.silent
import app.overview.ui.parts.spoken
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Shapes
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.launch

/** Searches while one types: among all that is here, or in the news of a country. */
@Composable
fun SearchScreen(key: String, country: String? = null) {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { search(country) }) { load() }
    val shown = model.shown()
    val list = rememberLazyListState()
    NextPage(list, shown.hasMore) { model.loadMore() }
    // What is typed stands in the field before anything else happens.
    fun type(text: String) = scope.launch(start = CoroutineStart.UNDISPATCHED) { model.type(text) }
    Column(Modifier.fillMaxSize().background(Tokens.colors.background).statusBarsPadding()) {
        Row(
            Modifier.fillMaxWidth().padding(start = if (country == null) Space.margin else Space.x2, end = Space.margin, top = Space.x4),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            if (country != null) Sign(Icons.back, words.actionBack, onClick = navigator::back)
            SearchField(shown.text, shown.placeholder, clearLabel = words.actionClear) { type(it) }
        }
        Chips(shown, model)
        LazyColumn(Modifier.fillMaxSize(), list) {
            shown.trouble?.let { trouble ->
                item {
                    TroubleCard(trouble, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
                        act(it, navigator) { type(shown.text) }
                    }
                }
            }
            if (shown.recent.isNotEmpty()) {
                item {
                    Row(Modifier.fillMaxWidth().padding(horizontal = Space.margin), Arrangement.SpaceBetween, Alignment.CenterVertically) {
                        Heading(words.searchRecent, Modifier.weight(1f, fill = false))
                        Link(words.searchForget, isAtEnd = true, onClick = model::forgetRecent)
                    }
                }
                items(shown.recent) { text ->
                    Hairline()
                    Box(Modifier.clickable(role = Role.Button) { type(text) }) { Cell(text, Modifier.padding(horizontal = Space.x2), icon = Icons.search) }
                }
            }
            items(shown.places) { place ->
                PlaceRow(place) {
                    model.keep()
                    navigator.open(if (place.isPublisher) Place.Publishers(place.country) else Place.Stories(place.country))
                }
                Hairline()
            }
            shown.countText?.let { text ->
                item {
                    Text(
                        text,
                        Modifier.padding(horizontal = Space.margin, vertical = Space.x4).semantics { liveRegion = LiveRegionMode.Polite },
                        style = Tokens.type.meta,
                        color = Tokens.colors.ink2,
                    )
                }
            }
            items(shown.found, { it.id }) { found ->
                Hairline()
                FoundRow(found) {
                    model.keep()
                    navigator.open(Place.Article(found.id))
                }
            }
            shown.emptyText?.let { text ->
                item {
                    EmptyState(text, icon = Icons.search) {
                        if (shown.filter != StoriesFilter())
                            Action(words.storiesShowAll, Modifier.fillMaxWidth()) { scope.launch { model.filter(StoriesFilter()) } }
                    }
                }
            }
            if (shown.text.isEmpty() && shown.recent.isEmpty()) item { EmptyState(words.searchHint, icon = Icons.search) }
            item { Gap(Space.x7) }
        }
    }
}

/** In which order, and among what. */
@Composable
private fun Chips(shown: SearchState, model: SearchModel) {
    val scope = rememberCoroutineScope()
    val filter = shown.filter
    fun narrow(to: StoriesFilter) {
        scope.launch { model.filter(to) }
    }
    Row(
        Modifier.horizontalScroll(rememberScrollState()).padding(horizontal = Space.margin, vertical = Space.x2),
        Arrangement.spacedBy(Space.x3),
    ) {
        Chip(shown.orderTitle, role = Role.Button, after = Icons.down) { scope.launch { model.order(!shown.isByRank) } }
        Chip(words.storiesUnread, isChosen = filter.isUnread, lead = tick(filter.isUnread)) { narrow(filter.copy(isUnread = !filter.isUnread)) }
        Chip(
            words.overlookedTitle,
            isChosen = filter.isOverlooked,
            lead = { Icon(Shapes.overlooked, null, Modifier.size(scaled(14)), it) },
        ) {
            narrow(filter.copy(isOverlooked = !filter.isOverlooked))
        }
        Chip(words.storiesSaved, isChosen = filter.isSaved, lead = tick(filter.isSaved)) { narrow(filter.copy(isSaved = !filter.isSaved)) }
    }
}

@Composable
private fun PlaceRow(place: FoundPlace, onOpen: () -> Unit) {
    Box(Modifier.clickable(role = Role.Button, onClick = onOpen).spoken(place.spoken)) {
        Row(
            Modifier.silent().fillMaxWidth().padding(horizontal = Space.margin, vertical = Space.x4),
            Arrangement.spacedBy(Space.x4),
            Alignment.CenterVertically,
        ) {
            Tile(place.country, isFilled = !place.isPublisher)
            Column(Modifier.weight(1f)) {
                Text(place.name, style = Tokens.type.ui, color = Tokens.colors.ink)
                Text(place.facts, style = Tokens.type.meta, color = Tokens.colors.ink2)
            }
            Icon(Icons.forward, null, Modifier.size(16.dp), Tokens.colors.ink3)
        }
    }
}

@Composable
private fun FoundRow(found: FoundItem, onOpen: () -> Unit) {
    val colors = Tokens.colors
    Box(Modifier.clickable(role = Role.Button, onClick = onOpen).spoken(found.spoken)) {
        Column(Modifier.silent().fillMaxWidth().padding(horizontal = Space.margin, vertical = 14.dp)) {
            RowByline(found.publisher, found.age, found.isUnread, code = found.country)
            FoundText(
                found.headline,
                if (found.isUnread) Tokens.type.row else Tokens.type.rowRead,
                if (found.isUnread) colors.ink else colors.ink2,
                Modifier.fillMaxWidth(),
            )
            if (found.excerpt.isNotEmpty()) {
                FoundText(
                    found.excerpt,
                    Tokens.type.label.copy(fontWeight = Tokens.type.text.fontWeight).inLanguage(found.excerptLanguage),
                    colors.ink2,
                    Modifier.fillMaxWidth().padding(top = 3.dp),
                    maxLines = if (Tokens.isTextLarge) Int.MAX_VALUE else 3,
                )
            }
        }
    }
}

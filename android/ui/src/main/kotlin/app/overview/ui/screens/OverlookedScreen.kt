package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import app.overview.kit.OverlookedFilter
import app.overview.kit.OverlookedItem
import app.overview.kit.OverlookedState
import app.overview.ui.LocalNavigator
import app.overview.ui.Place
import app.overview.ui.parts.Chip
import app.overview.ui.parts.CoverageBar
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.NextPage
import app.overview.ui.parts.Picture
import app.overview.ui.parts.Placeholders
import app.overview.ui.parts.RowByline
import app.overview.ui.parts.Shown
import app.overview.ui.parts.TopBar
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.rememberPicture
import app.overview.ui.parts.scaled
import app.overview.ui.parts.silent
import app.overview.ui.parts.spoken
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Shapes
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** What American media did not run. */
@Composable
fun OverlookedScreen(key: String) {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { overlooked() }) { if (state.value.isLoading) load() }
    val shown = model.shown()
    val list = rememberLazyListState()
    NextPage(list, shown.hasMore) { model.loadMore() }
    LazyColumn(Modifier.fillMaxSize().background(Tokens.colors.background), list) {
        item { TopBar(shown.title) }
        item {
            Text(
                shown.definition,
                Modifier.padding(start = Space.margin, end = Space.margin, bottom = Space.x3),
                style = Tokens.type.text,
                color = Tokens.colors.ink2,
            )
        }
        item { Filters(shown, model::filter) }
        shown.trouble?.let { trouble ->
            item {
                TroubleCard(trouble, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
                    act(it, navigator) { scope.launch { model.load() } }
                }
            }
        }
        items(shown.stories, { it.id }) { story ->
            Hairline()
            OverlookedRow(story) { navigator.open(Place.Article(story.article)) }
        }
        shown.emptyText?.let { item { EmptyState(it, icon = Shapes.overlooked) } }
        if (shown.isLoading) item { Placeholders() }
        item { Gap(Space.x7) }
    }
}

@Composable
private fun Filters(shown: OverlookedState, onFilter: (OverlookedFilter) -> Unit) {
    Row(
        Modifier.horizontalScroll(rememberScrollState()).padding(start = Space.margin, end = Space.margin, bottom = Space.x3),
        Arrangement.spacedBy(Space.x3),
    ) {
        for (choice in shown.filters) {
            Chip(
                choice.text,
                isChosen = choice.isChosen,
                role = Role.RadioButton,
                lead = if (choice.isChosen) ({ Icon(Icons.check, null, Modifier.size(scaled(15)), it) }) else null,
            ) {
                onFilter(choice.filter)
            }
        }
    }
}

@Composable
private fun OverlookedRow(story: OverlookedItem, onOpen: () -> Unit) {
    val picture = rememberPicture(if (Tokens.isTextLarge) null else story.picture)
    Box(Modifier.clickable(role = Role.Button, onClick = onOpen).spoken(story.spoken)) {
        Column(
            Modifier.silent().padding(horizontal = Space.margin, vertical = 14.dp),
            Arrangement.spacedBy(Space.x4),
        ) {
            Row(Modifier, Arrangement.spacedBy(14.dp)) {
                Column(Modifier.weight(1f)) {
                    RowByline(story.countryName, story.age, story.isUnread, code = story.country)
                    Text(
                        story.headline,
                        style = if (story.isUnread) Tokens.type.row else Tokens.type.rowRead,
                        color = if (story.isUnread) Tokens.colors.ink else Tokens.colors.ink2,
                    )
                }
                if (picture !is Shown.Nothing) {
                    Picture(picture, Modifier.padding(top = 3.dp).size(76.dp).clip(Corner.thumb), isRead = !story.isUnread)
                }
            }
            CoverageBar(story.countries, story.ranText, story.americanRan, story.americanOf, story.americanText, tick = 12.dp)
        }
    }
}

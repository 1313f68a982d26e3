package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.border
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
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.material3.pulltorefresh.PullToRefreshBox
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import app.overview.kit.StoriesFilter
import app.overview.kit.StoriesModel
import app.overview.kit.StoriesState
import app.overview.kit.StoryItem
import app.overview.ui.LocalKit
import app.overview.ui.LocalNavigator
import app.overview.ui.Place
import app.overview.ui.parts.Action
import app.overview.ui.parts.Chip
import app.overview.ui.parts.ChoiceRow
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Link
import app.overview.ui.parts.Menu
import app.overview.ui.parts.MenuItem
import app.overview.ui.parts.Meter
import app.overview.ui.parts.NextPage
import app.overview.ui.parts.Notice
import app.overview.ui.parts.PerspectiveShape
import app.overview.ui.parts.Placeholders
import app.overview.ui.parts.Sheet
import app.overview.ui.parts.Sign
import app.overview.ui.parts.StoryRow
import app.overview.ui.parts.SwipeAction
import app.overview.ui.parts.Swiped
import app.overview.ui.parts.TopBar
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.UndoBar
import app.overview.ui.parts.scaled
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Shapes
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** The news of a country. */
@Composable
fun StoriesScreen(key: String, country: String) {
    val model = rememberModel(key, { stories(country) }) { if (state.value.isLoading) load() }
    StoriesList(model, country)
}

/** What was saved, of all countries. */
@Composable
fun SavedScreen(key: String) {
    val model = rememberModel(key, { saved() }) { if (state.value.isLoading) load() }
    StoriesList(model, null)
}

@OptIn(ExperimentalMaterial3Api::class)
@Composable
private fun StoriesList(model: StoriesModel, country: String?) {
    val (navigator, kit) = LocalNavigator.current to LocalKit.current
    val scope = rememberCoroutineScope()
    val shown = model.shown()
    val syncing = kit.syncing.shown()
    var isChoosing by rememberSaveable { mutableStateOf(false) }
    var hasMenu by rememberSaveable { mutableStateOf(false) }
    val list = rememberLazyListState()
    NextPage(list, shown.hasOlder) { model.loadOlder() }
    Column(Modifier.fillMaxSize().background(Tokens.colors.background)) {
        TopBar(shown.title, code = country, backLabel = words.actionBack, onBack = navigator::back) {
            if (country != null) {
                Sign(Icons.check, words.actionMarkAllRead) { scope.launch { model.markAllRead() } }
                Sign(Icons.more, words.actionMore) { hasMenu = true }
            }
        }
        PullToRefreshBox(false, { scope.launch { model.refresh() } }, Modifier.weight(1f)) {
            LazyColumn(Modifier.fillMaxSize(), list) {
                item { Header(shown, syncing.text, syncing.fraction.toFloat(), syncing.isRunning && shown.stories.isEmpty()) }
                if (country != null) item { Filters(shown, { isChoosing = true }) { scope.launch { model.filter(it) } } }
                (shown.trouble ?: syncing.trouble)?.let { trouble ->
                    item {
                        TroubleCard(trouble, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
                            act(it, navigator) { scope.launch { model.refresh() } }
                        }
                    }
                }
                syncing.notice?.let { item { Notice(it, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) } }
                itemsIndexed(shown.stories, { _, story -> story.id }) { at, story ->
                    if (at > 0) Hairline(Modifier.padding(horizontal = Space.margin))
                    Swiped(
                        SwipeAction(story.readAction, Icons.check) { scope.launch { model.markRead(story.id, story.isUnread) } },
                        SwipeAction(story.saveAction, Icons.save) { scope.launch { model.save(story.id, !story.isSaved) } },
                    ) {
                        StoryRow(story, at == 0, actions = actions(story, model)) { navigator.open(Place.Article(story.article)) }
                    }
                }
                shown.emptyTitle?.let { title ->
                    item {
                        EmptyState(title, text = shown.emptyText) {
                            if (shown.filter != StoriesFilter() && country != null)
                                Action(words.storiesShowAll, Modifier.fillMaxWidth()) { scope.launch { model.filter(StoriesFilter()) } }
                            shown.nextCountry?.let { Action(it.text, Modifier.fillMaxWidth(), isQuiet = true) { navigator.replace(Place.Stories(it.code)) } }
                                ?: Action(words.countriesTitle, Modifier.fillMaxWidth(), isQuiet = true) { navigator.back() }
                        }
                    }
                }
                if (shown.isLoading || syncing.isRunning && shown.stories.isEmpty()) item { Placeholders() }
                item { Gap(Space.x7) }
            }
            shown.newText?.let { text ->
                Chip(text, Modifier.align(Alignment.TopCenter).semantics { liveRegion = LiveRegionMode.Polite }, isChosen = true, role = Role.Button) {
                    scope.launch { model.load(); list.scrollToItem(0) }
                }
            }
            shown.undoText?.let { text ->
                UndoBar(text, words.actionUndo, Modifier.align(Alignment.BottomCenter).padding(Space.x5)) { scope.launch { model.undo() } }
            }
        }
    }
    if (hasMenu && country != null) {
        val items =
            listOf(
                MenuItem(words.searchPlaceholderIn(shown.title), Icons.search) { navigator.open(Place.Search(country)) },
                MenuItem(words.publishersTitle, Icons.settings) { navigator.open(Place.Publishers(country)) },
                MenuItem(words.mutesTitle, Icons.muted) { navigator.open(Place.Mutes(null)) },
                MenuItem(words.actionRefresh, Icons.refresh) { scope.launch { model.refresh() } },
            )
        Menu(items, { hasMenu = false }, note = words.storiesOrder)
    }
    if (isChoosing) {
        LaunchedEffect(Unit) { model.loadPerspectives() }
        PerspectivesSheet(shown, { isChoosing = false }) { scope.launch { model.filter(shown.filter.copy(perspective = it)) } }
    }
}

/** What a swipe or a menu would do, for who listens and who uses a keyboard. */
@Composable
private fun actions(story: StoryItem, model: StoriesModel): List<CustomAccessibilityAction> {
    val scope = rememberCoroutineScope()
    fun action(label: String, act: suspend () -> Unit) =
        CustomAccessibilityAction(label) {
            scope.launch { act() }
            true
        }
    return listOf(
        action(story.readAction) { model.markRead(story.id, story.isUnread) },
        action(story.saveAction) { model.save(story.id, !story.isSaved) },
        action(words.actionHide) { model.hide(story.id) },
    )
}

@Composable
private fun Header(shown: StoriesState, syncing: String, fraction: Float, isFirstSync: Boolean) {
    Column(Modifier.padding(start = Space.margin, end = Space.margin, bottom = Space.x3), Arrangement.spacedBy(Space.x3)) {
        val text = if (isFirstSync) words.storiesFetching(syncing) else shown.subtitle
        if (text.isNotEmpty()) Text(text, style = Tokens.type.meta, color = Tokens.colors.ink2)
        if (isFirstSync) Meter(fraction)
    }
}

/** Chips; one button that opens them when text is large. */
@Composable
private fun Filters(shown: StoriesState, onChoose: () -> Unit, onFilter: (StoriesFilter) -> Unit) {
    val filter = shown.filter
    if (Tokens.isTextLarge) {
        var isOpen by rememberSaveable { mutableStateOf(false) }
        Column(Modifier.padding(horizontal = Space.margin, vertical = Space.x2), Arrangement.spacedBy(Space.x2)) {
            Row(
                Modifier
                    .fillMaxWidth()
                    .clip(Corner.lead)
                    .border(Space.hair, Tokens.colors.edge, Corner.lead)
                    .clickable(role = Role.Button) { isOpen = !isOpen }
                    .padding(horizontal = Space.x5, vertical = Space.x4),
                Arrangement.SpaceBetween,
                Alignment.CenterVertically,
            ) {
                Text(words.storiesFilter, Modifier.weight(1f), style = Tokens.type.text, color = Tokens.colors.ink)
                Icon(if (isOpen) Icons.up else Icons.down, null, Modifier.size(scaled(14)), Tokens.colors.ink)
            }
            if (isOpen) Choices(filter, onChoose, onFilter)
        }
        return
    }
    Row(
        Modifier.horizontalScroll(rememberScrollState()).padding(horizontal = Space.margin),
        Arrangement.spacedBy(Space.x3),
    ) {
        Choices(filter, onChoose, onFilter)
    }
}

@Composable
private fun Choices(filter: StoriesFilter, onChoose: () -> Unit, onFilter: (StoriesFilter) -> Unit) {
    Chip(words.storiesUnread, isChosen = filter.isUnread, lead = tick(filter.isUnread)) {
        onFilter(filter.copy(isUnread = !filter.isUnread))
    }
    Chip(words.storiesPerspective, isChosen = filter.perspective != null, role = Role.Button, after = Icons.down, onClick = onChoose)
    Chip(
        words.overlookedTitle,
        isChosen = filter.isOverlooked,
        lead = { Icon(Shapes.overlooked, null, Modifier.size(scaled(14)), it) },
    ) {
        onFilter(filter.copy(isOverlooked = !filter.isOverlooked))
    }
    Chip(words.storiesSaved, isChosen = filter.isSaved, lead = tick(filter.isSaved)) {
        onFilter(filter.copy(isSaved = !filter.isSaved))
    }
}

internal fun tick(isChosen: Boolean): (@Composable (androidx.compose.ui.graphics.Color) -> Unit)? =
    if (isChosen) ({ Icon(Icons.check, null, Modifier.size(scaled(15)), it) }) else null

/** Stories with a take from one of these. */
@Composable
private fun PerspectivesSheet(shown: StoriesState, onClose: () -> Unit, onChoose: (String?) -> Unit) {
    Sheet(words.storiesPerspectiveTitle, words.actionClose, onClose) {
        LazyColumn {
            item { PerspectiveRow(words.storiesAnyPerspective, "", shown.filter.perspective == null, null) { onChoose(null) } }
            itemsIndexed(shown.perspectives, { _, it -> it.id }) { _, choice ->
                Hairline(Modifier.padding(start = Space.margin))
                PerspectiveRow(choice.name, choice.count, choice.isChosen, choice.kind) { onChoose(choice.id) }
            }
            item { Gap(Space.x5) }
        }
    }
}

@Composable
private fun PerspectiveRow(name: String, count: String, isChosen: Boolean, kind: app.overview.bindings.PerspectiveKind?, onChoose: () -> Unit) {
    val colors = Tokens.colors
    ChoiceRow(isChosen, onChoose) {
        Box(Modifier.size(scaled(15)), Alignment.Center) { kind?.let { PerspectiveShape(it, size = scaled(14)) } }
        Text(
            name,
            Modifier.weight(1f),
            style = if (isChosen) Tokens.type.text.copy(fontWeight = FontWeight.SemiBold) else Tokens.type.text,
            color = colors.ink,
        )
        Text(count, style = Tokens.type.text, color = colors.ink2)
        Icon(Icons.check, null, Modifier.size(20.dp), if (isChosen) colors.accent else androidx.compose.ui.graphics.Color.Transparent)
    }
}

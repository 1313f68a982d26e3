package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.overview.kit.HiddenItem
import app.overview.kit.MuteItem
import app.overview.kit.MuteOffer
import app.overview.kit.MutesModel
import app.overview.kit.MutesState
import app.overview.ui.LocalNavigator
import app.overview.ui.Place
import app.overview.ui.parts.Chip
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Heading
import app.overview.ui.parts.Link
import app.overview.ui.parts.NextPage
import app.overview.ui.parts.RowByline
import app.overview.ui.parts.SearchField
import app.overview.ui.parts.TopBar
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.UndoBar
import app.overview.ui.parts.scaled
import app.overview.ui.parts.silent
import app.overview.ui.parts.spoken
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** What a person does not want to see, and what is not seen because of it. */
@Composable
fun MutesScreen(key: String, article: Long?) {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { mutes(article) }) { load() }
    val shown = model.shown()
    val list = rememberLazyListState()
    NextPage(list, shown.hasMoreHidden) { model.loadMoreHidden() }
    Box(Modifier.fillMaxSize().background(Tokens.colors.background)) {
        LazyColumn(Modifier.fillMaxSize(), list) {
            item { TopBar(shown.title, backLabel = words.actionBack, onBack = navigator::back) }
            shown.trouble?.let { trouble ->
                item {
                    TroubleCard(trouble, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
                        act(it, navigator) { scope.launch { model.load() } }
                    }
                }
            }
            item { Adding(shown, model) }
            items(shown.offers) { offer ->
                Offer(offer) { scope.launch { model.mute(offer.what) } }
                Hairline(Modifier.padding(horizontal = Space.margin))
            }
            if (shown.mutes.isNotEmpty()) item { Gap(Space.x5) }
            items(shown.mutes, { it.id }) { mute ->
                Hairline()
                MuteRow(mute) { scope.launch { model.end(mute.id) } }
            }
            if (shown.offers.isEmpty()) shown.emptyText?.let { item { EmptyState(it, icon = Icons.muted) } }
            if (shown.hidden.isNotEmpty()) {
                item {
                    Hairline()
                    Column(Modifier.padding(start = Space.margin, end = Space.margin, top = Space.x7, bottom = Space.x4)) {
                        Heading(words.mutesHiddenTitle)
                        Text(words.mutesExplained, style = Tokens.type.meta, color = Tokens.colors.ink2)
                    }
                }
            }
            items(shown.hidden, { it.id.toString() }) { hidden ->
                Hairline()
                HiddenRow(hidden) { navigator.open(Place.Article(hidden.id)) }
            }
            item { Gap(Space.x9) }
        }
        shown.undoText?.let { text ->
            UndoBar(text, words.actionUndo, Modifier.align(Alignment.BottomCenter).padding(Space.x5)) { scope.launch { model.undo() } }
        }
    }
}

/** What is typed, and for how long what is muted by it. */
@Composable
private fun Adding(shown: MutesState, model: MutesModel) {
    Column(Modifier.padding(horizontal = Space.margin)) {
        SearchField(shown.text, words.mutesPlaceholder, clearLabel = words.actionClear, icon = Icons.muted, onChange = model::type)
        FlowRow(Modifier.padding(vertical = Space.x2), Arrangement.spacedBy(Space.x3)) {
            for (length in shown.lengths) {
                Chip(length.name, isChosen = length.isChosen, role = Role.RadioButton, lead = tick(length.isChosen)) { model.setLasts(length.lasts) }
            }
        }
    }
}

@Composable
private fun Offer(offer: MuteOffer, onMute: () -> Unit) {
    Row(
        Modifier.fillMaxWidth().padding(start = Space.margin, end = Space.margin),
        Arrangement.spacedBy(Space.x4),
        Alignment.CenterVertically,
    ) {
        Named(offer.name, offer.kind, Modifier.weight(1f).spoken(offer.spoken))
        Link(words.mutesAdd, Modifier.semantics { contentDescription = offer.action }, isAtEnd = true, onClick = onMute)
    }
}

@Composable
private fun Named(name: String, kind: String, modifier: Modifier) {
    Column(modifier.padding(vertical = Space.x3)) {
        Text(name, Modifier.silent(), style = Tokens.type.ui, color = Tokens.colors.ink)
        Text(kind, Modifier.silent(), style = Tokens.type.meta, color = Tokens.colors.ink2)
    }
}

@Composable
private fun MuteRow(mute: MuteItem, onEnd: () -> Unit) {
    val colors = Tokens.colors
    Row(
        Modifier.fillMaxWidth().padding(horizontal = Space.margin, vertical = Space.x3),
        Arrangement.spacedBy(Space.x4),
        Alignment.CenterVertically,
    ) {
        Column(Modifier.weight(1f).spoken(mute.spoken)) {
            Text(mute.name, Modifier.silent(), style = Tokens.type.ui, color = colors.ink)
            Text(mute.facts, Modifier.silent(), style = Tokens.type.meta, color = colors.ink2)
            Row(Modifier.silent(), Arrangement.spacedBy(6.dp), Alignment.CenterVertically) {
                Icon(Icons.muted, null, Modifier.size(scaled(14)), colors.ink2)
                Text(mute.hides, style = Tokens.type.badge, color = colors.ink2)
            }
        }
        Link(words.mutesEnd, Modifier.semantics { contentDescription = mute.endAction }, isAtEnd = true, onClick = onEnd)
    }
}

@Composable
private fun HiddenRow(hidden: HiddenItem, onOpen: () -> Unit) {
    val colors = Tokens.colors
    Box(Modifier.clickable(role = Role.Button, onClick = onOpen).spoken(hidden.spoken)) {
        Column(Modifier.silent().fillMaxWidth().padding(horizontal = Space.margin, vertical = 14.dp)) {
            RowByline(hidden.publisher, hidden.age, isUnread = false, code = hidden.country)
            Text(hidden.headline, style = Tokens.type.rowRead, color = colors.ink2)
            Row(Modifier.padding(top = Space.x2), Arrangement.spacedBy(6.dp), Alignment.CenterVertically) {
                Icon(Icons.muted, null, Modifier.size(scaled(14)), colors.ink2)
                Text(hidden.by, style = Tokens.type.badge, color = colors.ink2)
            }
        }
    }
}

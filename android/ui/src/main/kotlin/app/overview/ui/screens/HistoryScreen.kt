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
import androidx.compose.foundation.lazy.rememberLazyListState
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
import app.overview.kit.ChangeItem
import app.overview.kit.HistoryItem
import app.overview.ui.LocalNavigator
import app.overview.ui.Place
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Heading
import app.overview.ui.parts.Link
import app.overview.ui.parts.NextPage
import app.overview.ui.parts.Placeholders
import app.overview.ui.parts.RowByline
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

/** What was read lately, and what was done and can be taken back. */
@Composable
fun HistoryScreen(key: String) {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { history() }) { load() }
    val shown = model.shown()
    val list = rememberLazyListState()
    NextPage(list, shown.hasMore) { model.loadMore() }
    LazyColumn(Modifier.fillMaxSize().background(Tokens.colors.background), list) {
        item { TopBar(shown.title, backLabel = words.actionBack, onBack = navigator::back) }
        shown.trouble?.let { trouble ->
            item {
                TroubleCard(trouble, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
                    act(it, navigator) { scope.launch { model.load() } }
                }
            }
        }
        shown.doneText?.let { text ->
            item {
                Text(
                    text,
                    Modifier.padding(horizontal = Space.margin, vertical = Space.x3).semantics { liveRegion = LiveRegionMode.Polite },
                    style = Tokens.type.meta,
                    color = Tokens.colors.ok,
                )
            }
        }
        if (shown.changes.isNotEmpty()) item { Part(words.historyChanges) }
        items(shown.changes) { change ->
            Hairline()
            ChangeRow(change) { scope.launch { model.undo(change.id) } }
        }
        if (shown.articles.isNotEmpty()) item { Part(words.historyArticles) }
        items(shown.articles, { it.id }) { article ->
            Hairline()
            ArticleRow(article) { navigator.open(Place.Article(article.id)) }
        }
        if (shown.articles.isNotEmpty()) {
            item {
                Hairline()
                Link(words.historyForget, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) { scope.launch { model.forget() } }
            }
        }
        shown.emptyText?.let { item { EmptyState(it) } }
        if (shown.isLoading) item { Placeholders() }
        item { Gap(Space.x7) }
    }
}

@Composable
private fun Part(name: String) {
    Heading(name, Modifier.padding(start = Space.margin, end = Space.margin, top = Space.x5, bottom = Space.x3))
}

/** All of it takes the change back: one target, with what it does as its action. */
@Composable
private fun ChangeRow(change: ChangeItem, onUndo: () -> Unit) {
    val colors = Tokens.colors
    Box(Modifier.clickable(onClickLabel = words.actionUndo, role = Role.Button, onClick = onUndo).spoken(change.spoken)) {
        Row(
            Modifier.silent().fillMaxWidth().padding(horizontal = Space.margin, vertical = Space.x4),
            Arrangement.spacedBy(Space.x4),
            Alignment.CenterVertically,
        ) {
            Column(Modifier.weight(1f)) {
                Text(change.text, style = Tokens.type.ui, color = colors.ink)
                Text(change.age, style = Tokens.type.meta, color = colors.ink2)
            }
            Text(words.actionUndo, style = Tokens.type.label, color = colors.accent)
        }
    }
}

@Composable
private fun ArticleRow(article: HistoryItem, onOpen: () -> Unit) {
    Box(Modifier.clickable(role = Role.Button, onClick = onOpen).spoken(article.spoken)) {
        Column(Modifier.silent().fillMaxWidth().padding(horizontal = Space.margin, vertical = 14.dp)) {
            RowByline(article.publisher, article.age, isUnread = false, code = article.country)
            Text(article.headline, style = Tokens.type.rowRead, color = Tokens.colors.ink2)
        }
    }
}

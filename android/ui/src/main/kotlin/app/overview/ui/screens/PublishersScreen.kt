package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.Icon
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
import app.overview.kit.PublisherItem
import app.overview.ui.LocalNavigator
import app.overview.ui.Place
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Heading
import app.overview.ui.parts.Placeholders
import app.overview.ui.parts.SearchField
import app.overview.ui.parts.Sign
import app.overview.ui.parts.SwitchMark
import app.overview.ui.parts.Tile
import app.overview.ui.parts.TopBar
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.UndoBar
import app.overview.ui.parts.scaled
import app.overview.ui.parts.silent
import app.overview.ui.parts.switch
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** Who is read: of one country, or of all. */
@Composable
fun PublishersScreen(key: String, country: String?) {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { publishers(country) }) { load() }
    val shown = model.shown()
    var about by rememberSaveable { mutableStateOf<String?>(null) }
    about?.let { PublisherSheet(key, it) { about = null } }
    Box(Modifier.fillMaxSize().background(Tokens.colors.background)) {
        Column {
            TopBar(shown.title, code = country, backLabel = words.actionBack, onBack = navigator::back) {
                Sign(Icons.plus, words.siteTitle, tint = Tokens.colors.accent) { navigator.open(Place.Site()) }
            }
            SearchField(
                shown.search,
                words.publishersFind,
                Modifier.padding(start = Space.margin, end = Space.margin, bottom = Space.x4),
                clearLabel = words.actionClear,
                onChange = model::search,
            )
            LazyColumn {
                shown.trouble?.let { trouble ->
                    item {
                        TroubleCard(trouble, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
                            act(it, navigator) { scope.launch { model.load() } }
                        }
                    }
                }
                for (group in shown.groups) {
                    item(group.code) {
                        Row(
                            Modifier.padding(start = Space.margin, end = Space.margin, top = Space.x5, bottom = Space.x3),
                            Arrangement.spacedBy(Space.x4),
                            Alignment.CenterVertically,
                        ) {
                            Tile(group.code)
                            Heading(group.name, style = Tokens.type.sub)
                        }
                    }
                    items(group.publishers, { it.id }) { publisher ->
                        Hairline()
                        Row(verticalAlignment = Alignment.CenterVertically) {
                            PublisherRow(publisher, Modifier.weight(1f)) { scope.launch { model.setOn(publisher.id, it) } }
                            if (!publisher.isOwn) {
                                Sign(Icons.more, words.publisherAbout(publisher.name), tint = Tokens.colors.ink2) { about = publisher.id }
                            } else {
                                Sign(Icons.edit, words.publishersEdit(publisher.name), tint = Tokens.colors.ink2) {
                                    navigator.open(Place.Site(publisher.id))
                                }
                                Sign(Icons.close, words.publishersRemove(publisher.name), tint = Tokens.colors.ink2) {
                                    scope.launch { model.remove(publisher.id) }
                                }
                            }
                        }
                    }
                }
                shown.emptyText?.let { item { EmptyState(it, icon = Icons.search) } }
                if (shown.isLoading) item { Placeholders() }
                item { Gap(Space.x9) }
            }
        }
        shown.undoText?.let { text ->
            UndoBar(text, words.actionUndo, Modifier.align(Alignment.BottomCenter).padding(Space.x5)) { scope.launch { model.undo() } }
        }
    }
}

@Composable
private fun PublisherRow(publisher: PublisherItem, modifier: Modifier, onChange: (Boolean) -> Unit) {
    val colors = Tokens.colors
    Box(
        modifier
            .switch(publisher.isOn, onChange)
            .semantics(mergeDescendants = true) { contentDescription = publisher.spoken }
    ) {
        Row(
            Modifier.silent().fillMaxWidth().padding(horizontal = Space.margin, vertical = Space.x4),
            Arrangement.spacedBy(Space.x4),
            Alignment.CenterVertically,
        ) {
            Column(Modifier.weight(1f), Arrangement.spacedBy(1.dp)) {
                Text(publisher.name, style = Tokens.type.ui, color = if (publisher.isOn) colors.ink else colors.ink2)
                Text(publisher.facts, style = Tokens.type.meta, color = colors.ink2)
                publisher.trouble?.let {
                    Row(Modifier.padding(top = 3.dp), Arrangement.spacedBy(6.dp), Alignment.CenterVertically) {
                        Icon(Icons.warning, null, Modifier.size(scaled(15)), colors.danger)
                        Text(it, style = Tokens.type.badge, color = colors.danger)
                    }
                }
            }
            SwitchMark(publisher.isOn)
        }
    }
}

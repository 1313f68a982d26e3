package app.overview.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import app.overview.kit.FactItem
import app.overview.ui.LocalNavigator
import app.overview.ui.LocalPlatform
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Link
import app.overview.ui.parts.Sheet
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

/** Who a publisher is, with where that was read. */
@Composable
internal fun PublisherSheet(key: String, id: String, onClose: () -> Unit) {
    val (navigator, platform) = LocalNavigator.current to LocalPlatform.current
    val scope = rememberCoroutineScope()
    val model = rememberModel("$key#$id", { publisher(id) }) { load() }
    val shown = model.shown()
    Sheet(shown.title, words.actionClose, onClose) {
        LazyColumn {
            shown.trouble?.let { trouble ->
                item {
                    TroubleCard(trouble, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
                        act(it, navigator) { scope.launch { model.load() } }
                    }
                }
            }
            itemsIndexed(shown.facts) { at, fact ->
                if (at > 0) Hairline(Modifier.padding(horizontal = Space.margin))
                FactRow(fact)
            }
            item {
                Column(Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
                    shown.home?.let { Link(shown.openTitle, icon = Icons.open) { platform.open(it) } }
                    Link(shown.muteTitle, icon = Icons.muted) { scope.launch { model.setMuted(!shown.isMuted) } }
                }
            }
            item { Gap(Space.x5) }
        }
    }
}

@Composable
private fun FactRow(fact: FactItem) {
    val colors = Tokens.colors
    Column(
        Modifier.fillMaxWidth().spoken(fact.spoken).padding(horizontal = Space.margin, vertical = Space.x4),
        Arrangement.spacedBy(2.dp),
    ) {
        Text(fact.name, Modifier.silent(), style = Tokens.type.meta, color = colors.ink2)
        Text(fact.text, Modifier.silent(), style = Tokens.type.text, color = colors.ink)
        fact.source?.let { Text(it, Modifier.silent(), style = Tokens.type.meta, color = colors.ink2) }
    }
}

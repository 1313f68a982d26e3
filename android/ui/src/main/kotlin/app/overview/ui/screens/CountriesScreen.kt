package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import app.overview.ui.KEPT
import app.overview.ui.LocalNavigator
import app.overview.ui.Place
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.SearchField
import app.overview.ui.parts.Sign
import app.overview.ui.parts.TopBar
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** Every country there is, to be opened and followed. */
@Composable
fun CountriesScreen() {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(KEPT, { countries() }) {}
    val shown = model.shown()
    Column(Modifier.fillMaxSize().background(Tokens.colors.background)) {
        TopBar(shown.allTitle, backLabel = words.actionBack, onBack = navigator::back)
        SearchField(
            shown.search,
            words.countriesFind,
            Modifier.padding(start = Space.margin, end = Space.margin, bottom = Space.x4),
            clearLabel = words.actionClear,
            onChange = model::search,
        )
        LazyColumn {
            items(shown.all, { it.code }) { country ->
                Hairline()
                Row(Modifier.padding(end = Space.x2), verticalAlignment = Alignment.CenterVertically) {
                    CountryRow(country, Modifier.weight(1f)) { navigator.open(Place.Stories(country.code)) }
                    Sign(
                        if (country.isFollowed) Icons.check else Icons.plus,
                        country.followAction,
                        tint = if (country.isFollowed) Tokens.colors.ok else Tokens.colors.accent,
                    ) {
                        scope.launch { model.follow(country.code, !country.isFollowed) }
                    }
                }
            }
            shown.emptyText?.let { item { EmptyState(it, icon = Icons.search) } }
            item { Gap(Space.x7) }
        }
    }
}

package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.draw.shadow
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import app.overview.kit.CountryItem
import app.overview.kit.Rescue
import app.overview.kit.TroubleAction
import app.overview.ui.KEPT
import app.overview.ui.KEPT_GLOBE
import app.overview.ui.LocalKit
import app.overview.ui.LocalNavigator
import app.overview.ui.Place
import app.overview.ui.parts.Gap
import app.overview.ui.parts.GlobeView
import app.overview.ui.parts.GlobeKey
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Heading
import app.overview.ui.parts.Link
import app.overview.ui.parts.Notice
import app.overview.ui.parts.OverlookedMark
import app.overview.ui.parts.Sign
import app.overview.ui.parts.Tile
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.Wordmark
import app.overview.ui.parts.silent
import app.overview.ui.parts.spoken
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** The globe, and the countries that are followed. */
@Composable
fun GlobeScreen() {
    val navigator = LocalNavigator.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(KEPT, { countries() }) {}
    val globe = rememberModel(KEPT_GLOBE, { globe(model) }) {}
    val shown = model.shown()
    fun open(code: String) = navigator.open(Place.Stories(code))
    LazyColumn(Modifier.fillMaxSize().background(Tokens.colors.background), rememberLazyListState()) {
        item {
            Row(
                Modifier.fillMaxWidth().statusBarsPadding().padding(start = Space.margin, end = Space.x2).defaultMinSize(minHeight = 52.dp),
                Arrangement.SpaceBetween,
                Alignment.CenterVertically,
            ) {
                Wordmark(isLarge = true)
                Sign(Icons.settings, words.settingsTitle) { navigator.open(Place.Settings) }
            }
        }
        shown.trouble?.let { trouble ->
            item {
                TroubleCard(trouble, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
                    act(it, navigator) { scope.launch { model.load() } }
                }
            }
        }
        shown.rescue?.let { rescue -> item { RescueNotice(rescue) { scope.launch { model.dismissRescue() } } } }
        item {
            Box(Modifier.fillMaxWidth().padding(top = 6.dp), Alignment.Center) {
                GlobeView(globe, if (Tokens.isTextLarge) 220.dp else 336.dp, onOpen = ::open)
            }
        }
        // The list says it, too.
        item { if (!Tokens.isTextLarge) GlobeKey(Modifier.padding(horizontal = Space.margin)) }
        shown.card?.let { card -> item { CountryCard(card, shown.cardHeadline, shown.cardSpoken) { open(card.code) } } }
        item {
            Row(
                Modifier.fillMaxWidth().padding(start = Space.margin, end = Space.margin, top = Space.x3),
                Arrangement.SpaceBetween,
                Alignment.CenterVertically,
            ) {
                Heading(words.countriesYouFollow, Modifier.weight(1f, fill = false))
                Link(shown.allTitle, isAtEnd = true) { navigator.open(Place.Countries) }
            }
            Hairline()
        }
        items(shown.followed, { it.code }) { country ->
            CountryRow(country) {
                // Whoever comes back finds it there.
                globe.flyTo(country.code)
                open(country.code)
            }
            Hairline()
        }
        item { Gap(Space.x7) }
    }
}

/** Until the person says that it is known. */
@Composable
private fun RescueNotice(rescue: Rescue, onDismiss: () -> Unit) {
    Notice(rescue.title, Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
        Text(rescue.text, Modifier.padding(top = Space.x2), style = Tokens.type.meta, color = Tokens.colors.ink2)
        Link(rescue.dismissTitle, onClick = onDismiss)
    }
}

@Composable
private fun CountryCard(country: CountryItem, headline: String?, spoken: String, onOpen: () -> Unit) {
    val colors = Tokens.colors
    Box(
        Modifier
            .padding(horizontal = Space.margin, vertical = Space.x4)
            .fillMaxWidth()
            .shadow(if (colors.isDark) 0.dp else 10.dp, Corner.card, ambientColor = colors.ink.copy(alpha = .25f), spotColor = colors.ink.copy(alpha = .25f))
            .clip(Corner.card)
            .background(colors.raised)
            .border(Space.hair, if (colors.isDark) colors.line else colors.raised, Corner.card)
            .clickable(role = Role.Button, onClick = onOpen)
            .spoken(spoken)
    ) {
        Column(Modifier.silent().padding(Space.x5), Arrangement.spacedBy(Space.x3)) {
            CountryLine(country, Modifier, isFilled = true)
            headline?.let { Text(it, style = Tokens.type.row, color = colors.ink) }
        }
    }
}

@Composable
fun CountryRow(country: CountryItem, modifier: Modifier = Modifier, onOpen: () -> Unit) {
    Box(modifier.clickable(role = Role.Button, onClick = onOpen).spoken(country.spoken)) {
        CountryLine(country, Modifier.defaultMinSize(minHeight = 54.dp).padding(horizontal = Space.margin, vertical = Space.x3))
    }
}

/** A country and what is unread of it; the count goes under the name when text is large. */
@Composable
private fun CountryLine(country: CountryItem, modifier: Modifier, isFilled: Boolean = false) {
    val colors = Tokens.colors
    Row(modifier.silent().fillMaxWidth(), Arrangement.spacedBy(Space.x4), Alignment.CenterVertically) {
        Tile(country.code, isFilled = isFilled)
        Column(Modifier.weight(1f)) {
            Text(country.name, style = Tokens.type.ui, color = colors.ink)
            if (Tokens.isTextLarge) Counts(country, isFilled)
        }
        if (!Tokens.isTextLarge) Counts(country, isFilled)
        Icon(Icons.forward, null, Modifier.size(16.dp), colors.ink3)
    }
}

/** On the card in words, in a row as numbers. */
@Composable
private fun Counts(country: CountryItem, isWhole: Boolean) {
    val missed = if (isWhole) country.overlookedFacts else country.overlookedText
    FlowRow(Modifier, Arrangement.spacedBy(Space.x4), itemVerticalAlignment = Alignment.CenterVertically) {
        if (isWhole) Unread(country, isWhole)
        missed?.let { OverlookedMark(it) }
        if (!isWhole) Unread(country, isWhole)
    }
}

@Composable
private fun Unread(country: CountryItem, isWhole: Boolean) {
    if (isWhole) Text(country.facts, style = Tokens.type.meta, color = Tokens.colors.ink2)
    else Text(country.unreadText, style = Tokens.type.ui.copy(fontFeatureSettings = "tnum"), color = Tokens.colors.ink)
}

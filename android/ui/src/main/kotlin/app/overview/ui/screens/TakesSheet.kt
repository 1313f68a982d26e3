package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.collapse
import androidx.compose.ui.semantics.expand
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.text.withStyle
import androidx.compose.ui.unit.dp
import app.overview.bindings.PerspectiveKind
import app.overview.kit.ArticleState
import app.overview.kit.CoverageItem
import app.overview.kit.LabelItem
import app.overview.kit.TakeItem
import app.overview.ui.parts.CoverageBar
import app.overview.ui.parts.EmptyState
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Link
import app.overview.ui.parts.PerspectiveName
import app.overview.ui.parts.Sheet
import app.overview.ui.parts.Tile
import app.overview.ui.parts.silent
import app.overview.ui.parts.spoken
import app.overview.ui.parts.tucked
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import app.overview.ui.parts.scaled

/** The takes of an article's story beside each other. */
@Composable
internal fun TakesSheet(key: String, article: ArticleState, onClose: () -> Unit, onOpen: (Long) -> Unit) {
    val id = article.id
    val model = rememberModel("$key#$id", { compare(id) }) { load() }
    val shown = model.shown()
    Sheet(words.takesTitle, words.actionClose, onClose, subtitle = shown.subtitle) {
        LazyColumn {
            itemsIndexed(shown.takes, { _, take -> take.article }) { at, take ->
                if (at > 0) Hairline()
                val isOpen = take.article in shown.opened
                val onWhy = { model.toggleWhy(take.article) }
                take.ownText?.let { OwnTake(take, it, isOpen, onWhy) } ?: TakeView(take, isOpen, onWhy) { onOpen(take.article) }
            }
            shown.emptyText?.let { item { EmptyState(it) } }
            item { Gap(Space.x5) }
        }
    }
}

/** The one that is read: its label, without what stands behind the sheet. */
@Composable
private fun OwnTake(take: TakeItem, text: String, isOpen: Boolean, onWhy: () -> Unit) {
    Column(Modifier.fillMaxWidth().padding(horizontal = Space.margin)) {
        TakeLabel(take, isOpen, text, onWhy, Modifier.spoken(take.spoken))
        if (isOpen) Why(take.label)
    }
}

/** A label, and on the other side what opens the answer to "Why?". */
@Composable
private fun TakeLabel(take: TakeItem, isOpen: Boolean, note: String?, onWhy: () -> Unit, modifier: Modifier = Modifier.silent()) {
    FlowRow(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, itemVerticalAlignment = Alignment.CenterVertically) {
        PerspectiveName(take.label.kind, take.label.name, modifier)
        Row(Modifier, Arrangement.spacedBy(Space.x4), Alignment.CenterVertically) {
            note?.let { Text(it, Modifier.silent(), style = Tokens.type.meta, color = Tokens.colors.ink2) }
            Link(
                words.takesWhy,
                Modifier.semantics { if (isOpen) collapse { onWhy(); true } else expand { onWhy(); true } },
                after = if (isOpen) Icons.up else Icons.down,
                style = Tokens.type.label.copy(fontWeight = FontWeight.SemiBold),
                onClick = onWhy,
            )
        }
    }
}

@Composable
private fun TakeView(take: TakeItem, isOpen: Boolean, onWhy: () -> Unit, onOpen: () -> Unit) {
    val colors = Tokens.colors
    Column(Modifier.fillMaxWidth().padding(start = Space.margin, end = Space.margin, top = Space.x4, bottom = Space.x2)) {
        // The label is said with the take itself.
        Box(Modifier.tucked(8.dp)) { TakeLabel(take, isOpen, null, onWhy) }
        Column(
            Modifier
                .fillMaxWidth()
                .clickable(role = Role.Button, onClick = onOpen)
                .spoken(take.spoken)
        ) {
            Column(Modifier.silent().padding(bottom = Space.x3), Arrangement.spacedBy(3.dp)) {
                Text(take.headline, style = Tokens.type.row.inLanguage(take.language), color = colors.ink)
                Text(
                    take.firstSentence,
                    style = Tokens.type.firstLine.inLanguage(take.language),
                    color = colors.ink2,
                    maxLines = if (Tokens.isTextLarge) Int.MAX_VALUE else 2,
                    overflow = TextOverflow.Ellipsis,
                )
                Gap(1.dp)
                TakeByline(take)
                take.note?.let { Text(it, style = Tokens.type.meta, color = colors.ink2) }
            }
        }
        if (isOpen) Why(take.label)
    }
}

@Composable
internal fun TakeByline(take: TakeItem) {
    val colors = Tokens.colors
    FlowRow(Modifier, Arrangement.spacedBy(7.dp), Arrangement.spacedBy(2.dp), itemVerticalAlignment = Alignment.CenterVertically) {
        Text(take.publisher, style = Tokens.type.meta, color = colors.ink2)
        Tile(take.country, isSmall = true)
        Text(take.place, style = Tokens.type.meta, color = colors.ink2)
        take.alsoIn?.let { Text(it, style = Tokens.type.meta, color = colors.ink3) }
    }
}

/** The rule, what it rests on, and what it does not say. */
@Composable
internal fun Why(label: LabelItem) {
    val colors = Tokens.colors
    Column(
        Modifier.fillMaxWidth().padding(bottom = Space.x4).clip(Corner.lead).background(colors.inset).padding(14.dp),
        Arrangement.spacedBy(Space.x3),
    ) {
        Named(words.takesRule, label.why)
        label.evidence.forEach { Named(words.takesEvidence, it) }
        if (label.notClaimed.isNotEmpty()) Text(label.notClaimed, style = Tokens.type.meta, color = colors.ink2)
    }
}

/** A name in bold, and what it is. */
@Composable
private fun Named(name: String, text: String) {
    val said = buildAnnotatedString {
        withStyle(SpanStyle(fontWeight = FontWeight.SemiBold)) { append(name) }
        append(": ")
        append(text)
    }
    Text(said, style = Tokens.type.meta, color = Tokens.colors.ink)
}

@Composable
internal fun CoverageBar(of: CoverageItem, modifier: Modifier = Modifier) =
    CoverageBar(of.countries, of.ranText, of.americanRan, of.americanOf, of.americanText, modifier)

/** How a claim came about: each condition with its number and its bar. */
@Composable
internal fun CoverageSheet(of: CoverageItem, onClose: () -> Unit) {
    val colors = Tokens.colors
    Sheet(words.coverageHow, words.actionClose, onClose) {
        LazyColumn {
            item {
                Column(Modifier.padding(Space.margin), Arrangement.spacedBy(Space.x4)) {
                    Box(Modifier.spoken(of.spoken)) { CoverageBar(of) }
                    Text(of.text, style = Tokens.type.text, color = colors.ink)
                }
            }
            itemsIndexed(of.conditions) { _, condition ->
                Hairline()
                Row(
                    Modifier.fillMaxWidth().spoken(condition.spoken).padding(horizontal = Space.margin, vertical = Space.x4),
                    Arrangement.spacedBy(Space.x4),
                    Alignment.CenterVertically,
                ) {
                    Column(Modifier.silent().weight(1f)) {
                        Text(condition.name, style = Tokens.type.text, color = colors.ink)
                        Text(condition.bar, style = Tokens.type.meta, color = colors.ink2)
                    }
                    Text(condition.value, Modifier.silent(), style = Tokens.type.ui, color = colors.ink)
                    Icon(
                        if (condition.isMet) Icons.check else Icons.close,
                        null,
                        Modifier.size(scaled(19)),
                        if (condition.isMet) colors.accent else colors.ink3,
                    )
                }
            }
            item { Gap(Space.x7) }
        }
    }
}

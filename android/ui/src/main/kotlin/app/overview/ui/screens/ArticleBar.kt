package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.draw.shadow
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.overview.kit.ArticleModel
import app.overview.kit.ArticleState
import app.overview.kit.LanguageToggle
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Sheet
import app.overview.ui.parts.Sign
import app.overview.ui.parts.silent
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.launch

/** Under an article: its language, the size of text, saving. Two rows when text is large. */
@Composable
internal fun ArticleBar(shown: ArticleState, model: ArticleModel, onTextSize: () -> Unit, onMore: () -> Unit) {
    val scope = rememberCoroutineScope()
    val signs: @Composable () -> Unit = {
        Row {
            Sign(Icons.textSize, words.settingsTextSize, onClick = onTextSize)
            Sign(if (shown.isSaved) Icons.saved else Icons.save, shown.saveAction) {
                scope.launch { model.save(!shown.isSaved) }
            }
            Sign(Icons.more, words.actionMore, onClick = onMore)
        }
    }
    Column(Modifier.fillMaxWidth().background(Tokens.colors.background).navigationBarsPadding()) {
        Hairline()
        if (Tokens.isTextLarge) {
            Column(Modifier.padding(horizontal = Space.margin, vertical = Space.x2)) {
                shown.toggle?.let { Toggle(it, model::toggleLanguage) }
                signs()
            }
        } else {
            Row(
                Modifier.fillMaxWidth().padding(start = Space.margin, end = Space.x3, top = Space.x2, bottom = Space.x2),
                Arrangement.SpaceBetween,
                Alignment.CenterVertically,
            ) {
                shown.toggle?.let { Toggle(it, model::toggleLanguage) } ?: Spacer(Modifier)
                signs()
            }
        }
    }
}

/** English or the publisher's own language: one tap, wherever it lands. */
@Composable
private fun Toggle(toggle: LanguageToggle, onToggle: () -> Unit) {
    Row(
        Modifier
            .clip(Corner.lead)
            .background(Tokens.colors.surface)
            .clickable(role = Role.Switch, onClick = onToggle)
            .semantics(mergeDescendants = true) { contentDescription = toggle.spoken }
            .padding(4.dp)
    ) {
        Segment(toggle.english, !toggle.isOriginal)
        Segment(toggle.original, toggle.isOriginal)
    }
}

@Composable
private fun Segment(text: String, isChosen: Boolean) {
    val colors = Tokens.colors
    val shape = Corner.thumb
    Box(
        (if (isChosen) Modifier.shadow(if (colors.isDark) 0.dp else 2.dp, shape).background(colors.segment, shape) else Modifier)
            .silent()
            .defaultMinSize(minHeight = 40.dp)
            .padding(horizontal = 14.dp),
        Alignment.Center,
    ) {
        Text(text, style = Tokens.type.label, color = if (isChosen) colors.ink else colors.ink2)
    }
}

@Composable
internal fun TextSizeSheet(onClose: () -> Unit) {
    val model = rememberModel(SETTINGS, { settings() }) { load() }
    val shown = model.shown()
    Sheet(words.settingsTextSize, words.actionClose, onClose) { TextSizeRow(shown, model, Modifier.padding(Space.margin)) }
}

/** The settings that an article opens by itself. */
private const val SETTINGS = "SETTINGS"

package app.overview.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Palette
import app.overview.ui.theme.Tokens
import app.overview.ui.words

/** What the colours of the countries mean; not said, because the list says it. */
@Composable
fun GlobeKey(modifier: Modifier = Modifier) {
    val colors = Tokens.colors
    // From none to most, in every language.
    CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Ltr) { Key(colors, modifier) }
}

@Composable
private fun Key(colors: Palette, modifier: Modifier) {
    Row(modifier.silent().fillMaxWidth(), Arrangement.SpaceBetween, Alignment.Bottom) {
        Row(Modifier, Arrangement.spacedBy(6.dp), Alignment.CenterVertically) {
            Box(Modifier.size(10.dp).clip(Corner.tick).background(colors.levels[0]))
            Text(words.countriesKeyNone, style = Tokens.type.micro, color = colors.ink2)
        }
        Column(Modifier.width(98.dp), Arrangement.spacedBy(3.dp)) {
            Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(2.dp)) {
                colors.levels.drop(1).forEach { Box(Modifier.weight(1f).size(7.dp).background(it)) }
            }
            Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween) {
                Text("0", style = Tokens.type.micro, color = colors.ink2)
                Text(words.countriesKeyUnread, style = Tokens.type.micro, color = colors.ink2)
                Text(words.countriesKeyMost, style = Tokens.type.micro, color = colors.ink2)
            }
        }
    }
}

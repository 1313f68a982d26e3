package app.overview.ui.parts

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words

/** Something that can be done with what is on the screen. */
class MenuItem(val name: String, val icon: ImageVector, val onChoose: () -> Unit)

/** What else can be done, over a screen; it closes with the choice. */
@Composable
fun Menu(items: List<MenuItem>, onClose: () -> Unit, note: String? = null) {
    Sheet(words.actionMore, words.actionClose, onClose) {
        Column(Modifier.verticalScroll(rememberScrollState()).padding(bottom = Space.x5)) {
            for (item in items) {
                Box(
                    Modifier.clickable(role = Role.Button) {
                        onClose()
                        item.onChoose()
                    }
                ) {
                    Cell(item.name, Modifier.padding(horizontal = Space.x2), icon = item.icon)
                }
            }
            note?.let { Text(it, Modifier.padding(horizontal = Space.margin, vertical = Space.x4), style = Tokens.type.meta, color = Tokens.colors.ink2) }
        }
    }
}

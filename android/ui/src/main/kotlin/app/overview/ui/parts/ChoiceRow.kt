package app.overview.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import app.overview.ui.theme.Space

/** One of several in a sheet, of which one is chosen. */
@Composable
fun ChoiceRow(isChosen: Boolean, onChoose: () -> Unit, content: @Composable RowScope.() -> Unit) {
    Row(
        Modifier
            .fillMaxWidth()
            .selectable(isChosen, role = Role.RadioButton, onClick = onChoose)
            .defaultMinSize(minHeight = 52.dp)
            .padding(horizontal = Space.margin, vertical = Space.x3),
        Arrangement.spacedBy(Space.x4),
        Alignment.CenterVertically,
        content,
    )
}

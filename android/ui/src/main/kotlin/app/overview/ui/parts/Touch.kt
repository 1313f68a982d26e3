package app.overview.ui.parts

import androidx.compose.foundation.indication
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.ripple
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role

/** Chosen among others, or on by itself; the ripple is drawn where [indicated] is. */
fun Modifier.choice(isChosen: Boolean, role: Role, source: MutableInteractionSource, onClick: () -> Unit) =
    if (role == Role.Checkbox) toggleable(isChosen, source, null, true, role) { onClick() }
    else selectable(isChosen, source, null, true, role) { onClick() }

fun Modifier.switch(isOn: Boolean, onChange: (Boolean) -> Unit) = toggleable(isOn, role = Role.Switch, onValueChange = onChange)

@Composable fun Modifier.indicated(source: MutableInteractionSource) = indication(source, ripple())

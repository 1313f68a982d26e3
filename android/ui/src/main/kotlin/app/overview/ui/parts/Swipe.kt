package app.overview.ui.parts

import androidx.compose.animation.core.Animatable
import androidx.compose.animation.core.tween
import androidx.compose.foundation.background
import androidx.compose.foundation.gestures.Orientation
import androidx.compose.foundation.gestures.draggable
import androidx.compose.foundation.gestures.rememberDraggableState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.unit.IntOffset
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import kotlin.math.roundToInt
import kotlinx.coroutines.launch

/** What a swipe does: the same as an action of the row, for who uses no gesture. */
class SwipeAction(val name: String, val icon: ImageVector, val onSwipe: () -> Unit)

/** A row that is swiped forward, to where one reads, or back; it comes back by itself. */
@Composable
fun Swiped(forward: SwipeAction, back: SwipeAction, modifier: Modifier = Modifier, content: @Composable () -> Unit) {
    val colors = Tokens.colors
    val scope = rememberCoroutineScope()
    val isStill = Tokens.look.isMotionReduced
    // Layout mirrors, a finger does not.
    val sign = if (LocalLayoutDirection.current == LayoutDirection.Rtl) -1 else 1
    val far = with(LocalDensity.current) { FAR.toPx() }
    val moved = remember { Animatable(0f) }
    val dragging = rememberDraggableState { by -> scope.launch { moved.snapTo((moved.value + by * sign).coerceIn(-far * FURTHEST, far * FURTHEST)) } }
    Box(
        modifier
            .draggable(
                dragging,
                Orientation.Horizontal,
                onDragStopped = {
                    if (moved.value >= far) forward.onSwipe() else if (moved.value <= -far) back.onSwipe()
                    if (isStill) moved.snapTo(0f) else moved.animateTo(0f, tween(RETURN))
                },
            )
    ) {
        if (moved.value != 0f) {
            val isForward = moved.value > 0f
            val action = if (isForward) forward else back
            Row(
                Modifier
                    .silent()
                    .matchParentSize()
                    .background(colors.wash)
                    .padding(horizontal = Space.margin),
                Arrangement.spacedBy(Space.x3, if (isForward) Alignment.Start else Alignment.End),
                Alignment.CenterVertically,
            ) {
                Icon(action.icon, null, Modifier.size(22.dp), colors.accent)
                Text(action.name, style = Tokens.type.label, color = colors.accent)
            }
        }
        Box(Modifier.offset { IntOffset((moved.value).roundToInt(), 0) }.background(if (moved.value == 0f) Color.Transparent else colors.background)) { content() }
    }
}

/** So far a finger goes before letting go does something, and at most that many times as far. */
private val FAR = 88.dp
private const val FURTHEST = 1.4f
/** Milliseconds of the way back. */
private const val RETURN = 180

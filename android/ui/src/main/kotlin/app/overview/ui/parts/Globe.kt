package app.overview.ui.parts

import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.gestures.calculatePan
import androidx.compose.foundation.gestures.calculateZoom
import androidx.compose.foundation.gestures.detectTapGestures
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.withFrameNanos
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.input.pointer.changedToUp
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.input.pointer.positionChanged
import androidx.compose.ui.input.pointer.util.VelocityTracker
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.ProgressBarRangeInfo
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.onClick
import androidx.compose.ui.semantics.progressBarRangeInfo
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.setProgress
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import app.overview.kit.GlobeModel
import app.overview.ui.shown
import app.overview.ui.theme.Tokens

/** Turned by a finger, zoomed by two, picked by a tap, opened by two taps; one element for who listens. */
@Composable
fun GlobeView(model: GlobeModel, size: Dp, modifier: Modifier = Modifier, onOpen: (String) -> Unit) {
    val shown = model.shown()
    val isStill = Tokens.look.isMotionReduced
    val (side, reach) = with(LocalDensity.current) { size.toPx().toDouble() to REACH.toPx().toDouble() }
    SideEffect { model.isMotionReduced = isStill }
    remember(model, side, reach) { model.resize(side, side, reach) }
    LaunchedEffect(model, shown.isMoving) {
        if (!shown.isMoving) return@LaunchedEffect
        var last = withFrameNanos { it }
        while (model.state.value.isMoving) {
            val now = withFrameNanos { it }
            model.advance((now - last) / SECOND)
            last = now
        }
    }
    val drawing = remember { GlobeDrawing() }
    val (palette, type) = Tokens.colors to Tokens.type
    val measurer = rememberTextMeasurer()
    val name = shown.selected?.globeLabel
    val label = remember(name, palette, type) { name?.let { measurer.measure(it, type.label.copy(color = palette.background)) } }
    Spacer(
        modifier
            .size(size)
            .semantics {
                contentDescription = shown.spoken
                progressBarRangeInfo = ProgressBarRangeInfo(1f, 0f..2f, 1)
                setProgress { to ->
                    model.flyToNext(if (to > 1f) 1 else -1)
                    true
                }
                onClick {
                    shown.selected?.let { onOpen(it.code) }
                    shown.selected != null
                }
            }
            .pointerInput(model) {
                detectTapGestures(
                    onDoubleTap = { at -> model.pick(at.x.toDouble(), at.y.toDouble())?.let(onOpen) },
                    onTap = { at -> model.pick(at.x.toDouble(), at.y.toDouble()) },
                )
            }
            .pointerInput(model) {
                awaitEachGesture {
                    val down = awaitFirstDown(requireUnconsumed = false)
                    val tracker = VelocityTracker()
                    tracker.addPosition(down.uptimeMillis, down.position)
                    var isDragged = false
                    model.hold()
                    while (true) {
                        val event = awaitPointerEvent()
                        val (pan, zoom) = event.calculatePan() to event.calculateZoom()
                        if (zoom != 1f) model.zoom(zoom.toDouble())
                        if (pan != Offset.Zero) {
                            model.drag(pan.x.toDouble(), pan.y.toDouble())
                            isDragged = true
                        }
                        event.changes.firstOrNull()?.let { tracker.addPosition(it.uptimeMillis, it.position) }
                        event.changes.forEach { if (it.positionChanged()) it.consume() }
                        if (event.changes.all { it.changedToUp() || !it.pressed }) break
                    }
                    val speed = tracker.calculateVelocity()
                    if (isDragged) model.fling(speed.x.toDouble(), speed.y.toDouble())
                }
            }
            .drawBehind {
                // Drawn anew with every state.
                shown.revision
                with(drawing) { draw(model.picture(), palette, label) }
            }
    )
}

/** How far from a small country a touch may be. */
private val REACH = 24.dp
private const val SECOND = 1e9

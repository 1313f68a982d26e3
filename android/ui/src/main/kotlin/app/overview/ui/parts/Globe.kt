package app.overview.ui.parts

import androidx.compose.animation.core.Animatable
import androidx.compose.animation.core.tween
import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.gestures.calculatePan
import androidx.compose.foundation.gestures.calculateZoom
import androidx.compose.foundation.gestures.detectTapGestures
import androidx.compose.foundation.layout.Spacer
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.Saver
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
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
import androidx.compose.foundation.layout.size
import app.overview.bindings.Globe
import app.overview.bindings.GlobeCamera
import app.overview.bindings.GlobeViewport
import app.overview.bindings.globeBegin
import app.overview.bindings.globeDrag
import app.overview.bindings.globeFlick
import app.overview.bindings.globeFly
import app.overview.bindings.globePointOf
import app.overview.bindings.globeZoom
import app.overview.kit.CountriesState
import app.overview.kit.CountryItem
import app.overview.ui.theme.Tokens
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

/** Where the globe is turned to. The library says what a finger does to it. */
@Stable
private class Turning(camera: GlobeCamera) {
    var camera by mutableStateOf(camera)

    companion object {
        val Saver: Saver<Turning, Any> =
            Saver(
                save = { doubleArrayOf(it.camera.lon, it.camera.lat, it.camera.zoom) },
                restore = { (it as DoubleArray).let { (lon, lat, zoom) -> Turning(GlobeCamera(lon, lat, zoom)) } },
            )
    }
}

/** Turned by a finger, zoomed by two, picked by a tap, opened by two taps; one element for who listens. */
@Composable
fun GlobeView(globe: Globe, countries: CountriesState, size: Dp, modifier: Modifier = Modifier, onPick: (String) -> Unit, onOpen: (CountryItem) -> Unit, onStep: (Int) -> Unit) {
    val isStill = Tokens.look.isMotionReduced
    val turning = rememberSaveable(saver = Turning.Saver) { Turning(globeBegin()) }
    val scope = rememberCoroutineScope()
    var motion by remember { mutableStateOf<Job?>(null) }
    val side = with(LocalDensity.current) { size.toPx() }.toDouble()
    val reach = with(LocalDensity.current) { REACH.toPx() }.toDouble()
    val viewport = remember(side, reach) { GlobeViewport(side, side, reach) }
    val shown by rememberUpdatedState(countries)
    val card = countries.card
    // Picking a row turns the globe.
    LaunchedEffect(card?.code) {
        val to = card?.code?.let { globePointOf(it) } ?: return@LaunchedEffect
        motion?.cancel()
        val from = turning.camera
        val there = GlobeCamera(to.lon, to.lat, from.zoom)
        if (isStill) turning.camera = there
        else Animatable(0f).animateTo(1f, tween(FLIGHT)) { turning.camera = globeFly(from, there, value.toDouble()) }
    }
    fun pick(at: Offset): CountryItem? {
        val code = globe.countryAt(turning.camera, viewport, at.x.toDouble(), at.y.toDouble())
        return shown.all.firstOrNull { it.code == code }
    }
    val picture = remember { GlobePicture() }
    val (palette, type) = Tokens.colors to Tokens.type
    val measurer = rememberTextMeasurer()
    val label =
        remember(card, palette, type) {
            card?.let { measurer.measure(it.globeLabel, type.label.copy(color = palette.background)) }
        }
    Spacer(
        modifier
            .size(size)
            .semantics {
                contentDescription = countries.globeSpoken
                progressBarRangeInfo = ProgressBarRangeInfo(1f, 0f..2f, 1)
                setProgress { to ->
                    onStep(if (to > 1f) 1 else -1)
                    true
                }
                onClick {
                    card?.let(onOpen)
                    card != null
                }
            }
            .pointerInput(globe, viewport) {
                detectTapGestures(
                    onDoubleTap = { at -> pick(at)?.let(onOpen) },
                    onTap = { at -> pick(at)?.let { onPick(it.code) } },
                )
            }
            .pointerInput(globe, viewport, isStill) {
                awaitEachGesture {
                    val down = awaitFirstDown(requireUnconsumed = false)
                    motion?.cancel()
                    val tracker = VelocityTracker()
                    tracker.addPosition(down.uptimeMillis, down.position)
                    while (true) {
                        val event = awaitPointerEvent()
                        val (pan, zoom) = event.calculatePan() to event.calculateZoom()
                        if (zoom != 1f) turning.camera = globeZoom(turning.camera, zoom.toDouble())
                        if (pan != Offset.Zero) {
                            turning.camera = globeDrag(turning.camera, viewport, pan.x.toDouble(), pan.y.toDouble())
                        }
                        event.changes.firstOrNull()?.let { tracker.addPosition(it.uptimeMillis, it.position) }
                        event.changes.forEach { if (it.positionChanged()) it.consume() }
                        if (event.changes.all { it.changedToUp() || !it.pressed }) break
                    }
                    val speed = tracker.calculateVelocity()
                    if (isStill) return@awaitEachGesture
                    val from = turning.camera
                    motion =
                        scope.launch {
                            val began = withFrameNanos { it }
                            while (true) {
                                val now = withFrameNanos { it }
                                val flick = globeFlick(from, viewport, speed.x.toDouble(), speed.y.toDouble(), (now - began) / SECOND)
                                turning.camera = flick.camera
                                if (flick.ended) break
                            }
                        }
                }
            }
            .drawBehind {
                // The tints are the list's.
                countries.all
                val frame = globe.frame(turning.camera, viewport, card?.code)
                with(picture) { draw(frame, palette, label) }
            }
    )
}

/** How far from a small country a touch may be. */
private val REACH = 24.dp
/** Milliseconds of a flight. */
private const val FLIGHT = 350
private const val SECOND = 1e9

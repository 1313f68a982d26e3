package app.overview.screens

import androidx.compose.ui.InternalComposeUiApi
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.asComposeCanvas
import androidx.compose.ui.input.pointer.PointerEventType
import androidx.compose.ui.input.pointer.PointerType
import androidx.compose.ui.scene.CanvasLayersComposeScene
import androidx.compose.ui.scene.ComposeScene
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.IntSize
import app.overview.bindings.StoryPage
import app.overview.bindings.StoryQuery
import app.overview.desktop.DesktopPlatform
import app.overview.desktop.PhoneFonts
import app.overview.kit.Core
import app.overview.kit.Kit
import app.overview.kit.MemoryPreferences
import app.overview.kit.Surroundings
import app.overview.ui.Navigator
import app.overview.ui.OverviewApp
import app.overview.ui.Place
import app.overview.ui.Tab
import app.overview.ui.theme.Look
import java.io.File
import java.lang.management.ManagementFactory
import java.time.ZoneOffset
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.jetbrains.skia.PictureRecorder
import org.jetbrains.skia.Rect
import org.jetbrains.skia.Surface
import org.junit.jupiter.api.Test

/**
 * What a frame of 1080x2340 costs, drawn off-screen by the processor, and what a start costs. Figures
 * for a person, not asserted: run by tests/screens-bench.sh, not with the suite.
 */
@OptIn(InternalComposeUiApi::class)
class ScreensBench {
    /** Of one country 2,000 stories: those of the sample over and over. */
    private class Many(private val live: Core) : Core by live {
        var listed = 0
            private set

        override suspend fun stories(query: StoryQuery): StoryPage {
            val page = live.stories(query.copy(after = null))
            val at = query.after?.toIntOrNull() ?: 0
            val rows = (0 until PAGE).map { index -> page.rows[index % page.rows.size].let { it.copy(id = "${it.id}-${at + index}") } }
            val next = at + PAGE
            listed = maxOf(listed, next)
            return StoryPage(rows, null, if (next < STORIES) "$next" else null)
        }
    }

    /** What draws a screen: what a frame is to be is recorded, and then drawn by the processor into pixels. */
    private class Screen(val scene: ComposeScene) {
        private val pixels = Surface.makeRasterN32Premul(WIDTH, HEIGHT)
        private var frame = 0L

        fun draw(): Frame {
            val began = System.nanoTime()
            val recorder = PictureRecorder()
            scene.render(recorder.beginRecording(Rect.makeWH(WIDTH.toFloat(), HEIGHT.toFloat())).asComposeCanvas(), frame++ * 16_666_667)
            val picture = recorder.finishRecordingAsPicture()
            val recorded = System.nanoTime()
            pixels.canvas.drawPicture(picture)
            val drawn = System.nanoTime()
            picture.close()
            recorder.close()
            return Frame(recorded - began, drawn - recorded)
        }

        fun close() {
            scene.close()
            pixels.close()
        }
    }

    /** Nanoseconds: composing, laying out and recording, which is the app's; and drawing, which on a phone is the graphics chip's. */
    private class Frame(val work: Long, val pixels: Long)

    private fun report(what: String, frames: List<Frame>) {
        fun row(part: String, nanos: List<Long>) {
            val sorted = nanos.sorted()
            fun at(share: Double) = "%.1f".format(sorted[((sorted.size - 1) * share).toInt()] / 1e6)
            val load = "%.1f".format(ManagementFactory.getOperatingSystemMXBean().systemLoadAverage)
            println("bench $what: $part of ${sorted.size} frames, median ${at(.5)} ms, p99 ${at(.99)} ms, longest ${at(1.0)} ms; load $load")
        }
        row("the work", frames.map { it.work })
        row("the pixels, by the processor,", frames.map { it.pixels })
    }

    private fun screen(places: List<Place>, play: suspend (Screen, Many) -> Unit) {
        // Before the thread of the screens is taken: it is made there.
        val folder = World.copyOfRead()
        runBlocking(main) {
            val opened = World.open(folder, CoroutineScope(SupervisorJob() + main))
            val many = Many(opened.core())
            val kit = Kit(many, Surroundings("en", ZoneOffset.UTC) { World.sample.startedAt }, MemoryPreferences(), CoroutineScope(SupervisorJob() + main))
            val look = Look(fonts = PhoneFonts.fonts)
            val screen = Screen(CanvasLayersComposeScene(Density(2.75f), size = IntSize(WIDTH, HEIGHT), coroutineContext = main))
            screen.scene.setContent { OverviewApp(kit, DesktopPlatform(), look, Navigator(places)) }
            play(screen, many)
            screen.close()
            kit.close()
            opened.lifecycle.shutdown()
        }
        folder.deleteRecursively()
    }

    /** Frames without a finger, in which pictures and models come. */
    private suspend fun still(screen: Screen) = repeat(60) { screen.draw(); delay(10) }

    private suspend fun drag(screen: Screen, times: Int, from: Offset, by: Offset): List<Frame> {
        val frames = mutableListOf<Frame>()
        repeat(times) {
            var at = from
            // A finger: a mouse does not scroll a list by dragging it.
            fun finger(what: PointerEventType) = screen.scene.sendPointerEvent(what, at, type = PointerType.Touch)
            finger(PointerEventType.Press)
            repeat(STEPS) {
                at += by
                finger(PointerEventType.Move)
                frames += screen.draw()
                delay(1)
            }
            finger(PointerEventType.Release)
            frames += screen.draw()
            delay(1)
        }
        return frames
    }

    @Test
    fun `scrolling two thousand stories`() {
        screen(listOf(Place.Root(Tab.GLOBE), Place.Stories("KE"))) { screen, many ->
            still(screen)
            drag(screen, 10, Offset(540f, 2000f), Offset(0f, -90f))
            report("scrolling", drag(screen, 100, Offset(540f, 2000f), Offset(0f, -90f)))
            println("bench scrolling: ${many.listed} stories were listed")
        }
    }

    @Test
    fun `turning the globe`() {
        screen(listOf(Place.Root(Tab.GLOBE))) { screen, _ ->
            still(screen)
            drag(screen, 5, Offset(300f, 600f), Offset(20f, 0f))
            report("turning the globe", drag(screen, 30, Offset(300f, 600f), Offset(20f, 0f)))
        }
    }

    @Test
    fun `starting`() {
        val folder = World.copyOfRead()
        val java = File(System.getProperty("java.home"), "bin/java").path
        val properties = listOf("jna.library.path", "overview.world", "java.awt.headless").map { "-D$it=${System.getProperty(it)}" }
        val classpath = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
        repeat(3) {
            val command = listOf(java) + properties + listOf("-cp", classpath, "app.overview.screens.StartKt", folder.path)
            // Not by the output of this process, which is Maven's.
            val started = ProcessBuilder(command).redirectErrorStream(true).start()
            print(started.inputStream.bufferedReader().readText())
            check(started.waitFor() == 0)
        }
        folder.deleteRecursively()
    }

    private companion object {
        const val PAGE = 50
        const val STORIES = 2_000
        const val STEPS = 20
        const val WIDTH = 1080
        const val HEIGHT = 2340
    }
}

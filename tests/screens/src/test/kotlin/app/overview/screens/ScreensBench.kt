package app.overview.screens

import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.input.pointer.PointerEventType
import androidx.compose.ui.unit.Density
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
import org.junit.jupiter.api.Test

/**
 * What a frame of 1080x2340 costs, drawn off-screen by the processor, and what a start costs. Figures
 * for a person, not asserted: run by tests/screens-bench.sh, not with the suite.
 */
class ScreensBench {
    /** Of one country 2,000 stories: those of the sample over and over. */
    private class Many(private val live: Core) : Core by live {
        override suspend fun stories(query: StoryQuery): StoryPage {
            val page = live.stories(query.copy(after = null))
            val at = query.after?.toIntOrNull() ?: 0
            val rows = (0 until PAGE).map { index -> page.rows[index % page.rows.size].let { it.copy(id = "${it.id}-${at + index}") } }
            val next = at + PAGE
            return StoryPage(rows, null, if (next < STORIES) "$next" else null)
        }
    }

    private fun report(what: String, nanos: List<Long>) {
        val sorted = nanos.sorted()
        fun at(share: Double) = "%.1f".format(sorted[((sorted.size - 1) * share).toInt()] / 1e6)
        val load = "%.1f".format(ManagementFactory.getOperatingSystemMXBean().systemLoadAverage)
        println("bench $what: ${sorted.size} frames, median ${at(.5)} ms, p99 ${at(.99)} ms, longest ${at(1.0)} ms; load $load")
    }

    private fun scene(places: List<Place>, play: suspend (ImageComposeScene, () -> Long) -> Unit) {
        // Before the thread of the screens is taken: it is made there.
        val folder = World.copyOfRead()
        runBlocking(main) { draw(folder, places, play) }
        folder.deleteRecursively()
    }

    private suspend fun draw(folder: File, places: List<Place>, play: suspend (ImageComposeScene, () -> Long) -> Unit) {
        val opened = World.open(folder, CoroutineScope(SupervisorJob() + main))
        val kit = Kit(Many(opened.core()), Surroundings("en", ZoneOffset.UTC) { World.sample.startedAt }, MemoryPreferences(), CoroutineScope(SupervisorJob() + main))
        val look = Look(fonts = PhoneFonts.fonts)
        val scene = ImageComposeScene(1080, 2340, Density(2.75f), coroutineContext = main) { OverviewApp(kit, DesktopPlatform(), look, Navigator(places)) }
        var frame = 0L
        play(scene) {
            val began = System.nanoTime()
            scene.render(frame++ * 16_666_667)
            System.nanoTime() - began
        }
        scene.close()
        kit.close()
        opened.lifecycle.shutdown()
    }

    /** Frames without a finger, in which pictures and models come. */
    private suspend fun still(render: () -> Long) = repeat(60) { render(); delay(10) }

    private suspend fun drag(scene: ImageComposeScene, render: () -> Long, times: Int, from: Offset, by: Offset): List<Long> {
        val nanos = mutableListOf<Long>()
        repeat(times) {
            var at = from
            scene.sendPointerEvent(PointerEventType.Press, at)
            repeat(STEPS) {
                at += by
                scene.sendPointerEvent(PointerEventType.Move, at)
                nanos += render()
                delay(1)
            }
            scene.sendPointerEvent(PointerEventType.Release, at)
            nanos += render()
            delay(1)
        }
        return nanos
    }

    @Test
    fun `scrolling two thousand stories`() {
        scene(listOf(Place.Root(Tab.GLOBE), Place.Stories("KE"))) { scene, render ->
            still(render)
            drag(scene, render, 10, Offset(540f, 2000f), Offset(0f, -70f))
            report("scrolling", drag(scene, render, 80, Offset(540f, 2000f), Offset(0f, -70f)))
        }
    }

    @Test
    fun `turning the globe`() {
        scene(listOf(Place.Root(Tab.GLOBE))) { scene, render ->
            still(render)
            drag(scene, render, 5, Offset(300f, 600f), Offset(20f, 0f))
            report("turning the globe", drag(scene, render, 30, Offset(300f, 600f), Offset(20f, 0f)))
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
    }
}

package app.overview.screens

import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.unit.Density
import app.overview.desktop.DesktopPlatform
import app.overview.desktop.PhoneFonts
import app.overview.ui.Navigator
import app.overview.ui.OverviewApp
import app.overview.ui.Place
import app.overview.ui.Tab
import app.overview.ui.theme.Look
import java.io.File
import java.lang.management.ManagementFactory
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking

/** From the start of a process to the first stories on the screen, by phase: `Start FOLDER`, run by [ScreensBench]. */
fun main(arguments: Array<String>) {
    var last = ManagementFactory.getRuntimeMXBean().startTime
    fun phase(name: String) {
        val now = System.currentTimeMillis()
        println("bench start: $name ${now - last} ms")
        last = now
    }
    phase("the machine of Java")
    runBlocking(main) {
        val kit = World.open(File(arguments[0]), CoroutineScope(SupervisorJob() + main))
        phase("the library is loaded and the store open")
        val countries = kit.core().countries()
        phase("the core lists ${countries.size} countries")
        val stories = kit.stories("KE")
        stories.load()
        phase("the core lists ${stories.state.value.stories.size} stories")
        val navigator = Navigator(listOf(Place.Root(Tab.GLOBE), Place.Stories("KE")))
        val look = Look(isMotionReduced = true, fonts = PhoneFonts.fonts)
        phase("fonts")
        val scene =
            ImageComposeScene(1080, 2340, Density(2.75f), coroutineContext = main) {
                OverviewApp(kit, DesktopPlatform(), look, navigator)
            }
        scene.render(0)
        phase("the first frame")
        var frame = 1L
        // Nothing is under way any more: what was asked for is drawn.
        var still = 0
        while (still < 2) {
            delay(1)
            still = if (World.underWay.get() == 0) still + 1 else 0
            scene.render(frame++ * 16_000_000)
        }
        phase("the first stories are on the screen")
        scene.close()
        kit.lifecycle.shutdown()
    }
    System.exit(0)
}

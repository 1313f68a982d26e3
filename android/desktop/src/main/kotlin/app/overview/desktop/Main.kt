package app.overview.desktop

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.input.key.Key
import androidx.compose.ui.input.key.KeyEventType
import androidx.compose.ui.input.key.key
import androidx.compose.ui.input.key.type
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Window
import androidx.compose.ui.window.application
import androidx.compose.ui.window.rememberWindowState
import app.overview.bindings.OpenOptions
import app.overview.kit.Kit
import app.overview.ui.Navigator
import app.overview.ui.OverviewApp
import app.overview.ui.theme.Look
import java.io.File
import java.util.Locale
import kotlinx.coroutines.runBlocking

/**
 * The phone's screens in a window: `Main DATA_DIR [WORLD]`. With the folder of a world it reads the
 * invented publishers of that, otherwise those of the catalogue.
 */
fun main(arguments: Array<String>) {
    val dataDir = File(arguments.firstOrNull() ?: error("usage: DATA_DIR [WORLD]"))
    val world = arguments.getOrNull(1)?.let { SampleWorld(File(it)) }
    dataDir.mkdirs()
    val options = world?.options(dataDir) ?: OpenOptions(dataDir = dataDir)
    val look = Look(isMotionReduced = false, fonts = PhoneFonts.fonts)
    application {
        val scope = rememberCoroutineScope()
        val navigator = remember { Navigator() }
        var kit by remember { mutableStateOf<Kit?>(null) }
        LaunchedEffect(Unit) {
            kit =
                Kit.open(options, scope).also { opened ->
                    opened.lifecycle.foreground()
                }
        }
        Window(
            onCloseRequest = {
                kit?.let { runBlocking { it.lifecycle.shutdown() } }
                exitApplication()
            },
            state = rememberWindowState(size = DpSize(390.dp, 844.dp)),
            title = "Overview",
            onKeyEvent = {
                val isBack = it.key == Key.Escape && it.type == KeyEventType.KeyDown
                if (isBack) navigator.back()
                isBack
            },
        ) {
            kit?.let { OverviewApp(it, DesktopPlatform(), look.copy(isDark = isSystemInDarkTheme()), navigator) }
        }
    }
}

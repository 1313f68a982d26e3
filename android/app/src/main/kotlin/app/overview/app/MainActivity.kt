package app.overview.app

import android.content.Context
import android.content.Intent
import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.compose.foundation.background
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.produceState
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.colorResource
import app.overview.R
import app.overview.kit.Kit
import app.overview.kit.Link
import app.overview.kit.Links
import app.overview.kit.opening
import app.overview.ui.OverviewApp
import app.overview.ui.rememberNavigator
import kotlinx.coroutines.launch

/** The one screen of the system that all of ours are drawn on. */
class MainActivity : ComponentActivity() {
    private val app get() = application as App
    /** What another app asked for and has not been opened yet. */
    private var asked: Link? by mutableStateOf(null)

    override fun onCreate(savedInstanceState: Bundle?) {
        enableEdgeToEdge()
        super.onCreate(savedInstanceState)
        // Made anew after the process ended, it stands where it stood and not where it was sent first.
        if (savedInstanceState == null) asked = linkOf(intent)
        setContent {
            val kit by produceState<Kit?>(null) { value = app.kit.await() }
            Box(Modifier.fillMaxSize().background(colorResource(R.color.page)).safeDrawingPadding()) {
                kit?.let { Screens(it) }
            }
        }
    }

    @androidx.compose.runtime.Composable
    private fun Screens(kit: Kit) {
        val navigator = rememberNavigator()
        val platform = remember { AndroidPlatform(this, Documents(this, activityResultRegistry)) }
        BackHandler(navigator.canGoBack, navigator::back)
        LaunchedEffect(asked) {
            val link = asked ?: return@LaunchedEffect
            kit.opening(link)?.let { navigator.open(it) }
            asked = null
        }
        OverviewApp(kit, platform, lookOf(this, isSystemInDarkTheme()), navigator)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        asked = linkOf(intent)
    }

    override fun onStart() {
        super.onStart()
        app.isOnScreen = true
        app.scope.launch { app.kit.await().lifecycle.foreground() }
    }

    override fun onStop() {
        super.onStop()
        if (isChangingConfigurations) return
        app.isOnScreen = false
        app.scope.launch {
            val kit = app.kit.await()
            // What was set meanwhile decides when it runs.
            Jobs.plan(app, kit.background.plans())
            if (!app.isOnScreen) kit.lifecycle.suspend()
        }
    }
}

private fun Context.linkOf(intent: Intent): Link? {
    // The host that the manifest names: an intent that names us can carry any other.
    val links = Links(getString(R.string.link_host))
    return when (intent.action) {
        Intent.ACTION_VIEW -> intent.dataString?.let(links::of)
        Intent.ACTION_SEND -> intent.getStringExtra(Intent.EXTRA_TEXT)?.let(links::inText)
        else -> null
    }
}

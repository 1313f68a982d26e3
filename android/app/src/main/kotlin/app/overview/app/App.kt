package app.overview.app

import android.app.Application
import android.content.ComponentCallbacks2
import android.content.res.Configuration
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import app.overview.bindings.OpenOptions
import app.overview.kit.Kit
import app.overview.kit.Surroundings
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.async
import kotlinx.coroutines.launch

/** The process: one open store, whether a screen or a job asked for it first. */
open class App : Application() {
    val scope: CoroutineScope = MainScope()
    open val kit: Deferred<Kit> by lazy(::open)

    /** Whether a screen is shown: a job must not close the store under it. */
    var isOnScreen = false

    protected fun open(): Deferred<Kit> = scope.async { openKit().also(::follow) }

    protected open suspend fun openKit(): Kit =
        Kit.open(OpenOptions(dataDir = filesDir.resolve("overview").apply { mkdirs() }), scope, surroundings = surroundings())

    protected open fun surroundings() = Surroundings(language = resources.configuration.locales[0].toLanguageTag())

    private fun follow(kit: Kit) {
        Jobs.plan(this, kit.background.plans())
        getSystemService(ConnectivityManager::class.java)?.registerDefaultNetworkCallback(
            object : ConnectivityManager.NetworkCallback() {
                override fun onCapabilitiesChanged(network: Network, capabilities: NetworkCapabilities) {
                    val isMetered = !capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED)
                    scope.launch { kit.lifecycle.network(isMetered) }
                }
            }
        )
    }

    override fun onConfigurationChanged(newConfig: Configuration) {
        super.onConfigurationChanged(newConfig)
        opened()?.lifecycle?.surround(surroundings())
    }

    override fun onTrimMemory(level: Int) {
        super.onTrimMemory(level)
        @Suppress("DEPRECATION") // Still told to apps of before Android 14.
        if (level >= ComponentCallbacks2.TRIM_MEMORY_RUNNING_LOW) opened()?.lifecycle?.memoryWarning()
    }

    @OptIn(ExperimentalCoroutinesApi::class)
    private fun opened(): Kit? = if (kit.isCompleted && kit.getCompletionExceptionOrNull() == null) kit.getCompleted() else null
}

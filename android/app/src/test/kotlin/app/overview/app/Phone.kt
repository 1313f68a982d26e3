package app.overview.app

import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Canvas
import android.os.Bundle
import android.os.SystemClock
import android.view.MotionEvent
import android.view.View
import android.view.ViewGroup
import android.view.inspector.WindowInspector
import android.window.BackEvent
import android.window.OnBackAnimationCallback
import android.window.OnBackInvokedCallback
import android.window.WindowOnBackInvokedDispatcher
import androidx.compose.ui.node.RootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.text.TextLayoutResult
import app.overview.kit.Kit
import java.io.File
import java.time.Duration
import kotlinx.coroutines.runBlocking
import org.junit.Assert.fail
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowChoreographer
import org.robolectric.shadows.ShadowLooper

/** A phone with the app on it, seen and touched: what the Compose test library would be, which is not to be had here. */
internal class Phone {
    val app get() = RuntimeEnvironment.getApplication() as SampleApp
    lateinit var controller: ActivityController<MainActivity>
        private set
    val activity: MainActivity get() = controller.get()
    val kit: Kit get() = await { app.kit.await() }

    fun start(intent: Intent = Intent(Intent.ACTION_MAIN), saved: Bundle? = null) = apply {
        // An endless animation would never let the first frame be the last.
        // Robolectric's reading of a manifest is older than the attribute.
        app.applicationInfo.setEnableOnBackInvokedCallback(true)
        ShadowChoreographer.setPaused(true)
        ShadowChoreographer.setFrameDelay(FRAME)
        controller = Robolectric.buildActivity(MainActivity::class.java, intent)
        if (saved == null) controller.setup() else controller.setup(saved)
        step()
    }

    /** Sixteen milliseconds of the phone's time, and a breath for the library's own threads. */
    fun step() = repeat(4) { ShadowLooper.shadowMainLooper().idleFor(FRAME) }

    fun waitUntil(what: String, isSo: () -> Boolean) {
        val end = System.nanoTime() + PATIENCE.toNanos()
        while (!isSo()) {
            if (System.nanoTime() > end) fail("$what; on the screen: ${said()}")
            step()
            Thread.yield()
        }
    }

    /** What a call of the library gives, while the main thread goes on. */
    fun <T> await(call: suspend () -> T): T {
        val answer = java.util.concurrent.CompletableFuture<T>()
        Thread { runCatching { runBlocking { call() } }.fold(answer::complete, answer::completeExceptionally) }.start()
        val end = System.nanoTime() + PATIENCE.toNanos()
        while (!answer.isDone && System.nanoTime() < end) step()
        return answer.getNow(null)
    }

    fun end() {
        if (::controller.isInitialized) close()
        await { app.overview.use { it.shutdown() } }
    }

    /** So that a pack is seven articles. */
    fun followOnlyKenya() = await {
        app.kit.await()
        for (code in World.COUNTRIES - "KE") app.overview.followCountry(code, false)
    }

    /** What is only in memory is gone; the files stay. */
    fun endProcess() {
        await { app.overview.use { it.shutdown() } }
        app.begin()
    }

    fun close() {
        runCatching { controller.pause().stop() }
        runCatching { controller.destroy() }
        step()
    }

    private fun roots() = WindowInspector.getGlobalWindowViews().flatMap(::rootsIn)

    private fun rootsIn(view: View): List<RootForTest> =
        listOfNotNull(view as? RootForTest) +
            if (view is ViewGroup) (0 until view.childCount).flatMap { rootsIn(view.getChildAt(it)) } else emptyList()

    fun nodes(): List<SemanticsNode> {
        fun all(node: SemanticsNode): List<SemanticsNode> = listOf(node) + node.children.flatMap(::all)
        // Robolectric draws nothing by itself, and so lays out nothing that changed since the first frame.
        return roots().onEach { it.measureAndLayoutForTest() }.flatMap { all(it.semanticsOwner.rootSemanticsNode) }
    }

    private fun said(node: SemanticsNode): String =
        with(node.config) {
            (getOrNull(SemanticsProperties.ContentDescription).orEmpty() + getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }).joinToString(" ")
        }

    fun said(): List<String> = nodes().map(::said).filter { it.isNotEmpty() }

    fun sees(text: String) = said().any { text in it }

    fun see(text: String): SemanticsNode {
        waitUntil("“$text” is not seen") { sees(text) }
        return nodes().first { text in said(it) }
    }

    fun seeNot(text: String) = waitUntil("“$text” is still seen") { !sees(text) }

    /** Scrolls down until a text is seen, as a person would. */
    fun scrollTo(text: String) =
        waitUntil("“$text” is not found by scrolling") {
            sees(text) || false.also { scroll() }
        }

    private fun scroll() {
        val list = nodes().lastOrNull { (it.config.getOrNull(SemanticsProperties.VerticalScrollAxisRange)?.maxValue?.invoke() ?: 0f) > 0f }
        list?.config?.getOrNull(SemanticsActions.ScrollBy)?.action?.invoke(0f, SCROLL)
        step()
    }

    /** How every text that is seen was set. */
    fun texts(): List<TextLayoutResult> =
        nodes().mapNotNull { node ->
            val layouts = mutableListOf<TextLayoutResult>()
            node.config.getOrNull(SemanticsActions.GetTextLayoutResult)?.action?.invoke(layouts)
            layouts.firstOrNull()
        }

    /** What can be touched and is wholly or in part outside of the screen's sides. */
    fun outside(): List<String> =
        nodes().filter { it.config.getOrNull(SemanticsActions.OnClick) != null }
            .filter { it.boundsInRoot.left < 0 || it.boundsInRoot.right > activity.window.decorView.width }
            .map(::said)

    /** By the action that a screen reader takes. */
    fun press(text: String) {
        see(text)
        val pressable = { nodes().firstOrNull { text in said(it) && it.config.getOrNull(SemanticsActions.OnClick) != null } }
        waitUntil("“$text” cannot be pressed") { pressable() != null }
        pressable()!!.config[SemanticsActions.OnClick].action!!.invoke()
        step()
    }

    /** By a finger. */
    fun touch(text: String) {
        val at = see(text).boundsInWindow.center
        val down = SystemClock.uptimeMillis()
        for (action in listOf(MotionEvent.ACTION_DOWN, MotionEvent.ACTION_UP)) {
            activity.dispatchTouchEvent(MotionEvent.obtain(down, SystemClock.uptimeMillis(), action, at.x, at.y, 0))
            step()
        }
    }

    /** The system's own back, which asks what is on top: a sheet before the screen under it. */
    fun back() {
        backCallback().onBackInvoked()
        step()
    }

    /** A gesture from the edge that is begun and let go of. */
    fun halfBack() {
        val back = backCallback() as OnBackAnimationCallback
        back.onBackStarted(BackEvent(0f, 900f, 0f, BackEvent.EDGE_LEFT))
        step()
        back.onBackProgressed(BackEvent(200f, 900f, .5f, BackEvent.EDGE_LEFT))
        step()
        back.onBackCancelled()
        step()
    }

    /** Whether the system would leave the app. */
    fun backLeaves() = !activity.onBackPressedDispatcher.hasEnabledCallbacks()

    private fun backCallback(): OnBackInvokedCallback {
        val window = WindowInspector.getGlobalWindowViews().last()
        return (window.findOnBackInvokedDispatcher() as WindowOnBackInvokedDispatcher).topCallback
    }

    /** Draws what is on the screen, to be looked at. */
    fun draw(name: String): Bitmap {
        repeat(20) { step() }
        val decor = activity.window.decorView
        val bitmap = Bitmap.createBitmap(decor.width, decor.height, Bitmap.Config.ARGB_8888)
        WindowInspector.getGlobalWindowViews().forEach { it.draw(Canvas(bitmap)) }
        val file = File(System.getProperty("overview.pictures"), "$name.png")
        file.parentFile!!.mkdirs()
        file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
        return bitmap
    }

    private companion object {
        /** Pixels: less than a screen, so that nothing is passed by. */
        const val SCROLL = 600f
        val FRAME: Duration = Duration.ofMillis(16)
        val PATIENCE: Duration = Duration.ofSeconds(40)
    }
}

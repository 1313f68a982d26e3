package app.overview.screens

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.graphics.asSkiaBitmap
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.InternalTestApi
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToIndexAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToIndex
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipeUp
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.performClick
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.LayoutDirection
import app.overview.bindings.Overview
import app.overview.desktop.DesktopPlatform
import app.overview.desktop.PhoneFonts
import app.overview.desktop.SampleWorld
import app.overview.kit.Core
import app.overview.kit.FileKind
import app.overview.kit.Kit
import app.overview.kit.LiveCore
import app.overview.kit.MemoryPreferences
import app.overview.kit.PictureFile
import app.overview.kit.Surroundings
import app.overview.ui.Navigator
import app.overview.ui.OverviewApp
import app.overview.ui.Place
import app.overview.ui.Platform
import app.overview.ui.Tab
import app.overview.ui.theme.Look
import java.io.File
import java.io.RandomAccessFile
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Proxy
import java.net.URI
import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import java.time.ZoneOffset
import javax.swing.SwingUtilities
import kotlin.coroutines.Continuation
import kotlin.io.path.createTempDirectory
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.jetbrains.skia.Bitmap
import org.jetbrains.skia.Image

/** The thread of the screens, as the main one of an app. */
internal val main = { task: Runnable -> SwingUtilities.invokeLater(task) }.let { java.util.concurrent.Executor(it) }.asCoroutineDispatcher()

/** The world that `tests/suites.sh` started, and a store that has read it, made once. */
internal object World {
    private val folder = File(System.getProperty("overview.world"))
    val sample = SampleWorld(folder)
    /** Calls of the library that have not answered. */
    val underWay = AtomicInteger()
    val followed = listOf("KE", "DE", "EG", "JP", "BR")

    /** A folder of its own for one store, where the next run clears it away. */
    fun newFolder(): File = createTempDirectory(folder.toPath(), "screens").toFile()

    val read: File by lazy {
        newFolder().also { folder ->
            runBlocking(main) {
                val kit = open(folder, CoroutineScope(SupervisorJob() + main))
                for (code in followed) kit.core().followCountry(code, true)
                kit.syncing.sync(kit.core().countries().map { it.country })
                kit.lifecycle.shutdown()
            }
        }
    }

    fun copyOfRead(): File = newFolder().also { read.copyRecursively(it, overwrite = true) }

    /** The first page is lost: nothing says any more where the tables are. */
    fun damaged(): File =
        copyOfRead().also { folder ->
            RandomAccessFile(folder.resolve("overview.db"), "rw").use { it.write(ByteArray(4_096)) }
        }

    suspend fun open(folder: File, scope: CoroutineScope, hasNetwork: Boolean = true): Kit {
        val overview = Overview.open(sample.options(folder, hasNetwork))
        overview.setPlatformTranslator(sample.translator())
        val core = LiveCore(overview)
        val surroundings = Surroundings("en", ZoneOffset.UTC) { sample.startedAt }
        return Kit(onMain(core), surroundings, MemoryPreferences(), scope)
    }

    /** What the library answers arrives on the one thread, whatever dispatcher a test library has. */
    private fun onMain(core: Core): Core =
        Proxy.newProxyInstance(Core::class.java.classLoader, arrayOf(Core::class.java)) { _, method, given ->
            val arguments: Array<Any?> = if (given == null) emptyArray() else arrayOf(*given)
            val last = arguments.lastOrNull()
            if (last is Continuation<*>) {
                @Suppress("UNCHECKED_CAST") val caller = last as Continuation<Any?>
                underWay.incrementAndGet()
                arguments[arguments.size - 1] =
                    object : Continuation<Any?> {
                        override val context = caller.context
                        override fun resumeWith(result: Result<Any?>) =
                            SwingUtilities.invokeLater {
                                caller.resumeWith(result)
                                underWay.decrementAndGet()
                            }
                    }
            }
            try {
                method.invoke(core, *arguments).also {
                    // It did not need to wait.
                    if (last is Continuation<*> && it !== COROUTINE_SUSPENDED) underWay.decrementAndGet()
                }
            } catch (thrown: InvocationTargetException) {
                val continuation = arguments.lastOrNull() as? Continuation<*> ?: throw thrown.targetException
                continuation.resumeWith(Result.failure(thrown.targetException))
                COROUTINE_SUSPENDED
            }
        } as Core
}

/** The library behind a kit, for what a suite prepares. */
internal fun Kit.core(): Core = Kit::class.java.declaredFields.first { Core::class.java.isAssignableFrom(it.type) }.let {
    it.isAccessible = true
    it.get(this) as Core
}

/**
 * A device: its size in points, and what a person set on it. A pixel is a point, which is four times as
 * fast to draw as what phones have; pictures are finer.
 */
internal data class Device(
    val width: Int = 390,
    val height: Int = 844,
    val density: Float = 1f,
    val fontScale: Float = 1f,
    val isDark: Boolean = false,
    val hasMoreContrast: Boolean = false,
    val isRightToLeft: Boolean = false,
    val hasNetwork: Boolean = true,
    val isMotionReduced: Boolean = true,
)

/** The app on a device, seen and touched. */
@OptIn(ExperimentalTestApi::class)
internal class Stage(val test: SkikoComposeUiTest, val kit: Kit, val navigator: Navigator) {
    val shared = mutableListOf<URI>()
    /** Where the person's own files are, one of each kind. */
    val files = World.newFolder()
    val isTextLarge = test.density.fontScale >= 2f

    fun go(place: Place) = act { navigator.open(place) }

    fun tab(tab: Tab) = act { navigator.select(tab) }

    fun act(what: () -> Unit) = test.runOnIdle(what)

    /** Until it is on the screen, further down if it must be; fails after twenty seconds. */
    fun see(text: String): SemanticsNodeInteraction {
        fun isSeen() = test.onAllNodes(says(text)).fetchSemanticsNodes().isNotEmpty()
        var looks = 0
        waitUntil("“$text” is seen") {
            // What is below is not there before it is scrolled to.
            if (!isSeen() && World.underWay.get() == 0 && ++looks % LOOKS == 0) down(1)
            isSeen()
        }
        return test.onAllNodes(says(text)).onFirst()
    }

    fun seeNot(text: String) = waitUntil("“$text” is gone") { test.onAllNodes(says(text)).fetchSemanticsNodes().isEmpty() }

    /** Until it is there, without scrolling: for what comes by itself above what is seen. */
    fun await(text: String) = waitUntil("“$text” is there") { test.onAllNodes(says(text)).fetchSemanticsNodes().isNotEmpty() }

    /** Brings an item of the first list to its top. */
    fun item(index: Int) {
        test.onAllNodes(hasScrollToIndexAction()).onFirst().performScrollToIndex(index)
        test.waitForIdle()
    }

    /** Presses what says just this. */
    fun pressJust(text: String) {
        test.onAllNodes(hasText(text)).onFirst().performScrollTo().performClick()
        test.waitForIdle()
    }

    fun press(text: String) {
        see(text).performClick()
        test.waitForIdle()
    }

    /** Into the first field there is, after what stands there. */
    fun type(text: String) {
        waitUntil("there is a field") { test.onAllNodes(hasSetTextAction()).fetchSemanticsNodes().isNotEmpty() }
        test.onAllNodes(hasSetTextAction()).onFirst().performTextInput(text)
        test.waitForIdle()
    }

    fun waitUntil(what: String, isSo: () -> Boolean) = test.waitUntil(what, PATIENCE, isSo)

    /** So many fingers' lengths further. */
    fun down(times: Int) =
        repeat(times) {
            val lists = test.onAllNodes(hasScrollToIndexAction())
            if (lists.fetchSemanticsNodes().isNotEmpty()) lists.onFirst().performTouchInput { swipeUp(bottom - 8f, centerY, durationMillis = 200) }
            test.waitForIdle()
        }

    /** Until pictures and what else comes by itself stands still. */
    fun settle() {
        var (last, same) = 0 to 0
        waitUntil("the screen stands still") {
            test.waitForIdle()
            if (World.underWay.get() > 0) return@waitUntil false
            val now = pixels()
            same = if (now == last) same + 1 else 0
            last = now
            same >= STILL
        }
    }

    private fun bitmap(): Bitmap {
        test.waitForIdle()
        return test.onAllNodes(isRoot())[0].captureToImage().asSkiaBitmap()
    }

    /** What is seen, to be compared with what is seen later. */
    fun pixels(): Int = bitmap().readPixels().contentHashCode()

    fun picture(): Image = Image.makeFromBitmap(bitmap())

    private companion object {
        /** Pictures of a screen that are the same one after the other. */
        const val STILL = 4
        /** Milliseconds; only what fails takes so long. */
        const val PATIENCE = 120_000L
        /** Looks in vain before it is scrolled. */
        const val LOOKS = 20
    }

    private fun says(text: String) = hasText(text, substring = true) or hasContentDescription(text, substring = true)
}

/** Opens the app on a store that has read the world, or on [folder]. */
@OptIn(ExperimentalTestApi::class, InternalTestApi::class)
internal fun onStage(device: Device = Device(), folder: File = World.copyOfRead(), script: Stage.() -> Unit) {
    val scope = CoroutineScope(SupervisorJob() + main)
    val kit = runBlocking(main) { World.open(folder, scope, device.hasNetwork) }
    val navigator = Navigator()
    val (width, height) = (device.width * device.density).toInt() to (device.height * device.density).toInt()
    val test = SkikoComposeUiTest(width, height, density = Density(device.density, device.fontScale))
    try {
        test.runTest {
            val stage = Stage(this, kit, navigator)
            val platform =
                object : Platform by DesktopPlatform() {
                    override fun share(title: String, url: URI) {
                        stage.shared += url
                    }

                    override suspend fun pick(kind: FileKind, take: suspend (File) -> Unit) {
                        stage.files.resolve(kind.name).takeIf { it.exists() }?.let { take(it) }
                    }

                    override suspend fun keep(name: String, kind: FileKind, make: suspend (File) -> Boolean) =
                        make(stage.files.resolve(kind.name))
                }
            val look = Look(device.isDark, device.hasMoreContrast, device.isMotionReduced, fonts = PhoneFonts.fonts)
            setContent {
                val direction = if (device.isRightToLeft) LayoutDirection.Rtl else LayoutDirection.Ltr
                CompositionLocalProvider(LocalLayoutDirection provides direction) {
                    OverviewApp(kit, platform, look, navigator)
                }
            }
            stage.script()
        }
    } finally {
        runBlocking(main) { kit.lifecycle.shutdown() }
        folder.deleteRecursively()
    }
}

package app.overview.app

import android.app.Activity
import android.app.Application
import android.app.NotificationManager
import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.content.Intent
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import android.net.Uri
import android.os.Bundle
import android.os.Parcel
import android.view.View
import app.overview.bindings.Scope
import app.overview.bindings.StoryOrder
import app.overview.bindings.StoryQuery
import app.overview.bindings.StoryScope
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.time.Duration
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowNetwork
import org.robolectric.shadows.ShadowNetworkCapabilities
import org.robolectric.util.ReflectionHelpers

/** The app on a phone, on the real library and the sample world. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class, sdk = [35], qualifiers = PHONE)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class AppTest {
    private val phone = Phone()

    @After fun end() = phone.end()

    private fun view(address: String) = Intent(Intent.ACTION_VIEW, Uri.parse(address))

    private fun Phone.openArticle() {
        scrollTo("Kenya, ")
        press("Kenya, ")
        see("unread of 7 stories")
        press("2 takes")
        see("Compare")
    }

    @Test fun `starts, opens a country, reads, compares, and comes back`() {
        phone.start()
        phone.see("Countries you follow")
        phone.draw("globe")
        phone.openArticle()
        phone.draw("article")
        phone.press("Compare")
        phone.see("One event")
        phone.draw("takes")
        phone.back()
        phone.seeNot("One event")
        phone.back()
        phone.see("6 unread of 7 stories")
        phone.draw("stories")
        phone.back()
        phone.see("Countries you follow")
        assertTrue("from the globe back leaves the app", phone.backLeaves())
    }

    @Test fun `a back gesture that is let go of changes nothing`() {
        phone.start()
        phone.openArticle()
        phone.halfBack()
        phone.see("Compare")
        phone.back()
        phone.see("6 unread of 7 stories")
    }

    @Test fun `a finger opens what it touches`() {
        phone.start()
        phone.touch("Offline")
        phone.see("ready without")
    }

    @Test fun `goes offline and reads what was fetched`() {
        phone.start()
        phone.press("Offline")
        phone.followOnlyKenya()
        phone.see("0 stories ready")
        phone.press("Fetch now")
        phone.seeNot("0 stories ready")
        phone.kit.settings().use { it.setOffline(true) }
        phone.press("Globe")
        phone.openArticle()
        assertTrue(phone.app.overview.isOffline())
        // All that is kept on a device: PackagingTest says what of it is backed up.
        val kept = phone.app.folder.list()!!.toSet()
        assertEquals(emptySet<String>(), kept - BACKED_UP - LEFT_OUT)
        assertTrue(kept.containsAll(listOf("overview.db", "choices.properties", "pictures")))
    }

    @Test fun `a link to a story opens its article`() {
        phone.start()
        phone.see("Countries you follow")
        val scope = StoryScope(articles = Scope(countries = listOf("KE")), hasTakes = true)
        val story = phone.await { phone.app.overview.stories(StoryQuery(scope, StoryOrder.TIME, 1u)).rows.first().id }
        phone.close()
        phone.start(view("https://overview.example/s/$story/"))
        phone.see("Kenya")
        phone.see("Compare")
        phone.back()
        phone.see("Countries you follow")
    }

    @Test fun `an address of ours that comes while the app is open`() {
        phone.start()
        phone.see("Countries you follow")
        phone.controller.newIntent(view("overview://country/DE"))
        phone.see("unread of")
        phone.see("Germany")
    }

    @Test fun `an address that names nothing opens the app`() {
        phone.start(view("overview://story/nothing"))
        phone.see("Countries you follow")
    }

    @Test fun `the story of another host is not ours to open`() {
        phone.start()
        phone.see("Countries you follow")
        val story = phone.await { phone.app.overview.stories(StoryQuery(StoryScope(Scope(countries = listOf("KE"))), StoryOrder.TIME, 1u)).rows.first().id }
        phone.controller.newIntent(view("https://overview.example.evil.example/s/$story/"))
        repeat(20) { phone.step() }
        phone.see("Countries you follow")
        phone.controller.newIntent(view("https://overview.example/s/$story/"))
        phone.seeNot("Countries you follow")
    }

    @Test fun `a shared page opens the news of its publisher's country`() {
        phone.start()
        val home = phone.await { phone.app.overview.publishers(listOf("EG")).first().home }
        phone.close()
        val text = "A headline: $home/2026/some-page."
        phone.start(Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text))
        phone.see("Egypt")
        phone.see("unread of")
    }

    @Test fun `an article is shared by its address`() {
        phone.start()
        phone.openArticle()
        phone.press("Share")
        val chooser = shadowOf(phone.app as Application).nextStartedActivity
        assertEquals(Intent.ACTION_CHOOSER, chooser.action)
        @Suppress("DEPRECATION") val sent = chooser.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)!!
        assertEquals("text/plain", sent.type)
        assertTrue(sent.getStringExtra(Intent.EXTRA_TEXT)!!.startsWith("http"))
    }

    @Test fun `the jobs are planned by what was set`() {
        phone.start()
        phone.see("Countries you follow")
        val scheduler = phone.app.getSystemService(JobScheduler::class.java)!!
        fun job(id: Int): JobInfo? = scheduler.getPendingJob(id)
        phone.waitUntil("jobs are planned") { job(1) != null && job(2) != null }
        @Suppress("DEPRECATION") fun network() = job(1)!!.networkType
        assertEquals(3 * 3_600_000L, job(1)!!.intervalMillis)
        assertEquals(JobInfo.NETWORK_TYPE_UNMETERED, network())
        assertTrue(job(1)!!.isRequireBatteryNotLow)
        assertTrue(job(1)!!.isPersisted)
        assertFalse(job(1)!!.isRequireCharging)
        assertTrue(job(2)!!.isRequireCharging)
        val first = job(1)
        Jobs.plan(phone.app, phone.kit.background.plans())
        assertTrue("not scheduled anew", first === job(1))
        phone.kit.settings().use { it.setWifiOnly(false) }
        Jobs.plan(phone.app, phone.kit.background.plans())
        assertEquals(JobInfo.NETWORK_TYPE_ANY, network())
        phone.kit.settings().use { it.setOffline(true) }
        Jobs.plan(phone.app, phone.kit.background.plans())
        assertNull(job(1))
    }

    private fun runJob(id: Int): Boolean {
        val service = Robolectric.setupService(BackgroundService::class.java)
        val parameters = parametersOf(id)
        assertTrue(service.onStartJob(parameters))
        val shadow = shadowOf(service)
        phone.waitUntil("job $id ends") { shadow.isJobFinished }
        return shadow.isRescheduleNeeded
    }

    @Test fun `a job fetches the news without a screen, and lets go of the store`() {
        assertFalse(runJob(1))
        phone.waitUntil("only the store is left") { phone.app.folder.list()!!.none { it.endsWith("-wal") } }
        phone.start()
        phone.see("Countries you follow")
    }

    @Test fun `a job that is taken back ends soon`() {
        val service = Robolectric.setupService(BackgroundService::class.java)
        service.onStartJob(parametersOf(1))
        assertTrue(service.onStopJob(parametersOf(1)))
        phone.waitUntil("it ends") { shadowOf(service).isJobFinished }
    }

    @Test fun `the time of a job is the library's`() {
        phone.followOnlyKenya()
        runJob(1)
        assertEquals(listOf<Duration?>(Duration.ofMinutes(9) - Duration.ofSeconds(2)), phone.app.syncs.map { it.deadline })
        runJob(2)
        assertEquals(listOf<Duration?>(Duration.ofMinutes(9) - Duration.ofSeconds(2)), phone.app.packs.map { it.deadline })
        assertTrue(phone.app.packs.single().unmeteredOnly)
    }

    @Test fun `what is fetched stops where bytes begin to cost`() {
        phone.start()
        phone.see("Countries you follow")
        phone.kit.settings().use { it.setPackNotice(true) }
        val manager = phone.app.getSystemService(ConnectivityManager::class.java)!!
        val network = ShadowNetwork.newInstance(1)
        fun tell(capabilities: NetworkCapabilities) = shadowOf(manager).networkCallbacks.forEach { it.onCapabilitiesChanged(network, capabilities) }
        tell(ShadowNetworkCapabilities.newInstance())
        phone.waitUntil("it is metered") { phone.app.overview.isMetered() }
        val before = phone.await { phone.app.overview.storageUse() }.readyArticles
        runJob(2)
        assertEquals(before, phone.await { phone.app.overview.storageUse() }.readyArticles)
        assertEquals(0, notices.size)
        tell(ShadowNetworkCapabilities.newInstance().also { shadowOf(it).addCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED) })
        phone.waitUntil("it is not metered") { !phone.app.overview.isMetered() }
    }

    private val notices get() = shadowOf(phone.app.getSystemService(NotificationManager::class.java)!!).allNotifications

    @Test fun `a pack says nothing unless it was asked to`() {
        phone.followOnlyKenya()
        runJob(2)
        assertEquals(0, notices.size)
    }

    @Test fun `a finished pack is told, and leads to what is ready`() {
        phone.start()
        phone.see("Countries you follow")
        phone.followOnlyKenya()
        phone.kit.settings().use { it.setPackNotice(true) }
        runJob(2)
        val notice = notices.single()
        assertEquals("Ready without a network", shadowOf(notice).contentTitle)
        assertTrue(shadowOf(notice).contentText.toString(), shadowOf(notice).contentText.contains("stories ready"))
        phone.controller.newIntent(shadowOf(notice.contentIntent).savedIntent)
        phone.see("stories ready")
    }

    /** What another app answers to the question that is asked of it. */
    private fun answer(document: Uri) {
        val activity = shadowOf(phone.activity)
        phone.waitUntil("an app is asked") { activity.peekNextStartedActivityForResult() != null }
        activity.receiveResult(activity.nextStartedActivityForResult.intent, Activity.RESULT_OK, Intent().setData(document))
        phone.step()
    }

    @Test fun `everything of a person goes to a document, and comes from one`() {
        phone.start()
        phone.press("Settings")
        phone.press("Moving house")
        val documents = shadowOf(phone.activity.contentResolver)
        val (document, written) = Uri.parse("content://documents.example/1") to ByteArrayOutputStream()
        documents.registerOutputStream(document, written)
        phone.press("Write everything to a file")
        answer(document)
        phone.see("Everything of yours is in the file.")
        // Only said once it is there.
        assertTrue(written.size() > 0)
        documents.registerInputStream(document, ByteArrayInputStream(written.toByteArray()))
        phone.press("Read such a file")
        answer(document)
        phone.see("Everything in the file had been here already.")
        assertFalse("no copy is left", phone.app.cacheDir.resolve("documents").exists())
    }

    /** What the Activity keeps, through the bytes that the system keeps of it. */
    private fun Phone.kept(): Bundle {
        val saved = Bundle()
        controller.saveInstanceState(saved)
        val bytes = Parcel.obtain().run { writeBundle(saved); marshall().also { recycle() } }
        return Parcel.obtain().run {
            unmarshall(bytes, 0, bytes.size)
            setDataPosition(0)
            readBundle(AppTest::class.java.classLoader)!!.also { recycle() }
        }
    }

    @Test fun `stands where it stood when the process ended`() {
        phone.start()
        phone.openArticle()
        val saved = phone.kept()
        phone.close()
        phone.endProcess()
        phone.start(view("overview://country/DE"), saved)
        phone.see("Compare")
        phone.back()
        phone.see("6 unread of 7 stories")
        phone.back()
        phone.see("Countries you follow")
    }

    @Test fun `is made anew when the device is turned, and stands where it stood`() {
        phone.start()
        phone.openArticle()
        val saved = phone.kept()
        phone.close()
        RuntimeEnvironment.setQualifiers("+land")
        phone.start(saved = saved)
        phone.see("Compare")
        phone.draw("article-land")
        assertTrue(phone.activity.resources.configuration.screenWidthDp > phone.activity.resources.configuration.screenHeightDp)
        phone.back()
        phone.see("6 unread of 7 stories")
    }

    @Test fun `leaves the screen and comes back`() {
        phone.start()
        phone.openArticle()
        phone.controller.pause().stop()
        phone.waitUntil("every file is let go of") { phone.app.folder.list()!!.none { it.endsWith("-wal") } }
        phone.controller.restart().start().resume()
        phone.see("Compare")
        phone.back()
        phone.see("6 unread of 7 stories")
    }

    @Test @Config(qualifiers = "+night") fun `dark`() {
        phone.start()
        phone.openArticle()
        val picture = phone.draw("article-dark")
        val pixel = picture.getPixel(2, picture.height / 2)
        assertTrue("dark", android.graphics.Color.luminance(pixel) < .1f)
    }

    @Test fun `type of twice the size`() {
        RuntimeEnvironment.setFontScale(2f)
        phone.start()
        phone.see("Countries you follow")
        phone.draw("globe-large")
        phone.isReadable()
        phone.scrollTo("Kenya, ")
        phone.press("Kenya, ")
        phone.see("unread of 7 stories")
        phone.draw("stories-large")
        phone.isReadable()
        phone.scrollTo("2 takes")
        phone.isReadable()
        phone.press("2 takes")
        phone.scrollTo("Compare")
        phone.draw("article-large")
        phone.isReadable()
        phone.press("Compare")
        phone.see("One event")
        phone.draw("takes-large")
        phone.isReadable()
    }

    /** Every text is twice its size but those of bars and titles, which keep room for what is read; none is cut off, and nothing to be touched is beside the screen. */
    private fun Phone.isReadable() {
        val texts = texts()
        assertTrue("there are texts", texts.isNotEmpty())
        for (text in texts) {
            val said = text.layoutInput.text.text
            val scale = text.layoutInput.density.fontScale
            val isLarge = text.layoutInput.style.fontSize.value >= LARGE
            assertTrue("“$said” is $scale times its size", scale == 2f || scale == TITLE && isLarge || scale == BAR && said in BARS)
            // Not hasVisualOverflow: that takes the room there was for the room there is.
            val lines = 0 until text.lineCount
            val isCut = text.multiParagraph.didExceedMaxLines || text.multiParagraph.height > text.size.height + 1 ||
                lines.any { text.getLineRight(it) - text.getLineLeft(it) > text.size.width + 1 }
            assertFalse("“$said” is cut off", isCut)
            assertFalse("“$said” ends in dots", (0 until text.lineCount).any(text::isLineEllipsized))
        }
        assertEquals(emptyList<String>(), outside())
    }

    @Test @Config(qualifiers = "ar-rEG-ldrtl-$PHONE") fun `from right to left`() {
        phone.start()
        phone.openArticle()
        assertEquals(View.LAYOUT_DIRECTION_RTL, phone.activity.window.decorView.layoutDirection)
        phone.draw("article-rtl")
    }

    @Test @Config(sdk = [34]) fun `on the Android before`() {
        phone.start()
        phone.openArticle()
    }
}

/** As the system would give them; apps cannot make any. */
private fun parametersOf(id: Int): JobParameters =
    Shadow.newInstanceOf(JobParameters::class.java).also { ReflectionHelpers.setField(it, "jobId", id) }

/** Names in bars, and what is large already, grow less: `WithBarText` and `WithTitleText`. */
private const val BAR = 1.3f
private const val TITLE = 1.66f
private const val LARGE = 22f
private val BARS = listOf("Overview", "Kenya", "Globe", "Overlooked", "Offline", "Search", "Alternative takes")

/** Pictures, models of languages, locks and what SQLite makes anew. */
private val LEFT_OUT = setOf("pictures", "models", "sync.lock", "overview.db-shm", "overview.db-lock")

internal const val PHONE = "w411dp-h891dp-420dpi"

package app.overview.screens

import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.TouchInjectionScope
import androidx.compose.ui.test.click
import androidx.compose.ui.test.doubleClick
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipe
import androidx.compose.ui.test.swipeLeft
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import app.overview.ui.Place
import app.overview.ui.Tab
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What a person does, on the real library. */
@OptIn(ExperimentalTestApi::class)
class InteractionTest {
    private fun Stage.globe() =
        see("Countries you follow").let { test.onAllNodes(SemanticsMatcher.keyIsDefined(SemanticsActions.SetProgress)).onFirst() }

    @Test
    fun `a country is picked by its row, a story is opened, and back leads to the same list`() = onStage {
        press("Kenya, ")
        see("7 unread of 7 stories")
        press("First message from Brazil")
        see("Alternative Takes")
        press("Back")
        see("6 unread of 7 stories")
        press("Back")
        see("Countries you follow")
        assertEquals(Place.Root(Tab.GLOBE), navigator.top)
    }

    @Test
    fun `another take stands in the place of the article`() = onStage {
        go(Place.Stories("KE"))
        press("First message from Brazil")
        see("Kenyan Perspective, this article")
        press("Compare")
        see("One event")
        press("Brazil-Kenya data cable")
        see("North American Perspective, this article")
    }

    @Test
    fun `why a label is there opens in place and closes again`() = onStage {
        go(Place.Stories("KE"))
        press("First message from Brazil")
        press("Compare")
        press("Why?")
        see("It does not say that")
        press("Why?")
        seeNot("It does not say that")
    }

    @Test
    fun `a row has its actions, which mark at once`() = onStage {
        go(Place.Stories("KE"))
        val headline = said("Unread. ").removePrefix("Unread. ").substringBefore(".")
        fun action(label: String) {
            val node = see(headline).fetchSemanticsNode()
            val actions = node.config[SemanticsActions.CustomActions]
            act { actions.first { it.label == label }.action() }
        }
        action("Mark read")
        see("6 unread of 7 stories")
        action("Save")
        waitUntil("the row says that it is saved") { "Saved" in said(headline) }
        action("Mark unread")
        see("7 unread of 7 stories")
        action("Hide")
        seeNot(headline)
    }

    private fun Stage.said(row: String) = see(row).fetchSemanticsNode().config[SemanticsProperties.ContentDescription].first()

    @Test
    fun `a row is swiped one way to be read, the other to be saved`() = onStage {
        go(Place.Stories("KE"))
        see("7 unread of 7 stories")
        fun swipe(by: Dp) = see(BRAZIL).performTouchInput { swipe(center, center + Offset(by.toPx(), 0f), durationMillis = 200) }
        swipe(60.dp)
        see("7 unread of 7 stories")
        swipe(110.dp)
        see("6 unread of 7 stories")
        assertTrue("Unread" !in said(BRAZIL), said(BRAZIL))
        swipe((-110).dp)
        waitUntil("the row says that it is saved") { "Saved" in said(BRAZIL) }
    }

    @Test
    fun `a list is narrowed to what is unread, and what is read meanwhile stays`() = onStage {
        go(Place.Stories("KE"))
        see("7 unread of 7 stories")
        press("Unread")
        press("First message from Brazil")
        see("Compare")
        press("Back")
        see("6 unread of 7 stories")
        see("First message from Brazil")
    }

    @Test
    fun `all is marked as read, and taken back`() = onStage {
        go(Place.Stories("KE"))
        see("7 unread of 7 stories")
        press("Mark all read")
        see("0 unread of 7 stories")
        press("Undo")
        see("7 unread of 7 stories")
    }

    @Test
    fun `a country that is read leads on to the next that is followed`() = onStage {
        press("Kenya, ")
        press("Mark all read")
        press("Unread")
        see("You have read Kenya")
        see("turn Unread off to see all 7 stories")
        press("Next: Brazil, ")
        see("unread of")
        assertEquals(Place.Stories("BR"), navigator.top)
        press("Back")
        see("Countries you follow")
    }

    @Test
    fun `a list is narrowed to a perspective`() = onStage {
        go(Place.Stories("KE"))
        press("Perspective")
        press("Opinion")
        press("Close")
        seeNot("First message from Brazil")
    }

    @Test
    fun `what is overlooked is filtered, and opens`() = onStage {
        tab(Tab.OVERLOOKED)
        press("None ran it")
        press("0 of 11 American")
        see("How we count")
    }

    @Test
    fun `a pack is fetched, and an article of it is read without a network`() = onStage {
        tab(Tab.OFFLINE)
        see("0 stories ready")
        press("Fetch now")
        // Not all of the sample has an English by its words alone.
        see("not complete")
        see("stories ready without a network")
        act { navigator.select(Tab.GLOBE) }
        go(Place.Settings)
        press("Offline, switch, off")
        go(Place.Stories("KE"))
        see("unread of")
        see("Ready offline")
        press("First message from Brazil")
        see("Compare")
    }

    @Test
    fun `a country is found by its letters, and followed`() = onStage {
        go(Place.Countries)
        see("Find a country")
        type("ukr")
        see("Ukraine, ")
        seeNot("Kenya, ")
        press("Follow")
        see("overlooked, followed")
    }

    @Test
    fun `what is typed is searched for, narrowed, opened, and remembered`() = onStage {
        tab(Tab.SEARCH)
        type("kenya")
        see("Kenya, 7 unread")
        see("articles in")
        press("Newest first")
        see("In titles first")
        press("Saved")
        see("Nothing here has all of these words.")
        press("Show all stories")
        press("The Acacia Post")
        see("Compare")
        press("Back")
        see("The Acacia Post")
        press("Clear")
        see("Searched before")
        press("kenya")
        see("articles in")
    }

    @Test
    fun `a country is searched from its stories, and only it`() = onStage {
        go(Place.Stories("BR"))
        press("More")
        press("Search the news of Brazil")
        type("kenya")
        see("in 1 language")
        seeNot("The Acacia Post")
    }

    @Test
    fun `words are muted for a while, seen with what hides them, and shown again`() = onStage {
        go(Place.Settings)
        press("Muted")
        see("Nothing is muted.")
        type("cable")
        press("For a week")
        press("Mute cable")
        see("cable is muted")
        see("Until ")
        see("Hidden by: cable")
        go(Place.Stories("KE"))
        see("unread of")
        seeNot("First message from Brazil")
        press("Back")
        press("Show cable again")
        see("cable is shown again")
        press("Undo")
        see("Hidden by: cable")
    }

    @Test
    fun `a publisher is muted from its article`() = onStage {
        go(Place.Stories("KE"))
        press("First message from Brazil")
        press("More")
        press("Mute something of it")
        press("Mute The Acacia Post")
        see("The Acacia Post is muted")
        see("Hidden by: The Acacia Post")
    }

    @Test
    fun `a site is added by its address, to the country that is chosen, and removed, and put back`() = onStage {
        go(Place.Settings)
        press("Add a site")
        type("http://village.example/")
        press("Look")
        see("Village Paper")
        see("News, checkbox, on").performScrollTo()
        see("Choose its country")
        press("Country")
        press("Argentina")
        see("Argentina")
        pressJust("Add")
        see("Village Paper was added")
        go(Place.Publishers("AR"))
        press("Remove Village Paper")
        see("Village Paper was removed")
        seeNot("Remove Village Paper")
        press("Undo")
        see("Remove Village Paper")
    }

    @Test
    fun `what may be kept is chosen, and lasts`() = onStage {
        go(Place.Settings)
        see("Storage").performScrollTo()
        press("Storage")
        see("MB in all")
        press("When there is no room")
        press("2 GB")
        go(Place.Settings)
        go(Place.Storage)
        see("What takes the room")
        val kept = runBlocking { kit.core().storageSettings() }
        assertEquals(2_000_000_000uL to null, kept.budgetBytes to kept.ageDays)
    }

    @Test
    fun `everything goes to a file and is read from it, and a list of feeds too`() = onStage {
        go(Place.Settings)
        see("Moving house").performScrollTo()
        press("Moving house")
        press("Read such a file")
        press("Write everything to a file")
        see("Everything of yours is in the file.")
        press("Read such a file")
        see("Everything in the file had been here already.")
        press("Write a list for other readers")
        see("The list is in the file.")
        press("Take over a list of another reader")
        see("feeds had been here")
    }

    @Test
    fun `that the store was damaged is told until it is known`() = onStage(folder = World.damaged()) {
        see("What is stored was damaged on")
        see("Other articles are fetched again.")
        press("Dismiss")
        seeNot("What is stored was damaged on")
        see("Kenya, ")
    }

    @Test
    fun `what was read is found again, and a mark of all is taken back`() = onStage {
        go(Place.Stories("KE"))
        press("First message from Brazil")
        see("The Acacia Post")
        press("Back")
        press("Mark all read")
        see("marked as read")
        go(Place.Settings)
        press("Read lately")
        see("First message from Brazil")
        press("articles marked as read")
        see("Taken back")
        press("Forget what was read when")
        see("What was read when is forgotten.")
        seeNot("First message from Brazil")
    }

    @Test
    fun `a publisher says who it is, and is muted where it does`() = onStage {
        go(Place.Publishers("KE"))
        press("About The Acacia Post")
        see("What it is")
        press("Mute The Acacia Post")
        press("Show The Acacia Post again")
        see("Mute The Acacia Post")
        // The scrim, which the sheet covers where it would be pressed, is named likewise.
        test.onAllNodes(hasContentDescription("Close")).onFirst().performClick()
        seeNot("What it is")
    }

    @Test
    fun `the globe turns under a finger`() = onStage {
        val globe = globe()
        settle()
        val before = pixels()
        globe.performTouchInput { swipeLeft(durationMillis = 200) }
        settle()
        assertNotEquals(before, pixels())
    }

    @Test
    fun `the globe is one element that steps through the countries by name`() = onStage {
        val step = globe().fetchSemanticsNode().config[SemanticsActions.SetProgress].action!!
        act { step(2f) }
        see("Globe. Argentina")
        val open = globe().fetchSemanticsNode().config[SemanticsActions.OnClick].action!!
        act { open() }
        see("unread of")
    }

    @Test
    fun `the first run asks for countries and nothing else`() = onStage(folder = World.newFolder()) {
        see("Choose a country")
        press("Germany, 3 publishers")
        press("Follow 1 country")
        see("Countries you follow")
        see("Germany, ")
    }

    @Test
    fun `the same words in their own language, one tap away`() = onStage {
        go(Place.Stories("EG"))
        press("Translated from Arabic")
        see("Translated from Arabic by this device")
        press("Language,")
        seeNot("Translated from Arabic by this device")
    }

    @Test
    fun `an article is shared by its address`() = onStage {
        go(Place.Stories("KE"))
        press("First message from Brazil")
        see("Compare")
        press("Share")
        assertEquals(1, shared.size)
    }

    @Test
    fun `without a network there is what is stored, and a word`() = onStage(Device(hasNetwork = false)) {
        go(Place.Stories("KE"))
        see("7 unread of 7 stories")
        press("First message from Brazil")
        see("The Acacia Post, ")
    }

    @Test
    fun `a wide screen has the list beside the article`() = onStage(Device(width = 1180, height = 820, density = 1f)) {
        go(Place.Stories("KE"))
        press("First message from Brazil")
        see("Compare")
        see("6 unread of 7 stories")
        assertTrue(navigator.top is Place.Article)
    }

    @Test
    fun `a tap on the globe selects a country, and two open it`() = onStage {
        val globe = globe()
        fun said() = globe.fetchSemanticsNode().config[SemanticsProperties.ContentDescription].first()
        // Stepping through the countries brings each to the middle.
        var steps = 0
        while ("Kenya" !in said() && steps++ < 20) {
            globe.performSemanticsAction(SemanticsActions.SetProgress) { it(2f) }
            test.waitForIdle()
        }
        assertTrue("Kenya" in said(), said())
        // As far from Kenya as Egypt is, seen from above Kenya.
        fun TouchInjectionScope.egypt() = center + Offset((-21).dp.toPx(), (-75).dp.toPx())
        globe.performTouchInput { click(egypt()) }
        waitUntil("Egypt is selected") { "Egypt" in said() }
        assertEquals(Place.Root(Tab.GLOBE), navigator.top)
        globe.performTouchInput { doubleClick(egypt()) }
        waitUntil("its stories are open") { navigator.top == Place.Stories("EG") }
    }

    @Test
    fun `the globe flies to the next country, and stands`() = onStage(Device(isMotionReduced = false)) {
        val globe = globe()
        settle()
        test.mainClock.autoAdvance = false
        val before = pixels()
        globe.performSemanticsAction(SemanticsActions.SetProgress) { it(2f) }
        test.mainClock.advanceTimeBy(120)
        val under = pixels()
        test.mainClock.advanceTimeBy(2_000)
        // What the card says of the country comes when the library has answered.
        var there = pixels()
        waitUntil("it stands") {
            val earlier = there
            test.mainClock.advanceTimeBy(500)
            there = pixels()
            World.underWay.get() == 0 && there == earlier
        }
        assertEquals(3, setOf(before, under, there).size)
    }

    private companion object {
        const val BRAZIL = "First message from Brazil"
    }
}

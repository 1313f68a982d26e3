package app.overview.screens

import androidx.compose.ui.test.performScrollTo
import app.overview.ui.Place
import app.overview.ui.Tab
import org.jetbrains.skia.Image

/** A screen in one of its states, and how a person comes to it. */
internal class Scene(val name: String, val isFresh: Boolean = false, val isDamaged: Boolean = false, val script: Stage.() -> Unit)

/** Every screen and state there is a picture of. */
internal object Gallery {
    val scenes =
        listOf(
            Scene("globe") { see("Countries you follow") },
            Scene("stories") { stories() },
            Scene("article") { article() },
            Scene("article-body") { article(); down(1) },
            Scene("article-end") { article(); down(8) },
            Scene("original") { original(); press("Language,"); seeNot("Translated from") },
            Scene("takes") { article(); press("Compare"); see("One event") },
            Scene("why") { article(); press("Compare"); press("Why?"); see("Rule") },
            Scene("coverage") { article(); press("How we count"); see("met") },
            Scene("overlooked") { tab(Tab.OVERLOOKED); see("did not") },
            Scene("offline") { tab(Tab.OFFLINE); see("ready without") },
            Scene("search") { tab(Tab.SEARCH); type("cable"); see("articles in") },
            Scene("search-country") { go(Place.Search("BR")); type("cabo"); see("in 1 language") },
            Scene("search-before") { tab(Tab.SEARCH); see("Words of a headline") },
            Scene("search-none") { tab(Tab.SEARCH); type("zeppelin"); see("Nothing here has") },
            Scene("mutes") { mutes() },
            Scene("mutes-article") { article(); press("More"); press("Mute something of it"); see("Publisher") },
            Scene("stories-menu") { stories(); press("More"); see("Newest first") },
            Scene("perspectives") { stories(); filters(); press("Perspective"); see("Any perspective") },
            Scene("countries") { go(Place.Countries); see("Find a country") },
            Scene("publishers") { go(Place.Publishers("KE")); see("switch, on") },
            Scene("publisher") { go(Place.Publishers("KE")); press("About The Acacia Post"); see("Feed") },
            Scene("site-before") { go(Place.Site()); see("Address of a news site") },
            Scene("site") { site() },
            Scene("site-edit") { edit(); see("Keep") },
            Scene("history") { stories(); press("First message from Brazil"); press("Back"); press("Mark all read"); go(Place.History); see("marked as read") },
            Scene("storage") { go(Place.Storage); see("What takes the room"); see("Lists of articles") },
            Scene("moving") { go(Place.Moving); press("Write everything to a file"); see("is in the file") },
            Scene("rescued", isDamaged = true) { see("was damaged on") },
            Scene("settings") { go(Place.Settings); see("Originals first") },
            Scene("languages") { languages() },
            Scene("first-run", isFresh = true) {
                press("Germany, 3 publishers")
                press("Ukraine, 3 publishers")
                see("Follow 2 countries")
            },
            Scene("first-run-region", isFresh = true) { region(); seeNot("Germany, "); see("Choose a country") },
            Scene("stories-all-read") { stories(); press("Mark all read"); filters(); press("Unread"); see("You have read Kenya") },
        )

    /** Narrows the first start; when text is large the row of regions is beyond the promise. */
    private fun Stage.region() {
        see("Find a country")
        if (isTextLarge) item(1)
        see("Latin America").performScrollTo()
        press("Latin America")
    }

    private fun Stage.stories() {
        go(Place.Stories("KE"))
        see("unread of")
    }

    /** What a site has was found. */
    private fun Stage.site() {
        go(Place.Site())
        type("http://village.example/")
        press("Look")
        see("Village Paper")
    }

    /** A site that was added is changed. */
    private fun Stage.edit() {
        site()
        see("Choose its country").performScrollTo()
        press("Country")
        press("Argentina")
        see("Argentina")
        pressJust("Add")
        see("was added")
        go(Place.Publishers("AR"))
        press("Edit Village Paper")
        see("Edit a site")
    }

    /** What narrows a list is behind a button when text is large. */
    private fun Stage.filters() {
        if (isTextLarge) press("Filter")
    }

    /** A model is here, and one is on its way. */
    private fun Stage.languages() {
        go(Place.Languages)
        see("German, ")
        type("http://models.example/list.json")
        see("Ask for models").performScrollTo()
        press("Ask for models")
        see("Get Portuguese").performScrollTo()
        press("Get Portuguese")
        see("On this device, 2 MB")
        see("Try Portuguese").performScrollTo()
        press("Try Portuguese")
        see("The train came late")
        see("Get Japanese").performScrollTo()
        press("Get Japanese")
        see("1 MB of 2 MB")
    }

    /** Words are muted, and something is about to be. */
    private fun Stage.mutes() {
        go(Place.Mutes(null))
        type("cable")
        press("Mute cable")
        see("Hidden by: cable")
        type("Aca")
        see("Mute The Acacia Post")
    }

    /** The first story of Kenya that has takes. */
    private fun Stage.article() {
        stories()
        press("First message from Brazil")
        see("The Acacia Post, ")
    }

    /** An article of Egypt, written in Arabic. */
    private fun Stage.original() {
        go(Place.Stories("EG"))
        press("Translated from Arabic")
        see("Language,")
    }

    /** Goes to a scene on a device, and waits until it stands still. */
    fun visit(scene: Scene, device: Device, then: Stage.() -> Unit) {
        val folder =
            when {
                scene.isFresh -> World.newFolder()
                scene.isDamaged -> World.damaged()
                else -> World.copyOfRead()
            }
        onStage(device, folder) {
            scene.script(this)
            settle()
            then()
        }
    }

    fun draw(scene: Scene, device: Device): Image {
        lateinit var image: Image
        visit(scene, device) { image = picture() }
        return image
    }
}

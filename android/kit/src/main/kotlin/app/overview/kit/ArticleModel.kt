package app.overview.kit

import app.overview.bindings.Article
import app.overview.bindings.ArticleTranslation
import app.overview.bindings.Block
import app.overview.bindings.BodySource
import app.overview.bindings.Direction
import app.overview.bindings.Invalidation
import app.overview.bindings.Mark
import app.overview.bindings.PageVerdict
import app.overview.bindings.Picture
import app.overview.bindings.Story
import app.overview.bindings.Take
import app.overview.bindings.TranslationOutcome
import java.net.URI
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** English, or the language that the publisher wrote in: one tap. */
data class LanguageToggle(
    val isOriginal: Boolean,
    /** "English". */
    val english: String,
    /** As it calls itself: "Kiswahili". */
    val original: String,
    val spoken: String,
)

data class ArticleState(
    /** Of what is shown: another when another take is. */
    val id: Long = 0,
    val isLoading: Boolean = true,
    val title: String = "",
    val standfirst: String? = null,
    val publisher: String = "",
    /** For its tile. */
    val country: String = "",
    val countryName: String = "",
    /** "28 Nov 2026, 14:05 · 4 min read". */
    val facts: String = "",
    /** Publisher and facts as one phrase. */
    val bylineSpoken: String = "",
    val lead: Picture? = null,
    val blocks: List<Block> = emptyList(),
    /** BCP 47, of what is shown. */
    val language: String = "en",
    val isRightToLeft: Boolean = false,
    /** None for what is written in English. */
    val toggle: LanguageToggle? = null,
    /** Who translated it, or that nobody did yet. */
    val translationNote: String? = null,
    /** Why there is not all of it. */
    val bodyNote: String? = null,
    /** "Fetching the whole article". */
    val loadingText: String? = null,
    val isSaved: Boolean = false,
    val saveAction: String = "",
    /** To be shared, or opened in a browser. */
    val url: URI? = null,
    /** Where it was left: a block and thousandths of it. */
    val position: Place? = null,
    /** This article's own, first among the chips. */
    val label: LabelItem? = null,
    val takes: List<TakeItem> = emptyList(),
    /** "Compare 6"; none when there is nothing to compare. */
    val compareTitle: String? = null,
    val coverage: CoverageItem? = null,
    /** After the end: "Next: European Perspective", and its article. */
    val nextText: String? = null,
    val next: Long? = null,
    val trouble: Trouble? = null,
)

/** A place in an article. */
data class Place(val block: Int, val thousandths: Int)

/** An article, read. */
class ArticleModel internal constructor(kit: Kit, private var id: Long) :
    Model<ArticleState>(kit, ArticleState()) {
    private var article: Article? = null
    private var story: Story? = null
    private var takes: List<Take> = emptyList()
    private var isFetching = false
    private var isSaved: Boolean? = null
    private var isOriginal = kit.choices.isOriginalsFirst
    private var position: Place? = null
    private var unkept: Place? = null
    private val keeping = Mutex()
    private val globe by lazy(::StillGlobe)

    /** Shows what is stored, marks it as read, then fetches the rest of it and its English. */
    suspend fun open() {
        clear()
        read() ?: return
        attempt { kit.core.position(id) }?.let {
            position = Place(it.block.toInt(), it.thousandths.toInt())
        }
        readStory()
        if (article?.row?.state?.read == false) attempt { kit.core.mark(listOf(id), Mark.Read) }
        fetch()
    }

    /** Again, after a trouble. */
    suspend fun retry() {
        clear()
        fetch()
    }

    private suspend fun read(): Article? {
        attempt {
            kit.learnNames()
            kit.core.article(id)
        }?.let { article = it }
        render()
        return article
    }

    /** Another take in the place of this one. */
    suspend fun switchTo(article: Long) {
        id = article
        this.article = null
        isSaved = null
        position = null
        open()
    }

    private suspend fun readStory() {
        attempt { kit.core.storyOf(id) }?.let { story = it }
        attempt { kit.core.takes(id) }?.let { takes = it }
        render()
    }

    private suspend fun fetch() {
        var known = article ?: return
        if (known.page == null && known.url != null) {
            isFetching = true
            render()
            attempt { kit.core.fetchArticle(id) }?.let { article = it }
            isFetching = false
            render()
            known = article ?: return
        }
        val english = known.translation
        val isWanted = known.isForeign && (english == null || english.missing > 0u)
        if (isWanted) {
            val done: TranslationOutcome? = attempt { kit.core.translateArticle(id) }
            if (done != null && done.texts > 0u) read()
        }
    }

    /** English, or as it was written; the place on the screen is the same in both. */
    fun toggleLanguage() {
        isOriginal = !isOriginal
        render()
    }

    suspend fun save(isSaved: Boolean) {
        clear()
        val before = this.isSaved
        this.isSaved = isSaved
        render()
        val isDone = attempt { kit.core.mark(listOf(id), if (isSaved) Mark.Save else Mark.Unsave) } != null
        if (!isDone) this.isSaved = before
        render()
    }

    /**
     * Remembers how far it was read, as it scrolls: as often as a view likes. One write at a time; of
     * what comes meanwhile the last is written.
     */
    suspend fun keepPosition(block: Int, thousandths: Int) {
        unkept = Place(block, thousandths.coerceIn(0, 1000))
        if (keeping.isLocked) return
        keeping.withLock {
            while (true) {
                val place = unkept ?: break
                unkept = null
                position = place
                attempt {
                    kit.core.keepPosition(id, place.block.toUInt(), place.thousandths.toUShort())
                }
            }
        }
    }

    /** The globe under what Overview is, after the end. */
    fun horizon(width: Double, height: Double): GlobePicture =
        globe.picture(kit.counted, width, height)

    override suspend fun invalidated(what: List<Invalidation>) {
        val isOurs =
            what.any {
                it is Invalidation.Body && it.v1 == id ||
                    it is Invalidation.Marks && (it.v1.isEmpty() || id in it.v1)
            }
        if (article == null) return
        if (isOurs) read()
        // Whoever tells it too may have come.
        if (what.any { it is Invalidation.Articles }) readStory()
    }

    override suspend fun resumed() {
        if (article == null) open() else retry()
    }

    private val Article.isForeign get() = row.language.substringBefore('-') != "en"

    override fun render() {
        val known = article
        if (known == null) {
            show(ArticleState(id, isLoading = trouble == null, trouble = trouble))
            return
        }
        val row = known.row
        val english = known.translation.takeUnless { isOriginal }
        val rowEnglish = known.rowTranslation.takeUnless { isOriginal }
        val at = known.publishedAt ?: known.firstSeenAt
        val blocks = english?.blocks ?: known.blocks
        val updated = known.updatedAt?.let { words.articleUpdated(wording.moment(it)) }
        val name = kit.nameOf(row.country)
        val facts = wording.facts(wording.moment(at), updated, words.articleMinutes(minutes(blocks)))
        val isTranslated = english != null || rowEnglish != null
        val shown = isSaved ?: row.state.saved
        show(
            ArticleState(
                id = id,
                isLoading = false,
                title = rowEnglish?.title ?: row.title,
                standfirst = (if (english != null) english.standfirst else null) ?: known.standfirst,
                publisher = row.publisherName,
                country = row.country,
                countryName = name,
                facts = facts,
                bylineSpoken = wording.list(row.publisherName, name, wording.spokenAge(at)),
                lead = english?.lead ?: known.lead,
                blocks = blocks,
                language = if (isTranslated) "en" else row.language,
                isRightToLeft = english == null && known.direction == Direction.RIGHT_TO_LEFT,
                toggle = if (known.isForeign) toggle(row.language) else null,
                translationNote = if (known.isForeign) note(known, english) else null,
                bodyNote = known.page?.let { body(it.verdict, it.body) },
                loadingText = if (isFetching) words.articleLoading else null,
                isSaved = shown,
                saveAction = if (shown) words.actionUnsave else words.actionSave,
                url = known.url,
                position = position,
                label = story?.articles?.firstOrNull { it.row.id == id }?.labels?.firstOrNull()
                    ?.let { wording.label(it) },
                takes = takes.map { kit.take(it) },
                compareTitle =
                    if (takes.isEmpty()) null else words.takesCompare(takes.size + 1L),
                coverage = story?.takeIf { it.articles.size > 1 }?.let { wording.coverage(it) },
                nextText = takes.firstOrNull()?.let { words.takesNext(it.label.name) },
                next = takes.firstOrNull()?.row?.id,
                trouble = trouble,
            )
        )
    }

    private fun toggle(language: String): LanguageToggle {
        val (own, name) = wording.ownName(language) to wording.language(language)
        val (shown, hidden) = if (isOriginal) name to words.articleEnglish else words.articleEnglish to name
        return LanguageToggle(
            isOriginal,
            words.articleEnglish,
            own,
            words.articleLanguageToggle(hidden, shown),
        )
    }

    private fun note(known: Article, english: ArticleTranslation?): String? {
        if (isOriginal) return null
        val by = english?.by?.firstOrNull() ?: known.rowTranslation?.by ?: return words.articleNotTranslated
        val engine = wording.engine(by.engine)
        val language = wording.language(known.row.language)
        val missing = english?.missing?.toLong() ?: 0
        return if (missing > 0) words.articleTranslatedPartly(missing, engine, language)
        else words.articleTranslated(engine, language)
    }

    private fun body(verdict: PageVerdict, source: BodySource): String? =
        when (verdict) {
            PageVerdict.PAYWALL -> words.articlePaywall
            PageVerdict.GONE -> words.articleGone
            PageVerdict.CONSENT_WALL,
            PageVerdict.CHALLENGE -> words.articleWall
            PageVerdict.GALLERY,
            PageVerdict.VIDEO -> words.articleVideo
            PageVerdict.SUMMARY_ONLY,
            PageVerdict.INDEX -> if (source is BodySource.Page) null else words.articleSummary
            PageVerdict.FULL -> null
        }

    /** At 220 words a minute, at least one. */
    private fun minutes(blocks: List<Block>): Long =
        (blocks.sumOf(::wordCount) / 220).coerceAtLeast(1).toLong()

    private fun wordCount(block: Block): Int {
        fun of(runs: List<app.overview.bindings.Run>) =
            runs.joinToString("") { it.text }.split(' ').count { it.isNotEmpty() }
        return when (block) {
            is Block.Heading -> of(block.runs)
            is Block.Paragraph -> of(block.runs)
            is Block.Quote -> block.blocks.sumOf(::wordCount)
            is Block.ItemList -> block.items.sumOf { it.sumOf(::wordCount) }
            is Block.Table -> block.rows.sumOf { row -> row.sumOf { it.blocks.sumOf(::wordCount) } }
            is Block.Code -> block.text.split(' ').size
            is Block.Image,
            is Block.Rule,
            is Block.Embed -> 0
        }
    }
}

package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clipToBounds
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import app.overview.kit.ArticleModel
import app.overview.kit.ArticleState
import app.overview.kit.LabelItem
import app.overview.kit.Place as ReadingPlace
import app.overview.kit.TroubleAction
import app.overview.kit.key
import app.overview.ui.LocalKit
import app.overview.ui.LocalNavigator
import app.overview.ui.LocalPlatform
import app.overview.ui.Place
import app.overview.ui.Tab
import app.overview.ui.parts.Chip
import app.overview.ui.parts.CoverageBar
import app.overview.ui.parts.Gap
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Heading
import app.overview.ui.parts.Link
import app.overview.ui.parts.Menu
import app.overview.ui.parts.MenuItem
import app.overview.ui.parts.Meter
import app.overview.ui.parts.Notice
import app.overview.ui.parts.OverlookedMark
import app.overview.ui.parts.PerspectiveName
import app.overview.ui.parts.PerspectiveShape
import app.overview.ui.parts.Picture
import app.overview.ui.parts.Placeholders
import app.overview.ui.parts.Shown
import app.overview.ui.parts.Sign
import app.overview.ui.parts.StillGlobe
import app.overview.ui.parts.Tile
import app.overview.ui.parts.TroubleCard
import app.overview.ui.parts.WithTitleText
import app.overview.ui.parts.Wordmark
import app.overview.ui.parts.rememberPicture
import app.overview.ui.parts.scaled
import app.overview.ui.parts.silent
import app.overview.ui.parts.spoken
import app.overview.ui.parts.tucked
import app.overview.ui.rememberModel
import app.overview.ui.shown
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import app.overview.ui.words
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.launch

/** What lies over an article. */
private enum class Over { NOTHING, TAKES, COVERAGE, TEXT_SIZE, MENU }

/** An article with its takes. */
@Composable
fun ArticleScreen(key: String, id: Long) {
    val (navigator, platform) = LocalNavigator.current to LocalPlatform.current
    val scope = rememberCoroutineScope()
    val model = rememberModel(key, { article(id) }) { if (state.value.isLoading) open() }
    val shown = model.shown()
    val list = rememberLazyListState()
    var over by rememberSaveable { mutableStateOf(Over.NOTHING) }
    KeepPlace(model, shown, list)
    Column(Modifier.fillMaxSize().background(Tokens.colors.background)) {
        Row(
            Modifier.fillMaxWidth().statusBarsPadding().padding(horizontal = Space.x2),
            Arrangement.SpaceBetween,
            Alignment.CenterVertically,
        ) {
            Sign(Icons.back, words.actionBack, onClick = navigator::back)
            Wordmark(Modifier.silent())
            Sign(Icons.share, words.actionShare) { shown.url?.let { platform.share(shown.title, it) } }
        }
        Progress(list)
        LazyColumn(Modifier.weight(1f), list) {
            item(LEAD) { LeadPicture(shown) }
            shown.trouble?.let { trouble ->
                item(TROUBLE) {
                    TroubleCard(trouble, Modifier.padding(horizontal = Space.margin, vertical = Space.x4)) {
                        if (it == TroubleAction.OPEN_IN_BROWSER) shown.url?.let(platform::open)
                        else act(it, navigator) { scope.launch { model.retry() } }
                    }
                }
            }
            if (shown.isLoading) item { Placeholders(count = 2) }
            item(TITLE) { Title(shown) }
            if (shown.takes.isNotEmpty()) {
                item(TAKES) {
                    Takes(shown, onCompare = { over = Over.TAKES }) { scope.launch { model.switchTo(it) } }
                }
            }
            if (shown.coverage != null) item(COVERAGE) { Coverage(shown) { over = Over.COVERAGE } }
            item(NOTES) { Notes(shown, model) }
            itemsIndexed(shown.blocks, { at, _ -> at }) { _, block ->
                InDirection(shown.isRightToLeft) { BlockView(block, shown.language, shown.isRightToLeft) }
            }
            item(END) { End(shown, { shown.url?.let(platform::open) }) { scope.launch { model.switchTo(it); list.scrollToItem(0) } } }
            if (!shown.isLoading) item(PROMISE) { Promise(model) { navigator.select(Tab.GLOBE) } }
        }
        ArticleBar(shown, model, { over = Over.TEXT_SIZE }) { over = Over.MENU }
    }
    val close = { over = Over.NOTHING }
    when (over) {
        Over.NOTHING -> Unit
        Over.TAKES -> TakesSheet(key, shown, close) { close(); scope.launch { model.switchTo(it) } }
        Over.COVERAGE -> shown.coverage?.let { CoverageSheet(it, close) }
        Over.TEXT_SIZE -> TextSizeSheet(close)
        Over.MENU -> {
            val items =
                listOfNotNull(
                    MenuItem(words.mutesMore, Icons.muted) { navigator.open(Place.Mutes(shown.id)) },
                    shown.url?.let { url -> MenuItem(words.actionOpenAt(shown.publisher), Icons.open) { platform.open(url) } },
                    MenuItem(words.searchTitle, Icons.search) { navigator.select(Tab.SEARCH) },
                )
            Menu(items, close)
        }
    }
}

private const val LEAD = "lead"
private const val TROUBLE = "trouble"
private const val TITLE = "title"
private const val TAKES = "takes"
private const val COVERAGE = "coverage"
private const val NOTES = "notes"
private const val END = "end"
private const val PROMISE = "promise"

/** Goes to where it was left, once and at once; then says where it is. */
@Composable
private fun KeepPlace(model: ArticleModel, shown: ArticleState, list: LazyListState) {
    // Blocks are the items whose key is a number.
    var isRestored by rememberSaveable(shown.title) { mutableStateOf(false) }
    val place = shown.position
    val total = shown.blocks.size
    LaunchedEffect(place != null, total > 0) {
        if (isRestored || total == 0) return@LaunchedEffect
        if (place != null && place.block > 0) {
            val first = list.layoutInfo.totalItemsCount - total - 2
            list.scrollToItem((first + place.block).coerceAtLeast(0))
        }
        isRestored = true
    }
    LaunchedEffect(model) {
        snapshotFlow { list.place() }.distinctUntilChanged().drop(1).collect { at ->
            if (at != null) model.keepPosition(at.block, at.thousandths)
        }
    }
}

/** The first block that is seen, and how much of it is above. */
private fun LazyListState.place(): ReadingPlace? {
    val item = layoutInfo.visibleItemsInfo.firstOrNull { it.key is Int } ?: return null
    val above = (-item.offset).coerceAtLeast(0)
    return ReadingPlace(item.key as Int, above * 1000 / item.size.coerceAtLeast(1))
}

/** A line under the bar: how much was read. */
@Composable
private fun Progress(list: LazyListState) {
    val info = list.layoutInfo
    val last = info.visibleItemsInfo.lastOrNull()?.index ?: 0
    val isMoved = list.firstVisibleItemIndex > 0
    Box(Modifier.fillMaxWidth().height(2.dp)) {
        if (isMoved) Meter((last + 1f) / info.totalItemsCount.coerceAtLeast(1), height = 2.dp)
    }
}

@Composable
private fun LeadPicture(shown: ArticleState) {
    val lead = shown.lead ?: return
    val picture = rememberPicture(lead.key)
    if (picture is Shown.Nothing) return
    Picture(
        picture,
        Modifier.fillMaxWidth().height(if (Tokens.isTextLarge) 120.dp else 188.dp),
        description = lead.alt.ifEmpty { null },
    )
}

@Composable
private fun Title(shown: ArticleState) {
    val colors = Tokens.colors
    Column(Modifier.padding(start = Space.margin, end = Space.margin, top = Space.x5)) {
        InDirection(shown.isRightToLeft) {
            WithTitleText {
                Text(
                    shown.title,
                    Modifier.fillMaxWidth().semantics { heading() },
                    style = Tokens.type.title.inLanguage(shown.language),
                    color = colors.ink,
                )
            }
        }
        Gap(9.dp)
        FlowRow(
            Modifier.spoken(shown.bylineSpoken),
            Arrangement.spacedBy(7.dp),
            Arrangement.spacedBy(2.dp),
            itemVerticalAlignment = Alignment.CenterVertically,
        ) {
            Text(
                shown.publisher,
                Modifier.silent(),
                style = Tokens.type.meta.copy(fontWeight = FontWeight.SemiBold),
                color = colors.ink,
            )
            if (shown.country.isNotEmpty()) Tile(shown.country, isSmall = true)
            Text(shown.countryName, Modifier.silent(), style = Tokens.type.meta, color = colors.ink2)
            Text(shown.facts, Modifier.silent(), style = Tokens.type.meta, color = colors.ink2)
        }
    }
}

/** This article's own label first; another is that take in its place. */
@Composable
private fun Takes(shown: ArticleState, onCompare: () -> Unit, onSwitch: (Long) -> Unit) {
    Column(Modifier.padding(top = Space.x3)) {
        Row(
            Modifier.fillMaxWidth().padding(horizontal = Space.margin),
            Arrangement.SpaceBetween,
            Alignment.CenterVertically,
        ) {
            Heading(words.takesTitle, Modifier.weight(1f, fill = false), Tokens.type.label.copy(fontWeight = FontWeight.SemiBold))
            shown.compareTitle?.let { Link(it, after = Icons.forward, onClick = onCompare) }
        }
        val chips: @Composable () -> Unit = {
            shown.label?.let { own ->
                Chip(own.name, isChosen = true, role = Role.RadioButton, label = words.takesOwn(own.name), lead = { PerspectiveShape(own.kind, size = scaled(13), tint = it) }, onClick = onCompare)
            }
            for (take in shown.takes) {
                Chip(take.label.name, role = Role.RadioButton, lead = { PerspectiveShape(take.label.kind, size = scaled(13)) }) {
                    onSwitch(take.article)
                }
            }
        }
        if (Tokens.isTextLarge) {
            Column(Modifier.padding(horizontal = Space.margin), Arrangement.spacedBy(Space.x2)) { chips() }
        } else {
            Row(
                Modifier.horizontalScroll(rememberScrollState()).padding(horizontal = Space.margin),
                Arrangement.spacedBy(Space.x3),
            ) {
                chips()
            }
        }
    }
}

@Composable
private fun Coverage(shown: ArticleState, onHow: () -> Unit) {
    val coverage = shown.coverage ?: return
    Column(Modifier.padding(start = Space.margin, end = Space.margin, top = Space.x4)) {
        FlowRow(
            Modifier.fillMaxWidth().padding(bottom = Space.x3),
            Arrangement.SpaceBetween,
            Arrangement.spacedBy(2.dp),
            itemVerticalAlignment = Alignment.CenterVertically,
        ) {
            Heading(words.coverageTitle, style = Tokens.type.label.copy(fontWeight = FontWeight.SemiBold))
            coverage.claim?.let { OverlookedMark(it) }
        }
        Box(Modifier.spoken(coverage.spoken)) { CoverageBar(coverage) }
        Text(coverage.text, Modifier.padding(top = Space.x4), style = Tokens.type.meta, color = Tokens.colors.ink2)
        Link(words.coverageHow, Modifier.tucked(8.dp), style = Tokens.type.meta.copy(fontWeight = FontWeight.SemiBold), onClick = onHow)
    }
}

/** Who translated it, and why there is not all of it. */
@Composable
private fun Notes(shown: ArticleState, model: ArticleModel) {
    Column(
        Modifier.padding(start = Space.margin, end = Space.margin, top = Space.x4),
        Arrangement.spacedBy(Space.x3),
    ) {
        shown.translationNote?.let { Notice(it, icon = Icons.translated) }
        shown.bodyNote?.let { Notice(it) }
        shown.loadingText?.let {
            Text(it, Modifier.semantics { liveRegion = LiveRegionMode.Polite }, style = Tokens.type.meta, color = Tokens.colors.ink2)
        }
        shown.standfirst?.let {
            InDirection(shown.isRightToLeft) {
                Text(
                    it,
                    Modifier.fillMaxWidth().padding(bottom = Space.x3),
                    style = Tokens.type.sub.copy(fontWeight = FontWeight.Normal, lineHeight = Tokens.type.lead.lineHeight).inLanguage(shown.language),
                    color = Tokens.colors.ink2,
                )
            }
        }
    }
}

/** Where it was published, and the next take. */
@Composable
private fun End(shown: ArticleState, onOpen: () -> Unit, onNext: (Long) -> Unit) {
    if (shown.isLoading) return
    val colors = Tokens.colors
    Column(Modifier.padding(horizontal = Space.margin, vertical = Space.x3)) {
        if (shown.url != null) Link(words.actionOpenAt(shown.publisher), icon = Icons.open, onClick = onOpen)
        val next = shown.takes.firstOrNull() ?: return@Column
        Hairline()
        Gap(Space.x5)
        Heading(words.takesNextTitle)
        Column(
            Modifier.fillMaxWidth().clickable(role = Role.Button) { onNext(next.article) }.spoken(next.spoken).padding(vertical = Space.x3),
            Arrangement.spacedBy(3.dp),
        ) {
            PerspectiveName(next.label.kind, next.label.name)
            Text(next.headline, style = Tokens.type.row.inLanguage(next.language), color = colors.ink)
            TakeByline(next)
        }
    }
}

/** What Overview is, for who came here by a link. */
@Composable
private fun Promise(model: ArticleModel, onGlobe: () -> Unit) {
    val colors = Tokens.colors
    Column(
        Modifier
            .fillMaxWidth()
            .background(colors.surface)
            .clickable(role = Role.Button, onClick = onGlobe)
            .padding(start = Space.x7, top = Space.x7, end = Space.x7),
        Arrangement.spacedBy(Space.x5),
    ) {
        Text(words.firstRunHeadline, style = Tokens.type.title, color = colors.ink)
        for ((name, facts) in
            listOf(
                words.promiseLocal to words.promiseLocalFacts,
                words.promiseOverlooked to words.promiseOverlookedFacts,
                words.promiseUnfiltered to words.promiseUnfilteredFacts,
            )) {
            Column {
                Text(name, style = Tokens.type.label.copy(fontWeight = FontWeight.SemiBold), color = colors.ink)
                Text(facts, style = Tokens.type.meta, color = colors.ink2)
            }
        }
        Horizon(model)
    }
}

/** The upper part of the globe. */
@Composable
private fun Horizon(model: ArticleModel) {
    StillGlobe(Modifier.fillMaxWidth().aspectRatio(3f).clipToBounds()) {
        val width = it.width.toDouble()
        model.horizon(width, width)
    }
}

/** What is inside runs the way of the article, whatever the interface does. */
@Composable
internal fun InDirection(isRightToLeft: Boolean, content: @Composable () -> Unit) {
    val direction = if (isRightToLeft) LayoutDirection.Rtl else LayoutDirection.Ltr
    CompositionLocalProvider(LocalLayoutDirection provides direction, content = content)
}

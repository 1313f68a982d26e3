package app.overview.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.SaveableStateHolder
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import app.overview.kit.Kit
import app.overview.ui.parts.LocalPictures
import app.overview.ui.parts.Pictures
import app.overview.ui.parts.TabBar
import app.overview.ui.parts.TabRail
import app.overview.ui.screens.ArticleScreen
import app.overview.ui.screens.CountriesScreen
import app.overview.ui.screens.FirstRunScreen
import app.overview.ui.screens.GlobeScreen
import app.overview.ui.screens.HistoryScreen
import app.overview.ui.screens.LanguagesScreen
import app.overview.ui.screens.MovingScreen
import app.overview.ui.screens.MutesScreen
import app.overview.ui.screens.OfflineScreen
import app.overview.ui.screens.OverlookedScreen
import app.overview.ui.screens.PublishersScreen
import app.overview.ui.screens.SavedScreen
import app.overview.ui.screens.SearchScreen
import app.overview.ui.screens.SettingsScreen
import app.overview.ui.screens.SiteScreen
import app.overview.ui.screens.StorageScreen
import app.overview.ui.screens.StoriesScreen
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Look
import app.overview.ui.theme.OverviewTheme
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens

@Composable
fun rememberNavigator(): Navigator = rememberSaveable(saver = Navigator.Saver) { Navigator() }

/** The whole app on one [kit]. The platform calls [Navigator.back] and tells what it is like. */
@Composable
fun OverviewApp(kit: Kit, platform: Platform, look: Look, navigator: Navigator = rememberNavigator()) {
    val models = remember(kit) { Models(kit) }
    val pictures = remember(kit, platform) { Pictures(kit, platform) }
    DisposableEffect(models) { onDispose { models.close() } }
    OverviewTheme(look) {
        CompositionLocalProvider(
            LocalKit provides kit,
            LocalPlatform provides platform,
            LocalModels provides models,
            LocalPictures provides pictures,
            LocalNavigator provides navigator,
        ) {
            WithTextSize { Box(Modifier.fillMaxSize().background(Tokens.colors.background)) { Start() } }
        }
    }
}

/** The size that is set here, of the size that is set on the device. */
@Composable
private fun WithTextSize(content: @Composable () -> Unit) {
    val size = rememberModel(KEPT_SETTINGS, { settings() }) { load() }.shown().textSize
    val system = LocalDensity.current
    val own = Density(system.density, system.fontScale * size / WHOLE)
    CompositionLocalProvider(LocalDensity provides own, content = content)
}

private const val KEPT_SETTINGS = "SETTINGS_KEPT"
private const val WHOLE = 100f

/** The countries are asked for until there are some. */
@Composable
private fun Start() {
    val (models, navigator) = LocalModels.current to LocalNavigator.current
    val countries = rememberModel(KEPT, { countries() }) { load() }
    val shown = countries.shown()
    when {
        shown.isLoading -> Unit
        shown.followed.isEmpty() && shown.trouble == null -> FirstRunScreen()
        else -> Panes()
    }
    val open = navigator.places.map { it.key }.toSet()
    LaunchedEffect(open) { models.keepOnly(open + KEPT + KEPT_GLOBE + KEPT_SETTINGS) }
}

/** The countries are kept as long as the app is: the globe is where one comes back to. */
internal const val KEPT = "COUNTRIES_KEPT"
internal const val KEPT_GLOBE = "GLOBE_KEPT"

@Composable
private fun Panes() {
    val navigator = LocalNavigator.current
    val holder = rememberSaveableStateHolder()
    BoxWithConstraints(Modifier.fillMaxSize()) {
        if (maxWidth < Space.twoPanes) {
            Column {
                Box(Modifier.weight(1f)) { Shown(navigator.top, holder) }
                // An article has a bar of its own.
                if (navigator.top !is Place.Article) TabBar(navigator.tab, navigator::select)
            }
        } else {
            Row {
                TabRail(navigator.tab, navigator::select)
                Divider()
                val article = navigator.top as? Place.Article
                val list = navigator.places.last { it !is Place.Article }
                Box(Modifier.width(400.dp)) { Shown(list, holder) }
                Divider()
                Box(Modifier.weight(1f).fillMaxHeight(), Alignment.TopCenter) {
                    Box(Modifier.widthIn(max = Space.measure)) {
                        if (article != null) Shown(article, holder) else Nothing()
                    }
                }
            }
        }
    }
}

@Composable
private fun Divider() = Box(Modifier.fillMaxHeight().width(Space.hair).background(Tokens.colors.line))

/** Beside a list before something of it is opened. */
@Composable
private fun Nothing() {
    Box(Modifier.fillMaxSize(), Alignment.Center) { Icon(Icons.mark, null, Modifier.size(64.dp), Tokens.colors.line) }
}

@Composable
private fun Shown(place: Place, holder: SaveableStateHolder) {
    holder.SaveableStateProvider(place.key) {
        when (place) {
            is Place.Root ->
                when (place.tab) {
                    Tab.GLOBE -> GlobeScreen()
                    Tab.OVERLOOKED -> OverlookedScreen(place.key)
                    Tab.OFFLINE -> OfflineScreen(place.key)
                    Tab.SEARCH -> SearchScreen(place.key)
                }
            is Place.Stories -> StoriesScreen(place.key, place.country)
            is Place.Article -> ArticleScreen(place.key, place.id)
            is Place.Publishers -> PublishersScreen(place.key, place.country)
            is Place.Search -> SearchScreen(place.key, place.country)
            is Place.Mutes -> MutesScreen(place.key, place.article)
            Place.Countries -> CountriesScreen()
            Place.Saved -> SavedScreen(place.key)
            Place.Settings -> SettingsScreen(place.key)
            Place.Languages -> LanguagesScreen(place.key)
            is Place.Site -> SiteScreen(place.key, place.publisher)
            Place.History -> HistoryScreen(place.key)
            Place.Storage -> StorageScreen(place.key)
            Place.Moving -> MovingScreen(place.key)
        }
    }
}

package app.overview.app

import app.overview.kit.Opening
import app.overview.ui.Navigator
import app.overview.ui.Place
import app.overview.ui.Tab

/** Goes to what was asked for, from the start: back leads to the globe. */
internal fun Navigator.open(opening: Opening) =
    when (opening) {
        Opening.Offline -> select(Tab.OFFLINE)
        is Opening.Country -> { select(Tab.GLOBE); open(Place.Stories(opening.code)) }
        is Opening.Article -> { select(Tab.GLOBE); open(Place.Article(opening.id)) }
    }

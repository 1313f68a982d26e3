package app.overview.ui.screens

import app.overview.kit.TroubleAction
import app.overview.ui.Navigator
import app.overview.ui.Place

/** What the button of a trouble does where [again] is what was tried. */
internal fun act(action: TroubleAction, navigator: Navigator, again: () -> Unit) =
    when (action) {
        TroubleAction.GO_ONLINE -> navigator.open(Place.Settings)
        TroubleAction.FREE_SPACE -> navigator.open(Place.Storage)
        TroubleAction.LEAVE -> navigator.back()
        TroubleAction.RETRY,
        TroubleAction.OPEN_IN_BROWSER,
        TroubleAction.BEGIN_ANEW,
        TroubleAction.UPDATE_APP -> again()
    }

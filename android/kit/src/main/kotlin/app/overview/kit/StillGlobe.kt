package app.overview.kit

import app.overview.bindings.CountrySummary
import app.overview.bindings.Globe
import app.overview.bindings.GlobeViewport
import app.overview.bindings.globeBegin

/** The globe as a picture: it does not turn. */
internal class StillGlobe {
    private val globe = Globe()

    /** Tinted by what is unread. */
    fun picture(of: List<CountrySummary>, width: Double, height: Double): GlobePicture {
        globe.tintBy(of)
        return GlobePicture(globe.frame(globeBegin(), GlobeViewport(width, height, 0.0), null))
    }
}

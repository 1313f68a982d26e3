package app.overview.kit

import app.overview.bindings.CountrySummary
import app.overview.bindings.Globe
import app.overview.bindings.GlobeCamera
import app.overview.bindings.GlobeFrame
import app.overview.bindings.GlobeViewport
import app.overview.bindings.globeBegin
import app.overview.bindings.globeDrag
import app.overview.bindings.globeFlick
import app.overview.bindings.globeFly
import app.overview.bindings.globePointOf
import app.overview.bindings.globeZoom
import java.nio.ByteBuffer
import java.nio.ByteOrder

data class GlobeState(
    val camera: GlobeCamera = globeBegin(),
    /** It turns by itself: call [GlobeModel.advance] for each picture. */
    val isMoving: Boolean = false,
    /** What the card is of: its name stands on the globe, and what is unread. */
    val selected: CountryItem? = null,
    /** The globe as one element: "Globe. Kenya, 38 unread". */
    val spoken: String = "",
    /** Of the colours: with another number the picture is another. */
    val revision: Int = 0,
)

/** One picture, in units of the viewport: what each part means says [GlobeFrame]. */
class GlobePicture internal constructor(of: GlobeFrame) {
    val centreX = of.centreX
    val centreY = of.centreY
    val radius = of.radius
    val points = floats(of.points)
    val ringEnds = integers(of.ringEnds)
    val shapeEnds = integers(of.shapeEnds)
    val shapeTints: ByteArray = of.shapeTints
    /** Which shape is the selected country, or -1. */
    val selectedShape = of.selectedShape?.toInt() ?: -1
    /** Where the name of the selected country stands, when it is on the near side. */
    val selectedAt = of.selectedAt
    val dots = floats(of.dots)
    val dotTints: ByteArray = of.dotTints
    val net = floats(of.net)
    val netEnds = integers(of.netEnds)
}

/** The globe of [countries], and what turns it. It selects among them. */
class GlobeModel internal constructor(kit: Kit, private val countries: CountriesModel) :
    Model<GlobeState>(kit, GlobeState()) {
    private val globe = Globe()
    private var camera = globeBegin()
    private var viewport = GlobeViewport(width = 1.0, height = 1.0, reach = 0.0)
    private var motion: Motion? = null
    /** It was turned: to where it begins, or by a person. */
    private var isTurned = false
    /** What the globe is tinted by. */
    private var tinted: List<CountrySummary>? = null
    private var revision = 0

    /** Turns at once instead of moving, as the system says that a person wants it. */
    var isMotionReduced = false

    init {
        countries.follower = { render() }
        render()
    }

    /** How large the picture is, and how far from a small country a touch may be: 24 dp. */
    fun resize(width: Double, height: Double, reach: Double) {
        viewport = GlobeViewport(width, height, reach)
    }

    fun picture() = GlobePicture(globe.frame(camera, viewport, countries.state.value.card?.code))

    /** A finger lies on it: it stands still. */
    fun hold() {
        motion = null
        render()
    }

    /** A finger moved so far. */
    fun drag(dx: Double, dy: Double) {
        motion = null
        isTurned = true
        camera = globeDrag(camera, viewport, dx, dy)
        render()
    }

    /** A finger left it at this speed, in units of the viewport a second. */
    fun fling(vx: Double, vy: Double) {
        motion = if (isMotionReduced) null else Motion.Flick(camera, vx, vy)
        render()
    }

    /** Two fingers moved apart by this factor. */
    fun zoom(factor: Double) {
        motion = null
        camera = globeZoom(camera, factor)
        render()
    }

    /** Selects the country that a touch means; where it means none that is listed, all stays as it is. */
    fun pick(x: Double, y: Double): String? {
        motion = null
        val met = globe.countryAt(camera, viewport, x, y)
        val picked = met?.takeIf { code -> countries.summaries.orEmpty().any { it.country == code } }
        picked?.let(countries::select)
        return picked
    }

    /** Selects a country and turns to it. */
    fun flyTo(code: String) {
        countries.select(code)
        turn(code)
    }

    /** To the next country by name, or the one before. */
    fun flyToNext(step: Int = 1) {
        countries.selectNext(step)
        countries.state.value.selected?.let { turn(it.code) }
    }

    private fun turn(code: String) {
        isTurned = true
        val point = globePointOf(code) ?: return
        val to = GlobeCamera(point.lon, point.lat, camera.zoom)
        motion = if (isMotionReduced) null else Motion.Flight(camera, to)
        if (isMotionReduced) camera = to
        render()
    }

    /** The first picture has the card's country in the middle. */
    private fun begin(code: String) {
        val point = globePointOf(code) ?: return
        isTurned = true
        camera = GlobeCamera(point.lon, point.lat, camera.zoom)
    }

    /** So many seconds passed since the picture before. */
    fun advance(seconds: Double) {
        val motion = motion ?: return
        motion.passed += seconds
        val isOver =
            when (motion) {
                is Motion.Flight -> {
                    val fraction = motion.passed / FLIGHT_SECONDS
                    camera = globeFly(motion.from, motion.to, fraction)
                    fraction >= 1
                }
                is Motion.Flick -> {
                    val flick = globeFlick(motion.from, viewport, motion.vx, motion.vy, motion.passed)
                    camera = flick.camera
                    flick.ended
                }
            }
        if (isOver) this.motion = null
        render()
    }

    override fun render() {
        if (countries.summaries !== tinted) {
            tinted = countries.summaries
            globe.tintBy(tinted.orEmpty())
            revision++
        }
        val shown = countries.state.value
        if (!isTurned) shown.card?.let { begin(it.code) }
        show(GlobeState(camera, motion != null, shown.card, shown.globeSpoken, revision))
    }

    override fun close() {
        super.close()
        // The globe itself goes with the last who holds it: a frame may still be drawn.
        countries.follower = null
    }
}

private const val FLIGHT_SECONDS = 0.35

private sealed class Motion {
    var passed = 0.0

    class Flight(val from: GlobeCamera, val to: GlobeCamera) : Motion()

    class Flick(val from: GlobeCamera, val vx: Double, val vy: Double) : Motion()
}

private fun numbers(bytes: ByteArray) = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)

private fun floats(bytes: ByteArray) =
    FloatArray(bytes.size / 4).also { numbers(bytes).asFloatBuffer().get(it) }

private fun integers(bytes: ByteArray) =
    IntArray(bytes.size / 4).also { numbers(bytes).asIntBuffer().get(it) }

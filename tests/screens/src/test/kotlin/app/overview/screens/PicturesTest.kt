package app.overview.screens

import java.io.File
import kotlin.math.abs
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.Image
import org.jetbrains.skia.Rect
import org.jetbrains.skia.SamplingMode
import org.jetbrains.skia.Surface
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

/**
 * Screens as they were reviewed: small pictures in `golden`, compared by how far they are apart on the
 * whole, because times of day differ from run to run. OVERVIEW_RECORD writes them anew; what was drawn
 * is in `target/pictures` in full size.
 */
class PicturesTest {
    private val drawn = File(System.getProperty("overview.pictures")).apply { mkdirs() }
    private val golden = File(System.getProperty("overview.golden")).apply { mkdirs() }
    private val isRecording = System.getenv("OVERVIEW_RECORD") != null

    private val light = Device(density = 2f)
    private val others =
        mapOf(
            "dark" to light.copy(isDark = true),
            "large" to light.copy(fontScale = 2f),
            "contrast" to light.copy(hasMoreContrast = true),
            "rtl" to light.copy(isRightToLeft = true),
            "wide" to Device(width = 1180, height = 820),
        )
    /** Those that differ most from each other, on every device. */
    private val everywhere = setOf("globe", "stories", "article", "overlooked", "offline")

    @TestFactory
    fun pictures(): List<DynamicTest> =
        Gallery.scenes.flatMap { scene ->
            val devices = if (scene.name in everywhere) others else emptyMap()
            listOf(dynamicTest(scene.name) { compare(scene.name, Gallery.draw(scene, light)) }) +
                devices.map { (name, device) ->
                    dynamicTest("${scene.name}, $name") { compare("${scene.name}-$name", Gallery.draw(scene, device)) }
                }
        }

    private fun compare(name: String, image: Image) {
        drawn.resolve("$name.png").writeBytes(image.png())
        val small = small(image)
        val file = golden.resolve("$name.png")
        if (isRecording) return file.writeBytes(small.png())
        assertTrue(file.exists(), "$name was never reviewed: OVERVIEW_RECORD=1")
        val apart = apart(small, Image.makeFromEncoded(file.readBytes()))
        assertTrue(apart <= TOLERANCE, "$name is $apart apart, at most $TOLERANCE: see target/pictures/$name.png")
    }

    private fun small(image: Image): Image {
        val (width, height) = image.width / SMALLER to image.height / SMALLER
        val surface = Surface.makeRasterN32Premul(width, height)
        surface.canvas.drawImageRect(image, Rect.makeWH(image.width.toFloat(), image.height.toFloat()), Rect.makeWH(width.toFloat(), height.toFloat()), SamplingMode.MITCHELL, null, true)
        return surface.makeImageSnapshot()
    }

    /** Mean distance of a channel, 0 to 255; all of it when the sizes differ. */
    private fun apart(one: Image, other: Image): Double {
        if (one.width != other.width || one.height != other.height) return 255.0
        val (a, b) = pixels(one) to pixels(other)
        return a.indices.sumOf { abs((a[it].toInt() and 255) - (b[it].toInt() and 255)) }.toDouble() / a.size
    }

    private fun pixels(image: Image): ByteArray = org.jetbrains.skia.Bitmap.makeFromImage(image).readPixels()!!

    private fun Image.png() = encodeToData(EncodedImageFormat.PNG)!!.bytes

    private companion object {
        const val SMALLER = 6
        const val TOLERANCE = 6.0
    }
}

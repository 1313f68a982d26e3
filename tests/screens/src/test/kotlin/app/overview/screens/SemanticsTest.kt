package app.overview.screens

import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.isRoot
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

/** What is heard, and what a finger finds. */
@OptIn(ExperimentalTestApi::class)
class SemanticsTest {
    private fun Stage.nodes(): List<SemanticsNode> {
        fun under(node: SemanticsNode): List<SemanticsNode> = listOf(node) + node.children.flatMap(::under)
        return test.onAllNodes(isRoot()).fetchSemanticsNodes().flatMap(::under)
    }

    private fun SemanticsNode.said(): String =
        (config.getOrNull(SemanticsProperties.ContentDescription).orEmpty() +
            config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text } +
            listOfNotNull(config.getOrNull(SemanticsProperties.EditableText)?.text))
            .joinToString(" ")

    private fun SemanticsNode.isTouched() =
        config.contains(SemanticsActions.OnClick) && !config.contains(SemanticsProperties.Disabled)

    @TestFactory
    fun `whatever is touched has a name and 48 of room`(): List<DynamicTest> =
        Gallery.scenes.flatMap { scene ->
            listOf(1f, 2f).map { size ->
                dynamicTest("${scene.name} at $size") {
                    Gallery.visit(scene, Device(fontScale = size)) {
                        for (node in nodes().filter { it.isTouched() }) {
                            // The scrim and the handle of a sheet are Material's.
                            if (node.config.contains(SemanticsActions.Dismiss)) continue
                            assertTrue(node.said().isNotBlank(), "no name: ${node.config}")
                            val (width, height) = node.touchBoundsInRoot.let { it.width to it.height }
                            val isCut = node.boundsInRoot.let { it.height * 2 < node.size.height || it.width < node.size.width }
                            if (!isCut) assertTrue(width >= 47.5 && height >= 47.5, "${node.said()}: $width x $height")
                        }
                    }
                }
            }
        }

    @Test
    fun `an article is read in the order that it is made in`() = onStage {
        go(app.overview.ui.Place.Stories("KE"))
        press("First message from Brazil")
        see("Compare")
        settle()
        val said = nodes().map { it.said() }.filter { it.isNotBlank() }
        val order =
            listOf("Back", "Share", "First message from Brazil", "The Acacia Post", "Alternative Takes", "Compare", "this article", "Coverage", "publishers in", "How we count", "Text size")
        val at = order.map { part -> said.indexOfFirst { part in it } }
        assertTrue(at.none { it < 0 }, "$order at $at of $said")
        assertEquals(at.sorted(), at, "$said")
    }

    @Test
    fun `headings are headings, and each row is one element`() = onStage {
        go(app.overview.ui.Place.Stories("KE"))
        see("unread of")
        val headings = nodes().filter { it.config.contains(SemanticsProperties.Heading) }.map { it.said() }
        assertTrue("Kenya" in headings, "$headings")
        val row = nodes().first { "4 takes: " in it.said() }
        assertEquals(Role.Button, row.config[SemanticsProperties.Role])
        assertTrue(row.children.all { it.said().isBlank() })
        assertEquals(listOf("Mark read", "Save", "Hide"), row.config[SemanticsActions.CustomActions].map { it.label })
    }
}

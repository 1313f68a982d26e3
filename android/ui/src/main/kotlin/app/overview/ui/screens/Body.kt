package app.overview.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.LinkAnnotation
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.TextLinkStyles
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.text.style.TextDecoration
import androidx.compose.ui.text.withLink
import androidx.compose.ui.text.withStyle
import androidx.compose.ui.unit.dp
import app.overview.bindings.Block
import app.overview.bindings.Run
import app.overview.kit.key
import app.overview.ui.LocalKit
import app.overview.ui.LocalPlatform
import app.overview.ui.parts.Hairline
import app.overview.ui.parts.Link
import app.overview.ui.parts.Picture
import app.overview.ui.parts.Shown
import app.overview.ui.parts.rememberPicture
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Palette
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens
import java.net.URI

/** So that hyphens, glyphs and voices are those of the language. */
internal fun TextStyle.inLanguage(code: String) = copy(localeList = LocaleList(code))

/** A block of an article, with the room below it. */
@Composable
internal fun BlockView(block: Block, language: String, isRightToLeft: Boolean, modifier: Modifier = Modifier) {
    val page = modifier.fillMaxWidth().padding(horizontal = Space.margin)
    val body = (if (isRightToLeft) Tokens.type.bodyRightToLeft() else Tokens.type.body).inLanguage(language)
    when (block) {
        is Block.Heading ->
            Prose(block.runs, Tokens.type.sub.inLanguage(language), page.padding(top = 12.dp, bottom = Space.x3).semantics { heading() })
        is Block.Image -> BodyPicture(block, language)
        else -> Box(page.padding(bottom = Space.x5)) { Inner(block, body) }
    }
}

/** What may also stand in a quote, a list or a table. */
@Composable
private fun Inner(block: Block, style: TextStyle) {
    val colors = Tokens.colors
    when (block) {
        is Block.Heading -> Prose(block.runs, style.copy(fontWeight = FontWeight.SemiBold), Modifier.semantics { heading() })
        is Block.Paragraph -> Prose(block.runs, style)
        is Block.Quote ->
            Row(Modifier.height(IntrinsicSize.Min), Arrangement.spacedBy(Space.x5)) {
                Box(Modifier.fillMaxHeight().width(3.dp).background(colors.ink))
                Column(Modifier.weight(1f), Arrangement.spacedBy(Space.x3)) {
                    block.blocks.forEach { Inner(it, style) }
                    if (block.attribution.isNotEmpty()) Prose(block.attribution, Tokens.type.meta, color = colors.ink2)
                }
            }
        is Block.ItemList ->
            Column(Modifier, Arrangement.spacedBy(Space.x3)) {
                block.items.forEachIndexed { at, item ->
                    Row(Modifier, Arrangement.spacedBy(Space.x4)) {
                        Text(LocalKit.current.wording.itemMark(block.start, at), style = style, color = colors.ink2)
                        Column(Modifier.weight(1f), Arrangement.spacedBy(Space.x3)) { item.forEach { Inner(it, style) } }
                    }
                }
            }
        is Block.Table ->
            Column(Modifier.horizontalScroll(rememberScrollState())) {
                if (block.caption.isNotEmpty()) Prose(block.caption, Tokens.type.meta, color = colors.ink2)
                block.rows.forEach { row ->
                    Hairline(Modifier.width(480.dp))
                    Row(Modifier.padding(vertical = Space.x3), Arrangement.spacedBy(Space.x5)) {
                        row.forEach { cell ->
                            val weight = if (cell.heading) FontWeight.SemiBold else FontWeight.Normal
                            Column(Modifier.width(120.dp)) {
                                cell.blocks.forEach { Inner(it, Tokens.type.firstLine.copy(fontWeight = weight)) }
                            }
                        }
                    }
                }
            }
        is Block.Code ->
            Text(
                block.text,
                Modifier.fillMaxWidth().clip(Corner.thumb).background(colors.surface).horizontalScroll(rememberScrollState()).padding(Space.x4),
                style = Tokens.type.meta.copy(fontFamily = FontFamily.Monospace),
                color = colors.ink,
            )
        is Block.Rule -> Hairline(Modifier.padding(vertical = Space.x3))
        is Block.Image -> BodyPicture(block, null)
        is Block.Embed -> {
            val platform = LocalPlatform.current
            Link(block.provider, icon = Icons.open) { platform.open(block.url) }
        }
    }
}

/** A number or a bullet. */

@Composable
private fun BodyPicture(block: Block.Image, language: String?) {
    val picture = rememberPicture(block.v1.key)
    if (picture is Shown.Nothing) return
    Column(Modifier.fillMaxWidth().padding(bottom = Space.x5)) {
        val image = (picture as? Shown.Here)?.image
        val ratio = image?.let { it.width.toFloat() / it.height } ?: 1.5f
        Picture(picture, Modifier.fillMaxWidth().aspectRatio(ratio.coerceIn(.6f, 2.4f)), description = block.v1.alt.ifEmpty { null })
        if (block.v1.caption.isNotEmpty()) {
            val style = language?.let { Tokens.type.meta.inLanguage(it) } ?: Tokens.type.meta
            Prose(block.v1.caption, style, Modifier.padding(horizontal = Space.margin, vertical = Space.x3), Tokens.colors.ink2)
        }
        if (block.v1.credit.isNotEmpty()) {
            Text(block.v1.credit, Modifier.padding(horizontal = Space.margin), style = Tokens.type.micro, color = Tokens.colors.ink3)
        }
    }
}

/** Text with what is in it: strong, stressed, links. */
@Composable
private fun Prose(runs: List<Run>, style: TextStyle, modifier: Modifier = Modifier, color: Color = Tokens.colors.ink) {
    val platform = LocalPlatform.current
    Text(annotated(runs, Tokens.colors, platform::open), modifier.fillMaxWidth(), style = style, color = color)
}

private fun annotated(runs: List<Run>, colors: Palette, onOpen: (URI) -> Unit): AnnotatedString = buildAnnotatedString {
    for (run in runs) {
        val span =
            SpanStyle(
                fontWeight = if (run.strong) FontWeight.SemiBold else null,
                fontStyle = if (run.emphasis) FontStyle.Italic else null,
                fontFamily = if (run.code) FontFamily.Monospace else null,
            )
        val link = run.link
        if (link == null) withStyle(span) { append(run.text) }
        else {
            val look = TextLinkStyles(SpanStyle(color = colors.accent, textDecoration = TextDecoration.Underline))
            withLink(LinkAnnotation.Url(link.toString(), look) { onOpen(link) }) { withStyle(span) { append(run.text) } }
        }
    }
}

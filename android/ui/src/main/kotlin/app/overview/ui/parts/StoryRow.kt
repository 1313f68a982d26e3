package app.overview.ui.parts

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import app.overview.kit.StoryItem
import app.overview.ui.theme.Corner
import app.overview.ui.theme.Icons
import app.overview.ui.theme.Space
import app.overview.ui.theme.Tokens

/** A story of a list; the first has its picture over it. */
@Composable
fun StoryRow(story: StoryItem, isFirst: Boolean, modifier: Modifier = Modifier, actions: List<CustomAccessibilityAction> = emptyList(), onOpen: () -> Unit) {
    // Pictures go when text is large.
    val picture = rememberPicture(if (Tokens.isTextLarge) null else story.picture)
    Box(modifier.clickable(role = Role.Button, onClick = onOpen).spoken(story.spoken, actions)) {
        Box(Modifier.silent()) {
            if (isFirst) Lead(story, picture) else Line(story, picture)
        }
    }
}

@Composable
private fun Lead(story: StoryItem, picture: Shown) {
    Column(Modifier.padding(start = Space.margin, end = Space.margin, top = Space.x4, bottom = 14.dp)) {
        if (picture !is Shown.Nothing) {
            Picture(picture, Modifier.fillMaxWidth().height(168.dp).clip(Corner.lead), isRead = !story.isUnread)
            Gap(10.dp)
        }
        Byline(story)
        Text(
            story.headline,
            style = if (story.isUnread) Tokens.type.lead else Tokens.type.lead.copy(fontWeight = Tokens.type.rowRead.fontWeight),
            color = if (story.isUnread) Tokens.colors.ink else Tokens.colors.ink2,
        )
        Marks(story)
    }
}

@Composable
private fun Line(story: StoryItem, picture: Shown) {
    Row(Modifier.padding(horizontal = Space.margin, vertical = 14.dp), Arrangement.spacedBy(14.dp)) {
        Column(Modifier.weight(1f)) {
            Byline(story)
            Text(
                story.headline,
                style = if (story.isUnread) Tokens.type.row else Tokens.type.rowRead,
                color = if (story.isUnread) Tokens.colors.ink else Tokens.colors.ink2,
            )
            Marks(story)
        }
        if (picture !is Shown.Nothing) {
            Picture(picture, Modifier.padding(top = 4.dp).size(92.dp).clip(Corner.thumb), isRead = !story.isUnread)
        }
    }
}

@Composable
private fun Marks(story: StoryItem) {
    MarksRow(story.marks, story.takes, story.overlooked, story.translated, story.ready, Modifier.padding(top = 7.dp))
}

@Composable
private fun Byline(story: StoryItem) = RowByline(story.publisher, story.age, story.isUnread, isSaved = story.isSaved)

/** Who told it and when, before a headline. */
@Composable
fun RowByline(publisher: String, age: String, isUnread: Boolean, code: String? = null, isSaved: Boolean = false) {
    val colors = Tokens.colors
    Row(Modifier.padding(bottom = 3.dp), Arrangement.spacedBy(6.dp), Alignment.CenterVertically) {
        if (isUnread) UnreadDot()
        code?.let { Tile(it, isSmall = true) }
        Text(publisher, Modifier.weight(1f, fill = false), style = Tokens.type.meta, color = colors.ink2)
        Text("·", style = Tokens.type.meta, color = colors.ink3)
        Text(age, style = Tokens.type.meta, color = colors.ink3)
        if (isSaved) Icon(Icons.saved, null, Modifier.size(scaled(13)), colors.ink3)
    }
}

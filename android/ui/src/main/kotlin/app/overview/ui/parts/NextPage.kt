package app.overview.ui.parts

import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect

/** Asks for the next page of a list before its end is seen. */
@Composable
internal fun NextPage(list: LazyListState, hasMore: Boolean, load: suspend () -> Unit) {
    LaunchedEffect(list.canScrollForward, hasMore) { if (!list.canScrollForward && hasMore) load() }
}

//! Where the open article is being read: kept while its lines are set anew (another size, a picture
//! that came, the whole page instead of the feed's body), and from one reading to the next.

use overview_core::model::ReadingPosition;
use overview_core::page::{find_position, position_at};

use super::state::Reading;

/// The block at the top of the window; `None` above the body.
pub(super) fn of(reading: &Reading) -> Option<ReadingPosition> {
    if reading.resume.is_some() {
        return reading.resume;
    }
    let starts = &reading.prose.starts;
    let block = starts
        .partition_point(|start| *start <= reading.scroll)
        .checked_sub(1)?;
    let passed = (reading.scroll - starts[block]) * 1_000 / height(reading, block);
    let thousandths = u16::try_from(passed).map_or(1_000, |passed| passed.min(1_000));
    position_at(&reading.article.as_ref()?.blocks, block, thousandths)
}

/// Scrolls to where the reader was, once there are lines.
pub(super) fn resume(reading: &mut Reading) {
    let Some(article) = &reading.article else {
        return;
    };
    let Some(position) = reading.resume.take() else {
        return;
    };
    if let Some((block, thousandths)) = find_position(&article.blocks, position)
        && let Some(start) = reading.prose.starts.get(block)
    {
        // Upwards, so that keeping and coming back again and again does not creep up.
        let lines = (height(reading, block) * usize::from(thousandths)).div_ceil(1_000);
        reading.scroll = start + lines;
    }
}

/// Lines of a block with those between it and the next, one at least.
fn height(reading: &Reading, block: usize) -> usize {
    let starts = &reading.prose.starts;
    let end = starts.get(block + 1).copied();
    let end = end.unwrap_or(reading.prose.lines.len());
    end.saturating_sub(starts[block]).max(1)
}

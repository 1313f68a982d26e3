//! For the host suites alone: faults on demand, and what a call costs before it crosses.
#![allow(clippy::panic)]

use std::time::Instant;

use overview_core::Overview as Core;
use overview_core::model::{ArticleId, ArticleQuery, StoryQuery};

use crate::{Overview, OverviewError};

#[uniffi::export]
impl Overview {
    /// Panics in the core, on the threads of the library.
    pub async fn panic_in_query(&self) -> Result<(), OverviewError> {
        self.calls
            .query(|_| panic!("a fault that was asked for"))
            .await
    }

    /// Panics on the caller's own thread.
    pub fn panic_at_once(&self) -> Result<(), OverviewError> {
        panic!("a fault that was asked for")
    }

    /// Nanoseconds that a page of articles takes in the core, median of so many times.
    pub async fn time_articles(
        &self,
        query: ArticleQuery,
        times: u32,
    ) -> Result<u64, OverviewError> {
        self.time(times, move |core| core.articles(&query).map(drop))
            .await
    }

    /// Nanoseconds that a page of stories takes in the core, median of so many times.
    pub async fn time_stories(&self, query: StoryQuery, times: u32) -> Result<u64, OverviewError> {
        self.time(times, move |core| core.stories(&query).map(drop))
            .await
    }

    /// Nanoseconds that an article takes in the core, median of so many times.
    pub async fn time_article(&self, id: ArticleId, times: u32) -> Result<u64, OverviewError> {
        self.time(times, move |core| core.article(id).map(drop))
            .await
    }
}

impl Overview {
    async fn time(
        &self,
        times: u32,
        call: impl Fn(&Core) -> overview_core::Result<()> + Send + 'static,
    ) -> Result<u64, OverviewError> {
        self.calls
            .query(move |core| {
                let mut took = Vec::new();
                for _ in 0..times {
                    let begun = Instant::now();
                    call(core)?;
                    took.push(begun.elapsed().as_nanos());
                }
                took.sort_unstable();
                let median = took.get(took.len() / 2).copied().unwrap_or_default();
                Ok(u64::try_from(median).unwrap_or(u64::MAX))
            })
            .await
    }
}

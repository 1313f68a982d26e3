//! Searching what is stored: which articles, and where in them the words stand.

use crate::model::{ArticleRow, Page, SearchHit, SearchQuery, Stretch};
use crate::page::text_of;
use crate::search::{Typed, excerpt, marked, searched};
use crate::upkeep;
use crate::{Overview, Result};

/// Characters of an excerpt.
const EXCERPT: usize = 200;

impl Overview {
    /// A page of the articles in which all the words stand that a person typed: in title, teaser or
    /// body, or in the English title and teaser. What has no word finds nothing; nothing that is typed
    /// is an error.
    ///
    /// # Errors
    /// [`Error::Unknown`](crate::Error::Unknown) for a country or publisher that neither the catalogue
    /// nor the store knows.
    pub fn search(&self, query: &SearchQuery) -> Result<Page<SearchHit>> {
        self.know_scope(&query.scope.articles)?;
        let typed = Typed::search(&query.text);
        let page = self.store().search(query, &typed)?;
        let hits = page.rows.into_iter().map(|row| self.hit(row, &typed));
        Ok(Page {
            rows: hits.collect::<Result<_>>()?,
            previous: page.previous,
            next: page.next,
        })
    }

    fn hit(&self, row: ArticleRow, typed: &Typed) -> Result<SearchHit> {
        let plain = |text: &str| match text {
            "" => Vec::new(),
            text => vec![Stretch {
                text: text.to_owned(),
                found: false,
            }],
        };
        let title = marked(row.shown_title(), typed);
        let is_english = row.translation.is_some();
        let mut shown = excerpt(row.shown_teaser(), typed, EXCERPT).map(|found| (found, false));
        if shown.is_none() && is_english {
            let original =
                marked(&row.title, typed).or_else(|| excerpt(&row.teaser, typed, EXCERPT));
            shown = original.map(|found| (found, true));
        }
        if shown.is_none() && title.is_none() {
            shown = self.in_body(&row, typed)?.map(|found| (found, is_english));
        }
        let (excerpt, in_original) = shown.unwrap_or_else(|| (plain(row.shown_teaser()), false));
        Ok(SearchHit {
            title: title.unwrap_or_else(|| plain(row.shown_title())),
            excerpt,
            in_original,
            row,
        })
    }

    fn in_body(&self, row: &ArticleRow, typed: &Typed) -> Result<Option<Vec<Stretch>>> {
        let page = self.store().page(row.id)?.and_then(|page| page.blocks);
        let text = match page {
            Some(blocks) => text_of(&blocks),
            None => match self.store().article(row.id)? {
                Some(stored) => upkeep::text_of(stored.summary, stored.content, None),
                None => return Ok(None),
            },
        };
        Ok(excerpt(searched(&text), typed, EXCERPT))
    }
}

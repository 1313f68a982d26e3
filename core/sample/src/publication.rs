//! The world as published at one moment.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use overview_core::http::HostOverride;

use crate::feed;
use crate::page;
use crate::picture;
use crate::world::{Article, Publisher, SampleWorld};

/// The sample world as it stands at one moment: every date is so many hours before it.
#[derive(Debug, Clone)]
pub struct Publication {
    pub(crate) world: Arc<SampleWorld>,
    pub(crate) at: DateTime<Utc>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// With the charset where there is one.
    pub content_type: &'static str,
    /// All of it.
    pub body: Vec<u8>,
}

/// An article where it is published.
pub(crate) struct Published<'a> {
    pub(crate) publisher: &'a Publisher,
    pub(crate) article: &'a Article,
    pub(crate) url: String,
    pub(crate) picture: Option<String>,
    pub(crate) at: DateTime<Utc>,
}

impl Published<'_> {
    /// When it appeared, as feeds and pages write it.
    pub(crate) fn rfc3339(&self) -> String {
        self.at.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

impl Publication {
    /// Publishes the world at a moment.
    pub fn new(world: Arc<SampleWorld>, at: DateTime<Utc>) -> Self {
        Self { world, at }
    }

    /// What is published.
    pub fn world(&self) -> &SampleWorld {
        &self.world
    }

    /// Lets the names of all publishers lead to one address of this machine.
    pub fn hosts_at(&self, address: SocketAddr) -> HashMap<String, HostOverride> {
        let publishers = self.world.publishers.iter();
        publishers
            .map(|publisher| (publisher.host(), HostOverride::Connect(address)))
            .collect()
    }

    /// What a publisher answers; `None` where there is nothing.
    pub fn answer(&self, host: &str, path: &str) -> Option<Reply> {
        let index = self
            .world
            .publishers
            .iter()
            .position(|publisher| publisher.host() == host)?;
        let publisher = &self.world.publishers[index];
        let all = self.of(index);
        if path == publisher.feed_path() {
            return Some(feed::write(publisher, &all));
        }
        if path == "/" {
            return Some(page::front(publisher, &all));
        }
        let (page, picture) = match path.strip_suffix(".png") {
            Some(page) => (page, true),
            None => (path, false),
        };
        let found = all
            .iter()
            .find(|published| published.article.path(publisher) == page)?;
        if picture {
            let scene = found.article.scene?;
            return Some(Reply {
                content_type: "image/png",
                body: picture::draw(scene, &found.article.event, picture::LEAD)?,
            });
        }
        Some(page::article(found, &all))
    }

    /// A publisher's articles, the newest first.
    pub(crate) fn of(&self, publisher: usize) -> Vec<Published<'_>> {
        let mut articles: Vec<&Article> = self
            .world
            .articles
            .iter()
            .filter(|article| article.publisher == publisher)
            .collect();
        articles.sort_by(|a, b| {
            a.hours_ago
                .total_cmp(&b.hours_ago)
                .then_with(|| a.id().cmp(&b.id()))
        });
        let publisher = &self.world.publishers[publisher];
        articles
            .into_iter()
            .map(|article| {
                let url = publisher.url(&article.path(publisher));
                Published {
                    publisher,
                    article,
                    picture: article.scene.map(|_| format!("{url}.png")),
                    url,
                    at: self.published_at(article),
                }
            })
            .collect()
    }

    /// When an article appeared, to the minute.
    pub fn published_at(&self, article: &Article) -> DateTime<Utc> {
        // A few days at most, so that no minute is lost.
        #[allow(clippy::cast_possible_truncation)]
        let minutes = (article.hours_ago * 60.0).round() as i64;
        self.at - Duration::minutes(minutes)
    }

    /// The address of an article.
    pub fn url(&self, article: &Article) -> String {
        let publisher = self.world.publisher_of(article);
        publisher.url(&article.path(publisher))
    }
}

//! The sample world in the loopback world: the same publishers, which can be made to misbehave.

use std::sync::Arc;

use overview_core::http::ClientOptions;
use overview_core::{Clock, OpenOptions};
use overview_sample::{Publication, SampleWorld};
use tempfile::TempDir;

use crate::world::{Answer, World, WorldClock};

/// The sample world as published at the world's time, and a reader's directory.
pub struct Sample {
    /// Who publishes what.
    pub publication: Publication,
    /// Where it is served, by script.
    pub world: World,
    /// The time for all of them.
    pub clock: WorldClock,
    /// Where the reader keeps everything.
    pub dir: TempDir,
}

impl Sample {
    /// Serves every feed and every page.
    ///
    /// # Panics
    /// When the sample world cannot be read, or the machine has no loopback.
    #[allow(clippy::expect_used)]
    pub fn open() -> Self {
        let clock = WorldClock::default();
        let world = World::start();
        let sample = SampleWorld::bundled().expect("the sample world is sound");
        let opened = Self {
            publication: Publication::new(Arc::clone(&sample), clock.now()),
            world,
            clock,
            dir: tempfile::tempdir().expect("there is a temporary directory"),
        };
        for publisher in &sample.publishers {
            let site = opened.world.site(&publisher.host());
            let feed = opened.text(&publisher.host(), publisher.feed_path());
            site.set(
                publisher.feed_path(),
                Answer::feed(feed).etag("\"one\"").conditional(),
            );
        }
        for article in &sample.articles {
            let publisher = sample.publisher_of(article);
            let path = article.path(publisher);
            let page = opened.text(&publisher.host(), &path);
            opened
                .world
                .site(&publisher.host())
                .set(&path, Answer::page(page));
        }
        opened
    }

    #[allow(clippy::expect_used)]
    fn text(&self, host: &str, path: &str) -> String {
        let reply = self.publication.answer(host, path);
        String::from_utf8(reply.expect("it is published").body).expect("it is UTF-8")
    }

    /// How the reader opens it.
    ///
    /// # Panics
    /// When its publishers make no catalogue.
    #[allow(clippy::expect_used)]
    pub fn options(&self) -> OpenOptions {
        let catalogue = self.publication.world().catalogue();
        let catalogue = catalogue.expect("its catalogue is sound");
        OpenOptions {
            catalogue: Some(catalogue),
            http: ClientOptions {
                hosts: self.publication.hosts_at(self.world.address()),
                ..self.world.opened()
            },
            clock: Arc::new(self.clock.clone()),
            ..OpenOptions::new(self.dir.path())
        }
    }
}

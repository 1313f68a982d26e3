//! How Overview behaves towards servers, good and bad: the twelve rows of HTTP manners, named by
//! what the server does, then what else can go wrong on the way.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use overview_core::Clock;
use overview_core::http::{
    Body, Client, ClientOptions, Fetched, HostOverride, HttpError, Kind, Request,
};
use overview_core::model::{FeedPollState, UpdateHints};
use overview_core::sync::schedule::{self, PollFailure};
use overview_tests::world::{
    Answer, BadCertificate, Encoding, Fault, Gate, World, WorldClock, feeds,
};
use url::Url;

const FEED: &str = "/feed.xml";

fn some_feed(seed: u64) -> Vec<u8> {
    let home = Url::parse("https://herald.example/").unwrap();
    let entries = feeds::entries(&home, seed, 5, WorldClock::default().now());
    feeds::rss("The Herald", &home, &entries)
}

fn good() -> Answer {
    Answer::feed(some_feed(1))
}

fn client(options: ClientOptions) -> Client {
    Client::new(options).unwrap()
}

fn feed_at(url: Url) -> Request {
    Request {
        url,
        kind: Kind::Feed,
        validators: None,
    }
}

async fn get(client: &Client, url: Url) -> Result<Fetched, HttpError> {
    client
        .fetch(&feed_at(url), WorldClock::default().now())
        .await
}

async fn code(client: &Client, url: Url) -> &'static str {
    get(client, url).await.expect_err("an error").code()
}

fn bytes(fetched: &Fetched) -> &[u8] {
    match &fetched.body {
        Body::New { bytes, .. } => bytes,
        Body::NotModified => panic!("a 304"),
    }
}

/// One feed as sync polls it: what is due is asked, what comes decides the next time.
struct Subscription {
    client: Client,
    url: Url,
    state: FeedPollState,
    clock: WorldClock,
    hints: UpdateHints,
}

impl Subscription {
    fn new(options: ClientOptions, url: Url) -> Self {
        Self {
            client: client(options),
            url,
            state: FeedPollState::default(),
            clock: WorldClock::default(),
            hints: UpdateHints::default(),
        }
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// As the schedule has it; whether it was due.
    async fn poll(&mut self) -> bool {
        self.poll_if(false).await
    }

    /// As a person pulls to refresh; whether the schedule let them.
    async fn pull(&mut self) -> bool {
        self.poll_if(true).await
    }

    async fn poll_if(&mut self, forced: bool) -> bool {
        let now = self.now();
        if !schedule::is_due(&self.state, now, forced) {
            return false;
        }
        let request = schedule::request_for(&self.state, &self.url, now).unwrap();
        self.state = match self.client.fetch(&request, now).await {
            Ok(fetched) if is_feed(&fetched) => {
                let hints = Some(&self.hints);
                schedule::after_success(&self.state, &fetched, hints, now, 1)
            }
            Ok(_) => {
                let failure = PollFailure::Parse {
                    code: "web_page",
                    reason: "reading the feed: this is a web page",
                };
                schedule::after_failure(&self.state, failure, now, 1)
            }
            Err(e) => schedule::after_failure(&self.state, PollFailure::Http(&e), now, 1),
        };
        true
    }

    /// What a process that starts anew has: the stored state and nothing else.
    fn restarted(self, options: ClientOptions) -> Self {
        let stored = serde_json::to_string(&self.state).unwrap();
        Self {
            client: client(options),
            state: serde_json::from_str(&stored).unwrap(),
            ..self
        }
    }

    fn wait(&self, minutes: i64) {
        self.clock.advance(TimeDelta::minutes(minutes));
    }

    fn minutes_to_next(&self) -> i64 {
        (self.state.next_check_at.unwrap() - self.now()).num_minutes()
    }

    fn error(&self) -> &str {
        self.state.last_error.as_ref().map_or("none", |e| &e.code)
    }
}

fn is_feed(fetched: &Fetched) -> bool {
    match &fetched.body {
        Body::NotModified => true,
        Body::New { bytes, .. } => bytes.starts_with(b"<?xml"),
    }
}

// The twelve rows.

#[tokio::test]
async fn row_1_gives_validators() {
    let world = World::start();
    for (etag, date) in [
        (Some("\"plain\""), None),
        (
            Some("W/\"weak-and-odd\u{e9}\""),
            Some("Mon, 05 Oct 2026 11:59:59 GMT"),
        ),
        (Some("unquoted"), Some("Yesterday, at about 9")),
        (None, Some("2026-10-05 11:00:00")),
    ] {
        let mut answer = good();
        let latin1 = |text: &str| -> Vec<u8> {
            text.chars()
                .map(|c| u8::try_from(u32::from(c)).unwrap())
                .collect()
        };
        if let Some(etag) = etag {
            answer = answer.header("ETag", latin1(etag));
        }
        if let Some(date) = date {
            answer = answer.last_modified(date);
        }
        world.set(FEED, answer);
        world.forget_requests();
        let mut feed = Subscription::new(world.opened(), world.url(FEED));
        assert!(feed.poll().await);
        feed.wait(120);
        let mut feed = feed.restarted(world.opened());
        assert!(feed.poll().await);
        let requests = world.requests();
        assert_eq!(requests[0].header("if-none-match"), None);
        assert_eq!(requests[0].header("if-modified-since"), None);
        assert_eq!(requests[1].header("if-none-match"), etag);
        assert_eq!(requests[1].header("if-modified-since"), date);
    }
}

#[tokio::test]
async fn row_2_changes_validators_without_the_body() {
    let world = World::start();
    world.then(FEED, good().etag("\"1\""));
    world.then(FEED, good().etag("\"2\""));
    world.then(FEED, Answer::status(304).etag("\"3\""));
    world.set(FEED, Answer::status(304));
    let mut feed = Subscription::new(world.opened(), world.url(FEED));
    for _ in 0..5 {
        assert!(feed.poll().await);
        assert_eq!(feed.error(), "none");
        feed.wait(120);
    }
    let sent: Vec<_> = world
        .requests()
        .iter()
        .map(|r| r.header("if-none-match").map(str::to_owned))
        .collect();
    let expected = [
        None,
        Some("\"1\""),
        Some("\"2\""),
        Some("\"3\""),
        Some("\"3\""),
    ];
    assert_eq!(sent, expected.map(|tag| tag.map(str::to_owned)));
}

#[tokio::test]
async fn row_3_stops_giving_validators() {
    let world = World::start();
    world.then(
        FEED,
        good()
            .etag("\"1\"")
            .last_modified("Mon, 05 Oct 2026 11:59:59 GMT"),
    );
    world.then(FEED, good().etag("\"2\""));
    world.set(FEED, good());
    let mut feed = Subscription::new(world.opened(), world.url(FEED));
    for _ in 0..4 {
        assert!(feed.poll().await);
        feed.wait(120);
    }
    let requests = world.requests();
    assert_eq!(requests[2].header("if-none-match"), Some("\"2\""));
    assert_eq!(requests[2].header("if-modified-since"), None);
    assert_eq!(requests[3].header("if-none-match"), None);
}

#[tokio::test]
async fn row_4_says_how_long_its_answer_is_good() {
    let world = World::start();
    let sent = ("Date", "Mon, 05 Oct 2026 12:00:00 GMT");
    for (name, value, least, most) in [
        ("Cache-Control", "max-age=60", 60, 63),
        ("Cache-Control", "public, max-age=7200", 120, 126),
        ("Cache-Control", "max-age=504576000", 300, 315),
        ("Expires", "Mon, 05 Oct 2026 14:00:00 GMT", 120, 126),
        ("Expires", "Sun, 05 Oct 2042 14:00:00 GMT", 300, 315),
        ("Expires", "-1", 60, 63),
    ] {
        let answer = good().etag("\"1\"").conditional();
        world.set(FEED, answer.header(name, value).header(sent.0, sent.1));
        let mut feed = Subscription::new(world.opened(), world.url(FEED));
        assert!(feed.poll().await);
        let next = feed.minutes_to_next();
        assert!(
            (least..=most).contains(&next),
            "{name}: {value} gives {next}"
        );
        world.forget_requests();
        feed.wait(least - 1);
        assert!(!feed.poll().await, "polled before {value} was over");
        assert!(feed.pull().await, "a person may");
        let asked = world.requests();
        assert_eq!(asked.len(), 1);
        assert_eq!(
            asked[0].header("if-none-match"),
            Some("\"1\""),
            "still conditionally"
        );
        feed.wait(8);
        assert!(!feed.pull().await, "but not over and over");
    }
}

#[tokio::test]
async fn row_5_asks_for_a_pause() {
    for (status, wanted, minutes) in [
        (429, Some("1800"), 30),
        (503, Some("Mon, 05 Oct 2026 13:30:00 GMT"), 90),
        (429, None, 10),
        (503, Some("whenever"), 10),
        (429, Some("0"), 1),
        (429, Some("99999999999"), 24 * 60),
    ] {
        let world = World::start();
        let answer = Answer::status(status);
        world.set(
            FEED,
            match wanted {
                Some(wanted) => answer.header("Retry-After", wanted),
                None => answer,
            },
        );
        world.set("/other.xml", good());
        let mut feed = Subscription::new(world.opened(), world.url(FEED));
        assert!(feed.poll().await);
        assert_eq!(feed.error(), "rate_limited");
        assert_eq!(world.requests().len(), 1, "no immediate retry");
        let neighbour = feed
            .client
            .fetch(&feed_at(world.url("/other.xml")), feed.now())
            .await;
        assert_eq!(neighbour.unwrap_err().code(), "host_paused");
        assert_eq!(world.requests().len(), 1, "the whole host is left alone");
        feed.wait(minutes - 1);
        assert!(!feed.pull().await, "{wanted:?}: not even a person");
        let mut feed = feed.restarted(world.opened());
        assert!(!feed.pull().await, "not after a restart either");
        let until = feed.state.host_paused_until(feed.now()).unwrap();
        feed.client.pause_host(&feed.url, until);
        let neighbour = feed_at(world.url("/other.xml"));
        let neighbour = feed.client.fetch(&neighbour, feed.now()).await;
        assert_eq!(neighbour.unwrap_err().code(), "host_paused");
        assert!(feed.minutes_to_next() >= 59 - minutes, "and it backs off");
        feed.wait(2);
        let later = feed
            .client
            .fetch(&feed_at(world.url("/other.xml")), feed.now())
            .await;
        assert!(later.is_ok());
    }
}

#[tokio::test]
async fn row_5_asks_for_a_pause_while_others_are_queued() {
    let world = World::start();
    let gate = Gate::closed();
    world.set("/0", Answer::status(429).behind(&gate));
    let shared = client(world.opened());
    let first = tokio::spawn({
        let (client, url) = (shared.clone(), world.url("/0"));
        async move { code(&client, url).await }
    });
    world.arrived(1).await;
    let queued: Vec<_> = (1..5)
        .map(|n| {
            let (client, url) = (shared.clone(), world.url(&format!("/{n}")));
            tokio::spawn(async move { code(&client, url).await })
        })
        .collect();
    tokio::task::yield_now().await;
    gate.open();
    assert_eq!(first.await.unwrap(), "rate_limited");
    for request in queued {
        assert_eq!(request.await.unwrap(), "host_paused");
    }
    assert_eq!(world.requests().len(), 1);
}

#[tokio::test]
async fn row_6_moves() {
    let world = World::start();
    world.set("/new.xml", good());
    for (status, remembered) in [
        (301, true),
        (308, true),
        (302, false),
        (303, false),
        (307, false),
    ] {
        world.set(FEED, Answer::redirect(status, "/new.xml"));
        let mut feed = Subscription::new(world.opened(), world.url(FEED));
        for _ in 0..3 {
            assert!(feed.poll().await);
            assert_eq!(feed.error(), "none", "{status} is followed");
            assert_eq!(feed.state.adopted_url, None, "not believed at once");
            feed.wait(23 * 60);
        }
        assert!(feed.poll().await);
        assert_eq!(feed.state.adopted_url.is_some(), remembered, "{status}");
        feed.wait(120);
        world.forget_requests();
        assert!(feed.poll().await);
        assert_eq!(world.requests_for(FEED).is_empty(), remembered, "{status}");
        assert_eq!(world.requests_for("/new.xml").len(), 1, "{status}");
    }
}

#[tokio::test]
async fn row_6_moves_to_something_that_is_no_feed() {
    let world = World::start();
    world.set(
        "/gone-portal",
        Answer::page("<!DOCTYPE html><title>Welcome</title>"),
    );
    world.set(FEED, Answer::redirect(301, "/gone-portal"));
    let mut feed = Subscription::new(world.opened(), world.url(FEED));
    for _ in 0..6 {
        assert!(feed.poll().await);
        assert_eq!(feed.error(), "web_page");
        feed.wait(26 * 60);
    }
    assert_eq!(feed.state.adopted_url, None);
}

#[tokio::test]
async fn row_7_redirects() {
    let world = World::start();
    let [old, new] = ["old.localhost", "new.localhost"].map(|host| world.site(host));
    old.set(FEED, good().etag("\"old\"").conditional());
    new.set(FEED, good().etag("\"new\"").conditional());
    let mut feed = Subscription::new(world.opened(), old.url(FEED));
    assert!(feed.poll().await);
    old.set(FEED, Answer::redirect(302, new.url(FEED).as_str()));
    for _ in 0..2 {
        feed.wait(120);
        assert!(feed.poll().await);
        assert_eq!(feed.error(), "none");
    }
    let tags = |host: &str| -> Vec<Option<String>> {
        let requests = world.requests();
        let to_host = requests.iter().filter(|r| r.host == host);
        to_host
            .map(|r| r.header("if-none-match").map(str::to_owned))
            .collect()
    };
    let tag = |tag: &str| Some(tag.to_owned());
    assert_eq!(tags("old.localhost"), [None, tag("\"old\""), None]);
    assert_eq!(tags("new.localhost"), [None, tag("\"new\"")]);
}

#[tokio::test]
async fn row_7_redirects_for_ever() {
    let world = World::start();
    let client = client(world.opened());
    world.set("/a", Answer::redirect(301, "/b"));
    world.set("/b", Answer::redirect(302, "/a"));
    assert_eq!(code(&client, world.url("/a")).await, "redirect_loop");
    assert_eq!(world.requests().len(), 2);
    world.forget_requests();
    for n in 0..20 {
        world.set(
            &format!("/{n}"),
            Answer::redirect(302, &format!("/{}", n + 1)),
        );
    }
    assert_eq!(code(&client, world.url("/0")).await, "too_many_redirects");
    assert_eq!(world.requests().len(), 11);
    world.set("/10", good());
    assert!(
        get(&client, world.url("/0")).await.is_ok(),
        "ten are followed"
    );
}

#[tokio::test]
async fn row_8_says_it_is_gone_or_broken() {
    let world = World::start();
    world.set(FEED, Answer::status(410));
    let mut feed = Subscription::new(world.opened(), world.url(FEED));
    assert!(feed.poll().await);
    assert_eq!(feed.error(), "gone");
    assert!(feed.state.gone);
    feed.wait(60 * 24 * 1000);
    assert!(!feed.poll().await && !feed.pull().await);

    for status in [404, 500, 502] {
        world.set(FEED, Answer::status(status));
        let mut feed = Subscription::new(world.opened(), world.url(FEED));
        for hours in [1, 2, 4, 8, 16, 24, 24] {
            assert!(feed.poll().await);
            assert_eq!(feed.error(), "status");
            let next = feed.minutes_to_next();
            assert!(
                (hours * 60..=hours * 63).contains(&next),
                "{status}: {next}"
            );
            feed.wait(hours * 63 + 1);
        }
        world.set(FEED, good());
        assert!(feed.poll().await);
        assert_eq!((feed.error(), feed.minutes_to_next() < 64), ("none", true));
    }

    world.set(FEED, Answer::status(403));
    let mut feed = Subscription::new(world.opened(), world.url(FEED));
    assert!(feed.poll().await);
    feed.wait(52 * 60);
    assert!(!feed.pull().await, "refused is refused");
}

#[tokio::test]
async fn row_9_encodes_and_chunks() {
    let world = World::start();
    let client = client(world.opened());
    let plain = some_feed(9);
    for encoding in [Encoding::Gzip, Encoding::Brotli, Encoding::Zstd] {
        let encoded = Answer::feed(plain.clone()).encoded(encoding);
        for answer in [
            encoded.clone(),
            encoded.clone().chunked(),
            encoded.until_close(),
        ] {
            world.set(FEED, answer);
            let fetched = get(&client, world.url(FEED)).await.unwrap();
            assert_eq!(bytes(&fetched), plain, "{encoding:?}");
            assert!(
                fetched.wire_bytes < plain.len() as u64 / 2,
                "bytes on the wire"
            );
        }
    }
    for answer in [good(), good().chunked(), good().until_close()] {
        world.set(FEED, answer);
        assert_eq!(
            bytes(&get(&client, world.url(FEED)).await.unwrap()),
            some_feed(1)
        );
    }
}

#[tokio::test]
async fn row_9_cuts_its_body_short() {
    let world = World::start();
    let mut feed = Subscription::new(world.opened(), world.url(FEED));
    world.set(FEED, good().etag("\"whole\""));
    assert!(feed.poll().await);
    let whole = feed.state.clone();
    let cut = Fault::CutAfter(200);
    for answer in [
        good().with_fault(cut.clone()),
        good().chunked().with_fault(cut.clone()),
        good().encoded(Encoding::Gzip).with_fault(cut.clone()),
        good()
            .encoded(Encoding::Gzip)
            .until_close()
            .with_fault(cut.clone()),
        good()
            .encoded(Encoding::Brotli)
            .until_close()
            .with_fault(cut.clone()),
        good().encoded(Encoding::Zstd).until_close().with_fault(cut),
    ] {
        world.set(FEED, answer.etag("\"half\""));
        feed.wait(120);
        assert!(feed.poll().await);
        assert_eq!(feed.error(), "truncated");
        assert_eq!(
            feed.state.validators, whole.validators,
            "half an answer teaches nothing"
        );
        assert_eq!(feed.state.body_hash, whole.body_hash);
    }
}

#[tokio::test]
async fn row_9_is_huge() {
    let world = World::start();
    let client = client(world.opened());
    world.set(
        "/endless",
        Answer::feed(some_feed(1)).with_fault(Fault::Endless),
    );
    world.set("/bomb", Answer::gzip_bomb(200));
    for path in ["/endless", "/bomb"] {
        let error = get(&client, world.url(path)).await.unwrap_err();
        assert_eq!(error.code(), "too_large", "{path}");
        assert!(
            error
                .to_string()
                .starts_with(&format!("fetching {}", world.url(path)))
        );
    }
}

#[tokio::test]
async fn row_9_is_slow() {
    let world = World::start();
    let client = client(ClientOptions {
        idle_timeout: Duration::from_millis(150),
        total_timeout: Duration::from_millis(900),
        ..world.opened()
    });
    world.set("/silent", Answer::fault(Fault::Silent));
    world.set("/stops", good().with_fault(Fault::SilentAfter(100)));
    world.set(
        "/drips",
        good().with_fault(Fault::Drip(Duration::from_millis(20))),
    );
    assert_eq!(code(&client, world.url("/silent")).await, "idle");
    assert_eq!(code(&client, world.url("/stops")).await, "idle");
    let started = Instant::now();
    assert_eq!(code(&client, world.url("/drips")).await, "timeout");
    assert!(started.elapsed() < Duration::from_secs(5));
    world.set(FEED, good());
    assert!(
        get(&client, world.url(FEED)).await.is_ok(),
        "and others are served"
    );
}

#[tokio::test]
async fn row_10_looks_at_headers() {
    let world = World::start();
    let answer = good().header("Set-Cookie", "id=1; Path=/").etag("\"1\"");
    world.set(FEED, answer);
    world.set(
        "/moved",
        Answer::redirect(302, "/feed.xml").header("Set-Cookie", "id=2; Path=/"),
    );
    let client = client(world.opened());
    for path in ["/feed.xml?edition=world&a=b%20c", "/moved", "/feed.xml"] {
        get(&client, world.url(path)).await.unwrap();
    }
    let paths: Vec<_> = world.requests().into_iter().map(|r| r.path).collect();
    assert_eq!(
        paths,
        ["/feed.xml?edition=world&a=b%20c", "/moved", FEED, FEED]
    );
    for request in world.requests() {
        let agent = request.header("user-agent").unwrap();
        assert!(agent.starts_with("Overview/"), "{agent}");
        assert!(agent.contains("(+https://"), "with a contact: {agent}");
        assert_eq!(request.header("accept-encoding"), Some("gzip, br, zstd"));
        assert!(
            request
                .header("accept")
                .unwrap()
                .contains("application/rss+xml")
        );
        let mut names: Vec<_> = request.headers.iter().map(|(n, _)| n.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
    }
}

#[tokio::test]
async fn row_11_asks_in_the_feed_to_be_polled_less() {
    let world = World::start();
    world.set(FEED, good());
    let hints = |interval_minutes, skip_hours, skip_days| UpdateHints {
        interval_minutes,
        skip_hours,
        skip_days,
    };
    // It is noon on a Monday, UTC.
    for (hints, least, most) in [
        (hints(Some(5), 0, 0), 60, 63),
        (hints(Some(240), 0, 0), 240, 252),
        (hints(Some(100_000), 0, 0), 24 * 60, 24 * 60),
        (hints(None, 0b11 << 13, 0), 180, 180),
        (hints(None, 0, 0b1), 12 * 60, 12 * 60),
        (hints(None, u32::MAX, u8::MAX), 24 * 60, 24 * 60),
    ] {
        let mut feed = Subscription::new(world.opened(), world.url(FEED));
        feed.hints = hints;
        assert!(feed.poll().await);
        let next = feed.minutes_to_next();
        assert!((least..=most).contains(&next), "{hints:?} gives {next}");
    }
}

#[tokio::test]
async fn row_12_has_several_feeds() {
    let world = World::start();
    let gap = Duration::from_millis(30);
    let shared = client(ClientOptions {
        host_gap: gap,
        ..world.opened()
    });
    let hosts = ["one.localhost", "two.localhost"].map(|host| world.site(host));
    let started = Instant::now();
    let running: Vec<_> = (0..6)
        .flat_map(|n| hosts.iter().map(move |host| (host, format!("/{n}.xml"))))
        .map(|(host, path)| {
            host.set(&path, good());
            let (client, url) = (shared.clone(), host.url(&path));
            tokio::spawn(async move { get(&client, url).await.map(drop) })
        })
        .collect();
    for request in running {
        request.await.unwrap().unwrap();
    }
    assert!(started.elapsed() >= 5 * gap, "spread in time");
    for host in &hosts {
        assert_eq!(world.most_at_once(host.host()), 1);
        let requests = world.requests();
        let mut connections: Vec<_> = requests.iter().filter(|r| r.host == host.host()).collect();
        connections.dedup_by_key(|r| r.connection);
        assert_eq!(connections.len(), 1, "one connection, kept");
    }
}

#[tokio::test]
async fn many_hosts_are_asked_at_once_but_not_all() {
    let world = World::start();
    let shared = client(ClientOptions {
        max_concurrency: 4,
        ..world.opened()
    });
    let gate = Gate::closed();
    let running: Vec<_> = (0..12)
        .map(|n| {
            let host = world.site(&format!("host{n}.localhost"));
            host.set(FEED, good().behind(&gate));
            let (client, url) = (shared.clone(), host.url(FEED));
            tokio::spawn(async move { get(&client, url).await.map(drop) })
        })
        .collect();
    world.arrived(4).await;
    gate.open();
    for request in running {
        request.await.unwrap().unwrap();
    }
    assert_eq!(world.most_at_once_in_all(), 4);
}

// What else goes wrong.

#[tokio::test]
async fn a_server_that_answers_304_for_ever_is_caught_out() {
    let world = World::start();
    world.then(FEED, good().etag("\"stuck\""));
    world.set(
        FEED,
        Answer::feed(some_feed(2)).etag("\"stuck\"").conditional(),
    );
    let mut feed = Subscription::new(world.opened(), world.url(FEED));
    feed.poll().await;
    let first = feed.state.body_hash;
    for _ in 0..9 {
        feed.wait(24 * 60);
        assert!(feed.poll().await);
    }
    assert_ne!(
        feed.state.body_hash, first,
        "the new body was fetched in the end"
    );
    let in_full = world.requests();
    let in_full = in_full
        .iter()
        .filter(|r| r.header("if-none-match").is_none());
    assert_eq!(in_full.count(), 2);
}

#[tokio::test]
async fn a_304_nobody_asked_for_is_no_answer() {
    let world = World::start();
    world.set(FEED, Answer::status(304));
    let error = get(&client(world.opened()), world.url(FEED))
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the server answered with status 304")
    );
}

#[tokio::test]
async fn a_captive_portal_is_not_mistaken_for_the_publisher() {
    let world = World::start();
    let names = ["herald.example", "wifi.station.example"];
    let herald = world.site(names[0]);
    herald.set(FEED, good().etag("\"1\""));
    let mut feed = Subscription::new(world.closed(&names), herald.secure_url(FEED));
    assert!(feed.poll().await);
    let known = feed.state.clone();
    for (answer, expected) in [
        (
            Answer::redirect(301, "https://wifi.station.example/"),
            "login",
        ),
        (
            Answer::redirect(302, "https://192.168.1.1/hotspot.html"),
            "private_address",
        ),
        (Answer::status(511), "login"),
        (
            Answer::page("<html><title>Buy tickets</title></html>"),
            "web_page",
        ),
    ] {
        herald.set(FEED, answer);
        feed.wait(120);
        assert!(feed.poll().await);
        assert_eq!(feed.error(), expected);
        assert_eq!(feed.state.validators, known.validators);
        assert_eq!((&feed.state.moved, &feed.state.adopted_url), (&None, &None));
    }
    assert!(world.requests().iter().all(|r| r.host == "herald.example"));
}

#[tokio::test]
async fn a_public_name_cannot_lead_into_the_private_network() {
    let world = World::start();
    let herald = world.site("herald.example");
    let mut options = world.closed(&["herald.example"]);
    let rebound = HostOverride::Resolve(vec!["127.0.0.1".parse().unwrap()]);
    options.hosts.insert("rebound.example".to_owned(), rebound);
    let client = client(options);
    let port = world.secure_address().port();
    for target in [
        format!("https://127.0.0.1:{port}/secret"),
        format!("https://localhost:{port}/secret"),
        format!("https://rebound.example:{port}/secret"),
        format!("https://[::ffff:127.0.0.1]:{port}/secret"),
        format!("https://2130706433:{port}/secret"),
        format!("http://127.0.0.1:{}/secret", world.address().port()),
    ] {
        herald.set(FEED, Answer::redirect(302, &target));
        let error = get(&client, herald.secure_url(FEED)).await.unwrap_err();
        assert_eq!(error.code(), "private_address", "{target}: {error}");
        let direct = target.parse().unwrap();
        assert_eq!(code(&client, direct).await, "private_address", "{target}");
    }
    assert!(world.requests_for("/secret").is_empty());
}

#[tokio::test]
async fn certificates_must_hold() {
    let world = World::start();
    let names = [
        "good.example",
        "expired.example",
        "self.example",
        "wrong.example",
    ];
    world.spoil_certificate("expired.example", BadCertificate::Expired);
    world.spoil_certificate("self.example", BadCertificate::SelfSigned);
    world.spoil_certificate("wrong.example", BadCertificate::WrongName);
    world.set(FEED, good());
    let trusting = client(world.closed(&names));
    let address = |host: &str| world.site(host).secure_url(FEED);
    let fetched = get(&trusting, address("good.example")).await.unwrap();
    assert_eq!(bytes(&fetched), some_feed(1));
    for host in ["expired.example", "self.example", "wrong.example"] {
        let error = get(&trusting, address(host)).await.unwrap_err();
        assert_eq!(error.code(), "tls", "{error}");
        assert!(
            error.to_string().contains("no secure connection"),
            "{error}"
        );
    }
    let system_only = client(ClientOptions {
        extra_roots: Vec::new(),
        allow_private_addresses: true,
        ..world.closed(&names)
    });
    assert_eq!(code(&system_only, address("good.example")).await, "tls");
    assert_eq!(world.requests().len(), 1);
}

#[tokio::test]
async fn a_name_nobody_knows_is_said_to_be_one() {
    let world = World::start();
    let mut options = world.closed(&[]);
    let nothing = HostOverride::Resolve(Vec::new());
    options.hosts.insert("nowhere.example".to_owned(), nothing);
    let mut feed = Subscription::new(options, "https://nowhere.example/feed".parse().unwrap());
    assert!(feed.poll().await);
    assert_eq!(feed.error(), "dns");
    let said = &feed.state.last_error.as_ref().unwrap().text;
    let expected = "fetching https://nowhere.example/feed: the name could not be resolved";
    assert!(said.starts_with(expected), "{said}");
    assert!(
        feed.minutes_to_next() <= 6,
        "it may be the reader's own network"
    );
}

#[tokio::test]
async fn a_closed_port_and_a_reset_are_told_apart() {
    let world = World::start();
    let client = client(world.opened());
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", closed.local_addr().unwrap());
    drop(closed);
    assert_eq!(code(&client, url.parse().unwrap()).await, "connect");
    world.set("/reset", Answer::fault(Fault::Reset));
    assert_eq!(code(&client, world.url("/reset")).await, "io");
    let noise = b"\x00\x01 this is not HTTP \xff\xfe\r\n\r\n".to_vec();
    world.set("/noise", Answer::fault(Fault::Raw(noise)));
    assert_eq!(code(&client, world.url("/noise")).await, "io");
}

#[tokio::test]
async fn plain_http_is_upgraded_and_never_returned_to() {
    let world = World::start();
    let herald = world.site("herald.example");
    let client = client(world.closed(&["herald.example"]));
    herald.set(FEED, good());
    let plain = Url::parse("http://herald.example/feed.xml").unwrap();
    let fetched = get(&client, plain.clone()).await.unwrap();
    assert_eq!(
        fetched.final_url.as_str(),
        "https://herald.example/feed.xml"
    );
    assert_eq!(
        fetched.permanent_url, None,
        "an upgrade of ours is no redirect of theirs"
    );
    herald.set(
        "/down",
        Answer::redirect(301, "http://herald.example/feed.xml"),
    );
    let fetched = get(&client, herald.secure_url("/down")).await.unwrap();
    assert_eq!(fetched.final_url.scheme(), "https");
    herald.set(
        FEED,
        Answer::redirect(301, "http://herald.example/feed.xml"),
    );
    assert_eq!(code(&client, plain).await, "downgrade");
    assert!(world.requests().iter().all(|r| r.secure));
}

#[tokio::test]
async fn credentials_in_an_address_go_nowhere() {
    let world = World::start();
    let address = world.address();
    world.set(FEED, good());
    let inside = format!("http://me:secret@{address}{FEED}");
    world.set("/moved", Answer::redirect(302, &inside));
    let client = client(world.opened());
    for url in [inside.parse().unwrap(), world.url("/moved")] {
        let fetched = get(&client, url).await.unwrap();
        assert!(!fetched.final_url.as_str().contains("secret"));
    }
    let requests = world.requests();
    assert!(requests.iter().all(|r| r.header("authorization").is_none()));
}

#[tokio::test]
async fn a_wall_against_robots_is_named() {
    let world = World::start();
    let wall = Answer::status(403).header("cf-mitigated", "challenge");
    world.set(FEED, wall);
    let error = get(&client(world.opened()), world.url(FEED))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "blocked");
    assert!(error.to_string().contains("Cloudflare"), "{error}");
}

#[tokio::test]
async fn what_cannot_be_a_feed_is_given_up_early() {
    let world = World::start();
    let client = client(world.opened());
    let film = [b"%PDF-1.7\n".as_slice(), &[b'x'; 100_000]].concat();
    world.set("/pdf", Answer::ok(film).with_fault(Fault::Endless));
    let error = get(&client, world.url("/pdf")).await.unwrap_err();
    assert_eq!(error.code(), "wrong_kind");
    assert!(error.to_string().ends_with("the answer is a PDF document"));
    let page = [b"<!DOCTYPE html>".as_slice(), &[b'x'; 100_000]].concat();
    world.set("/page", Answer::page(page).with_fault(Fault::Endless));
    let fetched = get(&client, world.url("/page")).await.unwrap();
    assert_eq!(
        bytes(&fetched).len(),
        512 * 1024,
        "enough to say it is a page"
    );
}

#[tokio::test]
async fn an_encoding_that_lies_cannot_be_decoded() {
    let world = World::start();
    let client = client(world.opened());
    for encoding in ["gzip", "br", "zstd", "compress"] {
        world.set(FEED, good().header("Content-Encoding", encoding));
        assert_eq!(code(&client, world.url(FEED)).await, "decode", "{encoding}");
    }
}

#[tokio::test]
async fn a_dropped_request_gives_its_turn_back() {
    let world = World::start();
    let shared = client(world.opened());
    world.then(FEED, Answer::fault(Fault::Silent));
    world.set(FEED, good());
    let hanging = tokio::spawn({
        let (client, url) = (shared.clone(), world.url(FEED));
        async move { get(&client, url).await.map(drop) }
    });
    world.arrived(1).await;
    hanging.abort();
    assert!(hanging.await.unwrap_err().is_cancelled());
    assert!(get(&shared, world.url(FEED)).await.is_ok());
}

#[tokio::test]
async fn two_hosts_that_lead_to_each_other_do_not_wait_for_each_other() {
    let world = World::start();
    let shared = client(ClientOptions {
        max_concurrency: 1,
        ..world.opened()
    });
    let [a, b] = ["a.localhost", "b.localhost"].map(|host| world.site(host));
    a.set("/start", Answer::redirect(302, b.url("/end").as_str()))
        .set("/end", good());
    b.set("/start", Answer::redirect(302, a.url("/end").as_str()))
        .set("/end", good());
    let (one, two) = tokio::join!(get(&shared, a.url("/start")), get(&shared, b.url("/start")));
    assert!(one.is_ok() && two.is_ok());
}

use reqwest::StatusCode;
use url::{Host, Url};

use super::address::is_public;
use super::error::HttpFailure;
use super::walls::is_login;

/// How many redirects are followed.
const HOPS: usize = 10;

/// The addresses one request went through.
pub(super) struct Trail {
    visited: Vec<Url>,
    all_permanent: bool,
    /// Plain http and private addresses are open.
    opened: bool,
}

impl Trail {
    /// Starts at an address, made fit to be asked.
    pub(super) fn start(url: &Url, opened: bool) -> Result<Self, HttpFailure> {
        Ok(Self {
            visited: vec![fit(url.clone(), false, opened)?],
            all_permanent: true,
            opened,
        })
    }

    /// The address to ask now.
    pub(super) fn current(&self) -> &Url {
        // `start` put one there and nothing is ever taken out.
        &self.visited[self.visited.len() - 1]
    }

    pub(super) fn was_redirected(&self) -> bool {
        self.visited.len() > 1
    }

    /// The current address, when only permanent redirects led to it.
    pub(super) fn permanent(&self) -> Option<&Url> {
        (self.was_redirected() && self.all_permanent).then(|| self.current())
    }

    /// Follows a redirect of this status to this `Location`.
    pub(super) fn follow(&mut self, status: StatusCode, location: &str) -> Result<(), HttpFailure> {
        let from = self.current();
        let target = from
            .join(location)
            .map_err(|e| HttpFailure::BadUrl(format!("redirect to {location:?}: {e}")))?;
        let leaves_https = from.scheme() == "https" && target.scheme() == "http";
        let next = fit(target, from.scheme() == "https", self.opened)?;
        if is_login(from, &next) {
            return Err(HttpFailure::Login {
                to: next.to_string(),
            });
        }
        if self.visited.contains(&next) {
            return Err(if leaves_https {
                HttpFailure::Downgrade
            } else {
                HttpFailure::RedirectLoop
            });
        }
        if self.visited.len() > HOPS {
            return Err(HttpFailure::TooManyRedirects { limit: HOPS });
        }
        self.all_permanent &= matches!(
            status,
            StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
        );
        self.visited.push(next);
        Ok(())
    }
}

/// An address as it is asked: http made https unless it is open (never after https), without
/// credentials and fragment, not a private number.
fn fit(mut url: Url, after_https: bool, opened: bool) -> Result<Url, HttpFailure> {
    let bad = |reason: &str| HttpFailure::BadUrl(format!("{reason}: {url}"));
    match url.scheme() {
        "https" => {}
        "http" if opened && !after_https => {}
        "http" => {
            let refused = bad("not to be made https");
            url.set_scheme("https").map_err(|()| refused)?;
        }
        _ => return Err(bad("neither https nor http")),
    }
    // Whoever wrote them into a feed's address meant them for another reader.
    let refused = HttpFailure::BadUrl(format!("no host in {url}"));
    url.set_username("").map_err(|()| refused.clone())?;
    url.set_password(None).map_err(|()| refused)?;
    url.set_fragment(None);
    let number = match url.host() {
        Some(Host::Ipv4(v4)) => Some(v4.into()),
        Some(Host::Ipv6(v6)) => Some(v6.into()),
        _ => None,
    };
    if let Some(number) = number
        && !opened
        && !is_public(number)
    {
        return Err(HttpFailure::PrivateAddress {
            address: number.to_string(),
        });
    }
    Ok(url)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn trail(url: &str) -> Trail {
        Trail::start(&url.parse().unwrap(), false).unwrap()
    }

    fn refused(url: &str) -> &'static str {
        let started = Trail::start(&url.parse().unwrap(), false);
        started.err().map_or("none", |e| e.code())
    }

    #[test]
    fn plain_http_becomes_https() {
        let trail = trail("http://news.example/feed#top");
        assert_eq!(trail.current().as_str(), "https://news.example/feed");
    }

    #[test]
    fn credentials_are_dropped() {
        let trail = trail("https://me:secret@news.example/feed");
        assert_eq!(trail.current().as_str(), "https://news.example/feed");
    }

    #[test]
    fn what_cannot_be_fetched_is_refused() {
        assert_eq!(refused("ftp://news.example/feed"), "bad_url");
        assert_eq!(refused("file:///etc/passwd"), "bad_url");
        assert_eq!(refused("data:text/xml,x"), "bad_url");
        assert_eq!(refused("https://127.0.0.1/feed"), "private_address");
        assert_eq!(refused("https://2130706433/feed"), "private_address");
        assert_eq!(refused("https://0x7f.1/feed"), "private_address");
        assert_eq!(refused("https://[::ffff:10.0.0.1]/feed"), "private_address");
        assert_eq!(refused("https://1.1.1.1/feed"), "none");
    }

    #[test]
    fn the_new_address_counts_only_when_every_hop_was_permanent() {
        let mut t = trail("https://news.example/a");
        assert!(t.permanent().is_none());
        t.follow(StatusCode::MOVED_PERMANENTLY, "/b").unwrap();
        t.follow(StatusCode::PERMANENT_REDIRECT, "c").unwrap();
        assert_eq!(t.permanent().unwrap().as_str(), "https://news.example/c");
        t.follow(StatusCode::FOUND, "d").unwrap();
        assert!(t.permanent().is_none());
    }

    #[test]
    fn circles_and_long_chains_end() {
        let mut t = trail("https://news.example/a");
        t.follow(StatusCode::FOUND, "/b").unwrap();
        let circle = t.follow(StatusCode::FOUND, "/a").unwrap_err();
        assert_eq!(circle.code(), "redirect_loop");
        let mut t = trail("https://news.example/0");
        for hop in 1..=HOPS {
            t.follow(StatusCode::FOUND, &format!("/{hop}")).unwrap();
        }
        let long = t.follow(StatusCode::FOUND, "/more").unwrap_err();
        assert_eq!(long.code(), "too_many_redirects");
    }

    #[test]
    fn a_redirect_down_to_http_is_tried_as_https() {
        let mut t = trail("https://news.example/a");
        t.follow(StatusCode::FOUND, "http://news.example/b")
            .unwrap();
        assert_eq!(t.current().as_str(), "https://news.example/b");
        let insists = t.follow(StatusCode::FOUND, "http://news.example/b");
        assert_eq!(insists.unwrap_err().code(), "downgrade");
    }

    #[test]
    fn even_an_opened_client_never_leaves_https() {
        let mut t = Trail::start(&"https://127.0.0.1/a".parse().unwrap(), true).unwrap();
        t.follow(StatusCode::FOUND, "http://127.0.0.1/b").unwrap();
        assert_eq!(t.current().scheme(), "https");
    }

    #[test]
    fn redirects_into_the_private_network_or_to_a_sign_in_are_refused() {
        let mut t = trail("https://news.example/a");
        let private = t.follow(StatusCode::FOUND, "https://192.168.1.1/");
        assert_eq!(private.unwrap_err().code(), "private_address");
        let login = t.follow(StatusCode::FOUND, "https://login.telco.example/");
        assert_eq!(login.unwrap_err().code(), "login");
    }
}

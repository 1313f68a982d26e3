//! Answers that come from something standing before the publisher.

use reqwest::header::HeaderMap;
use url::Url;

/// Whose wall against robots gave this answer, if one did. The marks are the ones the operators
/// document for their challenge answers.
pub(super) fn challenge(status: u16, headers: &HeaderMap) -> Option<&'static str> {
    let has = |name: &str, value: &str| {
        headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.to_ascii_lowercase().contains(value))
    };
    let refused = matches!(status, 401 | 403 | 405 | 429 | 503);
    if has("cf-mitigated", "challenge") {
        Some("Cloudflare")
    } else if has("x-amzn-waf-action", "challenge") || has("x-amzn-waf-action", "captcha") {
        Some("AWS WAF")
    } else if refused && (headers.contains_key("x-datadome") || has("server", "datadome")) {
        Some("DataDome")
    } else if status == 403 && has("server", "ddos-guard") {
        Some("DDoS-Guard")
    } else {
        None
    }
}

/// Whether a redirect from `from` leads to a place to sign in: a captive portal, or a publisher's
/// account pages. Only on another host; "portal" alone is no sign, many publishers are called so.
pub(super) fn is_login(from: &Url, to: &Url) -> bool {
    const WORDS: [&str; 17] = [
        "login",
        "log-in",
        "logon",
        "signin",
        "sign-in",
        "auth",
        "sso",
        "oauth",
        "oauth2",
        "captive",
        "captiveportal",
        "captive-portal",
        "hotspot",
        "wifi",
        "wlan",
        "walledgarden",
        "accounts",
    ];
    if from.host_str() == to.host_str() {
        return false;
    }
    let names = to.host_str().unwrap_or_default().split('.');
    let steps = to
        .path_segments()
        .into_iter()
        .flatten()
        .map(|step| step.split('.').next().unwrap_or_default());
    names
        .chain(steps)
        .any(|word| WORDS.contains(&word.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &'static str) -> HeaderMap {
        let mut map = HeaderMap::new();
        map.insert(name, value.parse().unwrap());
        map
    }

    #[test]
    fn challenges_are_told_by_their_marks() {
        let cloudflare = headers("cf-mitigated", "challenge");
        assert_eq!(challenge(403, &cloudflare), Some("Cloudflare"));
        assert_eq!(
            challenge(202, &headers("x-amzn-waf-action", "challenge")),
            Some("AWS WAF")
        );
        assert_eq!(
            challenge(403, &headers("x-datadome", "protected")),
            Some("DataDome")
        );
        assert_eq!(challenge(200, &headers("x-datadome", "protected")), None);
        assert_eq!(challenge(403, &headers("server", "nginx")), None);
    }

    #[test]
    fn sign_in_pages_of_other_hosts_are_told_from_news() {
        let from: Url = "https://news.example/feed".parse().unwrap();
        for to in [
            "https://login.telco.example/?next=x",
            "https://telco.example/captiveportal/start.php",
            "https://telco.example/Login.aspx",
            "https://wifi.station.example/",
        ] {
            assert!(is_login(&from, &to.parse().unwrap()), "{to}");
        }
        for to in [
            "https://news.example/login",
            "https://portal.example/feed",
            "https://feeds.example/authors/feed.xml",
            "https://example.org/wifi-prices-rise",
        ] {
            assert!(!is_login(&from, &to.parse().unwrap()), "{to}");
        }
    }
}

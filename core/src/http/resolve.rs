use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{is_public, is_tunnel_placeholder};
use super::options::HostOverride;

/// Asks the system for a name's addresses and keeps the public ones, so that a name cannot lead
/// into the reader's own network, not even one that changes between a check and its use.
pub(super) struct GuardedResolver {
    pub(super) hosts: Arc<HashMap<String, HostOverride>>,
    pub(super) allow_private: bool,
}

/// Why a name gave no address to connect to.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum LookupError {
    /// It has only private ones.
    #[error("{0} is private")]
    Private(String),
    /// It has none.
    #[error("{0}")]
    Failed(String),
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().trim_end_matches('.').to_ascii_lowercase();
        let chosen = self.hosts.get(&name).cloned();
        let allow_private = self.allow_private;
        Box::pin(async move {
            let answers = match chosen {
                Some(HostOverride::Connect(address)) => {
                    return Ok(Box::new(std::iter::once(address)) as Addrs);
                }
                Some(HostOverride::Resolve(answers)) => answers,
                None => look_up(&name).await?,
            };
            let kept = keep_public(&name, answers, allow_private)?;
            Ok(Box::new(kept.into_iter().map(|ip| SocketAddr::new(ip, 0))) as Addrs)
        })
    }
}

async fn look_up(name: &str) -> Result<Vec<IpAddr>, LookupError> {
    // RFC 6761 §6.3: such names are this device, and no name service is asked. Not every system
    // keeps to it.
    if name == "localhost" || name.ends_with(".localhost") {
        return Ok(vec![Ipv4Addr::LOCALHOST.into()]);
    }
    let found = tokio::net::lookup_host((name, 0))
        .await
        .map_err(|e| LookupError::Failed(e.to_string()))?;
    Ok(found.map(|address| address.ip()).collect())
}

fn keep_public(
    name: &str,
    answers: Vec<IpAddr>,
    allow_private: bool,
) -> Result<Vec<IpAddr>, LookupError> {
    let Some(first) = answers.first().copied() else {
        return Err(LookupError::Failed("there is no such name".to_owned()));
    };
    let kept: Vec<IpAddr> = answers
        .into_iter()
        .filter(|ip| allow_private || is_public(*ip) || is_tunnel_placeholder(*ip))
        .collect();
    if kept.is_empty() {
        return Err(LookupError::Private(format!("{name} ({first})")));
    }
    Ok(kept)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn ips(texts: &[&str]) -> Vec<IpAddr> {
        texts.iter().map(|t| t.parse().unwrap()).collect()
    }

    #[test]
    fn private_answers_are_left_out() {
        let kept = keep_public("news.example", ips(&["10.0.0.1", "1.1.1.1", "::1"]), false);
        assert_eq!(kept.unwrap(), ips(&["1.1.1.1"]));
    }

    #[test]
    fn only_private_answers_are_refused_by_name() {
        let refused = keep_public("news.example", ips(&["192.168.0.1"]), false).unwrap_err();
        assert!(matches!(refused, LookupError::Private(a) if a == "news.example (192.168.0.1)"));
    }

    #[test]
    fn an_opened_client_takes_private_answers() {
        assert_eq!(
            keep_public("news.example", ips(&["127.0.0.1"]), true).unwrap(),
            ips(&["127.0.0.1"])
        );
    }

    #[test]
    fn a_tunnel_placeholder_is_a_good_answer_to_a_name() {
        assert!(keep_public("news.example", ips(&["198.18.0.5"]), false).is_ok());
    }
}

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// Whom a server's owner may write to. Whoever publishes a build sets `OVERVIEW_CONTACT` when
/// compiling it; this is the one place that reads it.
const CONTACT: &str = match option_env!("OVERVIEW_CONTACT") {
    Some(contact) => contact,
    None => "https://github.com/overview-app/overview",
};

/// How a [`Client`](super::Client) behaves. The defaults are what a reader's device uses.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// Instead of `Overview/VERSION (+CONTACT)`.
    pub user_agent: Option<String>,
    /// Open plain http and private or loopback addresses.
    pub allow_private_addresses: bool,
    /// Certificates to trust beside the system's, DER.
    pub extra_roots: Vec<Vec<u8>>,
    /// Requests running at once, over all hosts.
    pub max_concurrency: usize,
    /// Least time between two launches to hosts given by name. A home router's name service
    /// refuses a burst of questions long before the line is full.
    pub launch_pace: Duration,
    /// Least time between two requests to one host, redirects not counted.
    pub host_gap: Duration,
    /// Longest time to a connection.
    pub connect_timeout: Duration,
    /// Longest silence of a connected server.
    pub idle_timeout: Duration,
    /// Longest time for a whole request, redirects and body included; waiting for its turn is
    /// not counted.
    pub total_timeout: Duration,
    /// Names that are not looked up, in lower case.
    pub hosts: HashMap<String, HostOverride>,
}

/// What stands for a name instead of the system's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostOverride {
    /// Connect here, to this port where the address names none. The program vouches for it:
    /// also a private address.
    Connect(SocketAddr),
    /// As if the name service had answered so: private addresses are refused as ever. Empty: no
    /// such name.
    Resolve(Vec<IpAddr>),
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            user_agent: None,
            allow_private_addresses: false,
            extra_roots: Vec::new(),
            max_concurrency: 16,
            launch_pace: Duration::from_millis(2),
            host_gap: Duration::from_secs(1),
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(15),
            total_timeout: Duration::from_secs(60),
            hosts: HashMap::new(),
        }
    }
}

impl ClientOptions {
    pub(super) fn user_agent(&self) -> String {
        self.user_agent
            .clone()
            .unwrap_or_else(|| format!("Overview/{} (+{CONTACT})", env!("CARGO_PKG_VERSION")))
    }
}

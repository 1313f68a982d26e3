use std::collections::HashMap;
use std::net::SocketAddr;

use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::http::HostOverride;

use crate::{FilePath, OverviewError};

/// How to open an [`Overview`](crate::Overview).
#[derive(Debug, Clone, uniffi::Record)]
pub struct OpenOptions {
    /// Where everything is kept; made if absent. A folder that only this app writes to. On a phone,
    /// one that can be read while the screen is locked.
    pub data_dir: FilePath,
    /// A catalogue in JSON instead of the bundled one.
    #[uniffi(default)]
    pub catalogue: Option<String>,
    /// Whom a server's log shows, instead of Overview itself.
    #[uniffi(default)]
    pub user_agent: Option<String>,
    /// Open plain http and addresses of this network and device to the feeds of the catalogue. For
    /// tests and previews.
    #[uniffi(default)]
    pub allow_private_addresses: bool,
    /// Names that are not looked up, and the address and port to connect to instead, such as
    /// `127.0.0.1:8080`. For tests and previews; such servers are asked without a pause.
    #[uniffi(default)]
    pub hosts: HashMap<String, String>,
}

impl OpenOptions {
    /// As the core wants them.
    pub(crate) fn into_core(self) -> Result<overview_core::OpenOptions, OverviewError> {
        let Self {
            data_dir,
            catalogue,
            user_agent,
            allow_private_addresses,
            hosts,
        } = self;
        let mut options = overview_core::OpenOptions::new(data_dir);
        let addresses = if allow_private_addresses {
            AddressRule::AnyHttp
        } else {
            AddressRule::HttpsOnly
        };
        options.catalogue = catalogue
            .map(|json| Catalogue::from_json(&json, addresses))
            .transpose()
            .map_err(overview_core::Error::from)?;
        options.http.user_agent = user_agent;
        options.http.allow_private_addresses = allow_private_addresses;
        if !hosts.is_empty() {
            options.http.host_gap = std::time::Duration::ZERO;
            options.http.launch_pace = std::time::Duration::ZERO;
        }
        for (name, address) in hosts {
            let address: SocketAddr = address.parse().map_err(|_| OverviewError::Invalid {
                reason: format!("{address:?} is not an address with a port"),
            })?;
            let instead = HostOverride::Connect(address);
            options.http.hosts.insert(name.to_lowercase(), instead);
        }
        Ok(options)
    }
}

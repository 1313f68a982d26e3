//! What every command works with: the options, the output and, where it needs it, the store.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use directories::ProjectDirs;
use overview_core::catalogue::{AddressRule, Catalogue, CatalogueError};
use overview_core::{OpenOptions, Overview};
use overview_sample::Server;

use crate::args::Global;
use crate::command::rescued;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::sample;

/// One run of the program.
pub(crate) struct Session {
    global: Global,
    /// Where results and notes go.
    pub(crate) out: Output,
    /// The moment that ages are counted from.
    pub(crate) now: DateTime<Utc>,
    /// Publishes the sample world while it is read.
    sample_server: Option<Server>,
}

impl Session {
    /// Begins.
    pub(crate) fn new(global: Global) -> Self {
        let mut out = Output::new(global.json, global.color);
        if global.allow_private_addresses {
            out.warn("plain http and private addresses are open to the feeds of this catalogue");
        }
        Self {
            global,
            out,
            now: Utc::now(),
            sample_server: None,
        }
    }

    /// Where everything is kept.
    pub(crate) fn data_dir(&self) -> Result<PathBuf> {
        if let Some(dir) = &self.global.data {
            return Ok(dir.clone());
        }
        let dirs = ProjectDirs::from("", "", "overview").ok_or(Failure::NoHome)?;
        Ok(dirs.data_dir().to_owned())
    }

    /// The list of countries and publishers that was asked for.
    pub(crate) fn catalogue(&self) -> Result<Arc<Catalogue>> {
        match self.catalogue_file()? {
            Some(catalogue) => Ok(Arc::new(catalogue)),
            None => Ok(Catalogue::bundled().map_err(overview_core::Error::from)?),
        }
    }

    /// Whether the sample world is read.
    pub(crate) fn is_sample(&self) -> bool {
        self.global.sample
    }

    /// From here on the sample world is read.
    pub(crate) fn use_sample(&mut self) {
        self.global.sample = true;
    }

    /// Opens the store, or makes it.
    pub(crate) fn open(&mut self) -> Result<Overview> {
        if self.global.sample {
            let dir = self.data_dir()?.join("sample");
            let (overview, server) = sample::open(&mut self.out, dir, self.now)?;
            self.sample_server = Some(server);
            return Ok(overview);
        }
        let mut options = OpenOptions::new(self.data_dir()?);
        options.catalogue = self.catalogue_file()?;
        options.http.allow_private_addresses = self.global.allow_private_addresses;
        let overview = Overview::open(options)?;
        if let Some(report) = overview.salvaged()? {
            self.out.warn(&format!(
                "{} `overview doctor` says more, and ends this notice.",
                rescued(&report)
            ));
        }
        Ok(overview)
    }

    fn catalogue_file(&self) -> Result<Option<Catalogue>> {
        let Some(path) = &self.global.catalogue else {
            return Ok(None);
        };
        let json = std::fs::read_to_string(path).map_err(|source| Failure::Io {
            doing: format!("reading the catalogue {}", path.display()),
            source,
        })?;
        let addresses = if self.global.allow_private_addresses {
            AddressRule::AnyHttp
        } else {
            AddressRule::HttpsOnly
        };
        match Catalogue::from_json(&json, addresses) {
            Ok(catalogue) => Ok(Some(catalogue)),
            Err(CatalogueError(wrong)) => {
                let named = CatalogueError(format!("{}: {wrong}", path.display()));
                Err(overview_core::Error::from(named).into())
            }
        }
    }
}

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use tokio_rustls::rustls::crypto::ring::sign::any_supported_type;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

/// What is wrong with a host's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadCertificate {
    /// It ended in the year 2000.
    Expired,
    /// Nobody vouches for it.
    SelfSigned,
    /// It is another host's.
    WrongName,
}

/// The world's authority: a certificate for whatever name a client asks for.
pub(super) struct Authority {
    root: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
    bad: Mutex<HashMap<String, BadCertificate>>,
    issued: Mutex<HashMap<String, Arc<CertifiedKey>>>,
}

impl Authority {
    pub(super) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().unwrap();
        let root = params.self_signed(&key).unwrap().der().clone();
        Self {
            root,
            issuer: Issuer::new(params, key),
            bad: Mutex::default(),
            issued: Mutex::default(),
        }
    }

    pub(super) fn root_der(&self) -> Vec<u8> {
        self.root.to_vec()
    }

    pub(super) fn spoil(&self, host: &str, how: BadCertificate) {
        let mut bad = self.bad.lock().unwrap_or_else(PoisonError::into_inner);
        bad.insert(host.to_owned(), how);
    }

    fn issue(&self, host: &str) -> Arc<CertifiedKey> {
        let bad = self.bad.lock().unwrap_or_else(PoisonError::into_inner);
        let how = bad.get(host).copied();
        let name = match how {
            Some(BadCertificate::WrongName) => "somebody-else.example",
            _ => host,
        };
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        if how == Some(BadCertificate::Expired) {
            params.not_before = rcgen::date_time_ymd(1999, 1, 1);
            params.not_after = rcgen::date_time_ymd(2000, 1, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = match how {
            Some(BadCertificate::SelfSigned) => params.self_signed(&key).unwrap(),
            _ => params.signed_by(&key, &self.issuer).unwrap(),
        };
        let secret = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        Arc::new(CertifiedKey::new(
            vec![certificate.der().clone()],
            any_supported_type(&secret).unwrap(),
        ))
    }
}

impl ResolvesServerCert for Authority {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        // A client that asks for an address names nobody.
        let host = hello.server_name().unwrap_or("127.0.0.1").to_owned();
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let certificate = issued
            .entry(host.clone())
            .or_insert_with(|| self.issue(&host));
        Some(Arc::clone(certificate))
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authority")
    }
}

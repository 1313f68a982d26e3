use std::sync::Arc;

use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls_platform_verifier::Verifier;

/// Trust as the system does, plus `extra_roots`. On a system without any certificates plain http
/// must still work where it is opened, so `without_system` asks for those roots alone then.
pub(super) fn configuration(
    extra_roots: &[Vec<u8>],
    without_system: bool,
) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?;
    let mut config = match system_verifier(extra_roots, provider) {
        Ok(verifier) => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth(),
        Err(_) if without_system => {
            let mut roots = RootCertStore::empty();
            for der in extra_roots {
                roots.add(CertificateDer::from(der.clone()))?;
            }
            builder.with_root_certificates(roots).with_no_client_auth()
        }
        Err(error) => return Err(error),
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(not(target_os = "android"))]
fn system_verifier(
    extra_roots: &[Vec<u8>],
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    let extra = extra_roots.iter().cloned().map(CertificateDer::from);
    Verifier::new_with_extra_roots(extra, provider)
}

/// Android's verifier takes no further roots.
#[cfg(target_os = "android")]
fn system_verifier(
    _extra_roots: &[Vec<u8>],
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    Verifier::new(provider)
}

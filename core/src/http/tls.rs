use std::sync::Arc;

use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
#[cfg(not(target_os = "android"))]
use rustls_platform_verifier::Verifier;

/// Trust as the system does, plus `extra_roots`; on Android the roots are the library's own. On a system without any certificates plain http
/// must still work where it is opened, so `without_system` asks for those roots alone then.
pub(super) fn configuration(
    extra_roots: &[Vec<u8>],
    without_system: bool,
) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(ring::default_provider());
    let mut config = trusting(extra_roots, without_system, provider)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(target_os = "android")]
fn trusting(
    extra_roots: &[Vec<u8>],
    _without_system: bool,
    provider: Arc<CryptoProvider>,
) -> Result<ClientConfig, rustls::Error> {
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(bundled_roots(extra_roots)?)
        .with_no_client_auth())
}

#[cfg(not(target_os = "android"))]
fn trusting(
    extra_roots: &[Vec<u8>],
    without_system: bool,
    provider: Arc<CryptoProvider>,
) -> Result<ClientConfig, rustls::Error> {
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?;
    let extra = extra_roots.iter().cloned().map(CertificateDer::from);
    match Verifier::new_with_extra_roots(extra, provider) {
        Ok(verifier) => Ok(builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth()),
        Err(_) if without_system => {
            let mut roots = RootCertStore::empty();
            for der in extra_roots {
                roots.add(CertificateDer::from(der.clone()))?;
            }
            Ok(builder.with_root_certificates(roots).with_no_client_auth())
        }
        Err(error) => Err(error),
    }
}

/// The roots that Mozilla trusts, in the library: Android's own verifier is Java, which an app would have
/// to bring and to start before the first request. What a person installed is not trusted then.
#[cfg(any(target_os = "android", test))]
fn bundled_roots(extra_roots: &[Vec<u8>]) -> Result<RootCertStore, rustls::Error> {
    let mut roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    for der in extra_roots {
        roots.add(CertificateDer::from(der.clone()))?;
    }
    Ok(roots)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_library_brings_roots_of_its_own() {
        let bundled = bundled_roots(&[]).unwrap().len();
        assert!(bundled > 100, "{bundled} roots");
        let own = webpki_root_certs::TLS_SERVER_ROOT_CERTS[0].to_vec();
        assert_eq!(bundled_roots(&[own]).unwrap().len(), bundled + 1);
        assert!(bundled_roots(&[b"no certificate".to_vec()]).is_err());
    }
}

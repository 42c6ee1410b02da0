//! Whose certificates are believed: the authorities of the public web, which
//! the program carries, and those the operator adds.

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

/// Why certificates of authorities cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// Not PEM.
    #[error("the certificates of authorities are not PEM: {0}")]
    Pem(rustls::pki_types::pem::Error),
    /// PEM with nothing of use in it.
    #[error("the certificates of authorities hold no certificate")]
    Empty,
    /// A certificate that cannot be used, or no TLS at all.
    #[error("the certificates of authorities cannot be used: {0}")]
    Tls(#[from] rustls::Error),
}

/// Reads certificates out of PEM. An empty text holds none.
pub(super) fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TrustError> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let read = read.map_err(TrustError::Pem)?;
    if read.is_empty() && !pem.trim_ascii().is_empty() {
        return Err(TrustError::Empty);
    }
    Ok(read)
}

/// The authorities of the public web and those in `pem`.
pub(super) fn roots(pem: &[u8]) -> Result<RootCertStore, TrustError> {
    let mut store = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for certificate in certificates(pem)? {
        store.add(certificate)?;
    }
    Ok(store)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_refused() {
        assert!(roots(b"").is_ok());
        assert!(matches!(certificates(b"hello"), Err(TrustError::Empty)));
        let broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(matches!(roots(broken), Err(TrustError::Tls(_))));
    }
}

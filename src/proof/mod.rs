//! What makes the log checkable: the leaf hash of an event. A Merkle tree over
//! the leaves (RFC 6962) can be grown later from what is stored from the first
//! day.

pub mod secret;

use sha2::{Digest, Sha256};

/// The leaf of an event: SHA-256 over its salt and its payload bytes. With the
/// salt destroyed the leaf tells nothing of the payload, and the log still
/// checks.
pub fn leaf(salt: &[u8; 32], payload: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(payload).finalize().into()
}

/// SHA-256 of `bytes` in hexadecimal: how texts are pinned and secrets are
/// recognised without being kept.
pub fn digest_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of `bytes`.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// SHA-256 of what is too large to be held at once.
#[derive(Clone, Default)]
pub struct RunningDigest(Sha256);

impl RunningDigest {
    /// Adds what comes next.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all that was added, in hexadecimal.
    pub fn hex(self) -> String {
        hex(&self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leaf_is_plain_sha_256() {
        let mut running = RunningDigest::default();
        running.add(b"a");
        running.add(b"bc");
        assert_eq!(running.hex(), digest_hex(b"abc"));
        assert_eq!(digest_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let mut both = vec![0; 32];
        both.extend_from_slice(b"abc");
        let whole: [u8; 32] = Sha256::digest(&both).into();
        assert_eq!(leaf(&[0; 32], b"abc"), whole);
    }
}

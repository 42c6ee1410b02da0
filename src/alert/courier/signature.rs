//! Signatures of webhooks, after Standard Webhooks 1.0.0: HMAC-SHA256 (`v1`)
//! with the secret of one receiver, and Ed25519 (`v1a`) with the key of this
//! instance, both over `id.timestamp.body`.
//!
//! Both come from `ring`, which TLS brings along already: no crate more.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::{
    hmac,
    signature::{Ed25519KeyPair, KeyPair},
};
use std::{fmt, ops::RangeInclusive};

/// How long may the secret of a receiver be, in bytes?
pub const SECRET: RangeInclusive<usize> = 24..=64;

/// How long is the seed of an Ed25519 key, in bytes?
const SEED: usize = 32;

/// Why a key or a secret cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyError {
    /// The text does not begin as it should.
    #[error("this should begin with {0}")]
    Prefix(&'static str),
    /// What follows is not base64.
    #[error("what follows the underscore is not base64")]
    Encoding,
    /// Too short or too long.
    #[error("a secret has 24 to 64 bytes, and the seed of a signing key 32")]
    Length,
    /// The two halves of a key do not belong together.
    #[error("the public half of this key does not belong to its private half")]
    Halves,
}

/// The instance's own key. It is never shown.
pub struct SigningKey(Ed25519KeyPair);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public())
    }
}

impl SigningKey {
    /// The key with this seed (32 bytes), or with this seed and its public
    /// half behind it (64 bytes).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let (seed, public) = bytes.split_at_checked(SEED).ok_or(KeyError::Length)?;
        let pair = match public.len() {
            0 => Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| KeyError::Length)?,
            SEED => Ed25519KeyPair::from_seed_and_public_key(seed, public).map_err(|_| KeyError::Halves)?,
            _ => return Err(KeyError::Length),
        };
        Ok(Self(pair))
    }

    /// Reads a key written `whsk_…`.
    pub fn read(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(&decode(text, "whsk_")?)
    }

    /// The public half, written `whpk_…`: what receivers check with.
    pub fn public(&self) -> String {
        format!("whpk_{}", STANDARD.encode(self.0.public_key()))
    }
}

/// Reads the secret of a receiver, written `whsec_…`: 24 to 64 bytes.
pub fn read_secret(text: &str) -> Result<Vec<u8>, KeyError> {
    let bytes = decode(text, "whsec_")?;
    if SECRET.contains(&bytes.len()) { Ok(bytes) } else { Err(KeyError::Length) }
}

/// Writes the secret of a receiver as it is handed over: `whsec_…`.
pub fn write_secret(secret: &[u8]) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

fn decode(text: &str, prefix: &'static str) -> Result<Vec<u8>, KeyError> {
    let text = text.trim().strip_prefix(prefix).ok_or(KeyError::Prefix(prefix))?;
    STANDARD.decode(text).map_err(|_| KeyError::Encoding)
}

/// The header `webhook-signature` of message `id` sent at `timestamp` (Unix
/// seconds): both signatures, so that a receiver checks whichever it can.
pub fn sign(id: &str, timestamp: i64, body: &[u8], secret: &[u8], key: &SigningKey) -> String {
    let mut signed = format!("{id}.{timestamp}.").into_bytes();
    signed.extend_from_slice(body);
    let shared = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), &signed);
    let own = key.0.sign(&signed);
    format!("v1,{} v1a,{}", STANDARD.encode(shared), STANDARD.encode(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of the reference libraries of Standard Webhooks
    /// (github.com/standard-webhooks/standard-webhooks, `libraries/go`, tests
    /// of the symmetric and the asymmetric scheme).
    #[test]
    fn the_published_vectors() {
        let secret = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret");
        let key =
            SigningKey::read("whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=").expect("a key for tests");
        let body = br#"{"test": 2432232314}"#;
        assert_eq!(
            sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body, &secret, &key),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= \
             v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag=="
        );
    }

    #[test]
    fn keys_that_cannot_be_used_say_why() {
        assert_eq!(read_secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), Err(KeyError::Prefix("whsec_")));
        assert_eq!(read_secret("whsec_*"), Err(KeyError::Encoding));
        assert_eq!(read_secret("whsec_AAAA"), Err(KeyError::Length));
        assert_eq!(SigningKey::from_bytes(&[0; 31]).err(), Some(KeyError::Length));
        assert_eq!(SigningKey::from_bytes(&[0; 33]).err(), Some(KeyError::Length));
        assert_eq!(SigningKey::from_bytes(&[0; 64]).err(), Some(KeyError::Halves));
    }

    #[test]
    fn what_is_written_reads_back_and_a_key_shows_only_its_public_half() {
        let secret = [7; 32];
        assert_eq!(read_secret(&write_secret(&secret)).as_deref(), Ok(&secret[..]));
        let key = SigningKey::from_bytes(&[9; 32]).expect("a seed");
        let shown = format!("{key:?}");
        assert!(shown.contains("whpk_"), "{shown}");
        assert!(!shown.contains(&STANDARD.encode([9; 32])), "{shown}");
    }
}

//! What comes from the secret of the instance: the key that signs webhooks, the
//! secret shared with each receiver, and the links in mails. The store keeps
//! that one secret; everything here is worked out from it again whenever it is
//! needed (HMAC-SHA256 with a label for each use, as HKDF expands, RFC 5869).

use super::courier::signature::{KeyError, SigningKey};
use crate::domain::id::{ContactId, MessageId};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;
use std::fmt;

/// How much of its seal a link carries, bytes? Nobody guesses 128 bits.
const SEAL: usize = 16;

/// The keys of one instance. They are never shown.
#[derive(Clone)]
pub struct Keys(hmac::Key);

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    /// The keys that come from this secret.
    pub fn of(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// What this instance signs webhooks with.
    pub fn signing(&self) -> Result<SigningKey, KeyError> {
        SigningKey::from_bytes(&self.derive("webhook signing key", &[]))
    }

    /// The secret shared with the webhooks of a contact point.
    pub fn webhook_secret(&self, contact: ContactId) -> [u8; 32] {
        self.derive("webhook secret", &[contact.0.as_bytes()])
    }

    /// The seal of the link that shows this message to this contact point, 22
    /// letters, digits, `-` and `_`.
    pub fn seal(&self, message: MessageId, contact: ContactId) -> String {
        URL_SAFE_NO_PAD.encode(&self.link(message, contact)[..SEAL])
    }

    /// Whether a link's seal is the one of this message and contact point; it
    /// takes as long to find out whatever the seal is.
    pub fn opens(&self, seal: &str, message: MessageId, contact: ContactId) -> bool {
        let mine = self.link(message, contact);
        let Ok(seal) = URL_SAFE_NO_PAD.decode(seal) else { return false };
        // Compared are digests under a key: where two differ says nothing.
        seal.len() == SEAL && self.derive("compare", &[&seal]) == self.derive("compare", &[&mine[..SEAL]])
    }

    fn link(&self, message: MessageId, contact: ContactId) -> [u8; 32] {
        self.derive("link", &[message.0.as_bytes(), contact.0.as_bytes()])
    }

    fn derive(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(b"outcross ");
        context.update(label.as_bytes());
        context.update(&[0]);
        for part in parts {
            context.update(part);
        }
        let mut key = [0; 32];
        key.copy_from_slice(context.sign().as_ref());
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn message(n: u128) -> MessageId {
        MessageId(Uuid::from_u128(n))
    }

    fn contact(n: u128) -> ContactId {
        ContactId(Uuid::from_u128(n))
    }

    #[test]
    fn a_link_opens_one_message_for_one_contact_point_of_one_instance() {
        let keys = Keys::of(&[7; 32]);
        let seal = keys.seal(message(1), contact(2));
        assert_eq!(seal.len(), 22);
        assert!(keys.opens(&seal, message(1), contact(2)));
        assert!(!keys.opens(&seal, message(2), contact(2)));
        assert!(!keys.opens(&seal, message(1), contact(1)));
        assert!(!keys.opens(&seal, message(2), contact(1)), "the two do not change places");
        assert!(!Keys::of(&[8; 32]).opens(&seal, message(1), contact(2)));
        assert!(!keys.opens(&seal[..21], message(1), contact(2)));
        assert!(!keys.opens("", message(1), contact(2)));
    }

    #[test]
    fn every_contact_point_has_a_secret_of_its_own_that_stays() {
        let keys = Keys::of(&[7; 32]);
        assert_ne!(keys.webhook_secret(contact(1)), keys.webhook_secret(contact(2)));
        assert_eq!(keys.webhook_secret(contact(1)), Keys::of(&[7; 32]).webhook_secret(contact(1)));
        let public = keys.signing().expect("a key").public();
        assert!(public.starts_with("whpk_"), "{public}");
    }
}

//! What receivers of webhooks check with.

use super::{Desk, DeskError};
use crate::{
    alert::courier::signature::write_secret,
    domain::{
        account::{Action, Viewer, can},
        id::ContactId,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a receiver of webhooks checks with (Standard Webhooks 1.0.0).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WebhookKeys {
    /// The secret shared with this contact point (`whsec_…`, for `v1`). Whoever
    /// has it can forge messages to it.
    pub secret: String,
    /// The public key of this instance (`whpk_…`, for `v1a`).
    pub public_key: String,
}

impl Desk {
    /// What the webhooks of a contact point check with; for whoever may edit
    /// that contact point.
    pub fn webhook_keys(&self, viewer: &Viewer, contact: ContactId) -> Result<WebhookKeys, DeskError> {
        can(viewer, Action::ReadContacts, None)?;
        let contacts = self.store.contacts(viewer, None)?;
        let contact = contacts.into_iter().find(|known| known.id == contact).ok_or(DeskError::NotFound)?;
        can(viewer, Action::EditContacts, contact.addressee.state())?;
        Ok(WebhookKeys {
            secret: write_secret(&self.settings.keys.webhook_secret(contact.id)),
            public_key: self.webhook_public_key()?,
        })
    }

    /// The public key of this instance, for everybody.
    pub fn webhook_public_key(&self) -> Result<String, DeskError> {
        let key =
            self.settings.keys.signing().map_err(|e| crate::store::StoreError::Corrupt(e.to_string()))?;
        Ok(key.public())
    }
}

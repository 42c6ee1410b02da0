//! Records that are not events: accounts and tokens.

use super::{Desk, DeskError};
use crate::{
    domain::{
        account::{Account, Action, Role, Viewer, can},
        id::{AccountId, TokenId},
        state::StateCode,
    },
    proof::digest_hex,
    store::TokenRecord,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A token as it is handed out, once: the store keeps only its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct IssuedToken {
    /// Its id.
    pub id: TokenId,
    /// Of which account.
    pub account: AccountId,
    /// The secret.
    pub secret: String,
    /// Until when it is good.
    pub expires: Timestamp,
}

/// An account to be created.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// The name of the office or person.
    pub name: String,
    /// The State it belongs to; none for the instance.
    #[serde(default)]
    pub state: Option<StateCode>,
    /// What it is for.
    pub role: Role,
    /// The person who uses it. What two persons must decide needs it.
    #[serde(default)]
    pub person: Option<String>,
}

/// How long may a token be good at the most?
pub const LONGEST_TOKEN: SignedDuration = SignedDuration::from_hours(24 * 365);

/// How long is the first administrator's token good?
const FIRST_TOKEN: SignedDuration = SignedDuration::from_hours(24);

impl Desk {
    /// Creates an account for a State, or for the instance.
    pub fn create_account(&self, viewer: &Viewer, new: NewAccount) -> Result<Account, DeskError> {
        can(viewer, Action::ManageAccounts, new.state)?;
        let now = self.now();
        let NewAccount { name, state, role, person } = new;
        let account = Account {
            id: AccountId(self.entropy.id(now)),
            name,
            state,
            role,
            person,
            created: now,
            created_by: viewer.account(),
            erased: None,
        };
        self.store.save_account(&account)?;
        Ok(account)
    }

    /// Issues a bearer token for an account, good for at most a year.
    pub fn issue_token(
        &self,
        viewer: &Viewer,
        account: AccountId,
        good_for: SignedDuration,
    ) -> Result<IssuedToken, DeskError> {
        let account = self.store.account(viewer, account)?.ok_or(DeskError::NotFound)?;
        can(viewer, Action::ManageAccounts, account.state)?;
        if account.erased.is_some() {
            return Err(DeskError::NotFound);
        }
        self.new_token(account.id, good_for.min(LONGEST_TOKEN))
    }

    /// The account behind a bearer token, and until when.
    pub fn sign_in(&self, secret: &str) -> Result<Option<(Account, Timestamp)>, DeskError> {
        Ok(self.store.account_by_token(&digest_hex(secret.as_bytes()), self.now())?)
    }

    /// On the first start: an administrator of the instance with one token
    /// that is good for a day. `None` when there are accounts already.
    pub fn found(&self) -> Result<Option<IssuedToken>, DeskError> {
        if self.store.has_accounts()? {
            return Ok(None);
        }
        let first = NewAccount {
            name: "First administrator".to_owned(),
            state: None,
            role: Role::Administrator,
            person: None,
        };
        let founder = self.create_account(&Viewer::House, first)?;
        self.new_token(founder.id, FIRST_TOKEN).map(Some)
    }

    fn new_token(&self, account: AccountId, good_for: SignedDuration) -> Result<IssuedToken, DeskError> {
        use base64::Engine as _;
        let now = self.now();
        let random = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.entropy.bytes());
        let token = IssuedToken {
            id: TokenId(self.entropy.id(now)),
            account,
            secret: format!("ox_{random}"),
            expires: now + good_for,
        };
        self.store.save_token(&TokenRecord {
            id: token.id,
            hash: digest_hex(token.secret.as_bytes()),
            account,
            expires: token.expires,
        })?;
        Ok(token)
    }
}

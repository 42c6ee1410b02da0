//! Where everything is kept. One trait of domain verbs; what stands behind it
//! knows SQL, and nobody else does.
//!
//! - A commit is acknowledged when it is on the disk, not before.
//! - Events get their numbers in the order of commit, without holes, so that a
//!   reader who has seen number *n* has missed nothing before it.
//! - Every read verb demands a [`Viewer`] and returns only what that viewer may
//!   see.

pub mod conformance;
pub mod sqlite;

use crate::domain::{
    account::{Account, Viewer},
    audience::Audience,
    contact::{Channel, ContactPoint},
    decision::{Decision, Timer},
    delivery::Message,
    draft::ReportDraft,
    duty::Addressee,
    event::Event,
    id::{AccountId, ContactId, DraftId, IncidentId, LayerId, MessageId, Reference, Seq, TokenId},
    incident::{Incident, Mode},
    layer::LayerKind,
    sign_in::{Access, Credential, Session},
    state::StateCode,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a caller can do about a failure of the store.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoreError {
    /// The incident has changed since it was read: decide again.
    #[error("the incident has changed in the meantime")]
    Conflict,
    /// The idempotency key was used before with another body.
    #[error("this idempotency key was used before with another body")]
    KeyReused,
    /// Nothing was written; it may work later (a full disk, a lock, a fault).
    #[error("the store cannot write: {0}")]
    Unavailable(String),
    /// What is stored cannot be read back.
    #[error("the store is damaged: {0}")]
    Corrupt(String),
}

/// Which request an answer belongs to, so that a repeat gets the same answer.
/// Scoped to the account and the route.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Idempotency {
    /// Who asked.
    pub account: AccountId,
    /// Which route.
    pub route: &'static str,
    /// The key the caller chose.
    pub key: String,
    /// SHA-256 of the raw body, in hexadecimal.
    pub body: String,
}

/// Everything to be written in one transaction.
#[derive(Clone, PartialEq, Debug)]
pub struct Batch {
    /// What was decided.
    pub decision: Decision,
    /// Whose doing.
    pub actor: Option<AccountId>,
    /// The present moment.
    pub now: Timestamp,
    /// One salt for each event.
    pub salts: Vec<[u8; 32]>,
    /// Texts of playbooks that were chosen, by hash.
    pub playbook_texts: Vec<(String, String)>,
    /// To answer a repeat of the same request with the same bytes.
    pub idempotency: Option<Idempotency>,
}

/// What a command came to: the answer to the caller.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// The incident.
    pub incident: IncidentId,
    /// What people call it.
    pub reference: Option<Reference>,
    /// The place in the log from which on the command is visible.
    pub seq: Seq,
    /// When it was recorded.
    #[schema(value_type = String, format = DateTime)]
    pub recorded: Timestamp,
}

/// A committed batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Committed {
    /// The answer as the bytes first given.
    pub answer: Vec<u8>,
    /// The answer.
    pub receipt: Receipt,
    /// Whether it had been given before.
    pub replayed: bool,
}

/// An event with who may see it, for the hub.
#[derive(Clone, PartialEq, Debug)]
pub struct Logged {
    /// The event.
    pub event: Event,
    /// Who may see it.
    pub audience: Audience,
}

/// A timer that is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueTimer {
    /// Of which incident.
    pub incident: IncidentId,
    /// What has to happen.
    pub timer: Timer,
    /// When it was due.
    pub due: Timestamp,
}

/// A token as kept: never the secret itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenRecord {
    /// Its id.
    pub id: TokenId,
    /// SHA-256 of the secret, in hexadecimal.
    pub hash: String,
    /// Whose it is.
    pub account: AccountId,
    /// Until when it is good.
    pub expires: Timestamp,
}

/// An imported layer of the map, without its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayerRecord {
    /// Its id.
    pub id: LayerId,
    /// What it holds.
    pub kind: LayerKind,
    /// Its name: with the kind, what a newer version of it replaces.
    pub name: String,
    /// The name of the file as it was sent; its ending says the format.
    pub file_name: String,
    /// Its sidecar, as TOML.
    pub sidecar: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Size of the file in bytes.
    pub size: u64,
    /// When it was imported.
    pub imported: Timestamp,
    /// By whom.
    pub imported_by: Option<AccountId>,
}

/// A change of the imported layers, to be written in one transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayerChange {
    /// Layers that are no longer in force; their files are kept, because
    /// assessments name them.
    pub ended: Vec<LayerId>,
    /// A new layer with the bytes of its file.
    pub new: Option<(LayerRecord, Vec<u8>)>,
    /// Whose doing.
    pub by: Option<AccountId>,
    /// The present moment.
    pub now: Timestamp,
    /// What every incident that has not ended has to do because of it, at once.
    pub mark: Timer,
}

/// A change of contact points, to be written in one transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactChange {
    /// The contact points the decision was based on, as they were read.
    pub seen: Vec<ContactPoint>,
    /// Whether these were all there are.
    pub all: bool,
    /// What is to stand.
    pub write: Vec<ContactPoint>,
}

/// A message that is due, with where it goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parcel {
    /// The message.
    pub message: Message,
    /// Where it goes; absent when the contact point was erased.
    pub channel: Option<Channel>,
    /// What is sent, byte for byte.
    pub bytes: Vec<u8>,
}

/// What a message says, as it is kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeptBytes {
    /// What is sent, byte for byte.
    pub bytes: Vec<u8>,
    /// SHA-256 of these bytes, in hexadecimal, worked out just now.
    pub sha256: String,
    /// Whether they were erased: then there are none, and the digest in the log
    /// is all that is left.
    pub erased: bool,
}

/// What is to be erased for good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Erasure {
    /// What.
    pub subject: Erased,
    /// Why. Tells nothing of whom it is about.
    pub reason: String,
    /// Whose doing.
    pub by: Option<AccountId>,
    /// The present moment.
    pub now: Timestamp,
}

/// What was erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Erased {
    /// A contact point.
    Contact(ContactId),
    /// An account, with its tokens.
    Account(AccountId),
    /// Words in an event.
    Event(Seq),
}

/// That something was erased: never what it was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ErasureRecord {
    /// What.
    #[serde(flatten)]
    pub subject: Erased,
    /// The State it belonged to; absent for the instance's, and for events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// Where in an event, as JSON pointers (RFC 6901).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: Option<AccountId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// What came of erasing a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErasureOutcome {
    /// It is gone.
    Done,
    /// There is no such record, or it was erased before.
    Unknown,
    /// Nobody could manage this instance any more.
    LastAdministrator,
}

/// Why nothing is sent: the store was made of a backup, and nobody has said yet
/// what had been sent since that was made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Hold {
    /// Since when: when the backup was restored.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// The newest event of the backup.
    pub head: Seq,
    /// The id the log had.
    pub log: String,
    /// When the backup was made: what was sent after that is not known here.
    #[schema(value_type = String, format = DateTime)]
    pub made: Timestamp,
}

/// Addressees that cannot be reached or do not answer, in incidents that have
/// not ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Alarms {
    /// In actual incidents.
    pub actual: u64,
    /// In exercises.
    pub exercise: u64,
    /// In tests.
    pub test: u64,
}

/// How the store is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// The newest event.
    pub head: Seq,
    /// Timers that are due or will be.
    pub timers: u64,
    /// Messages that have not reached anybody yet.
    pub pending_messages: u64,
    /// Messages that could not be delivered by their channel.
    pub failed_messages: u64,
    /// Addressees that cannot be reached or do not answer.
    pub alarms: Alarms,
    /// The hold the outbox is on after a restore: no mail and no webhook goes
    /// out until it is released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
}

/// The most rows one page may have.
pub const PAGE: usize = 500;

/// The store, as the house sees it. All verbs block the calling thread.
pub trait Store: Send + Sync {
    /// Writes a batch in one transaction and returns when it is on the disk.
    fn commit(&self, batch: Batch) -> Result<Committed, StoreError>;
    /// The answer a request was given before, if it was.
    fn answered(&self, request: &Idempotency) -> Result<Option<Committed>, StoreError>;

    /// Creates or replaces an account.
    fn save_account(&self, account: &Account) -> Result<(), StoreError>;
    /// Keeps a token.
    fn save_token(&self, token: &TokenRecord) -> Result<(), StoreError>;
    /// Creates or replaces a contact point.
    fn save_contact(&self, contact: &ContactPoint) -> Result<(), StoreError>;
    /// Writes all of a change, or nothing and [`StoreError::Conflict`] when one
    /// of the contact points it is based on does not stand as it was seen, or
    /// `all` were seen and there is another one.
    fn change_contacts(&self, change: ContactChange) -> Result<(), StoreError>;

    /// Keeps what an account signs in with. [`StoreError::Conflict`] when
    /// another account has the name.
    fn save_credential(&self, credential: &Credential) -> Result<(), StoreError>;
    /// What an account signs in with.
    fn credential(&self, account: AccountId) -> Result<Option<Credential>, StoreError>;
    /// What the account of this name (in small letters) signs in with.
    fn credential_named(&self, name: &str) -> Result<Option<Credential>, StoreError>;
    /// Keeps a session by the SHA-256 of its secret.
    fn save_session(&self, hash: &str, session: &Session) -> Result<(), StoreError>;
    /// A session and whose it is, good or not.
    fn session(&self, hash: &str) -> Result<Option<(Session, Account)>, StoreError>;
    /// Ends a session.
    fn end_session(&self, hash: &str) -> Result<(), StoreError>;
    /// Keeps an invitation by the SHA-256 of its secret.
    fn save_invitation(&self, hash: &str, account: AccountId, expires: Timestamp) -> Result<(), StoreError>;
    /// Who is invited by it, while it is good.
    fn invitation(&self, hash: &str, now: Timestamp) -> Result<Option<Account>, StoreError>;
    /// No invitation of this account is good any more.
    fn end_invitations(&self, account: AccountId) -> Result<(), StoreError>;
    /// Keeps a report that somebody has begun.
    fn save_draft(&self, draft: &ReportDraft) -> Result<(), StoreError>;
    /// The reports an account has begun, last changed first.
    fn drafts(&self, account: AccountId) -> Result<Vec<ReportDraft>, StoreError>;
    /// A report is no longer begun: it was sent, or given up.
    fn drop_draft(&self, account: AccountId, id: DraftId) -> Result<(), StoreError>;
    /// Writes a line into the access log.
    fn log_access(&self, access: &Access) -> Result<(), StoreError>;
    /// The newest lines of the access log about an account, for itself and
    /// those who manage it.
    fn accesses(&self, viewer: &Viewer, account: AccountId, limit: usize) -> Result<Vec<Access>, StoreError>;

    /// Erases a contact point or an account: the record is gone, its tokens
    /// are, and so is where messages to it went. Words in events are erased by
    /// committing [`WordsErased`](crate::domain::event::Body::WordsErased).
    fn erase(&self, erasure: Erasure) -> Result<ErasureOutcome, StoreError>;
    /// What was erased, in order; an administrator of a State sees its own.
    fn erasures(&self, viewer: &Viewer) -> Result<Vec<ErasureRecord>, StoreError>;
    /// Sees to it that what was erased is in no file any more. Whoever writes
    /// waits meanwhile. `false`: a reader was in the way for too long; to be
    /// called again.
    fn scrub(&self) -> Result<bool, StoreError>;

    /// Changes the imported layers and sets the timer of the change for every
    /// incident that has not ended; returns which incidents those are.
    fn change_layers(&self, change: LayerChange) -> Result<Vec<IncidentId>, StoreError>;
    /// The imported layers in force, in the order they were imported.
    fn layers(&self, viewer: &Viewer) -> Result<Vec<LayerRecord>, StoreError>;
    /// The bytes of an imported layer's file by its digest, also of one no
    /// longer in force.
    fn layer_file(&self, viewer: &Viewer, sha256: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// The account whose unexpired token hashes to `hash`, and when it expires.
    fn account_by_token(
        &self,
        hash: &str,
        now: Timestamp,
    ) -> Result<Option<(Account, Timestamp)>, StoreError>;
    /// Whether there is any account at all.
    fn has_accounts(&self) -> Result<bool, StoreError>;
    /// One account; only its own State's administrators, the instance's and the house see it.
    fn account(&self, viewer: &Viewer, id: AccountId) -> Result<Option<Account>, StoreError>;
    /// One contact point, for whoever may read them.
    fn contact(&self, viewer: &Viewer, id: ContactId) -> Result<Option<ContactPoint>, StoreError>;
    /// Contact points of one addressee, or of all.
    fn contacts(&self, viewer: &Viewer, of: Option<&Addressee>) -> Result<Vec<ContactPoint>, StoreError>;

    /// One incident as it stands, if `viewer` may see any of it.
    fn incident(&self, viewer: &Viewer, id: IncidentId) -> Result<Option<Incident>, StoreError>;
    /// Incidents of one mode, last changed first, older than `before`.
    fn incidents(
        &self,
        viewer: &Viewer,
        mode: Mode,
        before: Option<Seq>,
        limit: usize,
    ) -> Result<Vec<Incident>, StoreError>;
    /// Events of one incident after `after`, in order.
    fn timeline(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError>;
    /// Events of all incidents after `after`, in order.
    fn events_after(&self, viewer: &Viewer, after: Seq, limit: usize) -> Result<Vec<Logged>, StoreError>;
    /// One event by number.
    fn event(&self, viewer: &Viewer, seq: Seq) -> Result<Option<Event>, StoreError>;
    /// The messages of an incident; a State sees its own.
    fn messages(&self, viewer: &Viewer, incident: IncidentId) -> Result<Vec<Message>, StoreError>;
    /// One message, for whoever may see it.
    fn message(&self, viewer: &Viewer, id: MessageId) -> Result<Option<Message>, StoreError>;
    /// What a message says, byte for byte as it is sent.
    fn message_bytes(&self, viewer: &Viewer, id: MessageId) -> Result<Option<KeptBytes>, StoreError>;
    /// What is to be sent at `now` by mail or webhook, the longest due first,
    /// without the messages in `under_way` (there may be thousands); nothing
    /// while the outbox is on hold.
    fn outbox(
        &self,
        now: Timestamp,
        limit: usize,
        under_way: &[MessageId],
    ) -> Result<Vec<Parcel>, StoreError>;
    /// The hold the outbox is on, if it is.
    fn hold(&self) -> Result<Option<Hold>, StoreError>;
    /// The messages by mail or webhook of the backup that are on hold, in the
    /// order in which they were made; of none when there is no hold.
    fn held(&self) -> Result<Vec<Message>, StoreError>;
    /// Ends the hold: what still waits is due.
    fn release(&self) -> Result<(), StoreError>;
    /// A reference nobody was given, for an incident opened at `now`. It is
    /// counted when the incident is committed.
    fn next_reference(&self, mode: Mode, instance: &str, now: Timestamp) -> Result<Reference, StoreError>;
    /// The secret of this instance, from which every other one is derived; made
    /// of `fresh` the first time.
    fn instance_key(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError>;
    /// The text of a playbook by its hash. Plans for emergency response are
    /// never confidential (Art. 21.6(d)).
    fn playbook_text(&self, viewer: &Viewer, hash: &str) -> Result<Option<String>, StoreError>;

    /// Keeps a file of a responder for good and gives its SHA-256. It is on the
    /// disk when this returns; until an event refers to it nobody can read it.
    fn keep_file(&self, bytes: &[u8], now: Timestamp) -> Result<String, StoreError>;
    /// Whether a file is there; one that is about to be referred to counts as
    /// new again.
    fn refresh_file(&self, sha256: &str, now: Timestamp) -> Result<bool, StoreError>;
    /// What is in a file that a run of an incident keeps which `viewer` may see.
    fn file(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        sha256: &str,
    ) -> Result<Option<Vec<u8>>, StoreError>;
    /// What is in a file that was sent, whether or not anything refers to it;
    /// for the house alone.
    fn sent_file(&self, viewer: &Viewer, sha256: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// Takes away files that nothing refers to and that were kept before `then`.
    fn sweep_files(&self, then: Timestamp) -> Result<usize, StoreError>;

    /// Timers due at `now`, the earliest first.
    fn due(&self, now: Timestamp, limit: usize) -> Result<Vec<DueTimer>, StoreError>;
    /// The newest event's number.
    fn head(&self) -> Result<Seq, StoreError>;
    /// When the newest event was recorded, if there is one.
    fn newest(&self) -> Result<Option<Timestamp>, StoreError>;
    /// The id of this log; another one after a restore.
    fn log_id(&self) -> Result<String, StoreError>;
    /// How the store is.
    fn health(&self) -> Result<Health, StoreError>;
    /// Reads every event, checks every leaf, and compares what stands in the
    /// projections with what the events make of them. Returns what is wrong.
    fn check(&self) -> Result<Vec<String>, StoreError>;
    /// Makes the projections anew from the events.
    fn rebuild(&self) -> Result<(), StoreError>;
}

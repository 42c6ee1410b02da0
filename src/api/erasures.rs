//! Forgetting for good: contact points, accounts, words in events.

use super::{Rooms, apart};
use crate::{
    desk::erasure::{ErasureError, ErasureRecord, Forgotten, Words},
    domain::{
        erasure::NotErasable,
        id::{AccountId, ContactId, IncidentId, Seq},
    },
    gate::{Code, Input, Problem, SignedIn},
};
use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to erase: exactly one of contact, account and event.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasureInput {
    /// A contact point.
    #[serde(default)]
    pub contact: Option<ContactId>,
    /// An account: whom it stands for, and its tokens.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// An event, by its place in the log: words that people wrote in it.
    #[serde(default)]
    pub event: Option<Seq>,
    /// Where in the event, as JSON pointers such as `/content/other`. When none
    /// is named: whom to ask, in a report; every word, in any other event.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Leave the same words where they stand in other events of the incident.
    #[serde(default)]
    pub only_here: bool,
    /// Also erase the bytes of messages that went out with the events. They are
    /// the proof of what was said; their digest stays.
    #[serde(default)]
    pub messages: bool,
    /// Why. It stays on record, so it names nobody.
    pub reason: String,
}

/// Words that were erased.
#[derive(Serialize, ToSchema)]
pub struct ErasedWords {
    /// Of which incident.
    pub incident: IncidentId,
    /// In which event.
    pub event: Seq,
    /// Where, as JSON pointers (RFC 6901).
    pub fields: Vec<String>,
}

/// What came of an erasure. Backups made before hold what was erased: whoever
/// restores one has to erase it again.
#[derive(Serialize, ToSchema)]
pub struct ErasureView {
    /// Words that are gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<ErasedWords>,
    /// Contact points that were told by the erased account's live channel, and
    /// no longer are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts_changed: Vec<ContactId>,
    /// How many contact points with a channel the addressee has left. With 0,
    /// nobody can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts_left: Option<usize>,
    /// Whether it is in no file of the store any more. If not, a reader was in
    /// the way: the next erasure, or the next start, sees to it.
    pub scrubbed: bool,
}

/// What was erased so far.
#[derive(Serialize, ToSchema)]
pub struct Erasures {
    /// In order.
    pub erasures: Vec<ErasureRecord>,
}

/// What was erased, by whom and why; a State's administrators see their own.
/// After a restore it says what has to be erased again.
#[utoipa::path(
    tag = "erasures",
    responses(
        (status = 200, description = "What was erased", body = Erasures),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/erasures")]
pub async fn list(rooms: web::Data<Rooms>, who: SignedIn) -> Result<web::Json<Erasures>, Problem> {
    let erasures = apart(move || rooms.desk.erasures(&who.viewer())).await?;
    Ok(web::Json(Erasures { erasures }))
}

/// Erase personal data for good. A State's administrators erase that State's
/// contact points and accounts; the instance's erase any, and words in events.
/// The store is written anew, so that nothing is left in its files: others that
/// write wait for as long as that takes.
#[utoipa::path(
    tag = "erasures", request_body = ErasureInput,
    responses(
        (status = 200, description = "Erased", body = ErasureView),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or not of this State", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such thing, or erased before", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It cannot be erased now", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read, or has no words in it", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/erasures")]
pub async fn create(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    input: Input<ErasureInput>,
) -> Result<web::Json<ErasureView>, Problem> {
    let ErasureInput { contact, account, event, fields, only_here, messages, reason } = input.value;
    let about_event = !fields.is_empty() || only_here || messages;
    let forgotten = apart(move || -> Result<Forgotten, Problem> {
        let (desk, viewer) = (&rooms.desk, who.viewer());
        match (contact, account, event) {
            (Some(contact), None, None) if !about_event => Ok(desk.erase_contact(&viewer, contact, &reason)?),
            (None, Some(account), None) if !about_event => Ok(desk.erase_account(&viewer, account, &reason)?),
            (None, None, Some(event)) => {
                let words = Words { event, fields, only_here, messages };
                Ok(desk.erase_words(&viewer, &words, &reason)?)
            }
            (Some(_), None, None) | (None, Some(_), None) => {
                Err(Problem::field("", "fields, only_here and messages are about an event"))
            }
            _ => Err(Problem::field("", "say exactly one of contact, account and event")),
        }
    })
    .await?;
    let Forgotten { words, contacts_changed, contacts_left, scrubbed } = forgotten;
    let words = words
        .into_iter()
        .map(|gone| ErasedWords { incident: gone.incident, event: gone.event, fields: gone.fields })
        .collect();
    Ok(web::Json(ErasureView { words, contacts_changed, contacts_left, scrubbed }))
}

impl From<ErasureError> for Problem {
    fn from(error: ErasureError) -> Self {
        match error {
            ErasureError::NotErasable(NotErasable::NoWords { .. }) => Self::field("/fields", error),
            ErasureError::NotErasable(NotErasable::NothingThere(_)) => Self::field("/event", error),
            ErasureError::NoSuch(_) => Self::with(Code::NotFound, error),
            ErasureError::NotErasable(NotErasable::Needed(_))
            | ErasureError::LastAdministrator
            | ErasureError::StillToGo(_) => Self::with(Code::Refused, error),
            ErasureError::Desk(error) => error.into(),
        }
    }
}

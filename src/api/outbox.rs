//! The outbox after a restore: what is on hold, and its release.

use super::{Rooms, apart};
use crate::{
    desk::hold::{Hold, ReleaseError, Released, Sent},
    domain::{delivery::Message, id::MessageId},
    gate::{Code, Input, Problem, SignedIn},
};
use actix_web::{get, post, web};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The outbox after a restore.
#[derive(Serialize, ToSchema)]
pub struct OutboxView {
    /// The hold; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// Messages of the backup by mail or webhook that were not sent when it was
    /// made, in the order in which they were made.
    pub messages: Vec<Message>,
}

/// What is on hold after a restore.
#[utoipa::path(
    tag = "outbox",
    responses(
        (status = 200, description = "The hold, and what is on hold", body = OutboxView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator or duty officer of the instance", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/outbox")]
pub async fn held(rooms: web::Data<Rooms>, who: SignedIn) -> Result<web::Json<OutboxView>, Problem> {
    let (hold, messages) = apart(move || rooms.desk.held(&who.viewer())).await?;
    Ok(web::Json(OutboxView { hold, messages }))
}

/// What had been sent after the backup was made: exactly one of the three.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseInput {
    /// Every message made until then was sent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_until: Option<Timestamp>,
    /// These messages were sent.
    #[serde(default)]
    pub sent: Option<Vec<MessageId>>,
    /// None was sent: all of them go out now.
    #[serde(default)]
    pub none: bool,
}

/// What became of the messages.
#[derive(Serialize, ToSchema)]
pub struct ReleaseView {
    /// They count as sent, by the word of whoever released them.
    pub sent: Vec<MessageId>,
    /// They go out now.
    pub going: Vec<MessageId>,
}

/// Say what had been sent before the restore; the rest goes out.
#[utoipa::path(
    tag = "outbox", request_body = ReleaseInput,
    responses(
        (status = 200, description = "Released", body = ReleaseView),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator or duty officer of the instance", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The messages belong to nothing that is there", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The outbox is not on hold", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read, or a message is not on hold", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/outbox/release")]
pub async fn release(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    input: Input<ReleaseInput>,
) -> Result<web::Json<ReleaseView>, Problem> {
    let ReleaseInput { sent_until, sent, none } = input.value;
    let sent = match (sent_until, sent, none) {
        (Some(until), None, false) => Sent::Until(until),
        (None, Some(these), false) => Sent::These(these.into_iter().collect()),
        (None, None, true) => Sent::Nothing,
        _ => {
            let said = "say exactly one of sent_until (a time), sent (message ids) and none (true)";
            return Err(Problem::field("", said));
        }
    };
    let Released { sent, going } = apart(move || rooms.desk.release_outbox(&who.viewer(), &sent)).await?;
    Ok(web::Json(ReleaseView { sent, going }))
}

impl From<ReleaseError> for Problem {
    fn from(error: ReleaseError) -> Self {
        match error {
            ReleaseError::NotOnHold => Self::with(Code::Refused, error),
            ReleaseError::NotHeld(_) => Self::field("/sent", error),
            ReleaseError::Desk(error) => error.into(),
        }
    }
}

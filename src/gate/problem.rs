//! Problems: RFC 9457 answers with stable codes. One table says what each code
//! means and what to do; the same table is served at `/problems`.

use crate::{
    desk::{
        DeskError, StoreError,
        files::FileRefusal,
        layers::ImportError,
        runs::{Conflict, StepRefusal},
        sign_in::SignInRefusal,
    },
    domain::{account::Denial, decision::Refusal},
    reading::ReadError,
};
use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// A stable code. Clients may depend on it; titles may be reworded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// See [`Code::row`]; so for all of them.
    Syntax,
    /// A field has the wrong type, is unknown, or is out of range.
    Invalid,
    /// The body is too large.
    TooLarge,
    /// No token, or one that is not good (any more).
    NotSignedIn,
    /// The account may not do it.
    NotAllowed,
    /// There is no such thing, or this account may not see it.
    NotFound,
    /// The method is not one of this address.
    Method,
    /// The idempotency key was used before with another body.
    KeyReused,
    /// Somebody else was faster, several times.
    Conflict,
    /// It is not any more as the caller has seen it.
    Stale,
    /// It takes another person.
    SecondPerson,
    /// The incident does not allow it.
    Refused,
    /// The file cannot be used as a layer of the map.
    Layer,
    /// The file is nothing that is kept as evidence.
    File,
    /// Only one at a time, and somebody else is at it.
    Busy,
    /// The request comes from another site.
    ForeignOrigin,
    /// The store cannot write.
    Unavailable,
    /// A fault of the server.
    Fault,
}

/// One row of the table of problems.
pub struct Row {
    /// The HTTP status.
    pub status: u16,
    /// What is the matter.
    pub title: &'static str,
    /// What to do.
    pub help: &'static str,
}

impl Code {
    /// Every code, in the order of the table.
    pub const ALL: [Self; 18] = [
        Self::Syntax,
        Self::Invalid,
        Self::TooLarge,
        Self::NotSignedIn,
        Self::NotAllowed,
        Self::NotFound,
        Self::Method,
        Self::KeyReused,
        Self::Conflict,
        Self::Stale,
        Self::SecondPerson,
        Self::Refused,
        Self::Layer,
        Self::File,
        Self::Busy,
        Self::ForeignOrigin,
        Self::Unavailable,
        Self::Fault,
    ];

    /// The code as written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Invalid => "invalid",
            Self::TooLarge => "too-large",
            Self::NotSignedIn => "not-signed-in",
            Self::NotAllowed => "not-allowed",
            Self::NotFound => "not-found",
            Self::Method => "method",
            Self::KeyReused => "key-reused",
            Self::Conflict => "conflict",
            Self::Stale => "stale",
            Self::SecondPerson => "second-person",
            Self::Refused => "refused",
            Self::Layer => "layer",
            Self::File => "file",
            Self::Busy => "busy",
            Self::ForeignOrigin => "foreign-origin",
            Self::Unavailable => "unavailable",
            Self::Fault => "fault",
        }
    }

    /// Its row of the table.
    pub fn row(self) -> Row {
        let (status, title, help) = match self {
            Self::Syntax => (
                400,
                "The body is not JSON",
                "Mend the JSON at the line and column named. Nothing was stored.",
            ),
            Self::Invalid => (
                422,
                "A field cannot be read",
                "Mend the field named. What is merely missing or doubtful is accepted: leave it out rather than guess.",
            ),
            Self::TooLarge => (
                413,
                "The body is too large",
                "Send less: simplify the geometry, or attach files elsewhere. Nothing was stored.",
            ),
            Self::NotSignedIn => {
                (401, "Not signed in", "Send a bearer token that has not expired: Authorization: Bearer ox_…")
            }
            Self::NotAllowed => (
                403,
                "This account may not do that",
                "Use an account with the right role, of the State concerned.",
            ),
            Self::NotFound => {
                (404, "Not found", "Check the address. What an account may not see is not found either.")
            }
            Self::Method => (405, "Not done this way", "Use one of the methods the API document names."),
            Self::KeyReused => (
                409,
                "The idempotency key was used before with another body",
                "Use a new key for a new request, or send the first body again to get the first answer.",
            ),
            Self::Conflict => (
                409,
                "The incident is being changed by others",
                "Nothing was stored. Look at it as it is now and send the request again.",
            ),
            Self::Stale => (
                412,
                "It has changed since you saw it",
                "Nothing was stored. `current` is how it is now and the ETag header its revision: \
                 look at it, then send the request again with that If-Match.",
            ),
            Self::SecondPerson => (
                403,
                "It takes another person",
                "Ask somebody else with the right role. Another account of the same person, or of whoever created \
                 the account, will not do.",
            ),
            Self::Refused => (409, "The incident does not allow that now", "The detail says why."),
            Self::Layer => (
                422,
                "The file cannot be used as a layer",
                "Nothing was imported. Mend what is named, feature by feature; \
                 `outcross import layer --check` says the same without a server.",
            ),
            Self::File => (
                422,
                "The file cannot be kept as evidence",
                "Send a picture (JPEG, PNG, WebP, TIFF, HEIC), a PDF, a text document or table, a sound or a film. \
                 Nothing was stored.",
            ),
            Self::Busy => (
                409,
                "Somebody else is doing that just now",
                "Nothing was changed. Wait until it is done, then send the request again.",
            ),
            Self::ForeignOrigin => (
                403,
                "The request comes from another site",
                "Open the page at the address of this server (public_url) and try again.",
            ),
            Self::Unavailable => (
                503,
                "The server cannot store anything at the moment",
                "Nothing was stored. Tell the addressees by telephone, then send the request again with the same idempotency key. \
                 The operator should look at the disk.",
            ),
            Self::Fault => (
                500,
                "A fault of the server",
                "Send the request again with the same idempotency key; tell the operator if it stays.",
            ),
        };
        Row { status, title, help }
    }
}

/// One field that is at fault.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// Where, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What is the matter.
    pub detail: String,
}

/// An RFC 9457 problem: `application/problem+json`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Where the code is explained.
    pub r#type: String,
    /// What is the matter, in general.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: Code,
    /// What is the matter here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What to do.
    pub help: String,
    /// Fields at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// What stands now, where the caller had seen something older.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub current: Option<Box<serde_json::Value>>,
    /// Where what was sent and what somebody else has written down meanwhile
    /// differ, field by field. Nothing of it was dropped silently: send again
    /// what is to stand, after an undoing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// The `ETag` of what stands now.
    #[serde(skip)]
    pub tag: Option<String>,
}

impl Problem {
    /// The problem `code` in general.
    pub fn new(code: Code) -> Self {
        let row = code.row();
        Self {
            r#type: format!("/problems#{}", code.as_str()),
            title: row.title.to_owned(),
            status: row.status,
            code,
            detail: None,
            help: row.help.to_owned(),
            errors: Vec::new(),
            current: None,
            conflicts: Vec::new(),
            tag: None,
        }
    }

    /// The problem `code` with what is the matter here.
    pub fn with(code: Code, detail: impl fmt::Display) -> Self {
        Self { detail: Some(detail.to_string()), ..Self::new(code) }
    }

    /// A field that cannot be read.
    pub fn field(pointer: impl Into<String>, detail: impl fmt::Display) -> Self {
        let detail = detail.to_string();
        let errors = vec![FieldError { pointer: pointer.into(), detail: detail.clone() }];
        Self { detail: Some(detail), errors, ..Self::new(Code::Invalid) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.detail.as_deref().unwrap_or(&self.title))
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self.code {
            Code::NotSignedIn => {
                response.insert_header(("WWW-Authenticate", "Bearer"));
            }
            Code::Unavailable => {
                response.insert_header(("Retry-After", "10"));
            }
            _ => {}
        }
        if let Some(tag) = &self.tag {
            response.insert_header(("ETag", tag.as_str()));
        }
        response.content_type("application/problem+json").body(serde_json::to_vec(self).unwrap_or_default())
    }
}

impl From<StoreError> for Problem {
    /// Outsiders see the title and what to do; the log gets the cause.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::new(Code::Conflict),
            StoreError::KeyReused => Self::new(Code::KeyReused),
            StoreError::Unavailable(_) => {
                tracing::error!(%error, "the store is unavailable");
                Self::new(Code::Unavailable)
            }
            StoreError::Corrupt(_) => {
                tracing::error!(%error, "the store is damaged");
                Self::new(Code::Fault)
            }
        }
    }
}

impl From<Denial> for Problem {
    fn from(denial: Denial) -> Self {
        Self::with(Code::NotAllowed, denial)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::ReasonMissing => Self::field("/reason", refusal),
            Refusal::TextMissing => Self::field("/text", refusal),
            Refusal::NotARecord(_) => Self::field("/record", refusal),
            Refusal::NotAReport(_) | Refusal::ModeIsFixed => Self::field("/patch", refusal),
            Refusal::InTheFuture(_) => Self::field("/happened/occurred", refusal),
            Refusal::KnownBefore => Self::field("/happened/known", refusal),
            Refusal::NotACurrency => Self::field("/entry/currency", refusal),
            other => Self::with(Code::Refused, other),
        }
    }
}

/// What a playbook does not allow, by the field to be mended, else with what
/// would allow it.
impl From<StepRefusal> for Problem {
    fn from(StepRefusal { refusal, conflicts }: StepRefusal) -> Self {
        use crate::desk::runs::PlaybookRefusal as Step;
        let detail = refusal.to_string();
        let problem = match refusal {
            Step::NoSuchStep { .. } | Step::NoSuchRole { .. } => Self::with(Code::NotFound, detail),
            Step::AnswerUnknown { allowed, .. } if !allowed.is_empty() => {
                Self::field("/answers", format!("{detail}; write one of: {}", allowed.join(", ")))
            }
            Step::AnswerMissing { .. } | Step::NotAsked { .. } | Step::AnswerUnknown { .. } => {
                Self::field("/answers", detail)
            }
            Step::ReasonMissing => Self::field("/reason", detail),
            Step::UnknownEvidence { .. } => Self::field("/kind", detail),
            Step::EvidenceTwice { .. } => Self::field("/id", detail),
            Step::BadCode { .. } => Self::field("/code", detail),
            Step::NoWords => Self::field("/words", detail),
            Step::WrongRole { .. } | Step::NotInRole | Step::NotOffered => Self::field("/role", detail),
            Step::OwnWork | Step::AlreadySigned => Self::with(Code::SecondPerson, detail),
            Step::Blocked { .. } | Step::Hidden { .. } => Self::with(
                Code::Refused,
                format!("{detail}; give a reason (deviation) to do it all the same"),
            ),
            Step::AlreadyDone { .. } | Step::AlreadySkipped { .. } => Self::with(
                Code::Refused,
                format!("somebody else was faster: {detail}; undo that with a reason if it does not stand"),
            ),
            _ => Self::with(Code::Refused, detail),
        };
        Self { conflicts, ..problem }
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Denied(denial) => denial.into(),
            DeskError::Refused(refusal) => refusal.into(),
            DeskError::NotFound => Self::new(Code::NotFound),
            DeskError::NotIndependent(why) => Self::with(Code::SecondPerson, why),
            // What stands now is put in by whoever knows what the caller may see.
            DeskError::Stale(ref standing) => {
                Self { tag: Some(format!("\"{}\"", standing.revision)), ..Self::with(Code::Stale, &error) }
            }
            DeskError::NoSuchPlaybook => Self::field("/playbook", error),
            DeskError::NoSuchColleague => Self::field("/to", error),
            DeskError::Step(refusal) => (*refusal).into(),
            DeskError::Adoption(refusal) => Self::field("/changes", refusal),
            DeskError::SignIn(refusal) => match refusal {
                SignInRefusal::BadName | SignInRefusal::NameTaken => Self::field("/name", refusal),
                SignInRefusal::BadPassword => Self::field("/password", refusal),
                _ => Self::with(Code::NotSignedIn, refusal),
            },
            DeskError::File(refusal) => match refusal {
                FileRefusal::TooLarge(_) => Self {
                    help: "Send a smaller picture, or the file in parts. Nothing was stored.".to_owned(),
                    ..Self::with(Code::TooLarge, refusal)
                },
                FileRefusal::BadName => Self::field("/name", refusal),
                FileRefusal::NotSent => Self::field("/file/sha256", refusal),
                FileRefusal::Empty | FileRefusal::UnknownKind => Self::with(Code::File, refusal),
            },
            DeskError::NoSuchLayer => Self::with(Code::NotFound, error),
            DeskError::Facts(missing) => {
                let detail = missing.to_string();
                let error = |name: &&str| FieldError {
                    pointer: format!("/{name}"),
                    detail: "missing in the query".to_owned(),
                };
                Self { errors: missing.0.iter().map(error).collect(), ..Self::with(Code::Invalid, detail) }
            }
            DeskError::Layer(error) => {
                let at = |feature: usize| FieldError {
                    pointer: format!("/features/{}", feature.saturating_sub(1)),
                    detail: error.code().to_owned(),
                };
                let errors = match &*error {
                    ImportError::Nameless { feature, .. } => vec![at(*feature)],
                    _ => Vec::new(),
                };
                Self { errors, ..Self::with(Code::Layer, &error) }
            }
            DeskError::ImportUnderWay => Self::with(Code::Busy, error),
            DeskError::Store(error) => error.into(),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Denied(denial) => denial.into(),
            ReadError::NotFound => Self::new(Code::NotFound),
            ReadError::Store(error) => error.into(),
        }
    }
}

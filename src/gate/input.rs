//! Reading what was sent, with errors that point at the field.

use super::{Code, Problem};
use crate::{desk::Idempotency, domain::id::AccountId, proof::digest_hex};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use std::{future::Future, pin::Pin, time::Duration};

/// How large may a request body be? A route of ten thousand points is 250 kB.
pub const LARGEST_BODY: usize = 2 * 1024 * 1024;

/// A JSON body, read strictly: unknown fields are named, wrong types point at
/// the field.
pub struct Input<T> {
    /// The value.
    pub value: T,
    /// SHA-256 of the address and the raw bytes, in hexadecimal: the same
    /// bytes sent to another incident are another request.
    pub digest: String,
    /// The `Idempotency-Key` header, if there is one.
    pub key: Option<String>,
    /// The revision in the `If-Match` header, if there is one.
    pub revision: Option<u64>,
}

impl<T> Input<T> {
    /// How a repeat of this request by `account` is recognised.
    pub fn idempotency(&self, account: AccountId, route: &'static str) -> Option<Idempotency> {
        let key = self.key.clone()?;
        Some(Idempotency { account, route, key, body: self.digest.clone() })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Input<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let key =
            request.headers().get("Idempotency-Key").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let seen = request.headers().get("If-Match").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let address = request.path().to_owned();
        let mut payload = payload.take();
        Box::pin(async move {
            let mut bytes = web::BytesMut::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|e| Problem::with(Code::Syntax, e))?;
                if bytes.len() + chunk.len() > LARGEST_BODY {
                    let limit = LARGEST_BODY / 1024;
                    return Err(Problem::with(Code::TooLarge, format!("the limit is {limit} KiB")));
                }
                bytes.extend_from_slice(&chunk);
            }
            let value = read(&bytes)?;
            let request = [address.as_bytes(), b"\0", &bytes].concat();
            Ok(Self {
                value,
                digest: digest_hex(&request),
                key: checked(key)?,
                revision: revision(seen.as_deref())?,
            })
        })
    }
}

/// How long may an upload stand still?
const STANDSTILL: Duration = Duration::from_secs(30);

/// A file as the whole body, of `limit` bytes at the most.
pub async fn take_in(request: &HttpRequest, mut payload: Payload, limit: usize) -> Result<Vec<u8>, Problem> {
    let too_large = || {
        let limit = limit / (1024 * 1024);
        let mut problem = Problem::with(Code::TooLarge, format!("a file may have up to {limit} MiB here"));
        "Simplify a geometry, make a picture smaller, or split the file and send the parts under different names. \
         Nothing was stored."
            .clone_into(&mut problem.help);
        problem
    };
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse().ok());
    let said: usize = said.unwrap_or(0);
    if said > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(said);
    loop {
        let next = actix_web::rt::time::timeout(STANDSTILL, payload.next()).await;
        let Ok(next) = next else {
            return Err(Problem::with(Code::Syntax, "the upload stood still for half a minute"));
        };
        let Some(chunk) = next else { return Ok(bytes) };
        let chunk = chunk.map_err(|e| Problem::with(Code::Syntax, format!("the upload broke off: {e}")))?;
        if bytes.len() + chunk.len() > limit {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
}

/// An entity tag as this server gives it: a number in quotation marks. `*`
/// means whatever stands.
fn revision(seen: Option<&str>) -> Result<Option<u64>, Problem> {
    match seen {
        None | Some("*") => Ok(None),
        Some(tag) => tag.trim_matches('"').parse().map(Some).map_err(|_| {
            Problem::with(Code::Invalid, "If-Match is the ETag of the incident as you saw it, such as \"7\"")
        }),
    }
}

fn checked(key: Option<String>) -> Result<Option<String>, Problem> {
    match key {
        Some(key) if key.is_empty() || key.len() > 200 => {
            Err(Problem::with(Code::Invalid, "Idempotency-Key has 1 to 200 characters"))
        }
        key => Ok(key),
    }
}

/// Reads JSON; an error is a problem that says where.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let reader = &mut serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut *reader).map_err(|error| {
        let pointer = pointer(error.path());
        let inner = error.into_inner();
        if inner.is_data() { Problem::field(pointer, inner) } else { Problem::with(Code::Syntax, inner) }
    })?;
    reader.end().map_err(|error| Problem::with(Code::Syntax, error))?;
    Ok(value)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

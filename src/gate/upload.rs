//! A form with a file in it, as a browser sends it (`multipart/form-data`,
//! RFC 7578).

use super::{Code, Problem, input::take_in};
use actix_multipart::Multipart;
use actix_web::{HttpRequest, error::PayloadError, web};
use futures_util::{StreamExt, stream};
use std::collections::BTreeMap;

/// Room for the fields beside the file, bytes.
const FIELDS: usize = 64 * 1024;

/// What was sent.
pub struct Upload {
    /// Fields by name.
    pub fields: BTreeMap<String, String>,
    /// The file: its name and what is in it. Absent when none was chosen.
    pub file: Option<(String, Vec<u8>)>,
}

impl Upload {
    /// Takes a form in; the file may have `largest` bytes.
    ///
    /// # Errors
    /// In words: too large, stood still, broke off, or no such form.
    pub async fn take_in(
        request: &HttpRequest,
        payload: web::Payload,
        largest: usize,
    ) -> Result<Self, Problem> {
        let bytes = take_in(request, payload.into_inner(), largest.saturating_add(FIELDS)).await?;
        let wrong = |error: actix_multipart::MultipartError| {
            Problem::with(Code::Syntax, format!("the form cannot be read: {error}"))
        };
        let whole = stream::once(async { Ok::<_, PayloadError>(web::Bytes::from(bytes)) });
        let mut parts = Multipart::new(request.headers(), Box::pin(whole));
        let mut upload = Self { fields: BTreeMap::new(), file: None };
        while let Some(part) = parts.next().await {
            let mut part = part.map_err(wrong)?;
            let name = part.name().unwrap_or_default().to_owned();
            let file_name =
                part.content_disposition().and_then(|said| said.get_filename()).map(str::to_owned);
            let mut content = Vec::new();
            while let Some(chunk) = part.next().await {
                content.extend_from_slice(&chunk.map_err(wrong)?);
            }
            match file_name {
                Some(_) if content.is_empty() => {}
                // Some browsers send a path; its last part is the name.
                Some(file) => {
                    let file = file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                    upload.file = Some((file, content));
                }
                None => {
                    upload.fields.insert(name, String::from_utf8_lossy(&content).into_owned());
                }
            }
        }
        Ok(upload)
    }

    /// A field, without white space around it.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |text| text.trim())
    }
}

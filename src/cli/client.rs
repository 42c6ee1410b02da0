//! The client side of the public HTTP interface, as any other program would
//! use it.

use super::Trouble;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// How much of a file is sent at a time, bytes.
const PIECE: usize = 64 * 1024;

/// How long may sending a file and waiting for the answer take?
const LONGEST_UPLOAD: std::time::Duration = std::time::Duration::from_mins(15);

/// A server and the token to speak to it with.
#[derive(Clone)]
pub struct Client {
    base: String,
    token: String,
    http: reqwest::Client,
}

impl Client {
    /// A client of the server at `base`.
    pub fn new(base: &str, token: &str) -> Result<Self, Trouble> {
        let http = reqwest::Client::builder()
            .timeout(std::time::Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(Trouble::while_doing("preparing the client"))?;
        Ok(Self { base: base.trim_end_matches('/').to_owned(), token: token.to_owned(), http })
    }

    /// The same server with another token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// The server's address.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Asks for `path`.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Trouble> {
        let request = self.http.get(format!("{}{path}", self.base)).bearer_auth(&self.token);
        self.answer(path, request).await
    }

    /// Sends `body` to `path`.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, Trouble> {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(&self.token).json(body);
        self.answer(path, request).await
    }

    /// Sends a file to `path` as it is, with a query; `sent` hears how many
    /// bytes are on their way. The answer may take minutes.
    pub async fn post_file<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&'static str, String)],
        bytes: Vec<u8>,
        mut sent: impl FnMut(u64) + Send + Sync + 'static,
    ) -> Result<T, Trouble> {
        let size = bytes.len();
        let pieces = (0..size).step_by(PIECE).map(move |start| {
            let end = (start + PIECE).min(size);
            sent(end as u64);
            Ok::<_, std::convert::Infallible>(bytes[start..end].to_vec())
        });
        let request = self
            .http
            .post(format!("{}{path}", self.base))
            .query(query)
            .bearer_auth(&self.token)
            .header("Content-Type", "application/octet-stream")
            .header("Content-Length", size)
            .timeout(LONGEST_UPLOAD)
            .body(reqwest::Body::wrap_stream(futures_util::stream::iter(pieces)));
        self.answer(path, request).await
    }

    async fn answer<T: DeserializeOwned>(
        &self,
        path: &str,
        request: reqwest::RequestBuilder,
    ) -> Result<T, Trouble> {
        let response = request.send().await.map_err(|error| {
            Trouble(format!("{}{path} does not answer ({})", self.base, innermost(&error)))
        })?;
        let status = response.status();
        let bytes = response.bytes().await.map_err(Trouble::while_doing(path))?;
        if status.is_success() {
            return serde_json::from_slice(&bytes).map_err(Trouble::while_doing(path));
        }
        let problem: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let text = |key: &str| problem[key].as_str().unwrap_or_default().to_owned();
        let (title, detail, help) = (text("title"), text("detail"), text("help"));
        let errors = problem["errors"].as_array().into_iter().flatten().map(|error| {
            let part = |key: &str| error[key].as_str().unwrap_or_default();
            format!("\n  {}: {}", part("pointer"), part("detail"))
        });
        let errors: String = errors.collect();
        Err(Trouble(format!("{path} answered {status}: {title}. {detail} {help}{errors}")))
    }
}

/// The cause at the bottom of a chain of errors: what a person can act on.
pub fn innermost(error: &dyn std::error::Error) -> String {
    let mut current = error;
    while let Some(source) = current.source() {
        current = source;
    }
    current.to_string()
}

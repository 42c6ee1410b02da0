//! The client side of the public HTTP interface, as any other program would
//! use it.

use super::Trouble;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

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
        Err(Trouble(format!("{path} answered {status}: {title}. {detail} {help}")))
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

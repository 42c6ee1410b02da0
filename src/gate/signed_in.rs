//! Who is asking: a bearer token, looked up by its hash.

use super::{Code, Problem};
use crate::{
    desk::Desk,
    domain::account::{Account, Viewer},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use jiff::Timestamp;
use std::{future::Future, pin::Pin, sync::Arc};

/// A signed-in account.
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// Until when its token is good.
    pub until: Timestamp,
}

impl SignedIn {
    /// As whom it reads.
    pub fn viewer(&self) -> Viewer {
        self.account.viewer()
    }
}

impl FromRequest for SignedIn {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let desk = request.app_data::<web::Data<Arc<Desk>>>().cloned();
        let secret = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .map(|secret| secret.trim().to_owned());
        Box::pin(async move {
            let (Some(desk), Some(secret)) = (desk, secret) else {
                return Err(Problem::new(Code::NotSignedIn));
            };
            let found = web::block(move || desk.sign_in(&secret))
                .await
                .map_err(|_| Problem::new(Code::Unavailable))??;
            let (account, until) = found.ok_or_else(|| {
                Problem::with(Code::NotSignedIn, "the token is not known here, or it has expired")
            })?;
            Ok(Self { account, until })
        })
    }
}

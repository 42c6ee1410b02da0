//! What receivers of webhooks check signatures with.

use super::{Rooms, apart};
use crate::{
    desk::{DeskError, webhooks::WebhookKeys},
    domain::id::ContactId,
    gate::{Problem, SignedIn},
};
use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which contact point.
#[derive(Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ContactPath {
    id: ContactId,
}

/// The public key of this instance.
#[derive(Serialize, ToSchema)]
pub struct PublicKey {
    /// `whpk_…`, an Ed25519 key: what every `v1a` signature of this instance is
    /// checked with.
    pub public_key: String,
}

/// The public key webhooks of this instance are signed with.
#[utoipa::path(
    tag = "contacts",
    responses(
        (status = 200, description = "The key", body = PublicKey),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
)]
#[get("/webhooks/key")]
pub async fn public_key(rooms: web::Data<Rooms>) -> Result<web::Json<PublicKey>, Problem> {
    let public_key = apart(move || rooms.desk.webhook_public_key()).await?;
    Ok(web::Json(PublicKey { public_key }))
}

/// What the webhooks of a contact point check signatures with; for whoever may
/// edit that contact point.
#[utoipa::path(
    tag = "contacts", params(ContactPath),
    responses(
        (status = 200, description = "The secret and the public key", body = WebhookKeys),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this contact point", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such contact point", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/contacts/{id}/webhook")]
pub async fn keys(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<ContactPath>,
) -> Result<web::Json<WebhookKeys>, Problem> {
    let keys = apart(move || -> Result<_, DeskError> { rooms.desk.webhook_keys(&who.viewer(), path.id) });
    Ok(web::Json(keys.await?))
}

//! Accounts and their tokens.

use super::{Rooms, apart};
use crate::{
    desk::records::NewAccount,
    domain::{
        account::Account,
        id::{AccountId, TokenId},
    },
    gate::{Input, Problem, SignedIn},
};
use actix_web::{HttpResponse, get, post, web};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The account behind the token used.
#[utoipa::path(
    tag = "accounts",
    responses(
        (status = 200, description = "The account", body = Account),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/account")]
pub async fn own(who: SignedIn) -> web::Json<Account> {
    web::Json(who.account)
}

/// Create an account. A State's administrators create that State's; the
/// instance's create any.
#[utoipa::path(
    tag = "accounts", request_body = NewAccount,
    responses(
        (status = 201, description = "Created", body = Account),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/accounts")]
pub async fn create(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    input: Input<NewAccount>,
) -> Result<HttpResponse, Problem> {
    if let Some(state) = input.value.state.filter(|s| rooms.reading.states().get(*s).is_none()) {
        return Err(Problem::field("/state", format!("{state} is not in the table of States")));
    }
    let account = apart(move || rooms.desk.create_account(&who.viewer(), input.value)).await?;
    Ok(HttpResponse::Created().json(account))
}

/// For how long a token is wanted.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// Hours it is to be good; a year (8760) at the most.
    #[schema(minimum = 1, maximum = 8760)]
    pub hours: u32,
}

/// A token, shown this once.
#[derive(Serialize, ToSchema)]
pub struct TokenView {
    /// Its id.
    pub id: TokenId,
    /// The secret: keep it; the server does not.
    pub token: String,
    /// Until when it is good.
    #[schema(value_type = String, format = DateTime)]
    pub expires: Timestamp,
}

/// Issue a bearer token for an account.
#[utoipa::path(
    tag = "accounts", request_body = NewToken, params(("id" = AccountId, Path)),
    responses(
        (status = 201, description = "Issued", body = TokenView),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such account", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/accounts/{id}/tokens")]
pub async fn issue_token(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<AccountId>,
    input: Input<NewToken>,
) -> Result<HttpResponse, Problem> {
    let hours = input.value.hours;
    if !(1..=8760).contains(&hours) {
        return Err(Problem::field("/hours", "a token is good for 1 to 8760 hours"));
    }
    let token = apart(move || {
        rooms.desk.issue_token(&who.viewer(), *id, SignedDuration::from_hours(i64::from(hours)))
    })
    .await?;
    let view = TokenView { id: token.id, token: token.secret, expires: token.expires };
    Ok(HttpResponse::Created().insert_header(("Cache-Control", "no-store")).json(view))
}

/// An invitation, shown this once.
#[derive(Serialize, ToSchema)]
pub struct InvitationView {
    /// The address to be opened in a browser by whoever is invited.
    pub address: String,
    /// Until when it is good.
    #[schema(value_type = String, format = DateTime)]
    pub expires: Timestamp,
}

/// Invite whoever is to use an account to choose a name, a password and a
/// second factor. Also for those who have lost theirs: what they had is good
/// until they choose anew.
#[utoipa::path(
    tag = "accounts", params(("id" = AccountId, Path)),
    responses(
        (status = 201, description = "Invited", body = InvitationView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such account", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/accounts/{id}/invitations")]
pub async fn invite(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<AccountId>,
) -> Result<HttpResponse, Problem> {
    let public_url = rooms.public_url.clone();
    let invitation = apart(move || rooms.desk.invite(&who.viewer(), *id)).await?;
    let address = format!("{}/invitations/{}", public_url.trim_end_matches('/'), invitation.secret);
    let view = InvitationView { address, expires: invitation.expires };
    Ok(HttpResponse::Created().insert_header(("Cache-Control", "no-store")).json(view))
}

//! The pages as a browser meets them: signing in, the board, one incident.
//! Every form is filled as it stands on the page.

use crate::{
    harness::{Account, House, basel},
    stage::Stage,
};
use outcross::{domain::account::Role, proof::secret::code_at};
use serde_json::json;
use std::collections::BTreeMap;

/// A browser without scripts: it keeps its cookie and fills in forms.
pub struct Browser<'h> {
    pub house: &'h House,
    pub cookie: Option<String>,
}

/// What it sees.
pub struct Seen {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub text: String,
}

impl Browser<'_> {
    pub async fn open(&mut self, path: &str) -> Seen {
        let answer = self.house.browse("GET", path, self.cookie.as_deref(), None).await;
        self.take(answer)
    }

    pub async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let answer = self.house.browse("POST", path, self.cookie.as_deref(), Some(body)).await;
        self.take(answer)
    }

    /// A form with a file; without a name none was chosen.
    pub async fn send_file(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Seen {
        let mut body = Vec::new();
        for (field, value) in fields {
            let part =
                format!("--rivers\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let part = format!(
            "--rivers\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--rivers--\r\n");
        let kind = "multipart/form-data; boundary=rivers";
        let answer = self.house.browse_with(path, self.cookie.as_deref(), kind, body).await;
        self.take(answer)
    }

    fn take(&mut self, answer: crate::harness::Answer) -> Seen {
        if let Some(set) = answer.headers.get("set-cookie") {
            let cookie = set.split(';').next().unwrap_or_default().to_owned();
            assert!(
                set.contains("Secure") && set.contains("HttpOnly") && set.contains("SameSite=Lax"),
                "{set}"
            );
            self.cookie = Some(cookie).filter(|cookie| !cookie.ends_with('='));
        }
        let text = String::from_utf8_lossy(&answer.bytes).into_owned();
        Seen { status: answer.status, headers: answer.headers, text }
    }
}

impl Seen {
    pub fn goes_to(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.text);
        &self.headers["location"]
    }

    /// The value of a hidden field, or another one where there is none.
    pub fn field_or(&self, name: &str, other: &str) -> String {
        if self.text.contains(&format!("name=\"{name}\" value=\"")) {
            self.field(name)
        } else {
            other.to_owned()
        }
    }

    /// The value of a hidden field.
    pub fn field(&self, name: &str) -> String {
        let marked = format!("name=\"{name}\" value=\"");
        let start = self.text.find(&marked).unwrap_or_else(|| panic!("no field {name} in {}", self.text));
        self.text[start + marked.len()..].split('"').next().unwrap_or_default().to_owned()
    }
}

const PASSWORD: &str = "seven quiet rivers";

async fn invited(house: &House, account: &Account) -> String {
    let path = format!("/api/v1/accounts/{}/invitations", account.id);
    let view = house.administrator().post(&path, &json!({})).await.is(201);
    let address = view["address"].as_str().expect("an address").to_owned();
    address.split_once("://").and_then(|(_, rest)| rest.split_once('/')).expect("an address").1.to_owned()
}

/// The signs of Base32 (RFC 4648).
const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The secret of the second factor, as it stands on the page.
fn key_of(seen: &Seen) -> [u8; 20] {
    let key = seen.text.split("secret=").nth(1).and_then(|rest| rest.split('&').next()).expect("a key");
    let key = key.split("&amp;").next().expect("a key");
    let bits: Vec<u8> = key
        .chars()
        .flat_map(|sign| {
            let value = u8::try_from(SIGNS.find(sign).expect("Base32")).expect("small");
            (0..5).rev().map(move |bit| (value >> bit) & 1)
        })
        .collect();
    let bytes: Vec<u8> =
        bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit)).collect();
    bytes.try_into().expect("twenty bytes")
}

fn code(house: &House, key: &[u8; 20]) -> String {
    let seconds = u64::try_from(house.desk.now().as_second()).expect("after 1970");
    code_at(key, seconds).expect("a code")
}

/// Accepts an invitation and sets the second factor up.
pub async fn settle<'h>(
    house: &'h House,
    account: &Account,
    name: &str,
) -> (Browser<'h>, [u8; 20], Vec<String>) {
    let path = format!("/{}", invited(house, account).await);
    let mut browser = Browser { house, cookie: None };
    assert_eq!(browser.open(&path).await.status, 200);
    let entered = browser.send(&path, &[("name", name), ("password", PASSWORD)]).await;
    assert_eq!(entered.goes_to(), "/sign-in/factor");
    let page = browser.open("/sign-in/factor").await;
    let key = key_of(&page);
    let done = browser.send("/sign-in/factor", &[("code", &code(house, &key))]).await;
    assert_eq!(done.status, 200, "{}", done.text);
    let codes = done.text.split("<code dir=\"ltr\">").skip(1);
    let codes = codes.filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect();
    (browser, key, codes)
}

#[tokio::test]
async fn an_invitation_leads_to_the_board_by_password_and_second_factor() {
    let (stage, id) = Stage::with_basel().await;
    let (mut browser, key, codes) = settle(&stage.house, &stage.de, "Watch Berlin").await;
    assert_eq!(codes.len(), 8);
    let board = browser.open("/?mode=exercise").await;
    assert!(
        board.text.contains(&format!("/incidents/{id}")) && board.text.contains("EXERCISE"),
        "{}",
        board.text
    );
    assert!(browser.open("/").await.text.contains("There is no incident here."), "worlds do not mix");

    // Out, and in again: the name as it comes, then a code, each code once.
    let seal = board.field("seal");
    assert_eq!(browser.send("/sign-out", &[("seal", &seal)]).await.goes_to(), "/sign-in");
    assert_eq!(browser.open("/").await.goes_to(), "/sign-in");
    let wrong =
        browser.send("/sign-in", &[("name", "watch berlin"), ("password", "seven quiet river")]).await;
    assert!(wrong.status == 401 && wrong.text.contains("is not right"), "{}", wrong.text);
    let nobody = browser.send("/sign-in", &[("name", "nobody at all"), ("password", PASSWORD)]).await;
    assert_eq!(nobody.text.replace("nobody at all", ""), wrong.text.replace("watch berlin", ""));
    let incident = format!("/incidents/{id}");
    let fields = [("name", " WATCH  berlin"), ("password", PASSWORD), ("to", &incident)];
    let next = browser.send("/sign-in", &fields).await.goes_to().to_owned();
    assert!(next.starts_with("/sign-in/code?to="), "{next}");
    assert_eq!(browser.open(&incident).await.goes_to(), "/sign-in/code", "one factor opens nothing");
    let used = browser.send("/sign-in/code", &[("code", &code(&stage.house, &key))]).await;
    assert_eq!(used.status, 401, "a code is good once");
    stage.house.clock.advance(jiff::SignedDuration::from_secs(60));
    let fields = [("code", &*code(&stage.house, &key)), ("to", &*incident)];
    assert_eq!(browser.send("/sign-in/code", &fields).await.goes_to(), incident);
    assert_eq!(browser.open(&incident).await.status, 200);

    // A recovery code is good once as well.
    let mut lost = Browser { house: &stage.house, cookie: None };
    lost.send("/sign-in", &[("name", "watch berlin"), ("password", PASSWORD)]).await.goes_to();
    assert_eq!(lost.send("/sign-in/code", &[("code", &codes[0].to_uppercase())]).await.goes_to(), "/");
    let mut again = Browser { house: &stage.house, cookie: None };
    again.send("/sign-in", &[("name", "watch berlin"), ("password", PASSWORD)]).await.goes_to();
    assert_eq!(again.send("/sign-in/code", &[("code", &codes[0])]).await.status, 401);
    // Nothing comes for two hours: it is over.
    stage.house.clock.advance(jiff::SignedDuration::from_hours(2));
    assert!(browser.open(&incident).await.goes_to().starts_with("/sign-in?to="));
}

#[tokio::test]
async fn guessing_gets_slow_for_whoever_guesses() {
    let house = House::new().await;
    let account = house.account("DE", Role::DutyOfficer).await;
    settle(&house, &account, "officer").await;
    let mut browser = Browser { house: &house, cookie: None };
    for _ in 0..3 {
        browser.send("/sign-in", &[("name", "officer"), ("password", "guess")]).await;
    }
    let fields = [("name", "officer"), ("password", PASSWORD)];
    let slowed = browser.send("/sign-in", &fields).await;
    assert!(slowed.text.contains("wait 1 seconds"), "{}", slowed.text);
    house.clock.advance(jiff::SignedDuration::from_secs(2));
    assert!(browser.send("/sign-in", &fields).await.goes_to().starts_with("/sign-in/code"));
}

#[tokio::test]
async fn an_invitation_is_good_once_and_says_what_is_wrong() {
    let house = House::new().await;
    let account = house.account("DE", Role::DutyOfficer).await;
    let path = format!("/{}", invited(&house, &account).await);
    let mut browser = Browser { house: &house, cookie: None };
    let short = browser.send(&path, &[("name", "officer"), ("password", "short")]).await;
    assert!(short.status == 422 && short.text.contains("at least 12 characters"), "{}", short.text);
    assert!(short.text.contains("value=\"officer\""), "what was typed stays");
    let strange = browser.send(&path, &[("name", "<b>\"x\"</b>"), ("password", "short")]).await;
    assert!(!strange.text.contains("<b>"), "{}", strange.text);
    browser.send(&path, &[("name", "officer"), ("password", PASSWORD)]).await.goes_to();
    assert_eq!(browser.open(&path).await.status, 404);
    let other = house.account("FR", Role::DutyOfficer).await;
    let path = format!("/{}", invited(&house, &other).await);
    let taken = browser.send(&path, &[("name", "Officer"), ("password", PASSWORD)]).await;
    assert!(
        taken.status == 422 && taken.text.contains("somebody else signs in by that name"),
        "{}",
        taken.text
    );
}

#[tokio::test]
async fn a_contact_point_acknowledges_and_its_team_works_by_plain_forms() {
    let (stage, id) = Stage::with_basel().await;
    let (mut browser, ..) = settle(&stage.house, &stage.de, "watch berlin").await;
    let page = browser.open(&format!("/incidents/{id}")).await;
    assert!(page.text.contains("Acknowledge receipt"), "{}", page.text);
    let policy = &page.headers["content-security-policy"];
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let acknowledge = format!("/incidents/{id}/acknowledge");
    let forged = browser.send(&acknowledge, &[("seal", "0".repeat(32).as_str())]).await;
    assert_eq!(forged.status, 403);
    let seal = page.field("seal");
    assert_eq!(browser.send(&acknowledge, &[("seal", &seal)]).await.goes_to(), format!("/incidents/{id}"));
    let page = browser.open(&format!("/incidents/{id}")).await;
    assert!(!page.text.contains("action=\"/incidents/"), "{}", page.text);

    let checklist = format!("/incidents/{id}/checklist");
    assert!(browser.open(&checklist).await.text.contains("Begin"));
    let runs = format!("/incidents/{id}/runs");
    browser.send(&runs, &[("seal", &seal), ("playbook", "receipt")]).await.goes_to();
    let page = browser.open(&checklist).await;
    let deeds = page.text.split("action=\"").find(|part| part.contains("/deeds\"")).expect("a form");
    let deeds = deeds.split('"').next().expect("an address").to_owned();
    let fields = [("seal", &*seal), ("step", "acknowledge"), ("note", "by telephone"), ("deed", "done")];
    assert_eq!(browser.send(&deeds, &fields).await.goes_to(), format!("{checklist}#acknowledge"));
    let twice = browser.send(&deeds, &fields).await;
    assert!(twice.status == 409 && twice.text.contains("somebody else was faster"), "{}", twice.text);
    let skip = [("seal", &*seal), ("step", "confirm-origin"), ("note", ""), ("deed", "skipped")];
    assert!(browser.send(&deeds, &skip).await.text.contains("needs a reason"));
    let timeline = browser.open(&format!("/incidents/{id}/timeline")).await;
    assert!(timeline.text.contains("Step “acknowledge”: done"), "{}", timeline.text);
    let duties = browser.open(&format!("/incidents/{id}/duties")).await;
    assert!(duties.text.contains("Germany"), "{}", duties.text);
    stage.house.is_sound();
}

#[tokio::test]
async fn a_page_shows_what_the_account_may_see_and_no_more() {
    let (stage, id) = Stage::with_basel().await;
    stage.ch.report(&basel("exercise")).await;
    let (mut browser, ..) = settle(&stage.house, &stage.jp, "watch tokyo").await;
    for path in ["", "/duties", "/timeline", "/checklist"] {
        assert_eq!(browser.open(&format!("/incidents/{id}{path}")).await.status, 404);
    }
    assert!(!browser.open("/?mode=exercise").await.text.contains("/incidents/"));
    let admin = stage.house.account("DE", Role::Administrator).await;
    let (mut browser, ..) = settle(&stage.house, &admin, "administrator").await;
    assert!(browser.open("/?mode=exercise").await.text.contains("This account reads no incidents."));
}

//! The library, the contact points, the exercises and the health of the server
//! as a browser meets them. Every form is filled as it stands on the page.

use crate::{
    harness::{Caller, House, basel},
    pages::{Browser, Seen, settle},
    stage::Stage,
};
use outcross::domain::account::Role;
use serde_json::{Value, json};

/// What a reader of another language is shown.
async fn in_language(browser: &Browser<'_>, path: &str, language: &str) -> String {
    let cookie = browser.cookie.clone().expect("somebody signed in");
    browser.house.page_in(path, &cookie, language).await
}

async fn contacts(caller: &Caller, of: &str) -> Vec<Value> {
    let list = caller.get(&format!("/api/v1/contacts?addressee={of}")).await.is(200);
    list["contacts"].as_array().expect("a list").clone()
}

/// The addresses of forms and links that begin like this.
fn address<'a>(seen: &'a Seen, begins: &str) -> &'a str {
    let found = seen.text.split('"').find(|part| part.starts_with(begins));
    found.unwrap_or_else(|| panic!("no {begins} in {}", seen.text))
}

#[tokio::test]
async fn a_playbook_is_found_read_whole_and_kept() {
    let house = House::new().await;
    let responder = house.account("DE", Role::Responder).await;
    let (mut browser, ..) = settle(&house, &responder, "field team").await;
    let all = browser.open("/playbooks").await;
    let count = all.text.matches("class=\"card\"").count();
    assert!(count > 15 && all.text.contains(&format!("{count} playbooks.")), "{}", all.text);
    let some = browser.open("/playbooks?q=Cut+FLOWERING").await;
    let shown = some.text.matches("class=\"card\"").count();
    let hidden = count - shown;
    assert!(shown < count && some.text.contains(&format!("{hidden} others are hidden")), "{}", some.text);
    assert!(some.text.contains("/playbooks/feral-oilseed#cut-flowers"), "{}", some.text);
    let none = browser.open("/playbooks?q=zebra%22%3E%3Cb%3E").await;
    assert!(none.text.contains("no playbook with these words") && !none.text.contains("<b>"));

    let sheet = browser.open("/playbooks/feral-oilseed").await.text;
    for said in [
        "Incident lead",
        "When your State first knew of it",
        "4 hours, counted from “When your State first knew of it”",
        "vacuum-seed",
        "every hand it passes through written down",
        "Ramsay et al. 2003",
        "[unverified]",
        "[calculated]",
        "CPB Art. 16.3",
        "299 samples",
        "class=\"tick\"",
        "identify/report-identity",
        "Answers:",
        "unknown → ",
    ] {
        assert!(sheet.contains(said), "no {said} in {sheet}");
    }
    assert_eq!(browser.open("/playbooks/no-such").await.status, 404);
    // Whatever a playbook names has a word.
    let groups = ["surroundings", "organism_kind", "audience", "pathway", "type", "evidence", "delay"];
    for card in all.text.split("href=\"/playbooks/").skip(1) {
        let id = card.split('"').next().expect("an id");
        let page = browser.open(&format!("/playbooks/{id}")).await;
        assert_eq!(page.status, 200, "{id}");
        for group in groups {
            let shown =
                page.text.contains(&format!("<bdi>{group}-")) || page.text.contains(&format!("× {group}-"));
            assert!(!shown, "a code of {group} in {id}");
        }
    }

    let kept = browser.open("/playbooks/feral-oilseed/yaml").await;
    assert!(kept.headers["content-disposition"].contains("feral-oilseed.yaml"));
    let by_token = responder.page("GET", "/api/v1/playbooks/feral-oilseed").await;
    assert!(kept.text.contains("playbook: feral-oilseed") && by_token.status == 401);
    let kept = browser.open("/playbooks/feral-oilseed/cacao").await;
    let page: Value = serde_json::from_str(&kept.text).expect("JSON");
    assert_eq!(page["spec_version"], "cacao-2.0");
    let mut stranger = Browser { house: &house, cookie: None };
    for path in ["/playbooks", "/playbooks/release", "/playbooks/release/yaml", "/contacts", "/health"] {
        assert!(stranger.open(path).await.goes_to().starts_with("/sign-in"));
    }
}

#[tokio::test]
async fn a_playbook_says_when_it_is_english_for_want_of_a_translation() {
    let house = House::new().await;
    let account = house.account("DE", Role::Responder).await;
    let (browser, ..) = settle(&house, &account, "field team").await;
    let arabic = in_language(&browser, "/playbooks/feral-oilseed", "ar").await;
    assert!(arabic.contains("dir=\"rtl\"") && arabic.contains("ترجمة آلية"), "{arabic}");
    let spanish = in_language(&browser, "/playbooks/fish-escape", "es").await;
    assert!(spanish.contains("textos se muestran en inglés porque nadie los ha traducido"), "{spanish}");
    assert!(spanish.contains("<bdi lang=\"en\">Escape of modified fish</bdi>"), "{spanish}");
    assert!(!in_language(&browser, "/playbooks/fish-escape", "en").await.contains("lang=\"en\">Escape"));
}

#[tokio::test]
async fn whoever_may_enters_changes_and_confirms_a_contact_point() {
    let house = House::new().await;
    let officer = house.account("DE", Role::DutyOfficer).await;
    let (mut browser, ..) = settle(&house, &officer, "watch berlin").await;
    let list = browser.open("/contacts").await;
    assert!(list.text.contains("Parties have nobody who can be told"), "{}", list.text);
    let silent = browser.open("/contacts?show=silent&q=germany").await;
    assert!(silent.text.contains("/contacts/DE") && silent.text.contains("hidden by the filter"));

    let form = browser.open("/contacts/DE/new").await;
    let seal = form.field("seal");
    let empty = [("seal", &*seal), ("kind", "CPB-A17-FP"), ("name", "Desk <Berlin>")];
    let wrong: Vec<(&str, &str)> = empty
        .into_iter()
        .chain([("by-0", "email"), ("way-0", "not an address"), ("day-1", "yes"), ("languages", "de, en")])
        .collect();
    let refused = browser.send("/contacts/DE", &wrong).await;
    assert_eq!(refused.status, 422);
    for said in ["zone such as Africa/Nairobi", "Desk &#60;Berlin&#62;", "not an address", "de, en"] {
        assert!(refused.text.contains(said), "no {said} in {}", refused.text);
    }
    assert!(contacts(&officer, "DE").await.is_empty());
    let wrong: Vec<(&str, &str)> =
        empty.into_iter().chain([("by-0", "email"), ("way-0", "not an address")]).collect();
    let refused = browser.send("/contacts/DE", &wrong).await;
    assert!(refused.status == 422 && refused.text.contains("href=\"#way-0\""), "{}", refused.text);
    let good: Vec<(&str, &str)> = empty
        .into_iter()
        .chain([("by-0", "email"), ("way-0", "desk@example.org"), ("by-1", "by_hand"), ("way-1", "")])
        .chain([("day-1", "yes"), ("from", "08:00"), ("to", "17:00"), ("zone", "Europe/Berlin")])
        .collect();
    let forged: Vec<(&str, &str)> = good.iter().copied().filter(|(name, _)| *name != "seal").collect();
    assert_eq!(browser.send("/contacts/DE", &forged).await.status, 403);
    assert_eq!(browser.send("/contacts/DE", &good).await.goes_to(), "/contacts/DE");
    let stored = contacts(&officer, "DE").await;
    assert_eq!(stored[0]["channels"], json!([{ "channel": "email", "address": "desk@example.org" }]));
    assert_eq!(stored[0]["hours"]["zone"], "Europe/Berlin");

    // Two have the form open; the second is shown what the first has stored.
    let page = browser.open("/contacts/DE").await;
    let id = stored[0]["id"].as_str().expect("an id");
    let path = format!("/contacts/DE/{id}");
    assert!(address(&page, &path).starts_with(&path));
    let open = browser.open(&path).await;
    let revision = open.field("revision");
    let change = |name: &'static str, revision: &str| {
        vec![
            ("seal", seal.clone()),
            ("revision", revision.to_owned()),
            ("kind", "BCH-FP".to_owned()),
            ("name", name.to_owned()),
            ("by-0", "webhook".to_owned()),
            ("way-0", "https://example.org/hooks/secret".to_owned()),
        ]
    };
    let send = |fields: &[(&'static str, String)]| {
        fields.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>()
    };
    let fields = send(&change("First", &revision));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
    assert_eq!(browser.send(&path, &fields).await.goes_to(), "/contacts/DE");
    let fields = send(&change("Second", &revision));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
    let stale = browser.send(&path, &fields).await;
    assert_eq!(stale.status, 412);
    assert!(stale.text.contains("First") && stale.text.contains("value=\"Second\""), "{}", stale.text);
    let fields = send(&change("Second", &stale.field("revision")));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
    assert_eq!(browser.send(&path, &fields).await.goes_to(), "/contacts/DE");
    assert_eq!(contacts(&officer, "DE").await[0]["name"], "Second");

    // Other channels have to be confirmed again.
    let page = browser.open("/contacts/DE").await;
    assert!(page.text.contains("Never confirmed"), "{}", page.text);
    let confirm = format!("{path}/confirm");
    let old = [("seal", &*seal), ("revision", &*revision)];
    assert_eq!(browser.send(&confirm, &old).await.status, 412);
    let seen = page.field("revision");
    assert_eq!(
        browser.send(&confirm, &[("seal", &seal), ("revision", &seen)]).await.goes_to(),
        "/contacts/DE"
    );
    assert!(!contacts(&officer, "DE").await[0]["confirmed"].is_null());

    // Of other States it reads them, without what a webhook's path lets in.
    let other = house.account("FR", Role::DutyOfficer).await;
    let (mut reader, ..) = settle(&house, &other, "watch paris").await;
    let page = reader.open("/contacts/DE").await;
    assert!(page.text.contains("https://example.org/…") && !page.text.contains("secret"), "{}", page.text);
    assert!(!page.text.contains("/confirm") && !page.text.contains("/contacts/DE/new"));
    assert_eq!(reader.open(&path).await.status, 403);
    let seal = page.field("seal");
    assert_eq!(reader.send(&confirm, &[("seal", &seal), ("revision", "1")]).await.status, 403);
    // A responder reads none, and is offered none.
    let responder = house.account("DE", Role::Responder).await;
    let (mut reader, ..) = settle(&house, &responder, "field team").await;
    assert_eq!(reader.open("/contacts").await.status, 403);
    assert!(!reader.open("/playbooks").await.text.contains("\"/contacts\""));
}

#[tokio::test]
async fn a_test_of_the_line_is_sent_once_and_scored() {
    let stage = Stage::set().await;
    let (mut browser, ..) = settle(&stage.house, &stage.officer, "instance officer").await;
    let form = browser.open("/exercises/line").await;
    assert!(form.text.contains("TEST") && form.text.contains("Send to all 5"), "{}", form.text);
    let (seal, key) = (form.field("seal"), form.field("key"));
    let none = [("seal", &*seal), ("key", &*key), ("to", "chosen")];
    let refused = browser.send("/exercises/line", &none).await;
    assert!(refused.text.contains("choose to whom"), "{}", refused.text);
    let fields: Vec<(&str, &str)> =
        none.into_iter().chain([("addressee", "DE"), ("addressee", "FR")]).collect();
    let to = browser.send("/exercises/line", &fields).await.goes_to().to_owned();
    assert_eq!(browser.send("/exercises/line", &fields).await.goes_to(), to, "sent twice, it is one test");
    let id = to.strip_prefix("/exercises/").expect("the test");
    stage.house.clock.advance(jiff::SignedDuration::from_mins(7));
    stage.de.acknowledge(id, None).await.is(200);
    let page = browser.open(&to).await;
    assert!(page.text.contains("1 of 2 acknowledged, 1 of them without a reminder"), "{}", page.text);
    assert!(page.text.contains("7 minutes") && page.text.contains("no answer"), "{}", page.text);
    assert!(browser.open("/exercises").await.text.contains(&to));

    // A State that was asked sees its own answer, another one nothing.
    let (mut asked, ..) = settle(&stage.house, &stage.de, "watch berlin").await;
    let page = asked.open(&to).await;
    assert!(
        page.text.contains("Your State has acknowledged") && !page.text.contains("France"),
        "{}",
        page.text
    );
    assert_eq!(asked.open("/exercises/line").await.status, 403);
    let (mut other, ..) = settle(&stage.house, &stage.jp, "watch tokyo").await;
    assert_eq!(other.open(&to).await.status, 404);
    assert!(!other.open("/exercises").await.text.contains(&to));
    stage.house.is_sound();
}

#[tokio::test]
async fn exercises_are_listed_apart_from_what_is_real() {
    let (stage, id) = Stage::with_basel().await;
    let real = stage.ch.report(&basel("actual")).await;
    let (mut home, ..) = settle(&stage.house, &stage.ch, "watch bern").await;
    let page = home.open("/exercises").await;
    assert!(page.text.contains("EXERCISE") && page.text.contains(&format!("/exercises/{id}")));
    assert!(!page.text.contains(&real));
    assert_eq!(home.open(&format!("/exercises/{real}")).await.status, 404);
    assert!(home.open(&format!("/exercises/{id}")).await.text.contains("Germany"));
    let (mut told, ..) = settle(&stage.house, &stage.de, "watch berlin").await;
    let page = told.open(&format!("/exercises/{id}")).await;
    assert!(page.text.contains("Your State has not acknowledged yet") && !page.text.contains("France"));
    let (mut other, ..) = settle(&stage.house, &stage.jp, "watch tokyo").await;
    assert_eq!(other.open(&format!("/exercises/{id}")).await.status, 404);
}

#[tokio::test]
async fn health_is_said_in_words_as_far_as_the_account_may_see() {
    let stage = Stage::set().await;
    let id = stage.ch.report(&basel("exercise")).await;
    for _ in 0..4 {
        stage.house.after(1);
    }
    let (mut browser, ..) = settle(&stage.house, &stage.officer, "instance officer").await;
    let page = browser.open("/health?mode=exercise").await;
    assert!(page.text.contains("EXERCISE") && page.text.contains("no answer"), "{}", page.text);
    assert!(page.text.contains(&format!("/incidents/{id}/duties")), "{}", page.text);
    assert!(!browser.open("/health").await.text.contains(&id), "worlds do not mix");
    for said in ["Parties have nobody who can be told", "has no duty officer", env!("CARGO_PKG_VERSION")] {
        assert!(page.text.contains(said), "no {said} in {}", page.text);
    }
    let (mut other, ..) = settle(&stage.house, &stage.jp, "watch tokyo").await;
    assert!(!other.open("/health?mode=exercise").await.text.contains(&id));
    let admin = stage.house.account("DE", Role::Administrator).await;
    let (mut admin, ..) = settle(&stage.house, &admin, "administrator").await;
    let page = admin.open("/health?mode=exercise").await;
    assert!(page.status == 200 && !page.text.contains(&id), "{}", page.text);
}

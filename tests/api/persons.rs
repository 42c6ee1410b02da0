//! Where two persons are required: persons are compared, not accounts.

use crate::harness::{Account, House, basel, notices_to, of_type};
use outcross::domain::account::Role;
use serde_json::{Value, json};

/// Switzerland with three people, one of whom manages the accounts of two.
struct Office {
    house: House,
    ada: Account,
    ben: Account,
    incident: String,
}

impl Office {
    async fn open() -> Self {
        let house = House::of_two_persons().await;
        let admin = house.administrator();
        let ada = house.person(&admin, "CH", Role::ContactPoint, "Ada Example").await;
        let ben = house.person(&admin, "CH", Role::CompetentAuthority, "Ben Example").await;
        house.focal_point("DE").await;
        let incident = ada.report(&basel("exercise")).await;
        Self { house, ada, ben, incident }
    }

    async fn propose_unlikely(&self, by: &Account) -> crate::harness::Answer {
        let change =
            json!({ "change": "significance", "value": "unlikely", "risk_assessment": "BCH-RA-CH-1" });
        by.change(&self.incident, change, "sterile plants").await
    }

    async fn decide(&self, by: &Account, number: u64, answer: &str, reason: &str) -> crate::harness::Answer {
        let path = format!("/api/v1/incidents/{}/proposals/{number}/decisions", self.incident);
        by.post(&path, &json!({ "answer": answer, "reason": reason })).await
    }

    async fn incident(&self) -> Value {
        self.ada.incident(&self.incident).await
    }
}

#[tokio::test]
async fn the_notice_itself_waits_for_a_second_person() {
    let office = Office::open().await;
    assert_eq!(office.incident().await["state"], "under_verification");
    assert!(notices_to(&office.ada.timeline(&office.incident).await).is_empty());
    office.ada.verdict(&office.incident, "open", "mine").await.problem(403, "second-person").says("own");
    office.ben.verdict(&office.incident, "open", "seen it myself").await.is(200);
    assert_eq!(notices_to(&office.ada.timeline(&office.incident).await), ["DE"]);
    office.house.is_sound();
}

#[tokio::test]
async fn neither_a_second_account_nor_the_administrator_of_the_doer_may_approve() {
    let office = Office::open().await;
    office.ben.verdict(&office.incident, "open", "seen").await.is(200);
    office.propose_unlikely(&office.ada).await.is(200);
    let standing = office.incident().await;
    assert_eq!(standing["proposals"][0]["number"], 1);
    assert_eq!(standing["significance"]["value"], "unknown", "nothing holds yet");
    office.propose_unlikely(&office.ben).await.problem(409, "refused").says("1");

    // Another account of the same person, however the name is written.
    let admin = office.house.administrator();
    let again = office.house.person(&admin, "CH", Role::DutyOfficer, " ada  EXAMPLE").await;
    office.decide(&again, 1, "approve", "").await.problem(403, "second-person");
    office.decide(&office.ada, 1, "approve", "").await.problem(403, "second-person");
    // Nobody in particular.
    let office_account = office.house.account("CH", Role::DutyOfficer).await;
    office.decide(&office_account, 1, "approve", "").await.problem(403, "second-person").says("person");
    // Somebody whose account the proposer made, and the other way round.
    let manager = office.house.person(&admin, "CH", Role::Administrator, "Ada Example").await;
    let made = office.house.person(&manager, "CH", Role::DutyOfficer, "Cem Example").await;
    office.decide(&made, 1, "approve", "").await.problem(403, "second-person");
    assert_eq!(office.incident().await["significance"]["value"], "unknown");

    office.decide(&office.ben, 1, "approve", "agreed").await.is(200);
    let standing = office.incident().await;
    assert_eq!(standing["significance"]["value"], "unlikely");
    assert_eq!(standing["significance"]["risk_assessment"], "BCH-RA-CH-1");
    office.decide(&office.ben, 1, "approve", "again").await.problem(409, "refused");
    office.house.is_sound();
}

#[tokio::test]
async fn what_is_returned_goes_back_with_a_reason_and_can_be_proposed_again() {
    let office = Office::open().await;
    office.ben.verdict(&office.incident, "open", "seen").await.is(200);
    office.ada.change(&office.incident, json!({ "change": "state", "to": "closed" }), "done").await.is(200);
    assert_eq!(office.incident().await["state"], "open", "closing calms others: it is proposed");
    office.decide(&office.ben, 1, "return", " ").await.problem(422, "invalid");
    office.decide(&office.ben, 1, "return", "the survey is missing").await.is(200);
    let seen = office.ada.timeline(&office.incident).await;
    let decided = of_type(&seen, "proposal_decided")[0];
    assert_eq!((&decided["approved"], &decided["reason"]), (&json!(false), &json!("the survey is missing")));
    assert_eq!(office.incident().await["state"], "open");
    office
        .ada
        .change(&office.incident, json!({ "change": "state", "to": "closed" }), "surveyed")
        .await
        .is(200);
    office.decide(&office.ben, 2, "approve", "").await.is(200);
    assert_eq!(office.incident().await["state"], "closed");
    office.house.is_sound();
}

#[tokio::test]
async fn a_proposal_nobody_decides_on_is_not_forgotten_and_holds_back_no_notice() {
    let office = Office::open().await;
    office.ben.verdict(&office.incident, "open", "seen").await.is(200);
    office.propose_unlikely(&office.ada).await.is(200);
    let head = office.house.head();
    office.house.after(1);
    let since = office.ada.events("exercise", head).await;
    assert!(!since.is_empty(), "its time is up, and that is said");
    office.house.is_sound();
}

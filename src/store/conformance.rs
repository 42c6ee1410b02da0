//! What any store must do, as functions over the trait: a backend that passes
//! may stand behind the house. Each function takes a fresh, empty store and
//! says what was wrong.

use super::{
    Batch, Committed, ContactChange, Erased, Erasure, ErasureOutcome, Idempotency, LayerChange, LayerRecord,
    Store, StoreError, TokenRecord,
};
use crate::{
    domain::{
        account::{Account, Role, Viewer},
        audience::Audience,
        contact::{Channel, ContactKind, ContactPoint},
        decision::{Basis, Decision, NewMessage, Timer, TimerAt},
        delivery::MessageState,
        duty::Addressee,
        erasure::stand_in,
        event::{Body, Event, MessagePlan, NewEvent, Rung},
        id::{AccountId, ContactId, IncidentId, LayerId, MessageId, Reference, Seq, TokenId},
        incident::{IncidentState, IncidentType, Mode, Significance},
        layer::LayerKind,
        notice::{Notice, NoticeKind},
        report::Report,
        state::StateCode,
    },
    proof::digest_hex,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// One requirement: what it is called, and the check.
pub type Requirement = (&'static str, fn(&dyn Store) -> Result<(), String>);

/// All requirements.
pub const SUITE: [Requirement; 15] = [
    ("events are numbered in the order of commit, without holes", numbers_without_holes),
    ("a batch decided on another version is refused and leaves nothing", refuses_other_versions),
    ("decisions about different duties do not get into each other's way", keeps_duties_apart),
    ("a repeat gets the first answer, another body is refused", replays_answers),
    ("a viewer reads what its audience admits and nothing else", filters_by_viewer),
    ("modes do not mix", keeps_modes_apart),
    ("timers come due in order, are replaced, and are cleared", keeps_timers),
    ("a new message supersedes the waiting one; every attempt is kept and rebuilt", keeps_messages),
    ("what is sealed is for the States named only", seals),
    ("the secret of the instance is made once", keeps_its_key),
    ("a token is good until it expires", expires_tokens),
    ("what is erased is gone, does not come back, and the log still checks", forgets),
    ("contact points change only as they were seen, all or none", keeps_contacts),
    ("imported layers are kept whole, replaced, ended, and mark what is open", keeps_layers),
    ("the log checks, and projections are rebuilt as they were", checks_and_rebuilds),
];

/// Runs the suite, each requirement on a store of its own from `fresh`;
/// returns what failed.
pub fn run(mut fresh: impl FnMut() -> Box<dyn Store>) -> Vec<String> {
    let failed = |(name, check): Requirement, store: &dyn Store| {
        check(store).err().map(|why| format!("{name}: {why}"))
    };
    SUITE.into_iter().filter_map(|requirement| failed(requirement, fresh().as_ref())).collect()
}

/// A moment as clocks give them: finer than any column keeps.
fn start() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 20_000) + SignedDuration::from_nanos(123)
}

/// A moment as every column keeps it, in whole microseconds.
fn whole_start() -> Timestamp {
    start() - SignedDuration::from_nanos(123)
}

fn state(code: &str) -> Result<StateCode, String> {
    code.parse().map_err(|e| format!("{e}"))
}

fn reader(code: &str) -> Result<Viewer, String> {
    Ok(Viewer::Account {
        id: AccountId(Uuid::from_u128(0xABC)),
        state: Some(state(code)?),
        role: Role::ContactPoint,
    })
}

fn told(states: &[&str]) -> Result<Audience, String> {
    Ok(Audience::of(states.iter().map(|code| state(code)).collect::<Result<_, _>>()?))
}

/// A batch on `incident` as of `version`.
fn batch(incident: u128, mode: Mode, version: u64, events: Vec<(Audience, Body)>) -> Batch {
    let salts = (0..events.len()).map(|n| [u8::try_from(n).unwrap_or(0); 32]).collect();
    let events = events
        .into_iter()
        .map(|(audience, body)| NewEvent { audience, occurred: None, known: None, out_of_band: false, body })
        .collect();
    Batch {
        decision: Decision {
            incident: IncidentId(Uuid::from_u128(incident)),
            mode,
            basis: Basis::Incident(version),
            events,
            messages: Vec::new(),
            timers: Vec::new(),
            cleared: Vec::new(),
        },
        actor: None,
        now: start(),
        salts,
        playbook_texts: Vec::new(),
        idempotency: None,
    }
}

fn opened() -> Body {
    opened_as(None)
}

fn opened_as(reference: Option<Reference>) -> Body {
    Body::IncidentOpened {
        reference,
        state: IncidentState::Open,
        incident_type: IncidentType::Unintentional,
        state_of_release: None,
        organism: None,
        group: "unknown".to_owned(),
        place: None,
        significance: Significance::default(),
        aware: None,
    }
}

fn commit(store: &dyn Store, batch: Batch) -> Result<Committed, String> {
    store.commit(batch).map_err(|e| e.to_string())
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(what: &str, found: &T, wanted: &T) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{what}: found {found:?}, wanted {wanted:?}")) }
}

fn numbers_without_holes(store: &dyn Store) -> Result<(), String> {
    same("an empty log ends at", &store.head().map_err(|e| e.to_string())?, &Seq(0))?;
    for incident in 1..=3 {
        let two = vec![(told(&["CH"])?, opened()), (told(&["CH"])?, Body::VerificationOverdue)];
        let committed = commit(store, batch(incident, Mode::Test, 0, two))?;
        let last = u64::try_from(incident * 2).unwrap_or(0);
        same("the receipt names", &committed.receipt.seq, &Seq(last))?;
    }
    let logged = store.events_after(&Viewer::House, Seq(0), 500).map_err(|e| e.to_string())?;
    let seqs: Vec<u64> = logged.iter().map(|l| l.event.seq.0).collect();
    same("the log", &seqs, &(1..=6).collect())?;
    let page = store.events_after(&Viewer::House, Seq(2), 3).map_err(|e| e.to_string())?;
    let seqs: Vec<u64> = page.iter().map(|l| l.event.seq.0).collect();
    same("a page", &seqs, &vec![3, 4, 5])
}

fn refuses_other_versions(store: &dyn Store) -> Result<(), String> {
    commit(store, batch(1, Mode::Test, 0, vec![(told(&["CH"])?, opened())]))?;
    for version in [0, 2] {
        let late = batch(1, Mode::Test, version, vec![(told(&["CH"])?, Body::VerificationOverdue)]);
        same("the answer", &store.commit(late).err(), &Some(StoreError::Conflict))?;
    }
    same("the log ends at", &store.head().map_err(|e| e.to_string())?, &Seq(1))?;
    commit(store, batch(1, Mode::Test, 1, vec![(told(&["CH"])?, Body::VerificationOverdue)])).map(|_| ())
}

fn keeps_duties_apart(store: &dyn Store) -> Result<(), String> {
    let silent = |code: &str| -> Result<Body, String> {
        Ok(Body::AddresseeSilent { addressee: Addressee::State(state(code)?) })
    };
    let first =
        vec![(told(&["CH"])?, opened()), (told(&["CH"])?, silent("DE")?), (told(&["CH"])?, silent("FR")?)];
    commit(store, batch(1, Mode::Test, 0, first))?;
    let about = |code: &str, version| -> Result<Batch, String> {
        let mut batch = batch(1, Mode::Test, 0, vec![(told(&["CH"])?, silent(code)?)]);
        batch.decision.basis = Basis::Duty(Addressee::State(state(code)?), version);
        Ok(batch)
    };
    commit(store, about("DE", 1)?)?;
    commit(store, about("FR", 1)?)?;
    same("the same duty again", &store.commit(about("DE", 1)?).err(), &Some(StoreError::Conflict))
}

fn replays_answers(store: &dyn Store) -> Result<(), String> {
    let asked = |incident, body: &str| -> Result<Batch, String> {
        let mut batch = batch(incident, Mode::Test, 0, vec![(told(&["CH"])?, opened())]);
        batch.idempotency = Some(Idempotency {
            account: AccountId(Uuid::from_u128(7)),
            route: "reports",
            key: "k".to_owned(),
            body: body.to_owned(),
        });
        Ok(batch)
    };
    let first = commit(store, asked(1, "one")?)?;
    let again = commit(store, asked(2, "one")?)?;
    same("the bytes", &again.answer, &first.answer)?;
    same("replayed", &(first.replayed, again.replayed), &(false, true))?;
    same("another body", &store.commit(asked(3, "two")?).err(), &Some(StoreError::KeyReused))?;
    let key = asked(3, "one")?.idempotency.ok_or("a key")?;
    let given = store.answered(&key).map_err(|e| e.to_string())?;
    same("the answer asked for beforehand", &given.map(|g| g.answer), &Some(first.answer))?;
    let unknown = Idempotency { key: "other".to_owned(), ..key };
    same("an unknown key", &store.answered(&unknown).map_err(|e| e.to_string())?, &None)?;
    same("the log ends at", &store.head().map_err(|e| e.to_string())?, &Seq(1))
}

fn filters_by_viewer(store: &dyn Store) -> Result<(), String> {
    let reporter = AccountId(Uuid::from_u128(0xEE));
    let events = vec![
        (told(&["CH"])?.and_reporter(reporter), opened()),
        (told(&["CH", "DE"])?, Body::VerificationOverdue),
        (told(&["CH", "FR"])?, Body::VerificationOverdue),
    ];
    let id = commit(store, batch(1, Mode::Test, 0, events))?.receipt.incident;
    let by_account = Viewer::Account { id: reporter, state: Some(state("BR")?), role: Role::Reporter };
    let administrator = Viewer::Account { id: reporter, state: None, role: Role::Administrator };
    let officer = Viewer::Account { id: reporter, state: None, role: Role::DutyOfficer };
    let cases: [(&str, Viewer, Vec<u64>); 7] = [
        ("CH", reader("CH")?, vec![1, 2, 3]),
        ("DE", reader("DE")?, vec![2]),
        ("FR", reader("FR")?, vec![3]),
        ("IT", reader("IT")?, vec![]),
        ("the reporter", by_account, vec![1]),
        ("an administrator", administrator, vec![]),
        ("the instance's duty officer", officer, vec![1, 2, 3]),
    ];
    let fault = |e: StoreError| e.to_string();
    for (name, viewer, wanted) in cases {
        let timeline = store.timeline(&viewer, id, Seq(0), 500).map_err(fault)?;
        let seqs: Vec<u64> = timeline.iter().map(|e| e.seq.0).collect();
        // An administrator of the instance who also reported reads nothing.
        same(&format!("timeline of {name}"), &seqs, &wanted)?;
        let feed = store.events_after(&viewer, Seq(0), 500).map_err(fault)?;
        let seqs: Vec<u64> = feed.iter().map(|l| l.event.seq.0).collect();
        same(&format!("events of {name}"), &seqs, &wanted)?;
        for seq in 1..=3 {
            let one = store.event(&viewer, Seq(seq)).map_err(fault)?;
            same(&format!("event {seq} of {name}"), &one.is_some(), &wanted.contains(&seq))?;
        }
        let there = store.incident(&viewer, id).map_err(fault)?.is_some();
        same(&format!("the incident for {name}"), &there, &!wanted.is_empty())?;
        let listed = store.incidents(&viewer, Mode::Test, None, 500).map_err(fault)?.len();
        same(&format!("the list for {name}"), &listed, &usize::from(!wanted.is_empty()))?;
    }
    Ok(())
}

fn keeps_modes_apart(store: &dyn Store) -> Result<(), String> {
    for (incident, mode) in [(1, Mode::Actual), (2, Mode::Exercise), (3, Mode::Test)] {
        let given = store.next_reference(mode, "TEST", start()).map_err(|e| e.to_string())?;
        let opened = opened_as(Some(given));
        let receipt = commit(store, batch(incident, mode, 0, vec![(told(&["CH"])?, opened)]))?.receipt;
        let next = store.next_reference(mode, "TEST", start()).map_err(|e| e.to_string())?;
        same("the next number", &next.parts().map(|(_, _, number)| number), &Some(2))?;
        let reference = receipt.reference.map(|r| r.to_string()).unwrap_or_default();
        // Each mode counts for itself.
        same("the reference", &reference[..17], &format!("{}-TEST-2024-0001", mode.prefix())[..17])?;
        let found = store.incidents(&reader("CH")?, mode, None, 500).map_err(|e| e.to_string())?;
        same("incidents of the mode", &found.len(), &1)?;
    }
    Ok(())
}

fn keeps_timers(store: &dyn Store) -> Result<(), String> {
    let timer = |code: &str| -> Result<Timer, String> {
        Ok(Timer::Acknowledgement { addressee: Addressee::State(state(code)?) })
    };
    let at = |minutes| start() + SignedDuration::from_mins(minutes);
    let mut first = batch(1, Mode::Test, 0, vec![(told(&["CH"])?, opened())]);
    first.decision.timers = vec![
        TimerAt { timer: timer("DE")?, due: at(20) },
        TimerAt { timer: timer("FR")?, due: at(10) },
        TimerAt { timer: Timer::Verification, due: at(30) },
    ];
    commit(store, first)?;
    let due = |minutes| -> Result<Vec<Timer>, String> {
        let due = store.due(at(minutes), 500).map_err(|e| e.to_string())?;
        Ok(due.into_iter().map(|d| d.timer).collect())
    };
    same("before the time", &due(9)?, &vec![])?;
    same("in order", &due(25)?, &vec![timer("FR")?, timer("DE")?])?;
    let mut second = batch(1, Mode::Test, 1, vec![(told(&["CH"])?, Body::VerificationOverdue)]);
    second.decision.timers = vec![TimerAt { timer: timer("FR")?, due: at(40) }];
    second.decision.cleared = vec![timer("DE")?];
    commit(store, second)?;
    same("after replacing and clearing", &due(35)?, &vec![Timer::Verification])?;
    same("the replaced one", &due(40)?, &vec![Timer::Verification, timer("FR")?])
}

/// A notice to Germany by one message.
fn issued(message: &NewMessage, supersedes: Option<MessageId>) -> Result<Body, String> {
    let report = Report::saying_nothing(Mode::Test);
    Ok(Body::NoticeIssued {
        addressee: Addressee::State(state("DE")?),
        hops: Vec::new(),
        message: Some(MessagePlan {
            id: message.id,
            contact: message.contact,
            channel: message.channel.kind(),
            digest: None,
        }),
        also: Vec::new(),
        supersedes,
        rung: Rung::First,
        notice: Box::new(Notice::from_report(NoticeKind::Initial, &report)),
        acknowledge_by: None,
    })
}

fn keeps_messages(store: &dyn Store) -> Result<(), String> {
    let fault = |e: StoreError| e.to_string();
    let de = Addressee::State(state("DE")?);
    let message = |number| NewMessage {
        id: MessageId(Uuid::from_u128(number)),
        addressee: de.clone(),
        contact: ContactId(Uuid::from_u128(9)),
        channel: Channel::Email { address: "office@example.org".to_owned() },
        bytes: format!("message {number}").into_bytes(),
    };
    let audience = told(&["CH", "DE"])?;
    let (first, second) = (message(1), message(2));
    let events = vec![(told(&["CH"])?, opened()), (audience.clone(), issued(&first, None)?)];
    let mut opening = batch(1, Mode::Test, 0, events);
    opening.decision.messages = vec![first.clone()];
    commit(store, opening)?;
    let due = store.outbox(start(), 10, &[]).map_err(fault)?;
    same(
        "what is due",
        &due.iter().map(|p| p.bytes.clone()).collect::<Vec<_>>(),
        &vec![first.bytes.clone()],
    )?;
    same("where it goes", &due[0].channel, &Some(first.channel.clone()))?;
    let besides = store.outbox(start(), 10, &[second.id, first.id]).map_err(fault)?;
    same("without what is under way", &besides.len(), &0)?;

    let event = issued(&second, Some(first.id))?;
    let mut next = batch(1, Mode::Test, 2, vec![(audience.clone(), event)]);
    next.decision.messages = vec![second.clone()];
    commit(store, next)?;
    let states = |viewer: &Viewer| -> Result<Vec<MessageState>, String> {
        let incident = IncidentId(Uuid::from_u128(1));
        Ok(store.messages(viewer, incident).map_err(fault)?.iter().map(|m| m.state).collect())
    };
    same(
        "a newer one takes its place",
        &states(&reader("DE")?)?,
        &vec![MessageState::Superseded, MessageState::Pending],
    )?;
    same("to another State", &states(&reader("FR")?)?, &vec![])?;
    same("bytes, to another State", &store.message_bytes(&reader("FR")?, second.id).map_err(fault)?, &None)?;

    let on = |state: MessageState, body: Body| {
        let mut step = batch(1, Mode::Test, 0, vec![(audience.clone(), body)]);
        step.decision.basis = Basis::Message(second.id, state);
        step
    };
    let sending = Body::MessageSending { addressee: de.clone(), message: second.id, attempt: 1 };
    commit(store, on(MessageState::Pending, sending.clone()))?;
    let again = store.commit(on(MessageState::Pending, sending)).err();
    same("what somebody else has begun", &again, &Some(StoreError::Conflict))?;
    let retry_at = Some(start() + SignedDuration::from_secs(5));
    let failed = Body::MessageFailed {
        addressee: de.clone(),
        message: second.id,
        detail: "smtp 451".to_owned(),
        retry_at,
    };
    commit(store, on(MessageState::Sending, failed))?;
    same("not before its time", &store.outbox(start(), 10, &[]).map_err(fault)?.len(), &0)?;
    let later = start() + SignedDuration::from_secs(5);
    same("at its time", &store.outbox(later, 10, &[]).map_err(fault)?.len(), &1)?;
    let delivered = Body::MessageDelivered { addressee: de, message: second.id };
    commit(store, on(MessageState::FailedRetrying, delivered))?;
    same("what arrived is not sent again", &store.outbox(later, 10, &[]).map_err(fault)?.len(), &0)?;
    same("and nothing is pending", &store.health().map_err(fault)?.pending_messages, &0)?;
    same("the newest", &store.newest().map_err(fault)?, &Some(whole_start()))?;
    same("the log", &store.check().map_err(fault)?, &vec![])?;
    let before = states(&Viewer::House)?;
    store.rebuild().map_err(fault)?;
    same("rebuilt", &states(&Viewer::House)?, &before)
}

fn seals(store: &dyn Store) -> Result<(), String> {
    let fault = |e: StoreError| e.to_string();
    let said = Body::ConsultationSaid {
        addressee: Addressee::State(state("DE")?),
        side: state("CH")?,
        text: "between us".to_owned(),
    };
    let sealed = Audience::sealed([state("CH")?, state("DE")?].into_iter().collect());
    commit(store, batch(1, Mode::Test, 0, vec![(told(&["CH"])?, opened()), (sealed, said)]))?;
    let instance =
        Viewer::Account { id: AccountId(Uuid::from_u128(4)), state: None, role: Role::DutyOfficer };
    let incident = IncidentId(Uuid::from_u128(1));
    for (who, viewer, expected) in
        [("one side", reader("DE")?, 1), ("the instance", instance, 1), ("the house", Viewer::House, 2)]
    {
        same(who, &store.timeline(&viewer, incident, Seq(0), 500).map_err(fault)?.len(), &expected)?;
        same(who, &store.events_after(&viewer, Seq(0), 500).map_err(fault)?.len(), &expected)?;
    }
    same("the instance, by number", &store.event(&instance, Seq(2)).map_err(fault)?.is_none(), &true)
}

fn keeps_its_key(store: &dyn Store) -> Result<(), String> {
    let fault = |e: StoreError| e.to_string();
    let first = store.instance_key([7; 32]).map_err(fault)?;
    same("the first time", &first, &[7; 32])?;
    same("ever after", &store.instance_key([8; 32]).map_err(fault)?, &first)
}

fn expires_tokens(store: &dyn Store) -> Result<(), String> {
    let fault = |e: StoreError| e.to_string();
    same("accounts", &store.has_accounts().map_err(fault)?, &false)?;
    let id = AccountId(Uuid::from_u128(5));
    let account = Account {
        id,
        name: "Office".to_owned(),
        state: Some(state("CH")?),
        role: Role::ContactPoint,
        person: None,
        created: start(),
        created_by: None,
        erased: None,
    };
    store.save_account(&account).map_err(fault)?;
    let expires = start() + SignedDuration::from_hours(1);
    let token = TokenRecord { id: TokenId(Uuid::from_u128(6)), hash: "h".to_owned(), account: id, expires };
    store.save_token(&token).map_err(fault)?;
    let good = store.account_by_token("h", start()).map_err(fault)?;
    same("before it expires", &good.map(|(account, _)| account), &Some(account.clone()))?;
    same("when it expires", &store.account_by_token("h", expires).map_err(fault)?, &None)?;
    same("another", &store.account_by_token("x", start()).map_err(fault)?, &None)?;
    let contact = ContactPoint {
        id: ContactId(Uuid::from_u128(8)),
        addressee: Addressee::State(state("CH")?),
        kind: ContactKind::Article17,
        name: "Office".to_owned(),
        channels: vec![Channel::Live { account: id }],
        languages: vec!["fr".to_owned()],
        hours: None,
        record: None,
        confirmed: None,
    };
    store.save_contact(&contact).map_err(fault)?;
    let found = store.contacts(&reader("DE")?, Some(&Addressee::State(state("CH")?))).map_err(fault)?;
    same("contact points", &found, &vec![contact])?;
    let elsewhere = store.account(&reader("DE")?, id).map_err(fault)?;
    same("an account of another State", &elsewhere, &None)
}

/// What a note is written in and erased from.
fn erasing(event: &Event, digest: &str) -> Body {
    Body::WordsErased {
        event: event.seq,
        fields: vec!["/text".to_owned()],
        digest: digest.to_owned(),
        messages: false,
        reason: "asked for".to_owned(),
    }
}

fn forgets(store: &dyn Store) -> Result<(), String> {
    let fault = |e: StoreError| e.to_string();
    let audience = told(&["CH"])?;
    let note = Body::NoteAdded { text: "Ada Kone called".to_owned() };
    commit(store, batch(1, Mode::Test, 0, vec![(audience.clone(), opened()), (audience.clone(), note)]))?;
    let written = store.event(&Viewer::House, Seq(2)).map_err(fault)?.ok_or("the note")?;
    let without = stand_in(&written, &["/text".to_owned()]).map_err(|e| e.to_string())?;
    let digest = digest_hex(&serde_json::to_vec(&without).map_err(|e| e.to_string())?);
    let other = batch(1, Mode::Test, 2, vec![(audience.clone(), erasing(&written, "other"))]);
    same("decided on something else", &store.commit(other).err(), &Some(StoreError::Conflict))?;
    commit(store, batch(1, Mode::Test, 2, vec![(audience, erasing(&written, &digest))]))?;
    same("what stands there", &store.event(&reader("CH")?, Seq(2)).map_err(fault)?, &Some(without))?;
    same("the log", &store.check().map_err(fault)?, &vec![])?;
    store.rebuild().map_err(fault)?;
    same("the log, rebuilt", &store.check().map_err(fault)?, &vec![])?;

    let account = |number: u128, code: Option<&str>| -> Result<Account, String> {
        Ok(Account {
            id: AccountId(Uuid::from_u128(number)),
            name: "Ada Kone".to_owned(),
            state: code.map(state).transpose()?,
            role: Role::Administrator,
            person: Some("Ada Kone".to_owned()),
            created: start(),
            created_by: None,
            erased: None,
        })
    };
    let (house, home) = (account(1, None)?, account(2, Some("CH"))?);
    let expires = start() + SignedDuration::from_hours(1);
    for account in [&house, &home] {
        store.save_account(account).map_err(fault)?;
        let hash = account.id.to_string();
        let id = TokenId(account.id.0);
        store.save_token(&TokenRecord { id, hash, account: account.id, expires }).map_err(fault)?;
    }
    let contact = ContactPoint {
        id: ContactId(Uuid::from_u128(8)),
        addressee: Addressee::State(state("CH")?),
        kind: ContactKind::Article17,
        name: "Ada Kone".to_owned(),
        channels: Vec::new(),
        languages: Vec::new(),
        hours: None,
        record: None,
        confirmed: None,
    };
    store.save_contact(&contact).map_err(fault)?;
    let erase = |subject| {
        let reason = "asked for".to_owned();
        store.erase(Erasure { subject, reason, by: None, now: start() }).map_err(fault)
    };
    same("the last one", &erase(Erased::Account(house.id))?, &ErasureOutcome::LastAdministrator)?;
    for subject in [Erased::Account(home.id), Erased::Contact(contact.id)] {
        same("the first time", &erase(subject)?, &ErasureOutcome::Done)?;
        same("again", &erase(subject)?, &ErasureOutcome::Unknown)?;
    }
    let token = store.account_by_token(&home.id.to_string(), start()).map_err(fault)?;
    same("its token", &token, &None)?;
    let left = store.account(&Viewer::House, home.id).map_err(fault)?;
    same("what is left of it", &left, &Some(home.clone().erased(start())))?;
    same("contact points", &store.contacts(&Viewer::House, None).map_err(fault)?, &vec![])?;
    same("brought back", &store.save_contact(&contact).err(), &Some(StoreError::Conflict))?;
    same("scrubbed", &store.scrub().map_err(fault)?, &true)?;
    let records = |viewer: &Viewer| -> Result<Vec<Erased>, String> {
        Ok(store.erasures(viewer).map_err(fault)?.iter().map(|record| record.subject).collect())
    };
    let own = vec![Erased::Account(home.id), Erased::Contact(contact.id)];
    same("the record of the State", &records(&home.viewer())?, &own)?;
    same("of the instance", &records(&house.viewer())?, &[vec![Erased::Event(Seq(2))], own].concat())?;
    same("of others", &records(&reader("CH")?)?, &vec![])
}

fn keeps_contacts(store: &dyn Store) -> Result<(), String> {
    let fault = |e: StoreError| e.to_string();
    let contact = |number: u128, code: &str| -> Result<ContactPoint, String> {
        Ok(ContactPoint {
            id: ContactId(Uuid::from_u128(number)),
            addressee: Addressee::State(state(code)?),
            kind: ContactKind::Article17,
            name: "Office".to_owned(),
            channels: Vec::new(),
            languages: Vec::new(),
            hours: None,
            record: None,
            confirmed: None,
        })
    };
    let (one, two) = (contact(1, "CH")?, contact(2, "DE")?);
    let first = ContactChange { seen: Vec::new(), all: true, write: vec![one.clone(), two.clone()] };
    store.change_contacts(first.clone()).map_err(fault)?;
    same("written", &store.contacts(&Viewer::House, None).map_err(fault)?, &vec![one.clone(), two.clone()])?;
    same("one of them", &store.contact(&Viewer::House, two.id).map_err(fault)?, &Some(two.clone()))?;
    same("none of them", &store.contact(&Viewer::House, contact(3, "CH")?.id).map_err(fault)?, &None)?;
    same("there are others", &store.change_contacts(first).err(), &Some(StoreError::Conflict))?;
    let moved = ContactPoint { addressee: Addressee::State(state("FR")?), ..two.clone() };
    let change = |seen: &ContactPoint, all: bool| ContactChange {
        seen: vec![one.clone(), seen.clone()],
        all,
        write: vec![ContactPoint { name: "Desk".to_owned(), ..one.clone() }, moved.clone()],
    };
    let refused = store.change_contacts(change(&contact(2, "IT")?, false)).err();
    same("seen otherwise", &refused, &Some(StoreError::Conflict))?;
    same("nothing was written", &store.contact(&Viewer::House, one.id).map_err(fault)?, &Some(one.clone()))?;
    store.change_contacts(change(&two, true)).map_err(fault)?;
    let de = store.contacts(&Viewer::House, Some(&Addressee::State(state("DE")?))).map_err(fault)?;
    let fr = store.contacts(&Viewer::House, Some(&Addressee::State(state("FR")?))).map_err(fault)?;
    same("it is found where it went", &(de, fr), &(Vec::new(), vec![moved]))?;
    let reporter = Viewer::Account { id: AccountId(Uuid::nil()), state: None, role: Role::Reporter };
    same("who may not read them", &store.contact(&reporter, one.id).map_err(fault)?, &None)
}

fn keeps_layers(store: &dyn Store) -> Result<(), String> {
    let fault = |e: StoreError| e.to_string();
    let bytes = br#"{"type":"FeatureCollection","features":[]}"#.to_vec();
    let layer = |number: u128| LayerRecord {
        id: LayerId(Uuid::from_u128(number)),
        kind: LayerKind::ProtectedAreas,
        name: "parks".to_owned(),
        file_name: "parks.geojson".to_owned(),
        sidecar: "title = \"Parks\"".to_owned(),
        sha256: digest_hex(&bytes),
        size: bytes.len() as u64,
        imported: whole_start() + SignedDuration::from_secs(i64::try_from(number).unwrap_or(0)),
        imported_by: Some(AccountId(Uuid::from_u128(7))),
    };
    let change = |ended: Vec<LayerId>, new: Option<LayerRecord>| LayerChange {
        ended,
        new: new.map(|record| (record, bytes.clone())),
        by: None,
        now: whole_start(),
        mark: Timer::Reassessment,
    };
    let open = commit(store, batch(1, Mode::Test, 0, vec![(told(&["CH"])?, opened())]))?.receipt.incident;
    let withdrawn = Body::VerificationDecided {
        state: IncidentState::Withdrawn,
        reason: "error".to_owned(),
        due: None,
        returned: false,
    };
    commit(store, batch(2, Mode::Test, 0, vec![(told(&["CH"])?, opened()), (told(&["CH"])?, withdrawn)]))?;
    let marked = store.change_layers(change(Vec::new(), Some(layer(1)))).map_err(fault)?;
    same("what is marked", &marked, &vec![open])?;
    let due: Vec<(IncidentId, Timer)> =
        store.due(whole_start(), 500).map_err(fault)?.into_iter().map(|d| (d.incident, d.timer)).collect();
    same("what is due", &due, &vec![(open, Timer::Reassessment)])?;
    let twice = store.change_layers(change(Vec::new(), Some(layer(2))));
    same("a second one of the name", &twice.err(), &Some(StoreError::Conflict))?;
    store.change_layers(change(vec![layer(1).id], Some(layer(2)))).map_err(fault)?;
    store.rebuild().map_err(fault)?;
    same("in force", &store.layers(&reader("DE")?).map_err(fault)?, &vec![layer(2)])?;
    let gone = store.change_layers(change(vec![layer(1).id], None));
    same("ending what has ended", &gone.err(), &Some(StoreError::Conflict))?;
    store.change_layers(change(vec![layer(2).id], None)).map_err(fault)?;
    same("in force", &store.layers(&Viewer::House).map_err(fault)?, &Vec::new())?;
    let file = store.layer_file(&Viewer::House, &digest_hex(&bytes)).map_err(fault)?;
    same("the file", &file, &Some(bytes.clone()))?;
    same("what is wrong", &store.check().map_err(fault)?, &Vec::<String>::new())
}

fn checks_and_rebuilds(store: &dyn Store) -> Result<(), String> {
    let fault = |e: StoreError| e.to_string();
    commit(store, batch(1, Mode::Test, 0, vec![(told(&["CH"])?, opened())]))?;
    commit(store, batch(1, Mode::Test, 1, vec![(told(&["CH", "DE"])?, Body::VerificationOverdue)]))?;
    let before = store.incidents(&reader("DE")?, Mode::Test, None, 500).map_err(fault)?;
    same("what is wrong", &store.check().map_err(fault)?, &Vec::<String>::new())?;
    store.rebuild().map_err(fault)?;
    same("what is wrong after rebuilding", &store.check().map_err(fault)?, &Vec::<String>::new())?;
    let after = store.incidents(&reader("DE")?, Mode::Test, None, 500).map_err(fault)?;
    same("the incidents", &after, &before)
}

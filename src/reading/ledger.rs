//! The duty ledger: for each addressee every step with its time, proof and
//! deadline; the meter of Article 17.3; what an addressee had been told at any
//! moment; alarms; the score of a test of the line.

use super::{ReadError, Reading};
use crate::domain::{
    account::{Action, Viewer, can},
    assessment::{Exclusion, StateFinding},
    contact::ChannelKind,
    delivery::{Message, MessageState, message_of},
    duty::{Addressee, Duty},
    event::{Body, Event},
    id::{ContactId, IncidentId, MessageId, Reference, Seq},
    incident::{Incident, IncidentState, Mode},
    liability::{self, Amount, LiabilityEntry},
    notice::Notice,
    report::{Gap, Knowledge},
    state::StateCode,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The ledger of one incident, as far as a viewer may see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Ledger {
    /// The incident.
    pub incident: IncidentId,
    /// What people call it.
    pub reference: Option<Reference>,
    /// Whether it is real.
    pub mode: Mode,
    /// Where it stands.
    pub state: IncidentState,
    /// How much of Article 17.3 is known.
    pub meter: Vec<MeterItem>,
    /// Everybody something is owed to.
    pub addressees: Vec<LedgerRow>,
    /// States that were looked at and left out, with the reason.
    pub excluded: Vec<Exclusion>,
    /// Organizations it may be appropriate to tell (17.1), for the State of
    /// release to decide on.
    pub suggested: Vec<Suggestion>,
    /// What stands in the way.
    pub alarms: Vec<Alarm>,
}

/// One item of Article 17.3.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct MeterItem {
    /// The letter in Article 17.3.
    pub item: String,
    /// The field of the report.
    pub field: String,
    /// How well it is known.
    pub status: Knowledge,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<String>,
    /// By when it should be known, where it is missing or doubtful.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due: Option<Timestamp>,
}

/// The duty toward one addressee, with why and by which messages.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct LedgerRow {
    /// The duty, step by step.
    #[serde(flatten)]
    pub duty: Duty,
    /// What the map found about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<StateFinding>,
    /// Its messages, with every state they are in. A channel that cannot know
    /// whether it was read says nothing of it.
    pub messages: Vec<Message>,
}

/// An organization that could be told, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Suggestion {
    /// Its acronym.
    pub organization: Addressee,
    /// What kind of organism makes it appropriate.
    pub because: String,
}

/// An addressee that cannot be reached or does not answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Alarm {
    /// In which incident.
    pub incident: IncidentId,
    /// What people call it.
    pub reference: Option<Reference>,
    /// Who.
    pub addressee: Addressee,
    /// `unreachable`: there is nobody to be told; `silent`: everybody was told
    /// and nobody has answered; `undelivered`: every message to it has failed.
    pub code: String,
    /// Since when.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub since: Option<Timestamp>,
}

/// What an addressee had been told at a moment, from the bytes sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ToldAt {
    /// Who.
    pub addressee: Addressee,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Messages issued until then, in order.
    pub messages: Vec<ToldMessage>,
}

/// One message as it stood at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ToldMessage {
    /// Which.
    pub message: MessageId,
    /// To which contact point.
    pub contact: ContactId,
    /// By which channel.
    pub channel: ChannelKind,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    pub issued: Timestamp,
    /// The event that issued it.
    pub proof: Seq,
    /// How far it had got.
    pub state: MessageState,
    /// Whether it had left this instance: handed over, delivered or read.
    pub told: bool,
    /// SHA-256 of the bytes sent, as the log keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Whether the bytes still fit it.
    pub sound: bool,
    /// What was sent. A link that would acknowledge for the addressee is shown
    /// to the addressee only.
    pub text: String,
}

/// What came of a test of the line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Score {
    /// How many were asked.
    pub asked: usize,
    /// How many have nobody who could be asked.
    pub unreachable: usize,
    /// To how many a message is known to have arrived.
    pub delivered: usize,
    /// How many have answered.
    pub acknowledged: usize,
    /// How many have answered in the time set.
    pub in_time: usize,
    /// One row each, the unreachable first, then the silent, then the slowest.
    pub rows: Vec<ScoreRow>,
}

/// What came of it for one addressee.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ScoreRow {
    /// Who.
    pub addressee: Addressee,
    /// Whether there is nobody who could be asked.
    pub unreachable: bool,
    /// When a message is known to have arrived.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub delivered: Option<Timestamp>,
    /// When it answered.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub acknowledged: Option<Timestamp>,
    /// How long that took, in seconds.
    pub seconds: Option<i64>,
    /// How far the ladder was climbed meanwhile.
    pub rung: crate::domain::event::Rung,
}

/// What a State has recorded of operators, damage, measures and costs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct LiabilityRecord {
    /// Which State.
    pub state: StateCode,
    /// In the order in which they were recorded.
    pub entries: Vec<DatedEntry>,
    /// The sum of the costs, by currency.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub total: BTreeMap<String, Amount>,
}

/// One entry with its time and proof.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct DatedEntry {
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The event that keeps it.
    pub proof: Seq,
    /// What.
    pub entry: LiabilityEntry,
}

impl Reading {
    /// The duty ledger of an incident.
    pub fn ledger(&self, viewer: &Viewer, id: IncidentId) -> Result<Ledger, ReadError> {
        let incident = self.incident(viewer, id)?;
        let timeline = self.whole_timeline(viewer, id)?;
        self.ledger_of(viewer, &incident, &timeline)
    }

    pub(super) fn ledger_of(
        &self,
        viewer: &Viewer,
        incident: &Incident,
        timeline: &[Event],
    ) -> Result<Ledger, ReadError> {
        let id = incident.id;
        let messages = self.store.messages(viewer, id)?;
        let assessment = timeline.iter().rev().find_map(|event| match &event.body {
            Body::Assessed { assessment, .. } => Some(assessment),
            _ => None,
        });
        let findings = assessment.iter().flat_map(|a| a.origin.iter().chain(&a.states));
        let findings: BTreeMap<StateCode, &StateFinding> =
            findings.map(|found| (found.iso2, found)).collect();
        let addressees = incident.duties.iter().map(|duty| LedgerRow {
            finding: duty
                .addressee
                .state()
                .and_then(|state| findings.get(&state))
                .map(|found| (*found).clone()),
            messages: messages.iter().filter(|m| m.addressee == duty.addressee).cloned().collect(),
            duty: duty.clone(),
        });
        let in_charge = viewer.is_instance_reader()
            || (viewer.state().is_some() && viewer.state() == incident.state_of_release);
        Ok(Ledger {
            incident: id,
            reference: incident.reference.clone(),
            mode: incident.mode,
            state: incident.state,
            meter: meter(timeline, &incident.gaps),
            addressees: addressees.collect(),
            excluded: assessment.map(|a| a.excluded.clone()).unwrap_or_default(),
            suggested: if in_charge { self.suggest(incident) } else { Vec::new() },
            alarms: alarms(incident, &messages),
        })
    }

    /// Organizations for which this kind of organism is a matter: plant health,
    /// animal health, human health.
    fn suggest(&self, incident: &Incident) -> Vec<Suggestion> {
        let group = self.shelf.built_in().organisms().group(&incident.group);
        let kind = group.map_or("unknown", |group| group.kind.as_str());
        let acronyms: &[&str] = match kind {
            "plant" => &["IPPC", "FAO"],
            "insect" => &["IPPC", "WHO", "FAO"],
            "microorganism" | "virus" => &["WHO", "WOAH", "IPPC"],
            "unknown" => &["IPPC", "WOAH", "WHO", "FAO"],
            // Fish, mammals and other animals.
            _ => &["WOAH", "FAO"],
        };
        let organizations = acronyms.iter().map(|acronym| Addressee::Organization((*acronym).to_owned()));
        organizations
            .filter(|organization| incident.duty(organization).is_none())
            .map(|organization| Suggestion { organization, because: kind.to_owned() })
            .collect()
    }

    /// What an addressee had been told at a moment, from the bytes sent.
    pub fn told(
        &self,
        viewer: &Viewer,
        id: IncidentId,
        addressee: &Addressee,
        at: Timestamp,
    ) -> Result<ToldAt, ReadError> {
        self.incident(viewer, id)?;
        let timeline = self.whole_timeline(viewer, id)?;
        self.told_in(viewer, &timeline, addressee, at)
    }

    pub(super) fn told_in(
        &self,
        viewer: &Viewer,
        timeline: &[Event],
        addressee: &Addressee,
        at: Timestamp,
    ) -> Result<ToldAt, ReadError> {
        let mut messages = Vec::new();
        for event in timeline.iter().filter(|event| event.occurred <= at) {
            if receiver(&event.body).as_ref() != Some(addressee) {
                continue;
            }
            for plan in event.body.messages() {
                let kept = self.store.message_bytes(viewer, plan.id)?.unwrap_or_default();
                let state = state_at(timeline, plan.id, at);
                messages.push(ToldMessage {
                    message: plan.id,
                    contact: plan.contact,
                    channel: plan.channel,
                    issued: event.occurred,
                    proof: event.seq,
                    state,
                    told: matches!(state, MessageState::Sent | MessageState::Delivered | MessageState::Read),
                    sound: plan.digest.as_ref().is_none_or(|digest| *digest == kept.sha256),
                    digest: plan.digest.clone(),
                    text: shown(&kept.bytes, plan.id, viewer, addressee),
                });
            }
        }
        Ok(ToldAt { addressee: addressee.clone(), at, messages })
    }

    /// What came of a test of the line.
    pub fn score(&self, viewer: &Viewer, id: IncidentId) -> Result<Score, ReadError> {
        let incident = self.incident(viewer, id)?;
        if !incident.reachability {
            return Err(ReadError::NotFound);
        }
        Ok(score_of(&incident.duties))
    }

    /// Every alarm a viewer may see, in incidents of one mode that have not
    /// ended, the oldest first.
    pub fn alarms(&self, viewer: &Viewer, mode: Mode) -> Result<Vec<Alarm>, ReadError> {
        can(viewer, Action::ReadIncidents, None)?;
        let (mut found, mut before) = (Vec::new(), None);
        loop {
            let page = self.incidents(viewer, mode, before, super::PAGE)?;
            let Some(last) = page.last() else { break };
            before = Some(last.head);
            for incident in page.iter().filter(|incident| !incident.state.has_ended()) {
                // Only incidents with something amiss are worth a look at their messages.
                let messages = self.store.messages(viewer, incident.id)?;
                found.extend(alarms(incident, &messages));
            }
        }
        found.sort_by_key(|alarm| alarm.since);
        Ok(found)
    }

    /// What a State has recorded of operators, damage, measures and costs.
    pub fn liability(
        &self,
        viewer: &Viewer,
        id: IncidentId,
        state: StateCode,
    ) -> Result<LiabilityRecord, ReadError> {
        self.incident(viewer, id)?;
        let entries: Vec<DatedEntry> = self
            .whole_timeline(viewer, id)?
            .into_iter()
            .filter_map(|event| match event.body {
                Body::LiabilityRecorded { state: of, entry } if of == state => {
                    Some(DatedEntry { at: event.occurred, proof: event.seq, entry })
                }
                _ => None,
            })
            .collect();
        let total = liability::total(entries.iter().map(|dated| &dated.entry));
        Ok(LiabilityRecord { state, entries, total })
    }
}

fn of_state(state: Option<StateCode>) -> Addressee {
    state.map_or(Addressee::Instance, Addressee::State)
}

/// To whom the messages of an event go.
pub(super) fn receiver(body: &Body) -> Option<Addressee> {
    match body {
        Body::VerificationRequested { state, .. } => Some(of_state(*state)),
        Body::EscalatedToInstance { .. } => Some(Addressee::Instance),
        Body::StepOverdue(late) => Some(of_state(late.state)),
        body => body.messages().next().and(body.addressee()).cloned(),
    }
}

/// What is said of Article 17.3 in the newest text this viewer may see: the
/// report, or the notice it was sent.
pub(super) fn said(timeline: &[Event]) -> Option<Notice> {
    timeline.iter().rev().find_map(|event| match &event.body {
        Body::ReportReceived { content, .. } | Body::FactsChanged { content, .. } => {
            Some(Notice::from_report(crate::domain::notice::NoticeKind::Initial, content))
        }
        Body::NoticeIssued { notice, .. }
        | Body::DutyIdentified { notice, .. }
        | Body::VerificationRequested { notice, .. } => Some((**notice).clone()),
        _ => None,
    })
}

fn meter(timeline: &[Event], gaps: &[Gap]) -> Vec<MeterItem> {
    let Some(notice) = said(timeline) else { return Vec::new() };
    let due =
        |field: &str| gaps.iter().filter(|gap| gap.field.starts_with(field)).filter_map(|gap| gap.due).min();
    let known = |known: bool| if known { Knowledge::Known } else { Knowledge::Unknown };
    let row = |item: &str, field: &str, status, provenance: &Option<String>| MeterItem {
        item: item.to_owned(),
        field: field.to_owned(),
        status,
        provenance: provenance.clone(),
        due: due(field),
    };
    let said = |item: &str, field: &str, statement: &crate::domain::report::Statement| {
        row(item, field, statement.status, &statement.provenance)
    };
    vec![
        row("a", "/organism", known(notice.organism.label().is_some()), &None),
        said("a", "/quantities", &notice.quantities),
        said("a", "/traits", &notice.traits),
        said("b", "/circumstances", &notice.circumstances),
        row("b", "/released", known(notice.released.is_some()), &None),
        said("b", "/use", &notice.r#use),
        said("c", "/adverse_effects", &notice.adverse_effects),
        said("c", "/risk_management", &notice.risk_management),
        said("d", "/other", &notice.other),
        said("e", "/point_of_contact", &notice.point_of_contact),
    ]
}

fn alarms(incident: &Incident, messages: &[Message]) -> Vec<Alarm> {
    let failed = |duty: &Duty| {
        let mut current = duty.current().peekable();
        current.peek().is_some()
            && current.all(|id| messages.iter().any(|m| m.id == id && m.state == MessageState::Failed))
    };
    let code = |duty: &Duty| match () {
        () if duty.unreachable => Some("unreachable"),
        () if duty.silent => Some("silent"),
        () if duty.acknowledged.is_none() && failed(duty) => Some("undelivered"),
        () => None,
    };
    let alarm = |duty: &Duty| {
        Some(Alarm {
            incident: incident.id,
            reference: incident.reference.clone(),
            addressee: duty.addressee.clone(),
            code: code(duty)?.to_owned(),
            since: duty.alarmed.map(|step| step.at),
        })
    };
    incident.duties.iter().filter_map(alarm).collect()
}

/// How far a message had got at a moment.
fn state_at(timeline: &[Event], id: MessageId, at: Timestamp) -> MessageState {
    let mut state = MessageState::Pending;
    for event in timeline.iter().filter(|event| event.occurred <= at) {
        match &event.body {
            Body::NoticeIssued { supersedes: Some(earlier), .. } if *earlier == id && state.is_waiting() => {
                state = MessageState::Superseded;
            }
            body if message_of(body) == Some(id) => state = state.after(body),
            _ => {}
        }
    }
    state
}

/// The text of a message. The link in it is a key to the addressee's own
/// acknowledgement: others do not get to see it.
fn shown(bytes: &[u8], id: MessageId, viewer: &Viewer, addressee: &Addressee) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if viewer.state().is_some() && viewer.state() == addressee.state() {
        return text;
    }
    let start = format!("/m/{id}/");
    let mut parts = text.split(start.as_str());
    let mut redacted = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        redacted.push_str(&start);
        redacted.push('…');
        redacted.push_str(rest);
    }
    redacted
}

/// What came of asking these addressees.
pub(super) fn score_of<'a>(duties: impl IntoIterator<Item = &'a Duty>) -> Score {
    let mut rows: Vec<ScoreRow> = duties.into_iter().map(score_row).collect();
    rows.sort_by_key(|row| (!row.unreachable, row.seconds.is_some(), -row.seconds.unwrap_or_default()));
    // Whoever needed no reminder was in time.
    let in_time =
        rows.iter().filter(|row| row.acknowledged.is_some() && row.rung == crate::domain::event::Rung::First);
    Score {
        asked: rows.len(),
        unreachable: rows.iter().filter(|row| row.unreachable).count(),
        delivered: rows.iter().filter(|row| row.delivered.is_some()).count(),
        acknowledged: rows.iter().filter(|row| row.acknowledged.is_some()).count(),
        in_time: in_time.count(),
        rows,
    }
}

fn score_row(duty: &Duty) -> ScoreRow {
    let took = |from: Timestamp, to: Timestamp| SignedDuration::as_secs(&to.duration_since(from));
    let seconds = duty.notified.zip(duty.acknowledged).map(|(asked, answered)| took(asked.at, answered.at));
    ScoreRow {
        addressee: duty.addressee.clone(),
        unreachable: duty.unreachable,
        delivered: duty.delivered.map(|step| step.at),
        acknowledged: duty.acknowledged.map(|step| step.at),
        seconds,
        rung: duty.rung,
    }
}

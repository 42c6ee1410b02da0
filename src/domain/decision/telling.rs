//! Who is told, and how a notice becomes messages.

use super::{Draft, Facts, NewMessage, Outgoing, Timer};
use crate::domain::{
    assessment::{Assessment, StateFinding},
    audience::Audience,
    contact::{Channel, ChannelKind, ContactPoint, Hop, HopOutcome, follow_chain},
    duty::Addressee,
    event::{Body, ChosenPlaybook, MessagePlan, Rung},
    id::{ContactId, MessageId},
    incident::Incident,
    notice::{Change, Notice, NoticeKind},
    report::Report,
    state::{StateCode, StateSet},
};

/// What an incident is about, as it is known now.
#[derive(Clone)]
pub struct Case<'a> {
    /// The report as it stands.
    pub report: &'a Report,
    /// Who is in reach.
    pub assessment: &'a Assessment,
    /// The playbooks for States told.
    pub playbooks: Vec<ChosenPlaybook>,
}

/// How a notice is issued.
pub(super) struct Manner<'a> {
    /// Why just now.
    pub rung: Rung,
    /// Whether an acknowledgement is awaited.
    pub to_answer: bool,
    /// The contact points to be passed over.
    pub past: &'a [ContactId],
    /// The only contact point to be told.
    pub only: Option<ContactId>,
}

impl Manner<'_> {
    /// For the first time: an acknowledgement is awaited.
    pub const FIRST: Self = Manner { rung: Rung::First, to_answer: true, past: &[], only: None };
    /// To be known, not to be answered.
    pub const INFORM: Self = Manner { rung: Rung::First, to_answer: false, past: &[], only: None };
}

/// The chain as it was followed, and the messages that come of it, the best
/// channel first.
pub(super) struct Route {
    pub hops: Vec<Hop>,
    pub plans: Vec<MessagePlan>,
}

impl Route {
    pub(super) fn split(self) -> (Vec<Hop>, Option<MessagePlan>, Vec<MessagePlan>) {
        let mut plans = self.plans.into_iter();
        (self.hops, plans.next(), plans.collect())
    }
}

/// Every State that is owed a notice: those the place lies in, but for the
/// State of release itself; those in reach; and the European Union when one of
/// its members is told.
pub fn to_be_told(assessment: &Assessment, origin: Option<StateCode>, facts: &Facts<'_>) -> Vec<StateCode> {
    let touched = assessment.origin.iter().map(|f| f.iso2).filter(|state| Some(*state) != origin);
    let mut told: Vec<StateCode> = touched.chain(assessment.states.iter().map(|f| f.iso2)).collect();
    if told.iter().any(|state| facts.eu_members.contains(*state)) && !told.contains(&StateCode::EU) {
        told.push(StateCode::EU);
    }
    told
}

/// What the map found about a State.
pub(super) fn finding_of(assessment: &Assessment, addressee: &Addressee) -> Option<Box<StateFinding>> {
    let state = addressee.state()?;
    let mut findings = assessment.origin.iter().chain(&assessment.states);
    findings.find(|finding| finding.iso2 == state).cloned().map(Box::new)
}

/// A notice of `case` to `addressee`, as the incident stands.
pub(super) fn notice(
    kind: NoticeKind,
    incident: &Incident,
    case: &Case<'_>,
    addressee: &Addressee,
) -> Notice {
    Notice {
        incident_type: Some(incident.incident_type),
        state: Some(incident.state),
        finding: finding_of(case.assessment, addressee),
        ..Notice::from_report(kind, case.report)
    }
}

impl Draft<'_> {
    /// First notices to every addressee that is owed one and has none, if
    /// notices go out as the incident stands. The States that join are given
    /// the assessment and the playbooks as well.
    pub(in crate::domain) fn tell_everyone_due(&mut self, case: &Case<'_>) {
        if !self.incident.tells() {
            return;
        }
        let told = to_be_told(case.assessment, self.incident.state_of_release, self.facts);
        let joining: Vec<StateCode> =
            told.into_iter().filter(|state| self.is_owed_a_first_notice(*state)).collect();
        if !joining.is_empty() {
            let states: StateSet = joining.iter().copied().chain(self.incident.state_of_release).collect();
            if !self.has_just_assessed_for(&joining) {
                let assessment = Box::new(case.assessment.clone());
                self.tell(Audience::of(states), Body::Assessed { assessment, cause: None });
            }
            for &state in &joining {
                let addressee = Addressee::State(state);
                let notice = notice(NoticeKind::Initial, &self.incident, case, &addressee);
                self.issue(addressee, notice, &Manner::FIRST);
            }
        }
        if self.incident.duty(&Addressee::Bch).is_none() {
            let notice = Box::new(notice(NoticeKind::Initial, &self.incident, case, &Addressee::Bch));
            self.tell(
                self.between(&Addressee::Bch),
                Body::DutyIdentified { addressee: Addressee::Bch, notice },
            );
        }
        if !joining.is_empty() {
            // Everybody told works from the same texts.
            let standing = self.incident.playbooks.iter().find(|chosen| chosen.role == "affected_state");
            let playbooks =
                standing.map_or_else(|| case.playbooks.clone(), |chosen| chosen.playbooks.clone());
            self.choose("affected_state", playbooks, joining.into_iter().collect());
        }
    }

    fn is_owed_a_first_notice(&self, state: StateCode) -> bool {
        let duty = self.incident.duty(&Addressee::State(state));
        duty.is_none_or(|duty| duty.notified.is_none() && !duty.unreachable)
    }

    /// Whether this very decision has given the assessment to all of them.
    fn has_just_assessed_for(&self, states: &[StateCode]) -> bool {
        self.decision.events.iter().any(|event| {
            matches!(event.body, Body::Assessed { .. })
                && states.iter().all(|state| event.audience.states.contains(*state))
        })
    }

    /// A notice to every addressee that was ever told, but for those in
    /// `except`; `say` makes it for each, or leaves it out.
    pub(super) fn inform_the_told(&mut self, say: impl Fn(&Incident, &Addressee) -> Option<Notice>) {
        let told: Vec<Addressee> = self
            .incident
            .duties
            .iter()
            .filter(|duty| duty.was_told() || duty.unreachable)
            .map(|duty| duty.addressee.clone())
            .filter(|addressee| *addressee != Addressee::Bch)
            .collect();
        for addressee in told {
            if let Some(notice) = say(&self.incident, &addressee) {
                self.issue(addressee, notice, &Manner::INFORM);
            }
        }
    }

    /// A follow-up to every addressee that was told, where what it is told now
    /// differs from what it would have been told `before`.
    pub(in crate::domain) fn follow_up(
        &mut self,
        before: (&Incident, &Case<'_>),
        case: &Case<'_>,
        reason: &str,
    ) {
        let joined: Vec<Addressee> = self.newly_issued().cloned().collect();
        let (incident_before, case_before) = before;
        self.inform_the_told(|incident, addressee| {
            if joined.contains(addressee) {
                return None;
            }
            let earlier = notice(NoticeKind::FollowUp, incident_before, case_before, addressee);
            let mut now = notice(NoticeKind::FollowUp, incident, case, addressee);
            now.changes = changes(&earlier, &now);
            now.reason = Some(reason.to_owned());
            (!now.changes.is_empty()).then_some(now)
        });
    }

    fn newly_issued(&self) -> impl Iterator<Item = &Addressee> {
        self.decision.events.iter().filter_map(|event| match &event.body {
            Body::NoticeIssued { addressee, .. } | Body::AddresseeUnreachable { addressee, .. } => {
                Some(addressee)
            }
            _ => None,
        })
    }

    /// One notice to one addressee: its chain is followed, and every channel of
    /// the contact point found is used at once. Nobody to be told is an alarm.
    pub(super) fn issue(&mut self, addressee: Addressee, notice: Notice, manner: &Manner<'_>) {
        let supersedes = self.incident.duty(&addressee).and_then(|duty| duty.message);
        let within = self.facts.policy.acknowledge_within(self.incident.significance.value);
        let due = self.facts.now + within;
        let acknowledge_by = manner.to_answer.then_some(due);
        let route = self.route(&addressee, &notice, manner, acknowledge_by, supersedes);
        let audience = self.between(&addressee);
        if manner.to_answer {
            self.set(Timer::Acknowledgement { addressee: addressee.clone() }, due);
        }
        if route.plans.is_empty() {
            let known = self.incident.duty(&addressee).is_some_and(|duty| duty.unreachable);
            if !known {
                let hops = route.hops;
                self.tell(audience, Body::AddresseeUnreachable { addressee: addressee.clone(), hops });
                if manner.to_answer {
                    self.escalate(Some(addressee), notice);
                }
            }
            return;
        }
        if let Some(arrival) = notice.finding.as_ref().and_then(|finding| finding.earliest_arrival)
            && manner.to_answer
            && arrival > self.facts.now
        {
            self.set(Timer::Arrival { addressee: addressee.clone() }, arrival);
        }
        let (hops, message, also) = route.split();
        self.tell(
            audience,
            Body::NoticeIssued {
                addressee,
                hops,
                message,
                also,
                supersedes,
                rung: manner.rung,
                notice: Box::new(notice),
                acknowledge_by,
            },
        );
    }

    /// The instance's own duty officer is told that `about` cannot be reached
    /// or does not answer. Returns whether there is anybody to tell.
    pub(super) fn escalate(&mut self, about: Option<Addressee>, notice: Notice) -> bool {
        let notice = Notice { kind: NoticeKind::Escalation, about: about.clone(), ..notice };
        let route = self.route(&Addressee::Instance, &notice, &Manner::INFORM, None, None);
        let reached = !route.plans.is_empty();
        let audience = match &about {
            Some(addressee) => self.between(addressee),
            None => self.home(),
        };
        let (hops, message, also) = route.split();
        self.tell(
            audience,
            Body::EscalatedToInstance { about, hops, message, also, notice: Box::new(notice) },
        );
        reached
    }

    /// Follows the chain of `addressee` and puts the notice into bytes for every
    /// channel of the contact point found. A person with a telephone is asked
    /// only where no other channel is.
    pub(super) fn route(
        &mut self,
        addressee: &Addressee,
        notice: &Notice,
        manner: &Manner<'_>,
        acknowledge_by: Option<jiff::Timestamp>,
        supersedes: Option<MessageId>,
    ) -> Route {
        let facts = self.facts;
        let left: Vec<ContactPoint> = facts
            .contacts
            .iter()
            .filter(|c| !manner.past.contains(&c.id) && manner.only.is_none_or(|only| only == c.id))
            .cloned()
            .collect();
        let hops = follow_chain(&left, addressee, facts.served, facts.now);
        let told = hops.last().filter(|hop| matches!(hop.outcome, HopOutcome::Told(_)));
        let Some(contact) = told.and_then(|hop| left.iter().find(|c| c.id == hop.contact)) else {
            return Route { hops, plans: Vec::new() };
        };
        let (by_itself, by_hand): (Vec<&Channel>, Vec<&Channel>) =
            contact.usable(facts.served).partition(|channel| channel.kind() != ChannelKind::ByHand);
        let used = if by_itself.is_empty() { &by_hand[..by_hand.len().min(1)] } else { &by_itself[..] };
        let mut plans = Vec::new();
        for channel in used {
            let id = (facts.message_id)();
            let bytes = (facts.compose)(&Outgoing {
                message: id,
                incident: self.incident.id,
                reference: self.incident.reference.as_ref(),
                addressee,
                contact,
                channel,
                notice,
                issued: facts.now,
                acknowledge_by,
                supersedes,
                reminder: manner.rung == Rung::Reminder,
            });
            plans.push(MessagePlan {
                id,
                contact: contact.id,
                channel: channel.kind(),
                digest: Some((facts.digest)(&bytes)),
            });
            self.decision.messages.push(NewMessage {
                id,
                addressee: addressee.clone(),
                contact: contact.id,
                channel: (*channel).clone(),
                bytes,
            });
        }
        Route { hops, plans }
    }
}

/// What differs between two notices, field by field, as they are sent: what is
/// withheld stays so.
pub(super) fn changes(before: &Notice, after: &Notice) -> Vec<Change> {
    let stripped = |notice: &Notice| {
        let bare = Notice { changes: Vec::new(), reason: None, about: None, ..notice.clone() };
        serde_json::to_value(bare).unwrap_or_default()
    };
    differences(&stripped(before), &stripped(after))
}

/// What differs between two JSON values: the innermost fields, by pointer.
pub(super) fn differences(before: &serde_json::Value, after: &serde_json::Value) -> Vec<Change> {
    let mut found = Vec::new();
    compare("", before, after, &mut found);
    found
}

fn compare(field: &str, before: &serde_json::Value, after: &serde_json::Value, found: &mut Vec<Change>) {
    use serde_json::Value;
    if before == after {
        return;
    }
    let nothing = Value::Null;
    if before.is_object() || after.is_object() {
        let keys =
            |value: &Value| value.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
        let all: std::collections::BTreeSet<String> =
            [keys(before), keys(after)].into_iter().flat_map(|keys: Vec<String>| keys).collect();
        for key in all {
            let name = key.replace('~', "~0").replace('/', "~1");
            let of = |value: &'_ Value| value.get(&key).cloned().unwrap_or(Value::Null);
            compare(&format!("{field}/{name}"), &of(before), &of(after), found);
        }
        return;
    }
    let said = |value: &Value| match value {
        value if *value == nothing => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    found.push(Change { field: field.to_owned(), before: said(before), after: said(after) });
}

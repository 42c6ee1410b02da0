//! Facts change, and the people in charge steer the incident through its
//! states.

use super::{Case, Decision, Draft, Facts, Refusal, Timer, telling, with_reason};
use crate::domain::{
    audience::Audience,
    duty::Addressee,
    event::{Body, OpenCode, OpenItem, Proposed},
    incident::{Incident, IncidentState, IncidentType, Likelihood, Significance},
    notice::{Notice, NoticeKind},
    reassessment::{self, Anew},
    report::Report,
    state::StateSet,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the people in charge change about an incident.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// Its state.
    State {
        /// The state it is to have.
        to: IncidentState,
        /// When it is closed: whether the danger is over, and States told need
        /// take no further measures.
        #[serde(default)]
        all_clear: bool,
    },
    /// What kind of case it is.
    Type {
        /// The type it is to have.
        to: IncidentType,
    },
    /// Whether significant adverse effects are likely.
    Significance {
        /// What is to hold.
        value: Likelihood,
        /// The risk assessment referred to.
        #[serde(default)]
        risk_assessment: Option<String>,
    },
    /// Whether the States told see which others were told.
    Sharing {
        /// From now on.
        told_see_each_other: bool,
    },
    /// Addressees that are to be told, whatever the map says: States the State
    /// of release considers affected, and organizations (17.1).
    Addressees {
        /// Whom.
        addressees: Vec<Addressee>,
    },
    /// An incident that goes on in this one.
    Merge {
        /// The other incident, which ends as merged.
        absorb: crate::domain::id::IncidentId,
    },
}

/// Follows a change of everything but the facts and merging. What needs a
/// second person becomes a proposal.
pub fn steer(
    incident: &Incident,
    change: &Change,
    reason: &str,
    two_persons: bool,
    case: &Case<'_>,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    let reason = with_reason(reason)?;
    let mut draft = Draft::on(incident, facts);
    match change {
        Change::State { to, all_clear } => {
            check_transition(incident, *to)?;
            if two_persons && to.has_ended() {
                let change = Proposed::State { to: *to, all_clear: *all_clear };
                draft.check_unproposed(&change)?;
                draft.propose(change, &reason);
            } else {
                draft.change_state(*to, *all_clear, &reason, case);
            }
        }
        Change::Type { to } => draft.reclassify(*to, &reason, case)?,
        Change::Significance { value, risk_assessment } => {
            let significance = Significance {
                value: *value,
                reason: Some(reason.clone()),
                risk_assessment: risk_assessment.clone(),
            };
            check_running(incident)?;
            if *value == Likelihood::Unlikely {
                let change = Proposed::Significance { significance };
                draft.check_unproposed(&change)?;
                draft.propose(change, &reason);
            } else {
                draft.change_significance(significance, &reason, case);
            }
        }
        Change::Sharing { told_see_each_other } => {
            if incident.told_see_each_other == *told_see_each_other {
                return Err(Refusal::NoChange);
            }
            let told_see_each_other = *told_see_each_other;
            draft.tell(draft.everybody(), Body::SharingChanged { told_see_each_other, reason });
        }
        Change::Addressees { addressees } => draft.name_addressees(addressees, &reason, case)?,
        Change::Merge { .. } => return Err(Refusal::NoChange),
    }
    Ok(draft.decision)
}

/// What is known of the occurrence has changed: the report as it is from now
/// on, with what the map says of it. `own`: whoever reported says so itself.
pub fn change_facts(
    incident: &Incident,
    changed: &Report,
    reason: &str,
    own: bool,
    anew: Anew<'_>,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    let reason = with_reason(reason)?;
    if incident.state.has_ended() {
        return Err(Refusal::HasEnded(incident.state));
    }
    if changed.mode != incident.mode {
        return Err(Refusal::ModeIsFixed);
    }
    let value = |report: &Report| serde_json::to_value(report).unwrap_or_default();
    let differences = telling::differences(&value(anew.report), &value(changed));
    if differences.is_empty() {
        return Err(Refusal::NoChange);
    }
    let mut draft = Draft::on(incident, facts);
    let touched = anew.before.origin.iter().chain(&anew.today.origin).map(|finding| finding.iso2);
    let mut audience = if own { draft.home_and_reporter() } else { draft.home() };
    audience.states.extend(touched);
    draft.tell(
        audience,
        Body::FactsChanged {
            content: Box::new(changed.clone()),
            changes: differences,
            gaps: changed.all_gaps(&anew.today, facts.now),
            reason: reason.clone(),
        },
    );
    reassessment::follow_facts(&mut draft, changed, &reason, anew);
    Ok(draft.decision)
}

fn check_running(incident: &Incident) -> Result<(), Refusal> {
    if incident.state.has_ended() { Err(Refusal::HasEnded(incident.state)) } else { Ok(()) }
}

fn check_transition(incident: &Incident, to: IncidentState) -> Result<(), Refusal> {
    let from = incident.state;
    if from == to {
        return Err(Refusal::NoChange);
    }
    if from == IncidentState::UnderVerification {
        return Err(Refusal::UnderVerification);
    }
    // An incident is merged by naming the one it goes on in.
    if to == IncidentState::Merged || !from.may_become(to) {
        let possible = IncidentState::ALL.into_iter().filter(|next| from.may_become(*next));
        let allowed: Vec<&str> =
            possible.filter(|next| *next != IncidentState::Merged).map(IncidentState::as_str).collect();
        let allowed = if allowed.is_empty() { "nothing else".to_owned() } else { allowed.join(" or ") };
        return Err(Refusal::NotATransition { from, to, allowed });
    }
    Ok(())
}

impl Draft<'_> {
    /// The incident takes another state; everybody who was told hears of it.
    pub(super) fn change_state(&mut self, to: IncidentState, all_clear: bool, reason: &str, case: &Case<'_>) {
        let before = self.incident.clone();
        let all_clear = all_clear && to == IncidentState::Closed;
        let left_open = if to.has_ended() { still_open(&before) } else { Vec::new() };
        let still_open = left_open.iter().filter(|item| item.code == OpenCode::Gap).cloned().collect();
        let body =
            Body::StateChanged { from: before.state, to, reason: reason.to_owned(), all_clear, still_open };
        self.tell(self.everybody(), body);
        if !left_open.is_empty() {
            self.tell(self.home(), Body::LeftOpen { items: left_open.clone() });
        }
        if !to.has_ended() {
            self.follow_up((&before, case), case, reason);
            self.tell_everyone_due(case);
            if before.state.has_ended() {
                self.wait_again_for_answers();
            }
            return;
        }
        self.let_go();
        let kind = match to {
            IncidentState::Withdrawn => NoticeKind::Withdrawal,
            _ if all_clear => NoticeKind::AllClear,
            _ => NoticeKind::Closing,
        };
        self.tell_of_the_end(kind, reason, case);
    }

    /// Nothing falls due any more.
    pub(super) fn let_go(&mut self) {
        for addressee in self.incident.duties.iter().map(|duty| duty.addressee.clone()).collect::<Vec<_>>() {
            self.clear(Timer::Acknowledgement { addressee: addressee.clone() });
            self.clear(Timer::Arrival { addressee });
        }
        for number in self.incident.proposals.iter().map(|p| p.number).collect::<Vec<_>>() {
            self.clear(Timer::Approval { number });
        }
        self.clear(Timer::Verification);
        self.clear(Timer::Reassessment);
    }

    /// An incident that is opened again awaits what was never answered.
    fn wait_again_for_answers(&mut self) {
        let unanswered = self.incident.duties.iter().filter(|duty| {
            duty.addressee != Addressee::Bch
                && duty.acknowledged.is_none()
                && (duty.was_told() || duty.unreachable)
        });
        let due = self.facts.now + self.facts.policy.acknowledge_within(self.incident.significance.value);
        for addressee in unanswered.map(|duty| duty.addressee.clone()).collect::<Vec<_>>() {
            self.set(Timer::Acknowledgement { addressee }, due);
        }
    }

    /// Everybody who was ever told hears of the end. A test of the line ends in
    /// silence.
    pub(super) fn tell_of_the_end(&mut self, kind: NoticeKind, reason: &str, case: &Case<'_>) {
        if self.incident.reachability {
            return;
        }
        self.inform_the_told(|incident, addressee| {
            let notice = telling::notice(kind, incident, case, addressee);
            let still_open =
                if kind == NoticeKind::Withdrawal { Vec::new() } else { open_for(incident, addressee) };
            Some(Notice { reason: Some(reason.to_owned()), still_open, ..notice })
        });
    }

    /// Another kind of case: where no border is crossed, nobody more is told
    /// and nobody's answer is awaited; where one is, everybody in reach is told.
    fn reclassify(&mut self, to: IncidentType, reason: &str, case: &Case<'_>) -> Result<(), Refusal> {
        check_running(&self.incident)?;
        let before = self.incident.clone();
        if before.incident_type == to {
            return Err(Refusal::NoChange);
        }
        let body = Body::TypeChanged { from: before.incident_type, to, reason: reason.to_owned() };
        self.tell(self.everybody(), body);
        self.tell_everyone_due(case);
        self.follow_up((&before, case), case, reason);
        if to == IncidentType::Domestic {
            for duty in before.duties {
                self.clear(Timer::Acknowledgement { addressee: duty.addressee.clone() });
                self.clear(Timer::Arrival { addressee: duty.addressee });
            }
        } else if before.incident_type == IncidentType::Domestic {
            self.wait_again_for_answers();
        }
        Ok(())
    }

    /// What is said of significance holds from now on. Where effects are no
    /// longer said to be unlikely, everybody in reach is told.
    pub(super) fn change_significance(&mut self, significance: Significance, reason: &str, case: &Case<'_>) {
        let before = self.incident.clone();
        self.tell(self.everybody(), Body::SignificanceChanged { significance });
        self.tell_everyone_due(case);
        let now = self.incident.significance.value;
        if before.significance.value == now {
            return;
        }
        let joined: Vec<Addressee> =
            self.decision.events.iter().filter_map(|e| e.body.addressee().cloned()).collect();
        self.inform_the_told(|incident, addressee| {
            let mut notice = telling::notice(NoticeKind::FollowUp, incident, case, addressee);
            notice.reason = Some(reason.to_owned());
            let said = |value: Likelihood| serde_json::to_value(value).ok()?.as_str().map(str::to_owned);
            notice.changes = vec![crate::domain::notice::Change {
                field: "/significance".to_owned(),
                before: said(before.significance.value),
                after: said(now),
            }];
            (!joined.contains(addressee)).then_some(notice)
        });
    }

    /// Addressees the map does not name.
    fn name_addressees(&mut self, named: &[Addressee], reason: &str, case: &Case<'_>) -> Result<(), Refusal> {
        check_running(&self.incident)?;
        if self.incident.state == IncidentState::UnderVerification {
            return Err(Refusal::UnderVerification);
        }
        if !self.incident.tells() {
            return Err(Refusal::TellsNobody(self.incident.incident_type));
        }
        let mut new: Vec<Addressee> = Vec::new();
        for addressee in named {
            if let (Some(state), Some(release)) = (addressee.state(), self.incident.state_of_release)
                && state == release
            {
                return Err(Refusal::StateOfRelease(state));
            }
            if matches!(addressee, Addressee::Instance) {
                return Err(Refusal::NotAnAddressee(addressee.clone()));
            }
            let owed =
                self.incident.duty(addressee).is_some_and(|duty| duty.notified.is_some() || duty.unreachable);
            if !owed && *addressee != Addressee::Bch && !new.contains(addressee) {
                new.push(addressee.clone());
            }
        }
        if new.is_empty() {
            return Err(Refusal::NoChange);
        }
        let joining: StateSet = new.iter().filter_map(Addressee::state).collect();
        let body = Body::AddresseesNamed { addressees: new.clone(), reason: reason.to_owned() };
        self.tell(self.home(), body);
        if !joining.is_empty() {
            let states = joining.iter().chain(self.incident.state_of_release).collect();
            let assessment = Box::new(case.assessment.clone());
            self.tell(Audience::of(states), Body::Assessed { assessment, cause: None });
        }
        for addressee in new {
            let notice = telling::notice(NoticeKind::Initial, &self.incident, case, &addressee);
            self.issue(addressee, notice, &telling::Manner::FIRST);
        }
        let standing = self.incident.playbooks.iter().find(|chosen| chosen.role == "affected_state");
        let playbooks = standing.map_or_else(|| case.playbooks.clone(), |chosen| chosen.playbooks.clone());
        if !joining.is_empty() {
            self.choose("affected_state", playbooks, joining);
        }
        Ok(())
    }
}

/// What of it concerns one addressee: what is not known, and what is open
/// between it and the State of release; not what is open toward others.
fn open_for(incident: &Incident, addressee: &Addressee) -> Vec<OpenItem> {
    let own = addressee.to_string();
    let concerns = |item: &OpenItem| match item.code {
        OpenCode::Gap => true,
        OpenCode::Proposal => false,
        _ => item.of == own,
    };
    still_open(incident).into_iter().filter(concerns).collect()
}

/// What is still open as an incident ends.
pub(super) fn still_open(incident: &Incident) -> Vec<OpenItem> {
    let mut open = Vec::new();
    let mut item = |code, of: String| open.push(OpenItem { code, of });
    for duty in incident.duties.iter().filter(|duty| duty.addressee != Addressee::Instance) {
        let of = duty.addressee.to_string();
        if duty.notified.is_none() {
            item(OpenCode::Notice, of.clone());
            if duty.addressee == Addressee::Bch {
                continue;
            }
        }
        if duty.addressee == Addressee::Bch {
            continue;
        }
        if duty.acknowledged.is_none() {
            item(OpenCode::Acknowledgement, of.clone());
        }
        if duty.is_consulting() {
            item(OpenCode::ConsultationClosing, of);
        } else if duty.consulted.is_none() && duty.addressee.state().is_some() && !incident.reachability {
            item(OpenCode::Consultation, of);
        }
    }
    for gap in &incident.gaps {
        item(OpenCode::Gap, gap.field.clone());
    }
    for proposal in incident.proposals.iter().filter(|p| p.approved.is_none()) {
        item(OpenCode::Proposal, proposal.number.to_string());
    }
    open
}

//! A report arrives, and is verified.

use super::{Case, Decision, Draft, Facts, Refusal, Timer, with_reason};
use crate::domain::{
    account::{Role, Viewer},
    assessment::Assessment,
    audience::Audience,
    duty::Addressee,
    event::{Body, ChosenPlaybook, Proposed},
    id::{IncidentId, Reference, ReportId},
    incident::{Incident, IncidentState, IncidentType, Likelihood, Significance},
    moment::Moment,
    notice::{Notice, NoticeKind},
    report::Report,
    state::{StateCode, StateSet},
};
use serde::{Deserialize, Serialize};

/// A report with all that was worked out about it.
pub struct Submission<'a> {
    /// The incident to be opened.
    pub incident: IncidentId,
    /// What people will call it.
    pub reference: Reference,
    /// The report's id.
    pub id: ReportId,
    /// The report.
    pub report: &'a Report,
    /// Who reports.
    pub reporter: &'a Viewer,
    /// Whether somebody else has to confirm even what the State of release
    /// itself reports.
    pub two_persons: bool,
    /// Who is in reach.
    pub assessment: &'a Assessment,
    /// The playbooks of the State of release.
    pub release_playbooks: Vec<ChosenPlaybook>,
    /// The playbooks of the States told.
    pub receipt_playbooks: Vec<ChosenPlaybook>,
}

/// What the State where it happened, or the instance, says of a report under
/// verification.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is true: the duty of Article 17 begins.
    Open,
    /// More time is needed.
    Extend,
    /// It is given back to whoever reported, to be mended; the clock runs on.
    Return,
    /// It is not true.
    Withdraw,
}

/// What a report would do, said before it is sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Foreseen {
    /// The State of release, where it can be told.
    pub origin: Option<StateCode>,
    /// Whether the States in reach are told at once: because the State of
    /// release itself reports it. Else that State is asked to verify first.
    pub at_once: bool,
    /// Whether likely effects are said to be unlikely, which takes a second
    /// person before it counts.
    pub is_doubted: bool,
    /// The States that are told, at once or when it is verified.
    pub told: Vec<StateCode>,
}

/// Foresees what [`submit`] would decide on this report.
pub fn foresee(
    report: &Report,
    assessment: &Assessment,
    reporter: &Viewer,
    two_persons: bool,
    facts: &Facts<'_>,
) -> Foreseen {
    let origin = state_of_release(report, assessment);
    let at_once = !two_persons
        && origin.is_some()
        && reporter.state() == origin
        && matches!(
            reporter,
            Viewer::Account { role: Role::ContactPoint | Role::CompetentAuthority | Role::DutyOfficer, .. }
        );
    // That effects are unlikely takes a reason and a second person; until then
    // they count as unknown.
    let is_doubted = at_once && said_to_be_insignificant(&report.significance).is_some();
    Foreseen { origin, at_once, is_doubted, told: super::to_be_told(assessment, origin, facts) }
}

/// A report arrives. The State of release's own authorities make it that
/// Party's knowledge, and notices go out at once (17.1); anyone else's opens
/// the incident under verification and asks the State where it happened. So
/// does everyone's where two persons are required.
pub fn submit(submission: Submission<'_>, facts: &Facts<'_>) -> Decision {
    let Submission { incident, reference, id, report, reporter, two_persons, assessment, .. } = submission;
    let Foreseen { origin, at_once: own_knowledge, told, .. } =
        foresee(report, assessment, reporter, two_persons, facts);
    let doubted = own_knowledge.then(|| said_to_be_insignificant(&report.significance)).flatten();
    let home: StateSet = assessment.origin.iter().map(|f| f.iso2).chain(origin).collect();
    let concerned: StateSet = if own_knowledge && doubted.is_none() {
        home.iter().chain(told.iter().copied()).collect()
    } else {
        home
    };
    let mine = |audience: Audience| match reporter.account() {
        Some(account) => audience.and_reporter(account),
        None => audience,
    };
    let known = report.known.as_deref().map(Moment::read).and_then(|m| m.earliest);
    let mut draft = Draft::new(incident, report.mode, facts);
    draft.tell(
        mine(Audience::of(home)),
        Body::ReportReceived {
            report: id,
            content: Box::new(report.clone()),
            gaps: report.all_gaps(assessment, facts.now),
        },
    );
    if let (Some(event), Some(known)) = (draft.decision.events.last_mut(), known) {
        event.known = Some(known);
    }
    let counted = match report.significance.value {
        Likelihood::Unlikely => Significance::default(),
        _ => report.significance.clone(),
    };
    let opened = Body::IncidentOpened {
        reference: Some(reference),
        state: if own_knowledge { IncidentState::Open } else { IncidentState::UnderVerification },
        incident_type: IncidentType::Unintentional,
        state_of_release: origin,
        organism: report.organism.label(),
        group: assessment.group.clone(),
        place: report.place.description.clone(),
        significance: counted,
        aware: known,
    };
    draft.tell(mine(Audience::of(concerned)), opened);
    draft.tell(
        Audience::of(concerned),
        Body::Assessed { assessment: Box::new(assessment.clone()), cause: None },
    );
    draft.choose("state_of_release", submission.release_playbooks, home);
    let case = Case { report, assessment, playbooks: submission.receipt_playbooks };
    if let Some((significance, reason)) = doubted {
        draft.propose(Proposed::Significance { significance }, &reason);
    } else if own_knowledge {
        draft.tell_everyone_due(&case);
    } else {
        draft.ask_to_verify(&case);
    }
    draft.decision
}

/// What a report says, with the reason, when it says that effects are unlikely.
fn said_to_be_insignificant(said: &Significance) -> Option<(Significance, String)> {
    let reason = said.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty())?;
    (said.value == Likelihood::Unlikely).then(|| (said.clone(), reason.to_owned()))
}

/// The State under whose jurisdiction it happened: the one said, else the one
/// the place lies in when there is exactly one.
fn state_of_release(report: &Report, assessment: &Assessment) -> Option<StateCode> {
    let lies_in = |state: &StateCode| assessment.origin.iter().any(|f| f.iso2 == *state);
    match (report.state(), &assessment.origin[..]) {
        (Some(said), found) if found.is_empty() || lies_in(&said) => Some(said),
        (_, [only]) => Some(only.iso2),
        (said, _) => said,
    }
}

impl Draft<'_> {
    fn ask_to_verify(&mut self, case: &Case<'_>) {
        let origin = self.incident.state_of_release;
        let addressee = origin.map(Addressee::State);
        let notice = Notice::from_report(NoticeKind::Verification, case.report);
        let within = self.facts.now + self.facts.policy.verify_within;
        let route = addressee.as_ref().map(|addressee| {
            self.route(addressee, &notice, &super::telling::Manner::INFORM, Some(within), None)
        });
        let (hops, message, also) = route.map(super::telling::Route::split).unwrap_or_default();
        // A State with nobody to ask leaves the decision to the instance at once.
        let due = if message.is_some() { within } else { self.facts.now };
        self.set(Timer::Verification, due);
        let audience = Audience::of(origin.into_iter().collect());
        let notice = Box::new(notice);
        self.tell(audience, Body::VerificationRequested { state: origin, hops, message, also, notice, due });
    }
}

/// The State where it happened, or the instance's duty officer, decides on a
/// report under verification.
pub fn verify(
    incident: &Incident,
    verdict: Verdict,
    reason: &str,
    case: &Case<'_>,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    if incident.state != IncidentState::UnderVerification {
        return Err(Refusal::NotUnderVerification(incident.state));
    }
    let reason = with_reason(reason)?;
    let mut draft = Draft::on(incident, facts);
    let mut audience = draft.home_and_reporter();
    let (state, due) = match verdict {
        Verdict::Open => (IncidentState::Open, None),
        Verdict::Withdraw => (IncidentState::Withdrawn, None),
        Verdict::Return => (IncidentState::UnderVerification, incident.verify_by),
        Verdict::Extend => (IncidentState::UnderVerification, Some(facts.now + facts.policy.verify_within)),
    };
    if verdict == Verdict::Open {
        audience.states.extend(super::to_be_told(case.assessment, incident.state_of_release, facts));
    }
    if incident.duties.iter().any(crate::domain::duty::Duty::was_told) {
        // Some have had an unverified advisory: they hear what became of it.
        audience.states.extend(incident.states.iter());
    }
    let returned = verdict == Verdict::Return;
    draft.tell(audience, Body::VerificationDecided { state, reason: reason.clone(), due, returned });
    match (verdict, due) {
        (Verdict::Return, _) => {}
        (_, Some(due)) => draft.set(Timer::Verification, due),
        (_, None) => draft.clear(Timer::Verification),
    }
    match verdict {
        Verdict::Open => draft.tell_everyone_due(case),
        Verdict::Withdraw => draft.tell_of_the_end(NoticeKind::Withdrawal, &reason, case),
        Verdict::Extend | Verdict::Return => {}
    }
    Ok(draft.decision)
}

//! A reachability test in peacetime: every addressee is sent a notice that
//! says that nothing has happened, and its answer is scored.

use super::{Change, Decision, Draft, Facts, Refusal, telling::Manner, with_reason};
use crate::domain::{
    audience::Audience,
    duty::Addressee,
    event::Body,
    id::{IncidentId, Reference},
    incident::{Incident, IncidentState, IncidentType, Mode, Significance},
    notice::{Notice, NoticeKind},
    report::Report,
};

/// Sends a test of the line to every one of `addressees`. `nothing` is a report
/// of mode `test` in which nothing is said.
pub fn test_reachability(
    id: IncidentId,
    reference: Reference,
    addressees: &[Addressee],
    nothing: &Report,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    if addressees.is_empty() {
        return Err(Refusal::NobodyToTest);
    }
    let mut draft = Draft::new(id, Mode::Test, facts);
    let opened = Body::IncidentOpened {
        reference: Some(reference),
        state: IncidentState::Open,
        incident_type: IncidentType::Unclassified,
        state_of_release: None,
        organism: None,
        group: "unknown".to_owned(),
        place: None,
        significance: Significance::default(),
        aware: None,
    };
    let asked = Audience::of(addressees.iter().filter_map(Addressee::state).collect());
    draft.tell(asked, opened);
    for addressee in addressees {
        let notice = Notice::from_report(NoticeKind::Reachability, nothing);
        draft.issue(addressee.clone(), notice, &Manner::FIRST);
    }
    Ok(draft.decision)
}

/// A test of the line ends: nobody is told, and nothing else can be changed
/// about it.
pub fn end_test(
    incident: &Incident,
    change: &Change,
    reason: &str,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    let Change::State { to: to @ (IncidentState::Closed | IncidentState::Withdrawn), .. } = change else {
        return Err(Refusal::OnlyATest);
    };
    if incident.state.has_ended() {
        return Err(Refusal::HasEnded(incident.state));
    }
    let reason = with_reason(reason)?;
    let mut draft = Draft::on(incident, facts);
    let items = super::steering::still_open(incident);
    let still_open = Vec::new();
    let from = incident.state;
    draft.tell(draft.everybody(), Body::StateChanged { from, to: *to, reason, all_clear: false, still_open });
    if !items.is_empty() {
        draft.tell(draft.home(), Body::LeftOpen { items });
    }
    draft.let_go();
    Ok(draft.decision)
}

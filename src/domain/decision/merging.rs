//! Two incidents turn out to be one occurrence. Both references stay valid:
//! one goes on, the other points to it.

use super::{Case, Decision, Draft, Facts, Refusal, Timer, telling, with_reason};
use crate::domain::{
    audience::Audience,
    duty::Addressee,
    event::{Body, Cause},
    incident::{Incident, IncidentState},
    notice::{Notice, NoticeKind},
    state::StateSet,
};

fn check(target: &Incident, source: &Incident) -> Result<(), Refusal> {
    if target.id == source.id {
        return Err(Refusal::Itself);
    }
    if target.mode != source.mode {
        return Err(Refusal::OtherMode(target.mode, source.mode));
    }
    if target.state.has_ended() {
        return Err(Refusal::HasEnded(target.state));
    }
    Ok(())
}

/// The first half: `target` takes over `source`. Every addressee `source` had
/// told is told of `target`. A timer sees to the other half, whatever happens
/// in between.
pub fn absorb(
    target: &Incident,
    source: &Incident,
    reason: &str,
    case: &Case<'_>,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    let reason = with_reason(reason)?;
    check(target, source)?;
    if source.state.has_ended() {
        return Err(Refusal::HasEnded(source.state));
    }
    let mut draft = Draft::on(target, facts);
    let told: Vec<Addressee> = source
        .duties
        .iter()
        .filter(|duty| (duty.was_told() || duty.unreachable) && duty.addressee != Addressee::Bch)
        .map(|duty| duty.addressee.clone())
        .filter(|addressee| addressee.state().is_none() || addressee.state() != target.state_of_release)
        .collect();
    let joining: StateSet = told.iter().filter_map(Addressee::state).collect();
    let mut audience = draft.everybody();
    audience.states.extend(joining.iter().chain(source.state_of_release));
    let body = Body::Absorbed { absorbed: source.id, reference: source.reference.clone(), reason };
    draft.tell(audience, body);
    draft.set(Timer::Merging { absorbed: source.id }, facts.now);
    let new: Vec<Addressee> = told
        .into_iter()
        .filter(|addressee| target.duty(addressee).is_none_or(|d| d.notified.is_none() && !d.unreachable))
        .collect();
    if draft.incident.tells() && !new.is_empty() {
        let states = new.iter().filter_map(Addressee::state).chain(target.state_of_release).collect();
        let assessment = Box::new(case.assessment.clone());
        draft.tell(Audience::of(states), Body::Assessed { assessment, cause: Some(Cause::Absorbed) });
        let joining = new.iter().filter_map(Addressee::state).collect();
        for addressee in new {
            let notice = telling::notice(NoticeKind::Initial, &draft.incident, case, &addressee);
            draft.issue(addressee, notice, &telling::Manner::FIRST);
        }
        draft.choose("affected_state", case.playbooks.clone(), joining);
    }
    Ok(draft.decision)
}

/// The other half: `source` ends, and everybody it had told hears where it
/// goes on. Nothing more when that was done already.
pub fn merge_into(
    source: &Incident,
    target: &Incident,
    reason: &str,
    case: &Case<'_>,
    facts: &Facts<'_>,
) -> Decision {
    let mut draft = Draft::on(source, facts);
    if source.state.has_ended() || !source.state.may_become(IncidentState::Merged) {
        return draft.decision;
    }
    let reference = target.reference.as_ref().map(ToString::to_string).unwrap_or_default();
    let body =
        Body::MergedInto { into: target.id, reference: target.reference.clone(), reason: reason.to_owned() };
    draft.tell(draft.everybody(), body);
    draft.let_go();
    draft.inform_the_told(|incident, addressee| {
        let notice = telling::notice(NoticeKind::FollowUp, incident, case, addressee);
        let change = crate::domain::notice::Change {
            field: "/reference".to_owned(),
            before: incident.reference.as_ref().map(ToString::to_string),
            after: Some(reference.clone()),
        };
        Some(Notice { changes: vec![change], reason: Some(reason.to_owned()), ..notice })
    });
    draft.decision
}

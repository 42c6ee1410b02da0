//! What needs a second person: proposed by one, decided on by another. That
//! they are two persons is checked by whoever knows the accounts.

use super::{Case, Decision, Draft, Facts, Refusal, Timer, with_reason};
use crate::domain::{
    event::{Body, Proposed},
    incident::Incident,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a second person says of a proposal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalAnswer {
    /// It holds.
    Approve,
    /// It goes back to whoever proposed it, with what is to be mended.
    Return,
}

/// A second person decides on a proposal. One that is returned can be proposed
/// again.
pub fn decide_proposal(
    incident: &Incident,
    number: u32,
    answer: ProposalAnswer,
    reason: &str,
    case: &Case<'_>,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    let reason = match answer {
        ProposalAnswer::Approve => reason.trim().to_owned(),
        ProposalAnswer::Return => with_reason(reason)?,
    };
    let mut draft = Draft::on(incident, facts);
    draft.settle_proposal(number, answer == ProposalAnswer::Approve, &reason, case)?;
    Ok(draft.decision)
}

impl Draft<'_> {
    /// Refuses what is being decided already.
    pub(super) fn check_unproposed(&self, change: &Proposed) -> Result<(), Refusal> {
        let same = |other: &Proposed| std::mem::discriminant(other) == std::mem::discriminant(change);
        match self.incident.proposals.iter().find(|p| p.approved.is_none() && same(&p.change)) {
            Some(standing) => Err(Refusal::ProposedAlready(standing.number)),
            None => Ok(()),
        }
    }

    /// Proposes a change to a second person.
    pub(super) fn propose(&mut self, change: Proposed, reason: &str) {
        let number = u32::try_from(self.incident.proposals.len()).unwrap_or(u32::MAX).saturating_add(1);
        let due = self.facts.now + self.facts.policy.approve_within;
        self.set(Timer::Approval { number }, due);
        let body = Body::ChangeProposed { number, change, reason: reason.to_owned(), due };
        self.tell(self.home(), body);
    }

    /// A proposal is decided on; what was proposed happens with it.
    pub(super) fn settle_proposal(
        &mut self,
        number: u32,
        approved: bool,
        reason: &str,
        case: &Case<'_>,
    ) -> Result<(), Refusal> {
        let open = self.incident.proposals.iter().find(|p| p.number == number && p.approved.is_none());
        let proposal = open.cloned().ok_or(Refusal::NoSuchProposal(number))?;
        self.clear(Timer::Approval { number });
        self.tell(self.home(), Body::ProposalDecided { number, approved, reason: reason.to_owned() });
        match proposal.change {
            Proposed::Significance { significance } if approved => {
                self.change_significance(significance, &proposal.reason, case);
            }
            // What was held back meanwhile goes out now.
            Proposed::Significance { .. } => self.tell_everyone_due(case),
            Proposed::State { to, all_clear } if approved && self.incident.state.may_become(to) => {
                self.change_state(to, all_clear, &proposal.reason, case);
            }
            Proposed::State { .. } => {}
        }
        Ok(())
    }
}

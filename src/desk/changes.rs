//! The people in charge change an incident: facts, state, type, significance,
//! addressees, mergers; a second person decides where one is needed.

use super::{Asked, Committed, Desk, DeskError, assess};
use crate::{
    domain::{
        account::{Account, Action, NotIndependent, Viewer, can, check_independent},
        decision::{self, Change, Decision, ProposalAnswer, Refusal},
        duty::Addressee,
        id::{AccountId, IncidentId, Seq},
        incident::{Incident, IncidentState, Mode},
        reassessment::Anew,
        report::Report,
    },
    playbook,
    store::PAGE,
};

impl Desk {
    /// Changes what is known of the occurrence: `patch` is a JSON merge patch
    /// (RFC 7396) of the report as it stands.
    pub fn change_facts(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        patch: &serde_json::Value,
        reason: &str,
    ) -> Result<Committed, DeskError> {
        let now = self.now();
        let atlas = self.shelf.hold();
        self.decide_on(asked, incident, |incident| {
            may_change_facts(asked.by, incident)?;
            let report = self.report_of(incident)?;
            let mut value = serde_json::to_value(&report).unwrap_or_default();
            json_patch::merge(&mut value, patch);
            let changed: Report = serde_path_to_error::deserialize(value)
                .map_err(|error| Refusal::NotAReport(format!("{}: {}", error.path(), error.inner())))?;
            let before = self.assessment_of(incident)?;
            let (today, class) = assess(&atlas, &changed);
            let playbooks = self.choose(&changed, &today, class, playbook::Audience::AffectedState);
            let texts = self.texts(playbooks.iter());
            let anew = Anew { report: &report, before: &before, today, playbooks };
            let reporter = incident.report.and_then(|report| report.reporter);
            let own = reporter.is_some() && reporter == asked.by.account();
            let decision = self.with_facts(now, |facts| {
                decision::change_facts(incident, &changed, reason, own, anew, facts)
            })??;
            Ok((decision, texts))
        })
    }

    /// Changes an incident.
    pub fn change(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        change: &Change,
        reason: &str,
    ) -> Result<Committed, DeskError> {
        if let Change::Merge { absorb } = change {
            return self.merge(asked, incident, *absorb, reason);
        }
        let now = self.now();
        self.decide_on(asked, incident, |incident| {
            can(asked.by, Action::Steer, incident.state_of_release)?;
            if incident.reachability {
                let texts = Vec::new();
                let decision =
                    self.with_facts(now, |facts| decision::end_test(incident, change, reason, facts))??;
                return Ok((decision, texts));
            }
            let stored = self.stored_case(incident)?;
            let two_persons = self.settings.two_persons;
            let decision = self.with_facts(now, |facts| {
                decision::steer(incident, change, reason, two_persons, &stored.case(), facts)
            })??;
            Ok((decision, stored.texts))
        })
    }

    /// A second person decides on a proposal.
    pub fn decide_proposal(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        number: u32,
        answer: ProposalAnswer,
        reason: &str,
    ) -> Result<Committed, DeskError> {
        let now = self.now();
        self.decide_on(asked, incident, |incident| {
            can(asked.by, Action::Approve, incident.state_of_release)?;
            let proposal = incident.proposals.iter().find(|p| p.number == number && p.approved.is_none());
            let proposal = proposal.ok_or(Refusal::NoSuchProposal(number))?;
            // Giving back a proposal of one's own is taking it back.
            let own = proposal.by.is_some() && proposal.by == asked.by.account();
            if !(own && answer == ProposalAnswer::Return) {
                self.check_second(proposal.by, asked.by)?;
            }
            let stored = self.stored_case(incident)?;
            let decision = self.with_facts(now, |facts| {
                decision::decide_proposal(incident, number, answer, reason, &stored.case(), facts)
            })??;
            Ok((decision, stored.texts))
        })
    }

    /// Whether `viewer` is another person than the account that acted first.
    pub(super) fn check_second(&self, first: Option<AccountId>, viewer: &Viewer) -> Result<(), DeskError> {
        let account = |id: Option<AccountId>| -> Result<Option<Account>, DeskError> {
            Ok(id.map(|id| self.store.account(&Viewer::House, id)).transpose()?.flatten())
        };
        let (Some(doer), Some(approver)) = (account(first)?, account(viewer.account())?) else {
            return Err(NotIndependent::NoPerson.into());
        };
        let makers = (account(doer.created_by)?, account(approver.created_by)?);
        Ok(check_independent(&doer, &approver, (makers.0.as_ref(), makers.1.as_ref()))?)
    }

    /// Whether `viewer` may confirm a report where two persons are required: a
    /// report by somebody elsewhere has its second person already.
    pub(super) fn check_second_for_report(
        &self,
        incident: &Incident,
        viewer: &Viewer,
    ) -> Result<(), DeskError> {
        let Some(reporter) = incident.report.and_then(|report| report.reporter) else { return Ok(()) };
        let account = self.store.account(&Viewer::House, reporter)?;
        let from_elsewhere = account.is_some_and(|account| account.state != viewer.state());
        if from_elsewhere { Ok(()) } else { self.check_second(Some(reporter), viewer) }
    }

    /// `absorb` goes on in `incident`: first that one takes it over, then the
    /// other ends. A timer finishes what is interrupted in between.
    fn merge(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        absorb: IncidentId,
        reason: &str,
    ) -> Result<Committed, DeskError> {
        let now = self.now();
        let committed = self.decide_on(asked, incident, |target| {
            can(asked.by, Action::Steer, target.state_of_release)?;
            self.store.incident(asked.by, absorb)?.ok_or(DeskError::NotFound)?;
            let source = self.store.incident(&Viewer::House, absorb)?.ok_or(DeskError::NotFound)?;
            can(asked.by, Action::Steer, source.state_of_release)?;
            let stored = self.stored_case(target)?;
            let decision = self.with_facts(now, |facts| {
                decision::absorb(target, &source, reason, &stored.case(), facts)
            })??;
            Ok((decision, stored.texts))
        })?;
        if let Err(error) = self.finish_merger(asked.by, incident, absorb) {
            tracing::warn!(%error, "a merger is finished by its timer");
        }
        Ok(committed)
    }

    /// The other half of a merger; then nothing is left of its timer.
    pub(super) fn finish_merger(
        &self,
        viewer: &Viewer,
        target: IncidentId,
        absorbed: IncidentId,
    ) -> Result<(), DeskError> {
        let now = self.now();
        let standing = self.store.incident(&Viewer::House, target)?.ok_or(DeskError::NotFound)?;
        let reason = self.reason_of_merger(target, absorbed)?;
        self.decide_on(Asked::by(viewer), absorbed, |source| {
            let stored = self.stored_case(source)?;
            let decision = self.with_facts(now, |facts| {
                decision::merge_into(source, &standing, &reason, &stored.case(), facts)
            })?;
            Ok((decision, stored.texts))
        })?;
        self.decide_on(Asked::by(&Viewer::House), target, |incident| {
            let cleared = vec![decision::Timer::Merging { absorbed }];
            Ok((Decision { cleared, ..Decision::nothing_on(incident) }, Vec::new()))
        })
        .map(|_| ())
    }

    fn reason_of_merger(&self, target: IncidentId, absorbed: IncidentId) -> Result<String, DeskError> {
        let (mut after, mut reason) = (Seq(0), None);
        loop {
            let page = self.store.timeline(&Viewer::House, target, after, PAGE)?;
            let Some(end) = page.last().map(|event| event.seq) else {
                return Ok(reason.unwrap_or_default());
            };
            after = end;
            reason = page
                .iter()
                .find_map(|event| super::answers::reason_of_merger(&event.body, absorbed))
                .or(reason);
        }
    }

    /// Sends a test of the line to every State that has a contact point, or to
    /// those named. Nothing has happened, and the notice says so.
    pub fn test_reachability(&self, asked: Asked<'_>, named: &[Addressee]) -> Result<Committed, DeskError> {
        can(asked.by, Action::TestReachability, None)?;
        if let Some(request) = asked.idempotency
            && let Some(earlier) = self.store.answered(request)?
        {
            return Ok(earlier);
        }
        let now = self.now();
        let everybody = || -> Result<Vec<Addressee>, DeskError> {
            let mut all: Vec<Addressee> = self
                .store
                .contacts(&Viewer::House, None)?
                .into_iter()
                .map(|contact| contact.addressee)
                .filter(|addressee| *addressee != Addressee::Instance)
                .collect();
            all.sort();
            all.dedup();
            Ok(all)
        };
        let addressees = if named.is_empty() { everybody()? } else { named.to_vec() };
        let nothing = Report::saying_nothing(Mode::Test);
        let reference = self.store.next_reference(Mode::Test, &self.settings.instance, now)?;
        let id = IncidentId(self.entropy.id(now));
        let decision = self.with_facts(now, |facts| {
            decision::test_reachability(id, reference, &addressees, &nothing, facts)
        })??;
        self.commit(asked.by, now, decision, Vec::new(), asked.idempotency)
    }
}

/// The State of release and the instance; while nobody has confirmed it, the
/// reporter too.
fn may_change_facts(viewer: &Viewer, incident: &Incident) -> Result<(), DeskError> {
    let reported = incident.report.and_then(|report| report.reporter);
    let own = reported.is_some() && reported == viewer.account();
    if own && incident.state == IncidentState::UnderVerification {
        return Ok(can(viewer, Action::Submit, None)?);
    }
    Ok(can(viewer, Action::Steer, incident.state_of_release)?)
}

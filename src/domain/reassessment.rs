//! An incident assessed anew, because what the map knows has changed: States
//! newly in reach are told as at opening; nobody who was told is dropped.

use super::{
    assessment::{Assessment, Reason, Ring, StateFinding},
    audience::Audience,
    decision::{self, Case, Decision, Draft, Facts, Timer},
    duty::Addressee,
    event::{Body, Cause, ChosenPlaybook},
    incident::Incident,
    report::Report,
    state::{StateCode, StateSet},
};
use std::collections::BTreeMap;

/// An incident with what it was decided on, and what the map says today.
pub struct Anew<'a> {
    /// The report as it stood.
    pub report: &'a Report,
    /// The assessment that stands.
    pub before: &'a Assessment,
    /// What the map says today.
    pub today: Assessment,
    /// Playbooks for the States told, for an incident that had none for them.
    pub playbooks: Vec<ChosenPlaybook>,
}

/// What follows from assessing an incident anew because the map has changed.
/// The timer that asked for it is cleared; where the findings are as before, or
/// the incident has ended, nothing else happens. Under verification only the
/// assessment changes.
pub fn reassess(incident: &Incident, anew: Anew<'_>, facts: &Facts<'_>) -> Decision {
    let Anew { report, before, mut today, playbooks } = anew;
    let mut draft = Draft::on(incident, facts);
    draft.clear(Timer::Reassessment);
    if incident.state.has_ended() {
        return draft.decision;
    }
    keep_told(incident, before, &mut today);
    if says_the_same(before, &today) {
        return draft.decision;
    }
    let layers = changed_data(before, &today);
    let case = Case { report, assessment: &today, playbooks };
    draft.assess_anew(before, &case, Cause::DataChanged { layers });
    draft.tell_everyone_due(&case);
    draft.decision
}

/// What follows from facts that have changed: an assessment if it says
/// something else, first notices to States newly in reach, and follow-ups to
/// those told before. Nobody who was told is dropped.
pub(super) fn follow_facts(draft: &mut Draft<'_>, changed: &Report, reason: &str, anew: Anew<'_>) {
    let Anew { report, before, mut today, playbooks } = anew;
    let earlier = draft.incident.clone();
    keep_told(&earlier, before, &mut today);
    let case = Case { report: changed, assessment: &today, playbooks };
    if !says_the_same(before, &today) {
        draft.assess_anew(before, &case, Cause::FactsChanged);
    }
    draft.tell_everyone_due(&case);
    let case_before = Case { report, assessment: before, playbooks: Vec::new() };
    draft.follow_up((&earlier, &case_before), &case, reason);
}

impl Draft<'_> {
    /// What the map says today, to everybody who takes part, whom the place
    /// touches by either map, or who joins.
    fn assess_anew(&mut self, before: &Assessment, case: &Case<'_>, because: Cause) {
        let joining = if self.incident.tells() {
            decision::to_be_told(case.assessment, self.incident.state_of_release, self.facts)
        } else {
            Vec::new()
        };
        let concerned: StateSet = touched(&self.incident, before, case.assessment).chain(joining).collect();
        let assessment = Box::new(case.assessment.clone());
        self.tell(Audience::of(concerned), Body::Assessed { assessment, cause: Some(because) });
    }
}

/// The States told by a decision of [`reassess`].
pub fn newly_told(decision: &Decision) -> impl Iterator<Item = StateCode> {
    decision.events.iter().filter_map(|event| match &event.body {
        Body::NoticeIssued { addressee, .. } | Body::AddresseeUnreachable { addressee, .. } => {
            addressee.state()
        }
        _ => None,
    })
}

/// Who takes part already, and whom the place touches by either map.
fn touched(incident: &Incident, before: &Assessment, today: &Assessment) -> impl Iterator<Item = StateCode> {
    let origins = before.origin.iter().chain(&today.origin).map(|finding| finding.iso2);
    let standing: Vec<StateCode> = incident.states.iter().chain(origins).collect();
    standing.into_iter()
}

/// Every State something is owed to stays in the assessment, whatever the map
/// says today; such findings come last, by code.
fn keep_told(incident: &Incident, before: &Assessment, today: &mut Assessment) {
    let found: StateSet = today.origin.iter().chain(&today.states).map(|finding| finding.iso2).collect();
    let mut kept = BTreeMap::new();
    for finding in before.origin.iter().chain(&before.states) {
        let state = finding.iso2;
        if found.contains(state) || incident.duty(&Addressee::State(state)).is_none() {
            continue;
        }
        let left_out = today.excluded.iter().find(|exclusion| exclusion.iso2 == state);
        kept.insert(
            state,
            StateFinding {
                ring: Ring::Named,
                reason: Reason::ToldBefore,
                distance_m: left_out.map(|exclusion| exclusion.distance_m),
                bearing_deg: left_out.map(|exclusion| exclusion.bearing_deg),
                accuracy_m: left_out.map_or(finding.accuracy_m, |exclusion| exclusion.accuracy_m),
                earliest_arrival: None,
                ..finding.clone()
            },
        );
    }
    today.excluded.retain(|exclusion| !kept.contains_key(&exclusion.iso2));
    for state in kept.keys() {
        today.centres.extend(before.centres.iter().filter(|centre| centre.state == *state).cloned());
    }
    today.states.extend(kept.into_values());
}

/// Whether two assessments differ in nothing but the versions of their data.
fn says_the_same(before: &Assessment, today: &Assessment) -> bool {
    *before == Assessment { data: before.data.clone(), ..today.clone() }
}

/// The data sets that are in only one of two assessments, or in both with
/// different versions; in order of name.
fn changed_data(before: &Assessment, today: &Assessment) -> Vec<String> {
    let only = |these: &Assessment, those: &Assessment| -> Vec<String> {
        these.data.iter().filter(|set| !those.data.contains(set)).map(|set| set.layer.clone()).collect()
    };
    let mut names = only(before, today);
    names.extend(only(today, before));
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        account::{Role, Viewer},
        assessment::{DataVersion, Exclusion, LayerFinding},
        contact::{Channel, ChannelKind, ContactKind, ContactPoint},
        decision::{EscalationPolicy, Submission, Verdict},
        event::Event,
        id::{AccountId, ContactId, IncidentId, MessageId, Reference, ReportId, Seq},
        incident::IncidentState,
        place::Metres,
    };
    use jiff::Timestamp;
    use std::sync::Arc;
    use uuid::Uuid;

    fn state(code: &str) -> StateCode {
        code.parse().expect("a code")
    }

    fn report() -> Report {
        serde_json::from_value(serde_json::json!({ "mode": "test", "place": { "state": "CH" } }))
            .expect("a report")
    }

    fn finding(code: &str, ring: Ring) -> StateFinding {
        StateFinding {
            iso2: state(code),
            iso3: format!("{code}X").try_into().expect("a code"),
            distance_m: Some(Metres::new(1000.0).expect("a length")),
            bearing_deg: Some(90.0),
            accuracy_m: Metres::new(800.0).expect("a length"),
            ring,
            reason: Reason::PlaceInside,
            areas: vec![code.to_lowercase().into()],
            in_sector: None,
            earliest_arrival: None,
        }
    }

    fn excluded(code: &str) -> Exclusion {
        Exclusion {
            iso2: state(code),
            iso3: format!("{code}X").try_into().expect("a code"),
            distance_m: Metres::new(90_000.0).expect("a length"),
            bearing_deg: 10.0,
            accuracy_m: Metres::new(100.0).expect("a length"),
            reason: Reason::BeyondReach { reach_m: Metres::new(5000.0).expect("a length") },
        }
    }

    /// In Switzerland, with these States in reach, by data of this version.
    fn assessment(version: &str, states: &[&str], left_out: &[&str]) -> Assessment {
        Assessment {
            group: "unknown".to_owned(),
            reaches: Vec::new(),
            horizon_m: Metres::new(5000.0).expect("a length"),
            origin: vec![finding("CH", Ring::Touched)],
            states: states.iter().map(|code| finding(code, Ring::P95)).collect(),
            excluded: left_out.iter().map(|code| excluded(code)).collect(),
            hotspots: Vec::new(),
            layers: Vec::new(),
            centres: Vec::new(),
            gaps: Vec::new(),
            data: Arc::new([DataVersion {
                layer: "areas".to_owned(),
                version: version.to_owned(),
                date: String::new(),
                sha256: version.to_owned(),
            }]),
        }
    }

    fn with_facts<T>(decide: impl FnOnce(&Facts<'_>) -> T) -> T {
        let contacts = ["CH", "DE", "FR", "AT"].map(|code| ContactPoint {
            id: ContactId(Uuid::from_u128(u128::from(code.as_bytes()[0]))),
            addressee: Addressee::State(state(code)),
            kind: ContactKind::Article17,
            name: "Office".to_owned(),
            channels: vec![Channel::Live { account: AccountId(Uuid::nil()) }],
            languages: Vec::new(),
            hours: None,
            record: None,
            confirmed: None,
        });
        decide(&Facts {
            now: Timestamp::UNIX_EPOCH,
            contacts: &contacts,
            served: &[ChannelKind::Live],
            eu_members: &StateSet::default(),
            policy: EscalationPolicy::default(),
            digest: &|_| String::new(),
            compose: &|_| Vec::new(),
            message_id: &|| MessageId(Uuid::nil()),
        })
    }

    /// The incident after a decision, with the newest assessment.
    fn follow(decision: &Decision, incident: Option<Incident>) -> (Incident, Option<Assessment>) {
        let (mut incident, mut newest) = (incident, None);
        for new in &decision.events {
            let event = Event {
                seq: Seq(incident.as_ref().map_or(1, |i| i.head.0 + 1)),
                incident: decision.incident,
                mode: decision.mode,
                actor: None,
                occurred: Timestamp::UNIX_EPOCH,
                known: Timestamp::UNIX_EPOCH,
                recorded: Timestamp::UNIX_EPOCH,
                out_of_band: false,
                body: new.body.clone(),
            };
            if let Body::Assessed { assessment, .. } = &event.body {
                newest = Some((**assessment).clone());
            }
            incident.get_or_insert_with(|| Incident::before(&event)).apply(&event);
        }
        (incident.expect("an incident"), newest)
    }

    /// An incident opened by a State's contact point, on this assessment.
    fn opened(by: &str, assessment: &Assessment) -> Incident {
        let reporter =
            Viewer::Account { id: AccountId(Uuid::nil()), state: Some(state(by)), role: Role::ContactPoint };
        let report = report();
        let submission = Submission {
            incident: IncidentId(Uuid::nil()),
            reference: Reference::new("TX", "TEST", 1970, 1),
            two_persons: false,
            id: ReportId(Uuid::nil()),
            report: &report,
            reporter: &reporter,
            assessment,
            release_playbooks: Vec::new(),
            receipt_playbooks: Vec::new(),
        };
        follow(&with_facts(|facts| decision::submit(submission, facts)), None).0
    }

    fn anew(incident: &Incident, before: &Assessment, today: Assessment) -> Decision {
        let report = report();
        let anew = Anew { report: &report, before, today, playbooks: Vec::new() };
        with_facts(|facts| reassess(incident, anew, facts))
    }

    fn codes(states: &[StateFinding]) -> Vec<&str> {
        states.iter().map(|finding| finding.iso2.as_str()).collect()
    }

    #[test]
    fn states_newly_in_reach_are_told_and_only_they() {
        let before = assessment("1", &["DE"], &[]);
        let incident = opened("CH", &before);
        let decision = anew(&incident, &before, assessment("2", &["DE", "FR"], &[]));
        assert_eq!(newly_told(&decision).collect::<Vec<_>>(), [state("FR")]);
        assert_eq!(decision.messages.len(), 1);
        let awaited = Timer::Acknowledgement { addressee: Addressee::State(state("FR")) };
        assert_eq!(decision.timers.iter().map(|t| &t.timer).collect::<Vec<_>>(), [&awaited]);
        assert_eq!(decision.cleared, [Timer::Reassessment]);
        let Body::Assessed { cause, .. } = &decision.events[0].body else { panic!("assessed first") };
        assert_eq!(*cause, Some(Cause::DataChanged { layers: vec!["areas".to_owned()] }));
        for code in ["CH", "DE", "FR"] {
            assert!(decision.events[0].audience.states.contains(state(code)), "{code}");
        }
        let (incident, newest) = follow(&decision, Some(incident));
        assert!(incident.states.contains(state("FR")));
        let again = anew(&incident, &newest.expect("assessed"), assessment("3", &["DE", "FR"], &[]));
        assert!(again.events.is_empty(), "the same findings say nothing new: {:?}", again.events);
    }

    #[test]
    fn who_was_told_stays_with_the_reason() {
        let before = assessment("1", &["DE", "FR"], &["AT"]);
        let incident = opened("CH", &before);
        let decision = anew(&incident, &before, assessment("2", &["DE"], &["FR", "AT"]));
        assert_eq!(newly_told(&decision).count(), 0);
        let (incident, newest) = follow(&decision, Some(incident));
        let newest = newest.expect("assessed");
        assert_eq!(codes(&newest.states), ["DE", "FR"]);
        assert_eq!((newest.states[1].ring, &newest.states[1].reason), (Ring::Named, &Reason::ToldBefore));
        assert_eq!(newest.states[1].distance_m, Metres::new(90_000.0), "what the map says today");
        assert!(
            newest.excluded.iter().all(|exclusion| exclusion.iso2 == state("AT")),
            "not excluded as well"
        );
        assert!(incident.duty(&Addressee::State(state("FR"))).is_some());
        let again = anew(&incident, &newest, assessment("3", &["DE"], &["FR", "AT"]));
        assert!(again.events.is_empty(), "kept once, kept for good: {:?}", again.events);
        let back = anew(&incident, &newest, assessment("4", &["DE", "FR"], &["AT"]));
        let back = follow(&back, Some(incident)).1.expect("assessed");
        assert_eq!(back.states[1].reason, Reason::PlaceInside, "what the map says is said again");
    }

    #[test]
    fn a_changed_hotspot_is_shown_and_tells_nobody() {
        let before = assessment("1", &["DE"], &[]);
        let incident = opened("CH", &before);
        let mut today = assessment("2", &["DE"], &[]);
        today.hotspots.push(LayerFinding {
            layer: "hotspots".into(),
            code: "mediterranean".into(),
            name: "Mediterranean Basin".into(),
            distance_m: Metres::ZERO,
            bearing_deg: None,
            ring: Ring::Touched,
            reason: Reason::PlaceInside,
            approximate: false,
            accuracy_m: Metres::ZERO,
            overlap: None,
        });
        let decision = anew(&incident, &before, today);
        assert_eq!(decision.events.len(), 1);
        assert!(decision.messages.is_empty());
        assert!(!decision.events[0].audience.states.contains(state("FR")));
    }

    #[test]
    fn under_verification_only_the_assessment_changes() {
        let before = assessment("1", &["DE"], &[]);
        let incident = opened("JP", &before);
        assert_eq!(incident.state, IncidentState::UnderVerification);
        let decision = anew(&incident, &before, assessment("2", &["DE", "FR"], &[]));
        assert_eq!(decision.events.len(), 1);
        assert!(decision.messages.is_empty() && decision.timers.is_empty());
        assert_eq!(decision.events[0].audience.states.iter().collect::<Vec<_>>(), [state("CH")]);
    }

    #[test]
    fn what_has_ended_is_left_alone() {
        let before = assessment("1", &["DE"], &[]);
        let incident = opened("JP", &before);
        let report = report();
        let case = Case { report: &report, assessment: &before, playbooks: Vec::new() };
        let withdrawn = with_facts(|facts| {
            decision::verify(&incident, Verdict::Withdraw, "in error", &case, facts).expect("allowed")
        });
        let incident = follow(&withdrawn, Some(incident)).0;
        let decision = anew(&incident, &before, assessment("2", &["DE", "FR"], &[]));
        assert!(decision.events.is_empty());
        assert_eq!(decision.cleared, [Timer::Reassessment]);
    }
}

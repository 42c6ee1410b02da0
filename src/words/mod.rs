//! Codes and values → sentences, in the languages of the United Nations.
//!
//! The domain stores no sentences; whoever shows something asks a [`Speaker`].
//! A key missing in a language falls back to English, never to nothing.

mod texts;

use crate::domain::{
    assessment::{CentreFinding, Reason, Ring},
    contact::HopOutcome,
    event::{Body, Cause, Event},
    place::Metres,
    reach::{Grade, Pathway, Reach},
    report::Gap,
    run::Deed,
};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde::Serialize;
use std::borrow::Cow;

/// Languages there are texts for, the original first.
pub fn languages() -> impl Iterator<Item = &'static str> {
    texts::TEXTS.iter().map(|(language, _)| *language)
}

/// Speaks one language.
pub struct Speaker {
    bundles: Vec<FluentBundle<FluentResource>>,
    language: &'static str,
}

impl Speaker {
    /// A speaker of `language` (a two-letter code, or a list as browsers send
    /// it in `Accept-Language`); English if there are no texts for any of it.
    pub fn of(language: &str) -> Self {
        let wanted = language.split(',').filter_map(|part| {
            let code = part.split([';', '-']).next()?.trim();
            texts::TEXTS.iter().find(|(known, _)| code.eq_ignore_ascii_case(known))
        });
        let original = &texts::TEXTS[0];
        let (language, text) = wanted.chain([original]).next().unwrap_or(original);
        let mut bundles = vec![bundle(language, text)];
        if *language != original.0 {
            bundles.push(bundle(original.0, original.1));
        }
        Self { bundles, language }
    }

    /// The language spoken.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        texts::RIGHT_TO_LEFT.contains(&self.language)
    }

    /// The text of `key`, with values put in.
    pub fn say(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        self.bundles
            .iter()
            .find_map(|bundle| {
                let pattern = bundle.get_message(key)?.value()?;
                let text = bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new());
                Some(text.into_owned())
            })
            .unwrap_or_else(|| key.to_owned())
    }

    fn code(&self, group: &str, code: &impl Serialize) -> String {
        let code = serde_json::to_value(code).ok();
        let code = code.as_ref().and_then(|value| value.as_str()).unwrap_or("unknown");
        self.say(&format!("{group}-{code}"), &[])
    }

    /// A pathway.
    pub fn pathway(&self, pathway: Pathway) -> String {
        self.code("pathway", &pathway)
    }

    /// Any code of the domain: its group and the code as written.
    pub fn name(&self, group: &str, code: &impl Serialize) -> String {
        self.code(group, code)
    }

    /// Why a finding stands.
    pub fn reason(&self, reason: &Reason, ring: Option<Ring>) -> String {
        match reason {
            Reason::PlaceInside => self.say("reason-place_inside", &[]),
            Reason::WholeState => self.say("reason-whole_state", &[]),
            Reason::WithinReach { pathway, reach_m, .. } => {
                let ring = ring.map(|ring| self.code("ring", &ring)).unwrap_or_default();
                let values = [
                    ("reach", length(*reach_m)),
                    ("ring", ring.into()),
                    ("pathway", self.pathway(*pathway).into()),
                ];
                self.say("reason-within_reach", &values)
            }
            Reason::CannotExclude { pathway, reach_m, margin_m, .. } => {
                let values = [
                    ("reach", length(*reach_m)),
                    ("margin", length(*margin_m)),
                    ("pathway", self.pathway(*pathway).into()),
                ];
                self.say("reason-cannot_exclude", &values)
            }
            Reason::Destination { pathway } => {
                self.say("reason-destination", &[("pathway", self.pathway(*pathway).into())])
            }
            Reason::Reported => self.say("reason-reported", &[]),
            Reason::ToldBefore => self.say("reason-told_before", &[]),
            Reason::NearestCoast => self.say("reason-nearest_coast", &[]),
            Reason::Relation { area, basis } => {
                let values =
                    [("area", (&**area).into()), ("basis", self.say(&format!("basis-{basis}"), &[]).into())];
                self.say("reason-relation", &values)
            }
            Reason::BeyondReach { reach_m } => {
                self.say("reason-beyond_reach", &[("reach", length(*reach_m))])
            }
            Reason::NoDestinationNamed { pathway } => {
                self.say("reason-no_destination_named", &[("pathway", self.pathway(*pathway).into())])
            }
        }
    }

    /// Whether a State lies where wind or current carries the organism to.
    pub fn sector(&self, inside: bool) -> String {
        self.say(if inside { "sector-in" } else { "sector-out" }, &[])
    }

    /// How much of the reach lies in a feature.
    pub fn overlap(&self, share: f64) -> String {
        self.say("overlap", &[("percent", (100.0 * share).round().into())])
    }

    /// What is known of a reach beside its figures: its season, and how long
    /// the organism lasts on the way.
    pub fn circumstances(&self, reach: &Reach) -> Vec<String> {
        let season = reach.in_season.map(|inside| if inside { "season-in" } else { "season-out" });
        let season = season.map(|key| self.say(key, &[]));
        let lasting = reach.viability_hours.map(|hours| self.say("viability", &[("hours", hours.into())]));
        season.into_iter().chain(lasting).collect()
    }

    /// What a State is to an organism: centre of origin or diversity, or home
    /// of a wild relative; marked where nobody verified it.
    pub fn centre(&self, finding: &CentreFinding) -> String {
        let taxon = finding.taxon.as_deref().unwrap_or_default();
        let compatibility = finding.compatibility.map(|code| self.code("compatibility", &code));
        let values = [
            ("species", (&*finding.species).into()),
            ("taxon", taxon.into()),
            ("compatibility", compatibility.unwrap_or_default().into()),
        ];
        let role = serde_json::to_value(finding.role).ok();
        let role = role.as_ref().and_then(|value| value.as_str()).unwrap_or_default();
        let mut text = self.say(&format!("centre-{role}"), &values);
        if let Some(area) = &finding.area {
            text = self.say("centre-in_area", &[("finding", text.into()), ("area", (&**area).into())]);
        }
        if finding.grade == Grade::D {
            text = format!("{text} [{}]", self.code("grade", &finding.grade));
        }
        text
    }

    /// A gap: which field, and what is the matter.
    pub fn gap(&self, gap: &Gap) -> String {
        let field = gap.field.trim_start_matches('/').split('/').next().unwrap_or_default();
        let field = self.say(&format!("field-{field}"), &[]);
        let matter = self.code("gap", &gap.code);
        match &gap.as_said {
            Some(said) => format!("{field}: {matter} (“{said}”)"),
            None => format!("{field}: {matter}"),
        }
    }

    /// What came of a hop of a chain.
    pub fn hop(&self, outcome: HopOutcome) -> String {
        match outcome {
            HopOutcome::Told(channel) => self.code("channel", &channel),
            HopOutcome::NoChannel => self.say("hop-no_channel", &[]),
            HopOutcome::ChannelNotServed => self.say("hop-channel_not_served", &[]),
        }
    }

    /// What was done in a run, about a step or a role.
    fn deed(&self, key: &str, deed: &Deed) -> String {
        let what = self.say(&format!("deed-{}", deed.code()), &[]);
        match deed {
            Deed::RoleOffered { role, .. } | Deed::RoleTaken { role } | Deed::RoleLaidDown { role } => {
                self.say("event-role_recorded", &[("role", role.as_str().into()), ("what", what.into())])
            }
            _ => {
                let step = deed.step().unwrap_or_default();
                self.say(key, &[("step", step.into()), ("what", what.into())])
            }
        }
    }

    /// An event in one line. `name` gives the name of a State or organization.
    pub fn event(&self, event: &Event, name: &dyn Fn(&str) -> String) -> String {
        let key = format!("event-{}", event.body.name());
        let named = |addressee: &str| FluentValue::from(name(addressee));
        match &event.body {
            Body::ReportReceived { gaps, .. } => self.say(&key, &[("gaps", gaps.len().into())]),
            Body::IncidentOpened { reference, state, .. } => {
                let reference = reference.as_ref().map_or("", |r| r.as_str());
                self.say(
                    &key,
                    &[("reference", reference.into()), ("state", self.code("state", state).into())],
                )
            }
            Body::Assessed { assessment, cause } => {
                let mut values = vec![
                    ("states", assessment.states.len().into()),
                    ("hotspots", assessment.hotspots.len().into()),
                ];
                match cause {
                    None => self.say(&key, &values),
                    Some(Cause::DataChanged { layers }) => {
                        values.push(("layers", layers.join(", ").into()));
                        self.say("event-assessed_anew", &values)
                    }
                    Some(Cause::FactsChanged) => self.say("event-assessed_facts", &[]),
                    Some(Cause::Absorbed) => self.say("event-assessed_absorbed", &[]),
                }
            }
            Body::PlaybookChosen { audience_role, playbooks } => {
                let titles: Vec<&str> = playbooks.iter().map(|p| p.title.as_str()).collect();
                let values =
                    [("role", audience_role.as_str().into()), ("playbooks", titles.join("; ").into())];
                self.say(&key, &values)
            }
            Body::VerificationRequested { state, .. } => {
                let state = state.map_or_else(String::new, |s| s.to_string());
                self.say(&key, &[("addressee", named(&state))])
            }
            Body::VerificationDecided { state, .. } => {
                self.say(&key, &[("state", self.code("state", state).into())])
            }
            Body::MessageSending { addressee, attempt, .. } => {
                let to = named(&addressee.to_string());
                self.say(&key, &[("addressee", to), ("attempt", (*attempt).into())])
            }
            Body::MessageFailed { addressee, detail, .. } => {
                let to = named(&addressee.to_string());
                self.say(&key, &[("addressee", to), ("detail", detail.as_str().into())])
            }
            Body::EscalatedToInstance { about, .. } => {
                let about = about.as_ref().map_or_else(|| "none".into(), |about| named(&about.to_string()));
                self.say(&key, &[("addressee", about)])
            }
            Body::WordsErased { event, .. } => self.say(&key, &[("event", event.0.into())]),
            Body::FactsChanged { changes, .. } => self.say(&key, &[("count", changes.len().into())]),
            Body::RunStarted { playbook, .. } | Body::PlaybookAdopted { playbook, .. } => {
                self.say(&key, &[("playbook", playbook.title.as_str().into())])
            }
            Body::DeedRecorded { deed, .. } => self.deed(&key, deed),
            Body::StepOverdue(late) => self.say(&key, &[("step", late.step.as_str().into())]),
            Body::StateChanged { to, .. } => self.say(&key, &[("state", self.code("state", to).into())]),
            Body::TypeChanged { to, .. } => self.say(&key, &[("type", self.code("type", to).into())]),
            Body::SignificanceChanged { significance } => {
                self.say(&key, &[("likelihood", self.code("likelihood", &significance.value).into())])
            }
            Body::ProposalDecided { approved, .. } => self.say(&key, &[("approved", yes_or_no(*approved))]),
            Body::SharingChanged { told_see_each_other, .. } => {
                self.say(&key, &[("shared", yes_or_no(*told_see_each_other))])
            }
            Body::AddresseesNamed { addressees, .. } => {
                let all: Vec<String> = addressees.iter().map(|a| name(&a.to_string())).collect();
                self.say(&key, &[("addressees", all.join(", ").into())])
            }
            Body::Absorbed { reference, .. } | Body::MergedInto { reference, .. } => {
                let reference = reference.as_ref().map_or("", |r| r.as_str());
                self.say(&key, &[("reference", reference.into())])
            }
            Body::LiabilityRecorded { state, .. } => {
                self.say(&key, &[("addressee", named(&state.to_string()))])
            }
            Body::NoticeIssued { addressee, supersedes: Some(_), .. } => {
                self.say("event-notice_issued_again", &[("addressee", named(&addressee.to_string()))])
            }
            body => match body.addressee() {
                Some(addressee) => self.say(&key, &[("addressee", named(&addressee.to_string()))]),
                None => self.say(&key, &[]),
            },
        }
    }

    /// A bearing as one of eight directions.
    pub fn bearing(&self, degrees: f64) -> String {
        const NAMES: [&str; 8] = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
        let near = |(sector, _): &(usize, &&str)| {
            let away = (degrees - *sector as f64 * 45.0).rem_euclid(360.0);
            away <= 22.5 || away >= 337.5
        };
        let name = NAMES.iter().enumerate().find(near).map_or("n", |(_, name)| name);
        self.say(&format!("bearing-{name}"), &[])
    }
}

fn yes_or_no(yes: bool) -> FluentValue<'static> {
    if yes { "yes" } else { "no" }.into()
}

fn length(metres: Metres) -> FluentValue<'static> {
    FluentValue::String(Cow::Owned(distance(metres)))
}

/// A distance for people: metres below one kilometre, then kilometres with one
/// decimal, then whole kilometres.
pub fn distance(metres: Metres) -> String {
    match metres.get() {
        m if m < 1000.0 => format!("{m:.0} m"),
        m if m < 20_000.0 => format!("{:.1} km", m / 1000.0),
        m => format!("{:.0} km", m / 1000.0),
    }
}

/// A distance shown no finer than it is known: rounded to a step of 1, 2 or 5
/// times a power of ten that is at least `accuracy`; what rounds to nothing is
/// "less than" one step.
pub fn distance_within(metres: Metres, accuracy: Metres) -> String {
    let accuracy = accuracy.get().max(1.0);
    let power = 10_f64.powf(accuracy.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|s| *s >= accuracy);
    let step = step.unwrap_or(accuracy);
    let rounded = (metres.get() / step).round() * step;
    let shown = |m: f64| Metres::new(m).map(distance).unwrap_or_default();
    if rounded < step { format!("< {}", shown(step)) } else { shown(rounded) }
}

fn bundle(language: &str, text: &str) -> FluentBundle<FluentResource> {
    let id = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(texts::RIGHT_TO_LEFT.contains(&language));
    // A text with an error keeps what can be read; a test below refuses it.
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let _ = bundle.add_resource(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assessment::{CentreRole, Compatibility};

    #[test]
    fn reasons_become_sentences() {
        let speaker = Speaker::of("en-GB,fr;q=0.5");
        let reason = Reason::WithinReach {
            pathway: Pathway::Pollen,
            row: "brassica_napus.pollen".into(),
            reach_m: Metres::new(1000.0).expect("length"),
        };
        assert_eq!(
            speaker.reason(&reason, Some(Ring::P95)),
            "Within 1.0 km, where nearly all of the movement lies by pollen."
        );
    }

    #[test]
    fn a_centre_or_relative_is_said_with_its_mark() {
        let origin = CentreFinding {
            state: "MX".parse().expect("a code"),
            area: None,
            species: "Zea mays".into(),
            role: CentreRole::Origin,
            taxon: None,
            compatibility: None,
            source: "here".into(),
            grade: Grade::B,
            row: "maize".into(),
        };
        let relative = CentreFinding {
            role: CentreRole::WildRelative,
            taxon: Some("Zea diploperennis".into()),
            compatibility: Some(Compatibility::CrossesReadily),
            grade: Grade::D,
            ..origin.clone()
        };
        let afar = CentreFinding { area: Some("french-guiana".into()), ..origin.clone() };
        let said = |finding| Speaker::of("en").centre(finding);
        assert_eq!(said(&origin), "centre of origin of Zea mays");
        assert_eq!(said(&relative), "wild relative: Zea diploperennis (crosses readily) [unverified]");
        assert_eq!(said(&afar), "centre of origin of Zea mays, in the area french-guiana");
        for language in languages() {
            let said = Speaker::of(language).centre(&relative);
            assert!(said.contains("Zea diploperennis") && !said.contains("compatibility"), "{said}");
        }
    }

    #[test]
    fn a_distance_is_shown_no_finer_than_it_is_known() {
        let check = |metres, accuracy, shown| {
            let length = |m| Metres::new(m).expect("length");
            assert_eq!(distance_within(length(metres), length(accuracy)), shown);
        };
        check(283.0, 800.0, "< 1.0 km");
        check(1_730.0, 800.0, "2.0 km");
        check(115_234.0, 800.0, "115 km");
        check(115_234.0, 30_000.0, "100 km");
        check(283.4, 0.0, "283 m");
    }

    #[test]
    fn every_language_has_every_text_and_reads_without_error() {
        let keys = |text: &str| -> Vec<String> {
            let ids = text.lines().filter_map(|line| line.split_once(" =").map(|(id, _)| id.to_owned()));
            ids.filter(|id| id.starts_with(|c: char| c.is_ascii_alphabetic())).collect()
        };
        let original = keys(texts::TEXTS[0].1);
        assert!(original.len() > 90, "the reader of keys finds them");
        for (language, text) in texts::TEXTS {
            assert!(FluentResource::try_new(text.to_owned()).is_ok(), "{language} has an error");
            assert_eq!(keys(text), original, "{language}");
            let speaker = Speaker::of(language);
            assert_eq!(speaker.language(), language);
            let counted = speaker.say("event-assessed", &[("states", 3.into()), ("hotspots", 0.into())]);
            assert!(counted.contains('3') && !counted.contains('{'), "{language}: {counted}");
        }
    }

    #[test]
    fn an_unknown_language_falls_back_to_the_original() {
        assert_eq!(Speaker::of("tlh").language(), "en");
        assert_eq!(Speaker::of("").bearing(359.0), "north");
    }
}

//! Playbook, facts and what was done so far in; where every step stands out.
//! Pure: the same arguments give the same answer.
//!
//! ```text
//! condition false ──────────────► hidden
//! decision or step before it open ► blocked ─► open ─► (awaiting sign-off) ─► done
//!                                               │ └──► skipped, with a reason
//!                                               └ due passed ► overdue
//! ```

use super::{
    choose::Facts,
    due,
    expr::{Expr, Values},
    model::{Action, Fact, Playbook, Step},
    survey::{Survey, SurveyRing},
    view::{StepKind, StepState, StepView, SurveyView},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};
use utoipa::ToSchema;

/// What was done so far in one run.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = RunProgress, value_type = std::collections::HashMap<String, StepRecord>)]
pub struct Progress(pub BTreeMap<String, StepRecord>);

/// What was done so far of one step.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct StepRecord {
    /// How it ended, if it has.
    pub outcome: Option<Outcome>,
    /// What it found out, by fact; of a decision the answer.
    pub answers: BTreeMap<String, String>,
    /// When it was done, of a repeated step, oldest first.
    #[schema(value_type = Vec<String>)]
    pub rounds: Vec<Timestamp>,
    /// Who agreed.
    pub signoffs: Vec<String>,
}

/// How a step ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
#[schema(as = StepOutcome)]
pub enum Outcome {
    /// It was done.
    Done {
        /// When.
        #[schema(value_type = String, format = DateTime)]
        at: Timestamp,
        /// By whom.
        by: String,
    },
    /// It was left out.
    Skipped {
        /// When.
        #[schema(value_type = String, format = DateTime)]
        at: Timestamp,
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
}

impl Progress {
    /// Writes down that a step was done, with what it found out.
    pub fn done(&mut self, step: &str, at: Timestamp, by: &str, answers: &[(&str, &str)]) {
        let record = self.0.entry(step.to_owned()).or_default();
        record.outcome = Some(Outcome::Done { at, by: by.to_owned() });
        record.answers.extend(answers.iter().map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned())));
    }

    /// Writes down that a step was left out, and why.
    pub fn skipped(&mut self, step: &str, at: Timestamp, by: &str, reason: &str) {
        let record = self.0.entry(step.to_owned()).or_default();
        record.outcome = Some(Outcome::Skipped { at, by: by.to_owned(), reason: reason.to_owned() });
    }

    /// Writes down one round of a repeated step, with what it found out.
    pub fn round(&mut self, step: &str, at: Timestamp, answers: &[(&str, &str)]) {
        let record = self.0.entry(step.to_owned()).or_default();
        record.rounds.push(at);
        record.answers.extend(answers.iter().map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned())));
    }
}

/// The clocks that have started, by code: `known`, `released`, `notified`, …
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = RunClocks, value_type = std::collections::HashMap<String, String>)]
pub struct Clocks(pub BTreeMap<String, Timestamp>);

impl<const N: usize> From<[(&str, Timestamp); N]> for Clocks {
    fn from(clocks: [(&str, Timestamp); N]) -> Self {
        Self(clocks.into_iter().map(|(code, at)| (code.to_owned(), at)).collect())
    }
}

/// Where every step stands at `now`, in printed order: open and overdue,
/// blocked, awaiting sign-off, done, skipped and hidden.
pub fn open_steps(
    playbook: &Playbook,
    facts: &Facts,
    progress: &Progress,
    clocks: &Clocks,
    now: Timestamp,
) -> Vec<StepView> {
    let mut run = Run::new(playbook, facts, progress, clocks, now);
    (0..playbook.steps.len()).map(|index| run.view(index)).collect()
}

/// One evaluation: every step is settled once.
struct Run<'a> {
    playbook: &'a Playbook,
    facts: &'a Facts,
    progress: &'a Progress,
    clocks: &'a Clocks,
    now: Timestamp,
    index: BTreeMap<&'a str, usize>,
    /// Which step sets or records a fact.
    setters: BTreeMap<&'a str, Vec<usize>>,
    /// What the steps found out, later ones in print before earlier ones.
    found: BTreeMap<&'a str, &'a str>,
    conditions: Vec<Option<Expr>>,
    /// The `together` a step belongs to.
    groups: Vec<Option<usize>>,
    settled: Vec<Option<StepState>>,
    visiting: Vec<bool>,
}

impl<'a> Run<'a> {
    fn new(
        playbook: &'a Playbook,
        facts: &'a Facts,
        progress: &'a Progress,
        clocks: &'a Clocks,
        now: Timestamp,
    ) -> Self {
        let count = playbook.steps.len();
        let index: BTreeMap<_, _> =
            playbook.steps.iter().enumerate().map(|(at, step)| (step.code.as_str(), at)).collect();
        let mut setters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut groups = vec![None; count];
        for (at, step) in playbook.steps.iter().enumerate() {
            if let Action::Decide { sets, .. } = &step.action {
                setters.entry(&sets.value).or_default().push(at);
            }
            if let Action::Together { steps } = &step.action {
                for member in steps.iter().filter_map(|member| index.get(member.value.as_str())) {
                    groups[*member] = Some(at);
                }
            }
        }
        let records = playbook.steps.iter().filter_map(|step| progress.0.get(&step.code));
        let found = records
            .flat_map(|record| &record.answers)
            .map(|(fact, value)| (fact.as_str(), value.as_str()))
            .collect();
        let conditions = playbook.steps.iter().map(|step| condition(playbook, step)).collect();
        let (settled, visiting) = (vec![None; count], vec![false; count]);
        Self {
            playbook,
            facts,
            progress,
            clocks,
            now,
            index,
            setters,
            found,
            conditions,
            groups,
            settled,
            visiting,
        }
    }

    fn record(&self, index: usize) -> Option<&'a StepRecord> {
        self.progress.0.get(&self.playbook.steps[index].code)
    }

    /// What a fact is: what the steps found out goes before what was known at
    /// the start.
    fn values(&self, fact: &str) -> Values<'a> {
        if Facts::BUILT_IN.contains(&fact) {
            return self.facts.values(fact);
        }
        self.found.get(fact).map_or_else(|| self.facts.values(fact), |value| vec![Cow::Borrowed(*value)])
    }

    fn settle(&mut self, index: usize) -> StepState {
        if let Some(state) = &self.settled[index] {
            return state.clone();
        }
        if std::mem::replace(&mut self.visiting[index], true) {
            // A circle, which the checker refuses: it never opens.
            return StepState::Blocked { by: vec![self.playbook.steps[index].code.clone()] };
        }
        let state = self.state(index);
        self.visiting[index] = false;
        self.settled[index] = Some(state.clone());
        state
    }

    fn state(&mut self, index: usize) -> StepState {
        let step = &self.playbook.steps[index];
        if let Some(state) = self.ended(index) {
            return state;
        }
        let (mut by, hidden) = self.barriers(index);
        if let Some(condition) = hidden {
            return StepState::Hidden { condition };
        }
        if let Some(group) = self.groups[index] {
            match self.settle(group) {
                StepState::Blocked { by: before } => by.extend(before),
                StepState::Hidden { condition } => return StepState::Hidden { condition },
                StepState::Skipped { reason } => return StepState::Skipped { reason },
                _ => {}
            }
        }
        by.extend(self.unfinished(step.after.iter().map(|spot| spot.value.as_str())));
        by.sort();
        by.dedup();
        if !by.is_empty() {
            return StepState::Blocked { by };
        }
        if self.due(index).is_some_and(|due| due < self.now) { StepState::Overdue } else { StepState::Open }
    }

    /// The state of a step that was done or left out, or that ends by itself.
    fn ended(&mut self, index: usize) -> Option<StepState> {
        let step = &self.playbook.steps[index];
        let record = self.record(index);
        match record.and_then(|record| record.outcome.as_ref()) {
            Some(Outcome::Skipped { reason, .. }) => {
                return Some(StepState::Skipped { reason: reason.clone() });
            }
            Some(Outcome::Done { by, .. }) => return Some(after_signoff(step, record, by)),
            None => {}
        }
        match &step.action {
            Action::Repeat { until, .. } => {
                let rounds = record.map_or(0, |record| record.rounds.len());
                (rounds > 0 && until.value.holds(&|fact| self.values(fact))).then_some(StepState::Done)
            }
            // A group has no barrier of its own members: they look up to it.
            Action::Together { steps } if !self.is_barred(index) => {
                let mut all = true;
                for member in steps {
                    let member = self.index.get(member.value.as_str()).copied();
                    all &= member.is_some_and(|member| self.recorded_as_finished(member));
                }
                all.then_some(StepState::Done)
            }
            _ => None,
        }
    }

    /// Whether a member of a group is finished, without asking the group.
    fn recorded_as_finished(&mut self, index: usize) -> bool {
        if std::mem::replace(&mut self.visiting[index], true) {
            return false;
        }
        let finished = self.ended(index).is_some_and(|state| state.is_finished()) || {
            let (by, hidden) = self.barriers(index);
            by.is_empty() && hidden.is_some()
        };
        self.visiting[index] = false;
        finished
    }

    fn is_barred(&mut self, index: usize) -> bool {
        let (by, hidden) = self.barriers(index);
        let after = &self.playbook.steps[index].after;
        hidden.is_some()
            || !by.is_empty()
            || !self.unfinished(after.iter().map(|s| s.value.as_str())).is_empty()
    }

    /// The open decisions its condition waits for; and the condition as a
    /// sentence when it does not hold.
    fn barriers(&mut self, index: usize) -> (Vec<String>, Option<String>) {
        let Some(condition) = self.conditions[index].clone() else { return (Vec::new(), None) };
        let waits = self.waits_for(index, &condition);
        let holds = condition.holds(&|fact| self.values(fact));
        let hidden =
            (waits.is_empty() && !holds).then(|| condition.sentence(&|fact| name(self.playbook, fact)));
        (waits, hidden)
    }

    fn waits_for(&mut self, index: usize, condition: &Expr) -> Vec<String> {
        let mut waits = Vec::new();
        for fact in condition.facts() {
            if !self.values(fact).is_empty() {
                continue;
            }
            for setter in self.setters.get(fact).cloned().unwrap_or_default() {
                if setter != index && !self.settle(setter).is_finished() {
                    waits.push(self.playbook.steps[setter].code.clone());
                }
            }
        }
        waits
    }

    fn unfinished(&mut self, codes: impl Iterator<Item = &'a str>) -> Vec<String> {
        let mut open = Vec::new();
        for code in codes {
            let finished =
                self.index.get(code).copied().is_some_and(|index| self.settle(index).is_finished());
            if !finished {
                open.push(code.to_owned());
            }
        }
        open
    }

    fn due(&self, index: usize) -> Option<Timestamp> {
        let step = &self.playbook.steps[index];
        if let Action::Repeat { every, .. } = &step.action
            && let Some(last) = self.record(index).and_then(|record| record.rounds.last())
        {
            return every.after(*last);
        }
        let due = &step.due.as_ref()?.value;
        let start = match &due.from {
            due::From::Clock(clock) => self.clocks.0.get(clock).copied(),
            due::From::Step(code) => match self.progress.0.get(code)?.outcome {
                Some(Outcome::Done { at, .. }) => Some(at),
                _ => None,
            },
        };
        due.delay.after(start?)
    }

    fn view(&mut self, index: usize) -> StepView {
        let state = self.settle(index);
        let due = self.due(index);
        let step = &self.playbook.steps[index];
        let (kind, answers, runs) = described(self.playbook, step);
        let mut records: Vec<String> = step.records.iter().map(|spot| spot.value.clone()).collect();
        if let Action::Decide { sets, .. } = &step.action {
            records.push(sets.value.clone());
        }
        let role = step.by.as_ref().map(|spot| spot.value.clone());
        StepView {
            code: step.code.clone(),
            number: step.number.clone(),
            kind,
            title: step.text.clone(),
            role_title: role.as_ref().and_then(|code| {
                self.playbook.roles.iter().find(|role| role.code == *code).map(|role| role.title.clone())
            }),
            role,
            due,
            due_rule: step.due.as_ref().map(|spot| spot.value.clone()),
            late: !state.is_finished() && due.is_some_and(|due| due < self.now),
            required: step.required,
            state,
            answers,
            records,
            rounds: self.record(index).map_or(0, |record| record.rounds.len()),
            runs,
            evidence: step.evidence.clone(),
            signoff: step.signoff.as_ref().map(|spot| spot.value.clone()),
            legal: step.legal.clone(),
            figures: step.figures.clone(),
            survey: step.survey.as_ref().and_then(|survey| surveyed(survey, self.facts)),
        }
    }
}

/// What a fact is called.
fn name(playbook: &Playbook, fact: &str) -> String {
    playbook.fact(fact).map_or_else(|| fact.replace('_', " "), |fact| format!("“{}”", fact.title))
}

/// When a step opens: its own condition, and the answers of the decisions
/// that name it.
pub(crate) fn condition(playbook: &Playbook, step: &Step) -> Option<Expr> {
    let mut named: Vec<Expr> = Vec::new();
    for decision in &playbook.steps {
        let Action::Decide { sets, cases } = &decision.action else { continue };
        let opens = |case: &&super::model::Case| case.steps.iter().any(|spot| spot.value == step.code);
        let values: Vec<String> = cases.iter().filter(opens).map(|case| case.value.value.clone()).collect();
        if !values.is_empty() {
            named.push(Expr::In(sets.value.clone(), values));
        }
    }
    let chosen = if named.len() > 1 { Some(Expr::Or(named)) } else { named.pop() };
    Expr::both(chosen, step.when.as_ref().map(|spot| spot.value.clone()))
}

/// Done, unless persons other than the doer have still to agree.
fn after_signoff(step: &Step, record: Option<&StepRecord>, doer: &str) -> StepState {
    let Some(rule) = &step.signoff else { return StepState::Done };
    let mut agreed: Vec<&String> =
        record.iter().flat_map(|record| &record.signoffs).filter(|who| *who != doer).collect();
    agreed.sort();
    agreed.dedup();
    match rule.value.n.saturating_sub(u16::try_from(agreed.len()).unwrap_or(u16::MAX)) {
        0 => StepState::Done,
        missing => StepState::AwaitingSignoff { missing },
    }
}

fn described(playbook: &Playbook, step: &Step) -> (StepKind, Vec<String>, Option<String>) {
    match &step.action {
        Action::Do => (StepKind::Do, Vec::new(), None),
        Action::Decide { sets, cases } => {
            let listed = playbook.fact(&sets.value).and_then(Fact::values);
            let answers = match listed {
                Some(values) => values.into_iter().map(str::to_owned).collect(),
                None => cases.iter().map(|case| case.value.value.clone()).collect(),
            };
            (StepKind::Decide, answers, None)
        }
        Action::Together { .. } => (StepKind::Together, Vec::new(), None),
        Action::Repeat { .. } => (StepKind::Repeat, Vec::new(), None),
        Action::RunPlaybook { playbook } => (StepKind::RunPlaybook, Vec::new(), Some(playbook.value.clone())),
    }
}

fn surveyed(survey: &Survey, facts: &Facts) -> Option<SurveyView> {
    Some(SurveyView {
        ring: survey.ring,
        radius_m: match survey.ring {
            SurveyRing::P95 => facts.p95_m,
            SurveyRing::Max => facts.max_m,
        },
        confidence: survey.confidence,
        prevalence: survey.prevalence,
        samples: survey.samples()?,
        unit: survey.unit.clone(),
    })
}

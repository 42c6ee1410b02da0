//! Playbook, facts and what was done so far in; where every step stands out.
//! Pure: the same arguments give the same answer.
//!
//! ```text
//! condition false ────────────────► hidden
//! decision or step before it open ► blocked ─► open ─► (awaiting evidence) ─► (awaiting sign-off) ─► done
//!                                               │ └──► skipped, with a reason
//!                                               └ due passed ► overdue
//! ```
//!
//! A step that a decision opens stays hidden while that decision is hidden. A
//! condition waits for the steps that find out its facts. An answer counts
//! when the step that found it is done, evidence and sign-off included; of two
//! answers to one fact the later one counts, by the time it was found.
//! Members of a group (`together`, and `run_playbook` in an edition) wait for
//! what the group waits for; the group is done when they are.

use super::{
    choose::Facts,
    due,
    expr::{Expr, UNKNOWN, Values},
    model::{Action, EvidenceRule, Fact, Playbook, Required, Step},
    progress::{AddedStep, Clocks, Outcome, Progress, StepRecord},
    sentence,
    survey::{Survey, SurveyRing},
    text::{Language, Text},
    view::{DoneView, EvidenceGap, RunSummary, StepKind, StepState, StepView, SurveyView},
};
use crate::domain::id::AccountId;
use jiff::Timestamp;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

/// Where every step stands at `now`, in printed order, added steps last.
pub fn open_steps(
    playbook: &Playbook,
    facts: &Facts,
    progress: &Progress,
    clocks: &Clocks,
    now: Timestamp,
) -> Vec<StepView> {
    Plan::of(playbook).steps(facts, progress, clocks, now)
}

/// Records of steps that the playbook does not have (any more), by code: what
/// was done and kept there stays to be seen.
pub fn orphans<'p>(playbook: &Playbook, progress: &'p Progress) -> Vec<&'p str> {
    let known: BTreeSet<&str> = playbook.steps.iter().map(|step| step.code.as_str()).collect();
    let added = |code: &str| progress.added.iter().any(|step| step.code == code);
    progress.steps.keys().map(String::as_str).filter(|code| !known.contains(code) && !added(code)).collect()
}

/// The steps that were done and rest on this one, directly or not: they come
/// after it, or open by what it found out. Undoing it opens them again.
pub fn rests_on(playbook: &Playbook, progress: &Progress, step: &str) -> Vec<String> {
    let plan = Plan::of(playbook);
    let mut later: BTreeSet<usize> = BTreeSet::new();
    let mut added: Vec<&AddedStep> = Vec::new();
    let mut next: Vec<usize> = plan.index.get(step).copied().into_iter().collect();
    let start = next.first().copied();
    let mut seen_codes: BTreeSet<&str> = BTreeSet::from([step]);
    while let Some(index) = next.pop() {
        for other in plan.next_after(index) {
            if Some(other) != start && later.insert(other) {
                seen_codes.insert(plan.code(other));
                next.push(other);
            }
        }
    }
    // Added steps wait for steps of the playbook, and for each other in order.
    for step in &progress.added {
        if step.after.iter().any(|code| seen_codes.contains(code.as_str())) {
            seen_codes.insert(&step.code);
            added.push(step);
        }
    }
    let done = |code: &&str| {
        let record = progress.steps.get(*code);
        matches!(record.and_then(|record| record.outcome.as_ref()), Some(Outcome::Done { .. }))
    };
    let printed = later.into_iter().map(|index| plan.code(index));
    printed.chain(added.into_iter().map(|step| step.code.as_str())).filter(done).map(str::to_owned).collect()
}

/// Which decision opens a step, and by which answers.
struct Opener<'p> {
    decision: usize,
    fact: &'p str,
    answers: Vec<&'p str>,
}

/// A playbook worked out for asking many runs where they stand: which step
/// waits for which.
pub struct Plan<'p> {
    playbook: &'p Playbook,
    index: HashMap<&'p str, usize>,
    after: Vec<Vec<Result<usize, &'p str>>>,
    openers: Vec<Vec<Opener<'p>>>,
    /// Which steps find out a fact.
    finders: HashMap<&'p str, Vec<usize>>,
    group: Vec<Option<usize>>,
    members: Vec<Vec<usize>>,
}

impl<'p> Plan<'p> {
    /// Works a playbook out; an edition with all its steps.
    pub fn of(playbook: &'p Playbook) -> Self {
        let steps = &playbook.steps;
        let count = steps.len();
        let index: HashMap<&str, usize> =
            steps.iter().enumerate().map(|(at, step)| (step.code.as_str(), at)).collect();
        let mut plan = Self {
            playbook,
            after: Vec::with_capacity(count),
            openers: (0..count).map(|_| Vec::new()).collect(),
            finders: HashMap::new(),
            group: vec![None; count],
            members: vec![Vec::new(); count],
            index,
        };
        for (at, step) in steps.iter().enumerate() {
            let after = step.after.iter().map(|spot| resolved(&plan.index, &spot.value));
            plan.after.push(after.collect());
            for fact in found_by(step) {
                plan.finders.entry(fact).or_default().push(at);
            }
            // Steps of another playbook stand under the step that runs it.
            if let Some(parent) = step.code.rsplit_once('/').and_then(|(parent, _)| plan.index.get(parent)) {
                plan.group[at] = Some(*parent);
            }
        }
        for (at, step) in steps.iter().enumerate() {
            match &step.action {
                Action::Together { steps } => {
                    for member in steps.iter().filter_map(|member| plan.index.get(member.value.as_str())) {
                        if *member != at {
                            plan.group[*member] = Some(at);
                        }
                    }
                }
                Action::Decide { sets, cases } => {
                    for (target, answers) in opened(cases) {
                        if let Some(target) = plan.index.get(target) {
                            let opener = Opener { decision: at, fact: &sets.value, answers };
                            plan.openers[*target].push(opener);
                        }
                    }
                }
                _ => {}
            }
        }
        for (at, group) in plan.group.iter().enumerate() {
            if let Some(group) = group {
                plan.members[*group].push(at);
            }
        }
        plan
    }

    /// Where every step of a run stands at `now`, in printed order, added
    /// steps last.
    pub fn steps(
        &self,
        facts: &Facts,
        progress: &Progress,
        clocks: &Clocks,
        now: Timestamp,
    ) -> Vec<StepView> {
        let mut run = Run::new(self, facts, progress, clocks, now);
        (0..run.count()).map(|index| run.view(index)).collect()
    }

    fn code(&self, index: usize) -> &'p str {
        &self.playbook.steps[index].code
    }

    /// Whether the step is finished by its members.
    fn is_group(&self, index: usize) -> bool {
        match self.playbook.steps[index].action {
            Action::Together { .. } => true,
            Action::RunPlaybook { .. } => !self.members[index].is_empty(),
            _ => false,
        }
    }

    /// The steps that wait for this one directly.
    fn next_after(&self, index: usize) -> Vec<usize> {
        let facts = found_by(&self.playbook.steps[index]);
        let waits = |later: &usize| {
            let step = &self.playbook.steps[*later];
            self.after[*later].contains(&Ok(index))
                || self.group[index] == Some(*later)
                || self.group[*later].is_some_and(|group| self.after[group].contains(&Ok(index)))
                || self.openers[*later].iter().any(|opener| opener.decision == index)
                || step.when.iter().flat_map(|when| when.value.facts()).any(|fact| facts.contains(&fact))
        };
        (0..self.playbook.steps.len()).filter(|later| *later != index).filter(waits).collect()
    }
}

/// The step of this code, else the one that runs the playbook it is in.
fn resolved<'p>(index: &HashMap<&str, usize>, code: &'p str) -> Result<usize, &'p str> {
    let mut named = code;
    loop {
        if let Some(at) = index.get(named) {
            return Ok(*at);
        }
        named = named.rsplit_once('/').ok_or(code)?.0;
    }
}

/// The facts a step finds out.
pub(crate) fn found_by(step: &Step) -> Vec<&str> {
    let mut facts: Vec<&str> = step.records.iter().map(|spot| spot.value.as_str()).collect();
    if let Action::Decide { sets, .. } = &step.action {
        facts.push(&sets.value);
    }
    facts
}

/// The steps a decision opens, each with the answers that do.
fn opened(cases: &[super::model::Case]) -> BTreeMap<&str, Vec<&str>> {
    let mut opened: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for case in cases {
        for step in &case.steps {
            opened.entry(&step.value).or_default().push(&case.value.value);
        }
    }
    opened
}

/// When a step opens: its own condition, and the answers of the decisions
/// that name it.
pub(crate) fn condition(playbook: &Playbook, step: &Step) -> Option<Expr> {
    let mut named: Vec<Expr> = Vec::new();
    for decision in &playbook.steps {
        let Action::Decide { sets, cases } = &decision.action else { continue };
        if let Some(answers) = opened(cases).remove(step.code.as_str()) {
            named.push(Expr::In(sets.value.clone(), answers.into_iter().map(str::to_owned).collect()));
        }
    }
    let chosen = if named.len() > 1 { Some(Expr::Or(named)) } else { named.pop() };
    Expr::both(chosen, step.when.as_ref().map(|spot| spot.value.clone()))
}

/// What stands before a step, apart from what was done about itself.
#[derive(Clone)]
enum Barrier<'a> {
    Free,
    Blocked(Vec<&'a str>),
    /// By the condition of this step: its own, or that of its group.
    Hidden(usize),
    Skipped(&'a str),
}

/// Where a step stands, without words.
#[derive(Clone)]
enum Standing<'a> {
    Open,
    Blocked(Vec<&'a str>),
    AwaitingEvidence,
    AwaitingSignoff(u16),
    Done,
    Hidden(usize),
    Skipped(&'a str),
}

impl Standing<'_> {
    fn is_finished(&self) -> bool {
        matches!(self, Self::Done | Self::Hidden(_) | Self::Skipped(_))
    }
}

/// One evaluation: every step is settled once. Added steps stand behind
/// those of the playbook.
pub(crate) struct Run<'a> {
    plan: &'a Plan<'a>,
    facts: &'a Facts,
    progress: &'a Progress,
    clocks: &'a Clocks,
    now: Timestamp,
    records: Vec<Option<&'a StepRecord>>,
    /// What the steps found out, and when.
    found: HashMap<&'a str, (Timestamp, &'a str)>,
    barriers: Vec<Option<Barrier<'a>>>,
    settled: Vec<Option<Standing<'a>>>,
    visiting: Vec<[bool; 2]>,
}

impl<'a> Run<'a> {
    pub fn new(
        plan: &'a Plan<'a>,
        facts: &'a Facts,
        progress: &'a Progress,
        clocks: &'a Clocks,
        now: Timestamp,
    ) -> Self {
        let codes = plan.playbook.steps.iter().map(|step| &step.code);
        let codes = codes.chain(progress.added.iter().map(|step| &step.code));
        let records: Vec<_> = codes.map(|code| progress.steps.get(code)).collect();
        let count = records.len();
        let mut run = Self {
            plan,
            facts,
            progress,
            clocks,
            now,
            records,
            found: HashMap::new(),
            barriers: vec![None; count],
            settled: vec![None; count],
            visiting: vec![[false; 2]; count],
        };
        run.gather();
        run
    }

    pub fn count(&self) -> usize {
        self.records.len()
    }

    /// The place of a step of the playbook or an added one.
    pub fn place(&self, code: &str) -> Option<usize> {
        let added = || self.progress.added.iter().position(|step| step.code == code);
        self.plan.index.get(code).copied().or_else(|| added().map(|at| at + self.plan.playbook.steps.len()))
    }

    /// A step of the playbook; absent for an added one.
    pub fn step(&self, index: usize) -> Option<&'a Step> {
        self.plan.playbook.steps.get(index)
    }

    fn added(&self, index: usize) -> Option<&'a AddedStep> {
        self.progress.added.get(index.checked_sub(self.plan.playbook.steps.len())?)
    }

    fn code(&self, index: usize) -> &'a str {
        self.added(index).map_or_else(|| self.plan.code(index), |step| &step.code)
    }

    pub fn is_group(&self, index: usize) -> bool {
        self.step(index).is_some() && self.plan.is_group(index)
    }

    /// What was found out by steps that are done.
    fn gather(&mut self) {
        let mut found: HashMap<&'a str, (Timestamp, &'a str)> = HashMap::new();
        let mut add = |at: Timestamp, answers: &'a BTreeMap<String, String>| {
            for (fact, value) in answers {
                let newest = found.get(fact.as_str()).is_none_or(|(earlier, _)| *earlier <= at);
                if newest {
                    found.insert(fact, (at, value));
                }
            }
        };
        for (step, record) in self.plan.playbook.steps.iter().zip(&self.records) {
            let Some(record) = *record else { continue };
            record.rounds.iter().for_each(|round| add(round.at, &round.answers));
            if let Some(Outcome::Done { at, .. }) = &record.outcome
                && matches!(proven(step, record), Standing::Done)
            {
                add(*at, &record.answers);
            }
        }
        self.found = found;
    }

    /// What a fact is: what the steps found out goes before what was known at
    /// the start.
    fn values(&self, fact: &str) -> Values<'a> {
        if Facts::BUILT_IN.contains(&fact) {
            return self.facts.values(fact);
        }
        self.found.get(fact).map_or_else(|| self.facts.values(fact), |(_, value)| vec![Cow::Borrowed(*value)])
    }

    fn barrier(&mut self, index: usize) -> Barrier<'a> {
        if let Some(barrier) = &self.barriers[index] {
            return barrier.clone();
        }
        if std::mem::replace(&mut self.visiting[index][0], true) {
            // A circle, which the checker refuses: it never opens.
            return Barrier::Blocked(vec![self.code(index)]);
        }
        let barrier = self.raised(index);
        self.visiting[index][0] = false;
        self.barriers[index] = Some(barrier.clone());
        barrier
    }

    fn raised(&mut self, index: usize) -> Barrier<'a> {
        let mut by: Vec<&'a str> = Vec::new();
        if let Some(added) = self.added(index) {
            for code in &added.after {
                match self.place(code) {
                    Some(earlier) if self.settle(earlier).is_finished() => {}
                    _ => by.push(code),
                }
            }
        } else {
            let plan = self.plan;
            if let Some(group) = plan.group[index] {
                if let Some(Outcome::Skipped { reason, .. }) = self.outcome(group) {
                    return Barrier::Skipped(reason);
                }
                match self.barrier(group) {
                    Barrier::Blocked(before) => by.extend(before),
                    Barrier::Free => {}
                    shut => return shut,
                }
            }
            let Some(waits) = self.condition_waits(index) else { return Barrier::Hidden(index) };
            by.extend(waits);
            for earlier in &plan.after[index] {
                match earlier {
                    Ok(earlier) if self.settle(*earlier).is_finished() => {}
                    Ok(earlier) => by.push(plan.code(*earlier)),
                    Err(nowhere) => by.push(nowhere),
                }
            }
        }
        by.sort_unstable();
        by.dedup();
        if by.is_empty() { Barrier::Free } else { Barrier::Blocked(by) }
    }

    /// The steps its conditions wait for; absent when they do not hold.
    fn condition_waits(&mut self, index: usize) -> Option<Vec<&'a str>> {
        let plan = self.plan;
        let mut waits = Vec::new();
        if let Some(when) = &plan.playbook.steps[index].when {
            for fact in when.value.facts() {
                if !self.values(fact).is_empty() {
                    continue;
                }
                for finder in plan.finders.get(fact).into_iter().flatten() {
                    if *finder != index && !self.settle(*finder).is_finished() {
                        waits.push(plan.code(*finder));
                    }
                }
            }
            if waits.is_empty() && !when.value.holds(&|fact| self.values(fact)) {
                return None;
            }
        }
        let mut chosen = plan.openers[index].is_empty();
        let mut undecided = Vec::new();
        for opener in &plan.openers[index] {
            let answered = self.values(opener.fact);
            if answered.is_empty() {
                match self.settle(opener.decision) {
                    Standing::Hidden(_) => {}
                    decided if decided.is_finished() => chosen |= opener.answers.contains(&UNKNOWN),
                    _ => undecided.push(plan.code(opener.decision)),
                }
            } else {
                chosen |= opener.answers.iter().any(|answer| answered.iter().any(|value| value == answer));
            }
        }
        if !chosen {
            if undecided.is_empty() {
                return None;
            }
            waits.extend(undecided);
        }
        Some(waits)
    }

    fn outcome(&self, index: usize) -> Option<&'a Outcome> {
        self.records[index]?.outcome.as_ref()
    }

    fn settle(&mut self, index: usize) -> Standing<'a> {
        if let Some(standing) = &self.settled[index] {
            return standing.clone();
        }
        if std::mem::replace(&mut self.visiting[index][1], true) {
            return Standing::Blocked(vec![self.code(index)]);
        }
        let standing = self.standing(index);
        self.visiting[index][1] = false;
        self.settled[index] = Some(standing.clone());
        standing
    }

    fn standing(&mut self, index: usize) -> Standing<'a> {
        let group = self.is_group(index);
        match self.outcome(index) {
            Some(Outcome::Skipped { reason, .. }) => return Standing::Skipped(reason),
            Some(Outcome::Done { .. }) if !group => {
                let record = self.records[index];
                return match (self.step(index), record) {
                    (Some(step), Some(record)) => proven(step, record),
                    _ => Standing::Done,
                };
            }
            _ => {}
        }
        if let Some(step) = self.step(index)
            && let Action::Repeat { until, .. } = &step.action
            && let Some(record) = self.records[index].filter(|record| !record.rounds.is_empty())
            && until.value.holds(&|fact| self.values(fact))
        {
            return proven(step, record);
        }
        match self.barrier(index) {
            Barrier::Hidden(by) => Standing::Hidden(by),
            Barrier::Skipped(reason) => Standing::Skipped(reason),
            Barrier::Blocked(by) => Standing::Blocked(by),
            Barrier::Free if group => {
                let plan = self.plan;
                let done = plan.members[index].iter().all(|member| self.settle(*member).is_finished());
                if done { Standing::Done } else { Standing::Open }
            }
            Barrier::Free => Standing::Open,
        }
    }

    /// When a step was finished, as far as that has a time.
    fn ended(&mut self, index: usize) -> Option<Timestamp> {
        if self.is_group(index) {
            let plan = self.plan;
            if !self.settle(index).is_finished() {
                return None;
            }
            return plan.members[index].iter().filter_map(|member| self.ended(*member)).max();
        }
        let record = self.records[index]?;
        if let Some(outcome) = &record.outcome {
            return Some(outcome.at());
        }
        if !self.settle(index).is_finished() {
            return None;
        }
        record.rounds.last().map(|round| round.at)
    }

    /// Whether anything was done about a step or its members.
    fn begun(&self, index: usize) -> bool {
        let touched = |record: &StepRecord| record.outcome.is_some() || !record.rounds.is_empty();
        self.records[index].is_some_and(touched)
            || self.plan.members.get(index).into_iter().flatten().any(|member| self.begun(*member))
    }

    /// When a step is due; of `run_playbook` when it must have begun, absent
    /// once it has.
    fn due(&mut self, index: usize) -> Option<Timestamp> {
        let Some(step) = self.step(index) else { return self.added(index)?.due };
        if let Action::Repeat { every, .. } = &step.action
            && let Some(last) = self.records[index].and_then(|record| record.rounds.last())
        {
            return every.after(last.at);
        }
        if matches!(step.action, Action::RunPlaybook { .. }) && self.is_group(index) && self.begun(index) {
            return None;
        }
        let due = &step.due.as_ref()?.value;
        let start = match &due.from {
            due::From::Clock(clock) => self.clocks.0.get(clock).copied(),
            due::From::Step(code) => {
                let earlier = resolved(&self.plan.index, code).ok()?;
                self.ended(earlier)
            }
        };
        due.delay.after(start?)
    }

    pub fn state(&mut self, index: usize) -> StepState {
        match self.settle(index) {
            Standing::Open => match self.due(index) {
                Some(due) if due < self.now => StepState::Overdue,
                _ => StepState::Open,
            },
            Standing::Blocked(by) => StepState::Blocked { by: by.into_iter().map(str::to_owned).collect() },
            Standing::AwaitingEvidence => {
                let missing = match (self.step(index), self.records[index]) {
                    (Some(step), Some(record)) => lacking(step, record),
                    _ => Vec::new(),
                };
                StepState::AwaitingEvidence { missing }
            }
            Standing::AwaitingSignoff(missing) => StepState::AwaitingSignoff { missing },
            Standing::Done => StepState::Done,
            Standing::Skipped(reason) => StepState::Skipped { reason: reason.to_owned() },
            Standing::Hidden(by) => {
                let playbook = self.plan.playbook;
                let condition = condition(playbook, &playbook.steps[by]);
                let condition = condition.map(|condition| sentence::in_all(playbook, &condition));
                StepState::Hidden { condition: condition.unwrap_or_default() }
            }
        }
    }

    fn view(&mut self, index: usize) -> StepView {
        let state = self.state(index);
        let due = self.due(index);
        let late = !state.is_finished() && due.is_some_and(|due| due < self.now);
        let record = self.records[index];
        let mut view = match (self.step(index), self.added(index)) {
            (Some(step), _) => self.written(step),
            (None, Some(added)) => extra(added, index + 1 - self.plan.playbook.steps.len()),
            (None, None) => StepView::default(),
        };
        let playbook = self.plan.playbook;
        view.role_title = view.role.as_ref().and_then(|code| {
            playbook.roles.iter().find(|role| role.code == *code).map(|role| role.title.clone())
        });
        view.persons = view
            .role
            .as_ref()
            .and_then(|role| self.progress.roles.get(role))
            .map(|role| role.holders.keys().copied().collect())
            .unwrap_or_default();
        view.group = self
            .step(index)
            .and_then(|_| self.plan.group[index])
            .map(|group| self.plan.code(group).to_owned());
        if let Some(record) = record {
            view.rounds = record.rounds.len();
            view.undone = record.undone.len();
            view.answered.clone_from(&record.answers);
            view.kept = record.evidence.iter().filter(|piece| piece.withdrawn.is_none()).count();
            view.signed = record.signoffs.iter().map(|signed| signed.by).collect();
            view.done = finished(view.required, record);
        }
        StepView { due, late, state, ..view }
    }

    /// A step of the playbook, without where it stands.
    fn written(&self, step: &'a Step) -> StepView {
        let playbook = self.plan.playbook;
        let (kind, answers, runs) = described(playbook, step);
        let mut answer_titles = BTreeMap::new();
        if let Action::Decide { sets, .. } = &step.action {
            for answer in &answers {
                answer_titles.insert(answer.clone(), sentence::answer(playbook, &sets.value, answer));
            }
        }
        let key = format!("steps.{}", step.code);
        let behind =
            |language: &Language| playbook.overlaid.get(language).is_some_and(|o| o.stale.contains(&key));
        StepView {
            code: step.code.clone(),
            number: step.number.clone(),
            kind,
            title: step.text.clone(),
            stale: playbook.overlaid.keys().copied().filter(behind).collect(),
            role: step.by.as_ref().map(|spot| spot.value.clone()),
            due_rule: step.due.as_ref().map(|spot| spot.value.clone()),
            required: step.required,
            answers,
            answer_titles,
            records: found_by(step).into_iter().map(str::to_owned).collect(),
            runs,
            evidence: step.evidence.clone(),
            signoff: step.signoff.as_ref().map(|spot| spot.value.clone()),
            legal: step.legal.clone(),
            figures: step.figures.clone(),
            survey: step.survey.as_ref().and_then(|survey| surveyed(survey, self.facts)),
            ..StepView::default()
        }
    }
}

/// A step that somebody added, without where it stands.
fn extra(added: &AddedStep, number: usize) -> StepView {
    StepView {
        code: added.code.clone(),
        number: format!("+{number}"),
        title: Text::english(&*added.words),
        role: added.role.clone(),
        required: added.required,
        added: Some(added.reason.clone()),
        ..StepView::default()
    }
}

/// How a step ended, and whether that was as written.
fn finished(required: Required, record: &StepRecord) -> Option<DoneView> {
    match record.outcome.as_ref()? {
        Outcome::Done { at, by, deviation } => {
            Some(DoneView { at: *at, by: *by, deviation: deviation.clone() })
        }
        Outcome::Skipped { at, by, reason } => {
            let deviation = (required == Required::Must).then(|| reason.clone());
            Some(DoneView { at: *at, by: *by, deviation })
        }
    }
}

/// Where a step stands that was done: first its evidence, then other persons.
fn proven<'a>(step: &Step, record: &StepRecord) -> Standing<'a> {
    if step.evidence.iter().any(|rule| kept(rule, record) < needed(rule, record)) {
        return Standing::AwaitingEvidence;
    }
    let Some(rule) = &step.signoff else { return Standing::Done };
    let doer = doer(record);
    let mut agreed: Vec<AccountId> = record
        .signoffs
        .iter()
        .filter(|signed| Some(signed.by) != doer && rule.value.of.contains(&signed.role))
        .map(|signed| signed.by)
        .collect();
    agreed.sort_unstable();
    agreed.dedup();
    match rule.value.n.saturating_sub(u16::try_from(agreed.len()).unwrap_or(u16::MAX)) {
        0 => Standing::Done,
        missing => Standing::AwaitingSignoff(missing),
    }
}

/// Who did a step; of a repetition its last round.
pub(crate) fn doer(record: &StepRecord) -> Option<AccountId> {
    match &record.outcome {
        Some(Outcome::Done { by, .. }) => Some(*by),
        _ => record.rounds.last().map(|round| round.by),
    }
}

/// How many pieces a rule asks for; of a repetition for every round.
fn needed(rule: &EvidenceRule, record: &StepRecord) -> usize {
    usize::from(rule.min) * record.rounds.len().max(1)
}

/// How many pieces count for a rule. An entry in the log is what was said of
/// the step, unless it is to be kept with its chain of hands.
fn kept(rule: &EvidenceRule, record: &StepRecord) -> usize {
    let counts = |piece: &&super::progress::Evidence| {
        piece.withdrawn.is_none()
            && piece.kept.kind == rule.kind
            && (piece.kept.chain_of_custody || !rule.chain_of_custody)
    };
    let said = if rule.kind == "log" && !rule.chain_of_custody { record.notes.len() } else { 0 };
    record.evidence.iter().filter(counts).count() + said
}

fn lacking(step: &Step, record: &StepRecord) -> Vec<EvidenceGap> {
    let gap = |rule: &EvidenceRule| {
        let (have, need) = (kept(rule, record), needed(rule, record));
        let gap = EvidenceGap {
            kind: rule.kind.clone(),
            chain_of_custody: rule.chain_of_custody,
            have: u16::try_from(have).unwrap_or(u16::MAX),
            need: u16::try_from(need).unwrap_or(u16::MAX),
        };
        (have < need).then_some(gap)
    };
    step.evidence.iter().filter_map(gap).collect()
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
        Action::RunPlaybook { playbook, .. } => {
            (StepKind::RunPlaybook, Vec::new(), Some(playbook.value.clone()))
        }
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

impl RunSummary {
    /// What a list of steps comes to, at `now`. Groups are not counted: their
    /// members are.
    pub fn of(steps: &[StepView], now: Timestamp) -> Self {
        let mut sum = Self { finished: true, ..Self::default() };
        for step in steps {
            sum.finished &= step.state.is_finished();
            let waits = step.due.filter(|due| *due >= now && !step.state.is_finished());
            sum.next_due = [sum.next_due, waits].into_iter().flatten().min();
            if steps.iter().any(|other| other.group.as_ref() == Some(&step.code)) {
                continue;
            }
            match step.state {
                StepState::Open => sum.open += 1,
                StepState::Overdue => sum.overdue += 1,
                StepState::Blocked { .. } => sum.blocked += 1,
                StepState::AwaitingEvidence { .. } | StepState::AwaitingSignoff { .. } => sum.unproven += 1,
                StepState::Done => sum.done += 1,
                StepState::Skipped { .. } => sum.skipped += 1,
                StepState::Hidden { .. } => sum.hidden += 1,
            }
        }
        sum
    }
}

//! Which step follows which. A playbook says what each step waits for, and
//! everything else is open at once; a CACAO workflow is a tree of branches
//! that open and close. Every step is given one place in that tree:
//!
//! - inside the branch of the decision that opens it, or inside its group,
//!   else at the top;
//! - there behind the latest of the steps it waits for, beside everything
//!   else that waits for the same.
//!
//! No step waits for more than the playbook says, with three exceptions: what
//! comes after a step with a condition, a repetition or a group begins when
//! that is over. Where the tree cannot say that a step waits (for one in
//! another branch), the step says so in words.

use crate::playbook::{Playbook, Step, engine, expr::Expr, model::Action};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A place that opens and closes as one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Scope {
    /// The playbook.
    Top,
    /// The members of this group.
    Members(usize),
    /// What these answers of this decision open.
    Opened(usize, Vec<String>),
}

impl Scope {
    fn owner(&self) -> Option<usize> {
        match self {
            Self::Top => None,
            Self::Members(owner) | Self::Opened(owner, _) => Some(*owner),
        }
    }
}

/// The place of every step.
pub(super) struct Course<'p> {
    pub playbook: &'p Playbook,
    /// The scope of each step.
    scope: Vec<Scope>,
    /// The condition of each step beyond what its scope says.
    pub guard: Vec<Option<Expr>>,
    /// What each step waits for.
    pub waits: Vec<BTreeSet<usize>>,
    /// The steps that begin with their scope.
    first: BTreeMap<Scope, Vec<usize>>,
    /// The steps that begin when a decision is made, beside what it opens.
    pub beside: Vec<Vec<usize>>,
    /// The steps that begin when a step and all in it are over.
    pub after: Vec<Vec<usize>>,
}

/// Which answers of which decision open a step.
type Openers = Vec<Vec<(usize, Vec<String>)>>;

impl<'p> Course<'p> {
    pub fn of(playbook: &'p Playbook) -> Self {
        let count = playbook.steps.len();
        let index: HashMap<&str, usize> =
            playbook.steps.iter().enumerate().map(|(at, step)| (step.code.as_str(), at)).collect();
        let openers = openers(playbook, &index);
        let mut scopes = Scopes {
            groups: groups(playbook, &index),
            openers: &openers,
            scope: vec![Scope::Top; count],
            state: vec![State::New; count],
        };
        for at in 0..count {
            scopes.settled(at);
        }
        let scope = scopes.scope;
        let guard: Vec<Option<Expr>> = playbook
            .steps
            .iter()
            .zip(&scope)
            .map(|(step, scope)| match scope {
                Scope::Opened(..) => step.when.as_ref().map(|when| when.value.clone()),
                _ => engine::condition(playbook, step),
            })
            .collect();
        let waits = waits(playbook, &index, &openers, &guard);
        let mut course = Self {
            playbook,
            scope,
            guard,
            waits,
            first: BTreeMap::new(),
            beside: vec![Vec::new(); count],
            after: vec![Vec::new(); count],
        };
        let mut members: BTreeMap<Scope, Vec<usize>> = BTreeMap::new();
        for (at, scope) in course.scope.iter().enumerate() {
            members.entry(scope.clone()).or_default().push(at);
        }
        for (scope, members) in &members {
            course.place(scope, members);
        }
        course
    }

    pub fn step(&self, at: usize) -> &'p Step {
        &self.playbook.steps[at]
    }

    /// The steps that begin with this scope.
    pub fn first(&self, scope: &Scope) -> &[usize] {
        self.first.get(scope).map_or(&[], Vec::as_slice)
    }

    /// What a decision opens: the answers, in printed order, of each branch.
    pub fn branches(&self, decision: usize) -> Vec<Vec<String>> {
        let mut found: Vec<Vec<String>> = Vec::new();
        for scope in &self.scope {
            if let Scope::Opened(owner, answers) = scope
                && *owner == decision
                && !found.contains(answers)
            {
                found.push(answers.clone());
            }
        }
        found
    }

    /// Every step inside a step, at any depth.
    pub fn inside(&self, outer: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.scope.len()).filter(move |at| {
            let mut owner = self.scope[*at].owner();
            while let Some(up) = owner {
                if up == outer {
                    return true;
                }
                owner = self.scope[up].owner();
            }
            false
        })
    }

    /// The step of this scope that `at` is or is inside of, and whether it is
    /// inside.
    fn lifted(&self, at: usize, scope: &Scope) -> Option<(usize, bool)> {
        let (mut here, mut inside) = (at, false);
        while self.scope[here] != *scope {
            here = self.scope[here].owner()?;
            inside = true;
        }
        Some((here, inside))
    }

    fn place(&mut self, scope: &Scope, members: &[usize]) {
        let local: Vec<Vec<(usize, bool)>> = members
            .iter()
            .map(|at| {
                let lifted = self.waits[*at].iter().filter_map(|wait| self.lifted(*wait, scope));
                lifted.filter(|(other, _)| other != at).collect()
            })
            .collect();
        let mut rank: HashMap<usize, usize> = HashMap::new();
        let mut left: Vec<usize> = (0..members.len()).collect();
        while !left.is_empty() {
            let ready = |which: &usize| local[*which].iter().all(|(other, _)| rank.contains_key(other));
            // In a circle, which the checker refuses, the first in print begins.
            let next = left.iter().position(ready).unwrap_or(0);
            let which = left.remove(next);
            let at = members[which];
            let parent = local[which].iter().filter_map(|(other, _)| Some((rank.get(other)?, *other))).max();
            match parent {
                None => self.first.entry(scope.clone()).or_default().push(at),
                Some((_, parent)) => {
                    let within = local[which].contains(&(parent, true));
                    let decides = matches!(self.step(parent).action, Action::Decide { .. });
                    if decides && !within && self.guard[parent].is_none() {
                        self.beside[parent].push(at);
                    } else {
                        self.after[parent].push(at);
                    }
                }
            }
            rank.insert(at, rank.len());
        }
    }
}

/// A step by code; `parent/child` of a playbook that is not written in counts
/// as the step that runs it.
fn place(index: &HashMap<&str, usize>, code: &str) -> Option<usize> {
    let mut named = code;
    loop {
        if let Some(at) = index.get(named) {
            return Some(*at);
        }
        named = named.rsplit_once('/')?.0;
    }
}

fn openers(playbook: &Playbook, index: &HashMap<&str, usize>) -> Openers {
    let mut openers: Openers = vec![Vec::new(); playbook.steps.len()];
    for (decision, step) in playbook.steps.iter().enumerate() {
        let Action::Decide { cases, .. } = &step.action else { continue };
        for case in cases {
            for opened in case.steps.iter().filter_map(|spot| index.get(spot.value.as_str())) {
                let answer = case.value.value.clone();
                match openers[*opened].iter_mut().find(|(other, _)| *other == decision) {
                    Some((_, answers)) => answers.push(answer),
                    None => openers[*opened].push((decision, vec![answer])),
                }
            }
        }
    }
    openers
}

/// The group each step is in: the first `together` that names it, else the
/// step that runs its playbook.
fn groups(playbook: &Playbook, index: &HashMap<&str, usize>) -> Vec<Option<usize>> {
    let mut groups = vec![None; playbook.steps.len()];
    for (group, step) in playbook.steps.iter().enumerate() {
        let Action::Together { steps } = &step.action else { continue };
        for member in steps.iter().filter_map(|spot| index.get(spot.value.as_str())) {
            if *member != group && groups[*member].is_none() {
                groups[*member] = Some(group);
            }
        }
    }
    for (at, step) in playbook.steps.iter().enumerate() {
        if groups[at].is_none()
            && let Some((parent, _)) = step.code.rsplit_once('/')
            && let Some(parent) = index.get(parent)
            && matches!(playbook.steps[*parent].action, Action::RunPlaybook { .. })
        {
            groups[at] = Some(*parent);
        }
    }
    groups
}

fn waits(
    playbook: &Playbook,
    index: &HashMap<&str, usize>,
    openers: &Openers,
    guard: &[Option<Expr>],
) -> Vec<BTreeSet<usize>> {
    let mut finders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, step) in playbook.steps.iter().enumerate() {
        for fact in engine::found_by(step) {
            finders.entry(fact).or_default().push(at);
        }
    }
    let all = playbook.steps.iter().enumerate().map(|(at, step)| {
        let mut waits: BTreeSet<usize> =
            step.after.iter().filter_map(|spot| place(index, &spot.value)).collect();
        waits.extend(openers[at].iter().map(|(decision, _)| *decision));
        for fact in guard[at].iter().flat_map(Expr::facts) {
            waits.extend(finders.get(fact).into_iter().flatten());
        }
        waits.remove(&at);
        waits
    });
    all.collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Visiting,
    Done,
}

/// Finds the scope of every step; what would stand inside itself stands at
/// the top, so that no step is lost.
struct Scopes<'a> {
    groups: Vec<Option<usize>>,
    openers: &'a Openers,
    scope: Vec<Scope>,
    state: Vec<State>,
}

impl Scopes<'_> {
    fn settled(&mut self, at: usize) -> bool {
        if self.state[at] == State::New {
            self.state[at] = State::Visiting;
            let group = self.groups[at].filter(|group| self.settled(*group));
            let scope = match self.openers[at].as_slice() {
                [(decision, answers)]
                    if *decision != at && self.settled(*decision) && self.within(*decision, group) =>
                {
                    Scope::Opened(*decision, answers.clone())
                }
                _ => group.map_or(Scope::Top, Scope::Members),
            };
            self.scope[at] = scope;
            self.state[at] = State::Done;
        }
        self.state[at] == State::Done
    }

    /// Whether a step is inside a group; everything is inside the playbook.
    fn within(&self, at: usize, group: Option<usize>) -> bool {
        let Some(group) = group else { return true };
        let mut owner = self.scope[at].owner();
        while let Some(up) = owner {
            if up == group {
                return true;
            }
            owner = self.scope[up].owner();
        }
        false
    }
}

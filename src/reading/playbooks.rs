//! The library as a person reads it: in one language, searched, and each
//! playbook whole, with the steps of those it runs, numbered as a run numbers
//! them.

use super::{ReadError, Reading};
use crate::{
    domain::account::Viewer,
    playbook::{
        Language, Library, Playbook, Step, StepKind, Text,
        due::From,
        model::Action,
        sentence::{answer, condition},
    },
};
pub use crate::{
    domain::run::Required,
    playbook::{
        Translation,
        due::{Delay, Unit},
        model::{Applies, Evidence, EvidenceRule},
        survey::SurveyRing,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// Words as a reader of one language is shown them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// The words.
    pub words: String,
    /// The language they are in, by two-letter code: `en` where there are none
    /// in the one asked for.
    pub language: &'static str,
}

/// How a playbook reads in one language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rendering {
    /// How the texts in that language came about; [`Translation::None`] where
    /// all of it is shown in English.
    pub state: Translation,
    /// How many texts the original has outrun; they are shown in English.
    pub stale: usize,
    /// How many texts nobody has translated; they are shown in English.
    pub missing: usize,
}

/// A playbook in a list.
#[derive(Clone, Debug)]
pub struct PlaybookEntry {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: Said,
    /// What it is for.
    pub summary: Said,
    /// For whom and when.
    pub applies: Applies,
    /// How many steps a run of it has, those of the playbooks it runs included.
    pub steps: usize,
    /// How it reads in the language asked for.
    pub rendering: Rendering,
    /// The steps a search has found, by code.
    pub found: Vec<(String, Said)>,
}

/// The playbooks that hold every word looked for.
#[derive(Clone, Debug)]
pub struct PlaybookList {
    /// Role playbooks first, then those for classes of incidents, then the one
    /// for what is unknown, then those only run from others.
    pub entries: Vec<PlaybookEntry>,
    /// How many do not hold the words.
    pub hidden: usize,
}

/// A whole playbook in one language.
#[derive(Clone, Debug)]
pub struct PlaybookSheet {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of the text a run that began now would be pinned to.
    pub hash: String,
    /// Its title.
    pub title: Said,
    /// What it is for.
    pub summary: Said,
    /// For whom and when.
    pub applies: Applies,
    /// How it reads in the language asked for.
    pub rendering: Rendering,
    /// Who acts.
    pub roles: Vec<Said>,
    /// What due times are counted from.
    pub clocks: Vec<Said>,
    /// The steps, in printed order.
    pub steps: Vec<SheetStep>,
}

/// A step of a whole playbook. Other steps are named by their numbers.
#[derive(Clone, Debug)]
pub struct SheetStep {
    /// Its stable code.
    pub code: String,
    /// Its number in print.
    pub number: String,
    /// What kind of step it is.
    pub kind: StepKind,
    /// What is to be done, decided or run.
    pub text: Said,
    /// By whom.
    pub by: Option<Said>,
    /// When it is due.
    pub due: Option<SheetDue>,
    /// How binding it is.
    pub required: Required,
    /// The steps that come first.
    pub after: Vec<String>,
    /// Only under this condition.
    pub when: Option<Said>,
    /// Of a decision: what each answer is called, and the steps it opens.
    pub cases: Vec<(Said, Vec<String>)>,
    /// The steps that belong to it.
    pub members: Vec<String>,
    /// Of a repeated step: how often, and until when.
    pub repeat: Option<(Delay, Said)>,
    /// Of a playbook that is run: its id and title.
    pub runs: Option<(String, Said)>,
    /// What must be kept to show that it was done.
    pub evidence: Vec<EvidenceRule>,
    /// How many persons must agree, and of which roles.
    pub signoff: Option<(u16, Vec<Said>)>,
    /// The articles it rests on.
    pub legal: Vec<String>,
    /// What it says, where that comes from, and how good it is.
    pub figures: Vec<(Said, String, Evidence)>,
    /// The survey it asks for.
    pub survey: Option<SheetSurvey>,
}

/// When a step is due.
#[derive(Clone, Debug)]
pub struct SheetDue {
    /// How long after.
    pub delay: Delay,
    /// After what.
    pub after: SheetMoment,
}

/// What a due time is counted from.
#[derive(Clone, Debug)]
pub enum SheetMoment {
    /// A clock of the playbook.
    Clock(Said),
    /// The moment a step was done, by number.
    Step(String),
}

/// A survey a step asks for.
#[derive(Clone, Debug)]
pub struct SheetSurvey {
    /// Which ring of the assessment bounds it.
    pub ring: SurveyRing,
    /// How sure one wants to be, between 0 and 1.
    pub confidence: f64,
    /// The share of positives that must not be missed, between 0 and 1.
    pub prevalence: f64,
    /// How many samples that takes.
    pub samples: Option<u64>,
    /// What one sample is.
    pub unit: Said,
}

impl Reading {
    /// The playbooks whose title, summary or steps hold every word of `words`,
    /// in `language` (a two-letter code) or in English; all of them when nothing
    /// is looked for.
    pub fn playbooks(&self, viewer: &Viewer, language: &str, words: &str) -> Result<PlaybookList, ReadError> {
        let library = self.library(viewer)?;
        let language = Language::of(language).unwrap_or(Language::En);
        let words: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let all = library.iter().count();
        let mut found: Vec<&Playbook> = library.iter().filter(|book| holds(book, &words, language)).collect();
        found.sort_by_key(|book| {
            let applies = &book.applies;
            let special = !applies.classes.is_empty() || !applies.groups.is_empty();
            (applies.shared, applies.fallback, special, applies.classes.first().cloned(), book.id.clone())
        });
        let entries: Vec<PlaybookEntry> = found
            .into_iter()
            .map(|book| PlaybookEntry {
                id: book.id.clone(),
                version: book.version,
                title: said(&book.title, language),
                summary: said(&book.summary, language),
                applies: book.applies.clone(),
                steps: steps_of(library, book, &mut BTreeSet::new()),
                rendering: rendering(book, language),
                found: steps_that_hold(book, &words, language),
            })
            .collect();
        Ok(PlaybookList { hidden: all - entries.len(), entries })
    }

    /// A playbook whole, with the steps of those it runs, in `language` (a
    /// two-letter code) as far as it is translated.
    pub fn playbook(&self, viewer: &Viewer, id: &str, language: &str) -> Result<PlaybookSheet, ReadError> {
        let edition = self.edition(viewer, id)?;
        let language = Language::of(language).unwrap_or(Language::En);
        let sheet = Sheet { library: &self.library, numbers: numbers(&edition), book: &edition, language };
        Ok(PlaybookSheet {
            id: edition.id.clone(),
            version: edition.version,
            hash: edition.hash.clone(),
            title: sheet.said(&edition.title),
            summary: sheet.said(&edition.summary),
            applies: edition.applies.clone(),
            rendering: rendering(&edition, language),
            roles: edition.roles.iter().map(|role| sheet.said(&role.title)).collect(),
            clocks: edition.clocks.iter().map(|clock| sheet.said(&clock.title)).collect(),
            steps: edition.steps.iter().map(|step| sheet.step(step)).collect(),
        })
    }
}

fn said(text: &Text, language: Language) -> Said {
    let shown = if text.has(language) { language } else { Language::En };
    Said { words: text.in_language(language).to_owned(), language: shown.code() }
}

fn rendering(book: &Playbook, language: Language) -> Rendering {
    let state = match language {
        Language::En => Translation::Original,
        _ => book.translations.get(&language).copied().unwrap_or(Translation::None),
    };
    let overlay = book.overlaid.get(&language).filter(|_| state != Translation::None);
    Rendering {
        state,
        stale: overlay.map_or(0, |overlay| overlay.stale.len()),
        missing: overlay.map_or(0, |overlay| overlay.missing.len()),
    }
}

/// The texts that are searched: title, summary and id, and every step.
fn holds(book: &Playbook, words: &[String], language: Language) -> bool {
    let mut texts = vec![book.id.to_lowercase()];
    for text in [&book.title, &book.summary].into_iter().chain(book.steps.iter().map(|step| &step.text)) {
        texts.extend(searched(text, language));
    }
    words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
}

fn steps_that_hold(book: &Playbook, words: &[String], language: Language) -> Vec<(String, Said)> {
    let holds = |step: &&Step| {
        let texts: Vec<String> = searched(&step.text, language).collect();
        words.iter().any(|word| texts.iter().any(|text| text.contains(word)))
    };
    let found = book.steps.iter().filter(holds);
    found.map(|step| (step.code.clone(), said(&step.text, language))).collect()
}

fn searched(text: &Text, language: Language) -> impl Iterator<Item = String> + '_ {
    [language, Language::En].into_iter().map(|language| text.in_language(language).to_lowercase())
}

/// How many steps a run has. `above` keeps a circle from being walked for ever.
fn steps_of<'a>(library: &'a Library, book: &'a Playbook, above: &mut BTreeSet<&'a str>) -> usize {
    if !above.insert(&book.id) {
        return 0;
    }
    let others = book.steps.iter().filter_map(|step| match &step.action {
        Action::RunPlaybook { playbook, .. } => library.get(&playbook.value),
        _ => None,
    });
    let count = book.steps.len() + others.map(|other| steps_of(library, other, above)).sum::<usize>();
    above.remove(&*book.id);
    count
}

/// The numbers of the steps, by code.
fn numbers(book: &Playbook) -> BTreeMap<String, String> {
    book.steps.iter().map(|step| (step.code.clone(), step.number.clone())).collect()
}

struct Sheet<'a> {
    library: &'a Library,
    numbers: BTreeMap<String, String>,
    book: &'a Playbook,
    language: Language,
}

impl Sheet<'_> {
    fn said(&self, text: &Text) -> Said {
        said(text, self.language)
    }

    /// What is made of words of the playbook is English where it is.
    fn sentence(&self, make: impl Fn(Language) -> String) -> Said {
        let there = rendering(self.book, self.language).state != Translation::None;
        let language = if there { self.language } else { Language::En };
        Said { words: make(language), language: language.code() }
    }

    fn number<S: AsRef<str>>(&self, code: S) -> String {
        self.numbers.get(code.as_ref()).cloned().unwrap_or_else(|| code.as_ref().to_owned())
    }

    fn role(&self, code: &str) -> Said {
        let role = self.book.roles.iter().find(|role| role.code == code);
        let unnamed = || Said { words: code.replace('_', " "), language: "en" };
        role.map_or_else(unnamed, |role| self.said(&role.title))
    }

    fn moment(&self, from: &From) -> SheetMoment {
        match from {
            From::Step(code) => SheetMoment::Step(self.number(code)),
            From::Clock(code) => {
                let clock = self.book.clocks.iter().find(|clock| clock.code == *code);
                let unnamed = || Said { words: code.replace('_', " "), language: "en" };
                SheetMoment::Clock(clock.map_or_else(unnamed, |clock| self.said(&clock.title)))
            }
        }
    }

    fn step(&self, step: &Step) -> SheetStep {
        let (mut cases, mut members, mut repeat, mut runs) = (Vec::new(), Vec::new(), None, None);
        let kind = match &step.action {
            Action::Do => StepKind::Do,
            Action::Decide { sets, cases: all } => {
                cases.extend(all.iter().map(|case| {
                    let called = answer(self.book, &sets.value, &case.value.value);
                    let opens = case.steps.iter().map(|spot| self.number(&spot.value));
                    (self.said(&called), opens.collect())
                }));
                StepKind::Decide
            }
            Action::Together { steps } => {
                members.extend(steps.iter().map(|spot| self.number(&spot.value)));
                StepKind::Together
            }
            Action::Repeat { every, until } => {
                repeat =
                    Some((*every, self.sentence(|language| condition(self.book, &until.value, language))));
                StepKind::Repeat
            }
            Action::RunPlaybook { playbook, .. } => {
                let prefix = format!("{}/", step.code);
                let own =
                    |other: &&Step| other.code.strip_prefix(&prefix).is_some_and(|rest| !rest.contains('/'));
                members.extend(self.book.steps.iter().filter(own).map(|other| other.number.clone()));
                let title = self.library.get(&playbook.value).map(|other| self.said(&other.title));
                runs = title.map(|title| (playbook.value.clone(), title));
                StepKind::RunPlaybook
            }
        };
        let figure = |figure: &crate::playbook::model::Figure| {
            (self.said(&figure.says), figure.source.clone(), figure.evidence)
        };
        SheetStep {
            code: step.code.clone(),
            number: step.number.clone(),
            kind,
            text: self.said(&step.text),
            by: step.by.as_ref().map(|role| self.role(&role.value)),
            due: step
                .due
                .as_ref()
                .map(|due| SheetDue { delay: due.value.delay, after: self.moment(&due.value.from) }),
            required: step.required,
            after: step.after.iter().map(|spot| self.number(&spot.value)).collect(),
            when: step
                .when
                .as_ref()
                .map(|when| self.sentence(|language| condition(self.book, &when.value, language))),
            cases,
            members,
            repeat,
            runs,
            evidence: step.evidence.clone(),
            signoff: step.signoff.as_ref().map(|signoff| {
                (signoff.value.n, signoff.value.of.iter().map(|role| self.role(role)).collect())
            }),
            legal: step.legal.clone(),
            figures: step.figures.iter().map(figure).collect(),
            survey: step.survey.as_ref().map(|survey| SheetSurvey {
                ring: survey.ring,
                confidence: survey.confidence,
                prevalence: survey.prevalence,
                samples: survey.samples(),
                unit: self.said(&survey.unit),
            }),
        }
    }
}

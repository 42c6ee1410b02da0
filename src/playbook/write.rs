//! A playbook as YAML text: always the same bytes for the same playbook, and
//! read again as the same playbook. Every text stands in double quotes, so
//! no reader of any YAML takes a word for something else.

use super::{
    due::{Delay, Due, From, Unit},
    expr::Expr,
    model::{Action, Applies, Evidence, Fact, FactKind, Named, Playbook, Required, Step},
    problem::Spot,
    survey::SurveyRing,
    text::{Language, Text, Translation},
};
use std::fmt::Write;

/// A text in double quotes, fit for one line of YAML.
pub(crate) fn quoted(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 2);
    out.push('"');
    for c in words.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn list<S: AsRef<str>>(items: impl IntoIterator<Item = S>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| quoted(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

fn spots(spots: &[Spot<String>]) -> String {
    list(spots.iter().map(|spot| spot.value.as_str()))
}

/// Plain when it is English alone, else by language.
fn text(text: &Text) -> String {
    if let (Some(words), 1) = (text.0.get(&Language::En), text.0.len()) {
        return quoted(words);
    }
    let each: Vec<String> =
        text.0.iter().map(|(language, words)| format!("{language}: {}", quoted(words))).collect();
    format!("{{{}}}", each.join(", "))
}

impl Delay {
    /// As it is written in a playbook: `24h`.
    pub fn written(self) -> String {
        let unit = match self.unit {
            Unit::Minute => "min",
            Unit::Hour => "h",
            Unit::Day => "d",
            Unit::Week => "w",
            Unit::Month => "mo",
            Unit::Year => "y",
        };
        format!("{}{unit}", self.amount)
    }
}

impl Due {
    /// As it is written in a playbook: `24h after known`.
    pub fn written(&self) -> String {
        match &self.from {
            From::Clock(clock) => format!("{} after {clock}", self.delay.written()),
            From::Step(step) => format!("{} after step {step}", self.delay.written()),
        }
    }
}

impl Expr {
    /// As it is written in a playbook; reads again as the same condition.
    pub fn written(&self) -> String {
        match self {
            Self::In(fact, values) => match values.as_slice() {
                [one] => format!("{fact} is {}", value(one)),
                several => {
                    let several: Vec<String> = several.iter().map(|one| value(one)).collect();
                    format!("{fact} in [{}]", several.join(", "))
                }
            },
            Self::Not(inner) => format!("not {}", inner.bracketed()),
            Self::And(all) => all.iter().map(Self::bracketed).collect::<Vec<_>>().join(" and "),
            Self::Or(any) => any.iter().map(Self::bracketed).collect::<Vec<_>>().join(" or "),
        }
    }

    fn bracketed(&self) -> String {
        match self {
            Self::And(_) | Self::Or(_) => format!("({})", self.written()),
            _ => self.written(),
        }
    }
}

/// A value of a condition; the language has no escapes, and no value read
/// from it holds both kinds of quote.
fn value(value: &str) -> String {
    if value.contains('"') { format!("'{value}'") } else { format!("\"{value}\"") }
}

/// A playbook as YAML, with the texts that its own file had.
pub(crate) fn playbook(playbook: &Playbook) -> String {
    let mut page = Page(String::new());
    page.line(0, "playbook", &quoted(&playbook.id));
    page.line(0, "version", &playbook.version.to_string());
    page.line(0, "title", &text(&playbook.title));
    page.line(0, "summary", &text(&playbook.summary));
    page.translations(playbook);
    page.applies(&playbook.applies);
    page.parts(playbook);
    page.named("roles", &playbook.roles);
    page.named("clocks", &playbook.clocks);
    page.facts(&playbook.facts);
    page.open(0, "steps");
    playbook.steps.iter().for_each(|step| page.step(step));
    page.0
}

struct Page(String);

impl Page {
    fn line(&mut self, depth: usize, key: &str, value: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{}{key}: {value}", "  ".repeat(depth));
    }

    fn open(&mut self, depth: usize, key: &str) {
        let _ = writeln!(self.0, "{}{key}:", "  ".repeat(depth));
    }

    fn list(&mut self, depth: usize, key: &str, items: &[Spot<String>]) {
        if !items.is_empty() {
            self.line(depth, key, &spots(items));
        }
    }

    fn translations(&mut self, playbook: &Playbook) {
        let code = |state| match state {
            Translation::Original => "original",
            Translation::Human => "human",
            Translation::Machine => "machine",
            Translation::None => "none",
        };
        let each: Vec<String> = playbook
            .translations
            .iter()
            .filter(|(language, state)| match language {
                Language::En => **state != Translation::Original,
                _ => **state != Translation::None,
            })
            .map(|(language, state)| format!("{language}: {}", code(*state)))
            .collect();
        if !each.is_empty() {
            self.line(0, "translations", &format!("{{{}}}", each.join(", ")));
        }
    }

    fn applies(&mut self, applies: &Applies) {
        let mut each = Vec::new();
        for (name, flag) in [("shared", applies.shared), ("fallback", applies.fallback)] {
            if flag {
                each.push(format!("{name}: true"));
            }
        }
        for (name, values) in [
            ("incident", &applies.incident),
            ("classes", &applies.classes),
            ("groups", &applies.groups),
            ("kinds", &applies.kinds),
            ("pathways", &applies.pathways),
            ("environments", &applies.environments),
            ("audience", &applies.audience),
        ] {
            if !values.is_empty() {
                each.push(format!("{name}: {}", list(values)));
            }
        }
        self.line(0, "applies", &format!("{{{}}}", each.join(", ")));
    }

    fn parts(&mut self, playbook: &Playbook) {
        if playbook.parts.is_empty() {
            return;
        }
        self.open(0, "parts");
        for part in &playbook.parts {
            let _ = writeln!(
                self.0,
                "  - {{playbook: {}, version: {}, hash: {}}}",
                quoted(&part.playbook),
                part.version,
                quoted(&part.hash)
            );
        }
        if playbook.adopted.is_empty() {
            return;
        }
        self.open(0, "adopted");
        for adopted in &playbook.adopted {
            let _ = writeln!(
                self.0,
                "  - {{version: {}, hash: {}, changes: {}}}",
                adopted.version,
                quoted(&adopted.hash),
                list(&adopted.changes)
            );
        }
    }

    fn named(&mut self, key: &str, named: &[Named]) {
        if named.is_empty() {
            return;
        }
        self.open(0, key);
        for named in named {
            self.line(1, &quoted(&named.code), &text(&named.title));
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        if facts.is_empty() {
            return;
        }
        self.open(0, "facts");
        for fact in facts {
            let kind = match &fact.kind {
                FactKind::Enum(values) => format!("enum, values: {}", list(values)),
                FactKind::Bool => "bool".to_owned(),
                FactKind::Number(None) => "number".to_owned(),
                FactKind::Number(Some(unit)) => format!("number, unit: {}", quoted(unit)),
                FactKind::Text => "text".to_owned(),
            };
            let given = if fact.given { ", given: true" } else { "" };
            let value = format!("{{type: {kind}{given}, title: {}}}", text(&fact.title));
            self.line(1, &quoted(&fact.code), &value);
        }
    }

    fn step(&mut self, step: &Step) {
        self.open(1, &quoted(&step.code));
        self.action(step);
        if let Some(by) = &step.by {
            self.line(2, "by", &quoted(&by.value));
        }
        if let Some(due) = &step.due {
            self.line(2, "due", &quoted(&due.value.written()));
        }
        match step.required {
            Required::Must => {}
            Required::Could => self.line(2, "required", "could"),
            Required::MustUnlessDocumented => self.line(2, "required", "must-unless-documented"),
        }
        self.list(2, "after", &step.after);
        if let Some(when) = &step.when {
            self.line(2, "when", &quoted(&when.value.written()));
        }
        self.list(2, "records", &step.records);
        self.proof(step);
        if !step.legal.is_empty() {
            self.line(2, "legal", &list(&step.legal));
        }
        if !step.figures.is_empty() {
            self.open(2, "figures");
            for figure in &step.figures {
                let evidence = match figure.evidence {
                    Evidence::Source => "source",
                    Evidence::Unverified => "unverified",
                    Evidence::Calculated => "calculated",
                };
                let _ = writeln!(
                    self.0,
                    "      - {{says: {}, source: {}, evidence: {evidence}}}",
                    text(&figure.says),
                    quoted(&figure.source)
                );
            }
        }
        if let Some(survey) = &step.survey {
            let ring = match survey.ring {
                SurveyRing::P95 => "p95",
                SurveyRing::Max => "max",
            };
            let value = format!(
                "{{ring: {ring}, confidence: {}, prevalence: {}, unit: {}}}",
                survey.confidence,
                survey.prevalence,
                text(&survey.unit)
            );
            self.line(2, "survey", &value);
        }
    }

    fn action(&mut self, step: &Step) {
        let words = text(&step.text);
        match &step.action {
            Action::Do => self.line(2, "do", &words),
            Action::Decide { sets, cases } => {
                self.line(2, "decide", &words);
                self.line(2, "sets", &quoted(&sets.value));
                self.open(2, "cases");
                for case in cases {
                    let steps = if case.steps.is_empty() { "end".to_owned() } else { spots(&case.steps) };
                    self.line(3, &quoted(&case.value.value), &steps);
                }
            }
            Action::Together { steps } => {
                self.line(2, "together", &words);
                self.line(2, "steps", &spots(steps));
            }
            Action::Repeat { every, until } => {
                self.line(2, "repeat", &words);
                self.line(2, "every", &quoted(&every.written()));
                self.line(2, "until", &quoted(&until.value.written()));
            }
            Action::RunPlaybook { playbook, roles } => {
                self.line(2, "run_playbook", &quoted(&playbook.value));
                self.line(2, "text", &words);
                if !roles.is_empty() {
                    let each: Vec<String> = roles
                        .iter()
                        .map(|(theirs, ours)| format!("{}: {}", quoted(theirs), quoted(&ours.value)))
                        .collect();
                    self.line(2, "roles", &format!("{{{}}}", each.join(", ")));
                }
            }
        }
    }

    fn proof(&mut self, step: &Step) {
        if !step.evidence.is_empty() {
            self.open(2, "evidence");
            for rule in &step.evidence {
                let custody = if rule.chain_of_custody { ", chain_of_custody: true" } else { "" };
                let _ =
                    writeln!(self.0, "      - {{kind: {}, min: {}{custody}}}", quoted(&rule.kind), rule.min);
            }
        }
        if let Some(signoff) = &step.signoff {
            let value = format!("{{n: {}, of: {}}}", signoff.value.n, list(&signoff.value.of));
            self.line(2, "signoff", &value);
        }
    }
}

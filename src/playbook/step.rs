//! Reading the steps of a playbook.

use super::{
    due::{Delay, Due},
    expr::{self, Expr},
    model::{Action, Case, Evidence, EvidenceRule, Figure, Required, Signoff, Step},
    problem::{Mark, Spot},
    read::{Fields, Reader},
    survey::{Survey, SurveyRing, sample_size},
    text::Text,
    yaml::{Key, Node, Value},
};

/// How a length of time is written.
const DELAYS: &str = "write a number and min, h, d, w, mo or y, such as 24h";

/// What may be kept to show that a step was done.
pub(crate) const EVIDENCE: [&str; 6] = ["document", "lab_report", "log", "measurement", "photo", "sample"];

/// How many steps may a playbook have? Far more than a team can follow, few
/// enough that walking them needs no care for the stack.
pub(crate) const MOST_STEPS: usize = 500;

impl Reader<'_> {
    pub fn steps(&mut self, node: &Node) -> Vec<Step> {
        let entries = self.entries(node).unwrap_or_default();
        if entries.len() > MOST_STEPS {
            let message =
                format!("{} steps are more than the {MOST_STEPS} a playbook may have", entries.len());
            self.error("too_many_steps", node.at, message, "split it and use “run_playbook”");
            return Vec::new();
        }
        let mut steps = Vec::new();
        for (index, (key, value)) in entries.into_iter().enumerate() {
            self.step_code(&key.name, key.at);
            steps.extend(self.step(key, value, (index + 1).to_string()));
        }
        steps
    }

    /// In an edition steps of other playbooks are called `parent/child`.
    fn step_code(&mut self, code: &str, at: Mark) {
        if self.edition {
            code.split('/').for_each(|part| self.slug(part, at));
        } else {
            self.slug(code, at);
        }
    }

    fn step(&mut self, key: &Key, node: &Node, number: String) -> Option<Step> {
        let mut fields = self.fields(node)?;
        let action = self.action(&mut fields, key);
        let step = Step {
            code: key.name.clone(),
            number,
            by: fields.take("by").and_then(|node| self.string(node)),
            due: fields.take("due").and_then(|node| self.due(node)),
            required: fields.take("required").map_or(Required::Must, |node| self.how_binding(node)),
            after: self.strings(fields.take("after")),
            when: fields.take("when").and_then(|node| self.condition(node)),
            records: self.strings(fields.take("records")),
            evidence: self.list(fields.take("evidence"), Self::evidence),
            signoff: fields.take("signoff").and_then(|node| self.signoff(node)),
            legal: self.plain(fields.take("legal")),
            figures: self.list(fields.take("figures"), Self::figure),
            survey: fields.take("survey").and_then(|node| self.survey(node)),
            at: key.at,
            // Filled in below; a step without either is not kept.
            action: Action::Do,
            text: Text::default(),
        };
        self.finish(fields, "a step");
        let (action, text) = action?;
        Some(Step { action, text, ..step })
    }

    fn action(&mut self, fields: &mut Fields<'_>, key: &Key) -> Option<(Action, Text)> {
        let kinds = ["do", "decide", "together", "repeat", "run_playbook"];
        let mut found: Vec<(&str, &Node)> =
            kinds.into_iter().filter_map(|kind| fields.take(kind).map(|node| (kind, node))).collect();
        if found.len() != 1 {
            let message = format!("the step “{}” must be one of {}", key.name, kinds.join(", "));
            self.error("step_kind", key.at, message, "write exactly one of these fields");
            return None;
        }
        match found.remove(0) {
            ("do", node) => Some((Action::Do, self.text(node)?)),
            ("decide", node) => self.decide(fields, node),
            ("together", node) => {
                let steps =
                    self.required(fields, "steps", "the step").map(|node| self.strings(Some(node)))?;
                Some((Action::Together { steps }, self.text(node)?))
            }
            ("repeat", node) => self.repeat(fields, node),
            (_, node) => {
                let text = self.required(fields, "text", "the step").and_then(|node| self.text(node));
                let mapped = fields.take("roles").and_then(|node| self.entries(node)).unwrap_or_default();
                let roles = mapped
                    .into_iter()
                    .filter_map(|(key, value)| Some((key.name.clone(), self.string(value)?)))
                    .collect();
                Some((Action::RunPlaybook { playbook: self.string(node)?, roles }, text?))
            }
        }
    }

    fn decide(&mut self, fields: &mut Fields<'_>, question: &Node) -> Option<(Action, Text)> {
        let text = self.text(question);
        let sets = self.required(fields, "sets", "the decision").and_then(|node| self.string(node));
        let entries = self
            .required(fields, "cases", "the decision")
            .and_then(|node| self.entries(node))
            .unwrap_or_default();
        let cases = entries
            .into_iter()
            .map(|(key, value)| {
                let mut steps = self.strings(Some(value));
                if steps.is_empty() {
                    let message = format!("the case “{}” does not say how the path goes on", key.name);
                    self.error("path_without_end", key.at, message, "name steps, or write “end”");
                }
                steps.retain(|step| step.value != "end");
                Case { value: Spot { value: key.name.clone(), at: key.at }, steps }
            })
            .collect();
        Some((Action::Decide { sets: sets?, cases }, text?))
    }

    fn repeat(&mut self, fields: &mut Fields<'_>, node: &Node) -> Option<(Action, Text)> {
        let text = self.text(node);
        let every = self.required(fields, "every", "the repetition").and_then(|node| self.delay(node));
        let until = self.required(fields, "until", "the repetition").and_then(|node| self.condition(node));
        Some((Action::Repeat { every: every?, until: until? }, text?))
    }

    fn delay(&mut self, node: &Node) -> Option<Delay> {
        let spot = self.string(node)?;
        spot.value.parse().map_err(|message: String| self.error("not_a_time", spot.at, message, DELAYS)).ok()
    }

    fn due(&mut self, node: &Node) -> Option<Spot<Due>> {
        let spot = self.string(node)?;
        match spot.value.parse() {
            Ok(value) => Some(Spot { value, at: spot.at }),
            Err(message) => {
                let help = "write “24h after known” or “2d after step contain”, with min, h, d, w, mo or y";
                self.error("not_a_time", spot.at, message, help);
                None
            }
        }
    }

    fn how_binding(&mut self, node: &Node) -> Required {
        match self.string(node) {
            Some(spot) => match spot.value.as_str() {
                "must" => Required::Must,
                "could" => Required::Could,
                "must-unless-documented" => Required::MustUnlessDocumented,
                other => {
                    let message = format!("“{other}” does not say how binding a step is");
                    self.error(
                        "unknown_value",
                        spot.at,
                        message,
                        "use must, could or must-unless-documented",
                    );
                    Required::Must
                }
            },
            None => Required::Must,
        }
    }

    fn condition(&mut self, node: &Node) -> Option<Spot<Expr>> {
        let spot = self.string(node)?;
        match expr::parse(&spot.value) {
            Ok(value) => Some(Spot { value, at: spot.at }),
            Err(error) => {
                let quote = usize::from(self.source.rest_of_line(spot.at).starts_with(['"', '\'']));
                let at = spot.at.right(error.offset + quote);
                let help = "conditions look like: class is A and (seen is \"yes\" or ring in [p95, max])";
                self.error("not_a_condition", at, error.message, help);
                None
            }
        }
    }

    pub fn list<T>(&mut self, node: Option<&Node>, one: fn(&mut Self, &Node) -> Option<T>) -> Vec<T> {
        match node.map(|node| &node.value) {
            None => Vec::new(),
            Some(Value::List(items)) => items.iter().filter_map(|item| one(self, item)).collect(),
            Some(_) => node.and_then(|node| one(self, node)).into_iter().collect(),
        }
    }

    fn evidence(&mut self, node: &Node) -> Option<EvidenceRule> {
        let mut fields = self.fields(node)?;
        let kind = self.required(&mut fields, "kind", "the evidence").and_then(|node| self.string(node));
        let min = fields.take("min").map_or(Some(1), |node| self.count(node));
        let chain_of_custody = self.flag(fields.take("chain_of_custody"));
        self.finish(fields, "evidence");
        let kind = kind?;
        if !EVIDENCE.contains(&kind.value.as_str()) {
            let message = format!("“{}” is not a kind of evidence", kind.value);
            self.error("unknown_value", kind.at, message, format!("use one of: {}", EVIDENCE.join(", ")));
        }
        Some(EvidenceRule { kind: kind.value, min: min?, chain_of_custody })
    }

    fn signoff(&mut self, node: &Node) -> Option<Spot<Signoff>> {
        let mut fields = self.fields(node)?;
        let n = fields.take("n").map_or(Some(1), |node| self.count(node));
        let of = self.required(&mut fields, "of", "the sign-off").map(|node| self.plain(Some(node)));
        self.finish(fields, "a sign-off");
        Some(Spot { value: Signoff { n: n?, of: of? }, at: node.at })
    }

    fn figure(&mut self, node: &Node) -> Option<Figure> {
        let mut fields = self.fields(node)?;
        let says = self.required(&mut fields, "says", "the figure").and_then(|node| self.text(node));
        let from = self.required(&mut fields, "source", "the figure").and_then(|node| self.string(node));
        let evidence =
            self.required(&mut fields, "evidence", "the figure").and_then(|node| self.string(node));
        self.finish(fields, "a figure");
        let evidence = evidence?;
        let grade = match evidence.value.as_str() {
            "source" => Evidence::Source,
            "unverified" => Evidence::Unverified,
            "calculated" => Evidence::Calculated,
            other => {
                let message = format!("“{other}” does not say how good a figure is");
                self.error("unknown_value", evidence.at, message, "use source, unverified or calculated");
                return None;
            }
        };
        Some(Figure { says: says?, source: from?.value, evidence: grade })
    }

    fn survey(&mut self, node: &Node) -> Option<Survey> {
        let mut fields = self.fields(node)?;
        let ring = self.required(&mut fields, "ring", "the survey").and_then(|node| self.string(node));
        let confidence =
            self.required(&mut fields, "confidence", "the survey").and_then(|node| self.number(node));
        let prevalence =
            self.required(&mut fields, "prevalence", "the survey").and_then(|node| self.number(node));
        let unit = self.required(&mut fields, "unit", "the survey").and_then(|node| self.text(node));
        self.finish(fields, "a survey");
        let (ring, confidence, prevalence) = (ring?, confidence?, prevalence?);
        if sample_size(confidence, prevalence).is_none() {
            let help = "confidence and prevalence are shares, such as 0.95 and 0.01";
            self.error("not_a_share", node.at, "both must lie strictly between 0 and 1", help);
        }
        let ring = match ring.value.as_str() {
            "p95" => SurveyRing::P95,
            "max" => SurveyRing::Max,
            other => {
                self.error("unknown_value", ring.at, format!("“{other}” is not a ring"), "use p95 or max");
                return None;
            }
        };
        Some(Survey { ring, confidence, prevalence, unit: unit? })
    }
}

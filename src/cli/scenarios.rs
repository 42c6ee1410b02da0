//! The scenarios of `outcross demo`: published cases, with their sources, as
//! data files.

use super::Trouble;
use crate::domain::state::StateCode;
use serde::Deserialize;
use serde_json::Value;

/// A case to be played.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    /// How it is called on the command line.
    pub name: String,
    /// In one line.
    pub title: String,
    /// Whether it is a published case.
    pub status: String,
    /// In two sentences.
    pub summary: String,
    /// Where it is published.
    pub sources: Vec<String>,
    /// States expected to be told; a test reads it, the demonstration does not.
    #[expect(dead_code, reason = "the demonstration shows what the server answers, not what was expected")]
    pub told: Vec<StateCode>,
    /// The State that reports.
    pub reporter_state: StateCode,
    /// States that listen.
    pub receivers: Vec<StateCode>,
    /// The body of the report, without its mode.
    pub report: Value,
}

const TEXTS: [&str; 7] = [
    include_str!("../../geodata/scenarios/basel.toml"),
    include_str!("../../geodata/scenarios/ticino.toml"),
    include_str!("../../geodata/scenarios/north-dakota.toml"),
    include_str!("../../geodata/scenarios/petunia-finland.toml"),
    include_str!("../../geodata/scenarios/papaya-thailand.toml"),
    include_str!("../../geodata/scenarios/zebrafish-brazil.toml"),
    include_str!("../../geodata/scenarios/anopheles-west-africa.toml"),
];

/// The scenario called `name`.
pub(super) fn scenario(name: &str) -> Result<Scenario, Trouble> {
    let mut names = Vec::new();
    for text in TEXTS {
        let scenario: Scenario =
            toml::from_str(text).map_err(Trouble::while_doing("reading a built-in scenario"))?;
        if scenario.name == name {
            return Ok(scenario);
        }
        names.push(scenario.name);
    }
    Err(Trouble(format!("there is no scenario “{name}”. There are: {}", names.join(", "))))
}

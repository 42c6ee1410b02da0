//! The time zones of States, where one offset holds in the whole of it.

use crate::domain::state::StateCode;
use std::{collections::BTreeMap, sync::LazyLock};

static ZONES: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| toml::from_str(include_str!("../../geodata/zones.toml")).unwrap_or_default());

/// The zone of a State by its name in the tz database; nothing where several
/// offsets hold, or none is known.
pub fn zone_of(state: StateCode) -> Option<&'static str> {
    ZONES.get(state.as_str()).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_of_one_offset_has_a_zone_and_one_of_several_has_none() {
        let zone = |code: &str| zone_of(code.parse().expect("a code"));
        assert_eq!(zone("DE"), Some("Europe/Berlin"));
        assert_eq!(zone("BR"), None);
        assert_eq!(zone("EU"), None);
        assert!(ZONES.len() > 150, "the table is read");
        for name in ZONES.values() {
            assert!(jiff::tz::TimeZone::get(name).is_ok(), "{name}");
        }
    }
}

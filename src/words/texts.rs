//! The texts by language, the original first.

/// Language and text.
pub(super) const TEXTS: [(&str, &str); 1] = [("en", include_str!("texts/en.ftl"))];

/// Languages written from right to left: names put into their sentences are
/// isolated.
pub(super) const RIGHT_TO_LEFT: [&str; 1] = ["ar"];

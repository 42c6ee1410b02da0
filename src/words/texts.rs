//! The texts by language, the original first.

/// Language and text. All but the original were translated by a machine and
/// wait for a person to check them; each file says so.
pub(super) const TEXTS: [(&str, &str); 6] = [
    ("en", include_str!("texts/en.ftl")),
    ("fr", include_str!("texts/fr.ftl")),
    ("es", include_str!("texts/es.ftl")),
    ("ru", include_str!("texts/ru.ftl")),
    ("zh", include_str!("texts/zh.ftl")),
    ("ar", include_str!("texts/ar.ftl")),
];

/// Languages written from right to left: names put into their sentences are
/// isolated.
pub(super) const RIGHT_TO_LEFT: [&str; 1] = ["ar"];

//! The texts by language, the original first.

/// All texts of one language, from the files of that language.
macro_rules! texts {
    ($language:literal) => {
        (
            $language,
            concat!(
                texts!("", $language),
                texts!("notice.", $language),
                texts!("pages.", $language),
                texts!("report.", $language),
                texts!("map.", $language),
                texts!("library.", $language),
                texts!("work.", $language),
                texts!("review.", $language),
            ),
        )
    };
    ($part:literal, $language:literal) => {
        concat!(include_str!(concat!("texts/", $part, $language, ".ftl")), "\n")
    };
}

/// Language and text. All but the original were translated by a machine and
/// wait for a person to check them; each file says so.
pub(super) const TEXTS: [(&str, &str); 6] =
    [texts!("en"), texts!("fr"), texts!("es"), texts!("ru"), texts!("zh"), texts!("ar")];

/// Languages written from right to left: names put into their sentences are
/// isolated.
pub(super) const RIGHT_TO_LEFT: [&str; 1] = ["ar"];

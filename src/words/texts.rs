//! The texts by language, the original first.

/// Language and text. All but the original were translated by a machine and
/// wait for a person to check them; each file says so.
pub(super) const TEXTS: [(&str, &str); 6] = [
    (
        "en",
        concat!(
            include_str!("texts/en.ftl"),
            "\n",
            include_str!("texts/notice.en.ftl"),
            "\n",
            include_str!("texts/pages.en.ftl"),
            "\n",
            include_str!("texts/report.en.ftl"),
            "\n",
            include_str!("texts/review.en.ftl")
        ),
    ),
    (
        "fr",
        concat!(
            include_str!("texts/fr.ftl"),
            "\n",
            include_str!("texts/notice.fr.ftl"),
            "\n",
            include_str!("texts/pages.fr.ftl"),
            "\n",
            include_str!("texts/report.fr.ftl"),
            "\n",
            include_str!("texts/review.fr.ftl")
        ),
    ),
    (
        "es",
        concat!(
            include_str!("texts/es.ftl"),
            "\n",
            include_str!("texts/notice.es.ftl"),
            "\n",
            include_str!("texts/pages.es.ftl"),
            "\n",
            include_str!("texts/report.es.ftl"),
            "\n",
            include_str!("texts/review.es.ftl")
        ),
    ),
    (
        "ru",
        concat!(
            include_str!("texts/ru.ftl"),
            "\n",
            include_str!("texts/notice.ru.ftl"),
            "\n",
            include_str!("texts/pages.ru.ftl"),
            "\n",
            include_str!("texts/report.ru.ftl"),
            "\n",
            include_str!("texts/review.ru.ftl")
        ),
    ),
    (
        "zh",
        concat!(
            include_str!("texts/zh.ftl"),
            "\n",
            include_str!("texts/notice.zh.ftl"),
            "\n",
            include_str!("texts/pages.zh.ftl"),
            "\n",
            include_str!("texts/report.zh.ftl"),
            "\n",
            include_str!("texts/review.zh.ftl")
        ),
    ),
    (
        "ar",
        concat!(
            include_str!("texts/ar.ftl"),
            "\n",
            include_str!("texts/notice.ar.ftl"),
            "\n",
            include_str!("texts/pages.ar.ftl"),
            "\n",
            include_str!("texts/report.ar.ftl"),
            "\n",
            include_str!("texts/review.ar.ftl")
        ),
    ),
];

/// Languages written from right to left: names put into their sentences are
/// isolated.
pub(super) const RIGHT_TO_LEFT: [&str; 1] = ["ar"];

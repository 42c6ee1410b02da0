//! Conditions as sentences, in the six languages.
//!
//! The few words this takes stand here and not in the room of words: a
//! condition is part of the playbook's language, the names of its facts come
//! from the playbook's own translations, and this room may import only the
//! domain.

use super::{
    choose::Facts,
    expr::{Expr, UNKNOWN},
    model::Playbook,
    text::{Language, Text, Translation},
};

/// The words of one language.
struct Words {
    /// Before and after the name of a fact.
    quotes: [&'static str; 2],
    is: &'static str,
    is_not: &'static str,
    /// Between values, and before the last.
    comma: &'static str,
    either: &'static str,
    /// Between conditions.
    and: &'static str,
    or: &'static str,
    /// Before a condition that is denied whole.
    not_so: &'static str,
    brackets: [&'static str; 2],
    /// Yes, no, unknown.
    answers: [&'static str; 3],
    /// The names every incident has, in the order of [`Facts::BUILT_IN`].
    built_in: [&'static str; 7],
}

const ENGLISH: Words = Words {
    quotes: ["“", "”"],
    is: " is ",
    is_not: " is not ",
    comma: ", ",
    either: " or ",
    and: " and ",
    or: " or ",
    not_so: "it is not so that ",
    brackets: ["(", ")"],
    answers: ["yes", "no", "unknown"],
    built_in: ["incident", "class", "group", "kind", "pathway", "environment", "audience"],
};

const ARABIC: Words = Words {
    quotes: ["«", "»"],
    is: ": ",
    is_not: ": ليس ",
    comma: "، ",
    either: " أو ",
    and: " و",
    or: " أو ",
    not_so: "ليس صحيحاً أن ",
    brackets: ["(", ")"],
    answers: ["نعم", "لا", "غير معروف"],
    built_in: ["نوع الحادث", "الفئة", "مجموعة الكائنات", "نوع الكائن", "المسار", "البيئة", "الجهة المعنية"],
};

const CHINESE: Words = Words {
    quotes: ["“", "”"],
    is: "：",
    is_not: "：不是",
    comma: "、",
    either: "或",
    and: "，并且",
    or: "，或者",
    not_so: "并非",
    brackets: ["（", "）"],
    answers: ["是", "否", "未知"],
    built_in: ["事件类型", "类别", "生物类群", "生物种类", "途径", "环境", "适用对象"],
};

const FRENCH: Words = Words {
    quotes: ["« ", " »"],
    is: " : ",
    is_not: " : pas ",
    comma: ", ",
    either: " ou ",
    and: " et ",
    or: " ou ",
    not_so: "il n’est pas vrai que ",
    brackets: ["(", ")"],
    answers: ["oui", "non", "inconnu"],
    built_in: [
        "type d’incident",
        "classe",
        "groupe d’organismes",
        "sorte d’organisme",
        "voie",
        "milieu",
        "destinataire",
    ],
};

const RUSSIAN: Words = Words {
    quotes: ["«", "»"],
    is: ": ",
    is_not: ": не ",
    comma: ", ",
    either: " или ",
    and: " и ",
    or: " или ",
    not_so: "неверно, что ",
    brackets: ["(", ")"],
    answers: ["да", "нет", "неизвестно"],
    built_in: ["тип инцидента", "класс", "группа организмов", "вид организма", "путь", "среда", "адресат"],
};

const SPANISH: Words = Words {
    quotes: ["«", "»"],
    is: ": ",
    is_not: ": no ",
    comma: ", ",
    either: " o ",
    and: " y ",
    or: " o ",
    not_so: "no es cierto que ",
    brackets: ["(", ")"],
    answers: ["sí", "no", "desconocido"],
    built_in: [
        "tipo de incidente",
        "clase",
        "grupo de organismos",
        "tipo de organismo",
        "vía",
        "entorno",
        "destinatario",
    ],
};

fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &ENGLISH,
        Language::Ar => &ARABIC,
        Language::Zh => &CHINESE,
        Language::Fr => &FRENCH,
        Language::Ru => &RUSSIAN,
        Language::Es => &SPANISH,
    }
}

/// A condition of a playbook as a sentence in one language.
pub fn condition(playbook: &Playbook, expr: &Expr, language: Language) -> String {
    let words = words(language);
    let name = |fact: &str| name(playbook, fact, language);
    let value = |fact: &str, value: &str| answer_in(playbook, fact, value, language);
    said(expr, words, &name, &value)
}

/// A condition as a sentence in every language the playbook is there in.
pub fn in_all(playbook: &Playbook, expr: &Expr) -> Text {
    Text(languages(playbook).map(|language| (language, condition(playbook, expr, language))).collect())
}

/// What an answer to a fact is called, in every language the playbook is
/// there in.
pub fn answer(playbook: &Playbook, fact: &str, value: &str) -> Text {
    Text(languages(playbook).map(|language| (language, answer_in(playbook, fact, value, language))).collect())
}

/// A condition with codes for names, in English.
pub(crate) fn plain(expr: &Expr) -> String {
    let bare = |code: &str| code.replace('_', " ");
    said(expr, &ENGLISH, &bare, &|_, value| bare(value))
}

fn languages(playbook: &Playbook) -> impl Iterator<Item = Language> {
    let there = |language: &Language| playbook.translations.get(language) != Some(&Translation::None);
    Language::ALL.into_iter().filter(move |language| *language == Language::En || there(language))
}

/// What a fact is called: its title in quotes, or the plain name of one that
/// every incident has.
fn name(playbook: &Playbook, fact: &str, language: Language) -> String {
    let words = words(language);
    if let Some(index) = Facts::BUILT_IN.iter().position(|built_in| *built_in == fact) {
        return words.built_in[index].to_owned();
    }
    let title = playbook
        .fact(fact)
        .map_or_else(|| fact.replace('_', " "), |fact| fact.title.in_language(language).to_owned());
    format!("{}{title}{}", words.quotes[0], words.quotes[1])
}

fn answer_in(playbook: &Playbook, fact: &str, value: &str, language: Language) -> String {
    let own = playbook.fact(fact).and_then(|fact| fact.answers.get(value));
    let common = ["yes", "no", UNKNOWN].iter().position(|common| *common == value);
    match (own, common) {
        (Some(text), _) => text.in_language(language).to_owned(),
        (None, Some(index)) => words(language).answers[index].to_owned(),
        (None, None) => value.replace('_', " "),
    }
}

fn said(
    expr: &Expr,
    words: &Words,
    name: &dyn Fn(&str) -> String,
    value: &dyn Fn(&str, &str) -> String,
) -> String {
    let list = |fact: &str, values: &[String]| {
        let values: Vec<String> = values.iter().map(|one| value(fact, one)).collect();
        match values.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{}{}{last}", rest.join(words.comma), words.either),
            None => String::new(),
        }
    };
    let joined = |parts: &[Expr], between: &str| {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Expr::And(_) | Expr::Or(_) => {
                    format!("{}{}{}", words.brackets[0], said(part, words, name, value), words.brackets[1])
                }
                _ => said(part, words, name, value),
            })
            .collect();
        parts.join(between)
    };
    match expr {
        Expr::In(fact, values) => format!("{}{}{}", name(fact), words.is, list(fact, values)),
        Expr::Not(inner) => match &**inner {
            Expr::In(fact, values) => format!("{}{}{}", name(fact), words.is_not, list(fact, values)),
            other => format!("{}{}", words.not_so, said(other, words, name, value)),
        },
        Expr::And(all) => joined(all, words.and),
        Expr::Or(any) => joined(any, words.or),
    }
}

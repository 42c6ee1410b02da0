//! What can be told of a translation without knowing the language: nothing
//! missing, no figure or placeholder lost, the right script, and not the same
//! words as another language.

use super::{
    library::Library,
    model::Playbook,
    problem::Problem,
    text::{Language, Translation},
    translation::{Translated, TranslationFile, mark_of},
};

pub(crate) fn check(library: &Library, problems: &mut Vec<Problem>) {
    for file in library.translations() {
        match library.original(&file.playbook) {
            None => problems.push(file.source.error(
                "unknown_playbook",
                file.at,
                format!("there is no playbook “{}” to translate", file.playbook),
                "mend the id, or take this file away with its playbook",
            )),
            Some(original) => of_file(original, file, problems),
        }
    }
    for playbook in library.originals() {
        twins(library, playbook, problems);
    }
}

fn of_file(original: &Playbook, file: &TranslationFile, problems: &mut Vec<Problem>) {
    let language = file.language;
    if original.translations.get(&language).is_some_and(|state| *state != Translation::None) {
        problems.push(file.source.error(
            "translated_twice",
            file.at,
            format!("{} says itself how it reads in “{language}”", original.source.name),
            "keep the texts in one of the two places",
        ));
    }
    if file.original != original.hash || file.version != original.version {
        problems.push(file.source.note(
            "translation_of_older_text",
            file.original_at,
            format!("“{}” has changed since; it is version {} now", original.id, original.version),
            format!(
                "look through what is stale, then write version {} and {}",
                original.version, original.hash
            ),
        ));
    }
    let mut missing = Vec::new();
    let texts = original.texts();
    for text in &texts {
        let english = text.text.in_language(Language::En);
        match file.texts.get(&text.key) {
            Some(translated) if translated.words.is_empty() => missing.push(text.key.clone()),
            None => missing.push(text.key.clone()),
            Some(translated) => one(file, &text.key, english, translated, problems),
        }
    }
    if !missing.is_empty() {
        let some: Vec<&str> = missing.iter().take(5).map(String::as_str).collect();
        let more = if missing.len() > some.len() { ", …" } else { "" };
        problems.push(file.source.error(
            "text_missing",
            file.at,
            format!("{} texts are missing in “{language}”: {}{more}", missing.len(), some.join(", ")),
            format!("outcross check playbooks --template {language}/{} prints what to fill", original.id),
        ));
    }
    for (key, translated) in &file.texts {
        if !texts.iter().any(|text| text.key == *key) {
            problems.push(file.source.error(
                "unknown_text",
                translated.at,
                format!("“{}” has no text “{key}”", original.id),
                "take it out, or give it the key of the text it translates",
            ));
        }
    }
}

fn one(
    file: &TranslationFile,
    key: &str,
    english: &str,
    translated: &Translated,
    problems: &mut Vec<Problem>,
) {
    let mark = mark_of(english);
    if translated.of != mark {
        problems.push(file.source.note(
            "stale_text",
            translated.at,
            format!("the English of “{key}” has changed, so it is shown in English"),
            format!("translate it again and write of: \"{mark}\""),
        ));
        return;
    }
    let words = &translated.words;
    let mut error = |code, message, help: &str| {
        problems.push(file.source.error(code, translated.at, message, help));
    };
    let lost: Vec<String> = lost(&figures(english), &figures(words));
    if !lost.is_empty() {
        let message = format!("figures of the original are not there: {}", lost.join(", "));
        error("lost_figure", message, "write every figure in digits, as the original does");
    }
    let lost: Vec<String> = self::lost(&placeholders(english), &placeholders(words));
    if !lost.is_empty() {
        let message = format!("placeholders of the original are not there: {}", lost.join(", "));
        error("lost_placeholder", message, "keep every {…} as it is");
    }
    if !is_in_script(words, file.language) {
        let message = format!("this is not in the script of “{}”", file.language);
        error("wrong_script", message, "translate it");
    }
    if same(english, words) {
        error("same_text", "this is the English text".to_owned(), "translate it");
    }
}

/// The same words in two languages other than English.
fn twins(library: &Library, playbook: &Playbook, problems: &mut Vec<Problem>) {
    let files: Vec<&TranslationFile> =
        library.translations().filter(|file| file.playbook == playbook.id).collect();
    for (index, file) in files.iter().enumerate() {
        for (key, translated) in &file.texts {
            let twin = files[..index].iter().find(|other| {
                other.texts.get(key).is_some_and(|other| same(&other.words, &translated.words))
            });
            if let Some(twin) = twin {
                problems.push(file.source.error(
                    "same_text",
                    translated.at,
                    format!("“{}” has the same words for “{key}”", twin.language),
                    "translate it into each language",
                ));
            }
        }
    }
}

/// Whether two texts are the same words, and more than names and codes.
fn same(one: &str, other: &str) -> bool {
    let plain = |word: &&str| {
        word.chars().count() >= 3 && word.chars().all(|c| c.is_alphabetic() && !c.is_uppercase())
    };
    one.split_whitespace().eq(other.split_whitespace())
        && one.split(|c: char| !c.is_alphanumeric()).filter(plain).count() >= 2
}

/// Every run of digits, with what groups or divides them left out: “3 000”,
/// “3000” and “٣٠٠٠” are one figure, and so are “0.9” and “0,9”.
fn figures(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().map(western).collect();
    let digits_from =
        |at: usize| chars[at.min(chars.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut figure = String::new();
        loop {
            let run = digits_from(at);
            figure.extend(&chars[at..at + run]);
            at += run;
            let next = digits_from(at + 1);
            let goes_on = match chars.get(at) {
                Some(' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '’' | '\'' | '٬') => next == 3,
                Some('.' | ',' | '٫') => next > 0,
                _ => false,
            };
            if !goes_on {
                break;
            }
            at += 1;
        }
        found.push(figure);
    }
    found
}

/// A digit of another script as the western one.
fn western(c: char) -> char {
    let offset = match c {
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6f0}'..='\u{6f9}' => u32::from(c) - 0x6f0,
        '\u{ff10}'..='\u{ff19}' => u32::from(c) - 0xff10,
        _ => return c,
    };
    char::from_digit(offset, 10).unwrap_or(c)
}

/// Every `{…}`.
fn placeholders(text: &str) -> Vec<String> {
    let after_each = text.split('{').skip(1);
    after_each.filter_map(|rest| rest.split_once('}')).map(|(name, _)| format!("{{{name}}}")).collect()
}

/// Those of the first that the second has not, or not as often.
fn lost(wanted: &[String], there: &[String]) -> Vec<String> {
    let mut left: Vec<&String> = there.iter().collect();
    let mut missing = Vec::new();
    for one in wanted {
        match left.iter().position(|other| *other == one) {
            Some(at) => drop(left.swap_remove(at)),
            None => missing.push(one.clone()),
        }
    }
    missing
}

/// Whether the letters are, but for names and abbreviations, those of the
/// language: three tenths for scripts other than Latin, where names stay in
/// Latin letters; all for those in Latin, but for Greek in units and names.
fn is_in_script(text: &str, language: Language) -> bool {
    let of = |c: char| match u32::from(c) {
        0x0600..=0x06ff | 0x0750..=0x077f | 0xfb50..=0xfdff | 0xfe70..=0xfeff => Some(Language::Ar),
        0x3400..=0x4dbf | 0x4e00..=0x9fff => Some(Language::Zh),
        0x0400..=0x04ff => Some(Language::Ru),
        _ => None,
    };
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    match language {
        Language::Ar | Language::Zh | Language::Ru => {
            let own = letters.iter().filter(|c| of(**c) == Some(language)).count();
            letters.len() < 3 || own * 10 >= letters.len() * 3
        }
        Language::En | Language::Fr | Language::Es => letters.iter().all(|c| of(*c).is_none()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_the_same_however_they_are_grouped() {
        for (text, expected) in [
            ("at least 3 000 seeds", vec!["3000"]),
            ("3000 粒", vec!["3000"]),
            ("٣٠٠٠ بذرة", vec!["3000"]),
            ("0,9 % au-delà de 1\u{202f}000 m", vec!["09", "1000"]),
            ("0.9 % beyond 1 000 m", vec!["09", "1000"]),
            ("Articles 17 and 25; 75-125 t", vec!["17", "25", "75", "125"]),
            ("CP4 and 4 times 60 g", vec!["4", "4", "60"]),
            ("none", vec![]),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
        assert_eq!(lost(&figures("4 and 4"), &figures("4")), ["4"]);
        assert_eq!(lost(&figures("18 August 2006"), &figures("2006年8月18日")), [""; 0]);
    }

    #[test]
    fn scripts_are_told_apart() {
        assert!(is_in_script("Вымойте CP4 EPSPS и PAT", Language::Ru));
        assert!(!is_in_script("Wash the place", Language::Ru));
        assert!(!is_in_script("Мойте", Language::Fr));
        assert!(is_in_script("检测 PCR", Language::Zh));
        assert!(is_in_script("قائد الحادث", Language::Ar));
        assert!(!is_in_script("قائد الحادث", Language::Zh));
    }

    #[test]
    fn names_alone_may_be_the_same_in_two_languages() {
        assert!(!same("CP4 EPSPS", "CP4 EPSPS"));
        assert!(!same("Port", "Port"));
        assert!(same("Keep the samples sealed", "Keep the samples  sealed"));
        assert_eq!(placeholders("{a} of {b}"), ["{a}", "{b}"]);
    }
}

//! What a feature is called: which properties hold its name and its code, and
//! when two spellings are the same name.

use super::feature::{Feature, Properties};

/// Properties that hold a name, the likeliest first.
pub(super) const NAMES: &[&str] = &[
    "name",
    "NAME",
    "Name",
    "NAME_EN",
    "name_en",
    "NAME_LONG",
    "name_long",
    "NAME_ENG",
    "SITENAME",
    "SiteName",
    "SITE_NAME",
    "site_name",
    "SitName",
    "IntName",
    "NatName",
    "ORIG_NAME",
    "shapeName",
    "NAME_0",
    "ADMIN",
    "admin",
    "GEOUNIT",
    "COUNTRY",
    "Country",
    "country",
    "title",
    "Title",
    "TITLE",
    "label",
    "Label",
    "LABEL",
];

/// Properties that hold a code, the likeliest first.
const CODES: &[&str] = &[
    "WDPA_PID", "WDPAID", "SITE_PID", "SITE_ID", "SITEID", "SitRecID", "SITECODE", "id", "ID", "Id", "code",
    "CODE", "Code", "NE_ID", "ne_id", "shapeID", "OBJECTID", "FID", "fid",
];

/// The name of a feature, where one of its properties holds one.
pub(super) fn name(properties: &Properties) -> Option<&str> {
    properties.first(NAMES)
}

/// The properties looked through for a name, for people.
pub(super) fn looked_for() -> String {
    NAMES.join(", ")
}

/// The code of a feature: its own, else its name or number as a code.
pub(super) fn code(feature: &Feature, name: &str, number: usize) -> String {
    let own = feature.properties.first(CODES).or(feature.id.as_deref());
    // Shapefiles hold whole numbers as 555.0.
    let own = own.map(|code| code.strip_suffix(".0").unwrap_or(code));
    let slug = || Some(slug(name)).filter(|slug| !slug.is_empty());
    own.map(str::to_owned).or_else(slug).unwrap_or_else(|| number.to_string())
}

/// A name in lower case, its words joined by `-`; empty where no letter of it
/// is Latin.
pub(super) fn slug(name: &str) -> String {
    words(name).join("-")
}

/// A spelling without case, diacritics, spaces, punctuation and small words:
/// equal for spellings of one name.
pub(super) fn folded(name: &str) -> String {
    words(name).into_iter().filter(|word| !matches!(&**word, "the" | "and" | "of")).collect()
}

/// The words of a name in plain Latin lower case, other scripts as they are.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars().flat_map(char::to_lowercase) {
        let last = words.len() - 1;
        match plain(letter) {
            Some(letters) => words[last].push_str(letters),
            None if letter.is_alphanumeric() => words[last].push(letter),
            None if letter == '&' => words.extend(["and".to_owned(), String::new()]),
            None if matches!(letter, '\'' | '’' | '\u{300}'..='\u{36f}') => {}
            None => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A letter with a mark, without it.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ə' => "e",
        'ğ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ŕ' | 'ř' => "r",
        'ś' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        assert_eq!(folded("Tumbes-Chocó-Magdalena"), folded("TUMBES CHOCO MAGDALENA"));
        assert_eq!(folded("Western Ghats & Sri Lanka"), folded("Western Ghats and Sri Lanka"));
        assert_eq!(folded("Côte d’Ivoire"), folded("Cote d'Ivoire"));
        assert_ne!(folded("Niger"), folded("Nigeria"));
        assert_eq!(slug("Åland Islands"), "aland-islands");
    }
}

//! A page of plain text: lines of bounded width, headings, quotations. Words
//! of strangers cannot leave their lines or turn the direction of others.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many places may a line take?
const WIDTH: usize = 76;

/// What stands before each line of somebody's own words.
const QUOTE: &str = "    > ";

/// Begin and end of a stretch of text whose direction does not touch what
/// stands around it (Unicode bidirectional algorithm, isolates).
const ISOLATE: char = '\u{2068}';
const END_ISOLATE: char = '\u{2069}';

/// Takes no place, and makes a line one that is read from right to left.
const FROM_RIGHT: &str = "\u{200f}";

/// A page as it is written.
#[derive(Default)]
pub(super) struct Page {
    text: String,
    from_right: bool,
}

impl Page {
    /// From here on lines are read from right to left, or from left to right.
    pub(super) fn turn(&mut self, from_right: bool) {
        self.from_right = from_right;
    }

    /// A paragraph.
    pub(super) fn line(&mut self, text: &str) {
        self.indented("", text);
    }

    /// A paragraph below a heading.
    pub(super) fn item(&mut self, text: &str) {
        self.indented("  ", text);
    }

    /// A paragraph below an item.
    pub(super) fn detail(&mut self, text: &str) {
        self.indented("    ", text);
    }

    /// Somebody's own words, line by line, at most `most` characters of them.
    /// Returns whether some were left out.
    pub(super) fn quote(&mut self, words: &str, most: usize) -> bool {
        let words = clean(words);
        let words = words.trim();
        let shown: String = words.chars().take(most).collect();
        let is_cut = shown.len() < words.len();
        let shown = if is_cut { format!("{}…", shown.trim_end()) } else { shown };
        for line in shown.lines() {
            // Their direction is that of their own first letter.
            self.lines("", QUOTE, line);
        }
        is_cut
    }

    /// An address of the web, alone on its line and never broken.
    pub(super) fn address(&mut self, address: &str) {
        self.text += "  ";
        self.text += address;
        self.text.push('\n');
    }

    /// An empty line, but never two and none at the top.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading, with room above it.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        self.line(text);
    }

    /// A line across the page.
    pub(super) fn rule(&mut self) {
        self.gap();
        self.text += &"=".repeat(WIDTH);
        self.text += "\n\n";
    }

    /// The text, each line ended by a line feed.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn indented(&mut self, indent: &str, text: &str) {
        let mark = if self.from_right && !text.is_empty() { FROM_RIGHT } else { "" };
        self.lines(mark, indent, text);
    }

    fn lines(&mut self, mark: &str, indent: &str, text: &str) {
        for line in wrap(text, WIDTH - indent.len()) {
            self.text += format!("{mark}{indent}{line}").trim_end();
            self.text.push('\n');
        }
    }
}

/// Words of strangers without what could disturb the page: control characters
/// and marks that turn the direction of the text around them. Line breaks
/// stay.
pub(super) fn clean(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' => {}
            c => out.push(c),
        }
    }
    out
}

/// Words of strangers on one line, at most `most` characters of them; an
/// ellipsis stands for the rest.
pub(super) fn one_line(words: &str, most: usize) -> String {
    let clean = clean(words);
    let line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `text` in lines of at most `width` places. Lines break at blanks and between
/// letters that take two places, as Chinese does. A word that is too long is
/// cut, but for an address of the web.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for piece in pieces(text) {
        let room = piece.trim_end().width();
        if used > 0 && used + room > width {
            lines.push(String::new());
            used = 0;
        }
        let may_be_cut = room > width && !piece.contains("://");
        for c in piece.chars() {
            let place = c.width().unwrap_or(0);
            if may_be_cut && used + place > width && c != ' ' {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
            used += place;
        }
    }
    close_isolates(&mut lines);
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// `text` cut wherever a line may break.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let breaks = before.is_some_and(|before| {
            let wide = |c: char| c.width() == Some(2);
            let ends = |c: char| "，。；：、）》！？”".contains(c);
            let begins = |c: char| "（《“".contains(c);
            let blank = before == ' ' && c != ' ' && !is_unit(text, at);
            blank || ((wide(before) || wide(c)) && c != ' ' && !ends(c) && !begins(before))
        });
        if breaks {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

/// Whether what begins at `at` is the unit of a number before it: `26 km`.
fn is_unit(text: &str, at: usize) -> bool {
    let number = text[..at].trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit());
    let unit = text[at..].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    number && matches!(unit, "m" | "km" | "UTC")
}

/// Isolates end with their line: one that goes on is closed at its end and
/// opened again on the next.
fn close_isolates(lines: &mut [String]) {
    let mut open = 0_usize;
    for line in lines {
        let begun = open;
        for c in line.chars() {
            match c {
                ISOLATE => open += 1,
                END_ISOLATE => open = open.saturating_sub(1),
                _ => {}
            }
        }
        if begun + open > 0 {
            let starts = ISOLATE.to_string().repeat(begun);
            let ends = END_ISOLATE.to_string().repeat(open);
            *line = format!("{starts}{}{ends}", line.trim_end());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_between_wide_letters() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("within 26 km of it", 10), ["within", "26 km of", "it"]);
        assert_eq!(wrap("", 8), [""]);
        assert_eq!(wrap("unbreakable", 4), ["unbr", "eaka", "ble"]);
        assert_eq!(wrap("see https://example.org/long", 8), ["see", "https://example.org/long"]);
        let lines = wrap("距离超过一百公里，即任何途径所能及的范围。", 12);
        assert!(lines.iter().all(|line| line.width() <= 12), "{lines:?}");
        assert!(!lines.iter().any(|line| line.starts_with('，')), "{lines:?}");
        assert_eq!(lines.concat(), "距离超过一百公里，即任何途径所能及的范围。");
    }

    #[test]
    fn an_isolate_goes_on_with_its_line() {
        let lines = wrap("\u{2068}one two\u{2069} three", 4);
        assert_eq!(lines, ["\u{2068}one\u{2069}", "\u{2068}two\u{2069}", "thre", "e"]);
    }

    #[test]
    fn words_of_strangers_stay_on_their_lines() {
        assert_eq!(clean("a\r\nb\u{202e}c\u{0}\td\u{2069}"), "a\nbc d");
        assert_eq!(one_line("a\r\nBcc: b@example.org  c", 40), "a Bcc: b@example.org c");
        assert_eq!(one_line("abcdef", 4), "abc…");
        let mut page = Page::default();
        assert!(!page.quote("first\n\n*** not a banner ***", 100));
        assert_eq!(page.into_text(), "    > first\n    >\n    > *** not a banner ***\n");
        let mut page = Page::default();
        assert!(page.quote("abcdef", 4));
        assert_eq!(page.into_text(), "    > abcd…\n");
    }
}

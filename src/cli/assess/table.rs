//! Columns on a terminal: as wide as what stands in them, wrapped at words,
//! right for letters that take two places or none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Blanks between columns.
const GAP: usize = 2;

/// Columns are never narrower than this.
const NARROWEST: usize = 12;

/// The last column, a sentence, stands beside the others when it has at least
/// this much room, else beneath them.
const SENTENCE: usize = 34;

/// How far a table is indented, and what stands beneath a row once more.
const INDENT: usize = 2;

/// How text is painted; `None` writes it plain.
pub(super) type Paint = Option<&'static str>;

/// One line of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Its cells, left to right, each with its colour.
    pub cells: Vec<(String, Paint)>,
    /// The sentence at the end; may be empty.
    pub sentence: String,
}

/// A table with the headings of its columns, that of the sentence last.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub headings: Vec<String>,
    pub rows: Vec<Row>,
}

/// A page of so many columns, in colour or plain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub width: usize,
    pub colour: bool,
}

impl Page {
    /// `text` in a colour, if this page has any.
    pub fn paint(self, text: &str, colour: Paint) -> String {
        match colour {
            Some(code) if self.colour && !text.is_empty() => format!("\x1b[{code}m{text}\x1b[0m"),
            _ => text.to_owned(),
        }
    }

    /// `text` wrapped at words behind `lead`; following lines are indented as
    /// far as the first.
    pub fn wrapped(self, lead: &str, text: &str, colour: Paint) -> String {
        let indent = lead.width();
        let lines = wrap(text, self.width.saturating_sub(indent).max(NARROWEST));
        let mut out = String::new();
        for (index, line) in lines.iter().enumerate() {
            let lead = if index == 0 { lead.to_owned() } else { " ".repeat(indent) };
            out += &lead;
            out += &self.paint(line, colour);
            out.push('\n');
        }
        out
    }

    /// A table. The sentence stands beside the columns where there is room, else
    /// beneath; one that neighbouring rows share stands above them, once.
    pub fn table(self, table: &Table) -> String {
        let columns = table.headings.len() - 1;
        let sentences = table.rows.iter().any(|row| !row.sentence.is_empty());
        let shared = sentences && table.rows.windows(2).any(|pair| pair[0].sentence == pair[1].sentence);
        let indent = if shared { 2 * INDENT } else { INDENT };
        let cell = |row: &Row, index: usize| row.cells.get(index).map_or(0, |(text, _)| text.width());
        let widest = |index: usize| {
            let cells = table.rows.iter().map(|row| cell(row, index)).max().unwrap_or(0);
            // A column of which nothing is known is left out.
            if cells == 0 { 0 } else { cells.max(table.headings[index].width()) }
        };
        let mut widths: Vec<usize> = (0..columns).map(widest).collect();
        let taken =
            |widths: &[usize]| indent + widths.iter().filter(|w| **w > 0).map(|w| w + GAP).sum::<usize>();
        // The first column, a name, gives way.
        let over = (taken(&widths) - GAP).saturating_sub(self.width);
        if let Some(first) = widths.first_mut() {
            *first = first.saturating_sub(over).max(NARROWEST);
        }
        let beside = self.width.saturating_sub(taken(&widths));
        let beside = (sentences && !shared && beside >= SENTENCE).then_some(beside);
        let heading = |text: &String| (text.clone(), Some("2"));
        let headings =
            Row { cells: table.headings[..columns].iter().map(heading).collect(), ..Row::default() };
        let mut out = self.row(&headings, &widths, indent, None);
        if beside.is_some() {
            let why = self.paint(&table.headings[columns], Some("2"));
            let short = " ".repeat(short_by(&out, taken(&widths)));
            out = format!("{}{short}{why}\n", out.trim_end_matches('\n'));
        }
        let mut said = "";
        for row in &table.rows {
            if shared && row.sentence != said {
                out += &self.wrapped(&" ".repeat(INDENT), &row.sentence, None);
                said = &row.sentence;
            }
            out += &self.row(row, &widths, indent, beside);
            if beside.is_none() && !shared && !row.sentence.is_empty() {
                out += &self.wrapped(&" ".repeat(2 * INDENT), &row.sentence, None);
            }
        }
        out
    }

    fn row(self, row: &Row, widths: &[usize], indent: usize, beside: Option<usize>) -> String {
        let cells: Vec<Vec<String>> =
            row.cells.iter().zip(widths).map(|((text, _), width)| cell(text, *width)).collect();
        let sentence = beside.map(|width| wrap(&row.sentence, width)).unwrap_or_default();
        let height = cells.iter().map(Vec::len).chain([sentence.len(), 1]).max().unwrap_or(1);
        let mut out = String::new();
        for line in 0..height {
            let mut text = " ".repeat(indent);
            for ((cell, width), (_, colour)) in cells.iter().zip(widths).zip(&row.cells) {
                if *width > 0 {
                    let shown = cell.get(line).map_or("", String::as_str);
                    text += &self.paint(shown, *colour);
                    text += &" ".repeat(width.saturating_sub(shown.width()) + GAP);
                }
            }
            text += sentence.get(line).map_or("", String::as_str);
            out += text.trim_end();
            out += "\n";
        }
        out
    }
}

/// The lines of a cell; none in a column that is left out.
fn cell(text: &str, width: usize) -> Vec<String> {
    if width == 0 { Vec::new() } else { wrap(text, width) }
}

/// How many blanks the last line of `out` lacks to `width`.
fn short_by(out: &str, width: usize) -> usize {
    let last = out.trim_end_matches('\n').lines().last().unwrap_or_default();
    width.saturating_sub(console::strip_ansi_codes(last).width())
}

/// `text` in lines of at most `width` places. Lines break at blanks, and
/// between letters that take two places, as Chinese does.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let fits = line.width() + piece.trim_end().width() <= width;
        if !fits && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        if piece.trim_end().width() <= width {
            line += piece;
            continue;
        }
        // A word longer than the line is cut.
        for c in piece.chars() {
            if line.width() + c.width().unwrap_or(0) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// `text` cut wherever a line may break.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let wide = |c: char| c.width() == Some(2);
        let stays = |b: char| b == '（' || c == ' ' || "，。；：、）！？".contains(c) || is_unit(text, at);
        let breaks = before.is_some_and(|b| (b == ' ' || wide(b) || wide(c)) && !stays(b));
        if breaks {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

/// Whether what begins at `at` is the unit of a number before it.
fn is_unit(text: &str, at: usize) -> bool {
    let number =
        text[..at].strip_suffix(' ').is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    let rest = &text[at..];
    let rest = rest.strip_prefix('k').unwrap_or(rest);
    let unit = rest.strip_prefix('m').is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    number && unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_words_and_between_wide_letters() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("", 8), [""]);
        assert_eq!(wrap("within 26 km of it", 10), ["within", "26 km of", "it"]);
        assert_eq!(wrap("unbreakable", 4), ["unbr", "eaka", "ble"]);
        let lines = wrap("距离超过一百公里，即任何途径所能及的范围。", 12);
        assert!(lines.iter().all(|line| line.width() <= 12), "{lines:?}");
        assert_eq!(lines.concat(), "距离超过一百公里，即任何途径所能及的范围。");
        assert!(!lines.iter().any(|line| line.starts_with('，')), "{lines:?}");
    }

    #[test]
    fn a_table_fits_its_page_and_keeps_its_columns() {
        let row = |name: &str, why: &str| Row {
            cells: vec![(name.to_owned(), Some("1")), ("p95".to_owned(), None), (String::new(), None)],
            sentence: format!("Within 1.0 km, where nearly all of the movement lies by {why}."),
        };
        let headings = ["State", "Ring", "Earliest", "Why"].map(str::to_owned).to_vec();
        let rows = vec![row("Democratic Republic of the Congo (CD)", "pollen"), row("中国 (CN)", "seed")];
        let table = Table { headings, rows };
        for width in [40, 80, 120] {
            let plain = Page { width, colour: false }.table(&table);
            assert!(plain.lines().all(|line| line.width() <= width), "{width}:\n{plain}");
            assert!(!plain.contains("Earliest"), "an empty column is left out");
            let columns: Vec<usize> =
                plain.lines().filter_map(|line| line.find("p95").map(|at| line[..at].width())).collect();
            assert!(columns.len() == 2 && columns[0] == columns[1], "{width}:\n{plain}");
            let coloured = Page { width, colour: true }.table(&table);
            assert_eq!(console::strip_ansi_codes(&coloured), plain, "colour takes no room");
        }
        let alike = Table { rows: vec![row("Chad (TD)", "pollen"), row("Niger (NE)", "pollen")], ..table };
        let text = Page { width: 120, colour: false }.table(&alike);
        assert_eq!(text.matches("by pollen").count(), 1, "said once:\n{text}");
    }
}

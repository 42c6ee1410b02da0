//! Plots drawn here as SVG: bars and columns. Lengths along the text are parts
//! of the width, so that words keep their size on every screen; every plot has
//! its table beneath it.

use super::Words;
use askama::Template;

/// How much of the width the longest bar takes, in per cent: the rest is for
/// its number.
const LONGEST: f64 = 85.0;

/// How high a row of bars is, and how high columns are, in pixels.
const ROW: usize = 46;
const COLUMN: f64 = 110.0;

/// One plot with its table.
pub(super) struct Plot {
    /// What stands above it.
    pub title: String,
    /// What counts and what does not.
    pub notes: Vec<String>,
    /// The heads of the two columns of the table.
    pub heads: (String, String),
    /// The table.
    pub rows: Vec<(String, usize)>,
    /// The drawing; absent where there is too little to draw.
    pub drawing: Option<String>,
}

#[derive(Template)]
#[template(path = "plot_bars.html", config = "src/web/askama.toml")]
struct Bars<'a> {
    title: &'a str,
    height: usize,
    rows: Vec<Bar<'a>>,
}

struct Bar<'a> {
    label: &'a str,
    number: usize,
    /// Where the text begins, where the bar does, how long it is, and where it
    /// ends.
    text: &'static str,
    start: String,
    length: String,
    end: String,
    shift: &'static str,
    y: [usize; 3],
}

#[derive(Template)]
#[template(path = "plot_columns.html", config = "src/web/askama.toml")]
struct Columns<'a> {
    title: &'a str,
    columns: Vec<Column<'a>>,
}

struct Column<'a> {
    label: &'a str,
    /// What stands under the label, where it changes.
    group: Option<&'a str>,
    number: usize,
    start: String,
    width: String,
    middle: String,
    y: String,
    height: String,
    above: String,
}

/// Bars, one beneath the other, from the side where the language begins.
pub(super) fn bars(title: &str, rows: &[(String, usize)], words: &Words<'_>) -> Option<String> {
    let most = rows.iter().map(|(_, number)| *number).max().filter(|most| *most > 0)?;
    let from_right = words.direction() == "rtl";
    let bars = rows.iter().enumerate().map(|(place, (label, number))| {
        let length = LONGEST * *number as f64 / most as f64;
        let (start, end) = if from_right { (100.0 - length, 100.0 - length) } else { (0.0, length) };
        Bar {
            label,
            number: *number,
            text: if from_right { "100%" } else { "0" },
            start: percent(start),
            length: percent(length),
            end: percent(end),
            shift: if from_right { "-6" } else { "6" },
            y: [ROW * place + 15, ROW * place + 21, ROW * place + 34],
        }
    });
    Bars { title, height: ROW * rows.len(), rows: bars.collect() }.render().ok()
}

/// Columns side by side, the first where the language begins. A label is the
/// column's own and, after a stroke, its group's.
pub(super) fn columns(title: &str, rows: &[(String, usize)], words: &Words<'_>) -> Option<String> {
    let most = rows.iter().map(|(_, number)| *number).max().filter(|most| *most > 0)?;
    let from_right = words.direction() == "rtl";
    let wide = 100.0 / rows.len() as f64;
    let group_of =
        |place: usize| rows.get(place).and_then(|(name, _)| name.split_once('-')).map(|(group, _)| group);
    let columns = rows.iter().enumerate().map(|(place, (name, number))| {
        let label = name.split_once('-').map_or(name.as_str(), |(_, label)| label);
        // Said where it begins, if there is room for it.
        let group = group_of(place).filter(|group| {
            let before = place.checked_sub(1).and_then(group_of);
            before != Some(*group) && group_of(place + 1) == Some(*group)
        });
        let place = if from_right { rows.len() - 1 - place } else { place } as f64;
        let height = COLUMN * *number as f64 / most as f64;
        Column {
            label,
            group,
            number: *number,
            start: percent(wide * (place + 0.15)),
            width: percent(wide * 0.7),
            middle: percent(wide * (place + 0.5)),
            y: format!("{:.1}", 20.0 + COLUMN - height),
            height: format!("{height:.1}"),
            above: format!("{:.1}", 15.0 + COLUMN - height),
        }
    });
    Columns { title, columns: columns.collect() }.render().ok()
}

fn percent(part: f64) -> String {
    format!("{part:.2}%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Speaker;

    #[test]
    fn bars_begin_where_the_language_does() {
        let rows = [("a<b".to_owned(), 4), ("c".to_owned(), 1)];
        let (english, arabic) = (Speaker::of("en"), Speaker::of("ar"));
        let left = bars("t", &rows, &Words(&english)).expect("a plot");
        assert!(left.contains("width=\"85.00%\"") && left.contains("width=\"21.25%\""), "{left}");
        assert!(left.contains("a&#60;b") || left.contains("a&lt;b"), "{left}");
        assert!(!left.contains("style="), "the policy of the pages forbids it");
        let right = bars("t", &rows, &Words(&arabic)).expect("a plot");
        assert!(right.contains("x=\"78.75%\""), "{right}");
        assert_eq!(bars("t", &[("a".to_owned(), 0)], &Words(&english)), None);
    }

    #[test]
    fn columns_say_their_year_once() {
        let rows = [("2025-12".to_owned(), 1), ("2026-01".to_owned(), 0), ("2026-02".to_owned(), 2)];
        let drawn = columns("t", &rows, &Words(&Speaker::of("en"))).expect("a plot");
        assert_eq!(drawn.matches(">2026<").count(), 1, "{drawn}");
        assert_eq!(drawn.matches("<rect").count(), 3);
    }
}

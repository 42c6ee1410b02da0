//! What is wrong with a playbook, where, and how to mend it.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// A place in a text: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookMark)]
pub struct Mark {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl Mark {
    /// The place `characters` further to the right.
    pub(crate) fn right(self, characters: usize) -> Self {
        Self { column: self.column.saturating_add(u32::try_from(characters).unwrap_or(0)), ..self }
    }
}

/// A value and the place where it was written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Spot<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    #[serde(skip)]
    pub at: Mark,
}

/// How bad a problem is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = PlaybookSeverity)]
pub enum Severity {
    /// The playbook cannot be used until it is mended.
    Error,
    /// Worth knowing; the playbook can be used.
    Note,
}

/// One thing wrong with a playbook, with the line and how to mend it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookProblem)]
pub struct Problem {
    /// A stable code, such as `unknown_role`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// The name under which the text was handed in.
    pub file: String,
    /// The line, from 1; 0 when the problem is not about a line.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The line as written.
    pub snippet: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl Problem {
    /// A problem of the library as a whole.
    pub(crate) fn of_library(code: &str, message: String, help: &str) -> Self {
        Self {
            code: code.to_owned(),
            severity: Severity::Error,
            file: String::new(),
            line: 0,
            column: 0,
            snippet: String::new(),
            message,
            help: help.to_owned(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.severity == Severity::Error { "error" } else { "note" };
        if self.line == 0 {
            writeln!(f, "{kind}[{}] {}", self.code, self.message)?;
        } else {
            writeln!(f, "{kind}[{}] {}:{}:{}", self.code, self.file, self.line, self.column)?;
            writeln!(f, "{:>5} | {}", self.line, self.snippet)?;
            let indent = usize::try_from(self.column.saturating_sub(1)).unwrap_or(0);
            writeln!(f, "      | {}^ {}", " ".repeat(indent), self.message)?;
        }
        write!(f, "      = help: {}", self.help)
    }
}

/// The known name that was most likely meant.
pub(crate) fn nearest<'n>(known: &[&'n str], written: &str) -> Option<&'n str> {
    let (letters, near) = known.iter().map(|name| (distance(name, written), *name)).min()?;
    (letters <= 3).then_some(near)
}

/// How many letters must change to make one word the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let kept = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = kept.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

/// A text and the name it was handed in under.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Source {
    pub name: String,
    pub text: String,
}

impl Source {
    /// The line at `mark`, as written.
    fn line(&self, mark: Mark) -> &str {
        let index = usize::try_from(mark.line).unwrap_or(0).saturating_sub(1);
        self.text.lines().nth(index).unwrap_or("")
    }

    /// What stands on the line from `mark` on.
    pub fn rest_of_line(&self, mark: Mark) -> &str {
        let line = self.line(mark);
        let skip = usize::try_from(mark.column).unwrap_or(0).saturating_sub(1);
        line.char_indices().nth(skip).map_or("", |(at, _)| &line[at..])
    }

    /// Where a word stands on the line from `mark` on; `mark` itself when it
    /// stands on another line.
    pub fn find(&self, mark: Mark, word: &str) -> Mark {
        let rest = self.rest_of_line(mark);
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let found = rest
            .match_indices(word)
            .find(|(at, _)| !rest[..*at].ends_with(inside) && !rest[at + word.len()..].starts_with(inside));
        found.map_or(mark, |(at, _)| mark.right(rest[..at].chars().count()))
    }

    /// An error at `mark`.
    pub fn error(
        &self,
        code: &str,
        mark: Mark,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        Problem {
            code: code.to_owned(),
            severity: Severity::Error,
            file: self.name.clone(),
            line: mark.line,
            column: mark.column,
            snippet: self.line(mark).to_owned(),
            message: message.into(),
            help: help.into(),
        }
    }

    /// A note at `mark`.
    pub fn note(
        &self,
        code: &str,
        mark: Mark,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        Problem { severity: Severity::Note, ..self.error(code, mark, message, help) }
    }
}

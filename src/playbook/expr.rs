//! Conditions: `and`, `or`, `not`, `is`, `in` over facts. Total: every
//! condition is true or false for all facts; a fact nobody has said is
//! `unknown`. Prints itself as a sentence ([`sentence`](super::sentence)).

use serde::Serialize;
use std::{borrow::Cow, collections::BTreeSet, fmt};

/// A condition over facts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// The fact has one of these values (`is` with one, `in` with several).
    In(String, Vec<String>),
    /// Not.
    Not(Box<Expr>),
    /// All of them.
    And(Vec<Expr>),
    /// At least one of them.
    Or(Vec<Expr>),
}

/// The values a fact has; empty means unknown.
pub type Values<'a> = Vec<Cow<'a, str>>;

/// The value of a fact that nobody has said.
pub const UNKNOWN: &str = "unknown";

/// How deep conditions may nest.
const DEPTH: usize = 16;

impl Expr {
    /// Whether the condition holds, given what each fact is.
    pub fn holds<'a>(&self, values: &dyn Fn(&str) -> Values<'a>) -> bool {
        match self {
            Self::In(fact, wanted) => {
                let have = values(fact);
                wanted.iter().any(|want| {
                    have.iter().any(|value| value == want) || (have.is_empty() && want == UNKNOWN)
                })
            }
            Self::Not(inner) => !inner.holds(values),
            Self::And(all) => all.iter().all(|inner| inner.holds(values)),
            Self::Or(any) => any.iter().any(|inner| inner.holds(values)),
        }
    }

    /// Every fact named, with the values it is compared with.
    pub fn named(&self) -> Vec<(&str, &str)> {
        match self {
            Self::In(fact, values) => values.iter().map(|v| (fact.as_str(), v.as_str())).collect(),
            Self::Not(inner) => inner.named(),
            Self::And(inner) | Self::Or(inner) => inner.iter().flat_map(Self::named).collect(),
        }
    }

    /// The facts named.
    pub fn facts(&self) -> BTreeSet<&str> {
        self.named().into_iter().map(|(fact, _)| fact).collect()
    }

    /// Both conditions; either may be missing.
    pub fn both(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (one, other) {
            (Some(one), Some(other)) => Some(Self::And(vec![one, other])),
            (one, other) => one.or(other),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::sentence::plain(self))
    }
}

/// Why a text is not a condition, and after how many characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExprError {
    /// Characters before the place.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads a condition.
pub fn parse(text: &str) -> Result<Expr, ExprError> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, end: text.chars().count() };
    let expr = parser.or(0)?;
    match parser.peek() {
        None => Ok(expr),
        Some(_) => Err(parser.error("expected “and”, “or” or the end here")),
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
    Word(String),
    Quoted(String),
    Sign(char),
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ExprError> {
    let mut found = Vec::new();
    let mut chars = text.chars().enumerate().peekable();
    while let Some((offset, c)) = chars.next() {
        let token = match c {
            c if c.is_whitespace() => continue,
            '(' | ')' | '[' | ']' | ',' => Token::Sign(c),
            '"' | '\'' => {
                let mut word = String::new();
                loop {
                    match chars.next() {
                        Some((_, end)) if end == c => break,
                        Some((_, other)) => word.push(other),
                        None => {
                            return Err(ExprError { offset, message: "this quote is never closed".into() });
                        }
                    }
                }
                Token::Quoted(word)
            }
            c if is_word(c) => {
                let mut word = String::from(c);
                while let Some((_, next)) = chars.next_if(|(_, next)| is_word(*next)) {
                    word.push(next);
                }
                Token::Word(word)
            }
            other => return Err(ExprError { offset, message: format!("“{other}” has no meaning here") }),
        };
        found.push((offset, token));
    }
    Ok(found)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    at: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn error(&self, message: impl Into<String>) -> ExprError {
        let offset = self.tokens.get(self.at).map_or(self.end, |(offset, _)| *offset);
        ExprError { offset, message: message.into() }
    }

    fn take(&mut self, wanted: &Token) -> bool {
        let here = self.peek() == Some(wanted);
        self.at += usize::from(here);
        here
    }

    fn word(&mut self, word: &str) -> bool {
        self.take(&Token::Word(word.to_owned()))
    }

    fn or(&mut self, depth: usize) -> Result<Expr, ExprError> {
        let mut parts = vec![self.and(depth)?];
        while self.word("or") {
            parts.push(self.and(depth)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expr::Or(parts) })
    }

    fn and(&mut self, depth: usize) -> Result<Expr, ExprError> {
        let mut parts = vec![self.not(depth)?];
        while self.word("and") {
            parts.push(self.not(depth)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expr::And(parts) })
    }

    fn not(&mut self, depth: usize) -> Result<Expr, ExprError> {
        if depth > DEPTH {
            return Err(self.error("the condition is nested too deeply"));
        }
        if self.word("not") {
            return Ok(Expr::Not(Box::new(self.not(depth + 1)?)));
        }
        if self.take(&Token::Sign('(')) {
            let inner = self.or(depth + 1)?;
            return if self.take(&Token::Sign(')')) {
                Ok(inner)
            } else {
                Err(self.error("expected “)” here"))
            };
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Expr, ExprError> {
        let fact = match self.peek() {
            Some(Token::Word(word)) if !is_keyword(word) => word.clone(),
            _ => return Err(self.error("expected the name of a fact here")),
        };
        self.at += 1;
        let (negative, values) = if self.word("is") {
            (self.word("not"), vec![self.value()?])
        } else {
            let negative = self.word("not");
            if !self.word("in") {
                return Err(self.error("expected “is” or “in” here"));
            }
            (negative, self.values()?)
        };
        let plain = Expr::In(fact, values);
        Ok(if negative { Expr::Not(Box::new(plain)) } else { plain })
    }

    fn value(&mut self) -> Result<String, ExprError> {
        let value = match self.peek() {
            Some(Token::Word(word)) if !is_keyword(word) => word.clone(),
            Some(Token::Quoted(word)) => word.clone(),
            _ => return Err(self.error("expected a value here")),
        };
        self.at += 1;
        Ok(value)
    }

    fn values(&mut self) -> Result<Vec<String>, ExprError> {
        if !self.take(&Token::Sign('[')) {
            return Err(self.error("expected “[” and a list of values here"));
        }
        let mut values = vec![self.value()?];
        while self.take(&Token::Sign(',')) {
            values.push(self.value()?);
        }
        if self.take(&Token::Sign(']')) {
            Ok(values)
        } else {
            Err(self.error("expected “,” or “]” here"))
        }
    }
}

fn is_keyword(word: &str) -> bool {
    matches!(word, "and" | "or" | "not" | "is" | "in")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str, facts: &[(&str, &str)]) -> bool {
        let values = |fact: &str| -> Values<'static> {
            facts.iter().filter(|(name, _)| *name == fact).map(|(_, v)| Cow::Owned((*v).to_owned())).collect()
        };
        parse(text).expect(text).holds(&values)
    }

    #[test]
    fn conditions_are_total_and_unknown_is_a_value() {
        assert!(holds("seen is yes", &[("seen", "yes")]));
        assert!(!holds("seen is yes", &[]));
        assert!(holds("seen is unknown", &[]));
        assert!(holds("seen is not yes and not (ring in [a, b])", &[("ring", "c")]));
        assert!(holds(
            "pathway is pollen and pathway is seed",
            &[("pathway", "pollen"), ("pathway", "seed")]
        ));
        assert!(holds("a is x or a is y and b is z", &[("a", "x")]));
    }

    #[test]
    fn a_condition_prints_as_a_sentence() {
        let expr =
            parse("plants_found in [\"yes\", unknown] and (class is A or not kind is fish)").expect("reads");
        assert_eq!(expr.to_string(), "plants found is yes or unknown and (class is A or kind is not fish)");
    }

    #[test]
    fn an_error_points_at_the_place() {
        for (text, offset) in [
            ("seen is", 7),
            ("seen = yes", 5),
            ("seen is yes no", 12),
            ("(a is b", 7),
            ("and", 0),
            ("a in b", 5),
            ("a is \"b", 5),
            ("", 0),
        ] {
            assert_eq!(parse(text).expect_err(text).offset, offset, "{text}");
        }
        assert!(parse(&format!("{}a is b", "not ".repeat(5000))).is_err());
        assert!(parse(&"(".repeat(5000)).is_err());
    }
}

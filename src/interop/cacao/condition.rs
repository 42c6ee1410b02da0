//! Conditions over variables, in the grammar of STIX patterns.

use super::names::variable;
use crate::playbook::expr::Expr;

/// The condition, or its contrary: denial is pushed down to the comparisons,
/// where the grammar has it.
pub(super) fn pattern(expr: &Expr, holds: bool) -> String {
    match expr {
        Expr::Not(inner) => pattern(inner, !holds),
        Expr::In(fact, values) => compared(fact, values, holds),
        Expr::And(all) => joined(all, holds, if holds { " AND " } else { " OR " }),
        Expr::Or(any) => joined(any, holds, if holds { " OR " } else { " AND " }),
    }
}

fn joined(parts: &[Expr], holds: bool, word: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Expr::And(_) | Expr::Or(_) => format!("({})", pattern(part, holds)),
            Expr::Not(inner) if matches!(**inner, Expr::And(_) | Expr::Or(_)) => {
                format!("({})", pattern(part, holds))
            }
            _ => pattern(part, holds),
        })
        .collect();
    parts.join(word)
}

fn compared(fact: &str, values: &[String], holds: bool) -> String {
    let path = format!("{}:value", variable(fact));
    match values {
        [one] => format!("{path} {} {}", if holds { "=" } else { "!=" }, quoted(one)),
        several => {
            let several: Vec<String> = several.iter().map(|one| quoted(one)).collect();
            format!("{path} {} ({})", if holds { "IN" } else { "NOT IN" }, several.join(", "))
        }
    }
}

fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::expr::parse;

    #[test]
    fn conditions_and_their_contraries() {
        let both = |text: &str| {
            let expr = parse(text).expect(text);
            [pattern(&expr, true), pattern(&expr, false)]
        };
        assert_eq!(both("a is b"), ["__a__:value = 'b'", "__a__:value != 'b'"]);
        assert_eq!(
            both("a in [b, \"c'd\"] and not (x is y or z is not unknown)"),
            [
                "__a__:value IN ('b', 'c\\'d') AND (__x__:value != 'y' AND __z__:value = 'unknown')",
                "__a__:value NOT IN ('b', 'c\\'d') OR (__x__:value = 'y' OR __z__:value != 'unknown')",
            ]
        );
    }
}

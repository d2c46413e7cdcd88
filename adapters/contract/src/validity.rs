//! The validity grammar of licences, as far as a package is checked: terms joined by `+`, each one of the
//! known words with or without arguments in brackets, such as `fixed(6y)+check(3y)`. What the arguments
//! mean is known to `yimen-licences`, which also checks them.

use thiserror::Error;

/// The words a term may begin with.
pub const HEADS: [&str; 12] = [
    "fixed",
    "age_band",
    "ladder",
    "endorse",
    "inspect",
    "tied_to",
    "schedule",
    "interval",
    "session",
    "long",
    "check",
    "annual_report",
];

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ValidityError {
    #[error("A part of the rule is empty.")]
    Empty,
    #[error("`{0}` is not a kind of validity.")]
    UnknownHead(String),
    #[error("The brackets do not close.")]
    Brackets,
}

/// One term of a rule: its word, and the text between the brackets where there are any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'r> {
    pub head: &'r str,
    pub arguments: Option<&'r str>,
}

/// Splits a rule into its terms.
pub fn terms(rule: &str) -> Result<Vec<Term<'_>>, ValidityError> {
    let mut terms = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in rule.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1).ok_or(ValidityError::Brackets)?,
            '+' if depth == 0 => {
                terms.push(term(&rule[start..at])?);
                start = at + 1;
            }
            _ => {}
        }
    }
    if depth > 0 {
        return Err(ValidityError::Brackets);
    }
    terms.push(term(&rule[start..])?);
    Ok(terms)
}

fn term(text: &str) -> Result<Term<'_>, ValidityError> {
    let (head, arguments) = match text.split_once('(') {
        Some((head, rest)) => (head, Some(rest.strip_suffix(')').ok_or(ValidityError::Brackets)?.trim())),
        None => (text, None),
    };
    let head = head.trim();
    if head.is_empty() || arguments.is_some_and(str::is_empty) {
        return Err(ValidityError::Empty);
    }
    if !HEADS.contains(&head) {
        return Err(ValidityError::UnknownHead(head.to_owned()));
    }
    Ok(Term { head, arguments })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_split_into_terms() {
        let term = |head, arguments| Term { head, arguments };
        assert_eq!(terms("long"), Ok(vec![term("long", None)]));
        assert_eq!(
            terms("fixed(6y)+check(3y)"),
            Ok(vec![term("fixed", Some("6y")), term("check", Some("3y"))])
        );
        assert_eq!(terms("ladder(a (b+c), d)"), Ok(vec![term("ladder", Some("a (b+c), d"))]));
    }

    #[test]
    fn what_is_no_rule_says_why() {
        assert_eq!(terms(""), Err(ValidityError::Empty));
        assert_eq!(terms("long+"), Err(ValidityError::Empty));
        assert_eq!(terms("fixed()"), Err(ValidityError::Empty));
        assert_eq!(terms("fixed(5y"), Err(ValidityError::Brackets));
        assert_eq!(terms("fixed(5y) or so"), Err(ValidityError::Brackets));
        assert_eq!(terms(")("), Err(ValidityError::Brackets));
        assert_eq!(terms("forever"), Err(ValidityError::UnknownHead("forever".to_owned())));
    }
}

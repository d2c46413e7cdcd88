//! What the parsers say, in words for people who do not write programs.

use crate::finding::Problem;

/// A mistake in the notation itself.
pub(crate) fn syntax(message: &str) -> Problem {
    Problem::new(
        format!("The file cannot be read from here on: {message}."),
        "Correct this line; the rest of the file has not been checked.",
    )
}

pub(crate) fn is_unknown_field(message: &str) -> bool {
    message.starts_with("unknown field")
}

pub(crate) fn is_missing_field(message: &str) -> bool {
    message.starts_with("missing field")
}

pub(crate) fn missing_field() -> Problem {
    Problem::new("This field is missing.", "Add it.")
}

/// What serde refused at `path`, and the path of the field that the person has to look at.
pub(crate) fn refusal(message: &str, path: &str) -> (String, Problem) {
    let (head, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let name = quoted(head).next().unwrap_or_default();
    if is_unknown_field(message) {
        let known: Vec<&str> = quoted(expected).collect();
        let remedy = match nearest(name, &known) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("Remove it. The fields here are {}.", listed(&known, "and")),
        };
        return (path.to_owned(), Problem::new(format!("There is no field `{name}` here."), remedy));
    }
    if head.starts_with("unknown variant") {
        let known: Vec<&str> = quoted(expected).collect();
        let hint = nearest(name, &known).map(|near| format!("Did you mean `{near}`? ")).unwrap_or_default();
        let remedy = format!("{hint}Write {}.", listed(&known, "or"));
        return (path.to_owned(), Problem::new(format!("`{name}` is not known here."), remedy));
    }
    if is_missing_field(message) {
        let dot = if path.is_empty() { "" } else { "." };
        return (format!("{path}{dot}{name}"), missing_field());
    }
    (path.to_owned(), value_refusal(head, expected))
}

fn value_refusal(head: &str, expected: &str) -> Problem {
    if let Some(found) = head.strip_prefix("invalid type: ").or_else(|| head.strip_prefix("invalid value: "))
    {
        let remedy = format!("Write {}.", wanted(expected));
        return Problem::new(format!("{} does not fit here.", capital(&found_words(found))), remedy);
    }
    // What the date parser says when handed something that is no date.
    let no_date = ["input contains", "input is", "premature end", "trailing input", "no possible date"];
    if no_date.iter().any(|words| head.starts_with(words)) {
        return Problem::new(
            "This is not a date that can be read.",
            "Write dates as 2025-01-31 and times as 2025-01-31T08:00:00+08:00.",
        );
    }
    Problem::new(format!("This value cannot be used: {head}."), "Correct it.")
}

fn found_words(found: &str) -> String {
    let value = found.split_once(' ').map_or("", |(_, value)| value);
    match found.split(' ').next().unwrap_or_default() {
        "string" => format!("the text {value}"),
        "integer" => format!("the number {value}"),
        "floating" => format!("the number {}", value.trim_start_matches("point ")),
        "boolean" => value.to_owned(),
        "map" => "a group of fields".to_owned(),
        "sequence" => "a list".to_owned(),
        _ => found.to_owned(),
    }
}

fn wanted(expected: &str) -> String {
    let words = match expected {
        "struct Bilingual" => r#"the text in both languages: { zh = "…", en = "…" }"#,
        "struct Days" => r#"the number and which days it counts: { days = 20, unit = "working" }"#,
        "a string" | "string or table" => "a text in quotation marks",
        "a sequence" => "a list in square brackets",
        "a boolean" => "true or false, without quotation marks",
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" => "a whole number, 0 or more",
        "a formatted date string" => "a date such as 2025-01-31",
        other if other.starts_with("a formatted date and time") => "a time such as 2025-01-31T08:00:00+08:00",
        other if other.starts_with("struct ") => "a group of fields",
        "" => "what the format asks for",
        other => other,
    };
    words.to_owned()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The words between back quotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn listed(words: &[&str], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// The known word that a slip of the hand would explain.
pub(crate) fn nearest<'w>(word: &str, known: &[&'w str]) -> Option<&'w str> {
    let allowed = 1 + word.chars().count() / 4;
    known
        .iter()
        .map(|candidate| (distance(word, candidate), *candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Letters to change, add or drop to get from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(message: &str, path: &str) -> String {
        let (field, problem) = refusal(message, path);
        format!("{field}: {problem}")
    }

    #[test]
    fn a_mistyped_field_is_answered_with_the_near_one() {
        assert_eq!(
            said("unknown field `sumary`, expected one of `code`, `summary`, `name`", "sumary"),
            "sumary: There is no field `sumary` here. Did you mean `summary`?"
        );
        assert_eq!(
            said("unknown field `colour`, expected `zh` or `en`", "name.colour"),
            "name.colour: There is no field `colour` here. Remove it. The fields here are `zh` and `en`."
        );
    }

    #[test]
    fn a_word_that_is_none_of_the_known_ones() {
        assert_eq!(
            said("unknown variant `onlin`, expected one of `online`, `draft`, `retired`", "status"),
            "status: `onlin` is not known here. Did you mean `online`? Write `online`, `draft` or `retired`."
        );
    }

    #[test]
    fn a_missing_field_is_named_in_full() {
        assert_eq!(
            said("missing field `unit`", "time.legal"),
            "time.legal.unit: This field is missing. Add it."
        );
    }

    #[test]
    fn the_wrong_sort_of_value() {
        assert_eq!(
            said(r#"invalid type: string "yes", expected a boolean"#, "original"),
            r#"original: The text "yes" does not fit here. Write true or false, without quotation marks."#
        );
        assert_eq!(
            said("invalid value: integer `300`, expected u8", "visits"),
            "visits: The number `300` does not fit here. Write a whole number from 0 to 255."
        );
    }

    #[test]
    fn distances() {
        assert_eq!((distance("fee", "fees"), distance("steps", "setps"), distance("", "ab")), (1, 2, 2));
    }
}

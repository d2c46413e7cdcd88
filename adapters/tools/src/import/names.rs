//! Names of a stranger's fields, made into keys and into parts of a map.

use std::collections::BTreeSet;

/// A key as services have it: lower-case letters, digits and `_`.
pub(super) fn key(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut key = String::new();
    let mut was_small = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && was_small {
            key.push('_');
        }
        was_small = c.is_ascii_lowercase() || c.is_ascii_digit();
        match c {
            c if c.is_ascii_alphanumeric() => key.push(c.to_ascii_lowercase()),
            _ if key.ends_with('_') || key.is_empty() => {}
            _ => key.push('_'),
        }
    }
    let key = key.trim_end_matches('_');
    let start = if key.starts_with(|c: char| c.is_ascii_lowercase()) { "" } else { "field_" };
    let whole: String = format!("{start}{key}").chars().take(34).collect();
    let whole = whole.trim_end_matches('_').to_owned();
    let mut free = whole.clone();
    for number in 2_u32.. {
        if taken.insert(free.clone()) {
            break;
        }
        free = format!("{whole}_{number}");
    }
    free
}

/// A field in a map's language: `.name`, or `."any name"`.
pub(super) fn field(name: &str) -> String {
    format!(".{}", quoted(name))
}

/// A path of names in a map's language.
pub(super) fn path(names: &[String]) -> String {
    if names.is_empty() { ".".to_owned() } else { names.iter().map(|name| field(name)).collect() }
}

/// A name as a text in a map. A backslash is doubled, so that nothing is put in between.
pub(super) fn quoted(name: &str) -> String {
    serde_json::to_string(name).unwrap_or_else(|_| "\"\"".to_owned())
}

/// Letters and digits in lower case, to compare names by.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The code that follows by so many: `YZ99001` and 2 are `YZ99003`.
pub(super) fn code(first: &str, by: usize) -> Option<String> {
    let (letters, digits) = first.split_at_checked(2)?;
    let number = digits.parse::<usize>().ok()?.checked_add(by)?;
    let code = format!("{letters}{number:05}");
    yimen_contract::shape::is_service_code(&code).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_becomes_a_key_of_its_own() {
        let mut taken = BTreeSet::new();
        let names = ["plateNo", "plate-no", "姓名", "2fa", "ID", "__x__", ""];
        let keys: Vec<String> = names.iter().map(|name| key(name, &mut taken)).collect();
        assert_eq!(keys, ["plate_no", "plate_no_2", "field", "field_2fa", "id", "x", "field_2"]);
    }

    #[test]
    fn a_name_cannot_get_out_of_its_quotation_marks() {
        assert_eq!(field("a\"b"), r#"."a\"b""#);
        assert_eq!(field(r"\(env)"), r#"."\\(env)""#);
    }
}

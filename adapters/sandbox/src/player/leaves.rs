//! JSON by its leaves: what stands where, and putting other values in the place of some.

use std::collections::BTreeMap;

use serde_json::Value;

/// Values by where they stand.
pub type Leaves = BTreeMap<String, String>;

/// Every value that is no group and not empty. The first of a list stands where a single one would, because XML
/// does not tell the two apart.
pub fn leaves(value: &Value) -> Leaves {
    let mut all = Leaves::new();
    gather(value, "", &mut all);
    all
}

fn gather(value: &Value, path: &str, all: &mut Leaves) {
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                gather(value, &format!("{path}/{name}"), all);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                match index {
                    0 => gather(value, path, all),
                    _ => gather(value, &format!("{path}#{index}"), all),
                }
            }
        }
        leaf => {
            let text = plain(leaf);
            if !text.is_empty() {
                all.insert(path.to_owned(), text);
            }
        }
    }
}

/// Some transports know texts only, so a number and its digits are the same.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A text by its letters and digits alone: dates are written in many ways.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A value to be put in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    pub from: String,
    pub to: String,
    /// Only in fields of this name: short codes are the same by accident.
    pub only: Option<String>,
}

/// Short texts stand in longer ones by accident.
const WITHIN: usize = 6;

/// Puts values in the place of others, each leaf once.
pub fn swap(value: &mut Value, swaps: &[Swap]) {
    swap_in(value, "", swaps);
}

fn swap_in(value: &mut Value, name: &str, swaps: &[Swap]) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                swap_in(value, name, swaps);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| swap_in(value, name, swaps)),
        Value::Null | Value::Bool(_) => {}
        leaf => {
            let text = plain(leaf);
            let meant = |swap: &&Swap| swap.only.as_deref().is_none_or(|only| only == name);
            if let Some(swap) = swaps.iter().filter(meant).find(|swap| swap.from == text) {
                *leaf = like(leaf, &swap.to);
            } else if leaf.is_string() {
                let within = |swap: &&Swap| swap.only.is_none() && swap.from.len() >= WITHIN;
                let longer = swaps.iter().filter(within).find(|swap| text.contains(&swap.from));
                if let Some(swap) = longer {
                    *leaf = text.replace(&swap.from, &swap.to).into();
                }
            }
        }
    }
}

/// A number stays one where it can.
fn like(leaf: &Value, text: &str) -> Value {
    let number = leaf.is_number().then(|| text.parse::<i64>().ok()).flatten();
    number.map_or_else(|| text.into(), Value::from)
}

/// The list whose entries hold one of these values.
pub fn list_of<'v>(value: &'v mut Value, marks: &[&str]) -> Option<&'v mut Vec<Value>> {
    match value {
        Value::Array(list) if list.iter().any(|entry| marked(entry, marks)) => {
            // A list within an entry's list is somebody else's.
            let Value::Array(list) = value else { return None };
            Some(list)
        }
        Value::Array(list) => list.iter_mut().find_map(|entry| list_of(entry, marks)),
        Value::Object(fields) => fields.values_mut().find_map(|value| list_of(value, marks)),
        _ => None,
    }
}

/// Whether one of these values stands directly in an entry, or in a group of it that is no list.
pub fn marked(entry: &Value, marks: &[&str]) -> bool {
    match entry {
        Value::Object(fields) => fields.values().any(|value| match value {
            Value::Object(_) => marked(value, marks),
            Value::Array(_) | Value::Null => false,
            leaf => marks.contains(&plain(leaf).as_str()),
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn swap_of(from: &str, to: &str, only: Option<&str>) -> Swap {
        Swap { from: from.to_owned(), to: to.to_owned(), only: only.map(str::to_owned) }
    }

    #[test]
    fn one_and_a_list_of_one_stand_in_the_same_place() {
        assert_eq!(leaves(&json!({ "a": [{ "b": 1 }] })), leaves(&json!({ "a": { "b": "1", "c": null } })));
        assert_eq!(leaves(&json!({ "a": [1, 2], "b": "" })).len(), 2);
    }

    #[test]
    fn whole_values_are_swapped_and_short_ones_never_within_others() {
        let mut value = json!({ "hphm": "测A12345", "hpzl": "02", "zt": "02", "n": 20000, "t": "车辆测A12345", "d": "2026" });
        let swaps = [
            swap_of("测A12345", "测B67890", None),
            swap_of("02", "52", Some("hpzl")),
            swap_of("20000", "30000", None),
            swap_of("20", "99", None),
        ];
        swap(&mut value, &swaps);
        let expected = json!({ "hphm": "测B67890", "hpzl": "52", "zt": "02", "n": 30000, "t": "车辆测B67890", "d": "2026" });
        assert_eq!(value, expected);
    }
}

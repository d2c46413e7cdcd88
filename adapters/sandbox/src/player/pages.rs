//! Answers page by page, as the package says that they come.

use serde_json::{Map, Value};
use yimen_contract::protocol::Pages;
use yimen_drivers::mapping::{at, put};

/// Of a backend that does not say how many entries a page has.
const USUAL: usize = 2;

/// The page that was asked for, of the whole answer.
pub fn page(pages: &Pages, asked: &Value, answer: &mut Value) {
    let size = pages.size.map_or(USUAL, |size| size as usize).max(1);
    let wanted = at(&pages.field, asked).and_then(|wanted| match wanted {
        Value::String(text) => text.parse::<usize>().ok(),
        other => other.as_u64().and_then(|number| usize::try_from(number).ok()),
    });
    let Some(Value::Array(list)) = at(&pages.list, answer) else { return };
    let first = match &pages.next {
        // What the page before said is where this one begins.
        Some(_) => wanted.unwrap_or(0),
        None => wanted.unwrap_or(0).saturating_sub(pages.first as usize) * size,
    };
    let some: Vec<Value> = list.iter().skip(first).take(size).cloned().collect();
    let next = (list.len() > first + size).then(|| Value::from((first + size).to_string()));
    if let Value::Object(fields) = answer {
        set(fields, &pages.list, Value::Array(some));
        if let Some(path) = &pages.next {
            set(fields, path, next.unwrap_or(Value::Null));
        }
    }
}

fn set(fields: &mut Map<String, Value>, path: &str, value: Value) {
    put(fields, path, value);
}

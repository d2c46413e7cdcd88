//! Where an answer stands, as browsers post it: `delivery`, `home.street`, `child[1].name`.

use crate::model::{Entry, Field, Form, Kind};

/// The most of anything that is read of one repeated question, wanted or not.
pub(crate) const ITEMS: usize = 50;

/// The name of the question on its page.
pub(crate) fn root(name: &str) -> &str {
    name.find(['.', '[']).map_or(name, |end| &name[..end])
}

/// The parts in which an answer may be typed instead of as a whole.
pub(crate) const fn parts(entry: Entry) -> &'static [&'static str] {
    match entry {
        Entry::Date => &["year", "month", "day"],
        Entry::Address => &["district", "street"],
        _ => &[],
    }
}

/// The name without its numbers: `child[].name`. What stands there is of one kind.
pub(crate) fn kind_of_place(name: &str) -> String {
    let mut place = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        place.push(c);
    }
    place
}

pub(crate) fn item(name: &str, index: usize) -> String {
    format!("{name}[{index}]")
}

pub(crate) fn below(name: &str, part: &str) -> String {
    if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") }
}

/// A list's name and the number of an item in it, from `child[1]`.
pub(crate) fn item_of(name: &str) -> Option<(&str, usize)> {
    let (list, index) = name.strip_suffix(']')?.rsplit_once('[')?;
    // One place has one name: no `[01]`.
    let plain = index == "0" || !index.starts_with('0') && index.bytes().all(|b| b.is_ascii_digit());
    let index = index.parse().ok().filter(|index| plain && *index < ITEMS)?;
    Some((list, index))
}

impl Form {
    /// The question at a place; nothing where there is none. What names a part of an answer leads to the question.
    pub fn at(&self, name: &str) -> Option<&Field> {
        let mut rest = name;
        let mut field = self.field(root(rest))?;
        rest = &rest[field.name.len()..];
        while !rest.is_empty() {
            (field, rest) = match (&field.kind, rest.as_bytes()[0]) {
                (Kind::Repeat { item, .. }, b'[') => {
                    let end = rest.find(']')? + 1;
                    item_of(&rest[..end])?;
                    (item.as_ref(), &rest[end..])
                }
                (Kind::Group(fields), b'.') => {
                    let inner = root(&rest[1..]);
                    (fields.iter().find(|field| field.name == inner)?, &rest[1 + inner.len()..])
                }
                (Kind::Text(text), b'.') if parts(text.entry).contains(&&rest[1..]) => (field, ""),
                _ => return None,
            };
        }
        Some(field)
    }
}

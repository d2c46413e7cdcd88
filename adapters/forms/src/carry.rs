//! A draft taken to another version of its form. What is still asked is kept; what is asked otherwise is to be looked
//! at again; what is no longer asked is set aside. Nothing is thrown away.

use chrono::NaiveDate;

use crate::draft::Draft;
use crate::model::{Entry, Field, Form, Kind};
use crate::name::{kind_of_place, root};

/// A draft in its new form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    pub draft: Draft,
    /// Questions of the new form to be looked at: their answers are kept, and may no longer be meant or taken.
    pub look_again: Vec<String>,
    /// Places whose answers are no longer asked for, by their old names without numbers.
    pub set_aside: Vec<String>,
}

impl Form {
    /// Takes a draft of another version of this form.
    pub fn carry(&self, old: &Form, draft: &Draft, today: NaiveDate) -> Carried {
        let mut next =
            Draft { aside: draft.aside.clone(), brought: draft.brought.clone(), ..Draft::default() };
        let mut set_aside: Vec<String> = Vec::new();
        for (name, typed) in &draft.typed {
            let same = self.at(name).zip(old.at(name)).is_some_and(|(new, old)| is_same_kind(new, old));
            if same {
                next.typed.insert(name.clone(), typed.clone());
            } else if typed.iter().any(|text| !text.trim().is_empty()) {
                next.aside.insert(name.clone(), typed.clone());
                set_aside.push(kind_of_place(name));
            }
        }
        let back = self.bring_back(&mut next, draft);
        set_aside.sort();
        set_aside.dedup();
        let look_again: Vec<String> = {
            let (before, after) = (old.fill(draft, today), self.fill(&next, today));
            let newly_wrong = after.wrong().iter().filter(|wrong| before.problem(&wrong.name).is_none());
            let wrong: Vec<&str> = newly_wrong.map(|wrong| root(&wrong.name)).collect();
            let asked = self.fields.iter().filter(|field| next.was_asked(&field.name));
            let changed = asked.filter(|field| {
                let name = field.name.as_str();
                let other = old.field(name).is_none_or(|old| asks_otherwise(field, old));
                other
                    || wrong.contains(&name)
                    || back.iter().any(|place| root(place) == name)
                    || draft.again.contains(name)
            });
            changed.map(|field| field.name.clone()).collect()
        };
        next.again = look_again.iter().cloned().collect();
        Carried { draft: next, look_again, set_aside }
    }

    /// What an earlier version asked and this one asks again. Whoever answered it since is not overruled.
    fn bring_back(&self, draft: &mut Draft, before: &Draft) -> Vec<String> {
        let asked_again = |name: &String| {
            let holds = |field: &Field| !matches!(field.kind, Kind::Group(_) | Kind::Repeat { .. });
            self.at(name).is_some_and(holds) && !draft.typed.contains_key(name)
        };
        let back: Vec<String> = before.aside.keys().filter(|name| asked_again(name)).cloned().collect();
        // A kind that does not fit shows as a mistake, beside what was typed.
        for name in &back {
            if let Some(typed) = draft.aside.remove(name) {
                draft.typed.insert(name.clone(), typed);
            }
        }
        back
    }
}

/// Whether what was typed for one means the same for the other.
fn is_same_kind(new: &Field, old: &Field) -> bool {
    let free = |entry: Entry| matches!(entry, Entry::Plain | Entry::Address | Entry::Bound);
    match (&new.kind, &old.kind) {
        (Kind::Text(new), Kind::Text(old)) => new.entry == old.entry || free(new.entry) && free(old.entry),
        (new, old) => std::mem::discriminant(new) == std::mem::discriminant(old),
    }
}

/// Whether the words of a question changed, or those of its choices.
fn asks_otherwise(new: &Field, old: &Field) -> bool {
    let inner = match (&new.kind, &old.kind) {
        (Kind::Choice(new), Kind::Choice(old))
        | (Kind::Many { choices: new, .. }, Kind::Many { choices: old, .. }) => new
            .iter()
            .any(|choice| old.iter().any(|old| old.value == choice.value && old.label.zh != choice.label.zh)),
        (Kind::Group(new), Kind::Group(old)) => {
            let known = |field: &Field| old.iter().find(|old| old.name == field.name).cloned();
            new.iter().any(|field| known(field).is_none_or(|old| asks_otherwise(field, &old)))
        }
        (Kind::Repeat { item: new, .. }, Kind::Repeat { item: old, .. }) => asks_otherwise(new, old),
        _ => false,
    };
    inner || new.label.zh != old.label.zh || new.unit != old.unit
}

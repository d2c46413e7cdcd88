//! What somebody has typed so far, exactly as they typed it. It says nothing about what it means; that is asked anew
//! each time, so that a draft survives mistakes, other devices and new versions of its form.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use crate::model::{Field, Form, Kind, Page};
use crate::name::{ITEMS, item, item_of, root};

/// The most that may be typed into one form, in bytes, names included.
const LARGEST: usize = 256 * 1024;
/// The most that may be typed into one field, in bytes.
const LONGEST: usize = 64 * 1024;

/// More was typed than a form may hold. The draft is as it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more was typed than a form may hold")]
pub struct TooMuch;

/// Answers by the names of their places; several where several boxes are ticked. A place that was posted empty is
/// there: the page was looked at.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    pub(crate) typed: BTreeMap<String, Vec<String>>,
    /// What an earlier version of the form asked and this one does not.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) aside: BTreeMap<String, Vec<String>>,
    /// Questions that this version of the form asks otherwise: to be looked at again.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) again: BTreeSet<String>,
    /// Answers that were brought from elsewhere: from where, and what was brought.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) brought: BTreeMap<String, (String, String)>,
}

/// Nothing of what it holds.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft").field("places", &self.typed.len()).finish_non_exhaustive()
    }
}

impl Draft {
    /// What was typed at a place, exactly; nothing where nothing was.
    pub fn text(&self, name: &str) -> &str {
        self.typed.get(name).and_then(|typed| typed.first()).map_or("", String::as_str)
    }

    /// Puts an answer where one is typed, and remembers from where it was brought. False where nothing is typed there.
    pub fn bring(&mut self, form: &Form, name: &str, text: &str, from: &str) -> bool {
        let typed =
            matches!(form.at(name).map(|field| &field.kind), Some(Kind::Text(_))) && text.len() <= LONGEST;
        if typed {
            self.put(name, text);
            self.brought.insert(name.to_owned(), (from.to_owned(), text.to_owned()));
        }
        typed
    }

    /// From where the answer at a place was brought; nothing once somebody typed another.
    pub fn source(&self, name: &str) -> Option<&str> {
        let (from, text) = self.brought.get(name)?;
        (self.text(name) == text).then_some(from.as_str())
    }

    /// What was ticked at a place.
    pub fn ticked(&self, name: &str) -> &[String] {
        self.typed.get(name).map_or(&[], Vec::as_slice)
    }

    /// What earlier versions of the form asked, by the names of then.
    pub fn set_aside(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.aside.iter().map(|(name, typed)| (name.as_str(), typed.as_slice()))
    }

    pub fn is_empty(&self) -> bool {
        self.typed.is_empty() && self.aside.is_empty()
    }

    /// Whether the question was looked at as it is now, answered or not.
    pub fn was_asked(&self, field: &str) -> bool {
        !self.again.contains(field) && (self.typed.contains_key(field) || self.below(field).next().is_some())
    }

    /// The questions of which the form changed since they were answered.
    pub fn to_look_at_again(&self) -> impl Iterator<Item = &str> {
        self.again.iter().map(String::as_str)
    }

    /// Takes what was posted from a page, in place of what was there. What is no question of the page is not looked
    /// at; what is not posted is not answered, which is how browsers say that no box is ticked. Files stay: they
    /// come and go by [`attach`](Self::attach) only, because nobody may name a file that is not theirs.
    pub fn take<'p>(
        &mut self,
        form: &Form,
        page: &Page,
        posted: impl IntoIterator<Item = (&'p str, &'p str)>,
    ) -> Result<(), TooMuch> {
        let mut next = self.clone();
        let of_page = |name: &str| page.fields.iter().any(|field| field == root(name));
        next.typed.retain(|name, _| !of_page(name) || is_file(form, name));
        next.again.retain(|name| !of_page(name));
        for field in form.on(page) {
            next.typed.entry(field.name.clone()).or_default();
        }
        for (name, value) in posted.into_iter().filter(|(name, _)| of_page(name)) {
            match form.at(name).map(|field| &field.kind) {
                None | Some(Kind::Group(_) | Kind::Repeat { .. } | Kind::File(_)) => {}
                Some(Kind::Many { choices, .. }) => {
                    let ticked = next.typed.entry(name.to_owned()).or_default();
                    let new = !value.is_empty() && !ticked.iter().any(|known| known == value);
                    // One more than there are shows that something else came in.
                    if new && ticked.len() <= choices.len() {
                        ticked.push(value.to_owned());
                    }
                }
                Some(_) => drop(next.typed.insert(name.to_owned(), vec![value.to_owned()])),
            }
        }
        next.fits()?;
        *self = next;
        Ok(())
    }

    /// Puts an answer where a question is: what is known before anybody types.
    pub(crate) fn put(&mut self, name: &str, text: impl Into<String>) {
        self.typed.insert(name.to_owned(), vec![text.into()]);
    }

    fn fits(&self) -> Result<(), TooMuch> {
        let mut sum = 0;
        for (name, typed) in self.typed.iter().chain(&self.aside) {
            let length: usize = typed.iter().map(String::len).sum();
            if length > LONGEST {
                return Err(TooMuch);
            }
            sum += name.len() + length;
        }
        if sum > LARGEST { Err(TooMuch) } else { Ok(()) }
    }

    /// Puts a file to its question. False where the form asks for none there.
    pub fn attach(&mut self, form: &Form, name: &str, file: &str) -> bool {
        let asked = is_file(form, name);
        if asked {
            self.put(name, file);
        }
        asked
    }

    /// Takes a file away from its question.
    pub fn detach(&mut self, form: &Form, name: &str) {
        if is_file(form, name) {
            self.put(name, "");
        }
    }

    /// The files that are handed in, by where.
    pub fn files<'d>(&'d self, form: &'d Form) -> impl Iterator<Item = (&'d str, &'d str)> {
        let typed = self.typed.iter().filter(|(name, _)| is_file(form, name));
        let named = typed.filter_map(|(name, file)| Some((name.as_str(), file.first()?.as_str())));
        named.filter(|(_, file)| !file.is_empty())
    }

    /// How many items of a repeated question there are, blank ones included: at least one to begin with.
    pub fn items(&self, form: &Form, name: &str) -> usize {
        let least = match form.at(name).map(|field| &field.kind) {
            Some(Kind::Repeat { least, .. }) => (*least).max(1),
            _ => return 0,
        };
        self.typed_items(name).max(least)
    }

    pub(crate) fn typed_items(&self, name: &str) -> usize {
        let numbers = self.below(name).filter_map(|(place, _)| {
            let end = place[name.len()..].find(']')? + name.len() + 1;
            item_of(&place[..end]).map(|(_, index)| index + 1)
        });
        numbers.max().unwrap_or(0)
    }

    /// One more item; false where there may be no more.
    pub fn add_item(&mut self, form: &Form, name: &str) -> bool {
        let Some(Field { kind: Kind::Repeat { most, .. }, .. }) = form.at(name) else { return false };
        let count = self.items(form, name);
        let room = count < (*most).min(ITEMS);
        if room {
            self.typed.insert(item(name, count), Vec::new());
        }
        room
    }

    /// Takes an item such as `child[1]` away; those behind it move up.
    pub fn remove_item(&mut self, form: &Form, name: &str) {
        let Some((list, index)) = item_of(name) else { return };
        if !matches!(form.at(list), Some(Field { kind: Kind::Repeat { .. }, .. })) {
            return;
        }
        let places: Vec<String> = self.below(list).map(|(place, _)| place.to_owned()).collect();
        let mut moved = BTreeMap::new();
        for place in places {
            let Some(typed) = self.typed.remove(&place) else { continue };
            let end = place[list.len()..].find(']').map_or(place.len(), |end| end + list.len() + 1);
            match item_of(&place[..end]) {
                Some((_, at)) if at == index => {}
                Some((_, at)) if at > index => {
                    moved.insert(format!("{}{}", item(list, at - 1), &place[end..]), typed);
                }
                _ => drop(moved.insert(place, typed)),
            }
        }
        self.typed.extend(moved);
    }

    /// Everything below a place: its items and parts.
    pub(crate) fn below<'d>(&'d self, name: &'d str) -> impl Iterator<Item = (&'d str, &'d [String])> {
        let from = (Bound::Excluded(name.to_owned()), Bound::Unbounded);
        self.typed
            .range::<String, _>(from)
            .take_while(move |(place, _)| place.starts_with(name))
            .filter(move |(place, _)| matches!(place.as_bytes().get(name.len()), Some(b'.' | b'[')))
            .map(|(place, typed)| (place.as_str(), typed.as_slice()))
    }
}

fn is_file(form: &Form, name: &str) -> bool {
    matches!(form.at(name), Some(Field { kind: Kind::File(_), .. }))
}

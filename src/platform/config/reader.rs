//! Puts the layers of settings over one another, remembering where each came from.

use std::{collections::BTreeMap, str::FromStr};

use toml_edit::{Document, Item, Value};
use yimen_drivers::address::Net;

use super::{Mistake, national};

/// Sections that may stand several times, each with its settings and what holds where one is left out. The
/// settings of the first are known as `section.1.key`.
const LISTS: &[(&str, &[(&str, &str)])] = &[("national", national::SETTINGS)];

#[derive(Debug, Clone)]
pub(super) enum Origin {
    Default,
    File(String),
}

#[derive(Debug, Clone)]
struct Setting {
    value: Value,
    /// `file:line`, or `environment`.
    place: String,
    /// What the reader of a mistake knows the setting by.
    name: String,
}

/// Collects settings, then hands them out typed, and keeps every mistake it meets.
pub(super) struct Reader {
    settings: BTreeMap<String, Setting>,
    mistakes: Vec<Mistake>,
}

impl Reader {
    pub(super) fn new(defaults: &str) -> Self {
        let mut reader = Self { settings: BTreeMap::new(), mistakes: Vec::new() };
        reader.layer(&Origin::Default, defaults);
        reader
    }

    /// Lays a file over what is known. Settings nobody knows are mistakes, except in the defaults, which say
    /// what there is.
    pub(super) fn layer(&mut self, origin: &Origin, text: &str) {
        let file = match origin {
            Origin::File(file) => file.clone(),
            Origin::Default => "defaults".to_owned(),
        };
        let line = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
        let document = match Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                let place = format!("{file}:{}", error.span().map_or(1, |span| line(span.start)));
                let problem = format!("This is not TOML: {}.", error.message().trim());
                self.mistake(
                    "the file",
                    &place,
                    problem,
                    "Mend the line; `yimen config show` prints an example.",
                );
                return;
            }
        };
        for (section, table) in document.iter() {
            if let (Some((_, known)), Some(tables)) =
                (LISTS.iter().find(|(name, _)| *name == section), table.as_array_of_tables())
            {
                // A later file's list stands in the place of an earlier one's.
                self.settings.retain(|key, _| !key.starts_with(&format!("{section}.")));
                for (index, table) in tables.iter().enumerate() {
                    let start = table.span().map_or(1, |span| line(span.start));
                    let name = format!("{section}.{}", index + 1);
                    self.entry(&name, known, &format!("{file}:{start}"));
                    for (key, item) in table {
                        let place = format!("{file}:{}", item.span().map_or(start, |span| line(span.start)));
                        self.given(&format!("{name}.{key}"), item, place);
                    }
                }
                continue;
            }
            let Some(table) = table.as_table() else {
                let place = format!("{file}:{}", table.span().map_or(1, |span| line(span.start)));
                self.mistake(
                    section,
                    &place,
                    "A setting stands outside a section.".into(),
                    "Put it under one.",
                );
                continue;
            };
            for (key, item) in table {
                let name = format!("{section}.{key}");
                let place = format!("{file}:{}", item.span().map_or(1, |span| line(span.start)));
                if matches!(origin, Origin::Default)
                    && let Item::Value(value) = item
                {
                    self.settings.insert(name.clone(), Setting { value: value.clone(), place, name });
                } else {
                    self.given(&name, item, place);
                }
            }
        }
    }

    /// Makes the settings of one of several sections known, at what holds where they are left out.
    fn entry(&mut self, name: &str, known: &[(&str, &str)], place: &str) {
        for (key, default) in known {
            let name = format!("{name}.{key}");
            let value = Value::from_str(default).unwrap_or_else(|_| Value::from(""));
            self.settings.insert(name.clone(), Setting { value, place: place.to_owned(), name });
        }
    }

    /// How often a section stands there that may stand several times.
    pub(super) fn entries(&self, section: &str) -> usize {
        let is_id = |key: &&String| {
            key.starts_with(&format!("{section}."))
                && key.rsplit_once('.').is_some_and(|(_, last)| last == "id")
        };
        self.settings.keys().filter(is_id).count()
    }

    /// Takes a setting as somebody wrote it.
    fn given(&mut self, name: &str, item: &Item, place: String) {
        let Item::Value(value) = item else {
            let problem = "A section stands inside a section.".into();
            self.mistake(name, &place, problem, "Settings are two deep.");
            return;
        };
        if !self.settings.contains_key(name) {
            let remedy = self.nearest(name);
            self.mistake(name, &place, "There is no such setting.".into(), &remedy);
            return;
        }
        let setting = Setting { value: value.clone(), place, name: name.to_owned() };
        self.settings.insert(name.to_owned(), setting);
    }

    fn nearest(&self, name: &str) -> String {
        let near = self
            .settings
            .keys()
            .max_by(|a, b| strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name)));
        match near {
            Some(near) if strsim::jaro_winkler(near, name) > 0.85 => format!("Did you mean {near}?"),
            _ => "`yimen config show` lists them all.".to_owned(),
        }
    }

    pub(super) fn environment(&mut self, variables: impl IntoIterator<Item = (String, String)>) {
        let names: BTreeMap<String, String> =
            self.settings.keys().map(|key| (self.variable(key), key.clone())).collect();
        let mut variables: Vec<_> = variables.into_iter().collect();
        // The names every host knows come first, so that our own, being more exact, win over them.
        variables.sort_by_key(|(name, _)| (name.starts_with("YIMEN_"), name.clone()));
        for (variable, text) in variables {
            let key = match variable.as_str() {
                "DATABASE_URL" => "database.url",
                "REDIS_URL" => "cache.url",
                _ => match names.get(&variable) {
                    Some(key) => key,
                    None if self.is_meant(&variable) => {
                        self.mistake(
                            &variable,
                            "environment",
                            "There is no such setting.".into(),
                            "Unset it, or see `yimen config show` for the names.",
                        );
                        continue;
                    }
                    None => continue,
                },
            };
            let wants_text = matches!(self.settings.get(key), Some(Setting { value: Value::String(_), .. }));
            let value = if wants_text {
                Value::from(text)
            } else {
                // A number or a list as it would stand in the file; anything else is kept as text and refused
                // with the setting's own remedy.
                Value::from_str(&text).unwrap_or_else(|_| Value::from(text))
            };
            let setting = Setting { value, place: "environment".into(), name: variable };
            self.settings.insert(key.to_owned(), setting);
        }
    }

    /// The variable that sets a setting. Those of sections that stand several times go by the section's id.
    fn variable(&self, key: &str) -> String {
        let mut parts: Vec<&str> = key.split('.').collect();
        if let [section, number, _] = parts[..]
            && let Some(id) = self.settings.get(&format!("{section}.{number}.id"))
        {
            parts[1] = id.value.as_str().unwrap_or(number);
        }
        format!("YIMEN_{}", parts.join("_").replace('-', "_").to_uppercase())
    }

    /// Whether a variable is meant to be a setting: it begins like a section of ours.
    fn is_meant(&self, variable: &str) -> bool {
        let Some(rest) = variable.strip_prefix("YIMEN_") else { return false };
        let sections = self.settings.keys().filter_map(|key| key.split('.').next());
        sections.into_iter().any(|section| {
            rest.strip_prefix(section.to_uppercase().as_str()).is_some_and(|rest| rest.starts_with('_'))
        })
    }

    pub(super) fn mistake(&mut self, key: &str, origin: &str, problem: String, remedy: &str) {
        let (key, origin, remedy) = (key.to_owned(), origin.to_owned(), remedy.to_owned());
        self.mistakes.push(Mistake { key, origin, problem, remedy });
    }

    /// Hands out a setting as `read` understands it; what it cannot understand is a mistake, told with
    /// `remedy`, and the value of last resort lets the reading go on to find the others.
    pub(super) fn take<T: Default>(
        &mut self,
        key: &str,
        remedy: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> T {
        let Some(setting) = self.settings.get(key) else {
            self.mistake(
                key,
                "defaults",
                "The default is missing.".into(),
                "This is a fault of the program.",
            );
            return T::default();
        };
        if let Some(value) = read(&setting.value) {
            return value;
        }
        let (name, place) = (setting.name.clone(), setting.place.clone());
        self.mistake(&name, &place, "The value is not usable.".into(), remedy);
        T::default()
    }

    pub(super) fn number<T: TryFrom<i64> + Default>(&mut self, key: &str, at_least: i64) -> T {
        let remedy = format!("Write a whole number, {at_least} or more.");
        self.take(key, &remedy, |value| {
            let number = value.as_integer().filter(|number| *number >= at_least)?;
            T::try_from(number).ok()
        })
    }

    pub(super) fn text(&mut self, key: &str) -> String {
        self.take(key, "Write text in quotes.", |value| value.as_str().map(str::to_owned))
    }

    pub(super) fn yes_or_no(&mut self, key: &str) -> bool {
        self.take(key, "Write true or false.", Value::as_bool)
    }

    /// Addresses and ranges.
    pub(super) fn nets(&mut self, key: &str) -> Vec<Net> {
        self.take(key, "Write a list of addresses and ranges, such as [\"10.20.0.0/16\"].", |value| {
            value.as_array()?.iter().map(|item| item.as_str()?.parse().ok()).collect()
        })
    }

    /// A setting that is fine by itself does not go with the others.
    pub(super) fn wrong(&mut self, key: &str, problem: &str, remedy: &str) {
        let Some(setting) = self.settings.get(key) else { return };
        let (name, place) = (setting.name.clone(), setting.place.clone());
        self.mistake(&name, &place, problem.to_owned(), remedy);
    }

    pub(super) fn finish(self) -> Vec<Mistake> {
        self.mistakes
    }
}

//! Backends that are asked by files (`csv`): what the portal has written is read, and what there is to say written.
//!
//! Such a backend cannot wait to be asked: its files hold what there is about everybody it knows, which is the people
//! of the samples and of the demo, and about every application that it has read.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use yimen_contract::{
    capability::{Binding, Capability},
    protocol::{Companion, DailyFiles, Table},
};
use yimen_daily::{Named, Reading, day, read, write};

use super::{
    Player,
    act::{Asked, Stage},
    choose,
    leaves::{Swap, swap},
    memory::Memory,
    recorded::{Recorded, Role},
};
use crate::{faults::Wrong, people::Person, signature::hex};

const TO_PORTAL: &str = "to-portal";
const FROM_PORTAL: &str = "from-portal";

impl Player {
    /// Reads what has come into the folder and writes what is new.
    pub fn exchange(&self, folder: &Path) -> io::Result<()> {
        let Some(files) = &self.agency.backend.files else { return Ok(()) };
        for sub in [TO_PORTAL, FROM_PORTAL] {
            fs::create_dir_all(folder.join(sub))?;
        }
        for table in &files.outbound {
            self.collect(&folder.join(FROM_PORTAL), files.companion, table)?;
        }
        for table in &files.inbound {
            self.publish(&folder.join(TO_PORTAL), files, table)?;
        }
        Ok(())
    }

    fn collect(&self, folder: &Path, companion: Companion, table: &Table) -> io::Result<()> {
        let mut names: Vec<String> = entries(folder)?;
        names.sort();
        // `TABLE-yyyyMMdd-DIGEST.csv`.
        let of_table = |name: &&String| {
            let rest = name.strip_prefix(&table.name).and_then(|rest| rest.strip_prefix('-'));
            rest.and_then(|rest| rest.strip_suffix(".csv")).is_some_and(|rest| rest.len() == 17)
        };
        for name in names.iter().filter(of_table) {
            let bytes = fs::read(folder.join(name))?;
            let promise = fs::read_to_string(folder.join(beside(companion, name))).unwrap_or_default();
            if promise.split_whitespace().next() != Some(&promised(companion, &bytes))
                || !self.memory().read.insert(digest(&bytes))
            {
                continue;
            }
            if let Reading::Lines { good, .. } = read(table, self.agency.backend.encoding, &bytes) {
                for (key, mut line) in good {
                    if let Value::Object(fields) = &mut line {
                        fields.remove(&table.key);
                    }
                    let fits = |binding: &Binding| carries(binding, &table.name);
                    self.answer(fits, Asked { value: &line, key: Some(&key) });
                }
            }
            self.changed.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    fn publish(&self, folder: &Path, files: &DailyFiles, table: &Table) -> io::Result<()> {
        let lines = self.lines(table);
        let bytes = write(table, self.agency.backend.encoding, lines.iter())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let wrong = self.faults.get().wrong;
        if wrong == Some(Wrong::NoFile) {
            self.faults.unasked();
            return Ok(());
        }
        let now = self.props.clock.now();
        let today = day(now).unwrap_or_else(|| now.date_naive()).format("%Y%m%d").to_string();
        let names = entries(folder)?;
        let newest = names.iter().filter_map(|name| Some((Named::of(&table.name, name)?, name))).max();
        let good = promised(files.companion, &bytes);
        let same = newest.is_some_and(|(_, name)| {
            let old = |name: &str| fs::read(folder.join(name)).unwrap_or_default();
            old(name) == bytes && old(&beside(files.companion, name)).starts_with(good.as_bytes())
        });
        if same {
            return Ok(());
        }
        let numbered = (1..).map(|number| match number {
            1 => format!("{}-{today}.csv", table.name),
            number => format!("{}-{today}-{number}.csv", table.name),
        });
        let Some(name) = numbered.take(9_999).find(|name| !names.contains(name)) else { return Ok(()) };
        let (content, promise) = match self.faults.unasked() {
            Some(Wrong::HalfFile) => (&bytes[..bytes.len() / 2], good),
            Some(Wrong::WrongDigest) => (&bytes[..], promised(files.companion, b"something else")),
            _ => (&bytes[..], good),
        };
        put(&folder.join(&name), content)?;
        put(&folder.join(beside(files.companion, &name)), format!("{promise}  {name}\n").as_bytes())
    }

    /// Everything that a file has to say, without saying anything twice.
    fn lines(&self, table: &Table) -> Vec<Value> {
        let stage = self.stage();
        let mut memory = self.memory();
        let told = |one: &&Recorded| {
            let service = one.service.as_deref().unwrap_or_default();
            let binding = self.agency.binding_for(one.capability, service);
            one.fails.is_none() && binding.is_some_and(|binding| carries(binding, &table.name))
        };
        let about: Vec<&Recorded> = stage.recorded.iter().filter(told).collect();
        let mut lines = Lines::default();
        for one in &about {
            let names = one.names();
            let mut answer = one.response.clone();
            one.moved(stage.now, &names).all(&mut answer);
            lines.take(&answer, table);
        }
        let groups: BTreeSet<(Capability, Option<&str>)> =
            about.iter().map(|one| (one.capability, one.service.as_deref())).collect();
        for (capability, service) in groups {
            let group: Vec<&Recorded> = about
                .iter()
                .filter(|one| (one.capability, one.service.as_deref()) == (capability, service))
                .copied()
                .collect();
            let by_person = |one: &&Recorded| one.request.values().any(|leaf| leaf.role == Role::Person);
            for person in self.props.people.iter().filter(|_| group.iter().all(by_person)) {
                if let Some(one) = choose::one_for(&group, &person.identity_number) {
                    lines.take(&replied(&stage, &mut memory, one, &of_person(one, person)), table);
                }
            }
            if capability == Capability::CaseStatus {
                Self::cases(&stage, &mut memory, &group, table, &mut lines);
            }
        }
        lines.all
    }

    fn cases(stage: &Stage<'_>, memory: &mut Memory, group: &[&Recorded], table: &Table, lines: &mut Lines) {
        let known: Vec<(String, String)> =
            memory.cases.values().map(|case| (case.reference.clone(), stage.stands(case))).collect();
        for (reference, word) in known {
            let Some(one) = group.iter().find(|one| one.word() == word) else { continue };
            let model = one.question["reference"].as_str().unwrap_or_default().to_owned();
            let swaps = [Swap { from: model, to: reference, only: None }];
            lines.take(&replied(stage, memory, one, &swaps), table);
        }
    }
}

/// What a sample answers to somebody else's question.
fn replied(stage: &Stage<'_>, memory: &mut Memory, one: &Recorded, swaps: &[Swap]) -> Value {
    let mut question = one.sent.clone();
    swap(&mut question, swaps);
    stage.reply_with(memory, one, &question).body.unwrap_or_default()
}

/// Somebody in the place of the sample's person.
fn of_person(one: &Recorded, person: &Person) -> Vec<Swap> {
    let theirs = [
        ("identity_number", person.identity_number.clone()),
        ("name", person.name.clone()),
        ("phone_number", person.phone.clone()),
        ("email", person.email.clone()),
        ("birth_date", person.birth_date.to_string()),
    ];
    let of = |(field, to): (&str, String)| {
        let from = one.question["person"][field].as_str()?.to_owned();
        Some(Swap { from, to, only: None })
    };
    theirs.into_iter().filter_map(of).collect()
}

fn carries(binding: &Binding, table: &str) -> bool {
    binding.file.as_ref().is_some_and(|usage| usage.table == table)
}

/// Lines of a file, each once.
#[derive(Default)]
struct Lines {
    all: Vec<Value>,
    seen: BTreeSet<String>,
}

impl Lines {
    /// Takes the lines of an answer, as maps see it: `{ since, lines }`.
    fn take(&mut self, answer: &Value, table: &Table) {
        for line in answer["lines"].as_array().into_iter().flatten() {
            let cells: BTreeMap<&String, &Value> =
                table.columns.iter().map(|column| (column, &line[column])).collect();
            let fields: Map<String, Value> =
                cells.into_iter().map(|(column, value)| (column.clone(), value.clone())).collect();
            if self.seen.insert(Value::from(fields.clone()).to_string()) {
                self.all.push(fields.into());
            }
        }
    }
}

fn entries(folder: &Path) -> io::Result<Vec<String>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn beside(companion: Companion, name: &str) -> String {
    match companion {
        Companion::Sha256 => format!("{name}.sha256"),
        Companion::Ok => format!("{name}.ok"),
    }
}

fn promised(companion: Companion, bytes: &[u8]) -> String {
    match companion {
        Companion::Sha256 => digest(bytes),
        Companion::Ok => bytes.len().to_string(),
    }
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Nobody sees half a file, unless that is what was asked for.
fn put(path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("part");
    fs::write(&fresh, bytes)?;
    fs::rename(fresh, path)
}

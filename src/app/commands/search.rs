//! `search`

use std::{collections::BTreeMap, fs, path::Path, sync::Arc, time::Instant};

use serde_json::json;
use yimen_search::Page;

use super::{Outcome, Printed, configuration};
use crate::{
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    catalogue::{Edition, Shelf},
    platform::Clock,
};

/// How many services are listed.
const BEST: usize = 10;
/// A question is answered when a right service is among so many.
const TOP: usize = 3;
/// The share of questions that must be answered.
const WANTED: f64 = 0.95;
/// How often each question is asked where times are told.
const ROUNDS: usize = 20;

/// `yimen search WORDS…`, or `yimen search eval FILE`.
pub(in crate::app) async fn search(common: &Common, words: &[String], time: bool) -> Result<(), Outcome> {
    let edition = edition(common).await?;
    match words {
        [eval, file] if eval == "eval" => evaluate(common, &edition, Path::new(file), time),
        words => {
            list(common, &edition, &words.join(" "));
            Ok(())
        }
    }
}

pub(super) async fn edition(common: &Common) -> Result<Arc<Edition>, Outcome> {
    let config = configuration(common)?;
    let db = Portal::database(&config)?;
    db.check().map_err(PortalError::from)?;
    let shelf = Shelf::new("");
    shelf.refresh(&db, &Clock::system()).await.map_err(PortalError::from)?;
    shelf.edition().map_err(|_| {
        Outcome::Unavailable("no city is installed here. Start `yimen demo`, or install packages.".into())
    })
}

fn list(common: &Common, edition: &Edition, words: &str) {
    let found = edition.index.search(words, |_| true, Page::first(BEST));
    let mut out = Printed::new();
    for hit in &found.hits {
        let entry = &edition.catalogue.services[hit.doc];
        let service = &entry.service;
        let agency = &edition.catalogue.agency_of(entry).agency.name.zh;
        if common.json {
            out.line(format_args!(
                "{}",
                json!({ "code": service.code, "score": hit.score, "name": service.name, "agency": agency })
            ));
        } else {
            out.line(format_args!(
                "{:>8.2}  {}  {}  {}  {agency}",
                hit.score, service.code, service.name.zh, service.name.en
            ));
        }
    }
    if !common.json {
        out.line(format_args!("{} found", found.total));
    }
}

/// A question that people ask, with the services any of which answers it.
struct Labelled<'t> {
    question: &'t str,
    right: &'t str,
    /// How it is asked: in pinyin, mistyped …
    kind: &'t str,
}

/// Lines of `question<TAB>right codes<TAB>kind`; `#` begins a remark.
fn labelled<'t>(file: &Path, text: &'t str) -> Result<Vec<Labelled<'t>>, Outcome> {
    let lines =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let read = |(number, line): (usize, &'t str)| {
        let mut columns = line.split('\t');
        let (Some(question), Some(right)) = (columns.next(), columns.next()) else {
            let place = format!("{}:{}", file.display(), number + 1);
            return Err(Outcome::Usage(format!("{place}: a line is QUESTION<TAB>CODES<TAB>KIND")));
        };
        Ok(Labelled { question, right, kind: columns.next().unwrap_or_default() })
    };
    lines.map(read).collect()
}

fn evaluate(common: &Common, edition: &Edition, file: &Path, time: bool) -> Result<(), Outcome> {
    let text =
        fs::read_to_string(file).map_err(|error| Outcome::Usage(format!("{}: {error}", file.display())))?;
    let questions = labelled(file, &text)?;
    let mut out = Printed::new();
    let mut answered = 0_u32;
    for Labelled { question, right, .. } in &questions {
        let found = edition.index.search(question, |_| true, Page::first(TOP));
        let codes: Vec<&str> =
            found.hits.iter().map(|hit| edition.catalogue.services[hit.doc].service.code.as_str()).collect();
        if right.split_whitespace().any(|code| codes.contains(&code)) {
            answered += 1;
        } else if !common.json {
            out.line(format_args!("missed: {question} → {} instead of {right}", codes.join(" ")));
        }
    }
    let asked = u32::try_from(questions.len()).unwrap_or(u32::MAX);
    let share = f64::from(answered) / f64::from(asked.max(1));
    let times = if time { times(edition, &questions) } else { Vec::new() };
    if common.json {
        let services = edition.catalogue.services.len();
        let times: Vec<_> = times.iter().map(Times::json).collect();
        out.line(format_args!(
            "{}",
            json!({ "asked": asked, "answered": answered, "share": share, "services": services, "times": times })
        ));
    } else {
        out.line(format_args!(
            "{answered} of {asked} answered among the first {TOP}: {:.1} %",
            share * 100.0
        ));
        for Times { kind, asked, half, most } in &times {
            out.line(format_args!("{kind:<12} {asked:>6} times  p50 {half:7.3} ms  p99 {most:7.3} ms"));
        }
    }
    if share >= WANTED { Ok(()) } else { Err(Outcome::Findings) }
}

/// How long questions of a kind took, in milliseconds: half of them at most, and all but a hundredth.
struct Times<'t> {
    kind: &'t str,
    asked: usize,
    half: f64,
    most: f64,
}

impl<'t> Times<'t> {
    fn of(kind: &'t str, mut taken: Vec<f64>) -> Self {
        taken.sort_by(f64::total_cmp);
        let at = |share: usize| taken.get(taken.len() * share / 100).copied().unwrap_or_default();
        Self { kind, asked: taken.len(), half: at(50), most: at(99) }
    }

    fn json(&self) -> serde_json::Value {
        json!({ "kind": self.kind, "asked": self.asked, "p50_ms": self.half, "p99_ms": self.most })
    }
}

/// Asks every question many times, in turn, as visitors do: no answer is still warm from the question before.
fn times<'t>(edition: &Edition, questions: &[Labelled<'t>]) -> Vec<Times<'t>> {
    let mut taken: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for _ in 0..ROUNDS {
        for Labelled { question, kind, .. } in questions {
            let began = Instant::now();
            let found = edition.index.search(question, |_| true, Page::first(BEST));
            let took = began.elapsed();
            std::hint::black_box(found);
            taken.entry(kind).or_default().push(took.as_secs_f64() * 1000.0);
        }
    }
    let all = taken.values().flatten().copied().collect();
    let mut times: Vec<_> = taken.into_iter().map(|(kind, taken)| Times::of(kind, taken)).collect();
    times.push(Times::of("all", all));
    times
}

//! `search`

use std::{fs, path::Path, sync::Arc};

use serde_json::json;

use super::{Outcome, Printed, configuration};
use crate::{
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    catalogue::{Edition, Shelf, search::Page},
    platform::Clock,
};

/// How many services are listed.
const BEST: usize = 10;
/// A question is answered when a right service is among so many.
const TOP: usize = 3;
/// The share of questions that must be answered.
const WANTED: f64 = 0.95;

/// `yimen search WORDS…`, or `yimen search eval FILE`.
pub(in crate::app) async fn search(common: &Common, words: &[String]) -> Result<(), Outcome> {
    let edition = edition(common).await?;
    match words {
        [eval, file] if eval == "eval" => evaluate(common, &edition, Path::new(file)),
        words => {
            list(common, &edition, &words.join(" "));
            Ok(())
        }
    }
}

async fn edition(common: &Common) -> Result<Arc<Edition>, Outcome> {
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

/// Lines of `question<TAB>right codes<TAB>kind`; `#` begins a remark.
fn evaluate(common: &Common, edition: &Edition, file: &Path) -> Result<(), Outcome> {
    let text =
        fs::read_to_string(file).map_err(|error| Outcome::Usage(format!("{}: {error}", file.display())))?;
    let mut out = Printed::new();
    let (mut asked, mut answered) = (0_u32, 0_u32);
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut columns = line.split('\t');
        let (Some(question), Some(right)) = (columns.next(), columns.next()) else {
            let place = format!("{}:{}", file.display(), number + 1);
            return Err(Outcome::Usage(format!("{place}: a line is QUESTION<TAB>CODES<TAB>KIND")));
        };
        asked += 1;
        let found = edition.index.search(question, |_| true, Page::first(TOP));
        let codes: Vec<&str> =
            found.hits.iter().map(|hit| edition.catalogue.services[hit.doc].service.code.as_str()).collect();
        if right.split_whitespace().any(|code| codes.contains(&code)) {
            answered += 1;
        } else if !common.json {
            out.line(format_args!("missed: {question} → {} instead of {right}", codes.join(" ")));
        }
    }
    let share = f64::from(answered) / f64::from(asked.max(1));
    if common.json {
        out.line(format_args!("{}", json!({ "asked": asked, "answered": answered, "share": share })));
    } else {
        out.line(format_args!(
            "{answered} of {asked} answered among the first {TOP}: {:.1} %",
            share * 100.0
        ));
    }
    if share >= WANTED { Ok(()) } else { Err(Outcome::Findings) }
}

//! What a backend pushes by itself: each recorded body is led through the package's map of events as the portal would
//! read it, and compared with the events that the sample says it means.

use std::{collections::BTreeSet, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use yimen_callback::event::{self, NoEvent, Source};
use yimen_contract::{
    Package, Problem,
    agency::BodyKind,
    capability::EventKind,
    sample::{EVENTS, Sample},
};
use yimen_drivers::{MapError, Maps, text, xml};

use super::{Fault, Strictness, differences, moment, shown};

const WITHIN: Duration = Duration::from_secs(10);

/// One push, as it was recorded.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    package: &'a Package,
    sample: &'a Sample,
}

impl<'a> Told<'a> {
    /// Nothing where the sample is of a question.
    pub(crate) fn of(package: &'a Package, sample: &'a Sample) -> Option<Self> {
        (sample.capability == EVENTS).then_some(Self { package, sample })
    }

    /// The map that it leads through.
    pub(crate) fn map(&self) -> Option<&'a str> {
        self.package.agency.backend.events.as_ref()?.map.as_deref()
    }

    /// What was pushed.
    pub(crate) fn pushed(&self) -> Value {
        let list = || match self.sample.answer.as_ref() {
            // One event may come alone.
            Some(Value::Array(list)) if list.len() == 1 => list[0].clone(),
            other => other.cloned().unwrap_or_default(),
        };
        self.sample.response.clone().unwrap_or_else(list)
    }

    /// The events that the portal reads in a body.
    pub(crate) async fn read(
        &self,
        body: &Value,
        later: TimeDelta,
        maps: &dyn Maps,
    ) -> Result<Value, String> {
        let backend = &self.package.agency.backend;
        let written = match backend.body {
            BodyKind::Xml => {
                let mut out = String::new();
                xml::Style::default()
                    .write(&mut out, "event", body)
                    .map(|()| out)
                    .map_err(|error| error.to_string())
            }
            _ => Ok(body.to_string()),
        };
        let bytes = text::encode(backend.encoding, &written?).map_err(|error| error.to_string())?;
        let source = Source {
            agency: &self.package.slug,
            backend,
            programs: &self.package.maps,
            maps,
            now: self.came() + later,
            within: WITHIN,
        };
        let events = event::read(&source, &bytes).await.map_err(|error| match error {
            NoEvent::Map(MapError::Failed { program, detail }) => format!("{program} failed ({})", detail.0),
            other => other.to_string(),
        })?;
        serde_json::to_value(events).map_err(|error| error.to_string())
    }

    /// When it came: behind everything that it says has happened.
    fn came(&self) -> DateTime<Utc> {
        let events = self.sample.answer.iter().filter_map(Value::as_array).flatten();
        let times = events.filter_map(|event| event["time"].as_str()?.parse::<DateTime<Utc>>().ok());
        times.max().map_or_else(moment, |last| last.max(moment()))
    }

    pub(super) async fn faults(&self, maps: &dyn Maps) -> Vec<Fault> {
        let body = self.pushed();
        let by =
            self.map().map_or_else(|| "The contract's own form".to_owned(), |map| format!("The map {map}"));
        let first = self.read(&body, TimeDelta::zero(), maps).await;
        match (first, &self.sample.answer) {
            (Ok(found), Some(expected)) => {
                let again = self.read(&body, TimeDelta::seconds(90_061), maps).await.ok();
                compared(
                    &by,
                    &written(expected),
                    &written(&found),
                    again.map(|again| written(&again)).as_ref(),
                )
            }
            (Err(why), Some(_)) => {
                vec![fault("answer", &format!("{by} gives no events: {why}. The sample has some."), TRY)]
            }
            (Ok(found), None) => {
                let message = format!(
                    "The sample says `refused`; the portal takes these events: {}.",
                    shown(Some(&found))
                );
                vec![fault("fails", &message, "Let the map fail, or correct the sample.")]
            }
            (Err(_), None) => Vec::new(),
        }
    }
}

const TRY: &str = "Correct the map, or the sample.";

fn compared(by: &str, expected: &Value, found: &Value, again: Option<&Value>) -> Vec<Fault> {
    let events = found.as_array().into_iter().flatten().enumerate();
    let misfits = events.flat_map(|(index, event)| EventKind::faults(event, &format!("answer[{index}]")));
    let said = |(path, problem): (String, Problem)| {
        let message = format!("{by} makes something that does not fit. {}", problem.message);
        Fault { path, problem: Problem::new(message, problem.remedy) }
    };
    let mut faults: Vec<Fault> = misfits.map(said).collect();
    let varies: BTreeSet<String> = again
        .map(|again| differences("answer", Some(found), Some(again), Strictness::Exact))
        .into_iter()
        .flatten()
        .map(|one| one.path)
        .collect();
    for one in differences("answer", Some(expected), Some(found), Strictness::Exact) {
        if varies.contains(&one.path) || faults.iter().any(|fault| fault.path == one.path) {
            continue;
        }
        let (wants, makes) = (shown(one.expected.as_ref()), shown(one.found.as_ref()));
        faults.push(fault(&one.path, &format!("{by} makes {makes} here; the sample says {wants}."), TRY));
    }
    faults
}

/// A moment can be written in many ways, and what is nothing may be left out.
fn written(events: &Value) -> Value {
    let mut events = events.clone();
    for event in events.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        event.retain(|_, value| !value.is_null());
        if let Some(time) = event.get("time").and_then(|time| time.as_str()?.parse::<DateTime<Utc>>().ok()) {
            event.insert("time".to_owned(), time.to_rfc3339().into());
        }
    }
    events
}

fn fault(path: &str, message: &str, remedy: &str) -> Fault {
    Fault { path: path.to_owned(), problem: Problem::new(message, remedy) }
}

//! What an agency pushes, as CloudEvents 1.0: in that form already, or made so by the package's map.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};
use yimen_contract::{
    agency::{Backend, BodyKind},
    capability::event::EventKind,
};
use yimen_drivers::{Job, MapError, Maps, text, xml};

/// Events in one request.
const AT_ONCE: usize = 500;
/// How far an agency's clock may be ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// One event.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub specversion: String,
    /// Unique for its source: the same again is the same event.
    pub id: String,
    pub source: String,
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// When it happened: the order in which events of one subject count.
    pub time: DateTime<Utc>,
    /// What it is about, such as a case's reference.
    #[serde(default)]
    pub subject: Option<String>,
    #[serde(default)]
    pub data: Value,
}

/// Without what it says, which may be personal.
impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, source, kind, time, .. } = self;
        f.debug_struct("Event")
            .field("id", id)
            .field("source", source)
            .field("kind", kind)
            .field("time", time)
            .finish_non_exhaustive()
    }
}

/// Why a body is no event. It names places, never values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoEvent {
    #[error("the body cannot be read: {0}")]
    Unreadable(String),
    #[error("event {index}: {why}")]
    Wrong { index: usize, why: &'static str },
    #[error("there are more than {AT_ONCE} events, or none")]
    Count,
    #[error("{0}")]
    Map(#[from] MapError),
}

/// Where a body came from.
#[derive(Clone, Copy)]
pub struct Source<'s> {
    pub agency: &'s str,
    pub backend: &'s Backend,
    pub programs: &'s BTreeMap<String, String>,
    pub maps: &'s dyn Maps,
    pub now: DateTime<Utc>,
    pub within: Duration,
}

/// The events of a body that was proved: all of them, or none.
pub async fn read(source: &Source<'_>, body: &[u8]) -> Result<Vec<Event>, NoEvent> {
    let unreadable = |why: &str| NoEvent::Unreadable(why.to_owned());
    let text = text::decode(source.backend.encoding, body).map_err(|error| unreadable(&error.to_string()))?;
    let mut value = if source.backend.body == BodyKind::Xml && text.trim_start().starts_with('<') {
        xml::read(&text).map_err(|error| unreadable(&error.to_string()))?.1
    } else {
        serde_json::from_str(&text).map_err(|_| unreadable("it is not JSON"))?
    };
    if let Some(path) = source.backend.events.as_ref().and_then(|events| events.map.as_ref()) {
        let program = source.programs.get(path).ok_or_else(|| unreadable("the package has no such map"))?;
        let facts = json!({
            "agency": source.agency,
            "time": source.now.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            "amount_unit": source.backend.amount_unit,
            "date_format": source.backend.date_format,
        });
        let job = Job {
            agency: source.agency,
            program: path,
            text: program,
            facts: &facts,
            input: &value,
            within: source.within,
        };
        value = source.maps.run(job).await?;
    }
    let list = match value {
        Value::Array(list) => list,
        one => vec![one],
    };
    if list.is_empty() || list.len() > AT_ONCE {
        return Err(NoEvent::Count);
    }
    list.into_iter().enumerate().map(|(index, value)| event(value, source.now, index)).collect()
}

fn event(value: Value, now: DateTime<Utc>, index: usize) -> Result<Event, NoEvent> {
    let wrong = |why| NoEvent::Wrong { index, why };
    for (name, why) in [
        ("specversion", "`specversion` is missing"),
        ("id", "`id` is missing"),
        ("source", "`source` is missing"),
        ("type", "`type` is missing"),
        ("time", "`time` is missing"),
    ] {
        value.get(name).filter(|value| value.is_string()).ok_or_else(|| wrong(why))?;
    }
    let kind = serde_json::from_value::<EventKind>(value["type"].clone());
    kind.map_err(|_| wrong("`type` is none that the portal knows"))?;
    let event: Event = serde_json::from_value(value).map_err(|_| wrong("`time` is none"))?;
    if event.specversion != "1.0" {
        return Err(wrong("`specversion` is not 1.0"));
    }
    let short = |text: &str| (1..=200).contains(&text.len()) && !text.contains(char::is_control);
    if !short(&event.id) || !short(&event.source) || !event.subject.as_deref().is_none_or(short) {
        return Err(wrong("`id`, `source` and `subject` have 1 to 200 bytes without control characters"));
    }
    if event.time > now + AHEAD {
        return Err(wrong("`time` lies in the future"));
    }
    Ok(event)
}

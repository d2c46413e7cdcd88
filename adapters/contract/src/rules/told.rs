//! Rules for samples of what a backend pushes by itself.

use serde_json::Value;

use crate::agency::Agency;
use crate::capability::EventKind;
use crate::form_of;
use crate::json::Mistake;
use crate::sample::{Failure, Sample};

/// What is wrong with such a sample.
pub(crate) fn sample(sample: &Sample, agency: Option<&Agency>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if agency.is_some_and(|agency| agency.backend.events.is_none()) {
        let remedy = "Declare `[backend.events]` in agency.toml, or remove the sample.";
        mistakes.push(Mistake::new("capability", "The package takes no events.", remedy));
    }
    let asked = [
        ("question", !sample.question.is_null()),
        ("request", sample.request.is_some()),
        ("status", sample.status.is_some()),
        ("service", sample.service.is_some()),
    ];
    for (field, _) in asked.into_iter().filter(|(_, there)| *there) {
        mistakes.push(Mistake::new(field, "Nobody asked for what is pushed.", "Remove it."));
    }
    match (&sample.answer, sample.fails) {
        (Some(Value::Array(events)), None) if !events.is_empty() => {
            for (index, event) in events.iter().enumerate() {
                mistakes.extend(of_event(event, &format!("answer[{index}]")));
            }
        }
        (None, Some(Failure::Refused)) if sample.response.is_some() => {}
        _ => mistakes.push(Mistake::new(
            "answer",
            "A sample of something pushed says which events it means, or that it means none.",
            "Write `answer` as a list of CloudEvents, or `response` and `fails` with refused.",
        )),
    }
    mistakes
}

/// What is wrong with one event, and with what it carries.
pub(crate) fn of_event(event: &Value, path: &str) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for name in ["specversion", "id", "source", "type", "time"] {
        if !event[name].is_string() {
            mistakes.push(Mistake::new(
                format!("{path}.{name}"),
                "This field is missing.",
                "Write it as a text.",
            ));
        }
    }
    match event["type"].as_str().map(EventKind::named) {
        Some(Some(kind)) => {
            let schema = kind.schema();
            mistakes.extend(form_of::mistakes(&event["data"], schema.as_value(), &format!("{path}.data")));
        }
        Some(None) => {
            let known = EventKind::ALL.map(EventKind::name).join(", ");
            let remedy = format!("Write one of {known}.");
            mistakes.push(Mistake::new(format!("{path}.type"), "The portal knows no such event.", remedy));
        }
        None => {}
    }
    mistakes
}

//! Rules for `samples/*.json` and `forms/*.json`, which need the rest of the package to be judged.

use serde_json::Value;

use crate::agency::Agency;
use crate::capability::lookup::Output;
use crate::capability::person::Claim;
use crate::capability::{Capability, Fields};
use crate::form_of;
use crate::identity;
use crate::json::{Json, Mistake, joined};
use crate::query::Query;
use crate::rules::report::short;
use crate::rules::{asked, told};
use crate::sample::{EVENTS, Sample};
use crate::service::Service;

/// What is wrong with the form of a sample.
pub(crate) fn sample_form(json: &Json<'_>) -> Vec<Mistake> {
    form_of::mistakes(&json.value, crate::schema::sample().as_value(), "")
}

/// What is wrong with what a sample says.
pub(crate) fn sample(sample: &Sample, agency: Option<&Agency>, services: &[Service]) -> Vec<Mistake> {
    if sample.capability == EVENTS {
        return told::sample(sample, agency);
    }
    let Some(capability) = Capability::named(&sample.capability) else {
        let message = format!("There is no capability `{}`.", short(&sample.capability));
        return vec![Mistake::new("capability", message, "Write the name of one that agency.toml declares.")];
    };
    let mut mistakes = form_of::mistakes(&sample.question, capability.input_schema().as_value(), "question");
    match (&sample.answer, sample.fails) {
        (Some(answer), None) => {
            let schema = capability.output_schema();
            mistakes.extend(form_of::mistakes(answer, schema.as_value(), "answer"));
        }
        (None, Some(_)) => {}
        _ => mistakes.push(Mistake::new(
            "answer",
            "A sample has either an answer or a reason why there is none.",
            "Write `answer`, or `fails` with refused, busy, pending or unknown.",
        )),
    }
    if mistakes.is_empty() {
        let both = [
            ("question", capability.accepts_question(&sample.question)),
            ("answer", sample.answer.as_ref().map_or(Ok(()), |answer| capability.accepts_answer(answer))),
        ];
        let unread = both.into_iter().filter_map(|(path, read)| Some((path, read.err()?)));
        mistakes.extend(unread.map(|(path, why)| {
            Mistake::new(
                path,
                format!("This cannot be read: {why}."),
                "Compare it with the capability's schema.",
            )
        }));
    }
    let code = sample.service.as_deref();
    let declared = |agency: &Agency| {
        agency.binding(capability).is_some()
            || code.is_some_and(|code| agency.binding_for(capability, code).is_some())
    };
    if agency.is_some_and(|agency| !declared(agency)) {
        let message = format!("agency.toml does not declare `{}`.", capability.name());
        let remedy = "Declare it, or remove the sample.";
        mistakes.push(Mistake::new("capability", message, remedy));
    }
    mistakes.extend(of_service(sample, capability, services));
    mistakes
}

fn of_service(sample: &Sample, capability: Capability, services: &[Service]) -> Vec<Mistake> {
    let asks = Fields::of(&capability.input_schema()).names().contains(&"service");
    let asked = sample.question["service"].as_str();
    let Some(code) = sample.service.as_deref() else {
        let why = "The question names a service, and the sample does not.";
        return if asks { vec![Mistake::new("service", why, "Add its code.")] } else { Vec::new() };
    };
    let Some(service) = services.iter().find(|service| service.code == code) else {
        let message = format!("There is no service `{}` in this package.", short(code));
        return vec![Mistake::new("service", message, "Write the code of one of its services.")];
    };
    let mut mistakes = Vec::new();
    if asks && asked != Some(code) {
        let message = "The question is about another service.";
        mistakes.push(Mistake::new("question.service", message, "Name the sample's own service."));
    }
    for claim in Claim::ALL.into_iter().filter(|claim| !service.claims.contains(claim)) {
        if sample.question["person"].get(claim.word()).is_some() {
            let message = format!("The service does not declare the claim `{}`.", claim.word());
            let remedy = "Add it to the service's `claims`, or remove it here.";
            mistakes.push(Mistake::new(format!("question.person.{}", claim.word()), message, remedy));
        }
    }
    if let Some(query) = service.query.as_ref().filter(|_| capability == Capability::Lookup) {
        mistakes.extend(of_query(sample, query));
    }
    mistakes
}

fn of_query(sample: &Sample, query: &Query) -> Vec<Mistake> {
    let answers = sample.question["answers"].as_object();
    let undeclared = |key: &&String| !query.inputs.iter().any(|input| input.key == **key);
    let mut mistakes: Vec<Mistake> = answers
        .into_iter()
        .flat_map(|answers| answers.keys().filter(undeclared))
        .map(|key| {
            let message = format!("The service asks for no `{}`.", short(key));
            Mistake::new(
                joined("question.answers", key),
                message,
                "Add it to `query.inputs`, or remove it here.",
            )
        })
        .collect();
    for input in query.inputs.iter().filter(|input| !input.optional) {
        if !answers.is_some_and(|answers| answers.contains_key(&input.key)) {
            let path = joined("question.answers", &input.key);
            mistakes.push(Mistake::new(path, "The service asks for it.", "Add an answer."));
        }
    }
    let answer =
        sample.answer.as_ref().and_then(|answer| serde_json::from_value::<Output>(answer.clone()).ok());
    let misfits = answer.map(|answer| query.misfits(&answer)).unwrap_or_default();
    mistakes.extend(misfits.into_iter().map(|misfit| {
        let problem = misfit.problem();
        Mistake::new(format!("answer.{}", misfit.path), problem.message, problem.remedy)
    }));
    mistakes
}

/// Identity numbers that only show once the JSON is read, because they are written with `\u0031` and the like.
pub(crate) fn hidden_numbers(value: &Value, path: &str) -> Vec<Mistake> {
    match value {
        Value::String(text) if identity::real_numbers(text).next().is_some() => vec![Mistake::new(
            path,
            "This looks like the identity number of a person.",
            "Use a number of the region 990101, which belongs to nobody.",
        )],
        Value::Array(list) => {
            let each = list.iter().enumerate();
            each.flat_map(|(index, value)| hidden_numbers(value, &format!("{path}[{index}]"))).collect()
        }
        Value::Object(table) => {
            table.iter().flat_map(|(name, value)| hidden_numbers(value, &joined(path, name))).collect()
        }
        _ => Vec::new(),
    }
}

/// The most fields that a form may have.
const FIELDS: usize = 200;

/// What is wrong with a form, whoever uses it.
pub(crate) fn form(value: &Value) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if value["type"] != "object" {
        mistakes.push(Mistake::new(
            "type",
            "A form is a schema of an object.",
            "Write \"type\": \"object\".",
        ));
    }
    if value.get("properties").is_some_and(|fields| !fields.is_object()) {
        mistakes.push(Mistake::new(
            "properties",
            "The fields stand in an object.",
            "Write { \"name\": { … } }.",
        ));
    }
    let fields = value["properties"].as_object();
    if fields.is_some_and(|fields| fields.len() > FIELDS) {
        mistakes.push(Mistake::new(
            "properties",
            "Nobody fills in so many fields.",
            "Ask for at most 200 things.",
        ));
    }
    references(value, "", &mut mistakes);
    mistakes
}

/// A form stands alone: nothing is fetched to show it.
fn references(value: &Value, path: &str, mistakes: &mut Vec<Mistake>) {
    match value {
        Value::Object(table) => {
            for (name, value) in table {
                let place = joined(path, name);
                if name == "$ref" && value.as_str().is_some_and(|to| !to.starts_with('#')) {
                    let remedy = "Write what is meant under `$defs`, and point there with `#/$defs/…`.";
                    mistakes.push(Mistake::new(place, "A form points at nothing outside itself.", remedy));
                } else {
                    references(value, &place, mistakes);
                }
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                references(value, &format!("{path}[{index}]"), mistakes);
            }
        }
        _ => {}
    }
}

/// What a form asks although the city knows it of everybody who may use the service.
pub(crate) fn asked_again(form: &Value, service: &Service) -> Vec<Mistake> {
    let fields = form["properties"].as_object().into_iter().flatten();
    let mut mistakes = Vec::new();
    for (key, field) in fields {
        let labels = [&field["title"], &field["x-label"]["zh"], &field["x-label"]["en"]];
        let labels: Vec<&str> = labels.into_iter().filter_map(Value::as_str).collect();
        let Some(claim) = asked::claim(key, &labels) else { continue };
        let (path, word, code) = (joined("properties", key), claim.word(), &service.code);
        if service.claims.contains(&claim) {
            let message =
                format!("This field asks for data that the claim `{word}` of {code} already gives.");
            let remedy = "Remove the field: nobody is asked for what the city knows.";
            mistakes.push(Mistake::new(path, message, remedy));
        } else if service.assurance >= 3 {
            let message =
                format!("This field asks for what the city knows about everybody who uses {code}: `{word}`.");
            let remedy = format!("Remove the field and add \"{word}\" to the service's `claims`.");
            mistakes.push(Mistake::warning(path, message, remedy));
        }
    }
    mistakes
}

//! Exchanges made up from a description, so that a draft can be tried before its backend is: a question that somebody
//! could ask, and an answer of the described form. What the maps make of both is written down with them.

use serde_json::{Map, Value, json};
use yimen_contract::{
    Bilingual, Package,
    capability::{Capability, person::Claim},
    query::{Input, InputKind},
    sample::Sample,
};
use yimen_drivers::Maps;

use crate::rehearsal::Story;

const DEEPEST: usize = 8;
/// Made up, like everybody in samples.
const PERSON: [(Claim, &str); 7] = [
    (Claim::Name, "林晓"),
    (Claim::IdentityNumber, "990101198501010010"),
    (Claim::BirthDate, "1985-01-01"),
    (Claim::PhoneNumber, "13900000000"),
    (Claim::Email, "linxiao@example.cn"),
    (Claim::Company, "云州样本有限公司"),
    (Claim::CreditCode, "119901009900000172"),
];

/// A question, and what its backend would say.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub(super) capability: Capability,
    pub(super) service: String,
    pub(super) question: Value,
    pub(super) response: Value,
}

impl Exchange {
    /// The name of its sample, without the ending.
    pub fn name(&self) -> String {
        format!("{}-{}", self.capability.name().replace('.', "-"), self.service.to_lowercase())
    }

    /// The sample, with what the package's maps make of it; nothing where they make no answer.
    pub async fn sample(&self, package: &Package, maps: &dyn Maps) -> Option<Sample> {
        let mut sample = Sample {
            about: Bilingual::new(
                "根据接口描述编写，请换成真实往来",
                "Made up from the description: record a real one",
            ),
            capability: self.capability.name().to_owned(),
            service: Some(self.service.clone()),
            recorded: None,
            question: self.question.clone(),
            request: None,
            status: None,
            response: Some(self.response.clone()),
            answer: None,
            fails: None,
        };
        let story = Story::of(package, &sample)?;
        let request = story.request(maps).await?;
        let answer = story.made_of(200, &self.response, maps).await.ok()?;
        (sample.request, sample.answer) = (Some(request), Some(answer));
        Some(sample)
    }
}

/// A question that somebody could ask.
pub(super) fn question(service: &str, claims: &[Claim], inputs: &[Input]) -> Value {
    let typed = inputs.iter().map(|input| {
        let value = match input.kind {
            InputKind::Number => json!(1),
            InputKind::Date => json!("2026-11-20"),
            InputKind::Month => json!("2026-11"),
            InputKind::Year => json!("2026"),
            _ => json!("1"),
        };
        (input.key.clone(), value)
    });
    json!({ "service": service, "person": person(claims), "answers": typed.collect::<Map<_, _>>() })
}

/// An application that somebody could hand in.
pub(super) fn application(service: &str, claims: &[Claim], form: &Value) -> Value {
    json!({
        "service": service, "case": "YM-2026-000001", "person": person(claims), "answers": example(form, 0),
        "submitted": "2026-11-21T12:00:00+08:00",
    })
}

fn person(claims: &[Claim]) -> Value {
    let mut person = Map::from_iter([("subject".to_owned(), json!("p-1"))]);
    for (claim, value) in PERSON.iter().filter(|(claim, _)| claims.contains(claim)) {
        person.insert(claim.word().to_owned(), json!(value));
    }
    person.into()
}

/// Something of the form that a schema describes.
pub(super) fn example(schema: &Value, depth: usize) -> Value {
    if let Some(value) = schema.get("const").or_else(|| schema["enum"].get(0)) {
        return value.clone();
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        _ if depth > DEEPEST => Value::Null,
        (Some("object"), _) => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            Value::Object(fields.map(|(name, field)| (name.clone(), example(field, depth + 1))).collect())
        }
        (Some("array"), _) => json!([example(&schema["items"], depth + 1)]),
        (Some("integer" | "number"), _) => schema.get("minimum").cloned().unwrap_or(json!(1)),
        (Some("boolean"), _) => json!(true),
        (Some("string"), Some("date")) => json!("2026-11-20"),
        (Some("string"), Some("date-time")) => json!("2026-11-20T09:00:00+08:00"),
        (Some("string"), _) => json!("1"),
        _ => Value::Null,
    }
}

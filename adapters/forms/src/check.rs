//! What is wrong with the forms of a package, for those who write it: file, line, field and remedy; and whether the
//! answers in its recorded exchanges fit its forms.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Map, Value};
use yimen_contract::json::place_in;
use yimen_contract::kind;
use yimen_contract::{Files, Finding, Findings, Package, Problem as Said};

use crate::draft::Draft;
use crate::model::{Entry, Field, Form, Kind};
use crate::problem::Problem;
use crate::read::Mistake;

/// Nobody reads more than this about one file.
const SHOWN: usize = 100;

/// Reads every form; those that are no JSON are left to the loader.
pub fn forms(files: &Files) -> Findings {
    let mut findings = Findings::default();
    for (path, text) in
        files.iter().filter(|(path, _)| kind::Kind::in_package(path) == Some(kind::Kind::Form))
    {
        let Ok(schema) = serde_json::from_str::<Value>(text) else { continue };
        let (_, mistakes) = Form::judge(&schema);
        findings.extend(mistakes.iter().take(SHOWN).map(|mistake| finding(path, text, mistake)));
    }
    findings
}

fn finding(path: &str, text: &str, mistake: &Mistake) -> Finding {
    let said = Said::new(&mistake.message, &mistake.remedy);
    let finding = if mistake.warning { Finding::warning(path, said) } else { Finding::error(path, said) };
    finding.field(&mistake.path).at(Some(place_in(text, &mistake.path)))
}

/// Looks whether the answers in samples could have been given in the form of their service.
pub fn samples(package: &Package, files: &Files) -> Findings {
    let mut findings = Findings::default();
    let read =
        package.forms.iter().filter_map(|(path, schema)| Some((path.as_str(), Form::read(schema).ok()?)));
    let forms: BTreeMap<&str, Form> = read.collect();
    for (path, sample) in &package.samples {
        let service = package.services.iter().find(|service| Some(&service.code) == sample.service.as_ref());
        let path_of_form = service.and_then(|service| service.form.as_deref());
        let Some(form) = path_of_form.and_then(|path| forms.get(path)) else { continue };
        let Some(answers) = answered(form, &sample.question) else { continue };
        let draft = Draft::of(form, &answers);
        let filled = form.fill(&draft, NaiveDate::default());
        let day = |problem: &Problem| matches!(problem, Problem::Before { .. } | Problem::After { .. });
        let wrong = filled.wrong().iter().filter(|wrong| !day(&wrong.problem));
        let wrong = wrong.map(|wrong| {
            (wrong.name.clone(), format!("The form does not take this: {}.", wrong.problem.key()))
        });
        let unasked = answers.keys().filter(|name| !filled.document().contains_key(*name));
        let unasked = unasked
            .map(|name| (name.clone(), "The form does not ask this of anybody who answers so.".to_owned()));
        let text = files.get(path).unwrap_or_default();
        for (name, message) in wrong.chain(unasked) {
            let place = format!("question.answers.{name}");
            let said = Said::new(message, "Correct the sample, or the form.");
            findings.add(Finding::error(path, said).field(&place).at(Some(place_in(text, &place))));
        }
    }
    findings
}

/// What was answered. What is tied to an account (`binding.add`) travels beside the answers, not among them.
fn answered(form: &Form, question: &Value) -> Option<Map<String, Value>> {
    let mut answers = question["answers"].as_object()?.clone();
    let is_bound = |field: &&Field| matches!(&field.kind, Kind::Text(text) if text.entry == Entry::Bound);
    if let Some((field, number)) = form.fields.iter().find(is_bound).zip(question.get("number")) {
        answers.entry(field.name.clone()).or_insert_with(|| number.clone());
    }
    Some(answers)
}

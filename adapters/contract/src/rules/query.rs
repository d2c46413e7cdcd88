//! Rules for `[query]` in `services/*.toml`.

use crate::capability::person::Claim;
use crate::pattern::Pattern;
use crate::query::{FactKind, FactLine, Input, InputKind, Query, StateWord};
use crate::rules::report::short;
use crate::rules::words::Length;
use crate::rules::{Report, asked};
use crate::service::Service;
use crate::shape;

/// More fields than this nobody fills in to ask a question.
const INPUTS: usize = 20;

pub(crate) fn query(query: &Query, service: &Service, report: &mut Report) {
    report.text("query.record", &query.record, Length::Name);
    report.text("query.empty", &query.empty, Length::Summary);
    if !(1..=200).contains(&query.page_size) {
        report.error(
            "query.page_size",
            "So many records do not stand on a page.",
            "Write a number from 1 to 200.",
        );
    }
    if query.inputs.len() > INPUTS {
        let message = format!("{} fields are too many to ask a question.", query.inputs.len());
        report.error("query.inputs", message, format!("Ask for at most {INPUTS} things."));
    }
    for (index, input) in query.inputs.iter().enumerate() {
        self::input(input, service, &format!("query.inputs[{index}]"), report);
    }
    report.no_repeats("query.inputs", query.inputs.iter().map(|input| input.key.as_str()));
    states(&query.states, "query.states", report);
    if query.facts.is_empty() && query.states.is_empty() {
        report.error(
            "query.facts",
            "Nobody knows what the answer tells.",
            "Name its facts, or the states of a record.",
        );
    }
    for (name, lines) in [("facts", &query.facts), ("summary", &query.summary)] {
        for (index, line) in lines.iter().enumerate() {
            fact(line, &format!("query.{name}[{index}]"), report);
        }
        report.no_repeats(&format!("query.{name}"), lines.iter().map(|line| line.key.as_str()));
    }
    for (index, code) in query.next.iter().enumerate() {
        let field = format!("query.next[{index}]");
        report.shape(&field, code, shape::is_service_code, "the code of a service such as `YZ02022`");
        if *code == service.code {
            report.error(field, "The service leads to itself.", "Name the service that comes after it.");
        }
    }
    report.no_repeats("query.next", &query.next);
}

fn key(key: &str, field: &str, report: &mut Report) {
    let plain = |text: &str| {
        (1..=40).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    report.shape(
        format!("{field}.key"),
        key,
        plain,
        "lower-case letters, digits and _, such as `plate_type`",
    );
}

fn input(input: &Input, service: &Service, field: &str, report: &mut Report) {
    key(&input.key, field, report);
    report.text(format!("{field}.label"), &input.label, Length::Name);
    report.optional_text(format!("{field}.hint"), input.hint.as_ref(), Length::Summary);
    if let Some(claim) = asked::claim(&input.key, &[&input.label.zh, &input.label.en]) {
        known(claim, service, field, report);
    }
    if (input.kind == InputKind::Choice) == input.choices.is_empty() {
        report.error(
            format!("{field}.choices"),
            "The kind `choice` and a list of choices belong together.",
            "Write both, or neither.",
        );
    }
    for (index, choice) in input.choices.iter().enumerate() {
        report.word(format!("{field}.choices[{index}].value"), &choice.value);
        report.text(format!("{field}.choices[{index}].label"), &choice.label, Length::Name);
    }
    report.no_repeats(&format!("{field}.choices"), input.choices.iter().map(|choice| choice.value.as_str()));
    pattern(input, field, report);
}

fn pattern(input: &Input, field: &str, report: &mut Report) {
    let fits = match &input.pattern {
        Some(_) if !matches!(input.kind, InputKind::Text | InputKind::Bound) => {
            let remedy = "Remove the pattern, or write kind = \"text\".";
            return report.error(format!("{field}.pattern"), "Only a text has a pattern.", remedy);
        }
        Some(text) => match Pattern::parse(text) {
            Ok(pattern) => Some(pattern),
            Err(why) => {
                let message = format!("The pattern cannot be used: {why}.");
                let remedy = "Write something like `\\d{10}` or `[A-Z]{2}\\d{5,6}`.";
                return report.error(format!("{field}.pattern"), message, remedy);
            }
        },
        None => None,
    };
    let Some(example) = &input.example else { return };
    let place = format!("{field}.example");
    report.word(&place, example);
    let good = match input.kind {
        InputKind::Text | InputKind::Bound => fits.is_none_or(|pattern| pattern.fits(example)),
        InputKind::Choice => input.choices.iter().any(|choice| choice.value == *example),
        kind => kind_fits(kind, example),
    };
    if !good {
        let message = format!("`{}` does not fit its own field.", short(example));
        report.error(place, message, "Correct the example, or what the field asks for.");
    }
}

/// Whether a text can be the answer to a field of this kind.
fn kind_fits(kind: InputKind, text: &str) -> bool {
    let day = |text: String| text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok();
    match kind {
        InputKind::Number => text.parse::<i64>().is_ok(),
        InputKind::Date => day(text.to_owned()),
        InputKind::Month => day(format!("{text}-01")),
        InputKind::Year => day(format!("{text}-01-01")),
        InputKind::Text | InputKind::Choice | InputKind::Bound => true,
    }
}

/// A field asks for what the city knows already. Where nobody signs in, nobody knows it.
pub(crate) fn known(claim: Claim, service: &Service, field: &str, report: &mut Report) {
    let word = claim.word();
    if service.claims.contains(&claim) {
        let message = format!("This field asks for data that the claim `{word}` already gives.");
        report.error(field, message, "Remove the field: nobody is asked for what the city knows.");
    } else if service.assurance >= 3 {
        let message =
            format!("This field asks for what the city knows about everybody who signs in: `{word}`.");
        report.warning(field, message, format!("Remove the field and add \"{word}\" to `claims`."));
    }
}

fn states(states: &[StateWord], field: &str, report: &mut Report) {
    for (index, state) in states.iter().enumerate() {
        let field = format!("{field}[{index}]");
        let word = format!("{field}.word");
        report.shape(&word, &state.word, shape::is_dashed, "lower-case words such as `in-review`");
        if state.word == "pending" {
            let remedy = "Remove it: every word that is not listed is shown as not decided.";
            report.error(word, "The contract itself says what `pending` means.", remedy);
        }
        report.text(format!("{field}.label"), &state.label, Length::Name);
    }
    report.no_repeats(field, states.iter().map(|state| state.word.as_str()));
}

fn fact(line: &FactLine, field: &str, report: &mut Report) {
    key(&line.key, field, report);
    report.text(format!("{field}.label"), &line.label, Length::Name);
    match (&line.unit, line.kind) {
        (Some(unit), FactKind::Number) => report.text(format!("{field}.unit"), unit, Length::Name),
        (Some(_), _) => report.error(
            format!("{field}.unit"),
            "Only a number has a unit.",
            "Remove the unit, or write kind = \"number\". Money is always shown in yuan.",
        ),
        (None, _) => {}
    }
    if (line.kind == FactKind::State) == line.states.is_empty() {
        report.error(
            format!("{field}.states"),
            "The kind `state` and a list of states belong together.",
            "Write both, or neither.",
        );
    }
    states(&line.states, &format!("{field}.states"), report);
}

//! Rules for `[[checks]]` in `services/*.toml`.

use crate::precondition::{Check, Want};
use crate::query::ServedBy;
use crate::rules::Report;
use crate::rules::words::Length;
use crate::service::Service;
use crate::shape;

/// More questions than this nobody waits for.
const MOST: usize = 8;

pub(crate) fn checks(service: &Service, report: &mut Report) {
    if service.checks.is_empty() {
        return;
    }
    if service.served_by != Some(ServedBy::Case) {
        let remedy = "Remove them, or write served_by = \"case\".";
        report.error("checks", "Only applications are looked into before they are handed in.", remedy);
    }
    if service.checks.len() > MOST {
        let message = format!("{} checks keep people waiting.", service.checks.len());
        report.error("checks", message, format!("Write at most {MOST}."));
    }
    for (index, check) in service.checks.iter().enumerate() {
        one(check, service, &format!("checks[{index}]"), report);
    }
}

fn one(check: &Check, service: &Service, field: &str, report: &mut Report) {
    report.text(format!("{field}.what"), &check.what, Length::Name);
    report.text(format!("{field}.otherwise"), &check.otherwise, Length::Summary);
    let lookup = format!("{field}.lookup");
    report.shape(&lookup, &check.lookup, shape::is_service_code, "the code of a service such as `YZ02004`");
    if check.lookup == service.code {
        report.error(lookup, "The service asks itself.", "Name the service that knows.");
    }
    let (Want::State(words) | Want::Summary { words, .. }) = &check.wants else { return };
    report.not_empty(&format!("{field}.wants"), words, "Name the words that are right.");
}

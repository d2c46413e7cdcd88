//! Rules for `agency.toml`.

use std::collections::BTreeSet;

use crate::agency::{Agency, Auth, Backend, ClosedSpan, Contact, Driver};
use crate::credit;
use crate::rules::report::short;
use crate::rules::words::Length;
use crate::rules::{Around, Report, capability, protocol, provider};
use crate::shape;

const ALIAS_REMEDY: &str = "Write an alias such as `police-gateway`; the operator binds the address.";

pub(crate) fn agency(agency: &Agency, around: &Around<'_>, report: &mut Report) {
    let slug = around.slug;
    report.shape("code", &agency.code, shape::is_short_code, "a code such as `A02`");
    report.text("name", &agency.name, Length::Name);
    report.text("about", &agency.about, Length::Text);
    for (index, field) in agency.fields.iter().enumerate() {
        report.shape(
            format!("fields[{index}]"),
            field,
            shape::is_dashed,
            "lower-case words such as `traffic`",
        );
    }
    report.no_repeats("fields", &agency.fields);
    if let Some(parent) = &agency.parent {
        report.shape("parent", parent, shape::is_slug, "the folder name of the other agency");
        if parent == slug {
            report.error(
                "parent",
                "The agency cannot belong to itself.",
                "Name the agency above it, or remove this field.",
            );
        }
    }
    if !credit::is_valid(&agency.credit_code) {
        report.error(
            "credit_code",
            format!("`{}` is not a unified credit code.", short(&agency.credit_code)),
            "Compare all 18 characters with the certificate; the last one checks the others.",
        );
    }
    contact(&agency.contact, report);
    if agency.backend.driver == Driver::Redirect && agency.contact.website.is_none() {
        report.error(
            "contact.website",
            "The driver `redirect` sends people to the agency's own site, and none is named.",
            "Write the site's address; people are shown it before they leave the portal.",
        );
    }
    backend(&agency.backend, report);
    protocol::backend(&agency.backend, around, report);
    capability::capabilities(agency, around, report);
    provider::provider(agency, around, report);
}

fn contact(contact: &Contact, report: &mut Report) {
    for (field, phone) in [("phone", &contact.phone), ("complaint_phone", &contact.complaint_phone)] {
        report.shape(
            format!("contact.{field}"),
            phone,
            shape::is_phone,
            "a phone number such as `0990-6612345`",
        );
    }
    report.text("contact.address", &contact.address, Length::Summary);
    report.text("contact.hours", &contact.hours, Length::Summary);
    if let Some(email) = &contact.email {
        report.shape("contact.email", email, shape::is_email, "a mail address such as `office@example.cn`");
    }
    if let Some(website) = &contact.website {
        report.shape(
            "contact.website",
            website,
            shape::is_web_address,
            "an address that begins with https://",
        );
    }
}

fn backend(backend: &Backend, report: &mut Report) {
    endpoint(backend, report);
    auth(backend, report);
    secrets(&backend.secrets, report);
    if !(100..=60_000).contains(&backend.deadline_ms) {
        report.error(
            "backend.deadline_ms",
            format!("A call cannot be given {} milliseconds.", backend.deadline_ms),
            "Write a number from 100 to 60000.",
        );
    }
    if !(1..=1_000).contains(&backend.concurrent) {
        report.error(
            "backend.concurrent",
            format!("A backend cannot be asked {} times at once.", backend.concurrent),
            "Write a number from 1 to 1000.",
        );
    }
    for (index, span) in backend.closed.iter().enumerate() {
        closed_span(span, &format!("backend.closed[{index}]"), report);
    }
    daily_file(backend, report);
    if !backend.availability.is_empty() || !backend.availability.en.is_empty() {
        report.text("backend.availability", &backend.availability, Length::Summary);
    }
}

fn endpoint(backend: &Backend, report: &mut Report) {
    let field = "backend.endpoint";
    match (&backend.endpoint, backend.driver) {
        (Some(_), Driver::Desk) => {
            report.error(field, "An agency that works in the portal has no endpoint.", "Remove this field.");
        }
        (None, driver) if driver != Driver::Desk => {
            report.error(field, "The endpoint is missing.", ALIAS_REMEDY);
        }
        (Some(endpoint), _) if endpoint.contains([':', '/', '.', '@']) => {
            report.error(field, format!("`{}` is an address, not an alias.", short(endpoint)), ALIAS_REMEDY);
        }
        (Some(endpoint), _) if !shape::is_slug(endpoint) => {
            report.error(field, format!("`{}` is not an alias.", short(endpoint)), ALIAS_REMEDY);
        }
        _ => {}
    }
}

fn auth(backend: &Backend, report: &mut Report) {
    if (backend.driver == Driver::Desk) != (backend.auth == Auth::PortalAccount) {
        report.error(
            "backend.auth",
            "The driver `desk` and the way of signing in `portal-account` belong together.",
            "Write both, or neither.",
        );
    }
    let needs_none = matches!(backend.auth, Auth::None | Auth::IpAllow | Auth::PortalAccount);
    if !needs_none && backend.secrets.is_empty() {
        report.warning(
            "backend.secrets",
            "This way of signing in needs a secret, and none is named.",
            "Name each secret that the operator must supply, such as `signing-key`.",
        );
    }
}

/// The text of a refused secret is never repeated in the finding: it may be the secret itself.
fn secrets(secrets: &[String], report: &mut Report) {
    let mut seen = BTreeSet::new();
    for (index, secret) in secrets.iter().enumerate() {
        let field = format!("backend.secrets[{index}]");
        if !is_secret_name(secret) {
            report.error(
                field,
                "This looks like the value of a secret, or is not a plain name.",
                "Write a name such as `signing-key`; the operator supplies the value. \
                 If it was a real secret, replace it now.",
            );
        } else if !seen.insert(secret) {
            report.error(field, "This secret is named twice.", "Remove one of the two.");
        }
    }
}

/// A name is a few short words. Keys and passwords are long runs of letters mixed with digits.
fn is_secret_name(text: &str) -> bool {
    let word = |part: &str| {
        let mixed = part.bytes().any(|b| b.is_ascii_digit()) && part.bytes().any(|b| b.is_ascii_alphabetic());
        !part.is_empty() && part.len() <= if mixed { 8 } else { 20 }
    };
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    text.len() <= 60
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(plain)
        && text.split(['-', '_']).all(word)
}

fn closed_span(span: &ClosedSpan, field: &str, report: &mut Report) {
    report.text(format!("{field}.reason"), &span.reason, Length::Summary);
    let (from, to) = (shape::minutes(&span.from).filter(|at| *at < 24 * 60), shape::minutes(&span.to));
    for (name, value, at) in [("from", &span.from, from), ("to", &span.to, to)] {
        if at.is_none() {
            let message = format!("`{}` is not a time of day.", short(value));
            let also = if name == "to" { ", or 24:00 for the end of the day" } else { "" };
            report.error(
                format!("{field}.{name}"),
                message,
                format!("Write hours and minutes such as 08:30{also}."),
            );
        }
    }
    if from.is_some() && from == to {
        report.error(
            format!("{field}.to"),
            "The span ends when it begins.",
            "Write 00:00 to 24:00 for a whole day.",
        );
    }
}

fn daily_file(backend: &Backend, report: &mut Report) {
    let field = "backend.daily_file_at";
    match (&backend.daily_file_at, backend.driver) {
        (Some(at), Driver::Csv) => {
            let is_time = |text: &str| shape::minutes(text).is_some_and(|at| at < 24 * 60);
            report.shape(field, at, is_time, "hours and minutes such as 06:30");
        }
        (Some(_), _) => report.error(field, "Only the driver `csv` has a daily file.", "Remove this field."),
        (None, Driver::Csv) => report.warning(
            field,
            "Nobody can say when the next file comes.",
            "Write the time of day at which the file arrives, such as 06:30.",
        ),
        (None, _) => {}
    }
}

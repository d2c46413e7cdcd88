//! Rules for `policies/*.toml` and `bulletins/*.toml`.

use crate::finding::Findings;
use crate::rules::Report;
use crate::rules::words::Length;
use crate::shape;
use crate::source::Source;
use crate::writing::{Bulletin, Policy};

const ID: &str = "lower-case letters, digits and dashes, such as `licence-renewal-2026`";

pub(crate) fn policy(policy: &Policy, report: &mut Report) {
    report.shape("id", &policy.id, is_id, ID);
    report.named_like_file("id", &policy.id);
    report.text("title", &policy.title, Length::Title);
    report.text("summary", &policy.summary, Length::Summary);
    report.text("issuer", &policy.issuer, Length::Title);
    report.text("body", &policy.body, Length::Body);
    services(&policy.services, report);
    if policy.valid_until.is_some_and(|until| until < policy.valid_from) {
        report.error("valid_until", "The policy ends before it begins.", "Put the two dates in order.");
    }
    if policy.valid_from < policy.issued {
        report.warning(
            "valid_from",
            "The policy takes effect before it was issued.",
            "Check both dates; leave them if the policy really reaches back.",
        );
    }
}

pub(crate) fn bulletin(bulletin: &Bulletin, report: &mut Report) {
    report.shape("id", &bulletin.id, is_id, ID);
    report.named_like_file("id", &bulletin.id);
    report.text("title", &bulletin.title, Length::Title);
    report.text("body", &bulletin.body, Length::Body);
    services(&bulletin.services, report);
    if bulletin.expires.is_some_and(|end| end <= bulletin.published) {
        report.error("expires", "The notice ends before it is published.", "Put the two times in order.");
    }
    if let Some(warning) = &bulletin.warning {
        if bulletin.expires.is_none() {
            report.error(
                "expires",
                "A warning never ends.",
                "Say when it is over, even if it may be put off.",
            );
        }
        for (index, district) in warning.districts.iter().enumerate() {
            report.shape(
                format!("warning.districts[{index}]"),
                district,
                |code| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()),
                "the six-digit code of a district such as `990102`",
            );
        }
        report.no_repeats("warning.districts", &warning.districts);
    }
    let Some(pin) = &bulletin.pinned else { return };
    if pin.until <= pin.from {
        report.error(
            "pinned.until",
            "The notice is taken down before it is put up.",
            "Put the two times in order.",
        );
    }
    if pin.from < bulletin.published {
        report.error(
            "pinned.from",
            "The notice is put up before it is published.",
            "Begin when it is published, or later.",
        );
    }
    if bulletin.expires.is_some_and(|end| pin.until > end) {
        report.error(
            "pinned.until",
            "The notice stays up after it has expired.",
            "End no later than the notice itself.",
        );
    }
}

/// What is wrong with a notice that came otherwise than in a file.
pub fn bulletin_check(notice: &Bulletin) -> Findings {
    let mut findings = Findings::default();
    let file = format!("bulletins/{}.toml", notice.id);
    let mut unread = Findings::default();
    if let Some(source) = Source::parse(&file, "", &mut unread) {
        bulletin(notice, &mut Report::new(&source, &mut findings));
    }
    findings
}

fn is_id(text: &str) -> bool {
    (2..=80).contains(&text.len()) && shape::is_dashed(text)
}

fn services(services: &[String], report: &mut Report) {
    for (index, service) in services.iter().enumerate() {
        report.shape(
            format!("services[{index}]"),
            service,
            shape::is_service_code,
            "the code of a service such as `YZ02022`",
        );
    }
    report.no_repeats("services", services);
}

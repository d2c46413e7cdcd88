//! Rules for `services/*.toml`: the elements that the law asks of a guide, and what people must be able to
//! rely on when they read one.

use std::collections::BTreeSet;

use crate::rules::words::Length;
use crate::rules::{Report, fee, papers, time};
use crate::service::{LicenceLink, Service};
use crate::shape;

/// What else the package holds that a service may point at.
pub(crate) struct Around<'p> {
    pub slug: &'p str,
    pub policies: BTreeSet<&'p str>,
    pub maps: BTreeSet<&'p str>,
}

pub(crate) fn service(service: &Service, around: &Around, report: &mut Report) {
    codes(service, around, report);
    report.text("name", &service.name, Length::Name);
    report.text("summary", &service.summary, Length::Summary);
    access(service, report);
    for (index, word) in service.synonyms.iter().enumerate() {
        report.word(format!("synonyms[{index}]"), word);
    }
    report.no_repeats("synonyms", &service.synonyms);
    months(&service.months, report);
    time::limits(&service.time, report);
    time::steps(&service.steps, &service.time, report);
    fee::fee(&service.fee, report);
    visits(service, report);
    papers::papers(&service.papers, report);
    guide(service, report);
    policies(service, around, report);
}

fn codes(service: &Service, around: &Around, report: &mut Report) {
    report.shape(
        "code",
        &service.code,
        shape::is_service_code,
        "two capital letters and five digits, such as `YZ02022`",
    );
    report.named_like_file("code", &service.code);
    report.shape(
        "item_code",
        &service.item_code,
        shape::is_item_code,
        "the code from the item list: capital letters, digits and dashes",
    );
    report.shape("domain", &service.domain, shape::is_short_code, "the code of a domain such as `D02`");
    report.shape("class", &service.class, is_class, "the code of a class such as `D02-1`");
    for (index, zone) in service.zones.iter().enumerate() {
        report.shape(format!("zones[{index}]"), zone, shape::is_slug, "the id of a zone such as `senior`");
    }
    report.no_repeats("zones", &service.zones);
    for (index, other) in service.joint_with.iter().enumerate() {
        let field = format!("joint_with[{index}]");
        report.shape(&field, other, shape::is_slug, "the folder name of the other agency");
        if other == around.slug {
            report.error(
                field,
                "The agency itself leads and is not among the others.",
                "Remove it from this list.",
            );
        }
    }
    report.no_repeats("joint_with", &service.joint_with);
}

pub(super) fn is_class(text: &str) -> bool {
    text.split_once('-').is_some_and(|(domain, number)| {
        shape::is_short_code(domain)
            && (1..=3).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

fn access(service: &Service, report: &mut Report) {
    if !matches!(service.assurance, 0 | 2 | 3 | 4 | 5) {
        report.error(
            "assurance",
            format!("There is no assurance level {}.", service.assurance),
            "Write 0 if nobody has to sign in, or 2, 3, 4 or 5.",
        );
    }
    let Some(LicenceLink { code, op }) = &service.licence else { return };
    report.shape("licence.code", code, shape::is_short_code, "the code of a licence such as `L04`");
    report.shape("licence.op", op, shape::is_dashed, "one lower-case word such as `renew`");
    if service.assurance == 0 && !matches!(op.as_str(), "query" | "check") {
        report.warning(
            "assurance",
            "This service changes a licence, but nobody has to sign in.",
            "Ask for the level at which the agency can be sure who applies.",
        );
    }
}

fn months(months: &[u8], report: &mut Report) {
    for (index, month) in months.iter().enumerate() {
        if !(1..=12).contains(month) {
            report.error(
                format!("months[{index}]"),
                format!("There is no month {month}."),
                "Write numbers from 1 to 12.",
            );
        }
    }
    report.no_repeats("months", months);
}

fn visits(service: &Service, report: &mut Report) {
    match (service.visits, &service.visit) {
        (0, None) => {}
        (0, Some(_)) => report.warning(
            "visit",
            "Nobody has to come, so this is not shown.",
            "Remove it, or write visits = 1.",
        ),
        (1, None) => report.error(
            "visit",
            "People have to come once, but nobody says where.",
            "Add place, hours, what to bring and the reason.",
        ),
        (1, Some(visit)) => {
            let fields = [
                ("place", &visit.place),
                ("hours", &visit.hours),
                ("bring", &visit.bring),
                ("reason", &visit.reason),
            ];
            for (field, text) in fields {
                report.text(format!("visit.{field}"), text, Length::Text);
            }
        }
        (more, _) => report.error(
            "visits",
            format!("{more} visits are too many."),
            "Write 0, or 1 if people have to come once.",
        ),
    }
}

/// Conditions, result, legal basis, contact, questions and remedies.
fn guide(service: &Service, report: &mut Report) {
    report.not_empty("conditions", &service.conditions, "Say who may use the service.");
    for (index, condition) in service.conditions.iter().enumerate() {
        report.text(format!("conditions[{index}]"), condition, Length::Text);
    }
    report.text("result.name", &service.result.name, Length::Name);
    report.not_empty("result.delivery", &service.result.delivery, "Say how the result reaches people.");
    report.optional_text("result.note", service.result.note.as_ref(), Length::Text);
    report.not_empty("basis", &service.basis, "Name the law or rule that the service rests on.");
    for (index, basis) in service.basis.iter().enumerate() {
        report.text(format!("basis[{index}].law"), &basis.law, Length::Title);
        report.text(format!("basis[{index}].article"), &basis.article, Length::Name);
        report.text(format!("basis[{index}].text"), &basis.text, Length::Text);
    }
    if let Some(contact) = &service.contact {
        for (field, phone) in [("phone", &contact.phone), ("complaint_phone", &contact.complaint_phone)] {
            report.shape(
                format!("contact.{field}"),
                phone,
                shape::is_phone,
                "a phone number such as `0990-6612345`",
            );
        }
    }
    for (index, question) in service.faq.iter().enumerate() {
        report.text(format!("faq[{index}].q"), &question.q, Length::Summary);
        report.text(format!("faq[{index}].a"), &question.a, Length::Text);
    }
    let remedies = &service.remedies;
    for (field, term) in
        [("reconsideration_days", remedies.reconsideration_days), ("suit_months", remedies.suit_months)]
    {
        if term == Some(0) {
            report.error(
                format!("remedies.{field}"),
                "A term of zero leaves no time.",
                "Write the term, or remove this field.",
            );
        }
    }
    report.text("remedies.note", &remedies.note, Length::Text);
}

fn policies(service: &Service, around: &Around, report: &mut Report) {
    for (index, policy) in service.policies.iter().enumerate() {
        if !around.policies.contains(policy.as_str()) {
            report.warning(
                format!("policies[{index}]"),
                format!("There is no file policies/{policy}.toml in this package."),
                "Add it, or remove the name.",
            );
        }
    }
    report.no_repeats("policies", &service.policies);
}

//! Rules for who serves a service: the backend must be able to do what the service needs of it.

use crate::agency::{Agency, Driver};
use crate::capability::Capability;
use crate::capability::person::Claim;
use crate::query::{FactKind, ServedBy};
use crate::rules::{Around, Report, booking, checks, query};
use crate::service::{Service, ServiceKind};

pub(crate) fn serving(service: &Service, agency: Option<&Agency>, around: &Around<'_>, report: &mut Report) {
    claims(service, report);
    form(service, around, report);
    if let Some(asked) = &service.query {
        query::query(asked, service, report);
    }
    booking::booking(service, report);
    if service.desk.is_some() && service.served_by != Some(ServedBy::Desk) {
        let remedy = "Remove this table, or write served_by = \"desk\".";
        report.error("desk", "Officers of the portal do not decide this service.", remedy);
    }
    let Some(by) = service.served_by else {
        if service.query.is_some() {
            let remedy = "Write served_by = \"lookup\", or \"desk\".";
            report.warning("query", "Nobody serves this service, so this is not shown.", remedy);
        }
        return;
    };
    kind(service, by, report);
    checks::checks(service, report);
    table(service, by, report);
    if let Some(agency) = agency {
        backend(service, by, agency, report);
    }
}

fn claims(service: &Service, report: &mut Report) {
    report.no_repeats("claims", service.claims.iter().map(|claim| claim.word()));
    for (index, claim) in service.claims.iter().enumerate() {
        let field = format!("claims[{index}]");
        let verified = matches!(claim, Claim::Name | Claim::IdentityNumber | Claim::BirthDate);
        if service.assurance == 0 {
            let remedy = "Remove it, or write the level that people need.";
            report.error(field, "Nobody has to sign in, so nothing is known about anybody.", remedy);
        } else if verified && service.assurance < 3 {
            let message = format!("`{}` is only known from level 3.", claim.word());
            report.error(field, message, "Remove it, or write assurance = 3.");
        }
    }
}

fn form(service: &Service, around: &Around<'_>, report: &mut Report) {
    let Some(path) = &service.form else { return };
    if !around.forms.contains(path.as_str()) {
        let message = format!("There is no form `{}` in the package.", super::report::short(path));
        report.error(
            "form",
            message,
            "Write the form's path, such as `forms/renewal.json`, or add the form.",
        );
    }
    if service.served_by == Some(ServedBy::Lookup) {
        let remedy = "Remove this field, and ask under `query.inputs`.";
        report.error("form", "A service that answers questions has no form of its own.", remedy);
    }
}

fn kind(service: &Service, by: ServedBy, report: &mut Report) {
    let fits = match by {
        ServedBy::Desk | ServedBy::Site => true,
        ServedBy::Lookup => service.kind == ServiceKind::Query,
        ServedBy::Case | ServedBy::Binding => service.kind == ServiceKind::Handle,
        ServedBy::Slots => service.kind == ServiceKind::Booking,
        ServedBy::Dues => service.kind == ServiceKind::Payment,
    };
    if !fits {
        let wanted = match service.kind {
            ServiceKind::Query => "\"lookup\"",
            ServiceKind::Handle => "\"case\" or \"binding\"",
            ServiceKind::Booking => "\"slots\"",
            ServiceKind::Payment => "\"dues\"",
        };
        let message = format!("A service of this type is not served by `{}`.", by.word());
        report.error("served_by", message, format!("Write {wanted}, or \"desk\" or \"site\"."));
    }
}

fn table(service: &Service, by: ServedBy, report: &mut Report) {
    match (by, &service.query) {
        (ServedBy::Lookup, None) => report.error(
            "query",
            "Nobody knows what is asked for and what the answer tells.",
            "Add the table [query] with record, empty, inputs and facts.",
        ),
        (ServedBy::Lookup, Some(_)) | (_, None) => {}
        (ServedBy::Desk, Some(_)) if service.kind == ServiceKind::Query => {}
        (_, Some(_)) => report.error(
            "query",
            format!("A service that is served by `{}` answers no question.", by.word()),
            "Remove this table.",
        ),
    }
}

fn backend(service: &Service, by: ServedBy, agency: &Agency, report: &mut Report) {
    let driver = agency.backend.driver;
    let refusal = match (driver, by) {
        (_, ServedBy::Desk) | (Driver::Redirect, ServedBy::Site) => None,
        (Driver::Desk, ServedBy::Site) if agency.contact.website.is_some() => None,
        (Driver::Desk, _) => Some(("The agency works in the portal and has no backend.", "Write \"desk\".")),
        (Driver::Redirect, _) => {
            Some(("The agency serves people on its own site and has no backend.", "Write \"site\"."))
        }
        (_, ServedBy::Site) if agency.contact.website.is_none() => {
            Some(("The agency names no site of its own.", "Add `contact.website` to agency.toml."))
        }
        _ => None,
    };
    if let Some((message, remedy)) = refusal {
        return report.error("served_by", message, remedy);
    }
    let files = service.query.iter().flat_map(|query| query.facts.iter().chain(&query.summary));
    if files.into_iter().any(|fact| matches!(fact.kind, FactKind::File | FactKind::Picture))
        && agency.binding_for(Capability::FileGet, &service.code).is_none()
    {
        let remedy = "Add [capabilities.\"file.get\"] to agency.toml, or write `kind = \"reference\"`.";
        report.error("query.facts", "Nobody could fetch the files that the answer names.", remedy);
    }
    for needed in by.needs() {
        if agency.binding_for(*needed, &service.code).is_none() {
            let name = needed.name();
            report.error(
                "served_by",
                format!("The service is served by `{}`, but agency.toml declares no `{name}`.", by.word()),
                format!(
                    "Add [capabilities.\"{name}\"] to agency.toml, or remove this field: the portal then shows \
                     the guide only."
                ),
            );
        }
    }
}

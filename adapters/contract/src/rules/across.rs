//! Rules that only all packages of a city together can break: what one of them points at must exist
//! somewhere, and a code belongs to one agency. Compiled packages carry no lines, so findings name the file
//! and the field.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::capability::Capability;
use crate::city::CityPackage;
use crate::finding::{Finding, Findings, Problem};
use crate::package::Package;
use crate::service::{Service, Status};

/// Checks a city's folder and all its packages against each other. Files of packages are named with the
/// agency in front, such as `traffic-police/services/YZ02022.toml`.
pub fn city_check(city: &CityPackage, packages: &[Package]) -> Findings {
    let known = Known::of(city, packages);
    let mut findings = Findings::default();
    owners(packages, &mut findings);
    for package in packages {
        agency(package, &known, &mut findings);
        for service in &package.services {
            self::service(package, service, &known, &mut findings);
        }
        licences(package, &known, &mut findings);
        writings(package, &known, &mut findings);
        forms(package, &known, &mut findings);
    }
    life_events(city, &known, &mut findings);
    voice(city, &known, &mut findings);
    findings.sort();
    findings
}

struct Known<'c> {
    services: BTreeMap<&'c str, Status>,
    licences: BTreeSet<&'c str>,
    /// Licences whose agency tells who holds them.
    told: BTreeSet<&'c str>,
    agencies: BTreeSet<&'c str>,
    /// Each class with the domain it belongs to.
    classes: BTreeMap<&'c str, &'c str>,
    domains: BTreeSet<&'c str>,
    zones: BTreeSet<&'c str>,
}

impl<'c> Known<'c> {
    fn of(city: &'c CityPackage, packages: &'c [Package]) -> Self {
        let services = packages.iter().flat_map(|package| &package.services);
        let domains = &city.domains.domains;
        let classes =
            domains.iter().flat_map(|domain| domain.classes.iter().map(move |class| (class, domain)));
        Self {
            services: services.map(|service| (service.code.as_str(), service.status)).collect(),
            licences: packages
                .iter()
                .flat_map(|p| &p.licences)
                .map(|licence| licence.code.as_str())
                .collect(),
            told: packages
                .iter()
                .filter(|p| p.agency.binding(Capability::LicencesList).is_some())
                .flat_map(|p| &p.licences)
                .map(|licence| licence.code.as_str())
                .collect(),
            agencies: packages.iter().map(|package| package.slug.as_str()).collect(),
            classes: classes.map(|(class, domain)| (class.code.as_str(), domain.code.as_str())).collect(),
            domains: domains.iter().map(|domain| domain.code.as_str()).collect(),
            zones: city.zones.zones.iter().map(|zone| zone.id.as_str()).collect(),
        }
    }
}

/// Every code has one owner. The package that comes later in the list is told who has it.
fn owners(packages: &[Package], findings: &mut Findings) {
    let mut claimed: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for package in packages {
        let mut claim = |what, code, file: &str, field: &str| {
            let Some(owner) = claimed.get(&(what, code)) else {
                claimed.insert((what, code), package.slug.as_str());
                return;
            };
            let problem = Problem::new(
                format!("The {what} `{code}` already belongs to the agency `{owner}`."),
                "Use one of its own; a code is never shared or used again.",
            );
            findings.add(Finding::error(&format!("{}/{file}", package.slug), problem).field(field));
        };
        claim("folder name", package.slug.as_str(), "agency.toml", "");
        claim("agency code", package.agency.code.as_str(), "agency.toml", "code");
        for service in &package.services {
            let file = format!("services/{}.toml", service.code);
            claim("service code", &service.code, &file, "code");
            claim("item code", &service.item_code, &file, "item_code");
        }
        for licence in &package.licences {
            claim("licence code", &licence.code, &format!("licences/{}.toml", licence.code), "code");
        }
    }
}

/// What a form wants to have from a licence must stand on one that an agency issues and can be asked about.
fn forms(package: &Package, known: &Known, findings: &mut Findings) {
    for (path, form) in &package.forms {
        origins(form, "", &mut |field, kind| {
            if known.told.contains(kind) {
                return;
            }
            let problem = Problem::new(
                format!("Nobody can be asked about a licence `{kind}`."),
                "Name one whose agency has `licences.list`, or leave `x-from` out.",
            );
            findings.add(Finding::error(&format!("{}/{path}", package.slug), problem).field(field));
        });
    }
}

/// Every question that names a licence, wherever it stands.
fn origins(part: &Value, path: &str, found: &mut impl FnMut(&str, &str)) {
    let Some(table) = part.as_object() else { return };
    for (name, value) in table {
        let place = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let kind = value.as_str().filter(|_| name == "x-from").and_then(|from| from.strip_prefix("licence."));
        match kind.and_then(|rest| rest.split('.').next()) {
            Some(kind) => found(&place, kind),
            None => origins(value, &place, found),
        }
    }
}

fn agency(package: &Package, known: &Known, findings: &mut Findings) {
    if let Some(parent) = package.agency.parent.as_deref().filter(|parent| !known.agencies.contains(parent)) {
        let file = format!("{}/agency.toml", package.slug);
        findings.add(Finding::error(&file, no_agency(parent)).field("parent"));
    }
}

fn no_agency(slug: &str) -> Problem {
    Problem::new(format!("There is no agency `{slug}`."), "Write the folder name of an agency, or remove it.")
}

fn service(package: &Package, service: &Service, known: &Known, findings: &mut Findings) {
    let file = format!("{}/services/{}.toml", package.slug, service.code);
    let mut refuse = |field: &str, message: String, remedy: &str| {
        findings.add(Finding::error(&file, Problem::new(message, remedy)).field(field));
    };
    if !known.domains.contains(service.domain.as_str()) {
        refuse(
            "domain",
            format!("The city has no domain `{}`.", service.domain),
            "Choose one from the city's domains.toml.",
        );
    }
    match known.classes.get(service.class.as_str()) {
        None => refuse(
            "class",
            format!("The city has no class `{}`.", service.class),
            "Choose one from the city's domains.toml.",
        ),
        Some(domain) if *domain != service.domain => refuse(
            "class",
            format!(
                "The class `{}` belongs to the domain `{domain}`, not to `{}`.",
                service.class, service.domain
            ),
            "Choose a class of the service's own domain.",
        ),
        Some(_) => {}
    }
    for (index, zone) in
        service.zones.iter().enumerate().filter(|(_, zone)| !known.zones.contains(zone.as_str()))
    {
        refuse(
            &format!("zones[{index}]"),
            format!("The city has no zone `{zone}`."),
            "Choose one from the city's zones.toml.",
        );
    }
    if let Some(link) = service.licence.as_ref().filter(|link| !known.licences.contains(link.code.as_str())) {
        refuse(
            "licence.code",
            format!("No agency issues a licence `{}`.", link.code),
            "Write the code of a licence, or remove the link.",
        );
    }
    for (index, slug) in
        service.joint_with.iter().enumerate().filter(|(_, slug)| !known.agencies.contains(slug.as_str()))
    {
        findings.add(Finding::error(&file, no_agency(slug)).field(&format!("joint_with[{index}]")));
    }
    for (index, slug) in service.desk.iter().flat_map(|rules| &rules.copies).enumerate() {
        if !known.agencies.contains(slug.as_str()) {
            findings.add(Finding::error(&file, no_agency(slug)).field(&format!("desk.copies[{index}]")));
        }
    }
    for (index, code) in service.query.iter().flat_map(|query| &query.next).enumerate() {
        let offline = "It is not offered until then.";
        findings.extend(points_at(code, known, &file, &format!("query.next[{index}]"), offline));
    }
}

fn licences(package: &Package, known: &Known, findings: &mut Findings) {
    for licence in &package.licences {
        if let Some(code) = &licence.renewal_service {
            let file = format!("{}/licences/{}.toml", package.slug, licence.code);
            let offline = "Reminders name the office instead. Nothing to do if that is meant.";
            findings.extend(points_at(code, known, &file, "renewal_service", offline));
        }
    }
}

fn writings(package: &Package, known: &Known, findings: &mut Findings) {
    let policies = package.policies.iter().map(|policy| ("policies", &policy.id, &policy.services));
    let bulletins = package.bulletins.iter().map(|bulletin| ("bulletins", &bulletin.id, &bulletin.services));
    for (folder, id, services) in policies.chain(bulletins) {
        let file = format!("{}/{folder}/{id}.toml", package.slug);
        for (index, code) in services.iter().enumerate() {
            let offline = "It is left out of the list until then.";
            findings.extend(points_at(code, known, &file, &format!("services[{index}]"), offline));
        }
    }
}

fn life_events(city: &CityPackage, known: &Known, findings: &mut Findings) {
    for (event, steps) in city.events.events.iter().map(|event| &event.steps).enumerate() {
        for (index, step) in steps.iter().enumerate() {
            let field = format!("events[{event}].steps[{index}].service");
            let offline = "The step is left out until then.";
            findings.extend(points_at(&step.service, known, "life-events.toml", &field, offline));
        }
    }
}

/// Whoever takes and deals with what people say must be an agency of the city.
fn voice(city: &CityPackage, known: &Known, findings: &mut Findings) {
    let Some(voice) = &city.voice else { return };
    let topics = voice.topics.iter().enumerate();
    let topics = topics.map(|(at, topic)| (format!("topics[{at}].agency"), &topic.agency));
    for (field, slug) in std::iter::once(("desk".to_owned(), &voice.desk)).chain(topics) {
        if !known.agencies.contains(slug.as_str()) {
            let problem = Problem::new(
                format!("There is no agency `{slug}`."),
                "Write the public name of an agency that exists; until then its part is left to the city.",
            );
            findings.add(Finding::warning("voice.toml", problem).field(&field));
        }
    }
}

/// Something points at a service that is unknown, or known but not online.
fn points_at(code: &str, known: &Known, file: &str, field: &str, offline: &str) -> Option<Finding> {
    match known.services.get(code) {
        None => {
            let problem = Problem::new(
                format!("There is no service `{code}`."),
                "Write the code of a service that exists.",
            );
            Some(Finding::error(file, problem).field(field))
        }
        Some(Status::Online) => None,
        Some(Status::Draft | Status::Retired) => {
            let problem = Problem::new(format!("The service `{code}` is not online."), offline);
            Some(Finding::warning(file, problem).field(field))
        }
    }
}

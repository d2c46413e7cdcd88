//! An agency's package as typed data, and the way there from its files.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Reading;
use crate::agency::Agency;
use crate::files::Files;
use crate::finding::{Finding, Findings, Problem};
use crate::identity;
use crate::json::{Json, Mistake};
use crate::kind::{Kind, stem};
use crate::licence::LicenceType;
use crate::rules::{self, Around, Report};
use crate::sample::Sample;
use crate::service::Service;
use crate::shape;
use crate::source::{Source, place};
use crate::writing::{Bulletin, Policy};

/// One such number in a file is enough to refuse it; a few show how it came about.
const NUMBERS_SHOWN: usize = 10;

/// Everything an agency says, ready to use. Lists are ordered by file name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Package {
    /// The folder's name, which is the agency's public address.
    pub slug: String,
    pub agency: Agency,
    pub services: Vec<Service>,
    pub licences: Vec<LicenceType>,
    pub policies: Vec<Policy>,
    pub bulletins: Vec<Bulletin>,
    /// The texts of its maps, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub maps: BTreeMap<String, String>,
    /// Its forms, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub forms: BTreeMap<String, Value>,
    /// Its recorded exchanges, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub samples: BTreeMap<String, Sample>,
}

/// The package, or everything that is wrong with it. Warnings alone are dropped: [`read`] keeps them.
pub fn load(slug: &str, files: &Files) -> Result<Package, Findings> {
    read(slug, files).into_result()
}

/// The package where nothing forbids using it, with every finding over all its files.
pub fn read(slug: &str, files: &Files) -> Reading<Package> {
    let mut findings = files.refused().clone();
    if !shape::is_slug(slug) {
        let remedy = "Use 2 to 40 lower-case letters, digits and dashes, such as `traffic-police`.";
        let problem = Problem::new(format!("`{slug}` cannot be the name of a package's folder."), remedy);
        findings.add(Finding::error(".", problem));
    }
    let of_kind =
        |kind| files.iter().map(|(path, _)| path).filter(move |path| Kind::in_package(path) == Some(kind));
    let around = Around {
        slug,
        policies: of_kind(Kind::Policy).map(stem).collect::<BTreeSet<_>>(),
        maps: of_kind(Kind::Map).collect::<BTreeSet<_>>(),
        forms: of_kind(Kind::Form).collect::<BTreeSet<_>>(),
        services: of_kind(Kind::Service).map(stem).collect::<BTreeSet<_>>(),
    };
    let mut draft = Draft::default();
    for (path, text) in files.iter() {
        private_numbers(path, text, &mut findings);
        let Some(kind) = Kind::in_package(path) else {
            findings.add(Finding::error(path, unknown_kind()));
            continue;
        };
        draft.read(kind, path, text, &around, &mut findings);
    }
    if files.get("agency.toml").is_none() {
        let problem = Problem::new("This file is missing.", "Every package says in it who the agency is.");
        findings.add(Finding::error("agency.toml", problem));
    }
    let (forms, samples) = (draft.forms(&mut findings), draft.samples(&mut findings));
    draft.unused(&mut findings);
    let Draft { agency, services, licences, policies, bulletins, maps, .. } = draft;
    let slug = slug.to_owned();
    let package = agency.map(|agency| Package {
        slug,
        agency,
        services,
        licences,
        policies,
        bulletins,
        maps,
        forms,
        samples,
    });
    Reading::new(package, findings)
}

/// What has been read so far.
#[derive(Default)]
struct Draft<'f> {
    agency: Option<Agency>,
    services: Vec<Service>,
    licences: Vec<LicenceType>,
    policies: Vec<Policy>,
    bulletins: Vec<Bulletin>,
    maps: BTreeMap<String, String>,
    /// Looked at last: what they say can only be judged beside the services.
    json: Vec<(Kind, Json<'f>)>,
    /// Codes in use, by kind, with the file that used them first.
    used: BTreeMap<(&'static str, String), &'f str>,
}

impl<'f> Draft<'f> {
    fn read(&mut self, kind: Kind, path: &'f str, text: &'f str, around: &Around, findings: &mut Findings) {
        match kind {
            Kind::Agency => {
                self.agency = checked(path, text, findings, |agency, report| {
                    rules::agency(agency, around, report);
                });
            }
            Kind::Service => {
                let service = checked(path, text, findings, |service: &Service, report| {
                    rules::service(service, around, report);
                    rules::serving(service, self.agency.as_ref(), around, report);
                    self.unique("service code", &service.code, "code", path, report);
                    self.unique("item code", &service.item_code, "item_code", path, report);
                });
                self.services.extend(service);
            }
            Kind::Licence => {
                let licence = checked(path, text, findings, |licence: &LicenceType, report| {
                    rules::licence(licence, report);
                    self.unique("licence code", &licence.code, "code", path, report);
                });
                self.licences.extend(licence);
            }
            Kind::Policy => {
                let policy = checked(path, text, findings, |policy: &Policy, report| {
                    rules::policy(policy, report);
                    self.unique("policy id", &policy.id, "id", path, report);
                });
                self.policies.extend(policy);
            }
            Kind::Bulletin => {
                let bulletin = checked(path, text, findings, |bulletin: &Bulletin, report| {
                    rules::bulletin(bulletin, report);
                    self.unique("bulletin id", &bulletin.id, "id", path, report);
                });
                self.bulletins.extend(bulletin);
            }
            Kind::Form | Kind::Sample => {
                let Some(json) = Json::parse(path, text, findings) else { return };
                if identity::real_numbers(text).next().is_none() {
                    json.report(rules::hidden_numbers(&json.value, ""), findings);
                }
                self.json.push((kind, json));
            }
            Kind::Map => {
                findings.extend(map_mistake(path, text));
                self.maps.insert(path.to_owned(), text.to_owned());
            }
            _ => {}
        }
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &Json<'f>> {
        self.json.iter().filter(move |(of, _)| *of == kind).map(|(_, json)| json)
    }

    fn forms(&self, findings: &mut Findings) -> BTreeMap<String, Value> {
        let mut forms = BTreeMap::new();
        for json in self.of(Kind::Form) {
            let users = self.services.iter().filter(|service| service.form.as_deref() == Some(json.file));
            let mut mistakes = rules::form(&json.value);
            mistakes.extend(users.flat_map(|service| rules::asked_again(&json.value, service)));
            json.report(mistakes, findings);
            forms.insert(json.file.to_owned(), json.value.clone());
        }
        forms
    }

    fn samples(&self, findings: &mut Findings) -> BTreeMap<String, Sample> {
        let mut samples = BTreeMap::new();
        for json in self.of(Kind::Sample) {
            let mut mistakes = rules::sample_form(json);
            if mistakes.is_empty() {
                match serde_json::from_value::<Sample>(json.value.clone()) {
                    Ok(sample) => {
                        mistakes = rules::sample(&sample, self.agency.as_ref(), &self.services);
                        samples.insert(json.file.to_owned(), sample);
                    }
                    Err(error) => mistakes.push(Mistake::new(
                        "",
                        format!("This cannot be read as a sample: {error}."),
                        "Compare it with the schema of samples.",
                    )),
                }
            }
            json.report(mistakes, findings);
        }
        samples
    }

    /// Maps and forms that nothing points at. Where the file that could do so cannot be read, nobody knows.
    fn unused(&self, findings: &mut Findings) {
        if findings.has_errors() {
            return;
        }
        let bindings = self.agency.iter().flat_map(|agency| agency.capabilities.values());
        let mut used: BTreeSet<&str> = bindings
            .flat_map(|binding| [&binding.request, &binding.response])
            .flatten()
            .map(String::as_str)
            .collect();
        used.extend(self.agency.iter().filter_map(|agency| agency.backend.events.as_ref()?.map.as_deref()));
        used.extend(self.services.iter().filter_map(|service| service.form.as_deref()));
        let maps = self.maps.keys().map(|path| (path.as_str(), "map", "a capability in agency.toml"));
        let forms = self.of(Kind::Form).map(|json| (json.file, "form", "`form` in a service"));
        for (path, what, by) in maps.chain(forms).filter(|(path, ..)| !used.contains(path)) {
            let problem = Problem::new(
                format!("Nothing uses this {what}."),
                format!("Name it under {by}, or remove the file."),
            );
            findings.add(Finding::warning(path, problem));
        }
    }

    fn unique(&mut self, what: &'static str, value: &str, field: &str, path: &'f str, report: &mut Report) {
        let first = *self.used.entry((what, value.to_owned())).or_insert(path);
        if first != path {
            let message = format!("The {what} `{value}` is already used in {first}.");
            report.error(field, message, "Use each only once.");
        }
    }
}

/// Reads a file and applies its rules. A file of a newer format is not read any further: what it says might
/// be misunderstood.
pub(crate) fn checked<T: DeserializeOwned + JsonSchema>(
    path: &str,
    text: &str,
    findings: &mut Findings,
    rules: impl FnOnce(&T, &mut Report),
) -> Option<T> {
    let source = Source::parse(path, text, findings)?;
    if let Some(format) = source.format().filter(|format| *format != rules::FORMAT) {
        let message = format!("This portal does not read format {format}.");
        let remedy = format!("Write format = {}, and follow that format.", rules::FORMAT);
        Report::new(&source, findings).error("format", message, remedy);
        return None;
    }
    let value = source.read(findings)?;
    rules(&value, &mut Report::new(&source, findings));
    Some(value)
}

/// Everything in a package is published, so nobody's identity number may be in it, not even in a comment.
pub(crate) fn private_numbers(path: &str, text: &str, findings: &mut Findings) {
    for offset in identity::real_numbers(text).take(NUMBERS_SHOWN) {
        let problem = Problem::new(
            "This looks like the identity number of a person.",
            "Use a number of the region 990101, which belongs to nobody.",
        );
        findings.add(Finding::error(path, problem).at(Some(place(text, offset))));
    }
}

pub(crate) fn unknown_kind() -> Problem {
    Problem::new(
        "Nothing reads a file of this name.",
        "Check the spelling of the folder and the ending, or remove the file.",
    )
}

/// The longest map, in bytes. Every worker holds all of them.
const MAP_LIMIT: usize = 64 * 1024;

fn map_mistake(path: &str, text: &str) -> Option<Finding> {
    let empty = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    let problem = if empty {
        Problem::new("This map says nothing.", "Write what it makes; a dot alone changes nothing.")
    } else if text.len() > MAP_LIMIT {
        Problem::new("This map is longer than 64 KiB.", "Make it shorter, or make one for each capability.")
    } else {
        return None;
    };
    Some(Finding::error(path, problem))
}

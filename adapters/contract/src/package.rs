//! An agency's package as typed data, and the way there from its files.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use crate::Reading;
use crate::agency::Agency;
use crate::files::Files;
use crate::finding::{Finding, Findings, Problem};
use crate::identity;
use crate::kind::{Kind, stem};
use crate::licence::LicenceType;
use crate::rules::{self, Around, Report};
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
    let Draft { agency, services, licences, policies, bulletins, maps, .. } = draft;
    let slug = slug.to_owned();
    let package =
        agency.map(|agency| Package { slug, agency, services, licences, policies, bulletins, maps });
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
            Kind::Form | Kind::Sample => findings.extend(json_mistake(path, text)),
            Kind::Map => {
                self.maps.insert(path.to_owned(), text.to_owned());
            }
            _ => {}
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

fn json_mistake(path: &str, text: &str) -> Option<Finding> {
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let message = error.to_string();
    let reason = message.split(" at line ").next().unwrap_or_default();
    let problem = Problem::new(format!("This is not JSON from here on: {reason}."), "Correct this line.");
    Some(Finding::error(path, problem).at(Some((error.line().max(1), error.column().max(1)))))
}

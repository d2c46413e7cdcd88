//! Rules that only all packages together can break.

use yimen_contract::service::Status;
use yimen_contract::{CityPackage, Package, city_check};

use crate::folder::{Folder, said};

/// A city in which everything that the sample points at exists.
fn town() -> (CityPackage, Vec<Package>) {
    let sample = Folder::agency().package();
    let other = |slug: &str, code: &str| {
        let mut package = sample.clone();
        slug.clone_into(&mut package.slug);
        code.clone_into(&mut package.agency.code);
        package.agency.parent = None;
        package.services.clear();
        package.licences.clear();
        package
    };
    let others = [other("public-security", "A01"), other("healthcare-security", "A10")];
    let packages = std::iter::once(sample.clone()).chain(others).collect();
    (Folder::city().city_package(), packages)
}

#[track_caller]
fn told(change: impl FnOnce(&mut CityPackage, &mut Vec<Package>), lines: &[&str]) {
    let (mut city, mut packages) = town();
    change(&mut city, &mut packages);
    assert_eq!(said(&city_check(&city, &packages)), lines);
}

#[test]
fn a_whole_city_has_nothing_to_find() {
    told(|_, _| {}, &[]);
}

#[test]
fn what_a_service_points_at_exists() {
    told(
        |city, packages| {
            city.domains.domains.clear();
            city.zones.zones.clear();
            packages[0].licences.clear();
            packages[0].services[0].joint_with = vec!["nobody".to_owned()];
            packages[0].agency.parent = Some("nowhere".to_owned());
        },
        &[
            "vehicle-office/agency.toml: parent: There is no agency `nowhere`. Write the folder name of an agency, \
             or remove it.",
            "vehicle-office/services/YZ02022.toml: class: The city has no class `D02-4`. Choose one from the city's \
             domains.toml.",
            "vehicle-office/services/YZ02022.toml: domain: The city has no domain `D02`. Choose one from the city's \
             domains.toml.",
            "vehicle-office/services/YZ02022.toml: joint_with[0]: There is no agency `nobody`. Write the folder name \
             of an agency, or remove it.",
            "vehicle-office/services/YZ02022.toml: licence.code: No agency issues a licence `L04`. Write the code of \
             a licence, or remove the link.",
            "vehicle-office/services/YZ02022.toml: zones[0]: The city has no zone `senior`. Choose one from the \
             city's zones.toml.",
        ],
    );
    told(
        |_, packages| packages[0].services[0].class = "D03-1".to_owned(),
        &[
            "vehicle-office/services/YZ02022.toml: class: The class `D03-1` belongs to the domain `D03`, not to `D02`. \
           Choose a class of the service's own domain.",
        ],
    );
}

#[test]
fn a_code_belongs_to_one_agency() {
    told(
        |_, packages| {
            packages[1].services = packages[0].services.clone();
            packages[1].licences = packages[0].licences.clone();
            packages[2].agency.code = "A03".to_owned();
        },
        &[
            "healthcare-security/agency.toml: code: The agency code `A03` already belongs to the agency \
             `vehicle-office`. Use one of its own; a code is never shared or used again.",
            "public-security/licences/L04.toml: code: The licence code `L04` already belongs to the agency \
             `vehicle-office`. Use one of its own; a code is never shared or used again.",
            "public-security/services/YZ02022.toml: code: The service code `YZ02022` already belongs to the agency \
             `vehicle-office`. Use one of its own; a code is never shared or used again.",
            "public-security/services/YZ02022.toml: item_code: The item code \
             `990Z02022000-990100000000-000-11990100990000033P-1-00` already belongs to the agency \
             `vehicle-office`. Use one of its own; a code is never shared or used again.",
        ],
    );
}

#[test]
fn what_points_at_a_service_finds_it() {
    told(
        |_, packages| {
            packages.truncate(1);
            packages[0].agency.parent = None;
            packages[0].services.clear();
        },
        &[
            "life-events.toml: events[0].steps[0].service: There is no service `YZ02022`. Write the code of a \
             service that exists.",
            "vehicle-office/bulletins/winter-hours.toml: services[0]: There is no service `YZ02022`. Write the code \
             of a service that exists.",
            "vehicle-office/licences/L04.toml: renewal_service: There is no service `YZ02022`. Write the code of a \
             service that exists.",
            "vehicle-office/policies/licence-renewal.toml: services[0]: There is no service `YZ02022`. Write the \
             code of a service that exists.",
        ],
    );
}

#[test]
fn a_service_that_is_not_online_is_only_a_warning() {
    told(
        |_, packages| {
            for package in packages.iter_mut() {
                package.policies.clear();
                package.bulletins.clear();
            }
            packages[0].services[0].status = Status::Draft;
        },
        &[
            "life-events.toml: warning: events[0].steps[0].service: The service `YZ02022` is not online. The step is \
             left out until then.",
            "vehicle-office/licences/L04.toml: warning: renewal_service: The service `YZ02022` is not online. \
             Reminders name the office instead. Nothing to do if that is meant.",
        ],
    );
}

#[test]
fn what_a_query_leads_to_exists() {
    let leads = |to: &str, lines: &[&str]| {
        told(
            |_, packages| {
                let query =
                    Folder::backed().package().services.iter().find_map(|service| service.query.clone());
                packages[0].services[0].query =
                    query.map(|query| yimen_contract::query::Query { next: vec![to.to_owned()], ..query });
            },
            lines,
        );
    };
    leads("YZ02022", &[]);
    leads(
        "YZ09999",
        &[
            "vehicle-office/services/YZ02022.toml: query.next[0]: There is no service `YZ09999`. Write the code of a \
           service that exists.",
        ],
    );
}

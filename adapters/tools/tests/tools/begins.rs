//! A package to begin with is one that works.

use yimen_contract::{
    Bilingual,
    agency::{Auth, Driver, Encoding},
};
use yimen_tools::{
    check,
    draft::{Starter, starter},
    pack::{PackError, open, pack},
};

use crate::packages::{backed, edited, maps};

const DRIVERS: [Driver; 7] = [
    Driver::Rest,
    Driver::Soap,
    Driver::Csv,
    Driver::Callback,
    Driver::Fixed,
    Driver::Redirect,
    Driver::Desk,
];

fn wanted(driver: Driver) -> Starter {
    Starter {
        slug: "night-school".to_owned(),
        name: Bilingual::new("云州市夜校", "Yunzhou Night School"),
        driver,
        auth: None,
        encoding: Encoding::Utf8,
        service: "YZ99001".to_owned(),
    }
}

#[tokio::test]
async fn a_draft_of_every_protocol_passes_the_check() {
    let maps = maps();
    for driver in DRIVERS {
        let draft = starter(&wanted(driver)).unwrap();
        let checked = check("night-school", &draft.files(), &maps).await;
        assert!(checked.findings.is_empty(), "{driver:?}:\n{}", checked.findings);
        let answers = !matches!(driver, Driver::Redirect | Driver::Desk);
        assert_eq!(checked.samples, usize::from(answers), "{driver:?}");
    }
}

#[tokio::test]
async fn a_draft_goes_with_every_way_of_signing_in_and_encoding() {
    let maps = maps();
    let all =
        [Auth::None, Auth::ApiKey, Auth::Token, Auth::Oauth2, Auth::Mtls, Auth::SharedSecret, Auth::Sm2Sign];
    for auth in all {
        let draft = starter(&Starter { auth: Some(auth), encoding: Encoding::Gbk, ..wanted(Driver::Rest) });
        let checked = check("night-school", &draft.unwrap().files(), &maps).await;
        assert!(checked.findings.is_empty(), "{auth:?}:\n{}", checked.findings);
    }
    let frames = Starter { auth: Some(Auth::SharedSecret), ..wanted(Driver::Fixed) };
    let checked = check("night-school", &starter(&frames).unwrap().files(), &maps).await;
    assert!(checked.findings.is_empty(), "{}", checked.findings);
}

#[test]
fn a_draft_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("night-school");
    let draft = starter(&wanted(Driver::Rest)).unwrap();
    draft.write(&place).unwrap();
    assert!(place.join("services/YZ99001.toml").is_file());
    assert!(draft.write(&place).is_err());
}

#[test]
fn the_same_package_packs_to_the_same_bytes_and_comes_back() {
    let files = backed();
    let one = pack("vehicle-office", &files).unwrap();
    assert_eq!(one, pack("vehicle-office", &backed()).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("vehicle-office.yimen");
    std::fs::write(&place, &one.bytes).unwrap();
    let (slug, back) = open(&place).unwrap();
    assert_eq!(slug, "vehicle-office");
    assert_eq!(back.iter().collect::<Vec<_>>(), files.iter().collect::<Vec<_>>());
    for cut in [0, 1, one.bytes.len() / 2, one.bytes.len() - 1] {
        std::fs::write(&place, &one.bytes[..cut]).unwrap();
        assert!(open(&place).is_err() || cut == 0, "{cut}");
    }
}

#[test]
fn a_package_with_mistakes_is_not_packed() {
    let files = edited(&backed(), "agency.toml", "driver = \"rest\"", "driver = \"carrier-pigeon\"");
    assert!(matches!(pack("vehicle-office", &files), Err(PackError::Refused(_))));
}

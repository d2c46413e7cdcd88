//! Installing packages: whole or not at all, in versions, shown within seconds.

use std::{fs, path::Path};

use tempfile::TempDir;
use yimen::agencies::{self, Change, InstallError, Installed};
use yimen_contract::Files;

use crate::{
    on_both_engines,
    town::{Engine, Town, packages},
};

/// A copy of a package, to be changed.
pub fn copy(slug: &str) -> (TempDir, std::path::PathBuf) {
    fn walk(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    let folder = TempDir::new().unwrap();
    let target = folder.path().join(slug);
    walk(&packages().join("agencies").join(slug), &target);
    (folder, target)
}

pub fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from} in {}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

pub async fn install(town: &Town, slug: &str, folder: &Path) -> Result<Installed, InstallError> {
    let (now, slug, files) = (town.clock.now(), slug.to_owned(), Files::read_folder(folder));
    town.db.tx(move |c| agencies::install(c, now, &slug, &files)).await
}

on_both_engines! {
    async fn a_change_is_a_version_and_is_shown_at_once(town: Town) {
        let (_folder, library) = copy("library");
        let same = install(&town, "library", &library).await.unwrap();
        assert_eq!((same.version, same.change), (1, Change::Unchanged));
        let service = fs::read_dir(library.join("services")).unwrap().map(|entry| entry.unwrap().path())
            .find(|path| fs::read_to_string(path).unwrap().contains("status = \"online\"")).unwrap();
        let code = service.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&service).unwrap();
        let name = text.lines().find_map(|line| line.strip_prefix("name = { zh = \"")).unwrap().split('"').next().unwrap().to_owned();
        edit(&service, &name, "书香云州借阅");
        town.clock.advance(chrono::TimeDelta::days(1));
        let updated = install(&town, "library", &library).await.unwrap();
        assert_eq!((updated.version, updated.change), (2, Change::Updated));
        town.portal().refresh().await.unwrap();
        let page = town.get(&format!("/services/{code}")).await.ok();
        assert!(page.texts("h1").join("").contains("书香云州借阅"));
        let edition = town.portal().shelf.edition().unwrap();
        assert_eq!(edition.catalogue.service(&code).unwrap().version, 2, "the service has a new version");
        let untouched = edition.catalogue.agency("library").unwrap().services.iter()
            .filter(|at| edition.catalogue.services[**at].version == 1).count();
        assert!(untouched > 0, "the others keep theirs");
        let found = town.ask(town.client().get(town.url("/search")).query(&[("q", "书香云州借阅")])).await.ok();
        assert!(found.attributes("main a", "href").contains(&format!("/services/{code}")), "the search knows it too");
        // And back.
        let now = town.clock.now();
        let back = town.db.tx(move |c| agencies::rollback(c, now, "library")).await.unwrap();
        assert_eq!(back.version, 1);
        town.portal().refresh().await.unwrap();
        assert!(town.get(&format!("/services/{code}")).await.ok().texts("h1").join("").contains(&name));
        let none = town.db.tx(move |c| agencies::rollback(c, now, "library")).await;
        assert!(matches!(none, Err(InstallError::NoEarlier(_))), "{none:?}");
        let unknown = town.db.tx(move |c| agencies::rollback(c, now, "nobody")).await;
        assert!(matches!(unknown, Err(InstallError::Unknown(_))), "{unknown:?}");
        town.close().await;
    }

    async fn a_broken_package_changes_nothing_and_says_why(town: Town) {
        let (_folder, library) = copy("library");
        let agency = library.join("agency.toml");
        edit(&agency, "format = 1", "format = 99");
        let refused = install(&town, "library", &library).await.unwrap_err();
        let text = refused.to_string();
        assert!(text.contains("agency.toml:") && text.contains("format"), "{text}");
        town.portal().refresh().await.unwrap();
        town.get("/agencies/library").await.ok();
        let rows = town.db.read(agencies::list).await.unwrap();
        assert_eq!(rows.iter().find(|row| row.slug == "library").unwrap().version, 1);
        town.close().await;
    }

    async fn a_code_belongs_to_one_agency_for_good(town: Town) {
        let (_folder, library) = copy("library");
        let stolen = packages().join("agencies/museum/services");
        let theirs = fs::read_dir(stolen).unwrap().next().unwrap().unwrap();
        fs::copy(theirs.path(), library.join("services").join(theirs.file_name())).unwrap();
        let refused = install(&town, "library", &library).await.unwrap_err();
        assert!(matches!(&refused, InstallError::CodeTaken { owner, .. } if owner == "museum"), "{refused}");
        town.close().await;
    }
}

/// A change on one node is heard by the others through Redis, at once and not by looking.
#[actix_web::test]
async fn every_node_shows_a_change_within_seconds() {
    let town = Town::open(Engine::Postgres).await;
    let other = town.another_node().await;
    let url = format!("http://{}/agencies/library", other.address.unwrap());
    let page = async || {
        town.client().get(&url).header("accept-language", "zh-CN").send().await.unwrap().text().await.unwrap()
    };
    assert!(!page().await.contains("云州书房"));
    let (_folder, library) = copy("library");
    let agency = library.join("agency.toml");
    let text = fs::read_to_string(&agency).unwrap();
    let name = text.split("zh = \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    edit(&agency, &name, "云州书房");
    town.clock.advance(chrono::TimeDelta::minutes(1));
    install(&town, "library", &library).await.unwrap();
    let began = std::time::Instant::now();
    while !page().await.contains("云州书房") {
        assert!(began.elapsed().as_secs() < 30, "the other node still shows the old city");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    other.stop().await;
    town.close().await;
}

/// What the city shows is what the checker accepts, each package and all of them together.
#[test]
fn every_package_of_the_demo_city_is_sound() {
    let mut seen = 0;
    let mut all = Vec::new();
    let folders = ["agencies", "providers"].map(|folder| fs::read_dir(packages().join(folder)).unwrap());
    for entry in folders.into_iter().flatten() {
        let path = entry.unwrap().path();
        let slug = path.file_name().unwrap().to_str().unwrap().to_owned();
        let reading = yimen_contract::package::read(&slug, &Files::read_folder(&path));
        assert!(!reading.findings.has_errors(), "{slug}:\n{}", reading.findings);
        all.push(reading.value.unwrap());
        seen += 1;
    }
    // Sixty agencies, whoever takes payments, and three that carry messages.
    assert_eq!(seen, 64);
    let city = yimen_contract::city::read(&Files::read_folder(&packages().join("city")));
    assert!(!city.findings.has_errors(), "{}", city.findings);
    let across = yimen_contract::city_check(&city.value.unwrap(), &all);
    assert!(!across.has_errors(), "{across}");
}

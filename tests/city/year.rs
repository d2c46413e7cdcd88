//! A simulated year: what is wrong in it is what the pages of supervision name, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use scraper::{Html, Selector};
use yimen::{
    accounts::staff::Role,
    app::year::{Planted, Told, Wanted, live},
};

use crate::{
    desk::worker,
    people::Browser,
    town::{Engine, Town, program},
};

/// Where in a line of a table a share stands, counted from its end: in a league places stand before them.
const ON_TIME: usize = 6;
const REACHABLE: usize = 4;
/// Months of the year whose figures are complete.
const MONTHS: [&str; 6] = ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"];

/// A town in which a year went by until its clock's usual moment.
async fn lived(engine: Engine, wanted: Wanted) -> (Town, Told) {
    let town = Town::open(engine).await;
    let end = town.clock.now();
    // Towns are copies of one that opened just now; of months before a city opened nothing is counted.
    town.sql("UPDATE package_versions SET installed_at = '2025-11-20 04:00:00'").await;
    town.clock.advance(-TimeDelta::days(365));
    let told = live(town.portal(), &town.config, wanted, |line| println!("{line}")).await.unwrap();
    assert_eq!(town.clock.now(), end);
    town.portal().refresh().await.unwrap();
    println!("{told:?}");
    (town, told)
}

/// Shares in percent, by what the line is about, of a column of a page's table. What could not be measured, or is about
/// too few people, is not there.
async fn shares(browser: &Browser<'_>, path: &str, column: usize) -> BTreeMap<String, f64> {
    let (mut shares, mut next) = (BTreeMap::new(), Some(path.to_owned()));
    // A long table comes in pages.
    while let Some(path) = next {
        let page = browser.get(&path).await.ok();
        read(&page.body, column, &mut shares);
        next = page.attributes(".pager a[rel=next]", "href").pop();
    }
    assert!(!shares.is_empty(), "{path}");
    shares
}

fn read(body: &str, column: usize, shares: &mut BTreeMap<String, f64>) {
    let html = Html::parse_document(body);
    let (row, link, cell) = (selector("tbody tr"), selector("th a"), selector("td"));
    for line in html.select(&row) {
        let Some(url) = line.select(&link).next().and_then(|link| link.attr("href")) else { continue };
        let cells: Vec<String> = line.select(&cell).map(|cell| cell.text().collect()).collect();
        let share = cells.len().checked_sub(column).and_then(|at| cells.get(at));
        if let Some(share) = share.and_then(|share| share.trim().trim_end_matches('%').parse().ok()) {
            shares.insert(url.rsplit('/').next().unwrap().to_owned(), share);
        }
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// What had a share below so much in most of the months in which it could be measured.
async fn pointed_at(browser: &Browser<'_>, page: &str, column: usize, below: f64) -> BTreeSet<String> {
    let mut months: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for month in MONTHS {
        for (name, share) in shares(browser, &format!("{page}?month={month}"), column).await {
            let (bad, all) = months.entry(name).or_default();
            *bad += u32::from(share < below);
            *all += 1;
        }
    }
    months.into_iter().filter(|(_, (bad, all))| bad * 2 > *all).map(|(name, _)| name).collect()
}

/// The agencies about whose ratings there is an alarm.
async fn alarmed(above: &Browser<'_>) -> BTreeSet<String> {
    let page = above.get("/admin/quality").await.ok();
    let links = page.attributes("section[aria-labelledby=alarms] a.line-name", "href");
    links.iter().map(|link| link.rsplit('/').next().unwrap().to_owned()).collect()
}

fn one(name: &str) -> BTreeSet<String> {
    BTreeSet::from([name.to_owned()])
}

/// What is late and what is down, in whatever size.
async fn finds_what_does_not_work(above: &Browser<'_>, planted: &Planted) {
    let late: BTreeSet<String> = planted.late.1.iter().cloned().collect();
    let page = "/admin/quality";
    assert_eq!(pointed_at(above, page, ON_TIME, 60.0).await, late, "late");
    assert_eq!(pointed_at(above, page, REACHABLE, 85.0).await, one(&planted.nightly.1), "down at night");
}

#[actix_web::test]
async fn supervision_names_what_is_wrong_and_nobody_else() {
    let (town, told) = lived(Engine::Sqlite, Wanted { seed: 1, matters: 3_000 }).await;
    // Nearly everything that was planned has happened; what is not decided began lately.
    assert!(told.handed_in > 2_900 && told.left_out * 50 < told.handed_in, "{told:?}");
    assert!(told.decided * 10 > told.handed_in * 9 && told.ratings * 5 > told.decided, "{told:?}");
    assert_eq!(told.dead, 0);
    assert!(told.bad > 0 && told.answered > 0 && told.verdicts > 0, "{told:?}");
    assert!(told.letters > 50 && told.replies > 30, "{told:?}");
    let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
    let planted = &told.planted;
    finds_what_does_not_work(&above, planted).await;
    assert_eq!(alarmed(&above).await, one(&planted.buyer), "ratings that were bought");
    // The same for everybody: the scorecards of the three, and the league.
    let visitor = Browser::new(&town);
    assert_eq!(pointed_at(&visitor, "/quality", ON_TIME, 75.0).await, one(&planted.late.0), "the league");
    for path in [
        format!("/quality/agencies/{}", planted.late.0),
        format!("/quality/agencies/{}", planted.buyer),
        format!("/quality/services/{}", planted.nightly.1),
        "/voice".to_owned(),
    ] {
        visitor.get(&path).await.ok();
    }
    // The late one has bad ratings that wait, and what people wrote about it is on the list of supervision.
    for path in ["/admin", "/admin/ratings?show=late", "/admin/ratings?show=all"] {
        above.get(path).await.ok();
    }
    let agency = &planted.late.0;
    let (unit, _) = worker(&town, "unit", Role::Officer, agency).await;
    let late = unit.get("/agency/ratings?show=late").await.ok().attributes("main a.line-name", "href");
    assert!(!late.is_empty(), "{agency} answers nobody");
    town.close().await;
}

/// The same statements on the other engine, in a year too small for anybody to see that ratings are bought.
#[actix_web::test]
#[ignore = "minutes on an engine that gathers no commits"]
async fn a_small_year_on_the_other_engine() {
    let (town, told) = lived(Engine::Postgres, Wanted { seed: 2, matters: 800 }).await;
    assert!(told.left_out * 50 < told.handed_in, "{told:?}");
    let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
    finds_what_does_not_work(&above, &told.planted).await;
    town.close().await;
}

/// What a newcomer does: one command, and a city that is not made over.
#[test]
fn a_year_is_made_once_and_for_a_new_city() {
    let folder = tempfile::TempDir::new().unwrap();
    let wrong = program::run(folder.path(), &["demo", "year", "--until", "yesterday"]);
    assert_eq!(wrong.0, 2, "{wrong:?}");
    let (status, _, said) = program::run(folder.path(), &["demo", "--data", "city", "year"]);
    assert_eq!(status, 2, "a city is started or made: {said}");
}

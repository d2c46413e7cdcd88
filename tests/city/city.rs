//! The demo city: what is in it, and how citizens find it.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use yimen::platform::clock::city_day;
use yimen_contract::licence::LicenceClass;
use yimen_search::Page;

use crate::{
    on_both_engines,
    town::{Engine, Town, opening},
};

/// The only place that knows the seed's numbers.
#[actix_web::test]
async fn the_seed_is_complete() {
    let town = Town::open(Engine::Sqlite).await;
    let edition = town.portal().shelf.edition().unwrap();
    let catalogue = &edition.catalogue;
    let numbers = catalogue.numbers();
    assert_eq!((numbers.services, catalogue.hidden), (536, 118));
    assert_eq!((numbers.query, numbers.handling), (190, 346));
    assert_eq!((numbers.zero_visit, numbers.one_visit), (464, 72));
    assert_eq!(catalogue.agencies.len(), 60);
    let domains = &catalogue.city.domains.domains;
    assert_eq!(domains.len(), 27);
    assert_eq!(domains.iter().map(|domain| domain.classes.len()).sum::<usize>(), 101);
    assert_eq!((catalogue.city.zones.zones.len(), catalogue.city.events.events.len()), (8, 12));
    let personal: Vec<_> =
        catalogue.licence_types().filter(|licence| licence.class != LicenceClass::Enterprise).collect();
    let vouchers = personal.iter().filter(|licence| licence.class == LicenceClass::Voucher).count();
    assert_eq!((catalogue.licence_types().count(), personal.len(), vouchers), (68, 53, 6));
    let full: Vec<_> = catalogue.services.iter().filter(|entry| entry.service.policies.len() >= 2).collect();
    assert!(full.len() >= 40, "{} services have a full guide with two policies", full.len());
    assert_eq!(catalogue.calendar.working_days_in(2025), Some(248));
    assert_eq!(catalogue.calendar.working_days_in(2026), Some(248));
    assert_eq!(catalogue.calendar.working_days_in(2027), None);
    for agency in &catalogue.agencies {
        assert!(!agency.services.is_empty(), "{} offers nothing online", agency.slug);
    }
    town.close().await;
}

/// The vectors of the law's own way of counting, on the calendar that the city folder brings.
#[actix_web::test]
async fn limits_end_on_the_days_the_law_means() {
    let town = Town::open(Engine::Sqlite).await;
    let edition = town.portal().shelf.edition().unwrap();
    let calendar = &edition.catalogue.calendar;
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    for (start, days, end) in [
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-12", 20, "2026-03-18"),
        ("2026-04-30", 20, "2026-06-01"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2025-09-26", 5, "2025-10-10"),
        ("2026-06-01", 20, "2026-06-30"),
    ] {
        let due = calendar.working_days_after(day(start), days);
        assert_eq!((due.on, due.provisional), (day(end), false), "{start} +{days}");
    }
    let pause = [(day("2026-06-08"), day("2026-06-17"))];
    assert_eq!(calendar.working_days_after_pausing(day("2026-06-01"), 20, &pause).on, day("2026-07-10"));
    assert!(calendar.working_days_after(day("2026-12-25"), 10).provisional, "2027 is not published");
    assert_eq!(calendar.calendar_days_after(day("2026-10-08"), 15).on, day("2026-10-23"));
    town.close().await;
}

on_both_engines! {
    async fn filters_count_what_the_seed_has(town: Town) {
        for (query, wanted) in [("visits=0", 464), ("visits=1", 72), ("", 536), ("domain=D02", 48), ("visits=1&domain=D02", 6)] {
            let page = town.get(&format!("/search?q=&{query}")).await.ok();
            let text = page.texts("main").join(" ");
            assert!(text.contains(&wanted.to_string()), "{query}: {wanted} in {}", text.chars().take(300).collect::<String>());
        }
        town.close().await;
    }

    /// Looking at guides moves them up, on every node, through the database.
    async fn most_used_follows_use(town: Town) {
        let first = |page: &crate::town::Answer| {
            let links = page.attributes("main a[href^='/services/']", "href");
            links.into_iter().next().unwrap()
        };
        let before = first(&town.get("/").await.ok());
        let loved = "/services/YZ26001";
        assert_ne!(before, loved);
        for _ in 0..30 {
            town.get(loved).await.ok();
        }
        for _ in 0..10 {
            town.get("/services/YZ01001").await.ok();
        }
        // Another node, which knows only what is in the database.
        town.settle_counts().await;
        let today = city_day(town.clock.now());
        let used = town.db.read(move |c| yimen::catalogue::counts::most_used(c, today, 10)).await.unwrap();
        assert_eq!(used, [("YZ26001".to_owned(), 30), ("YZ01001".to_owned(), 10)]);
        let other = yimen::catalogue::Shelf::new("");
        other.refresh(&town.db, &town.clock).await.unwrap();
        let edition = other.edition().unwrap();
        let code = |at: usize| edition.catalogue.services[at].service.code.clone();
        assert_eq!([code(edition.most_used[0]), code(edition.most_used[1])], ["YZ26001", "YZ01001"]);
        assert_eq!(edition.most_used.len(), 10);
        // Beyond the window it no longer counts.
        let later = today + chrono::Days::new(31);
        assert!(town.db.read(move |c| yimen::catalogue::counts::most_used(c, later, 10)).await.unwrap().is_empty());
        town.close().await;
    }
}

#[actix_web::test]
async fn from_home_every_online_service_is_at_most_three_links_away() {
    let town = Town::open(Engine::Sqlite).await;
    let mut seen = BTreeSet::from(["/".to_owned()]);
    let mut edge = vec!["/".to_owned()];
    for _ in 0..2 {
        let mut next = Vec::new();
        for path in &edge {
            for link in town.get(path).await.attributes("main a[href^='/'], nav a[href^='/']", "href") {
                let plain = link.split(['?', '#']).next().unwrap().to_owned();
                if !plain.starts_with("/services/") && seen.insert(plain.clone()) {
                    next.push(plain);
                } else if plain.starts_with("/services/") {
                    seen.insert(plain);
                }
            }
        }
        edge = next;
    }
    // The last of the three links.
    for path in &edge {
        for link in town.get(path).await.attributes("main a[href^='/services/']", "href") {
            seen.insert(link);
        }
    }
    let edition = town.portal().shelf.edition().unwrap();
    let lost: Vec<_> = edition
        .catalogue
        .services
        .iter()
        .map(|entry| format!("/services/{}", entry.service.code))
        .filter(|path| !seen.contains(path))
        .collect();
    assert!(lost.is_empty(), "{} services are too far: {:?}", lost.len(), &lost[..lost.len().min(5)]);
    town.close().await;
}

/// Every element that the rules on guides demand is on the page, in both languages.
#[actix_web::test]
async fn a_guide_shows_every_element() {
    let town = Town::open(Engine::Sqlite).await;
    for (lang, words) in [
        ("zh-CN", ["办理条件", "材料", "流程", "依据", "驾驶证", "投诉"]),
        ("en", ["who can apply", "documents", "what happens", "legal basis", "licence", "complaint"]),
    ] {
        let page = town.get(&format!("/services/YZ02022?lang={lang}")).await.ok();
        let text = page.texts("body").join(" ").to_lowercase();
        for word in words {
            assert!(text.contains(word), "{lang}: {word}");
        }
        assert!(
            !page.attributes("a[href='/services/YZ02022/start']", "href").is_empty(),
            "{lang}: a way to begin"
        );
    }
    // One visit: where, when, what to bring and why.
    let visit = town.get("/services/YZ01010").await.ok();
    let edition = town.portal().shelf.edition().unwrap();
    let wanted = edition.catalogue.service("YZ01010").unwrap().service.visit.clone().unwrap();
    let text = visit.texts("main").join(" ");
    for part in [wanted.place, wanted.hours, wanted.bring, wanted.reason] {
        assert!(text.contains(part.zh.trim()), "{}", part.zh);
    }
    town.close().await;
}

/// Whom people of each district, and of each of its streets, can call.
#[actix_web::test]
async fn every_district_says_who_is_there_for_its_people() {
    let town = Town::open(Engine::Sqlite).await;
    let edition = town.portal().shelf.edition().unwrap();
    let pages = town.get("/districts").await.ok().attributes("main .lines a", "href");
    let districts = &edition.catalogue.city.city.districts;
    assert_eq!(pages.len(), districts.len());
    assert!(town.get("/agencies").await.ok().attributes("main a", "href").contains(&"/districts".to_owned()));
    for (path, district) in pages.iter().zip(districts) {
        let page = town.get(path).await.ok();
        let text = page.texts("main").join(" ");
        for street in &district.streets {
            assert!(text.contains(&street.zh), "{path}: {}", street.zh);
        }
        assert!(!district.contacts.is_empty());
        for contact in &district.contacts {
            assert!(text.contains(&contact.duty.zh), "{path}: {}", contact.duty.zh);
            let call = format!("tel:{}", contact.phone);
            assert!(page.attributes("main a.phone", "href").contains(&call), "{path}: {call}");
        }
    }
    assert_eq!(town.get("/districts/000000").await.status, 404);
    town.close().await;
}

#[actix_web::test]
async fn a_pinned_notice_comes_and_goes_with_the_clock() {
    let town = Town::open(Engine::Sqlite).await;
    let edition = town.portal().shelf.edition().unwrap();
    let catalogue = &edition.catalogue;
    let pinned = catalogue
        .bulletins
        .iter()
        .find(|entry| entry.is_pinned(opening()))
        .expect("the demo city has a pinned notice");
    let title = pinned.bulletin.title.zh.clone();
    assert!(town.get("/").await.ok().body.contains(&title));
    let until =
        pinned.bulletin.pinned.as_ref().unwrap().until.max(pinned.bulletin.expires.unwrap_or(opening()));
    town.clock.advance(until - opening() + TimeDelta::days(400));
    town.portal().refresh().await.unwrap();
    assert!(!town.get("/").await.ok().texts("main").join(" ").contains(&title));
    town.close().await;
}

#[actix_web::test]
async fn open_data_agrees_with_the_pages() {
    let town = Town::open(Engine::Sqlite).await;
    let json: serde_json::Value =
        serde_json::from_str(&town.get("/open/services.json").await.ok().body).unwrap();
    assert_eq!(json["count"], json["services"].as_array().unwrap().len());
    let csv = town.get("/open/services.csv").await.ok();
    let body = csv.body.trim_start_matches('\u{feff}');
    let mut table = csv::Reader::from_reader(body.as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), json["services"].as_array().unwrap().len());
    assert_eq!(&rows[0][0], json["services"][0]["code"].as_str().unwrap());
    let robots = town.get("/robots.txt").await.ok().body;
    let map = robots.lines().find_map(|line| line.strip_prefix("Sitemap: ")).unwrap();
    assert!(map.ends_with("/sitemap.xml"));
    let sitemap = town.get("/sitemap.xml").await.ok().body;
    assert_eq!(sitemap.matches("/services/YZ").count(), rows.len());
    let opensearch = town.get("/opensearch.xml").await.ok();
    assert!(opensearch.header("content-type").starts_with("application/opensearchdescription+xml"));
    assert!(opensearch.body.contains("{searchTerms}"));
    town.close().await;
}

#[actix_web::test]
async fn the_search_box_finds_in_every_way_of_writing() {
    let town = Town::open(Engine::Sqlite).await;
    for (words, code) in [
        ("驾驶证期满换证", "YZ02022"),
        ("换驾照", "YZ02022"),
        ("jiashizheng huanzheng", "YZ02022"),
        ("renew driving licence", "YZ02022"),
        ("YZ02022", "YZ02022"),
    ] {
        let page = town.ask(town.client().get(town.url("/search")).query(&[("q", words)])).await.ok();
        let links = page.attributes("main a[href^='/services/']", "href");
        let top: Vec<_> = links.iter().take(3).collect();
        assert!(top.iter().any(|link| link.ends_with(code)), "{words}: {top:?}");
    }
    let marked = town.get("/search?q=%E9%A9%BE%E9%A9%B6%E8%AF%81").await.ok();
    assert!(marked.texts("main mark").iter().any(|mark| mark.contains("驾驶证")));
    let nothing = town.get("/search?q=zzzzqqqqxx").await.ok();
    assert!(
        !nothing.attributes("main a[href^='/domains']", "href").is_empty(),
        "nothing found offers a way on"
    );
    // The labelled set, as `yimen search eval` measures it.
    let edition = town.portal().shelf.edition().unwrap();
    let set = include_str!("../data/questions.tsv");
    let (mut asked, mut missed) = (0, Vec::new());
    for line in set.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (question, right) = (columns.next().unwrap(), columns.next().unwrap());
        asked += 1;
        let found = edition.index.search(question, |_| true, Page::first(3));
        let codes: Vec<_> =
            found.hits.iter().map(|hit| edition.catalogue.services[hit.doc].service.code.as_str()).collect();
        if !right.split_whitespace().any(|code| codes.contains(&code)) {
            missed.push(question);
        }
    }
    assert!(asked >= 120, "{asked} questions");
    assert!(missed.len() * 20 <= asked, "{} of {asked} missed: {missed:?}", missed.len());
    town.close().await;
}

on_both_engines! {
    /// For devices that read aloud: the words of the notice, whose it is, where to ask, and no markup.
    async fn a_notice_can_be_had_as_plain_text(town: Town) {
        let list = town.get("/bulletins").await.ok().attributes("main a[href]", "href");
        let path = list.into_iter().find(|link| link.starts_with("/bulletins/")).expect("a notice");
        let page = town.get(&path).await.ok();
        let text = town.get(&format!("{path}/text")).await.ok();
        assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
        assert!(text.body.starts_with(&page.texts("h1")[0]), "{}", text.body);
        assert!(!text.body.contains(['<', '*', '&']), "{}", text.body);
        assert_eq!(town.get("/bulletins/none/text").await.status, 404);
        town.close().await;
    }
}

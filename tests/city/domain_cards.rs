//! Scorecards of the city's domains: the sums of what may be shown of their services, on a page and as open files.

use chrono::TimeDelta;
use yimen::{accounts::staff::Role, jobs, ratings::scores::Count};

use crate::{
    cases::lin,
    desk::{UNIT, worker},
    on_both_engines,
    people::Browser,
    ratings::decided,
    town::Town,
};

const CARD: &str = "/quality/domains/D27";
const CSV: &str = "/open-data/quality/2026-11/domains.csv";
const JSON: &str = "/open-data/quality/2026-11.json";

/// Counts anew, with so many finished matters of one service, all of them rated the best.
async fn counted(town: &Town, matters: u32) {
    town.sql(&format!("UPDATE service_scores SET finished = {matters}, very_satisfied = {matters}")).await;
    let now = town.clock.now();
    town.db.tx(move |c| jobs::enqueue(c, now, &Count {}).map(|_| ())).await.unwrap();
    town.work().await;
}

/// The line of the domain in the open table.
async fn line(town: &Town) -> String {
    let table = town.get(CSV).await.ok().body;
    let found: Vec<&str> = table.lines().filter(|line| line.starts_with("D27,2026-11,")).collect();
    assert_eq!(found.len(), 1, "{table}");
    found[0].to_owned()
}

on_both_engines! {
    async fn a_domain_has_a_card_and_an_open_line_without_what_few_stand_behind(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        decided(&town, &lin, &desk).await;
        counted(&town, 60).await;
        assert!(town.get(CARD).await.ok().texts("main").join(" ").contains("还没有公布过月报"));
        assert_eq!(town.get(CSV).await.status, 404, "before its month is published");
        town.pass(TimeDelta::days(21)).await;
        counted(&town, 60).await;
        let card = town.get(CARD).await.ok();
        let text = card.texts("main").join(" ");
        assert!(text.contains("2026年11月") && text.contains("100.0%"), "{text}");
        let months = card.attributes("main tbody th a", "href");
        assert_eq!(months, ["/quality?month=2026-11&domain=D27"]);
        assert!(town.get(&months[0]).await.ok().attributes("main a", "href").contains(&CARD.to_owned()));
        assert!(card.attributes("main a", "href").contains(&CSV.to_owned()));
        assert!(line(&town).await.starts_with("D27,2026-11,60,"));
        assert!(town.get(JSON).await.ok().body.contains(r#""row":"D27,2026-11,60,"#));
        // A service that three people rated is not counted back from the sum.
        counted(&town, 3).await;
        let few = line(&town).await;
        assert!(few.starts_with("D27,2026-11,0,"), "{few}");
        assert!(!town.get(JSON).await.ok().body.contains("D27,2026-11,3,"));
        for path in ["/quality/domains/D99", "/open-data/quality/2026-12/domains.csv", "/open-data/quality/x/domains.csv"] {
            assert_eq!(town.get(path).await.status, 404, "{path}");
        }
        town.close().await;
    }
}

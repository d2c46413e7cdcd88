//! Scorecards: counted every night, their agency's first and then everybody's, the same again from the open file.

use chrono::TimeDelta;
use yimen::{accounts::staff::Role, db::Engine, jobs, ratings::scores::Count};
use yimen_scores::{COLUMNS, Formula, Row};

use crate::{
    cases::lin,
    desk::{UNIT, apply, worker},
    on_both_engines,
    people::Browser,
    staff::at_work,
    town::Town,
};

/// The service of [`UNIT`] that is used here.
const SERVICE: &str = "YZ27007";
const CSV: &str = "/open-data/quality/2026-11.csv";
const JSON: &str = "/open-data/quality/2026-11.json";

/// A request that was granted a minute after it was handed in.
async fn decided(town: &Town, person: &Browser<'_>, officer: &Browser<'_>) {
    let case = apply(person).await;
    town.clock.advance(TimeDelta::minutes(1));
    let desk = case.replace("/me/cases", "/agency/cases");
    for (act, words) in [("accept", ""), ("grant", "经审查，符合规定，准予公开。")] {
        let sent = officer.post(&format!("{desk}/do/{act}"), &[("reason", words)]).await;
        assert_eq!(sent.location(), format!("{desk}?said=done"), "{act}");
    }
    town.work().await;
}

/// Counts now, instead of at night.
async fn counted(town: &Town) {
    let now = town.clock.now();
    town.db.tx(move |c| jobs::enqueue(c, now, &Count {}).map(|_| ())).await.unwrap();
    town.work().await;
}

/// So many matters of the service, and ratings of the best level.
async fn rated(town: &Town, finished: u32, best: u32) {
    town.sql(&format!("UPDATE service_scores SET finished = {finished}, very_satisfied = {best}")).await;
}

async fn main(browser: &Browser<'_>, path: &str) -> String {
    browser.get(path).await.ok().texts("main").join(" ")
}

/// The lines of the open table, without its head.
async fn lines(town: &Town) -> Vec<Vec<String>> {
    let body = town.get(CSV).await.ok().body;
    let lines = body.trim_start_matches('\u{feff}').lines().skip(1);
    lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

on_both_engines! {
    async fn a_month_is_counted_from_what_is_kept_and_the_same_again(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        // One that was sent back and came too late, and one as it should be.
        decided(&town, &lin, &desk).await;
        town.sql("UPDATE case_steps SET to_state = 'correction-required' WHERE to_state = 'accepted'").await;
        town.sql("UPDATE cases SET promised_on = '2026-11-19'").await;
        decided(&town, &lin, &desk).await;
        // A third that waits, and calls of a day that is over.
        apply(&lin).await;
        town.sql(&format!(
            "INSERT INTO score_calls (service, day, reachable, reachable_of, latency) \
             VALUES ('{SERVICE}', '2026-11-19', 97, 100, '{{\"150\":97}}')"
        ))
        .await;
        counted(&town).await;
        let sum = format!(
            "SELECT CAST(finished AS TEXT) || ' ' || decided || ' ' || on_time || '/' || on_time_of || ' ' || first_pass \
             || ' ' || reachable || '/' || reachable_of || ' ' || handed_in || ' ' || durations || ' ' || agency AS line \
             FROM score_rows WHERE service = '{SERVICE}' AND month = '2026-11-01'"
        );
        assert_eq!(town.lines(sum).await, [format!("2 2 1/2 1 97/100 3 {{\"0\":2}} {UNIT}")]);
        let kept = async || {
            let mut rows: Vec<String> = town.dump(&["score_rows"]).await.lines().map(str::to_owned).collect();
            rows.sort();
            rows
        };
        let first = kept().await;
        counted(&town).await;
        assert_eq!(kept().await, first, "counted again it is the same");
        // Every service has a row, and nothing in it is anybody's.
        let services = town.get("/open/services.csv").await.ok().body.lines().count() - 1;
        let rows = town.lines("SELECT service AS line FROM score_rows".to_owned()).await;
        assert_eq!(rows.len(), services);
        town.close().await;
    }

    async fn administrators_see_where_people_stop(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (chief, _) = worker(&town, "chief", Role::Administrator, "/").await;
        let (local, _) = worker(&town, "local", Role::Administrator, "/weather/").await;
        let page = "/admin/funnel/services";
        assert!(main(&chief, page).await.contains("还没有统计"));
        decided(&town, &lin, &desk).await;
        apply(&lin).await;
        counted(&town).await;
        // Two were handed in, of which one was accepted and answered: too few to tell how many.
        let sum = format!("SELECT CAST(handed_in AS TEXT) || ' ' || accepted || ' ' || decided AS line FROM score_rows WHERE service = '{SERVICE}'");
        assert_eq!(town.lines(sum).await, ["2 1 1"]);
        let row = format!("{page}?agency={UNIT}&sort=handed-in");
        let cells = |answer: crate::town::Answer| answer.ok().texts("tbody tr:nth-child(2) td");
        assert_eq!(cells(chief.get(&row).await)[2], "少于 5");
        town.sql(&format!(
            "UPDATE score_rows SET looked_at = 900, handed_in = 60, left_lying = 20, accepted = 55, decided = 50 \
             WHERE service = '{SERVICE}'"
        ))
        .await;
        assert_eq!(cells(chief.get(&row).await), ["900", "80", "60", "55", "50", "75%"]);
        let agencies = chief.get(&format!("{page}?by=agency&sort=lost")).await.ok().texts("tbody tr:nth-child(2)");
        assert!(agencies[0].contains("80"), "{agencies:?}");
        let fields = [("agency", UNIT), ("sort", "handed-in"), ("by", "service")];
        let file = chief.post(&format!("{page}.csv"), &fields).await.ok();
        assert!(file.header("content-disposition").contains("funnel-2026-11.csv"));
        let line = file.body.lines().nth(1).unwrap();
        assert!(line.starts_with(SERVICE) && line.contains("900,80,60,55,50,75%"), "{line}");
        assert!(main(&chief, "/admin/audit").await.contains("funnel 2026-11 service"));
        // Of another agency nothing is told, and to nobody else anything.
        assert!(!main(&local, &row).await.contains("900"));
        assert_eq!(desk.get(page).await.status, 403);
        assert_eq!(desk.post(&format!("{page}.csv"), &[]).await.status, 403);
        town.close().await;
    }

    async fn an_agency_sees_its_month_before_everybody_and_says_what_it_has_to_say(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (desk, officer) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (_, manager) = worker(&town, "manager", Role::Manager, UNIT).await;
        let (_, stranger) = worker(&town, "stranger", Role::Manager, "weather").await;
        decided(&town, &lin, &desk).await;
        rated(&town, 60, 40).await;
        // The first of December.
        town.pass(TimeDelta::days(11)).await;
        let nobody = Browser::new(&town);
        assert!(main(&nobody, "/quality").await.contains("还没有公布过月报"));
        for path in [CSV, JSON, "/quality?month=2026-11", "/quality?month=2026-13", "/open-data/quality/x.csv"] {
            assert_eq!(town.get(path).await.status, 404, "{path}");
        }
        assert_eq!(town.get("/quality/agencies/nowhere").await.status, 404);
        assert_eq!(town.get("/quality/services/YZ99999").await.status, 404);
        let own = "/agency/quality?month=2026-11";
        let manager = at_work(&town, manager, Role::Manager, UNIT).await;
        let text = main(&manager, own).await;
        assert!(text.contains("还没有公开") && text.contains("2026年12月11日") && text.contains("政府信息公开申请"), "{text}");
        // Another agency sees its own, and cannot speak for this one; nor can an officer.
        let stranger = at_work(&town, stranger, Role::Manager, "weather").await;
        assert!(!main(&stranger, own).await.contains("政府信息公开申请"));
        assert_eq!(stranger.get(&format!("{own}&agency={UNIT}")).await.status, 404);
        let words = "系统升级，给您添麻烦了。联系 13911112222。";
        let said = [("agency", UNIT), ("month", "2026-11"), ("words", words)];
        assert_eq!(stranger.post("/agency/quality", &said).await.status, 404);
        let officer = at_work(&town, officer, Role::Officer, UNIT).await;
        assert!(officer.get(own).await.ok().texts("textarea").is_empty());
        assert_eq!(officer.post("/agency/quality", &said).await.status, 403);
        // Not to a month that is not over, and not without end.
        let running = [("agency", UNIT), ("month", "2026-12"), ("words", words)];
        assert_eq!(manager.post("/agency/quality", &running).await.status, 404);
        let long = "长".repeat(1_001);
        let long = [("agency", UNIT), ("month", "2026-11"), ("words", long.as_str())];
        assert_eq!(manager.post("/agency/quality", &long).await.status, 422);
        for _ in 0..2 {
            assert!(manager.post("/agency/quality", &said).await.location().ends_with("said=replied"));
        }
        // From the eleventh on it is everybody's, with what the agency said and without the number that slipped in.
        town.pass(TimeDelta::days(10)).await;
        let text = main(&nobody, "/quality").await;
        assert!(text.contains("2026年11月") && text.contains("政务") && text.contains("星（满 5 星）"), "{text}");
        let text = main(&nobody, &format!("/quality/agencies/{UNIT}")).await;
        assert!(text.contains("添麻烦") && !text.contains("13911112222"), "{text}");
        assert!(main(&nobody, &format!("/quality/services/{SERVICE}")).await.contains("2026年11月"));
        assert!(main(&nobody, "/quality?domain=D27").await.contains("政府信息公开申请"));
        assert_eq!(town.get(CSV).await.status, 200);
        assert_eq!(town.get("/open-data/quality/2026-12.csv").await.status, 404);
        town.close().await;
    }

    async fn stars_are_counted_again_by_anybody_from_the_open_file(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        decided(&town, &lin, &desk).await;
        rated(&town, 60, 40).await;
        // Another of the same agency, of which so few were rated that it could be known what each of them said.
        town.sql(
            "INSERT INTO service_scores (service, agency, month, finished, very_dissatisfied, dissatisfied, \
             basically_satisfied, satisfied, very_satisfied, aside) \
             SELECT 'YZ27006', agency, month, 9, 2, 0, 0, 0, 0, 0 FROM service_scores",
        )
        .await;
        town.pass(TimeDelta::days(21)).await;
        let formulas = Formula::published().unwrap();
        let formula = formulas.last().unwrap();
        let column = |name: usize| COLUMNS.len() + name;
        let (mut starred, mut hidden) = (0, Vec::new());
        for line in lines(&town).await {
            if line[column(2)] == "yes" {
                assert!(line[2..COLUMNS.len()].iter().all(String::is_empty), "{line:?}");
                hidden.push(line[0].clone());
                continue;
            }
            let score = formula.score(&Row::from_line(&line[..COLUMNS.len()].join(",")).unwrap());
            let stars = score.stars.map(|stars| stars.to_string()).unwrap_or_default();
            assert_eq!(line[column(5)], stars, "{line:?}");
            let points = score.points.map(|points| points.points().to_string()).unwrap_or_default();
            assert_eq!(line[column(4)], points, "{line:?}");
            starred += usize::from(score.stars.is_ok());
        }
        // Both are left out: from one of them the other could be counted back.
        assert_eq!((starred, hidden), (0, vec!["YZ27006".to_owned(), SERVICE.to_owned()]));
        let json = town.get(JSON).await.ok().body;
        assert!(json.contains("\"version\":1") && !json.contains("YZ27006,2026-11"), "{json}");
        let text = main(&Browser::new(&town), &format!("/quality/services/{SERVICE}")).await;
        assert!(text.contains("人数太少"), "{text}");
        // The month is still open: an objection that was upheld leaves only one of them, which everybody can count.
        town.sql("DELETE FROM service_scores WHERE service = 'YZ27006'").await;
        counted(&town).await;
        let lines = lines(&town).await;
        let line = lines.iter().find(|line| line[0] == SERVICE).unwrap();
        let score = formula.score(&Row::from_line(&line[..COLUMNS.len()].join(",")).unwrap());
        assert_eq!(line[column(5)], score.stars.unwrap().to_string());
        // And closed in the new year: what is counted now changes nothing of it.
        town.pass(TimeDelta::days(30)).await;
        rated(&town, 60, 1).await;
        counted(&town).await;
        assert_eq!(town.get(CSV).await.ok().body.lines().find(|line| line.starts_with(SERVICE)).unwrap(), line.join(","));
        town.close().await;
    }

    async fn from_above_it_is_seen_what_nobody_uses_and_what_is_unusual(town: Town) {
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let (own, _) = worker(&town, "own", Role::Administrator, UNIT).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        counted(&town).await;
        let text = main(&above, "/admin/quality").await;
        assert!(text.contains("没有异常") && text.contains("每项服务都有人用"), "{text}");
        // Seventy finished on a day, and every one of them rated the best.
        let number = match town.db.engine() {
            Engine::Postgres => "decode(lpad(to_hex(i), 32, '0'), 'hex')",
            Engine::Sqlite => "unhex(printf('%032x', i))",
        };
        let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70)";
        town.sql(&format!(
            "INSERT INTO rating_matters (citizen_id, id, kind, matter_id, reference, service, agency, ended_on, last_day) \
             {numbers} SELECT {number}, {number}, 'case', {number}, 'x', '{SERVICE}', '{UNIT}', '2026-11-19', '2026-12-19' FROM n"
        ))
        .await;
        town.sql(&format!(
            "INSERT INTO ratings (id, kind, service, agency, month, level, tags, hidden, given_at, appeal_by, standing, noted) \
             {numbers} SELECT {number}, 'case', '{SERVICE}', '{UNIT}', '2026-11-01', 5, '[]', '[]', \
             '2026-11-19 03:00:00', '2026-11-26', 'counts', FALSE FROM n"
        ))
        .await;
        counted(&town).await;
        // And a service that was used in January for the last time.
        town.sql("UPDATE score_rows SET last_used = '2026-01-05' WHERE service = 'YZ27006'").await;
        let text = main(&above, "/admin/quality").await;
        assert!(text.contains("几乎人人评价") && text.contains("最近一次有人用是2026年1月5日"), "{text}");
        // Its agency is asked, once, and says why the service stays; nobody else can.
        let form = [("service", "YZ27006"), ("act", "ask"), ("day-YZ27006", "2026-12-31"), ("reason-YZ27006", "没有人用")];
        let (boss, _) = worker(&town, "boss", Role::Manager, UNIT).await;
        for browser in [&own, &officer, &boss] {
            assert_eq!(browser.post("/admin/quality/retire", &form).await.status, 404);
        }
        let past = [("service", "YZ27006"), ("day-YZ27006", "2026-11-01"), ("reason-YZ27006", "没有人用")];
        let wrong = above.post("/admin/quality/retire", &past).await;
        assert_eq!((wrong.status, wrong.texts(".errors li").len()), (422, 1), "{:?}", wrong.texts(".errors"));
        assert_eq!(wrong.attributes("input[name=reason-YZ27006]", "value"), ["没有人用"], "what was typed is kept");
        for _ in 0..2 {
            assert!(above.post("/admin/quality/retire", &form).await.location().ends_with("said=asked"));
        }
        assert!(main(&boss, "/agency/quality").await.contains("请在 2026年12月31日 以前下线"));
        let stays = [("agency", UNIT), ("service", "YZ27006"), ("stays-YZ27006", "每年三月才办")];
        assert_eq!(officer.post("/agency/quality/retire", &stays).await.status, 403);
        assert_eq!(above.post("/agency/quality/retire", &stays).await.status, 403);
        let other = [("agency", UNIT), ("service", "YZ27002"), ("stays-YZ27002", "没有人问")];
        assert_eq!(boss.post("/agency/quality/retire", &other).await.status, 404);
        assert!(boss.post("/agency/quality/retire", &stays).await.location().ends_with("said=replied"));
        assert!(main(&above, "/admin/quality").await.contains("每年三月才办"));
        let back = [("service", "YZ27006"), ("act", "back")];
        // While it is offered its address is its own; once it is gone the address says so, or leads on to what took its place.
        assert_eq!(town.get("/services/YZ27006").await.status, 200);
        let named = |code| [("service", "YZ27006"), ("act", "ask"), form[2], form[3], ("successor-YZ27006", code)];
        assert_eq!(town.get("/services/YZ27999").await.status, 404);
        for (code, status) in [("", 410), ("yz27007", 302)] {
            assert!(above.post("/admin/quality/retire", &back).await.location().ends_with("said=back"));
            assert_eq!(above.post("/admin/quality/retire", &named("YZ27006")).await.status, 422);
            assert!(above.post("/admin/quality/retire", &named(code)).await.location().ends_with("said=asked"));
            town.sql("UPDATE retired_services SET service = 'YZ27999' WHERE service = 'YZ27006'").await;
            let there = town.get("/services/yz27999").await;
            assert_eq!(there.status, status);
            if status == 410 {
                let text = there.texts("main").join(" ");
                assert!(text.contains("不再办理") && there.attributes("main a", "href").contains(&format!("/agencies/{UNIT}")), "{text}");
                town.sql("DELETE FROM retired_services").await;
            } else {
                assert_eq!(there.location(), "/services/YZ27007");
            }
        }
        assert!(above.post("/admin/quality/retire", &back).await.location().ends_with("said=back"));
        assert!(!main(&boss, "/agency/quality").await.contains("以前下线"));
        // An agency's own administrators are not above it, and officers are nobody here.
        let text = main(&own, "/admin/quality").await;
        assert!(!text.contains("几乎人人评价") && !text.contains("2026年1月5日"), "{text}");
        assert_eq!(officer.get("/admin/quality").await.status, 403);
        assert_eq!(above.get("/agency/quality").await.status, 403);
        let few = main(&above, &format!("/admin/quality?agency={UNIT}&show=none")).await;
        assert!(few.contains("政府信息公开申请"), "{few}");
        assert!(!main(&above, "/admin/quality?agency=weather").await.contains("政府信息公开申请"));
        town.close().await;
    }

    async fn from_above_it_is_seen_what_is_looked_at_and_whom_agencies_serve(town: Town) {
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let (own, _) = worker(&town, "own", Role::Administrator, UNIT).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        assert_eq!(officer.get("/admin/use").await.status, 403);
        let number = match town.db.engine() {
            Engine::Postgres => "decode(lpad(to_hex(i), 32, '0'), 'hex')",
            Engine::Sqlite => "unhex(printf('%032x', i))",
        };
        // Sixty people with two matters each at one agency, and two people at another.
        for (agency, service, person, matters) in
            [(UNIT, SERVICE, "i - i % 2", "BETWEEN 2 AND 121"), ("weather", "YZ01001", "i", "IN (300, 301)")]
        {
            let person = number.replace(", i)", &format!(", {person})")).replace("to_hex(i)", &format!("to_hex({person})"));
            town.sql(&format!(
                "INSERT INTO rating_matters (citizen_id, id, kind, matter_id, reference, service, agency, ended_on, last_day) \
                 WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 301) \
                 SELECT {person}, {number}, 'case', {number}, 'x', '{service}', '{agency}', '2026-11-19', '2026-12-19' FROM n WHERE i {matters}"
            ))
            .await;
        }
        town.sql(&format!(
            "INSERT INTO service_views (code, day, views) VALUES ('{SERVICE}', '2026-11-20', 7), ('{SERVICE}', '2026-11-10', 5), ('{SERVICE}', '2026-09-01', 900)"
        ))
        .await;
        let page = above.get("/admin/use").await.ok();
        let rows = page.texts("table tbody tr");
        let row = |named: &str| rows.iter().find(|row| row.contains(named)).cloned().unwrap_or_default();
        let text = page.texts("main").join(" ");
        assert!(text.contains("少于") && !text.contains("912"), "{text}");
        assert!(row("2026年11月20日").contains('7') && row("2026年11月10日").contains('5'), "{rows:?}");
        assert!(rows.iter().any(|row| row.contains("120") && row.contains("60") && row.contains("12")), "{rows:?}");
        assert!(row("政府信息公开申请").contains("12"), "{rows:?}");
        // The same as files, of which the second has every service.
        let file = above.get("/admin/use.csv").await.ok().body;
        let line = file.lines().find(|line| line.starts_with(&format!("{UNIT},"))).unwrap_or_default();
        assert!(line.contains(",12,60,120,"), "{file}");
        let file = above.get("/admin/use/services.csv").await.ok().body;
        assert!(file.contains(&format!("{SERVICE},{UNIT},12")) && !file.contains("912"), "{file}");
        assert!(!own.get("/admin/use/services.csv").await.ok().body.contains(SERVICE));
        assert_eq!(officer.get("/admin/use.csv").await.status, 403);
        // An agency's own administrators are not above it.
        let text = main(&own, "/admin/use").await;
        assert!(!text.contains("政府信息公开申请"), "{text}");
        town.close().await;
    }
}

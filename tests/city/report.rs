//! What stands beside the stars: complaints, where forms are left, districts, the report on a month, and the command that
//! counts the stars again.

use chrono::TimeDelta;
use yimen::{accounts::staff::Role, db::Engine, jobs, ratings::scores::Count};

use crate::{
    cases::lin,
    desk::{UNIT, apply, worker},
    on_both_engines,
    people::Browser,
    surveys::published,
    town::{
        Town,
        program::{ended, yimen},
    },
};

/// The service of [`UNIT`] that is used here.
const SERVICE: &str = "YZ27007";
const HOTLINE: &str = "hotline-12345";
const REPORT: &str = "/admin/quality/report/2026-11";
const COMPLAINT: [(&str, &str); 6] = [
    ("title", "窗口推诿"),
    ("text", "去了三次窗口，每次都说材料不齐。"),
    ("district", "990101"),
    ("place", "政和路1号"),
    ("secret", "no"),
    ("elsewhere", "here"),
];
const KEYS: [&str; 3] = [
    "0193b5a0-0000-4000-8000-00000000000a",
    "0193b5a0-0000-4000-8000-00000000000b",
    "0193b5a0-0000-4000-8000-00000000000c",
];

/// A request that was granted, in a district or in none. The case's address.
async fn decided(town: &Town, person: &Browser<'_>, officer: &Browser<'_>, district: Option<&str>) -> String {
    let case = apply(person).await;
    if let Some(code) = district {
        let reference = case.rsplit('/').next().unwrap();
        town.sql(&format!("UPDATE cases SET district = '{code}' WHERE reference = '{reference}'")).await;
    }
    town.clock.advance(TimeDelta::minutes(1));
    let desk = case.replace("/me/cases", "/agency/cases");
    for (act, words) in [("accept", ""), ("grant", "经审查，符合规定，准予公开。")] {
        let sent = officer.post(&format!("{desk}/do/{act}"), &[("reason", words)]).await;
        assert_eq!(sent.location(), format!("{desk}?said=done"), "{act}");
    }
    town.work().await;
    case
}

/// Counts now, instead of at night.
async fn counted(town: &Town) {
    let now = town.clock.now();
    town.db.tx(move |c| jobs::enqueue(c, now, &Count {}).map(|_| ())).await.unwrap();
    town.work().await;
}

async fn main(browser: &Browser<'_>, path: &str) -> String {
    browser.get(path).await.ok().texts("main").join(" ")
}

/// Complains, of a service or of something else. Its number.
async fn complains(person: &Browser<'_>, key: &str, service: &str) -> String {
    let fields = [&COMPLAINT[..], &[("key", key), ("service", service)]].concat();
    let sent = person.post("/voice/complaint/new", &fields).await;
    assert_eq!(sent.status, 303, "{:?}", sent.texts(".errors"));
    sent.location().strip_prefix("/me/voice/").unwrap().split('?').next().unwrap().to_owned()
}

/// Numbers from 1 to so many, and each as an id.
fn numbered(town: &Town, most: u32) -> (String, &'static str) {
    let number = match town.db.engine() {
        Engine::Postgres => "decode(lpad(to_hex(i), 32, '0'), 'hex')",
        Engine::Sqlite => "unhex(printf('%032x', i))",
    };
    (format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})"), number)
}

on_both_engines! {
    async fn complaints_are_counted_once_and_for_what_they_are_about(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (desk, _) = worker(&town, "dispatcher", Role::Officer, HOTLINE).await;
        decided(&town, &lin, &officer, None).await;
        let first = complains(&lin, KEYS[0], SERVICE).await;
        let again = complains(&lin, KEYS[1], SERVICE).await;
        let other = complains(&lin, KEYS[2], "").await;
        let merged = desk.post(&format!("/agency/voice/{again}/do/merge"), &[("into", &first)]).await;
        assert!(merged.location().ends_with("said=done"), "{:?}", merged.texts(".errors"));
        let lead = [("topic", "street"), ("lead", "urban-management")];
        let given = desk.post(&format!("/agency/voice/{other}/do/dispatch"), &lead).await;
        assert!(given.location().ends_with("said=done"), "{:?}", given.texts(".errors"));
        counted(&town).await;
        let sum = format!("SELECT CAST(complaints AS TEXT) AS line FROM score_rows WHERE service = '{SERVICE}'");
        assert_eq!(town.lines(sum.clone()).await, ["1"]);
        let others = "SELECT agency || ':' || complaints AS line FROM score_complaints";
        assert_eq!(town.lines(others.to_owned()).await, ["urban-management:1"]);
        let there = "SELECT CAST(complaints AS TEXT) AS line FROM score_districts WHERE district = '990101'";
        assert_eq!(town.lines(there.to_owned()).await, ["2"]);
        // What belongs elsewhere is no complaint about the city.
        let away = [("elsewhere", "court"), ("words", "法院已经判决。")];
        let away = desk.post(&format!("/agency/voice/{first}/do/not-take"), &away).await;
        assert!(away.location().ends_with("said=done"), "{:?}", away.texts(".errors"));
        counted(&town).await;
        assert_eq!(town.lines(sum).await, ["0"]);

        // The page of topics: the city's desk and whoever administers the city, and nobody else.
        let (chief, _) = worker(&town, "chief", Role::Administrator, "/").await;
        let (own, _) = worker(&town, "own", Role::Administrator, UNIT).await;
        let topics = "/admin/voice/topics?month=2026-11&kind=complaint";
        for browser in [&desk, &chief] {
            let text = main(browser, topics).await;
            assert!(text.contains("市容环卫") && text.contains("云江区") && text.contains("+1"), "{text}");
            assert!(!text.contains("推诿"), "nobody's words: {text}");
        }
        for browser in [&own, &officer] {
            assert_eq!(browser.get(topics).await.status, 403);
            assert_eq!(browser.get("/admin/voice/topics.csv").await.status, 403);
        }
        let table = desk.get("/admin/voice/topics.csv?month=2026-11").await.ok().body;
        assert!(table.contains("2026-11,street,990101,,1,0,0,1,0"), "{table}");
        assert!(!table.contains(SERVICE), "what was merged or not taken is not counted: {table}");
        assert_eq!(desk.get("/admin/voice/topics?month=2026-12").await.status, 404);
        assert!(main(&desk, "/admin/voice/topics?month=2026-10").await.contains("没有收到诉求"));
        town.close().await;
    }

    async fn where_a_form_is_left_is_counted_without_anybody_in_it(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let at = lin.post(&format!("/services/{SERVICE}/start"), &[]).await.location();
        // Begun and not saved, then put aside, then wrong, then filled in: each is where it would be left.
        let step = || town.lines("SELECT coalesce(step, 'none') AS line FROM drafts".to_owned());
        assert_eq!(step().await, ["none"]);
        let form = lin.get(&at).await.ok().attributes("main form", "action");
        let form = form.into_iter().find(|action| action.contains("/pages/")).unwrap();
        assert_eq!(lin.post(&form, &[("go", "later")]).await.status, 303);
        assert_eq!(step().await, ["info_wanted"]);
        assert_eq!(lin.post(&form, &[("info_wanted", ""), ("go", "next")]).await.status, 422);
        assert_eq!(step().await, ["info_wanted"]);
        let answers = [("info_wanted", "文澜路改造工程的施工合同"), ("info_form", "electronic"), ("go", "next")];
        assert_eq!(lin.post(&form, &answers).await.status, 303);
        assert_eq!(step().await, ["end."]);
        // Three more were left there, and nine on the first page.
        let (numbers, id) = numbered(&town, 12);
        town.sql(&format!(
            "INSERT INTO drafts (citizen_id, id, service, version, form, typed, begun_at, saved_at, step) {numbers} \
             SELECT d.citizen_id, {id}, d.service, d.version, d.form, d.typed, d.begun_at, d.saved_at, \
             CASE WHEN i > 3 THEN 'info_wanted' ELSE d.step END FROM drafts d CROSS JOIN n"
        ))
        .await;
        counted(&town).await;
        let left = format!("SELECT left_at AS line FROM score_rows WHERE service = '{SERVICE}'");
        assert_eq!(town.lines(left.clone()).await, ["{}"], "whoever saved within a week may still go on");
        town.pass(TimeDelta::days(8)).await;
        counted(&town).await;
        assert_eq!(town.lines(left).await, ["{\"end.\":4,\"info_wanted\":9}"]);
        town.pass(TimeDelta::days(14)).await;
        let nobody = Browser::new(&town);
        let page = nobody.get(&format!("/quality/services/{SERVICE}")).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("填到哪一步放下了") && text.contains("1. "), "{text}");
        assert!(!page.texts("main svg").is_empty());
        // Four are too few to be said, and from the other nine they could be counted back.
        let csv = town.get("/open-data/quality/2026-11.csv").await.ok().body;
        let line = csv.lines().find(|line| line.starts_with(SERVICE)).unwrap();
        assert!(!line.contains("info_wanted") && !line.contains("end."), "{line}");
        assert!(text.contains("人数太少"), "{text}");
        town.close().await;
    }

    async fn districts_stand_beside_each_other_by_where_the_application_says(town: Town) {
        let who = lin(&town).await;
        let person = Browser::of(&town, who, 4).await;
        let veteran = [
            ("served_unit", "某部"),
            ("discharged_day", "2026-09-01"),
            ("home_address", "澄湖区湖滨路18号3栋502室"),
        ];
        let review = person.fills("/services/YZ12023/start", &veteran).await;
        person.hands_in(&review).await;
        let district = "SELECT coalesce(district, 'none') AS line FROM cases ORDER BY submitted_at";
        assert_eq!(town.lines(district.to_owned()).await, ["990102"]);

        let lin = Browser::of(&town, who, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let case = decided(&town, &lin, &officer, Some("990101")).await;
        decided(&town, &lin, &officer, None).await;
        let rated = lin.post(&case.replace("/me/cases", "/me/ratings/case"), &[("level", "very-satisfied")]).await;
        assert_eq!(rated.status, 303);
        let sums = "SELECT district || ' ' || service || ' ' || finished || ' ' || very_satisfied AS line FROM district_scores";
        assert_eq!(town.lines(sums.to_owned()).await, [format!("990101 {SERVICE} 1 1")]);
        counted(&town).await;
        let rows = "SELECT district || ' ' || finished || ' ' || on_time || '/' || on_time_of AS line FROM score_districts \
                    WHERE month = '2026-11-01' ORDER BY district";
        let all = town.lines(rows.to_owned()).await;
        assert!(all.contains(&"990101 1 1/1".to_owned()) && all.contains(&"990102 0 0/0".to_owned()), "{all:?}");
        // Enough people for everybody to see it.
        town.sql("UPDATE district_scores SET finished = 400, very_satisfied = 300").await;
        town.pass(TimeDelta::days(22)).await;
        let nobody = Browser::new(&town);
        let text = main(&nobody, "/quality?by=district").await;
        assert!(text.contains("云江区") && text.contains("400") && text.contains("2026年11月"), "{text}");
        assert_eq!(town.get("/quality?by=district&month=2026-12").await.status, 404);
        let open = town.get("/open-data/quality/2026-11.json").await.ok().body;
        assert!(open.contains("\"district\":\"990101\"") && open.contains("\"finished\":400"), "{open}");
        let text = main(&nobody, "/quality/districts/990101").await;
        assert!(text.contains("云江区") && text.contains("75.0%"), "{text}");
        assert_eq!(town.get("/quality/districts/990199").await.status, 404);
        town.close().await;
    }

    /// Two figures, never mixed: how services are rated, and what people say of the portal.
    async fn what_people_say_of_the_portal_stands_beside_the_stars(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (head, _) = worker(&town, "head", Role::Manager, "weather").await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let (own, _) = worker(&town, "own", Role::Administrator, UNIT).await;
        decided(&town, &lin, &officer, None).await;
        counted(&town).await;
        let (_, public) = published(&head, &[]).await;
        let sent = lin.post(&format!("{public}/answer"), &[("q1", "1"), ("q3", "4"), ("q4", "早一点发")]).await;
        assert_eq!(sent.location(), format!("{public}?said=sent"), "{:?}", sent.texts(".errors"));
        let (title, here) = ("预警短信好用吗", "/admin/quality/survey");
        assert!(!main(&above, REPORT).await.contains(title), "what an agency asks for itself");
        assert_eq!(own.get(here).await.status, 403, "that is decided for the whole city");
        assert!(main(&above, here).await.contains(title));
        let id = public.rsplit('/').next().unwrap();
        for (act, stands) in [("name", true), ("name", true), ("leave-out", false), ("name", true)] {
            let said = above.post(here, &[("survey", id), ("act", act)]).await;
            assert_eq!(said.location(), format!("{here}?said=saved"), "{act}");
            let text = main(&above, REPORT).await;
            assert_eq!(text.contains(title) && text.contains("1 人回答"), stands, "{act}: {text}");
            assert!(!text.contains("早一点发"), "nobody's words: {text}");
        }
        let nonsense = "0193b5a0-0000-7000-8000-00000000000a";
        assert_eq!(above.post(here, &[("survey", nonsense), ("act", "name")]).await.status, 404);
        town.pass(TimeDelta::days(22)).await;
        let nobody = Browser::new(&town);
        let text = main(&nobody, "/quality").await;
        assert!(text.contains("2026年11月") && !text.contains(title), "one answer is too few: {text}");
        town.sql("UPDATE survey_counts SET count = 40").await;
        // The page is kept for a minute.
        town.clock.advance(TimeDelta::minutes(1));
        let text = main(&nobody, "/quality").await;
        assert!(text.contains(title) && text.contains("40 人回答") && text.contains("没用"), "{text}");
        town.close().await;
    }

    async fn the_report_on_a_month_names_what_is_open(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let (own, _) = worker(&town, "own", Role::Administrator, UNIT).await;
        assert_eq!(above.get(REPORT).await.status, 404, "nothing was counted yet");
        let case = decided(&town, &lin, &officer, None).await;
        let bad = [("level", "dissatisfied"), ("tag", "slow"), ("words", "等了三周才答复，我叫林晓")];
        let url = case.replace("/me/cases", "/me/ratings/case");
        assert_eq!(lin.post(&url, &bad).await.status, 303);
        // Seventy of one day and all of the best level: somebody should look.
        let (numbers, id) = numbered(&town, 70);
        town.sql(&format!(
            "INSERT INTO rating_matters (citizen_id, id, kind, matter_id, reference, service, agency, ended_on, last_day) \
             {numbers} SELECT {id}, {id}, 'case', {id}, 'x', '{SERVICE}', '{UNIT}', '2026-11-19', '2026-12-19' FROM n"
        ))
        .await;
        town.sql(&format!(
            "INSERT INTO ratings (id, kind, service, agency, month, level, tags, hidden, given_at, appeal_by, standing, noted) \
             {numbers} SELECT {id}, 'case', '{SERVICE}', '{UNIT}', '2026-11-01', 5, '[]', '[]', \
             '2026-11-19 03:00:00', '2026-11-26', 'counts', FALSE FROM n"
        ))
        .await;
        counted(&town).await;
        let text = main(&above, REPORT).await;
        for wanted in ["2026年11月服务质量月报", "几乎人人评价", "还没有填写核查结果", "还没有回访", "未完", "上月"] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert!(!text.contains("林晓") && !text.contains("三周"), "nobody's words: {text}");
        let waits = above.get(REPORT).await.ok().attributes("main a.line-name", "href");
        assert!(waits.iter().any(|url| url.starts_with("/admin/ratings/")), "{waits:?}");
        // Said once by whoever is above, of what is an alarm.
        let kind = "saturation";
        let from = town.lines("SELECT CAST(max(day) AS TEXT) AS line FROM score_days WHERE finished >= 70".to_owned());
        let from = from.await.remove(0);
        let page = above.get("/admin/quality").await.ok();
        let first = page.attributes("input[name=from]", "value").remove(0);
        let found = page.attributes("input[name=kind]", "value").remove(0);
        assert!(first <= from && [kind, "burst"].contains(&found.as_str()), "{first} {found}");
        let (outcome, words) = (format!("outcome-{UNIT}-{found}-{first}"), format!("words-{UNIT}-{found}-{first}"));
        let form = |said: &'static str| {
            vec![
                ("agency", UNIT),
                ("kind", found.as_str()),
                ("from", first.as_str()),
                (outcome.as_str(), "explained"),
                (words.as_str(), said),
            ]
        };
        for browser in [&own, &officer] {
            assert_eq!(browser.post("/admin/quality/alarm", &form("没有问题")).await.status, 404);
        }
        assert!(above.post("/admin/quality/alarm", &form("")).await.location().ends_with("said=unsaid"));
        let (outcome, words) = (format!("outcome-{UNIT}-{found}-2026-01-01"), format!("words-{UNIT}-{found}-2026-01-01"));
        let planted = [
            ("agency", UNIT),
            ("kind", found.as_str()),
            ("from", "2026-01-01"),
            (outcome.as_str(), "explained"),
            (words.as_str(), "没有这回事"),
        ];
        assert_eq!(above.post("/admin/quality/alarm", &planted).await.status, 404, "there is no such alarm");
        for said in ["当天补录了窗口评价", "当天补录了窗口评价，已经核对"] {
            assert!(above.post("/admin/quality/alarm", &form(said)).await.location().ends_with("said=noted"));
        }
        let text = main(&above, REPORT).await;
        assert!(text.contains("已经核对") && text.contains("有正当原因"), "the last word counts: {text}");
        // Whoever is not above an agency reads nothing of it.
        assert_eq!(own.get(REPORT).await.status, 404);
        assert_eq!(officer.get(REPORT).await.status, 403);
        for path in ["/admin/quality/report/2026-12", "/admin/quality/report/2026-13", "/admin/quality/report/2020-01"] {
            assert_eq!(above.get(path).await.status, 404, "{path}");
        }
        town.close().await;
    }

    async fn the_command_counts_every_star_again_and_finds_one_that_was_given(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        decided(&town, &lin, &officer, None).await;
        town.sql("UPDATE service_scores SET finished = 60, satisfied = 40").await;
        town.pass(TimeDelta::days(22)).await;
        let folder = tempfile::TempDir::new().unwrap();
        let verify = |more: &[&str]| {
            let arguments: Vec<&str> = ["quality", "verify"].iter().chain(more).copied().collect();
            let environment = [
                ("YIMEN_DATABASE_URL", town.config.database.url.as_str().to_owned()),
                ("YIMEN_KEYS_FILE", town.config.keys.display().to_string()),
            ];
            ended(yimen(folder.path(), &arguments).envs(environment))
        };
        let (status, said, _) = verify(&["--month", "2026-11"]);
        assert_eq!(status, 0, "{said}");
        assert!(said.contains("1 with stars") && said.contains("Every star follows from the file."), "{said}");
        // The file that everybody has, and the same with a star that nobody earned.
        let csv = town.get("/open-data/quality/2026-11.csv").await.ok().body;
        let file = folder.path().join("open.csv");
        std::fs::write(&file, &csv).unwrap();
        let file = file.display().to_string();
        assert_eq!(verify(&["--month", "2026-11", "--file", &file]).0, 0);
        let line = csv.lines().find(|line| line.starts_with(SERVICE)).unwrap();
        let mut fields: Vec<&str> = line.split(',').collect();
        let stars = if fields[23] == "1" { "2" } else { "1" };
        fields[23] = stars;
        std::fs::write(&file, csv.replace(line, &fields.join(","))).unwrap();
        let (status, said, _) = verify(&["--month", "2026-11", "--file", &file, "--json"]);
        let told: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!((status, &told["ok"], &told["differences"][0]["service"]), (1, &false.into(), &SERVICE.into()));
        assert_eq!(verify(&["--month", "november"]).0, 2);
        assert_eq!(verify(&["--month", "2020-01"]).0, 3);
        town.close().await;
    }
}

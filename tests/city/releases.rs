//! The life of a package in the console: applying, handing in, checking, reviewing, releasing, going back, shutting.

use std::{collections::BTreeMap, fs};

use diesel::prelude::*;
use yimen::{
    accounts::staff::{self, Branch, Role},
    agencies::{
        clients::By,
        releases::{self, ReleaseError, State},
    },
    db::{DbError, schema::releases as table},
    ledger::CitizenId,
};
use yimen_contract::Files;
use yimen_tools::archive;

use crate::{
    cases, on_both_engines,
    people::{Browser, citizen, number},
    staff::{at_work, hired},
    town::{Answer, Engine, Town, backend::Backend, packages},
};

const GAS: &str = "gas-supply";
const HERE: &str = "/agency/packages/gas-supply";
const BILLS: &str = "/services/YZ17003";
const KEY_BILL: &str = r#"{ "resultCode": "00000", "resultCount": 1, "resultData": [
    { "id": "RQ1", "title": "2026年10月燃气费", "status": "open", "period": "2026-10", "amount": 9858 } ],
    "resultSum": { "holder": "林*", "owed": 9858 } }"#;

async fn worker<'a>(town: &'a Town, login: &str, role: Role, path: &str) -> Browser<'a> {
    let id = hired(town, login, role, path).await;
    at_work(town, id, role, path).await
}

/// The texts of a package of the demo city, to be changed.
fn texts(slug: &str) -> BTreeMap<String, String> {
    let files = Files::read_folder(&packages().join("agencies").join(slug));
    files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

fn packed(texts: &BTreeMap<String, String>) -> Vec<u8> {
    archive::deflate(&archive::lay_out(&Files::gather(texts))).unwrap()
}

fn edit(texts: &mut BTreeMap<String, String>, path: &str, from: &str, to: &str) {
    let text = texts.get_mut(path).unwrap();
    assert!(text.contains(from), "{from} in {path}");
    *text = text.replacen(from, to, 1);
}

/// The gas works with another name of the service, and another path that it is asked at.
fn renamed() -> BTreeMap<String, String> {
    let mut all = texts(GAS);
    edit(&mut all, "services/YZ17003.toml", "燃气费账单查询", "燃气账单新查询");
    edit(&mut all, "agency.toml", "/api/v2/bills/search", "/api/v3/bills/search");
    all
}

async fn hand_in(browser: &Browser<'_>, bytes: &[u8]) -> Answer {
    browser.send_file(&format!("{HERE}/upload"), &[], ("package", "gas-supply.yimen", bytes)).await
}

async fn state(town: &Town, slug: &str, number: i32) -> State {
    let slug = slug.to_owned();
    town.db.read(move |c| releases::numbered(c, &slug, number)).await.unwrap().state
}

async fn step(browser: &Browser<'_>, number: i32, fields: &[(&str, &str)]) -> String {
    let there = format!("{HERE}/versions/{number}");
    let answer = browser.post(&format!("{there}/step"), fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().replace(&there, "")
}

/// The reviewer agrees to everything that breaks.
async fn approve(browser: &Browser<'_>, slug: &str, number: i32) -> Answer {
    let there = format!("/admin/packages/{slug}/{number}");
    let page = browser.get(&there).await.ok();
    let marks = page.attributes("input[name=agree]", "value");
    let mut fields = vec![("decision", "approve")];
    fields.extend(marks.iter().map(|mark| ("agree", mark.as_str())));
    browser.post(&there, &fields).await
}

/// A version of the gas works that is approved.
async fn approved(
    town: &Town,
    chen: &Browser<'_>,
    wu: &Browser<'_>,
    texts: &BTreeMap<String, String>,
) -> i32 {
    let sent = hand_in(chen, &packed(texts)).await;
    let there = sent.location();
    assert!(there.starts_with(&format!("{HERE}/versions/")), "{} {}", sent.status, sent.body);
    let number: i32 = there.rsplit('/').next().unwrap().parse().unwrap();
    town.work().await;
    let page = chen.get(&there).await.ok();
    assert_eq!(state(town, GAS, number).await, State::Checked, "{}", page.texts("main").join(" "));
    assert_eq!(step(chen, number, &[("step", "submit"), ("words", "改了名称")]).await, "?said=submitted");
    let said = approve(wu, GAS, number).await;
    assert_eq!(said.location(), format!("/admin/packages/{GAS}/{number}?said=approved"), "{}", said.body);
    number
}

async fn heading(town: &Town) -> String {
    town.portal().refresh().await.unwrap();
    town.get(BILLS).await.ok().texts("h1").join("")
}

on_both_engines! {
    async fn a_version_goes_from_its_upload_to_everybody_and_back(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        assert!(chen.get("/agency").await.ok().body.contains(HERE));
        let sent = hand_in(&chen, &packed(&renamed())).await;
        let there = format!("{HERE}/versions/2");
        assert_eq!(sent.location(), there, "{}", sent.body);
        // It waits for its check; the page comes again by itself, without script.
        let waiting = chen.get(&there).await.ok();
        assert_eq!(waiting.attributes("meta[http-equiv=refresh]", "content"), ["3"]);
        assert!(waiting.texts("[role=status]").concat().contains("排队"));
        assert_eq!(step(&chen, 2, &[("step", "submit")]).await, "?said=changed", "not before it is checked");
        town.work().await;
        let checked = chen.get(&there).await.ok();
        assert!(checked.attributes("meta[http-equiv=refresh]", "content").is_empty());
        assert!(checked.texts("main").concat().contains("试跑样例"), "{}", checked.body);
        assert_eq!(state(&town, GAS, 2).await, State::Checked);
        assert_eq!(hand_in(&chen, &packed(&renamed())).await.location(), format!("{there}?said=same"));
        assert_eq!(step(&chen, 2, &[("step", "live")]).await, "?said=changed", "not before it is approved");
        step(&chen, 2, &[("step", "submit"), ("words", "改了名称")]).await;
        // Whoever handed it in is no reviewer; the reviewer sees everything about it.
        let review = format!("/admin/packages/{GAS}/2");
        assert_eq!(chen.get(&review).await.status, 403);
        assert_eq!(chen.post(&review, &[("decision", "approve")]).await.status, 403);
        assert!(wu.get("/admin/packages").await.ok().body.contains(&review));
        let page = wu.get(&review).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("改了名称") && text.contains("samples/health.json"), "{text}");
        let marks = page.attributes("input[name=agree]", "value");
        assert!(!marks.is_empty(), "another path breaks the backend's side: {text}");
        // Without a tick for each that breaks something nothing is approved.
        let unticked = wu.post(&review, &[("decision", "approve")]).await;
        assert_eq!(unticked.status, 422);
        assert_eq!(unticked.attributes(".errors a", "href").len(), marks.len());
        assert_eq!(state(&town, GAS, 2).await, State::Review);
        let preview = wu.get(&format!("{review}/preview/YZ17003")).await.ok();
        assert!(preview.texts("h1").concat().contains("燃气账单新查询"));
        assert!(preview.texts(".notice").concat().contains("预览") && preview.texts(".start a").is_empty());
        let first = wu.get(&format!("{review}/preview/YZ17003/start")).await.ok();
        assert!(first.texts("h1").concat().contains("燃气账单新查询"));
        assert_eq!(first.attributes("main form button[disabled]", "type"), ["submit"]);
        assert_eq!(chen.get(&format!("{review}/preview/YZ17003")).await.status, 403);
        assert!(heading(&town).await.contains("燃气费账单查询"), "what is live goes on");
        assert_eq!(approve(&wu, GAS, 2).await.location(), format!("{review}?said=approved"));
        assert_eq!(step(&chen, 2, &[("step", "live")]).await, "?said=live");
        assert!(heading(&town).await.contains("燃气账单新查询"));
        assert_eq!((state(&town, GAS, 1).await, state(&town, GAS, 2).await), (State::Replaced, State::Live));
        // Back with one button, which goes back once however often it is pressed.
        let back = format!("{HERE}/back");
        assert_eq!(chen.post(&back, &[("live", "2")]).await.location(), format!("{HERE}?said=back"));
        assert!(heading(&town).await.contains("燃气费账单查询"));
        assert_eq!(chen.post(&back, &[("live", "2")]).await.location(), format!("{HERE}?said=changed"));
        assert_eq!(chen.post(&back, &[("live", "1")]).await.location(), format!("{HERE}?said=nothing-before"));
        assert_eq!((state(&town, GAS, 1).await, state(&town, GAS, 2).await), (State::Live, State::Withdrawn));
        let record = chen.get(&format!("{HERE}/history")).await.ok().texts("main ul.bullets li").join("\n");
        for line in ["上传第 2 版、chen（gas-supply）", "批准第 2 版、wu（全市）", "全部上线第 2 版、chen", "回退，撤下第 2 版、chen", "直接安装第 1 版、the operator"] {
            assert!(record.contains(line), "{line} in {record}");
        }
        // What was withdrawn can be handed in once more, and begins anew.
        assert_eq!(hand_in(&chen, &packed(&renamed())).await.location(), there);
        assert_eq!(state(&town, GAS, 2).await, State::Draft);
        town.close().await;
    }

    async fn nobody_decides_about_their_own(town: Town) {
        let chen = worker(&town, "chen", Role::Manager, "/").await;
        hand_in(&chen, &packed(&renamed())).await;
        town.work().await;
        step(&chen, 2, &[("step", "submit")]).await;
        // The same person, made an administrator later.
        town.sql("UPDATE staff_members SET role = 'administrator' WHERE login = 'chen'").await;
        let chen = town.db.read(|c| {
            use yimen::db::schema::staff_members;
            let of = staff_members::table.filter(staff_members::login.eq("chen")).select(staff_members::id);
            of.first(c).map_err(DbError::from)
        }).await.unwrap();
        let promoted = at_work(&town, chen, Role::Administrator, "/").await;
        let there = format!("/admin/packages/{GAS}/2");
        assert!(promoted.get(&there).await.ok().texts(".notice").concat().contains("其他人"));
        for decision in ["approve", "return"] {
            let refused = promoted.post(&there, &[("decision", decision), ("words", "好")]).await;
            assert_eq!(refused.location(), format!("{there}?said=own"));
        }
        assert_eq!(state(&town, GAS, 2).await, State::Review);
        // And the database itself refuses it.
        let forced = town.db.tx(|c| {
            diesel::update(table::table.filter(table::state.eq("review")))
                .set((table::approved_by.eq(Some("chen")), table::state.eq("approved")))
                .execute(c).map_err(DbError::from)
        }).await;
        assert!(forced.is_err(), "{forced:?}");
        let unapproved = town.db.tx(|c| {
            diesel::update(table::table.filter(table::state.eq("review"))).set(table::state.eq("live"))
                .execute(c).map_err(DbError::from)
        }).await;
        assert!(unapproved.is_err(), "{unapproved:?}");
        // An administrator of the agency's own branch is none above it.
        let own = worker(&town, "qian", Role::Administrator, GAS).await;
        assert_eq!(own.post(&there, &[("decision", "approve")]).await.status, 403);
        // Given back with words, which are needed.
        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        assert_eq!(wu.post(&there, &[("decision", "return"), ("words", " ")]).await.status, 422);
        let given = wu.post(&there, &[("decision", "return"), ("words", "请补充问答")]).await;
        assert_eq!(given.location(), format!("{there}?said=returned"));
        assert_eq!(state(&town, GAS, 2).await, State::Checked);
        town.close().await;
    }

    /// Whatever is wrong with a file, it is refused whole, says where, and the city goes on.
    async fn what_cannot_be_taken_is_refused_whole(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let refused = async |bytes: &[u8]| {
            let answer = hand_in(&chen, bytes).await;
            assert_eq!(answer.status, 422, "{}", answer.body);
            answer.texts("main").join(" ")
        };
        let good = packed(&renamed());
        for (what, bytes) in [("cut off", &good[..good.len() / 2]), ("a zip", &b"PK\x03\x04\x14\x00"[..]), ("nothing", b"")] {
            let text = refused(bytes).await;
            assert!(text.contains("yimen adapter pack") || text.contains("请选择文件"), "{what}: {text}");
        }
        let mut wrong = renamed();
        edit(&mut wrong, "agency.toml", "format = 1", "format = 99");
        let text = refused(&packed(&wrong)).await;
        assert!(text.contains("agency.toml:1 format") && text.contains("没有收下"), "{text}");
        let run = |path: &[u8], content: &[u8]| {
            let mut run = archive::lay_out(&Files::gather(&renamed()));
            for part in [path, content] {
                run.extend_from_slice(&u32::try_from(part.len()).unwrap().to_le_bytes());
                run.extend_from_slice(part);
            }
            archive::deflate(&run).unwrap()
        };
        assert!(refused(&run(b"../../etc/cron.d/x", b"")).await.contains("../../etc/cron.d/x"));
        assert!(refused(&run(b"maps/\xff.jq", b"")).await.contains("maps/\u{fffd}.jq"));
        assert!(refused(&run(b"maps/big.jq", &vec![b' '; 2 << 20])).await.contains("maps/big.jq"));
        assert!(refused(&archive::deflate(&vec![0; 48 << 20]).unwrap()).await.contains("另有"));
        // Another agency's code.
        let mut stolen = renamed();
        let theirs = texts("museum").into_iter().find(|(path, _)| path.starts_with("services/")).unwrap();
        // Without what the gas works has nothing for: it is the code that is looked at.
        let lines = theirs.1.lines().filter(|line| !line.starts_with("served_by"));
        stolen.insert(theirs.0, lines.collect::<Vec<_>>().join("\n"));
        let text = refused(&packed(&stolen)).await;
        assert!(text.contains("museum"), "{text}");
        // Longer than anybody's package.
        let long = hand_in(&chen, &vec![7; 9 << 20]).await;
        assert_eq!(long.status, 413);
        assert!(heading(&town).await.contains("燃气费账单查询"));
        let none = town.db.read(|c| releases::numbered(c, GAS, 2)).await;
        assert!(matches!(none, Err(ReleaseError::Unknown)), "nothing of it was kept: {none:?}");
        // A form from elsewhere, with a good package in it.
        for fields in [&[][..], &[("csrf", "AAAA")]] {
            let forged = chen.send_parts(&format!("{HERE}/upload"), fields, ("package", "x.yimen", &good)).await;
            assert_eq!(forged.status, 403);
        }
        town.close().await;
    }

    async fn what_the_check_finds_wrong_is_not_sent_to_review(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let mut faulty = renamed();
        // The map makes something else than the sample says.
        let map = faulty.get_mut("maps/records-yz17003.jq").unwrap();
        "{ records: [] }".clone_into(map);
        let there = hand_in(&chen, &packed(&faulty)).await.location();
        town.work().await;
        let page = chen.get(&there).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("不能送审") && text.contains("samples/lookup-yz17003"), "{text}");
        assert!(page.attributes("button[value=submit]", "name").is_empty());
        assert_eq!(step(&chen, 2, &[("step", "submit")]).await, "?said=changed");
        assert_eq!(state(&town, GAS, 2).await, State::Draft);
        assert_eq!(step(&chen, 2, &[("step", "recheck")]).await, "?said=recheck");
        assert_eq!(step(&chen, 2, &[("step", "withdraw")]).await, "?said=no-reason");
        assert_eq!(step(&chen, 2, &[("step", "withdraw"), ("words", "有误")]).await, "?said=withdrawn");
        // The check that was on its way finds nobody waiting for it.
        town.work().await;
        assert_eq!(state(&town, GAS, 2).await, State::Withdrawn);
        town.close().await;
    }

    /// A share of the citizens gets the candidate, each of them always; nobody else does.
    async fn a_share_of_the_citizens_gets_the_candidate(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        let mut changed = renamed();
        edit(&mut changed, "forms/yz17014.json", r#""zh": "建筑面积（平方米）""#, r#""zh": "用气面积（平方米）""#);
        let package = cases::load(GAS);
        let applied = package.services.iter().find(|service| service.code == "YZ17014").unwrap();
        let answers = cases::examples(&cases::applied(&package, applied).unwrap());
        let answers: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (&**name, &**value)).collect();
        let number_of = approved(&town, &chen, &wu, &changed).await;
        assert_eq!(step(&chen, number_of, &[("step", "release"), ("percent", "50")]).await, "?said=released");
        town.portal().refresh().await.unwrap();
        let candidate = town.db.read(|c| releases::candidate(c, GAS)).await.unwrap().unwrap();
        let backend = Backend::json("200 OK", KEY_BILL);
        town.bind_with_key(GAS, &backend).await;
        let mut seen = [false, false];
        for order in 1..=24_u16 {
            let phone = format!("138000001{order:02}");
            let id: CitizenId = citizen(&town, "林晓", &phone, &number("19850101", order)).await;
            let gets = candidate.is_for(id.uuid(), GAS);
            if seen[usize::from(gets)] {
                continue;
            }
            seen[usize::from(gets)] = true;
            let person = Browser::of(&town, id, 3).await;
            for _ in 0..2 {
                let page = person.get(&format!("{BILLS}/start")).await.ok();
                let name = if gets { "燃气账单新查询" } else { "燃气费账单查询" };
                assert_eq!(page.texts("h1").concat(), name);
            }
            let found = person.post(&format!("{BILLS}/start"), &[("a-account", "9900128846")]).await.ok();
            assert!(found.texts(".found-answer").concat().contains("98.58"), "{}", found.body);
            let asked = backend.heard().pop().unwrap();
            assert!(asked.starts_with(if gets { "POST /api/v3/bills" } else { "POST /api/v2/bills" }), "{asked}");
            // What is applied for asks what that version asks, and hands it over by it.
            let review = person.fills("/services/YZ17014/start", &answers).await;
            let text = person.reads(&review).await;
            assert_eq!(text.contains("用气面积"), gets, "{text}");
            let case = person.hands_in(&review).await;
            assert_eq!(person.reads(&case).await.contains("用气面积"), gets);
        }
        assert_eq!(seen, [true, true], "among two dozen there are both");
        // The public pages, and whoever is not signed in, keep what is live.
        assert!(heading(&town).await.contains("燃气费账单查询"));
        // Going back from a trial is withdrawing it.
        let withdrawn = step(&wu, number_of, &[("step", "withdraw"), ("words", "有问题")]).await;
        assert_eq!(withdrawn, "?said=withdrawn");
        assert_eq!(town.db.read(|c| releases::candidate(c, GAS)).await.unwrap(), None);
        town.close().await;
    }

    async fn a_trial_that_cannot_be_one_is_refused(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        let mut surer = renamed();
        edit(&mut surer, "services/YZ17003.toml", "assurance = 3", "assurance = 4");
        let number = approved(&town, &chen, &wu, &surer).await;
        assert_eq!(step(&chen, number, &[("step", "release"), ("percent", "10")]).await, "?said=not-for-some");
        for wrong in ["0", "100", "-1", "x", ""] {
            let there = format!("{HERE}/versions/{number}/step");
            assert_eq!(chen.post(&there, &[("step", "release"), ("percent", wrong)]).await.status, 400, "{wrong}");
        }
        // The operator installs something else meanwhile: what was looked at was another difference.
        let mut other = texts(GAS);
        edit(&mut other, "services/YZ17003.toml", "燃气费账单查询", "账单");
        let (now, files) = (town.clock.now(), Files::gather(&other));
        town.db.tx(move |c| yimen::agencies::install(c, now, GAS, &files)).await.unwrap();
        assert_eq!(step(&chen, number, &[("step", "live")]).await, "?said=stale");
        assert_eq!(step(&chen, number, &[("step", "submit")]).await, "?said=submitted");
        approve(&wu, GAS, number).await;
        assert_eq!(step(&chen, number, &[("step", "live")]).await, "?said=live");
        town.close().await;
    }

    /// A manager shuts the agency's services in an emergency; what the city shut only the city opens.
    async fn services_are_shut_with_a_reason_and_opened_from_above(town: Town) {
        let backend = Backend::json("200 OK", KEY_BILL);
        town.bind_with_key(GAS, &backend).await;
        let id = citizen(&town, "林晓", "13800000101", &number("19850101", 1)).await;
        let lin = Browser::of(&town, id, 3).await;
        let manager = worker(&town, "zhou", Role::Manager, GAS).await;
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let city = worker(&town, "wu", Role::Administrator, "/").await;
        let (shut, open) = (format!("{HERE}/suspend"), format!("{HERE}/reopen"));
        assert_eq!(chen.post(&shut, &[("why", "x")]).await.status, 403, "an integrator does not");
        assert_eq!(manager.post(&shut, &[("why", "")]).await.location(), format!("{HERE}?said=no-reason"));
        let done = manager.post(&shut, &[("why", "系统<b>故障</b>")]).await;
        assert_eq!(done.location(), format!("{HERE}?said=suspended"));
        town.portal().refresh().await.unwrap();
        let guide = town.get(BILLS).await.ok();
        let notice = guide.texts(".notice.warn").concat();
        assert!(notice.contains("系统<b>故障</b>") && notice.contains("0990-5431000"), "{notice}");
        assert!(guide.texts(".start a").is_empty());
        assert!(lin.get(&format!("{BILLS}/start")).await.ok().texts(".notice.warn").concat().contains("故障"));
        let asked = lin.post(&format!("{BILLS}/start"), &[("a-account", "9900128846")]).await;
        assert_eq!(asked.status, 503);
        assert!(backend.heard().is_empty(), "nothing leaves");
        // What is applied for is not begun either, and the agency's own page says why.
        let apply = lin.get("/services/YZ17014/start").await.ok();
        assert!(apply.texts(".notice.warn").concat().contains("故障") && apply.texts("main form").is_empty());
        assert_eq!(lin.post("/services/YZ17014/start", &[]).await.status, 404);
        assert!(town.get("/agencies/gas-supply").await.ok().texts(".notice.warn").concat().contains("故障"));
        assert!(town.get("/services/YZ18001").await.ok().texts(".notice.warn").is_empty(), "others go on");
        assert_eq!(manager.post(&open, &[]).await.location(), format!("{HERE}?said=reopened"));
        assert!(heading(&town).await.contains("燃气"));
        assert!(town.get(BILLS).await.ok().texts(".notice.warn").is_empty());
        // Shut below and then above: nobody below opens it.
        manager.post(&shut, &[("why", "一")]).await;
        city.post(&shut, &[("why", "二")]).await;
        manager.post(&shut, &[("why", "三")]).await;
        assert_eq!(manager.post(&open, &[]).await.location(), format!("{HERE}?said=above"));
        let page = manager.get(HERE).await.ok();
        assert!(page.attributes("main form", "action").iter().all(|to| *to != open));
        let (now, by) = (town.clock.now(), By { name: "zhou".to_owned(), branch: Branch::parse(GAS).unwrap() });
        let refused = town.db.tx(move |c| releases::reopen(c, now, GAS, &by, "")).await;
        assert!(matches!(refused, Err(ReleaseError::ShutAbove)), "{refused:?}");
        assert_eq!(city.post(&open, &[]).await.location(), format!("{HERE}?said=reopened"));
        town.close().await;
    }

    /// From nothing to a live service: configuration only.
    async fn a_new_agency_applies_and_goes_live(town: Town) {
        let night = "/agency/packages/night-school";
        let integrator = worker(&town, "chen", Role::Integrator, "night-school").await;
        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        assert_eq!(integrator.get(night).await.status, 404, "nobody knows it yet");
        let fields = [
            ("slug", "night-school"), ("name_zh", "云州市夜校"), ("name_en", "Yunzhou Night School"), ("kind", "centre"),
            ("credit_code", "91990100990000439Q"), ("contact", "0990-5990000"), ("document", "云州市夜校章程"), ("reference", "云编办〔2026〕9号"),
        ];
        let wrong = integrator.post("/agency/apply", &[("slug", "library"), ("credit_code", "1")]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.attributes(".errors a", "href").len(), 8, "{:?}", wrong.texts(".errors"));
        let applied = integrator.post("/agency/apply", &fields).await;
        assert_eq!(applied.location(), format!("{night}?said=applied"), "{}", applied.body);
        let again = integrator.post("/agency/apply", &fields).await;
        assert_eq!(again.location(), format!("{night}?said=applied-already"));
        let package = yimen_tools::draft::starter(&yimen_tools::draft::Starter {
            slug: "night-school".to_owned(),
            name: yimen_contract::Bilingual::new("云州市夜校", "Yunzhou Night School"),
            driver: yimen_contract::agency::Driver::Rest,
            auth: None,
            encoding: yimen_contract::agency::Encoding::Utf8,
            service: "YZ99001".to_owned(),
        }).unwrap();
        let texts: BTreeMap<String, String> = package.iter().map(|(path, text)| {
            let text = text.replace("status = \"draft\"", "status = \"online\"");
            (path.to_owned(), text)
        }).collect();
        let upload = async || {
            integrator.send_file(&format!("{night}/upload"), &[], ("package", "night-school.yimen", &packed(&texts))).await
        };
        assert_eq!(upload().await.location(), format!("{night}?said=not-admitted"));
        // The agency's own administrator does not admit it; the city does, and not without a reason if it does not.
        let own = worker(&town, "qian", Role::Administrator, "night-school").await;
        let waiting = wu.get("/admin/packages").await.ok().attributes("main .acting-name a", "href").remove(0);
        assert!(waiting.starts_with("/admin/packages/applications/"));
        assert_eq!(own.get(&waiting).await.status, 404);
        assert_eq!(own.post(&waiting, &[("decision", "admit")]).await.status, 404);
        assert_eq!(wu.post(&waiting, &[("decision", "refuse")]).await.status, 422);
        assert_eq!(wu.post(&waiting, &[("decision", "admit")]).await.location(), "/admin/packages?said=admitted");
        assert_eq!(wu.post(&waiting, &[("decision", "refuse"), ("words", "x")]).await.location(), "/admin/packages?said=applied-already");
        let sent = upload().await;
        assert_eq!(sent.location(), format!("{night}/versions/1"), "{}", sent.texts("main").join(" "));
        town.clock.advance(chrono::TimeDelta::days(2));
        town.work().await;
        let page = integrator.get(&format!("{night}/versions/1")).await;
        // Sessions are over after two days.
        assert_eq!(page.status, 303);
        assert_eq!(state(&town, "night-school", 1).await, State::Checked);
        let number = town.db.read(|c| releases::numbered(c, "night-school", 1)).await.unwrap().version;
        let (now, chen, wu) = (town.clock.now(), By { name: "chen".to_owned(), branch: Branch::parse("night-school").unwrap() }, By::operator("wu"));
        town.db.tx(move |c| {
            releases::submit(c, now, number, &chen, "")?;
            releases::approve(c, now, number, &wu, &std::collections::BTreeSet::new(), "")?;
            let some = releases::release(c, now, number, 10, &chen);
            assert!(matches!(some, Err(ReleaseError::NoStable)), "{some:?}");
            releases::go_live(c, now, number, &chen)
        }).await.unwrap();
        town.portal().refresh().await.unwrap();
        let public = town.get("/agencies/night-school").await.ok();
        assert!(public.texts("h1").concat().contains("云州市夜校"));
        assert!(public.texts(".tag.ok").concat().contains("身份已核实"), "{:?}", public.texts(".tag"));
        let funnel = town.db.read(releases::funnel).await.unwrap();
        let counts: Vec<usize> = funnel.stages.iter().map(|stage| stage.agencies).collect();
        assert_eq!(counts, [1, 1, 1, 1, 1, 1, 0, 1]);
        assert_eq!(funnel.stages[3].median_days, Some(2.0));
        // Sixty agencies and the provider of payments.
        assert_eq!(funnel.installed, 61);
        town.close().await;
    }

    async fn a_description_becomes_a_draft(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let there = format!("{HERE}/imports");
        let openapi = r#"{ "openapi": "3.0.0", "info": { "title": "燃气", "version": "1" }, "paths": { "/bills": { "get": {
            "summary": "账单查询", "parameters": [ { "name": "account", "in": "query", "schema": { "type": "string" } } ],
            "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": { "type": "object",
            "properties": { "items": { "type": "array", "items": { "type": "object", "properties": { "amount": { "type": "number" } } } } } } } } } } } } } }"#;
        let wrong = chen.send_file(&there, &[("code", "1")], ("description", "gas.json", openapi.as_bytes())).await;
        assert_eq!(wrong.status, 422);
        let sent = chen.send_file(&there, &[("code", "yz99801")], ("description", "C:\\x\\gas.json", openapi.as_bytes())).await;
        let page = sent.location();
        assert!(page.starts_with(&format!("{there}/")), "{} {}", sent.status, sent.body);
        assert_eq!(chen.get(&page).await.ok().attributes("meta[http-equiv=refresh]", "content"), ["3"]);
        town.work().await;
        let done = chen.get(&page).await.ok();
        let text = done.texts("main").join(" ");
        assert!(text.contains("草稿已生成") && text.contains("YZ99801") && text.contains("gas.json"), "{text}");
        let draft = town.client().get(town.url(&format!("{page}/draft"))).header("cookie", format!("staff={}", chen.cookie("staff").unwrap()));
        let answer = draft.send().await.unwrap();
        assert!(answer.headers()["content-disposition"].to_str().unwrap().contains("gas-supply.yimen"));
        let files = archive::open(&answer.bytes().await.unwrap()).unwrap();
        let reading = yimen_contract::package::read(GAS, &files);
        assert!(!reading.findings.has_errors(), "{}", reading.findings);
        // What is none says so, and where.
        let broken = chen.send_file(&there, &[("code", "YZ99801")], ("description", "x.json", b"{ \"a\": ")).await.location();
        town.work().await;
        assert!(chen.get(&broken).await.ok().texts(".notice.warn").concat().contains("x.json"));
        let zhao = worker(&town, "zhao", Role::Integrator, "museum").await;
        assert_eq!(zhao.get(&page).await.status, 404);
        assert_eq!(zhao.get(&format!("{page}/draft")).await.status, 404);
        town.close().await;
    }

    async fn an_agency_of_a_district_has_its_console_there(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, "yunjiang/gas-supply").await;
        let boss = worker(&town, "wu", Role::Administrator, "yunjiang").await;
        assert!(chen.get("/agency").await.ok().body.contains(HERE));
        approved(&town, &chen, &boss, &renamed()).await;
        let next = worker(&town, "zhao", Role::Integrator, "wangshan").await;
        assert!(!next.get("/agency").await.ok().body.contains(HERE));
        assert_eq!(next.get(HERE).await.status, 404);
        town.close().await;
    }

    /// Units are named freely by whoever manages a branch; an agency's console, desk and questions do not follow the name.
    async fn nobody_takes_an_agency_by_naming_a_unit_after_it(town: Town) {
        let he = worker(&town, "he", Role::Administrator, "museum").await;
        assert_eq!(he.post("/admin/units", &[("unit", GAS), ("unit_name", "燃气")]).await.status, 303);
        assert!(!he.get("/agency").await.ok().body.contains(GAS));
        assert_eq!(he.get(HERE).await.status, 404);
        let answers = async || town.db.read(|c| staff::branch_of(c, GAS)).await.unwrap().to_string();
        assert_eq!(answers().await, "/gas-supply/");
        // The city may put it there.
        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        let unit = [("unit", "museum/gas-supply"), ("unit_name", "燃气")];
        assert_eq!(wu.post("/admin/units", &unit).await.location(), "/admin/people");
        assert_eq!(answers().await, "/museum/gas-supply/");
        assert!(he.get("/agency").await.ok().body.contains(HERE));
        town.close().await;
    }

    async fn other_agencies_find_nothing(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        hand_in(&chen, &packed(&renamed())).await;
        let zhao = worker(&town, "zhao", Role::Manager, "museum").await;
        assert!(!zhao.get("/agency").await.ok().body.contains(GAS));
        for path in [HERE.to_owned(), format!("{HERE}/versions/2"), format!("{HERE}/history")] {
            assert_eq!(zhao.get(&path).await.status, 404, "{path}");
        }
        assert_eq!(hand_in(&zhao, &packed(&renamed())).await.status, 404);
        for (path, field) in [("versions/2/step", ("step", "withdraw")), ("back", ("live", "1")), ("suspend", ("why", "x")), ("reopen", ("why", "x"))] {
            assert_eq!(zhao.post(&format!("{HERE}/{path}"), &[field]).await.status, 404, "{path}");
        }
        for path in ["/admin/packages", "/admin/funnel", "/admin/packages/gas-supply/2", "/admin/packages/gas-supply/2/preview/YZ17003"] {
            assert_eq!(zhao.get(path).await.status, 403, "{path}");
        }
        for (login, role) in [("sun", Role::Officer), ("li", Role::Auditor), ("zhou", Role::Helper)] {
            let other = worker(&town, login, role, GAS).await;
            for path in ["/agency", "/agency/apply", HERE] {
                assert_eq!(other.get(path).await.status, 403, "{path} {login}");
            }
        }
        assert_eq!(chen.get("/agency/packages/city").await.status, 404, "the city folder is the operator's");
        assert_eq!(chen.get("/agency/packages/gas-supply/versions/x").await.status, 404);
        town.close().await;
    }
}

/// Every node shows a trial and its end, at once and not by looking.
#[actix_web::test]
async fn every_node_switches_within_seconds() {
    let town = Town::open(Engine::Postgres).await;
    let other = town.another_node().await;
    let url = format!("http://{}{BILLS}", other.address.unwrap());
    let page = async || {
        town.client().get(&url).header("accept-language", "zh-CN").send().await.unwrap().text().await.unwrap()
    };
    assert!(page().await.contains("燃气费账单查询"));
    let chen = worker(&town, "chen", Role::Integrator, GAS).await;
    let wu = worker(&town, "wu", Role::Administrator, "/").await;
    let number = approved(&town, &chen, &wu, &renamed()).await;
    let until = async |name: &str, shut: bool| {
        let (heading, began) = (format!("<h1>{name}</h1>"), std::time::Instant::now());
        loop {
            let page = page().await;
            if page.contains(&heading) && page.contains("系统故障") == shut {
                break;
            }
            assert!(began.elapsed().as_secs() < 30, "the other node still shows the old city");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    step(&chen, number, &[("step", "live")]).await;
    until("燃气账单新查询", false).await;
    wu.post(&format!("{HERE}/suspend"), &[("why", "系统故障")]).await;
    until("燃气账单新查询", true).await;
    wu.post(&format!("{HERE}/reopen"), &[]).await;
    wu.post(&format!("{HERE}/back"), &[("live", &number.to_string())]).await;
    until("燃气费账单查询", false).await;
    other.stop().await;
    town.close().await;
}

/// The command line's own way back into a folder.
#[test]
fn a_packed_package_is_unpacked_again() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("gas-supply.yimen");
    fs::write(&file, packed(&renamed())).unwrap();
    let (code, out, error) =
        crate::town::program::run(folder.path(), &["adapter", "unpack", "gas-supply.yimen", "gas-supply"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("agency.toml"));
    let text = fs::read_to_string(folder.path().join("gas-supply/services/YZ17003.toml")).unwrap();
    assert!(text.contains("燃气账单新查询"));
    let (again, ..) =
        crate::town::program::run(folder.path(), &["adapter", "unpack", "gas-supply.yimen", "gas-supply"]);
    assert_ne!(again, 0, "nothing is overwritten");
}

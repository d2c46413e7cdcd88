//! The life of a package in the console: applying, handing in, checking, reviewing, releasing, going back, shutting.

mod newcomers;
mod trials;

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

//! Parents' and companies' claims as work that is given to staff by name.

use chrono::TimeDelta;
use yimen::{
    accounts::{acting::desk, staff::Role},
    ledger::StaffId,
};

use crate::{
    on_both_engines,
    people::{Browser, citizen, number},
    staff::{at_work, hired},
    town::{Answer, Town},
};

const LIST: &str = "/staff/claims";
const CREDIT: &str = "119901009900000172";

/// Somebody at work, and who that is.
async fn worker<'a>(town: &'a Town, login: &str, role: Role, path: &str) -> (Browser<'a>, String) {
    let id = hired(town, login, role, path).await;
    (at_work(town, id, role, path).await, id.to_string())
}

/// Two children and a company, claimed by one person.
async fn three_claims(town: &Town) {
    let lin = citizen(town, "林晓", "13800000001", "990101198501010010").await;
    let lin = Browser::of(town, lin, 3).await;
    for (name, birth) in [("林小满", "20200229"), ("林小雪", "20211207")] {
        let fields = [("name", name), ("number", &number(birth, 8)), ("proof", "户口簿")];
        assert_eq!(lin.post("/me/acting/child", &fields).await.status, 303);
    }
    let fields = [("credit", CREDIT), ("name", "云江豆制品有限公司"), ("proof", "营业执照")];
    assert_eq!(lin.post("/me/acting/company", &fields).await.status, 303);
}

/// The claims that a page lists, as their forms name them: kind and id.
fn listed(page: &Answer) -> Vec<(String, String)> {
    let of = |name: &str| page.attributes(&format!("form[action$='/look'] input[name={name}]"), "value");
    of("kind").into_iter().zip(of("id")).collect()
}

async fn send(browser: &Browser<'_>, act: &str, (kind, id): &(String, String), more: (&str, &str)) -> Answer {
    browser.post(&format!("{LIST}/{act}"), &[("kind", kind.as_str()), ("id", id), more]).await
}

const SEEN: (&str, &str) = ("reason", "见到原件");

async fn held(town: &Town, who: &str) -> i64 {
    let who: StaffId = who.parse().unwrap();
    town.db.read(move |c| desk::held(c, who)).await.unwrap()
}

on_both_engines! {
    async fn a_helper_sees_and_opens_only_what_they_were_given(town: Town) {
        three_claims(&town).await;
        let (officer, own) = worker(&town, "zhou", Role::Officer, "/").await;
        let (helper, id) = worker(&town, "helper", Role::Helper, "/").await;
        let all = listed(&officer.get(LIST).await.ok());
        assert_eq!(all.len(), 3);
        assert!(helper.get("/staff").await.ok().attributes("main a.button", "href").contains(&LIST.to_owned()));
        assert!(listed(&helper.get(LIST).await.ok()).is_empty());
        for claim in &all {
            for act in ["look", "confirm", "refuse"] {
                assert_eq!(send(&helper, act, claim, SEEN).await.status, 404, "{act} {claim:?}");
            }
        }
        // A child's and a company's.
        for claim in [&all[0], &all[2]] {
            let given = send(&officer, "assign", claim, ("to", &id)).await;
            assert_eq!(given.location(), format!("{LIST}?said=assigned"));
        }
        assert!(officer.get(LIST).await.ok().texts("main .line-meta").concat().contains("已分派给"));
        let mine = helper.get(LIST).await.ok();
        assert_eq!(listed(&mine), [all[0].clone(), all[2].clone()]);
        assert!(mine.attributes("select", "name").is_empty(), "a helper gives nothing out");
        assert_eq!(send(&helper, "assign", &all[1], ("to", &id)).await.status, 403);
        assert!(send(&helper, "look", &all[0], SEEN).await.ok().body.contains("林小满"));
        assert_eq!(send(&helper, "look", &all[1], SEEN).await.status, 404);
        // An id of one kind opens nothing of another.
        assert_eq!(send(&helper, "look", &("company".to_owned(), all[0].1.clone()), SEEN).await.status, 404);
        assert_eq!(send(&helper, "confirm", &all[0], SEEN).await.location(), format!("{LIST}?said=confirmed"));
        assert_eq!((held(&town, &id).await, held(&town, &own).await), (1, 0), "what is decided is held by nobody");
        // Taken back, it is as unknown as before.
        send(&officer, "assign", &all[2], ("to", "")).await;
        assert_eq!(send(&helper, "look", &all[2], SEEN).await.status, 404);
        assert_eq!(send(&officer, "assign", &all[0], ("to", &id)).await.status, 404, "decided already");
        // Until the date.
        send(&officer, "assign", &all[2], ("to", &id)).await;
        town.clock.advance(TimeDelta::days(30));
        let helper = at_work(&town, id.parse().unwrap(), Role::Helper, "/").await;
        assert_eq!(helper.get(LIST).await.status, 403);
        let officer = at_work(&town, own.parse().unwrap(), Role::Officer, "/").await;
        assert_eq!(send(&officer, "assign", &all[2], ("to", &id)).await.status, 404, "nobody who is over");
        town.told().await;
        town.close().await;
    }

    async fn a_claim_is_given_only_to_whoever_may_work_in_the_giver_s_own_branch(town: Town) {
        three_claims(&town).await;
        let (officer, _) = worker(&town, "zhou", Role::Officer, "yunjiang").await;
        let claim = listed(&officer.get(LIST).await.ok()).remove(0);
        for (login, role, path) in [
            ("above", Role::Officer, "/"),
            ("beside", Role::Officer, "wangshan"),
            ("auditor", Role::Auditor, "yunjiang"),
            ("admin", Role::Administrator, "yunjiang"),
            ("integrator", Role::Integrator, "yunjiang"),
        ] {
            let (_, id) = worker(&town, login, role, path).await;
            assert_eq!(send(&officer, "assign", &claim, ("to", &id)).await.status, 404, "{login}");
            assert!(!officer.get(LIST).await.ok().attributes("option", "value").contains(&id), "{login}");
        }
        for to in ["x", "0193"] {
            assert_eq!(send(&officer, "assign", &claim, ("to", to)).await.status, 404, "{to}");
        }
        let (_, below) = worker(&town, "below", Role::Helper, "yunjiang/chengbei").await;
        assert_eq!(send(&officer, "assign", &claim, ("to", &below)).await.status, 303);
        assert_eq!(held(&town, &below).await, 1);
        town.close().await;
    }

    async fn an_account_does_not_end_while_claims_are_open(town: Town) {
        three_claims(&town).await;
        let (boss, _) = worker(&town, "boss", Role::Administrator, "/").await;
        let (leaving, from) = worker(&town, "leaving", Role::Officer, "/").await;
        let (_, to) = worker(&town, "staying", Role::Helper, "/").await;
        let (_, auditor) = worker(&town, "auditor", Role::Auditor, "/").await;
        let all = listed(&leaving.get(LIST).await.ok());
        for claim in &all {
            send(&leaving, "assign", claim, ("to", &from)).await;
        }
        send(&leaving, "refuse", &all[1], SEEN).await;
        let path = format!("/admin/people/{from}");
        let act = async |act: &str, fields: &[(&str, &str)]| boss.post(&format!("{path}/{act}"), fields).await;
        assert_eq!(act("end", &[]).await.location(), format!("{path}?said=holding"));
        let page = boss.get(&path).await.ok();
        assert_eq!(page.texts("[aria-labelledby=held] li"), ["等待核对的登记：2 件"]);
        let offered = page.attributes("#held ~ form input[name=to]", "value");
        assert!(offered.contains(&to) && !offered.contains(&auditor), "{offered:?}");
        assert_eq!(act("hand-over", &[("to", &auditor)]).await.status, 404, "nobody who cannot do it");
        assert_eq!(act("end", &[]).await.location(), format!("{path}?said=holding"));
        assert_eq!(act("hand-over", &[("to", &to)]).await.location(), format!("{path}?said=handed"));
        assert_eq!((held(&town, &from).await, held(&town, &to).await), (0, 2));
        let successor = at_work(&town, to.parse().unwrap(), Role::Helper, "/").await;
        assert_eq!(listed(&successor.get(LIST).await.ok()), [all[0].clone(), all[2].clone()]);
        assert_eq!(act("end", &[]).await.location(), format!("{path}?said=ended"));
        town.told().await;
        town.close().await;
    }
}

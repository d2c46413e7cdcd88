//! What those above agencies see of everything: lists that are sorted out, and taken away on record.

use chrono::TimeDelta;
use yimen::accounts::staff::Role;

use crate::{
    desk::worker,
    on_both_engines,
    people::{Browser, citizen, number},
    voice::{DESK, HOTLINE, KEYS, REPORT, answered, changed, dispatcher, unit},
};

async fn main(browser: &Browser<'_>, path: &str) -> String {
    browser.get(path).await.ok().texts("main").join(" ")
}

on_both_engines! {
    async fn everything_people_wrote_is_listed_without_them(town: Town) {
        let who = citizen(&town, "林晓", "13800000001", &number("19850101", 1)).await;
        let lin = Browser::of(&town, who, 2).await;
        let report = lin.brings("report", &REPORT).await;
        let words = [("text", "我叫林晓，隔壁工地夜里偷倒渣土。"), ("key", KEYS[1])];
        let tip = lin.brings("tip-off", &changed(&REPORT, &words)).await;

        let chief = worker(&town, "chief", Role::Administrator, "/").await.0;
        let all = main(&chief, "/admin/voice").await;
        assert!(all.contains(&report) && all.contains(&tip), "{all}");
        for secret in ["林晓", "林*", "路灯不亮", "渣土", "13800000001"] {
            assert!(!all.contains(secret), "{secret}");
        }
        let only = main(&chief, "/admin/voice?kind=tip-off&state=received&sort=due").await;
        assert!(!only.contains(&report) && only.contains(&tip), "{only}");
        let elsewhere = main(&chief, "/admin/voice?district=990102").await;
        assert!(!elsewhere.contains(&report) && elsewhere.contains("没有符合条件的诉求"), "{elsewhere}");
        assert!(main(&chief, "/admin/voice?kind=nothing&page=x&district=none").await.contains(&report));
        assert!(!main(&chief, "/admin").await.contains("超期的诉求"));

        // Who looks at one reads it without its author, and of what is secret nothing; the author sees that.
        assert!(!main(&lin, "/me/looks").await.contains("您说的"));
        let open = main(&chief, &format!("/admin/voice/{tip}")).await;
        assert!(!open.contains("渣土"), "{open}");
        assert!(!main(&lin, "/me/looks").await.contains("您说的"));
        let open = main(&chief, &format!("/admin/voice/{report}")).await;
        assert!(open.contains("路灯不亮") && !open.contains("林晓") && !open.contains("林*"), "{open}");
        assert!(main(&lin, "/me/looks").await.contains("您说的"));

        let table = chief.post("/admin/voice.csv", &[("kind", "report")]).await.ok().body;
        assert!(table.contains(&report) && !table.contains(&tip) && !table.contains("路灯不亮"), "{table}");
        assert!(main(&chief, "/admin/audit?act=exported").await.contains("voice report newest: 1"));

        town.pass(TimeDelta::days(8)).await;
        let chief = worker(&town, "later-chief", Role::Administrator, "/").await.0;
        let home = chief.get("/admin").await.ok();
        let late = home.attributes("main a[href^='/admin/voice?mark=late']", "href").remove(0);
        let listed = main(&chief, &late).await;
        assert!(listed.contains(&report) && listed.contains(&tip), "{listed}");
        assert!(main(&chief, "/admin/voice?mark=unsatisfied").await.contains("没有符合条件的诉求"));

        // The city's desk works from here; nobody else sees it.
        let desk = worker(&town, "dispatcher", Role::Officer, HOTLINE).await.0;
        let links = desk.get("/admin/voice").await.ok().attributes("main th a", "href");
        assert!(links.contains(&format!("/agency/voice/{report}")), "{links:?}");
        let below = worker(&town, "below", Role::Administrator, "environment").await.0;
        for path in ["/admin/voice", &format!("/admin/voice/{report}")] {
            assert_eq!(below.get(path).await.status, 403);
        }
        assert_eq!(below.post("/admin/voice.csv", &[]).await.status, 403);
        town.close().await;
    }

    /// Whoever is not satisfied says so in words of their own, which may tell who they are.
    async fn what_is_secret_stays_so_when_its_author_speaks_again(town: Town) {
        let who = citizen(&town, "林晓", "13800000001", &number("19850101", 1)).await;
        let lin = Browser::of(&town, who, 2).await;
        let tip = lin.brings("tip-off", &REPORT).await;
        answered(&town, &tip).await;
        let again = [("verdict", "dissatisfied"), ("words", "我叫林晓，电话13800000001，夜里还在倒渣土。")];
        assert!(lin.post(&format!("/me/voice/{tip}/judge"), &again).await.location().ends_with("judged"));
        for staff in [dispatcher(&town).await, unit(&town).await] {
            let open = staff.sees(&format!("{DESK}/{tip}")).await;
            assert!(open.contains("渣土") && !open.contains("林晓") && !open.contains("13800000001"), "{open}");
        }
        let chief = worker(&town, "chief", Role::Administrator, "/").await.0;
        let open = main(&chief, &format!("/admin/voice/{tip}")).await;
        assert!(!open.contains("渣土") && !open.contains("林晓"), "{open}");
        town.work().await;
        town.close().await;
    }

    async fn people_are_sorted_out_and_units_have_names(town: Town) {
        let chief = worker(&town, "chief", Role::Administrator, "/").await.0;
        worker(&town, "auditor", Role::Auditor, "/").await;
        worker(&town, "officer", Role::Officer, HOTLINE).await;
        let logins = async |query: &str| {
            let list = chief.get(&format!("/admin/people{query}")).await.ok();
            list.texts(".acting-list .line-meta")
        };
        assert_eq!(logins("").await, ["auditor", "chief", "officer"]);
        assert_eq!(logins("?sort=role").await, ["chief", "officer", "auditor"]);
        assert_eq!(logins("?role=auditor").await, ["auditor"]);
        assert_eq!(logins(&format!("?branch=/{HOTLINE}/")).await, ["officer"]);
        assert_eq!(logins("?role=nobody&branch=nowhere%25").await.len(), 3);
        let table = chief.post("/admin/people.csv", &[("role", "officer")]).await.ok().body;
        assert!(table.lines().count() == 2 && table.contains("officer"), "{table}");
        assert!(main(&chief, "/admin/audit?act=exported").await.contains("people: 1"));

        // The other lists are taken away as well, each on record.
        for (list, words) in [("notices", "notices: 0"), ("packages", "packages: 0"), ("payments", "payments: 0")] {
            chief.get(&format!("/admin/{list}?sort=newest")).await.ok();
            let table = chief.post(&format!("/admin/{list}.csv"), &[("sort", "newest")]).await.ok();
            assert_eq!(table.body.lines().count(), 1, "{list}");
            assert!(main(&chief, "/admin/audit?act=exported").await.contains(words), "{list}");
        }

        // Units that nobody named carry the names of their agencies, and no codes.
        let units = chief.get("/admin/people/invite").await.ok().texts("label[for^=branch-]").join(" ");
        assert!(units.contains("12345") && !units.contains(HOTLINE), "{units}");
        let manager = worker(&town, "manager", Role::Manager, HOTLINE).await.0;
        assert_eq!(manager.get("/admin/people?branch=/").await.ok().texts(".acting-list .line-meta").len(), 2);
        town.close().await;
    }
}

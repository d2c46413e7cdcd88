//! Agencies' own sites, registered and approved on pages.

use yimen::{
    accounts::staff::{Branch, Role},
    agencies::clients::{self, By, ClientError, State},
};

use crate::{
    on_both_engines,
    people::Browser,
    staff::{at_work, hired},
    town::Town,
};

const NEW: &str = "/agency/sites/new";
const FIELDS: [(&str, &str); 7] = [
    ("agency", "library"),
    ("name_zh", "读者服务"),
    ("name_en", "Reader services"),
    ("redirect_uris", "https://library.example/back\r\nhttps://library.example/back2\r\n"),
    ("auth", "client_secret_basic"),
    ("scopes", "profile"),
    ("scopes", "phone"),
];

async fn worker<'a>(town: &'a Town, login: &str, role: Role, path: &str) -> Browser<'a> {
    let id = hired(town, login, role, path).await;
    at_work(town, id, role, path).await
}

fn changed<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FIELDS.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes.iter().copied()).collect()
}

async fn state(town: &Town, id: &str) -> State {
    let id = id.parse().unwrap();
    town.db.read(move |c| clients::find(c, id)).await.unwrap().unwrap().state
}

on_both_engines! {
    async fn a_site_is_registered_by_one_and_approved_by_another(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, "library").await;
        let page = chen.get(NEW).await.ok();
        assert_eq!(page.attributes("input[name=agency]", "value"), ["library"], "their own agency, no other");
        let made = chen.post(NEW, &FIELDS).await.ok();
        let codes = made.texts("code");
        let secret = codes[0].clone();
        let id = codes.iter().find(|code| code.parse::<clients::ClientId>().is_ok()).unwrap().clone();
        let there = format!("/agency/sites/{id}");
        let page = chen.get(&there).await.ok();
        assert!(!page.body.contains(&secret), "shown once");
        assert!(page.body.contains("https://library.example/back2") && page.body.contains("等待批准"));
        assert!(page.attributes("main form", "action").iter().all(|to| !to.ends_with("/approve")));
        assert_eq!(chen.post(&format!("{there}/approve"), &[]).await.status, 403);

        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        assert!(wu.get("/agency/sites").await.ok().body.contains("读者服务"));
        let approved = wu.post(&format!("{there}/approve"), &[("seen", "pending")]).await;
        assert_eq!(approved.location(), format!("{there}?said=approved"));
        assert_eq!(state(&town, &id).await, State::Approved);
        let again = wu.post(&format!("{there}/approve"), &[("seen", "pending")]).await;
        assert_eq!(again.location(), format!("{there}?said=approved"), "the button may be pressed twice");
        // The agency itself shuts it in an emergency.
        assert_eq!(chen.post(&format!("{there}/suspend"), &[]).await.status, 303);
        assert_eq!(state(&town, &id).await, State::Suspended);
        // A page that still shows it waiting does not open it again.
        let stale = wu.post(&format!("{there}/approve"), &[("seen", "pending")]).await;
        assert_eq!(stale.location(), format!("{there}?said=changed"));
        assert_eq!(state(&town, &id).await, State::Suspended);
        wu.post(&format!("{there}/approve"), &[("seen", "suspended")]).await;
        assert_eq!(state(&town, &id).await, State::Approved);
        town.close().await;
    }

    /// Who shuts and opens stands on record, and what somebody above shut, nobody below opens.
    async fn what_the_city_shut_the_agency_s_own_administrator_does_not_open(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, "library").await;
        let made = chen.post(NEW, &FIELDS).await.ok();
        let id = made.texts("code").into_iter().find(|code| code.parse::<clients::ClientId>().is_ok()).unwrap();
        let there = format!("/agency/sites/{id}");
        let (shut, open) = (format!("{there}/suspend"), format!("{there}/approve"));
        let said = |word: &str| format!("{there}?said={word}");
        let own = worker(&town, "qian", Role::Administrator, "library").await;
        let city = worker(&town, "wu", Role::Administrator, "/").await;
        assert_eq!(own.post(&open, &[("seen", "pending")]).await.location(), said("approved"));
        // What the agency shut, its own administrator opens.
        chen.post(&shut, &[]).await;
        assert_eq!(own.post(&open, &[("seen", "suspended")]).await.location(), said("approved"));
        assert_eq!(state(&town, &id).await, State::Approved);
        // Shut by the city, also after the agency itself, and shut below once more.
        for shutters in [vec![&city], vec![&chen, &city], vec![&city, &own, &chen]] {
            for one in shutters {
                assert_eq!(one.post(&shut, &[]).await.location(), said("shut"));
            }
            let page = own.get(&there).await.ok();
            assert!(page.texts(".notice").concat().contains("上级"), "{}", page.body);
            assert!(page.attributes("main form", "action").iter().all(|to| *to != open));
            let refused = own.post(&open, &[("seen", "suspended")]).await;
            assert_eq!(refused.location(), said("above"));
            assert!(own.get(&refused.location()).await.ok().texts(".notice.warn").concat().contains("只有上级"));
            let (site, now) = (id.parse().unwrap(), town.clock.now());
            let by = By { name: "qian".to_owned(), branch: Branch::parse("library").unwrap() };
            let refused = town.db.tx(move |c| clients::approve(c, now, site, &by)).await;
            assert!(matches!(refused, Err(ClientError::ShutAbove)), "{refused:?}");
            assert_eq!(state(&town, &id).await, State::Suspended);
            assert_eq!(city.post(&open, &[("seen", "suspended")]).await.location(), said("approved"));
            assert_eq!(state(&town, &id).await, State::Approved);
        }
        // The operator stands above all branches.
        let (site, now) = (id.parse().unwrap(), town.clock.now());
        town.db.tx(move |c| clients::suspend(c, now, site, &By::operator("root"))).await.unwrap();
        assert_eq!(own.post(&open, &[("seen", "suspended")]).await.location(), said("above"));
        let acts = chen.get(&there).await.ok().texts("main ul.bullets li").join("\n");
        for line in ["批准使用，qian（library）", "关闭，chen（library）", "关闭，wu（全市）", "重新开放，wu（全市）", "关闭，root（全市）"] {
            let line = line.replace('，', "、");
            assert!(acts.contains(&line), "{line} in {acts}");
        }
        town.close().await;
    }

    async fn whoever_may_do_both_still_does_not_approve_their_own(town: Town) {
        let manager = worker(&town, "chen", Role::Manager, "/").await;
        let made = manager.post(NEW, &FIELDS).await.ok();
        let id = made.texts("code").into_iter().find(|code| code.parse::<clients::ClientId>().is_ok()).unwrap();
        // The same person, made an administrator later.
        town.sql("UPDATE staff_members SET role = 'administrator' WHERE login = 'chen'").await;
        let chen = town.db.read(|c| {
            use diesel::prelude::*;
            use yimen::db::{DbError, schema::staff_members};
            let of = staff_members::table.filter(staff_members::login.eq("chen")).select(staff_members::id);
            of.first(c).map_err(DbError::from)
        }).await.unwrap();
        let promoted = at_work(&town, chen, Role::Administrator, "/").await;
        let refused = promoted.post(&format!("/agency/sites/{id}/approve"), &[("seen", "pending")]).await;
        assert_eq!(refused.location(), format!("/agency/sites/{id}?said=own"));
        assert_eq!(state(&town, &id).await, State::Pending);
        town.close().await;
    }

    /// The portal would call this address itself: it does not lead into the city's own network.
    async fn an_address_inside_is_refused_beside_its_field(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, "library").await;
        let bad = changed(&[("backchannel_logout_uri", "https://169.254.169.254/latest")]);
        let page = chen.post(NEW, &bad).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.attributes(".errors a", "href"), ["#backchannel_logout_uri"]);
        assert!(page.texts(".field-error").concat().contains("内部网络"), "{:?}", page.texts(".field-error"));
        town.close().await;
    }

    async fn what_is_wrong_is_said_beside_its_field_with_the_answers_kept(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, "library").await;
        let bad = changed(&[
            ("redirect_uris", "http://library.example/back\nhttps://*.example/"),
            ("name_en", ""),
            ("sector", "museum"),
            ("auth", "private_key_jwt"),
            ("jwks", "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"a\",\"y\":\"b\",\"d\":\"c\"}]}"),
        ]);
        let page = chen.post(NEW, &bad).await;
        assert_eq!(page.status, 422);
        assert_eq!(
            page.attributes(".errors a", "href"),
            ["#name_en", "#redirect_uris", "#sector", "#jwks"]
        );
        let beside = page.texts("#redirect_uris-error").join("");
        assert!(beside.contains("http://library.example/back 必须是 https") && beside.contains("通配符"), "{beside}");
        assert!(page.texts("#jwks-error").join("").contains("私钥"));
        assert_eq!(page.attributes("#name_zh", "value"), ["读者服务"]);
        assert_eq!(page.attributes("input[name=scopes][checked]", "value"), ["profile", "phone"]);
        let garbled = chen.post(NEW, &changed(&[("auth", "private_key_jwt"), ("jwks", "{")])).await;
        assert_eq!(garbled.attributes(".errors a", "href"), ["#jwks"]);
        let nothing = chen.post(NEW, &[]).await;
        assert_eq!(nothing.status, 422);
        chen.post(NEW, &FIELDS).await.ok();
        let twice = chen.post(NEW, &FIELDS).await;
        assert_eq!(twice.attributes(".errors a", "href"), ["#name_en"]);
        town.close().await;
    }

    async fn other_agencies_find_nothing(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, "library").await;
        let made = chen.post(NEW, &FIELDS).await.ok();
        let id = made.texts("code").into_iter().find(|code| code.parse::<clients::ClientId>().is_ok()).unwrap();
        let there = format!("/agency/sites/{id}");
        let zhao = worker(&town, "zhao", Role::Integrator, "museum").await;
        assert_eq!(zhao.get(&there).await.status, 404);
        assert!(!zhao.get("/agency/sites").await.ok().body.contains("读者服务"));
        assert_eq!(zhao.post(&format!("{there}/suspend"), &[]).await.status, 404);
        assert_eq!(zhao.post(NEW, &FIELDS).await.status, 403, "for another agency");
        // A delegated administrator approves in their own branch only.
        let below = worker(&town, "qian", Role::Administrator, "museum").await;
        assert_eq!(below.post(&format!("{there}/approve"), &[]).await.status, 404);
        for (login, role) in [("sun", Role::Officer), ("li", Role::Auditor), ("zhou", Role::Helper)] {
            let other = worker(&town, login, role, "library").await;
            for path in ["/agency/sites", NEW, &there] {
                assert_eq!(other.get(path).await.status, 403, "{path} {login}");
            }
        }
        assert_eq!(state(&town, &id).await, State::Pending);
        town.close().await;
    }
}

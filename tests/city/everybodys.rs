//! Pages that say the same to everybody are made once, and yet carry each person's own name and nobody else's.

use std::io::Read as _;

use chrono::TimeDelta;
use flate2::read::GzDecoder;
use yimen::{
    accounts::staff::Role,
    platform::random,
    web::session::{self, Acting, Realm, Signed},
};

use crate::{
    desk::{UNIT, worker},
    on_both_engines,
    people::Browser,
    town::Town,
};

const GUIDE: &str = "/services/YZ27007";
const QUALITY: &str = "/quality/services/YZ27007";

/// Signed in under a name that is shown, alone or for somebody.
async fn named<'a>(town: &'a Town, name: &str, acting: Option<&str>) -> Browser<'a> {
    let now = town.clock.now();
    let id = || uuid::Builder::from_random_bytes(random::bytes().unwrap()).into_uuid();
    let acting = acting.map(|name| Acting {
        delegation: id().to_string().parse().unwrap(),
        principal: id(),
        kind: "person".to_owned(),
        name: name.to_owned(),
    });
    let signed = Signed {
        realm: Realm::Citizen,
        subject: id(),
        level: 3,
        methods: Vec::new(),
        proved_at: now,
        name: name.to_owned(),
        acting,
        role: None,
    };
    let (_, token) = town.db.tx(move |c| session::begin(c, now, &signed, "?")).await.unwrap();
    let browser = Browser::new(town);
    browser.set("session", token.cookie_value());
    browser
}

on_both_engines! {
    async fn a_page_for_everybody_carries_nobody_elses_name(town: Town) {
        let (lin, wang) = (named(&town, "林*", None).await, named(&town, "王*", Some("赵*")).await);
        let nobody = Browser::new(&town);
        for page in [GUIDE, QUALITY, "/", "/domains/D02", "/agencies", "/bulletins"] {
            // The first makes it, the others get it; the order changes from page to page, since each may be first.
            for _ in 0..2 {
                for (browser, own, strange) in
                    [(&lin, vec!["林*"], vec!["王*", "赵*"]), (&wang, vec!["王*", "赵*"], vec!["林*"]), (&nobody, vec![], vec!["林*", "王*", "赵*"])]
                {
                    let answer = browser.get(page).await.ok();
                    for name in own {
                        assert!(answer.body.contains(name), "{page}: {name}");
                    }
                    for name in strange {
                        assert!(!answer.body.contains(name), "{page}: {name}");
                    }
                    assert!(!answer.body.contains('\u{1}'), "{page}");
                    let way_in = answer.texts(".tools a").contains(&"登录".to_owned());
                    assert_eq!(way_in, std::ptr::eq(browser, &raw const nobody), "{page}");
                    assert_eq!(answer.texts("main").len(), 1);
                    assert_eq!(answer.header("cache-control"), "private, no-cache");
                }
            }
        }
        // Packed, it is the same.
        let plain = lin.get(GUIDE).await.ok().body;
        let request = town.client().get(town.url(GUIDE)).header("cookie", lin.all_cookies());
        let request = request.header("accept-language", "zh-CN").header("accept-encoding", "gzip");
        let packed = request.send().await.unwrap();
        assert_eq!(packed.headers()["content-encoding"], "gzip");
        let mut read = String::new();
        GzDecoder::new(&*packed.bytes().await.unwrap()).read_to_string(&mut read).unwrap();
        assert_eq!(read, plain);
        // Whoever signs out is nobody again, with the same cookie.
        let token = session::Token::from_cookie(&lin.cookie("session").unwrap());
        town.db.tx(move |c| session::end(c, &token)).await.unwrap();
        assert!(!lin.get(GUIDE).await.ok().body.contains("林*"));
        town.close().await;
    }

    /// A member of staff sees more on a public page; that is never what others get.
    async fn what_staff_see_is_kept_for_nobody(town: Town) {
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let lin = named(&town, "林*", None).await;
        for _ in 0..2 {
            desk.get(QUALITY).await.ok();
            assert!(!lin.get(QUALITY).await.ok().body.contains("/agency/"));
        }
        town.close().await;
    }

    /// What is counted at night is read once, and again when it has been counted or a minute has gone by.
    async fn what_is_counted_is_kept_for_a_minute(town: Town) {
        let lin = named(&town, "林*", None).await;
        let first = lin.get("/quality").await.ok().texts("main");
        town.sql("DROP TABLE score_rows").await;
        assert_eq!(lin.get("/quality").await.ok().texts("main"), first);
        assert_eq!(town.get("/quality").await.ok().texts("main"), first);
        town.clock.advance(TimeDelta::minutes(1));
        assert_eq!(lin.get("/quality").await.status, 500);
        town.close().await;
    }
}

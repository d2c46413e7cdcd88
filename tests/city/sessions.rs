//! Sessions in the database.

use chrono::TimeDelta;
use uuid::Uuid;
use yimen::{
    db::DbError,
    platform::Moment,
    web::session::{self, Realm, Signed, Token},
};

use crate::{
    on_both_engines,
    town::{Engine, Town},
};

fn signed(now: Moment, name: &str) -> Signed {
    Signed {
        realm: Realm::Citizen,
        subject: Uuid::nil(),
        level: 2,
        methods: vec!["pwd".to_owned()],
        proved_at: now,
        name: name.to_owned(),
        acting: None,
        role: None,
    }
}

on_both_engines! {
    async fn a_session_lives_while_it_is_used_and_not_for_ever(town: Town) {
        let now = town.clock.now();
        let (_, token) =
            town.db.tx(move |c| session::begin(c, now, &signed(now, "林*"), "?")).await.unwrap();
        let cookie = token.cookie_value().to_owned();
        let find = async |cookie: &str, realm: Realm| {
            let (now, token) = (town.clock.now(), Token::from_cookie(cookie));
            let found = town.db.read(move |c| session::find(c, now, realm, &token)).await.unwrap();
            found.map(|session| session.signed.name)
        };
        let touch = async |cookie: &str| {
            let (now, token) = (town.clock.now(), Token::from_cookie(cookie));
            town.db.tx(move |c| session::touch(c, now, Realm::Citizen, &token)).await.unwrap().is_some()
        };
        assert_eq!(find(&cookie, Realm::Citizen).await.as_deref(), Some("林*"));
        assert_eq!(find(&cookie, Realm::Staff).await, None);
        assert_eq!(find("somebody else's", Realm::Citizen).await, None);
        for _ in 0..35 {
            town.clock.advance(TimeDelta::minutes(20));
            assert!(touch(&cookie).await);
        }
        // Half a day is the longest, however much it is used.
        town.clock.advance(TimeDelta::minutes(20));
        assert_eq!(find(&cookie, Realm::Citizen).await, None);
        assert!(!touch(&cookie).await);
        town.close().await;
    }

    async fn an_ended_or_renewed_session_is_gone_at_once(town: Town) {
        let now = town.clock.now();
        let (old, new, other) = town.db.tx(move |c| {
            let (_, old) = session::begin(c, now, &signed(now, "a"), "?")?;
            let new = session::renew(c, now, &old, &signed(now, "b"))?.unwrap();
            assert!(session::renew(c, now, &old, &signed(now, "c"))?.is_none());
            let (_, other) = session::begin(c, now, &signed(now, "d"), "?")?;
            session::end(c, &other)?;
            Ok::<_, DbError>((old, new, other))
        }).await.unwrap();
        let found = town.db.read(move |c| {
            let mut name = |token: &Token| {
                Ok::<_, DbError>(session::find(c, now, Realm::Citizen, token)?.map(|it| it.signed.name))
            };
            Ok::<_, DbError>([name(&old)?, name(&new)?, name(&other)?])
        }).await.unwrap();
        assert_eq!(found, [None, Some("b".to_owned()), None]);
        town.close().await;
    }

    async fn a_person_sees_their_sessions_and_ends_them(town: Town) {
        let now = town.clock.now();
        let (mine, left) = town.db.tx(move |c| {
            let (first, _) = session::begin(c, now, &signed(now, "a"), "Firefox · Android")?;
            let (second, _) = session::begin(c, now, &signed(now, "a"), "Edge · Windows")?;
            let stranger = Signed { subject: Uuid::max(), ..signed(now, "z") };
            let (theirs, _) = session::begin(c, now, &stranger, "?")?;
            let mine = session::of(c, now, Realm::Citizen, Uuid::nil())?;
            // Another person's session is not ended by knowing its name.
            assert!(session::end_of(c, Realm::Citizen, Uuid::nil(), Some(theirs), None)?.is_empty());
            assert_eq!(session::end_of(c, Realm::Citizen, Uuid::nil(), None, Some(second))?, [first]);
            Ok::<_, DbError>((mine, session::of(c, now, Realm::Citizen, Uuid::max())?))
        }).await.unwrap();
        assert_eq!((mine.len(), left.len()), (2, 1));
        town.close().await;
    }

    async fn what_is_over_is_swept_and_the_table_signs_nobody_in(town: Town) {
        let now = town.clock.now();
        let (_, token) =
            town.db.tx(move |c| session::begin(c, now, &signed(now, "林*"), "?")).await.unwrap();
        let stored: Vec<Vec<u8>> = town.db
            .read(|c| {
                use diesel::prelude::*;
                use yimen::db::schema::sessions;
                sessions::table.select(sessions::token_hash).load(c).map_err(DbError::from)
            })
            .await
            .unwrap();
        assert_ne!(stored, [token.cookie_value().as_bytes().to_vec()]);
        // For a day it is still known whose answers were set aside.
        town.pass(TimeDelta::hours(26)).await;
        let left = town.db
            .read(|c| {
                use diesel::prelude::*;
                use yimen::db::schema::sessions;
                sessions::table.count().get_result::<i64>(c).map_err(DbError::from)
            })
            .await
            .unwrap();
        assert_eq!(left, 0);
        town.close().await;
    }
}

/// No cookie can be read by script or is sent by others' forms, and over HTTPS all of them belong to this very host.
#[actix_web::test]
async fn cookies_are_kept_from_scripts_and_from_other_hosts() {
    let settings = [("YIMEN_SERVER_PUBLIC_URL", "https://yunzhou.example")];
    let town = Town::open_with(Engine::Sqlite, &settings).await;
    let plain = Town::open(Engine::Sqlite).await;
    let answer = town.get("/sign-in").await.ok();
    let hsts = answer.header("strict-transport-security");
    assert!(hsts.contains("max-age=31536000") && hsts.contains("includeSubDomains"), "{hsts}");
    assert!(plain.get("/sign-in").await.ok().headers.get("strict-transport-security").is_none());
    let now = town.clock.now();
    let (_, token) = town.db.tx(move |c| session::begin(c, now, &signed(now, "林*"), "?")).await.unwrap();
    let cookie = format!("__Host-session={}", token.cookie_value());
    // The prefixed name is the only one that counts.
    let client = town.client();
    let me = town.ask(client.get(town.url("/me/acting")).header("cookie", &cookie)).await;
    assert_ne!(me.header("location"), "/sign-in?next=%2Fme%2Facting");
    let bare = cookie.replace("__Host-", "");
    let turned_away = town.ask(client.get(town.url("/me/acting")).header("cookie", &bare)).await;
    assert_eq!(turned_away.header("location"), "/sign-in?next=%2Fme%2Facting");
    let mut seen = Vec::new();
    for path in ["/sign-in", "/register", "/staff/sign-in", "/sign-out", "/about?lang=en"] {
        let answer = town.ask(client.get(town.url(path)).header("cookie", &cookie)).await;
        for set in answer.headers.get_all("set-cookie") {
            let set = set.to_str().unwrap();
            let name = set.split('=').next().unwrap().to_owned();
            assert!(
                set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Secure"),
                "{set}"
            );
            assert!(set.contains("Path=/") && !set.contains("Domain"), "{set}");
            assert!(name.starts_with("__Host-"), "{set}");
            seen.push(name);
        }
    }
    assert!(seen.contains(&"__Host-look".to_owned()) && seen.len() > 1, "{seen:?}");
    for town in [town, plain] {
        town.close().await;
    }
}

//! Sessions in the database.

use chrono::TimeDelta;
use yimen::{
    db::DbError,
    web::session::{self, Terms, Token},
};

use crate::on_both_engines;

const TERMS: Terms = Terms { idle: TimeDelta::minutes(30), longest: TimeDelta::hours(2) };

on_both_engines! {
    async fn a_session_lives_while_it_is_used_and_not_for_ever(town: Town) {
        let now = town.clock.now();
        let token = town.db.tx(move |c| session::begin(c, now, TERMS, &"lin")).await.unwrap();
        let cookie = token.cookie_value().to_owned();
        let find = async |cookie: &str| {
            let (now, token) = (town.clock.now(), Token::from_cookie(cookie));
            town.db.read(move |c| session::find::<String>(c, now, &token)).await.unwrap()
        };
        let touch = async |cookie: &str| {
            let (now, token) = (town.clock.now(), Token::from_cookie(cookie));
            town.db.tx(move |c| session::touch(c, now, TERMS, &token)).await.unwrap()
        };
        assert_eq!(find(&cookie).await.as_deref(), Some("lin"));
        assert_eq!(find("somebody else's").await, None);
        for _ in 0..5 {
            town.clock.advance(TimeDelta::minutes(20));
            assert!(touch(&cookie).await);
        }
        // Two hours are the longest, however much it is used.
        town.clock.advance(TimeDelta::minutes(20));
        assert_eq!(find(&cookie).await, None);
        assert!(!touch(&cookie).await);
        town.close().await;
    }

    async fn an_ended_or_renewed_session_is_gone_at_once(town: Town) {
        let now = town.clock.now();
        let (old, new, other) = town.db.tx(move |c| {
            let old = session::begin(c, now, TERMS, &1)?;
            let new = session::renew(c, now, TERMS, &old, &2)?;
            let other = session::begin(c, now, TERMS, &3)?;
            session::end(c, &other)?;
            Ok::<_, DbError>((old, new, other))
        }).await.unwrap();
        let found = town.db.read(move |c| {
            Ok::<_, DbError>([
                session::find::<i32>(c, now, &old)?,
                session::find(c, now, &new)?,
                session::find(c, now, &other)?,
            ])
        }).await.unwrap();
        assert_eq!(found, [None, Some(2), None]);
        town.close().await;
    }

    async fn what_is_over_is_swept_and_the_table_signs_nobody_in(town: Town) {
        let now = town.clock.now();
        let token = town.db.tx(move |c| session::begin(c, now, TERMS, &"lin")).await.unwrap();
        let stored: Vec<Vec<u8>> = town.db
            .read(|c| {
                use diesel::prelude::*;
                use yimen::db::schema::sessions;
                sessions::table.select(sessions::token_hash).load(c).map_err(DbError::from)
            })
            .await
            .unwrap();
        assert_ne!(stored, [token.cookie_value().as_bytes().to_vec()]);
        town.pass(TimeDelta::hours(1)).await;
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

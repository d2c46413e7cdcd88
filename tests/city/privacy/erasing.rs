//! Leaving the portal: what is erased is gone, and what was encrypted opens nowhere else.

use super::*;
use crate::on_both_engines;

async fn ask_to_be_erased(lin: &Browser<'_>) {
    let sent = lin.submit("/me/privacy/erase", &[("sure", "yes")]).await;
    assert_eq!((sent.status, sent.location().as_str()), (303, "/me/privacy?erasing=1"), "{}", sent.body);
}

on_both_engines! {
    async fn erasing_needs_a_fresh_proof_and_a_tick_and_can_be_stopped(town: Town) {
        let lin = town.newcomer(PHONE).await;
        let page = lin.get("/me/privacy/erase").await.ok();
        for words in ["个人信息保护法", "2026年11月27日", "谁看过您的数据"] {
            assert!(page.body.contains(words), "{words}");
        }
        let unsure = lin.submit("/me/privacy/erase", &[]).await;
        assert_eq!(unsure.status, 422);
        ask_to_be_erased(&lin).await;
        let waits = lin.get("/me/privacy").await.ok();
        assert!(waits.body.contains("您的数据等待删除"));
        let stopped = lin.answer(&waits, "/me/privacy/erase/stop", &[]).await;
        assert_eq!(stopped.location(), "/me/privacy?stopped=1");

        let page = lin.get("/me/privacy/erase").await.ok();
        town.clock.advance(TimeDelta::minutes(10));
        assert_eq!(lin.get("/me/privacy/erase").await.location(), "/me/prove?next=%2Fme%2Fprivacy%2Ferase");
        let late = lin.answer(&page, "/me/privacy/erase", &[("sure", "yes")]).await;
        assert!(late.location().starts_with("/me/prove?next=%2Fresume%2F"), "{}", late.location());
        assert!(!lin.get("/me/privacy").await.ok().body.contains("您的数据等待删除"));
        // What was stopped is not carried out when its time comes.
        town.pass(TimeDelta::days(8)).await;
        let left: i64 = town.db
            .read(|c| contact_points::table.count().get_result(c).map_err(DbError::from)).await.unwrap();
        assert_eq!(left, 1);
        town.told().await;
        town.close().await;
    }

    async fn an_erased_person_is_gone_and_the_ledger_is_whole(town: Town) {
        let other = town.newcomer("13800000002").await;
        let lin = town.newcomer(PHONE).await;
        let me = latest(&town).await;
        look_at(&town, me, "办理换证").await;
        give(&town, me, "tax", &["name"]).await;
        ask_to_be_erased(&lin).await;
        ask_to_be_erased(&lin).await;
        town.pass(TimeDelta::days(7) - TimeDelta::minutes(1)).await;
        assert!(is_given(&town, me, "tax").await, "not before its time");
        town.pass(TimeDelta::minutes(1)).await;
        town.pass(TimeDelta::seconds(10)).await;

        assert_eq!(lin.get("/me").await.status, 303, "signed out");
        assert!(!is_given(&town, me, "tax").await);
        let ring = Arc::clone(&town.portal().site.keys);
        let read = Arc::clone(&ring);
        let looks = town.db.read(move |c| ledger::seen(c, &read, &ledger::own(me), 0, 9)).await;
        assert!(matches!(looks, Err(LedgerError::Erased)), "what was said of them cannot be read any more");
        let report = ledger::verify(&town.db, &ring, None).await.unwrap();
        assert!(report.is_fine() && report.sealed >= 2, "{report:?}");
        // Their number is free, nothing is found of them, and nobody else lost anything.
        let left: i64 = town.db
            .read(|c| contact_points::table.count().get_result(c).map_err(DbError::from)).await.unwrap();
        assert_eq!(left, 1);
        let state: (String, Option<ledger::Private>) = town.db
            .read(move |c| {
                let me = citizens::table.filter(citizens::id.eq(me));
                me.select((citizens::state, citizens::name)).first(c).map_err(DbError::from)
            })
            .await
            .unwrap();
        assert_eq!(state, ("erased".to_owned(), None));
        drop(other);
        town.newcomer(PHONE).await;
        town.told().await;
        town.close().await;
    }

    /// What is encrypted for one person is nothing for another, and in another column neither.
    async fn an_encrypted_value_opens_only_where_it_was_put(town: Town) {
        let lin = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        let wang = citizen(&town, "王建", "13800000002", "990101195806010026").await;
        let ring = keys(&town);
        town.db.read(move |c| {
            let name = |c: &mut yimen::db::Conn, whose| -> Private {
                citizens::table.filter(citizens::id.eq(whose)).select(citizens::name).first::<Option<Private>>(c).unwrap().unwrap()
            };
            let (of_lin, own, other) = (name(c, lin), ledger::own(lin), ledger::own(wang));
            assert_eq!(own.open(c, &ring, "citizens.name", &of_lin).unwrap(), "林晓");
            assert!(other.open(c, &ring, "citizens.name", &of_lin).is_err(), "for another person");
            assert!(own.open(c, &ring, "contact_points.value", &of_lin).is_err(), "in another column");
            Ok::<_, DbError>(())
        }).await.unwrap();
        // Moved in the database itself, it is an error and never somebody else's name.
        let mine = format!("{}", lin.uuid().simple());
        let theirs = format!("{}", wang.uuid().simple());
        let literal = |hex: &str| match town.db.engine() {
            db::Engine::Sqlite => format!("x'{hex}'"),
            db::Engine::Postgres => format!("'\\x{hex}'::bytea"),
        };
        town.sql(&format!(
            "UPDATE citizens SET name = (SELECT name FROM citizens WHERE id = {}) WHERE id = {}",
            literal(&mine),
            literal(&theirs)
        ))
        .await;
        let ring = keys(&town);
        let read = town.db.read(move |c| yimen::accounts::details(c, &ring, &ledger::own(wang))).await;
        assert!(read.is_err(), "{read:?}");
        town.close().await;
    }
}

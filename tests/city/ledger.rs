//! The ledger under attack: whoever has the database, but not the keys, changes nothing unnoticed.

mod sealing;

use std::sync::Arc;

use chrono::TimeDelta;
use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::BigInt};
use futures_util::future::join_all;
use sha2::{Digest as _, Sha256};
use yimen::{
    db::{self, Conn, DbError},
    ledger::{self, Actor, Basis, CitizenId, Fault, Finding, LedgerError, Look, Published, Purpose, Report},
    platform::keys::KeyRing,
};

use crate::{
    on_both_engines,
    town::{
        Engine, Town,
        program::{ended, yimen},
    },
};

fn ring(town: &Town) -> Arc<KeyRing> {
    Arc::clone(&town.portal().site.keys)
}

/// Somebody with a key, and so many looks at them, sealed three at a time.
async fn looked_at(town: &Town, looks: usize) -> CitizenId {
    let citizen = CitizenId::new();
    let (ring, now) = (ring(town), town.clock.now());
    town.db.tx(move |c| ledger::new_key(c, &ring, now, citizen)).await.unwrap();
    for number in 0..looks {
        look_at(town, citizen, &format!("案件 {number}")).await;
        if number % 3 == 2 {
            town.pass(TimeDelta::seconds(10)).await;
        }
    }
    town.pass(TimeDelta::seconds(10)).await;
    citizen
}

async fn look_at(town: &Town, citizen: CitizenId, detail: &str) {
    town.clock.advance(TimeDelta::milliseconds(7));
    let (ring, now, detail) = (ring(town), town.clock.now(), detail.to_owned());
    town.db
        .tx(move |c| {
            let look = Look {
                citizen,
                actor: Actor::Agency("traffic-police".to_owned()),
                purpose: Purpose::Service,
                basis: Basis::Duty,
                fields: &["name", "identity-number"],
                detail: Some(&detail),
            };
            ledger::look(c, &ring, now, &look).map(drop)
        })
        .await
        .unwrap();
}

async fn report(town: &Town) -> Report {
    ledger::verify(&town.db, &ring(town), None).await.unwrap()
}

async fn report_against(town: &Town, published: Published) -> Report {
    ledger::verify(&town.db, &ring(town), Some(published)).await.unwrap()
}

async fn published(town: &Town) -> Published {
    serde_json::from_str(&town.get("/open/ledger-heads.json").await.ok().body).unwrap()
}

fn names(report: &Report, position: i64, fault: Fault) -> bool {
    report.findings.iter().any(|finding| {
        finding.fault == fault
            && finding.position.is_some_and(|from| (from..=finding.to.unwrap_or(from)).contains(&position))
    })
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

async fn count(town: &Town, of: &str) -> i64 {
    let query = format!("SELECT count(*) AS count FROM {of}");
    let counted = town.db.read(move |c| sql_query(query).get_result::<Count>(c).map_err(DbError::from));
    counted.await.unwrap().count
}

/// Does the damage in a transaction, verifies, and undoes it by putting the old rows back.
struct Backup;

impl Backup {
    const TABLES: [&str; 4] = ["looks", "chain", "chain_heads", "chain_keys"];

    async fn make(town: &Town) -> Self {
        for table in Self::TABLES {
            town.sql(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
        }
        Self
    }

    async fn restore(&self, town: &Town) {
        for table in Self::TABLES {
            town.sql(&format!("DELETE FROM {table}")).await;
            town.sql(&format!("INSERT INTO {table} SELECT * FROM kept_{table}")).await;
        }
    }
}

/// An expression that changes a value of any kind, for both engines.
fn bent(town: &Town, column: &str, kind: &str) -> String {
    let sqlite = town.db.engine() == db::Engine::Sqlite;
    match kind {
        "bytes" if sqlite => format!(
            "CAST((CASE substr({column}, 1, 1) WHEN x'00' THEN x'01' ELSE x'00' END) || substr({column}, 2) AS BLOB)"
        ),
        "bytes" => format!("set_byte({column}, 0, (get_byte({column}, 0) + 1) % 256)"),
        "text" => format!("{column} || 'x'"),
        "json" => format!("replace({column}, 'name', 'phone')"),
        "time" if sqlite => format!("strftime('%Y-%m-%d %H:%M:%f', {column}, '+1 seconds')"),
        "time" => format!("{column} + interval '1 second'"),
        "number" => format!("{column} + 1000"),
        other => panic!("{other}"),
    }
}

on_both_engines! {
    async fn every_look_is_on_the_chain_within_seconds_and_all_is_well(town: Town) {
        let citizen = looked_at(&town, 7).await;
        let fine = report(&town).await;
        assert!(fine.is_fine(), "{fine:?}");
        assert_eq!((fine.sealed, fine.position, fine.waiting, fine.heads), (7, 7, 0, 3));
        // What waits for the sealer is no fault, and ten seconds later it waits no more.
        look_at(&town, citizen, "new").await;
        let waits = report(&town).await;
        assert!(waits.is_fine() && waits.waiting == 1, "{waits:?}");
        town.pass(TimeDelta::seconds(10)).await;
        assert_eq!(report(&town).await.sealed, 8);
        // A look that is undone with its transaction leaves nothing.
        let (ring, now) = (ring(&town), town.clock.now());
        let undone: Result<(), LedgerError> = town.db.tx(move |c| {
            let look = Look {
                citizen, actor: Actor::Portal("test"), purpose: Purpose::Notify, basis: Basis::Consent,
                fields: &["phone"], detail: None,
            };
            ledger::look(c, &ring, now, &look)?;
            Err(LedgerError::Sealed)
        }).await;
        assert!(undone.is_err());
        assert_eq!(count(&town, "looks").await, 8);
        town.close().await;
    }

    async fn a_destroyed_key_leaves_the_chain_verifiable(town: Town) {
        let citizen = looked_at(&town, 4).await;
        let now = town.clock.now();
        town.db.tx(move |c| ledger::destroy_key(c, now, citizen)).await.unwrap();
        let after = report(&town).await;
        assert!(after.is_fine() && after.sealed == 4, "{after:?}");
        town.close().await;
    }

    /// Every column of every row that the ledger consists of, one after another.
    async fn whatever_is_flipped_is_named(town: Town) {
        looked_at(&town, 7).await;
        let backup = Backup::make(&town).await;
        let columns = [
            ("looks", "citizen_id", "bytes"), ("looks", "id", "bytes"), ("looks", "at", "time"),
            ("looks", "actor_kind", "text"), ("looks", "actor", "text"), ("looks", "purpose", "text"),
            ("looks", "basis", "text"), ("looks", "fields", "json"), ("looks", "detail", "bytes"),
            ("looks", "mac", "bytes"), ("looks", "position", "number"),
            ("chain", "citizen_id", "bytes"), ("chain", "look_id", "bytes"), ("chain", "hash", "bytes"),
            ("chain", "sealed_at", "time"), ("chain", "mac", "bytes"),
        ];
        for (table, column, kind) in columns {
            for position in [1, 4, 7] {
                let bent = bent(&town, column, kind);
                town.sql(&format!("UPDATE {table} SET {column} = {bent} WHERE position = {position}")).await;
                let found = report(&town).await;
                let named = found.findings.iter().filter(|finding| finding.position == Some(position)).count();
                assert!(named > 0, "{table}.{column} at {position}: {:?}", found.findings);
                // What is beside it stays above suspicion, but for a place that is claimed wrongly.
                let others: Vec<&Finding> = found.findings.iter()
                    .filter(|finding| finding.position.is_some_and(|at| at != position && at < 1000))
                    .collect();
                assert!(others.is_empty(), "{table}.{column} at {position}: {others:?}");
                backup.restore(&town).await;
            }
        }
        for (column, kind) in [("hash", "bytes"), ("at", "time"), ("key_id", "text"), ("signature", "bytes"), ("previous", "number")] {
            for position in [3, 7] {
                let bent = bent(&town, column, kind);
                town.sql(&format!("UPDATE chain_heads SET {column} = {bent} WHERE position = {position}")).await;
                assert!(names(&report(&town).await, position, Fault::HeadWrong), "chain_heads.{column}");
                backup.restore(&town).await;
            }
        }
        for (column, kind) in [("id", "text"), ("public_key", "bytes"), ("sealed_key", "bytes"), ("created_at", "time")] {
            let bent = bent(&town, column, kind);
            town.sql(&format!("UPDATE chain_keys SET {column} = {bent}")).await;
            let found = report(&town).await;
            assert!(found.findings.iter().any(|finding| finding.fault == Fault::KeyWrong), "chain_keys.{column}");
            backup.restore(&town).await;
        }
        assert!(report(&town).await.is_fine());
        town.close().await;
    }

    async fn whatever_is_dropped_is_named(town: Town) {
        looked_at(&town, 7).await;
        let backup = Backup::make(&town).await;
        for position in 1..=7 {
            town.sql(&format!("DELETE FROM looks WHERE position = {position}")).await;
            let found = report(&town).await;
            assert!(names(&found, position, Fault::Dropped) && found.findings.len() == 1, "{found:?}");
            backup.restore(&town).await;

            town.sql(&format!("DELETE FROM chain WHERE position = {position}")).await;
            let found = report(&town).await;
            let fault = if position == 7 { Fault::Truncated } else { Fault::Missing };
            assert!(names(&found, position, fault), "{found:?}");
            assert!(names(&found, position, Fault::NotChained), "the entry itself is still there: {found:?}");
            backup.restore(&town).await;

            town.sql(&format!("DELETE FROM looks WHERE position = {position}")).await;
            town.sql(&format!("DELETE FROM chain WHERE position = {position}")).await;
            let found = report(&town).await;
            assert!(names(&found, position, fault) && found.findings.len() == 1, "{found:?}");
            backup.restore(&town).await;
        }
        for position in [3, 6, 7] {
            town.sql(&format!("DELETE FROM chain_heads WHERE position = {position}")).await;
            assert!(names(&report(&town).await, position, Fault::HeadMissing), "head {position}");
            backup.restore(&town).await;
        }
        town.sql("DELETE FROM chain_keys").await;
        assert!(!report(&town).await.is_fine());
        town.close().await;
    }

    async fn two_that_are_exchanged_are_both_named(town: Town) {
        looked_at(&town, 7).await;
        let backup = Backup::make(&town).await;
        for (one, other) in [(1, 2), (2, 6), (6, 7)] {
            let swap = |table: &str| [
                format!("UPDATE {table} SET position = -1 WHERE position = {one}"),
                format!("UPDATE {table} SET position = {one} WHERE position = {other}"),
                format!("UPDATE {table} SET position = {other} WHERE position = -1"),
            ];
            // In the entries only, on the chain only, and in both as a careful attacker would.
            for tables in [&["looks"][..], &["chain"], &["looks", "chain"]] {
                for table in tables {
                    for statement in swap(table) {
                        town.sql(&statement).await;
                    }
                }
                let found = report(&town).await;
                for position in [one, other] {
                    assert!(found.findings.iter().any(|it| it.position == Some(position)), "{tables:?}: {found:?}");
                }
                backup.restore(&town).await;
            }
        }
        town.close().await;
    }

    async fn a_tail_that_is_cut_off_is_missed(town: Town) {
        looked_at(&town, 7).await;
        let kept = published(&town).await;
        assert!(report_against(&town, kept.clone()).await.is_fine());
        let backup = Backup::make(&town).await;
        for from in [1, 4, 7] {
            town.sql(&format!("DELETE FROM looks WHERE position >= {from}")).await;
            town.sql(&format!("DELETE FROM chain WHERE position >= {from}")).await;
            let found = report(&town).await;
            for position in from..=7 {
                assert!(names(&found, position, Fault::Truncated), "{found:?}");
            }
            // With the heads gone too, only a published copy can tell; it does.
            town.sql(&format!("DELETE FROM chain_heads WHERE position >= {from}")).await;
            let found = report_against(&town, kept.clone()).await;
            assert!(names(&found, 7, Fault::Truncated), "{found:?}");
            assert!(names(&found, 7, Fault::Published), "{found:?}");
            backup.restore(&town).await;
        }
        town.close().await;
    }

    /// The sealer goes on after a cut tail; what is missing stays to be seen.
    async fn new_entries_do_not_cover_a_cut_tail(town: Town) {
        let citizen = looked_at(&town, 7).await;
        town.sql("DELETE FROM looks WHERE position >= 5").await;
        town.sql("DELETE FROM chain WHERE position >= 5").await;
        look_at(&town, citizen, "afterwards").await;
        town.pass(TimeDelta::seconds(10)).await;
        let found = report(&town).await;
        assert_eq!(found.position, 8);
        for position in 5..=7 {
            assert!(names(&found, position, Fault::Missing), "{found:?}");
        }
        assert!(!names(&found, 8, Fault::Broken) && !names(&found, 8, Fault::Moved), "{found:?}");
        town.close().await;
    }

    /// With the database and the program, but without the ring: drop an entry, close the gap, hash everything
    /// anew, and bring in a key of one's own.
    async fn a_chain_made_anew_without_the_ring_is_not_believed(town: Town) {
        looked_at(&town, 7).await;
        let kept = published(&town).await;
        let foreign = Arc::new(KeyRing::fresh().unwrap());
        town.sql("DELETE FROM looks WHERE position = 4").await;
        town.sql("DELETE FROM chain").await;
        town.sql("DELETE FROM chain_heads").await;
        town.sql("DELETE FROM chain_keys").await;
        town.sql("UPDATE looks SET position = NULL").await;
        let now = town.clock.now();
        town.db.tx(move |c| ledger::seal_waiting(c, &foreign, now)).await.unwrap();
        let found = report(&town).await;
        assert!(names(&found, 1, Fault::Moved), "{found:?}");
        assert!(found.findings.iter().any(|finding| finding.fault == Fault::KeyWrong), "{found:?}");
        assert!(names(&found, 6, Fault::HeadWrong), "{found:?}");
        let found = report_against(&town, kept).await;
        assert!(names(&found, 7, Fault::Published), "{found:?}");
        town.close().await;
    }

    async fn a_forged_entry_is_named_before_and_after_it_is_sealed(town: Town) {
        let citizen = looked_at(&town, 2).await;
        let id = if town.db.engine() == db::Engine::Sqlite { "zeroblob(16)" } else { "decode(repeat('00', 16), 'hex')" };
        town.sql(&format!(
            "INSERT INTO looks SELECT citizen_id, {id}, at, actor_kind, 'registry', purpose, basis, fields, detail, \
             mac, NULL FROM looks WHERE position = 1"
        )).await;
        let found = report(&town).await;
        assert!(found.findings.iter().any(|it| it.fault == Fault::Changed && it.about.is_some()), "{found:?}");
        look_at(&town, citizen, "another").await;
        town.pass(TimeDelta::seconds(10)).await;
        assert!(names(&report(&town).await, 3, Fault::Changed));
        town.close().await;
    }

    async fn an_entry_that_is_kept_off_the_chain_is_named(town: Town) {
        let citizen = looked_at(&town, 2).await;
        town.sql("UPDATE looks SET position = 99 WHERE position = 2").await;
        town.sql("DELETE FROM chain WHERE position = 2").await;
        town.sql("DELETE FROM chain_heads").await;
        assert!(names(&report(&town).await, 99, Fault::NotChained));
        town.sql("UPDATE looks SET position = -3 WHERE position = 99").await;
        town.clock.advance(TimeDelta::hours(1));
        look_at(&town, citizen, "later").await;
        town.pass(TimeDelta::seconds(10)).await;
        town.sql("UPDATE looks SET position = NULL WHERE position = -3").await;
        let found = report(&town).await;
        assert!(found.findings.iter().any(|it| it.fault == Fault::LeftOut), "{found:?}");
        town.close().await;
    }
}

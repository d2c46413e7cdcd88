//! Sealing while everything goes on, and checking from outside.

use super::*;
use crate::on_both_engines;

on_both_engines! {
    /// However many seal at once, every entry gets one place and the chain does not fork.
    async fn sealers_that_run_at_once_do_not_fork_the_chain(town: Town) {
        let citizen = looked_at(&town, 1).await;
        for round in 0..4 {
            for number in 0..5 {
                look_at(&town, citizen, &format!("{round}/{number}")).await;
            }
            let runs = (0..4).map(|_| {
                let (db, ring, now) = (town.db.clone(), ring(&town), town.clock.now());
                async move { db.tx(move |c: &mut Conn| ledger::seal_waiting(c, &ring, now)).await }
            });
            let sealed: usize = join_all(runs).await.into_iter().map(Result::unwrap_or_default).sum();
            assert_eq!(sealed, 5, "the others are undone or find nothing left");
        }
        let fine = report(&town).await;
        assert!(fine.is_fine() && fine.sealed == 21, "{fine:?}");
        town.close().await;
    }

    async fn a_backlog_is_sealed_in_several_runs(town: Town) {
        let citizen = looked_at(&town, 0).await;
        let (keys, now) = (ring(&town), town.clock.now());
        town.db.tx(move |c| {
            for _ in 0..1203 {
                let look = Look {
                    citizen, actor: Actor::Portal("test"), purpose: Purpose::Notify, basis: Basis::Consent,
                    fields: &["phone"], detail: None,
                };
                ledger::look(c, &keys, now, &look)?;
            }
            Ok::<_, LedgerError>(())
        }).await.unwrap();
        town.pass(TimeDelta::seconds(10)).await;
        let fine = report(&town).await;
        assert!(fine.is_fine(), "{:?}", &fine.findings[..fine.findings.len().min(5)]);
        assert_eq!((fine.sealed, fine.heads, fine.waiting), (1203, 3, 0));
        town.close().await;
    }

    /// Anybody can check a published head with nothing but the file.
    async fn heads_are_published_and_can_be_checked_by_anyone(town: Town) {
        looked_at(&town, 7).await;
        let file = published(&town).await;
        assert_eq!(file.heads.iter().map(|head| (head.position, head.previous)).collect::<Vec<_>>(), [(7, 6), (6, 3), (3, 0)]);
        assert_eq!(file.algorithm, "ES256");
        assert_eq!(file.keys.len(), 1);
        let decode = |text: &str| {
            use base64::Engine as _;
            base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()
        };
        let point = decode(&file.keys[0].public);
        assert_eq!(decode(&file.keys[0].id), Sha256::digest(&point)[..12]);
        let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).unwrap();
        for head in &file.heads {
            use p256::ecdsa::signature::Verifier as _;
            let said = format!(
                "yimen ledger head 1\n{}\n{}\n{}\n{}\n{}\n", head.position, head.previous, head.hash, head.micros, head.key
            );
            let signature = p256::ecdsa::Signature::from_slice(&decode(&head.signature)).unwrap();
            key.verify(said.as_bytes(), &signature).unwrap();
        }
        let earlier: Published = serde_json::from_str(&town.get("/open/ledger-heads.json?before=6").await.ok().body).unwrap();
        assert_eq!(earlier.heads.len(), 1);
        assert_eq!(town.get("/open/ledger-heads.json?before=x").await.status, 400);
        // A file that was itself tampered with is not taken for the truth.
        let mut forged = file.clone();
        forged.heads[0].position = 9;
        let found = report_against(&town, forged).await;
        assert!(names(&found, 9, Fault::HeadWrong) && found.findings.len() == 1, "{found:?}");
        town.close().await;
    }
}

/// SQLite takes any value in any column: one that cannot be read is named too.
#[actix_web::test]
async fn a_row_that_cannot_be_read_is_named() {
    let town = Town::open(Engine::Sqlite).await;
    looked_at(&town, 7).await;
    town.sql("UPDATE looks SET at = 'garbage' WHERE position = 4").await;
    let found = report(&town).await;
    assert!(names(&found, 4, Fault::Unreadable) && found.findings.len() == 1, "{found:?}");
    town.close().await;
}

/// What an operator types, beside a running city: 0 for a whole ledger, 1 and the position for any other.
#[actix_web::test]
async fn the_command_line_names_the_position_of_what_was_done_to_the_ledger() {
    let town = Town::open(Engine::Sqlite).await;
    looked_at(&town, 7).await;
    let folder = tempfile::TempDir::new().unwrap();
    let verify = |more: &[&str]| {
        let arguments: Vec<&str> = ["ledger", "verify"].iter().chain(more).copied().collect();
        let environment = [
            ("YIMEN_DATABASE_URL", town.config.database.url.as_str().to_owned()),
            ("YIMEN_KEYS_FILE", town.config.keys.display().to_string()),
        ];
        ended(yimen(folder.path(), &arguments).envs(environment))
    };
    let (status, said, _) = verify(&[]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("7 entries on the chain up to position 7") && said.contains("is whole"), "{said}");
    let backup = Backup::make(&town).await;
    let cut = ["looks", "chain"].map(|table| format!("DELETE FROM {table} WHERE position > 5"));
    let flip = vec!["UPDATE looks SET purpose = 'notify' WHERE position = 4".to_owned()];
    let drop = vec!["DELETE FROM looks WHERE position = 3".to_owned()];
    let steps = [(-1, 2), (2, 6), (6, -1)];
    let exchange = ["looks", "chain"].iter().flat_map(|table| {
        steps.map(|(to, from)| format!("UPDATE {table} SET position = {to} WHERE position = {from}"))
    });
    for (what, statements, positions) in [
        ("flipped", flip, &[4_i64][..]),
        ("dropped", drop, &[3]),
        ("reordered", exchange.collect(), &[2, 6]),
        ("truncated", cut.to_vec(), &[6]),
    ] {
        for statement in &statements {
            town.sql(statement).await;
        }
        let (status, said, _) = verify(&[]);
        assert_eq!(status, 1, "{what}: {said}");
        for position in positions {
            let named = said.lines().any(|line| {
                line.starts_with(&format!("position {position}: "))
                    || line.starts_with(&format!("positions {position} to "))
            });
            assert!(named, "{what} at {position}: {said}");
        }
        assert!(said.contains("tampered with"), "{what}: {said}");
        let (status, told, _) = verify(&["--json"]);
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!((status, told["ok"].as_bool()), (1, Some(false)), "{what}");
        let named = told["findings"].as_array().unwrap().iter().map(|it| it["position"].as_i64());
        assert!(named.flatten().any(|position| position == positions[0]), "{what}: {told}");
        backup.restore(&town).await;
    }
    assert_eq!(verify(&[]).0, 0, "put back, it is whole");
    assert_eq!(verify(&["--heads", "nowhere.json"]).0, 2);
    town.close().await;
}

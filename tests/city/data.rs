//! The database room: both engines alike.

use std::{collections::BTreeMap, fs, path::PathBuf};

use diesel::{
    Connection as _, PgConnection, QueryableByName, SqliteConnection, connection::SimpleConnection as _,
    prelude::*, sql_query, sql_types::Text,
};
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};
use tempfile::TempDir;
use yimen::{
    db::{Conn, Db, DbError, MigrateError, OpenError, Stamp, announce, schema::schedules},
    platform::config::DatabaseConfig,
    upsert,
};

use crate::{
    on_both_engines,
    town::{Engine, Town, opening, template},
};

fn tick(c: &mut Conn, name: &str) -> Result<(), DbError> {
    let row = (schedules::name.eq(name), schedules::last_tick.eq(Stamp::from(opening())));
    diesel::insert_into(schedules::table).values(row).execute(c)?;
    Ok(())
}

fn names(c: &mut Conn) -> Result<Vec<String>, DbError> {
    Ok(schedules::table.order(schedules::name).select(schedules::name).load(c)?)
}

on_both_engines! {
    async fn a_transaction_that_fails_leaves_nothing_and_says_nothing(town: Town) {
        let mut heard = town.db.announcements();
        let failed: Result<(), DbError> = town.db.tx(|c| {
            tick(c, "a")?;
            announce(c, "never");
            tick(c, "a")
        }).await;
        assert!(matches!(failed, Err(DbError::Conflict(_))), "{failed:?}");
        let panicked: Result<(), DbError> = town.db.tx(|c| { tick(c, "b")?; panic!("a bug") }).await;
        assert!(matches!(panicked, Err(DbError::Panicked)), "{panicked:?}");
        town.db.tx(|c| { announce(c, "said"); tick(c, "c") }).await.unwrap();
        assert_eq!(town.db.read(names).await.unwrap(), ["c"]);
        assert_eq!(heard.try_recv().unwrap(), "said");
        assert!(heard.try_recv().is_err());
        town.close().await;
    }

    /// Transactions that share a commit must not share a failure.
    async fn many_at_once_each_stand_for_themselves(town: Town) {
        let asked = (0..200).map(|number| {
            let db = town.db.clone();
            async move {
                db.tx(move |c| {
                    tick(c, &format!("{number:03}"))?;
                    if number % 3 == 0 { Err(DbError::Busy) } else { Ok(()) }
                }).await
            }
        });
        let answers = futures_util::future::join_all(asked).await;
        for (number, answer) in answers.iter().enumerate() {
            assert_eq!(answer.is_err(), number % 3 == 0, "{number}: {answer:?}");
        }
        let expected: Vec<_> = (0..200).filter(|n| n % 3 != 0).map(|n| format!("{n:03}")).collect();
        assert_eq!(town.db.read(names).await.unwrap(), expected);
        town.close().await;
    }

    async fn a_reader_cannot_write(town: Town) {
        let refused = town.db.read(|c| tick(c, "a")).await;
        assert!(matches!(refused, Err(DbError::Query(_))), "{refused:?}");
        assert!(town.db.read(names).await.unwrap().is_empty());
        town.close().await;
    }

    /// A database error must never look like "there is nothing".
    async fn an_error_is_an_error(town: Town) {
        let broken = town.db.read(|c| sql_query("SELECT nothing FROM nowhere").execute(c).map_err(DbError::from)).await;
        assert!(matches!(broken, Err(DbError::Query(_))), "{broken:?}");
        town.close().await;
    }

    async fn upserts_change_what_is_there(town: Town) {
        let later = opening() + chrono::TimeDelta::hours(1);
        town.db.tx(move |c| {
            tick(c, "a")?;
            let row = (schedules::name.eq("a"), schedules::last_tick.eq(Stamp::from(later)));
            upsert!(c, schedules::table => row, on schedules::name, set schedules::last_tick.eq(Stamp::from(later)))?;
            Ok::<_, DbError>(())
        }).await.unwrap();
        let at: Stamp = town.db
            .read(|c| schedules::table.select(schedules::last_tick).first(c).map_err(DbError::from))
            .await
            .unwrap();
        assert_eq!(at.moment(), later);
        town.close().await;
    }

    /// Microseconds survive, and order in the database is order in time.
    async fn times_come_back_as_they_went_in(town: Town) {
        let times = [0, 1, 10, 999_999, 1_000_000, 59_999_999].map(|micros| opening() + chrono::TimeDelta::microseconds(micros));
        town.db.tx(move |c| {
            for (at, time) in times.iter().enumerate().rev() {
                let row = (schedules::name.eq(format!("{at}")), schedules::last_tick.eq(Stamp::from(*time)));
                diesel::insert_into(schedules::table).values(row).execute(c)?;
            }
            Ok::<_, DbError>(())
        }).await.unwrap();
        let read: Vec<Stamp> = town.db
            .read(|c| schedules::table.order(schedules::last_tick).select(schedules::last_tick).load(c).map_err(DbError::from))
            .await
            .unwrap();
        assert_eq!(read.into_iter().map(Stamp::moment).collect::<Vec<_>>(), times);
        town.close().await;
    }
}

/// A server that was restarted costs nobody an answer.
#[actix_web::test]
async fn connections_that_were_cut_are_had_again() {
    let town = Town::open(Engine::Postgres).await;
    for round in 0..3 {
        town.db.tx(move |c| tick(c, &format!("{round}"))).await.unwrap();
        for _ in 0..6 {
            town.db.read(names).await.unwrap();
        }
        template::cut_all_connections(&town.config.database.url);
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(town.db.read(names).await.unwrap().len(), round + 1);
    }
    town.close().await;
}

#[actix_web::test]
async fn a_full_queue_sheds_instead_of_growing() {
    let folder = TempDir::new().unwrap();
    let url = template::empty(Engine::Sqlite, folder.path());
    let db = Db::open(&DatabaseConfig { queue: 2, readers: 1, ..template::database_config(&url) }).unwrap();
    let (hold, held) = std::sync::mpsc::channel::<()>();
    let (begins, begun) = tokio::sync::oneshot::channel();
    let busy = db.clone();
    let slow = tokio::spawn(async move {
        busy.read(move |_| {
            begins.send(()).unwrap();
            let _ = held.recv();
            Ok::<_, DbError>(())
        })
        .await
    });
    begun.await.unwrap();
    let asked = (0..8).map(|_| {
        let db = db.clone();
        tokio::spawn(async move { db.read(|_| Ok::<_, DbError>(())).await })
    });
    let asked: Vec<_> = asked.collect();
    tokio::task::yield_now().await;
    hold.send(()).unwrap();
    slow.await.unwrap().unwrap();
    let mut shed = 0;
    for answer in asked {
        match answer.await.unwrap() {
            Ok(()) => {}
            Err(DbError::Busy) => shed += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!((5..=6).contains(&shed), "{shed} were shed");
}

#[test]
fn databases_that_cannot_be_used_say_why() {
    let folder = TempDir::new().unwrap();
    let open = |path: PathBuf| Db::open(&template::database_config(&path.display().to_string())).err();
    let missing = open(folder.path().join("no/where/city.sqlite"));
    assert!(matches!(missing, Some(OpenError::NoFolder(_))), "{missing:?}");

    let text = folder.path().join("letter.txt");
    fs::write(&text, "Dear city,\n".repeat(200)).unwrap();
    let not_one = open(text);
    assert!(matches!(not_one, Some(OpenError::NotADatabase(_))), "{not_one:?}");

    let locked = folder.path().join("locked.sqlite");
    let mut other = SqliteConnection::establish(&locked.display().to_string()).unwrap();
    other.batch_execute("PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE t (x); BEGIN EXCLUSIVE").unwrap();
    let refused = open(locked);
    assert!(matches!(refused, Some(OpenError::Locked(_))), "{refused:?}");

    let away =
        Db::open(&template::database_config("postgres://nobody:secret@127.0.0.1:1/none")).err().unwrap();
    assert!(matches!(away, OpenError::Unreachable { .. }), "{away:?}");
    assert!(!away.to_string().contains("secret"), "{away}");
}

#[actix_web::test]
async fn a_database_from_the_future_is_refused_and_an_empty_one_is_behind() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let folder = TempDir::new().unwrap();
        let url = template::empty(engine, folder.path());
        let db = Db::open(&template::database_config(&url)).unwrap();
        assert!(matches!(db.check(), Err(MigrateError::Behind(_))));
        assert!(!db.migrate().unwrap().0.is_empty());
        assert!(db.migrate().unwrap().0.is_empty(), "migrating again does nothing");
        db.check().unwrap();
        db.tx(|c| {
            sql_query("INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000000')")
                .execute(c)
                .map_err(DbError::from)
        })
        .await
        .unwrap();
        assert!(matches!(db.check(), Err(MigrateError::Newer(_))), "{engine:?}");
        assert!(matches!(db.migrate(), Err(MigrateError::Newer(_))), "{engine:?}");
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn migrations(engine: &str) -> FileBasedMigrations {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
    FileBasedMigrations::from_path(folder).unwrap()
}

const SQLITE_SCHEMA: &str = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_schema \
     WHERE name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND tbl_name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' ORDER BY 1";
const POSTGRES_SCHEMA: &str = "SELECT line FROM (SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || \
     coalesce(column_default, '') AS line FROM information_schema.columns WHERE table_schema = 'public' \
     UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' \
     UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint \
     WHERE connamespace = 'public'::regnamespace) s WHERE line NOT LIKE '%diesel%' ORDER BY 1";

#[actix_web::test]
async fn every_down_undoes_its_up() {
    let folder = TempDir::new().unwrap();
    let sqlite = template::empty(Engine::Sqlite, folder.path());
    let mut sqlite = SqliteConnection::establish(&sqlite).unwrap();
    let postgres = template::empty(Engine::Postgres, folder.path());
    let mut postgres = PgConnection::establish(&postgres).unwrap();
    macro_rules! walk {
        ($conn:expr, $engine:literal, $schema:expr) => {{
            let source = migrations($engine);
            let shape = |conn: &mut _| -> Vec<String> {
                sql_query($schema).load::<Line>(conn).unwrap().into_iter().map(|row| row.line).collect()
            };
            let mut before = vec![shape($conn)];
            while $conn.has_pending_migration(source.clone()).unwrap() {
                $conn.run_next_migration(source.clone()).unwrap();
                before.push(shape($conn));
            }
            assert!(before.len() > 3);
            while before.len() > 1 {
                assert_eq!(shape($conn), before.pop().unwrap());
                let undone = $conn.revert_last_migration(source.clone()).unwrap().to_string();
                assert_eq!(&shape($conn), before.last().unwrap(), "{} {undone}", $engine);
            }
        }};
    }
    walk!(&mut sqlite, "sqlite", SQLITE_SCHEMA);
    walk!(&mut postgres, "postgres", POSTGRES_SCHEMA);
}

/// Nobody could answer when they asked; it waits for those who can.
#[actix_web::test]
async fn what_was_asked_before_staff_could_answer_is_kept() {
    const ASKED: &str = "\
        INSERT INTO looks (citizen_id, id, at, actor_kind, actor, purpose, basis, fields, mac) VALUES \
        (X1, X2, '2026-11-20 04:00:00', 'agency', 'tax', 'service', 'duty', '[]', X1), \
        (X1, X3, '2026-11-20 04:00:00', 'staff', '01a1fdb5-4dd9-71c6-bc05-2100c00b93a6', 'counter', 'duty', '[]', X1); \
        INSERT INTO look_questions (citizen_id, id, look_id, asked_at) VALUES \
        (X1, X4, X2, '2026-11-20 05:00:00'), (X1, X5, X3, '2026-11-20 05:00:00'); \
        INSERT INTO data_requests (citizen_id, id, kind, said, made_at, due_at) VALUES \
        (X1, X6, 'correct', X1, '2026-11-20 05:00:00', '2026-12-05 05:00:00'), \
        (X1, X7, 'erase', NULL, '2026-11-20 05:00:00', '2026-11-27 05:00:00');";
    const WAITS: &str = "SELECT kind || ' ' || agency || ' ' || branch || ' ' || state || ' ' || \
        CASE WHEN concerns IS NULL THEN '' ELSE 'concerns' END AS line FROM inquiries ORDER BY id";
    const BEFORE: &str = "2026-01-01-000060_inquiries";
    let folder = TempDir::new().unwrap();
    let sqlite = template::empty(Engine::Sqlite, folder.path());
    let mut sqlite = SqliteConnection::establish(&sqlite).unwrap();
    let postgres = template::empty(Engine::Postgres, folder.path());
    let mut postgres = PgConnection::establish(&postgres).unwrap();
    macro_rules! move_over {
        ($conn:expr, $engine:literal, $bytes:literal) => {{
            let source = migrations($engine);
            loop {
                let next = $conn.pending_migrations(source.clone()).unwrap().remove(0);
                if next.name().to_string() == BEFORE {
                    break;
                }
                $conn.run_migration(&*next).unwrap();
            }
            let asked = (1..=7).fold(ASKED.to_owned(), |sql, n| {
                sql.replace(&format!("X{n}"), &$bytes.replace("NN", &format!("{n:02}").repeat(16)))
            });
            $conn.batch_execute(&asked).unwrap();
            $conn.run_next_migration(source.clone()).unwrap();
            let lines: Vec<Line> = sql_query(WAITS).load($conn).unwrap();
            let lines: Vec<String> = lines.into_iter().map(|row| row.line).collect();
            assert_eq!(lines, ["why tax /tax/ open ", "why  / open concerns", "correct  / open "], $engine);
            $conn.revert_last_migration(source).unwrap();
            let kinds: Vec<Line> =
                sql_query("SELECT kind AS line FROM data_requests ORDER BY id").load($conn).unwrap();
            assert_eq!(kinds.iter().map(|row| row.line.as_str()).collect::<Vec<_>>(), ["correct", "erase"]);
        }};
    }
    move_over!(&mut sqlite, "sqlite", "x'NN'");
    move_over!(&mut postgres, "postgres", "'\\xNN'::bytea");
}

/// The two folders describe the same tables: names, columns, which may be empty, and kinds of values.
#[actix_web::test]
async fn both_engines_have_the_same_schema() {
    let folder = TempDir::new().unwrap();
    let mut shapes = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let url = template::empty(engine, folder.path());
        let db = Db::open(&template::database_config(&url)).unwrap();
        db.migrate().unwrap();
        let query = match engine {
            Engine::Sqlite => {
                "SELECT m.name || '.' || c.name || ' ' || lower(c.type) || ' ' || \
                 CASE WHEN c.\"notnull\" = 1 THEN 'needed' ELSE 'optional' END AS line \
                 FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'"
            }
            Engine::Postgres => {
                "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || \
                 CASE WHEN is_nullable = 'NO' THEN 'needed' ELSE 'optional' END AS line \
                 FROM information_schema.columns WHERE table_schema = 'public'"
            }
        };
        let lines = db.read(move |c| sql_query(query).load::<Line>(c).map_err(DbError::from)).await.unwrap();
        let shape: BTreeMap<String, String> = lines
            .into_iter()
            .filter(|row| !row.line.contains("diesel"))
            .map(|row| {
                let (column, rest) = row.line.split_once(' ').unwrap();
                let kind = rest.replace("timestamp without time zone", "timestamp").replace("bytea", "blob");
                (column.to_owned(), kind)
            })
            .collect();
        shapes.push(shape);
    }
    assert_eq!(shapes[0], shapes[1]);
    let names = |engine: &str| {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

/// What the shared commit promises: an acknowledged write is there when the process is gone.
#[actix_web::test]
async fn what_was_acknowledged_is_on_disk() {
    let folder = TempDir::new().unwrap();
    let url = template::empty(Engine::Sqlite, folder.path());
    let db = Db::open(&template::database_config(&url)).unwrap();
    db.migrate().unwrap();
    let writes = (0..50).map(|number| {
        let db = db.clone();
        async move { db.tx(move |c| tick(c, &format!("{number:02}"))).await }
    });
    for answer in futures_util::future::join_all(writes).await {
        answer.unwrap();
    }
    // Another connection, which shares nothing with the first but the files, sees all of it.
    let copy = folder.path().join("copy.sqlite");
    fs::copy(&url, &copy).unwrap();
    fs::copy(format!("{url}-wal"), folder.path().join("copy.sqlite-wal")).unwrap();
    let mut other = SqliteConnection::establish(&copy.display().to_string()).unwrap();
    let count: i64 = schedules::table.count().get_result(&mut other).unwrap();
    assert_eq!(count, 50);
}

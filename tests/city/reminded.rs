//! Every reminder is accounted for, whatever happens to the portal: its nodes, real programs, are killed again and again while
//! they find what has come due and tell people, and the cache is emptied under them.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use chrono::{Days, TimeDelta};
use diesel::prelude::*;
use yimen::{
    accounts::{self, AccountError, Email, Newcomer, Reach},
    db::{
        Conn, DbError,
        schema::{citizens, notices as said},
    },
    jobs, notices,
    platform::{Clock, Lang, clock::city_day, keys::KeyRing},
    reminders::{self, own},
};

use crate::{
    lost::{Chance, KEYS},
    town::{
        Engine,
        killable::Killable,
        outside::{Mail, Post},
        program::ended,
    },
};

/// How often a node is killed.
const KILLS: u32 = 8;
/// So many people have a date that comes due between two kills.
const AT_ONCE: u32 = 40;
/// Why a message is not sent a third time.
const TWICE: &str = "it may have gone out twice";

/// More people, each with one date of which they are to be reminded today, and somebody who looks for it.
async fn more(city: &Killable, round: u32) {
    let (ring, now) = (KeyRing::open(&city.folder.path().join(KEYS)).unwrap(), Clock::system().now());
    let due = city_day(now).checked_add_days(Days::new(30)).unwrap();
    let begin = move |c: &mut Conn| {
        for person in 0..AT_ONCE {
            let mailbox = Email::parse(&format!("p{round}-{person}@example.org")).unwrap();
            let newcomer = Newcomer {
                name: None,
                reach: Some(Reach::Email(mailbox)),
                password_hash: None,
                language: Lang::En,
            };
            let citizen = accounts::register(c, &ring, now, &newcomer)?;
            let date = own::Set { words: "疫苗".to_owned(), due, plan: vec![30] };
            // Set the day before: of the day on which it is set nobody is reminded.
            assert!(own::set(c, &ring, now - TimeDelta::days(1), citizen, &date).unwrap());
        }
        // Whatever the hour is at which this runs, nobody wants to be left alone.
        diesel::sql_query(
            "INSERT INTO notice_manners (citizen_id, quiet_from, quiet_until) SELECT id, 0, 0 FROM citizens \
             WHERE id NOT IN (SELECT citizen_id FROM notice_manners)",
        )
        .execute(c)
        .map_err(DbError::from)?;
        jobs::enqueue(c, now, &reminders::Look)?;
        Ok::<_, AccountError>(())
    };
    city.db.tx(begin).await.unwrap();
}

/// Both accounts, each of one moment.
async fn accounts_of(city: &Killable) -> (reminders::Balance, notices::Balance) {
    let now = Clock::system().now();
    let draw = move |c: &mut Conn| Ok::<_, DbError>((reminders::balance(c, now)?, notices::balance(c)?));
    let (reminders, notices) = city.db.snapshot(draw).await.unwrap();
    assert!(reminders.holds(), "{reminders:?}");
    assert!(notices.holds(), "{notices:?}");
    (reminders, notices)
}

/// What the receiving server got, by the number that is the same for every copy of a mail.
fn copies(mails: &[Mail]) -> BTreeMap<String, Vec<&str>> {
    let mut all = BTreeMap::<String, Vec<&str>>::new();
    for mail in mails {
        let number = mail.text.lines().find_map(|line| line.strip_prefix("Message-ID:")).expect("a number");
        all.entry(number.trim().to_owned()).or_default().push(&mail.to);
    }
    all
}

async fn none_is_lost_or_repeated(engine: Engine, nodes: usize) {
    let (post, mut settings) = Post::open();
    settings.push(("YIMEN_SERVER_THREADS", "1".to_owned()));
    let place = Killable::open(engine, settings).await;
    let city = &place;
    let mut chance = Chance::new(990_100);
    let mut running: Vec<_> = (0..nodes).map(|_| city.start_beside()).collect();
    for round in 0..KILLS {
        more(city, round).await;
        tokio::time::sleep(Duration::from_millis(chance.below(400))).await;
        let place = usize::try_from(chance.below(nodes as u64)).unwrap();
        running.swap_remove(place).kill();
        // The account holds at every moment, also while somebody lies dead over a set.
        accounts_of(city).await;
        if round == KILLS / 2 {
            city.empty_cache();
        }
        running.push(city.start_beside());
    }

    let people = i64::from(KILLS * AT_ONCE);
    let patience = Instant::now() + Duration::from_mins(2);
    let (reminded, told) = loop {
        let (reminded, told) = accounts_of(city).await;
        let open = reminded.waiting > 0 || told.waiting > 0;
        if !open && i64::try_from(reminded.due).unwrap() == people {
            break (reminded, told);
        }
        assert!(Instant::now() < patience, "{reminded:?} {told:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    // Each reminder became one notice, of one person.
    assert_eq!((i64::try_from(reminded.sent).unwrap(), told.said), (people, people), "{reminded:?} {told:?}");
    let one_each = |c: &mut Conn| {
        let holders = said::table.select(said::citizen_id).distinct();
        Ok::<_, DbError>((
            holders.load::<yimen::ledger::CitizenId>(c)?.len(),
            citizens::table.count().get_result::<i64>(c)?,
        ))
    };
    let (holders, all) = city.db.read(one_each).await.unwrap();
    assert_eq!((i64::try_from(holders).unwrap(), all), (people, people));

    // Each notice left by mail once. Where somebody died over it, once more at most; that is counted, and nothing else is.
    let given_up = told.failed.get(TWICE).copied().unwrap_or_default();
    assert_eq!(told.sent + given_up, people, "{told:?}");
    assert_eq!(told.failed.values().sum::<i64>(), given_up, "{told:?}");
    let mails = post.mails.lock().unwrap().clone();
    let copies = copies(&mails);
    let receivers: BTreeSet<&str> = copies.values().flatten().copied().collect();
    assert_eq!((copies.len(), receivers.len()), (receivers.len(), usize::try_from(people).unwrap()));
    assert!(copies.values().all(|to| to.len() <= 2 && to.iter().all(|one| *one == to[0])), "{copies:?}");
    let repeated = copies.values().filter(|to| to.len() == 2).count();
    assert!(i64::try_from(repeated).unwrap() <= told.uncertain, "{repeated} came twice: {told:?}");

    // What an operator sees.
    for account in ["reminders", "notices"] {
        let (status, text, trouble) = ended(&mut city.command(&[account, "balance"]));
        assert_eq!(status, 0, "{text} {trouble}");
        assert!(text.contains(&people.to_string()), "{text}");
    }
    for node in running {
        assert_eq!(node.stop(), 0);
    }
    place.close();
}

#[actix_web::test]
async fn every_reminder_outlives_the_portal_sqlite() {
    none_is_lost_or_repeated(Engine::Sqlite, 1).await;
}

#[actix_web::test]
async fn every_reminder_outlives_three_nodes_postgres() {
    none_is_lost_or_repeated(Engine::Postgres, 3).await;
}

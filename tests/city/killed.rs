//! A portal that is killed in the middle of a job, at a moment at which nobody can know how the job went: the
//! receiver has taken a message over and has not said so yet. The real program, really killed.

use std::{sync::atomic::Ordering, time::Duration};

use diesel::prelude::*;
use yimen::{
    db::{
        DbError,
        schema::{citizens, jobs},
    },
    jobs::dead,
};

use crate::town::{
    Engine,
    browser::{Browser, PASSWORD},
    killable::Killable,
    outside::Post,
    visitor,
};

const PHONE: &str = "13800000001";
const MAILBOX: &str = "lin@example.org";

/// Such a city, and who receives its messages.
struct City {
    city: Killable,
    post: Post,
}

impl City {
    async fn open(engine: Engine) -> Self {
        let (post, settings) = Post::open();
        Self { city: Killable::open(engine, settings).await, post }
    }

    /// Has both receivers take messages over without saying so, or say so again.
    fn silence(&self, silent: bool) {
        self.post.silent.store(silent, Ordering::SeqCst);
    }

    async fn arrived(&self, number: usize) {
        let here = || (self.post.texts.lock().unwrap().len(), self.post.mails.lock().unwrap().len());
        for _ in 0..3000 {
            if here() == (number, number) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{number} of each were to come: {:?}", here());
    }

    /// Codes that wait or are under way.
    async fn codes_waiting(&self) -> i64 {
        let count = |c: &mut yimen::db::Conn| {
            jobs::table.filter(jobs::kind.eq("accounts.code")).count().get_result(c).map_err(DbError::from)
        };
        self.city.db.read(count).await.unwrap()
    }
}

/// The six digits that stand alone in what a person reads.
fn code(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    words.rev().find(is_code).expect("a code").to_owned()
}

fn header<'t>(mail: &'t str, name: &str) -> &'t str {
    mail.lines()
        .find_map(|line| line.strip_prefix(name))
        .unwrap_or_else(|| panic!("no {name} in {mail}"))
        .trim()
}

async fn body(engine: Engine) {
    let city = City::open(engine).await;
    let first = city.city.start();
    let base = first.address.clone();
    let client = visitor();
    let (lin, wu) = (Browser::at(&client, &base), Browser::at(&client, &base));
    // Mail in Chinese is encoded; a code in English stands there as it is.
    wu.get("/?lang=en").await.ok();
    city.silence(true);
    let mut ways = Vec::new();
    for (browser, reach) in [(&lin, PHONE), (&wu, MAILBOX)] {
        let fields = [("reach", reach), ("password", PASSWORD), ("again", PASSWORD), ("agree", "yes")];
        let sent = browser.submit("/register", &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        ways.push(sent.location());
    }
    city.arrived(1).await;
    first.kill();
    assert_eq!(city.codes_waiting().await, 2, "what was accepted is not lost");
    // Once more, so that it is no luck.
    let second = city.city.start();
    city.arrived(2).await;
    second.kill();
    city.silence(false);
    let third = city.city.start();
    city.arrived(3).await;
    while city.codes_waiting().await > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }

    // Every repeat is one that its receiver can tell from a new message.
    let texts = city.post.texts.lock().unwrap().clone();
    for text in &texts[1..] {
        assert_eq!(text.headers["idempotency-key"], texts[0].headers["idempotency-key"]);
        assert_eq!(text.body, texts[0].body);
    }
    let mails = city.post.mails.lock().unwrap().clone();
    for mail in &mails[1..] {
        assert_eq!(mail.to, mails[0].to);
        assert_eq!(header(&mail.text, "Message-ID:"), header(&mails[0].text, "Message-ID:"));
        assert_eq!(code(&mail.text), code(&mails[0].text));
    }
    let buried = city.city.db.read(|c| dead(c, 10)).await.unwrap();
    assert!(buried.is_empty(), "{buried:?}");

    // Whichever copy somebody reads, its code opens one account, once.
    for (browser, way, code) in
        [(&lin, &ways[0], code(&texts[0].body)), (&wu, &ways[1], code(&mails[2].text))]
    {
        let entered = browser.submit(way, &[("code", &code)]).await;
        assert_eq!((entered.status, entered.location().as_str()), (303, "/me?welcome=1"), "{}", entered.body);
        assert_ne!(browser.post(way, &[("code", &code)]).await.location(), "/me?welcome=1");
    }
    let people: i64 =
        city.city.db.read(|c| citizens::table.count().get_result(c).map_err(DbError::from)).await.unwrap();
    assert_eq!(people, 2);
    assert_eq!(third.stop(), 0);
    city.city.close();
}

#[actix_web::test]
async fn a_job_of_a_killed_portal_is_done_once_in_effect_sqlite() {
    body(Engine::Sqlite).await;
}

#[actix_web::test]
async fn a_job_of_a_killed_portal_is_done_once_in_effect_postgres() {
    body(Engine::Postgres).await;
}

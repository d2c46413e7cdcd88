//! Who looked at my data, and the privacy centre, through the front door.

mod erasing;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::TimeDelta;
use diesel::{QueryableByName, prelude::*, sql_query, sql_types::Text};
use yimen::{
    app::holders,
    db::{
        self, DbError,
        schema::{citizens, consents, contact_points, inquiries},
    },
    ledger::{
        self, Actor, Basis, CitizenId, LedgerError, Look, Private, Purpose,
        consent::{self, ConsentError, ConsentId, Grant},
    },
};

use crate::{
    on_both_engines,
    people::{citizen, keys},
    town::{Town, browser::Browser},
};

const PHONE: &str = "13800000001";

/// Who registered last.
async fn latest(town: &Town) -> CitizenId {
    town.db
        .read(|c| {
            citizens::table.order(citizens::id.desc()).select(citizens::id).first(c).map_err(DbError::from)
        })
        .await
        .unwrap()
}

async fn look_at(town: &Town, citizen: CitizenId, detail: &str) {
    town.clock.advance(TimeDelta::milliseconds(7));
    let (ring, now, detail) = (Arc::clone(&town.portal().site.keys), town.clock.now(), detail.to_owned());
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

async fn give(
    town: &Town,
    citizen: CitizenId,
    recipient: &'static str,
    kinds: &'static [&'static str],
) -> ConsentId {
    let now = town.clock.now();
    let grant = Grant { citizen, recipient, purpose: "sign-on", kinds, version: "1" };
    town.db.tx(move |c| consent::give(c, now, &grant)).await.unwrap()
}

async fn is_given(town: &Town, citizen: CitizenId, recipient: &'static str) -> bool {
    let given = town.db.read(move |c| consent::given(c, citizen, recipient, "sign-on", "1")).await.unwrap();
    given.is_some()
}

async fn questions(town: &Town) -> i64 {
    let count = town.db.read(|c| inquiries::table.count().get_result(c).map_err(DbError::from));
    count.await.unwrap()
}

on_both_engines! {
    async fn a_look_is_told_at_once_and_in_plain_words(town: Town) {
        let lin = town.newcomer(PHONE).await;
        let nobody = lin.get("/me/looks").await.ok();
        assert!(nobody.body.contains("还没有人看过您的数据"));
        look_at(&town, latest(&town).await, "YZ02022").await;
        look_at(&town, latest(&town).await, "电话<b>询问</b>").await;
        let page = lin.get("/me/looks").await.ok();
        let said = page.texts("main").join("");
        for words in ["交通警察", "办理您申请的事项", "姓名、身份证号", "部门依法履行职责", "2026年11月20日 12:00", "电话<b>询问</b>"] {
            assert!(said.contains(words), "{words}: {said}");
        }
        // A service goes by its name, and an agency by its own.
        assert!(!said.contains("YZ02022") && !said.contains("traffic-police"), "{said}");
        assert!(page.attributes("main a", "href").contains(&"/agencies/traffic-police".to_owned()));
        let english = lin.get("/me/looks?lang=en").await.ok();
        assert!(english.texts("main").join("").contains("Carrying out a service you asked for"));
        town.close().await;
    }

    async fn why_is_asked_once_and_only_by_whom_it_concerns(town: Town) {
        let other = town.newcomer("13800000002").await;
        let stranger = latest(&town).await;
        let lin = town.newcomer(PHONE).await;
        look_at(&town, latest(&town).await, "x").await;
        look_at(&town, stranger, "y").await;
        let page = lin.get("/me/looks").await.ok();
        let action = page.attributes("form[action$='/ask']", "action").remove(0);
        let theirs = other.get("/me/looks").await.ok();
        let own = theirs.attributes("form[action$='/ask']", "action").remove(0);
        // With a form of one's own, but the name of somebody else's look.
        let token = theirs.attributes("form[action$='/ask'] input[name=csrf]", "value").remove(0);
        assert_eq!(other.post(&action, &[("csrf", &token)]).await.status, 404);
        assert_eq!(other.post("/me/looks/nonsense/ask", &[("csrf", &token)]).await.status, 404);
        assert_eq!(other.post(&own, &[("csrf", "AAAA")]).await.status, 403);
        assert_eq!(questions(&town).await, 0);

        let asked = lin.answer(&page, &action, &[]).await;
        assert_eq!((asked.status, asked.location().as_str()), (303, "/me/looks?page=1&asked=1"));
        assert_eq!(lin.answer(&page, &action, &[]).await.status, 303, "asking again does no harm");
        assert_eq!(questions(&town).await, 1);
        let after = lin.get("/me/looks?asked=1").await.ok();
        assert!(after.body.contains("您问过为什么") && after.body.contains("等待答复"));
        assert!(after.attributes("form[action$='/ask']", "action").is_empty());
        town.close().await;
    }

    async fn a_long_record_comes_in_pages(town: Town) {
        let lin = town.newcomer(PHONE).await;
        let me = latest(&town).await;
        for number in 0..45 {
            look_at(&town, me, &format!("第 {number} 次")).await;
        }
        let count = async |path: &str| lin.get(path).await.ok().texts("main h2.line-name").len();
        assert_eq!((count("/me/looks").await, count("/me/looks?page=3").await, count("/me/looks?page=99").await), (20, 5, 0));
        assert!(lin.get("/me/looks").await.ok().body.contains("第 44 次"), "the latest first");
        for odd in ["0", "-1", "x", "99999999999999999999"] {
            lin.get(&format!("/me/looks?page={odd}")).await.ok();
        }
        town.close().await;
    }

    async fn what_is_held_is_shown_masked_and_copied_in_full(town: Town) {
        let lin = town.newcomer(PHONE).await;
        let page = lin.get("/me/privacy").await.ok();
        assert!(page.body.contains("138****0001") && page.body.contains("林*"), "{}", page.body);
        assert!(!page.body.contains(PHONE) && !page.body.contains("林晓"));

        let copy = lin.get("/me/privacy/export.json").await.ok();
        assert_eq!(copy.header("content-disposition"), "attachment; filename=\"yimen-data-2026-11-20.json\"");
        let value: serde_json::Value = serde_json::from_str(&copy.body).unwrap();
        assert_eq!(value["data"]["account"]["records"][0]["name"], "林晓");
        assert!(copy.body.contains(PHONE));
        assert!(!copy.body.contains("$argon2"), "secrets stay secret");
        let read = lin.get("/me/privacy/export.html").await.ok();
        assert!(read.body.contains(PHONE) && read.body.contains("林晓") && read.header("content-disposition").contains(".html"));
        assert_eq!(read.texts("h1").len(), 1);

        // Whoever takes a copy leaves a trace, and need not be asked why.
        let looks = lin.get("/me/looks").await.ok();
        assert_eq!(looks.body.matches("本站保存的全部信息").count(), 2);
        assert!(looks.body.contains("您本人") && looks.attributes("form[action$='/ask']", "action").is_empty());

        let stranger = town.browser();
        for path in ["/me/looks", "/me/privacy", "/me/privacy/export.json", "/me/privacy/export.html", "/me/privacy/erase"] {
            let led = stranger.get(path).await;
            assert_eq!(led.status, 303, "{path}");
            assert!(!led.body.contains(PHONE));
        }
        town.close().await;
    }

    async fn a_consent_is_withdrawn_with_one_button_and_only_by_whom_it_is(town: Town) {
        let other = town.newcomer("13800000002").await;
        let theirs = latest(&town).await;
        let lin = town.newcomer(PHONE).await;
        let me = latest(&town).await;
        give(&town, me, "traffic-police", &["name", "phone"]).await;
        let mine = give(&town, me, "tax", &["name"]).await;
        give(&town, theirs, "tax", &["name"]).await;

        let page = other.get("/me/privacy").await.ok();
        let token = page.attributes("input[name=csrf]", "value").remove(0);
        let refused = other.post(&format!("/me/privacy/consents/{mine}/withdraw"), &[("csrf", &token)]).await;
        assert_eq!(refused.status, 404);
        assert!(is_given(&town, me, "tax").await);

        let action = format!("/me/privacy/consents/{mine}/withdraw");
        let page = lin.get("/me/privacy").await.ok();
        for _ in 0..2 {
            let done = lin.answer(&page, &action, &[]).await;
            assert_eq!((done.status, done.location().as_str()), (303, "/me/privacy?withdrawn=1"));
        }
        assert!(!is_given(&town, me, "tax").await);
        assert!(is_given(&town, me, "traffic-police").await && is_given(&town, theirs, "tax").await);
        let after = lin.get("/me/privacy").await.ok();
        assert!(after.body.contains("终止时间"), "the record stays");
        town.close().await;
    }

    async fn consents_say_exactly_what_was_agreed(town: Town) {
        town.newcomer(PHONE).await;
        let me = latest(&town).await;
        give(&town, me, "tax", &["name"]).await;
        give(&town, me, "tax", &["name", "phone"]).await;
        let (given, other_wording, all) = town.db.read(move |c| Ok::<_, DbError>((
            consent::given(c, me, "tax", "sign-on", "1")?,
            consent::given(c, me, "tax", "sign-on", "2")?,
            consent::of(c, me)?,
        ))).await.unwrap();
        let given = given.unwrap();
        assert!(given.covers(&["name", "phone"]) && !given.covers(&["name", "email"]));
        assert!(other_wording.is_none(), "a new wording needs a new consent");
        assert_eq!((all.len(), all.iter().filter(|it| it.in_force()).count()), (2, 1));
        let now = town.clock.now();
        for (kinds, fine) in [(&["health", "name"][..], false), (&["health"], true), (&[], false)] {
            let tried = town.db.tx(move |c| {
                consent::give(c, now, &Grant { citizen: me, recipient: "hospital", purpose: "service", kinds, version: "1" })
            }).await;
            assert_eq!(tried.is_ok(), fine, "{kinds:?}");
            if kinds.len() == 2 {
                assert!(matches!(tried, Err(ConsentError::NotSeparate)));
            }
        }
        // The schema itself keeps it to one in force.
        let twice = town.db.tx(move |c| {
            diesel::update(consents::table.filter(consents::recipient.eq("tax")))
                .set(consents::withdrawn_at.eq(None::<db::Stamp>))
                .execute(c)
                .map_err(DbError::from)
        }).await;
        assert!(matches!(twice, Err(DbError::Conflict(_))), "{twice:?}");
        town.close().await;
    }

    async fn a_correction_is_written_down_encrypted(town: Town) {
        let lin = town.newcomer(PHONE).await;
        let long = "长".repeat(2001);
        for (what, words) in [("", "我的姓名写错了"), ("name", ""), ("secret", "x"), ("name", &long)] {
            let wrong = lin.submit("/me/privacy/correct", &[("what", what), ("words", words)]).await;
            assert_eq!(wrong.status, 422, "{what}");
            assert!(words.is_empty() || wrong.body.contains(words), "what was typed stays");
        }
        let sent = lin.submit("/me/privacy/correct", &[("what", "name"), ("words", "应为林晓晓")]).await;
        assert_eq!((sent.status, sent.location().as_str()), (303, "/me/privacy?corrected=1"));
        let stored: Option<ledger::Private> = town.db
            .read(|c| inquiries::table.select(inquiries::said).first(c).map_err(DbError::from))
            .await
            .unwrap();
        let stored = stored.unwrap();
        assert!(!String::from_utf8_lossy(stored.bytes()).contains("林晓晓"));
        assert!(lin.get("/me/privacy").await.ok().body.contains("答复期限：2026年12月11日"));
        assert!(lin.get("/me/privacy/export.json").await.ok().body.contains("应为林晓晓"));
        town.close().await;
    }

    /// Whoever adds a table about people says what becomes of it.
    async fn every_table_about_people_has_exactly_one_holder(town: Town) {
        let query = match town.db.engine() {
            db::Engine::Sqlite => {
                "SELECT DISTINCT m.name || '.' || c.name AS line FROM sqlite_schema m, pragma_table_info(m.name) c \
                 WHERE m.type = 'table'"
            }
            db::Engine::Postgres => {
                "SELECT table_name || '.' || column_name AS line FROM information_schema.columns \
                 WHERE table_schema = 'public'"
            }
        };
        let rows: Vec<Line> = town.db.read(move |c| sql_query(query).load(c).map_err(DbError::from)).await.unwrap();
        let tables: BTreeSet<&str> = rows.iter().filter_map(|row| row.line.split('.').next()).collect();
        let about_people: BTreeSet<&str> =
            rows.iter().filter_map(|row| row.line.strip_suffix(".citizen_id")).collect();
        assert!(about_people.len() > 5, "{about_people:?}");
        let mut claimed: BTreeMap<&str, usize> = BTreeMap::new();
        for holder in &holders().0 {
            for table in holder.tables() {
                assert!(tables.contains(table), "{} claims {table}, which does not exist", holder.kind());
                *claimed.entry(table).or_default() += 1;
            }
        }
        let nobody: Vec<_> = about_people.iter().filter(|table| !claimed.contains_key(*table)).collect();
        assert!(nobody.is_empty(), "no implementor of PersonalData claims {nobody:?}");
        let twice: Vec<_> = claimed.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "claimed more than once: {twice:?}");
        town.close().await;
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Files that hold `sign`, comments aside, as paths below `src`.
fn holding(sign: &str) -> BTreeSet<String> {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&source, &mut paths);
    let holds = |path: &PathBuf| {
        fs::read_to_string(path)
            .unwrap()
            .lines()
            .any(|line| !line.trim_start().starts_with("//") && line.contains(sign))
    };
    let name = |path: &PathBuf| path.strip_prefix(&source).unwrap().display().to_string();
    paths.iter().filter(|path| holds(path)).map(name).collect()
}

/// A warrant is what stands between a stranger and a person's data.
#[test]
fn only_the_ledger_makes_warrants() {
    let outside = |files: BTreeSet<String>| -> Vec<String> {
        files.into_iter().filter(|file| !file.starts_with("ledger/")).collect()
    };
    assert!(holding("Warrant::granted(").contains("ledger/looks.rs"), "the search finds what it should");
    for sign in ["Warrant::granted", "Warrant { citizen", "Warrant(", "transmute"] {
        assert_eq!(outside(holding(sign)), [""; 0], "{sign} outside the ledger");
    }
    assert_eq!(holding("Warrant::granted").len(), 1, "a granted warrant is one that has been written down");
}

/// `own` is for the person in their own session. Each file here was read with that question in mind.
#[test]
fn own_warrants_are_for_the_person_signed_in() {
    let allowed = [
        // Acting for others: a person's own name and number on what they offer, claim or take up.
        "accounts/acting/actions.rs",
        "accounts/acting/claims.rs",
        "accounts/acting/pages/overview.rs",
        // Somebody who acts for themself; for others it is a look.
        "accounts/acting/standing.rs",
        // Changing one's own password and ways to be reached.
        "accounts/pages/password.rs",
        "accounts/pages/security.rs",
        // Getting back in with the link that was given to the person at a counter.
        "accounts/staff/counter.rs",
        // What a person is told of a breach, in their own session.
        "accounts/staff/pages/breach.rs",
        // How old somebody is who books for themself.
        "bookings/pages/start.rs",
        // What somebody types into a form themself, and what of their own is offered there; a case of one's own.
        "cases/drafts.rs",
        "cases/pages/fill.rs",
        // The files of somebody's own draft, also in the moment in which they hand it in.
        "cases/papers/kept.rs",
        "cases/papers/pages.rs",
        // Who somebody is, for an agency that they have just agreed to ask about themself.
        "cases/prefill/fetch.rs",
        "cases/whose.rs",
        // The person's own page, record and privacy centre, and raising their own level: the session's subject.
        "hall/inquiries/mine.rs",
        "hall/looks.rs",
        "hall/me.rs",
        "hall/privacy.rs",
        "hall/verify.rs",
        // What agencies keep about somebody's household, on their own page.
        "households/keep.rs",
        // Where somebody has notices sent, and what was said to them.
        "notices/devices.rs",
        "notices/outlet_pages.rs",
        "notices/pages.rs",
        // What somebody paid themself, and the receipt with their own name.
        "payments/pages/order.rs",
        "payments/pages/receipt.rs",
        "reminders/feed.rs",
        // The moment of signing in, when the person has just proved who they are.
        "sso/signing/enter.rs",
        "sso/upstream/links.rs",
        // What somebody answered in a survey: shown to them, changed and taken back by them.
        "surveys/answer.rs",
        "surveys/files.rs",
        "surveys/pages/answering.rs",
        "surveys/pages/files.rs",
        // What somebody asked, complained of or reported themself.
        "voice/mine.rs",
    ];
    let found: Vec<String> = holding("ledger::own(").into_iter().collect();
    assert_eq!(found, allowed, "whoever opens data without a trace stands on this list");
}

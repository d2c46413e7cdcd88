//! Nothing that was accepted is lost, and nothing is done twice: people hand in applications to agencies of several
//! protocols while the portal, the real program, is killed again and again at moments that chance chooses.
//!
//! `tests/run --kills 1000` does it so often; `YIMEN_KILLS_SEED` repeats a run's moments.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use diesel::prelude::*;
use reqwest::RequestBuilder;
use yimen::{
    accounts::{self, AccountError, Newcomer, Phone, Reach},
    agencies::bindings::{self, Proposal},
    cases::papers::places::demanded,
    db::{
        Conn, DbError,
        schema::{case_steps, cases, jobs},
    },
    gateway::shut_until,
    jobs::dead,
    ledger::CitizenId,
    platform::{Clock, Lang, keys::KeyRing},
    web::session::{self, Realm, Signed},
};
use yimen_contract::{Package, agency::Backend, service::Service};
use yimen_forms::Form;
use yimen_sandbox::{BackendPorts, Backends, Part, Secret, Theatre};

use crate::{
    cases::{applied, examples, load},
    town::{Answer, Engine, killable::Killable, visitor},
};

/// An agency of each protocol that is asked at once.
const AGENCIES: [&str; 4] = ["transport", "exit-entry", "water-supply", "power-supply"];
const PEOPLE: u32 = 4;
/// Applications of each before somebody else comes: at every start all that waits is asked after again, which counts in the hour of
/// whoever it is for.
const EACH: usize = 8;
/// Where the portal keeps its keys.
pub const KEYS: &str = "yimen.keys";
/// On each engine, in every run of the tests.
const KILLS: u64 = 25;
/// Minutes that a run takes at most.
const AWAKE: i64 = 30;

/// Something to apply for, and how its form is filled in.
struct Wish {
    start: String,
    answers: Vec<(String, String)>,
}

fn wish(package: &Package) -> Wish {
    let mut all = package.services.iter().filter_map(|service| Some((service, applied(package, service)?)));
    let plain = |service: &Service, form: &Form| form.pages.len() < 4 && !demanded(service);
    let (service, form) = all.find(|(service, form)| plain(service, form)).expect("an application");
    Wish { start: format!("/services/{}/start", service.code), answers: examples(&form) }
}

/// Somebody who tries again until the portal answers.
pub struct Person<'c> {
    pub client: &'c reqwest::Client,
    pub base: &'c str,
    pub cookie: String,
}

impl Person<'_> {
    async fn sends(&self, request: impl Fn() -> RequestBuilder) -> Answer {
        loop {
            let request = request().header("cookie", &self.cookie).header("accept-language", "zh-CN");
            if let Some(answer) = whole(request).await.filter(|answer| answer.status < 500) {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub async fn gets(&self, path: &str) -> Answer {
        self.sends(|| self.client.get(format!("{}{path}", self.base))).await
    }

    /// Sends a form, and what becomes of it.
    pub async fn sent(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let token = self.gets("/display").await.ok().attributes("input[name=csrf]", "value").remove(0);
        let mut all = vec![("csrf".to_owned(), token)];
        all.extend_from_slice(fields);
        self.sends(|| self.client.post(format!("{}{path}", self.base)).form(&all)).await
    }

    /// The same, where it leads on.
    pub async fn posts(&self, path: &str, fields: &[(String, String)]) -> String {
        let sent = self.sent(path, fields).await;
        assert_eq!(sent.status, 303, "{path}: {}", sent.body);
        sent.header("location").to_owned()
    }

    /// From the first page to the number of the case.
    async fn applies(&self, wish: &Wish) -> String {
        let mut at = self.posts(&wish.start, &[]).await;
        for _ in 0..40 {
            let Some(draft) = at.strip_suffix("/review") else {
                // Papers may follow; these applications want none.
                at = self.posts(&at, &wish.answers).await;
                continue;
            };
            // Whoever gets no answer presses again.
            let case = self.posts(&format!("{draft}/submit"), &[]).await;
            let number = case.strip_prefix("/me/cases/").unwrap_or_else(|| panic!("handed in: {case}"));
            return number.split('?').next().unwrap().to_owned();
        }
        panic!("{} has no end", wish.start);
    }
}

/// Those whose backend stays open for as long as this takes. The portal here is the real program on everybody's
/// clock, and what is handed in during a nightly rest is kept until its end, which nobody here waits for.
fn awake(packages: Vec<Package>) -> Vec<Package> {
    let now = Clock::system().now();
    let open = |backend: &Backend| {
        (0..=AWAKE).all(|minutes| shut_until(backend, now + TimeDelta::minutes(minutes)).is_none())
    };
    packages.into_iter().filter(|package| open(&package.agency.backend)).collect()
}

/// A whole answer; nothing, if the portal dies over it.
async fn whole(request: RequestBuilder) -> Option<Answer> {
    let response = request.send().await.ok()?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Some(Answer { status, headers, body: response.text().await.ok()? })
}

/// Somebody verified, signed in.
pub async fn enters(city: &Killable, order: u32) -> String {
    let now = Clock::system().now();
    let newcomer = Newcomer {
        name: None,
        reach: Some(Reach::Phone(Phone::parse(&format!("1380013{order:04}")).unwrap())),
        password_hash: None,
        language: Lang::Zh,
    };
    let (name, number) = (
        accounts::PersonName::parse("林晓").unwrap(),
        accounts::IdentityNumber::parse(&crate::people::number("19850101", u16::try_from(order).unwrap()))
            .unwrap(),
    );
    let ring = KeyRing::open(&city.folder.path().join(KEYS)).unwrap();
    let register = move |c: &mut Conn| {
        let id = accounts::register(c, &ring, now, &newcomer)?;
        accounts::claim_identity(c, &ring, now, id, &name, &number, 5)?;
        Ok::<_, AccountError>(id)
    };
    let citizen: CitizenId = city.db.tx(register).await.unwrap();
    let signed = Signed {
        realm: Realm::Citizen,
        subject: citizen.uuid(),
        level: 5,
        methods: vec!["pwd".to_owned()],
        proved_at: now,
        name: "*".to_owned(),
        acting: None,
        role: None,
    };
    let (_, token) = city.db.tx(move |c| session::begin(c, now, &signed, "?")).await.unwrap();
    // The form's token belongs to the browser, which brings a word of its own.
    format!("session={}; visit=aaaaaaaaaaaaaaaaaaaaaa", token.cookie_value())
}

/// The backends, on their own clock, which is everybody's.
pub async fn played(city: &Killable, packages: &[Package]) -> Backends {
    let theatre = Theatre {
        secret: Secret::new([7; 32]),
        clock: yimen_sandbox::Clock::system(),
        ports: BackendPorts::default(),
        folder: None,
        people: Vec::new(),
        keys: BTreeMap::new(),
        every: None,
    };
    let backends = Backends::start(&theatre, packages.iter().map(Part::of).collect()).unwrap();
    // As the portal names itself to others.
    backends.expect(&city.base.replace("127.0.0.1", "localhost"));
    let propose = |it: &yimen_sandbox::Backend| Proposal {
        agency: it.slug.clone(),
        address: it.address.clone(),
        secrets: it.secrets.clone(),
    };
    let proposals: Vec<Proposal> = backends.all.iter().map(propose).collect();
    let (ring, now) = (KeyRing::open(&city.folder.path().join(KEYS)).unwrap(), Clock::system().now());
    let bind = move |c: &mut Conn| {
        proposals.iter().try_for_each(|one| bindings::bind(c, &ring, now, one, ("one", "another")))
    };
    city.db.tx(bind).await.unwrap();
    backends
}

/// Chance that can be had again.
pub struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// SplitMix64.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (word ^ (word >> 31)) % end
    }
}

/// How the cases stand that wait for somebody, and what work there is for them.
async fn unfinished(city: &Killable) -> (i64, i64) {
    let read = |c: &mut Conn| {
        let open: i64 = cases::table.filter(cases::handover.ne("taken")).count().get_result(c)?;
        let work = jobs::table.filter(jobs::kind.eq("cases.deliver"));
        Ok::<_, DbError>((open, work.count().get_result(c)?))
    };
    city.db.read(read).await.unwrap()
}

/// What waits, and how, for whoever has to find out why.
async fn waiting(city: &Killable) -> String {
    let read = |c: &mut Conn| {
        let open = cases::table.filter(cases::handover.ne("taken"));
        let cases: Vec<(String, String, String)> =
            open.select((cases::reference, cases::agency, cases::handover)).load(c)?;
        let work = jobs::table.filter(jobs::kind.eq("cases.deliver"));
        let jobs: Vec<(yimen::db::Stamp, i32, Option<String>)> =
            work.select((jobs::run_at, jobs::attempts, jobs::last_error)).load(c)?;
        Ok::<_, DbError>(format!("{cases:?} {jobs:?}"))
    };
    city.db.read(read).await.unwrap()
}

async fn none_is_lost(engine: Engine) {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let (kills, seed) =
        (number("YIMEN_KILLS").unwrap_or(KILLS), number("YIMEN_KILLS_SEED").unwrap_or(990_100));
    let settings = [
        ("YIMEN_GATEWAY_ALLOW", "[\"127.0.0.1\"]"),
        ("YIMEN_LIMITS_REQUESTS_PER_MINUTE", "1000000"),
        ("YIMEN_SERVER_THREADS", "1"),
    ];
    let settings = settings.map(|(name, value)| (name, value.to_owned())).to_vec();
    let place = Killable::open(engine, settings).await;
    let city = &place;
    let packages = awake(AGENCIES.map(load).to_vec());
    let backends = played(city, &packages).await;
    let wishes: Vec<Wish> = packages.iter().map(wish).collect();
    let client = visitor();
    let over = AtomicBool::new(false);
    let (wishes, client, over) = (&wishes, &client, &over);

    let applying = (0..PEOPLE).map(|order| async move {
        let mut numbers = Vec::new();
        let mut wishes = wishes.iter().cycle().skip(order as usize);
        // However long it goes on, nobody asks an agency more often in an hour than one person may.
        for newcomer in (order + 1..).step_by(PEOPLE as usize) {
            let cookie = enters(city, newcomer).await;
            let person = Person { client, base: &city.base, cookie };
            for wish in wishes.by_ref().take(EACH) {
                if over.load(Ordering::SeqCst) {
                    return numbers;
                }
                numbers.push(person.applies(wish).await);
            }
        }
        numbers
    });
    let killing = async move {
        let mut chance = Chance::new(seed);
        let mut portal = city.start();
        for _ in 0..kills {
            tokio::time::sleep(Duration::from_millis(chance.below(400))).await;
            portal.kill();
            portal = city.start();
        }
        over.store(true, Ordering::SeqCst);
        portal
    };
    let (accepted, portal) = tokio::join!(futures_util::future::join_all(applying), killing);
    let accepted: BTreeSet<String> = accepted.into_iter().flatten().collect();

    let patience = Instant::now() + Duration::from_mins(2);
    while unfinished(city).await != (0, 0) {
        assert!(Instant::now() < patience, "not delivered: {}, seed {seed}", waiting(city).await);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let delivered: Vec<_> = backends.all.iter().flat_map(yimen_sandbox::Backend::cases).collect();
    let there: BTreeSet<String> = delivered.iter().filter_map(|case| case.own.clone()).collect();
    assert_eq!(there, accepted, "every one that was accepted is there, and no other, seed {seed}");
    assert_eq!(delivered.len(), there.len(), "one each, seed {seed}");
    let twice: Vec<_> = delivered.iter().filter(|case| case.repeated > 0).collect();
    assert!(twice.is_empty(), "handed in again without asking: {twice:?}, seed {seed}");
    // Each was handed in once, as its own record says.
    let handed_in = |c: &mut Conn| {
        let steps = case_steps::table.filter(case_steps::act.eq("submit"));
        Ok::<_, DbError>((steps.count().get_result::<i64>(c)?, dead(c, 10)?.len()))
    };
    let (steps, dead) = city.db.read(handed_in).await.unwrap();
    assert_eq!((usize::try_from(steps).unwrap(), dead), (accepted.len(), 0), "seed {seed}");
    assert!(accepted.len() >= 4, "too few to mean anything: {}", accepted.len());
    println!("{} accepted over {kills} kills", accepted.len());
    assert_eq!(portal.stop(), 0);
    backends.stop().await;
    place.close();
}

#[actix_web::test]
async fn no_application_is_lost_when_the_portal_is_killed_sqlite() {
    none_is_lost(Engine::Sqlite).await;
}

#[actix_web::test]
async fn no_application_is_lost_when_the_portal_is_killed_postgres() {
    none_is_lost(Engine::Postgres).await;
}

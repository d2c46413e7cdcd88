//! A portal that is killed while it says to a hospital that somebody comes, or does not come, and to the gas works that a bill
//! is paid: what the person was told stands, and all is there once. The real program, really killed.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use yimen::{
    agencies::bindings::{self, Proposal},
    db::{Conn, DbError, schema},
    jobs::dead,
    platform::{Clock, keys::KeyRing},
};
use yimen_sandbox::{Backend, CityPay, Fault, Secret};

use crate::{
    bookings::{KEEPS, form_of},
    cases::{examples, load},
    lost::{KEYS, Person, enters, played},
    payments::{ACCOUNT, PAY, START, button},
    town::{Engine, killable::Killable, visitor},
};

const HOSPITAL: &str = "tcm-hospital";
const GAS: &str = "gas-supply";

/// It takes what is said to it, and never answers.
fn hangs(backend: &Backend, path: &str) {
    backend.fail(Fault { hang: true, path: path.to_owned(), ..Fault::default() });
}

/// Waits for what comes by itself.
async fn comes(what: &str, so: impl AsyncFn() -> bool) {
    let patience = Instant::now() + Duration::from_mins(1);
    while !so().await {
        assert!(Instant::now() < patience, "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How it stands with what the hospital and the gas works are told.
async fn told(city: &Killable) -> (Vec<String>, Vec<String>) {
    let read = |c: &mut Conn| {
        let booked: Vec<String> = schema::bookings::table.select(schema::bookings::handover).load(c)?;
        let paid: Vec<String> =
            schema::payment_orders::table.select(schema::payment_orders::state).load(c)?;
        Ok::<_, DbError>((booked, paid))
    };
    city.db.read(read).await.unwrap()
}

/// Makes the provider known, as an agency's backend is.
async fn bound(city: &Killable, till: &CityPay) {
    till.expect(&city.base.replace("127.0.0.1", "localhost"));
    let proposal =
        Proposal { agency: till.slug.to_owned(), address: till.url.clone(), secrets: till.secrets.clone() };
    let (ring, now) = (KeyRing::open(&city.folder.path().join(KEYS)).unwrap(), Clock::system().now());
    city.db.tx(move |c| bindings::bind(c, &ring, now, &proposal, ("one", "another"))).await.unwrap();
}

impl Person<'_> {
    /// The calendar on one of its days.
    async fn left(&self, day: &str) -> String {
        self.gets(day).await.ok().texts("#days + ul a[aria-current] + .line-meta").remove(0)
    }

    /// Fills in what follows a choice. The address of the summary.
    async fn fills(&self, chosen: &str) -> String {
        let answers = examples(&form_of(HOSPITAL, KEEPS));
        let mut at = self.gets(chosen).await.header("location").to_owned();
        while !at.ends_with("/review") {
            at = self.posts(&at, &answers).await;
        }
        at
    }

    async fn is(&self, page: &str, state: &str) -> bool {
        self.gets(page).await.ok().texts("main .tag").first().is_some_and(|tag| tag == state)
    }
}

#[actix_web::test]
async fn what_was_promised_stands_when_the_portal_is_killed_while_it_says_so() {
    let settings = [
        ("YIMEN_GATEWAY_ALLOW", "[\"127.0.0.1\"]"),
        ("YIMEN_LIMITS_REQUESTS_PER_MINUTE", "1000000"),
        ("YIMEN_SERVER_THREADS", "1"),
    ];
    let settings = settings.map(|(name, value)| (name, value.to_owned())).to_vec();
    let place = Killable::open(Engine::Sqlite, settings).await;
    let city = &place;
    let backends = played(city, &[load(HOSPITAL), load(GAS)]).await;
    let (hospital, gas) = (backends.get(HOSPITAL).unwrap(), backends.get(GAS).unwrap());
    let (till, servers) = CityPay::alone(&Secret::new([9; 32]), &yimen_sandbox::Clock::system()).unwrap();
    bound(city, &till).await;
    let client = visitor();
    let person = Person { client: &client, base: &city.base, cookie: enters(city, 1).await };
    let portal = city.start();

    // The last day of the calendar can be given back whatever the hour is now.
    let start = format!("/services/{KEEPS}/start");
    let calendar = person.gets(&start).await.ok();
    let day = calendar.attributes("#days + ul a", "href").pop().unwrap();
    let page = person.gets(&day).await.ok();
    let slot = page.attributes("main input[name=slot]", "value").remove(0);
    let before = person.left(&day).await;
    let chosen = person.posts(&start, &[("slot".to_owned(), slot)]).await;
    portal.kill();

    // What was chosen is there. It is confirmed and a bill is paid, and both are being said.
    let portal = city.start();
    let review = person.fills(&chosen).await;
    let owed = person.sent(START, &[(ACCOUNT.0.to_owned(), ACCOUNT.1.to_owned())]).await.ok();
    let order = person.posts(PAY, &button(&owed)).await;
    let pays = person.gets(&order).await.ok().attributes("main a.button.large", "href").remove(0);
    hangs(hospital, "/v1/bookings");
    hangs(gas, "/v1/bills/payments");
    let ticket = person.posts(&review.replace("/review", "/book"), &[]).await;
    let ticket = ticket.split('?').next().unwrap();
    let paid = client.post(&pays).form(&[("choice", "pay")]).send().await.unwrap();
    assert_eq!(paid.status().as_u16(), 303);
    comes("both are said", async || told(city).await == (vec!["unknown".into()], vec!["settling".into()]))
        .await;
    portal.kill();
    hospital.fail(Fault::default());
    gas.fail(Fault::default());

    let portal = city.start();
    comes("it is booked", async || person.is(ticket, "已约好").await).await;
    let receipt = format!("{order}/receipt");
    comes("it is settled", async || person.gets(&receipt).await.status == 200).await;
    // At each of them once: by this order, and with one place less.
    let number = order.rsplit('/').next().unwrap();
    assert_eq!(gas.settled().into_values().collect::<Vec<_>>(), [number]);
    assert_eq!(till.balance().values().filter(|fen| **fen > 0).count(), 1);
    assert_ne!(person.left(&day).await, before);

    // It is given back, and that is being said.
    hangs(hospital, "/v1/bookings/cancellations");
    person.posts(&format!("{ticket}/cancel"), &[]).await;
    comes("it is said", async || told(city).await.0 == ["unknown"]).await;
    portal.kill();
    hospital.fail(Fault::default());
    let portal = city.start();
    comes("it is given back", async || person.is(ticket, "已取消").await).await;
    assert_eq!(person.left(&day).await, before, "as if nobody had booked");

    let buried = city.db.read(|c| dead(c, 10)).await.unwrap();
    assert!(buried.is_empty(), "{buried:?}");
    assert_eq!(portal.stop(), 0);
    backends.stop().await;
    servers.stop().await;
    place.close();
}

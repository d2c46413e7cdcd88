//! Agencies' own sites, looked at every day: one that does not open is told to those who are about to go there.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use diesel::prelude::*;
use yimen::{
    agencies::bindings::{self, Proposal},
    db::{DbError, schema::site_looks},
    platform::keys::KeyRing,
};

use crate::{
    on_both_engines,
    town::{
        Answer, Engine, Held, Town,
        backend::{Backend, Then},
    },
};

const LIBRARY: &str = "library";
/// A service of the library, and where one goes on to its site.
const START: &str = "/services/YZ20001/start";
/// 04:10 in the city comes 16 hours and 10 minutes after a town's clock begins.
const TO_THE_MORNING: TimeDelta = TimeDelta::minutes(16 * 60 + 10);

impl Town {
    /// Binds an agency's own site to an address.
    async fn bind_site(&self, agency: &str, address: &str) {
        let ring = KeyRing::open(&self.config.keys).unwrap();
        let proposal =
            Proposal { agency: agency.to_owned(), address: address.to_owned(), secrets: BTreeMap::new() };
        let now = self.clock.now();
        self.db.tx(move |c| bindings::bind(c, &ring, now, &proposal, ("one", "another"))).await.unwrap();
    }

    /// What is known of sites: agency and finding.
    async fn found(&self) -> Vec<(String, String)> {
        let rows = |c: &mut yimen::db::Conn| {
            let rows = site_looks::table.order(site_looks::agency);
            rows.select((site_looks::agency, site_looks::finding)).load(c).map_err(DbError::from)
        };
        self.db.read(rows).await.unwrap()
    }

    /// What the page before leaving says of trouble.
    async fn said(&self) -> Vec<String> {
        self.get(START).await.ok().texts(".notice.danger")
    }
}

fn at(site: &Backend) -> String {
    format!("http://{}/", site.address)
}

fn empty(status: &str) -> Backend {
    Backend::saying(
        &format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
        Then::Close,
    )
}

on_both_engines! {
    async fn a_site_that_does_not_open_is_told_until_it_opens_again(town: Town) {
        town.work().await;
        assert!(town.found().await.is_empty(), "the examples in the packages are nobody's sites");
        let well = empty("200 OK");
        town.bind_site(LIBRARY, &at(&well)).await;
        town.pass(TO_THE_MORNING).await;
        assert_eq!(town.found().await, [(LIBRARY.to_owned(), "answers".to_owned())]);
        assert!(town.said().await.is_empty());
        let heard = well.heard().join("");
        assert!(heard.starts_with("GET / HTTP/1.1\r\n") && !heard.contains("cookie"), "{heard}");
        // Once a day is enough for one that opens.
        town.pass(TimeDelta::hours(23)).await;
        assert_eq!(well.heard().len(), 1);

        // The same address from now on answers with an error: 21 November, 04:10 was fine, the next day is not.
        let failing = empty("503 Away");
        town.bind_site(LIBRARY, &at(&failing)).await;
        town.pass(TimeDelta::hours(1)).await;
        let said = town.said().await;
        assert!(said.len() == 1 && said[0].contains("11月22日 04:10") && !said[0].contains("起一直"), "{said:?}");
        // People may still go and see for themselves.
        let page = town.get(START).await.ok();
        assert_eq!(page.attributes(".buttons a.button:first-child", "href"), [at(&failing)]);
        town.pass(TimeDelta::minutes(10)).await;
        let said = town.said().await;
        assert!(said[0].contains("11月22日 04:20") && said[0].contains("从11月22日 04:10起一直打不开"), "{said:?}");
        assert_eq!(failing.heard().len(), 2);

        // Another address is another site: what was found at the old one is not said of it.
        town.bind_site(LIBRARY, &at(&well)).await;
        assert!(town.said().await.is_empty());
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!(town.found().await, [(LIBRARY.to_owned(), "answers".to_owned())]);
        // And the next ten minutes nobody looks.
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!((well.heard().len(), failing.heard().len()), (2, 2));
        town.close().await;
    }

    async fn hanging_gone_and_closed_sites_are_trouble_and_strange_answers_are_not(town: Town) {
        let closed = Held::port();
        let long = format!("HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n{}", "x".repeat(1000));
        let elsewhere = empty("200 OK");
        let redirect = empty(&format!("302 Elsewhere\r\nlocation: {}", at(&elsewhere)));
        let mut kept = Vec::new();
        for (site, finding) in [
            (Backend::saying("", Then::Close), "silent"),
            (empty("404 Not Found"), "gone"),
            (empty("500 Oh"), "failing"),
            (empty("403 No robots"), "answers"),
            (Backend::saying(&long, Then::Hang), "answers"),
            (redirect, "answers"),
        ] {
            town.bind_site(LIBRARY, &at(&site)).await;
            town.pass(TimeDelta::days(1)).await;
            assert_eq!(town.found().await, [(LIBRARY.to_owned(), finding.to_owned())], "{:?}", site.heard());
            assert_eq!(town.said().await.len(), usize::from(finding != "answers"), "{finding}");
            kept.push(site);
        }
        assert!(elsewhere.heard().is_empty(), "a redirect is not followed");
        town.bind_site(LIBRARY, &format!("http://{}/", closed.address)).await;
        town.pass(TimeDelta::days(1)).await;
        assert_eq!(town.found().await, [(LIBRARY.to_owned(), "silent".to_owned())]);
        town.close().await;
    }
}

/// Nobody waits for the one that hangs but the look itself: the site of the museum is found well beside it.
#[actix_web::test]
async fn a_site_that_hangs_keeps_nobody_from_another() {
    let town = Town::open(Engine::Sqlite).await;
    let (hanging, well) = (Backend::saying("", Then::Hang), empty("200 OK"));
    town.bind_site(LIBRARY, &at(&hanging)).await;
    town.bind_site("museum", &at(&well)).await;
    town.pass(TO_THE_MORNING).await;
    let found = [(LIBRARY.to_owned(), "silent".to_owned()), ("museum".to_owned(), "answers".to_owned())];
    assert_eq!(town.found().await, found);
    assert_eq!(town.said().await.len(), 1);
    town.close().await;
}

/// A package or a binding must not have the portal knock at doors inside.
#[actix_web::test]
async fn an_address_that_is_not_allowed_is_never_opened_and_nobody_is_told_lies_of_it() {
    let held = Held::port();
    let health = held.address.to_string();
    let settings = [("YIMEN_GATEWAY_ALLOW", "[]"), ("YIMEN_SERVER_OPERATOR_LISTEN", health.as_str())];
    let town = Town::open_with(Engine::Sqlite, &settings).await;
    let inside = empty("500 Oh");
    for address in [at(&inside), at(&inside).replace("127.0.0.1", "localhost")] {
        town.bind_site(LIBRARY, &address).await;
        town.pass(TimeDelta::days(1)).await;
        assert_eq!(town.found().await, [(LIBRARY.to_owned(), "not-allowed".to_owned())], "{address}");
        assert!(town.said().await.is_empty());
        // Nothing to look at again, either.
        town.pass(TimeDelta::minutes(10)).await;
    }
    assert!(inside.heard().is_empty());
    let metrics = Answer::of(town.client().get(format!("http://{health}/metrics"))).await.ok().body;
    let counted = "yimen_agency_site_looks_total{agency=\"library\",finding=\"not-allowed\"} 2";
    assert!(metrics.contains(counted), "{metrics}");
    town.close().await;
}

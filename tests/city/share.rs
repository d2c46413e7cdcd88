//! What one person's matters may ask of one agency in an hour, and what becomes of a matter beyond that.

use std::time::Duration;

use chrono::TimeDelta;
use tempfile::TempDir;
use yimen::{
    gateway::{About, GatewayError, Request},
    ledger::{Basis, CitizenId, Purpose},
};
use yimen_contract::capability::case::FindInput;

use crate::{
    bookings::{DOCTOR, form_of},
    cases::{ANSWERS, START, load},
    on_both_engines,
    payments::{Beside, decides},
    people::{Browser, citizen},
    town::Town,
};

/// Agencies, each with a service that it takes applications for.
const TRANSPORT: (&str, &str) = ("transport", "YZ13022");
const HOSPITAL: (&str, &str) = ("first-hospital", "YZ07014");
const GAS: (&str, &str) = ("gas-supply", "YZ17014");

impl Town {
    /// Asks an agency about somebody's matters until it is no more asked this hour. So long it is until the next begins.
    pub async fn uses_up_the_hour(&self, citizen: CitizenId, (agency, service): (&str, &str)) -> TimeDelta {
        for number in 0..1_000 {
            let about = About {
                citizen,
                agent: None,
                company: None,
                // As sure as any of them wants.
                level: 4,
                purpose: Purpose::Service,
                basis: Basis::Consent,
                fields: &["answers"],
                claims: None,
            };
            let question = FindInput { service: service.into(), case: format!("2026-0000-{number:04}") };
            let within = Duration::from_secs(5);
            let request = Request { agency, service: Some(service), question, about: Some(about), within };
            match self.portal().gateway.send(request, &number.to_string()).await {
                Ok(_) => {}
                Err(GatewayError::TooMany { retry_after }) => {
                    return TimeDelta::from_std(Duration::from_secs(retry_after)).unwrap();
                }
                Err(error) => panic!("{error}"),
            }
        }
        panic!("one person may ask as often as they like");
    }

    /// Waits for an hour that has only just begun: of several matters each has a whole one before it.
    async fn begins_an_hour(&self, citizen: CitizenId, agency: (&str, &str)) {
        let left = self.uses_up_the_hour(citizen, agency).await;
        self.pass(left + TimeDelta::seconds(2)).await;
    }

    /// Lets the rest of an hour pass but for a second, in which the portal looks again and again.
    async fn almost_passes(&self, left: TimeDelta) {
        assert!(left > TimeDelta::minutes(55), "{left}");
        for _ in 0..12 {
            self.pass((left - TimeDelta::seconds(1)) / 12).await;
        }
    }

    /// Lets the next hour begin, and a few seconds of it pass: no try that was put off for longer falls into them.
    async fn next_hour_begins(&self) {
        self.pass(TimeDelta::seconds(20)).await;
    }
}

on_both_engines! {
    async fn what_is_beyond_a_persons_share_goes_when_the_next_hour_begins(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let transport = backends.get("transport").unwrap();
        let who = citizen(&town, "何静", "13800000003", "990101199203170248").await;
        let he = Browser::of(&town, who, 3).await;
        let review = he.fills(START, &ANSWERS).await;
        town.uses_up_the_hour(who, TRANSPORT).await;
        let case = he.hands_in(&review).await;
        town.work().await;
        // The page says when, and that stands however often the portal looks meanwhile.
        let queued = |text: &str| text.contains("还没有送到");
        let when = |text: &str| text.split_once("我们会在").and_then(|(_, rest)| Some(rest.split_once("再送")?.0.to_owned()));
        let text = he.get(&case).await.ok().texts("main").join(" ");
        let said = when(&text).unwrap_or_else(|| panic!("{text}"));
        let mut minutes = 0;
        while queued(&he.reads(&case).await) {
            assert!(minutes <= 60 && transport.cases().is_empty(), "{minutes} minutes");
            let text = he.get(&case).await.ok().texts("main").join(" ");
            assert_eq!(when(&text).as_ref(), Some(&said));
            town.pass(TimeDelta::minutes(5)).await;
            minutes += 5;
        }
        assert!(minutes > 0);
        assert_eq!(transport.cases().len(), 1);
        backends.stop().await;
        town.close().await;
    }

    async fn whatever_is_told_an_agency_goes_when_the_next_hour_begins_and_not_late(town: Town) {
        let beside = Beside::open(&town, &["transport", "first-hospital", "gas-supply"]).await;
        let who = citizen(&town, "何静", "13800000003", "990101199203170248").await;

        // An application is taken back: the agency hears of it.
        town.begins_an_hour(who, TRANSPORT).await;
        let he = Browser::of(&town, who, 3).await;
        let review = he.fills(START, &ANSWERS).await;
        let case = he.hands_in(&review).await;
        town.work().await;
        let transport = beside.backends.get("transport").unwrap();
        let withdrawn = || transport.cases().iter().any(|case| case.word.as_deref() == Some("withdrawn"));
        assert_eq!(transport.cases().len(), 1);
        let left = town.uses_up_the_hour(who, TRANSPORT).await;
        assert_eq!(he.post(&format!("{case}/withdraw"), &[("reason", "不办了")]).await.status, 303);
        town.work().await;
        town.almost_passes(left).await;
        assert!(!withdrawn());
        town.next_hour_begins().await;
        assert!(withdrawn());

        // An appointment is confirmed: its page says when the agency hears of it.
        town.begins_an_hour(who, HOSPITAL).await;
        let he = Browser::of(&town, who, 3).await;
        let slot = he.free(DOCTOR).await.pop().unwrap();
        let chosen = he.chooses(DOCTOR, &slot).await.location();
        let review = he.answers(&chosen, &form_of("first-hospital", DOCTOR)).await;
        let left = town.uses_up_the_hour(who, HOSPITAL).await;
        let ticket = he.confirms(&review).await;
        town.work().await;
        let text = he.reads(&ticket).await;
        assert!(text.contains("还没有送到") && text.contains("再送"), "{text}");
        town.almost_passes(left).await;
        let he = Browser::of(&town, who, 3).await;
        assert_eq!(he.state(&ticket).await, "正在预约");
        town.next_hour_begins().await;
        assert_eq!(he.state(&ticket).await, "已约好");

        // A bill is paid: the agency books it.
        town.begins_an_hour(who, GAS).await;
        let he = Browser::of(&town, who, 3).await;
        let order = he.orders().await;
        let till = he.till(&order).await;
        let left = town.uses_up_the_hour(who, GAS).await;
        assert_eq!(decides(&town, &till, "pay").await.status, 303);
        let gas = beside.backends.get("gas-supply").unwrap();
        town.almost_passes(left).await;
        assert!(gas.settled().is_empty());
        let he = Browser::of(&town, who, 3).await;
        assert!(he.reads(&order).await.contains("已经付款"));
        town.next_hour_begins().await;
        assert_eq!(gas.settled().len(), 1);
        assert!(he.reads(&order).await.contains("已经缴清"));
        beside.close().await;
        town.close().await;
    }
}

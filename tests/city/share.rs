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
    cases::{ANSWERS, START, load},
    on_both_engines,
    people::{Browser, citizen},
    town::Town,
};

impl Town {
    /// Asks the transport authority about somebody's matters until it is no more asked this hour.
    async fn uses_up_the_hour(&self, citizen: CitizenId) {
        for number in 0..1_000 {
            let about = About {
                citizen,
                agent: None,
                company: None,
                level: 3,
                purpose: Purpose::Service,
                basis: Basis::Consent,
                fields: &["answers"],
                claims: None,
            };
            let question = FindInput { service: "YZ13022".into(), case: format!("2026-0000-{number:04}") };
            let within = Duration::from_secs(5);
            let request = Request {
                agency: "transport",
                service: Some("YZ13022"),
                question,
                about: Some(about),
                within,
            };
            match self.portal().gateway.send(request, &number.to_string()).await {
                Ok(_) => {}
                Err(GatewayError::TooMany { .. }) => return,
                Err(error) => panic!("{error}"),
            }
        }
        panic!("one person may ask as often as they like");
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
        town.uses_up_the_hour(who).await;
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
}

//! The city at work: its pages against its agencies' backends, each played by the sandbox over its true protocol.

use std::{collections::BTreeMap, path::Path};

use chrono::TimeDelta;
use tempfile::TempDir;
use yimen::agencies::bindings::{self, Proposal};
use yimen_contract::{
    Files, Package,
    capability::person::Claim,
    package,
    query::{InputKind, Query, ServedBy},
    service::{Service, Status},
};
use yimen_sandbox::{BackendPorts, Backends, Clock, Part, Secret, Theatre};

use crate::{
    on_both_engines,
    people::{Browser, citizen, keys, number},
    town::{Answer, Town, packages},
};

pub fn city() -> Vec<Package> {
    let folder = packages().join("agencies");
    let mut slugs: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect();
    slugs.sort();
    slugs
        .into_iter()
        .map(|slug| package::load(&slug, &Files::read_folder(&folder.join(&slug))).unwrap())
        .collect()
}

impl Town {
    /// Plays these backends and binds them, as the demo city does.
    pub async fn play(&self, city: &[Package], folder: &Path) -> Backends {
        let clock = self.clock.clone();
        let theatre = Theatre {
            secret: Secret::new([7; 32]),
            clock: Clock::asking(move || clock.now()),
            ports: BackendPorts::default(),
            folder: Some(folder.to_owned()),
            people: Vec::new(),
            keys: BTreeMap::new(),
            every: None,
        };
        let backends = Backends::start(&theatre, city.iter().map(Part::of).collect()).unwrap();
        backends.expect(self.portal().site.origin());
        let propose = |it: &yimen_sandbox::Backend| Proposal {
            agency: it.slug.clone(),
            address: it.address.clone(),
            secrets: it.secrets.clone(),
        };
        let proposals: Vec<Proposal> = backends.all.iter().map(propose).collect();
        let (ring, now) = (keys(self), self.clock.now());
        let bind = move |c: &mut yimen::db::Conn| {
            proposals.iter().try_for_each(|one| bindings::bind(c, &ring, now, one, ("one", "another")))
        };
        self.db.tx(bind).await.unwrap();
        backends
    }
}

/// A question's fields, filled in as its hints show.
fn fields(query: &Query) -> Vec<(String, String)> {
    let filled = |input: &yimen_contract::query::Input| {
        let choice = || input.choices.first().map(|choice| choice.value.clone());
        let value = input
            .example
            .clone()
            .or_else(choice)
            .filter(|_| !input.optional || input.kind == InputKind::Choice)?;
        Some((format!("a-{}", input.key), value))
    };
    query.inputs.iter().filter_map(filled).collect()
}

async fn ask(town: &Town, somebody: &Browser<'_>, service: &Service, query: &Query) -> Answer {
    let path = format!("/services/{}/start", service.code);
    let fields = fields(query);
    let pairs: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    if service.assurance > 0 || !service.claims.is_empty() {
        return somebody.post(&path, &pairs).await;
    }
    let mut url = url::Url::parse(&town.url(&path)).unwrap();
    url.query_pairs_mut().append_pair("ask", "1").extend_pairs(&pairs);
    town.get(&format!("{path}?{}", url.query().unwrap())).await
}

/// What is wrong with the page of an answer.
fn trouble(answer: &Answer) -> Option<String> {
    let text = || answer.texts("main").join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    if answer.status != 200 || answer.texts(".found-answer").is_empty() {
        return Some(format!("{}: {}", answer.status, text().chars().take(300).collect::<String>()));
    }
    // Found with something to show, or found to be nothing.
    let shown = [".found-record", ".found-answer .facts", ".found-answer .empty"]
        .iter()
        .any(|part| !answer.texts(part).is_empty());
    if shown { None } else { Some(format!("nothing: {}", text().chars().take(300).collect::<String>())) }
}

on_both_engines! {
    async fn every_question_of_the_city_is_answered_by_its_agency(town: Town) {
        // In the afternoon every office is open.
        town.clock.advance(TimeDelta::hours(3));
        let (city, folder) = (city(), TempDir::new().unwrap());
        let backends = town.play(&city, folder.path()).await;
        let who = citizen(&town, "林晓", "13800000001", &number("19850101", 1)).await;
        let lin = Browser::of(&town, who, 3).await;
        // What comes in files has come.
        backends.tick().await;
        town.pass(TimeDelta::minutes(10)).await;
        let (mut wrong, mut count) = (Vec::new(), 0);
        for package in &city {
            for service in &package.services {
                let asks = service.query.as_ref().filter(|_| service.served_by == Some(ServedBy::Lookup));
                let Some(query) = asks.filter(|_| service.status == Status::Online) else { continue };
                // For these somebody has to act for a company first.
                if service.claims.iter().any(|claim| matches!(claim, Claim::Company | Claim::CreditCode)) {
                    continue;
                }
                // Nobody asks so many questions at once.
                town.clock.advance(TimeDelta::seconds(20));
                let answer = ask(&town, &lin, service, query).await;
                count += 1;
                wrong.extend(trouble(&answer).map(|why| format!("{}/{}: {why}", package.slug, service.code)));
            }
        }
        assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(count > 150, "{count}");
        backends.stop().await;
        town.close().await;
    }
}

//! What a backend tells by itself: signed CloudEvents, pushed to the portal when an application stands differently.

use std::sync::PoisonError;

use chrono::SecondsFormat;
use serde_json::{Value, json};
use yimen_contract::capability::{Capability, EventKind};

use super::{Player, memory::Case};
use crate::{chance, faults::Wrong, signature::sign};

/// An event about a case, ready to be sent.
struct News {
    reference: String,
    word: String,
    bodies: Vec<Value>,
}

impl Player {
    /// From now on the portal at this address is told what happens.
    pub fn expect(&self, origin: &str) {
        self.vouched.expect(origin);
        *self.portal.lock().unwrap_or_else(PoisonError::into_inner) = Some(origin.to_owned());
    }

    /// Tells what has changed since. What does not arrive is told again the next time.
    pub async fn tell(&self) {
        let events = self.agency.backend.events.as_ref();
        let key = events.and_then(|events| events.secrets.first());
        let portal = self.portal.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (Some(key), Some(portal)) = (key.and_then(|name| self.secrets.get(name)), portal) else { return };
        for news in self.news() {
            let mut arrived = true;
            for body in &news.bodies {
                arrived &= self.push(&portal, key, body).await;
            }
            if arrived && let Some(case) = self.memory().cases.get_mut(&news.reference) {
                case.told += 1;
                case.said = Some(news.word);
                self.changed.store(true, std::sync::atomic::Ordering::Relaxed);
            }
        }
    }

    fn news(&self) -> Vec<News> {
        let stage = self.stage();
        let memory = self.memory();
        let changed = memory.cases.values().filter_map(|case| {
            let word = stage.stands(case);
            (case.said.as_ref() != Some(&word) && !word.is_empty()).then_some((case, word))
        });
        changed
            .filter_map(|(case, word)| {
                // A backend with events of its own shape tells what it has a sample of; the portal asks for the rest.
                let newest = self.event(case, &word, case.told + 1)?;
                let mut bodies = vec![newest.clone()];
                match (self.faults.unasked(), &case.said) {
                    (Some(Wrong::DuplicateCallback), _) => bodies.push(newest),
                    (Some(Wrong::ReorderedCallback), Some(before)) => {
                        bodies.extend(self.event(case, before, case.told));
                    }
                    _ => {}
                }
                Some(News { reference: case.reference.clone(), word, bodies })
            })
            .collect()
    }

    /// The event as it is pushed; nothing where nobody has recorded how that looks.
    fn event(&self, case: &Case, word: &str, sequence: u64) -> Option<Value> {
        let event = self.cloud_event(case, word, sequence);
        let own = self.agency.backend.events.as_ref().is_some_and(|events| events.map.is_some());
        if own { self.pushed().iter().find_map(|pushed| pushed.telling(&event)) } else { Some(event) }
    }

    fn cloud_event(&self, case: &Case, word: &str, sequence: u64) -> Value {
        let stage = self.stage();
        let says = |one: &&super::Recorded| one.capability == Capability::CaseStatus && one.word() == word;
        let mut said = stage.recorded.iter().filter(says);
        let own = said.clone().find(|one| one.service == case.service).or_else(|| said.next());
        let mut data = own.map_or_else(|| json!({}), |one| one.answer.clone());
        data["status"] = word.into();
        data["reference"] = case.reference.as_str().into();
        data["sequence"] = sequence.into();
        if let Some(own) = &case.own {
            data["case"] = own.as_str().into();
        }
        json!({
            "specversion": "1.0",
            "id": format!("{}-{sequence}", case.reference),
            "source": self.slug,
            "type": EventKind::CaseChanged.name(),
            "time": stage.now.to_rfc3339_opts(SecondsFormat::Secs, true),
            "subject": case.reference,
            "data": data,
        })
    }

    async fn push(&self, portal: &str, key: &str, body: &Value) -> bool {
        let Ok(nonce) = chance::word() else { return false };
        // A nonce has letters, digits and dashes only.
        let nonce = nonce.replace('_', "-");
        let path = format!("/api/v1/agencies/{}/events", self.slug);
        let (body, now) = (body.to_string(), self.props.clock.seconds());
        let signature = sign(key, "POST", &path, now, &nonce, body.as_bytes());
        let request = self
            .props
            .http
            .post(format!("{}{path}", portal.trim_end_matches('/')))
            .header("content-type", "application/cloudevents+json")
            .header("x-yimen-timestamp", now.to_string())
            .header("x-yimen-nonce", nonce)
            .header("x-yimen-signature", signature)
            .body(body);
        request.send().await.is_ok_and(|answer| answer.status().is_success())
    }
}

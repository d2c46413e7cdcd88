//! What carriers tell by themselves: signed CloudEvents, until they are taken.

use std::sync::PoisonError;

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::{Carrier, Fate};
use crate::{chance, signature::sign};

impl Carrier {
    /// From now on the portal at this address is told.
    pub(super) fn expect(&self, origin: &str) {
        *self.portal.lock().unwrap_or_else(PoisonError::into_inner) = Some(origin.to_owned());
    }

    /// Tells in one request what was not told yet, once there is something to tell. What does not arrive is told again the next time.
    pub(crate) async fn tell(&self) {
        let portal = self.portal.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(portal) = portal else { return };
        let Some((word, messages)) = self.over() else { return };
        let events: Vec<Value> = messages.iter().map(|message| self.event(word, message)).collect();
        if !self.push(&portal, &Value::from(events)).await {
            let mut book = self.book();
            // Before those that came meanwhile.
            let later = std::mem::replace(&mut book.untold, messages);
            book.untold.extend(later);
        }
    }

    /// Those that came to their end, and how.
    fn over(&self) -> Option<(&'static str, Vec<(String, String)>)> {
        let mut book = self.book();
        let word = match book.fate {
            Fate::OnTheWay => return None,
            Fate::Arrives => "delivered",
            Fate::NobodyThere => "unreachable",
        };
        let messages = std::mem::take(&mut book.untold);
        (!messages.is_empty()).then_some((word, messages))
    }

    fn event(&self, word: &str, (number, reference): &(String, String)) -> Value {
        let at = self.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true);
        json!({
            "specversion": "1.0",
            "id": format!("{reference}-{number}"),
            "source": self.face.slug,
            "type": "message.changed",
            "time": at,
            "subject": number,
            "data": { "message": number, "sequence": 1, "status": word, "reference": reference, "at": at },
        })
    }

    async fn push(&self, portal: &str, events: &Value) -> bool {
        let Ok(nonce) = chance::word() else { return false };
        // A nonce has letters, digits and dashes only.
        let nonce = nonce.replace('_', "-");
        let path = format!("/api/v1/providers/{}/events", self.face.slug);
        let (body, now) = (events.to_string(), self.clock.seconds());
        let signature = sign(&self.event_key, "POST", &path, now, &nonce, body.as_bytes());
        let request = self
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

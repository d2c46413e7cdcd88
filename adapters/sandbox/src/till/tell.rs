//! What the provider tells by itself: signed CloudEvents, until they are taken.

use std::sync::PoisonError;

use actix_web::web::Data;
use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::{SLUG, Till, books::Untold};
use crate::{chance, faults::Wrong, signature::sign};

impl Till {
    /// Tells at once, unless it was told to be late.
    pub(super) fn tell_soon(till: &Data<Self>) {
        if till.faults.get().wrong != Some(Wrong::LateCallback) {
            let till = till.clone();
            tokio::spawn(async move { till.tell().await });
        }
    }

    /// Tells what was not told yet. What does not arrive is told again the next time.
    pub async fn tell(&self) {
        let portal = self.portal.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(portal) = portal else { return };
        let mut waiting = std::mem::take(&mut self.books().untold);
        let wrong = self.faults.unasked();
        if wrong == Some(Wrong::ReorderedCallback) {
            waiting.reverse();
        }
        for one in waiting {
            if wrong == Some(Wrong::LostCallback) {
                continue;
            }
            let event = event(&one);
            let mut arrived = self.push(&portal, &event).await;
            if wrong == Some(Wrong::DuplicateCallback) {
                arrived &= self.push(&portal, &event).await;
            }
            if !arrived {
                self.books().untold.push(one);
            }
        }
        self.keep();
    }

    async fn push(&self, portal: &str, event: &Value) -> bool {
        let Ok(nonce) = chance::word() else { return false };
        // A nonce has letters, digits and dashes only.
        let nonce = nonce.replace('_', "-");
        let path = format!("/api/v1/providers/{SLUG}/events");
        let (body, now) = (event.to_string(), self.clock.seconds());
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

fn event(told: &Untold) -> Value {
    let at = told.at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut data = json!({
        "order": told.order, "sequence": told.sequence, "status": told.word, "payment": told.number,
        "amount_fen": told.fen, "at": at,
    });
    if let Some(refund) = &told.refund {
        data["refund"] = refund.as_str().into();
    }
    json!({
        "specversion": "1.0",
        "id": format!("{}-{}", told.number, told.sequence),
        "source": SLUG,
        "type": "payment.changed",
        "time": at,
        "subject": told.order,
        "data": data,
    })
}

//! The same question directly and through the gateway, in turn.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use yimen::{
    gateway::{About, Request},
    ledger::{Basis, Purpose},
};
use yimen_contract::capability::{Outcome as Answered, lookup::Input, person::Claim};

use crate::{
    Outcome,
    city::{City, MAPPED, PERSONAL, PLAIN, service},
    spread,
};

const WITHIN: Duration = Duration::from_secs(5);
/// Before anything counts: connections, compiled maps, kept pages of the database.
const FIRST: usize = 20;
/// One person may ask so often that this many questions are fine for each.
const EACH: usize = 60;

pub async fn measure(city: &City, times: usize) -> Outcome<Value> {
    let mut rows = Vec::new();
    let client = plainly()?;
    let most = city.people.len() * EACH - FIRST;
    for (slug, title) in [
        (PLAIN, "the contract's own form"),
        (MAPPED, "maps on both sides"),
        (PERSONAL, "about a person: maps, ledger, statement"),
    ] {
        let times = if slug == PERSONAL { times.min(most) } else { times };
        let (mut direct, mut through) = (Vec::new(), Vec::new());
        for turn in 0..FIRST + times {
            let (one, other) =
                (directly(city, &client, slug, turn).await?, by_gateway(city, slug, turn).await?);
            if turn >= FIRST {
                direct.push(one);
                through.push(other);
            }
        }
        let ((p50, p99), (own_p50, own_p99)) = (spread(through), spread(direct));
        rows.push(json!({
            "kind": title, "asked": times, "direct_p50_ms": own_p50, "direct_p99_ms": own_p99,
            "gateway_p50_ms": p50, "gateway_p99_ms": p99,
        }));
    }
    Ok(rows.into())
}

#[expect(clippy::disallowed_methods, reason = "the direct call is what the gateway is measured against")]
fn plainly() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().no_proxy().build()
}

fn question(slug: &str, turn: usize) -> Value {
    json!({ "service": service(slug), "answers": { "number": format!("{:010}", 2_026_000_000 + turn) } })
}

async fn directly(city: &City, client: &reqwest::Client, slug: &str, turn: usize) -> Outcome<Duration> {
    let began = Instant::now();
    let request = client.post(format!("{}/{slug}/v1/lookup", city.backends)).json(&question(slug, turn));
    let answer: Value = request.send().await?.error_for_status()?.json().await?;
    std::hint::black_box(&answer);
    Ok(began.elapsed())
}

async fn by_gateway(city: &City, slug: &str, turn: usize) -> Outcome<Duration> {
    let question: Input = serde_json::from_value(question(slug, turn))?;
    let citizen = city.people[turn % city.people.len()];
    let (purpose, basis, claims) = (Purpose::Service, Basis::Consent, [Claim::IdentityNumber]);
    let about = About {
        citizen,
        agent: None,
        company: None,
        level: 3,
        purpose,
        basis,
        fields: &["answers"],
        claims: Some(&claims),
    };
    let about = (slug == PERSONAL).then_some(about);
    let service = service(slug);
    let began = Instant::now();
    let request = Request { agency: slug, service: Some(&service), question, about, within: WITHIN };
    let outcome = city.portal.gateway.call(request).await?;
    let taken = began.elapsed();
    match outcome {
        Answered::Fresh(_) => Ok(taken),
        other => Err(format!("{slug}: no answer ({})", other.tag()).into()),
    }
}

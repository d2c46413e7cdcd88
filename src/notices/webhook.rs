//! Notices to a program of somebody's own: one POST each, in the form of CloudEvents and signed as everything is that
//! portal and agencies send each other (`yimen_drivers::rest::signing`), with the secret that its owner was shown once.
//! docs/webhooks.md says it to those who write such programs.
//!
//! It says what a text message would: topic, title, where to go on, when. Any 2xx means that it was taken.

use chrono::SecondsFormat;
use serde::Serialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;
use url::Url;
use uuid::Uuid;
use yimen_drivers::{
    Dialer, HttpAnswer,
    rest::signing::{NONCE, SIGNATURE, Signing, TIMESTAMP},
};

use super::{courier::NotSent, dial, news::Told};
use crate::platform::{Moment, here::leads_here};

/// The longest address that is taken.
const LONGEST: usize = 500;

#[derive(Serialize)]
struct Event<'a> {
    specversion: &'static str,
    /// The same at every attempt.
    id: &'a str,
    /// Our own address.
    source: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    time: String,
    datacontenttype: &'static str,
    data: Value,
}

/// Why an address cannot be taken. What it leads to is judged whenever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoAddress {
    Unreadable,
    /// In the clear only to this very machine, where the operator allows it at all.
    NotHttps,
}

/// An address as it was typed, in the one way of writing it.
pub(super) fn address(typed: &str) -> Result<Url, NoAddress> {
    let url = Url::parse(typed.trim()).map_err(|_| NoAddress::Unreadable)?;
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !url.has_host() || !bare || url.as_str().len() > LONGEST {
        return Err(NoAddress::Unreadable);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if leads_here(&url) => Ok(url),
        _ => Err(NoAddress::NotHttps),
    }
}

/// Hands a notice over.
pub(super) async fn tell(
    dialer: &dyn Dialer,
    now: Moment,
    to: (&str, &str),
    origin: &str,
    told: &Told<'_>,
) -> Result<(), NotSent> {
    let link = format!("{origin}{}", told.path);
    let data = json!({ "topic": told.topic.tag(), "title": told.title, "link": link });
    let event = Event {
        specversion: "1.0",
        id: told.key,
        source: origin,
        kind: "notice",
        time: now.to_rfc3339_opts(SecondsFormat::Secs, true),
        datacontenttype: "application/json",
        data,
    };
    judge(post(dialer, now, to, &event).await?.status)
}

/// Sends a challenge. Whether it came back, as the whole answer or as JSON's `challenge`.
pub(super) async fn challenge(
    dialer: &dyn Dialer,
    now: Moment,
    to: (&str, &str),
    (origin, id, challenge): (&str, &str, &str),
) -> Result<bool, NotSent> {
    let event = Event {
        specversion: "1.0",
        id,
        source: origin,
        kind: "challenge",
        time: now.to_rfc3339_opts(SecondsFormat::Secs, true),
        datacontenttype: "application/json",
        data: json!({ "challenge": challenge }),
    };
    let answer = post(dialer, now, to, &event).await?;
    judge(answer.status)?;
    let Ok(said) = std::str::from_utf8(&answer.body) else { return Ok(false) };
    let in_json = serde_json::from_str::<Value>(said).ok();
    let in_json = in_json.as_ref().and_then(|said| said.get("challenge")).and_then(Value::as_str);
    let given = in_json.unwrap_or(said.trim());
    Ok(bool::from(given.as_bytes().ct_eq(challenge.as_bytes())))
}

async fn post(
    dialer: &dyn Dialer,
    now: Moment,
    (address, secret): (&str, &str),
    event: &Event<'_>,
) -> Result<HttpAnswer, NotSent> {
    let url =
        Url::parse(address).map_err(|_| NotSent::Never("the address of an outlet is none".to_owned()))?;
    let body = serde_json::to_vec(event)
        .map_err(|_| NotSent::Never("the message could not be put together".to_owned()))?;
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let nonce = Uuid::now_v7().to_string();
    let signing =
        Signing { method: "POST", target: &target, timestamp: now.timestamp(), nonce: &nonce, body: &body };
    let headers = vec![
        ("content-type", "application/cloudevents+json; charset=utf-8".to_owned()),
        ("idempotency-key", event.id.to_owned()),
        (TIMESTAMP, now.timestamp().to_string()),
        (SIGNATURE, signing.sign(secret.as_bytes())),
        (NONCE, nonce.clone()),
    ];
    dial::post(dialer, url, headers, body.into()).await
}

fn judge(status: u16) -> Result<(), NotSent> {
    match status {
        200..=299 => Ok(()),
        410 => Err(NotSent::Gone("an outlet is gone".to_owned())),
        _ => Err(NotSent::Later(format!("an outlet answered {status}"))),
    }
}

#[cfg(test)]
mod tests {
    use std::{io, net::IpAddr, sync::Arc};

    use yimen_drivers::{Future, Lookup, SafeDialer, address::Allowed};

    use super::*;
    use crate::notices::model::Topic;

    /// A name server that says of every name that it is this machine.
    struct Rebound;

    impl Lookup for Rebound {
        fn lookup<'a>(&'a self, _: &'a str) -> Future<'a, io::Result<Vec<IpAddr>>> {
            Box::pin(async { Ok(vec![IpAddr::from([127, 0, 0, 1])]) })
        }
    }

    #[test]
    fn only_what_is_sealed_on_its_way_is_an_address() {
        for fine in ["https://bot.example/hook", " https://bot.example:8443/a?b=c ", "http://127.0.0.1:9/x"] {
            assert!(address(fine).is_ok(), "{fine}");
        }
        for (wrong, why) in [
            ("http://bot.example/hook", NoAddress::NotHttps),
            ("ftp://bot.example/hook", NoAddress::NotHttps),
            ("https://me:pw@bot.example/", NoAddress::Unreadable),
            ("https://bot.example/#a", NoAddress::Unreadable),
            ("bot.example/hook", NoAddress::Unreadable),
            ("javascript:alert(1)", NoAddress::Unreadable),
            ("", NoAddress::Unreadable),
        ] {
            assert_eq!(address(wrong).unwrap_err(), why, "{wrong}");
        }
        assert!(address(&format!("https://bot.example/{}", "x".repeat(500))).is_err());
    }

    /// Neither as a number nor by a name that means another machine than it did does an address lead inside.
    #[tokio::test]
    async fn no_address_leads_to_a_machine_that_only_the_portal_can_reach() {
        crate::platform::tls::provide();
        let dialer = SafeDialer::with_lookup(Allowed::default(), Arc::new(Rebound));
        let told = Told { key: "k", topic: Topic::Cases, title: "t", path: "/me", lang: "en" };
        for address in [
            "https://bot.example/hook",
            "https://127.0.0.1/hook",
            "http://127.0.0.1:9/hook",
            "https://169.254.169.254/latest/meta-data",
            "https://10.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:169.254.169.254]/",
        ] {
            let to = (address, "secret");
            let told = tell(&dialer, Moment::UNIX_EPOCH, to, "https://yimen.example", &told).await;
            assert!(matches!(told, Err(NotSent::Never(_))), "{address}: {told:?}");
        }
    }

    #[test]
    fn only_a_yes_is_a_yes() {
        assert_eq!((judge(200), judge(204)), (Ok(()), Ok(())));
        assert!(matches!(judge(410), Err(NotSent::Gone(_))));
        for status in [100, 301, 302, 400, 401, 404, 429, 500, 503] {
            assert!(matches!(judge(status), Err(NotSent::Later(_))), "{status}");
        }
    }
}

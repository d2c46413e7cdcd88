//! What a proved body says.

use std::{collections::BTreeMap, time::Duration};

use proptest::prelude::*;
use serde_json::{Value, json};
use yimen_callback::event::{Event, NoEvent, Source, read};
use yimen_contract::agency::{Backend, Encoding};
use yimen_contract::capability::event::EventKind;
use yimen_drivers::{Future, Job, MapError, Maps, text};

/// A map for this test only: maps themselves are tested where they run.
struct Pushed;

impl Maps for Pushed {
    fn run<'a>(&'a self, job: Job<'a>) -> Future<'a, Result<Value, MapError>> {
        Box::pin(async move {
            assert_eq!(job.text, "the program");
            Ok(json!({
                "specversion": "1.0", "id": job.input["lsh"], "source": "x", "type": "case.changed",
                "time": "2026-11-21T04:00:00Z", "subject": job.input["ywh"], "data": { "name": job.input["xm"] },
            }))
        })
    }
}

async fn said(backend: Value, body: &[u8]) -> Result<Vec<Event>, NoEvent> {
    let mut whole =
        json!({ "driver": "callback", "endpoint": "x", "auth": "none", "events": { "secrets": ["key"] } });
    whole.as_object_mut().unwrap().extend(backend.as_object().unwrap().clone());
    let backend: Backend = serde_json::from_value(whole).unwrap();
    let programs = BTreeMap::from([("maps/event.jq".to_owned(), "the program".to_owned())]);
    let source = Source {
        agency: "x",
        backend: &backend,
        programs: &programs,
        maps: &Pushed,
        now: "2026-11-21T04:00:00Z".parse().unwrap(),
        within: Duration::from_secs(5),
    };
    read(&source, body).await
}

fn event() -> Value {
    json!({
        "specversion": "1.0", "id": "e-1", "source": "court", "type": "case.changed",
        "time": "2026-11-21T12:00:00+08:00", "subject": "YZ-1", "data": { "status": "granted" },
    })
}

#[tokio::test]
async fn one_event_or_many() {
    let one = said(json!({}), event().to_string().as_bytes()).await.unwrap();
    assert_eq!(
        (one.len(), one[0].kind, one[0].subject.as_deref()),
        (1, EventKind::CaseChanged, Some("YZ-1"))
    );
    assert_eq!(one[0].data, json!({ "status": "granted" }));
    let many = said(json!({}), json!([event(), event()]).to_string().as_bytes()).await.unwrap();
    assert_eq!(many.len(), 2);
    assert!(!format!("{many:?}").contains("granted"), "what it says is not for logs");
}

#[tokio::test]
async fn what_is_no_event_is_named_and_nothing_of_the_rest_is_taken() {
    for (field, value, says) in [
        ("specversion", json!("0.3"), "event 1: `specversion` is not 1.0"),
        ("id", json!(""), "event 1: `id`, `source` and `subject` have"),
        ("id", json!(7), "event 1: `id` is missing"),
        ("id", json!("a\nb"), "event 1: `id`, `source` and `subject` have"),
        ("type", json!("case.deleted"), "event 1: `type` is none that the portal knows"),
        ("time", json!("yesterday"), "event 1: `time` is none"),
        ("time", json!("2026-11-21T04:05:01Z"), "event 1: `time` lies in the future"),
        ("subject", json!("x".repeat(201)), "event 1: `id`, `source` and `subject` have"),
    ] {
        let mut bad = event();
        bad[field] = value;
        let error = said(json!({}), json!([event(), bad]).to_string().as_bytes()).await.unwrap_err();
        assert!(error.to_string().starts_with(says), "{says}: {error}");
    }
    for body in ["", "[]", "{", "\"x\"", "null", "<a/>"] {
        assert!(said(json!({}), body.as_bytes()).await.is_err(), "{body}");
    }
    let flood = Value::Array(vec![event(); 501]).to_string();
    assert_eq!(said(json!({}), flood.as_bytes()).await, Err(NoEvent::Count));
}

#[tokio::test]
async fn a_backend_pushes_its_own_shape_in_its_own_encoding() {
    let own =
        json!({ "encoding": "gbk", "body": "xml", "events": { "secrets": ["key"], "map": "maps/event.jq" } });
    let xml = "<?xml version=\"1.0\" encoding=\"GBK\"?><ts><lsh>77</lsh><ywh>YZ-1</ywh><xm>林晓</xm></ts>";
    let events = said(own.clone(), &text::encode(Encoding::Gbk, xml).unwrap()).await.unwrap();
    assert_eq!((events[0].id.as_str(), &events[0].data), ("77", &json!({ "name": "林晓" })));
    let bomb = "<!DOCTYPE a [<!ENTITY b \"c\">]><ts>&b;</ts>";
    assert!(matches!(said(own.clone(), bomb.as_bytes()).await, Err(NoEvent::Unreadable(_))));
    assert!(matches!(said(own, &[0xFF, 0xFF]).await, Err(NoEvent::Unreadable(_))));
}

proptest! {
    #[test]
    fn no_body_makes_it_panic(body in proptest::collection::vec(any::<u8>(), 0..100), text in "[{}\\[\\]\":,a-z0-9]{0,60}") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let _ = runtime.block_on(said(json!({}), &body));
        let _ = runtime.block_on(said(json!({}), text.as_bytes()));
    }
}

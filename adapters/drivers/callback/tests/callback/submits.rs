//! What is said to a submission.

use serde_json::{Value, json};
use yimen_callback::Callback;
use yimen_drivers::CallError;
use yimen_rig::{Asked, Server};

fn asked(server: &Server) -> Asked {
    let binding = json!({
        "path": "/v1/submit",
        "read": {
            "outcome": { "from": "state", "words": { "done": "match" } },
            "reference": { "from": "number" },
        },
    });
    let backend = json!({ "driver": "callback", "endpoint": "sample", "auth": "none" });
    Asked::new(format!("http://{}", server.address), backend, binding)
}

async fn said(status: u16, body: &str) -> Result<Value, CallError> {
    let server = Server::saying(status, body);
    let answer = asked(&server).of(&Callback::default()).await;
    assert_eq!(server.heard().len(), 1);
    assert_eq!(server.heard()[0].header("idempotency-key"), "01910000-0000-7000-8000-000000000001");
    answer
}

#[tokio::test]
async fn taken_is_not_decided_whatever_the_receipt_says() {
    let pending = json!({ "outcome": "pending", "status": "pending" });
    assert_eq!(said(202, "").await.unwrap(), pending);
    assert_eq!(said(202, "thanks").await.unwrap(), pending);
    let receipt = said(202, r#"{ "number": "A-1", "state": "done" }"#).await.unwrap();
    assert_eq!(receipt, json!({ "outcome": "pending", "status": "pending", "reference": "A-1" }));
    // One that decides at once says so by 200.
    let decided = said(200, r#"{ "number": "A-1", "state": "done" }"#).await.unwrap();
    assert_eq!(decided, json!({ "outcome": "match", "reference": "A-1" }));
    let strange = said(200, r#"{ "number": "A-1", "state": "odd" }"#).await.unwrap();
    assert_eq!(strange["outcome"], "pending");
    assert_eq!(said(422, "").await.unwrap_err().tag(), "refused");
    assert_eq!(said(500, "").await.unwrap_err().tag(), "unknown");
}

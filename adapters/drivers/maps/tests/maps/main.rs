//! Maps in real worker processes.

mod calls;
mod escapes;
mod words;

use std::time::Duration;

use serde_json::{Value, json};
use yimen_drivers::{Job, MapError, Maps as _};
use yimen_maps::{Pool, Settings};

pub fn pool(workers: usize) -> Pool {
    let program = env!("CARGO_BIN_EXE_map-worker").into();
    Pool::new(Settings { program, arguments: vec![], workers })
}

pub fn facts() -> Value {
    json!({ "time": "2026-11-21T02:30:00Z", "amount_unit": "yuan-2dp", "date_format": "yyyyMMdd", "input": { "level": 3 } })
}

pub async fn run(pool: &Pool, text: &str, input: Value) -> Result<Value, MapError> {
    within(pool, text, input, Duration::from_secs(20)).await
}

pub async fn within(pool: &Pool, text: &str, input: Value, within: Duration) -> Result<Value, MapError> {
    let facts = facts();
    pool.run(Job { agency: "sample", program: "maps/test.jq", text, facts: &facts, input: &input, within })
        .await
}

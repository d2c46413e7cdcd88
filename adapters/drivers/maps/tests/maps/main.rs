//! Maps in real worker processes.

mod calls;
mod escapes;
mod words;

use std::time::Duration;

use serde_json::{Value, json};
use yimen_drivers::{Job, MapError, Maps as _};
use yimen_maps::{Pool, Settings};

/// The longest that one map takes in most of these tests: far more than a worker needs to start on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);
/// Far more than filling its memory takes a worker.
pub const PATIENCE: Duration = Duration::from_mins(1);

pub fn pool(workers: usize) -> Pool {
    Pool::new(Settings { longest: LONGEST, ..settings(workers) })
}

/// Workers with so much time that whatever ends a map is its memory or its stack, on however busy a machine.
pub fn patient_pool(workers: usize) -> Pool {
    Pool::new(settings(workers))
}

fn settings(workers: usize) -> Settings {
    let program = env!("CARGO_BIN_EXE_map-worker").into();
    Settings { program, arguments: vec![], workers, longest: PATIENCE }
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

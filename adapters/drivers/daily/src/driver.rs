//! Questions to an agency that is asked by files.

use std::time::Instant;

use serde_json::{Value, json};
use yimen_contract::protocol::{DailyFiles, FileUse, Table};
use yimen_drivers::{Answer, Call, CallError, Driver, Future, Waiting, Whose, mapping};

use crate::table;

/// Answers from the newest file, and lets what changes something wait for the next one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Daily;

impl Driver for Daily {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Future<'a, Result<Answer, CallError>> {
        Box::pin(async move {
            let began = Instant::now();
            let impossible = |why: &str| CallError::Impossible(why.to_owned());
            let files =
                call.backend.files.as_ref().ok_or_else(|| impossible("the files are not described"))?;
            let usage = call.binding.file.as_ref().ok_or_else(|| impossible("no file is named"))?;
            let of = |list: &'a [Table]| list.iter().find(|table| table.name == usage.table);
            let DailyFiles { inbound, outbound, .. } = files;
            match (of(inbound), of(outbound)) {
                (Some(table), _) => look(call, usage, table, began).await,
                (None, Some(table)) => wait(call, table).await,
                (None, None) => Err(impossible("there is no such file")),
            }
        })
    }
}

/// What the newest file says: `{ since, lines }` for the map.
async fn look(call: &Call<'_>, usage: &FileUse, table: &Table, began: Instant) -> Result<Answer, CallError> {
    let question = call.outgoing().await?;
    let key = usage.by.as_ref().map(|by| &question[by]);
    let key = key.and_then(Value::as_str).filter(|key| !key.is_empty());
    let key = key.ok_or_else(|| CallError::Impossible("the question does not hold the key".to_owned()))?;
    let whose = Whose { agency: call.agency, table: &table.name };
    let found = call.ports.store.find(whose, key).await?;
    let found = found.ok_or_else(|| CallError::NotSent("no file has come yet".to_owned()))?;
    let answer = json!({ "since": found.since.to_rfc3339(), "lines": found.lines });
    Ok(Answer { value: call.incoming(answer, began).await?, since: Some(found.since) })
}

/// The question becomes a line of the next file, once however often it is asked.
async fn wait(call: &Call<'_>, table: &Table) -> Result<Answer, CallError> {
    let question = call.outgoing().await?;
    let Value::Object(mut line) = question else {
        return Err(CallError::Impossible("only fields make a line".to_owned()));
    };
    line.insert(table.key.clone(), call.idempotency_key.into());
    table::check(table, call.backend.encoding, &line).map_err(CallError::Impossible)?;
    let whose = Whose { agency: call.agency, table: &table.name };
    let waiting = Waiting { key: call.idempotency_key.to_owned(), line: Value::Object(line) };
    call.ports.store.queue(whose, waiting).await?;
    let mut answer = mapping::undecided();
    answer["reference"] = call.idempotency_key.into();
    Ok(answer.into())
}

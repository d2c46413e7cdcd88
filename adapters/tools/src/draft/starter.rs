//! A small package that works: one draft service that answers a question, with its maps and one recorded exchange,
//! over the protocol that the agency names. Everything in it is there to be replaced.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use yimen_contract::{
    Bilingual,
    agency::{Auth, Driver, Encoding},
    capability::person::Claim,
    query::ServedBy,
    sample::Sample,
    service::ServiceKind,
};

use super::{Draft, DraftError, guide};

/// What a starter is to be.
#[derive(Debug, Clone)]
pub struct Starter {
    pub slug: String,
    pub name: Bilingual,
    pub driver: Driver,
    /// Left out, the usual one of the protocol.
    pub auth: Option<Auth>,
    pub encoding: Encoding,
    /// Code of its one service.
    pub service: String,
}

/// Writes it.
pub fn starter(wanted: &Starter) -> Result<Draft, DraftError> {
    let mut backend = guide::backend(wanted.driver, &wanted.slug);
    backend.encoding = wanted.encoding;
    if let Some(auth) = wanted.auth {
        backend.auth = auth;
        backend.secrets = guide::secrets(auth);
        backend.token_path = (auth == Auth::Oauth2).then(|| "/oauth2/token".to_owned());
    }
    if wanted.driver == Driver::Csv {
        backend.daily_file_at = Some("03:00".to_owned());
        backend.files = Some(typed("agency.toml", files())?);
    }
    if wanted.driver == Driver::Fixed {
        let proved = backend.auth == Auth::SharedSecret;
        backend.frames = Some(typed("agency.toml", frames(proved))?);
    }
    if wanted.driver == Driver::Callback {
        backend.secrets.push("event-key".to_owned());
        backend.events = Some(typed("agency.toml", json!({ "secrets": ["event-key"] }))?);
    }
    let mut agency = guide::agency(wanted.name.clone(), backend);
    let name = guide::waiting("服务名称", "name of the service");
    let mut service = guide::service(&wanted.service, name, ServiceKind::Query);
    let mut draft = Draft::default();
    match wanted.driver {
        Driver::Desk => service.served_by = Some(ServedBy::Desk),
        Driver::Redirect => service.served_by = Some(ServedBy::Site),
        driver => {
            agency.capabilities.insert("lookup".to_owned(), typed("agency.toml", binding(driver))?);
            service.served_by = Some(ServedBy::Lookup);
            service.claims = vec![Claim::IdentityNumber];
            service.query = Some(typed("services", query())?);
        }
    }
    draft.agency(&agency)?;
    draft.service(&service)?;
    if service.served_by == Some(ServedBy::Lookup) {
        draft.text("maps/ask.jq", ASK);
        draft.text("maps/said.jq", SAID.replace("LIST", list(wanted.driver)));
        let sample: Sample = typed("samples", sample(&wanted.service, wanted.driver))?;
        draft.sample("one-record", &sample)?;
    }
    draft.text("README.md", readme(wanted));
    Ok(draft)
}

const ASK: &str = "\
# The backend's question, made of ours. `.` is our question, `$call` what is known of the call.
{ fwbm: .service, zjhm: .person.identity_number, bh: .answers.number }
";

const SAID: &str = "\
# Our answer, made of the backend's. A code that is not listed becomes `pending`.
{
  records: [LIST | {
    reference: .bh,
    state: (.zt | word({ \"0\": \"open\", \"1\": \"done\" })),
    facts: { on: (.rq | date_in) },
  }],
}
";

/// Where the backend's answer has its records.
fn list(driver: Driver) -> &'static str {
    match driver {
        // XML writes nothing for none, and one without a list around it.
        Driver::Soap => ".rows.row | list[]",
        Driver::Csv => ".lines[]",
        // Not `list`: an answer without rows is no empty list.
        _ => ".rows[]",
    }
}

fn binding(driver: Driver) -> Value {
    let mut binding = json!({ "idempotent": true, "request": "maps/ask.jq", "response": "maps/said.jq" });
    match driver {
        Driver::Soap => {
            binding["path"] = json!("/lookup");
            binding["soap"] =
                json!({ "namespace": "urn:lookup", "operation": "lookup", "order": ["fwbm", "zjhm", "bh"] });
        }
        Driver::Fixed => {
            let text = |name, width| json!({ "name": name, "width": width });
            binding["frame"] = json!({
                "code": "1001",
                "request": [text("fwbm", 7), text("zjhm", 18), text("bh", 20)],
                "response": [{ "name": "n", "width": 3, "kind": "number" }],
                "rows": { "count": "n", "cells": [text("bh", 20), text("zt", 1), text("rq", 10)] },
            });
        }
        Driver::Csv => binding["file"] = json!({ "table": "records", "by": "zjhm" }),
        _ => binding["path"] = json!("/v1/lookup"),
    }
    binding
}

fn files() -> Value {
    json!({ "inbound": [{
        "name": "records",
        "columns": ["zjhm", "bh", "zt", "rq"],
        "key": "zjhm",
        "required": ["bh", "zt"],
        "whole": true,
    }] })
}

fn frames(proved: bool) -> Value {
    let code = json!({ "name": "txcode", "width": 4, "kind": "code" });
    let key = json!({ "name": "serial", "width": 32, "kind": "key" });
    let mac = json!({ "name": "mac", "width": 64, "kind": "mac" });
    let head = if proved { vec![code, key, mac] } else { vec![code, key] };
    json!({ "length": { "digits": 6 }, "head": head })
}

fn query() -> Value {
    json!({
        "record": guide::waiting("一条记录叫什么", "what one record is called"),
        "empty": guide::waiting("没有记录时怎么说", "what is said when there is none"),
        "inputs": [{
            "key": "number",
            "label": { "zh": "编号", "en": "Number" },
            "pattern": "\\d{10}",
            "example": "2026000001",
        }],
        "states": [
            { "word": "open", "label": { "zh": "办理中", "en": "Open" }, "tone": "waiting" },
            { "word": "done", "label": { "zh": "已办结", "en": "Done" }, "tone": "good" },
        ],
        "facts": [{ "key": "on", "label": { "zh": "日期", "en": "Date" }, "kind": "date" }],
    })
}

fn sample(service: &str, driver: Driver) -> Value {
    let identity = "990101198501010010";
    let row = json!({ "bh": "2026000001", "zt": "1", "rq": "2026-11-20" });
    let response = match driver {
        Driver::Soap => json!({ "rows": { "row": [row] } }),
        Driver::Csv => {
            let mut line = row;
            line["zjhm"] = identity.into();
            json!({ "since": "2026-11-21T03:00:00+08:00", "lines": [line] })
        }
        Driver::Fixed => json!({ "txcode": "1001", "n": 1, "rows": [row] }),
        _ => json!({ "rows": [row] }),
    };
    json!({
        "about": { "zh": "一条已办结的记录", "en": "One record, done" },
        "capability": "lookup",
        "service": service,
        "question": {
            "service": service,
            "person": { "subject": "p-1", "identity_number": identity },
            "answers": { "number": "2026000001" },
        },
        "request": { "fwbm": service, "zjhm": identity, "bh": "2026000001" },
        "response": response,
        "answer": {
            "records": [{ "reference": "2026000001", "state": "done", "facts": { "on": "2026-11-20" } }],
        },
    })
}

fn readme(wanted: &Starter) -> String {
    let Starter { slug, name, service, .. } = wanted;
    format!(
        "# {}\n\n{} 的服务包草稿。\n\nA draft. What waits to be written says so; the service {service} is a draft, \
         which nobody outside the agency and the reviewers sees.\n\n1. Describe the agency in `agency.toml` and the \
         service in `services/{service}.toml`.\n2. Make `maps/` and `samples/` those of your backend.\n3. `yimen adapter \
         check {slug}` says what is wrong.\n4. Write `status = \"online\"` when it is ready.\n",
        if name.en.is_empty() { &name.zh } else { &name.en },
        name.zh,
    )
}

fn typed<T: DeserializeOwned>(path: &str, value: Value) -> Result<T, DraftError> {
    serde_json::from_value(value)
        .map_err(|error| DraftError::Unsayable { path: path.to_owned(), why: error.to_string() })
}

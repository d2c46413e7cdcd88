//! Backends played from samples, asked by the portal's own drivers.

mod city;
mod faults;
mod files;
mod frames;
mod matters;
mod pushed;
mod rest;
mod soap;

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::DateTime;
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;
use yimen_callback::Callback;
use yimen_contract::{agency::Agency, sample::Sample};
use yimen_drivers::{CallError, Driver, rest::Rest};
use yimen_fixed::Fixed;
use yimen_rig::Asked;
use yimen_sandbox::{Backend, BackendPorts, Backends, Cast, Part, Secret, Theatre};
use yimen_soap::Soap;

use crate::harness::Hand;

/// One backend at work, and what its package says of it.
pub struct Play {
    pub backends: Backends,
    pub hand: Hand,
    pub backend: Value,
    pub capabilities: Value,
    pub folder: TempDir,
    turn: AtomicU32,
}

impl Play {
    pub fn of(backend: Value, capabilities: Value, samples: &Value) -> Self {
        let folder = TempDir::new().unwrap();
        Self::in_folder(folder, backend, capabilities, samples)
    }

    pub fn in_folder(folder: TempDir, backend: Value, capabilities: Value, samples: &Value) -> Self {
        let hand = Hand::at_noon();
        let theatre = Theatre {
            secret: Secret::new([7; 32]),
            clock: hand.clock(),
            ports: BackendPorts::default(),
            folder: Some(folder.path().to_owned()),
            people: Cast::from_seed(1).register,
            keys: std::collections::BTreeMap::new(),
            every: None,
        };
        let part = part(&backend, &capabilities, samples);
        let backends = Backends::start(&theatre, vec![part]).unwrap();
        Self { backends, hand, backend, capabilities, folder, turn: AtomicU32::new(0) }
    }

    pub fn it(&self) -> &Backend {
        self.backends.get("sample").unwrap()
    }

    /// A question about to be asked, under a key of its own.
    pub fn asked(&self, capability: &str, question: Value) -> Asked {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) + 1;
        let it = self.it();
        let mut asked = Asked::new(&it.address, self.backend.clone(), self.capabilities[capability].clone());
        for (name, value) in &it.secrets {
            asked.secrets.insert(name.clone(), SecretString::from(value.as_str()));
        }
        asked.id = u128::from(turn);
        asked.key = format!("01910000-0000-7000-8000-{turn:012}");
        asked.now = DateTime::from_timestamp(self.hand.seconds(), 0).unwrap();
        asked.input = question;
        asked
    }

    pub fn driver(&self) -> Box<dyn Driver> {
        match self.backend["driver"].as_str().unwrap() {
            "rest" => Box::new(Rest::default()),
            "soap" => Box::new(Soap::default()),
            "callback" => Box::new(Callback::default()),
            _ => Box::new(Fixed),
        }
    }

    pub async fn ask(&self, capability: &str, question: Value) -> Result<Value, CallError> {
        self.asked(capability, question).of(self.driver().as_ref()).await
    }

    /// The answer, of which there must be one.
    pub async fn says(&self, capability: &str, question: Value) -> Value {
        self.ask(capability, question).await.unwrap()
    }
}

fn part(backend: &Value, capabilities: &Value, samples: &Value) -> Part {
    let agency: Agency = serde_json::from_value(json!({
        "format": 1, "code": "A99", "name": { "zh": "样本局", "en": "Sample Bureau" }, "kind": "dept", "fields": [],
        "credit_code": "11990100990000033P", "about": { "zh": "一", "en": "One" },
        "contact": {
            "phone": "0990-5031000", "complaint_phone": "12345",
            "address": { "zh": "一", "en": "One" }, "hours": { "zh": "一", "en": "One" },
        },
        "backend": backend, "capabilities": capabilities,
    }))
    .unwrap();
    let mut all = std::collections::BTreeMap::new();
    for (index, sample) in samples.as_array().unwrap().iter().enumerate() {
        let mut sample = sample.clone();
        sample["about"] = json!({ "zh": "一", "en": "One" });
        all.insert(format!("samples/{index:02}.json"), serde_json::from_value::<Sample>(sample).unwrap());
    }
    Part::reading("sample", agency, move || all.clone())
}

pub fn person(name: &str, number: &str) -> Value {
    json!({ "subject": format!("p-{number}"), "name": name, "identity_number": number })
}

/// The person of the samples, and others.
pub const LIN: (&str, &str) = ("林晓", "990101198501010010");
pub const OTHERS: [(&str, &str); 6] = [
    ("陈静", "990101199001010020"),
    ("周敏", "990101199102030041"),
    ("吴晨", "990101197703030063"),
    ("郑丽娜", "990101196804040085"),
    ("孙立新", "990101200005050107"),
    ("何国栋", "990101195506060129"),
];

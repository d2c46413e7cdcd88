//! Every exchange on record in the demo city's packages is answered as it was recorded, over its true protocol.

use std::{collections::BTreeMap, path::Path};

use secrecy::SecretString;
use serde_json::{Value, json};
use yimen_callback::Callback;
use yimen_contract::{
    Files, Package,
    agency::{Auth, Driver as Protocol},
    capability::Capability,
    package,
    sample::{EVENTS, Sample},
};
use yimen_drivers::{CallError, Driver, rest::Rest};
use yimen_fixed::Fixed;
use yimen_rig::Asked;
use yimen_sandbox::{BackendPorts, Backends, Part, Secret, Theatre};
use yimen_soap::Soap;

use crate::harness::Hand;

fn city() -> Vec<Package> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../agencies");
    let mut slugs: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    slugs.sort();
    let load = |slug: String| {
        let files = Files::read_folder(&folder.join(&slug));
        package::load(&slug, &files).unwrap_or_else(|findings| panic!("{slug}: {findings:?}"))
    };
    slugs.into_iter().map(load).collect()
}

/// Asks one backend by the driver alone, without maps and tables: what is sent is what was recorded, and what comes is
/// compared with it.
struct Asker<'p> {
    package: &'p Package,
    driver: Box<dyn Driver>,
    asked: Asked,
    turn: u32,
}

impl<'p> Asker<'p> {
    fn of(package: &'p Package, backends: &Backends, hand: &Hand) -> Option<Self> {
        let it = backends.get(&package.slug)?;
        let driver: Box<dyn Driver> = match package.agency.backend.driver {
            Protocol::Rest => Box::new(Rest::default()),
            Protocol::Callback => Box::new(Callback::default()),
            Protocol::Soap => Box::new(Soap::default()),
            Protocol::Fixed => Box::new(Fixed),
            // Files answer nothing by themselves.
            _ => return None,
        };
        let mut backend = package.agency.backend.clone();
        backend.codes = None;
        let mut asked = Asked::new(&it.address, json!(backend), json!({}));
        for (name, value) in &it.secrets {
            asked.secrets.insert(name.clone(), SecretString::from(value.as_str()));
        }
        asked.now = chrono::DateTime::from_timestamp(hand.seconds(), 0).unwrap();
        Some(Self { package, driver, asked, turn: 0 })
    }

    async fn ask(&mut self, sample: &Sample) -> Result<Value, CallError> {
        let capability = Capability::named(&sample.capability).unwrap();
        let service = sample.service.as_deref().unwrap_or_default();
        let mut binding = self.package.agency.binding_for(capability, service).unwrap().clone();
        binding.send.clear();
        binding.read.clear();
        (binding.request, binding.response, binding.pages) = (None, None, None);
        self.turn += 1;
        self.asked.binding = binding;
        self.asked.id = u128::from(self.turn);
        self.asked.key = format!("01910000-0000-7000-8000-{:012}", self.turn);
        self.asked.input = sample.request.clone().unwrap_or_else(|| sample.question.clone());
        self.asked.of(self.driver.as_ref()).await
    }
}

/// By their leaves, in a form in which transports do not differ.
fn leaves(value: &Value, path: &str, all: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| leaves(value, &format!("{path}/{name}"), all));
        }
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| match index {
            0 => leaves(value, path, all),
            _ => leaves(value, &format!("{path}#{index}"), all),
        }),
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => drop(all.insert(path.to_owned(), text.trim().to_owned())),
        other => drop(all.insert(path.to_owned(), other.to_string())),
    }
}

fn of(value: &Value) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    leaves(value, "", &mut all);
    all
}

/// What does not fit, in words.
fn compare(
    package: &Package,
    name: &str,
    answer: Result<Value, CallError>,
    sample: &Sample,
) -> Option<String> {
    // Alternatives: the same question has several answers on record.
    let sent = |one: &Sample| of(one.request.as_ref().unwrap_or(&one.question));
    let beside = |one: &&Sample| (&one.capability, &one.service) == (&sample.capability, &sample.service);
    let alike = package.samples.values().filter(beside).filter(|one| sent(one) == sent(sample));
    let recorded: Vec<_> =
        alike.map(|one| of(one.response.as_ref().or(one.answer.as_ref()).unwrap_or(&Value::Null))).collect();
    let capability = Capability::named(&sample.capability).unwrap();
    let said = match (answer, sample.fails) {
        // A failure too can be said in a good answer, by the backend's own code.
        (Ok(said), _) => of(&said),
        (Err(CallError::Refused(_) | CallError::Unknown(_) | CallError::Busy { .. }), Some(_)) => {
            return None;
        }
        (Err(CallError::Refused(_)), None) if sample.status.is_some_and(|status| status >= 400) => {
            return None;
        }
        (Err(error), _) => return Some(format!("{name}: {error}")),
    };
    // New names, days of the week that is asked for, and how things stand are not as they were.
    let same = match capability {
        Capability::SlotsList => true,
        _ if sample.status == Some(202) => true,
        _ if capability.writes() => recorded.iter().any(|one| said.keys().eq(one.keys())),
        _ => recorded.iter().any(|one| one.iter().all(|(path, text)| said.get(path) == Some(text))),
    };
    if same { None } else { Some(format!("{name}:\n  recorded {recorded:?}\n  said     {said:?}")) }
}

#[actix_web::test]
async fn every_exchange_on_record_is_answered_as_recorded() {
    let city = city();
    let hand = Hand::at_noon();
    let theatre = Theatre {
        secret: Secret::new([7; 32]),
        clock: hand.clock(),
        ports: BackendPorts::default(),
        folder: None,
        people: Vec::new(),
        keys: BTreeMap::new(),
        every: None,
    };
    let backends = Backends::start(&theatre, city.iter().map(Part::of).collect()).unwrap();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for package in &city {
        // Without the name of their authority nobody could believe their certificate.
        let backend = &package.agency.backend;
        let unknown = backend.auth == Auth::Mtls && backend.server_ca.is_none();
        let Some(mut asker) = Asker::of(package, &backends, &hand).filter(|_| !unknown) else { continue };
        // What is read comes first: what is written changes it.
        let writes = |sample: &Sample| Capability::named(&sample.capability).is_some_and(Capability::writes);
        let (written, read): (Vec<_>, Vec<_>) = package
            .samples
            .iter()
            .filter(|(_, one)| one.capability != EVENTS)
            .partition(|(_, one)| writes(one));
        for (name, sample) in read.into_iter().chain(written) {
            count += 1;
            let answer = asker.ask(sample).await;
            wrong.extend(compare(package, &format!("{}/{name}", package.slug), answer, sample));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 1_000, "{count}");
}

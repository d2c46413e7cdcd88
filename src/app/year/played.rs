//! The agencies' backends of a simulated year, in this process: a driver in place of the real ones. Everything before it
//! is the gateway's own: what is declared and bound, the look on record, the line, the log of the call.

use std::{
    collections::HashMap,
    future,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::Timelike as _;
use yimen_contract::{
    agency::Driver as Protocol,
    capability::{
        Capability,
        case::{FindOutput, Found, Output},
        lookup,
    },
};
use yimen_drivers::{Answer, Call, CallError, Driver, Future};

use super::{chance::Chance, tills::Tills};
use crate::{gateway::Drivers, platform::clock::CITY_ZONE};

/// A stream of chance of its own.
const NAME: u64 = 2;
/// What agencies' own numbers begin with; the portal's number follows.
const OURS: &str = "YZ-";
/// The hours of the night in which the one backend is down, the last one not included.
pub(super) const NIGHT: std::ops::Range<u32> = 0..6;
/// Of all questions to backends that are well, so many get no answer.
const HICCUP: f64 = 0.004;

/// All backends.
pub(super) struct Played {
    /// The service whose backend is down at night.
    nightly: String,
    /// How applications stand, by the portal's numbers.
    cases: Mutex<HashMap<String, Output>>,
    /// What is owed and paid.
    pub tills: Tills,
    chance: Mutex<Chance>,
}

impl Played {
    pub(super) fn new(seed: u64, nightly: &str) -> Self {
        Self {
            nightly: nightly.to_owned(),
            cases: Mutex::default(),
            tills: Tills::default(),
            chance: Mutex::new(Chance::apart(seed, NAME)),
        }
    }

    /// The drivers of a gateway to them.
    pub(super) fn drivers(self: &Arc<Self>) -> Drivers {
        [Protocol::Rest, Protocol::Soap, Protocol::Fixed, Protocol::Callback]
            .into_iter()
            .map(|protocol| {
                let driver: Arc<dyn Driver> = Arc::new(Backend(Arc::clone(self)));
                (protocol, driver)
            })
            .collect()
    }

    /// From now on an application stands so, whenever somebody asks.
    pub(super) fn stands(&self, case: &str, output: &Output) -> Output {
        let output = Output { reference: Some(format!("{OURS}{case}")), ..output.clone() };
        let mut cases = self.cases.lock().unwrap_or_else(PoisonError::into_inner);
        cases.insert(case.to_owned(), output.clone());
        output
    }

    fn of_case(&self, case: &str) -> Option<Output> {
        self.cases.lock().unwrap_or_else(PoisonError::into_inner).get(case).cloned()
    }

    fn answer(&self, call: &Call<'_>) -> Result<Answer, CallError> {
        match call.capability {
            Capability::CaseSubmit => {
                let case = word(call, "case");
                let output = self.of_case(case).unwrap_or_else(Output::received);
                said(&Output { reference: Some(format!("{OURS}{case}")), ..output })
            }
            Capability::CaseStatus => {
                let case = word(call, "reference").trim_start_matches(OURS);
                said(&self.of_case(case).unwrap_or_else(Output::received))
            }
            Capability::CaseFind => {
                let case = word(call, "case");
                let known = self.of_case(case).is_some();
                let outcome = if known { Found::Found } else { Found::NotFound };
                said(&FindOutput { outcome, reference: known.then(|| format!("{OURS}{case}")) })
            }
            Capability::Lookup => self.looked_up(call),
            other => {
                let nobody = || Err(CallError::Impossible(format!("nobody plays {}", other.name())));
                self.tills.answer(call).unwrap_or_else(nobody)
            }
        }
    }

    fn looked_up(&self, call: &Call<'_>) -> Result<Answer, CallError> {
        let hour = call.now.with_timezone(&CITY_ZONE).hour();
        let down = NIGHT.contains(&hour) && word(call, "service") == self.nightly;
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        if down || chance.happens(HICCUP) {
            // What stands before it answers with a page of its own.
            return Err(CallError::Broken("it is no answer of the backend's".to_owned()));
        }
        drop(chance);
        said(&lookup::Output {
            records: Vec::new(),
            summary: std::collections::BTreeMap::new(),
            more: false,
            total: Some(0),
            as_of: None,
        })
    }
}

pub(super) fn word<'a>(call: &'a Call<'_>, name: &str) -> &'a str {
    call.input[name].as_str().unwrap_or_default()
}

pub(super) fn said(output: &impl serde::Serialize) -> Result<Answer, CallError> {
    let value = serde_json::to_value(output);
    value.map(Answer::from).map_err(|error| CallError::Broken(error.to_string()))
}

/// A driver that dials nobody.
struct Backend(Arc<Played>);

impl Driver for Backend {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Future<'a, Result<Answer, CallError>> {
        Box::pin(future::ready(self.0.answer(call)))
    }
}

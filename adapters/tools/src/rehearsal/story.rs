//! One sample beside the declaration it tries, and what is wrong between the two.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use yimen_contract::{
    Package, Problem,
    agency::{BodyKind, Driver},
    capability::{Binding, Capability, lookup},
    sample::{Failure, Sample},
    service::Service,
};
use yimen_drivers::{CallError, Maps, mapping};
use yimen_maps::Pool;

use super::{
    Fault, Strictness, differences,
    exchange::{Failed, Rehearsed, Reply},
    shown,
    wire::Wire,
};

pub(crate) struct Story<'a> {
    package: &'a Package,
    sample: &'a Sample,
    capability: Capability,
    service: Option<&'a Service>,
    declared: String,
    binding: &'a Binding,
}

impl<'a> Story<'a> {
    /// Nothing where the loader has said already that it fits nowhere.
    pub(crate) fn of(package: &'a Package, sample: &'a Sample) -> Option<Self> {
        let capability = Capability::named(&sample.capability)?;
        let code = sample.service.as_deref();
        let own = code.map(|code| format!("{}@{code}", capability.name()));
        let table = &package.agency.capabilities;
        let own = own.and_then(|own| table.get_key_value(&own));
        let (declared, binding) = own.or_else(|| table.get_key_value(capability.name()))?;
        let service = package.services.iter().find(|service| Some(service.code.as_str()) == code);
        Some(Self { package, sample, capability, service, declared: declared.clone(), binding })
    }

    pub(crate) fn declared(&self) -> &str {
        &self.declared
    }

    pub(crate) fn maps(&self) -> impl Iterator<Item = &str> {
        [&self.binding.request, &self.binding.response].into_iter().flatten().map(String::as_str)
    }

    pub(super) async fn faults(&self, maps: &Pool) -> Vec<Fault> {
        let mut faults = self.question(maps).await;
        faults.extend(self.reply(maps).await);
        faults
    }

    fn rehearsed(&self, turn: u32) -> Rehearsed<'_> {
        let Self { package, capability, binding, sample, .. } = *self;
        Rehearsed { package, capability, binding, question: &sample.question, turn }
    }

    pub(crate) fn capability(&self) -> Capability {
        self.capability
    }

    pub(crate) fn binding(&self) -> &Binding {
        self.binding
    }

    /// What the backend would be sent.
    pub(crate) async fn request(&self, maps: &dyn Maps) -> Option<Value> {
        self.rehearsed(1).outgoing(maps).await.ok()
    }

    /// What the portal would make of any answer: what it says, or why it gives none.
    pub(crate) async fn made_of(
        &self,
        status: u16,
        body: &Value,
        maps: &dyn Maps,
    ) -> Result<Value, CallError> {
        let body = self.wire().arrived(body);
        let made = self.rehearsed(1).incoming(Reply { status, body: &body }, maps).await;
        let made = made.map(|made| self.decided(&made)).map_err(|failed| failed.error)?;
        // What does not fit the contract is no answer.
        self.capability.kept_answer(&made).map_err(CallError::Broken)
    }

    fn wire(&self) -> Wire<'_> {
        Wire { package: self.package, binding: self.binding }
    }

    async fn question(&self, maps: &dyn Maps) -> Vec<Fault> {
        let by = self.by(self.binding.request.as_ref(), &self.binding.send, "send");
        let both = (self.rehearsed(1).outgoing(maps).await, self.rehearsed(2).outgoing(maps).await);
        let (first, second) = match both {
            (Ok(first), Ok(second)) => (first, second),
            (Err(failed), _) | (_, Err(failed)) => {
                return vec![fault(
                    "question",
                    &format!("{by} cannot make the request: {}.", failed.why()),
                    TRY,
                )];
            }
        };
        let mut faults = self.key_in_file(&first);
        faults.extend(self.wire().refuses(&first).map(|why| {
            let message = format!("What {} makes cannot be sent: {why}.", lower(&by));
            fault("question", &message, "Correct what makes the request, or how the backend is described.")
        }));
        let Some(expected) = &self.sample.request else { return faults };
        let page = self.binding.pages.as_ref().map(|pages| format!("request.{}", pages.field));
        let list = differences("request", Some(expected), Some(&first), self.strictness());
        let varies = varying("request", &first, &second);
        let list =
            list.into_iter().filter(|one| !varies.contains(&one.path) && Some(&one.path) != page.as_ref());
        faults.extend(list.map(|one| {
            let (wants, makes) = (shown(one.expected.as_ref()), shown(one.found.as_ref()));
            let message = format!("{by} makes {makes} here; the sample says {wants}.");
            fault(
                &one.path,
                &message,
                "Correct the one that is wrong: what makes the request, or the sample.",
            )
        }));
        faults
    }

    /// A file is looked up by one field of the question.
    fn key_in_file(&self, request: &Value) -> Vec<Fault> {
        let by = self.binding.file.as_ref().and_then(|usage| usage.by.as_ref());
        let absent = by.filter(|by| request[by.as_str()].as_str().is_none_or(str::is_empty));
        let said = |by: &String| {
            let message = format!("The request has no text `{by}`, by which the file is looked up.");
            fault("question", &message, "Let `send` or the map make it.")
        };
        absent.map(said).into_iter().collect()
    }

    async fn reply(&self, maps: &dyn Maps) -> Vec<Fault> {
        let Some((reply, recorded)) = self.what_was_said() else { return Vec::new() };
        let placeless = self.wire().placeless(&reply);
        if !placeless.is_empty() {
            let said = |path: String| fault(&path, "The backend's answer has no place for this.", PLACE);
            return placeless.into_iter().map(said).collect();
        }
        let reply = self.wire().arrived(&reply);
        let reply = Reply { status: self.sample.status.unwrap_or(200), body: &reply };
        let first = self.rehearsed(1).incoming(reply, maps).await;
        match (first, &self.sample.answer, self.sample.fails) {
            (Ok(found), Some(expected), None) => {
                let second = self.rehearsed(2).incoming(reply, maps).await.ok();
                self.answer(expected, &found, second.as_ref(), recorded)
            }
            (Err(failed), Some(_), None) => {
                let by = self.by(self.binding.response.as_ref(), &self.binding.read, "read");
                let message = format!("{by} gives no answer: {}. The sample has one.", failed.why());
                vec![fault("answer", &message, if recorded { TRY } else { RECORD })]
            }
            (result, None, Some(fails)) => verdict(result, fails, recorded),
            // The loader has said that a sample has one of the two.
            _ => Vec::new(),
        }
    }

    /// What the backend answered, and whether the sample says it in the backend's own form. Nothing where it
    /// said nothing at all.
    fn what_was_said(&self) -> Option<(Value, bool)> {
        match (&self.sample.response, &self.sample.answer) {
            (Some(response), _) => Some((response.clone(), true)),
            (None, Some(answer)) => Some((answer.clone(), false)),
            (None, None) => self.sample.status.map(|_| (Value::Null, true)),
        }
    }

    fn answer(&self, expected: &Value, found: &Value, again: Option<&Value>, recorded: bool) -> Vec<Fault> {
        let by = self.by(self.binding.response.as_ref(), &self.binding.read, "read");
        let found = self.decided(found);
        let again = again.map(|again| self.decided(again));
        let mut faults: Vec<Fault> = self.form(&found, &by);
        // Left-out defaults count as written, unless what came out is no answer at all.
        let fits = self.capability.accepts_answer(&found).is_ok();
        let kept = |value: &Value| match self.capability.kept_answer(value) {
            Ok(kept) if fits => kept,
            _ => value.clone(),
        };
        let (wanted, made) = (kept(expected), kept(&found));
        let varies = again.map(|again| varying("answer", &made, &kept(&again))).unwrap_or_default();
        for one in differences("answer", Some(&wanted), Some(&made), Strictness::Exact) {
            if varies.contains(&one.path) || faults.iter().any(|fault| fault.path == one.path) {
                continue;
            }
            let (wants, makes) = (shown(one.expected.as_ref()), shown(one.found.as_ref()));
            let message = format!("{by} makes {makes} here; the sample says {wants}.");
            let remedy = if recorded {
                "Correct the one that is wrong: what reads the response, or the sample."
            } else {
                RECORD
            };
            faults.push(fault(&one.path, &message, remedy));
        }
        faults
    }

    /// What does not fit the contract or the service in what came out; the sample's own answer was checked before.
    fn form(&self, found: &Value, by: &str) -> Vec<Fault> {
        let said = |(path, problem): (String, Problem)| {
            let message = format!("{by} makes something that does not fit. {}", problem.message);
            Fault { path, problem: Problem::new(message, problem.remedy) }
        };
        let faults: Vec<Fault> = self.capability.answer_faults(found).into_iter().map(said).collect();
        let query = self.service.and_then(|service| service.query.as_ref());
        let query = query.filter(|_| self.capability == Capability::Lookup && faults.is_empty());
        let output = query.and_then(|_| serde_json::from_value::<lookup::Output>(found.clone()).ok());
        let misfits = query.zip(output).map(|(query, output)| query.misfits(&output)).unwrap_or_default();
        let misfits = misfits.into_iter().map(|one| said((format!("answer.{}", one.path), one.problem())));
        faults.into_iter().chain(misfits).collect()
    }

    /// What is not decided carries both words; only the one that the capability knows counts.
    fn decided(&self, found: &Value) -> Value {
        if *found != mapping::undecided() && self.package.agency.backend.driver == Driver::Rest {
            return found.clone();
        }
        let schema = self.capability.output_schema();
        let known = schema.as_value()["properties"].as_object();
        match found {
            Value::Object(fields) => {
                let known = |name: &String| known.is_none_or(|known| known.contains_key(name));
                let fields = fields.iter().filter(|(name, _)| known(name));
                Value::Object(fields.map(|(name, value)| (name.clone(), value.clone())).collect())
            }
            other => other.clone(),
        }
    }

    fn by<K, V>(&self, map: Option<&String>, table: &BTreeMap<K, V>, name: &str) -> String {
        match map {
            Some(map) => format!("The map {map}"),
            None if table.is_empty() => format!("The contract's own form (`{}` has no map)", self.declared),
            None => format!("The table `capabilities.\"{}\".{name}`", self.declared),
        }
    }

    fn strictness(&self) -> Strictness {
        let backend = &self.package.agency.backend;
        match (backend.driver, backend.body) {
            (Driver::Rest | Driver::Callback, BodyKind::Json) => Strictness::Exact,
            _ => Strictness::Texts,
        }
    }
}

fn verdict(result: Result<Value, Failed>, fails: Failure, recorded: bool) -> Vec<Fault> {
    let says = word(fails);
    let message = match result {
        Ok(value) if fails == Failure::Pending && is_pending(&value) => return Vec::new(),
        Ok(value) if is_pending(&value) => {
            format!("The sample says `{says}`; the portal takes this as not decided (`pending`).")
        }
        Ok(value) => {
            format!("The sample says `{says}`; the portal reads an answer: {}.", shown(Some(&value)))
        }
        Err(failed) => match (&failed.error, fails) {
            (CallError::Refused(_), Failure::Refused)
            | (CallError::Busy { .. }, Failure::Busy)
            | (CallError::Unknown(_), Failure::Unknown) => return Vec::new(),
            _ => format!("The sample says `{says}`; the portal takes this otherwise: {}.", failed.why()),
        },
    };
    let remedy = "Correct `fails`, `status` or `response`; or what says so: `backend.codes`, or the map with \
                  refused(…), busy or unknown_outcome.";
    vec![fault(if recorded { "fails" } else { "answer" }, &message, remedy)]
}

const TRY: &str = "Correct the map or table, or the sample.";
const RECORD: &str = "Record under `response` what the backend answers in its own form.";

const PLACE: &str = "Describe the cell or column in agency.toml, or remove it here.";

/// Within a sentence.
fn lower(by: &str) -> String {
    by.replacen("The ", "the ", 1)
}

impl Failed {
    fn why(&self) -> String {
        match &self.words {
            Some(words) => format!("{} ({words})", self.error),
            None => self.error.to_string(),
        }
    }
}

fn fault(path: &str, message: &str, remedy: &str) -> Fault {
    Fault { path: path.to_owned(), problem: Problem::new(message, remedy) }
}

/// Places that two calls fill differently.
fn varying(path: &str, one: &Value, other: &Value) -> BTreeSet<String> {
    differences(path, Some(one), Some(other), Strictness::Exact).into_iter().map(|one| one.path).collect()
}

fn is_pending(value: &Value) -> bool {
    let pending = json!(mapping::PENDING);
    value["outcome"] == pending || value["status"] == pending
}

fn word(fails: Failure) -> &'static str {
    match fails {
        Failure::Refused => "refused",
        Failure::Busy => "busy",
        Failure::Pending => "pending",
        Failure::Unknown => "unknown",
    }
}

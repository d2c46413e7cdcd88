//! What may not become of a broken answer.

use serde_json::Value;
use yimen_contract::capability::Capability;
use yimen_drivers::mapping::PENDING;

use super::{Fault, breaking::UNLISTED};

/// Fields that say how something stands, wherever they are.
const STATES: [&str; 3] = ["outcome", "status", "state"];

/// What a verdict goes by.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) capability: Capability,
    pub(super) fault: Fault,
    /// Whether an absent field may say "none": in XML, and where a code says that all went well.
    pub(super) lenient: bool,
    /// What is made of the unbroken answer.
    pub(super) whole: &'a Value,
}

type Verdict = Option<(String, &'static str)>;

impl Case<'_> {
    /// What is wrong with what was made of the broken answer. No answer at all is never wrong.
    pub(super) fn of(self, made: Option<&Value>) -> Verdict {
        let made = made?;
        if self.fault == Fault::WrongStatus {
            let pending = STATES.iter().any(|name| made[*name] == PENDING);
            let message = "An answer is taken although the status says that there is none.";
            return (!pending).then(|| (message.to_owned(), "Have the backend say it by its status."));
        }
        self.emptied(made).or_else(|| self.decided(self.whole, made, "")).or_else(|| self.zero(made))
    }

    /// Whether only a part is not there.
    fn is_partial(self) -> bool {
        matches!(self.fault, Fault::Missing | Fault::Nothing | Fault::OtherKind)
    }

    /// A list that was there is said to be empty.
    fn emptied(self, made: &Value) -> Verdict {
        // What came as nothing is said to be nothing: backends do write empty lists so.
        if self.fault == Fault::Nothing || (self.lenient && self.is_partial()) {
            return None;
        }
        let (name, _) = self.whole.as_object()?.iter().find(|(name, list)| {
            let full = list.as_array().is_some_and(|list| !list.is_empty());
            full && made[name.as_str()].as_array().is_some_and(Vec::is_empty)
        })?;
        let what = match self.fault {
            Fault::Empty => "An answer with nothing in it",
            Fault::Malformed => "Something that is no answer",
            Fault::ErrorInside => "An error that the backend tells in the body",
            _ => "An answer without this field",
        };
        Some((
            format!("{what} reads as \"nothing found\": `{name}` becomes an empty list."),
            "Let the map fail where the list is not there, or say by `backend.codes` which code means success.",
        ))
    }

    /// A state is read from what says none. A word of the backend's own that is passed on is shown as not decided.
    fn decided(self, was: &Value, made: &Value, path: &str) -> Verdict {
        match (was, made) {
            (Value::Object(before), Value::Object(after)) => {
                // What facts say are not states by their names.
                let fields = after.iter().filter(|(name, _)| !matches!(name.as_str(), "facts" | "summary"));
                fields.into_iter().find_map(|(name, now)| {
                    let place = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    let was = before.get(name).unwrap_or(&Value::Null);
                    match now
                        .as_str()
                        .filter(|now| STATES.contains(&name.as_str()) && self.is_another(was, now))
                    {
                        Some(now) => Some(self.becomes(now, &place)),
                        None => self.decided(was, now, &place),
                    }
                })
            }
            (Value::Array(before), Value::Array(after)) => {
                let mut pairs = before.iter().zip(after).enumerate();
                pairs.find_map(|(index, (was, now))| self.decided(was, now, &format!("{path}[{index}]")))
            }
            // A broken answer has no records of its own.
            _ => None,
        }
    }

    fn is_another(self, was: &Value, now: &str) -> bool {
        // That a number is not there is how backends say that nothing arrived.
        let absent =
            now == "not-found" && (self.fault == Fault::Nothing || (self.lenient && self.is_partial()));
        now != PENDING && now != UNLISTED && was.as_str() != Some(now) && !absent
    }

    fn becomes(self, now: &str, place: &str) -> (String, &'static str) {
        let what = match self.fault {
            Fault::UnlistedCode => "A code that nobody listed",
            _ => "A broken answer",
        };
        let remedy = "Let what is not listed become `pending`, as word({ … }) does.";
        (format!("{what} becomes `{now}` ({place})."), remedy)
    }

    /// A number that was not there is said to be nought. Where the contract itself says that nothing is nought, it is.
    fn zero(self, made: &Value) -> Verdict {
        let pointer = nought(self.whole, made, "")?;
        let mut without = made.clone();
        let (above, name) = pointer.rsplit_once('/')?;
        without.pointer_mut(above)?.as_object_mut()?.remove(name);
        let kept = self.capability.kept_answer(&without).ok();
        let by_contract = kept.and_then(|kept| kept.pointer(&pointer)?.as_f64()) == Some(0.0);
        (!by_contract).then(|| {
            (
                format!(
                    "A number that is missing or none reads as 0 (`{}`).",
                    pointer.trim_start_matches('/')
                ),
                "Leave the field out where the backend does not say it.",
            )
        })
    }
}

fn nought(whole: &Value, made: &Value, pointer: &str) -> Option<String> {
    match (whole, made) {
        (Value::Object(before), Value::Object(after)) => {
            after.iter().find_map(|(name, now)| nought(before.get(name)?, now, &format!("{pointer}/{name}")))
        }
        (Value::Array(before), Value::Array(after)) => {
            let mut pairs = before.iter().zip(after).enumerate();
            pairs.find_map(|(index, (was, now))| nought(was, now, &format!("{pointer}/{index}")))
        }
        (Value::Number(was), Value::Number(now)) => {
            (was.as_f64() != Some(0.0) && now.as_f64() == Some(0.0)).then(|| pointer.to_owned())
        }
        _ => None,
    }
}

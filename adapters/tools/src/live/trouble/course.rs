//! What came of a trouble: what the portal does about it, in words for the people of the agency, and whether it is
//! dangerous.

use serde::Serialize;
use serde_json::Value;
use yimen_contract::{
    Package,
    capability::{Capability, Repeat},
};
use yimen_drivers::{CallError, mapping::PENDING};

use super::Trouble;

/// What the portal does when this happens to this declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Course {
    /// As agency.toml names it.
    pub capability: String,
    /// The sample that was asked.
    pub file: String,
    pub trouble: &'static str,
    /// How often the backend was called.
    pub calls: usize,
    /// `answer`, `pending`, or in which way there is none.
    pub comes: &'static str,
    /// What the portal does then.
    pub then: String,
}

/// What was seen.
pub(super) struct Seen<'a> {
    pub(super) trouble: Trouble,
    pub(super) capability: Capability,
    pub(super) repeat: Repeat,
    pub(super) calls: usize,
    /// What the backend says when all is well, where it was asked.
    pub(super) taped: Option<&'a Value>,
    pub(super) made: Result<Value, CallError>,
}

pub(super) fn course(package: &Package, declared: &str, file: &str, seen: &Seen<'_>) -> Course {
    let comes = match &seen.made {
        Ok(value) if is_pending(value) => PENDING,
        Ok(_) => "answer",
        Err(error) => error.tag(),
    };
    let then = if seen.capability.writes() { after_a_write(seen) } else { after_a_question(package, seen) };
    Course {
        capability: declared.to_owned(),
        file: file.to_owned(),
        trouble: seen.trouble.word(),
        calls: seen.calls,
        comes,
        then,
    }
}

/// Nothing was to be changed, so everything may be asked again.
fn after_a_question(package: &Package, seen: &Seen<'_>) -> String {
    let again = match seen.calls {
        0 | 1 => String::new(),
        calls => format!("asks {calls} times, then "),
    };
    let then = match &seen.made {
        Ok(value) if is_pending(value) => "says that it is not decided yet",
        Ok(_) => "shows the answer",
        Err(CallError::Refused(_)) => "says that the agency refused",
        Err(CallError::Credentials(_)) => "says that the agency cannot be asked, and tells the operator",
        Err(CallError::Busy { .. }) => {
            "says that the agency cannot be asked now, and leaves it alone for as long as it wishes"
        }
        Err(_) if package.agency.binding(Capability::Health).is_some() => {
            "says that the agency cannot be asked now; who wishes is told when its `health` is well again"
        }
        Err(_) => "says that the agency cannot be asked now; who wishes is told when it answers again",
    };
    format!("{again}{then}")
}

fn after_a_write(seen: &Seen<'_>) -> String {
    let again = match seen.calls {
        0 | 1 => String::new(),
        calls => format!("calls {calls} times under the same key, then "),
    };
    let then = match (&seen.made, seen.repeat) {
        (Ok(value), _) if is_pending(value) => "waits for the decision".to_owned(),
        (Ok(_), _) => "takes it as done".to_owned(),
        (Err(CallError::Refused(_)), _) => "tells the person that the agency refused".to_owned(),
        (Err(CallError::Credentials(_)), _) => {
            "keeps it, and tells the operator: nothing was done".to_owned()
        }
        (Err(CallError::Impossible(_)), _) => "gives it to a person: it cannot be sent".to_owned(),
        (Err(error), _) if error.nothing_done() => "sends it later: nothing was done".to_owned(),
        (Err(_), Repeat::Yes) => "sends it later under the same key: it may have been done".to_owned(),
        (Err(_), Repeat::After(find)) => {
            format!("asks `{}` whether it was done, and sends it again only if not", find.name())
        }
        (Err(_), Repeat::Never) => {
            "gives it to a person: it may have been done, and nobody can ask".to_owned()
        }
    };
    format!("{again}{then}")
}

fn is_pending(value: &Value) -> bool {
    ["outcome", "status", "state"].iter().any(|name| value[*name] == PENDING)
}

/// What is wrong with that, and what to do about it.
pub(super) fn danger(seen: &Seen<'_>) -> Option<(String, &'static str)> {
    let unsure = matches!(&seen.made, Err(error) if !error.nothing_done());
    if seen.capability.writes() && seen.repeat != Repeat::Yes && seen.calls > 1 && unsure {
        let message =
            "What may have been done was sent again, although nothing says that it may be.".to_owned();
        return Some((message, "Tell those who keep the portal: this must never happen."));
    }
    let value = seen.made.as_ref().ok().filter(|value| !seen.trouble.passes() && !is_pending(value))?;
    let what = match seen.trouble {
        Trouble::StrangePage => "A page of some machine in between",
        Trouble::Empty => "An answer without a word in it",
        Trouble::Malformed | Trouble::Truncated => "Half an answer",
        Trouble::WrongStatus | Trouble::ServerError | Trouble::BadGateway | Trouble::Overloaded => {
            "What came under a status that says that there is no answer"
        }
        _ => "What is no answer",
    };
    let lists = value.as_object().into_iter().flatten();
    let emptied = lists.filter(|(name, list)| {
        let was = seen.taped.and_then(|taped| taped[name.as_str()].as_array());
        list.as_array().is_some_and(Vec::is_empty) && was.is_none_or(|was| !was.is_empty())
    });
    let message = match emptied.map(|(name, _)| name).next() {
        Some(name) => format!("{what} reads as \"nothing found\": `{name}` becomes an empty list."),
        None => format!("{what} is taken for one."),
    };
    Some((
        message,
        "Let the map fail where the answer's own fields are not there, or say by `backend.codes` which code means success.",
    ))
}

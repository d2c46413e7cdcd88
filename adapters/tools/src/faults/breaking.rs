//! The ways in which an answer breaks.

use serde::Serialize;
use serde_json::{Value, json};
use yimen_contract::{
    Package,
    agency::{BodyKind, Driver},
    json::joined,
};

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// An answer with nothing in it, and everything in order by its status.
    Empty,
    /// Something else than an answer: a page of some machine in between.
    Malformed,
    /// An error, told in an envelope of its own, with everything in order by its status.
    ErrorInside,
    /// A status that says that there is no answer, with an answer in it.
    WrongStatus,
    /// A field that is not there.
    Missing,
    /// A field without a value.
    Nothing,
    /// A code that nobody listed.
    UnlistedCode,
    /// A text where a number should be, and the other way round.
    OtherKind,
}

impl Fault {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Malformed => "malformed",
            Self::ErrorInside => "error-inside",
            Self::WrongStatus => "wrong-status",
            Self::Missing => "missing",
            Self::Nothing => "nothing",
            Self::UnlistedCode => "unlisted-code",
            Self::OtherKind => "other-kind",
        }
    }
}

/// An answer, broken.
pub(super) struct Broken {
    pub(super) fault: Fault,
    pub(super) place: String,
    pub(super) status: Option<u16>,
    pub(super) body: Value,
}

/// What no backend has ever said.
pub(super) const UNLISTED: &str = "~Q7";

/// Whether an absent field may say "none": XML writes no empty lists, a frame
/// counts its rows, and where a code says that all went well it is
/// to be believed.
pub(super) fn is_lenient(package: &Package) -> bool {
    let backend = &package.agency.backend;
    let writes_none = matches!(backend.driver, Driver::Soap | Driver::Fixed) || backend.body == BodyKind::Xml;
    writes_none || backend.codes.is_some()
}

/// Ways to break one answer: the coarse ones always, of the fine ones as many as there is room for.
pub(super) fn all(package: &Package, response: &Value, seed: u64, most: usize) -> Vec<Broken> {
    let backend = &package.agency.backend;
    let over_http = matches!(backend.driver, Driver::Rest | Driver::Callback | Driver::Soap);
    let mut list = coarse(backend.driver, backend.body, response);
    if over_http {
        list.extend([301, 400, 401, 404, 429, 500, 503].map(|status| Broken {
            fault: Fault::WrongStatus,
            place: status.to_string(),
            status: Some(status),
            body: response.clone(),
        }));
    }
    let mut fine = Vec::new();
    let mut places = Vec::new();
    walk(response, "", "response", &mut places);
    for (pointer, place) in places {
        fine.extend(at(response, &pointer, &place));
    }
    let mut chance = seed;
    let room = most.saturating_sub(list.len());
    while fine.len() > room {
        chance = next(chance);
        let index = usize::try_from(chance % fine.len() as u64).unwrap_or_default();
        fine.swap_remove(index);
    }
    list.extend(fine);
    list
}

/// The whole answer, replaced. What a file or a frame cannot be is left out.
fn coarse(driver: Driver, body: BodyKind, response: &Value) -> Vec<Broken> {
    let whole = |fault, body| Broken { fault, place: "response".to_owned(), status: None, body };
    match (driver, body) {
        (Driver::Rest | Driver::Callback, BodyKind::Json | BodyKind::Form) => {
            let other = if response.is_array() { json!({ "x": 1 }) } else { json!([1]) };
            vec![
                whole(Fault::Empty, json!({})),
                whole(Fault::Malformed, other),
                whole(Fault::Malformed, json!("<html>Bad Gateway</html>")),
                whole(Fault::ErrorInside, json!({ "error": { "code": 500, "message": "internal" } })),
                whole(Fault::ErrorInside, json!({ "code": 500, "msg": "系统异常", "data": null })),
                whole(Fault::ErrorInside, json!({ "success": false, "errorCode": "E999" })),
            ]
        }
        // XML does not write empty lists, so an answer with nothing in it may be just that. Envelopes have faults.
        (Driver::Rest | Driver::Callback, _) => {
            vec![whole(Fault::ErrorInside, json!({ "error": "E999", "message": "internal" }))]
        }
        _ => Vec::new(),
    }
}

/// One place, broken in each way.
fn at(response: &Value, pointer: &str, place: &str) -> Vec<Broken> {
    let Some(here) = response.pointer(pointer) else { return Vec::new() };
    let with = |fault, value: Option<Value>| {
        let mut body = response.clone();
        match value {
            Some(value) => {
                if let Some(here) = body.pointer_mut(pointer) {
                    *here = value;
                }
            }
            None => remove(&mut body, pointer),
        }
        Broken { fault, place: place.to_owned(), status: None, body }
    };
    let mut list = vec![with(Fault::Missing, None), with(Fault::Nothing, Some(Value::Null))];
    match here {
        Value::String(_) => list.push(with(Fault::UnlistedCode, Some(UNLISTED.into()))),
        Value::Number(_) => {
            list.push(with(Fault::UnlistedCode, Some(9_999_777.into())));
            list.push(with(Fault::OtherKind, Some("-".into())));
        }
        Value::Bool(_) => list.push(with(Fault::OtherKind, Some("?".into()))),
        Value::Array(_) => list.push(with(Fault::OtherKind, Some("".into()))),
        _ => {}
    }
    list
}

fn remove(body: &mut Value, pointer: &str) {
    let Some((above, name)) = pointer.rsplit_once('/') else { return };
    let name = name.replace("~1", "/").replace("~0", "~");
    match body.pointer_mut(above) {
        Some(Value::Object(fields)) => drop(fields.remove(&name)),
        Some(Value::Array(list)) => {
            if let Some(index) = name.parse::<usize>().ok().filter(|index| *index < list.len()) {
                list.remove(index);
            }
        }
        _ => {}
    }
}

/// Every place but entries of lists: a list that is shorter by one is an answer like any other.
fn walk(value: &Value, pointer: &str, place: &str, places: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                let place = joined(place, name);
                places.push((pointer.clone(), place.clone()));
                walk(value, &pointer, &place, places);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate().take(3) {
                walk(value, &format!("{pointer}/{index}"), &format!("{place}[{index}]"), places);
            }
        }
        _ => {}
    }
}

/// The next number of a series that a seed begins (SplitMix64).
pub(crate) fn next(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number that is always the same for the same name (FNV-1a).
pub(crate) fn number_of(name: &str) -> u64 {
    name.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

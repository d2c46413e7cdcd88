//! What one difference means, by the place where it is.

use serde_json::Value;

use super::{Change, Weight, Whom};
use crate::rehearsal::{Difference, shown};

use Weight::{Breaks, Notable, Plain};

/// The difference as a sentence; nothing where it is said elsewhere already.
pub(super) fn change(difference: &Difference) -> Option<Change> {
    let segments = segments(&difference.path);
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (old, new) = (difference.expected.as_ref(), difference.found.as_ref());
    let (area, rest) = segments.split_first()?;
    let (whom, subject, (weight, message)) = match (*area, rest) {
        ("services", [code, field @ ..]) => {
            (Whom::People, format!("service {code}"), service(field, old, new))
        }
        ("licences", [code, field @ ..]) => {
            (Whom::People, format!("licence {code}"), licence(field, old, new))
        }
        ("forms", [path, field @ ..]) => (Whom::People, format!("form {path}"), form(field, old, new)),
        ("policies" | "bulletins", [id, field @ ..]) => {
            (Whom::People, format!("{area} {id}"), (Plain, plain(field, old, new)))
        }
        ("agency", field) => (Whom::People, "the agency".to_owned(), (Plain, plain(field, old, new))),
        ("backend", field) => {
            let (whom, judged) = backend(field, old, new);
            (whom, "the backend".to_owned(), judged)
        }
        ("capabilities", [name, field @ ..]) => {
            (Whom::Backend, format!("capability {name}"), capability(field, old, new))
        }
        ("maps", [path]) => (Whom::Backend, format!("map {path}"), map(old, new)),
        ("exchanges", [name, field]) => {
            let message = match (old, new) {
                (None, _) => format!("The backend is now sent `{field}`."),
                _ => format!("No sample shows any longer that the backend is sent `{field}`."),
            };
            (Whom::Backend, format!("capability {name}"), (Notable, message))
        }
        // Whole capabilities that no sample shows any more, or for the first time: said above.
        ("exchanges", _) => return None,
        (_, field) => (Whom::Backend, (*area).to_owned(), (Plain, plain(field, old, new))),
    };
    Some(Change { weight, whom, subject, message })
}

type Judged = (Weight, String);

fn service(field: &[&str], old: Option<&Value>, new: Option<&Value>) -> Judged {
    let said = plain(field, old, new);
    match (field, old, new) {
        ([], None, _) => (Plain, "It is new.".to_owned()),
        ([], Some(gone), None) if gone["status"] == "online" => {
            (Breaks, "It is gone. Its code stays taken: write status = \"retired\" instead.".to_owned())
        }
        ([], ..) => (Notable, "It is gone.".to_owned()),
        (["status"], Some(was), Some(now)) if was == "online" => {
            (Breaks, format!("People can no longer use it: it becomes {}.", shown(Some(now))))
        }
        (["status"], _, Some(now)) if now == "online" => {
            (Notable, "People can use it from now on.".to_owned())
        }
        (["assurance"], Some(was), Some(now)) if was.as_u64() < now.as_u64() => {
            (Breaks, format!("Who has proved less than level {now} can no longer use it; it was {was}."))
        }
        (["assurance"], Some(was), Some(now)) => (
            Breaks,
            format!("Level {now} is enough from now on; it was {was}. Is the agency still sure who asks?"),
        ),
        (["claims", claim], None, _) => {
            (Breaks, format!("The agency is told `{claim}` of people, who have not agreed to that yet."))
        }
        (["claims", claim], ..) => (Notable, format!("The agency is no longer told `{claim}` of people.")),
        (["served_by"], Some(_), None) => (Breaks, "It can no longer be done in the portal.".to_owned()),
        (["served_by"], Some(was), Some(now)) => {
            (Breaks, format!("It is served by {now} and no longer by {was}; what people began goes nowhere."))
        }
        (["served_by"], None, Some(now)) => (Notable, format!("It can be done in the portal: {now}.")),
        (["type" | "code" | "item_code"], ..) | (["form"] | ["licence", ..], Some(_), _) => (Breaks, said),
        (["agent_allowed"], Some(Value::Bool(true)), _) => {
            (Breaks, "Nobody may do it for somebody else any more.".to_owned())
        }
        (["query", rest @ ..], ..) => query(rest, old, new),
        (
            [
                "fee" | "visits" | "visit" | "time" | "papers" | "conditions" | "audience" | "months"
                | "remedies",
                ..,
            ],
            ..,
        ) => (Notable, said),
        _ => (Plain, said),
    }
}

fn query(field: &[&str], old: Option<&Value>, new: Option<&Value>) -> Judged {
    let said = plain(field, old, new);
    match (field, old, new) {
        ([], Some(_), None) => (Breaks, "It no longer says what it asks and answers.".to_owned()),
        (["inputs", key], None, Some(input)) if input["optional"] == true => {
            (Notable, format!("People may also fill in `{key}`."))
        }
        (["inputs", key], None, _) => (Breaks, format!("People must also fill in `{key}`.")),
        (["inputs", key], Some(_), None) => {
            (Breaks, format!("People no longer fill in `{key}`, which the backend got."))
        }
        (["inputs", key, "optional"], _, now) if now != Some(&Value::Bool(true)) => {
            (Breaks, format!("People must fill in `{key}` from now on."))
        }
        (["inputs", key, "kind" | "pattern"], ..) => (Breaks, format!("`{key}` takes other answers: {said}")),
        (["inputs", key, "choices", choice], Some(_), None) => {
            (Breaks, format!("`{key}` can no longer be `{choice}`."))
        }
        (["facts" | "summary", key], Some(_), None) => (Breaks, format!("`{key}` is no longer told.")),
        (["facts" | "summary", key, "kind"], ..) => (Breaks, format!("`{key}` is of another kind: {said}")),
        (["states", word] | [_, _, "states", word], Some(_), None) => {
            (Breaks, format!("The state `{word}` is no longer known: what is in it is shown as not decided."))
        }
        (["next", code], Some(_), None) => (Notable, format!("It no longer leads to {code}.")),
        _ => (Plain, said),
    }
}

fn licence(field: &[&str], old: Option<&Value>, new: Option<&Value>) -> Judged {
    match (field, new) {
        ([], None) => {
            (Breaks, "The agency no longer issues it; those in people's hands have no rule.".to_owned())
        }
        ([], _) => (Plain, "It is new.".to_owned()),
        (
            [
                "validity" | "renew_open" | "renew_close" | "late" | "reminder_days" | "renewal_service"
                | "holder" | "class",
                ..,
            ],
            _,
        ) => (Notable, plain(field, old, new)),
        _ => (Plain, plain(field, old, new)),
    }
}

fn form(field: &[&str], old: Option<&Value>, new: Option<&Value>) -> Judged {
    match (field, old, new) {
        ([], None, _) => (Plain, "It is new.".to_owned()),
        ([], _, None) => (Breaks, "It is gone.".to_owned()),
        (["required", name], None, _) => (Breaks, format!("`{name}` must be filled in from now on.")),
        (["required", name], ..) => (Notable, format!("`{name}` may be left out from now on.")),
        (["properties", name], None, _) => (Notable, format!("It asks for `{name}`.")),
        (["properties", name], _, None) => {
            (Breaks, format!("It no longer asks for `{name}`; drafts hold it."))
        }
        (["properties", name, "enum", word], _, None) => {
            (Breaks, format!("`{name}` can no longer be `{word}`."))
        }
        (
            [
                "properties",
                name,
                "type" | "format" | "pattern" | "maxLength" | "minLength" | "maximum" | "minimum",
            ],
            ..,
        ) => (Breaks, format!("`{name}` takes other answers: {}", plain(&field[2..], old, new))),
        _ => (Plain, plain(field, old, new)),
    }
}

fn backend(field: &[&str], old: Option<&Value>, new: Option<&Value>) -> (Whom, Judged) {
    let said = plain(field, old, new);
    match (field, old, new) {
        (["driver" | "endpoint" | "auth" | "server_ca" | "token_path" | "scope" | "digest"], ..) => {
            (Whom::Operator, (Breaks, format!("{said} The binding must be made anew.")))
        }
        (["secrets", name], None, _) => (
            Whom::Operator,
            (Breaks, format!("The secret `{name}` must be bound before this version is live.")),
        ),
        (["secrets", name], ..) => {
            (Whom::Operator, (Plain, format!("The secret `{name}` is no longer needed.")))
        }
        (["encoding" | "body" | "amount_unit" | "date_format" | "frames" | "files", ..], ..) => {
            (Whom::Backend, (Breaks, format!("{said} The backend must change at the same moment.")))
        }
        (["availability" | "closed", ..], ..) => (Whom::People, (Plain, said)),
        _ => (Whom::Backend, (Notable, said)),
    }
}

fn capability(field: &[&str], old: Option<&Value>, new: Option<&Value>) -> Judged {
    let said = plain(field, old, new);
    match (field, old, new) {
        ([], None, _) => (Notable, "The backend is asked for it from now on.".to_owned()),
        ([], _, None) => {
            (Breaks, "The backend is no longer asked for it; what is under way cannot go on.".to_owned())
        }
        (["claims", ..], None, Some(_)) => (Breaks, format!("{said} People have not agreed to that yet.")),
        (["path" | "method" | "soap" | "frame" | "file" | "xml" | "send", ..], ..) => {
            (Breaks, format!("{said} A backend of before does not take this."))
        }
        (["idempotent"], _, Some(Value::Bool(true))) => {
            (Notable, "Calls whose fate is unknown are made again from now on.".to_owned())
        }
        _ => (Notable, said),
    }
}

fn map(old: Option<&Value>, new: Option<&Value>) -> Judged {
    let message = match (old, new) {
        (None, _) => "It is new.",
        (_, None) => "It is gone.",
        _ => "It is another; what it makes is shown by the samples.",
    };
    (if old.is_none() { Plain } else { Notable }, message.to_owned())
}

/// What stood there and what stands there now.
fn plain(field: &[&str], old: Option<&Value>, new: Option<&Value>) -> String {
    let name = if field.is_empty() { "It".to_owned() } else { format!("`{}`", field.join(".")) };
    match (old, new) {
        (None, Some(new)) => format!("{name} is new: {}.", shown(Some(new))),
        (Some(old), None) => format!("{name} is gone; it was {}.", shown(Some(old))),
        _ => format!("{name} is {}; it was {}.", shown(new), shown(old)),
    }
}

/// The names in a path, those with dots in quotation marks.
fn segments(path: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut quoted = false;
    for c in path.chars() {
        let last = names.len() - 1;
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => names.push(String::new()),
            c => names[last].push(c),
        }
    }
    names
}

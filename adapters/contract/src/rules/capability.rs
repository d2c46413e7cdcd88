//! Rules for the capabilities that `agency.toml` binds.

use crate::agency::{Agency, Driver};
use crate::capability::{Binding, Capability, Fields, Method, Read, Repeat};
use crate::protocol::CellKind;
use crate::rules::report::short;
use crate::rules::{Around, Report, protocol};

pub(crate) fn capabilities(agency: &Agency, around: &Around<'_>, report: &mut Report) {
    for (name, binding) in &agency.capabilities {
        let field = format!("capabilities.\"{name}\"");
        let (word, service) =
            name.split_once('@').map_or((name.as_str(), None), |(word, code)| (word, Some(code)));
        let Some(capability) = Capability::named(word) else {
            let known: Vec<&str> = Capability::ALL.into_iter().map(Capability::name).collect();
            let message = format!("There is no capability `{}`.", short(word));
            report.error(field, message, format!("Choose one of {}, or remove it.", known.join(", ")));
            continue;
        };
        if let Some(code) = service {
            own(capability, code, around, &field, report);
        }
        fate(agency, capability, service, &field, report);
        repeats(agency, capability, binding, &field, report);
        protocol::binding(&agency.backend, binding, &field, report);
        if !capability.is_personal() && !binding.claims.is_empty() {
            report.error(
                format!("{field}.claims"),
                "Nobody is behind this question, so nothing can be said about them.",
                "Remove the claims.",
            );
        }
        address(capability, agency.backend.driver, binding, &field, report);
        maps(binding, around, &field, report);
        sent(capability, binding, &field, report);
        read(capability, binding, &field, report);
    }
}

/// A service's own way of being asked, such as `lookup@YZ02001`.
fn own(capability: Capability, code: &str, around: &Around<'_>, field: &str, report: &mut Report) {
    if !Fields::of(&capability.input_schema()).names().contains(&"service") {
        let message = format!("A question of `{}` is not about a service.", capability.name());
        report.error(field, message, "Remove the @ and the code behind it.");
    } else if !around.services.contains(code) {
        let message = format!("There is no service `{}` in this package.", short(code));
        report.error(field, message, "Write the code of one of its services behind the @.");
    }
}

/// What becomes of a call of which nobody knows whether it was done.
fn fate(agency: &Agency, capability: Capability, service: Option<&str>, field: &str, report: &mut Report) {
    if agency.repeat(capability, service.unwrap_or_default()) == Repeat::Never {
        let ask = capability.asked_after().map_or("", Capability::name);
        report.warning(
            field,
            "A call of which nobody knows whether it was done waits for a person: it cannot be asked after, and is \
             not declared idempotent.",
            format!("Declare `{ask}`, or write idempotent = true if the backend honours `Idempotency-Key`."),
        );
    }
}

/// What is repeated under a key must carry it.
fn repeats(agency: &Agency, capability: Capability, binding: &Binding, field: &str, report: &mut Report) {
    if !capability.writes() {
        return;
    }
    let over_http = matches!(agency.backend.driver, Driver::Rest | Driver::Callback);
    if over_http && binding.method.is_safe() {
        report.error(
            format!("{field}.method"),
            "What changes something cannot be asked by GET: anybody on the way may ask it again.",
            "Have the backend take it as POST.",
        );
    }
    if let (true, Driver::Fixed, Some(frame)) = (binding.idempotent, agency.backend.driver, &binding.frame) {
        let head = agency.backend.frames.iter().flat_map(|frames| &frames.head);
        if !head.chain(&frame.request).any(|cell| cell.kind == CellKind::Key) {
            report.error(
                format!("{field}.idempotent"),
                "A call of which nobody knows whether it was done would be repeated, and no cell carries the key by which \
                 the backend could tell.",
                "Add a cell of the kind `key`, or remove idempotent = true.",
            );
        }
    }
}

fn address(capability: Capability, driver: Driver, binding: &Binding, field: &str, report: &mut Report) {
    let place = format!("{field}.path");
    match (binding.path.as_str(), driver) {
        ("", Driver::Rest | Driver::Callback) => {
            report.error(place, "This field is missing.", "Add it.");
        }
        ("", _) => {}
        (_, Driver::Fixed | Driver::Csv) => {
            report.error(place, "Frames and files have no path.", "Remove this field.");
        }
        (path, _) => report.shape(place, path, is_path, "a path such as `/v1/persons/verify`"),
    }
    let in_address = matches!(driver, Driver::Rest | Driver::Callback)
        && matches!(binding.method, Method::Get | Method::Delete);
    if capability.is_personal() && in_address {
        report.error(
            format!("{field}.method"),
            "A question about a person would stand in the address, which ends up in logs.",
            "Have the backend take it as POST.",
        );
    }
    if let Some(deadline) = binding.deadline_ms.filter(|deadline| !(100..=60_000).contains(deadline)) {
        report.error(
            format!("{field}.deadline_ms"),
            format!("A call cannot be given {deadline} milliseconds."),
            "Write a number from 100 to 60000.",
        );
    }
}

/// A plain path: no way up, no second host, no query, nothing that would need escaping.
fn is_path(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    let segment = |part: &str| !matches!(part, "" | "." | "..") && part.bytes().all(plain);
    text.len() <= 200 && text.strip_prefix('/').is_some_and(|rest| rest.split('/').all(segment))
}

fn maps(binding: &Binding, around: &Around<'_>, field: &str, report: &mut Report) {
    let both = [
        ("request", &binding.request, "send", binding.send.is_empty()),
        ("response", &binding.response, "read", binding.read.is_empty()),
    ];
    for (name, map, table, alone) in both {
        let Some(map) = map else { continue };
        let place = format!("{field}.{name}");
        protocol::map(map, around, &place, report);
        if !alone {
            report.error(
                place,
                format!("A map and the table `{table}` cannot both say how it is made."),
                "Keep one of the two.",
            );
        }
    }
}

fn sent(capability: Capability, binding: &Binding, field: &str, report: &mut Report) {
    if binding.send.is_empty() {
        return;
    }
    let fields = Fields::of(&capability.input_schema());
    for (theirs, ours) in &binding.send {
        let place = format!("{field}.send.\"{theirs}\"");
        report.shape(&place, theirs, is_dotted, "a field of the backend such as `person.name`");
        if !fields.names().contains(&ours.as_str()) {
            unknown_field(&place, ours, "question", &fields, report);
        }
    }
    let paths: Vec<&String> = binding.send.keys().collect();
    for pair in paths.windows(2) {
        if pair[1].strip_prefix(pair[0].as_str()).is_some_and(|rest| rest.starts_with('.')) {
            report.error(
                format!("{field}.send.\"{}\"", pair[1]),
                format!("`{}` cannot be a value and a group at once.", short(pair[0])),
                "Correct one of the two paths.",
            );
        }
    }
    for needed in fields.required() {
        if !binding.send.values().any(|ours| ours == needed) {
            report.error(
                format!("{field}.send"),
                format!("The backend is never told `{needed}`."),
                "Name the backend's field for it.",
            );
        }
    }
}

fn read(capability: Capability, binding: &Binding, field: &str, report: &mut Report) {
    if binding.read.is_empty() {
        return;
    }
    let fields = Fields::of(&capability.output_schema());
    for (ours, Read { from, words }) in &binding.read {
        let place = format!("{field}.read.\"{ours}\"");
        if !fields.names().contains(&ours.as_str()) {
            unknown_field(&place, ours, "answer", &fields, report);
            continue;
        }
        report.shape(format!("{place}.from"), from, is_dotted, "a path in the answer such as `result.code`");
        let known = fields.words(ours);
        if words.is_empty() && known.is_some() {
            report.warning(
                &place,
                "The backend's words for this field are taken to be the contract's own.",
                "List the backend's codes under `words`, unless they are the same.",
            );
        }
        for (code, word) in words {
            let place = format!("{place}.words.\"{code}\"");
            match &known {
                None => report.error(&place, "This field has no fixed words.", "Remove `words`."),
                Some(known) if !known.contains(&word.as_str()) => {
                    let message = format!("`{}` is no word of the contract.", short(word));
                    report.error(&place, message, format!("Write one of {}.", known.join(", ")));
                }
                Some(_) => {}
            }
        }
    }
    for needed in fields.required() {
        if !binding.read.contains_key(needed) {
            report.error(
                format!("{field}.read"),
                format!("Nobody knows where in the answer `{needed}` is."),
                format!("Write {needed} = {{ from = \"…\" }} with the path in the backend's answer."),
            );
        }
    }
}

fn unknown_field(place: &str, name: &str, whole: &str, fields: &Fields, report: &mut Report) {
    let message = format!("The {whole} has no field `{}`.", short(name));
    report.error(place, message, format!("Choose one of {}.", fields.names().join(", ")));
}

/// Names joined by dots, as deep as sense goes.
fn is_dotted(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@');
    text.len() <= 200
        && text.split('.').count() <= 10
        && text.split('.').all(|part| !part.is_empty() && part.chars().all(plain))
}

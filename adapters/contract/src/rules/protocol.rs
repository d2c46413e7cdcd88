//! Rules for what a package says about its backend's protocol.

use std::collections::BTreeSet;

use crate::agency::{Auth, Backend, Driver};
use crate::capability::Binding;
use crate::protocol::{
    Align, Cell, CellKind, Codes, DailyFiles, Frame, Frames, Length, Meaning, Pages, Table,
};
use crate::rules::report::short;
use crate::rules::words::Length as Words;
use crate::rules::{Around, Report};
use crate::shape;

pub(crate) fn backend(backend: &Backend, around: &Around<'_>, report: &mut Report) {
    let named = |name: &String| backend.secrets.contains(name);
    if let Some(name) = backend.server_ca.as_ref().filter(|name| !named(name)) {
        unnamed("backend.server_ca", name, report);
    }
    if backend.auth == Auth::Oauth2 && backend.token_path.is_none() {
        report.error(
            "backend.token_path",
            "Nobody knows where tokens are given out.",
            "Write the path below the endpoint, such as `/oauth2/token`.",
        );
    }
    if let Some(frames) = &backend.frames {
        heads(frames, report);
    }
    if let Some(files) = &backend.files {
        tables(files, report);
    }
    if let Some(codes) = &backend.codes {
        reasons(codes, report);
    }
    let Some(events) = &backend.events else { return };
    report.not_empty("backend.events.secrets", &events.secrets, "Name the secret that signs events.");
    for (index, name) in events.secrets.iter().enumerate().filter(|(_, name)| !named(name)) {
        unnamed(&format!("backend.events.secrets[{index}]"), name, report);
    }
    if let Some(path) = &events.map {
        map(path, around, "backend.events.map", report);
    }
}

/// A reason is given for a refusal; anything else is no answer that a person reads.
fn reasons(codes: &Codes, report: &mut Report) {
    for (code, reason) in &codes.reasons {
        let field = format!("backend.codes.reasons.\"{}\"", short(code));
        if codes.words.get(code) != Some(&Meaning::Refused) {
            let remedy = "List the code under `words` as `refused`, or remove the reason.";
            report.error(&field, "The backend refuses nothing by this code.", remedy);
        }
        report.text(field, reason, Words::Summary);
    }
}

fn unnamed(field: &str, name: &str, report: &mut Report) {
    let message = format!("`{}` is not among the backend's secrets.", short(name));
    report.error(field, message, "Name it under `backend.secrets` too.");
}

pub(crate) fn map(path: &str, around: &Around<'_>, field: &str, report: &mut Report) {
    if !around.maps.contains(path) {
        let message = format!("There is no map `{}` in the package.", short(path));
        report.error(field, message, "Write the map's path, such as `maps/verify.jq`, or add the map.");
    }
}

/// What a driver needs to know of a capability.
pub(crate) fn binding(backend: &Backend, binding: &Binding, field: &str, report: &mut Report) {
    if let Some(pages) = &binding.pages {
        self::pages(backend, binding, pages, field, report);
    }
    let mut needs = |part: &str, given: bool, what: &str| {
        if !given {
            report.error(format!("{field}.{part}"), what, format!("Add the table `{part}`."));
        }
        given
    };
    match backend.driver {
        Driver::Rest | Driver::Callback => {}
        Driver::Soap => {
            needs(
                "soap",
                binding.soap.is_some(),
                "The driver `soap` needs to know the operation's envelope.",
            );
        }
        Driver::Fixed => {
            if needs("frame", binding.frame.is_some(), "The driver `fixed` needs to know the cells.") {
                frame(backend, binding.frame.as_ref(), field, report);
            }
        }
        Driver::Csv => {
            if needs("file", binding.file.is_some(), "The driver `csv` needs to know the daily file.") {
                file(backend, binding, field, report);
            }
        }
        Driver::Desk => report.error(
            field,
            "An agency that works in the portal has no backend that could be asked.",
            "Remove the capability, or name the backend's driver.",
        ),
        Driver::Redirect => report.error(
            field,
            "An agency whose own site serves people has no backend that could be asked.",
            "Remove the capability, or name the backend's driver.",
        ),
    }
}

fn pages(backend: &Backend, binding: &Binding, pages: &Pages, field: &str, report: &mut Report) {
    let place = format!("{field}.pages");
    if backend.driver != Driver::Rest {
        report.error(&place, "Only the driver `rest` asks page by page.", "Remove this table.");
    }
    if !binding.method.is_safe() && !binding.idempotent {
        report.error(
            &place,
            "What changes something is not asked page by page.",
            "Write `idempotent = true`, if asking twice does no more than asking once.",
        );
    }
    if pages.next.is_none() && pages.size.is_none_or(|size| size == 0) {
        report.error(
            format!("{place}.size"),
            "Nobody knows which page is the last.",
            "Write how many entries a whole page has, or where the answer says what comes `next`.",
        );
    }
    if !(1..=100).contains(&pages.at_most) {
        report.error(format!("{place}.at_most"), "So many pages are not asked for.", "Write 1 to 100.");
    }
}

fn heads(frames: &Frames, report: &mut Report) {
    let fits = match frames.length {
        Length::Digits(digits) => (2..=9).contains(&digits),
        Length::Bytes(bytes) => matches!(bytes, 2 | 4),
    };
    if !fits {
        report.error(
            "backend.frames.length",
            "Such a length cannot be written.",
            "Write digits = 2 to 9, or bytes = 2 or 4.",
        );
    }
    if !(16..=1 << 20).contains(&frames.at_most) {
        let remedy = "Write a number of bytes from 16 to 1048576.";
        report.error("backend.frames.at_most", "No frame can be that long.", remedy);
    }
    cells(&frames.head, "backend.frames.head", report);
    if let Some(head) = &frames.answer_head {
        cells(head, "backend.frames.answer_head", report);
    }
}

fn cells(cells: &[Cell], field: &str, report: &mut Report) {
    for (index, cell) in cells.iter().enumerate() {
        let place = format!("{field}[{index}]");
        let least = match cell.kind {
            CellKind::Key => 32,
            CellKind::Time => 14,
            CellKind::Mac => 16,
            _ => 1,
        };
        if cell.width < least {
            let message = format!("`{}` is too narrow.", short(&cell.name));
            report.error(format!("{place}.width"), message, format!("It needs at least {least} bytes."));
        }
        // 5 and 5000 would be written alike.
        let digits = cell.pad.as_deref().unwrap_or("0").bytes().all(|byte| byte.is_ascii_digit());
        if cell.kind == CellKind::Number && cell.align == Some(Align::Left) && digits {
            let message = format!("`{}` would read 5 and 5000 alike.", short(&cell.name));
            report.error(format!("{place}.pad"), message, "Write pad = \" \", or align = \"right\".");
        }
        let one = |pad: &String| pad.len() == 1 && pad.is_ascii();
        if cell.pad.as_ref().is_some_and(|pad| !one(pad)) {
            report.error(format!("{place}.pad"), "One ASCII character fills a cell.", "Write one.");
        }
    }
    report.no_repeats(field, cells.iter().map(|cell| cell.name.as_str()).filter(|name| !name.is_empty()));
}

fn frame(backend: &Backend, frame: Option<&Frame>, field: &str, report: &mut Report) {
    if backend.frames.is_none() {
        report.error("backend.frames", "The driver `fixed` needs to know its frames.", "Add the table.");
    }
    let Some(frame) = frame else { return };
    cells(&frame.request, &format!("{field}.frame.request"), report);
    cells(&frame.response, &format!("{field}.frame.response"), report);
    let Some(rows) = &frame.rows else { return };
    cells(&rows.cells, &format!("{field}.frame.rows.cells"), report);
    let numbers = |cell: &Cell| cell.name == rows.count && cell.kind == CellKind::Number;
    if !frame.response.iter().any(numbers) {
        report.error(
            format!("{field}.frame.rows.count"),
            format!("The answer has no number `{}`.", short(&rows.count)),
            "Name the cell that says how many rows follow.",
        );
    }
}

fn tables(files: &DailyFiles, report: &mut Report) {
    let all = || files.inbound.iter().chain(&files.outbound);
    report.no_repeats("backend.files", all().map(|table| table.name.as_str()));
    for (way, list) in [("inbound", &files.inbound), ("outbound", &files.outbound)] {
        for (index, table) in list.iter().enumerate() {
            self::table(table, &format!("backend.files.{way}[{index}]"), report);
        }
    }
}

fn table(table: &Table, field: &str, report: &mut Report) {
    report.shape(format!("{field}.name"), &table.name, shape::is_slug, "a name such as `benefits`");
    report.no_repeats(&format!("{field}.columns"), table.columns.iter().map(String::as_str));
    let columns: BTreeSet<&str> = table.columns.iter().map(String::as_str).collect();
    for name in std::iter::once(&table.key).chain(&table.required) {
        if !columns.contains(name.as_str()) {
            let message = format!("There is no column `{}`.", short(name));
            report.error(format!("{field}.key"), message, "Name one of the columns.");
        }
    }
    let one = |text: &String| text.len() == 1 && text.is_ascii() && text != "\"" && text != "\n";
    if table.delimiter.as_ref().is_some_and(|text| !one(text)) {
        report.error(
            format!("{field}.delimiter"),
            "This cannot stand between values.",
            "Write , ; | or a tab.",
        );
    }
}

fn file(backend: &Backend, binding: &Binding, field: &str, report: &mut Report) {
    let (Some(file), place) = (&binding.file, format!("{field}.file")) else { return };
    let Some(files) = &backend.files else {
        report.error("backend.files", "The driver `csv` needs to know its files.", "Add the table.");
        return;
    };
    let has = |list: &[Table]| list.iter().any(|table| table.name == file.table);
    match (has(&files.inbound), has(&files.outbound), &file.by) {
        (true, _, None) => report.error(
            format!("{place}.by"),
            "Nobody knows which line answers the question.",
            "Name the field of the question that holds the key.",
        ),
        (false, false, _) => report.error(
            format!("{place}.table"),
            format!("There is no file `{}`.", short(&file.table)),
            "Name one of `backend.files`.",
        ),
        _ => {}
    }
}

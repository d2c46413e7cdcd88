//! What the wire would do to a value: whether a request can be written in the backend's protocol and encoding, and
//! what a recorded response looks like once it has travelled. XML knows no numbers and no list of one; files know
//! texts only; frames have the cells they have.

use chrono::DateTime;
use serde_json::{Map, Value};
use yimen_contract::{
    Package,
    agency::{BodyKind, Driver},
    capability::Binding,
    json::joined,
    protocol::{Cell, CellKind, Frame, Frames, Table},
};
use yimen_drivers::text;
use yimen_fixed::Facts;

/// One wire: the backend's, for one capability.
#[derive(Clone, Copy)]
pub(super) struct Wire<'a> {
    pub(super) package: &'a Package,
    pub(super) binding: &'a Binding,
}

impl<'a> Wire<'a> {
    /// Why a request cannot be sent.
    pub(super) fn refuses(&self, request: &Value) -> Option<String> {
        let backend = &self.package.agency.backend;
        match (backend.driver, self.frames(), self.table()) {
            (Driver::Fixed, Some((frames, frame)), _) => {
                let facts = Facts {
                    frames,
                    frame,
                    encoding: backend.encoding,
                    digest: backend.digest,
                    secret: Some(b"rehearsal"),
                    key: "01900000-0000-7000-8000-000000000001",
                    now: DateTime::UNIX_EPOCH,
                };
                yimen_fixed::write(&facts, request).err().map(|error| error.to_string())
            }
            (Driver::Csv, _, Some((table, true))) => {
                let line = request.as_object()?;
                yimen_daily::line_fits(table, backend.encoding, line).err()
            }
            // Envelopes write what their encoding does not have by its number.
            (Driver::Rest | Driver::Callback, ..) => self.unwritable("request", request),
            _ => None,
        }
    }

    /// The first place with a character that the backend's encoding does not have.
    fn unwritable(&self, path: &str, value: &Value) -> Option<String> {
        match value {
            Value::String(said) => text::encode(self.package.agency.backend.encoding, said)
                .err()
                .map(|error| format!("{path}: {error}")),
            Value::Array(list) => {
                let mut each = list.iter().enumerate();
                each.find_map(|(index, one)| self.unwritable(&format!("{path}[{index}]"), one))
            }
            Value::Object(fields) => {
                fields.iter().find_map(|(name, one)| self.unwritable(&joined(path, name), one))
            }
            _ => None,
        }
    }

    /// A response as the portal reads it.
    pub(super) fn arrived(&self, response: &Value) -> Value {
        let backend = &self.package.agency.backend;
        match (backend.driver, backend.body, self.table()) {
            (Driver::Soap, ..) | (Driver::Rest | Driver::Callback, BodyKind::Xml, _) => of_xml(response),
            (Driver::Csv, _, Some((table, false))) => of_file(table, response),
            (Driver::Fixed, ..) => match self.frames() {
                Some((frames, frame)) => of_frame(frames, frame, response),
                None => response.clone(),
            },
            _ => response.clone(),
        }
    }

    /// Fields of a response that the protocol has no place for, as paths.
    pub(super) fn placeless(&self, response: &Value) -> Vec<String> {
        let names = |fields: &Value, known: &[&str], path: &str| {
            let fields = fields.as_object().into_iter().flatten();
            let strange = fields.filter(|(name, _)| !known.contains(&name.as_str()));
            strange.map(|(name, _)| joined(path, name)).collect::<Vec<_>>()
        };
        let rows = |list: &Value, known: &[&str], path: &str| {
            let each = list.as_array().into_iter().flatten().enumerate();
            each.flat_map(|(index, row)| names(row, known, &format!("{path}[{index}]"))).collect::<Vec<_>>()
        };
        match (self.package.agency.backend.driver, self.frames(), self.table()) {
            (Driver::Fixed, Some((frames, frame)), _) => {
                let cells = head(frames).iter().chain(&frame.response);
                let mut known: Vec<&str> = cells.map(|cell| cell.name.as_str()).collect();
                known.push("rows");
                let mut list = names(response, &known, "response");
                if let Some(table) = &frame.rows {
                    let known: Vec<&str> = table.cells.iter().map(|cell| cell.name.as_str()).collect();
                    list.extend(rows(&response["rows"], &known, "response.rows"));
                }
                list
            }
            (Driver::Csv, _, Some((table, false))) => {
                let mut list = names(response, &["since", "lines"], "response");
                let columns: Vec<&str> = table.columns.iter().map(String::as_str).collect();
                list.extend(rows(&response["lines"], &columns, "response.lines"));
                list
            }
            _ => Vec::new(),
        }
    }

    fn frames(&self) -> Option<(&'a Frames, &'a Frame)> {
        self.package.agency.backend.frames.as_ref().zip(self.binding.frame.as_ref())
    }

    /// The file that is used, and whether it is one that the portal writes.
    pub(super) fn table(&self) -> Option<(&'a Table, bool)> {
        let files = self.package.agency.backend.files.as_ref()?;
        let name = &self.binding.file.as_ref()?.table;
        let of = |list: &'a [Table]| list.iter().find(|table| table.name == *name);
        of(&files.inbound).map(|table| (table, false)).or_else(|| Some((of(&files.outbound)?, true)))
    }
}

fn of_xml(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut read = Map::new();
            for (name, value) in fields {
                match value {
                    Value::Null => continue,
                    Value::Array(list) if list.is_empty() => continue,
                    Value::Array(list) if list.len() == 1 => read.insert(name.clone(), of_xml(&list[0])),
                    Value::Object(fields) if fields.is_empty() => read.insert(name.clone(), "".into()),
                    other => read.insert(name.clone(), of_xml(other)),
                };
            }
            Value::Object(read)
        }
        Value::Array(list) => list.iter().map(of_xml).collect(),
        other => as_text(other),
    }
}

fn of_file(table: &Table, response: &Value) -> Value {
    let mut read = response.clone();
    for line in read["lines"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        for column in &table.columns {
            let value = line.get(column).map_or_else(|| "".into(), as_text);
            line.insert(column.clone(), if value.is_null() { "".into() } else { value });
        }
    }
    read
}

fn of_frame(frames: &Frames, frame: &Frame, response: &Value) -> Value {
    let Some(fields) = response.as_object() else { return response.clone() };
    let mut read = Map::new();
    fill(head(frames), fields, &mut read);
    // A refusal may end behind the head.
    let goes_on = frame.response.iter().any(|cell| fields.contains_key(&cell.name));
    if goes_on || fields.contains_key("rows") {
        fill(&frame.response, fields, &mut read);
        if let Some(rows) = &frame.rows {
            let list = fields.get("rows").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            read.insert(rows.count.clone(), list.len().into());
            let row = |row: &Value| {
                let mut read = Map::new();
                row.as_object().inspect(|row| fill(&rows.cells, row, &mut read));
                Value::Object(read)
            };
            read.insert("rows".to_owned(), list.iter().map(row).collect());
        }
    }
    Value::Object(read)
}

fn head(frames: &Frames) -> &[Cell] {
    frames.answer_head.as_ref().unwrap_or(&frames.head)
}

fn fill(cells: &[Cell], fields: &Map<String, Value>, read: &mut Map<String, Value>) {
    let told = cells.iter().filter(|cell| !cell.name.is_empty());
    for cell in told.filter(|cell| !matches!(cell.kind, CellKind::Key | CellKind::Mac)) {
        let value = fields.get(&cell.name).unwrap_or(&Value::Null);
        let value = match (cell.kind, as_text(value)) {
            (CellKind::Number, Value::String(text)) => text.parse::<i64>().map_or(Value::Null, Value::from),
            (_, Value::String(text)) if text.trim().is_empty() => Value::Null,
            (_, other) => other,
        };
        read.insert(cell.name.clone(), value);
    }
}

fn as_text(value: &Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) => Value::String(value.to_string()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn xml_has_texts_and_no_list_of_one() {
        let sent =
            json!({ "n": 1, "b": true, "z": null, "e": [], "one": [{ "x": 2 }], "two": [1, 2], "o": {} });
        let read = json!({ "n": "1", "b": "true", "one": { "x": "2" }, "two": ["1", "2"], "o": "" });
        assert_eq!(of_xml(&sent), read);
    }

    #[test]
    fn a_frame_has_its_cells_and_counts_its_rows() {
        let frames = json!({ "length": { "digits": 6 }, "head": [{ "name": "rc", "width": 4 }] });
        let frame = json!({
            "code": "1",
            "response": [{ "name": "n", "width": 2, "kind": "number" }, { "name": "xm", "width": 8 }],
            "rows": { "count": "n", "cells": [{ "name": "je", "width": 8, "kind": "number" }] },
        });
        let frames: Frames = serde_json::from_value(frames).unwrap();
        let frame: Frame = serde_json::from_value(frame).unwrap();
        let read = of_frame(&frames, &frame, &json!({ "rc": 0, "xm": "", "rows": [{ "je": "12" }] }));
        assert_eq!(read, json!({ "rc": "0", "n": 1, "xm": null, "rows": [{ "je": 12 }] }));
        assert_eq!(of_frame(&frames, &frame, &json!({ "rc": "E1" })), json!({ "rc": "E1" }));
    }
}

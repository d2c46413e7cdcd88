//! One cell, written and read.

use serde_json::Value;
use yimen_contract::{
    agency::Encoding,
    protocol::{Align, Cell, CellKind},
};
use yimen_drivers::text;

use crate::FrameError;

/// A value in its cell.
pub(crate) fn write(cell: &Cell, encoding: Encoding, value: &Value) -> Result<Vec<u8>, FrameError> {
    let name = || cell.name.clone();
    let text = match (cell.kind, value) {
        (_, Value::Null) => String::new(),
        (CellKind::Number, value) => whole(value).ok_or_else(|| FrameError::NotWhole(name()))?,
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(number)) => number.to_string(),
        _ => return Err(FrameError::NotPlain(name())),
    };
    if text.contains(char::is_control) {
        return Err(FrameError::Control(name()));
    }
    let bytes = text::encode(encoding, &text).map_err(|_| FrameError::Unwritable(name()))?;
    let width = usize::from(cell.width);
    let Some(free) = width.checked_sub(bytes.len()) else {
        return Err(FrameError::TooWide { field: name(), width, needed: bytes.len() });
    };
    let padding = vec![pad(cell); free];
    Ok(match align(cell) {
        Align::Left => [bytes, padding].concat(),
        // A sign stands in front of the zeros, or it would be lost among them.
        Align::Right if bytes.first() == Some(&b'-') && pad(cell) == b'0' => {
            [b"-".to_vec(), padding, bytes[1..].to_vec()].concat()
        }
        Align::Right => [padding, bytes].concat(),
    })
}

/// What a cell holds.
pub(crate) fn read(cell: &Cell, encoding: Encoding, bytes: &[u8]) -> Result<Value, FrameError> {
    let name = || cell.name.clone();
    let stripped = strip(cell, bytes);
    let text = text::decode(encoding, stripped).map_err(|_| FrameError::Unreadable(name()))?;
    if text.is_empty() && cell.kind != CellKind::Number {
        return Ok(Value::Null);
    }
    if cell.kind != CellKind::Number {
        return Ok(Value::String(text));
    }
    // Systems leave a number out by blanks, whatever else they pad it with; zeros alone are a nought.
    if text.trim().is_empty() {
        let blank = bytes.iter().all(|byte| *byte == b' ') || pad(cell) != b'0';
        return if blank { Ok(Value::Null) } else { Ok(0.into()) };
    }
    let number = text.trim().parse::<i64>().map_err(|_| FrameError::NotWhole(name()))?;
    Ok(number.into())
}

fn strip<'b>(cell: &Cell, bytes: &'b [u8]) -> &'b [u8] {
    let pad = pad(cell);
    match align(cell) {
        Align::Left => {
            // No second byte of a character of these encodings is a blank; other padding could be one.
            let kept = bytes.iter().rposition(|byte| *byte != pad).map_or(0, |at| at + 1);
            &bytes[..kept]
        }
        Align::Right => {
            let free = bytes.iter().position(|byte| *byte != pad).unwrap_or(bytes.len());
            &bytes[free..]
        }
    }
}

fn align(cell: &Cell) -> Align {
    cell.align.unwrap_or(if cell.kind == CellKind::Number { Align::Right } else { Align::Left })
}

fn pad(cell: &Cell) -> u8 {
    let named = cell.pad.as_ref().and_then(|pad| pad.bytes().next());
    named.unwrap_or(if cell.kind == CellKind::Number { b'0' } else { b' ' })
}

fn whole(value: &Value) -> Option<String> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    if text.is_empty() {
        return Some(text);
    }
    let digits = text.strip_prefix('-').unwrap_or(&text);
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

//! Whole frames, written and read. Pure: the sandbox and the tests use it from the other side.

use chrono::{DateTime, FixedOffset, Utc};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq as _;
use yimen_contract::{
    agency::{Digest, Encoding},
    protocol::{Cell, CellKind, Frame, Frames, Length},
};
use yimen_drivers::auth::sign;

use crate::cell;

/// The city's zone.
const ZONE: i32 = 8 * 3600;
/// Where the list at an answer's end stands.
const ROWS: &str = "rows";

/// Why a frame cannot be made or understood. Fields are named, values never.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    #[error("the field `{field}` has {width} bytes and would need {needed}")]
    TooWide { field: String, width: usize, needed: usize },
    #[error("the field `{0}` is no whole number")]
    NotWhole(String),
    #[error("the field `{0}` is neither a text nor a number")]
    NotPlain(String),
    #[error("the field `{0}` holds a control character")]
    Control(String),
    #[error("the field `{0}` holds a character that the backend's encoding does not have")]
    Unwritable(String),
    #[error("the field `{0}` holds bytes that mean nothing, perhaps half a character")]
    Unreadable(String),
    #[error("the frame ends within the field `{0}`")]
    Short(String),
    #[error("the frame goes on for {0} bytes behind its last field")]
    Long(usize),
    #[error("the frame would be longer than {0} bytes")]
    TooLong(u32),
    #[error("the length in front of the frame is none that the package allows")]
    Length,
    #[error("the field `{0}` does not hold how many rows follow")]
    Count(String),
    #[error("the field `{0}` is not what the question held")]
    NotOurs(String),
    #[error("the field `{0}` does not prove the frame")]
    Unproved(String),
    #[error("there is no secret for the field `{0}`")]
    NoSecret(String),
    #[error("only fields make a frame")]
    NoFields,
}

/// What frames of one call are made with.
#[derive(Clone, Copy)]
pub struct Facts<'f> {
    pub frames: &'f Frames,
    pub frame: &'f Frame,
    pub encoding: Encoding,
    pub digest: Digest,
    pub secret: Option<&'f [u8]>,
    pub key: &'f str,
    pub now: DateTime<Utc>,
}

impl Facts<'_> {
    /// What a cell holds that the portal fills in itself.
    fn own(&self, cell: &Cell, before: &[u8]) -> Result<Option<Value>, FrameError> {
        let own = match cell.kind {
            _ if cell.value.is_some() => cell.value.clone(),
            CellKind::Text | CellKind::Number => None,
            CellKind::Code => Some(self.frame.code.clone()),
            CellKind::Key => Some(self.key.replace('-', "")),
            CellKind::Time => {
                let zone = FixedOffset::east_opt(ZONE).ok_or(FrameError::NoFields)?;
                Some(self.now.with_timezone(&zone).format("%Y%m%d%H%M%S").to_string())
            }
            CellKind::Mac => Some(self.mac(cell, before)?),
        };
        Ok(own.map(Value::String))
    }

    fn mac(&self, cell: &Cell, before: &[u8]) -> Result<String, FrameError> {
        let secret = self.secret.ok_or_else(|| FrameError::NoSecret(cell.name.clone()))?;
        let mut mac = sign::digest(self.digest, secret, before);
        mac.truncate(usize::from(cell.width));
        Ok(mac)
    }
}

/// The question as bytes, the length in front.
pub fn write(facts: &Facts<'_>, question: &Value) -> Result<Vec<u8>, FrameError> {
    let fields = question.as_object().ok_or(FrameError::NoFields)?;
    let mut body = Vec::new();
    for cell in facts.frames.head.iter().chain(&facts.frame.request) {
        let own = facts.own(cell, &body)?;
        let value = own.as_ref().or_else(|| fields.get(&cell.name)).unwrap_or(&Value::Null);
        body.extend(cell::write(cell, facts.encoding, value)?);
    }
    let mut bytes = length(facts.frames, body.len())?;
    bytes.extend(body);
    Ok(bytes)
}

fn length(frames: &Frames, body: usize) -> Result<Vec<u8>, FrameError> {
    let own = if frames.counts_itself { length_of(frames) } else { 0 };
    let too_long = || FrameError::TooLong(frames.at_most);
    let counted = u32::try_from(body + own).ok().filter(|_| body <= frames.at_most as usize);
    let counted = counted.ok_or_else(too_long)?;
    match frames.length {
        Length::Digits(digits) => {
            let width = usize::from(digits);
            let text = format!("{counted:0width$}");
            if text.len() == width { Ok(text.into_bytes()) } else { Err(too_long()) }
        }
        Length::Bytes(count) => {
            let all = counted.to_be_bytes();
            let (dropped, kept) = all.split_at(4 - usize::from(count.min(4)));
            if dropped.iter().all(|byte| *byte == 0) { Ok(kept.to_vec()) } else { Err(too_long()) }
        }
    }
}

/// How many bytes the length in front of a frame has.
pub fn length_of(frames: &Frames) -> usize {
    usize::from(match frames.length {
        Length::Digits(count) => count,
        Length::Bytes(count) => count.min(4),
    })
}

/// How many bytes follow, by the length in front of a frame.
pub fn sized(frames: &Frames, head: &[u8]) -> Result<usize, FrameError> {
    let counted = match frames.length {
        Length::Digits(_) => {
            let digits = head.iter().all(u8::is_ascii_digit);
            let text = std::str::from_utf8(head).ok().filter(|_| digits);
            text.and_then(|text| text.parse::<usize>().ok()).ok_or(FrameError::Length)?
        }
        Length::Bytes(_) => head.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)),
    };
    let own = if frames.counts_itself { head.len() } else { 0 };
    counted.checked_sub(own).filter(|body| *body <= frames.at_most as usize).ok_or(FrameError::Length)
}

/// An answer's bytes, behind the length, as fields.
pub fn read(facts: &Facts<'_>, bytes: &[u8]) -> Result<Value, FrameError> {
    let head = facts.frames.answer_head.as_ref().unwrap_or(&facts.frames.head);
    let (mut fields, mut at) = (Map::new(), 0);
    cells(facts, head, bytes, &mut at, &mut fields)?;
    if at == bytes.len() {
        // Systems that refuse answer with the head alone. Where answers are proved, a bare head proves nothing:
        // anybody on the way could have written it.
        let proofs = |cell: &&Cell| matches!(cell.kind, CellKind::Key | CellKind::Mac);
        return match facts.frame.response.iter().find(proofs) {
            Some(cell) => Err(FrameError::Unproved(cell.name.clone())),
            None => Ok(Value::Object(fields)),
        };
    }
    cells(facts, &facts.frame.response, bytes, &mut at, &mut fields)?;
    if let Some(rows) = &facts.frame.rows {
        let count = fields.get(&rows.count).and_then(Value::as_u64);
        let count = count.ok_or_else(|| FrameError::Count(rows.count.clone()))?;
        let mut list = Vec::new();
        for _ in 0..count {
            // A row has at least a byte, so the frame's end also ends a count that was made up.
            let mut row = Map::new();
            let before = at;
            cells(facts, &rows.cells, bytes, &mut at, &mut row)?;
            if at == before {
                return Err(FrameError::Count(rows.count.clone()));
            }
            list.push(Value::Object(row));
        }
        fields.insert(ROWS.to_owned(), Value::Array(list));
    }
    if at == bytes.len() { Ok(Value::Object(fields)) } else { Err(FrameError::Long(bytes.len() - at)) }
}

fn cells(
    facts: &Facts<'_>,
    cells: &[Cell],
    bytes: &[u8],
    at: &mut usize,
    fields: &mut Map<String, Value>,
) -> Result<(), FrameError> {
    for cell in cells {
        let end = *at + usize::from(cell.width);
        let part = bytes.get(*at..end).ok_or_else(|| FrameError::Short(cell.name.clone()))?;
        let value = cell::read(cell, facts.encoding, part)?;
        match cell.kind {
            CellKind::Key if value.as_str() != Some(&facts.key.replace('-', "")) => {
                return Err(FrameError::NotOurs(cell.name.clone()));
            }
            CellKind::Mac => {
                let expected = facts.mac(cell, &bytes[..*at])?;
                let given = value.as_str().unwrap_or_default().to_ascii_lowercase();
                if !bool::from(expected.as_bytes().ct_eq(given.as_bytes())) {
                    return Err(FrameError::Unproved(cell.name.clone()));
                }
            }
            // Cells without a name are filler.
            CellKind::Key => {}
            _ if cell.name.is_empty() => {}
            _ => {
                fields.insert(cell.name.clone(), value);
            }
        }
        *at = end;
    }
    Ok(())
}

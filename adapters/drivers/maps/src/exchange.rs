//! What pool and worker say to each other: a length in four bytes, then JSON.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Neither side reads a longer message.
pub(crate) const LONGEST: usize = 8 << 20;

/// One program and one value.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Ask<'a> {
    pub(crate) text: std::borrow::Cow<'a, str>,
    pub(crate) facts: std::borrow::Cow<'a, Value>,
    /// Otherwise the program is only compiled.
    pub(crate) run: bool,
    pub(crate) input: std::borrow::Cow<'a, Value>,
    /// After so many milliseconds the worker ends itself, should nobody be left to do it.
    pub(crate) milliseconds: u64,
}

/// What came of it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Said {
    Result(Value),
    Compiled,
    Wrong { line: usize, column: usize, message: String },
    Failed(String),
    NotOne,
    Refused(String),
    Credentials(String),
    Busy,
    Unknown,
}

pub(crate) fn pack(message: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; 4];
    serde_json::to_writer(&mut bytes, message)?;
    let length = bytes.len() - 4;
    if length > LONGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the message is too long"));
    }
    let length = u32::try_from(length).map_err(io::Error::other)?;
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    Ok(bytes)
}

/// The length of a message, if it is one that is read.
pub(crate) fn length(head: [u8; 4]) -> io::Result<usize> {
    let length = usize::try_from(u32::from_be_bytes(head)).map_err(io::Error::other)?;
    if length <= LONGEST { Ok(length) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// The next message; nothing when the other side has gone.
pub(crate) fn receive(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut head = [0; 4];
    match from.read_exact(&mut head) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut bytes = vec![0; length(head)?];
    from.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

pub(crate) fn send(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    to.write_all(&pack(message)?)?;
    to.flush()
}

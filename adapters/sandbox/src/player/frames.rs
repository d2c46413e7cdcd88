//! Backends of fixed-length frames over TCP (`fixed`): the driver's own reading and writing, with question and answer
//! the other way round.

use std::{io, sync::Arc, time::Duration};

use serde_json::{Map, Value};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use yimen_contract::{
    capability::Binding,
    protocol::{Cell, CellKind, Frame, Frames, Meaning},
};
use yimen_fixed::{Facts, length_of, read, sized, write};

use super::{Player, act::Asked, memory::Reply};
use crate::faults::Wrong;

/// The name under which a question's key is read: no cell has it.
const KEY: &str = "\u{1}key";

/// Answers connections until it is stopped.
pub fn listen(listener: std::net::TcpListener, player: Arc<Player>) -> io::Result<JoinHandle<()>> {
    let listener = TcpListener::from_std(listener)?;
    Ok(tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let player = Arc::clone(&player);
            // Whoever breaks off is not waited for.
            tokio::spawn(async move { serve(stream, &player).await.unwrap_or_default() });
        }
    }))
}

async fn serve(mut stream: TcpStream, player: &Player) -> io::Result<()> {
    let Some(frames) = &player.agency.backend.frames else { return Ok(()) };
    loop {
        let mut head = vec![0; length_of(frames)];
        stream.read_exact(&mut head).await?;
        let Ok(length) = sized(frames, &head) else { return Ok(()) };
        let mut bytes = vec![0; length];
        stream.read_exact(&mut bytes).await?;
        let fault = player.faults.strike("");
        if fault.slow_ms > 0 {
            tokio::time::sleep(Duration::from_millis(fault.slow_ms)).await;
        }
        if fault.hang {
            std::future::pending::<()>().await;
        }
        // Systems of this kind have no status: they break off.
        if fault.status.is_some() {
            return Ok(());
        }
        let answer = if fault.wrong == Some(Wrong::AuthRefused) {
            player.refuses(frames, &bytes, Meaning::Credentials)
        } else {
            player.framed(frames, &bytes)
        };
        let Some(mut answer) = answer else { return Ok(()) };
        match fault.wrong {
            Some(Wrong::LostAnswer) => return Ok(()),
            Some(Wrong::Truncated) => {
                stream.write_all(&answer[..answer.len() / 2]).await?;
                return stream.shutdown().await;
            }
            _ if fault.malformed => answer.fill(b'?'),
            _ => {}
        }
        stream.write_all(&answer).await?;
    }
}

impl Player {
    /// The answer to a frame, length and all. Nothing where the frame cannot be read or proved.
    fn framed(&self, frames: &Frames, bytes: &[u8]) -> Option<Vec<u8>> {
        let fits = |binding: &Binding| binding.frame.as_ref().is_some_and(|frame| asks(frames, frame, bytes));
        let described = self.agency.capabilities.values().filter(|binding| fits(binding));
        let (frame, mut question) =
            described.filter_map(|binding| binding.frame.as_ref()).find_map(|frame| {
                let turned = Turned::question(frames, frame);
                let read = read(&self.facts(&turned, ""), bytes).ok()?;
                Some((frame, read))
            })?;
        let key = question.as_object_mut().and_then(|fields| fields.remove(KEY));
        let key = key.as_ref().and_then(Value::as_str);
        let reply = self.answer(fits, Asked { value: &question, key });
        let Some(reply) = reply else {
            return self.bare(frames, frame, key.unwrap_or_default(), Meaning::Refused);
        };
        let frame = self.binding(&reply).and_then(|binding| binding.frame.as_ref()).unwrap_or(frame);
        self.answered(frames, frame, key.unwrap_or_default(), &reply)
    }

    fn answered(&self, frames: &Frames, frame: &Frame, key: &str, reply: &Reply) -> Option<Vec<u8>> {
        let empty = Map::new();
        let fields = reply.body.as_ref().and_then(Value::as_object).unwrap_or(&empty);
        let speaks = frame.response.iter().any(|cell| fields.contains_key(&cell.name));
        let proves = frame.response.iter().any(|cell| matches!(cell.kind, CellKind::Key | CellKind::Mac));
        let alone = reply.fails.is_some() && !speaks && !proves;
        let (turned, fields) = Turned::answer(frames, frame, fields, alone);
        write(&self.facts(&turned, key), &fields).ok()
    }

    /// An answer that says by its code what came of the question, and nothing else.
    fn bare(&self, frames: &Frames, frame: &Frame, key: &str, meaning: Meaning) -> Option<Vec<u8>> {
        let codes = self.agency.backend.codes.as_ref()?;
        let (code, _) = codes.words.iter().find(|(_, known)| **known == meaning)?;
        let fields = Map::from_iter([(codes.from.clone(), Value::from(code.as_str()))]);
        let proves = frame.response.iter().any(|cell| matches!(cell.kind, CellKind::Key | CellKind::Mac));
        let (turned, fields) = Turned::answer(frames, frame, &fields, !proves);
        write(&self.facts(&turned, key), &fields).ok()
    }

    fn refuses(&self, frames: &Frames, bytes: &[u8], meaning: Meaning) -> Option<Vec<u8>> {
        let all = self.agency.capabilities.values().filter_map(|binding| binding.frame.as_ref());
        let frame = all.into_iter().find(|frame| asks(frames, frame, bytes))?;
        self.bare(frames, frame, "", meaning)
    }

    fn facts<'f>(&'f self, turned: &'f Turned, key: &'f str) -> Facts<'f> {
        let backend = &self.agency.backend;
        Facts {
            frames: &turned.frames,
            frame: &turned.frame,
            encoding: backend.encoding,
            digest: backend.digest,
            secret: self.doorman.key(),
            key,
            now: self.props.clock.now(),
        }
    }
}

/// Whether a frame asks for this by its code.
fn asks(frames: &Frames, frame: &Frame, bytes: &[u8]) -> bool {
    let mut at = 0;
    for cell in frames.head.iter().chain(&frame.request) {
        let end = at + usize::from(cell.width);
        if cell.kind == CellKind::Code {
            let code = bytes.get(at..end).map(<[u8]>::trim_ascii);
            return code == Some(frame.code.as_bytes());
        }
        at = end;
    }
    // Without a code there can only be one kind of question.
    true
}

/// Cells as the other side sees them.
struct Turned {
    frames: Frames,
    frame: Frame,
}

impl Turned {
    /// To read a question where an answer is meant to be read.
    fn question(frames: &Frames, frame: &Frame) -> Self {
        let heard = |cell: &Cell| match cell.kind {
            // It is not known yet, so it is read as it stands.
            CellKind::Key => Cell { name: KEY.to_owned(), kind: CellKind::Text, ..cell.clone() },
            // What says when and what is no part of the question.
            CellKind::Code | CellKind::Time => Cell { name: String::new(), ..cell.clone() },
            _ if cell.value.is_some() => Cell { name: String::new(), ..cell.clone() },
            _ => cell.clone(),
        };
        Self {
            frames: Frames { answer_head: Some(frames.head.iter().map(heard).collect()), ..frames.clone() },
            frame: Frame {
                code: frame.code.clone(),
                request: Vec::new(),
                response: frame.request.iter().map(heard).collect(),
                rows: None,
            },
        }
    }

    /// To write an answer where a question is meant to be written, and its fields.
    fn answer(frames: &Frames, frame: &Frame, fields: &Map<String, Value>, alone: bool) -> (Self, Value) {
        let head = frames.answer_head.clone().unwrap_or_else(|| frames.head.clone());
        let mut fields = fields.clone();
        let mut cells = if alone { Vec::new() } else { frame.response.clone() };
        let rows = fields.remove("rows").and_then(|rows| match rows {
            Value::Array(rows) => Some(rows),
            _ => None,
        });
        if let Some(listed) = frame.rows.as_ref().filter(|_| !alone) {
            let rows = rows.unwrap_or_default();
            fields.insert(listed.count.clone(), rows.len().into());
            for (index, row) in rows.iter().enumerate() {
                for cell in &listed.cells {
                    let name = format!("\u{1}{index}/{}", cell.name);
                    fields.insert(name.clone(), row[&cell.name].clone());
                    cells.push(Cell { name, ..cell.clone() });
                }
            }
        }
        let turned = Self {
            frames: Frames { head, answer_head: None, ..frames.clone() },
            frame: Frame { code: frame.code.clone(), request: cells, response: Vec::new(), rows: None },
        };
        (turned, Value::Object(fields))
    }
}

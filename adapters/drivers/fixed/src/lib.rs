//! The driver for systems that take frames of fixed-length fields over TCP: a length, a head, the fields.
//!
//! The question's fields, as map or table made them, are written into the cells that the package lists; the
//! answer's cells become its fields, a list at its end becomes `rows`. Widths count bytes of the backend's
//! encoding. A value that does not fit is refused by the name of its field: nothing is ever cut off, and so no
//! character is ever cut in half.
//!
//! | cell | question | answer |
//! |---|---|---|
//! | `text` | padded; control characters are refused | padding taken off; what is then empty is `null` |
//! | `number` | a whole number; nothing is written as padding | a whole number, or `null` where there is only padding |
//! | `code` | the frame's code | as text |
//! | `key` | the call's key without dashes | must be the question's |
//! | `time` | `yyyyMMddHHmmss` in the city's zone | as text |
//! | `mac` | digest over everything in front of it | must fit |
//!
//! An answer that ends behind its head is one without fields: systems say so when they refuse. Otherwise its
//! length must be exactly what the cells add up to. Result codes are read by `backend.codes`.

mod cell;
mod frame;

use std::time::Instant;

use secrecy::ExposeSecret as _;
use yimen_contract::{
    agency::Auth,
    protocol::{CellKind, Frame, Frames},
};
use yimen_drivers::{Answer, Call, CallError, Driver, Future, TcpRequest};

pub use frame::{Facts, FrameError, length_of, read, sized, write};

/// Where no port is named.
const PORT: u16 = 9_000;

/// Fixed-length frames over TCP. Each call has a connection of its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fixed;

impl Driver for Fixed {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Future<'a, Result<Answer, CallError>> {
        Box::pin(async move {
            let began = Instant::now();
            let (frames, frame) = described(call)?;
            let question = call.outgoing().await?;
            let facts = facts(call, frames, frame)?;
            let bytes = write(&facts, &question).map_err(|error| CallError::Impossible(error.to_string()))?;
            let within = call.within.saturating_sub(began.elapsed());
            let answer = exchange(&Call { within, ..call.clone() }, frames, &bytes).await?;
            let answer = read(&facts, &answer).map_err(|error| CallError::Broken(error.to_string()))?;
            Ok(call.incoming(answer, began).await?.into())
        })
    }
}

fn described<'c>(call: &Call<'c>) -> Result<(&'c Frames, &'c Frame), CallError> {
    let impossible = |why: &str| CallError::Impossible(why.to_owned());
    if call.endpoint.address.scheme() != "tcp" {
        return Err(impossible("the address is none of the form tcp://host:port"));
    }
    let frames = call.backend.frames.as_ref().ok_or_else(|| impossible("the frames are not described"))?;
    let frame = call.binding.frame.as_ref().ok_or_else(|| impossible("the cells are not described"))?;
    Ok((frames, frame))
}

fn facts<'c>(call: &Call<'c>, frames: &'c Frames, frame: &'c Frame) -> Result<Facts<'c>, CallError> {
    let proves = |kind| frames.head.iter().chain(&frame.request).any(|cell| cell.kind == kind);
    let secret = match call.backend.auth {
        Auth::None | Auth::IpAllow => None,
        Auth::SharedSecret if proves(CellKind::Mac) => Some(call.secret(0)?.expose_secret().as_bytes()),
        Auth::SharedSecret => {
            return Err(CallError::Impossible("no cell holds the proof of the shared secret".to_owned()));
        }
        _ => return Err(CallError::Impossible("this driver does not know the way of signing in".to_owned())),
    };
    Ok(Facts {
        frames,
        frame,
        encoding: call.backend.encoding,
        digest: call.backend.digest,
        secret,
        key: call.idempotency_key,
        now: call.now,
    })
}

async fn exchange(call: &Call<'_>, frames: &Frames, bytes: &[u8]) -> Result<Vec<u8>, CallError> {
    let at_most = frames.at_most as usize;
    let request = TcpRequest {
        agency: call.agency,
        address: &call.endpoint.address,
        port: PORT,
        sealed: false,
        within: call.within,
        at_most: at_most + 16,
    };
    let mut wire = call.ports.dialer.tcp(request).await?;
    wire.send(bytes).await?;
    let head = wire.receive(length_of(frames)).await?;
    let length = sized(frames, &head).map_err(|error| CallError::Broken(error.to_string()))?;
    Ok(wire.receive(length).await?)
}

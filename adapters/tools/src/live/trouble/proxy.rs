//! The checker's own proxy: a socket on this machine that stands in front of the backend for one exchange and does to
//! its answer what the trouble of the day is. What the driver meets there is real: real silence, real halves of
//! answers, really broken connections.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpSocket, TcpStream},
    task::JoinHandle,
    time::sleep,
};
use yimen_contract::protocol::Frames;
use yimen_drivers::{HttpAnswer, Wire};
use yimen_fixed::{length_of, sized};

use super::Trouble;

/// How late an answer comes that comes in time.
const LATE: Duration = Duration::from_millis(40);
/// Between two bytes of one that does not.
const BETWEEN: Duration = Duration::from_millis(40);
/// A question is not heard further.
const LONGEST: usize = 1 << 20;
/// More than any answer is read.
const ENDLESS: usize = 1 << 40;
const PAGE: &[u8] =
    b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
const HALF: &[u8] = b"{\"result\": \"ma";

/// A door in front of the backend, open as long as this lives.
pub(super) struct Door {
    pub(super) at: SocketAddr,
    task: Option<JoinHandle<()>>,
    /// Keeps the port from being anybody else's while nobody listens there.
    _shut: Option<TcpSocket>,
}

impl Drop for Door {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// What the backend said before, to be said again less well.
#[derive(Debug, Clone)]
pub(super) enum Said {
    Http(Option<HttpAnswer>),
    /// All bytes of an answer, and how frames begin.
    Frame(Vec<u8>, Box<Frames>),
}

/// Bytes that came over a wire, for as long as it is open.
pub(super) type Bytes = Arc<Mutex<Vec<u8>>>;

/// Opens a door behind which the trouble waits, for one exchange.
pub(super) async fn troubled(trouble: Trouble, said: Said) -> io::Result<Door> {
    if trouble == Trouble::Down {
        let shut = TcpSocket::new_v4()?;
        shut.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        return Ok(Door { at: shut.local_addr()?, task: None, _shut: Some(shut) });
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let at = listener.local_addr()?;
    let task = tokio::spawn(async move {
        if let Ok((stream, _)) = listener.accept().await {
            // Whatever breaks off here is what was wanted.
            let _ = act(stream, trouble, &said).await;
        }
    });
    Ok(Door { at, task: Some(task), _shut: None })
}

/// Opens a door that leads through to the backend, and keeps what it says.
pub(super) async fn through(backend: Wire, kept: Bytes) -> io::Result<Door> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let at = listener.local_addr()?;
    let task = tokio::spawn(async move {
        if let Ok((stream, _)) = listener.accept().await {
            let _ = carried(stream, backend, &kept).await;
        }
    });
    Ok(Door { at, task: Some(task), _shut: None })
}

async fn carried(mut stream: TcpStream, backend: Wire, kept: &Bytes) -> io::Result<()> {
    let (mut asking, mut asked) = stream.split();
    let (mut answering, mut questions) = tokio::io::split(backend);
    let there = async { tokio::io::copy(&mut asking, &mut questions).await.map(drop) };
    let back = async {
        let mut part = vec![0; 4096];
        loop {
            let count = answering.read(&mut part).await?;
            if count == 0 {
                return asked.shutdown().await;
            }
            kept.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&part[..count]);
            asked.write_all(&part[..count]).await?;
        }
    };
    tokio::try_join!(there, back).map(drop)
}

async fn act(mut stream: TcpStream, trouble: Trouble, said: &Said) -> io::Result<()> {
    match said {
        Said::Http(_) => hear_request(&mut stream).await?,
        Said::Frame(_, frames) => hear_frame(&mut stream, frames).await?,
    }
    let bytes = match said {
        Said::Http(answer) => over_http(trouble, answer.as_ref()),
        Said::Frame(answer, _) => framed(trouble, answer),
    };
    match trouble {
        Trouble::Hang => std::future::pending().await,
        Trouble::Slow => sleep(LATE).await,
        Trouble::Drip => {
            for byte in bytes {
                stream.write_all(&[byte]).await?;
                sleep(BETWEEN).await;
            }
            return std::future::pending().await;
        }
        _ => {}
    }
    stream.write_all(&bytes).await?;
    stream.shutdown().await
}

async fn hear_request(stream: &mut TcpStream) -> io::Result<()> {
    let mut heard = Vec::new();
    let mut part = vec![0; 4096];
    loop {
        if let Some(end) = heard.windows(4).position(|four| four == b"\r\n\r\n") {
            let headers = String::from_utf8_lossy(&heard[..end]).to_ascii_lowercase();
            let length = headers.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length = length.and_then(|text| text.trim().parse::<usize>().ok()).unwrap_or(0);
            if heard.len() >= end + 4 + length {
                return Ok(());
            }
        }
        let count = stream.read(&mut part).await?;
        if count == 0 || heard.len() > LONGEST {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        heard.extend_from_slice(&part[..count]);
    }
}

async fn hear_frame(stream: &mut TcpStream, frames: &Frames) -> io::Result<()> {
    let mut head = vec![0; length_of(frames)];
    stream.read_exact(&mut head).await?;
    let length = sized(frames, &head).map_err(|_| io::ErrorKind::InvalidData)?;
    let mut body = vec![0; length.min(LONGEST)];
    stream.read_exact(&mut body).await.map(drop)
}

fn framed(trouble: Trouble, answer: &[u8]) -> Vec<u8> {
    match trouble {
        Trouble::LostAnswer => Vec::new(),
        Trouble::Truncated => answer[..answer.len() / 2].to_vec(),
        Trouble::Malformed => vec![b'?'; answer.len()],
        Trouble::StrangePage => PAGE.to_vec(),
        _ => answer.to_vec(),
    }
}

fn over_http(trouble: Trouble, answer: Option<&HttpAnswer>) -> Vec<u8> {
    let body = answer.map(|answer| answer.body.as_ref()).unwrap_or_default();
    let status = answer.map_or(200, |answer| answer.status);
    let half = if body.len() < 2 { HALF } else { &body[..body.len() / 2] };
    match trouble {
        Trouble::LostAnswer => Vec::new(),
        Trouble::Truncated => message(status, "", half, body.len().max(half.len() + 1)),
        Trouble::Malformed => message(status, "", half, half.len()),
        Trouble::StrangePage => message(200, "content-type: text/html\r\n", PAGE, PAGE.len()),
        Trouble::Empty => message(200, "", b"", 0),
        Trouble::ServerError => message(500, "", b"", 0),
        Trouble::BadGateway => message(502, "content-type: text/html\r\n", PAGE, PAGE.len()),
        Trouble::Overloaded => message(503, "retry-after: 30\r\n", b"", 0),
        Trouble::WrongStatus => message(500, "", body, body.len()),
        Trouble::Redirect => message(302, "location: http://127.0.0.1:9/\r\n", b"", 0),
        Trouble::Endless => message(200, "", b"[", ENDLESS),
        Trouble::AuthRefused => message(401, "", b"", 0),
        _ => message(status, "", body, body.len()),
    }
}

fn message(status: u16, headers: &str, body: &[u8], promised: usize) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 {status} -\r\n{headers}content-length: {promised}\r\nconnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

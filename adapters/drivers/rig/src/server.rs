//! Servers that answer with the bytes they were told to.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// A request over HTTP.
#[derive(Debug, Clone)]
pub struct Heard {
    pub head: String,
    pub body: Vec<u8>,
}

impl Heard {
    /// The value of a header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        let of = |line: &&str| line.to_lowercase().starts_with(&format!("{name}:"));
        self.head.lines().find(of).map_or("", |line| line.split_once(':').unwrap().1.trim())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

/// A server on a port of its own. It goes on until the process ends.
pub struct Server {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Server {
    /// Hands every connection to a function.
    pub fn raw(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, serve) = (listener.local_addr().unwrap(), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serve = Arc::clone(&serve);
                thread::spawn(move || serve(stream));
            }
        });
        Self { address, heard: Arc::default() }
    }

    /// Answers each request over HTTP with a status and a body.
    pub fn http(answer: impl Fn(&Heard) -> (u16, Vec<u8>) + Send + Sync + 'static) -> Self {
        let heard = Arc::<Mutex<Vec<Heard>>>::default();
        let notes = Arc::clone(&heard);
        let server = Self::raw(move |mut stream| {
            let Some(request) = request(&mut stream) else { return };
            let (status, body) = answer(&request);
            notes.lock().unwrap().push(request);
            let start =
                format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(&[start.as_bytes(), &body].concat());
        });
        Self { heard, ..server }
    }

    /// The same answer to everything.
    pub fn saying(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self::http(move |_| (status, body.clone()))
    }

    /// Every request so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

fn request(stream: &mut TcpStream) -> Option<Heard> {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut piece).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let length = |line: &str| line.to_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok();
        let length = head.lines().find_map(length).unwrap_or(0);
        if bytes.len() >= end + 4 + length {
            return Some(Heard { head, body: bytes[end + 4..].to_vec() });
        }
    }
}

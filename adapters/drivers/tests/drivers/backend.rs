//! A backend of few words: it answers every connection with the bytes it was given, then does as told.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What it does after its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Close,
    /// Keeps the connection open and says nothing more.
    Hang,
    /// Goes on for ever.
    Babble,
}

pub struct Backend {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Backend {
    pub fn saying(words: &str, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (words, notes) = (words.to_owned(), Arc::clone(&heard));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (words, notes) = (words.clone(), Arc::clone(&notes));
                thread::spawn(move || serve(stream, &words, then, &notes));
            }
        });
        Self { address, heard }
    }

    /// A plain JSON answer.
    pub fn json(status: &str, body: &str) -> Self {
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n");
        Self::saying(&format!("{head}connection: close\r\n\r\n{body}"), Then::Close)
    }

    /// Every request so far, head and body.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, words: &str, then: Then, notes: &Mutex<Vec<String>>) {
    let Some(request) = request(&mut stream) else { return };
    notes.lock().unwrap().push(request);
    if stream.write_all(words.as_bytes()).is_err() {
        return;
    }
    match then {
        Then::Close => {}
        // Until the other side has had enough.
        Then::Hang => drop(stream.read(&mut [0; 1])),
        Then::Babble => while stream.write_all(b"1\r\n \r\n").is_ok() {},
    }
}

fn request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = stream.read(&mut piece).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return Some(text.into_owned());
        }
    }
}

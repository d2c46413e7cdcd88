//! The driver against an old system on a real socket.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod answers;
mod questions;

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use yimen_rig::{Asked, Server};

/// An old system: notes the frame it got and answers with the bytes it was given.
pub fn system(
    answer: impl Fn(&[u8]) -> Vec<u8> + Send + Sync + 'static,
) -> (Server, Arc<Mutex<Vec<Vec<u8>>>>) {
    let heard = Arc::<Mutex<Vec<Vec<u8>>>>::default();
    let notes = Arc::clone(&heard);
    let server = Server::raw(move |mut stream: TcpStream| {
        let mut length = [0; 6];
        if stream.read_exact(&mut length).is_err() {
            return;
        }
        let length: usize = std::str::from_utf8(&length).unwrap().parse().unwrap();
        let mut body = vec![0; length];
        stream.read_exact(&mut body).unwrap();
        let bytes = answer(&body);
        notes.lock().unwrap().push(body);
        let _ = stream.write_all(&bytes);
    });
    (server, heard)
}

pub fn asked(server: &Server) -> Asked {
    let backend = json!({
        "driver": "fixed", "endpoint": "sample", "auth": "none", "encoding": "gb18030", "body": "fixed",
        "frames": {
            "length": { "digits": 6 }, "at_most": 4096,
            "head": [{ "name": "txcode", "width": 4, "kind": "code" }, { "name": "", "width": 2, "value": "01" }],
            "answer_head": [{ "name": "rc", "width": 4 }],
        },
        "codes": { "from": "rc", "words": { "0000": "ok", "E001": "refused", "9999": "unknown", "8888": "busy" } },
    });
    let binding = json!({
        "frame": {
            "code": "1024",
            "request": [
                { "name": "xm", "width": 12 },
                { "name": "zjhm", "width": 18 },
                { "name": "jb", "width": 4, "kind": "number" },
            ],
            "response": [
                { "name": "xm", "width": 12 },
                { "name": "jg", "width": 2 },
                { "name": "ye", "width": 12, "kind": "number" },
                { "name": "n", "width": 2, "kind": "number" },
            ],
            "rows": { "count": "n", "cells": [{ "name": "rq", "width": 8 }, { "name": "je", "width": 8, "kind": "number" }] },
        },
        "send": { "zjhm": "identity_number", "xm": "name", "jb": "level" },
    });
    Asked::new(format!("tcp://{}", server.address), backend, binding)
}

pub fn framed(body: &[u8]) -> Vec<u8> {
    [format!("{:06}", body.len()).as_bytes(), body].concat()
}

pub fn gb(text: &str) -> Vec<u8> {
    yimen_drivers::text::encode(yimen_contract::agency::Encoding::Gb18030, text).unwrap()
}

pub fn good() -> Vec<u8> {
    framed(&gb("0000林晓        00000000123456022026112100000100202612010000-050"))
}

pub fn tag(answer: Result<Value, yimen_drivers::CallError>) -> &'static str {
    answer.map_or_else(|error| error.tag(), |_| "fine")
}

//! What comes back.

use std::{
    io::{Read as _, Write as _},
    time::Duration,
};

use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::net::TcpSocket;
use yimen_drivers::CallError;
use yimen_fixed::Fixed;
use yimen_rig::Server;

use crate::{asked, framed, gb, good, system, tag};

async fn said(bytes: Vec<u8>) -> Result<Value, CallError> {
    let (server, heard) = system(move |_| bytes.clone());
    let answer = asked(&server).of(&Fixed).await;
    assert_eq!(heard.lock().unwrap().len(), 1, "nothing is asked twice");
    answer
}

#[tokio::test]
async fn cells_become_fields_and_rows() {
    let expected = json!({
        "rc": "0000", "xm": "林晓", "jg": "00", "ye": 123_456, "n": 2,
        "rows": [{ "rq": "20261121", "je": 100 }, { "rq": "20261201", "je": -50 }],
    });
    let sent = framed(&gb("0000林晓        00000000123456022026112100000100202612010000-050"));
    assert_eq!(sent, good());
    assert_eq!(said(sent).await.unwrap(), expected);
    let blank = said(framed(&gb(&format!("0000{}                00", " ".repeat(10))))).await.unwrap();
    assert_eq!(blank, json!({ "rc": "0000", "xm": null, "jg": null, "ye": null, "n": 0, "rows": [] }));
}

#[tokio::test]
async fn codes_have_their_meaning_and_an_unlisted_one_is_pending() {
    for (code, expected) in [("E001", "refused"), ("9999", "unknown"), ("8888", "busy")] {
        assert_eq!(tag(said(framed(code.as_bytes())).await), expected, "{code}");
    }
    let pending = json!({ "outcome": "pending", "status": "pending" });
    for code in ["7777", "    "] {
        assert_eq!(said(framed(code.as_bytes())).await.unwrap(), pending, "{code}");
    }
}

/// Whoever stands on the way must not make a refusal, or a success, out of nothing.
#[tokio::test]
async fn where_answers_are_proved_a_bare_head_is_not_believed() {
    for kind in ["key", "mac"] {
        for code in ["0000", "E001"] {
            let (server, _) = system(move |_| framed(code.as_bytes()));
            let mut asked = asked(&server);
            let proof = json!({ "name": "proof", "width": 32, "kind": kind });
            let frame = asked.binding.frame.as_mut().unwrap();
            frame.response.push(serde_json::from_value(proof).unwrap());
            let error = asked.of(&Fixed).await.unwrap_err();
            assert!(
                matches!(error, CallError::Broken(_)) && !error.nothing_done(),
                "{kind} {code}: {error:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_cut_or_too_long_is_named() {
    let whole = good()[6..].to_vec();
    // Every length but the right one and that of the bare head.
    for length in (0..whole.len()).filter(|length| *length != 4) {
        let error = said(framed(&whole[..length])).await.unwrap_err();
        assert!(
            matches!(&error, CallError::Broken(why) if why.contains("ends within the field `")),
            "{length}: {error:?}"
        );
    }
    for (bytes, says) in [
        (framed(&[whole.clone(), b" ".to_vec()].concat()), "goes on for 1 bytes"),
        (framed(&gb("0000林晓        00000000123456xx")), "the field `n` is no whole number"),
        (framed(&gb("0000林晓        0000000012345699")), "ends within the field `rq`"),
        (framed(&[&b"0000"[..], &[b'a'; 11], &[0xC1], &b"00000000123456 0"[..]].concat()), "the field `xm`"),
    ] {
        let error = said(bytes).await.unwrap_err();
        assert!(matches!(&error, CallError::Broken(why) if why.contains(says)), "{says}: {error:?}");
    }
}

#[tokio::test]
async fn a_length_that_is_none_is_not_believed() {
    for head in ["004097", "999999", "-00001", "+00004", "00000x", "      ", "\0\0\0\0\0\0"] {
        let bytes = [head.as_bytes(), &vec![b'0'; 5000]].concat();
        assert_eq!(tag(said(bytes).await), "broken", "{head:?}");
    }
    assert_eq!(tag(said(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()).await), "broken");
}

#[tokio::test]
async fn the_length_can_be_binary_and_count_itself() {
    let body = good()[6..].to_vec();
    for (kind, own, itself) in [("bytes", 2, false), ("bytes", 4, true), ("digits", 8, true)] {
        let (body, counted) = (body.clone(), body.len() + if itself { own } else { 0 });
        let server = Server::raw(move |mut stream| {
            let _ = stream.read(&mut [0; 4096]);
            let all = u32::try_from(counted).unwrap().to_be_bytes();
            let head =
                if kind == "digits" { format!("{counted:08}").into_bytes() } else { all[4 - own..].to_vec() };
            let _ = stream.write_all(&[head, body.clone()].concat());
        });
        let mut asked = asked(&server);
        let frames = asked.backend.frames.as_mut().unwrap();
        frames.length = serde_json::from_value(json!({ kind: own })).unwrap();
        frames.counts_itself = itself;
        assert_eq!(asked.of(&Fixed).await.unwrap()["ye"], 123_456, "{kind} {own}");
    }
}

#[tokio::test]
async fn silence_and_slowness_end_in_time_and_leave_the_fate_unknown() {
    let drip = |bytes: Vec<u8>| {
        Server::raw(move |mut stream| {
            let _ = stream.read(&mut [0; 4096]);
            for byte in &bytes {
                if stream.write_all(&[*byte]).is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(40));
            }
            let _ = stream.read(&mut [0; 1]);
        })
    };
    let hangs_up = Server::raw(|mut stream| drop(stream.read(&mut [0; 4096])));
    let cut = Server::raw(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"0000660000");
    });
    for server in [drip(vec![]), drip(good()), hangs_up, cut] {
        let mut asked = asked(&server);
        asked.milliseconds = 1_000;
        let error = asked.of(&Fixed).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)) && !error.nothing_done(), "{error:?}");
    }
    // Bound, and not listening: so the port is nobody else's.
    let closed = TcpSocket::new_v4().unwrap();
    closed.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let (server, _) = system(|_| good());
    let mut asked = asked(&server);
    asked.address = format!("tcp://{}", closed.local_addr().unwrap());
    assert!(matches!(asked.of(&Fixed).await, Err(CallError::NotSent(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (server, _) = system(move |_| framed(&bytes));
        let _ = runtime.block_on(asked(&server).of(&Fixed));
    }
}

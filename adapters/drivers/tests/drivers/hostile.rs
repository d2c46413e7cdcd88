//! Backends that mean harm, or are broken as if they did.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::json;
use yimen_drivers::{CallError, DialError, Dialer as _, TcpRequest, rest::Rest};
use yimen_rig::{Asked, Server};

/// A backend that reads the question and then does as told.
fn backend(act: impl Fn(&mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> Server {
    Server::raw(move |mut stream| {
        let mut heard = Vec::new();
        let mut piece = [0; 4096];
        while !heard.ends_with(b"}") {
            match stream.read(&mut piece) {
                Ok(read) if read > 0 => heard.extend_from_slice(&piece[..read]),
                _ => return,
            }
        }
        let _ = act(&mut stream);
    })
}

fn asked(server: &Server) -> Asked {
    let settings = json!({ "driver": "rest", "endpoint": "sample", "auth": "none" });
    let mut asked = Asked::new(format!("http://{}", server.address), settings, json!({ "path": "/v1" }));
    asked.milliseconds = 20_000;
    asked
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_flood_of_headers_is_cut_off() {
    let many = backend(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        for n in 0_u64.. {
            write!(stream, "x-{n}: {n}\r\n")?;
        }
        Ok(())
    });
    let long = backend(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nx: ")?;
        loop {
            stream.write_all(&[b'a'; 4096])?;
        }
    });
    for server in [many, long] {
        let began = Instant::now();
        let error = asked(&server).of(&Rest::default()).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)), "{error:?}");
        // Cut off by its size: the time was not over.
        assert!(began.elapsed() < Duration::from_secs(15));
    }
}

#[tokio::test]
async fn a_compressed_bomb_is_not_unpacked() {
    let bomb = gzip(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 100_000);
    let server = backend(move |stream| {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n";
        write!(stream, "{head}content-length: {}\r\n\r\n", bomb.len())?;
        stream.write_all(&bomb)
    });
    let error = asked(&server).of(&Rest::default()).await.unwrap_err();
    assert!(matches!(error, CallError::Broken(_)), "{error:?}");
}

#[tokio::test]
async fn one_that_drips_is_given_up_at_the_deadline() {
    let head = backend(|stream| {
        for byte in "HTTP/1.1 200 OK\r\nx-a: ".bytes().chain(std::iter::repeat(b'a')) {
            stream.write_all(&[byte])?;
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    });
    let body = backend(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")?;
        loop {
            stream.write_all(b" ")?;
            std::thread::sleep(Duration::from_millis(10));
        }
    });
    let informs = backend(|stream| {
        loop {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
            std::thread::sleep(Duration::from_millis(10));
        }
    });
    for server in [head, body, informs] {
        let mut asked = asked(&server);
        asked.milliseconds = 1_000;
        let error = asked.of(&Rest::default()).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)), "{error:?}");
    }
}

#[tokio::test]
async fn an_endless_body_is_cut_off_by_its_size() {
    let server = backend(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")?;
        loop {
            stream.write_all(b"1000\r\n")?;
            stream.write_all(&[b' '; 0x1000])?;
            stream.write_all(b"\r\n")?;
        }
    });
    let error = asked(&server).of(&Rest::default()).await.unwrap_err();
    assert!(matches!(error, CallError::Broken(_)), "{error:?}");
}

#[tokio::test]
async fn a_redirect_to_the_machines_own_secrets_is_not_followed() {
    for to in
        ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:1/", "file:///etc/passwd", "//[::1]/"]
    {
        let server = backend(move |stream| {
            write!(stream, "HTTP/1.1 307 x\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
        });
        let error = asked(&server).of(&Rest::default()).await.unwrap_err();
        assert_eq!(error, CallError::Broken("the backend answered 307".to_owned()), "{to}");
    }
}

#[tokio::test]
async fn a_wire_ends_at_its_size_and_its_time() {
    let babbles = Server::raw(|mut stream| while stream.write_all(&[0; 1024]).is_ok() {});
    let silent = Server::raw(|mut stream| drop(stream.read(&mut [0; 1])));
    let long = Duration::from_secs(20);
    let open = async |server: &Server, within: Duration| {
        let asked = asked(server);
        let address = format!("tcp://{}", server.address).parse().unwrap();
        let request =
            TcpRequest { agency: "sample", address: &address, port: 1, sealed: false, within, at_most: 4096 };
        asked.dialer.tcp(request).await.unwrap()
    };
    let mut wire = open(&babbles, long).await;
    assert_eq!(wire.receive(4000).await.unwrap().len(), 4000);
    assert_eq!(wire.receive(100).await.unwrap_err(), DialError::TooLarge(96));
    // Reading it like any stream ends there too.
    let mut wire = open(&babbles, long).await;
    let mut all = Vec::new();
    assert!(tokio::io::AsyncReadExt::read_to_end(&mut wire, &mut all).await.is_err());
    assert!(all.len() <= 4096);
    let mut wire = open(&silent, Duration::from_secs(1)).await;
    assert!(matches!(wire.receive(1).await, Err(DialError::Lost(_))));
}

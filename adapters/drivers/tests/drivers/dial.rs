//! The safe dialer.

use std::{
    io,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::net::TcpSocket;
use url::Url;
use yimen_contract::capability::Method;
use yimen_drivers::{
    DialError, Dialer as _, Future, HttpAnswer, HttpRequest, Lookup, SafeDialer, TcpRequest, Tls,
    address::{Allowed, Forbidden},
};

use crate::backend::{Backend, Then};

/// A name server that changes its mind with every question.
struct Fickle {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Fickle {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let parse = |list: &&[&str]| list.iter().map(|text| text.parse().unwrap()).collect();
        Arc::new(Self { answers: answers.iter().map(parse).collect(), asked: AtomicUsize::new(0) })
    }
}

impl Lookup for Fickle {
    fn lookup<'a>(&'a self, _: &'a str) -> Future<'a, io::Result<Vec<IpAddr>>> {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst).min(self.answers.len() - 1);
        Box::pin(async move { Ok(self.answers[turn].clone()) })
    }
}

pub fn provide() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn allowing(nets: &[&str]) -> Allowed {
    Allowed::new(nets.iter().map(|net| net.parse().unwrap()).collect())
}

async fn ask(dialer: &SafeDialer, url: &str, milliseconds: u64) -> Result<HttpAnswer, DialError> {
    provide();
    let request = HttpRequest {
        agency: "sample",
        method: Method::Post,
        url: Url::parse(url).unwrap(),
        headers: vec![],
        body: "{}".into(),
        tls: Tls::default(),
        within: Duration::from_millis(milliseconds),
        at_most: 1000,
    };
    dialer.http(request).await
}

/// Every disguise of an address that is not public, with nothing allowed.
#[tokio::test]
async fn no_disguise_leads_to_a_machine_that_only_the_portal_can_reach() {
    let dialer = SafeDialer::with_lookup(Allowed::default(), Fickle::new(&[&["127.0.0.1"]]));
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "１２７.０.０.１",
        "0",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.5.4",
        "192.168.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fd00::1]",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "backend.example",
        "127.0.0.1.nip.example",
    ] {
        for scheme in ["http", "https"] {
            let answer = ask(&dialer, &format!("{scheme}://{host}/"), 5_000).await;
            assert!(
                matches!(answer, Err(DialError::Forbidden(Forbidden::NotPublic(_)))),
                "{scheme}://{host}: {answer:?}"
            );
        }
    }
    for url in ["ftp://8.8.8.8/", "file:///etc/passwd", "gopher://8.8.8.8/", "https://user:password@8.8.8.8/"]
    {
        assert!(matches!(ask(&dialer, url, 5_000).await, Err(DialError::Address(_))), "{url}");
    }
}

#[tokio::test]
async fn without_tls_only_what_the_operator_named() {
    let dialer = SafeDialer::with_lookup(Allowed::default(), Fickle::new(&[&["8.8.8.8"]]));
    for host in ["8.8.8.8", "backend.example"] {
        let answer = ask(&dialer, &format!("http://{host}/"), 5_000).await;
        assert!(matches!(answer, Err(DialError::Forbidden(Forbidden::NoTls(_)))), "{host}: {answer:?}");
    }
}

/// The name is looked up once for a connection, and the connection goes to what was checked. Asked again, the
/// name server's other answer is checked like the first.
#[tokio::test]
async fn a_name_that_changes_its_mind_gains_nothing() {
    let inside = Backend::json("200 OK", "{}");
    let names = Fickle::new(&[&["127.0.0.2"], &["127.0.0.1"], &["127.0.0.2", "127.0.0.1"], &[]]);
    let dialer = SafeDialer::with_lookup(allowing(&["127.0.0.2"]), names.clone());
    let url = format!("http://backend.example:{}/", inside.address.port());
    let first = ask(&dialer, &url, 5_000).await;
    // Nothing listens there, which shows that the second answer was not sought.
    assert!(matches!(first, Err(DialError::NotSent(_))), "{first:?}");
    assert_eq!(names.asked.load(Ordering::SeqCst), 1);
    for turn in 2..=3 {
        let answer = ask(&dialer, &url, 5_000).await;
        assert!(matches!(answer, Err(DialError::Forbidden(_))), "{turn}: {answer:?}");
    }
    assert_eq!(ask(&dialer, &url, 5_000).await.unwrap_err(), DialError::Forbidden(Forbidden::Nowhere));
    assert!(inside.heard().is_empty());
}

/// The same for connections of other protocols.
#[tokio::test]
async fn a_wire_goes_where_was_checked_and_nowhere_else() {
    let inside = Backend::json("200 OK", "{}");
    let names = Fickle::new(&[&["127.0.0.2"], &["127.0.0.1"], &["127.0.0.2", "127.0.0.1"], &[]]);
    let dialer = SafeDialer::with_lookup(allowing(&["127.0.0.2"]), names.clone());
    let address = Url::parse(&format!("tcp://backend.example:{}", inside.address.port())).unwrap();
    let open = async |sealed| {
        let within = Duration::from_secs(5);
        let request = TcpRequest { agency: "sample", address: &address, port: 1, sealed, within, at_most: 9 };
        dialer.tcp(request).await.err().unwrap()
    };
    assert!(matches!(open(false).await, DialError::NotSent(_)), "nothing listens there");
    assert_eq!(names.asked.load(Ordering::SeqCst), 1);
    for _ in 2..=3 {
        assert!(matches!(open(true).await, DialError::Forbidden(Forbidden::NotPublic(_))));
    }
    assert_eq!(open(true).await, DialError::Forbidden(Forbidden::Nowhere));
    // In the clear only to what the operator named, sealed to any public address.
    let public = SafeDialer::with_lookup(Allowed::default(), Fickle::new(&[&["8.8.8.8"]]));
    let within = Duration::from_millis(1);
    let request =
        TcpRequest { agency: "sample", address: &address, port: 1, sealed: false, within, at_most: 9 };
    let clear = public.tcp(request.clone()).await.err().unwrap();
    assert!(matches!(clear, DialError::Forbidden(Forbidden::NoTls(_))), "{clear:?}");
    assert!(inside.heard().is_empty());
}

#[tokio::test]
async fn what_is_allowed_is_reached_and_a_redirect_is_only_an_answer() {
    let secret = Backend::json("200 OK", "{}");
    let words =
        format!("HTTP/1.1 302 Found\r\nlocation: http://{}/\r\ncontent-length: 0\r\n\r\n", secret.address);
    let backend = Backend::saying(&words, Then::Close);
    let dialer = SafeDialer::new(allowing(&["127.0.0.0/8"]));
    let answer = ask(&dialer, &format!("http://{}/a", backend.address), 5_000).await.unwrap();
    assert_eq!(answer.status, 302);
    assert!(secret.heard().is_empty());
    assert!(backend.heard()[0].starts_with("POST /a HTTP/1.1\r\n"));
}

#[tokio::test]
async fn size_and_time_have_their_limits() {
    let dialer = SafeDialer::new(allowing(&["127.0.0.0/8"]));
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let large = format!("HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n{}", " ".repeat(1001));
    for (words, then, expected) in [
        (large.as_str(), Then::Close, "TooLarge"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n", Then::Hang, "TooLarge"),
        (chunked, Then::Babble, "TooLarge"),
        ("", Then::Hang, "Lost"),
        ("HTTP/1.1 200 OK\r\n", Then::Hang, "Lost"),
        (chunked, Then::Hang, "Lost"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{}", Then::Hang, "Lost"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{}", Then::Close, "Lost"),
        ("", Then::Close, "Lost"),
        ("SSH-2.0-OpenSSH\r\n", Then::Close, "Lost"),
    ] {
        let backend = Backend::saying(words, then);
        // Only where nothing more comes does the time end it.
        let milliseconds = if then == Then::Hang && expected == "Lost" { 500 } else { 20_000 };
        let error = ask(&dialer, &format!("http://{}/", backend.address), milliseconds).await.unwrap_err();
        assert!(format!("{error:?}").starts_with(expected), "{words:?}: {error:?}");
        assert_eq!(backend.heard().len(), 1, "{words:?}: it is not asked again behind our back");
    }
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    // Bound, and not listening: so the port is nobody else's.
    let closed = TcpSocket::new_v4().unwrap();
    closed.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = closed.local_addr().unwrap();
    let dialer = SafeDialer::new(allowing(&["127.0.0.1"]));
    let error = ask(&dialer, &format!("http://{address}/?secret"), 5_000).await.unwrap_err();
    assert!(matches!(error, DialError::NotSent(_)), "{error:?}");
    assert!(!error.to_string().contains("secret"), "{error}");
}

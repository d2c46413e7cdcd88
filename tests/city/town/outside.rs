//! What stands outside the town for a test: a tiny web server, a mail server, a provider of text messages. Each
//! answers as the test says and remembers what it was asked.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
};

use super::{Engine, Town};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    /// Names in small letters.
    pub headers: BTreeMap<String, String>,
    pub body: String,
    /// The body where it is no text.
    pub bytes: Vec<u8>,
}

/// What is answered: status, further headers, body (JSON).
pub struct Told(pub u16, pub Vec<(&'static str, String)>, pub String);

/// Answers requests on a free port until the test is over.
pub fn listen(answer: impl Fn(&Asked) -> Told + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            thread::spawn(move || serve(&stream, &*answer));
        }
    });
    address
}

fn serve(stream: &TcpStream, answer: &dyn Fn(&Asked) -> Told) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let path = target.split('?').next().unwrap_or_default();
    let text = String::from_utf8_lossy(&body).into_owned();
    let asked = Asked { method, path: path.to_owned(), headers, body: text, bytes: body };
    let Told(status, more, body) = answer(&asked);
    let more = more.iter().fold(String::new(), |text, (name, value)| text + name + ": " + value + "\r\n");
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status} x\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n{more}\r\n{body}",
        body.len()
    )
    .ok()
}

/// A mail as it arrived.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: String,
    pub text: String,
}

/// One part of a mail, however it was encoded on the way: the first whose head or body has this in it.
pub fn part(mail: &str, named: &str) -> String {
    let part = mail.split("\r\n--").find(|part| part.contains(named)).expect("such a part");
    let (head, body) = part.split_once("\r\n\r\n").expect("with something in it");
    if head.contains("base64") {
        return String::from_utf8(STANDARD.decode(body.replace("\r\n", "").trim()).unwrap()).unwrap();
    }
    if !head.contains("quoted-printable") {
        return body.to_owned();
    }
    let mut pieces = body.split('=');
    let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        // A sign in two digits, or a line that goes on.
        let rest = match u8::from_str_radix(&piece[..2], 16) {
            Ok(byte) => {
                bytes.push(byte);
                &piece[2..]
            }
            Err(_) => piece.trim_start_matches("\r\n"),
        };
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

/// A mail server, and a provider of text messages.
#[derive(Clone, Default)]
pub struct Post {
    pub mails: Arc<Mutex<Vec<Mail>>>,
    pub texts: Arc<Mutex<Vec<Asked>>>,
    /// What receivers of mail are answered with, one after the other; then all are welcome.
    pub to_receivers: Arc<Mutex<Vec<&'static str>>>,
    /// What messages are answered with, one after the other; then all are taken.
    pub to_texts: Arc<Mutex<Vec<u16>>>,
    /// While it is set, messages are taken over and nobody is told so.
    pub silent: Arc<AtomicBool>,
    /// So many mails are taken over before the conversation breaks off.
    pub breaks: Arc<AtomicUsize>,
    /// So many conversations in SMTP there have been.
    pub conversations: Arc<AtomicUsize>,
}

impl Post {
    /// A town that hands its messages over here.
    pub async fn town(engine: Engine) -> (Town, Self) {
        let (post, settings) = Self::open();
        let settings: Vec<_> = settings.iter().map(|(key, value)| (*key, value.as_str())).collect();
        (Town::open_with(engine, &settings).await, post)
    }

    /// Opens both, and gives the settings by which a town finds them.
    pub fn open() -> (Self, Vec<(&'static str, String)>) {
        let post = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let smtp = listener.local_addr().unwrap();
        let receiving = post.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let receiving = receiving.clone();
                thread::spawn(move || receiving.receive(&stream));
            }
        });
        let taking = post.clone();
        let sms = listen(move |asked| {
            let mut answers = taking.to_texts.lock().unwrap();
            let status = if answers.is_empty() { 202 } else { answers.remove(0) };
            drop(answers);
            if asked.method == "POST" {
                taking.texts.lock().unwrap().push(asked.clone());
                taking.while_silent();
            }
            Told(status, vec![("location", "http://127.0.0.1:9/".to_owned())], "{}".to_owned())
        });
        let settings = vec![
            ("YIMEN_SMTP_SERVER", smtp.to_string()),
            ("YIMEN_SMTP_SECURITY", "plain".to_owned()),
            ("YIMEN_SMTP_FROM", "Yunzhou <no-reply@yimen.example.org>".to_owned()),
            ("YIMEN_SMS_ADDRESS", format!("http://{sms}/v1/messages")),
            ("YIMEN_SMS_KEY", "the-key".to_owned()),
            ("YIMEN_SMS_SENDER", "云州政务".to_owned()),
        ];
        (post, settings)
    }

    fn while_silent(&self) {
        while self.silent.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Another door of the mail server, which speaks TLS from the first byte, by the word of the authority of tests.
    pub fn over_tls(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let certificate = CertificateDer::from(include_bytes!("../../data/mail-server.der").to_vec());
        let key = PrivateKeyDer::try_from(include_bytes!("../../data/mail-server-key.der").to_vec()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let (config, receiving) = (Arc::new(config), self.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (receiving, talk) =
                    (receiving.clone(), ServerConnection::new(Arc::clone(&config)).unwrap());
                thread::spawn(move || receiving.receive(StreamOwned::new(talk, stream)));
            }
        });
        at
    }

    /// One conversation in SMTP.
    fn receive(&self, stream: impl Read + Write) -> Option<()> {
        self.conversations.fetch_add(1, Ordering::SeqCst);
        let mut reader = BufReader::new(stream);
        let mut to = String::new();
        reader.get_mut().write_all(b"220 test ESMTP\r\n").ok()?;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            let answer = match verb.as_str() {
                "EHLO" => "250-test\r\n250 8BITMIME",
                "RCPT" => {
                    line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut to);
                    let mut answers = self.to_receivers.lock().unwrap();
                    if answers.is_empty() { "250 fine" } else { answers.remove(0) }
                }
                "DATA" => {
                    reader.get_mut().write_all(b"354 go on\r\n").ok()?;
                    let mut text = String::new();
                    loop {
                        let mut line = String::new();
                        reader.read_line(&mut line).ok()?;
                        if line == ".\r\n" {
                            break;
                        }
                        text.push_str(&line);
                    }
                    self.mails.lock().unwrap().push(Mail { to: to.clone(), text });
                    self.while_silent();
                    let one_less = |left: usize| left.checked_sub(1);
                    if self.breaks.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok() {
                        return None;
                    }
                    "250 taken"
                }
                "QUIT" => {
                    reader.get_mut().write_all(b"221 bye\r\n").ok()?;
                    return None;
                }
                _ => "250 fine",
            };
            reader.get_mut().write_all(format!("{answer}\r\n").as_bytes()).ok()?;
        }
    }
}

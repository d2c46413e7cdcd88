//! A mail server that takes every message and puts it into the post box: SMTP (RFC 5321) without TLS, as much of
//! it as a well-behaved client needs.

use std::{io, net::TcpListener, sync::Arc};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpStream, tcp},
    task::JoinHandle,
};

use super::{Kind, Mail, PostBox};

const MAX_MESSAGE: usize = 1024 * 1024;
const MAX_LINE: u64 = 4096;
const MAX_RECIPIENTS: usize = 100;

/// Listens until the task is aborted.
pub fn listen(listener: TcpListener, post_box: Arc<PostBox>) -> io::Result<JoinHandle<()>> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    Ok(tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let post_box = post_box.clone();
            tokio::spawn(async move {
                // A client that breaks off has no message to keep.
                let _ = Conversation::new(stream, &post_box).hold().await;
            });
        }
    }))
}

struct Conversation<'a> {
    reading: BufReader<tcp::OwnedReadHalf>,
    writing: tcp::OwnedWriteHalf,
    post_box: &'a PostBox,
    from: Option<String>,
    to: Vec<String>,
}

impl<'a> Conversation<'a> {
    fn new(stream: TcpStream, post_box: &'a PostBox) -> Self {
        let (reading, writing) = stream.into_split();
        Self { reading: BufReader::new(reading), writing, post_box, from: None, to: Vec::new() }
    }

    async fn hold(mut self) -> io::Result<()> {
        self.say("220 post box of the demo city").await?;
        while let Some(line) = self.line().await? {
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => {
                    self.say(&format!(
                        "250-post box\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE {MAX_MESSAGE}"
                    ))
                    .await?;
                }
                "HELO" | "NOOP" => self.say("250 fine").await?,
                "RSET" => {
                    self.forget();
                    self.say("250 fine").await?;
                }
                "MAIL" => {
                    self.forget();
                    self.from = path(rest, "FROM:");
                    self.say(if self.from.is_some() { "250 fine" } else { "501 MAIL FROM:<address>" })
                        .await?;
                }
                "RCPT" => self.recipient(rest).await?,
                "DATA" => self.data().await?,
                "QUIT" => return self.say("221 good day").await,
                _ => self.say("502 not spoken here").await?,
            }
        }
        Ok(())
    }

    async fn recipient(&mut self, rest: &str) -> io::Result<()> {
        let answer = match path(rest, "TO:").filter(|to| to.contains('@')) {
            _ if self.from.is_none() => "503 MAIL comes first",
            _ if self.to.len() >= MAX_RECIPIENTS => "452 too many",
            None => "501 RCPT TO:<address>",
            Some(to) => {
                self.to.push(to);
                "250 fine"
            }
        };
        self.say(answer).await
    }

    async fn data(&mut self) -> io::Result<()> {
        if self.to.is_empty() {
            return self.say("503 RCPT comes first").await;
        }
        self.say("354 end with a dot").await?;
        let mut message = Vec::new();
        let mut too_large = false;
        loop {
            let Some(line) = self.line().await? else { return Ok(()) };
            if line == b".\r\n" {
                break;
            }
            // A line that begins with a dot got a second one on its way.
            let line = line.strip_prefix(b".").unwrap_or(&line);
            too_large |= message.len() + line.len() > MAX_MESSAGE;
            if !too_large {
                message.extend_from_slice(line);
            }
        }
        if too_large {
            self.forget();
            return self.say("552 too large").await;
        }
        let mail = Mail::read(&message);
        let from = self.from.take().unwrap_or_default();
        for to in std::mem::take(&mut self.to) {
            self.post_box.put(Kind::Mail, from.clone(), to, Some(mail.subject.clone()), mail.text.clone());
        }
        self.say("250 taken").await
    }

    fn forget(&mut self) {
        self.from = None;
        self.to.clear();
    }

    /// The next line with its end, or `None` when the client is gone or sends no lines.
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = (&mut self.reading).take(MAX_LINE).read_until(b'\n', &mut line).await?;
        Ok((read > 0 && line.ends_with(b"\n")).then_some(line))
    }

    async fn say(&mut self, answer: &str) -> io::Result<()> {
        self.writing.write_all(format!("{answer}\r\n").as_bytes()).await
    }
}

/// The address in `FROM:<address> PARAMETERS`.
fn path(rest: &str, before: &str) -> Option<String> {
    let rest = rest.trim_start();
    let matches = rest.get(..before.len())?.eq_ignore_ascii_case(before);
    let (address, _) = rest.get(before.len()..)?.trim_start().strip_prefix('<')?.split_once('>')?;
    matches.then(|| address.to_owned())
}

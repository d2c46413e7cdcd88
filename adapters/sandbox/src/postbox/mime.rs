//! Reading a mail as far as a person wants to: its subject and its plain text (RFC 2045 to 2047).

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Parts within parts within parts: no honest mail is deeper.
const DEPTH: usize = 5;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub subject: String,
    pub text: String,
}

impl Mail {
    pub fn read(raw: &[u8]) -> Self {
        let raw = String::from_utf8_lossy(raw).replace("\r\n", "\n");
        let part = Part::read(&raw);
        let subject = part.header("subject").map(words).unwrap_or_default();
        let text = part.plain(DEPTH).unwrap_or_else(|| part.body.to_owned());
        Self { subject, text: text.trim_end().to_owned() }
    }
}

/// A mail, or one part of one.
struct Part<'a> {
    headers: Vec<(String, String)>,
    body: &'a str,
}

impl<'a> Part<'a> {
    fn read(raw: &'a str) -> Self {
        let (head, body) = raw.split_once("\n\n").unwrap_or((raw, ""));
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in head.lines() {
            match (line.starts_with([' ', '\t']), headers.last_mut(), line.split_once(':')) {
                // A long header goes on in lines that begin with a space.
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (false, _, Some((name, value))) => {
                    headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
                }
                _ => {}
            }
        }
        Self { headers, body }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first plain text within.
    fn plain(&self, depth: usize) -> Option<String> {
        let kind = self.header("content-type").unwrap_or("text/plain");
        if kind.to_ascii_lowercase().starts_with("text/plain") {
            return Some(self.decoded());
        }
        let boundary = boundary(kind).filter(|_| depth > 0)?;
        let between = format!("--{boundary}");
        let parts = self.body.split(&between).skip(1).take_while(|part| !part.starts_with("--"));
        parts.map(|part| Part::read(part.trim_start_matches('\n'))).find_map(|part| part.plain(depth - 1))
    }

    fn decoded(&self) -> String {
        match self.header("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "base64" => base64_text(self.body),
            "quoted-printable" => {
                String::from_utf8_lossy(&quoted(self.body.replace("=\n", "").as_bytes(), false)).into_owned()
            }
            _ => self.body.to_owned(),
        }
    }
}

fn boundary(kind: &str) -> Option<&str> {
    let at = kind.to_ascii_lowercase().find("boundary=")?;
    let value = kind.get(at + "boundary=".len()..)?;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split(';').next().map(str::trim),
    }
}

fn base64_text(text: &str) -> String {
    let plain: String = text.split_whitespace().collect();
    STANDARD.decode(plain).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// `=E4` stands for a byte; in headers `_` stands for a space.
fn quoted(text: &[u8], header: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let code = text.get(at + 1..at + 3).and_then(|code| std::str::from_utf8(code).ok());
        let coded = code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| byte == b'=');
        bytes.push(coded.unwrap_or(if header && byte == b'_' { b' ' } else { byte }));
        at += if coded.is_some() { 3 } else { 1 };
    }
    bytes
}

/// A header whose words may be coded as `=?utf-8?b?…?=`.
fn words(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value;
    let mut after_coded = false;
    while let Some(at) = rest.find("=?") {
        let (before, coded) = rest.split_at(at);
        let mut fields = coded[2..].splitn(3, '?');
        let (Some(_), Some(way), Some(tail)) = (fields.next(), fields.next(), fields.next()) else { break };
        let Some((word, next)) = tail.split_once("?=") else { break };
        // A space between two coded words only separates them.
        if !(after_coded && before.trim().is_empty()) {
            text.push_str(before);
        }
        match way {
            "b" | "B" => text.push_str(&base64_text(word)),
            _ => text.push_str(&String::from_utf8_lossy(&quoted(word.as_bytes(), true))),
        }
        rest = next;
        after_coded = true;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_in_two_forms_is_read_as_text() {
        let raw = "Subject: =?utf-8?b?6aqM6K+B?=\r\n =?utf-8?b?56CB?= 1\r\nContent-Type: multipart/alternative;\r\n \
                   boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\
                   Content-Transfer-Encoding: quoted-printable\r\n\r\n=E9=AA=8C 12=\r\n34\r\n--b1\r\n\
                   Content-Type: text/html\r\n\r\n<p>x</p>\r\n--b1--\r\n";
        let mail = Mail::read(raw.as_bytes());
        assert_eq!(mail, Mail { subject: "验证码 1".to_owned(), text: "验 1234".to_owned() });
    }

    #[test]
    fn nonsense_is_shown_as_it_came() {
        for raw in
            ["", "x", "Subject: =?\n\n=?=", "Content-Type: multipart/mixed; boundary=\n\n--\n", "\n\n=E"]
        {
            let _ = Mail::read(raw.as_bytes());
        }
        assert_eq!(Mail::read(b"Subject: a\n\nhello =?").text, "hello =?");
    }
}

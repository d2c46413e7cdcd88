//! HTTP to the few addresses that the operator named: the provider of text messages, national identity
//! providers. Agencies are reached through the gateway's safe dialer instead.
//!
//! No redirects (a secret would follow them), no proxy from the environment, a limit on time and on size.

use std::time::Duration;

use reqwest::{Client, Request, header::HeaderMap, redirect::Policy};

use super::tls;

/// More than this no answer needs.
const LONGEST: usize = 512 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum OutsideError {
    /// Nothing of the request left the house. Without the address: it may hold what must not be logged.
    #[error("{0}")]
    Unreached(String),
    #[error("{0}")]
    Http(String),
    #[error("the answer is longer than {LONGEST} bytes")]
    TooLong,
}

impl From<reqwest::Error> for OutsideError {
    fn from(error: reqwest::Error) -> Self {
        let unreached = error.is_connect() || error.is_builder();
        let kind = if error.is_timeout() {
            "no answer in time"
        } else if error.is_connect() {
            "no connection"
        } else {
            "the exchange failed"
        };
        let error = error.without_url();
        let cause = std::error::Error::source(&error).map(|cause| format!(" ({cause})")).unwrap_or_default();
        let said = format!("{kind}{cause}");
        if unreached { Self::Unreached(said) } else { Self::Http(said) }
    }
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

#[derive(Debug, Clone)]
pub struct Outside {
    client: Client,
}

impl Outside {
    pub fn new(timeout: Duration) -> Result<Self, OutsideError> {
        tls::provide();
        let client = match builder(timeout).build() {
            Ok(client) => client,
            // A machine without certificates can still reach itself.
            Err(_) => builder(timeout).tls_certs_only([]).build()?,
        };
        Ok(Self { client })
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    pub async fn send(&self, request: Request) -> Result<Answer, OutsideError> {
        let mut response = self.client.execute(request).await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await? {
            if body.len() + piece.len() > LONGEST {
                return Err(OutsideError::TooLong);
            }
            body.extend_from_slice(&piece);
        }
        Ok(Answer { status, headers, body })
    }
}

#[expect(clippy::disallowed_methods, reason = "the one client for addresses that the operator named")]
fn builder(timeout: Duration) -> reqwest::ClientBuilder {
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .timeout(timeout)
        .connect_timeout(timeout.min(Duration::from_secs(5)))
        .user_agent(concat!("yimen/", env!("CARGO_PKG_VERSION")))
}

#[cfg(test)]
mod tests {
    use std::{
        io::Read as _,
        net::{Shutdown, TcpListener},
        thread,
    };

    use super::*;

    /// The versions of TLS that a client offers (RFC 8446, 4.2.1), read from its first message.
    fn versions(hello: &[u8]) -> Vec<u16> {
        let two = |at: usize| usize::from(u16::from_be_bytes([hello[at], hello[at + 1]]));
        assert_eq!((hello[0], hello[5]), (22, 1), "a handshake that begins with a greeting");
        // Behind the record's head, the message's head, the version of old and the random bytes: the session's
        // name, the ciphers, the compressions, the extensions.
        let mut at = 5 + 4 + 2 + 32;
        at += 1 + usize::from(hello[at]);
        at += 2 + two(at);
        at += 1 + usize::from(hello[at]);
        let end = at + 2 + two(at);
        at += 2;
        while at < end {
            let (kind, length) = (two(at), two(at + 2));
            if kind == 43 {
                let list = &hello[at + 5..at + 4 + length];
                return list.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            }
            at += 4 + length;
        }
        Vec::new()
    }

    #[tokio::test]
    async fn nothing_older_than_tls_1_2_is_offered() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("https://{}/", listener.local_addr().unwrap());
        let heard = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut record = [0; 5];
            stream.read_exact(&mut record).unwrap();
            let mut hello = vec![0; usize::from(u16::from_be_bytes([record[3], record[4]]))];
            stream.read_exact(&mut hello).unwrap();
            let _ = stream.shutdown(Shutdown::Both);
            [&record[..], &hello].concat()
        });
        let outside = Outside::new(Duration::from_secs(20)).unwrap();
        let request = outside.client().get(address).build().unwrap();
        assert!(outside.send(request).await.is_err(), "nobody answered");
        let mut offered = versions(&heard.join().unwrap());
        // Numbers of no version are there so that servers get used to them (RFC 8701).
        offered.retain(|version| version & 0x0f0f != 0x0a0a);
        offered.sort_unstable();
        assert_eq!(offered, [0x0303, 0x0304], "TLS 1.2 and 1.3");
    }
}

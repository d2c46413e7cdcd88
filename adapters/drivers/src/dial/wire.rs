//! Connections for protocols other than HTTP, under the same rules: the address is checked as written and as
//! found, what was checked is what is connected to, and the exchange ends at a size and a time.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep, timeout},
};
use url::Url;

use super::{DialError, LONGEST, TO_CONNECT, address::Allowed, resolver::Lookup};

/// No exchange over a wire brings more, whatever a package says.
const LARGEST: usize = 64 << 20;

/// A connection about to be made.
#[derive(Debug, Clone)]
pub struct TcpRequest<'a> {
    pub agency: &'a str,
    /// Host and port count.
    pub address: &'a Url,
    /// The port where the address names none.
    pub port: u16,
    /// Whether the protocol itself encrypts. Otherwise only addresses that the operator named are reached.
    pub sealed: bool,
    /// How long the whole exchange may take.
    pub within: Duration,
    /// How many bytes are read before it ends.
    pub at_most: usize,
}

/// A connection with an end.
pub struct Wire {
    stream: TcpStream,
    until: Pin<Box<Sleep>>,
    left: usize,
}

pub(super) async fn open(
    request: TcpRequest<'_>,
    allowed: &Allowed,
    lookup: &dyn Lookup,
) -> Result<Wire, DialError> {
    let within = request.within.min(LONGEST);
    // From here on, so that finding the address takes its share.
    let until = Box::pin(sleep(within));
    if !request.address.username().is_empty() && !request.sealed || request.address.password().is_some() {
        return Err(DialError::Address("it carries a name or password"));
    }
    let host = request.address.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() {
        return Err(DialError::Address("it names no host"));
    }
    let port = request.address.port().unwrap_or(request.port);
    let connect = async {
        let found = match host.parse::<IpAddr>() {
            Ok(address) => vec![address],
            Err(_) => {
                lookup.lookup(host).await.map_err(|error| DialError::NotSent(error.kind().to_string()))?
            }
        };
        allowed.check_all(&found, request.sealed)?;
        let addresses: Vec<SocketAddr> = found.into_iter().map(|ip| SocketAddr::new(ip, port)).collect();
        let stream = TcpStream::connect(&addresses[..]).await;
        stream.map_err(|error| DialError::NotSent(error.kind().to_string()))
    };
    let late = |_| DialError::NotSent("no connection in time".to_owned());
    let stream = timeout(TO_CONNECT.min(within), connect).await.map_err(late)??;
    // Small frames go out at once.
    let _ = stream.set_nodelay(true);
    Ok(Wire { stream, until, left: request.at_most.min(LARGEST) })
}

impl Wire {
    /// Sends bytes, all of them. If that fails, some of them may have arrived.
    pub async fn send(&mut self, bytes: &[u8]) -> Result<(), DialError> {
        self.write_all(bytes).await.map_err(|error| lost(&error))
    }

    /// Reads so many bytes.
    pub async fn receive(&mut self, count: usize) -> Result<Vec<u8>, DialError> {
        if count > self.left {
            return Err(DialError::TooLarge(self.left));
        }
        let mut bytes = vec![0; count];
        self.read_exact(&mut bytes).await.map_err(|error| lost(&error))?;
        Ok(bytes)
    }

    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        match self.until.as_mut().poll(cx) {
            Poll::Ready(()) => Err(io::Error::new(io::ErrorKind::TimedOut, "it did not come in time")),
            Poll::Pending => Ok(()),
        }
    }
}

fn lost(error: &io::Error) -> DialError {
    DialError::Lost(error.kind().to_string())
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        out: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(cx)?;
        if self.left == 0 {
            let mut beyond = [0; 1];
            let mut beyond = ReadBuf::new(&mut beyond);
            ready!(Pin::new(&mut self.stream).poll_read(cx, &mut beyond))?;
            let over = beyond.filled().is_empty();
            let endless = || io::Error::new(io::ErrorKind::FileTooLarge, "it goes on and on");
            return Poll::Ready(if over { Ok(()) } else { Err(endless()) });
        }
        let room = out.remaining().min(self.left);
        let mut part = ReadBuf::new(out.initialize_unfilled_to(room));
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut part))?;
        let read = part.filled().len();
        self.left -= read;
        out.advance(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

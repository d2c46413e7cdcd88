//! The way to the backend, led through the checker's proxy. Drivers notice nothing: they are given a dialer, as always.
//!
//! The first time everything passes and is kept ([`Tape`]); after that it is played back with a trouble, so that the
//! backend itself is asked no more than once.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use url::Url;
use yimen_contract::protocol::Frames;
use yimen_drivers::{DialError, Dialer, Future, HttpAnswer, HttpRequest, TcpRequest, Tls, Wire};

use super::{
    Trouble,
    proxy::{self, Bytes, Door, Said},
};

/// How long a call lasts that never ends: what it shows does not depend on how long.
const PATIENCE: Duration = Duration::from_millis(250);

/// What the backend said to one question, exchange by exchange.
#[derive(Default)]
pub(super) struct Tape {
    http: Mutex<Vec<HttpAnswer>>,
    wires: Mutex<Vec<Bytes>>,
}

impl Tape {
    fn http(&self, turn: usize) -> Option<HttpAnswer> {
        let all = self.http.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(turn).or_else(|| all.last()).cloned()
    }

    fn wire(&self, turn: usize) -> Vec<u8> {
        let all = self.wires.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = all.get(turn).or_else(|| all.last());
        bytes.map(|bytes| bytes.lock().unwrap_or_else(PoisonError::into_inner).clone()).unwrap_or_default()
    }

    /// Whether an answer without a word in it is one of this backend's own.
    pub(super) fn is_wordless(&self) -> bool {
        self.http(0).is_some_and(|answer| answer.body.trim_ascii().is_empty())
    }
}

/// What both ways share.
pub(super) struct Road<'a> {
    pub(super) dialer: &'a dyn Dialer,
    pub(super) tape: &'a Tape,
    pub(super) frames: Option<&'a Frames>,
    /// Where tokens are had: that way stays as it is.
    pub(super) token_path: Option<&'a str>,
}

impl Road<'_> {
    fn is_token(&self, address: &Url) -> bool {
        self.token_path.is_some_and(|path| address.path().ends_with(path))
    }
}

fn ours(error: &std::io::Error) -> DialError {
    DialError::NotSent(format!("the checker's own proxy: {}", error.kind()))
}

/// The way on which everything passes and is kept.
pub(super) struct Taping<'a> {
    pub(super) road: Road<'a>,
    doors: Mutex<Vec<Door>>,
}

impl<'a> Taping<'a> {
    pub(super) fn new(road: Road<'a>) -> Self {
        Self { road, doors: Mutex::default() }
    }
}

impl Dialer for Taping<'_> {
    fn http<'a>(&'a self, request: HttpRequest<'a>) -> Future<'a, Result<HttpAnswer, DialError>> {
        Box::pin(async move {
            let token = self.road.is_token(&request.url);
            let answer = self.road.dialer.http(request).await?;
            if !token {
                self.road.tape.http.lock().unwrap_or_else(PoisonError::into_inner).push(answer.clone());
            }
            Ok(answer)
        })
    }

    fn tcp<'a>(&'a self, request: TcpRequest<'a>) -> Future<'a, Result<Wire, DialError>> {
        Box::pin(async move {
            let kept = Bytes::default();
            self.road.tape.wires.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&kept));
            let backend = self.road.dialer.tcp(request.clone()).await?;
            let door = proxy::through(backend, kept).await.map_err(|error| ours(&error))?;
            let address = at(&door)?;
            let wire = self.road.dialer.tcp(TcpRequest { address: &address, ..request }).await;
            self.doors.lock().unwrap_or_else(PoisonError::into_inner).push(door);
            wire
        })
    }
}

fn at(door: &Door) -> Result<Url, DialError> {
    Url::parse(&format!("tcp://{}", door.at))
        .map_err(|_| DialError::Address("the checker's own proxy has none"))
}

/// The way on which a trouble waits.
pub(super) struct Detour<'a> {
    road: Road<'a>,
    trouble: Trouble,
    turns: AtomicUsize,
    doors: Mutex<Vec<Door>>,
}

impl<'a> Detour<'a> {
    pub(super) fn new(road: Road<'a>, trouble: Trouble) -> Self {
        Self { road, trouble, turns: AtomicUsize::new(0), doors: Mutex::default() }
    }

    /// How often the backend was called.
    pub(super) fn calls(&self) -> usize {
        self.turns.load(Ordering::Relaxed)
    }

    /// What happens at this call, and the call's number among those that are answered.
    fn turn(&self) -> (Trouble, usize) {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed);
        match (self.trouble, turn) {
            (Trouble::Hiccup, 0) => (Trouble::LostAnswer, 0),
            (Trouble::Hiccup, turn) => (Trouble::Hiccup, turn - 1),
            (trouble, turn) => (trouble, turn),
        }
    }

    fn within(&self, given: Duration) -> Duration {
        if self.trouble.takes_all_time() { PATIENCE.min(given) } else { given }
    }

    fn keep(&self, door: Door) {
        self.doors.lock().unwrap_or_else(PoisonError::into_inner).push(door);
    }
}

impl Dialer for Detour<'_> {
    fn http<'a>(&'a self, request: HttpRequest<'a>) -> Future<'a, Result<HttpAnswer, DialError>> {
        Box::pin(async move {
            if self.road.is_token(&request.url) {
                return self.road.dialer.http(request).await;
            }
            let (trouble, turn) = self.turn();
            let said = Said::Http(self.road.tape.http(turn));
            let door = proxy::troubled(trouble, said).await.map_err(|error| ours(&error))?;
            let mut url = request.url.clone();
            let led = url.set_scheme("http").and_then(|()| url.set_ip_host(door.at.ip()));
            led.and_then(|()| url.set_port(Some(door.at.port())))
                .map_err(|()| DialError::Address("it cannot be led through the checker's proxy"))?;
            self.keep(door);
            let within = self.within(request.within);
            self.road.dialer.http(HttpRequest { url, within, tls: Tls::default(), ..request }).await
        })
    }

    fn tcp<'a>(&'a self, request: TcpRequest<'a>) -> Future<'a, Result<Wire, DialError>> {
        Box::pin(async move {
            let frames = self.road.frames.ok_or(DialError::Address("its frames are not described"))?;
            let (trouble, turn) = self.turn();
            let said = Said::Frame(self.road.tape.wire(turn), Box::new(frames.clone()));
            let door = proxy::troubled(trouble, said).await.map_err(|error| ours(&error))?;
            let address = at(&door)?;
            self.keep(door);
            let within = self.within(request.within);
            self.road.dialer.tcp(TcpRequest { address: &address, within, ..request }).await
        })
    }
}

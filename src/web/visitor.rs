//! Who a request comes from, as far as that is known without signing in.

use std::{
    cell::{OnceCell, RefCell},
    fmt,
    future::{Ready, ready},
    net::{IpAddr, Ipv4Addr},
    rc::Rc,
    sync::Arc,
};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, http::header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use url::form_urlencoded;
use uuid::Uuid;

use super::{
    Failure, Frame, Site,
    frame::{CityLine, Look, Who},
    headers,
    preference::Preference,
    session::{Realm, Session, Token},
};
use crate::platform::{Lang, Moment, Texts, clock::CITY_ZONE};

/// Cookie with the marks of accounts that this browser was used for, and how many there may be.
pub(super) const MARKS_COOKIE: &str = "known";
const MARKS: usize = 5;

/// Identifies a request in logs and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(Uuid);

impl RequestId {
    pub(super) fn new() -> Self {
        Self(Uuid::now_v7())
    }

    pub(super) fn encode(self, buffer: &mut [u8; uuid::fmt::Simple::LENGTH]) -> &str {
        self.0.simple().encode_lower(buffer)
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

/// The person before the screen.
#[derive(Clone)]
pub struct Visitor {
    known: Rc<Known>,
}

impl fmt::Debug for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visitor").field("id", &self.known.id).finish_non_exhaustive()
    }
}

struct Known {
    id: RequestId,
    /// When the request came in.
    at: Moment,
    address: IpAddr,
    preference: Preference,
    path: String,
    city: Arc<CityLine>,
    device: String,
    /// The marks of accounts this browser was used for.
    marks: String,
    new_marks: RefCell<Option<String>>,
    /// The value that form tokens are bound to: what the visitor brought, or a new one to be handed out.
    anchor: OnceCell<String>,
    brought_anchor: Option<String>,
    citizen: Option<SignedIn>,
    staff: Option<SignedIn>,
    /// What the answer does to the cookies of sessions: another token, or none.
    handed_out: RefCell<Vec<(Realm, Option<Token>)>>,
}

/// A running session and the token it came with.
#[derive(Clone)]
pub(super) struct SignedIn {
    pub(super) session: Session,
    pub(super) token: Token,
}

impl Visitor {
    pub(super) fn new(
        site: &Site,
        request: &HttpRequest,
        id: RequestId,
        preference: Preference,
        path: String,
        sessions: [Option<SignedIn>; 2],
    ) -> Self {
        let [citizen, staff] = sessions;
        let brought = headers::cookie(request, &site.cookie_name(super::csrf::ANCHOR_COOKIE));
        Self {
            known: Rc::new(Known {
                id,
                at: site.clock.now(),
                address: address(site, request),
                preference,
                path,
                city: site.chrome.city(),
                marks: headers::cookie(request, &site.cookie_name(MARKS_COOKIE))
                    .unwrap_or_default()
                    .to_owned(),
                new_marks: RefCell::default(),
                device: device(headers::text(request, &header::USER_AGENT).unwrap_or_default()),
                anchor: OnceCell::new(),
                brought_anchor: brought.filter(|value| super::csrf::is_anchor(value)).map(str::to_owned),
                citizen,
                staff,
                handed_out: RefCell::default(),
            }),
        }
    }

    pub fn id(&self) -> RequestId {
        self.known.id
    }

    /// The network address the request came from, behind proxies that are trusted to say.
    pub fn address(&self) -> IpAddr {
        self.known.address
    }

    pub fn texts(&self) -> Texts {
        Texts::new(self.known.preference.lang)
    }

    pub fn lang(&self) -> Lang {
        self.known.preference.lang
    }

    pub fn look(&self) -> Look {
        self.known.preference.look
    }

    /// The frame around a page for this visitor.
    pub fn frame(&self) -> Frame {
        Frame {
            t: self.texts(),
            look: self.look(),
            path: self.known.path.clone(),
            city: Arc::clone(&self.known.city),
            who: self.who(),
            cut: false,
        }
    }

    /// The frame around a page that says the same to everybody who is no member of staff: what of it is a person's own is put
    /// in afterwards. Staff see more on some pages: theirs are made for them.
    pub fn common_frame(&self) -> Frame {
        if self.sees_what_all_see() { Frame { cut: true, ..self.nobodys_frame() } } else { self.frame() }
    }

    /// The frame as it is for whoever is not signed in.
    pub(super) fn nobodys_frame(&self) -> Frame {
        Frame { who: None, ..self.frame() }
    }

    /// Whether what they see beyond their own name is what everybody sees.
    pub(super) fn sees_what_all_see(&self) -> bool {
        self.known.staff.is_none()
    }

    /// The path and query asked for, without the switches of language and appearance.
    pub fn path(&self) -> &str {
        &self.known.path
    }

    /// The running session, if the visitor is signed in.
    pub fn session(&self, realm: Realm) -> Option<&Session> {
        self.signed_in(realm).map(|signed| &signed.session)
    }

    /// Whether they are signed in, as whoever: what they get is made for them.
    pub(super) fn is_known(&self) -> bool {
        self.known.citizen.is_some() || self.known.staff.is_some()
    }

    fn signed_in(&self, realm: Realm) -> Option<&SignedIn> {
        match realm {
            Realm::Citizen => self.known.citizen.as_ref(),
            Realm::Staff => self.known.staff.as_ref(),
        }
    }

    /// The token of the running session, for renewing or ending it.
    pub fn token(&self, realm: Realm) -> Option<&Token> {
        self.signed_in(realm).map(|signed| &signed.token)
    }

    /// Has the answer carry the token of a session that began or was renewed.
    pub fn hand_out(&self, realm: Realm, token: Token) {
        self.known.handed_out.borrow_mut().push((realm, Some(token)));
    }

    /// Has the answer take the session's cookie back.
    pub fn take_back(&self, realm: Realm) {
        self.known.handed_out.borrow_mut().push((realm, None));
    }

    pub(super) fn handed_out(&self) -> Vec<(Realm, Option<Token>)> {
        self.known.handed_out.take()
    }

    /// The kind of device, in the few words that the list of devices shows.
    pub fn device(&self) -> &str {
        &self.known.device
    }

    /// Whether this browser was used for an account before: it holds our mark for it.
    pub fn knows_device(&self, site: &Site, account: &str) -> bool {
        let mark = mark(site, account);
        self.known.marks.split('.').any(|held| held == mark)
    }

    /// Has the browser remember that it was used for an account, among the latest few.
    pub fn remember_device(&self, site: &Site, account: &str) {
        let mark = mark(site, account);
        let others = self.known.marks.split('.').filter(|held| *held != mark && held.len() == mark.len());
        let marks: Vec<&str> = std::iter::once(mark.as_str()).chain(others).take(MARKS).collect();
        *self.known.new_marks.borrow_mut() = Some(marks.join("."));
    }

    pub(super) fn new_marks(&self) -> Option<String> {
        self.known.new_marks.take()
    }

    fn who(&self) -> Option<Who> {
        let path = self.known.path.as_str();
        let at_work = ["/agency", "/admin", "/staff"]
            .iter()
            .any(|door| path == *door || path.starts_with(&format!("{door}/")));
        let realm = if at_work { Realm::Staff } else { Realm::Citizen };
        let session = self.session(realm)?;
        Some(Who {
            name: session.signed.name.clone(),
            acting: session.signed.acting.as_ref().map(|acting| acting.name.clone()),
            staff: at_work,
            left: (session.ends_at - self.known.at).num_seconds(),
            until: time_of_day(session.ends_at),
        })
    }

    /// What the browser's forms are bound to, if it was here before.
    pub fn brought_anchor(&self) -> Option<&str> {
        self.known.brought_anchor.as_deref()
    }

    pub(super) fn anchor(&self) -> &OnceCell<String> {
        &self.known.anchor
    }

    /// An anchor made during this request, which the answer must hand out.
    pub(super) fn new_anchor(&self) -> Option<&str> {
        let anchor = self.known.anchor.get()?;
        (self.known.brought_anchor.as_ref() != Some(anchor)).then_some(anchor)
    }
}

/// 14:35, in the city.
pub fn time_of_day(at: Moment) -> String {
    at.with_timezone(&CITY_ZONE).format("%H:%M").to_string()
}

impl FromRequest for Visitor {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let visitor = request.extensions().get::<Self>().cloned();
        ready(visitor.ok_or_else(|| Failure::broken("a request came in past the entrance")))
    }
}

fn address(site: &Site, request: &HttpRequest) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    if !site.trusted_proxies.contains(&peer) {
        return peer;
    }
    // Each proxy appends whom it heard; read from the end, past those we trust.
    let name = header::HeaderName::from_static("x-forwarded-for");
    request
        .headers()
        .get_all(name)
        .filter_map(|value| value.to_str().ok())
        .collect::<Vec<_>>()
        .join(",")
        .rsplit(',')
        .map_while(|hop| hop.trim().parse::<IpAddr>().ok())
        .find(|hop| !site.trusted_proxies.contains(hop))
        .unwrap_or(peer)
}

/// What a browser keeps of an account: enough to know it again, nothing of whose it is.
fn mark(site: &Site, account: &str) -> String {
    let digest = site.keys.sign("device", account.as_bytes());
    URL_SAFE_NO_PAD.encode(&digest[..12])
}

/// What a browser says it is, as far as it helps to recognise one's own devices: `Firefox · Android`.
fn device(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("MicroMessenger", "WeChat"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chromium", "Chromium"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |table: &[(&str, &'static str)]| {
        table.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "?".to_owned(),
    }
}

/// A path of this portal, as it may stand in a `next` or `back`; what could lead elsewhere is none.
pub fn own_path(asked: &str) -> Option<&str> {
    let plain = asked.starts_with('/')
        && !asked.starts_with("//")
        && !asked.contains(['\\', '#'])
        && asked.bytes().all(|byte| byte.is_ascii_graphic());
    plain.then_some(asked)
}

/// The first value of a parameter in the address, without the space around it; `None` when it is empty.
pub fn query(request: &HttpRequest, name: &str) -> Option<String> {
    form_urlencoded::parse(request.query_string().as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

/// Reads a query string's pairs; what is not UTF-8 is replaced, never refused.
pub(super) fn pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

//! People for tests: accounts made in the database, and browsers signed in as them.

use std::{cell::RefCell, collections::BTreeMap};

use yimen::{
    accounts::{self, AccountError, IdentityNumber, Newcomer, PersonName, Phone, Reach},
    ledger::CitizenId,
    platform::{Lang, keys::KeyRing},
    web::session::{self, Realm, Signed},
};

use crate::town::{Answer, Town};

pub fn keys(town: &Town) -> KeyRing {
    KeyRing::open(&town.config.keys).unwrap()
}

/// An identity number with a right check character, of the region that nobody has.
pub fn number(birth: &str, order: u16) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("990101{birth}{order:03}");
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

/// A verified citizen.
pub async fn citizen(town: &Town, name: &str, phone: &str, number: &str) -> CitizenId {
    let (ring, now) = (keys(town), town.clock.now());
    let newcomer = Newcomer {
        name: Some(PersonName::parse(name).unwrap()),
        reach: Some(Reach::Phone(Phone::parse(phone).unwrap())),
        password_hash: None,
        language: Lang::Zh,
    };
    let (name, number) = (PersonName::parse(name).unwrap(), IdentityNumber::parse(number).unwrap());
    town.db
        .tx(move |c| {
            let id = accounts::register(c, &ring, now, &newcomer)?;
            accounts::claim_identity(c, &ring, now, id, &name, &number, 3)?;
            Ok::<_, AccountError>(id)
        })
        .await
        .unwrap()
}

/// A browser with its cookies.
pub struct Browser<'a> {
    town: &'a Town,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    pub fn new(town: &'a Town) -> Self {
        Self { town, cookies: RefCell::default() }
    }

    /// Signed in as a citizen with a session of this level.
    pub async fn of(town: &'a Town, citizen: CitizenId, level: u8) -> Self {
        let now = town.clock.now();
        let signed = Signed {
            realm: Realm::Citizen,
            subject: citizen.uuid(),
            level,
            methods: vec!["pwd".to_owned()],
            proved_at: now,
            name: "*".to_owned(),
            acting: None,
            role: None,
        };
        let (_, token) = town.db.tx(move |c| session::begin(c, now, &signed, "?")).await.unwrap();
        let browser = Self::new(town);
        browser.set("session", token.cookie_value());
        browser
    }

    pub fn set(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Its cookies, as a header has them.
    pub fn all_cookies(&self) -> String {
        self.cookies()
    }

    fn cookies(&self) -> String {
        let cookies = self.cookies.borrow();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, answer: Answer) -> Answer {
        for set in answer.headers.get_all("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.set(name, value);
            }
        }
        answer
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = self.town.client().get(self.town.url(path)).header("cookie", self.cookies());
        self.keep(self.town.ask(request.header("accept-language", "zh-CN")).await)
    }

    /// Sends a form as our own pages do.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get("/display").await.ok().attributes("input[name=csrf]", "value").remove(0);
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        let request = self.town.client().post(self.town.url(path)).header("cookie", self.cookies());
        self.keep(self.town.ask(request.header("accept-language", "zh-CN").form(&all)).await)
    }

    /// Sends a form with a file in it as our own pages do.
    pub async fn send_file(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Answer {
        let token = self.get("/display").await.ok().attributes("input[name=csrf]", "value").remove(0);
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.send_parts(path, &all, (field, name, bytes)).await
    }

    /// The same with nothing that our own page would have added.
    pub async fn send_parts(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = "--part\r\nContent-Disposition: form-data; name=";
            body.extend_from_slice(format!("{head}\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
        }
        let head =
            "--part\r\nContent-Type: application/octet-stream\r\nContent-Disposition: form-data; name=";
        body.extend_from_slice(format!("{head}\"{field}\"; filename=\"{name}\"\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--part--\r\n");
        let request = self.town.client().post(self.town.url(path)).header("cookie", self.cookies());
        let request = request.header("content-type", "multipart/form-data; boundary=part");
        self.keep(self.town.ask(request.header("accept-language", "zh-CN").body(body)).await)
    }
}

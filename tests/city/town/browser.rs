//! Somebody before a screen: keeps cookies, fills in the forms that pages show, and follows nothing by itself.

use std::{cell::RefCell, collections::BTreeMap};

use diesel::prelude::*;
use scraper::Selector;
use yimen::{
    accounts::SendCode,
    db::{DbError, schema::jobs},
    platform::keys::KeyRing,
    web::session::{self, Realm, Signed},
};

use super::{Answer, Town};

pub struct Browser<'a> {
    client: &'a reqwest::Client,
    base: &'a str,
    cookies: RefCell<BTreeMap<String, String>>,
    lang: &'static str,
}

/// What a test person registers with.
pub const PASSWORD: &str = "crooked lantern by the river";

impl Town {
    pub fn browser(&self) -> Browser<'_> {
        Browser::at(&self.client, &self.base)
    }

    /// Somebody who registered with a telephone number and is signed in.
    pub async fn newcomer(&self, phone: &str) -> Browser<'_> {
        let browser = self.browser();
        let fields = [
            ("name", "林晓"),
            ("reach", phone),
            ("password", PASSWORD),
            ("again", PASSWORD),
            ("agree", "yes"),
        ];
        let sent = browser.submit("/register", &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let code = self.code_sent_to(phone).await.expect("a code was sent");
        let entered = browser.submit(&sent.location(), &[("code", &code)]).await;
        assert_eq!((entered.status, entered.location().as_str()), (303, "/me?welcome=1"), "{}", entered.body);
        browser
    }

    /// The token of a running session of nobody in particular.
    pub async fn token(&self, realm: Realm, level: u8) -> String {
        let now = self.clock.now();
        let signed = Signed {
            realm,
            subject: uuid::Uuid::now_v7(),
            level,
            methods: vec!["pwd".to_owned()],
            proved_at: now,
            name: "林*".to_owned(),
            acting: None,
            role: None,
        };
        let (_, token) = self.db.tx(move |c| session::begin(c, now, &signed, "?")).await.unwrap();
        token.cookie_value().to_owned()
    }

    /// Takes the latest code that is on its way to somebody out of the queue, as a telephone would.
    pub async fn code_sent_to(&self, to: &str) -> Option<String> {
        let ring = KeyRing::open(&self.config.keys).unwrap();
        let to = to.to_owned();
        self.db
            .tx(move |c| {
                let waiting: Vec<(Vec<u8>, String)> = jobs::table
                    .filter(jobs::kind.eq("accounts.code"))
                    .order(jobs::id.desc())
                    .select((jobs::id, jobs::payload))
                    .load(c)?;
                for (id, payload) in waiting {
                    let message = serde_json::from_str::<SendCode>(&payload).unwrap().message(&ring).unwrap();
                    if message.to == to {
                        diesel::delete(jobs::table.filter(jobs::id.eq(id))).execute(c)?;
                        return Ok::<_, DbError>(Some(message.code));
                    }
                }
                Ok(None)
            })
            .await
            .unwrap()
    }

    /// What people were to be told of, taken out of the queue.
    pub async fn told(&self) -> Vec<String> {
        self.db
            .tx(|c| {
                let rows = jobs::table.filter(jobs::kind.eq("accounts.tell"));
                let told: Vec<String> = rows.order(jobs::id).select(jobs::payload).load(c)?;
                diesel::delete(jobs::table.filter(jobs::kind.eq("accounts.tell"))).execute(c)?;
                Ok::<_, DbError>(told)
            })
            .await
            .unwrap()
            .iter()
            .map(|payload| {
                let value: serde_json::Value = serde_json::from_str(payload).unwrap();
                value["what"].as_str().unwrap().to_owned()
            })
            .collect()
    }
}

impl<'a> Browser<'a> {
    /// A browser for the portal at an address.
    pub fn at(client: &'a reqwest::Client, base: &'a str) -> Self {
        Self { client, base, cookies: RefCell::default(), lang: "zh-CN" }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.client.get(format!("{}{path}", self.base))).await
    }

    /// Posts fields as they are, with nothing a page would have added.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.client.post(format!("{}{path}", self.base)).form(fields)).await
    }

    /// Opens a page, fills in its form and sends it off: the hidden fields are the page's own.
    pub async fn submit(&self, page: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.get(page).await;
        let action = page.split('?').next().unwrap().to_owned();
        self.answer(&answer, &action, fields).await
    }

    /// Fills in the form of a page that goes to `action`.
    pub async fn answer(&self, page: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
        let wanted: Vec<(String, String)> = {
            let html = page.html();
            let form = Selector::parse(&format!("form[method=post][action='{action}']")).unwrap();
            let hidden = Selector::parse("input[type=hidden]").unwrap();
            let form = html.select(&form).next();
            let form = form.unwrap_or_else(|| panic!("no form to {action}: {} {}", page.status, page.body));
            let kept = form.select(&hidden).map(|input| {
                (input.attr("name").unwrap().to_owned(), input.attr("value").unwrap_or_default().to_owned())
            });
            let given = |name: &str| fields.iter().any(|(key, _)| *key == name);
            let kept: Vec<_> = kept.filter(|(name, _)| !given(name)).collect();
            kept.into_iter().chain(fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))).collect()
        };
        let pairs: Vec<(&str, &str)> = wanted.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        self.post(action, &pairs).await
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header("accept-language", self.lang).header("cookie", cookies.join("; "));
        let answer = Answer::of(request).await;
        for set in answer.headers.get_all("set-cookie") {
            let (name, rest) = set.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            let mut cookies = self.cookies.borrow_mut();
            if value.is_empty() {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

impl Answer {
    pub fn location(&self) -> String {
        self.header("location").to_owned()
    }
}

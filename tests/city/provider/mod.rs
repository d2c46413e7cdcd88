//! The OpenID provider: honest sites, and everything a dishonest one could try.

mod asking;
mod clients;
mod honest;
mod leaving;
mod people;
mod proving;
mod tokens;
mod withdrawing;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::Url;
use yimen::{
    accounts::{self, Newcomer, PersonName, Reach},
    agencies::clients::{self as sites, AuthMethod, Client, NewClient},
    ledger::CitizenId,
    platform::Lang,
    web::session::{self, Realm, SessionId, Signed, Token},
};
use yimen_contract::Bilingual;
use yimen_drivers::address::Allowed;

use crate::town::{Answer, Town};

const BACK: &str = "https://library.example/back";
const BYE: &str = "https://library.example/bye";
const SECRET: &str = "a secret of the library's that nobody guesses";
const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-taken-0123456789";

/// The library's site, with a secret.
fn library() -> NewClient {
    NewClient {
        agency: "library".into(),
        name: Bilingual::new("图书馆读者服务", "Reader Services"),
        sector: None,
        redirect_uris: vec![BACK.into()],
        post_logout_redirect_uris: vec![BYE.into()],
        backchannel_logout_uri: None,
        auth: AuthMethod::ClientSecretBasic,
        jwks: None,
        scopes: ["profile", "phone", "identity"].map(str::to_owned).into(),
        par_required: false,
        secret: Some(SECRET.into()),
    }
}

/// The museum's site: another agency, another sector.
fn museum() -> NewClient {
    NewClient {
        agency: "museum".into(),
        name: Bilingual::new("博物馆预约", "Museum Visits"),
        redirect_uris: vec!["https://museum.example/back".into()],
        ..library()
    }
}

/// As far as a town lets the portal call: this machine.
fn allowed() -> Allowed {
    Allowed::new(vec!["127.0.0.1".parse().unwrap()])
}

async fn open_site(town: &Town, new: NewClient) -> Client {
    let now = town.clock.now();
    town.db.tx(move |c| sites::ensure(c, now, &allowed(), &new)).await.unwrap()
}

/// Somebody with a running session.
struct Person {
    citizen: CitizenId,
    session: SessionId,
    cookie: String,
}

/// Lin Xiao, signed in a minute ago.
async fn lin(town: &Town, level: u8) -> Person {
    person(town, level, "13800000001").await
}

async fn person(town: &Town, level: u8, phone: &str) -> Person {
    let now = town.clock.now();
    let (ring, phone) = (town.portal().site.keys.clone(), phone.to_owned());
    let (citizen, session, token) = town
        .db
        .tx(move |c| {
            let newcomer = Newcomer {
                name: Some(PersonName::parse("林晓").unwrap()),
                reach: Some(Reach::parse(&phone).unwrap()),
                password_hash: None,
                language: Lang::Zh,
            };
            let citizen = accounts::register(c, &ring, now, &newcomer)?;
            let signed = Signed {
                realm: Realm::Citizen,
                subject: citizen.uuid(),
                level,
                methods: vec!["pwd".into()],
                proved_at: now,
                name: "林*".into(),
                acting: None,
                role: None,
            };
            let (session, token) = session::begin(c, now, &signed, "?")?;
            Ok::<_, accounts::AccountError>((citizen, session, token))
        })
        .await
        .unwrap();
    town.clock.advance(TimeDelta::minutes(1));
    Person { citizen, session, cookie: format!("session={}", token.cookie_value()) }
}

impl Person {
    fn token(&self) -> Token {
        Token::from_cookie(self.cookie.strip_prefix("session=").unwrap())
    }

    /// The session again after something was proved: of this level, just now.
    async fn proves(&mut self, town: &Town, level: u8) {
        let (now, token) = (town.clock.now(), self.token());
        let renewed = town.db.tx(move |c| {
            let found = session::find(c, now, Realm::Citizen, &token)?.unwrap();
            session::renew(c, now, &token, &Signed { level, proved_at: now, ..found.signed })
        });
        self.cookie = format!("session={}", renewed.await.unwrap().unwrap().cookie_value());
    }

    async fn get(&self, town: &Town, path: &str) -> Answer {
        let request = town.client().get(town.url(path)).header("cookie", &self.cookie);
        town.ask(request.header("accept-language", "zh-CN")).await
    }

    /// Sends the form that a page holds, with some answers set.
    async fn send(&self, town: &Town, page: &Answer, action: &str, answers: &[(&str, &str)]) -> Answer {
        let visit = page.header("set-cookie").split(';').next().unwrap().to_owned();
        let names = page.attributes("form input[type=hidden]", "name");
        let values = page.attributes("form input[type=hidden]", "value");
        let mut fields: Vec<(String, String)> = names.into_iter().zip(values).collect();
        fields.extend(answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let cookies = format!("{}; {visit}", self.cookie);
        town.ask(town.client().post(town.url(action)).header("cookie", cookies).form(&fields)).await
    }

    /// Follows a request to the question of consent.
    async fn is_asked(&self, town: &Town, path: &str) -> Answer {
        let first = self.get(town, path).await;
        assert_eq!(first.status, 303, "{}", first.body);
        let there = first.header("location").to_owned();
        assert!(there.starts_with("/oidc/sign-on?request="), "{there}");
        self.get(town, &there).await.ok()
    }

    /// Signs in at a site, agreeing if asked. Gives the address the site is called back at.
    async fn signs_on(&self, town: &Town, path: &str) -> String {
        let first = self.get(town, path).await;
        assert_eq!(first.status, 303, "{}", first.body);
        let there = first.header("location").to_owned();
        if !there.starts_with('/') {
            return there;
        }
        let page = self.get(town, &there).await.ok();
        let agreed = self.send(town, &page, "/oidc/consent", &[("answer", "yes"), ("identity", "yes")]).await;
        assert_eq!(agreed.status, 303, "{}", agreed.body);
        agreed.header("location").to_owned()
    }

    /// The same, up to the tokens.
    async fn tokens(&self, town: &Town, site: &Client) -> Value {
        let code = part(&self.signs_on(town, &asks(site, &[])).await, "code");
        let answer = redeem(town, site, &code, &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }
}

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

/// An honest request of a site as parameters, some of them changed; an empty value leaves one out.
fn parameters(site: &Client, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = [
        ("client_id", site.id.to_string()),
        ("redirect_uri", site.redirect_uris[0].clone()),
        ("response_type", "code".into()),
        ("scope", "openid".into()),
        ("state", "what the site remembers".into()),
        ("nonce", "a number used once".into()),
        ("code_challenge", challenge()),
        ("code_challenge_method", "S256".into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    for (name, value) in changes {
        all.retain(|(known, _)| known != name);
        if !value.is_empty() {
            all.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    all
}

/// The address of such a request.
fn asks(site: &Client, changes: &[(&str, &str)]) -> String {
    let query =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters(site, changes)).finish();
    format!("/oidc/authorize?{query}")
}

/// A parameter of an address.
#[track_caller]
fn part(address: &str, name: &str) -> String {
    let url = Url::parse(address).unwrap_or_else(|_| panic!("{address} is no address"));
    let found = url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    found.unwrap_or_else(|| panic!("no {name} in {address}"))
}

/// A site's own request, proved by its secret.
async fn call(town: &Town, site: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    // Encoded as in a form before it is encoded for the header (RFC 6749, 2.3.1).
    let secret: String = url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{}:{secret}", site.id));
    let request = town.client().post(town.url(path)).header("authorization", format!("Basic {basic}"));
    town.ask(request.form(fields)).await
}

/// Redeems a code, with some parameters changed; an empty value leaves one out.
async fn redeem(town: &Town, site: &Client, code: &str, changes: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", site.redirect_uris[0].as_str()),
        ("code_verifier", VERIFIER),
    ];
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    call(town, site, "/oidc/token", &fields).await
}

async fn refresh(town: &Town, site: &Client, token: &str) -> Answer {
    call(town, site, "/oidc/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
}

async fn userinfo(town: &Town, tokens: &Value) -> Answer {
    let token = tokens["access_token"].as_str().unwrap();
    town.ask(town.client().get(town.url("/oidc/userinfo")).bearer_auth(token)).await
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// The claims of a signed statement, unchecked.
fn claims(token: &str) -> Value {
    let middle = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(middle).unwrap()).unwrap()
}

/// What a refusal to a site's own request says.
#[track_caller]
fn error_of(answer: &Answer) -> String {
    assert!(answer.status == 400 || answer.status == 401, "{} {}", answer.status, answer.body);
    let said: Value = serde_json::from_str(&answer.body).unwrap();
    text(&said, "error").to_owned()
}

fn issuer(town: &Town) -> String {
    town.portal().site.origin().to_owned()
}

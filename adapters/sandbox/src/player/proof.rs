//! Whether a question comes from the portal: every way of signing in, checked as the handbook for agencies says.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use actix_web::http::header::HeaderMap;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sha1::{Digest as _, Sha1};
use sm2::{SecretKey, dsa::VerifyingKey, pkcs8::EncodePrivateKey as _};
use subtle::ConstantTimeEq as _;
use yimen_contract::agency::{Auth, Backend};
use yimen_drivers::auth::sign;

use super::{leaves::plain, tls::Papers};
use crate::{
    secret::Secret,
    signature::{Gate, Refused},
};

/// How far clocks may be apart, in seconds.
const TOLERANCE: i64 = 300;
/// Who signs with SM2 where nothing else was agreed (GM/T 0009).
const SIGNER: &str = "1234567812345678";
/// How long a token lasts, in seconds.
const TOKEN: i64 = 600;

/// What the portal is given to prove itself with, by the names in the package.
pub type Secrets = BTreeMap<String, String>;

/// The secrets that one backend and the portal share; always the same for the same sandbox.
pub fn secrets(slug: &str, backend: &Backend, secret: &Secret, papers: Option<&Papers>) -> Secrets {
    let named = |name: &String| {
        let word = format!("player/{slug}/{name}");
        let place = backend.secrets.iter().position(|one| one == name);
        let value = match (backend.auth, place) {
            _ if backend.server_ca.as_ref() == Some(name) => papers.map(|papers| papers.authority.clone()),
            (Auth::Sm2Sign, Some(0)) => sm2_key(&secret.derive(&word)).map(|(pem, _)| pem),
            // Certificate and key stand in the first; the key has a name of its own beside it.
            (Auth::Mtls, Some(0)) => papers.map(Papers::client),
            (Auth::Mtls, Some(1)) if name.contains("key") => papers.map(Papers::client_key),
            _ => None,
        };
        (name.clone(), value.unwrap_or_else(|| secret.word(&word)))
    };
    backend.secrets.iter().map(named).collect()
}

fn sm2_key(bytes: &[u8; 32]) -> Option<(String, VerifyingKey)> {
    let key = SecretKey::from_slice(bytes).ok()?;
    let public = VerifyingKey::new(SIGNER, key.public_key()).ok()?;
    let pem = key.to_pkcs8_pem(sm2::pkcs8::LineEnding::LF).ok()?;
    Some((pem.to_string(), public))
}

/// A request over HTTP, as far as its proof goes.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    pub now: DateTime<Utc>,
    pub method: &'r str,
    /// Path and query as in the request line.
    pub target: &'r str,
    pub headers: &'r HeaderMap,
    pub body: &'r [u8],
    /// Whether it came through a connection that showed the portal's certificate.
    pub certified: bool,
}

/// Lets in whoever proves to be the portal.
pub struct Doorman {
    auth: Auth,
    digest: yimen_contract::agency::Digest,
    /// In the order in which the package names them.
    secrets: Vec<String>,
    gate: Option<Gate>,
    /// What came once and may not come again, with the time after which it need not be remembered.
    seen: Mutex<HashMap<String, i64>>,
    /// Tokens given out, and until when they are good.
    tokens: Mutex<HashMap<String, i64>>,
}

impl Doorman {
    pub fn new(slug: &str, backend: &Backend, secrets: &Secrets, secret: &Secret) -> Self {
        let values: Vec<String> =
            backend.secrets.iter().filter_map(|name| secrets.get(name).cloned()).collect();
        let gate = match backend.auth {
            Auth::Hmac => values.first().cloned().map(Gate::new),
            Auth::Sm2Sign => backend.secrets.first().and_then(|name| {
                let (_, public) = sm2_key(&secret.derive(&format!("player/{slug}/{name}")))?;
                Some(Gate::sm2(public))
            }),
            _ => None,
        };
        Self {
            auth: backend.auth,
            digest: backend.digest,
            secrets: values,
            gate,
            seen: Mutex::default(),
            tokens: Mutex::default(),
        }
    }

    /// What a request proves by itself. Proofs that stand in what is asked come after it is read.
    pub fn check(&self, request: &Request<'_>) -> Result<(), Refused> {
        let only = |name: &str| {
            let mut all = request.headers.get_all(name);
            match (all.next(), all.next()) {
                (Some(value), None) => value.to_str().map_err(|_| Refused),
                _ => Err(Refused),
            }
        };
        match self.auth {
            // The address is loopback: nobody else can be there.
            Auth::None | Auth::IpAllow | Auth::SharedSecret | Auth::WsSecurity => Ok(()),
            Auth::ApiKey => same(only("x-api-key")?, self.secret(0)?),
            Auth::Token => {
                same(only("authorization")?.strip_prefix("Bearer ").ok_or(Refused)?, self.secret(0)?)
            }
            Auth::Oauth2 => {
                let token = only("authorization")?.strip_prefix("Bearer ").ok_or(Refused)?;
                let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
                let until = tokens.get(token).ok_or(Refused)?;
                if *until >= request.now.timestamp() { Ok(()) } else { Err(Refused) }
            }
            Auth::Hmac | Auth::Sm2Sign => {
                let gate = self.gate.as_ref().ok_or(Refused)?;
                let signed = (request.method, request.target, request.body);
                gate.check(request.now.timestamp(), request.headers, signed)
            }
            Auth::Mtls if request.certified => Ok(()),
            Auth::Mtls | Auth::SftpKey | Auth::PortalAccount => Err(Refused),
        }
    }

    /// The proof that stands among the fields of a question (`shared-secret`), which it takes out.
    pub fn check_fields(&self, now: DateTime<Utc>, question: &mut Value) -> Result<(), Refused> {
        if self.auth != Auth::SharedSecret {
            return Ok(());
        }
        let fields = question.as_object_mut().ok_or(Refused)?;
        let given = fields.remove("sign").map(|sign| plain(&sign)).ok_or(Refused)?;
        let mut pairs: Vec<(&String, String)> = fields
            .iter()
            .map(|(name, value)| (name, plain(value)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        pairs.sort();
        let line: Vec<String> = pairs.iter().map(|(name, text)| format!("{name}={text}")).collect();
        let expected = sign::digest(self.digest, self.secret(0)?.as_bytes(), line.join("&").as_bytes());
        same(&given, &expected)?;
        let at = fields.remove("timestamp").and_then(|at| plain(&at).parse().ok()).ok_or(Refused)?;
        let nonce = fields.remove("nonce").map(|nonce| plain(&nonce)).ok_or(Refused)?;
        self.once(now, at, nonce)
    }

    /// The proof in the head of an envelope (WS-Security: user name, digest of the password, time and nonce).
    pub fn check_envelope(&self, now: DateTime<Utc>, head: &Value) -> Result<(), Refused> {
        if self.auth != Auth::WsSecurity {
            return Ok(());
        }
        let token = &head["Security"]["UsernameToken"];
        let text = |value: &Value| {
            let text = value.as_str().or_else(|| value["#text"].as_str());
            text.map(str::to_owned).ok_or(Refused)
        };
        same(&text(&token["Username"])?, self.secret(0)?)?;
        let (nonce, created) = (text(&token["Nonce"])?, text(&token["Created"])?);
        let bytes = STANDARD.decode(&nonce).map_err(|_| Refused)?;
        let digest = Sha1::new().chain_update(bytes).chain_update(&created).chain_update(self.secret(1)?);
        same(&text(&token["Password"])?, &STANDARD.encode(digest.finalize()))?;
        let at: DateTime<Utc> = created.parse().map_err(|_| Refused)?;
        self.once(now, at.timestamp(), nonce)
    }

    /// A token for whoever knows name and secret (OAuth 2 client credentials).
    pub fn token(
        &self,
        now: DateTime<Utc>,
        headers: &HeaderMap,
        fresh: String,
    ) -> Result<(String, i64), Refused> {
        let basic = headers.get("authorization").and_then(|value| value.to_str().ok()).ok_or(Refused)?;
        let part = |secret: &str| url::form_urlencoded::byte_serialize(secret.as_bytes()).collect::<String>();
        let expected = format!("{}:{}", part(self.secret(0)?), part(self.secret(1)?));
        same(basic, &format!("Basic {}", STANDARD.encode(expected)))?;
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|_, until| *until >= now.timestamp());
        tokens.insert(fresh.clone(), now.timestamp() + TOKEN);
        Ok((fresh, TOKEN))
    }

    /// The shared secret of frames.
    pub fn key(&self) -> Option<&[u8]> {
        self.secrets.first().filter(|_| self.auth == Auth::SharedSecret).map(String::as_bytes)
    }

    fn secret(&self, index: usize) -> Result<&str, Refused> {
        self.secrets.get(index).map(String::as_str).filter(|secret| !secret.is_empty()).ok_or(Refused)
    }

    fn once(&self, now: DateTime<Utc>, at: i64, nonce: String) -> Result<(), Refused> {
        let now = now.timestamp();
        if now.abs_diff(at) > TOLERANCE.unsigned_abs() {
            return Err(Refused);
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, until| *until >= now);
        match seen.insert(nonce, at + TOLERANCE) {
            Some(_) => Err(Refused),
            None => Ok(()),
        }
    }
}

fn same(given: &str, expected: &str) -> Result<(), Refused> {
    if given.as_bytes().ct_eq(expected.as_bytes()).into() { Ok(()) } else { Err(Refused) }
}

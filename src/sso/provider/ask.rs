//! What a site asks for, checked whole. Nothing is sent back to a site before site and address are known good.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    denied::{Code, Denied},
    level_of,
    params::Params,
};
use crate::agencies::clients::{Client, ClientId};

const LONGEST_STATE: usize = 1024;
const CHALLENGE: usize = 43;

/// Kinds of data a site may ask for besides knowing the person again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    Profile,
    Phone,
    Email,
    /// The identity number: agreed to on its own.
    Identity,
}

impl Scope {
    pub(super) const ALL: [Self; 4] = [Self::Profile, Self::Phone, Self::Email, Self::Identity];

    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Identity => "identity",
        }
    }

    /// The kind of data, as the ledger and the register of consents call it.
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Profile => "name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Identity => "identity-number",
        }
    }

    pub(super) fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.tag() == tag)
    }

    /// As sites write a list of them.
    pub(super) fn list(scopes: &[Self]) -> String {
        scopes.iter().fold(String::from("openid"), |list, scope| list + " " + scope.tag())
    }
}

/// How much the site wants the person to be asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Prompt {
    pub(super) none: bool,
    pub(super) login: bool,
    pub(super) consent: bool,
}

/// A request to sign somebody in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ask {
    pub(super) client: ClientId,
    pub(super) redirect_uri: String,
    pub(super) scopes: Vec<Scope>,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) challenge: String,
    pub(super) prompt: Prompt,
    /// Seconds since the person last proved who they are.
    pub(super) max_age: Option<i64>,
    /// The levels that will do; none: any.
    pub(super) levels: Vec<u8>,
    /// An earlier statement about whom the site expects.
    pub(super) hint: Option<String>,
}

/// Why a request gets a page instead of an answer to the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsafe {
    /// No such site.
    UnknownSite,
    /// The site may not sign people in (not yet, or not any more).
    ShutSite,
    /// Not an address that the site registered.
    WrongAddress,
    /// The request is over, was used, or never was.
    Over,
    /// It is about somebody else than the person before the screen.
    OtherPerson,
    /// It cannot be understood at all.
    Garbled,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotAsked {
    Unsafe(Unsafe),
    /// Told to the site.
    Denied {
        back: Back,
        denied: Denied,
    },
}

/// The way back to a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Back {
    pub(super) redirect_uri: String,
    pub(super) state: Option<String>,
}

impl Back {
    /// The address of the site with an answer. It always says who answers (RFC 9207).
    pub(super) fn with(&self, issuer: &str, answer: &[(&str, &str)]) -> Result<String, url::ParseError> {
        let mut url = Url::parse(&self.redirect_uri)?;
        {
            let mut query = url.query_pairs_mut();
            query.extend_pairs(answer);
            if let Some(state) = &self.state {
                query.append_pair("state", state);
            }
            query.append_pair("iss", issuer);
        }
        Ok(url.into())
    }

    pub(super) fn denied(&self, issuer: &str, denied: Denied) -> Result<String, url::ParseError> {
        self.with(issuer, &[("error", denied.code.tag()), ("error_description", denied.why)])
    }
}

impl Ask {
    pub(super) fn back(&self) -> Back {
        Back { redirect_uri: self.redirect_uri.clone(), state: self.state.clone() }
    }

    /// Reads a request of a client that is known and open.
    pub(super) fn read(client: &Client, params: &Params, pushed: bool) -> Result<Self, NotAsked> {
        let address = params.get("redirect_uri").filter(|address| client.takes_back_to(address));
        let Some(address) = address else { return Err(NotAsked::Unsafe(Unsafe::WrongAddress)) };
        let state = params.get("state").filter(|state| state.len() <= LONGEST_STATE).map(str::to_owned);
        let back = Back { redirect_uri: address.to_owned(), state };
        let denied = |denied| NotAsked::Denied { back: back.clone(), denied };
        Self::rest(client, params, pushed, &back).map_err(denied)
    }

    fn rest(client: &Client, params: &Params, pushed: bool, back: &Back) -> Result<Self, Denied> {
        if client.par_required && !pushed {
            return Err(Denied::request("this client must push its authorization requests"));
        }
        if params.get("request").is_some() {
            return Err(Denied::new(Code::RequestNotSupported, "request objects are not supported"));
        }
        if params.get("response_type") != Some("code") {
            return Err(Denied::new(Code::UnsupportedResponseType, "only response_type=code is supported"));
        }
        if params.get("response_mode").is_some_and(|mode| mode != "query") {
            return Err(Denied::request("only response_mode=query is supported"));
        }
        let too_long = |name| params.get(name).is_some_and(|value| value.len() > LONGEST_STATE);
        if too_long("state") || too_long("nonce") {
            return Err(Denied::request("state and nonce are at most 1024 bytes long"));
        }
        let max_age = match params.get("max_age").map(str::parse::<i64>) {
            None => None,
            Some(Ok(seconds)) if seconds >= 0 => Some(seconds),
            Some(_) => return Err(Denied::request("max_age is not a number of seconds")),
        };
        Ok(Self {
            client: client.id,
            redirect_uri: back.redirect_uri.clone(),
            scopes: scopes(client, params)?,
            state: back.state.clone(),
            nonce: params.get("nonce").map(str::to_owned),
            challenge: challenge(params)?,
            prompt: prompt(params)?,
            max_age,
            levels: levels(params)?,
            hint: params.get("id_token_hint").map(str::to_owned),
        })
    }
}

fn challenge(params: &Params) -> Result<String, Denied> {
    if params.get("code_challenge_method") != Some("S256") {
        return Err(Denied::request("PKCE with code_challenge_method=S256 is required"));
    }
    let challenge = params.get("code_challenge").unwrap_or_default();
    let digest = challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if challenge.len() != CHALLENGE || !digest {
        return Err(Denied::request("code_challenge is not a SHA-256 digest in base64url"));
    }
    Ok(challenge.to_owned())
}

fn scopes(client: &Client, params: &Params) -> Result<Vec<Scope>, Denied> {
    if !params.words("scope").any(|word| word == "openid") {
        return Err(Denied::new(Code::InvalidScope, "the scope must contain openid"));
    }
    // Words we do not know are passed over, as the specification wants it.
    let asked = |scope: &Scope| params.words("scope").any(|word| word == scope.tag());
    let scopes: Vec<Scope> = Scope::ALL.into_iter().filter(asked).collect();
    if scopes.iter().any(|scope| !client.scopes.iter().any(|allowed| allowed == scope.tag())) {
        return Err(Denied::new(Code::InvalidScope, "this client is not approved for a scope it asks for"));
    }
    Ok(scopes)
}

fn prompt(params: &Params) -> Result<Prompt, Denied> {
    let mut prompt = Prompt::default();
    for word in params.words("prompt") {
        match word {
            "none" => prompt.none = true,
            "login" => prompt.login = true,
            "consent" => prompt.consent = true,
            // There is only one account to select.
            "select_account" => {}
            _ => return Err(Denied::request("prompt holds an unknown word")),
        }
    }
    if prompt.none && params.words("prompt").count() > 1 {
        return Err(Denied::request("prompt=none stands alone"));
    }
    Ok(prompt)
}

fn levels(params: &Params) -> Result<Vec<u8>, Denied> {
    let levels: Vec<u8> = params.words("acr_values").filter_map(level_of).collect();
    if levels.is_empty() && params.get("acr_values").is_some() {
        let why = "none of the acr_values can be reached here";
        return Err(Denied::new(Code::UnmetAuthenticationRequirements, why));
    }
    Ok(levels)
}

//! Agencies' own sites, at which citizens sign in with the portal (OpenID clients).
//!
//! An agency registers a site: where its addresses are, how it proves itself, what it may ask for. Somebody
//! else approves it, and only then does anybody sign in there; the database refuses an approval by whoever
//! registered it. A suspended site is shut at once, and only a branch at least as high as the one that shut it opens it
//! again. What these sites may then do is the provider's business
//! (`sso::provider`).

mod acts;
mod rules;
mod store;

use serde::{Deserialize, Serialize};
use yimen_contract::Bilingual;

pub use acts::{Act, By, SiteAct, history, may_reopen};
pub use rules::{Mistake, Problem};
pub use store::{approve, ensure, find, list, register, suspend, waiting};

use crate::{db::DbError, id};

id! {
    /// A site, by the name it calls itself in requests (`client_id`).
    ClientId
}

/// What a site may ask for besides knowing the person again.
pub const SCOPES: [&str; 4] = ["profile", "phone", "email", "identity"];

/// How a site proves that it is itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthMethod {
    ClientSecretBasic,
    ClientSecretPost,
    PrivateKeyJwt,
}

impl AuthMethod {
    pub const ALL: [Self; 3] = [Self::ClientSecretBasic, Self::ClientSecretPost, Self::PrivateKeyJwt];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::PrivateKeyJwt => "private_key_jwt",
        }
    }

    fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.tag() == tag)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Draft,
    Pending,
    Approved,
    Suspended,
}

impl State {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Suspended => "suspended",
        }
    }

    fn named(tag: &str) -> Self {
        match tag {
            "approved" => Self::Approved,
            "pending" => Self::Pending,
            "draft" => Self::Draft,
            // What this program does not know, it does not let in.
            _ => Self::Suspended,
        }
    }
}

/// A site as an agency registers it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewClient {
    /// The agency's public name.
    pub agency: String,
    pub name: Bilingual,
    /// Sites of one sector know a citizen by the same pseudonym. Without it: all sites of the agency.
    #[serde(default)]
    pub sector: Option<String>,
    pub redirect_uris: Vec<String>,
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    #[serde(default)]
    pub backchannel_logout_uri: Option<String>,
    pub auth: AuthMethod,
    /// Public keys, for `private_key_jwt`: a JSON Web Key Set.
    #[serde(default)]
    pub jwks: Option<serde_json::Value>,
    #[serde(default)]
    pub scopes: Vec<String>,
    #[serde(default)]
    pub par_required: bool,
    /// A secret made elsewhere, as the demo does. Otherwise one is made and shown once.
    #[serde(skip)]
    pub secret: Option<String>,
}

/// A registered site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Client {
    pub id: ClientId,
    pub agency: String,
    pub name: Bilingual,
    pub sector: String,
    pub redirect_uris: Vec<String>,
    pub post_logout_redirect_uris: Vec<String>,
    pub backchannel_logout_uri: Option<String>,
    pub auth: AuthMethod,
    #[serde(skip)]
    pub secret_hash: Option<Vec<u8>>,
    pub jwks: Option<serde_json::Value>,
    pub scopes: Vec<String>,
    pub par_required: bool,
    pub state: State,
    pub created_by: String,
    pub approved_by: Option<String>,
}

impl Client {
    pub fn is_open(&self) -> bool {
        self.state == State::Approved
    }

    /// Whether people may be sent to this very address after signing in. Compared letter by letter.
    pub fn takes_back_to(&self, address: &str) -> bool {
        self.redirect_uris.iter().any(|known| known == address)
    }

    /// Whether people may be sent to this very address after signing out.
    pub fn takes_leave_to(&self, address: &str) -> bool {
        self.post_logout_redirect_uris.iter().any(|known| known == address)
    }
}

/// A site just registered. The secret is told once and kept nowhere.
#[derive(Debug, Clone)]
pub struct Registered {
    pub client: Client,
    pub secret: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Refused(Vec<Mistake>),
    #[error("there is no agency {0} here")]
    NoAgency(String),
    #[error("{0} has a site of that name already")]
    NameTaken(String),
    #[error("there is no such site")]
    Unknown,
    #[error("whoever registered a site cannot approve it")]
    OwnApproval,
    #[error("a site that is {0} cannot be approved")]
    NotPending(&'static str),
    /// Somebody of a higher branch shut it.
    #[error("it was shut by a higher branch, which alone can open it again")]
    ShutAbove,
    #[error("no randomness could be had: {0}")]
    Chance(#[from] getrandom::Error),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for ClientError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

//! Reading what a client asks for, and answering it through the browser.

use actix_web::HttpResponse;
use serde::Deserialize;
use url::Url;

use super::{National, NationalClient};
use crate::{faults::Lie, server};

/// The parameters of an authorization request.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Parameters {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: String,
    code_challenge_method: String,
    prompt: String,
}

/// A request that may be put to a person.
#[derive(Debug, Clone)]
pub struct Ask {
    pub client: NationalClient,
    pub redirect_uri: Url,
    pub state: Option<String>,
    pub nonce: Option<String>,
    pub challenge: String,
    /// Name and number may be shown.
    pub profile: bool,
}

/// Why a request is not put to anyone.
pub enum Refused {
    /// Nobody can be sent back: it is not known who asks.
    Here(&'static str),
    /// The client hears it.
    There(Box<HttpResponse>),
}

impl National {
    /// Reads a request from the query of an address.
    pub fn read(&self, query: &str) -> Result<Ask, Refused> {
        let asked = actix_web::web::Query::<Parameters>::from_query(query)
            .map_err(|_| Refused::Here("request"))?
            .into_inner();
        let client = self.client(&asked.client_id).ok_or(Refused::Here("client"))?;
        if !client.redirect_uris.contains(&asked.redirect_uri) {
            return Err(Refused::Here("redirect"));
        }
        let redirect_uri = Url::parse(&asked.redirect_uri).map_err(|_| Refused::Here("redirect"))?;
        let scopes: Vec<&str> = asked.scope.split(' ').collect();
        let ask = Ask {
            profile: scopes.contains(&"profile"),
            client,
            redirect_uri,
            state: asked.state,
            nonce: asked.nonce,
            challenge: asked.code_challenge,
        };
        let wrong = if asked.response_type != "code" {
            Some("unsupported_response_type")
        } else if !scopes.contains(&"openid") {
            Some("invalid_scope")
        } else if asked.code_challenge_method != "S256" || ask.challenge.len() != 43 {
            Some("invalid_request")
        } else if asked.prompt == "none" {
            // There is no session here: every time, a person chooses.
            Some("login_required")
        } else {
            None
        };
        match wrong {
            Some(error) => Err(Refused::There(Box::new(self.send_back(&ask, &[("error", error)])))),
            None => Ok(ask),
        }
    }

    /// Answers the client through the browser.
    pub fn send_back(&self, ask: &Ask, answer: &[(&str, &str)]) -> HttpResponse {
        let lie = self.faults.lie();
        let mut to = ask.redirect_uri.clone();
        {
            let mut query = to.query_pairs_mut();
            query.extend_pairs(answer);
            match (lie, &ask.state) {
                (Some(Lie::WrongState), _) => {
                    query.append_pair("state", "another");
                }
                (_, Some(state)) => {
                    query.append_pair("state", state);
                }
                (_, None) => {}
            }
            match lie {
                Some(Lie::NoIssuer) => {}
                Some(Lie::MixUp) => {
                    query.append_pair("iss", "https://elsewhere.example");
                }
                _ => {
                    query.append_pair("iss", &self.issuer);
                }
            }
        }
        server::see_other(to.as_str())
    }
}

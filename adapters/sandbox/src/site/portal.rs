//! The conversation with the portal, by the crate `openidconnect`.

use std::sync::{Mutex, PoisonError};

use openidconnect::{
    AdditionalClaims, AdditionalProviderMetadata, AuthType, AuthorizationCode, Client, ClientId,
    ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, LogoutProviderMetadata, LogoutRequest, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadata,
    RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse as _,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType,
        CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
        CoreResponseMode, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType, CoreUserInfoClaims,
    },
    http,
};
use serde::{Deserialize, Serialize};

use super::{Leaving, Proof, SESSION_SECONDS, SIGN_IN_SECONDS, Session, Site, proof};
use crate::language::Language;

/// What discovery says beyond OpenID Connect Core.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct More {
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}
impl AdditionalProviderMetadata for More {}

/// Which session of the portal a token belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct SessionClaim {
    sid: Option<String>,
}
impl AdditionalClaims for SessionClaim {}

type Metadata = ProviderMetadata<
    LogoutProviderMetadata<More>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;
type Fields = IdTokenFields<
    SessionClaim,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
type Portal = Client<
    SessionClaim,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What discovery said, once somebody needed it.
#[derive(Default)]
pub struct Knowledge(Mutex<Option<Metadata>>);

impl Knowledge {
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn get(&self) -> Option<Metadata> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, metadata: &Metadata) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(metadata.clone());
    }
}

/// Why nobody could be signed in. The page says that it went wrong; the reason is for who runs the site.
#[derive(Debug, thiserror::Error)]
pub enum PortalError {
    #[error("this site is not registered with the portal")]
    NotRegistered,
    #[error("the portal does not answer as it should: {0}")]
    Silent(String),
    #[error("the answer does not belong to a question of ours: {0}")]
    Foreign(&'static str),
    #[error("the portal refused: {0}")]
    Refused(String),
    #[error("the token does not hold: {0}")]
    Token(String),
    #[error(transparent)]
    Broken(#[from] getrandom::Error),
}

/// What the portal sends back with the browser.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    pub error: Option<String>,
}

impl Site {
    /// Where to send a person who wants to sign in, and what must fit when they are back.
    pub(super) async fn leave(
        &self,
        level: Option<&str>,
        language: Language,
    ) -> Result<(String, Leaving), PortalError> {
        let (client, _) = self.client().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut ask = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("profile".to_owned()))
            .add_extra_param("ui_locales", language.tag())
            .set_pkce_challenge(challenge);
        if let Some(level) = level {
            ask = ask.add_extra_param("acr_values", format!("urn:yimen:loa:{level}"));
        }
        let (url, state, nonce) = ask.url();
        let leaving = Leaving {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            until: self.clock.seconds() + SIGN_IN_SECONDS,
        };
        Ok((url.to_string(), leaving))
    }

    /// Turns what the browser brought back into a session, or says why not.
    pub(super) async fn arrive(&self, leaving: &Leaving, answer: Answer) -> Result<Session, PortalError> {
        if answer.state.as_deref() != Some(leaving.state.as_str()) {
            return Err(PortalError::Foreign("state"));
        }
        let (client, metadata) = self.client().await?;
        let named =
            metadata.additional_metadata().additional_metadata.authorization_response_iss_parameter_supported;
        match answer.iss.as_deref() {
            Some(iss) if iss != metadata.issuer().as_str() => return Err(PortalError::Foreign("iss")),
            None if named => return Err(PortalError::Foreign("iss")),
            _ => {}
        }
        if let Some(error) = answer.error {
            return Err(PortalError::Refused(error));
        }
        let code = answer.code.ok_or(PortalError::Foreign("code"))?;
        let tokens = self.exchange(&client, &metadata, code, &leaving.verifier).await?;
        let (subject, sid, level) = self.check(&tokens, &leaving.nonce).await?;
        let name = self.ask_name(&client, &tokens, &subject).await?;
        let id_token = tokens.id_token().map(ToString::to_string).unwrap_or_default();
        Ok(Session { subject, sid, name, level, id_token, until: self.clock.seconds() + SESSION_SECONDS })
    }

    /// Where signing out goes on, so that it also ends what the portal knows.
    pub(super) async fn leave_for_good(&self, session: &Session, state: &str) -> Result<String, PortalError> {
        let (_, metadata) = self.client().await?;
        let end = metadata.additional_metadata().end_session_endpoint.clone();
        let end = end.ok_or_else(|| PortalError::Silent("it has no way to sign out".to_owned()))?;
        let back = PostLogoutRedirectUrl::new(format!("{}/signed-out", self.base)).map_err(silent)?;
        let request = LogoutRequest::from(end)
            .set_client_id(self.client_id()?)
            .set_post_logout_redirect_uri(back)
            .set_state(CsrfToken::new(state.to_owned()));
        let mut url = request.http_get_url();
        // The crate takes the hint only as the type it came in; the text is what travels.
        url.query_pairs_mut().append_pair("id_token_hint", &session.id_token);
        Ok(url.to_string())
    }

    async fn exchange(
        &self,
        client: &Portal,
        metadata: &Metadata,
        code: String,
        verifier: &str,
    ) -> Result<Tokens, PortalError> {
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(silent)?;
        let mut request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        if self.face.proof == Proof::Signature {
            let id = self.client_id()?;
            let signed = proof::sign(&self.key, &id, metadata.issuer(), self.clock.seconds())?;
            request = request
                .add_extra_param("client_assertion_type", proof::TYPE)
                .add_extra_param("client_assertion", signed);
        }
        request
            .request_async(&|request| self.send(request))
            .await
            .map_err(|error| PortalError::Refused(error.to_string()))
    }

    /// Checks the ID token: subject, session and level. Keys may have been changed since they were fetched, so a
    /// token that does not hold is looked at once more with fresh ones.
    async fn check(
        &self,
        tokens: &Tokens,
        nonce: &str,
    ) -> Result<(String, Option<String>, Option<String>), PortalError> {
        let token = tokens.id_token().ok_or_else(|| PortalError::Token("there is none".to_owned()))?;
        let nonce = Nonce::new(nonce.to_owned());
        let clock = self.clock.clone();
        for fresh in [false, true] {
            if fresh {
                self.knowledge.forget();
            }
            let (client, _) = self.client().await?;
            let clock = clock.clone();
            let verifier = client.id_token_verifier().set_time_fn(move || clock.now());
            match token.claims(&verifier, &nonce) {
                Ok(claims) => {
                    let level = claims.auth_context_ref().map(|acr| acr.as_str().to_owned());
                    let sid = claims.additional_claims().sid.clone();
                    return Ok((claims.subject().as_str().to_owned(), sid, level));
                }
                Err(openidconnect::ClaimsVerificationError::SignatureVerification(_)) if !fresh => {}
                Err(error) => return Err(PortalError::Token(error.to_string())),
            }
        }
        Err(PortalError::Token("no key fits".to_owned()))
    }

    async fn ask_name(
        &self,
        client: &Portal,
        tokens: &Tokens,
        subject: &str,
    ) -> Result<Option<String>, PortalError> {
        let expected = openidconnect::SubjectIdentifier::new(subject.to_owned());
        let Ok(request) = client.user_info(tokens.access_token().clone(), Some(expected)) else {
            return Ok(None);
        };
        let claims: CoreUserInfoClaims =
            request.request_async(&|request| self.send(request)).await.map_err(silent)?;
        Ok(claims.name().and_then(|names| names.get(None)).map(|name| name.as_str().to_owned()))
    }

    fn client_id(&self) -> Result<ClientId, PortalError> {
        let portal = self.state().portal.clone();
        portal.map(|(_, id)| ClientId::new(id)).ok_or(PortalError::NotRegistered)
    }

    /// The portal as discovery described it: asked now, or known from before.
    async fn client(&self) -> Result<(Portal, Metadata), PortalError> {
        let (issuer, id) = self.state().portal.clone().ok_or(PortalError::NotRegistered)?;
        let metadata = if let Some(known) = self.knowledge.get() {
            known
        } else {
            let issuer = IssuerUrl::new(issuer).map_err(silent)?;
            let found =
                Metadata::discover_async(issuer, &|request| self.send(request)).await.map_err(silent)?;
            self.knowledge.keep(&found);
            found
        };
        let secret = (self.face.proof == Proof::Secret).then(|| ClientSecret::new(self.secret.clone()));
        let redirect = RedirectUrl::new(self.callback()).map_err(silent)?;
        let client = Portal::from_provider_metadata(metadata.clone(), ClientId::new(id), secret)
            .set_redirect_uri(redirect)
            .set_auth_type(AuthType::BasicAuth);
        Ok((client, metadata))
    }

    /// The portal's public keys as it published them.
    pub(super) async fn keys(&self, fresh: bool) -> Result<(String, String, serde_json::Value), PortalError> {
        if fresh {
            self.knowledge.forget();
        }
        let (_, metadata) = self.client().await?;
        let keys = serde_json::to_value(metadata.jwks()).map_err(silent)?;
        Ok((metadata.issuer().as_str().to_owned(), self.client_id()?.as_str().to_owned(), keys))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
        let (parts, body) = request.into_parts();
        let asked = self.http.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
        let answer = asked.send().await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut response = http::Response::new(answer.bytes().await?.to_vec());
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

fn silent(error: impl std::fmt::Display) -> PortalError {
    PortalError::Silent(error.to_string())
}

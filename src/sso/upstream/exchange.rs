//! The conversation with a provider: the address people are sent to, and what their coming back is worth.

use std::time::Duration;

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, Header};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    IdTokenVerifier, LanguageTag, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse as _,
    core::{CoreAuthenticationFlow, CoreJsonWebKey, CoreJwsSigningAlgorithm as Algo},
};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};

use super::{
    provider::{Proof, Provider, UpstreamError, chain},
    said::{Claims, Client, Metadata, Proved, Tokens, UserInfo},
};
use crate::{
    accounts::{IdentityNumber, PersonName},
    platform::{Clock, Lang, Moment},
};

/// Signatures that only the holder of a private key can make. Neither `none` nor HMAC is among them.
const SIGNATURES: [Algo; 4] =
    [Algo::EcdsaP256Sha256, Algo::RsaSsaPkcs1V15Sha256, Algo::RsaSsaPssSha256, Algo::EdDsa];
/// How far the provider's clock may be ahead of ours.
const AHEAD: TimeDelta = TimeDelta::minutes(1);
/// How old a token may be that is handed out only now.
const OLD: TimeDelta = TimeDelta::minutes(10);

/// What only the browser that began can bring back together. Kept encrypted meanwhile.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Secrets {
    pub(super) nonce: String,
    pub(super) verifier: String,
    /// The person must prove themselves anew, after this.
    #[serde(default)]
    pub(super) fresh_since: Option<Moment>,
}

fn invalid(reason: impl Into<String>) -> UpstreamError {
    UpstreamError::Invalid(reason.into())
}

impl Provider {
    fn client(&self, metadata: &Metadata, back: &str) -> Result<Client, UpstreamError> {
        let secret = match &self.proof {
            Proof::Secret(secret) => Some(ClientSecret::new(secret.expose_secret().to_owned())),
            Proof::Key(_) => None,
        };
        let id = ClientId::new(self.config.client_id.clone());
        let client = Client::from_provider_metadata(metadata.clone(), id, secret);
        // HTTP Basic, unless the provider takes the secret in the form only.
        let basic = metadata.token_endpoint_auth_methods_supported().is_none_or(|methods| {
            methods.contains(&openidconnect::core::CoreClientAuthMethod::ClientSecretBasic)
        });
        let way = if basic { AuthType::BasicAuth } else { AuthType::RequestBody };
        let back = RedirectUrl::new(back.to_owned()).map_err(|error| invalid(error.to_string()))?;
        Ok(client.set_auth_type(way).set_redirect_uri(back))
    }

    /// The address the browser is sent to.
    pub(super) async fn begin(
        &self,
        clock: &Clock,
        state: String,
        secrets: &Secrets,
        back: &str,
        lang: Lang,
    ) -> Result<String, UpstreamError> {
        let metadata = self.metadata(clock).await?;
        let client = self.client(&metadata, back)?;
        let nonce = Nonce::new(secrets.nonce.clone());
        let verifier = PkceCodeVerifier::new(secrets.verifier.clone());
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = client
            .authorize_url(flow, move || CsrfToken::new(state), move || nonce)
            .add_scopes(self.config.scopes.iter().cloned().map(Scope::new))
            .add_ui_locale(LanguageTag::new(lang.tag().to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        // With it the provider has to say when the person proved themselves (OpenID Connect Core, 3.1.2.1).
        let request =
            if secrets.fresh_since.is_some() { request.set_max_age(Duration::ZERO) } else { request };
        let (address, _, _) = request.url();
        Ok(address.into())
    }

    /// Whether an answer comes from this provider, as far as it names its sender (RFC 9207). A provider that
    /// promised to always name itself must.
    pub(super) async fn is_sender(&self, clock: &Clock, iss: Option<&str>) -> Result<(), UpstreamError> {
        let metadata = self.metadata(clock).await?;
        let promised = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        match iss {
            Some(iss) if iss == self.issuer.as_str() => Ok(()),
            Some(_) => Err(invalid("the answer names another issuer")),
            None if promised => Err(invalid("the answer does not name its issuer")),
            None => Ok(()),
        }
    }

    /// Redeems a code, and believes of the answer what is proved.
    pub(super) async fn finish(
        &self,
        clock: &Clock,
        code: &str,
        secrets: &Secrets,
        back: &str,
    ) -> Result<Proved, UpstreamError> {
        let metadata = self.metadata(clock).await?;
        let client = self.client(&metadata, back)?;
        let tokens = self.redeem(clock, &client, code, secrets).await?;
        let claims = match self.verify(&metadata, clock, &tokens, secrets) {
            Err(Unproved::UnknownKey) => match self.refreshed(clock).await? {
                Some(metadata) => self.verify(&metadata, clock, &tokens, secrets),
                None => Err(Unproved::UnknownKey),
            },
            other => other,
        };
        let claims = claims.map_err(|unproved| match unproved {
            Unproved::UnknownKey => invalid("the ID token is signed with an unknown key"),
            Unproved::Otherwise(reason) => invalid(reason),
        })?;
        let info = self.more(&client, &tokens, claims).await?;
        Ok(self.proved(clock.now(), claims, info.as_ref()))
    }

    async fn redeem(
        &self,
        clock: &Clock,
        client: &Client,
        code: &str,
        secrets: &Secrets,
    ) -> Result<Tokens, UpstreamError> {
        let call = |request| self.call(request);
        let mut request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| UpstreamError::Away(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.clone()));
        if let Proof::Key(key) = &self.proof {
            let assertion = self.assertion(clock.now(), key)?;
            request = request
                .add_extra_param(
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                )
                .add_extra_param("client_assertion", assertion);
        }
        request.request_async(&call).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(refused) => {
                invalid(format!("the code was refused: {}", refused.error()))
            }
            RequestTokenError::Request(error) => UpstreamError::Away(error.to_string()),
            // The library's words may hold the answer, and the answer may hold a token.
            RequestTokenError::Parse(..) => invalid("the answer to the code cannot be read"),
            RequestTokenError::Other(reason) => UpstreamError::Away(reason),
        })
    }

    /// The portal's own proof where it has a key instead of a secret (`private_key_jwt`). It is addressed to the
    /// issuer alone: whoever gets hold of it can use it nowhere else.
    fn assertion(&self, now: Moment, key: &jsonwebtoken::EncodingKey) -> Result<String, UpstreamError> {
        let claims = serde_json::json!({
            "iss": self.config.client_id,
            "sub": self.config.client_id,
            "aud": self.issuer.as_str(),
            "iat": now.timestamp(),
            "exp": (now + TimeDelta::minutes(1)).timestamp(),
            "jti": uuid::Uuid::now_v7().to_string(),
        });
        jsonwebtoken::encode(&Header::new(Algorithm::ES256), &claims, key)
            .map_err(|error| invalid(format!("our own proof: {error}")))
    }

    /// Checks the ID token: issuer, audience, authorised party, signature, lifetime, age, nonce, and that it
    /// belongs to the access token it came with.
    fn verify<'a>(
        &self,
        metadata: &Metadata,
        clock: &Clock,
        tokens: &'a Tokens,
        secrets: &Secrets,
    ) -> Result<&'a Claims, Unproved> {
        let no = |reason: &str| Unproved::Otherwise(reason.to_owned());
        let token = tokens.id_token().ok_or_else(|| no("there is no ID token"))?;
        let now = clock.now();
        // Made as for a client without a secret, so no signature can be checked against one.
        let verifier: IdTokenVerifier<'_, CoreJsonWebKey> = IdTokenVerifier::new_public_client(
            ClientId::new(self.config.client_id.clone()),
            self.issuer.clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs(SIGNATURES)
        .set_time_fn(move || now)
        .set_issue_time_verifier_fn(move |at| {
            let fits = at <= now + AHEAD && at >= now - OLD;
            if fits { Ok(()) } else { Err("it was not issued just now".to_owned()) }
        });
        let claims = token.claims(&verifier, &Nonce::new(secrets.nonce.clone()))?;
        if claims.additional_claims().counts_from().is_some_and(|at| at > (now + AHEAD).timestamp()) {
            return Err(no("the ID token does not count yet"));
        }
        if claims.authorized_party().is_some_and(|party| party.as_str() != self.config.client_id) {
            return Err(no("the ID token was issued to another client"));
        }
        if let Some(hash) = claims.access_token_hash() {
            let (alg, key) = (token.signing_alg(), token.signing_key(&verifier));
            let ours = match (alg, key) {
                (Ok(alg), Ok(key)) => AccessTokenHash::from_token(tokens.access_token(), alg, key).ok(),
                _ => None,
            };
            if ours.as_ref() != Some(hash) {
                return Err(no("the ID token belongs to another access token"));
            }
        }
        if let Some(since) = secrets.fresh_since
            && claims.auth_time().is_none_or(|at| at < since - AHEAD)
        {
            return Err(no("nobody proved themselves anew, or it does not say when"));
        }
        let subject = claims.subject().as_str();
        if subject.trim().is_empty() || subject.len() > 255 {
            return Err(no("the subject is not usable"));
        }
        Ok(claims)
    }

    /// Asks for name and number where the ID token does not hold them, and they are wanted at all.
    async fn more(
        &self,
        client: &Client,
        tokens: &Tokens,
        claims: &Claims,
    ) -> Result<Option<UserInfo>, UpstreamError> {
        let number = claims.additional_claims().text(&self.config.number_claim);
        if self.config.pseudonymous || (number.is_some() && claims.name().is_some()) {
            return Ok(None);
        }
        let call = |request| self.call(request);
        // It must be about the person of the ID token.
        let subject = Some(claims.subject().clone());
        let Ok(request) = client.user_info(tokens.access_token().clone(), subject) else { return Ok(None) };
        let info = request.request_async(&call).await;
        info.map(Some).map_err(|error| match error {
            openidconnect::UserInfoError::Request(error) => UpstreamError::Away(error.to_string()),
            openidconnect::UserInfoError::ClaimsVerification(error) => invalid(format!("userinfo: {error}")),
            _ => invalid("the details of the person cannot be read"),
        })
    }

    fn proved(&self, now: Moment, claims: &Claims, info: Option<&UserInfo>) -> Proved {
        let id = &self.config.number_claim;
        let number = claims.additional_claims().text(id);
        let number = number.or_else(|| info.and_then(|info| info.additional_claims().text(id)));
        let name = claims.name().or_else(|| info.and_then(UserInfo::name));
        let name = name.and_then(|name| name.get(None).or_else(|| name.iter().next().map(|(_, name)| name)));
        let person = match (name.map(|name| PersonName::parse(name)), number.map(IdentityNumber::parse)) {
            _ if self.config.pseudonymous => None,
            (Some(Ok(name)), Some(Ok(number))) => Some((name, number)),
            _ => {
                tracing::warn!(provider = self.config.id, "no usable name and number came with a sign-in");
                None
            }
        };
        let vouched = self.config.pseudonymous || person.is_some();
        Proved {
            subject: claims.subject().as_str().to_owned(),
            person,
            // Whoever does not say when may mean long ago.
            at: claims.auth_time().map_or(Moment::UNIX_EPOCH, |at| at.min(now)),
            level: if vouched { self.config.level } else { 2 },
        }
    }
}

/// Why an ID token proves nothing.
enum Unproved {
    /// Perhaps the provider has changed its keys.
    UnknownKey,
    Otherwise(String),
}

impl From<ClaimsVerificationError> for Unproved {
    fn from(error: ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
                Self::UnknownKey
            }
            other => Self::Otherwise(format!("ID token: {}", chain(&other))),
        }
    }
}

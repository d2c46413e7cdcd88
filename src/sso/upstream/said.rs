//! What a provider says, in the types of the OpenID library, and what is made of it here.

use openidconnect::{
    AdditionalClaims, AdditionalProviderMetadata, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IdTokenClaims, IdTokenFields, ProviderMetadata, StandardErrorResponse,
    StandardTokenResponse, UserInfoClaims,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreClaimName, CoreClaimType, CoreClientAuthMethod,
        CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
        CoreResponseMode, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};

use crate::{
    accounts::{IdentityNumber, PersonName},
    platform::Moment,
};

/// Claims beside the standard ones: which of them holds the identity number is the operator's setting.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Others {
    #[serde(flatten)]
    all: serde_json::Map<String, serde_json::Value>,
}

impl AdditionalClaims for Others {}

impl Others {
    /// From when on the token counts, in seconds: `nbf` is none of the standard claims, and one that is no number
    /// never comes.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number too large for a time stays one in the far future"
    )]
    pub(super) fn counts_from(&self) -> Option<i64> {
        self.all.get("nbf").map(|at| at.as_f64().map_or(i64::MAX, |at| at.ceil() as i64))
    }

    pub(super) fn text(&self, claim: &str) -> Option<&str> {
        self.all.get(claim)?.as_str()
    }
}

/// Whether the provider names itself in its answers (RFC 9207).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Names {
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Names {}

pub(super) type Metadata = ProviderMetadata<
    Names,
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

pub(super) type Claims = IdTokenClaims<Others, CoreGenderClaim>;

pub(super) type UserInfo = UserInfoClaims<Others, CoreGenderClaim>;

pub(super) type Tokens = StandardTokenResponse<
    IdTokenFields<
        Others,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

pub(super) type Client = openidconnect::Client<
    Others,
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

/// A person, as a provider proved them. Kept encrypted between two pages, never logged.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Proved {
    /// What the provider calls the person.
    pub(super) subject: String,
    /// Name and identity number come together or not at all.
    pub(super) person: Option<(PersonName, IdentityNumber)>,
    /// When the person last proved themselves there, as far as the provider says.
    pub(super) at: Moment,
    /// The level of assurance this is good for.
    pub(super) level: u8,
}

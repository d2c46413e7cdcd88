//! What a question may say about a person and about what they filled in. Only the claims that the service declares
//! are there; everything else is left out, not sent empty.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the city knows of a person and hands over without asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// Name as in the register of persons.
    Name,
    /// Identity number, only once it was verified (level 3).
    IdentityNumber,
    /// Date of birth, from the identity number.
    BirthDate,
    /// Verified telephone number.
    PhoneNumber,
    /// Verified mail address.
    Email,
    /// Name of the company that the person acts for.
    Company,
    /// Unified credit code of that company.
    CreditCode,
}

impl Claim {
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::IdentityNumber,
        Self::BirthDate,
        Self::PhoneNumber,
        Self::Email,
        Self::Company,
        Self::CreditCode,
    ];

    /// The claim that gives what a field asks for, by its key and its labels: only where they can mean nothing else.
    pub fn asked_for(key: &str, labels: &[&str]) -> Option<Self> {
        crate::rules::asked_for(key, labels)
    }

    /// The word in `claims`, and the field of [`Person`] that carries it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::IdentityNumber => "identity_number",
            Self::BirthDate => "birth_date",
            Self::PhoneNumber => "phone_number",
            Self::Email => "email",
            Self::Company => "company",
            Self::CreditCode => "credit_code",
        }
    }

    /// Its name in the record of looks.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::IdentityNumber => "identity-number",
            Self::BirthDate => "birth-date",
            Self::PhoneNumber => "phone",
            Self::Email => "email",
            Self::Company => "company",
            Self::CreditCode => "credit-code",
        }
    }
}

/// Whom the question is about, with the claims that the service declared and the citizen saw.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The person's pseudonym at this agency: always the same here, another one everywhere else.
    pub subject: String,
    /// As in the register, rare characters included, in Unicode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 18 characters (GB 11643), the last one a digit or a capital X.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_number: Option<String>,
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    /// Verified telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// Verified mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The company that the person acts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The company's unified credit code, 18 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<String>,
    /// Who acts for this person, where somebody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Agent>,
}

/// Nothing of what it holds.
impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").finish_non_exhaustive()
    }
}

/// Somebody who does it for another.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// The agent's own pseudonym at this agency.
    pub subject: String,
    /// Why the agent may.
    pub relation: Relation,
    /// The agent's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Agent").field("relation", &self.relation).finish_non_exhaustive()
    }
}

/// On what ground somebody acts for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Parent or guardian of a minor.
    Guardian,
    /// Authorised by the person.
    Authorised,
    /// Named by the company.
    Company,
}

/// What somebody filled in, by the names of the fields. Never shown in logs.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, serde_json::Value>);

impl Answers {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Which part of a long list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Counted from 1.
    pub number: u32,
    /// The most entries the answer may hold.
    pub size: u16,
}

impl Default for Page {
    fn default() -> Self {
        Self { number: 1, size: 20 }
    }
}

/// A file that the portal keeps and the backend may fetch, or the other way round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRef {
    /// By which the file is asked for; of a file that the portal keeps, at `GET /api/v1/agencies/AGENCY/files/ID`.
    pub id: String,
    /// What the file is called.
    pub name: String,
    /// Its kind, such as `application/pdf`.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Which paper of the guide it is, by its Chinese name, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
}

//! What people type about themselves, taken apart and checked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use yimen_contract::identity;

use crate::{
    db::DbError,
    ledger::LedgerError,
    platform::{hashes::HashListError, keys::KeyError},
};

#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// There is no such account, or it is closed.
    #[error("no such account")]
    Unknown,
    /// Somebody else proved that it is theirs.
    #[error("claimed by another account")]
    Claimed,
    /// It is the last way in, or the last way to be reached.
    #[error("it is the last one")]
    Last,
    #[error("hashing failed")]
    Hashing,
    /// The list of leaked passwords cannot be read any more.
    #[error(transparent)]
    Leaked(#[from] HashListError),
}

impl From<diesel::result::Error> for AccountError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<AccountError> for crate::web::Failure {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Db(error) | AccountError::Ledger(LedgerError::Db(error)) => error.into(),
            AccountError::Unknown => Self::NotFound,
            AccountError::Claimed | AccountError::Last => Self::Refused,
            other => Self::broken(other),
        }
    }
}

/// Why something typed is not what was asked for. Pages say it in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Empty,
    Form,
    TooLong,
    /// The check character does not belong to the digits.
    Check,
    /// There is no such day.
    Birthday,
}

/// A telephone number, digits only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone(String);

impl Phone {
    /// Mobile numbers as they are written in the country: eleven digits, spaces and a country code forgiven.
    pub fn parse(typed: &str) -> Result<Self, Wrong> {
        let digits: String = typed.nfkc().filter(|c| !c.is_whitespace() && !"-()".contains(*c)).collect();
        let digits = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086")).unwrap_or(&digits);
        if digits.is_empty() {
            return Err(Wrong::Empty);
        }
        let fine =
            digits.len() == 11 && digits.starts_with('1') && digits.bytes().all(|b| b.is_ascii_digit());
        if fine { Ok(Self(digits.to_owned())) } else { Err(Wrong::Form) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A mail address, its domain in small letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email(String);

impl Email {
    pub fn parse(typed: &str) -> Result<Self, Wrong> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(Wrong::Empty);
        }
        if typed.len() > 254 {
            return Err(Wrong::TooLong);
        }
        let (local, domain) = typed.rsplit_once('@').ok_or(Wrong::Form)?;
        let domain = domain.to_ascii_lowercase();
        let address = format!("{local}@{domain}");
        // Mail has its own ideas of what an address is; the mail library knows them.
        address.parse::<lettre::Address>().map_err(|_| Wrong::Form)?;
        if domain.contains('.') { Ok(Self(address)) } else { Err(Wrong::Form) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where somebody is reached, and by which they sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "value")]
pub enum Reach {
    Phone(Phone),
    Email(Email),
}

impl Reach {
    /// Whichever of the two it looks like.
    pub fn parse(typed: &str) -> Result<Self, Wrong> {
        if typed.contains('@') {
            Email::parse(typed).map(Self::Email)
        } else {
            Phone::parse(typed).map(Self::Phone)
        }
    }

    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Phone(_) => "phone",
            Self::Email(_) => "email",
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Phone(phone) => phone.as_str(),
            Self::Email(email) => email.as_str(),
        }
    }

    /// The bytes by which it is found: mailboxes do not tell capitals apart.
    pub(super) fn key(&self) -> String {
        format!("{}:{}", self.kind(), self.as_str().to_lowercase())
    }
}

/// A person's name. Rare characters outside the basic plane are characters like any other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName(String);

impl PersonName {
    pub fn parse(typed: &str) -> Result<Self, Wrong> {
        // Composed, but never folded: NFKC would turn rare characters into others that look alike.
        let name: String = typed.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
        if name.is_empty() {
            return Err(Wrong::Empty);
        }
        if name.chars().count() > 60 {
            return Err(Wrong::TooLong);
        }
        let fine = name.chars().all(|c| c.is_alphabetic() || " ·•.'’-".contains(c));
        if fine && name.chars().any(char::is_alphabetic) { Ok(Self(name)) } else { Err(Wrong::Form) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A resident identity number (GB 11643): region, birthday, order, check character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityNumber(String);

impl IdentityNumber {
    pub fn parse(typed: &str) -> Result<Self, Wrong> {
        let number: String =
            typed.nfkc().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        if number.is_empty() {
            return Err(Wrong::Empty);
        }
        let bytes = number.as_bytes();
        let digits = bytes.len() == 18 && bytes[..17].iter().all(u8::is_ascii_digit);
        if !digits || !(bytes[17].is_ascii_digit() || bytes[17] == b'X') {
            return Err(Wrong::Form);
        }
        if NaiveDate::parse_from_str(&number[6..14], "%Y%m%d").is_err() {
            return Err(Wrong::Birthday);
        }
        if identity::is_number(&number) { Ok(Self(number)) } else { Err(Wrong::Check) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn birthday(&self) -> NaiveDate {
        NaiveDate::parse_from_str(&self.0[6..14], "%Y%m%d").unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_number_says_what_is_wrong_with_it() {
        let parse = |typed: &str| IdentityNumber::parse(typed).map(|number| number.0);
        assert_eq!(parse(" 990101 19850101 0010 "), Ok("990101198501010010".to_owned()));
        assert_eq!(parse("99010120151231003x"), Ok("99010120151231003X".to_owned()));
        assert_eq!(parse("９９０１０１１９８５０１０１００１０"), Ok("990101198501010010".to_owned()));
        assert_eq!(parse("990101198501010011"), Err(Wrong::Check));
        assert_eq!(parse("990101198513010010"), Err(Wrong::Birthday));
        assert_eq!(parse("99010119850101001"), Err(Wrong::Form));
        assert_eq!(parse("X90101198501010010"), Err(Wrong::Form));
        assert_eq!(parse(""), Err(Wrong::Empty));
        let number = IdentityNumber::parse("990101198501010010").unwrap();
        assert_eq!(number.birthday(), NaiveDate::from_ymd_opt(1985, 1, 1).unwrap());
    }

    #[test]
    fn a_rare_name_stays_as_it_was_written() {
        for name in ["林晓", "𬱖𬍛", "㛃", "阿依古丽·买买提", "Mary-Jane O'Neil"] {
            assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
        }
        for bad in ["", "  ", "12", "<b>", "·", "a\u{202e}b"] {
            assert!(PersonName::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn telephone_and_mailbox_are_told_apart() {
        assert_eq!(Reach::parse("+86 138 0000 0001").unwrap().as_str(), "13800000001");
        assert_eq!(Reach::parse("Lin.Xiao@Example.ORG").unwrap().as_str(), "Lin.Xiao@example.org");
        for bad in
            ["", "12345", "23800000001", "lin@", "lin@localhost", "a b@example.org", "lin@exa mple.org"]
        {
            assert!(Reach::parse(bad).is_err(), "{bad}");
        }
    }
}

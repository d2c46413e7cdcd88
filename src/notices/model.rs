//! What is said to people, by topic; and the ways it takes, each in one state at a time.

use serde::{Deserialize, Serialize};

use crate::{
    accounts::{Channel, ContactId, acting::CompanyId},
    id,
    ledger::CitizenId,
};

id! {
    /// Something that was said to somebody.
    NoticeId
}
id! {
    /// One way of a notice out of the house.
    WayId
}
id! {
    /// Where somebody has notices sent beside telephone and mailbox.
    OutletId
}

/// The version of the words in which notices are said now. A notice keeps the one it was said in; `tests` here know when they change.
pub const WORDS: i32 = 2;

/// What a notice is about: the unit in which people choose how they want to hear of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// What happened to the account itself: nobody can choose not to hear of it.
    Account,
    Cases,
    Bookings,
    Payments,
    /// A date comes near.
    Dates,
    /// An agency that was waited for is back.
    Agencies,
    /// What somebody asked, complained of or reported.
    Voice,
    /// A notice to the public that somebody follows.
    Bulletins,
    /// A warning for a district that somebody follows.
    Warnings,
}

impl Topic {
    pub const ALL: [Self; 9] = [
        Self::Account,
        Self::Warnings,
        Self::Dates,
        Self::Cases,
        Self::Bookings,
        Self::Payments,
        Self::Voice,
        Self::Agencies,
        Self::Bulletins,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Cases => "cases",
            Self::Bookings => "bookings",
            Self::Payments => "payments",
            Self::Voice => "voice",
            Self::Dates => "dates",
            Self::Agencies => "agencies",
            Self::Bulletins => "bulletins",
            Self::Warnings => "warnings",
        }
    }

    /// Whether it goes every way there is, at once and at any hour: whoever got into an account must not be the only
    /// one to know.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Account)
    }

    /// Whether it is said at once, at night as well and not with others of the day: whoever follows warnings wants them
    /// in time.
    pub const fn waits_for_nothing(self) -> bool {
        self.is_urgent() || matches!(self, Self::Warnings)
    }

    pub const fn may_be_chosen(self) -> bool {
        !self.is_urgent()
    }

    /// What somebody hears of the matters of those for whom they act.
    pub const OF_OTHERS: [Self; 3] = [Self::Dates, Self::Cases, Self::Bookings];
}

/// Whose matter a notice is about, where its reader acts for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Principal {
    Person(CitizenId),
    Company(CompanyId),
}

impl Principal {
    /// Of what belongs to somebody or to a company, for one of those who hear of it. `None`: it is their own.
    pub fn of(owner: CitizenId, company: Option<CompanyId>, reader: CitizenId) -> Option<Self> {
        match company {
            Some(company) => Some(Self::Company(company)),
            None => (owner != reader).then_some(Self::Person(owner)),
        }
    }

    /// The word by which it is kept.
    pub fn tag(self) -> String {
        match self {
            Self::Person(citizen) => format!("person:{citizen}"),
            Self::Company(company) => format!("company:{company}"),
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        match tag.split_once(':')? {
            ("person", id) => Some(Self::Person(id.parse().ok()?)),
            ("company", id) => Some(Self::Company(id.parse().ok()?)),
            _ => None,
        }
    }
}

/// Why a way was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suppressed {
    /// The person does not want it so.
    Chosen,
    /// It goes another way, and once is enough.
    AnotherWay,
    /// There is no address of this kind.
    NoAddress,
    /// The operator has not set this channel up.
    NoChannel,
    /// They were sent as many as anybody wants within a day.
    Enough,
    /// Nothing arrives there, as a provider said.
    Unreached,
}

impl Suppressed {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::AnotherWay => "another-way",
            Self::NoAddress => "no-address",
            Self::NoChannel => "no-channel",
            Self::Enough => "enough",
            Self::Unreached => "unreached",
        }
    }
}

/// Where a way stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stand {
    Waiting,
    /// It is being handed over, or the process that did so died.
    Trying,
    Sent,
    Suppressed,
    Failed,
}

impl Stand {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Trying, Self::Sent, Self::Suppressed, Self::Failed];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Trying => "trying",
            Self::Sent => "sent",
            Self::Suppressed => "suppressed",
            Self::Failed => "failed",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stand| stand.tag() == tag)
    }
}

/// So many notices a channel brings somebody within a day; what comes after stands in the inbox. What is urgent is not
/// held back: an agency that says too much must not keep anybody from hearing of their account.
pub const ENOUGH: i64 = 10;

/// By what a notice leaves the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Carrier {
    Sms,
    Email,
    /// To an address of a program of their own.
    Webhook,
    /// Into a browser, by whoever carries messages for it.
    Push,
    /// Into the city's app on a telephone, by the operator's providers.
    App,
}

impl Carrier {
    /// In the order in which one is chosen where one is enough.
    pub const ALL: [Self; 5] = [Self::Sms, Self::Email, Self::Webhook, Self::Push, Self::App];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Webhook => "webhook",
            Self::Push => "push",
            Self::App => "app",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|carrier| carrier.tag() == tag)
    }

    /// The word by which it is on record that where it leads was looked up.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Sms => "phone",
            Self::Email => "email",
            Self::Webhook => "webhook",
            Self::Push => "browser",
            Self::App => "app",
        }
    }

    /// Whether everybody can be expected to have one. Of the others nothing is said where there is none.
    pub const fn is_usual(self) -> bool {
        matches!(self, Self::Sms | Self::Email)
    }

    /// Whether what is there is somebody's own to keep running, and no provider of the operator's stands between.
    pub const fn is_their_own(self) -> bool {
        matches!(self, Self::Webhook | Self::Push)
    }

    /// Whether it is reached as soon as it says how, and gone for good when it is gone: a program must confirm, and comes back.
    pub const fn is_a_device(self) -> bool {
        matches!(self, Self::Push | Self::App)
    }
}

impl From<Channel> for Carrier {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Sms => Self::Sms,
            Channel::Email => Self::Email,
        }
    }
}

/// Where a notice is taken: a telephone or mailbox of the account's, or an outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    Contact(ContactId),
    Outlet(OutletId),
}

impl Place {
    /// As it is kept: of the two columns one is empty.
    pub const fn of(contact: Option<ContactId>, outlet: Option<OutletId>) -> Option<Self> {
        match (contact, outlet) {
            (Some(contact), _) => Some(Self::Contact(contact)),
            (None, Some(outlet)) => Some(Self::Outlet(outlet)),
            (None, None) => None,
        }
    }

    pub const fn contact(self) -> Option<ContactId> {
        match self {
            Self::Contact(contact) => Some(contact),
            Self::Outlet(_) => None,
        }
    }

    pub const fn outlet(self) -> Option<OutletId> {
        match self {
            Self::Outlet(outlet) => Some(outlet),
            Self::Contact(_) => None,
        }
    }
}

/// A place by what it is reached, without saying which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub place: Place,
    pub carrier: Carrier,
    /// Nothing arrives there.
    pub unreached: bool,
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
    use sha2::{Digest as _, Sha256};

    use super::WORDS;

    /// How the texts begin that are sent to people. The others are on pages.
    const SENT: [&str; 9] = [
        "code-for-",
        "mail-",
        "news-",
        "notice-account",
        "notice-by-law",
        "notice-returned",
        "reminder-",
        "sms-",
        "warning-level",
    ];
    const TEXTS: [&str; 2] =
        [include_str!("../../locales/zh-CN/notices.ftl"), include_str!("../../locales/en/notices.ftl")];
    const LETTERS: [&str; 13] = [
        include_str!("../../templates/mail/agency/body.html"),
        include_str!("../../templates/mail/agency/body.txt"),
        include_str!("../../templates/mail/code/body.html"),
        include_str!("../../templates/mail/code/body.txt"),
        include_str!("../../templates/mail/code/subject.txt"),
        include_str!("../../templates/mail/gathered/body.html"),
        include_str!("../../templates/mail/gathered/body.txt"),
        include_str!("../../templates/mail/matter/body.html"),
        include_str!("../../templates/mail/matter/body.txt"),
        include_str!("../../templates/mail/matter/subject.txt"),
        include_str!("../../templates/mail/news/body.html"),
        include_str!("../../templates/mail/news/body.txt"),
        include_str!("../../templates/mail/news/subject.txt"),
    ];
    /// The newest version, and by what its words are known.
    const NEWEST: (i32, &str) = (2, "tWO6xQq4c-3m");

    /// A text's lines, with those that go on.
    fn sent(source: &str) -> String {
        let mut goes_on = false;
        let belongs = |line: &&str| {
            if !line.is_empty() && !line.starts_with([' ', '}', '*']) {
                goes_on = SENT.iter().any(|begins| line.starts_with(begins));
            }
            goes_on
        };
        source.lines().filter(belongs).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn other_words_are_another_version() {
        let mut words = Sha256::new();
        for source in TEXTS {
            words.update(sent(source));
        }
        for letter in LETTERS {
            words.update(letter);
        }
        let known_by = BASE64.encode(&words.finalize()[..9]);
        assert_eq!(
            (WORDS, known_by.as_str()),
            NEWEST,
            "notices are said in other words: count WORDS up, and write the new pair here"
        );
    }
}

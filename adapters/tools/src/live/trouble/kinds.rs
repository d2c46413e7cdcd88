//! The kinds of trouble that a backend, or the network in front of it, has been seen to be in.

use serde::Serialize;
use yimen_contract::agency::Driver;

/// What happens to an exchange. Each is really played on a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// The answer comes late, and in time.
    Slow,
    /// Nothing ever comes.
    Hang,
    /// The answer comes byte by byte, and does not end before the time is over.
    Drip,
    /// Nobody takes the call.
    Down,
    /// The connection ends before the answer.
    LostAnswer,
    /// The same once, and then all is well.
    Hiccup,
    /// The connection ends in the middle of the answer.
    Truncated,
    /// Half an answer, with everything in order by its length.
    Malformed,
    /// A page of some machine in between, with everything in order by its status.
    StrangePage,
    /// Nothing at all, with everything in order by its status.
    Empty,
    ServerError,
    BadGateway,
    Overloaded,
    /// The true answer under a status that says that there is none.
    WrongStatus,
    /// It sends the caller elsewhere.
    Redirect,
    /// It announces more than anybody reads.
    Endless,
    /// It does not take the portal's proof any more.
    AuthRefused,
}

impl Trouble {
    pub const ALL: [Self; 17] = [
        Self::Slow,
        Self::Hang,
        Self::Drip,
        Self::Down,
        Self::LostAnswer,
        Self::Hiccup,
        Self::Truncated,
        Self::Malformed,
        Self::StrangePage,
        Self::Empty,
        Self::ServerError,
        Self::BadGateway,
        Self::Overloaded,
        Self::WrongStatus,
        Self::Redirect,
        Self::Endless,
        Self::AuthRefused,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Hang => "hang",
            Self::Drip => "drip",
            Self::Down => "down",
            Self::LostAnswer => "lost-answer",
            Self::Hiccup => "hiccup",
            Self::Truncated => "truncated",
            Self::Malformed => "malformed",
            Self::StrangePage => "strange-page",
            Self::Empty => "empty",
            Self::ServerError => "server-error",
            Self::BadGateway => "bad-gateway",
            Self::Overloaded => "overloaded",
            Self::WrongStatus => "wrong-status",
            Self::Redirect => "redirect",
            Self::Endless => "endless",
            Self::AuthRefused => "auth-refused",
        }
    }

    /// Whether a backend of this protocol can be in it: frames have no status.
    pub const fn befalls(self, driver: Driver) -> bool {
        let wire = matches!(
            self,
            Self::Slow
                | Self::Hang
                | Self::Drip
                | Self::Down
                | Self::LostAnswer
                | Self::Hiccup
                | Self::Truncated
                | Self::Malformed
                | Self::StrangePage
        );
        match driver {
            Driver::Rest | Driver::Callback | Driver::Soap => true,
            Driver::Fixed => wire,
            Driver::Csv | Driver::Redirect | Driver::Desk => false,
        }
    }

    /// Whether it cannot be played without an answer of the backend's own.
    pub const fn needs_an_answer(self) -> bool {
        matches!(
            self,
            Self::Slow
                | Self::Drip
                | Self::Hiccup
                | Self::Truncated
                | Self::Malformed
                | Self::Empty
                | Self::WrongStatus
        )
    }

    /// Whether the portal gets its answer all the same.
    pub const fn passes(self) -> bool {
        matches!(self, Self::Slow | Self::Hiccup)
    }

    /// Whether it takes the whole time that a call has, so that none is left for another.
    pub const fn takes_all_time(self) -> bool {
        matches!(self, Self::Hang | Self::Drip)
    }
}

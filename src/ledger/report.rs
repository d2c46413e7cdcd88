//! What a verification found.

use std::fmt;

use serde::Serialize;

use crate::platform::Moment;

/// Findings kept one by one. A ledger with more is beyond doubt, and a report must fit into memory.
const KEPT: usize = 10_000;

/// What is wrong in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The entry is not as it was written.
    Changed,
    /// The entry is gone.
    Dropped,
    /// The place itself is gone from the chain.
    Missing,
    /// The link is not as it was sealed: moved, exchanged or rewritten.
    Moved,
    /// The entry says that it stands elsewhere than the chain does.
    Misplaced,
    /// The entry claims a place that the chain does not have.
    NotChained,
    /// The entry was passed over by later runs of the sealer.
    LeftOut,
    /// The hash does not follow from the one before and the entry.
    Broken,
    /// A head names a position that the chain does not reach any more.
    Truncated,
    /// The end of the chain has no head, or a head between two others is gone.
    HeadMissing,
    /// The head is not what was signed, or its hash is not the chain's.
    HeadWrong,
    /// The key was not made by this portal, or has been changed.
    KeyWrong,
    /// A head that was published says otherwise.
    Published,
    /// The row cannot even be read.
    Unreadable,
}

impl Fault {
    pub const fn said(self) -> &'static str {
        match self {
            Self::Changed => "the entry has been changed",
            Self::Dropped => "the entry is gone",
            Self::Missing => "the link is gone from the chain",
            Self::Moved => "the link has been moved or rewritten",
            Self::Misplaced => "the entry says it stands elsewhere",
            Self::NotChained => "the entry claims a place that is not on the chain",
            Self::LeftOut => "the entry was left out of the chain",
            Self::Broken => "the hash does not follow from the one before",
            Self::Truncated => "the chain was cut off here: a signed head names a later position",
            Self::HeadMissing => "the signed head is gone",
            Self::HeadWrong => "the head is not what was signed, or not of this chain",
            Self::KeyWrong => "the signing key was not made by this portal, or has been changed",
            Self::Published => "the published head says otherwise: the chain has been rewritten or cut off",
            Self::Unreadable => "the row cannot be read",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    pub position: Option<i64>,
    /// Where it ends, when it concerns several places in a row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    pub fault: Fault,
    /// The entry or key, where there is no position to name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.position, self.to) {
            (Some(from), Some(to)) if to != from => write!(f, "positions {from} to {to}: ")?,
            (Some(at), _) => write!(f, "position {at}: ")?,
            (None, _) => {}
        }
        f.write_str(self.fault.said())?;
        self.about.as_ref().map_or(Ok(()), |about| write!(f, " ({about})"))
    }
}

/// The whole verification.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Links of the chain.
    pub sealed: i64,
    /// The last position.
    pub position: i64,
    /// Entries that have no place yet.
    pub waiting: i64,
    /// Since when the oldest of them waits.
    pub waiting_since: Option<Moment>,
    pub heads: i64,
    /// Published heads that were compared.
    pub compared: usize,
    pub findings: Vec<Finding>,
    /// Findings beyond those that are listed.
    pub more: usize,
}

impl Report {
    pub fn is_fine(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn at(&mut self, position: i64, fault: Fault) {
        self.push(Finding { position: Some(position), to: None, fault, about: None });
    }

    pub(super) fn between(&mut self, from: i64, to: i64, fault: Fault) {
        self.push(Finding { position: Some(from), to: Some(to), fault, about: None });
    }

    pub(super) fn about(&mut self, position: Option<i64>, fault: Fault, about: String) {
        self.push(Finding { position, to: None, fault, about: Some(about) });
    }

    fn push(&mut self, finding: Finding) {
        if self.findings.len() < KEPT {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }
}

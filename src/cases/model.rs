//! Drafts and cases as they are kept, and the errors of this room.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::life::State;
use crate::{
    accounts::acting::CompanyId,
    agencies::{InstallError, VersionId},
    catalogue::filling::FormsError,
    db::{
        DbError, Stamp,
        schema::{case_steps, cases, drafts},
    },
    gateway::GatewayError,
    id,
    jobs::Job,
    ledger::{CitizenId, LedgerError, Private},
    platform::{Moment, spoken},
    web::Failure,
};

id! {
    /// Something being filled in.
    DraftId
}
id! {
    /// Something handed in.
    CaseId
}
id! {
    /// Something that happened to a case.
    StepId
}
id! {
    /// The answers as they were before a correction.
    RoundId
}
id! {
    /// Something that one officer drafted and another confirms.
    ProposalId
}

/// How long a draft is kept after it was last saved.
pub const DRAFTS_KEPT: chrono::TimeDelta = chrono::TimeDelta::days(90);

/// A draft, with what was typed sealed.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = drafts)]
pub struct DraftRow {
    pub citizen_id: CitizenId,
    pub id: DraftId,
    pub for_id: Option<CitizenId>,
    pub company_id: Option<CompanyId>,
    pub service: String,
    pub version: VersionId,
    pub form: String,
    pub typed: Private,
    pub occasion: Option<Private>,
    pub begun_at: Stamp,
    pub saved_at: Stamp,
}

/// A case.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = cases)]
pub struct Case {
    pub citizen_id: CitizenId,
    pub id: CaseId,
    pub reference: String,
    pub company_id: Option<CompanyId>,
    pub acting_id: CitizenId,
    pub relation: String,
    pub level: i32,
    pub service: String,
    pub agency: String,
    pub version: VersionId,
    pub form: Option<String>,
    pub state: String,
    pub answers: Private,
    pub occasion: Option<Private>,
    pub submitted_at: Stamp,
    pub changed_at: Stamp,
    pub accepted_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub extended_by: i32,
    pub handover: String,
    pub sent_at: Option<Stamp>,
    pub next_try_at: Option<Stamp>,
    pub agency_reference: Option<String>,
    pub sequence: i64,
    pub asked: i32,
    /// How often it was put right.
    pub round: i32,
    pub(super) handed_at: Option<Stamp>,
    /// The code of the district that it is about, where its answers say so.
    pub district: Option<String>,
}

impl Case {
    /// When the latest of it was handed in: the application, or a correction.
    pub fn handed_at(&self) -> Moment {
        self.handed_at.unwrap_or(self.submitted_at).moment()
    }

    /// Whether a correction is on its way, and the agency knows only what was before.
    pub(super) fn is_correcting(&self) -> bool {
        self.round > 0 && matches!(self.handover.as_str(), "queued" | "unknown" | "failed")
    }

    /// Whether the agency works in the portal.
    pub fn is_at_desk(&self) -> bool {
        self.handover == "desk"
    }

    /// A word that no version of the program wrote is a case whose state nobody may change.
    pub fn state(&self) -> Result<State, CaseError> {
        State::named(&self.state).ok_or_else(|| CaseError::Stored(format!("the state {}", self.state)))
    }
}

/// A case was decided, or went on after that to its end. `ratings` carries on from here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ended {
    pub citizen: CitizenId,
    pub reference: String,
}

impl Job for Ended {
    const KIND: &'static str = "cases.ended";
}

/// Something that happened.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = case_steps)]
pub struct StepRow {
    pub at: Stamp,
    pub by_kind: String,
    pub by_whom: String,
    pub act: String,
    pub to_state: String,
    pub said: Option<Private>,
}

/// A number for a case that people can read aloud: the year, and forty bits that nobody can guess from another's.
pub fn new_reference(year: i32) -> Result<String, getrandom::Error> {
    Ok(format!("{year}-{}", spoken::grouped(&spoken::new::<8>()?)))
}

/// The reference that was meant: small letters and letters that look like digits are read as what they stand for.
pub fn reference_of(typed: &str) -> Option<String> {
    let (year, word) = typed.trim().split_once('-')?;
    let word = spoken::read(word, 8)?;
    let fits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| format!("{year}-{}", spoken::grouped(&word)))
}

#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// Not there, or somebody else's: which of the two is not told.
    #[error("there is no such case")]
    Unknown,
    /// What it needs to know of an agency nobody can say at this moment.
    #[error("the agency that is asked is away")]
    Away,
    /// It cannot be done with the case as it stands.
    #[error("the case does not allow this now")]
    NotNow,
    #[error("what is kept cannot be read: {0}")]
    Stored(String),
}

impl From<diesel::result::Error> for CaseError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<FormsError> for CaseError {
    fn from(error: FormsError) -> Self {
        match error {
            FormsError::Db(error) => Self::Db(error),
            FormsError::Unknown => Self::Unknown,
            FormsError::Stored(why) => Self::Stored(why),
        }
    }
}

impl From<InstallError> for CaseError {
    fn from(error: InstallError) -> Self {
        match error {
            InstallError::Db(error) => Self::Db(error),
            other => Self::Stored(other.to_string()),
        }
    }
}

impl From<CaseError> for Failure {
    fn from(error: CaseError) -> Self {
        match error {
            CaseError::Db(error) | CaseError::Ledger(LedgerError::Db(error)) => error.into(),
            CaseError::Gateway(error) => error.into(),
            CaseError::Unknown => Self::NotFound,
            CaseError::NotNow => Self::Refused,
            CaseError::Away => Self::Busy,
            CaseError::Ledger(error) => Self::broken(error),
            CaseError::Stored(why) => Self::broken(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_as_people_write_it() {
        let reference = new_reference(2026).unwrap();
        assert_eq!(reference.len(), 14);
        assert_eq!(reference_of(&reference).as_deref(), Some(reference.as_str()));
        assert_eq!(reference_of(" 2026-7kq3mfxo ").as_deref(), Some("2026-7KQ3-MFX0"));
        assert_eq!(reference_of("2026-lioQ-3MFX").as_deref(), Some("2026-110Q-3MFX"));
        for wrong in ["", "2026", "26-7KQ3-MFXD", "2026-7KQ3-MFX", "2026-7KQ3-MFXU", "二零二六-7KQ3-MFXD"]
        {
            assert_eq!(reference_of(wrong), None, "{wrong}");
        }
    }
}

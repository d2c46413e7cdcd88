//! Forms of packages, read once and kept.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use yimen_forms::Form;

use crate::{
    agencies::{self, InstallError, VersionId},
    catalogue::{Catalogue, ServiceEntry},
    db::{Db, DbError},
    ledger::CitizenId,
    web::Failure,
};

#[derive(Debug, thiserror::Error)]
pub enum FormsError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("there is no such package")]
    Unknown,
    #[error("what is kept cannot be read: {0}")]
    Stored(String),
}

impl From<InstallError> for FormsError {
    fn from(error: InstallError) -> Self {
        match error {
            InstallError::Db(error) => Self::Db(error),
            other => Self::Stored(other.to_string()),
        }
    }
}

impl From<FormsError> for Failure {
    fn from(error: FormsError) -> Self {
        match error {
            FormsError::Db(error) => error.into(),
            FormsError::Unknown => Self::NotFound,
            FormsError::Stored(why) => Self::broken(why),
        }
    }
}

/// More forms than a city has are not kept: then all are read anew.
const MOST: usize = 2_000;

/// The forms that were used lately, by the package version they belong to.
#[derive(Default)]
pub struct Forms {
    kept: Mutex<HashMap<(VersionId, String), Arc<Form>>>,
}

impl Forms {
    /// A form of the package version that is live, and which that is.
    pub async fn live(&self, db: &Db, slug: &str, path: &str) -> Result<(VersionId, Arc<Form>), FormsError> {
        let name = slug.to_owned();
        let version = db.read(move |c| agencies::version(c, &name)).await?;
        let version = version.ok_or(FormsError::Unknown)?;
        Ok((version, self.of(db, version, path).await?))
    }

    /// The form of a service for somebody, and the version it belongs to: the one that their answers are handed over by.
    pub async fn current(
        &self,
        db: &Db,
        (catalogue, entry): (&Catalogue, &ServiceEntry),
        path: &str,
        citizen: CitizenId,
    ) -> Result<(VersionId, Arc<Form>), FormsError> {
        match catalogue.trial_version(entry, citizen) {
            Some(version) => Ok((version, self.of(db, version, path).await?)),
            None => self.live(db, &catalogue.agency_of(entry).slug, path).await,
        }
    }

    /// A form of any version, so that a draft of then is understood now.
    pub async fn of(&self, db: &Db, version: VersionId, path: &str) -> Result<Arc<Form>, FormsError> {
        let place = (version, path.to_owned());
        if let Some(form) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&place) {
            return Ok(Arc::clone(form));
        }
        let package = db.read(move |c| agencies::at_version(c, version)).await?;
        let schema = package.forms.get(path);
        let schema = schema.ok_or_else(|| FormsError::Stored(format!("the package has no form {path}")))?;
        let form = Form::read(schema).map_err(|mistakes| FormsError::Stored(mistakes.to_string()))?;
        let form = Arc::new(form);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(place, Arc::clone(&form));
        Ok(form)
    }
}

//! Installing packages and going back, as the operator does it on their own authority. The console's way is
//! [`super::releases`].

use serde_json::Value;
use yimen_contract::Files;

use super::{
    Change, Compiled, InstallError, Installed, archive,
    clients::By,
    queries::{self, Latest},
    releases::{self, Handed, NewApplication, OPERATOR, ReleaseError},
};
use crate::{db::Conn, platform::Moment};

/// Makes a package live: reads it, checks it, stores it, and announces the change.
pub fn install(c: &mut Conn, now: Moment, slug: &str, files: &Files) -> Result<Installed, InstallError> {
    let fingerprint = archive::fingerprint(&archive::lay_out(files));
    let Latest { version, live, same } = queries::latest(c, slug, &fingerprint)?;
    let installed = |version, change| Installed { slug: slug.to_owned(), version, change };
    if let Some((_, version)) = same.filter(|(id, _)| live == Some(*id)) {
        return Ok(installed(version, Change::Unchanged));
    }
    let handed = Handed::read(slug, files)?;
    let (id, number) = match same {
        Some(same) => same,
        None => (releases::keep(c, now, version + 1, &handed)?, version + 1),
    };
    releases::install(c, now, (slug, id), &handed.read)?;
    if let Compiled::Agency(package) = &handed.read {
        // The operator vouches for whom they install.
        let about = &package.agency;
        let kind = serde_json::to_value(about.kind).ok();
        let new = NewApplication {
            slug: slug.to_owned(),
            name_zh: about.name.zh.clone(),
            name_en: about.name.en.clone(),
            kind: kind.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned(),
            credit_code: about.credit_code.clone(),
            contact: about.contact.phone.clone(),
            ..NewApplication::default()
        };
        releases::admitted_by_operator(c, now, &new)?;
    }
    let change = if live.is_none() { Change::New } else { Change::Updated };
    Ok(installed(number, change))
}

/// Makes the version before the live one live again.
pub fn rollback(c: &mut Conn, now: Moment, slug: &str) -> Result<Installed, InstallError> {
    let back = releases::roll_back(c, now, slug, &By::operator(OPERATOR), "");
    let back = back.map_err(|error| match error {
        ReleaseError::Unknown => InstallError::Unknown(slug.to_owned()),
        ReleaseError::NothingBefore => InstallError::NoEarlier(slug.to_owned()),
        other => other.into(),
    })?;
    Ok(Installed { slug: slug.to_owned(), version: back.number, change: Change::Updated })
}

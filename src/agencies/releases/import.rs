//! A draft package made of the description of a backend: OpenAPI or WSDL. What it cannot read it names; nothing is
//! fetched. The draft is downloaded and refined, and handed in like any other.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::Bilingual;
use yimen_tools::import::{self, Imported, Wanted};

use super::applications;
use crate::{
    agencies::archive,
    db::{Conn, Db, DbError, Json, Stamp, schema::package_imports},
    id,
    jobs::{self, Done, Failure, Job, Priority, Running},
    platform::Moment,
};

id! {
    /// A description that was imported.
    ImportId
}

/// So many of an agency's imports are listed.
const MOST: i64 = 20;

/// Makes a draft of a description.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImportDescription {
    import: ImportId,
}

impl Job for ImportDescription {
    const KIND: &'static str = "agencies.import";
    const PRIORITY: Priority = Priority::Urgent;
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    pub read: Vec<String>,
    /// What could not be read: where, and why.
    pub unread: Vec<(String, String)>,
    /// Why nothing was read at all.
    pub failed: Option<String>,
}

/// An import, without what was imported.
#[derive(Debug, Clone, Queryable)]
pub struct Import {
    pub id: ImportId,
    pub slug: String,
    pub file: String,
    pub made_by: String,
    pub made_at: Stamp,
    phase: String,
    report: Option<Json<ImportReport>>,
}

impl Import {
    pub fn is_running(&self) -> bool {
        self.phase == "waiting"
    }

    pub fn has_draft(&self) -> bool {
        self.phase == "done"
    }

    pub fn report(&self) -> ImportReport {
        self.report.as_ref().map(|Json(report)| report.clone()).unwrap_or_default()
    }
}

/// Takes a description in.
pub fn begin(
    c: &mut Conn,
    now: Moment,
    slug: &str,
    (file, bytes): (&str, &[u8]),
    first: &str,
    by: &str,
) -> Result<ImportId, DbError> {
    let id = ImportId::new();
    diesel::insert_into(package_imports::table)
        .values((
            package_imports::id.eq(id),
            package_imports::slug.eq(slug),
            package_imports::file.eq(file),
            package_imports::description.eq(bytes),
            package_imports::first_code.eq(first),
            package_imports::made_by.eq(by),
            package_imports::made_at.eq(Stamp::from(now)),
            package_imports::phase.eq("waiting"),
        ))
        .execute(c)?;
    jobs::enqueue(c, now, &ImportDescription { import: id })?;
    Ok(id)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn all() -> _ {
    package_imports::table.select((
        package_imports::id,
        package_imports::slug,
        package_imports::file,
        package_imports::made_by,
        package_imports::made_at,
        package_imports::phase,
        package_imports::report,
    ))
}

/// An agency's imports, the latest first.
pub fn of(c: &mut Conn, slug: &str) -> Result<Vec<Import>, DbError> {
    let of = all().filter(package_imports::slug.eq(slug)).order(package_imports::made_at.desc()).limit(MOST);
    Ok(of.load(c)?)
}

/// One of an agency's imports.
pub fn one(c: &mut Conn, slug: &str, id: ImportId) -> Result<Option<Import>, DbError> {
    let of = all().filter(package_imports::slug.eq(slug)).filter(package_imports::id.eq(id));
    Ok(of.first(c).optional()?)
}

/// The draft that came of one, packed.
pub fn draft(c: &mut Conn, slug: &str, id: ImportId) -> Result<Option<Vec<u8>>, DbError> {
    let of = package_imports::table
        .filter(package_imports::slug.eq(slug))
        .filter(package_imports::id.eq(id))
        .select(package_imports::draft);
    Ok(of.first::<Option<Vec<u8>>>(c).optional()?.flatten())
}

/// Makes the draft.
pub async fn run(db: Db, job: ImportDescription, running: Running) -> Result<Done, Failure> {
    let id = job.import;
    let given = db
        .read(move |c| {
            let of = package_imports::table.filter(package_imports::id.eq(id)).select((
                package_imports::slug,
                package_imports::file,
                package_imports::description,
                package_imports::first_code,
            ));
            let found: Option<(String, String, Vec<u8>, String)> = of.first(c).optional()?;
            let Some((slug, file, bytes, first)) = found else { return Ok(None) };
            let named = applications::admitted(c)?.into_iter().find(|(known, ..)| *known == slug);
            let name = named.map(|(_, zh, en)| Bilingual::new(zh, en));
            Ok::<_, DbError>(Some((Wanted { slug, name, file, first }, bytes)))
        })
        .await?;
    let Some((wanted, bytes)) = given else { return running.finish(|_| Ok::<_, DbError>(())).await };
    let (report, draft) = tokio::task::spawn_blocking(move || made(&wanted, &bytes))
        .await
        .map_err(|_| Failure::give_up("reading the description panicked"))?;
    running
        .finish(move |c| {
            diesel::update(package_imports::table.filter(package_imports::id.eq(id)))
                .set((
                    package_imports::phase.eq(if draft.is_some() { "done" } else { "broken" }),
                    package_imports::report.eq(Some(Json(report))),
                    package_imports::draft.eq(draft),
                ))
                .execute(c)?;
            Ok::<_, DbError>(())
        })
        .await
}

fn made(wanted: &Wanted, bytes: &[u8]) -> (ImportReport, Option<Vec<u8>>) {
    let failed = |why: String| (ImportReport { failed: Some(why), ..ImportReport::default() }, None);
    let Imported { draft, read, unread, .. } = match import::import(wanted, bytes) {
        Ok(imported) => imported,
        Err(error) => return failed(error.to_string()),
    };
    match archive::deflate(&archive::lay_out(&draft.files())) {
        Ok(packed) => {
            let unread = unread.into_iter().map(|unread| (unread.place, unread.reason)).collect();
            (ImportReport { read, unread, failed: None }, Some(packed))
        }
        Err(error) => failed(error.to_string()),
    }
}

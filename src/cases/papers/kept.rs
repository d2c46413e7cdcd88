//! What the database knows of papers: whose they are, for which place, and their keys, sealed for their owner.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use yimen_contract::capability::{case::Promised, person::FileRef};

use super::{
    kind::Kind,
    places::{Place, paper_of},
    take::Refused,
    token,
};
use crate::{
    cases::{Case, CaseError, CaseId, DraftId},
    db::{
        Conn, DbError, Stamp,
        schema::{case_files, promised_papers},
    },
    each, id,
    ledger::{self, CitizenId, Private, Warrant},
    platform::{Moment, calendar::Due, keys::KeyRing},
};

id! {
    /// A file.
    FileId
}
id! {
    /// A promise to hand something in later.
    PromiseId
}

/// Where names and keys of files are sealed.
pub(super) const ABOUT: &str = "case_files.about";
/// More files than this nobody looks at.
const MOST: usize = 60;

/// For which draft a file is, and of whom.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    pub citizen: CitizenId,
    pub matter: DraftId,
}

/// What is personal about a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct About {
    pub name: String,
    pub key: String,
    pub sha256: String,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = case_files)]
pub(super) struct Row {
    pub citizen_id: CitizenId,
    pub id: FileId,
    pub matter: DraftId,
    pub place: String,
    pub media_type: String,
    pub size: i64,
    about: Private,
    pub added_at: Stamp,
    pub handed_in_at: Option<Stamp>,
}

/// A paper as its owner, or whoever has a warrant, sees it.
#[derive(Debug, Clone)]
pub struct Paper {
    pub id: FileId,
    pub place: String,
    pub name: String,
    pub media_type: String,
    pub size: u64,
    pub sha256: String,
    pub(super) key: String,
    pub(super) added_at: Moment,
    /// Since when it belongs to the case: not before it was handed in with the application, or with a correction.
    pub handed_in: Option<Moment>,
}

/// A paper that was promised.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = promised_papers)]
pub struct Promise {
    pub place: String,
    pub due_on: Option<NaiveDate>,
    /// The day was counted through a year whose calendar is not published yet.
    pub provisional: bool,
}

impl Row {
    pub fn opened(self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Paper, CaseError> {
        let text = warrant.open(c, ring, ABOUT, &self.about)?;
        let about: About =
            serde_json::from_str(&text).map_err(|error| CaseError::Stored(error.to_string()))?;
        Ok(Paper {
            id: self.id,
            place: self.place,
            name: about.name,
            media_type: self.media_type,
            size: u64::try_from(self.size).unwrap_or_default(),
            sha256: about.sha256,
            key: about.key,
            added_at: self.added_at.moment(),
            handed_in: self.handed_in_at.map(Stamp::moment),
        })
    }
}

impl Paper {
    /// As the agency is told of it. It asks for the file by a name that is good for itself alone, and for a while.
    pub fn told(&self, ring: &KeyRing, agency: &str, since: Moment) -> FileRef {
        FileRef {
            id: token::name(ring, agency, self.id, since),
            name: self.name.clone(),
            media_type: self.media_type.clone(),
            size: self.size,
            sha256: self.sha256.clone(),
            paper: paper_of(&self.place).map(str::to_owned),
        }
    }
}

impl Paper {
    /// Where it answers a question of the form, the answer is the name by which the agency asks for it.
    pub(in crate::cases) fn answer(&self, answers: &mut Map<String, Value>, name: &str) {
        let Some(question) = self.place.strip_prefix("field:") else { return };
        let mut parts = question.split('.');
        let first = parts.next().and_then(|part| answers.get_mut(part));
        if let Some(answer) = parts.try_fold(first, |at, part| at.map(|at| at.get_mut(part))).flatten() {
            *answer = Value::from(name);
        }
    }
}

impl Promise {
    /// As the agency is told of it.
    pub fn told(&self) -> Option<Promised> {
        Some(Promised { paper: paper_of(&self.place)?.to_owned(), by: self.due_on? })
    }
}

fn sealed(c: &mut Conn, ring: &KeyRing, citizen: CitizenId, about: &About) -> Result<Private, CaseError> {
    let text = serde_json::to_string(about).map_err(|error| CaseError::Stored(error.to_string()))?;
    Ok(ledger::seal(c, ring, citizen, ABOUT, &text)?)
}

/// Keeps a file that was taken, if there is room for it in the application.
pub(super) fn add(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (slot, at): (&Slot, &str),
    (id, kind, size, about): (FileId, Kind, u64, &About),
    most: u64,
) -> Result<Result<(), Refused>, CaseError> {
    let sizes: Vec<i64> = of(*slot).select(case_files::size).load(c)?;
    if sizes.len() >= MOST {
        return Ok(Err(Refused::TooMany));
    }
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let sum = sizes.into_iter().fold(size, i64::saturating_add);
    if u64::try_from(sum).unwrap_or_default() > most {
        return Ok(Err(Refused::TooMuch(most >> 20)));
    }
    let about = sealed(c, ring, slot.citizen, about)?;
    diesel::insert_into(case_files::table)
        .values((
            case_files::citizen_id.eq(slot.citizen),
            case_files::id.eq(id),
            case_files::matter.eq(slot.matter),
            case_files::place.eq(at),
            case_files::media_type.eq(kind.media_type()),
            case_files::size.eq(size),
            case_files::about.eq(about),
            case_files::added_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    unpromise(c, *slot, at)?;
    Ok(Ok(()))
}

type Of = diesel::dsl::Filter<
    diesel::dsl::Filter<case_files::table, diesel::dsl::Eq<case_files::citizen_id, CitizenId>>,
    diesel::dsl::Eq<case_files::matter, DraftId>,
>;

fn of(slot: Slot) -> Of {
    case_files::table
        .filter(case_files::citizen_id.eq(slot.citizen))
        .filter(case_files::matter.eq(slot.matter))
}

/// The files of a draft or a case, in the order in which they came.
pub fn list(c: &mut Conn, ring: &KeyRing, slot: Slot, warrant: &Warrant) -> Result<Vec<Paper>, CaseError> {
    let rows: Vec<Row> = of(slot).order(case_files::id).select(Row::as_select()).load(c)?;
    rows.into_iter().map(|row| row.opened(c, ring, warrant)).collect()
}

/// One of them.
pub fn find(
    c: &mut Conn,
    ring: &KeyRing,
    (slot, id): (Slot, FileId),
    warrant: &Warrant,
) -> Result<Paper, CaseError> {
    let row: Option<Row> =
        of(slot).filter(case_files::id.eq(id)).select(Row::as_select()).first(c).optional()?;
    row.ok_or(CaseError::Unknown)?.opened(c, ring, warrant)
}

/// Takes a file away from a draft; what was handed in stays.
pub fn remove(c: &mut Conn, slot: Slot, id: FileId) -> Result<bool, CaseError> {
    let row = of(slot).filter(case_files::id.eq(id)).filter(case_files::handed_in_at.is_null());
    Ok(diesel::delete(
        case_files::table.filter(case_files::id.eq_any(row.select(case_files::id).load::<FileId>(c)?)),
    )
    .execute(c)?
        == 1)
}

/// Promises a paper for later.
pub fn promise(c: &mut Conn, now: Moment, slot: Slot, at: &str) -> Result<(), CaseError> {
    let row = (
        promised_papers::citizen_id.eq(slot.citizen),
        promised_papers::id.eq(PromiseId::new()),
        promised_papers::matter.eq(slot.matter),
        promised_papers::place.eq(at),
        promised_papers::promised_at.eq(Stamp::from(now)),
    );
    each!(c, |c| diesel::insert_into(promised_papers::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Takes a promise back that is not given yet: in a draft.
pub fn unpromise(c: &mut Conn, slot: Slot, at: &str) -> Result<(), CaseError> {
    let promised = promised_papers::table
        .filter(promised_papers::citizen_id.eq(slot.citizen))
        .filter(promised_papers::matter.eq(slot.matter))
        .filter(promised_papers::due_on.is_null());
    diesel::delete(promised.filter(promised_papers::place.eq(at))).execute(c)?;
    Ok(())
}

/// What was promised.
pub fn promised(c: &mut Conn, slot: Slot) -> Result<Vec<Promise>, CaseError> {
    Ok(promised_papers::table
        .filter(promised_papers::citizen_id.eq(slot.citizen))
        .filter(promised_papers::matter.eq(slot.matter))
        .order(promised_papers::id)
        .select(Promise::as_select())
        .load(c)?)
}

/// The places that must be filled and are not.
pub fn missing<'p>(c: &mut Conn, slot: Slot, places: &'p [Place]) -> Result<Vec<&'p Place>, CaseError> {
    let filled: Vec<String> = of(slot).select(case_files::place).load(c)?;
    let promised = promised(c, slot)?;
    let late = |place: &Place| place.may_be_late && promised.iter().any(|promise| promise.place == place.at);
    Ok(places.iter().filter(|place| place.required && !filled.contains(&place.at) && !late(place)).collect())
}

/// What places of several drafts have a file, or the promise of one.
pub fn there(
    c: &mut Conn,
    citizen: CitizenId,
    matters: &[DraftId],
) -> Result<Vec<(DraftId, String)>, CaseError> {
    let mut places: Vec<(DraftId, String)> = case_files::table
        .filter(case_files::citizen_id.eq(citizen))
        .filter(case_files::matter.eq_any(matters))
        .select((case_files::matter, case_files::place))
        .load(c)?;
    let promised: Vec<(DraftId, String)> = promised_papers::table
        .filter(promised_papers::citizen_id.eq(citizen))
        .filter(promised_papers::matter.eq_any(matters))
        .select((promised_papers::matter, promised_papers::place))
        .load(c)?;
    places.extend(promised);
    Ok(places)
}

/// A draft's papers become its case's, sealed for whose the case is. Twice is once.
pub fn hand_in(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (slot, case): (Slot, &Case),
    by: Due,
) -> Result<(), CaseError> {
    let rows: Vec<Row> =
        of(slot).filter(case_files::handed_in_at.is_null()).select(Row::as_select()).load(c)?;
    let warrant = ledger::own(slot.citizen);
    for row in rows {
        let id = row.id;
        let about = warrant.open(c, ring, ABOUT, &row.about)?;
        let about = ledger::seal(c, ring, case.citizen_id, ABOUT, &about)?;
        diesel::update(of(slot).filter(case_files::id.eq(id)))
            .set((
                case_files::citizen_id.eq(case.citizen_id),
                case_files::about.eq(about),
                case_files::handed_in_at.eq(Some(Stamp::from(now))),
            ))
            .execute(c)?;
    }
    let promised = promised_papers::table
        .filter(promised_papers::citizen_id.eq(slot.citizen))
        .filter(promised_papers::matter.eq(slot.matter))
        .filter(promised_papers::due_on.is_null());
    diesel::update(promised)
        .set((
            promised_papers::citizen_id.eq(case.citizen_id),
            promised_papers::due_on.eq(Some(by.on)),
            promised_papers::provisional.eq(by.provisional),
        ))
        .execute(c)?;
    Ok(())
}

/// What was put there for a correction belongs to the case from now on; with it promises are kept. `false`: at one of
/// these places nothing was put, and nothing changes.
pub fn complete(c: &mut Conn, now: Moment, case: &Case, needed: &[String]) -> Result<bool, CaseError> {
    let slot = of_case(case.citizen_id, case.id);
    let waiting = || of(slot).filter(case_files::handed_in_at.is_null());
    let places: Vec<String> = waiting().select(case_files::place).load(c)?;
    if !needed.iter().all(|place| places.contains(place)) {
        return Ok(false);
    }
    diesel::update(waiting()).set(case_files::handed_in_at.eq(Some(Stamp::from(now)))).execute(c)?;
    let promised = promised_papers::table
        .filter(promised_papers::citizen_id.eq(slot.citizen))
        .filter(promised_papers::matter.eq(slot.matter))
        .filter(promised_papers::place.eq_any(places));
    diesel::delete(promised).execute(c)?;
    Ok(true)
}

/// Where a case's papers stand.
pub fn of_case(citizen: CitizenId, case: CaseId) -> Slot {
    Slot { citizen, matter: DraftId::from(case.uuid()) }
}

/// Forgets the papers of a draft that is thrown away. Their files are swept later; without keys nobody reads them.
pub fn forget(c: &mut Conn, slot: Slot) -> Result<(), DbError> {
    diesel::delete(of(slot).filter(case_files::handed_in_at.is_null())).execute(c)?;
    let promised = promised_papers::table
        .filter(promised_papers::citizen_id.eq(slot.citizen))
        .filter(promised_papers::matter.eq(slot.matter))
        .filter(promised_papers::due_on.is_null());
    diesel::delete(promised).execute(c)?;
    Ok(())
}

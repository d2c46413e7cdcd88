//! `/verify/{code}`: anybody checks a code that stands on a paper. The page says what was proved, covered, and whether it
//! still holds; of a code that nobody gave out it says that and no more. And a file that was given out here: whether it is
//! as it was, and how what it is about stands now.

use std::time::Duration;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::views::{CheckView, CheckedFact, CheckedFile, CheckedView};
use crate::{
    cache::Key,
    catalogue::{Shelf, present::Presenter, views::Words as _},
    db::Conn,
    ledger::{self, LedgerError},
    web::{
        Failure, Page, Site, Uploaded, Visitor,
        checks::{Codes, Proved, Value},
        frame::Dates as _,
        household, query, see_other,
    },
};

/// So many codes an address may have looked up in a minute. Trying them finds none: they have eighty bits.
const A_MINUTE: u64 = 20;
const MINUTE: Duration = Duration::from_mins(1);
/// Longer nobody's code is.
const LONGEST: usize = 60;

/// `GET /verify`: the box for a code.
pub async fn check_page(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
) -> Result<Either<Page, HttpResponse>, Failure> {
    if let Some(code) = query(&request, "code").filter(|code| !code.trim().is_empty()) {
        let code: String = code.trim().chars().take(LONGEST).collect();
        let path: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
        // A space in a path is not a plus.
        return Ok(Either::Right(see_other(&format!("/verify/{}", path.replace('+', "%20")))));
    }
    Page::new(&empty(&visitor, &site)?).map(Either::Left)
}

fn empty(visitor: &Visitor, site: &Site) -> Result<CheckView, Failure> {
    Ok(CheckView {
        frame: visitor.frame(),
        csrf: visitor.form_token(site)?,
        code: String::new(),
        unknown: false,
        file: None,
        checked: None,
    })
}

/// Counts what an address looks up.
async fn bounded(visitor: &Visitor, site: &Site) -> Result<(), Failure> {
    let key = Key::new("verify-codes", &[&household(visitor.address())]);
    let tally = site.cache.count(&key, MINUTE, site.clock.now()).await;
    if tally.over(A_MINUTE) { Err(Failure::TooMany { retry_after: MINUTE.as_secs() }) } else { Ok(()) }
}

/// `GET /verify/{code}`.
pub async fn check(
    visitor: Visitor,
    (site, shelf, codes): (Data<Site>, Data<Shelf>, Data<Codes>),
    code: Path<String>,
) -> Result<Page, Failure> {
    bounded(&visitor, &site).await?;
    let typed: String = code.chars().take(LONGEST).collect();
    let (asked, codes) = (typed.clone(), codes.get_ref().clone());
    let proved = site.db.read(move |c| codes.check(c, &asked)).await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let status = if proved.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let view = CheckView {
        code: typed,
        unknown: proved.is_none(),
        checked: proved.map(|proved| checked(present, proved)),
        ..empty(&visitor, &site)?
    };
    Ok(Page::new(&view)?.status(status))
}

/// `POST /verify`: a file that somebody got.
pub async fn check_file(
    visitor: Visitor,
    (site, shelf, codes): (Data<Site>, Data<Shelf>, Data<Codes>),
    sent: Uploaded,
) -> Result<Page, Failure> {
    bounded(&visitor, &site).await?;
    let view = empty(&visitor, &site)?;
    let Some(file) = sent.file else {
        let view = CheckView { file: Some(CheckedFile::Missing), ..view };
        return Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let (ring, codes) = (site.keys.clone(), codes.get_ref().clone());
    let read = move |c: &mut Conn| {
        let Some(signed) = ledger::signed_file(c, &ring, &file.bytes)? else { return Ok(None) };
        let proved = match code_in(signed) {
            Some(code) => codes.check(c, code)?,
            None => None,
        };
        Ok::<_, LedgerError>(Some(proved))
    };
    let Some(proved) = site.db.read(read).await? else {
        let view = CheckView { file: Some(CheckedFile::Wrong), ..view };
        return Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let checked = proved.map(|proved| checked(present, proved));
    Page::new(&CheckView { file: Some(CheckedFile::Right), checked, ..view })
}

/// The code that stands in a file of ours.
fn code_in(signed: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(signed).ok()?;
    let (_, rest) = text.split_once("<meta name=\"yimen-code\" content=\"")?;
    rest.split_once('"').map(|(code, _)| code)
}

fn checked(present: Presenter<'_>, proved: Proved) -> CheckedView {
    let (t, catalogue) = (present.t, present.catalogue);
    let value = |value: Value| match value {
        Value::Covered(text) | Value::Text(text) => text,
        Value::CaseState(state) => t.case_state(&state),
        Value::Fen(fen) => t.yuan(&fen),
        Value::Day(day) => t.day(&day),
        Value::Service(code) => {
            catalogue.service(&code).map_or(code, |entry| present.text(&entry.service.name).text)
        }
        Value::Agency(slug) => {
            catalogue.agency(&slug).map_or(slug, |entry| present.text(&entry.agency.name).text)
        }
        Value::Licence(kind) => {
            catalogue.licence(&kind).map_or(kind, |(_, licence)| present.text(&licence.name).text)
        }
        Value::LicenceState(state) => t.licence_state(state),
    };
    let facts = proved.facts.into_iter();
    CheckedView {
        kind: proved.kind.to_owned(),
        valid: proved.valid,
        facts: facts
            .map(|fact| CheckedFact { label: fact.label.to_owned(), value: value(fact.value) })
            .collect(),
    }
}

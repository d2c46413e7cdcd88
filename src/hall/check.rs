//! `/verify/{code}`: anybody checks a code that stands on a paper. The page says what was proved, covered, and whether it
//! still holds; of a code that nobody gave out it says that and no more.

use std::time::Duration;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::views::{CheckView, CheckedFact, CheckedView};
use crate::{
    cache::Key,
    catalogue::{Shelf, present::Presenter, views::Words as _},
    web::{
        Failure, Page, Site, Visitor,
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
    request: HttpRequest,
) -> Result<Either<Page, HttpResponse>, Failure> {
    if let Some(code) = query(&request, "code").filter(|code| !code.trim().is_empty()) {
        let code: String = code.trim().chars().take(LONGEST).collect();
        let path: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
        // A space in a path is not a plus.
        return Ok(Either::Right(see_other(&format!("/verify/{}", path.replace('+', "%20")))));
    }
    let view = CheckView { frame: visitor.frame(), code: String::new(), unknown: false, checked: None };
    Page::new(&view).map(Either::Left)
}

/// `GET /verify/{code}`.
pub async fn check(
    visitor: Visitor,
    (site, shelf, codes): (Data<Site>, Data<Shelf>, Data<Codes>),
    code: Path<String>,
) -> Result<Page, Failure> {
    let key = Key::new("verify-codes", &[&household(visitor.address())]);
    let tally = site.cache.count(&key, MINUTE, site.clock.now()).await;
    if tally.over(A_MINUTE) {
        return Err(Failure::TooMany { retry_after: MINUTE.as_secs() });
    }
    let typed: String = code.chars().take(LONGEST).collect();
    let (asked, codes) = (typed.clone(), codes.get_ref().clone());
    let proved = site.db.read(move |c| codes.check(c, &asked)).await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let status = if proved.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let view = CheckView {
        frame: visitor.frame(),
        code: typed,
        unknown: proved.is_none(),
        checked: proved.map(|proved| checked(present, proved)),
    };
    Ok(Page::new(&view)?.status(status))
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

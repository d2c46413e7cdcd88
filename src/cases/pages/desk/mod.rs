//! `/agency/cases`: the officers' desk.

mod ahead;
mod case;
mod copies;
mod copy;
mod counter;
mod give;
mod list;
mod mend;
mod order;
mod settle;

pub use ahead::{due, export_due};
pub use case::{case, file, number};
pub use copies::{copied, copies};
pub use copy::copy;
pub use counter::{counter, counter_page, hand_in};
pub use give::{assign, bulk};
pub use list::list;
pub use order::{form, post};
pub use settle::settle;

use std::collections::HashMap;

use actix_web::{HttpRequest, web::Path};
use chrono::NaiveDate;

use crate::{
    accounts::{
        inquiries::{Standing, standing},
        staff::{Member, StaffError, pages::present_member},
    },
    cases::{
        desk::{
            DeskError, Line, Seat, Work,
            views::{Came, CaseRow, ClockLine},
        },
        life::State,
        reference_of,
    },
    catalogue::present::Presenter,
    ledger::StaffId,
    platform::Texts,
    web::{Failure, Site, Visitor, frame::Text, query},
};

pub(super) const LIST: &str = "/agency/cases";

/// The address of a case at the desk.
pub(super) fn address(reference: &str) -> String {
    format!("{LIST}/{reference}")
}

/// Where the member of staff before the screen sits.
async fn seat(visitor: &Visitor, site: &Site) -> Result<Seat, Failure> {
    let (member, signed) = present_member(visitor, site).await?;
    Ok(Seat::of(member, &signed)?)
}

fn number_of(path: &Path<String>) -> Result<String, Failure> {
    reference_of(path).ok_or(Failure::NotFound)
}

/// What came of a form, from the address that it led to.
fn said(t: Texts, request: &HttpRequest) -> Came {
    Some(match query(request, "said")?.as_str() {
        "done" => ("ok", t.desk_said_done()),
        "proposed" => ("ok", t.desk_said_proposed()),
        "confirmed" => ("ok", t.desk_said_confirmed()),
        "returned" => ("ok", t.desk_said_returned()),
        "assigned" => ("ok", t.desk_said_assigned()),
        "claimed" => ("ok", t.desk_said_claimed()),
        "released" => ("ok", t.desk_said_released()),
        "mended" => ("ok", t.desk_said_mended()),
        "taken" => ("warn", t.desk_said_taken()),
        "nothing" => ("warn", t.desk_said_nothing()),
        "not-now" => ("warn", t.desk_said_not_now()),
        "pending" => ("warn", t.desk_said_pending()),
        "own" => ("warn", t.desk_said_own()),
        "words" => ("warn", t.desk_said_words()),
        "reason" => ("warn", t.desk_reason_needed()),
        _ => return None,
    })
}

/// How what was refused is said on the page that it leads to; everything else is a failure of the page.
fn refusal(error: DeskError) -> Result<&'static str, Failure> {
    match error {
        DeskError::Taken => Ok("taken"),
        DeskError::Pending => Ok("pending"),
        DeskError::Own => Ok("own"),
        DeskError::NotWhole | DeskError::SeenBefore => Ok("words"),
        DeskError::Case(crate::cases::CaseError::NotNow) => Ok("not-now"),
        error => Err(error.into()),
    }
}

/// The names of colleagues.
fn names(site: &Site, colleagues: &[Member]) -> Result<HashMap<StaffId, String>, Failure> {
    let names = colleagues.iter().map(|one| Ok((one.id, one.name(&site.keys)?)));
    Ok(names.collect::<Result<_, StaffError>>()?)
}

/// Whose turn it is, and by when.
fn clock(present: Presenter<'_>, today: NaiveDate, line: &Line, work: &Work) -> Option<ClockLine> {
    let t = present.t;
    let plain = |colour, words: &str, due| {
        Some(ClockLine { due, provisional: false, colour, words: words.to_owned() })
    };
    if line.handover == "failed" {
        return plain("danger", t.desk_clock_failed(), None);
    }
    match State::named(&line.state)? {
        // Nothing is due any more, whatever was when the applicant took it back.
        state if state.is_final() => None,
        State::CorrectionRequired => plain("plain", t.desk_clock_applicant(), line.due_on),
        State::Suspended if work.clock_on.is_none_or(|on| on >= today) => {
            plain("plain", t.desk_clock_paused(), work.clock_on)
        }
        _ => {
            let due = work.clock_on?;
            let (colour, words) = left(present, today, due);
            Some(ClockLine { due: Some(due), provisional: work.provisional, colour, words })
        }
    }
}

/// How much is left until a last day: a colour, and the same in words.
fn left(present: Presenter<'_>, today: NaiveDate, due: NaiveDate) -> (&'static str, String) {
    let t = present.t;
    match standing(&present.catalogue.calendar, today, due) {
        Standing::OnTime(left) => ("ok", t.inquiry_left(left)),
        Standing::Soon(0) => ("warn", t.inquiry_last_day().to_owned()),
        Standing::Soon(left) => ("warn", t.inquiry_soon(left)),
        Standing::Late(0) => ("danger", t.inquiry_just_late().to_owned()),
        Standing::Late(days) => ("danger", t.inquiry_late(days)),
    }
}

/// A case without anything that says whose it is.
fn row(
    present: Presenter<'_>,
    today: NaiveDate,
    names: &HashMap<StaffId, String>,
    (line, work): (&Line, &Work),
) -> CaseRow {
    let service = present.catalogue.service(&line.service).map(|entry| &entry.service);
    let agency = present.catalogue.agency(&line.agency);
    let somebody = present.t.inquiry_with_somebody();
    CaseRow {
        reference: line.reference.clone(),
        name: service.map_or_else(|| Text::plain(&line.service), |service| present.text(&service.name)),
        agency: agency.map_or_else(|| Text::plain(&line.agency), |agency| present.agency(agency).text),
        state: line.state.clone(),
        submitted: super::case::local(line.submitted_at.moment()),
        unread: work.is_unread(line.handed_at()) && line.handover == "desk",
        clock: clock(present, today, line, work),
        with: work.assigned_to.map(|to| names.get(&to).map_or(somebody, String::as_str).to_owned()),
    }
}

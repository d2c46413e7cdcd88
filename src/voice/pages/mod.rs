//! Pages of orders: those of everybody, those of whoever reported something, and those of staff.

mod act;
mod answers;
mod author;
mod choose;
mod desk;
mod dispute;
mod form;
mod mine;
mod order;
mod overview;
mod progress;
mod topics;
mod typed;

pub use act::{form, post};
pub use answers::{draft, draft_page, drafts, settle_draft};
pub use author::{author, author_page};
pub use choose::{answers, choose};
pub use desk::desk;
pub use dispute::{agency_dispute, agency_dispute_page, dispute, dispute_page};
pub use form::{guest, guest_page, new, new_page};
pub use mine::{judge, list, one, photo, withdraw};
pub use order::{contact, order, photo as desk_photo};
pub use overview::{export_overview, overview, overview_order};
pub use progress::{judge_as_guest, progress, progress_page};
pub use topics::{topics, topics_table};

use actix_web::HttpRequest;
use chrono::{NaiveDate, NaiveDateTime};
use yimen_contract::text::is_unprintable;

use super::{
    Clocks, Kind, Order, Step, VoiceError,
    desk::Seat,
    number_of,
    views::{ElsewhereLine, OrderLine, StepLine},
};
use crate::{
    accounts::{
        inquiries::{Standing, standing},
        staff::pages::AtAgencies,
    },
    cases::desk::views::ClockLine,
    catalogue::{Shelf, present::Presenter},
    ledger::CitizenId,
    platform::{Moment, Texts, clock::CITY_ZONE},
    web::{Failure, Site, Visitor, frame::Text, query, session::Realm},
};

const DESK: &str = "/agency/voice";
const MINE: &str = "/me/voice";
/// Longest text of a report or an answer, in characters.
const LONGEST: usize = 2000;

fn clocks(shelf: &Shelf) -> Result<Clocks, Failure> {
    Clocks::of(&shelf.edition()?)
}

fn citizen(visitor: &Visitor) -> Result<CitizenId, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    Ok(CitizenId::from(session.signed.subject))
}

/// Where the member of staff before the screen sits. Whoever has nothing to do with orders is refused.
async fn seat(visitor: &Visitor, site: &Site, clocks: &Clocks) -> Result<Seat, Failure> {
    let seat = any_seat(visitor, site, clocks).await?;
    if seat.works() { Ok(seat) } else { Err(Failure::Refused) }
}

async fn any_seat(visitor: &Visitor, site: &Site, clocks: &Clocks) -> Result<Seat, Failure> {
    Ok(Seat::of(&AtAgencies::of(visitor, site).await?, clocks)?)
}

fn kind_of(path: &str) -> Result<Kind, Failure> {
    Kind::named(path).filter(|kind| Kind::OPEN.contains(kind)).ok_or(Failure::NotFound)
}

fn number_in(path: &str) -> Result<String, Failure> {
    number_of(path).ok_or(Failure::NotFound)
}

/// Words of a length that people read, without signs that nobody sees. Lines may be broken.
fn fits(text: &str, least: usize, most: usize) -> bool {
    let hidden = |c: char| is_unprintable(c) && !matches!(c, '\n' | '\r');
    (least..=most).contains(&text.chars().count()) && !text.chars().any(hidden)
}

fn local(at: Moment) -> NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

/// What an agency is called; its public name if it has left the city.
fn agency_name(present: Presenter<'_>, slug: &str) -> Text {
    let entry = present.catalogue.agency(slug);
    entry.map_or_else(|| Text::plain(slug), |entry| present.agency(entry).text)
}

/// Whose turn it is to do something, and by when.
fn clock(present: Presenter<'_>, today: NaiveDate, order: &Order) -> Option<ClockLine> {
    let (t, due) = (present.t, order.due_on?);
    let state = order.state().ok()?;
    if !state.waits_for_desk() && !state.waits_for_unit() {
        return None;
    }
    let (colour, words) = match standing(&present.catalogue.calendar, today, due) {
        Standing::OnTime(left) => ("ok", t.inquiry_left(left)),
        Standing::Soon(0) => ("warn", t.inquiry_last_day().to_owned()),
        Standing::Soon(left) => ("warn", t.inquiry_soon(left)),
        Standing::Late(0) => ("danger", t.inquiry_just_late().to_owned()),
        Standing::Late(days) => ("danger", t.inquiry_late(days)),
    };
    Some(ClockLine { due: Some(due), provisional: order.provisional, colour, words })
}

fn line(present: Presenter<'_>, today: NaiveDate, order: &Order, base: &str) -> OrderLine {
    let city = &present.catalogue.city;
    let topic = order.topic.as_deref().and_then(|id| city.voice.as_ref()?.topic(id));
    let district = order.district.as_deref();
    let district = district.and_then(|code| city.city.districts.iter().find(|one| one.code == code));
    OrderLine {
        url: format!("{base}/{}", order.number),
        number: order.number.clone(),
        kind: order.kind.clone(),
        state: order.state.clone(),
        topic: topic.map(|topic| present.text(&topic.name)),
        agency: order.agency.as_deref().map(|slug| agency_name(present, slug)),
        district: district.map(|one| present.text(&one.name)),
        made: local(order.made_at.moment()),
        clock: clock(present, today, order),
        supervised: order.is_supervised(),
        secret: order.secret,
    }
}

fn step_line(present: Presenter<'_>, step: &Step) -> StepLine {
    let policy = present.catalogue.city.voice.as_ref();
    let elsewhere = step.said.elsewhere.as_deref().and_then(|id| policy?.elsewhere(id));
    StepLine {
        act: step.act.clone(),
        at: local(step.at),
        by: step.agency.as_deref().map(|slug| agency_name(present, slug)),
        words: step.said.words.clone(),
        elsewhere: elsewhere
            .map(|one| ElsewhereLine { name: present.text(&one.name), turn_to: present.text(&one.turn_to) }),
        number: step.said.number.clone(),
        finding: step.said.finding.clone(),
    }
}

/// What came of a form, from the address that it led to.
fn said(t: Texts, request: &HttpRequest) -> Option<(&'static str, String)> {
    let (kind, words) = match query(request, "said")?.as_str() {
        "sent" => ("ok", t.voice_said_sent()),
        "judged" => ("ok", t.voice_said_judged()),
        "withdrawn" => ("ok", t.voice_said_withdrawn()),
        "done" => ("ok", t.voice_said_done()),
        "drafted" => ("ok", t.voice_said_drafted()),
        "published" => ("ok", t.voice_said_published()),
        "discarded" => ("ok", t.voice_said_discarded()),
        "not-now" => ("warn", t.voice_said_not_now()),
        "own" => ("warn", t.voice_said_own()),
        "words" => ("warn", t.voice_said_words()),
        _ => return None,
    };
    Some((kind, words.to_owned()))
}

/// How a refusal is said on the page that it leads to; everything else is a failure of the page.
fn refusal(error: VoiceError) -> Result<&'static str, Failure> {
    match error {
        VoiceError::NotNow => Ok("not-now"),
        VoiceError::Own => Ok("own"),
        VoiceError::NotWhole => Ok("words"),
        other => Err(other.into()),
    }
}

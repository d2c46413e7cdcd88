//! An order opened by staff: each report in it is a look that whoever wrote it sees. Who they are is shown masked, and of what
//! is secret not at all: then their words are shown without what tells who somebody is.

use diesel::prelude::*;
use yimen_scores::mask;

use super::{
    By, Order, OrderId, ReportId, Step, VoiceError, Words,
    desk::{self, Seat},
    disputes::{self, Disputed},
    photos, steps,
    take::{GUESTS, WORDS},
};
use crate::{
    accounts::{self, masking},
    cases::papers::FileId,
    db::{
        Conn, Sealed, Stamp,
        schema::{voice_guests, voice_orders, voice_reports},
    },
    ledger::{self, Actor, Basis, CitizenId, Look, Private, Purpose, StaffId},
    platform::{Moment, keys::KeyRing},
};

/// So many reports of one order are opened at once.
const MOST: i64 = 20;

/// What somebody reported, as staff read it.
#[derive(Debug, Clone)]
pub struct Report {
    pub words: Words,
    pub at: Moment,
    /// Masked; nothing where it is secret, or where there is no account.
    pub name: Option<String>,
    pub photos: Vec<FileId>,
}

/// An order as staff read it.
#[derive(Debug)]
pub struct Opened {
    pub order: Order,
    /// What is disputed, if it is a dispute.
    pub dispute: Option<Disputed>,
    pub reports: Vec<Report>,
    pub steps: Vec<Step>,
    /// Agencies that help, by public name.
    pub helpers: Vec<String>,
    /// The one that it went into.
    pub merged_into: Option<String>,
    /// Whether the reader's unit is one that helps.
    pub helps: bool,
}

/// Who somebody is, for a reason that they read.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    pub name: Option<String>,
    pub phone: Option<String>,
}

type Named = (CitizenId, ReportId, Private, Stamp);
type Unnamed = (ReportId, Sealed, Stamp);

/// Those who reported an order or one of its duplicates from an account.
fn named(c: &mut Conn, id: OrderId) -> Result<Vec<Named>, VoiceError> {
    Ok(voice_reports::table
        .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_reports::order_id)))
        .filter(voice_orders::id.eq(id).or(voice_orders::merged_into.eq(Some(id))))
        .order(voice_reports::id)
        .limit(MOST)
        .select((voice_reports::citizen_id, voice_reports::id, voice_reports::words, voice_reports::made_at))
        .load(c)?)
}

fn unnamed(c: &mut Conn, id: OrderId) -> Result<Vec<Unnamed>, VoiceError> {
    Ok(voice_guests::table
        .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_guests::order_id)))
        .filter(voice_orders::id.eq(id).or(voice_orders::merged_into.eq(Some(id))))
        .order(voice_guests::id)
        .limit(MOST)
        .select((voice_guests::id, voice_guests::words, voice_guests::made_at))
        .load(c)?)
}

fn look<'a>(citizen: CitizenId, staff: StaffId, fields: &'a [&'a str]) -> Look<'a> {
    Look {
        citizen,
        actor: Actor::Staff(staff),
        purpose: Purpose::Service,
        basis: Basis::Duty,
        fields,
        detail: None,
    }
}

/// Without what tells who somebody is.
fn hide(text: &str) -> String {
    mask::mask(text).text
}

/// What staff read of words whose author is secret.
fn covered(words: &Words) -> Words {
    Words {
        title: hide(&words.title),
        text: hide(&words.text),
        place: hide(&words.place),
        phone: String::new(),
    }
}

/// The steps of an order, and in place of what whoever reported it said of the answer, what of that is shown.
fn steps_shown(
    c: &mut Conn,
    ring: &KeyRing,
    order: &Order,
    shown: impl Fn(&str) -> String,
) -> Result<Vec<Step>, VoiceError> {
    let mut steps = steps::of_order(c, ring, order.id)?;
    for step in steps.iter_mut().filter(|step| step.by == By::Reporter.tag()) {
        step.said.words = shown(&step.said.words);
    }
    Ok(steps)
}

/// Opens an order.
pub fn open(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    number: &str,
) -> Result<Opened, VoiceError> {
    let order = desk::one(c, seat, number)?;
    let reports = reports(c, ring, now, (seat.member.id, order.secret), &order)?;
    let helpers = desk::helpers(c, order.id)?;
    let helps = desk::helps(seat, &helpers).is_some();
    let secret = order.secret;
    let steps = steps_shown(c, ring, &order, |words| if secret { hide(words) } else { words.to_owned() })?;
    whole(c, ring, order, (reports, steps), (helpers, helps))
}

/// Opens an order for whoever stands above the city's desk: never with what tells who reported it, and of what is secret no
/// words at all.
pub fn open_above(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    staff: StaffId,
    number: &str,
) -> Result<Opened, VoiceError> {
    let found = voice_orders::table.filter(voice_orders::number.eq(number)).select(Order::as_select());
    let order: Order = found.first(c).optional()?.ok_or(VoiceError::Unknown)?;
    let mut reports = if order.secret { Vec::new() } else { reports(c, ring, now, (staff, true), &order)? };
    // Pictures are for those who deal with it.
    for report in &mut reports {
        report.photos.clear();
    }
    let helpers = desk::helpers(c, order.id)?;
    let secret = order.secret;
    let steps = steps_shown(c, ring, &order, |words| if secret { String::new() } else { hide(words) })?;
    whole(c, ring, order, (reports, steps), (helpers, false))
}

fn whole(
    c: &mut Conn,
    ring: &KeyRing,
    order: Order,
    (reports, steps): (Vec<Report>, Vec<Step>),
    (helpers, helps): (Vec<(String, String)>, bool),
) -> Result<Opened, VoiceError> {
    let merged_into = match order.merged_into {
        Some(id) => Some(voice_orders::table.find(id).select(voice_orders::number).first(c)?),
        None => None,
    };
    Ok(Opened {
        steps,
        helps,
        helpers: helpers.into_iter().map(|(agency, _)| agency).collect(),
        dispute: disputes::disputed(c, ring, &order)?,
        reports,
        merged_into,
        order,
    })
}

/// What was reported, for a reader from whom it may be covered who did.
fn reports(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (me, cover): (StaffId, bool),
    order: &Order,
) -> Result<Vec<Report>, VoiceError> {
    let (rows, guests) = (named(c, order.id)?, unnamed(c, order.id)?);
    let ids: Vec<ReportId> = rows.iter().map(|row| row.1).chain(guests.iter().map(|row| row.0)).collect();
    let pictures = photos::of(c, &ids)?;
    let of = |id: ReportId| {
        pictures.iter().filter(|(report, _)| *report == id).map(|(_, photo)| *photo).collect::<Vec<_>>()
    };
    let shown = |words: Words| if cover { covered(&words) } else { words };
    let mut all = Vec::with_capacity(ids.len());
    for (citizen, id, words, at) in rows {
        let fields: &[&str] = if cover { &["said"] } else { &["name", "said"] };
        let warrant = ledger::look(c, ring, now, &look(citizen, me, fields))?;
        let name = if cover { None } else { accounts::name(c, ring, &warrant)? };
        let words = Words::read(&warrant.open(c, ring, WORDS, &words)?)?;
        all.push(Report {
            words: shown(words),
            at: at.moment(),
            name: name.as_deref().map(masking::name),
            photos: of(id),
        });
    }
    for (id, words, at) in guests {
        let words = Words { phone: String::new(), ..Words::read(&words.open(ring, GUESTS)?)? };
        all.push(Report { words: shown(words), at: at.moment(), name: None, photos: of(id) });
    }
    Ok(all)
}

/// Who reported an order that is not secret, for a reason.
pub fn contact(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    (number, reason): (&str, &str),
) -> Result<Vec<Contact>, VoiceError> {
    let order = desk::one(c, seat, number)?;
    if order.secret {
        return Err(VoiceError::NotNow);
    }
    people(c, ring, now, (seat.member.id, Purpose::Service), (&order, reason))
}

/// Who sent something whose sender is secret: an administrator above the city's desk learns it for a reason, nobody else.
pub fn author(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    (number, reason): (&str, &str),
) -> Result<Vec<Contact>, VoiceError> {
    if !seat.sees_author {
        return Err(VoiceError::Unknown);
    }
    let found = voice_orders::table.filter(voice_orders::number.eq(number)).select(Order::as_select());
    let order = found.first(c).optional()?.filter(|order: &Order| order.secret).ok_or(VoiceError::Unknown)?;
    people(c, ring, now, (seat.member.id, Purpose::LegalOrder), (&order, reason))
}

fn people(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (staff, purpose): (StaffId, Purpose),
    (order, reason): (&Order, &str),
) -> Result<Vec<Contact>, VoiceError> {
    if reason.trim().is_empty() {
        return Err(VoiceError::NotWhole);
    }
    let mut all = Vec::new();
    for (citizen, ..) in named(c, order.id)? {
        let look = Look { purpose, detail: Some(reason), ..look(citizen, staff, &["name", "phone"]) };
        let warrant = ledger::look(c, ring, now, &look)?;
        let details = accounts::details(c, ring, &warrant)?;
        all.push(Contact { name: details.name, phone: details.phone });
    }
    for (_, words, _) in unnamed(c, order.id)? {
        let words = Words::read(&words.open(ring, GUESTS)?)?;
        all.push(Contact { name: None, phone: Some(words.phone).filter(|phone| !phone.is_empty()) });
    }
    Ok(all)
}

/// A picture or a document of an order, with the look that opening it is.
pub fn photo(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    (number, id): (&str, FileId),
) -> Result<photos::Exhibit, VoiceError> {
    let order = desk::one(c, seat, number)?;
    let (rows, guests) = (named(c, order.id)?, unnamed(c, order.id)?);
    let ids: Vec<ReportId> = rows.iter().map(|row| row.1).chain(guests.iter().map(|row| row.0)).collect();
    let picture = photos::opened(c, ring, &ids, id)?;
    let with = photos::of(c, &ids)?.into_iter().find(|(_, photo)| *photo == id).map(|(report, _)| report);
    let owner = rows.iter().find(|row| Some(row.1) == with).map(|row| row.0);
    if let Some(citizen) = owner {
        ledger::look(c, ring, now, &look(citizen, seat.member.id, &["papers"]))?;
    }
    Ok(picture)
}

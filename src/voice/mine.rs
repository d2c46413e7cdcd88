//! What people read of their own: by their account, or without one by number and code.

use diesel::prelude::*;

use super::{
    Act, Order, ReportId, Step, Verdict, VoiceError, Words, photos, steps,
    take::{GUESTS, WORDS, digest},
};
use crate::{
    cases::papers::FileId,
    db::{
        Conn, DbError, Sealed,
        schema::{voice_guests, voice_orders, voice_reports},
    },
    ledger::{self, CitizenId, Private},
    platform::keys::KeyRing,
};

/// So many stand on a page.
const MOST: i64 = 100;

/// Whose an order is, as they name it.
#[derive(Debug, Clone)]
pub enum Whose {
    /// With the order's number.
    Citizen(CitizenId, String),
    /// Number and code.
    Guest(String, String),
}

impl Whose {
    pub const fn citizen(&self) -> Option<CitizenId> {
        match self {
            Self::Citizen(citizen, _) => Some(*citizen),
            Self::Guest(..) => None,
        }
    }

    /// The report and its order. Without the right code there is none.
    pub(super) fn find(&self, c: &mut Conn, ring: &KeyRing) -> Result<(ReportId, Order), VoiceError> {
        let found = match self {
            Self::Citizen(citizen, number) => voice_reports::table
                .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_reports::order_id)))
                .filter(voice_reports::citizen_id.eq(citizen))
                .filter(voice_orders::number.eq(number))
                .select((voice_reports::id, Order::as_select()))
                .first(c)
                .optional()?,
            Self::Guest(number, code) => voice_guests::table
                .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_guests::order_id)))
                .filter(voice_guests::code.eq(digest(ring, code)))
                .filter(voice_orders::number.eq(number))
                .select((voice_guests::id, Order::as_select()))
                .first(c)
                .optional()?,
        };
        found.ok_or(VoiceError::Unknown)
    }
}

/// An order as whoever reported it reads it.
#[derive(Debug, Clone)]
pub struct Told {
    /// As they know it.
    pub order: Order,
    /// The one that goes on, where theirs is a duplicate.
    pub goes_on: Option<Order>,
    pub words: Words,
    pub photos: Vec<FileId>,
    /// What they may read of what happened.
    pub steps: Vec<Step>,
    pub verdict: Option<Verdict>,
}

impl Told {
    /// The order that is dealt with.
    pub fn current(&self) -> &Order {
        self.goes_on.as_ref().unwrap_or(&self.order)
    }
}

/// Everything that somebody reported, the latest first.
pub fn list(c: &mut Conn, citizen: CitizenId) -> Result<Vec<Order>, DbError> {
    Ok(voice_reports::table
        .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_reports::order_id)))
        .filter(voice_reports::citizen_id.eq(citizen))
        .order((voice_reports::made_at.desc(), voice_reports::id.desc()))
        .limit(MOST)
        .select(Order::as_select())
        .load(c)?)
}

/// One of them.
pub fn one(c: &mut Conn, ring: &KeyRing, whose: &Whose) -> Result<Told, VoiceError> {
    let (report, order) = whose.find(c, ring)?;
    let (words, verdict) = written(c, ring, whose, report)?;
    let goes_on = match order.merged_into {
        Some(id) => Some(voice_orders::table.find(id).select(Order::as_select()).first(c)?),
        None => None,
    };
    let mut all = steps::of_order(c, ring, order.id)?;
    if let Some(other) = &goes_on {
        // Of what happened to it before theirs came to it only the answer is theirs to read.
        let since = all.last().map(|step| step.at);
        let theirs = |step: &Step| step.act == Act::Reply.tag() || since.is_none_or(|since| step.at >= since);
        let later = steps::of_order(c, ring, other.id)?;
        all.extend(later.into_iter().filter(theirs));
    }
    let steps = all.into_iter().filter_map(readable).collect();
    let photos = photos::of(c, &[report])?.into_iter().map(|(_, id)| id).collect();
    Ok(Told { order, goes_on, words, photos, steps, verdict })
}

/// A step without what is between those who work on it; nothing for one that is theirs alone.
fn readable(mut step: Step) -> Option<Step> {
    step.staff = None;
    if step.act == "report" || step.act == "dissatisfied" {
        step.said = super::Said::default();
        return Some(step);
    }
    let act = Act::named(&step.act)?;
    if !act.is_read() {
        step.said = super::Said::default();
    }
    act.is_told().then_some(step)
}

fn written(
    c: &mut Conn,
    ring: &KeyRing,
    whose: &Whose,
    report: ReportId,
) -> Result<(Words, Option<Verdict>), VoiceError> {
    let (text, verdict) = if let Some(citizen) = whose.citizen() {
        let (words, verdict): (Private, Option<String>) = voice_reports::table
            .find((citizen, report))
            .select((voice_reports::words, voice_reports::verdict))
            .first(c)?;
        (ledger::own(citizen).open(c, ring, WORDS, &words)?, verdict)
    } else {
        let (words, verdict): (Sealed, Option<String>) =
            voice_guests::table.find(report).select((voice_guests::words, voice_guests::verdict)).first(c)?;
        (words.open(ring, GUESTS)?, verdict)
    };
    Ok((Words::read(&text)?, verdict.as_deref().and_then(Verdict::named)))
}

/// A picture or a document of one's own.
pub fn photo(c: &mut Conn, ring: &KeyRing, whose: &Whose, id: FileId) -> Result<photos::Exhibit, VoiceError> {
    let (report, _) = whose.find(c, ring)?;
    photos::opened(c, ring, &[report], id)
}

//! What happens to an order: each step through the one table, on record, and told to everybody who reported it.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Act, By, Clocks, Order, OrderId, State, StepId, VoiceError, life::next};
use crate::{
    db::{
        Conn, DbError, Sealed, Stamp,
        schema::{voice_orders, voice_reports, voice_steps},
    },
    jobs,
    ledger::{CitizenId, StaffId},
    notices::VoiceNews,
    platform::{Moment, keys::KeyRing},
};

/// Where what was said is sealed.
pub(super) const SAID: &str = "voice_steps.said";

/// What was said with a step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Of what is not taken: the kind of matter in the city's list, which says where to go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<String>,
    /// Of a duplicate: the number under which it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Of an answer: what came of it, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<String>,
}

impl Said {
    pub fn words(words: &str) -> Self {
        Self { words: words.to_owned(), ..Self::default() }
    }
}

/// Who does something.
#[derive(Debug, Clone)]
pub(super) struct Doer {
    pub by: By,
    pub staff: Option<StaffId>,
    /// The agency for which they do it.
    pub agency: Option<String>,
}

impl Doer {
    pub const fn plain(by: By) -> Self {
        Self { by, staff: None, agency: None }
    }
}

/// A step as it is shown.
#[derive(Debug, Clone)]
pub struct Step {
    pub at: Moment,
    pub by: String,
    pub staff: Option<StaffId>,
    pub agency: Option<String>,
    pub act: String,
    pub to: String,
    pub said: Said,
}

/// An order for whoever is about to change it: nobody else does so meanwhile.
pub(super) fn held(c: &mut Conn, id: OrderId) -> Result<Order, VoiceError> {
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    let row = voice_orders::table.find(id);
    diesel::update(row).set(voice_orders::changed_at.eq(voice_orders::changed_at)).execute(c)?;
    let found = row.select(Order::as_select()).first(c).optional()?;
    found.ok_or(VoiceError::Unknown)
}

/// Takes a step with an order that is held: through the table, on record. The caller saves the order with whatever else
/// changes with it.
pub(super) fn take(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    order: &mut Order,
    (act, doer): (Act, &Doer),
    said: &Said,
) -> Result<State, VoiceError> {
    let to = next(order.state()?, act, doer.by).ok_or(VoiceError::NotNow)?;
    to.tag().clone_into(&mut order.state);
    order.changed_at = now.into();
    write(c, ring, now, order, (act.tag(), doer), said)?;
    Ok(to)
}

/// Writes a step down.
pub(super) fn write(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    order: &Order,
    (act, doer): (&str, &Doer),
    said: &Said,
) -> Result<(), VoiceError> {
    let sealed = if *said == Said::default() {
        None
    } else {
        let text = serde_json::to_string(said).map_err(|error| VoiceError::Stored(error.to_string()))?;
        Some(Sealed::new(ring, SAID, &text)?)
    };
    diesel::insert_into(voice_steps::table)
        .values((
            voice_steps::id.eq(StepId::new()),
            voice_steps::order_id.eq(order.id),
            voice_steps::at.eq(Stamp::from(now)),
            voice_steps::by_kind.eq(doer.by.tag()),
            voice_steps::by_staff.eq(doer.staff),
            voice_steps::agency.eq(doer.agency.as_deref()),
            voice_steps::act.eq(act),
            voice_steps::to_state.eq(&order.state),
            voice_steps::said.eq(sealed),
        ))
        .execute(c)?;
    Ok(())
}

/// Keeps an order as it is now.
pub(super) fn save(c: &mut Conn, order: &Order) -> Result<(), VoiceError> {
    diesel::update(voice_orders::table.find(order.id)).set(order).execute(c)?;
    Ok(())
}

/// Winds the clock, keeps the order, and tells everybody who reported it, also under the numbers of its duplicates.
pub(super) fn settle(
    c: &mut Conn,
    clocks: &Clocks,
    now: Moment,
    order: &mut Order,
    act: Act,
    but: Option<CitizenId>,
) -> Result<(), VoiceError> {
    clocks.wind(order, now)?;
    save(c, order)?;
    if act.is_told() {
        tell(c, now, order, but)?;
    }
    Ok(())
}

/// Everybody who reported an order or one of its duplicates, with the number and kind that they know it by.
fn reporters(c: &mut Conn, id: OrderId) -> Result<Vec<(CitizenId, String, String)>, DbError> {
    Ok(voice_reports::table
        .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_reports::order_id)))
        .filter(voice_orders::id.eq(id).or(voice_orders::merged_into.eq(Some(id))))
        .order(voice_reports::id)
        .select((voice_reports::citizen_id, voice_orders::number, voice_orders::kind))
        .load(c)?)
}

/// `but`: whoever did it themself.
pub(super) fn tell(
    c: &mut Conn,
    now: Moment,
    order: &Order,
    but: Option<CitizenId>,
) -> Result<(), VoiceError> {
    let all = reporters(c, order.id)?.into_iter().filter(|(citizen, ..)| Some(*citizen) != but);
    let news: Vec<VoiceNews> = all
        .map(|(citizen, number, kind)| VoiceNews { citizen, number, kind, state: order.state.clone() })
        .collect();
    jobs::enqueue_all(c, now, &news)?;
    Ok(())
}

/// Whether a unit once said that an order is not its own.
pub(super) fn was_given_back(c: &mut Conn, id: OrderId) -> Result<bool, DbError> {
    let given = voice_steps::table
        .filter(voice_steps::order_id.eq(id))
        .filter(voice_steps::act.eq(Act::GiveBack.tag()));
    Ok(diesel::select(diesel::dsl::exists(given)).get_result(c)?)
}

type Row = (Stamp, String, Option<StaffId>, Option<String>, String, String, Option<Sealed>);

/// The steps of an order, the first one first.
pub(super) fn of_order(c: &mut Conn, ring: &KeyRing, id: OrderId) -> Result<Vec<Step>, VoiceError> {
    let rows: Vec<Row> = voice_steps::table
        .filter(voice_steps::order_id.eq(id))
        .order(voice_steps::id)
        .select((
            voice_steps::at,
            voice_steps::by_kind,
            voice_steps::by_staff,
            voice_steps::agency,
            voice_steps::act,
            voice_steps::to_state,
            voice_steps::said,
        ))
        .load(c)?;
    let step = |(at, by, staff, agency, act, to, said): Row| {
        let said = match said {
            Some(sealed) => serde_json::from_str(&sealed.open(ring, SAID)?)
                .map_err(|error| VoiceError::Stored(error.to_string()))?,
            None => Said::default(),
        };
        Ok(Step { at: at.moment(), by, staff, agency, act, to, said })
    };
    rows.into_iter().map(step).collect()
}

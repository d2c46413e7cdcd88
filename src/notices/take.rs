//! Ways that are to be taken, marked before they are handed over. Whoever dies in between leaves the marks, and the next one
//! knows of each that it may have gone out already.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::{
    again::{self, UNDELIVERED},
    courier::Courier,
    manners::{self, Manners},
    model::{Carrier, OutletId, Place, Spot, Stand, Suppressed, WayId},
    providers::Whom,
    say::Parcel,
    send::{TWICE, settle},
    spots,
};
use crate::{
    accounts::ContactId,
    db::{Conn, DbError, Sealed, Stamp, among, schema::notice_ways},
    jobs::Failure,
    ledger::CitizenId,
    platform::Moment,
};

/// So often a provider that may have it and knows a repeat is asked before another one is.
const PATIENCE: i32 = 5;

/// What is handed over now.
pub(super) struct Taken {
    pub place: (CitizenId, WayId),
    pub carrier: Carrier,
    pub outlet: Option<OutletId>,
    pub parcel: Parcel,
    pub due: Moment,
    pub whom: Whom,
}

/// What is to be done about a way.
pub(super) enum Step {
    /// Nothing any more.
    Over,
    /// Nothing now.
    Failed(Failure),
    HandOver(Box<Taken>),
}

/// A way as it is kept.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = notice_ways)]
struct Kept {
    citizen_id: CitizenId,
    id: WayId,
    state: String,
    channel: String,
    uncertain: bool,
    parcel: Option<Sealed>,
    due_at: Stamp,
    contact_id: Option<ContactId>,
    outlet_id: Option<OutletId>,
    held: Option<i32>,
    tries: i32,
}

impl Kept {
    /// Whether handing it over now may be the second time, and to whom it is handed.
    fn stands(&self, courier: &Courier, carrier: Carrier) -> (bool, Whom) {
        if courier.knows_repeats(carrier) {
            return (false, Whom::Any);
        }
        let died = Stand::named(&self.state) == Some(Stand::Trying);
        // Of text messages, and those for apps, each provider knows its own; with mail no server does.
        let patient = !died && carrier != Carrier::Email && self.tries < PATIENCE;
        match self.held {
            Some(held) if patient => (false, Whom::Only(held)),
            Some(held) => (true, Whom::Others(held)),
            None => (died, Whom::Any),
        }
    }
}

/// What is found of a way.
enum Found {
    Over,
    /// It ends here, as it stands then and for this reason.
    End(Stand, &'static str),
    Failed(Failure),
    /// It goes out, perhaps for the second time.
    Goes(Box<Taken>, bool),
}

/// How its receiver can be reached and wants to be.
struct Reader<'a> {
    spots: &'a [Spot],
    manners: &'a Manners,
}

/// Marks ways and opens what is to be handed over; says of each, in their order, what is to be done. However many they are, they
/// are read and marked with the same few statements.
pub(super) fn take(
    c: &mut Conn,
    courier: &Courier,
    places: &[(CitizenId, WayId)],
) -> Result<Vec<Step>, DbError> {
    let now = courier.clock.now();
    let kept: Vec<Kept> = notice_ways::table
        .filter(among(notice_ways::citizen_id, notice_ways::id, places))
        .select(Kept::as_select())
        .load(c)?;
    let citizens: BTreeSet<CitizenId> = kept.iter().map(|way| way.citizen_id).collect();
    let citizens: Vec<CitizenId> = citizens.into_iter().collect();
    let (spots, manners) = (spots::of_each(c, &citizens)?, manners::of_each(c, &citizens)?);
    let usual = Manners::default();
    let kept: HashMap<(CitizenId, WayId), Kept> =
        kept.into_iter().map(|way| ((way.citizen_id, way.id), way)).collect();
    let (mut seen, mut steps) = (HashSet::new(), Vec::with_capacity(places.len()));
    let (mut going, mut repeated) = (Vec::new(), Vec::new());
    let mut ends: BTreeMap<(Stand, &'static str), Vec<(CitizenId, WayId)>> = BTreeMap::new();
    for place in places {
        if !seen.insert(*place) {
            steps.push(Step::Failed(Failure::retry("it is on its way just now")));
            continue;
        }
        let reader = Reader {
            spots: spots.get(&place.0).map(Vec::as_slice).unwrap_or_default(),
            manners: manners.get(&place.0).unwrap_or(&usual),
        };
        steps.push(match kept.get(place).map_or(Found::Over, |way| find(courier, way, &reader)) {
            Found::Over => Step::Over,
            Found::Failed(failure) => Step::Failed(failure),
            Found::End(stand, reason) => {
                ends.entry((stand, reason)).or_default().push(*place);
                Step::Over
            }
            Found::Goes(taken, twice) => {
                going.push(*place);
                repeated.extend(twice.then_some(*place));
                Step::HandOver(taken)
            }
        });
    }
    // A statement for each reason, of which there are four.
    for ((stand, reason), ways) in &ends {
        settle(c, now, ways, *stand, Some(*reason))?;
    }
    let unreached = ends.remove(&(Stand::Failed, UNDELIVERED)).unwrap_or_default();
    again::otherwise(c, now, &unreached)?;
    mark(c, &going, &repeated)?;
    Ok(steps)
}

/// What is to be done about a way that is kept.
fn find(courier: &Courier, kept: &Kept, reader: &Reader<'_>) -> Found {
    let (Some(sealed), Some(carrier)) = (&kept.parcel, Carrier::named(&kept.channel)) else {
        return Found::Over;
    };
    let (twice, whom) = kept.stands(courier, carrier);
    if twice && kept.uncertain {
        return Found::End(Stand::Failed, TWICE);
    }
    // They took it off their account while it waited, or left.
    let leads = Place::of(kept.contact_id, kept.outlet_id);
    let Some(spot) = reader.spots.iter().find(|known| Some(known.place) == leads) else {
        return Found::End(Stand::Suppressed, Suppressed::NoAddress.tag());
    };
    let parcel = match Parcel::open(&courier.keys, sealed) {
        Ok(parcel) => parcel,
        Err(unreadable) => return Found::Failed(unreadable.into()),
    };
    let topic = parcel.news.topic();
    // They said that they want no more of these while it waited.
    if reader.manners.about(parcel.principal).wants(topic, carrier) == Some(false) {
        return Found::End(Stand::Suppressed, Suppressed::Chosen.tag());
    }
    // Others that went there before it never arrived.
    if !carrier.is_usual() && spot.unreached && !topic.is_urgent() {
        return Found::End(Stand::Failed, UNDELIVERED);
    }
    let (place, outlet, due) = ((kept.citizen_id, kept.id), kept.outlet_id, kept.due_at.moment());
    Found::Goes(Box::new(Taken { place, carrier, outlet, parcel, due, whom }), twice)
}

/// These are being handed over, some of them perhaps for the second time.
fn mark(c: &mut Conn, going: &[(CitizenId, WayId)], repeated: &[(CitizenId, WayId)]) -> Result<(), DbError> {
    if !going.is_empty() {
        diesel::update(notice_ways::table.filter(among(notice_ways::citizen_id, notice_ways::id, going)))
            .set((notice_ways::state.eq(Stand::Trying.tag()), notice_ways::tries.eq(notice_ways::tries + 1)))
            .execute(c)?;
    }
    if !repeated.is_empty() {
        diesel::update(notice_ways::table.filter(among(notice_ways::citizen_id, notice_ways::id, repeated)))
            .set(notice_ways::uncertain.eq(true))
            .execute(c)?;
    }
    Ok(())
}

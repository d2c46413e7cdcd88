//! Where somebody has notices sent beside telephone and mailbox: a program of theirs at an https address, a browser, or the
//! city's app.
//!
//! A program's address is used once whoever is there gave a challenge back ([`super::confirm`]). What fails for long, or is
//! gone, is not tried any more until its owner says that it works again; a browser or an app that is gone is forgotten. What the
//! address and its keys are stays sealed.

use std::collections::{BTreeMap, HashMap};

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    confirm::Challenge,
    model::{Carrier, OutletId, Place, Spot},
};
use crate::{
    accounts::{AccountError, credentials},
    db::{Among, Conn, DbError, Stamp, among, schema::notice_outlets},
    jobs::Job as _,
    ledger::{self, CitizenId, LedgerError, Private, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Where target and name are sealed.
pub(super) const TARGET: &str = "notice_outlets.target";
pub(super) const NAME: &str = "notice_outlets.name";

/// So many somebody can have.
pub(super) const MOST: usize = 5;
/// After so many attempts in a row that failed, over so long a time, nothing more is sent there.
const TOO_OFTEN: i32 = 10;
const TOO_LONG: TimeDelta = TimeDelta::hours(1);

/// Where messages go, with what only that place and we know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Target {
    Webhook {
        address: String,
        /// Signs what is sent.
        secret: String,
    },
    Push {
        endpoint: String,
        /// The browser's public key and its secret, in base64url, as browsers give them.
        p256dh: String,
        auth: String,
    },
    /// The city's app on a telephone, by the token under which its carrier knows it.
    App { token: String },
}

impl Target {
    pub(super) const fn carrier(&self) -> Carrier {
        match self {
            Self::Webhook { .. } => Carrier::Webhook,
            Self::Push { .. } => Carrier::Push,
            Self::App { .. } => Carrier::App,
        }
    }

    /// By what it is found. A token is marked as one, because whoever registers an app says what theirs is: it must not be
    /// the address of somebody else's program or browser.
    fn digest(&self, ring: &KeyRing) -> Vec<u8> {
        match self {
            Self::Webhook { address: at, .. } | Self::Push { endpoint: at, .. } => {
                ring.lookup(TARGET, at.as_bytes()).to_vec()
            }
            Self::App { token } => of_token(ring, token),
        }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

fn of_token(ring: &KeyRing, token: &str) -> Vec<u8> {
    ring.lookup(TARGET, format!("app {token}").as_bytes()).to_vec()
}

/// One of somebody's, without where it leads.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = notice_outlets)]
pub(super) struct Outlet {
    pub id: OutletId,
    kind: String,
    pub name: Private,
    pub made_at: Stamp,
    pub asked_at: Option<Stamp>,
    confirmed_at: Option<Stamp>,
    failing_since: Option<Stamp>,
    unreached_at: Option<Stamp>,
}

impl Outlet {
    pub(super) fn carrier(&self) -> Carrier {
        Carrier::named(&self.kind).unwrap_or(Carrier::Webhook)
    }

    pub(super) const fn is_confirmed(&self) -> bool {
        self.confirmed_at.is_some()
    }

    pub(super) const fn is_unreached(&self) -> bool {
        self.unreached_at.is_some()
    }

    /// Whether a challenge is on its way. One that nobody could send in its time is not.
    pub(super) fn is_asked(&self, now: Moment) -> bool {
        let began = self.asked_at.map(Stamp::moment);
        !self.is_confirmed() && began.is_some_and(|at| now < at + Challenge::BUDGET)
    }

    /// Whether what was sent last did not arrive: the challenge, as long as it is not confirmed, and else a notice.
    pub(super) fn is_failing(&self, now: Moment) -> bool {
        let lost = !self.is_confirmed() && self.asked_at.is_some() && !self.is_asked(now);
        lost || self.failing_since.is_some()
    }
}

/// All of somebody's, the oldest first.
pub(super) fn all(c: &mut Conn, citizen: CitizenId) -> Result<Vec<Outlet>, DbError> {
    Ok(notice_outlets::table
        .filter(notice_outlets::citizen_id.eq(citizen))
        .order(notice_outlets::id)
        .select(Outlet::as_select())
        .load(c)?)
}

/// Those of several people that notices can be taken to, of each the oldest first.
pub(super) fn spots_each(
    c: &mut Conn,
    citizens: &[CitizenId],
) -> Result<HashMap<CitizenId, Vec<Spot>>, DbError> {
    let rows: Vec<(CitizenId, Outlet)> = notice_outlets::table
        .filter(notice_outlets::citizen_id.eq_any(citizens))
        .filter(notice_outlets::confirmed_at.is_not_null())
        .order(notice_outlets::id)
        .select((notice_outlets::citizen_id, Outlet::as_select()))
        .load(c)?;
    let mut of: HashMap<CitizenId, Vec<Spot>> = HashMap::new();
    for (citizen, outlet) in rows {
        let spot = Spot {
            place: Place::Outlet(outlet.id),
            carrier: outlet.carrier(),
            unreached: outlet.is_unreached(),
        };
        of.entry(citizen).or_default().push(spot);
    }
    Ok(of)
}

/// Where they lead, as it is sealed: a [`Target`] in JSON.
pub(super) fn targets(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
) -> Result<HashMap<OutletId, String>, LedgerError> {
    let rows: Vec<(OutletId, Private)> = notice_outlets::table
        .filter(notice_outlets::citizen_id.eq(warrant.citizen()))
        .select((notice_outlets::id, notice_outlets::target))
        .load(c)?;
    rows.into_iter().map(|(id, target)| Ok((id, warrant.open(c, ring, TARGET, &target)?))).collect()
}

/// Where one leads.
pub(super) fn target(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
    id: OutletId,
) -> Result<Option<Target>, LedgerError> {
    let sealed: Option<Private> = notice_outlets::table
        .find((warrant.citizen(), id))
        .select(notice_outlets::target)
        .first(c)
        .optional()?;
    let Some(sealed) = sealed else { return Ok(None) };
    let target = warrant.open(c, ring, TARGET, &sealed)?;
    Target::read(&target).map(Some).ok_or(LedgerError::Sealed)
}

/// What became of adding one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Added {
    New(OutletId),
    /// It was there; one that waits to be confirmed, with what was kept of it.
    Known(Option<Target>),
    /// They have as many as they can have.
    Full,
}

/// Adds one. A browser and an app work at once: they said themselves how they are reached.
pub(super) fn add(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    own: &Warrant,
    (target, name): (&Target, &str),
) -> Result<Added, AccountError> {
    let citizen = own.citizen();
    // Of two at the same moment the second sees what the first added.
    credentials::hold(c, citizen)?;
    let digest = target.digest(ring);
    if target.carrier().is_a_device() {
        // Whoever uses this browser or telephone now has it to themselves.
        let others = notice_outlets::table
            .filter(notice_outlets::digest.eq(&digest))
            .filter(notice_outlets::kind.eq(target.carrier().tag()));
        diesel::delete(others.filter(notice_outlets::citizen_id.ne(citizen))).execute(c)?;
    }
    let known: Option<(OutletId, Option<Stamp>)> = notice_outlets::table
        .filter(notice_outlets::citizen_id.eq(citizen))
        .filter(notice_outlets::digest.eq(&digest))
        .select((notice_outlets::id, notice_outlets::confirmed_at))
        .first(c)
        .optional()?;
    let sealed = serde_json::to_string(target).map_err(|_| LedgerError::Sealed)?;
    let sealed = ledger::seal(c, ring, citizen, TARGET, &sealed)?;
    match known {
        Some((id, None)) => return Ok(Added::Known(self::target(c, ring, own, id)?)),
        Some((id, Some(_))) if target.carrier().is_a_device() => {
            // The browser made itself new keys, or the app says that it is there.
            diesel::update(notice_outlets::table.find((citizen, id)))
                .set((
                    notice_outlets::target.eq(sealed),
                    notice_outlets::failures.eq(0),
                    notice_outlets::failing_since.eq(None::<Stamp>),
                    notice_outlets::unreached_at.eq(None::<Stamp>),
                ))
                .execute(c)?;
            return Ok(Added::Known(None));
        }
        Some(_) => return Ok(Added::Known(None)),
        None => {}
    }
    let count: i64 =
        notice_outlets::table.filter(notice_outlets::citizen_id.eq(citizen)).count().get_result(c)?;
    if usize::try_from(count).is_ok_and(|count| count >= MOST) {
        return Ok(Added::Full);
    }
    let (id, at) = (OutletId::new(), Stamp::from(now));
    diesel::insert_into(notice_outlets::table)
        .values((
            notice_outlets::citizen_id.eq(citizen),
            notice_outlets::id.eq(id),
            notice_outlets::kind.eq(target.carrier().tag()),
            notice_outlets::digest.eq(digest),
            notice_outlets::target.eq(sealed),
            notice_outlets::name.eq(ledger::seal(c, ring, citizen, NAME, name)?),
            notice_outlets::made_at.eq(at),
            notice_outlets::confirmed_at.eq(target.carrier().is_a_device().then_some(at)),
        ))
        .execute(c)?;
    Ok(Added::New(id))
}

pub(super) fn remove(c: &mut Conn, citizen: CitizenId, id: OutletId) -> Result<(), DbError> {
    diesel::delete(notice_outlets::table.find((citizen, id))).execute(c)?;
    Ok(())
}

/// A challenge is on its way from now on. `false`: it works already, or is gone.
pub(super) fn asked(c: &mut Conn, now: Moment, place: (CitizenId, OutletId)) -> Result<bool, DbError> {
    let open = notice_outlets::table.find(place).filter(notice_outlets::confirmed_at.is_null());
    let asked = diesel::update(open).set(notice_outlets::asked_at.eq(Some(Stamp::from(now)))).execute(c)?;
    Ok(asked == 1)
}

/// The challenge came back, or did not. Whether it works from now on and did not before.
pub(super) fn answered(
    c: &mut Conn,
    now: Moment,
    place: (CitizenId, OutletId),
    right: bool,
) -> Result<bool, DbError> {
    let open = notice_outlets::table.find(place).filter(notice_outlets::confirmed_at.is_null());
    let taken = diesel::update(open)
        .set((
            notice_outlets::asked_at.eq(None::<Stamp>),
            notice_outlets::confirmed_at.eq(right.then(|| Stamp::from(now))),
            // Until it is asked again its owner sees that it did not come back.
            notice_outlets::failing_since.eq((!right).then(|| Stamp::from(now))),
        ))
        .execute(c)?;
    Ok(right && taken == 1)
}

/// Something arrived at each of these.
pub(super) fn arrived(c: &mut Conn, places: &[(CitizenId, OutletId)]) -> Result<(), DbError> {
    if places.is_empty() {
        return Ok(());
    }
    let failing = of_these(places).filter(notice_outlets::failures.gt(0));
    diesel::update(failing)
        .set((notice_outlets::failures.eq(0), notice_outlets::failing_since.eq(None::<Stamp>)))
        .execute(c)?;
    Ok(())
}

/// An attempt failed at each of these, more than one where it stands there more often. Too many in a row, for too long: nothing
/// more is sent there.
pub(super) fn failed(c: &mut Conn, now: Moment, places: &[(CitizenId, OutletId)]) -> Result<(), DbError> {
    if places.is_empty() {
        return Ok(());
    }
    let at = Stamp::from(now);
    let mut times: HashMap<(CitizenId, OutletId), i32> = HashMap::new();
    for place in places {
        *times.entry(*place).or_default() += 1;
    }
    let mut by_times: BTreeMap<i32, Vec<(CitizenId, OutletId)>> = BTreeMap::new();
    for (place, times) in times {
        by_times.entry(times).or_default().push(place);
    }
    // Nearly always once each: one statement.
    for (times, places) in &by_times {
        diesel::update(of_these(places))
            .set(notice_outlets::failures.eq(notice_outlets::failures + *times))
            .execute(c)?;
    }
    diesel::update(of_these(places).filter(notice_outlets::failing_since.is_null()))
        .set(notice_outlets::failing_since.eq(Some(at)))
        .execute(c)?;
    let for_long = of_these(places)
        .filter(notice_outlets::failures.ge(TOO_OFTEN))
        .filter(notice_outlets::failing_since.le(Stamp::from(now - TOO_LONG)))
        .filter(notice_outlets::unreached_at.is_null());
    diesel::update(for_long).set(notice_outlets::unreached_at.eq(Some(at))).execute(c)?;
    Ok(())
}

/// At none of these is anybody any more, whoever is there says. A browser or an app does not come back under that address; a
/// program may.
pub(super) fn gone(c: &mut Conn, now: Moment, places: &[(CitizenId, OutletId)]) -> Result<(), DbError> {
    if places.is_empty() {
        return Ok(());
    }
    let devices = [Carrier::Push.tag(), Carrier::App.tag()];
    diesel::delete(of_these(places).filter(notice_outlets::kind.eq_any(devices))).execute(c)?;
    diesel::update(of_these(places).filter(notice_outlets::unreached_at.is_null()))
        .set(notice_outlets::unreached_at.eq(Some(Stamp::from(now))))
        .execute(c)?;
    Ok(())
}

/// The app that a carrier knows by a token, and whose it is.
pub(super) fn app(
    c: &mut Conn,
    ring: &KeyRing,
    token: &str,
) -> Result<Option<(CitizenId, OutletId)>, DbError> {
    Ok(notice_outlets::table
        .filter(notice_outlets::digest.eq(of_token(ring, token)))
        .filter(notice_outlets::kind.eq(Carrier::App.tag()))
        .select((notice_outlets::citizen_id, notice_outlets::id))
        .first(c)
        .optional()?)
}

type These = diesel::dsl::Filter<
    notice_outlets::table,
    Among<notice_outlets::citizen_id, notice_outlets::id, CitizenId, OutletId>,
>;

fn of_these(places: &[(CitizenId, OutletId)]) -> These {
    notice_outlets::table.filter(among(notice_outlets::citizen_id, notice_outlets::id, places))
}

/// Somebody says that all of theirs work again.
pub(super) fn work_again(c: &mut Conn, citizen: CitizenId) -> Result<(), DbError> {
    diesel::update(notice_outlets::table.filter(notice_outlets::citizen_id.eq(citizen)))
        .set((
            notice_outlets::failures.eq(0),
            notice_outlets::failing_since.eq(None::<Stamp>),
            notice_outlets::unreached_at.eq(None::<Stamp>),
        ))
        .execute(c)?;
    Ok(())
}

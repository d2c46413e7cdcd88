//! How people want to be told: by which ways of what, and when not.

use std::{borrow::Cow, collections::HashMap};

use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};
use diesel::prelude::*;

use super::model::{Carrier, Principal, Suppressed, Topic};
use crate::{
    db::{
        Conn, DbError,
        schema::{notice_choices, notice_choices_for, notice_manners},
    },
    insert_new,
    ledger::CitizenId,
    platform::{Moment, clock::CITY_ZONE},
    upsert,
};

/// The minutes of a day.
const DAY: i32 = 24 * 60;

/// When somebody wants to be left alone: from one minute of the city's day to another, over midnight where the end
/// comes before the beginning. Where both are the same there is no such time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    pub from: i32,
    pub until: i32,
}

impl Quiet {
    /// As it is for whoever has said nothing: ten in the evening to eight in the morning.
    pub const USUAL: Self = Self { from: 22 * 60, until: 8 * 60 };

    fn holds_at(self, minute: i32) -> bool {
        if self.from <= self.until {
            (self.from..self.until).contains(&minute)
        } else {
            minute >= self.from || minute < self.until
        }
    }

    /// The first moment from `now` on at which somebody may be told.
    pub fn after(self, now: Moment) -> Moment {
        let local = now.with_timezone(&CITY_ZONE);
        let minute = i32::try_from(local.num_seconds_from_midnight() / 60).unwrap_or_default();
        if !self.holds_at(minute) {
            return now;
        }
        let day = local.date_naive();
        let day = if self.until > minute { day } else { day.checked_add_days(Days::new(1)).unwrap_or(day) };
        let until = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(self.until.rem_euclid(DAY)));
        in_the_city(until).unwrap_or(now)
    }
}

/// The city's zone has no hour twice and none that is left out.
fn in_the_city(local: NaiveDateTime) -> Option<Moment> {
    local.and_local_timezone(CITY_ZONE).single().map(|at| at.to_utc())
}

/// The next time that it is this minute of the day.
fn next(minute: i32, now: Moment) -> Moment {
    let local = now.with_timezone(&CITY_ZONE).naive_local();
    let at = |days: u64| {
        let day = local.date().checked_add_days(Days::new(days))?;
        in_the_city(day.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute.rem_euclid(DAY))))
    };
    at(0).filter(|today| *today > now).or_else(|| at(1)).unwrap_or(now)
}

/// What somebody chose.
#[derive(Debug, Clone, Default)]
pub struct Manners {
    chosen: HashMap<(String, String), bool>,
    /// Of the matters of those for whom they act, in place of the above.
    of_others: HashMap<Principal, HashMap<(String, String), bool>>,
    quiet: Option<Quiet>,
    /// The minute of the day at which all mails come in one.
    gathered_at: Option<i32>,
}

impl Manners {
    /// What somebody is just about to choose.
    pub fn chosen(all: &[(Topic, Carrier, bool)]) -> Self {
        let place = |(topic, carrier, wanted): &(Topic, Carrier, bool)| {
            ((topic.tag().to_owned(), carrier.tag().to_owned()), *wanted)
        };
        Self { chosen: all.iter().map(place).collect(), ..Self::default() }
    }

    /// The same of the matters of somebody for whom they act; of their own nothing is different.
    pub fn about(&self, principal: Option<Principal>) -> Cow<'_, Self> {
        let Some(chosen) = principal.and_then(|principal| self.of_others.get(&principal)) else {
            return Cow::Borrowed(self);
        };
        let mut manners = self.clone();
        manners.chosen.extend(chosen.iter().map(|(place, wanted)| (place.clone(), *wanted)));
        Cow::Owned(manners)
    }

    /// Whether they chose something of their own for these.
    pub fn tells_apart(&self, principal: Principal) -> bool {
        self.of_others.contains_key(&principal)
    }

    pub fn quiet(&self) -> Quiet {
        self.quiet.unwrap_or(Quiet::USUAL)
    }

    pub const fn gathered_at(&self) -> Option<i32> {
        self.gathered_at
    }

    /// When the mails of the day go out in one. `None`: each goes by itself.
    pub fn gathering(&self, now: Moment) -> Option<Moment> {
        self.gathered_at.map(|minute| next(minute, now))
    }

    /// Whether they said that they want, or do not want, to hear of a topic by a channel.
    pub fn wants(&self, topic: Topic, carrier: Carrier) -> Option<bool> {
        let place = (topic.tag().to_owned(), carrier.tag().to_owned());
        self.chosen.get(&place).copied().filter(|_| topic.may_be_chosen())
    }

    /// By which of the ways that there are a notice goes, and why not by the others: urgent ones by all; others by
    /// those that were chosen, or else by the first.
    pub fn ways(&self, topic: Topic, there: &[Carrier]) -> Vec<(Carrier, Option<Suppressed>)> {
        let asked = Carrier::ALL.iter().any(|carrier| self.wants(topic, *carrier) == Some(true));
        let first = there.iter().find(|carrier| self.wants(topic, **carrier) != Some(false));
        let judged = |carrier: &Carrier| {
            let why = match self.wants(topic, *carrier) {
                Some(false) if !topic.is_urgent() => Some(Suppressed::Chosen),
                None if !topic.is_urgent() && (asked || first != Some(carrier)) => {
                    Some(Suppressed::AnotherWay)
                }
                _ => None,
            };
            (*carrier, why)
        };
        there.iter().map(judged).collect()
    }
}

pub fn of(c: &mut Conn, citizen: CitizenId) -> Result<Manners, DbError> {
    Ok(of_each(c, &[citizen])?.remove(&citizen).unwrap_or_default())
}

/// What several people chose. Who chose nothing is not among them.
pub(super) fn of_each(c: &mut Conn, citizens: &[CitizenId]) -> Result<HashMap<CitizenId, Manners>, DbError> {
    let mut all: HashMap<CitizenId, Manners> = HashMap::new();
    let rows: Vec<(CitizenId, String, String, bool)> = notice_choices::table
        .filter(notice_choices::citizen_id.eq_any(citizens))
        .select((
            notice_choices::citizen_id,
            notice_choices::topic,
            notice_choices::channel,
            notice_choices::wanted,
        ))
        .load(c)?;
    for (citizen, topic, channel, wanted) in rows {
        all.entry(citizen).or_default().chosen.insert((topic, channel), wanted);
    }
    let rows_of_others: Vec<(CitizenId, String, String, String, bool)> = notice_choices_for::table
        .filter(notice_choices_for::citizen_id.eq_any(citizens))
        .select((
            notice_choices_for::citizen_id,
            notice_choices_for::principal,
            notice_choices_for::topic,
            notice_choices_for::channel,
            notice_choices_for::wanted,
        ))
        .load(c)?;
    for (citizen, principal, topic, channel, wanted) in rows_of_others {
        if let Some(principal) = Principal::named(&principal) {
            let of_others = &mut all.entry(citizen).or_default().of_others;
            of_others.entry(principal).or_default().insert((topic, channel), wanted);
        }
    }
    let times: Vec<(CitizenId, i32, i32, Option<i32>)> = notice_manners::table
        .filter(notice_manners::citizen_id.eq_any(citizens))
        .select((
            notice_manners::citizen_id,
            notice_manners::quiet_from,
            notice_manners::quiet_until,
            notice_manners::gathered_at,
        ))
        .load(c)?;
    for (citizen, from, until, gathered_at) in times {
        let manners = all.entry(citizen).or_default();
        (manners.quiet, manners.gathered_at) = (Some(Quiet { from, until }), gathered_at);
    }
    Ok(all)
}

/// Keeps whether somebody wants to hear of a topic by a channel.
pub(super) fn want(
    c: &mut Conn,
    citizen: CitizenId,
    (topic, carrier): (Topic, Carrier),
    wanted: bool,
) -> Result<(), DbError> {
    let row = (
        notice_choices::citizen_id.eq(citizen),
        notice_choices::topic.eq(topic.tag()),
        notice_choices::channel.eq(carrier.tag()),
        notice_choices::wanted.eq(wanted),
    );
    let key = (notice_choices::citizen_id, notice_choices::topic, notice_choices::channel);
    upsert!(c, notice_choices::table => row, on key, set notice_choices::wanted.eq(wanted))?;
    Ok(())
}

/// Keeps that somebody wants no more of a topic by a carrier, whosesoever matters it is about.
pub(super) fn refuse(
    c: &mut Conn,
    citizen: CitizenId,
    (topic, carrier): (Topic, Carrier),
) -> Result<(), DbError> {
    want(c, citizen, (topic, carrier), false)?;
    let of_others = notice_choices_for::table
        .filter(notice_choices_for::citizen_id.eq(citizen))
        .filter(notice_choices_for::topic.eq(topic.tag()))
        .filter(notice_choices_for::channel.eq(carrier.tag()));
    diesel::update(of_others).set(notice_choices_for::wanted.eq(false)).execute(c)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = notice_choices_for)]
struct NewChoice {
    citizen_id: CitizenId,
    principal: String,
    topic: &'static str,
    channel: &'static str,
    wanted: bool,
}

/// Keeps what somebody chose for the matters of one for whom they act. Empty: as with their own from now on.
pub fn choose_for(
    c: &mut Conn,
    citizen: CitizenId,
    principal: Principal,
    chosen: &[(Topic, Carrier, bool)],
) -> Result<(), DbError> {
    let tag = principal.tag();
    let before = notice_choices_for::table
        .filter(notice_choices_for::citizen_id.eq(citizen))
        .filter(notice_choices_for::principal.eq(&tag));
    diesel::delete(before).execute(c)?;
    let row = |(topic, carrier, wanted): &(Topic, Carrier, bool)| NewChoice {
        citizen_id: citizen,
        principal: tag.clone(),
        topic: topic.tag(),
        channel: carrier.tag(),
        wanted: *wanted,
    };
    let rows: Vec<NewChoice> = chosen.iter().map(row).collect();
    // Pressed twice at once, the other's are there already.
    insert_new!(c, notice_choices_for::table => &rows)?;
    Ok(())
}

/// Keeps what somebody chose, in place of all they had chosen before.
pub fn choose(
    c: &mut Conn,
    citizen: CitizenId,
    (quiet, gathered_at): (Quiet, Option<i32>),
    chosen: &[(Topic, Carrier, bool)],
) -> Result<(), DbError> {
    for (topic, carrier, wanted) in chosen.iter().filter(|(topic, ..)| topic.may_be_chosen()) {
        want(c, citizen, (*topic, *carrier), *wanted)?;
    }
    let row = (
        notice_manners::citizen_id.eq(citizen),
        notice_manners::quiet_from.eq(quiet.from),
        notice_manners::quiet_until.eq(quiet.until),
        notice_manners::gathered_at.eq(gathered_at),
    );
    let change = (
        notice_manners::quiet_from.eq(quiet.from),
        notice_manners::quiet_until.eq(quiet.until),
        notice_manners::gathered_at.eq(gathered_at),
    );
    upsert!(c, notice_manners::table => row, on notice_manners::citizen_id, set change)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Moment {
        DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
    }

    #[test]
    fn the_night_is_quiet() {
        let after = |text| Quiet::USUAL.after(at(text));
        assert_eq!(after("2026-11-20T21:59:59+08:00"), at("2026-11-20T21:59:59+08:00"));
        assert_eq!(after("2026-11-20T22:00:00+08:00"), at("2026-11-21T08:00:00+08:00"));
        assert_eq!(after("2026-11-21T03:00:00+08:00"), at("2026-11-21T08:00:00+08:00"));
        assert_eq!(after("2026-12-31T23:30:00+08:00"), at("2027-01-01T08:00:00+08:00"));
        let never = Quiet { from: 60, until: 60 };
        assert_eq!(never.after(at("2026-11-21T01:00:00+08:00")), at("2026-11-21T01:00:00+08:00"));
    }

    #[test]
    fn mails_are_gathered_until_the_next_time() {
        let at_six = |text| next(18 * 60, at(text));
        assert_eq!(at_six("2026-11-20T17:59:59+08:00"), at("2026-11-20T18:00:00+08:00"));
        assert_eq!(at_six("2026-11-20T18:00:00+08:00"), at("2026-11-21T18:00:00+08:00"));
        assert_eq!(at_six("2026-12-31T23:00:00+08:00"), at("2027-01-01T18:00:00+08:00"));
    }

    proptest! {
        /// Nobody is told while it is quiet, nobody waits longer than a day, and waiting twice is waiting once.
        #[test]
        fn quiet_hours_end(from in 0..DAY, until in 0..DAY, seconds in 0_i64..400_000_000) {
            let quiet = Quiet { from, until };
            let now = at("2026-01-01T00:00:00Z") + TimeDelta::seconds(seconds);
            let then = quiet.after(now);
            prop_assert!(then >= now && then - now <= TimeDelta::days(1));
            prop_assert_eq!(quiet.after(then), then);
        }
    }

    #[test]
    fn of_those_they_act_for_they_hear_as_they_chose_for_them() {
        let child = Principal::Person(CitizenId::new());
        let place = |topic: Topic, carrier: Carrier| (topic.tag().to_owned(), carrier.tag().to_owned());
        let chosen =
            [(place(Topic::Cases, Carrier::Sms), false), (place(Topic::Cases, Carrier::Email), true)];
        let manners = Manners {
            of_others: HashMap::from([(child, HashMap::from(chosen))]),
            ..Manners::chosen(&[(Topic::Cases, Carrier::Sms, true)])
        };
        assert_eq!(manners.about(None).wants(Topic::Cases, Carrier::Sms), Some(true));
        assert_eq!(manners.about(Some(child)).wants(Topic::Cases, Carrier::Sms), Some(false));
        assert_eq!(manners.about(Some(child)).wants(Topic::Cases, Carrier::Email), Some(true));
        let other = Principal::Company(crate::accounts::acting::CompanyId::new());
        assert_eq!(manners.about(Some(other)).wants(Topic::Cases, Carrier::Sms), Some(true));
        for principal in [child, other] {
            assert_eq!(Principal::named(&principal.tag()), Some(principal));
        }
        assert!(Principal::named("person:x").is_none() && Principal::named("").is_none());
    }

    #[test]
    fn one_way_is_enough_unless_more_are_chosen() {
        let both = [Carrier::Sms, Carrier::Email];
        let manners = Manners::default();
        let taken = |manners: &Manners, topic| -> Vec<Carrier> {
            let ways = manners.ways(topic, &both).into_iter();
            ways.filter(|(_, why)| why.is_none()).map(|(carrier, _)| carrier).collect()
        };
        assert_eq!(taken(&manners, Topic::Account), both);
        assert_eq!(taken(&manners, Topic::Cases), [Carrier::Sms]);
        let chosen = Manners::chosen;
        assert_eq!(taken(&chosen(&[(Topic::Cases, Carrier::Sms, false)]), Topic::Cases), [Carrier::Email]);
        assert_eq!(taken(&chosen(&[(Topic::Cases, Carrier::Email, true)]), Topic::Cases), [Carrier::Email]);
        let none = [(Topic::Cases, Carrier::Sms, false), (Topic::Cases, Carrier::Email, false)];
        assert_eq!(taken(&chosen(&none), Topic::Cases), []);
        let deaf = [(Topic::Account, Carrier::Sms, false)];
        assert_eq!(
            taken(&chosen(&deaf), Topic::Account),
            both,
            "nobody can be deaf to what happens to their account"
        );
    }
}

//! Appointments: the recorded ones are one week of a calendar that goes on for ever.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use serde_json::Value;
use yimen_contract::capability::Capability;

use super::{
    act::{Matter, Stage},
    days::{Move, day, rewrite},
    leaves::{Leaves, Swap, bare, list_of, marked, plain, swap},
    memory::Memory,
    names,
    recorded::Recorded,
};

/// How far ahead is looked where the question does not say.
const AHEAD: TimeDelta = TimeDelta::days(13);
/// What is further from an appointment's day is not about it.
const DAYS: i64 = 7;
/// So long a place is kept for whoever fills in the rest.
const HELD: TimeDelta = TimeDelta::minutes(10);
/// Nobody plans further.
const WEEKS: i64 = 60;

/// Makes of the recorded week the days that are asked for, without what is taken.
pub fn schedule(stage: &Stage<'_>, memory: &mut Memory, one: &Recorded, given: &Leaves, body: &mut Value) {
    let slots: Vec<&Value> = one.answer["slots"].as_array().into_iter().flatten().collect();
    let ids: Vec<&str> = slots.iter().filter_map(|slot| slot["id"].as_str()).collect();
    let Some(list) = list_of(body, &ids) else { return };
    let today = day(stage.now);
    let asked = |field| one.field(field, given).and_then(date);
    let from = asked("/from").or(today);
    let to = asked("/to").or_else(|| from.map(|from| from + AHEAD));
    let (Some(from), Some(to)) = (from, to) else { return };
    let recorded = std::mem::take(list);
    let mut dated = Vec::new();
    for slot in slots {
        let (Some(id), Some(starts)) = (slot["id"].as_str(), starts(slot)) else { continue };
        let (Some(first), Some(entry)) = (day(starts), recorded.iter().find(|entry| marked(entry, &[id])))
        else {
            continue;
        };
        for week in -WEEKS..=WEEKS {
            let (at, on) = (starts + TimeDelta::weeks(week), first + TimeDelta::weeks(week));
            if on < from || on > to || at <= stage.now {
                continue;
            }
            let name = of_week(stage, id, first, on, week);
            if name != id {
                memory.names.insert(name.clone(), id.to_owned());
            }
            let mut entry = entry.clone();
            Move { near: first, within: DAYS, by: on - first, names: &[] }.all(&mut entry);
            swap(&mut entry, &[Swap { from: id.to_owned(), to: name.clone(), only: None }]);
            let free = slot["free"].as_u64().unwrap_or(1);
            let left = free.saturating_sub(memory.taken(&name));
            if left > 0 || free == 0 {
                fewer(&mut entry, free, left);
                dated.push((at, entry));
            }
        }
    }
    dated.sort_by_key(|(at, _)| *at);
    *list = dated.into_iter().map(|(_, entry)| entry).collect();
}

/// How many are left of an appointment, where it is on record.
pub fn free(recorded: &[Recorded], memory: &Memory, slot: &str) -> Option<u64> {
    let model = memory.names.get(slot).map_or(slot, String::as_str);
    let lists = recorded.iter().filter(|one| one.capability == Capability::SlotsList);
    let mut slots = lists.flat_map(|one| one.answer["slots"].as_array().into_iter().flatten());
    let free = slots.find(|one| one["id"] == model)?["free"].as_u64()?;
    Some(free.saturating_sub(memory.taken(slot)))
}

/// Moves what is said about an appointment to its own day. Says whether it is known which that is.
pub fn follow(stage: &Stage<'_>, memory: &Memory, matter: &Matter<'_>, body: &mut Value) -> bool {
    let taken = matter
        .field("/booking")
        .and_then(|own| memory.bookings.get(own))
        .map(|booking| booking.slot.as_str());
    let Some(slot) = matter.field("/slot").or(taken) else { return false };
    let model = memory.names.get(slot).map_or(slot, String::as_str);
    let lists = stage.recorded.iter().filter(|one| one.capability == Capability::SlotsList);
    let mut slots = lists.flat_map(|one| one.answer["slots"].as_array().into_iter().flatten());
    let Some(first) = slots.find(|one| one["id"] == model).and_then(starts).and_then(day) else {
        return false;
    };
    let named = |week: &i64| of_week(stage, model, first, first + TimeDelta::weeks(*week), *week) == slot;
    let Some(week) = (0..=WEEKS).flat_map(|week| [week, -week]).find(named) else { return false };
    Move { near: first, within: DAYS, by: TimeDelta::weeks(week), names: &[] }.all(body);
    true
}

/// A place is kept from now on, whenever the sample was recorded.
pub fn keep(one: &Recorded, now: DateTime<Utc>, body: &mut Value) {
    let until = one.answer["until"].as_str().and_then(|text| text.parse::<DateTime<FixedOffset>>().ok());
    let Some(until) = until.filter(|_| one.capability == Capability::SlotsHold) else { return };
    let mut fresh = one.response.clone();
    rewrite(&mut fresh, until.to_utc(), now + HELD);
    graft(&one.response, &fresh, body);
}

/// Puts what differs between two in the same place of a third.
fn graft(old: &Value, fresh: &Value, body: &mut Value) {
    match (old, fresh, body) {
        (Value::Object(old), Value::Object(fresh), Value::Object(body)) => {
            for (name, value) in body {
                if let (Some(old), Some(fresh)) = (old.get(name), fresh.get(name)) {
                    graft(old, fresh, value);
                }
            }
        }
        (old, fresh, body) if old != fresh => *body = fresh.clone(),
        _ => {}
    }
}

fn starts(slot: &Value) -> Option<DateTime<Utc>> {
    slot["starts"].as_str()?.parse::<DateTime<FixedOffset>>().ok().map(|at| at.to_utc())
}

fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(bare(text).get(..8)?, "%Y%m%d").ok()
}

/// The appointment's name in another week: with that day in it, or else another number.
fn of_week(stage: &Stage<'_>, id: &str, first: NaiveDate, on: NaiveDate, week: i64) -> String {
    if week == 0 {
        return id.to_owned();
    }
    for form in ["%Y-%m-%d", "%Y%m%d"] {
        let recorded = first.format(form).to_string();
        if id.contains(&recorded) {
            return id.replace(&recorded, &on.format(form).to_string());
        }
    }
    names::like(id, stage.secret, &format!("week {week}"))
}

/// Says how many are left, in the one field that said how many there were.
fn fewer(entry: &mut Value, free: u64, left: u64) {
    let Value::Object(fields) = entry else { return };
    let mut counts = fields.values_mut().filter(|value| plain(value) == free.to_string());
    if let (Some(count), None) = (counts.next(), counts.next()) {
        *count = if count.is_number() { left.into() } else { left.to_string().into() };
    }
}

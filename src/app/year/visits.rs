//! Mornings at the counters of the simulated year: who books, who comes, who gives back and who stays away.

use std::sync::Arc;

use super::{
    YearError, appointments,
    chance::Chance,
    days::Part,
    life::Year,
    plan::{FIRM, opinion},
};
use crate::{
    bookings::{Booking, rules::Session},
    db::Conn,
    ledger::CitizenId,
    platform::Moment,
    ratings::Kind,
};

/// One appointment is made for so many matters.
const MATTERS_AN_APPOINTMENT: usize = 12;
/// So many days before. Nobody books for tomorrow: most of those could not be given back any more.
const AHEAD: (u32, u32) = (2, 5);
/// Of a hundred appointments so many are kept, given back, and missed.
const FATES: [(Fate, f64); 3] = [(Fate::Kept, 79.0), (Fate::GivenBack, 11.0), (Fate::Missed, 10.0)];
/// Of those who stayed away so many have an excuse.
const EXCUSED: f64 = 0.25;

/// What becomes of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    GivenBack,
    Missed,
}

/// An appointment that somebody is about to make.
#[derive(Clone)]
struct Wish {
    now: Moment,
    /// The place of its calendar in the city.
    at: usize,
    citizen: CitizenId,
    session: Session,
    ahead: usize,
    fate: Fate,
}

/// An appointment that was made, until something becomes of it.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    at: usize,
    citizen: CitizenId,
    reference: String,
    code: String,
    starts: Moment,
    fate: Fate,
}

impl Year {
    /// A morning at the counters.
    pub(super) async fn visit(&mut self, day: usize) -> Result<(), YearError> {
        self.come(day).await?;
        self.book(day).await
    }

    async fn book(&mut self, day: usize) -> Result<(), YearError> {
        let mut chance = self.chance(day, Part::Bookings);
        let wishes = self.wishes(day, &mut chance);
        if wishes.is_empty() {
            return Ok(());
        }
        let (ring, city, asked) = (self.site.keys.clone(), Arc::clone(&self.city), wishes.clone());
        let book = move |c: &mut Conn| {
            let mut made: Vec<Option<Booking>> = Vec::with_capacity(asked.len());
            for wish in &asked {
                let (calendar, what) = (&city.calendars[wish.at], (wish.citizen, &wish.session));
                made.push(appointments::book(c, (&ring, wish.now), calendar, what)?);
            }
            Ok::<_, YearError>(made)
        };
        let made = self.site.db.tx(book).await?;
        for (wish, booking) in wishes.into_iter().zip(made) {
            let Some(booking) = booking else { continue };
            self.told.booked += 1;
            // What the clock has to say of it is known on the morning after.
            let on = match wish.fate {
                Fate::GivenBack => day + 1,
                Fate::Kept => day + wish.ahead,
                Fate::Missed => day + wish.ahead + 1,
            };
            let visit = Visit {
                at: wish.at,
                citizen: wish.citizen,
                reference: booking.reference,
                code: booking.code,
                starts: wish.session.starts,
                fate: wish.fate,
            };
            self.visits.entry(on).or_default().push(visit);
        }
        Ok(())
    }

    /// What is wanted today.
    fn wishes(&self, day: usize, chance: &mut Chance) -> Vec<Wish> {
        let (calendars, catalogue) = (&self.city.calendars, &self.city.edition.catalogue);
        let mut wishes = Vec::new();
        if calendars.is_empty() {
            return wishes;
        }
        for place in 0..self.so_many(MATTERS_AN_APPOINTMENT, chance) {
            let at = chance.below(calendars.len());
            let citizen = self.anybody(chance);
            let ahead = usize::try_from(chance.between(AHEAD.0, AHEAD.1)).unwrap_or_default();
            let (fate, _) = FATES[chance.weighted(&FATES.map(|(_, weight)| weight))];
            // On a day off there is nothing to choose from.
            let sessions = calendars[at].sessions(catalogue, self.date(day + ahead));
            let Some(session) = chance.one(&sessions).cloned() else { continue };
            wishes.push(Wish { now: self.minute(day, 9 * 60, place), at, citizen, session, ahead, fate });
        }
        wishes
    }

    async fn come(&mut self, day: usize) -> Result<(), YearError> {
        let Some(visits) = self.visits.remove(&day) else { return Ok(()) };
        let mut chance = self.chance(day, Part::Counters);
        let due: Vec<(Moment, Visit, bool)> = visits
            .into_iter()
            .enumerate()
            .map(|(place, visit)| {
                let kept = visit.fate == Fate::Kept;
                let now = if kept { visit.starts } else { self.minute(day, 9 * 60, place) };
                (now, visit, chance.happens(EXCUSED))
            })
            .collect();
        let (ring, city, people) = (self.site.keys.clone(), Arc::clone(&self.city), Arc::clone(&self.people));
        let asked = due.clone();
        let come = move |c: &mut Conn| {
            let mut happened = Vec::with_capacity(asked.len());
            for (now, visit, excused) in &asked {
                let calendar = &city.calendars[visit.at];
                let clerk = people.clerks.get(&calendar.agency);
                let clerk = clerk.ok_or(YearError::Poor("nobody works there"))?;
                let counter = (calendar.service.as_str(), clerk.member.login.as_str());
                let (citizen, reference) = (visit.citizen, visit.reference.as_str());
                happened.push(match visit.fate {
                    Fate::Kept => appointments::come(c, (&ring, *now), counter, &visit.code)?,
                    Fate::GivenBack => {
                        appointments::give_back(c, (&ring, *now), calendar, (citizen, reference))?
                    }
                    Fate::Missed => {
                        let whose = (citizen, reference, *excused);
                        appointments::stayed_away(c, (&ring, *now), counter, whose)?
                    }
                });
            }
            Ok::<_, YearError>(happened)
        };
        let happened = self.site.db.tx(come).await?;
        for ((_, visit, _), happened) in due.into_iter().zip(happened) {
            match visit.fate {
                _ if !happened => {}
                Fate::GivenBack => self.told.gave_back += 1,
                Fate::Missed => self.told.stayed_away += 1,
                Fate::Kept => {
                    self.told.came += 1;
                    let agency = self.city.calendars[visit.at].agency.clone();
                    let whose = (visit.citizen, agency);
                    self.note_ended(day, (Kind::Booking, visit.reference), whose, opinion(&mut chance));
                }
            }
        }
        Ok(())
    }

    /// Somebody who sells no ratings.
    pub(super) fn anybody(&self, chance: &mut Chance) -> CitizenId {
        let citizens = &self.people.citizens;
        citizens[FIRM + chance.below(citizens.len() - FIRM)]
    }
}

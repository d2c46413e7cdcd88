//! What happens on a day of the simulated year: questions at night and by day, a morning of applications, an afternoon of
//! decisions, opinions and letters. Each part is a transaction of its own.

use std::{sync::Arc, time::Duration};

use yimen_contract::capability::{
    lookup,
    person::{Answers, Page},
};

use super::{
    YearError,
    chance::Chance,
    counters::PAYING,
    life::{Speaker, Year},
    matters::{self, Pending},
    opinions,
    plan::{Asked, DAYS, Matter, Opinion},
};
use crate::{db::Conn, gateway::Request, ledger::CitizenId, platform::Moment, ratings::Kind};

/// How long a question to a backend may take.
const WITHIN: Duration = Duration::from_secs(5);
/// Hours of the night and of the day at which the backend that is down at night is asked. The others are asked once a
/// day, at the second of the one or of the other in turn.
const NIGHTLY: [u32; 2] = [0, 3];
const DAILY: [u32; 2] = [8, 10];

/// Parts of a day, each with a stream of chance of its own.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Rating = 1,
    Staff,
    Letters,
    Bookings,
    Counters,
    Bills,
    Refunds,
}

impl Year {
    pub(super) fn chance(&self, day: usize, part: Part) -> Chance {
        let day = u64::try_from(day).unwrap_or_default();
        Chance::apart(self.seed, 100 + day * 8 + part as u64)
    }

    /// How many times a day something happens that happens once for so many matters. Counted in thousandths, so that it
    /// happens on some days of a small year as well.
    pub(super) fn so_many(&self, matters: usize, chance: &mut Chance) -> usize {
        let daily = self.plan.matters.len() * 1_000 / (matters * DAYS);
        daily / 1_000 + usize::from(chance.below(1_000) < daily % 1_000)
    }

    /// A working hour's minute, one after another.
    pub(super) fn minute(&self, day: usize, from: u32, place: usize) -> Moment {
        let place = u32::try_from(place % 170).unwrap_or_default();
        self.at(day, from + place)
    }

    /// Questions at night, and until noon.
    pub(super) async fn night(&mut self, day: usize) -> Result<(), YearError> {
        let nightly = self.told.planted.nightly.1.clone();
        let others = 1 + NIGHTLY.len() * (day % 2);
        for (at, hour) in NIGHTLY.into_iter().chain(DAILY).enumerate() {
            self.turn(self.at(day, hour * 60 + 10));
            let city = Arc::clone(&self.city);
            for asked in city.asked.iter().filter(|one| at == others || one.service == nightly) {
                self.ask(asked).await?;
            }
        }
        Ok(())
    }

    /// Puts a question to a backend, as somebody who did not sign in does. What comes of it stands in the log.
    async fn ask(&mut self, asked: &Asked) -> Result<(), YearError> {
        let question = lookup::Input {
            service: asked.service.clone(),
            person: None,
            answers: Answers::default(),
            page: Page::default(),
        };
        let (agency, service) = (asked.agency.as_str(), Some(asked.service.as_str()));
        let request = Request { agency, service, question, about: None, within: WITHIN };
        self.gateway.call_anew(request).await?;
        self.told.calls += 1;
        Ok(())
    }

    /// Applications.
    pub(super) async fn morning(&mut self, day: usize) -> Result<(), YearError> {
        let from = self.next;
        let todays = self.plan.matters[from..].iter().take_while(|matter| matter.day == day);
        let todays: Vec<(Moment, Matter)> =
            todays.map(|matter| (self.at(day, 9 * 60 + matter.minute), matter.clone())).collect();
        self.next += todays.len();
        let (ring, city, people) = (self.site.keys.clone(), Arc::clone(&self.city), Arc::clone(&self.people));
        let asked = todays.clone();
        let hand_in = move |c: &mut Conn| {
            let mut references = Vec::with_capacity(asked.len());
            for (now, matter) in &asked {
                let whose = (people.citizens[matter.person], &city.offers[matter.stand]);
                let case = matters::hand_in(c, (&ring, *now), &city.edition, whose)?;
                references.push(case.map(|case| case.reference));
            }
            Ok::<_, YearError>(references)
        };
        let references = self.site.db.tx(hand_in).await?;
        for (place, ((_, matter), reference)) in todays.iter().zip(references).enumerate() {
            match reference {
                Some(reference) => self.note_handed_in(day, (from + place, matter), reference),
                None => self.told.left_out += 1,
            }
        }
        Ok(())
    }

    /// What is to become of something that was handed in just now.
    fn note_handed_in(&mut self, day: usize, (at, matter): (usize, &Matter), reference: String) {
        self.told.handed_in += 1;
        let offer = &self.city.offers[matter.stand];
        let of = (at, matter, offer);
        let pending = matters::pending(&self.city.edition, of, (reference, self.date(day)), &self.played);
        match pending.wait {
            None => self.note_decided(day, &pending),
            Some(wait) => {
                let on = day + usize::try_from(wait).unwrap_or_default();
                self.waiting.entry(on).or_default().push(pending);
            }
        }
    }

    /// It is decided today, so that it can be rated from now on.
    fn note_decided(&mut self, day: usize, pending: &Pending) {
        self.told.decided += 1;
        let matter = &self.plan.matters[pending.at];
        let agency = self.city.offers[matter.stand].stand.agency.clone();
        let (whose, opinion) = ((self.people.citizens[matter.person], agency), matter.opinion);
        self.note_ended(day, (Kind::Case, pending.reference.clone()), whose, opinion);
    }

    /// Something ends today: it can be rated from now on, by whoever has something to say.
    pub(super) fn note_ended(
        &mut self,
        day: usize,
        (kind, reference): (Kind, String),
        (citizen, agency): (CitizenId, String),
        opinion: Option<Opinion>,
    ) {
        let Some(Opinion { after, level }) = opinion else { return };
        let speaker = Speaker { citizen, kind, reference, agency, level };
        self.speakers.entry(day + after).or_default().push(speaker);
    }

    /// Decisions, opinions, and what offices do.
    pub(super) async fn afternoon(&mut self, day: usize) -> Result<(), YearError> {
        self.turn(self.at(day, PAYING));
        self.decide(day).await?;
        self.rate(day).await?;
        if self.is_working(day) {
            self.follow_up(day).await?;
        }
        self.write_letters(day).await?;
        self.pay_bills(day).await
    }

    async fn decide(&mut self, day: usize) -> Result<(), YearError> {
        let Some(due) = self.waiting.remove(&day) else { return Ok(()) };
        let decisions: Vec<(Moment, Pending, usize, bool)> = due
            .into_iter()
            .enumerate()
            .map(|(place, pending)| {
                let matter = &self.plan.matters[pending.at];
                (self.minute(day, 14 * 60, place), pending, matter.stand, matter.refused)
            })
            .collect();
        let (ring, city, people) = (self.site.keys.clone(), Arc::clone(&self.city), Arc::clone(&self.people));
        let (played, asked) = (Arc::clone(&self.played), decisions.clone());
        let decide = move |c: &mut Conn| {
            let mut heard = Vec::with_capacity(asked.len());
            for (now, pending, stand, refused) in &asked {
                let stand = &city.offers[*stand].stand;
                heard.push(if stand.desk {
                    let clerk =
                        people.clerks.get(&stand.agency).ok_or(YearError::Poor("nobody works there"))?;
                    let which = (stand.service.as_str(), pending.reference.as_str());
                    matters::grant(c, (&ring, *now), &city.edition, clerk, which)?;
                    true
                } else {
                    let what = (stand.agency.as_str(), *refused);
                    matters::tell(c, (&ring, *now), what, pending, &played)?
                });
            }
            Ok::<_, YearError>(heard)
        };
        let heard = self.site.db.tx(decide).await?;
        for ((_, pending, ..), heard) in decisions.iter().zip(heard) {
            if heard {
                self.note_decided(day, pending);
            } else {
                self.told.left_out += 1;
            }
        }
        Ok(())
    }

    async fn rate(&mut self, day: usize) -> Result<(), YearError> {
        let Some(speakers) = self.speakers.remove(&day) else { return Ok(()) };
        let said: Vec<(Moment, Speaker)> = speakers
            .into_iter()
            .enumerate()
            .map(|(place, speaker)| (self.minute(day, 17 * 60, place), speaker))
            .collect();
        let (ring, city) = (self.site.keys.clone(), Arc::clone(&self.city));
        let (mut chance, asked) = (self.chance(day, Part::Rating), said.clone());
        let rate = move |c: &mut Conn| {
            let catalogue = &city.edition.catalogue;
            let mut given = Vec::with_capacity(asked.len());
            for (now, speaker) in &asked {
                let rated = (speaker.kind, speaker.reference.as_str());
                let what = (speaker.citizen, rated, speaker.level);
                given.push(opinions::rate(c, (&ring, *now), catalogue, what, &mut chance)?);
            }
            Ok::<_, YearError>(given)
        };
        let given = self.site.db.tx(rate).await?;
        for ((_, speaker), given) in said.into_iter().zip(given) {
            if !given {
                self.told.left_out += 1;
                continue;
            }
            self.told.ratings += 1;
            if speaker.level.is_bad() {
                self.told.bad += 1;
                self.troubled.insert(speaker.agency.clone(), day);
                self.unheard.push((day, speaker));
            }
        }
        Ok(())
    }
}

//! Evenings of the simulated year: what offices and people do after bad ratings, and what becomes of what people write.

use std::sync::Arc;

use chrono::TimeDelta;

use super::{
    YearError,
    days::Part,
    letters::{self, Letter},
    life::{Speaker, Year},
    opinions::{self, Followed},
};
use crate::{
    db::Conn,
    platform::Moment,
    ratings::{Terms, follow::Verdict},
};

/// Of a hundred things that wait, so many are dealt with on a day: by an agency as it should be, and by one that is late.
const QUICK: f64 = 0.45;
const SLOW: f64 = 0.02;
/// So many days after somebody was told off or wrote they look whether there is an answer.
const LOOKS: [usize; 6] = [3, 6, 9, 14, 19, 26];
/// One letter comes for so many matters; of a hundred letters so many are about the agency that is late.
const MATTERS_A_LETTER: usize = 25;
const OF_THE_LATE: f64 = 0.15;

impl Year {
    /// Offices and people after bad ratings; once a week those above.
    pub(super) async fn follow_up(&mut self, day: usize) -> Result<(), YearError> {
        let (now, today) = (self.at(day, 19 * 60 + 50), self.date(day));
        let late = self.told.planted.late.0.clone();
        let troubled = self.agencies_in_trouble(day);
        self.unheard.retain(|(since, _)| day - since <= LOOKS[LOOKS.len() - 1]);
        let asked: Vec<(usize, Speaker)> =
            self.unheard.iter().filter(|(since, _)| LOOKS.contains(&(day - since))).cloned().collect();
        let (ring, city, people) = (self.site.keys.clone(), Arc::clone(&self.city), Arc::clone(&self.people));
        let (mut chance, above) = (self.chance(day, Part::Staff), day % 7 == 3);
        let work = move |c: &mut Conn| {
            let terms = Terms::of(&city.edition.catalogue).ok_or(YearError::Poor("nobody is asked"))?;
            let mut done = Followed::default();
            for agency in &troubled {
                let Some(clerk) = people.clerks.get(agency) else { continue };
                let quick = if *agency == late { SLOW } else { QUICK };
                let who = (&clerk.member, agency.as_str(), quick);
                let one = opinions::follow_up(c, (&ring, now, today), &terms, who, &mut chance)?;
                done.answered += one.answered;
                done.appealed += one.appealed;
            }
            let mut heard: Vec<Option<Verdict>> = Vec::with_capacity(asked.len());
            for (_, speaker) in &asked {
                let whose = (speaker.citizen, (speaker.kind, speaker.reference.as_str()));
                heard.push(opinions::judge(c, (&ring, now), &terms, whose, &mut chance)?);
            }
            if above {
                let all: Vec<String> = people.clerks.keys().cloned().collect();
                opinions::decide(c, (&ring, now, today), &terms, (&people.above, &all), &mut chance)?;
            }
            let heard = asked.into_iter().zip(heard).filter(|(_, heard)| heard.is_some());
            let heard: Vec<String> = heard.map(|((_, speaker), _)| speaker.reference).collect();
            Ok::<_, YearError>((done, heard))
        };
        let (done, heard) = self.site.db.tx(work).await?;
        self.told.answered += done.answered;
        self.told.appeals += done.appealed;
        self.told.verdicts += heard.len();
        self.unheard.retain(|(_, speaker)| !heard.contains(&speaker.reference));
        Ok(())
    }

    /// What people write today, and what becomes of what they wrote.
    pub(super) async fn write_letters(&mut self, day: usize) -> Result<(), YearError> {
        let mut chance = self.chance(day, Part::Letters);
        let writers: Vec<(Moment, usize)> = (0..self.so_many(MATTERS_A_LETTER, &mut chance))
            .map(|place| (self.minute(day, 15 * 60, place), chance.below(self.people.citizens.len())))
            .collect();
        let late = self.told.planted.late.0.clone();
        let open = self.is_working(day);
        let now = self.at(day, 20 * 60);
        self.letters.retain(|letter| day - letter.day <= LOOKS[LOOKS.len() - 1]);
        let asked: Vec<Letter> =
            self.letters.iter().filter(|one| LOOKS.contains(&(day - one.day))).cloned().collect();
        let (ring, people, clocks) = (self.site.keys.clone(), Arc::clone(&self.people), self.clocks.clone());
        let work = move |c: &mut Conn| {
            let districts = letters::districts(&clocks);
            let mut replies = 0;
            if open {
                let desk = people.clerks.get(&clocks.policy()?.desk);
                if let Some(desk) = desk {
                    letters::give_out(c, (&ring, now - TimeDelta::hours(1)), &clocks, desk)?;
                }
                for slug in letters::units(&clocks)?.iter().chain([&late]) {
                    let Some(unit) = people.clerks.get(slug) else { continue };
                    let quick = if *slug == late { SLOW } else { QUICK };
                    replies += letters::deal(c, (&ring, now), &clocks, (unit, quick), &mut chance)?;
                }
            }
            let mut heard = Vec::new();
            for letter in &asked {
                if letters::hear(c, (&ring, now), &clocks, letter, &mut chance)? {
                    heard.push(letter.number.clone());
                }
            }
            let mut written = Vec::new();
            for (at, person) in &writers {
                let about = chance.happens(OF_THE_LATE).then_some(late.as_str());
                let who = (people.citizens[*person], day);
                let what = (about, districts.as_slice());
                written.push(letters::write(c, (&ring, *at), &clocks, who, what, &mut chance)?);
            }
            Ok::<_, YearError>((replies, heard, written))
        };
        let (replies, heard, written) = self.site.db.tx(work).await?;
        self.told.replies += replies;
        self.told.letters += written.len();
        self.letters.retain(|letter| !heard.contains(&letter.number));
        self.letters.extend(written);
        Ok(())
    }
}

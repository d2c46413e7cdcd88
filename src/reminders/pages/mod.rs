//! The pages of dates: everything that falls due for somebody, each with its reminders; the calendar; the account.

mod balance;
mod calendar;
mod date;
mod list;
mod yearly;

pub use balance::balance;
pub use calendar::{calendar, end_calendar, make_calendar};
pub use date::{date, forget, want};
pub use list::{add, dates};
pub use yearly::{want_yearly, yearly};

use chrono::NaiveDate;

use super::{Deadline, Source, look::after, views::DateLine};
use crate::{
    accounts::acting::{self, Party, Refused, Represented},
    catalogue::present::Presenter,
    db::{Conn, DbError},
    ledger::{CitizenId, LedgerError, Warrant},
    platform::{Moment, keys::KeyRing},
    wallet::{self, Whose},
    web::{Failure, Site, Visitor, frame::Text, session::Realm},
};

const DATES: &str = "/me/reminders";

/// Whose dates they are.
#[derive(Debug, Clone)]
struct Reader {
    party: Party,
    whose: Whose,
}

impl Reader {
    /// Whoever is signed in, or whom they act for in everything. A company has the dates of its documents and no others.
    async fn of(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let signed = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?.signed.clone();
        let now = site.clock.now();
        let reach = move |c: &mut Conn| acting::in_everything(c, now, &signed);
        let party = match site.db.read(reach).await {
            Ok(party) => party,
            Err(Refused::Db(error)) => return Err(error.into()),
            Err(_) => return Err(Failure::Refused),
        };
        Ok(Self { whose: Whose::of(&party), party })
    }

    /// The person whose dates they are, where those are of a kind that companies have none of.
    fn person(&self) -> Result<CitizenId, Failure> {
        self.party.citizen().ok_or(Failure::Refused)
    }

    fn acts(&self) -> bool {
        self.party.represented != Represented::Oneself
    }

    /// Writes down for whoever is acted for that something was done about their dates.
    fn kept(&self, c: &mut Conn, now: Moment) -> Result<(), DbError> {
        acting::done(c, now, &self.party, acting::What::KeptDocuments, None)
    }

    fn warrant(&self, c: &mut Conn, ring: &KeyRing, now: Moment) -> Result<Warrant, LedgerError> {
        wallet::pages::warrant(c, ring, now, &self.party, &["dates"])
    }
}

fn line(present: Presenter<'_>, deadline: &Deadline, said: Option<&str>, today: NaiveDate) -> DateLine {
    let catalogue = present.catalogue;
    let source = Source::named(&deadline.source).unwrap_or(Source::Own);
    let named = match source {
        Source::Document => catalogue.licence(&deadline.about).map(|(_, kind)| present.text(&kind.name)),
        Source::Booking | Source::Case | Source::Due => {
            catalogue.service(&deadline.about).map(|entry| present.text(&entry.service.name))
        }
        // A yearly window is named by its service; what somebody set themself only they can read.
        Source::Own => catalogue.service(&deadline.about).map(|entry| present.text(&entry.service.name)),
    };
    let name = named.or_else(|| said.map(|said| Text::written(present.t, said)));
    let name = name.unwrap_or_else(|| Text::plain(present.t.reminder_of(source.tag())));
    let plan = deadline.plan();
    let stages = deadline.stages(&plan);
    let next = after(&stages, deadline.marks(), deadline.snoozed_until, today);
    DateLine {
        url: format!("{DATES}/{}", deadline.id),
        name,
        source: source.tag(),
        matter: deadline.matter.clone(),
        due: deadline.due_on,
        closes: deadline.closes_first(),
        days: (deadline.due_on - today).num_days(),
        // What has come due is said with the next look, which is today.
        next: next.filter(|_| !deadline.muted).map(|day| day.max(today)),
        muted: deadline.muted,
    }
}

/// Days before a date, as people write them: with commas or spaces, in any order.
fn plan_typed(text: &str) -> Option<Vec<u16>> {
    let words = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut plan = words.map(|word| word.parse::<u16>().ok()).collect::<Option<Vec<_>>>()?;
    plan.sort_unstable_by(|one, other| other.cmp(one));
    plan.dedup();
    let sane = !plan.is_empty() && plan.len() <= MOST && plan.iter().all(|days| *days <= LONGEST);
    sane.then_some(plan)
}

/// As many reminders as one date has.
const MOST: usize = yimen_licences::MOST_REMINDERS;
/// Two years before anything nobody needs to be reminded of it.
const LONGEST: u16 = 730;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        assert_eq!(plan_typed("7, 30、90 1"), Some(vec![90, 30, 7, 1]));
        assert_eq!(plan_typed("30"), Some(vec![30]));
        assert_eq!(plan_typed("30，30"), Some(vec![30]));
        for wrong in ["", "soon", "30, soon", "9999", "-"] {
            assert_eq!(plan_typed(wrong), None, "{wrong}");
        }
        let many = (1..40).map(|day| day.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(plan_typed(&many), None);
    }
}

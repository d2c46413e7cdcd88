//! The year, day by day, on a clock that stands until it is turned.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use actix_web::web::Data;
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone as _};
use yimen_scores::Level;

use super::{
    YearError,
    bills::Claimant,
    city::{City, RUNS},
    letters::{self, Letter},
    matters::Pending,
    people::{self, People},
    plan::{DAYS, Plan},
    planted::Planted,
    played::Played,
    visits::Visit,
};
use crate::{
    accounts::inquiries::Terms,
    agencies::bindings::{self, Proposal},
    app::{Portal, drivers, registry, schedules},
    catalogue::Shelf,
    db::Conn,
    gateway::Gateway,
    jobs::{self, Registry, Schedule},
    ledger::CitizenId,
    platform::{Moment, clock::CITY_ZONE, config::Config},
    ratings::Kind,
    voice,
    web::Site,
};

/// Jobs that run at the same time: no more than the line to an agency carries.
const AT_ONCE: usize = 4;
/// What counts the scorecards. A month is counted as a whole each time, so that it need not be every night; once a
/// fortnight is long before calls that were not counted are forgotten, and before a month closes.
const COUNT: &str = "ratings.count";
const COUNTED_EVERY: usize = 14;
/// What only tidies up, or counts anew what nobody changes here. It loses nothing by coming once a week, and of all that
/// happens by the clock it is the most.
const WEEKLY: [&str; 28] = [
    "acting.end-over",
    "agencies.warn-of-expiry",
    "aside.sweep",
    "cases.recount",
    "cases.sweep-drafts",
    "cases.sweep-papers",
    "codes.sweep",
    "following.look",
    "gateway.end-sanctions",
    "gateway.exchange-files",
    "gateway.forget-calls",
    "gateway.probe",
    "gateway.sweep-events",
    "inquiries.recount",
    "notices.forget",
    "provider.close-ended",
    "provider.rotate-keys",
    "provider.sweep",
    "ratings.recount",
    "reminders.forget",
    "reminders.recount",
    "reminders.yearly",
    "sessions.sweep",
    "surveys.clear",
    "views.forget",
    "voice.sweep-photos",
    "wallet.ask-again",
    "wallet.sweep-proofs",
];
/// What looks at agencies' own sites. The sites of this city are not there.
const SITES: &str = "sites.";
/// How long a year is.
pub(super) const YEAR: TimeDelta = TimeDelta::days(365);
/// Nobody dials it: the driver is another.
const NOWHERE: &str = "http://127.0.0.1:9/";
/// Who binds the backends. Two people, as always.
const OPERATORS: (&str, &str) = ("simulation-one", "simulation-two");

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub seed: u64,
    pub matters: usize,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Told {
    pub planted: Planted,
    /// Days between which ratings were bought, both included.
    pub bought: Vec<(NaiveDate, NaiveDate)>,
    pub first: NaiveDate,
    pub agencies: usize,
    pub services: usize,
    pub people: usize,
    /// Handed in, and decided since.
    pub handed_in: usize,
    pub decided: usize,
    /// What could not be handed in, decided or rated as it was planned.
    pub left_out: usize,
    pub ratings: usize,
    pub bad: usize,
    /// Bad ratings that were answered, and what people say of that.
    pub answered: usize,
    pub verdicts: usize,
    pub appeals: usize,
    /// What was written to the city, and answered.
    pub letters: usize,
    pub replies: usize,
    /// Appointments that were made, and what became of them.
    pub booked: usize,
    pub came: usize,
    pub gave_back: usize,
    pub stayed_away: usize,
    /// Bills for which an order was opened, those that were paid, and those of which the money was asked back.
    pub bills: usize,
    pub paid: usize,
    pub refunds: usize,
    /// Questions put to backends, beside applications.
    pub calls: usize,
    pub jobs: usize,
    /// Jobs that were given up: there should be none.
    pub dead: i64,
}

/// Somebody is about to say what they think.
#[derive(Debug, Clone)]
pub(super) struct Speaker {
    pub citizen: CitizenId,
    /// Of what sort the matter is.
    pub kind: Kind,
    pub reference: String,
    pub agency: String,
    pub level: Level,
}

/// A year under way.
pub(super) struct Year {
    pub site: Data<Site>,
    pub gateway: Data<Gateway>,
    pub shelf: Data<Shelf>,
    pub city: Arc<City>,
    pub people: Arc<People>,
    pub played: Arc<Played>,
    pub clocks: voice::Clocks,
    pub plan: Plan,
    pub seed: u64,
    pub told: Told,
    /// The first of the plan's matters that was not handed in yet.
    pub next: usize,
    /// What is decided on a day, and what is rated on one.
    pub waiting: BTreeMap<usize, Vec<Pending>>,
    pub speakers: BTreeMap<usize, Vec<Speaker>>,
    /// Bad ratings and letters that nobody was asked about yet, with their days.
    pub unheard: Vec<(usize, Speaker)>,
    pub letters: Vec<Letter>,
    /// Appointments and payments, by the days on which something becomes of them.
    pub visits: BTreeMap<usize, Vec<Visit>>,
    pub claimants: BTreeMap<usize, Vec<Claimant>>,
    /// When each agency was last rated badly.
    pub troubled: BTreeMap<String, usize>,
    registry: Registry,
    schedules: Vec<Schedule>,
}

/// Lives the year that begins at the portal's time, which has to be on a standing clock, and ends a year later.
pub async fn live(
    portal: &Portal,
    config: &Config,
    wanted: Wanted,
    told: impl Fn(&str),
) -> Result<Told, YearError> {
    let end = portal.site.clock.now() + YEAR;
    let mut year = begin(portal, config, wanted).await?;
    let Planted { late, nightly, buyer } = &year.told.planted;
    told(&format!("planted: {} is late, {} is down at night, {buyer} buys ratings", late.0, nightly.1));
    let [noon, night] = RUNS;
    for day in 0..DAYS {
        year.night(day).await?;
        year.morning(day).await?;
        year.visit(day).await?;
        year.turn(year.at(day, noon));
        year.work(&[]).await?;
        year.afternoon(day).await?;
        year.turn(year.at(day, night));
        year.work(&year.tonight(day)).await?;
        if day % 30 == 29 {
            let Told { handed_in, ratings, letters, .. } = year.told;
            let date = year.date(day);
            told(&format!("{date}: {handed_in} matters, {ratings} ratings, {letters} letters"));
        }
    }
    year.turn(end);
    year.work(&year.tonight(0)).await?;
    year.told.dead = year.site.db.read(jobs::dead_count).await?;
    Ok(year.told)
}

/// Surveys the city, draws the plan, has everybody move in and binds the backends.
async fn begin(portal: &Portal, config: &Config, wanted: Wanted) -> Result<Year, YearError> {
    let Wanted { seed, matters } = wanted;
    let today = portal.site.clock.today();
    let first = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let mut city = City::survey(portal, (seed, matters), first).await?;
    let stands = city.stands();
    let plan = Plan::new(seed, matters, first, &stands, &city.asked)?;
    city.spare(&plan.planted);
    let no_orders = |_| YearError::Poor("the city takes no orders");
    let clocks = voice::Clocks::of(&city.edition).map_err(no_orders)?;
    let agencies = city.agencies();
    let mut staffed = agencies.clone();
    staffed.extend(letters::units(&clocks)?);
    staffed.sort_unstable();
    staffed.dedup();
    let people = people::settle(portal, plan.people, staffed).await?;
    bind(portal, &city).await?;
    let played = Arc::new(Played::new(seed, &plan.planted.nightly.1));
    let gateway = drivers::gateway_by(&config.gateway, &portal.site, played.drivers());
    let gateway = Data::new(gateway);
    let terms = Terms(config.answers);
    let registry = registry(&portal.site, &portal.courier, &gateway, &portal.shelf, terms);
    let told = Told {
        planted: plan.planted.clone(),
        bought: plan.frauds.iter().map(|(from, to)| (date(first, *from), date(first, *to))).collect(),
        first,
        agencies: agencies.len(),
        services: stands.len() + city.asked.len() + city.calendars.len() + city.bills.len(),
        people: plan.people,
        handed_in: 0,
        decided: 0,
        left_out: 0,
        ratings: 0,
        bad: 0,
        answered: 0,
        verdicts: 0,
        appeals: 0,
        letters: 0,
        replies: 0,
        booked: 0,
        came: 0,
        gave_back: 0,
        stayed_away: 0,
        bills: 0,
        paid: 0,
        refunds: 0,
        calls: 0,
        jobs: 0,
        dead: 0,
    };
    let schedules = schedules().into_iter().filter(|one| !one.name.starts_with(SITES)).collect();
    Ok(Year {
        site: portal.site.clone(),
        gateway,
        shelf: portal.shelf.clone(),
        city: Arc::new(city),
        people: Arc::new(people),
        played,
        clocks,
        plan,
        seed,
        told,
        next: 0,
        waiting: BTreeMap::new(),
        speakers: BTreeMap::new(),
        unheard: Vec::new(),
        letters: Vec::new(),
        visits: BTreeMap::new(),
        claimants: BTreeMap::new(),
        troubled: BTreeMap::new(),
        registry,
        schedules,
    })
}

/// A day of a year by its place.
fn date(first: NaiveDate, day: usize) -> NaiveDate {
    let days = Days::new(u64::try_from(day).unwrap_or_default());
    first.checked_add_days(days).unwrap_or(first)
}

/// Binds every backend, so that it can be called.
async fn bind(portal: &Portal, city: &City) -> Result<(), YearError> {
    let proposal = |agency: String| {
        let names = &city.backend(&agency)?.secrets;
        let secrets = names.iter().map(|name| (name.clone(), "simulated".to_owned())).collect();
        Some(Proposal { agency, address: NOWHERE.to_owned(), secrets })
    };
    let all = city.agencies().into_iter().chain(city.provider.clone());
    let proposals: Vec<Proposal> = all.filter_map(proposal).collect();
    let (ring, now) = (portal.site.keys.clone(), portal.site.clock.now());
    let bind = move |c: &mut Conn| {
        for proposal in &proposals {
            bindings::bind(c, &ring, now, proposal, OPERATORS)?;
        }
        Ok::<_, YearError>(())
    };
    portal.site.db.tx(bind).await
}

impl Year {
    pub(super) fn date(&self, day: usize) -> NaiveDate {
        date(self.told.first, day)
    }

    /// A minute of a day in the city.
    pub(super) fn at(&self, day: usize, minute: u32) -> Moment {
        let midnight = CITY_ZONE.from_local_datetime(&self.date(day).and_time(NaiveTime::MIN));
        let midnight = midnight.earliest().map_or_else(|| self.site.clock.now(), |at| at.to_utc());
        midnight + TimeDelta::minutes(i64::from(minute))
    }

    /// Turns the clock.
    pub(super) fn turn(&self, to: Moment) {
        self.site.clock.advance(to - self.site.clock.now());
    }

    /// Whether offices are open.
    pub(super) fn is_working(&self, day: usize) -> bool {
        self.city.edition.catalogue.calendar.is_working(self.date(day))
    }

    /// What happens by the clock on the evening of a day.
    fn tonight(&self, day: usize) -> Vec<Schedule> {
        let tonight = |one: &&Schedule| match one.name {
            COUNT => day.is_multiple_of(COUNTED_EVERY),
            name => day.is_multiple_of(7) || !WEEKLY.contains(&name),
        };
        self.schedules.iter().filter(tonight).copied().collect()
    }

    /// Has everything done that is due.
    async fn work(&mut self, schedules: &[Schedule]) -> Result<(), YearError> {
        self.gateway.settle().await?;
        let (db, clock) = (&self.site.db, &self.site.clock);
        self.told.jobs += jobs::drain_at_once(db, clock, &self.registry, schedules, AT_ONCE).await?;
        Ok(())
    }

    /// The agencies that have something to follow up.
    pub(super) fn agencies_in_trouble(&self, day: usize) -> BTreeSet<String> {
        let lately = |last: &usize| day.saturating_sub(*last) <= 40;
        let lately = self.troubled.iter().filter(|(_, last)| lately(last)).map(|(slug, _)| slug.clone());
        lately.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_seldom_here_does_happen_by_the_clock() {
        let all: Vec<&str> = schedules().iter().map(|one| one.name).collect();
        for name in WEEKLY.into_iter().chain([COUNT]) {
            assert!(all.contains(&name), "nothing is called {name}");
        }
    }
}

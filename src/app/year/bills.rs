//! Bills of the simulated year: asked for at the agency, paid through the city's provider, booked by the agency; and some
//! of the money asked back.

use std::{sync::Arc, time::Duration};

use chrono::{Days, TimeDelta};
use yimen_contract::capability::{
    EventKind, Outcome,
    dues::{Due, ListInput, Status},
    event::PaymentChanged,
    person::Page,
};

use super::{
    YearError, chance::Chance, counters::Bills, days::Part, life::Year, matters::own, people::LEVEL,
    plan::opinion,
};
use crate::{
    db::Conn,
    gateway::{
        About, Request,
        events::{Applies as _, Inbound},
    },
    ledger::CitizenId,
    payments::{self, Means, Order, Payer, Tidings, Wanted, Way, life::State},
    platform::Moment,
    ratings::Kind,
};

/// One bill is paid for so many matters.
const MATTERS_A_BILL: usize = 12;
/// How long agency and provider may take.
const WITHIN: Duration = Duration::from_secs(5);
/// Of a hundred bills so many are looked at and not paid.
const LEFT: f64 = 0.08;
/// Of a hundred payments the provider tells so many by itself. It is asked about the others.
const TELLS: f64 = 0.7;
/// Of a hundred payments so many are asked back; of these the desk grants so many.
const ASKED_BACK: f64 = 0.06;
const GRANTED: f64 = 0.7;
/// So many days after they paid people find that they should not have.
const FINDS_OUT: (u32, u32) = (2, 6);
const TITLE: &str = "本期账单";
const WHY: &str = "重复缴纳，请退回。";
const CHECKED: &str = "已与收款部门核对。";

/// Somebody who is about to ask for money back.
#[derive(Debug, Clone)]
pub(super) struct Claimant {
    citizen: CitizenId,
    reference: String,
}

impl Year {
    /// An afternoon at the till.
    pub(super) async fn pay_bills(&mut self, day: usize) -> Result<(), YearError> {
        self.ask_back(day).await?;
        let city = Arc::clone(&self.city);
        let Some(provider) = city.provider.as_deref() else { return Ok(()) };
        let mut chance = self.chance(day, Part::Bills);
        for place in 0..self.so_many(MATTERS_A_BILL, &mut chance) {
            let Some(bills) = chance.one(&city.bills) else { return Ok(()) };
            let citizen = self.anybody(&mut chance);
            let due = self.due((day, place), &mut chance);
            self.played.tills.owes(&bills.service, due);
            match self.order(bills, provider, citizen).await? {
                Some(order) => self.pay(day, order, &mut chance).await?,
                None => self.told.left_out += 1,
            }
        }
        Ok(())
    }

    /// What somebody owes.
    fn due(&self, (day, place): (usize, usize), chance: &mut Chance) -> Due {
        let today = self.date(day);
        Due {
            reference: format!("{}{place:04}", today.format("%Y%m%d")),
            title: TITLE.to_owned(),
            status: Status::Open,
            amount_fen: u64::from(chance.between(2_000, 60_000)),
            surcharge_fen: 0,
            due: today.checked_add_days(Days::new(15)),
            raised: Some(today),
            partly: false,
        }
    }

    /// The agency is asked what is owed, and an order for it opened at the provider. `None`: nothing is told.
    async fn order(
        &mut self,
        bills: &Bills,
        provider: &str,
        citizen: CitizenId,
    ) -> Result<Option<Order>, YearError> {
        let Some(answers) = bills.answers(self.site.clock.today()) else { return Ok(None) };
        let payer = Payer { party: own(citizen).party, level: LEVEL };
        let question =
            ListInput { service: bills.service.clone(), person: None, answers, page: Page::default() };
        let request = Request {
            agency: &bills.agency,
            service: Some(&bills.service),
            question,
            about: Some(About::service(&payer.party, payer.level, &bills.claims)),
            within: WITHIN,
        };
        self.told.calls += 1;
        let Outcome::Fresh(list) = self.gateway.call_anew(request).await? else { return Ok(None) };
        let Some(due) = list.dues.into_iter().next() else { return Ok(None) };
        let (ring, now) = (self.site.keys.clone(), self.site.clock.now());
        let (service, agency, provider) = (bills.service.clone(), bills.agency.clone(), provider.to_owned());
        let make = move |c: &mut Conn| {
            let wanted = Wanted { service: &service, agency: &agency, provider: &provider, due: &due };
            payments::make(c, &ring, now, &payer, &wanted)
        };
        let order = self.site.db.tx(make).await?;
        let means =
            Means { site: self.site.clone(), gateway: self.gateway.clone(), shelf: self.shelf.clone() };
        let title = means.title(&order);
        self.told.bills += 1;
        Ok(Some(means.open(order, &title, WITHIN).await?))
    }

    /// Whoever pays does so at the provider, which may tell of it before it is asked.
    async fn pay(&mut self, day: usize, order: Order, chance: &mut Chance) -> Result<(), YearError> {
        let now = self.site.clock.now();
        if chance.happens(LEFT) {
            return Ok(());
        }
        let Some(said) = self.played.tills.pays(&order.reference, now) else {
            self.told.left_out += 1;
            return Ok(());
        };
        self.told.paid += 1;
        if chance.happens(TELLS) {
            let changed =
                PaymentChanged { order: order.reference.clone(), refund: None, sequence: 1, now: said };
            let event = Inbound {
                agency: order.provider.clone(),
                kind: EventKind::PaymentChanged,
                sequence: 1,
                happened_at: now,
                data: serde_json::to_value(&changed)
                    .map_err(|error| YearError::Unwritten(error.to_string()))?,
            };
            self.site.db.tx(move |c: &mut Conn| Tidings.apply(c, now, &event)).await?;
        }
        if chance.happens(ASKED_BACK) {
            let after = usize::try_from(chance.between(FINDS_OUT.0, FINDS_OUT.1)).unwrap_or_default();
            let claimant = Claimant { citizen: order.citizen_id, reference: order.reference };
            self.claimants.entry(day + after).or_default().push(claimant);
            return Ok(());
        }
        let whose = (order.citizen_id, order.agency);
        self.note_ended(day, (Kind::Payment, order.reference), whose, opinion(chance));
        Ok(())
    }

    /// Some want their money back, and the desk decides.
    async fn ask_back(&mut self, day: usize) -> Result<(), YearError> {
        let Some(claimants) = self.claimants.remove(&day) else { return Ok(()) };
        let mut chance = self.chance(day, Part::Refunds);
        let asked: Vec<(Moment, Claimant, Way)> = claimants
            .into_iter()
            .enumerate()
            .map(|(place, claimant)| {
                let way = if chance.happens(GRANTED) { Way::Refund } else { Way::Keep };
                (self.minute(day, 14 * 60, place), claimant, way)
            })
            .collect();
        let (ring, by) = (self.site.keys.clone(), self.people.above.login.clone());
        let decide = move |c: &mut Conn| {
            let mut decided = 0_usize;
            for (now, Claimant { citizen, reference }, way) in &asked {
                // What its agency has not booked yet is not asked back.
                if payments::queries::find(c, *citizen, reference)?.state()? != State::Settled {
                    continue;
                }
                payments::ask_back(c, &ring, *now, *citizen, (reference, WHY))?;
                let later = *now + TimeDelta::hours(1);
                payments::settle_by_hand(c, later, (reference, *way), (&by, CHECKED))?;
                decided += 1;
            }
            Ok::<_, YearError>(decided)
        };
        self.told.refunds += self.site.db.tx(decide).await?;
        Ok(())
    }
}

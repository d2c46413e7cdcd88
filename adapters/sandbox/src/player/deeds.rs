//! What a question changes, and how applications go their way.

use chrono::TimeDelta;
use serde_json::Value;
use yimen_contract::{agency::Driver, capability::Capability};

use super::{
    act::{Matter, Stage},
    leaves::Swap,
    memory::{Booking, Case, Memory, Tie, Written},
    recorded::Recorded,
};

/// How long a case stands in one place, if nobody moves it.
const STEP: TimeDelta = TimeDelta::hours(1);
/// The way of a case that goes well.
const WAY: [&str; 9] = [
    "pending",
    "received",
    "accepted",
    "in-review",
    "suspended",
    "extended",
    "granted",
    "delivering",
    "delivered",
];
/// Fields of an answer that hold names which the backend gives.
const GIVEN: [&str; 4] = ["reference", "ticket", "payment", "receipt"];

impl Stage<'_> {
    /// How a case stands at this moment, in the contract's word.
    pub fn stands(&self, case: &Case) -> String {
        if let Some(word) = &case.word {
            return word.clone();
        }
        let way = self.way(case.service.as_deref());
        let steps = (self.now - case.since).num_seconds().max(0) / STEP.num_seconds();
        let at = usize::try_from(steps).unwrap_or(usize::MAX).min(way.len().saturating_sub(1));
        way.get(at).map_or_else(String::new, |word| (*word).to_owned())
    }

    /// Where a case of a service comes by, as far as it is on record.
    fn way(&self, service: Option<&str>) -> Vec<&'static str> {
        let about = |one: &&Recorded| one.capability == Capability::CaseStatus && one.fails.is_none();
        let of = |service: Option<&str>| {
            let shown = |word: &&&str| {
                let mut all = self.recorded.iter().filter(about);
                all.any(|one| {
                    one.word() == **word && (service.is_none() || one.service.as_deref() == service)
                })
            };
            WAY.iter().filter(shown).copied().collect::<Vec<_>>()
        };
        let own = of(service);
        if own.is_empty() { of(None) } else { own }
    }

    /// Does what was asked, and says under which names.
    pub fn happens(
        &self,
        memory: &mut Memory,
        one: &Recorded,
        matter: &Matter<'_>,
        who: &str,
        swaps: &mut Vec<Swap>,
    ) {
        use Capability as C;
        if one.capability.writes() {
            for field in GIVEN {
                let Some(model) = one.answer[field].as_str() else { continue };
                let repeats = one.request.values().any(|leaf| leaf.text == model);
                if !repeats {
                    let name = self.name(memory, model, &format!("{who}/{:?}", matter.given));
                    swaps.push(Swap { from: model.to_owned(), to: name, only: None });
                }
            }
        }
        // Files have no answer in which a name could be given: the key is the name.
        let by_files = self.agency.backend.driver == Driver::Csv;
        let named = match matter.key {
            Some(key) if by_files => Some(key.to_owned()),
            _ => swaps.first().map(|swap| swap.to.clone()),
        };
        match one.capability {
            C::CaseSubmit if !one.is_bad_news() => self.begins(memory, one, matter, named),
            C::CaseFind | C::CaseStatus | C::CaseCorrect | C::CaseWithdraw => {
                Self::goes_on(memory, one, matter, swaps);
            }
            C::DuesSettle if !one.is_bad_news() => Self::settles(memory, matter),
            C::DuesStatus => {
                let settler = matter.field("/reference").and_then(|due| memory.settlers.get(due));
                if let (Some(order), Some(model)) = (settler, one.answer["order"].as_str()) {
                    swaps.push(Swap { from: model.to_owned(), to: order.clone(), only: None });
                }
            }
            C::SlotsConfirm | C::SlotsHold | C::SlotsCancel | C::SlotsFind => {
                Self::books(memory, one, matter, named, swaps);
            }
            C::ThreadPost if !one.is_bad_news() => self.writes(memory, matter),
            C::BindingAdd if one.word() == "bound" => {
                let reference = named.or_else(|| one.answer["reference"].as_str().map(str::to_owned));
                if let (Some(reference), Some(number)) = (reference, matter.owned("/number")) {
                    let kind = one.question["kind"].as_str().unwrap_or_default().to_owned();
                    memory.ties.push(Tie { who: who.to_owned(), reference, kind, number });
                }
            }
            C::BindingRemove if !one.is_bad_news() => {
                if let Some(reference) = matter.owned("/reference") {
                    memory.ties.retain(|tie| tie.reference != reference);
                    memory.untied.insert(reference);
                }
            }
            _ => {}
        }
    }

    /// What is paid is paid by the first who says so.
    fn settles(memory: &mut Memory, matter: &Matter<'_>) {
        let Some(due) = matter.owned("/reference") else { return };
        if let Some(order) = matter.owned("/order") {
            memory.settlers.entry(due.clone()).or_insert(order);
        }
        memory.settled.insert(due);
    }

    fn begins(&self, memory: &mut Memory, one: &Recorded, matter: &Matter<'_>, named: Option<String>) {
        let own = matter.owned("/case");
        let known = memory.cases.values_mut().find(|case| own.is_some() && case.own == own);
        if let Some(case) = known {
            case.repeated += 1;
            return;
        }
        // A backend that only says "taken" has a number for it all the same.
        let reference = named.or_else(|| {
            let spoken = |other: &&Recorded| other.capability == Capability::CaseFind;
            let model =
                self.recorded.iter().filter(spoken).find_map(|other| other.answer["reference"].as_str());
            let model = model.map(str::to_owned).or_else(|| own.clone())?;
            Some(self.name(memory, &model, own.as_deref().unwrap_or_default()))
        });
        let Some(reference) = reference else { return };
        let service = matter.owned("/service").or_else(|| one.service.clone());
        let case = Case {
            reference: reference.clone(),
            own,
            service,
            since: self.now,
            word: None,
            told: 0,
            said: None,
            repeated: 0,
        };
        memory.cases.insert(reference, case);
    }

    fn writes(&self, memory: &mut Memory, matter: &Matter<'_>) {
        let (thread, message) = (matter.owned("/thread"), matter.owned("/message"));
        let (Some(thread), Some(message), Some(text)) = (thread, message, matter.owned("/text")) else {
            return;
        };
        if !memory.written.iter().any(|one| one.message == message) {
            memory.written.push(Written { thread, message, text, at: self.now });
        }
    }

    fn goes_on(memory: &mut Memory, one: &Recorded, matter: &Matter<'_>, swaps: &mut Vec<Swap>) {
        let (reference, own) = (matter.owned("/reference"), matter.owned("/case"));
        let case = memory.case(reference.as_deref(), own.as_deref()).map(|case| case.reference.clone());
        let Some(case) = case.and_then(|reference| memory.cases.get_mut(&reference)) else { return };
        let recorded = [&one.question["reference"], &one.answer["reference"]];
        for model in recorded.into_iter().filter_map(Value::as_str) {
            swaps.push(Swap { from: model.to_owned(), to: case.reference.clone(), only: None });
        }
        match one.capability {
            Capability::CaseWithdraw if !one.is_bad_news() => case.word = Some("withdrawn".to_owned()),
            // What was put right goes its way again.
            Capability::CaseCorrect if !one.is_bad_news() => case.word = None,
            _ => {}
        }
    }

    fn books(
        memory: &mut Memory,
        one: &Recorded,
        matter: &Matter<'_>,
        named: Option<String>,
        swaps: &mut Vec<Swap>,
    ) {
        let Some(own) = matter.owned("/booking") else { return };
        if let Some(booking) = memory.bookings.get_mut(&own) {
            if let (Some(model), Some(reference)) = (one.answer["reference"].as_str(), &booking.reference) {
                swaps.retain(|swap| swap.from != model);
                swaps.push(Swap { from: model.to_owned(), to: reference.clone(), only: None });
            }
            if one.capability.writes() && !one.is_bad_news() {
                one.word().clone_into(&mut booking.word);
            }
        } else if let (Some(slot), false) = (matter.owned("/slot"), one.is_bad_news()) {
            let booking = Booking { slot, reference: named, word: one.word().to_owned() };
            memory.bookings.insert(own, booking);
        }
    }
}

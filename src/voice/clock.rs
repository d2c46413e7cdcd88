//! Terms of orders, counted in working days by the city's calendar from the day after.

use std::sync::Arc;

use yimen_contract::voice::{Terms, Voice};

use super::{Kind, Order, State, VoiceError};
use crate::{
    catalogue::Edition,
    platform::{
        Moment,
        calendar::{Due, WorkingCalendar},
        clock::city_day,
    },
    policy::{Rule, Rules},
    web::Failure,
};

/// What the city says about orders, and its calendar.
#[derive(Clone)]
pub struct Clocks(Arc<Edition>);

impl Clocks {
    /// A city that says nothing about them takes none.
    pub fn of(edition: &Arc<Edition>) -> Result<Self, Failure> {
        if edition.catalogue.city.voice.is_some() {
            Ok(Self(Arc::clone(edition)))
        } else {
            Err(Failure::NotFound)
        }
    }

    pub fn edition(&self) -> &Arc<Edition> {
        &self.0
    }

    pub fn policy(&self) -> Result<&Voice, VoiceError> {
        let policy = self.0.catalogue.city.voice.as_ref();
        policy.ok_or_else(|| VoiceError::Stored("the city takes no orders".to_owned()))
    }

    /// The terms of what began at a moment.
    pub(super) fn terms(&self, began: Moment) -> Terms {
        let rules = self.rules(began);
        Terms {
            dispatch: rules.number(Rule::OrderDispatch),
            give_back: rules.number(Rule::OrderGiveBack),
            handle: rules.number(Rule::OrderHandle),
            answer: rules.number(Rule::OrderAnswer),
            extend: rules.number(Rule::OrderExtend),
            visit: rules.number(Rule::OrderVisit),
        }
    }

    /// What the city sets by numbers, at a moment.
    pub fn rules(&self, at: Moment) -> Rules<'_> {
        self.0.catalogue.rules.at(at)
    }

    fn after(&self, now: Moment, days: u32) -> Due {
        self.0.catalogue.calendar.working_days_after(city_day(now), days)
    }

    /// Winds an order's clock as it stands now. Whose turn it is decides which term runs. The desk's runs from the day on which
    /// something came in and the unit's from the day on which it got it, whatever they say of it meanwhile.
    pub(super) fn wind(&self, order: &mut Order, now: Moment) -> Result<(), VoiceError> {
        let (terms, state) = (self.terms(now), order.state()?);
        if !matches!(state, State::Classified | State::Handling | State::Visited) {
            let due = days(&terms, state, order.kind()?).map(|days| self.after(now, days));
            order.due_on = due.map(|due| due.on);
            order.provisional = due.is_some_and(|due| due.provisional);
        }
        order.return_by = match state {
            State::Dispatched if !order.decided => Some(self.after(now, terms.give_back).on),
            _ => None,
        };
        Ok(())
    }

    /// Lengthens the unit's term, from its last day.
    pub(super) fn extend(&self, order: &mut Order, now: Moment) -> Result<(), VoiceError> {
        let last = order.due_on.ok_or(VoiceError::NotNow)?;
        let due = self.0.catalogue.calendar.working_days_after(last, self.terms(now).extend);
        order.due_on = Some(due.on);
        order.provisional = due.provisional;
        Ok(())
    }
}

/// So many days whoever is to act has.
fn days(terms: &Terms, state: State, kind: Kind) -> Option<u32> {
    match (state, kind) {
        (State::Replied | State::Visited, _) => Some(terms.visit),
        (state, _) if state.waits_for_desk() => Some(terms.dispatch),
        (state, Kind::Consultation) if state.waits_for_unit() => Some(terms.answer),
        (state, _) if state.waits_for_unit() => Some(terms.handle),
        _ => None,
    }
}

/// The last day of what began on a day, for clocks that were counted through a year whose calendar nobody had published.
pub(super) fn counted_anew(
    calendar: &WorkingCalendar,
    terms: &Terms,
    order: &Order,
    began: Moment,
) -> Result<Option<Due>, VoiceError> {
    let state = order.state()?;
    let Some(days) = days(terms, state, order.kind()?) else { return Ok(None) };
    let due = calendar.working_days_after(city_day(began), days);
    if !order.extended || !state.waits_for_unit() {
        return Ok(Some(due));
    }
    let more = calendar.working_days_after(due.on, terms.extend);
    Ok(Some(Due { provisional: due.provisional || more.provisional, ..more }))
}

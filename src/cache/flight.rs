//! Single flight: of the callers who want the same missing value at once, one works and the others wait.
//!
//! Whoever holds the seat's lock works. If the work fails, or its caller goes away half-way, the lock falls
//! to the next one waiting, who works in turn: a sick backend meets one call at a time, never a crowd, and no
//! error is kept. Waiting has no limit of its own; each caller's deadline is the caller's.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;

use super::Key;

/// The value once there is one, and the right to work for it.
type Seat = Arc<tokio::sync::Mutex<Option<Bytes>>>;

#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<Key, Seat>>);

impl Flights {
    /// Joins the flight for `key`, or opens one.
    pub(super) fn join(&self, key: &Key) -> Passenger<'_> {
        let seat = self.with(|flights| Arc::clone(flights.entry(key.clone()).or_default()));
        Passenger { flights: self, key: key.clone(), seat }
    }

    /// The truth has changed: those aboard may finish, but what they bring is not kept, and later callers
    /// begin anew.
    pub(super) fn ground(&self, key: &Key) {
        self.with(|flights| flights.remove(key));
    }

    fn with<T>(&self, act: impl FnOnce(&mut HashMap<Key, Seat>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    #[cfg(test)]
    pub(super) fn open(&self) -> usize {
        self.with(|flights| flights.len())
    }
}

/// One caller aboard a flight.
pub(super) struct Passenger<'a> {
    flights: &'a Flights,
    key: Key,
    pub(super) seat: Seat,
}

impl Passenger<'_> {
    /// Whether the flight has not been grounded since this caller joined.
    pub(super) fn current(&self) -> bool {
        self.flights.with(|flights| flights.get(&self.key).is_some_and(|seat| Arc::ptr_eq(seat, &self.seat)))
    }

    /// The value is there: later callers find it in the cache, not here.
    pub(super) fn land(&self) {
        self.flights.with(|flights| self.leave(flights, |_| true));
    }

    fn leave(&self, flights: &mut HashMap<Key, Seat>, when: impl FnOnce(&Seat) -> bool) {
        if flights.get(&self.key).is_some_and(|seat| Arc::ptr_eq(seat, &self.seat) && when(seat)) {
            flights.remove(&self.key);
        }
    }
}

impl Drop for Passenger<'_> {
    fn drop(&mut self) {
        // Two holders are the map and this one: nobody else is waiting. Joining happens under the same lock.
        self.flights.with(|flights| self.leave(flights, |seat| Arc::strong_count(seat) <= 2));
    }
}

//! Licences in time, from outside: known dates, the city's licence types, anybody's documents, reminders over years.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod anybody;
mod book;
mod calendar;
mod checking;
mod city;
mod decade;
mod histories;
mod known;
mod reminding;
mod windows;

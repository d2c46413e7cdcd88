//! The portal through its front doors: HTTP, command line, database, on both engines.
//!
//! Every test opens a [`town::Town`] of its own: a real portal on a free port with its own database, its own
//! clock and the demo city in it. `tests/run` starts the PostgreSQL and Redis that half of them need.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::disallowed_methods, reason = "a test is a visitor: it dials the portal itself")]

mod people;
mod town;

mod acting;
mod adapter;
mod admin;
mod answering;
mod apps;
mod asking;
mod architecture;
mod backends;
mod bad_input;
mod bookings;
mod capacity;
mod carriers;
mod cases;
mod channels;
mod city;
mod circulars;
mod claims;
mod command_line;
mod corrections;
mod counter_code;
mod data;
mod decade;
mod delivered;
mod demo;
mod desk;
mod disputes;
mod domain_cards;
mod doors;
mod drill_down;
mod dues;
mod events;
mod files;
mod following;
mod gathered;
mod gateway;
mod inbox;
mod inquiries;
mod guessing;
mod hanging;
mod joining;
mod killed;
mod national;
mod leaked;
mod ledger;
mod logs;
mod lost;
mod notes;
mod opened;
mod outlets;
mod overview;
mod packages;
mod papers;
mod payments;
mod played;
mod policy;
mod prefill;
mod principals;
mod privacy;
mod provider;
mod quality;
mod queue;
mod rating_forms;
mod rating_hands;
mod rating_proofs;
mod ratings;
mod releases;
mod reminded;
mod reminders;
mod report;
mod reporters;
mod resume;
mod roles;
mod sessions;
mod signing;
mod sites;
mod soon;
mod staff;
mod storage;
mod survey_files;
mod surveys;
mod together;
mod verify;
mod violations;
mod voice;
mod walk_ins;
mod wallet;
mod year;

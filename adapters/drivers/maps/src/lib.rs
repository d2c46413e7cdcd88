//! Runs the maps of packages: programs in jq, written by strangers.
//!
//! A map never runs in the portal's own process. A [`Pool`] keeps a few worker processes, each with an empty
//! environment and a bound on its memory; it hands a worker one program and one value at a time and kills it
//! when the time is over. So a map that loops, swallows memory or recurses without end costs its own call and
//! nothing else. A program is compiled once in each worker.
//!
//! What leads out of the program does not exist in the language here: no environment, no clock, no further
//! input, no output but the one result, no imports, no halting. A map that uses one of these does not compile,
//! and the message names it with line and column.
//!
//! What maps know beyond jq stands in `words.jq`, `amount.rs` and `date.rs`.

mod amount;
mod date;
mod exchange;
mod pool;
mod program;
mod value;
pub mod worker;

pub use pool::{Counts, LONGEST, Pool, Settings};

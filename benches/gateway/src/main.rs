//! What the way to an agency costs: each question is asked directly and through the gateway, in turn, of the same
//! backend in the same run; and pages of twenty agencies are asked with all of them well and with one that hangs, in turn.
//! `benches/run` starts it, and prints what it says beside the budgets.
//!
//! Takes the portal's own program (which runs maps), a folder for the database, and how many rounds.

mod city;
mod fan_out;
mod overhead;

use std::{env, error::Error, io, path::PathBuf, time::Duration};

use serde_json::json;

use self::city::City;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[actix_web::main]
async fn main() -> Outcome<()> {
    let mut arguments = env::args_os().skip(1);
    let mut next =
        || arguments.next().ok_or_else(|| io::Error::other("name the program, a folder and the rounds"));
    let (program, folder) = (PathBuf::from(next()?), PathBuf::from(next()?));
    let rounds: usize = next()?.to_string_lossy().parse()?;
    let city = City::open(&program, &folder, fan_out::hanging(rounds)).await?;
    let overhead = overhead::measure(&city, rounds * 40).await?;
    let fan_out = fan_out::measure(&city, rounds).await?;
    println!("{}", json!({ "overhead": overhead, "fan_out": fan_out }));
    Ok(())
}

/// The middle one and the slowest but one in a hundred, in milliseconds.
fn spread(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
    let millis = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    (millis(at(50)), millis(at(99)))
}

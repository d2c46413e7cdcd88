//! Repeating a call within its time: after a pause of a length left to chance, and only where it cannot do harm.

use std::time::{Duration, Instant};

use crate::call::{Answer, Call, CallError, Driver};

/// A number in `0.0..1.0`, so that many callers do not come back at the same moment.
pub type Chance = fn() -> f64;

const ATTEMPTS: u32 = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(40);

/// Makes the call, and makes it again where that is safe and there is time left for it.
pub async fn persist(driver: &dyn Driver, mut call: Call<'_>, chance: Chance) -> Result<Answer, CallError> {
    let (began, whole) = (Instant::now(), call.within);
    loop {
        let error = match driver.call(&call).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        let left = whole.saturating_sub(began.elapsed());
        let Some(pause) = pause(&call, &error, chance).filter(|pause| *pause * 2 < left) else {
            return Err(error);
        };
        tokio::time::sleep(pause).await;
        call.attempt += 1;
        call.within = whole.saturating_sub(began.elapsed());
    }
}

/// How long to wait before the next attempt; none if there must not be one.
fn pause(call: &Call<'_>, error: &CallError, chance: Chance) -> Option<Duration> {
    let harmless = match error {
        CallError::NotSent(_) => true,
        CallError::Unknown(_) => call.may_be_repeated(),
        // What was refused or not understood would be again, and whoever is busy wants to be left alone.
        _ => false,
    };
    let pause = FIRST_PAUSE * 2_u32.pow(call.attempt.min(8) - 1);
    (harmless && call.attempt < ATTEMPTS).then(|| pause.mul_f64(0.5 + chance()))
}

//! Chance, from the operating system. Everything that needs some asks here, so that tests can tell where chance
//! comes in.

/// Bytes nobody can guess. A machine without randomness cannot keep a secret, so there is no second best.
#[expect(clippy::disallowed_methods, reason = "this is the one place that asks for chance")]
pub fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A number in `0.0..1.0`, for jitter: it spreads load and guards nothing.
pub fn fraction() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / (f64::from(u32::MAX) + 1.0))
}

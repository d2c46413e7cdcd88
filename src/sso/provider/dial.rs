//! The one place where the provider calls out: to addresses that were registered by one person and approved by
//! another. It follows nobody elsewhere, uses no proxy from the environment and does not wait long.

use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(5);

/// Posts a form. An error says why it does not count as delivered.
#[expect(clippy::disallowed_methods, reason = "the one place where the provider calls out; see above")]
pub(super) async fn post(address: &str, fields: &[(&str, &str)]) -> Result<(), String> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .connect_timeout(PATIENCE)
        .user_agent("yimen")
        .build()
        .map_err(|error| error.to_string())?;
    // The error of the library may name the address with what it carries; only its kind is kept.
    let answer = client.post(address).form(fields).send().await.map_err(|error| {
        if error.is_timeout() { "no answer in time".to_owned() } else { "not reached".to_owned() }
    })?;
    if answer.status().is_success() { Ok(()) } else { Err(format!("answered {}", answer.status().as_u16())) }
}

//! The one place where the provider calls out: to addresses that were registered by one person and approved by
//! another. It goes by the safe dialer, as calls to agencies' backends do: what the operator does not allow, no
//! registration leads to, also where a name turns out to mean another machine than it did.

use std::time::Duration;

use url::{Url, form_urlencoded};
use yimen_contract::capability::Method;
use yimen_drivers::{Dialer, HttpRequest, Tls};

const PATIENCE: Duration = Duration::from_secs(5);
/// Nothing of the answer is used but its status.
const AT_MOST: usize = 16 * 1024;

/// Posts a form for a site of an agency. An error says why it does not count as delivered.
pub(super) async fn post(
    dialer: &dyn Dialer,
    agency: &str,
    address: &str,
    fields: &[(&str, &str)],
) -> Result<(), String> {
    let url = Url::parse(address).map_err(|_| "the address is none".to_owned())?;
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = HttpRequest {
        agency,
        method: Method::Post,
        url,
        headers: vec![("content-type", "application/x-www-form-urlencoded".to_owned())],
        body: body.into(),
        tls: Tls::default(),
        within: PATIENCE,
        at_most: AT_MOST,
    };
    // The dialer's words carry nothing of what was sent.
    let answer = dialer.http(request).await.map_err(|error| error.to_string())?;
    if (200..300).contains(&answer.status) { Ok(()) } else { Err(format!("answered {}", answer.status)) }
}

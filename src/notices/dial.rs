//! Calling addresses that people wrote themselves. It goes by the safe dialer with nothing allowed but public addresses over
//! TLS: what agencies' backends are allowed is not allowed here, or anybody could have the portal call them.

use std::time::Duration;

use bytes::Bytes;
use url::Url;
use yimen_contract::capability::Method;
use yimen_drivers::{DialError, Dialer, HttpAnswer, HttpRequest, Tls, address::Forbidden};

use super::courier::NotSent;

const PATIENCE: Duration = Duration::from_secs(10);
/// Nothing of an answer is used but its status, and of one to a challenge a line.
const AT_MOST: usize = 16 * 1024;
/// Connections to all of them share a pool: who asked for which is not to be told apart by it.
const POOL: &str = "outlets";

/// One POST. An answer of whatever status is an answer.
pub(super) async fn post(
    dialer: &dyn Dialer,
    url: Url,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
) -> Result<HttpAnswer, NotSent> {
    let request = HttpRequest {
        agency: POOL,
        method: Method::Post,
        url,
        headers,
        body,
        tls: Tls::default(),
        within: PATIENCE,
        at_most: AT_MOST,
    };
    // The dialer's words carry nothing of what was sent, nor where to.
    dialer.http(request).await.map_err(|error| match error {
        DialError::Forbidden(Forbidden::Nowhere) | DialError::NotSent(_) => {
            NotSent::Later("an outlet could not be reached".to_owned())
        }
        DialError::Forbidden(_) | DialError::Address(_) => {
            NotSent::Never("the address of an outlet may not be called".to_owned())
        }
        // It answered, and at too great a length to be taken for an answer.
        DialError::TooLarge(_) => NotSent::Later("an outlet said too much".to_owned()),
        DialError::Lost(_) => NotSent::unknown("an outlet did not answer"),
    })
}

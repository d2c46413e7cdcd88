//! Parameters of a request, from its address or its body.

use actix_web::{HttpMessage as _, HttpRequest, web::Payload};
use url::form_urlencoded;

use super::denied::Denied;

/// No request of the protocol is longer.
const LONGEST: usize = 32 * 1024;

/// Parameters, each given once. An empty one counts as not given (RFC 6749, 3.1).
#[derive(Debug, Clone, Default)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// A parameter given twice has no meaning: two readers could each take another.
    pub(super) fn read(text: &[u8]) -> Result<Self, Denied> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(text).into_owned().collect();
        let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(Denied::request("a parameter is given more than once"));
        }
        Ok(Self(pairs))
    }

    pub(super) fn of<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }

    pub(super) async fn of_body(request: &HttpRequest, body: Payload) -> Result<Self, Denied> {
        if !request.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Denied::request("the body must be application/x-www-form-urlencoded"));
        }
        let bytes = body.to_bytes_limited(LONGEST).await;
        let bytes = bytes.map_err(|_| Denied::request("the body is too long"))?;
        Self::read(&bytes.map_err(|_| Denied::request("the body could not be read"))?)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The words of a list such as `scope`.
    pub(super) fn words(&self, name: &str) -> impl Iterator<Item = &str> {
        self.get(name).unwrap_or_default().split(' ').filter(|word| !word.is_empty())
    }

    /// As they stand in an address.
    pub(super) fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }
}

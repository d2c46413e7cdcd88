//! What a form sent, taken only after it proved to be ours.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    web::{Data, Payload as Body},
};

use super::{Failure, Site, Visitor, csrf, headers, visitor};

/// The answers of a form, as typed. Getting one means that the token was checked: no handler can forget it.
#[derive(Debug, Clone, Default)]
pub struct Submitted {
    answers: Vec<(String, String)>,
}

impl Submitted {
    /// The answer to a field, without the space around it; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.answers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The same with the space around it, which belongs to a password.
    pub fn exactly(&self, name: &str) -> &str {
        self.answers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// All answers to a field that may have several.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.answers.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    pub(super) const fn of(answers: Vec<(String, String)>) -> Self {
        Self { answers }
    }

    /// Everything that was sent, in its order and exactly as it was typed.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.answers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(super) fn into_answers(self) -> Vec<(String, String)> {
        self.answers
    }
}

/// Where a form came in, and whose it is.
pub(super) async fn sender(request: &HttpRequest) -> Result<(Data<Site>, Visitor), Failure> {
    let site = request.app_data::<Data<Site>>().cloned();
    let site = site.ok_or_else(|| Failure::broken("a form came in before the site was there"))?;
    Ok((site, Visitor::extract(request).await?))
}

impl FromRequest for Submitted {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = Body::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (site, visitor) = sender(&request).await?;
            if !headers::is_plain_form(&request) {
                return Err(Failure::BadRequest);
            }
            let body = body.await.map_err(|_| Failure::BadRequest)?;
            let bytes = body
                .to_bytes_limited(site.max_form_bytes)
                .await
                .map_err(|_| Failure::TooLarge)?
                .map_err(|_| Failure::BadRequest)?;
            let answers = visitor::pairs(&bytes);
            let form = Self::of(answers);
            csrf::check(&site, &visitor, &request, form.get(csrf::FIELD))?;
            Ok(form)
        })
    }
}

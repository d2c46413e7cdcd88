//! What stands before pages for people who are signed in.

use actix_web::{
    Error, HttpMessage as _, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
};
use url::form_urlencoded;

use super::{Failure, Visitor, session::Realm};

/// Lets through whoever is signed in well enough. The others are led to where they can become so, and from
/// there back to where they wanted to go.
pub(super) async fn signed(
    realm: Realm,
    level: u8,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let visitor = visitor.ok_or_else(|| Failure::broken("a request came in past the entrance"))?;
    let there = match visitor.session(realm) {
        Some(session) if session.signed.level >= level => {
            return Ok(next.call(request).await?.map_into_boxed_body());
        }
        Some(_) => format!("/me/verify?level={level}&"),
        None => match realm {
            Realm::Citizen => "/sign-in?".to_owned(),
            Realm::Staff => "/staff/sign-in?".to_owned(),
        },
    };
    // A form cannot be gone back to by its address, but the page it stood on can.
    let back = if *request.method() == Method::GET {
        visitor.path().to_owned()
    } else {
        own_referrer(&request).unwrap_or_else(|| "/me".to_owned())
    };
    let next: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
    let answer =
        HttpResponse::SeeOther().insert_header((header::LOCATION, format!("{there}next={next}"))).finish();
    Ok(request.into_response(answer))
}

/// The path of the page that the form stood on, if it was one of ours.
fn own_referrer(request: &ServiceRequest) -> Option<String> {
    let referrer = request.headers().get(header::REFERER)?.to_str().ok()?;
    let site = request.app_data::<actix_web::web::Data<super::Site>>()?;
    let path = referrer.strip_prefix(site.origin())?;
    path.starts_with('/').then(|| path.to_owned())
}

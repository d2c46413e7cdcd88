//! `/me/payments/owed/{id}`: from what an agency said by itself to the page on which it is asked and paid.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use url::form_urlencoded::byte_serialize;

use super::serves;
use crate::{
    catalogue::{Shelf, present::urls},
    db::Conn,
    payments::told::{self, ToldId},
    web::{Failure, Site, Visitor, see_other, session::Realm},
};

pub async fn owed(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
) -> Result<HttpResponse, Failure> {
    let signed = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?.signed.clone();
    let id: ToldId = id.parse().map_err(|_| Failure::NotFound)?;
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let find = move |c: &mut Conn| told::number(c, &ring, now, (&signed, id));
    let (service, number) = site.db.tx(find).await?.ok_or(Failure::NotFound)?;
    let guide = urls::service(&service);
    // A service that is not paid here any more says itself how it is.
    if !serves(&shelf, &service) {
        return Ok(see_other(&guide));
    }
    let number: String = byte_serialize(number.as_bytes()).collect();
    Ok(see_other(&format!("{guide}/due?number={number}")))
}

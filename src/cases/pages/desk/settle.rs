//! Confirming what a colleague drafted, or giving it back.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{case::back, number_of, refusal, seat};
use crate::{
    cases::desk::{self, Clocks, DeskError},
    catalogue::Shelf,
    db::Conn,
    web::{Failure, Site, Submitted, Visitor},
};

/// `POST /agency/cases/{reference}/settle`
pub async fn settle(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (seat, number) = (seat(&visitor, &site).await?, number_of(&reference)?);
    let id = form.get("id").parse().map_err(|_| Failure::NotFound)?;
    let returned = match form.get("go") {
        "confirm" => None,
        "return" => Some(form.get("remark").chars().take(2000).collect::<String>()),
        _ => return Err(Failure::BadRequest),
    };
    let (ring, now, edition) = (Arc::clone(&site.keys), site.clock.now(), shelf.edition()?);
    let (asked, gives_back) = (number.clone(), returned.is_some());
    let done = move |c: &mut Conn| {
        let (case, _) = desk::one(c, &seat, &asked)?;
        let clocks = Clocks::of(&edition, &case.service);
        desk::settle(c, &ring, now, &seat, &clocks, (&asked, id), returned.as_deref())?;
        Ok::<_, DeskError>(())
    };
    let came = match site.db.tx(done).await {
        Ok(()) if gives_back => "returned",
        Ok(()) => "confirmed",
        Err(error) => refusal(error)?,
    };
    Ok(back(&number, came))
}

//! Taking cases, giving them to colleagues, and both for several at once.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{LIST, case::back, number_of, refusal, seat};
use crate::{
    cases::desk,
    ledger::StaffId,
    web::{Failure, Site, Submitted, Visitor, see_other},
};

fn somebody(form: &Submitted, name: &str) -> Result<Option<StaffId>, Failure> {
    match form.get(name) {
        "" => Ok(None),
        to => to.parse::<StaffId>().map(Some).map_err(|_| Failure::NotFound),
    }
}

/// What became of it, as it is said.
fn given(me: StaffId, to: Option<StaffId>) -> &'static str {
    match to {
        None => "released",
        Some(to) if to == me => "claimed",
        Some(_) => "assigned",
    }
}

/// `POST /agency/cases/{reference}/assign`
pub async fn assign(
    visitor: Visitor,
    site: Data<Site>,
    reference: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (seat, number) = (seat(&visitor, &site).await?, number_of(&reference)?);
    let (was, to, now) = (somebody(&form, "held")?, somebody(&form, "to")?, site.clock.now());
    let (asked, me) = (number.clone(), seat.member.id);
    let came = match site.db.tx(move |c| desk::assign(c, now, &seat, &asked, (was, to))).await {
        Ok(()) => given(me, to),
        Err(error) => refusal(error)?,
    };
    Ok(back(&number, came))
}

/// `POST /agency/cases/bulk`: takes the ticked cases, or gives them to a colleague. Nothing is decided so.
pub async fn bulk(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let seat = seat(&visitor, &site).await?;
    let me = seat.member.id;
    let to = if form.get("go") == "claim" { Some(me) } else { somebody(&form, "to")? };
    let to = to.ok_or(Failure::BadRequest)?;
    let ticked: Vec<String> = form.all("case").map(str::to_owned).collect();
    if ticked.is_empty() {
        return Ok(see_other(&format!("{LIST}?show=waiting&said=nothing")));
    }
    let (count, now) = (ticked.len(), site.clock.now());
    let done = site.db.tx(move |c| desk::assign_all(c, now, &seat, &ticked, to)).await?;
    let said = if done == count { given(me, Some(to)) } else { "taken" };
    Ok(see_other(&format!("{LIST}?show=waiting&said={said}")))
}

//! `GET /api/v1/agencies/{slug}/files/{name}`: a paper of a case, for the agency that has the case, and nobody else. Each
//! time is a look on the citizen's record.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use diesel::prelude::*;

use super::{
    give::given_out,
    kept::{FileId, Paper, Row},
    token,
};
use crate::{
    cases::{CaseError, life::State},
    db::{
        Conn,
        schema::{case_files, cases},
    },
    gateway::{
        Gateway,
        events::{Proof, request_of},
    },
    ledger::{self, Actor, Basis, Look, Purpose},
    platform::{Moment, keys::KeyRing},
    web::{Failure, Site},
};

/// Gives a paper to its agency. Whatever is not right about the question, the answer is that there is no such file.
pub async fn file(
    (site, gateway): (Data<Site>, Data<Gateway>),
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    let (slug, name) = path.into_inner();
    let now = site.clock.now();
    let Some(id) = token::file(&site.keys, &slug, &name, now) else { return Ok(none()) };
    // Who has the name got it from us, over the agency's own line; who has keys shows them too.
    if gateway.prove(&slug, &request_of(&request, b"")).await? == Proof::Refused {
        return Ok(HttpResponse::Unauthorized().finish());
    }
    let ring = site.keys.clone();
    let paper = site.db.tx(move |c| looked(c, &ring, now, &slug, id)).await;
    match paper {
        Ok(paper) => given_out(&site, paper).await,
        Err(CaseError::Unknown) => Ok(none()),
        Err(error) => Err(error.into()),
    }
}

fn none() -> HttpResponse {
    HttpResponse::build(StatusCode::NOT_FOUND).finish()
}

/// A paper of one of the agency's cases, with the look that this is.
fn looked(c: &mut Conn, ring: &KeyRing, now: Moment, agency: &str, id: FileId) -> Result<Paper, CaseError> {
    let row: Option<Row> = case_files::table
        .filter(case_files::id.eq(id))
        .filter(case_files::handed_in_at.is_not_null())
        .select(Row::as_select())
        .first(c)
        .optional()?;
    let row = row.ok_or(CaseError::Unknown)?;
    let service: Option<String> = cases::table
        .filter(cases::citizen_id.eq(row.citizen_id))
        .filter(cases::id.eq(row.matter))
        .filter(cases::agency.eq(agency))
        .filter(cases::state.ne(State::Withdrawn.tag()))
        .select(cases::service)
        .first(c)
        .optional()?;
    let service = service.ok_or(CaseError::Unknown)?;
    let look = Look {
        citizen: row.citizen_id,
        actor: Actor::Agency(agency.to_owned()),
        purpose: Purpose::Service,
        basis: Basis::Consent,
        fields: &["papers"],
        detail: Some(&service),
    };
    let warrant = ledger::look(c, ring, now, &look)?;
    row.opened(c, ring, &warrant)
}

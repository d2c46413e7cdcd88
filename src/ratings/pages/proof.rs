//! Files about a rating, as downloads: for the agency, from above it, and about what was put right for whoever rated.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};

use super::{
    Seat, id_of,
    rate::{Found, Here, Two},
};
use crate::{
    cases::papers::{FileId, alone},
    db::Conn,
    ratings::{evidence, queries},
    web::{Failure, Visitor},
};

fn file_of(text: &str) -> Result<FileId, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// `GET /agency/ratings/{id}/evidence/{file}`
pub async fn picture(
    visitor: Visitor,
    two: Two,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let seat = Seat::of_agency(&visitor, &two.0).await?;
    given(&two, path.into_inner(), seat).await
}

/// `GET /admin/ratings/{id}/evidence/{file}`
pub async fn admin_picture(
    visitor: Visitor,
    two: Two,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let seat = Seat::above(&visitor, &two.0).await?;
    given(&two, path.into_inner(), seat).await
}

/// It is in the record of whoever rated before it is given out.
async fn given(
    (site, shelf): &Two,
    (id, file): (String, String),
    seat: Seat,
) -> Result<HttpResponse, Failure> {
    let edition = shelf.edition()?;
    let (id, file, agencies) = (id_of(&id)?, file_of(&file)?, seat.agencies(&edition.catalogue));
    let (ring, now, staff) = (Arc::clone(&site.keys), site.clock.now(), seat.at.member.id);
    let open = move |c: &mut Conn| {
        let (rating, ..) = queries::one(c, &agencies, id)?;
        evidence::seen(c, (&ring, now), (staff, &rating.agency), (id, file))
    };
    let exhibit = site.db.tx(open).await?;
    alone::give(&evidence::folder(site), &exhibit).await
}

/// `GET /me/ratings/{kind}/{reference}/evidence/{file}`
pub async fn own_picture(
    visitor: Visitor,
    two: Two,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (kind, reference, file) = path.into_inner();
    let file = file_of(&file)?;
    let (_, found, ..) = Here::new(&visitor, &two, (kind, reference)).await?;
    let Found::Given(given) = found else { return Err(Failure::NotFound) };
    let (site, id, ring) = (&two.0, given.0.rating.id, Arc::clone(&two.0.keys));
    let exhibit = site.db.read(move |c: &mut Conn| evidence::of_fix(c, &ring, (id, file))).await?;
    alone::give(&evidence::folder(site), &exhibit).await
}

//! Showing a document to others: a code for a minute on the screen, or one on paper.

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};

use super::{Holder, document, id_of, local, name_of, url};
use crate::{
    accounts,
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    wallet::{WalletError, proofs, proofs::FIELDS, queries, views::ProofView},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Dates as _, Text},
        scan, see_other,
    },
};

const A_MINUTE: u8 = 61;

/// Gives out a code.
pub async fn show(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let id = id_of(&id)?;
    let holder = Holder::of(&visitor, &site).await?;
    let on_paper = sent.get("way") == "paper";
    let chosen: Vec<&'static str> =
        FIELDS.into_iter().filter(|field| sent.all("show").any(|chosen| chosen == *field)).collect();
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let give = move |c: &mut Conn| {
        let document = queries::find(c, &holder.whose, id)?;
        // What somebody wrote down themself proves nothing, and what is put aside is shown to nobody.
        if document.is_own() || document.discarded_at.is_some() {
            return Err(WalletError::Unknown);
        }
        let warrant = holder.warrant(c, &ring, now)?;
        holder.kept(c, now)?;
        // A company's documents do not name whoever answers for it.
        let name = match holder.whose.company {
            Some(company) => {
                let named = accounts::acting::company(c, company);
                Some(named.map_err(|error| WalletError::Stored(error.to_string()))?.0)
            }
            None => accounts::name(c, &ring, &warrant)?,
        };
        proofs::give(
            c,
            &ring,
            now,
            (&holder.whose, &warrant),
            &document,
            (&chosen, name.as_deref(), on_paper),
        )
    };
    match site.db.tx(give).await {
        Ok(proof) => Ok(see_other(&format!("{}/proofs/{proof}", url(id)))),
        Err(WalletError::TooMany) => Ok(see_other(&format!("{}?said=many", url(id)))),
        Err(error) => Err(error.into()),
    }
}

/// The code, as a picture and to be typed.
pub async fn proof(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    path: Path<(String, String)>,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (id, proof) = path.into_inner();
    let (id, proof) = (id_of(&id)?, proof.parse().map_err(|_| Failure::NotFound)?);
    let holder = Holder::of(&visitor, &site).await?;
    let (document, printed, _) = document::read(&site, &holder, id).await?;
    let (ring, now, reader) = (site.keys.clone(), site.clock.now(), holder.clone());
    let read = move |c: &mut Conn| {
        let warrant = reader.warrant(c, &ring, now)?;
        proofs::find(c, &ring, now, (&reader.whose, &warrant), (id, proof))
    };
    let found = if holder.acts() { site.db.tx(read).await } else { site.db.read(read).await };
    let (proof, shown) = match found {
        Ok(found) => found,
        // Its minute is over.
        Err(WalletError::Unknown) => return Ok(Either::Right(see_other(&format!("{}?said=over", url(id))))),
        Err(error) => return Err(error.into()),
    };
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let issuer = document.agency.as_deref().and_then(|slug| edition.catalogue.agency(slug));
    let check = format!("{}/verify/{}", site.origin(), proof.code);
    let t = visitor.texts();
    // Its dates are those of now, as whoever checks it is told them.
    let value = |field: &str, text: String| match field {
        "issued-on" => Some(t.day(&document.issued_on)),
        "expires-on" => document.expires_on.map(|day| t.day(&day)),
        _ => Some(text),
    };
    let fact = |(field, text): (&'static str, String)| Some((t.wallet_field(field), value(field, text)?));
    let view = ProofView {
        csrf: visitor.form_token(&site)?,
        url: url(id),
        name: name_of(present, &document, &printed),
        agency: issuer.map_or_else(Text::default, |entry| present.text(&entry.agency.name)),
        picture: scan(&check, 240)?,
        check,
        shown: shown.into_iter().filter_map(fact).collect(),
        code: proof.code,
        on_paper: proof.on_paper,
        until: local(proof.until),
        id: proof.id.to_string(),
        frame: visitor.frame(),
    };
    let on_screen = !proof.on_paper;
    let page = Page::new(&view)?;
    // On a screen the code is gone when its minute is: the page looks again then.
    Ok(Either::Left(if on_screen { page.again_in(A_MINUTE) } else { page }))
}

/// A code proves nothing any more.
pub async fn end(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, String)>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (id, proof) = path.into_inner();
    let (id, proof) = (id_of(&id)?, proof.parse().map_err(|_| Failure::NotFound)?);
    let holder = Holder::of(&visitor, &site).await?;
    let now = site.clock.now();
    let end = move |c: &mut Conn| {
        holder.kept(c, now)?;
        proofs::end(c, &holder.whose, (id, proof))
    };
    site.db.tx(end).await?;
    Ok(see_other(&format!("{}?said=ended", url(id))))
}

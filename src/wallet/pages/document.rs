//! `/me/wallet/{id}`: one document: how it stands, what is to be done and where, and who may see it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use yimen_contract::licence::LicenceType;

use super::{Holder, WALLET, id_of, local, name_of, stands, url};
use crate::{
    accounts::masking,
    catalogue::{
        AgencyEntry, Shelf,
        present::{Presenter, urls},
    },
    db::Conn,
    wallet::{
        self, Document, DocumentId, Printed, WalletError, proofs,
        proofs::{FIELDS, Proof},
        queries,
        views::{DocumentView, PaperLine, RenewAt},
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Link},
        query, see_other,
    },
};

/// A document with what stands on it, and its codes on paper.
pub(super) type Read = (Document, Printed, Vec<Proof>);

pub(super) async fn read(site: &Site, holder: &Holder, id: DocumentId) -> Result<Read, Failure> {
    let (ring, now, reader) = (site.keys.clone(), site.clock.now(), holder.clone());
    let read = move |c: &mut Conn| {
        let document = queries::find(c, &reader.whose, id)?;
        let warrant = reader.warrant(c, &ring, now)?;
        let printed = document.printed(c, &ring, &warrant)?;
        let papers = proofs::on_paper(c, &ring, now, &warrant, id)?;
        Ok::<_, WalletError>((document, printed, papers))
    };
    let found = if holder.acts() { site.db.tx(read).await } else { site.db.read(read).await };
    Ok(found?)
}

pub async fn document(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let id = id_of(&id)?;
    let holder = Holder::of(&visitor, &site).await?;
    let (document, printed, papers) = read(&site, &holder, id).await?;
    let edition = shelf.edition()?;
    let (t, catalogue) = (visitor.texts(), &edition.catalogue);
    let present = Presenter::new(t, catalogue);
    let kind = catalogue.licence(&document.kind);
    let issuer = document.agency.as_deref().and_then(|slug| catalogue.agency(slug));
    let stands = stands(catalogue, &document, site.clock.today());
    let said = match query(&request, "said").as_deref() {
        Some("kept") => Some(("ok", t.wallet_said_kept().to_owned())),
        Some("restored") => Some(("ok", t.wallet_said_restored().to_owned())),
        Some("ended") => Some(("ok", t.wallet_said_ended().to_owned())),
        Some("over") => Some(("info", t.wallet_said_over().to_owned())),
        Some("many") => Some(("warn", t.wallet_said_many().to_owned())),
        _ => None,
    };
    let words = |pick: fn(&LicenceType) -> Option<&yimen_contract::Bilingual>| {
        kind.and_then(|(_, kind)| pick(kind)).map(|text| present.text(text))
    };
    let choice = |field: &&str| {
        let chosen = matches!(*field, "holder" | "expires-on");
        Choice::new(*field, t.wallet_field(*field), chosen)
    };
    Page::new(&DocumentView {
        csrf: visitor.form_token(&site)?,
        said,
        url: url(id),
        name: name_of(present, &document, &printed),
        agency: issuer.map(|entry| present.agency(entry)),
        covered: masking::number(&printed.number),
        number: printed.number.clone(),
        remarks: printed.remarks.clone(),
        issued: document.issued_on,
        expires: document.expires_on,
        checked: document.checked_on,
        seen: local(document.seen_at.moment()),
        overdue: words(|kind| kind.overdue.as_ref()),
        note: words(|kind| kind.note.as_ref()),
        check: words(|kind| kind.periodic_check.as_ref()),
        sample: kind.is_some_and(|(_, kind)| kind.sample),
        renew: renew_at(present, kind),
        show: Field::new("show", t.wallet_show_what()).choices(FIELDS.iter().map(choice).collect()),
        papers: papers
            .into_iter()
            .map(|paper| PaperLine {
                url: format!("{}/proofs/{}", url(id), paper.id),
                id: paper.id.to_string(),
                code: paper.code,
                until: local(paper.until),
            })
            .collect(),
        discarded: document.discarded_at.is_some(),
        own: document.is_own(),
        reminders: "/me/reminders".to_owned(),
        stands,
        frame: visitor.frame(),
    })
}

/// Where it is renewed: by the service of its kind, or else at the office of whoever issues it.
pub(super) fn renew_at(present: Presenter<'_>, kind: Option<(&AgencyEntry, &LicenceType)>) -> RenewAt {
    let Some((issuer, kind)) = kind else { return RenewAt::Nowhere };
    let service = kind.renewal_service.as_deref().and_then(|code| present.catalogue.service(code));
    if let Some(entry) = service {
        let name = present.text(&entry.service.name);
        return RenewAt::Online(Link::new(name, urls::service(&entry.service.code)));
    }
    let contact = &issuer.agency.contact;
    RenewAt::Office {
        name: present.text(&issuer.agency.name),
        address: present.text(&contact.address),
        hours: present.text(&contact.hours),
        phone: contact.phone.clone(),
    }
}

/// Puts it aside; what a person wrote down is gone.
pub async fn discard(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (id, now) = (id_of(&id)?, site.clock.now());
    let holder = Holder::of(&visitor, &site).await?;
    let discard = move |c: &mut Conn| {
        holder.kept(c, now)?;
        wallet::discard(c, now, &holder.whose, id)
    };
    site.db.tx(discard).await?;
    Ok(see_other(&format!("{WALLET}?said=discarded")))
}

/// Takes it back.
pub async fn restore(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (id, now) = (id_of(&id)?, site.clock.now());
    let holder = Holder::of(&visitor, &site).await?;
    let restore = move |c: &mut Conn| {
        holder.kept(c, now)?;
        wallet::restore(c, now, &holder.whose, id)
    };
    site.db.tx(restore).await?;
    Ok(see_other(&format!("{}?said=restored", url(id))))
}

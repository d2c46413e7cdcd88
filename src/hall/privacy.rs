//! `/me/privacy`: what is held about me, what I agreed to, and a copy of all of it.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    http::header,
    web::{Data, Path},
};
use chrono::NaiveDateTime;
use serde_json::{Map, json};

use super::{
    inquiries::asked as asked_row,
    looks::citizen,
    views::{ConsentRow, ExportView, FieldRow, PrivacyView, RequestRow, SectionRow},
};
use crate::{
    accounts::{inquiries, masking},
    catalogue::{Catalogue, Shelf, present::Presenter},
    ledger::{
        self, Actor, Basis, CitizenId, Holders, LedgerError, Look, Purpose, Record, Section, Value,
        consent::{self, Consent, ConsentId},
        requests::{self, Request},
    },
    platform::{
        Moment, Texts,
        clock::{CITY_ZONE, city_day},
    },
    sso::provider,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Dates as _, Text},
        query, see_other,
    },
};

/// Kinds that the page shows one by one; of the others it says how many there are and where they are shown.
const SHOWN: [&str; 2] = ["account", "sessions"];

pub(super) fn local(at: Moment) -> NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

pub async fn privacy(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    holders: Data<Holders>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (citizen, ring) = (citizen(&visitor)?, Arc::clone(&site.keys));
    let (sections, consents, asked, corrections) = site
        .db
        .read(move |c| {
            let warrant = ledger::own(citizen);
            let sections = holders.export(c, &ring, &warrant)?;
            let corrections = inquiries::mine(c, &ring, &warrant, None)?;
            Ok::<_, LedgerError>((sections, consent::of(c, citizen)?, requests::of(c, citizen)?, corrections))
        })
        .await?;
    let (t, edition) = (visitor.texts(), shelf.edition()?);
    let done = |name: &str| query(&request, name).is_some();
    let notice = if done("withdrawn") {
        Some(t.privacy_withdrawn())
    } else if done("erasing") {
        Some(t.privacy_erasing())
    } else if done("stopped") {
        Some(t.privacy_stopped())
    } else if done("corrected") {
        Some(t.privacy_corrected())
    } else {
        None
    };
    let (present, today) = (Presenter::new(t, &edition.catalogue), city_day(site.clock.now()));
    let erasing = asked.iter().find(|request| request.kind == "erase" && request.is_open());
    let view = PrivacyView {
        notice: notice.map(str::to_owned),
        sections: sections.iter().map(|section| section_row(t, section)).collect(),
        consents: consents.iter().map(|consent| consent_row(t, &edition.catalogue, consent)).collect(),
        erasing: erasing.map(|request| local(request.due_at.moment())),
        requests: asked.iter().map(|request| request_row(t, request)).collect(),
        corrections: corrections.into_iter().map(|told| asked_row(present, today, told)).collect(),
        csrf: visitor.form_token(&site)?,
        frame: visitor.frame(),
    };
    Page::new(&view)
}

fn section_row(t: Texts, section: &Section) -> SectionRow {
    let shown = SHOWN.contains(&section.kind);
    let records: Vec<_> =
        if shown { section.records.iter().map(|it| fields(t, it, true)).collect() } else { Vec::new() };
    SectionRow {
        title: t.privacy_kind(section.kind),
        about: t.privacy_kind_about(section.kind),
        count: section.records.len(),
        kept: section.kept.map(|kept| t.privacy_kept(kept.tag())),
        records,
    }
}

/// The fields of a record in the reader's language; masked wherever a page shows them.
fn fields(t: Texts, record: &Record, masked: bool) -> Vec<FieldRow> {
    let said = |name: &str, value: &Value| match value {
        Value::Text(text) if masked => match name {
            "name" => masking::name(text),
            "identity-number" => masking::number(text),
            "phone" => masking::phone(text),
            "email" => masking::email(text),
            _ => text.clone(),
        },
        Value::Text(text) => text.clone(),
        Value::Tag(tag) => t.data_word(tag.as_str()),
        Value::Tags(tags) => {
            let words: Vec<String> = tags.iter().map(|tag| t.data_field(tag.as_str())).collect();
            words.join(t.list_comma())
        }
        Value::At(at) => t.moment(&local(*at)),
    };
    let row = |(name, value): &(&'static str, Value)| FieldRow {
        label: t.data_field(*name),
        value: said(name, value),
    };
    record.iter().map(row).collect()
}

fn consent_row(t: Texts, catalogue: &Catalogue, consent: &Consent) -> ConsentRow {
    let present = Presenter::new(t, catalogue);
    let recipient = match catalogue.agency(&consent.recipient) {
        Some(entry) => present.agency(entry).text,
        None => Text::plain(consent.recipient.as_str()),
    };
    ConsentRow {
        id: consent.id.to_string(),
        recipient,
        // What follows a slash names the service and the source; the word stands before it.
        purpose: t.data_word(consent.purpose.split('/').next().unwrap_or_default()),
        fields: consent.kinds.0.iter().map(|kind| t.data_field(kind.as_str())).collect(),
        given: local(consent.given_at.moment()),
        withdrawn: consent.withdrawn_at.map(|at| local(at.moment())),
    }
}

fn request_row(t: Texts, request: &Request) -> RequestRow {
    RequestRow {
        what: t.data_word(request.kind.as_str()),
        made: local(request.made_at.moment()),
        due: local(request.due_at.moment()).date(),
        ended: request.ended_at.map(|at| local(at.moment())),
        outcome: request.outcome.as_deref().map(|outcome| t.data_word(outcome)),
    }
}

/// `POST /me/privacy/consents/{id}/withdraw`: one button, as giving was one button.
pub async fn withdraw(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    _form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (citizen, now) = (citizen(&visitor)?, site.clock.now());
    let id: ConsentId = id.parse().map_err(|_| Failure::NotFound)?;
    let known = site
        .db
        .tx(move |c| {
            let Some(given) = consent::of(c, citizen)?.into_iter().find(|it| it.id == id) else {
                return Ok::<_, LedgerError>(false);
            };
            // One that was withdrawn already is withdrawn: the button may be pressed twice.
            if consent::withdraw(c, now, citizen, id)? {
                provider::withdrawn(c, now, citizen, &given.recipient)?;
            }
            Ok(true)
        })
        .await?;
    if known { Ok(see_other("/me/privacy?withdrawn=1")) } else { Err(Failure::NotFound) }
}

/// Gathers everything held about the person and writes down that a copy was taken: should it ever have been
/// somebody else in their session, they see it.
async fn gathered(
    site: &Site,
    holders: Data<Holders>,
    citizen: CitizenId,
) -> Result<(Moment, Vec<Section>), Failure> {
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let sections = site
        .db
        .tx(move |c| {
            let taken = Look {
                citizen,
                actor: Actor::Citizen(citizen),
                purpose: Purpose::DataRequest,
                basis: Basis::Consent,
                fields: &["everything"],
                detail: None,
            };
            ledger::act(c, &ring, now, &taken)?;
            holders.export(c, &ring, &ledger::own(citizen))
        })
        .await?;
    Ok((now, sections))
}

fn as_file(page: Page, now: Moment, ending: &str) -> impl Responder + use<> {
    let name = format!("attachment; filename=\"yimen-data-{}.{ending}\"", local(now).format("%Y-%m-%d"));
    page.customize().insert_header((header::CONTENT_DISPOSITION, name))
}

pub async fn export_json(
    visitor: Visitor,
    site: Data<Site>,
    holders: Data<Holders>,
) -> Result<impl Responder, Failure> {
    let citizen = citizen(&visitor)?;
    let (now, sections) = gathered(&site, holders, citizen).await?;
    let sections: BTreeMap<&str, serde_json::Value> =
        sections.into_iter().map(|section| (section.kind, section_json(section))).collect();
    let page = Page::json(&json!({ "person": citizen, "made_at": now, "data": sections }))?;
    Ok(as_file(page, now, "json"))
}

fn section_json(section: Section) -> serde_json::Value {
    let record = |record: Record| -> Map<String, serde_json::Value> {
        record.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect()
    };
    let records: Vec<_> = section.records.into_iter().map(record).collect();
    json!({ "kept_after_erasure": section.kept, "records": records })
}

pub async fn export_html(
    visitor: Visitor,
    site: Data<Site>,
    holders: Data<Holders>,
) -> Result<impl Responder, Failure> {
    let citizen = citizen(&visitor)?;
    let (now, sections) = gathered(&site, holders, citizen).await?;
    let t = visitor.texts();
    let section = |section: &Section| SectionRow {
        records: section.records.iter().map(|record| fields(t, record, false)).collect(),
        ..section_row(t, section)
    };
    let view = ExportView {
        made: local(now),
        sections: sections.iter().map(section).collect(),
        frame: visitor.frame(),
    };
    Ok(as_file(Page::new(&view)?, now, "html"))
}

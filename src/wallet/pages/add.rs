//! `/me/wallet/add`: writing down a document that no agency here knows of, and changing what was written down.

use actix_web::{
    Either, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::{Datelike as _, NaiveDate};
use yimen_contract::{licence::Holder as For, text::is_unprintable};

use super::{Holder, WALLET, document, id_of, url};
use crate::{
    catalogue::{Edition, Shelf, present::Presenter},
    db::Conn,
    wallet::{self, DocumentId, Printed, WalletError, Written, views::AddView},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field},
        see_other,
    },
};

/// Longer names and numbers no document has.
const LONGEST: usize = 60;
/// The kind of what has none.
const OTHER: &str = "other";

/// What the form holds.
#[derive(Debug, Default)]
struct Typed {
    kind: String,
    name: String,
    number: String,
    issued: String,
    expires: String,
    checked: String,
    next: String,
}

impl Typed {
    fn of(sent: &Submitted) -> Self {
        let get = |name: &str| sent.get(name).to_owned();
        Self {
            kind: get("kind"),
            name: get("name"),
            number: get("number"),
            issued: get("issued"),
            expires: get("expires"),
            checked: get("checked"),
            next: get("next"),
        }
    }
}

struct Form<'a> {
    visitor: &'a Visitor,
    site: &'a Site,
    edition: &'a Edition,
    company: bool,
    instead: Option<DocumentId>,
}

impl Form<'_> {
    fn view(&self, typed: &Typed) -> Result<AddView, Failure> {
        let t = self.visitor.texts();
        let present = Presenter::new(t, &self.edition.catalogue);
        let fits = |holder: For| (holder == For::Enterprise) == self.company;
        let mut kinds: Vec<Choice> = self
            .edition
            .catalogue
            .licence_types()
            .filter(|kind| fits(kind.holder))
            .map(|kind| {
                let name = present.text(&kind.name);
                let choice = Choice::new(&kind.code, name.text.clone(), kind.code == typed.kind);
                name.lang().map_or(choice.clone(), |lang| choice.lang(lang))
            })
            .collect();
        kinds.sort_by(|one, other| one.label.cmp(&other.label));
        kinds.insert(0, Choice::new("", t.wallet_add_choose(), typed.kind.is_empty()));
        kinds.push(Choice::new(OTHER, t.wallet_add_other(), typed.kind == OTHER));
        let required = |field: Field| Field { required: true, ..field };
        Ok(AddView {
            csrf: self.visitor.form_token(self.site)?,
            action: self.instead.map_or_else(|| format!("{WALLET}/add"), |id| format!("{}/change", url(id))),
            changes: self.instead.is_some(),
            kind: required(Field::new("kind", t.wallet_add_kind()).choices(kinds)),
            name: Field::new("name", t.wallet_add_name()).hint(t.wallet_add_name_hint()).value(&typed.name),
            number: Field::new("number", t.wallet_add_number())
                .hint(t.wallet_add_number_hint())
                .value(&typed.number),
            issued: required(Field::new("issued", t.wallet_add_issued()).value(&typed.issued)),
            expires: Field::new("expires", t.wallet_add_expires())
                .hint(t.wallet_add_expires_hint())
                .value(&typed.expires),
            checked: Field::new("checked", t.wallet_add_checked())
                .hint(t.wallet_add_checked_hint())
                .value(&typed.checked),
            next: Field::new("next", t.wallet_add_next()).hint(t.wallet_add_next_hint()).value(&typed.next),
            frame: self.visitor.frame(),
        })
    }

    /// What was typed, if nothing is wrong with it.
    fn written(&self, typed: &Typed, view: &mut AddView) -> Option<Written> {
        let (t, today) = (self.visitor.texts(), self.site.clock.today());
        let known = self.edition.catalogue.licence(&typed.kind).is_some();
        if !known && typed.kind != OTHER {
            view.kind.error = Some(t.wallet_wrong_kind().to_owned());
        }
        if typed.kind == OTHER && typed.name.is_empty() {
            view.name.error = Some(t.wallet_wrong_name().to_owned());
        }
        for (field, text) in [(&mut view.name, &typed.name), (&mut view.number, &typed.number)] {
            if text.chars().count() > LONGEST || text.chars().any(is_unprintable) {
                field.error = Some(t.wallet_wrong_text().to_owned());
            }
        }
        let day = |field: &mut Field, text: &str| -> Option<NaiveDate> {
            let day = text.parse::<NaiveDate>().ok().filter(|day| is_sane(*day));
            if day.is_none() && (field.required || !text.is_empty()) {
                field.error = Some(t.wrong_date().to_owned());
            }
            day
        };
        let issued = day(&mut view.issued, &typed.issued);
        let expires = day(&mut view.expires, &typed.expires);
        let checked = day(&mut view.checked, &typed.checked);
        let next = day(&mut view.next, &typed.next);
        if issued.is_some_and(|issued| issued > today) {
            view.issued.error = Some(t.wallet_wrong_issued().to_owned());
        }
        if let (Some(issued), Some(expires)) = (issued, expires)
            && expires < issued
        {
            view.expires.error = Some(t.wallet_wrong_expires().to_owned());
        }
        if checked.is_some_and(|checked| checked > today) {
            view.checked.error = Some(t.wallet_wrong_checked().to_owned());
        }
        if !view.mistakes().is_empty() {
            return None;
        }
        let name = Some(typed.name.clone()).filter(|name| !known && !name.is_empty());
        Some(Written {
            kind: if known { typed.kind.clone() } else { String::new() },
            printed: Printed { number: typed.number.clone(), remarks: Vec::new(), name },
            issued: issued?,
            expires,
            checked,
            next,
        })
    }

    async fn take(&self, holder: &Holder, typed: &Typed) -> Result<Either<HttpResponse, Page>, Failure> {
        let mut view = self.view(typed)?;
        if let Some(written) = self.written(typed, &mut view) {
            let (ring, now, instead) = (self.site.keys.clone(), self.site.clock.now(), self.instead);
            let holder = holder.clone();
            let keep = move |c: &mut Conn| {
                holder.kept(c, now)?;
                wallet::write_down(c, &ring, now, &holder.whose, (&written, instead))
            };
            match self.site.db.tx(keep).await {
                Ok(id) => return Ok(Either::Left(see_other(&format!("{}?said=kept", url(id))))),
                Err(WalletError::Twice) => {
                    view.number.error = Some(self.visitor.texts().wallet_wrong_twice().to_owned());
                }
                Err(WalletError::TooMany) => {
                    view.kind.error = Some(self.visitor.texts().wallet_wrong_many().to_owned());
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
    }
}

/// A day of anybody's life, and of what is counted from it.
fn is_sane(day: NaiveDate) -> bool {
    (1900..2200).contains(&day.year())
}

pub async fn add_page(visitor: Visitor, (site, shelf): (Data<Site>, Data<Shelf>)) -> Result<Page, Failure> {
    let holder = Holder::of(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let company = holder.whose.company.is_some();
    let form = Form { visitor: &visitor, site: &site, edition: &edition, company, instead: None };
    Page::new(&form.view(&Typed::default())?)
}

pub async fn add(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    sent: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let holder = Holder::of(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let company = holder.whose.company.is_some();
    let form = Form { visitor: &visitor, site: &site, edition: &edition, company, instead: None };
    form.take(&holder, &Typed::of(&sent)).await
}

pub async fn change_page(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
) -> Result<Page, Failure> {
    let id = id_of(&id)?;
    let holder = Holder::of(&visitor, &site).await?;
    let (document, printed, _) = document::read(&site, &holder, id).await?;
    if !document.is_own() {
        return Err(Failure::NotFound);
    }
    let edition = shelf.edition()?;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let typed = Typed {
        kind: if document.kind.is_empty() { OTHER.to_owned() } else { document.kind },
        name: printed.name.unwrap_or_default(),
        number: printed.number,
        issued: document.issued_on.to_string(),
        expires: day(document.expires_on),
        checked: day(document.checked_on),
        next: day(document.next_on),
    };
    let company = holder.whose.company.is_some();
    let form = Form { visitor: &visitor, site: &site, edition: &edition, company, instead: Some(id) };
    Page::new(&form.view(&typed)?)
}

pub async fn change(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    sent: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let id = id_of(&id)?;
    let holder = Holder::of(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let company = holder.whose.company.is_some();
    let form = Form { visitor: &visitor, site: &site, edition: &edition, company, instead: Some(id) };
    form.take(&holder, &Typed::of(&sent)).await
}

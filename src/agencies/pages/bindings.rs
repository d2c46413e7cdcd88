//! `/agency/bindings`: where an agency's backend is and what opens it. The agency proposes, an administrator brings it
//! into force; secrets are taken in and never shown again.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    web::{Data, Path},
};
use chrono::NaiveDate;
use yimen_contract::agency::{Auth, Backend};

use super::{Chosen, Reader, shown, step};
use crate::{
    accounts::{Email, Wrong, staff::Act},
    agencies::{
        self, InstallError,
        bindings::{self, BindingError, BindingId, Proposal},
        expiry::{self, Expiries},
        views::{BackendTab, BindingLine, BindingsView, EndingLine, backend_tabs},
        warnings::{self, Contact, ContactError},
    },
    db::{Conn, DbError},
    platform::{Lang, Texts, clock::city_day},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        query, see_other,
    },
};

/// Fields of secrets begin with it, so that no form with them is ever kept.
const SECRET: &str = "secret-";
const UNTIL: &str = "until-";

pub async fn bindings(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let t = visitor.texts();
    let slug = match reader.choose((&visitor, &site), &request, t.binding_title()).await? {
        Chosen::One(slug) => slug,
        Chosen::Among(page) => return Ok(page),
    };
    let (now, asked, ring) = (site.clock.now(), slug.clone(), site.keys.clone());
    let read = move |c: &mut Conn| {
        let contact = warnings::contact(c, &ring, &asked)?;
        let ending = expiry::ending(c, now, &asked)?;
        Ok::<_, ContactError>((bindings::history(c, &asked)?, ending, contact))
    };
    let (history, ending, contact) = site.db.read(read).await.map_err(contact_failure)?;
    let said = match query(&request, "said").as_deref() {
        Some("proposed") => Some(("ok", t.binding_proposed())),
        Some("approved") => Some(("ok", t.binding_approved())),
        Some("same") => Some(("warn", t.binding_same_person())),
        Some("changed") => Some(("warn", t.binding_changed())),
        Some("contact") => Some(("ok", t.binding_contact_saved())),
        _ => None,
    };
    Page::new(&BindingsView {
        csrf: visitor.form_token(&site)?,
        said,
        tabs: backend_tabs(t, BackendTab::Bindings, &slug),
        integrates: reader.may(Act::Integrate, &slug),
        approves: reader.may(Act::Approve, &slug),
        ending: ending.iter().map(|one| EndingLine::of(t, one)).collect(),
        lines: history.iter().map(BindingLine::of).collect(),
        contact: contact.map(|contact| contact.email),
        slug,
        frame: visitor.frame(),
    })
}

/// The backend of the live package; none where the agency works in the portal.
async fn backend(site: &Site, slug: &str) -> Result<Backend, Failure> {
    let asked = slug.to_owned();
    let found = site.db.read(move |c| agencies::agency(c, &asked)).await.map_err(install_failure)?;
    let backend = found.package.agency.backend;
    if backend.endpoint.is_some() { Ok(backend) } else { Err(Failure::NotFound) }
}

async fn integrating(visitor: &Visitor, site: &Site, slug: &str) -> Result<(Reader, String), Failure> {
    let reader = Reader::of(visitor, site).await?;
    let slug = reader.known(site, slug).await?;
    if reader.may(Act::Integrate, &slug) { Ok((reader, slug)) } else { Err(Failure::Refused) }
}

/// `GET /agency/bindings/{slug}/propose`
pub async fn propose_page(visitor: Visitor, site: Data<Site>, slug: Path<String>) -> Result<Page, Failure> {
    let (_, slug) = integrating(&visitor, &site, &slug).await?;
    let backend = backend(&site, &slug).await?;
    shown(&form(&visitor, &site, (&slug, &backend), &Submitted::default())?)
}

fn form(
    visitor: &Visitor,
    site: &Site,
    (slug, backend): (&str, &Backend),
    typed: &Submitted,
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view =
        step(visitor, site, &format!("/agency/bindings/{slug}/propose"), t.binding_propose_title())?;
    view.lead = vec![t.binding_propose_lead().to_owned()];
    let mut address =
        Field::new("address", t.binding_address()).hint(t.binding_address_hint()).value(typed.get("address"));
    address.required = true;
    view.inputs = vec![Input::new("text", address)];
    let several = matches!(backend.auth, Auth::Mtls | Auth::SftpKey | Auth::Sm2Sign);
    for name in &backend.secrets {
        let pem = several || backend.server_ca.as_deref() == Some(name);
        let label = t.binding_secret(name.as_str());
        let mut secret = Field::new(format!("{SECRET}{name}"), label).hint(t.binding_secret_hint());
        secret.required = true;
        view.inputs.push(Input::new(if pem { "long" } else { "password" }, secret));
        let until = format!("{UNTIL}{name}");
        let value = typed.get(&until).to_owned();
        let until =
            Field::new(until, t.binding_until(name.as_str())).hint(t.binding_until_hint()).value(value);
        view.inputs.push(Input::new("date", until));
    }
    t.binding_propose_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// `POST /agency/bindings/{slug}/propose`
pub async fn propose(
    visitor: Visitor,
    site: Data<Site>,
    slug: Path<String>,
    typed: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (reader, slug) = integrating(&visitor, &site, &slug).await?;
    let backend = backend(&site, &slug).await?;
    let t = visitor.texts();
    let mut view = form(&visitor, &site, (&slug, &backend), &typed)?;
    let expiries = dates(t, &backend, &typed, city_day(site.clock.now()), &mut view);
    let secrets = backend.secrets.iter().map(|name| {
        let value = typed.exactly(&format!("{SECRET}{name}")).trim().replace("\r\n", "\n");
        (name.clone(), value)
    });
    let proposal = Proposal {
        agency: slug.clone(),
        address: typed.get("address").to_owned(),
        secrets: secrets.collect(),
    };
    for (name, _) in proposal.secrets.iter().filter(|(_, value)| value.trim().is_empty()) {
        view.wrong(&format!("{SECRET}{name}"), t.binding_secret_missing());
    }
    if view.is_wrong() {
        return shown(&view).map(Either::Right);
    }
    let (ring, now, by) = (site.keys.clone(), site.clock.now(), reader.member.login.clone());
    let propose = move |c: &mut Conn| bindings::propose_until(c, &ring, now, (&proposal, &expiries), &by);
    match site.db.tx(propose).await {
        Ok(_) => Ok(Either::Left(see_other(&format!("/agency/bindings?agency={slug}&said=proposed")))),
        Err(BindingError::Address(_)) => {
            view.wrong("address", t.binding_address_wrong());
            shown(&view).map(Either::Right)
        }
        Err(error) => Err(failure(error)),
    }
}

/// The days up to which secrets are good; what cannot be one is said beside its field.
fn dates(t: Texts, backend: &Backend, typed: &Submitted, today: NaiveDate, view: &mut StepView) -> Expiries {
    let mut days = Expiries::new();
    for name in &backend.secrets {
        let field = format!("{UNTIL}{name}");
        match typed.get(&field) {
            "" => {}
            text => match text.parse::<NaiveDate>() {
                Ok(day) if day >= today => {
                    days.insert(name.clone(), day);
                }
                _ => view.wrong(&field, t.binding_until_wrong()),
            },
        }
    }
    days
}

/// `POST /agency/bindings/{slug}/approve`
pub async fn approve(
    visitor: Visitor,
    site: Data<Site>,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let slug = reader.known(&site, &slug).await?;
    if !reader.may(Act::Approve, &slug) {
        return Err(Failure::Refused);
    }
    let seen: BindingId = form.get("binding").parse().map_err(|_| Failure::NotFound)?;
    let (now, by, agency) = (site.clock.now(), reader.member.login.clone(), slug.clone());
    let said = match site.db.tx(move |c| bindings::approve_seen(c, now, (&agency, seen), &by)).await {
        Ok(_) => "approved",
        Err(BindingError::SamePerson(_)) => "same",
        Err(BindingError::NothingWaits(_)) => "changed",
        Err(error) => return Err(failure(error)),
    };
    Ok(see_other(&format!("/agency/bindings?agency={slug}&said={said}")))
}

/// `GET /agency/bindings/{slug}/contact`
pub async fn contact_page(visitor: Visitor, site: Data<Site>, slug: Path<String>) -> Result<Page, Failure> {
    let (_, slug) = integrating(&visitor, &site, &slug).await?;
    let (asked, ring) = (slug.clone(), site.keys.clone());
    let known = site.db.read(move |c| warnings::contact(c, &ring, &asked)).await.map_err(contact_failure)?;
    let (email, lang) = known.map_or((String::new(), visitor.texts().lang()), |it| (it.email, it.lang));
    shown(&contact_form(&visitor, &site, &slug, (&email, lang))?)
}

fn contact_form(
    visitor: &Visitor,
    site: &Site,
    slug: &str,
    (email, lang): (&str, Lang),
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view =
        step(visitor, site, &format!("/agency/bindings/{slug}/contact"), t.binding_contact_title())?;
    view.lead = vec![t.binding_contact_lead().to_owned()];
    let languages = Lang::ALL.map(|one| Choice::new(one.tag(), one.endonym(), one == lang).lang(one.tag()));
    view.inputs = vec![
        Input::new("email", Field::new("email", t.binding_contact_email()).value(email)),
        Input::new("radio", Field::new("lang", t.binding_contact_lang()).choices(languages.to_vec())),
    ];
    t.binding_contact_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// `POST /agency/bindings/{slug}/contact`: an empty address takes it back.
pub async fn contact(
    visitor: Visitor,
    site: Data<Site>,
    slug: Path<String>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (reader, slug) = integrating(&visitor, &site, &slug).await?;
    let email = form.get("email").to_owned();
    let lang: Lang = form.get("lang").parse().unwrap_or_default();
    let contact = match Email::parse(&email) {
        Ok(email) => Some(Contact { email: email.as_str().to_owned(), lang }),
        Err(Wrong::Empty) => None,
        Err(_) => {
            let mut view = contact_form(&visitor, &site, &slug, (&email, lang))?;
            view.wrong("email", visitor.texts().binding_contact_wrong());
            return shown(&view).map(Either::Right);
        }
    };
    let (ring, now, by, agency) =
        (site.keys.clone(), site.clock.now(), reader.member.login.clone(), slug.clone());
    let set = move |c: &mut Conn| warnings::set_contact(c, &ring, now, (&agency, &by), contact.as_ref());
    site.db.tx(set).await.map_err(contact_failure)?;
    Ok(Either::Left(see_other(&format!("/agency/bindings?agency={slug}&said=contact"))))
}

fn failure(error: BindingError) -> Failure {
    match error {
        BindingError::Db(error) => error.into(),
        BindingError::Unknown(_) | BindingError::NoBackend(_) => Failure::NotFound,
        BindingError::Keys(error) => Failure::broken(error),
        BindingError::Stored(error) => Failure::broken(DbError::Conflict(error)),
        _ => Failure::Refused,
    }
}

fn install_failure(error: InstallError) -> Failure {
    match error {
        InstallError::Db(error) => error.into(),
        InstallError::Unknown(_) => Failure::NotFound,
        error => Failure::broken(error),
    }
}

fn contact_failure(error: ContactError) -> Failure {
    match error {
        ContactError::Db(error) => error.into(),
        ContactError::Keys(error) => Failure::broken(error),
    }
}

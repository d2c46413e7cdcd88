//! The list, taking up and ending, and the switch from one to the other.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};

use super::{back, session};
use crate::{
    accounts::{
        self, Details,
        acting::{
            self, ActingError, Delegation, DelegationId, Matter, Matters, Refused, Represented,
            model::What,
            queries::{self, Company},
            views::{ActingView, CompanyLine, DeedLine, Line, Now, PersonView, Said, Standing},
        },
        masking,
    },
    db::Conn,
    ledger::{self, CitizenId},
    platform::{Moment, keys::KeyRing},
    web::{
        Failure, Frame, Page, Site, Submitted, Visitor, own_path, query, see_other,
        session::{self, Acting, Realm, Signed},
    },
};

/// Everything the page lists, names opened for their owner.
struct Found {
    holds: bool,
    mine: Vec<Delegation>,
    offers: Vec<Delegation>,
    agents: Vec<(Delegation, String)>,
    companies: Vec<Company>,
    deeds: Vec<(queries::Deed, String)>,
}

pub async fn show(
    visitor: Visitor,
    site: Data<Site>,
    matters: Data<dyn Matters>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (session, _) = session(&visitor)?;
    let (keys, now, signed) = (Arc::clone(&site.keys), site.clock.now(), session.signed.clone());
    let said = query(&request, "said");
    let found = site.db.read(move |c| find(c, &keys, now, &signed)).await?;
    let csrf = visitor.form_token(&site)?;
    let acting = session.signed.acting.as_ref();
    Page::new(&view(visitor.frame(), csrf, said.as_deref(), now, matters.as_ref(), acting, found))
}

fn find(c: &mut Conn, ring: &KeyRing, now: Moment, signed: &Signed) -> Result<Found, ActingError> {
    let who = CitizenId::from(signed.subject);
    let warrant = ledger::own(who);
    let holds = match acting::represented(c, now, signed, &Matter::Details) {
        Ok(_) => true,
        Err(Refused::Db(error)) => return Err(error.into()),
        Err(_) => false,
    };
    let offers = match acting::own_digest(c, ring, who)? {
        Some(to) => queries::offered(c, now, &to)?,
        None => Vec::new(),
    };
    let mut agents = Vec::new();
    // The right of a legal person to act for the own company is not something they granted.
    for one in queries::of_principal(c, now, who)?.into_iter().filter(|one| one.agent_id != Some(who)) {
        let name = warrant.open(c, ring, "delegations.agent_name", &one.agent_name)?;
        agents.push((one, name));
    }
    let mut deeds = Vec::new();
    for deed in queries::deeds_for(c, who, 50)? {
        let name = warrant.open(c, ring, "delegations.agent_name", &deed.agent_name)?;
        deeds.push((deed, name));
    }
    Ok(Found {
        holds,
        mine: queries::of_agent(c, now, who)?,
        offers,
        agents,
        companies: queries::companies_of(c, who)?,
        deeds,
    })
}

fn view(
    frame: Frame,
    csrf: String,
    said: Option<&str>,
    now: Moment,
    matters: &dyn Matters,
    acting: Option<&Acting>,
    found: Found,
) -> ActingView {
    let t = frame.t;
    let done = |words| Some(Said { words, warn: false });
    let careful = |words| Some(Said { words, warn: true });
    let said = match said {
        Some("offered") => done(t.acting_said_offered()),
        Some("accepted") => done(t.acting_said_accepted()),
        Some("revoked") => done(t.acting_said_revoked()),
        Some("agreed") => done(t.acting_said_agreed()),
        Some("switched") => careful(t.acting_said_switched()),
        Some("back") => done(t.acting_said_back()),
        Some("child") => done(t.acting_said_child()),
        Some("company") => done(t.acting_said_company()),
        Some("refused") => careful(t.acting_said_refused()),
        Some("oneself") => careful(t.acting_said_oneself()),
        Some("unproved") => careful(t.acting_said_unproved()),
        _ => None,
    };
    let line = |one: &Delegation, name: &str| Line::new(t, matters, now, one, name.to_owned());
    let current = acting.map(|acting| DelegationId::from(acting.delegation));
    let mine = found.mine.iter().map(|one| {
        let line = line(one, &one.shown);
        let used = found.holds && current == Some(one.id);
        if used { Line { standing: Standing::Current, ..line } } else { line }
    });
    let deeds = found.deeds.iter().map(|(deed, name)| {
        let (what, at) = (What::named(&deed.what), deed.at.moment());
        DeedLine::new(t, matters, name, what, deed.service.as_deref(), at, deed.company_id.is_some())
    });
    let companies = found.companies.into_iter().map(|company| CompanyLine {
        confirmed: company.state == "confirmed",
        name: company.name,
        code: company.credit_code,
    });
    ActingView {
        csrf,
        said,
        now: acting.map(|acting| Now { name: acting.name.clone(), holds: found.holds }),
        mine: mine.collect(),
        offers: found.offers.iter().map(|one| line(one, &one.shown)).collect(),
        agents: found.agents.iter().map(|(one, name)| line(one, name)).collect(),
        companies: companies.collect(),
        deeds: deeds.collect(),
        frame,
    }
}

/// The delegation that a button stands for.
fn chosen(form: &Submitted) -> Result<DelegationId, Failure> {
    form.get("delegation").parse().map_err(|_| Failure::NotFound)
}

pub async fn accept(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let (_, who) = session(&visitor)?;
    let (keys, now, id) = (Arc::clone(&site.keys), site.clock.now(), chosen(&form)?);
    match site.db.tx(move |c| acting::accept(c, &keys, now, who, id)).await {
        Ok(()) => Ok(see_other(&back("accepted"))),
        Err(ActingError::Unproved) => Ok(see_other(&back("unproved"))),
        Err(ActingError::Unknown | ActingError::Oneself) => Ok(see_other(&back("refused"))),
        Err(error) => Err(error.into()),
    }
}

/// Takes back, gives up or declines.
pub async fn revoke(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let (_, who) = session(&visitor)?;
    let (keys, now, id) = (Arc::clone(&site.keys), site.clock.now(), chosen(&form)?);
    site.db.tx(move |c| acting::revoke(c, &keys, now, who, id)).await?;
    Ok(see_other(&back("revoked")))
}

/// A child agrees.
pub async fn agree(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let (_, who) = session(&visitor)?;
    let (now, id) = (site.clock.now(), chosen(&form)?);
    site.db.tx(move |c| acting::agree(c, now, who, id)).await?;
    Ok(see_other(&back("agreed")))
}

/// Acts for somebody from now on, or for oneself again. The session goes on under another token.
pub async fn switch(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let (session, _) = session(&visitor)?;
    let token = visitor.token(Realm::Citizen).cloned().ok_or(Failure::Refused)?;
    let to = if form.get("delegation").is_empty() { None } else { Some(chosen(&form)?) };
    let (now, signed) = (site.clock.now(), session.signed.clone());
    let renewed = site
        .db
        .tx(move |c| {
            let signed = switched(c, now, signed, to)?;
            Ok::<_, Refused>(session::renew(c, now, &token, &signed)?)
        })
        .await;
    let said = match renewed {
        Ok(Some(token)) => {
            visitor.hand_out(Realm::Citizen, token);
            if to.is_some() { "switched" } else { "back" }
        }
        Ok(None) => return Ok(see_other("/sign-in?next=/me/acting")),
        Err(Refused::Db(error)) => return Err(error.into()),
        Err(_) => "refused",
    };
    let next = own_path(form.get("next")).map_or_else(|| back(said), str::to_owned);
    Ok(see_other(if said == "refused" { "/me/acting?said=refused" } else { &next }))
}

fn switched(
    c: &mut Conn,
    now: Moment,
    mut signed: Signed,
    to: Option<DelegationId>,
) -> Result<Signed, Refused> {
    signed.acting = None;
    let Some(id) = to else { return Ok(signed) };
    let chosen = acting::choose(c, now, CitizenId::from(signed.subject), id)?;
    signed.acting = Some(Acting {
        delegation: chosen.id.uuid(),
        principal: chosen.principal(),
        kind: chosen.kind().tag().to_owned(),
        name: chosen.shown,
    });
    let party = acting::represented(c, now, &signed, &Matter::Details)?;
    acting::done(c, now, &party, What::Began, None)?;
    Ok(signed)
}

/// Who one acts for, as far as an agent may know. Looking is recorded.
pub async fn person(visitor: Visitor, site: Data<Site>) -> Result<Either<Page, HttpResponse>, Failure> {
    const FIELDS: [&str; 3] = ["name", "phone", "identity-number"];
    let (session, _) = session(&visitor)?;
    let Some(acting) = session.signed.acting.clone() else {
        return Ok(Either::Right(see_other("/me/acting")));
    };
    let (keys, now, signed) = (Arc::clone(&site.keys), site.clock.now(), session.signed.clone());
    let seen = site
        .db
        .tx(move |c| {
            let party =
                acting::represented(c, now, &signed, &Matter::Details).map_err(|_| ActingError::Unknown)?;
            if matches!(party.represented, Represented::Company { .. }) {
                return Ok(None);
            }
            let warrant = acting::see(c, &keys, now, &party, &FIELDS)?;
            Ok::<_, ActingError>(Some(accounts::details(c, &keys, &warrant)?))
        })
        .await;
    let details = match seen {
        Ok(details) => details,
        Err(ActingError::Unknown) => return Ok(Either::Right(see_other(&back("refused")))),
        Err(error) => return Err(error.into()),
    };
    let Details { name, phone, identity_number, .. } = details.unwrap_or_default();
    Page::new(&PersonView {
        frame: visitor.frame(),
        name: name.map(|name| masking::name(&name)).or(Some(acting.name)),
        phone: phone.map(|phone| masking::phone(&phone)),
        number: identity_number.map(|number| masking::number(&number)),
    })
    .map(Either::Left)
}

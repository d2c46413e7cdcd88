//! `/me/verify`: the step up. Whoever needs more assurance than they have comes here, and from here back to
//! where they were going.
//!
//! Level 3 is a service like others: name and number are compared with the register of persons, through the
//! gateway. Level 4 needs a sign-in with the national provider, level 5 a counter; nothing here stands in for
//! either. Who has the level and only signed in more weakly is led to prove themselves once more.

use std::{sync::Arc, time::Duration};

use actix_web::{Either, HttpRequest, HttpResponse, http::StatusCode, web::Data};
use yimen_contract::capability::{
    Outcome,
    identity::{Finding, Input as Question, Output},
};

use super::{
    verify_form::{self, Said},
    views::{VerifyWaysView, Way},
};
use crate::{
    accounts::{self, AccountError, Claimed, Details, IdentityNumber, PersonName, credentials},
    cache::Key,
    gateway::{self, About, Gateway, Request},
    ledger::{self, Basis, CitizenId, Purpose},
    sso::signing::{level_of, national_links},
    web::{
        Failure, Page, Site, Submitted, Visitor, own_path, query, see_other,
        session::{self, Realm, Signed},
    },
};

/// Answers of the register that name and number do not belong together, each day.
const WRONG_A_DAY: u64 = 5;
/// Questions to the register, each day, whatever it answers: also those asked at the same moment.
const ASKED_A_DAY: u64 = 20;
const DAY: Duration = Duration::from_hours(24);
/// Longer nobody looks at a page that does not come.
const PATIENCE: Duration = Duration::from_secs(4);
/// What the register learns.
const FIELDS: &[&str] = &["name", "identity-number"];

type Answer = Result<Either<HttpResponse, Page>, Failure>;

/// Somebody who wants more assurance, and what they have.
struct Wanting {
    citizen: CitizenId,
    signed: Signed,
    details: Details,
    wanted: u8,
    next: String,
}

impl Wanting {
    async fn new(visitor: &Visitor, site: &Site, level: &str, next: &str) -> Result<Self, Failure> {
        let signed = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?.signed.clone();
        let (citizen, ring) = (CitizenId::from(signed.subject), Arc::clone(&site.keys));
        let details = site.db.read(move |c| accounts::details(c, &ring, &ledger::own(citizen))).await?;
        let wanted = level.parse().unwrap_or(3).clamp(3, 5);
        let next = own_path(next).unwrap_or("/me").to_owned();
        Ok(Self { citizen, signed, details, wanted, next })
    }

    /// Whether notices have a way to the person.
    fn reachable(&self, site: &Site) -> bool {
        let channels = site.channels;
        (channels.sms && self.details.phone.is_some()) || (channels.email && self.details.email.is_some())
    }

    /// The way on where nothing has to be compared: back, or to proving oneself once more.
    async fn elsewhere(&self, site: &Site) -> Result<Option<String>, Failure> {
        if self.signed.level >= self.wanted {
            return Ok(Some(self.next.clone()));
        }
        if self.details.level < self.wanted {
            return Ok(None);
        }
        let citizen = self.citizen;
        let held = site.db.read(move |c| credentials::held(c, citizen)).await?;
        let has = |kind: &str| held.iter().any(|it| it.kind == kind);
        let mut methods = Vec::new();
        methods.extend(has("passkey").then(|| "passkey".to_owned()));
        methods.extend(has("password").then(|| "pwd".to_owned()));
        methods.extend((has("password") && has("totp")).then(|| "totp".to_owned()));
        // Proving oneself again with what does not carry so far would lead here again, and again.
        let far_enough = level_of(&methods, self.details.level) >= self.wanted;
        Ok(far_enough.then(|| with_next("/me/prove", &self.next)))
    }
}

fn with_next(path: &str, next: &str) -> String {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{path}?next={next}")
}

pub async fn verify_page(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Answer {
    let asked = |name: &str| query(&request, name).unwrap_or_default();
    let wanting = Wanting::new(&visitor, &site, &asked("level"), &asked("next")).await?;
    if let Some(path) = wanting.elsewhere(&site).await? {
        return Ok(Either::Left(see_other(&path)));
    }
    if wanting.wanted > 3 || wanting.details.level >= 3 {
        return Ok(Either::Right(ways(&visitor, &site, &wanting)?));
    }
    let name = wanting.details.name.as_deref().unwrap_or_default();
    let view = verify_form::view(&visitor, &site, &wanting.next, (name, ""))?;
    Ok(Either::Right(Page::new(&view)?))
}

/// The ways to a level that no form can give.
fn ways(visitor: &Visitor, site: &Site, wanting: &Wanting) -> Result<Page, Failure> {
    let t = visitor.texts();
    let way = |title: &str, about: &str, link: Option<(&str, String)>| Way {
        title: title.to_owned(),
        about: about.to_owned(),
        link: link.map(|(words, url)| (words.to_owned(), url)),
    };
    let mut ways = Vec::new();
    if wanting.details.level >= wanting.wanted {
        let link = with_next("/me/security", &wanting.next);
        ways.push(way(
            t.verify_way_second(),
            t.verify_way_second_about(),
            Some((t.verify_way_second_go(), link)),
        ));
    }
    if wanting.wanted == 4 {
        // Straight to the provider: whoever is signed in already is led past the page for signing in.
        for link in national_links(visitor, site, &wanting.next) {
            ways.push(way(
                t.verify_way_national(),
                t.verify_way_national_about(),
                Some((&link.text.text, link.url)),
            ));
        }
    }
    ways.push(way(t.verify_way_counter(), t.verify_way_counter_about(), None));
    let lead = match (wanting.details.level >= wanting.wanted, wanting.wanted) {
        (true, _) => t.verify_ways_session(),
        (false, 5) => t.verify_ways_five(),
        (false, _) => t.verify_ways_four(),
    };
    let back = wanting.next.clone();
    Page::new(&VerifyWaysView { frame: visitor.frame(), lead: lead.to_owned(), ways, back })
}

/// `POST /me/verify`: compares, or puts down the wish to be told when that is possible again.
pub async fn verify(visitor: Visitor, site: Data<Site>, gateway: Data<Gateway>, form: Submitted) -> Answer {
    let wanting = Wanting::new(&visitor, &site, "3", form.get("next")).await?;
    if let Some(path) = wanting.elsewhere(&site).await? {
        return Ok(Either::Left(see_other(&path)));
    }
    if wanting.details.level >= 3 {
        // Who the person is has been settled: another name and number do not come in its place.
        return Ok(Either::Right(ways(&visitor, &site, &wanting)?));
    }
    let (name, number) = match verify_form::read(&visitor, &site, &form, &wanting.next)? {
        Ok(read) => read,
        Err(view) => return Ok(Either::Right(said(&view, StatusCode::UNPROCESSABLE_ENTITY)?)),
    };
    let reachable = wanting.reachable(&site);
    let said = if form.get("wish").is_empty() || !reachable {
        match compare(&visitor, &site, &gateway, &wanting, &name, &number).await? {
            Ok(()) => return Ok(Either::Left(see_other(&wanting.next))),
            Err(said) => said,
        }
    } else {
        let (citizen, now, agency) =
            (wanting.citizen, site.clock.now(), gateway.identity_register().to_owned());
        site.db.tx(move |c| gateway::wish(c, now, citizen, &agency)).await?;
        Said::Wished
    };
    let typed = (form.get("name"), form.get("number"));
    let view = verify_form::view(&visitor, &site, &wanting.next, typed)?;
    let view = verify_form::answered(view, said, reachable);
    Ok(Either::Right(self::said(&view, said.status())?))
}

fn said(view: &crate::web::frame::StepView, status: StatusCode) -> Result<Page, Failure> {
    Ok(Page::new(view)?.status(status))
}

/// Asks the register and acts on its answer: `Ok`, the person is who they say.
async fn compare(
    visitor: &Visitor,
    site: &Site,
    gateway: &Gateway,
    wanting: &Wanting,
    name: &PersonName,
    number: &IdentityNumber,
) -> Result<Result<(), Said>, Failure> {
    let count = |what: &'static str| Key::new("verify", &[&what, &wanting.citizen]);
    let now = site.clock.now();
    let wrong = site.cache.tally(&count("wrong"), DAY, now).await;
    let asked = site.cache.count(&count("asked"), DAY, now).await;
    if wrong.over(WRONG_A_DAY - 1) || asked.over(ASKED_A_DAY) {
        return Ok(Err(Said::TooOften));
    }
    let question =
        Question { name: name.as_str().to_owned(), identity_number: number.as_str().to_owned(), level: 3 };
    let about = About {
        citizen: wanting.citizen,
        agent: None,
        company: None,
        level: wanting.signed.level,
        purpose: Purpose::VerifyIdentity,
        basis: Basis::Consent,
        fields: FIELDS,
        claims: None,
    };
    let agency = gateway.identity_register();
    let request = Request { agency, service: None, question, about: Some(about), within: PATIENCE };
    let found = match gateway.call(request).await? {
        Outcome::Fresh(found) => found,
        Outcome::Unavailable { .. } | Outcome::NotEntitled | Outcome::Empty | Outcome::Stale { .. } => {
            return Ok(Err(Said::Unavailable));
        }
    };
    metrics::counter!("yimen_identities_compared_total", "finding" => format!("{:?}", found.outcome))
        .increment(1);
    match found {
        Output { outcome: Finding::Match, level, .. } if level >= 3 => {
            raise(visitor, site, wanting, name.clone(), number.clone()).await
        }
        Output { outcome: Finding::Mismatch | Finding::NotFound, .. } => {
            site.cache.count(&count("wrong"), DAY, now).await;
            Ok(Err(Said::Mismatch))
        }
        Output { outcome: Finding::Deceased, .. } => Ok(Err(Said::Deceased)),
        // A match that does not reach the level asked for is not one.
        Output { outcome: Finding::Match | Finding::Pending, .. } => Ok(Err(Said::Undecided)),
    }
}

/// Makes the number the account's own and gives the session what its way of signing in carries.
async fn raise(
    visitor: &Visitor,
    site: &Site,
    wanting: &Wanting,
    name: PersonName,
    number: IdentityNumber,
) -> Result<Result<(), Said>, Failure> {
    let (citizen, signed) = (wanting.citizen, wanting.signed.clone());
    let token = visitor.token(Realm::Citizen).cloned().ok_or(Failure::Refused)?;
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let raised = site
        .db
        .tx(move |c| {
            let level = match accounts::claim_identity(c, &ring, now, citizen, &name, &number, 3)? {
                Claimed::Level(level) => level,
                Claimed::ByAnother => return Ok::<_, AccountError>(None),
            };
            let shown = accounts::masking::name(name.as_str());
            let carried = level_of(&signed.methods, level).max(signed.level.min(level));
            let signed = Signed { level: carried, name: shown, ..signed };
            Ok(Some(session::renew(c, now, &token, &signed)?))
        })
        .await;
    let token = match raised {
        Ok(Some(token)) => token.ok_or(Failure::Refused)?,
        Ok(None) | Err(AccountError::Claimed) => return Ok(Err(Said::Taken)),
        Err(error) => return Err(error.into()),
    };
    visitor.hand_out(Realm::Citizen, token);
    Ok(Ok(()))
}

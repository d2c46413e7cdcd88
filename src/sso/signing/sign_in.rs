//! `/sign-in`

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};

use super::{Entry, enter, shown, step, wrong_reach};
use crate::{
    accounts::{self, AccountError, Reach, codes, credentials, password, throttle},
    ledger::CitizenId,
    web::{
        Failure, Page, Site, Submitted, Visitor, aside,
        frame::{Field, Input, Link, StepView, Text},
        own_path, query, see_other,
        session::Realm,
    },
};

/// What waits between the password and the second factor.
pub(super) const SECOND: &str = "second-factor";
pub(super) const CODE: &str = "sign-in";

pub async fn sign_in_page(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let next = query(&request, "next").unwrap_or_default();
    if visitor.session(Realm::Citizen).is_some() {
        return Ok(Either::Left(see_other(own_path(&next).unwrap_or("/me"))));
    }
    let mut view = view(&visitor, &site, &next, "")?;
    if query(&request, "changed").is_some() {
        view.notice = Some(("ok", visitor.texts().sign_in_changed().to_owned()));
    }
    if query(&request, "out").is_some() {
        view.notice = Some(("ok", visitor.texts().sign_in_out().to_owned()));
    }
    Ok(Either::Right(shown(&view)?))
}

fn view(visitor: &Visitor, site: &Site, next: &str, login: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/sign-in", t.sign_in_title())?;
    view.notice = aside::waits_at(next).then(|| ("info", t.session_kept().to_owned()));
    let mut login = Field::new("login", t.sign_in_login()).hint(t.sign_in_login_hint()).value(login);
    login.autocomplete = Some("username webauthn");
    login.required = true;
    let mut word = Field::new("password", t.sign_in_password());
    word.autocomplete = Some("current-password");
    word.required = true;
    view.inputs = vec![Input::new("text", login), Input::new("password", word)];
    view.hidden = vec![("next", own_path(next).unwrap_or_default().to_owned())];
    t.sign_in_submit().clone_into(&mut view.submit);
    view.second_button = Some(("way", "code", t.sign_in_by_code().to_owned()));
    view.passkey = Some(t.sign_in_by_passkey().to_owned());
    view.links = national_links(visitor, site, next);
    view.links.extend([
        Link::new(Text::plain(t.sign_in_register()), "/register"),
        Link::new(Text::plain(t.sign_in_recover()), "/recover"),
    ]);
    Ok(view)
}

/// The ways out to the national providers, and back to `next`.
pub fn national_links(visitor: &Visitor, site: &Site, next: &str) -> Vec<Link> {
    let t = visitor.texts();
    let next = own_path(next).map(|next| {
        let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        format!("?next={next}")
    });
    let next = next.unwrap_or_default();
    let link = |(id, name): &(String, _)| {
        Link::new(Text::plain(t.national_sign_in(t.say(name).text)), format!("/sign-in/with/{id}{next}"))
    };
    site.national.iter().map(link).collect()
}

pub async fn sign_in(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let t = visitor.texts();
    let next = form.get("next");
    let reach = match Reach::parse(form.get("login")) {
        Ok(reach) => reach,
        Err(wrong) => {
            let mut view = view(&visitor, &site, next, form.get("login"))?;
            view.inputs[0].field.error = Some(wrong_reach(t, wrong).to_owned());
            return Ok(Either::Right(shown(&view)?));
        }
    };
    throttle::attempt(&site, &visitor, "sign-in", reach.as_str()).await?;
    if form.get("way") == "code" {
        return Ok(Either::Left(send_code(&visitor, &site, reach, next).await?));
    }
    let known = with_password(&site, &reach, form.exactly("password")).await?;
    if known.is_some() {
        throttle::give_back(&site, "sign-in", reach.as_str()).await;
    }
    match known {
        Some((citizen, true)) => {
            let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
            let waiting = site.db.tx(move |c| codes::keep(c, &ring, now, SECOND, &(citizen, "pwd"))).await?;
            Ok(Either::Left(see_other(&on_to("/sign-in/second", waiting, next))))
        }
        Some((citizen, false)) => {
            Ok(Either::Left(enter(&site, &visitor, Entry::new(citizen, &["pwd"]), next).await?))
        }
        None => {
            let mut view = view(&visitor, &site, next, form.get("login"))?;
            view.general = Some(t.sign_in_wrong().to_owned());
            Ok(Either::Right(shown(&view)?))
        }
    }
}

/// Whose login and password these are, and whether a second factor is to follow. Where there is no such
/// account the password is checked against nobody's, which takes as long.
async fn with_password(
    site: &Site,
    reach: &Reach,
    typed: &str,
) -> Result<Option<(CitizenId, bool)>, AccountError> {
    let (ring, reach) = (Arc::clone(&site.keys), reach.clone());
    let found = site
        .db
        .read(move |c| {
            let Some(account) = accounts::by_reach(c, &ring, &reach)?.filter(accounts::Citizen::is_open)
            else {
                return Ok::<_, AccountError>(None);
            };
            let hash = credentials::password_of(c, &ring, account.id)?;
            Ok(Some((account.id, hash, credentials::has_totp(c, account.id)?)))
        })
        .await?;
    let (who, hash) = match found {
        Some((citizen, hash, second)) => (Some((citizen, second)), hash),
        None => (None, None),
    };
    let right = password::matches(typed.to_owned(), hash).await?;
    Ok(who.filter(|_| right))
}

/// Sends a code if there is an account, and leads to where codes are typed in if there is none just the same.
async fn send_code(
    visitor: &Visitor,
    site: &Site,
    reach: Reach,
    next: &str,
) -> Result<HttpResponse, Failure> {
    let (ring, now, lang) = (Arc::clone(&site.keys), site.clock.now(), visitor.lang());
    let id = site
        .db
        .tx(move |c| match accounts::by_reach(c, &ring, &reach)?.filter(accounts::Citizen::is_open) {
            Some(account) => codes::issue(c, &ring, now, CODE, &reach, lang, &account.id),
            None => codes::decoy(c, &ring, now, CODE, &CitizenId::new()),
        })
        .await?;
    Ok(see_other(&on_to("/sign-in/code", id, next)))
}

/// The address of the next step.
pub(super) fn on_to(path: &str, id: codes::CodeId, next: &str) -> String {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{path}?id={id}&next={next}")
}

//! `/register`: an account for whoever proves that a telephone or mailbox is theirs.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};
use serde::{Deserialize, Serialize};

use super::{Entry, code::wrong_code, enter, shown, sign_in::on_to, step, wrong_reach};
use crate::{
    accounts::{
        self, AccountError, Newcomer, PersonName, Reach, Tell, What, Wrong,
        codes::{self, CodeId, Redeemed},
        fields::{code_field, judged, password_fields},
        password, throttle,
    },
    platform::Lang,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, Link, StepView, Text},
        query, see_other,
    },
};

const PURPOSE: &str = "register";

/// What waits for the code.
#[derive(Serialize, Deserialize)]
struct Pending {
    name: Option<PersonName>,
    reach: Reach,
    hash: String,
    language: String,
}

pub async fn register_page(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let next = query(&request, "next").unwrap_or_default();
    shown(&view(&visitor, &site, &next)?)
}

fn view(visitor: &Visitor, site: &Site, next: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/register", t.register_title())?;
    view.lead = vec![t.register_lead().to_owned(), t.register_what_follows().to_owned()];
    let mut name = Field::new("name", t.register_name()).hint(t.register_name_hint());
    name.autocomplete = Some("name");
    let mut reach = Field::new("reach", t.register_reach()).hint(t.register_reach_hint());
    reach.autocomplete = Some("username");
    reach.required = true;
    let [word, again] = password_fields(t);
    let agree =
        Field::new("agree", t.register_rules()).choices(vec![Choice::new("yes", t.register_agree(), false)]);
    view.inputs = vec![
        Input::new("text", name),
        Input::new("text", reach),
        Input::new("password", word),
        Input::new("password", again),
        Input::new("checkbox", agree),
    ];
    view.hidden = vec![("next", next.to_owned())];
    t.register_submit().clone_into(&mut view.submit);
    view.links = vec![
        Link::new(Text::plain(t.register_have_account()), "/sign-in"),
        Link::new(Text::plain(t.register_privacy()), "/about"),
    ];
    Ok(view)
}

/// What was typed, or the page that says what is wrong with it.
async fn read(
    visitor: &Visitor,
    site: &Site,
    form: &Submitted,
) -> Result<Result<(Option<PersonName>, Reach), StepView>, Failure> {
    let t = visitor.texts();
    let name = match PersonName::parse(form.get("name")) {
        Err(Wrong::Empty) => Ok(None),
        other => other.map(Some),
    };
    let reach = Reach::parse(form.get("reach"));
    let own = [form.get("name"), form.get("reach")];
    let [word, again] = judged(site, t, form.exactly("password"), form.exactly("again"), &own).await?;
    let errors = [
        name.as_ref().err().map(|_| t.register_name_wrong().to_owned()),
        reach.as_ref().err().map(|wrong| wrong_reach(t, *wrong).to_owned()),
        word,
        again,
        (form.get("agree") != "yes").then(|| t.register_must_agree().to_owned()),
    ];
    if let (Ok(name), Ok(reach), true) = (name, reach, errors.iter().all(Option::is_none)) {
        return Ok(Ok((name, reach)));
    }
    let mut view = view(visitor, site, form.get("next"))?;
    for (input, error) in view.inputs.iter_mut().zip(errors) {
        input.field.error = error;
    }
    // Passwords are not sent back; everything else stays as typed.
    form.get("name").clone_into(&mut view.inputs[0].field.value);
    form.get("reach").clone_into(&mut view.inputs[1].field.value);
    for choice in &mut view.inputs[4].field.choices {
        choice.chosen = form.get("agree") == "yes";
    }
    Ok(Err(view))
}

pub async fn register(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (name, reach) = match read(&visitor, &site, &form).await? {
        Ok(read) => read,
        Err(view) => return Ok(Either::Right(shown(&view)?)),
    };
    throttle::attempt(&site, &visitor, "register", reach.as_str()).await?;
    let hash = password::hash(form.exactly("password").to_owned()).await?;
    let (ring, now, lang) = (Arc::clone(&site.keys), site.clock.now(), visitor.lang());
    let id = site
        .db
        .tx(move |c| {
            let holder = accounts::by_reach(c, &ring, &reach)?;
            let pending = Pending { name, reach: reach.clone(), hash, language: lang.tag().to_owned() };
            match holder {
                None => codes::issue(c, &ring, now, PURPOSE, &reach, lang, &pending),
                // A stranger sees the same page either way; the holder hears of it.
                Some(holder) => {
                    accounts::tell(c, now, &Tell::new(holder.id, What::RegisterTried, now))?;
                    codes::decoy(c, &ring, now, PURPOSE, &pending)
                }
            }
        })
        .await?;
    Ok(Either::Left(see_other(&on_to("/register/code", id, form.get("next")))))
}

pub async fn register_code_page(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (id, next) = (query(&request, "id").unwrap_or_default(), query(&request, "next").unwrap_or_default());
    shown(&code_view(&visitor, &site, &id, &next)?)
}

fn code_view(visitor: &Visitor, site: &Site, id: &str, next: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/register/code", t.code_title())?;
    view.lead = vec![t.register_code_sent().to_owned(), t.code_not_come().to_owned()];
    view.inputs = vec![Input::new("text", code_field(t))];
    view.hidden = vec![("id", id.to_owned()), ("next", next.to_owned())];
    t.register_finish().clone_into(&mut view.submit);
    view.links = vec![Link::new(Text::plain(t.code_again()), "/register")];
    Ok(view)
}

pub async fn register_code(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    throttle::attempt(&site, &visitor, "code", form.get("id")).await?;
    let redeemed = match form.get("id").parse::<CodeId>() {
        Ok(id) => {
            let (ring, now, typed) = (Arc::clone(&site.keys), site.clock.now(), form.get("code").to_owned());
            site.db.tx(move |c| redeem(c, &ring, now, id, &typed)).await?
        }
        Err(_) => Redeemed::Gone,
    };
    match redeemed {
        Redeemed::Right(citizen) => {
            let entry = Entry { newborn: true, ..Entry::new(citizen, &["pwd", "otp"]) };
            let next = form.get("next");
            let next = if next.is_empty() { "/me?welcome=1" } else { next };
            Ok(Either::Left(enter(&site, &visitor, entry, next).await?))
        }
        redeemed => {
            let mut view = code_view(&visitor, &site, form.get("id"), form.get("next"))?;
            view.inputs[0].field.error = Some(wrong_code(visitor.texts(), &redeemed));
            Ok(Either::Right(shown(&view)?))
        }
    }
}

/// Takes the code and begins the account, both or neither.
fn redeem(
    c: &mut crate::db::Conn,
    ring: &crate::platform::keys::KeyRing,
    now: crate::platform::Moment,
    id: CodeId,
    typed: &str,
) -> Result<Redeemed<crate::ledger::CitizenId>, AccountError> {
    let pending: Pending = match codes::redeem(c, ring, now, PURPOSE, id, typed)? {
        Redeemed::Right(pending) => pending,
        Redeemed::Wrong(left) => return Ok(Redeemed::Wrong(left)),
        Redeemed::Gone => return Ok(Redeemed::Gone),
    };
    let newcomer = Newcomer {
        name: pending.name,
        reach: Some(pending.reach),
        password_hash: Some(pending.hash),
        language: pending.language.parse::<Lang>().unwrap_or_default(),
    };
    accounts::register(c, ring, now, &newcomer).map(Redeemed::Right)
}

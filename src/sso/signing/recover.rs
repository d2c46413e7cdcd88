//! `/recover`: the way back in for whoever forgot the password and still has the telephone or mailbox. Whoever
//! set up a second factor needs it here too; who lost both goes to a counter.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};

use super::{code::wrong_code, shown, sign_in::on_to, step, wrong_reach};
use crate::{
    accounts::{
        self, AccountError, Reach, Tell, What,
        codes::{self, CodeId, Redeemed},
        credentials,
        fields::{code_field, judged, password_fields},
        password, throttle,
    },
    db::Conn,
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, StepView},
        query, see_other,
        session::{self, Realm},
    },
};

const PURPOSE: &str = "recover";

pub async fn recover_page(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    shown(&ask_view(&visitor, &site, "")?)
}

fn ask_view(visitor: &Visitor, site: &Site, login: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/recover", t.recover_title())?;
    view.lead = vec![t.recover_lead().to_owned(), t.recover_counter().to_owned()];
    let mut field = Field::new("login", t.sign_in_login()).hint(t.sign_in_login_hint()).value(login);
    field.autocomplete = Some("username");
    field.required = true;
    view.inputs = vec![Input::new("text", field)];
    t.recover_submit().clone_into(&mut view.submit);
    Ok(view)
}

pub async fn recover(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let reach = match Reach::parse(form.get("login")) {
        Ok(reach) => reach,
        Err(wrong) => {
            let mut view = ask_view(&visitor, &site, form.get("login"))?;
            view.inputs[0].field.error = Some(wrong_reach(visitor.texts(), wrong).to_owned());
            return Ok(Either::Right(shown(&view)?));
        }
    };
    throttle::attempt(&site, &visitor, "recover", reach.as_str()).await?;
    let (ring, now, lang) = (Arc::clone(&site.keys), site.clock.now(), visitor.lang());
    let id = site
        .db
        .tx(move |c| match accounts::by_reach(c, &ring, &reach)?.filter(accounts::Citizen::is_open) {
            Some(account) => codes::issue(c, &ring, now, PURPOSE, &reach, lang, &account.id),
            None => codes::decoy(c, &ring, now, PURPOSE, &CitizenId::new()),
        })
        .await?;
    Ok(Either::Left(see_other(&on_to("/recover/code", id, ""))))
}

pub async fn recover_code_page(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    shown(&code_view(&visitor, &site, &query(&request, "id").unwrap_or_default())?)
}

fn code_view(visitor: &Visitor, site: &Site, id: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/recover/code", t.recover_new())?;
    view.lead = vec![t.recover_sent().to_owned(), t.code_not_come().to_owned()];
    let [word, again] = password_fields(t);
    let second = Field::new("second", t.second_label()).hint(t.recover_second());
    view.inputs = vec![
        Input::new("text", code_field(t)),
        Input::new("password", word),
        Input::new("password", again),
        Input::new("text", second),
    ];
    view.hidden = vec![("id", id.to_owned())];
    t.recover_finish().clone_into(&mut view.submit);
    Ok(view)
}

pub async fn recover_code(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let t = visitor.texts();
    let wrong = |errors: [Option<String>; 4]| {
        let mut view = code_view(&visitor, &site, form.get("id"))?;
        for (input, error) in view.inputs.iter_mut().zip(errors) {
            input.field.error = error;
        }
        Ok(Either::Right(shown(&view)?))
    };
    let id = form.get("id").parse::<CodeId>().map_err(|_| Failure::BadRequest)?;
    throttle::attempt(&site, &visitor, "recover-code", form.get("id")).await?;
    // The password first: a code must not be used up by a password that will not do.
    let [word, again] = judged(&site, t, form.exactly("password"), form.exactly("again"), &[]).await?;
    if word.is_some() || again.is_some() {
        return wrong([None, word, again, None]);
    }
    let hash = password::hash(form.exactly("password").to_owned()).await?;
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let (code, second) = (form.get("code").to_owned(), form.get("second").to_owned());
    let came = site.db.tx(move |c| set(c, &ring, now, id, &code, &second, &hash)).await?;
    match came {
        Came::Done => Ok(Either::Left(see_other("/sign-in?changed=1"))),
        Came::Second => wrong([None, None, None, Some(t.second_wrong().to_owned())]),
        Came::Code(redeemed) => wrong([Some(wrong_code(t, &redeemed)), None, None, None]),
    }
}

enum Came {
    Done,
    /// The second factor is missing or wrong.
    Second,
    Code(Redeemed<CitizenId>),
}

fn set(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    id: CodeId,
    code: &str,
    second: &str,
    hash: &str,
) -> Result<Came, AccountError> {
    let citizen = match codes::redeem::<CitizenId>(c, ring, now, PURPOSE, id, code)? {
        Redeemed::Right(citizen) => citizen,
        other => return Ok(Came::Code(other)),
    };
    if credentials::has_totp(c, citizen)? && !credentials::second_factor(c, ring, now, citizen, second)? {
        return Ok(Came::Second);
    }
    credentials::set_password(c, ring, now, citizen, hash)?;
    // Whoever had the old password is out everywhere.
    session::end_of(c, Realm::Citizen, citizen.uuid(), None, None)?;
    accounts::tell(c, now, &Tell::new(citizen, What::PasswordChanged, now))?;
    Ok(Came::Done)
}

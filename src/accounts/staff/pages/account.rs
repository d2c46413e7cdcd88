//! `/staff/account`: one's own password, recovery codes and sessions.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, http::StatusCode, web::Data};

use super::{super::entry, present_member};
use crate::{
    accounts::{
        fields::judged,
        pages::line,
        password,
        staff::{
            StaffError,
            views::{AccountView, JoinedView},
        },
        throttle,
    },
    ledger::StaffId,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input},
        query, see_other,
        session::{self, Realm, SessionId},
    },
};

type Answer = Result<Either<HttpResponse, Page>, Failure>;

/// The member of staff before the screen.
struct Own {
    id: StaffId,
    login: String,
    session: SessionId,
}

impl Own {
    async fn of(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let (member, _) = present_member(visitor, site).await?;
        let session = visitor.session(Realm::Staff).ok_or(Failure::Refused)?.id;
        Ok(Self { id: member.id, login: member.login, session })
    }
}

pub async fn account(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let own = Own::of(&visitor, &site).await?;
    let mut view = view(&visitor, &site, &own).await?;
    let t = visitor.texts();
    view.done = query(&request, "done").and_then(|done| match done.as_str() {
        "password" => Some(t.security_done_password()),
        "ended" => Some(t.security_done_ended()),
        _ => None,
    });
    Page::new(&view)
}

async fn view(visitor: &Visitor, site: &Site, own: &Own) -> Result<AccountView, Failure> {
    let t = visitor.texts();
    let (now, id, here) = (site.clock.now(), own.id, own.session);
    let devices = site.db.read(move |c| session::of(c, now, Realm::Staff, id.uuid())).await?;
    let needed = |name, label: &str, known| Field {
        required: true,
        autocomplete: Some(known),
        ..Field::new(name, label)
    };
    let code = |name| needed(name, t.staff_code(), "one-time-code").hint(t.staff_code_hint());
    Ok(AccountView {
        csrf: visitor.form_token(site)?,
        done: None,
        login: own.login.clone(),
        inputs: vec![
            Input::new("password", needed("password", t.staff_password(), "current-password")),
            Input::new("text", code("code")),
            Input::new(
                "password",
                needed("new", t.staff_new_password(), "new-password").hint(t.staff_new_password_hint()),
            ),
            Input::new("password", needed("again", t.password_again(), "new-password")),
        ],
        code: code("app_code"),
        devices: devices.iter().map(|device| line(device, here)).collect(),
        frame: visitor.frame(),
    })
}

fn shown(view: &AccountView) -> Answer {
    Ok(Either::Right(Page::new(view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

/// `POST /staff/account/password`. A session left open is not enough: both proofs are asked for again.
pub async fn account_password(visitor: Visitor, site: Data<Site>, form: Submitted) -> Answer {
    let own = Own::of(&visitor, &site).await?;
    throttle::attempt(&site, &visitor, "staff", &own.login).await?;
    let t = visitor.texts();
    let wrong = judged(&site, t, form.exactly("new"), form.exactly("again"), &[&own.login]).await?;
    if wrong.iter().any(Option::is_some) {
        let mut view = view(&visitor, &site, &own).await?;
        for (input, error) in view.inputs[2..].iter_mut().zip(wrong) {
            input.field.error = error;
        }
        return shown(&view);
    }
    let login = own.login.clone();
    let kept = site.db.read(move |c| entry::password_of(c, &login)).await?;
    let right = password::matches(form.exactly("password").to_owned(), kept).await?;
    let hash = password::hash(form.exactly("new").to_owned()).await?;
    let (ring, now, code) = (Arc::clone(&site.keys), site.clock.now(), form.get("code").to_owned());
    let (login, here) = (own.login.clone(), own.session);
    let changed = if right {
        site.db.tx(move |c| entry::change_password(c, &ring, now, &login, &code, &hash, here)).await
    } else {
        Err(StaffError::Wrong)
    };
    match changed {
        Ok(()) => Ok(Either::Left(see_other("/staff/account?done=password"))),
        Err(StaffError::Wrong) => {
            let mut view = view(&visitor, &site, &own).await?;
            view.inputs[0].field.error = Some(t.staff_account_wrong().to_owned());
            shown(&view)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /staff/account/codes`
pub async fn account_codes(visitor: Visitor, site: Data<Site>, form: Submitted) -> Answer {
    let own = Own::of(&visitor, &site).await?;
    throttle::attempt(&site, &visitor, "staff", &own.login).await?;
    let (ring, now, login) = (Arc::clone(&site.keys), site.clock.now(), own.login.clone());
    let code = form.get("app_code").to_owned();
    let t = visitor.texts();
    match site.db.tx(move |c| entry::change_recovery_codes(c, &ring, now, &login, &code)).await {
        Ok(codes) => Ok(Either::Right(Page::new(&JoinedView {
            title: t.staff_account_codes(),
            codes,
            next: ("/staff/account", t.staff_account_title()),
            frame: visitor.frame(),
        })?)),
        Err(StaffError::Wrong) => {
            let mut view = view(&visitor, &site, &own).await?;
            view.code.error = Some(t.second_wrong().to_owned());
            shown(&view)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /staff/account/end`: ends all sessions but this one.
pub async fn account_end(
    visitor: Visitor,
    site: Data<Site>,
    _form: Submitted,
) -> Result<HttpResponse, Failure> {
    let own = Own::of(&visitor, &site).await?;
    site.db.tx(move |c| session::end_of(c, Realm::Staff, own.id.uuid(), None, Some(own.session))).await?;
    Ok(see_other("/staff/account?done=ended"))
}

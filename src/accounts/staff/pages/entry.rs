//! Signing in and out, and joining by an invitation.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, http::StatusCode, web::Data};

use super::{shown, step};
use crate::{
    accounts::{
        password::{self, Weak},
        staff::{
            self, StaffError, entry,
            views::{GoneView, JoinView, JoinedView},
        },
        throttle, totp,
    },
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor, aside,
        frame::{Field, Input, StepView},
        own_path, query, scan, see_other,
        session::{self, Realm},
    },
};

type Answer = Result<Either<HttpResponse, Page>, Failure>;

fn field(name: &'static str, label: &str, fill: &'static str) -> Field {
    Field { required: true, autocomplete: Some(fill), ..Field::new(name, label) }
}

pub async fn sign_in_page(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Answer {
    let next = query(&request, "next").unwrap_or_default();
    if visitor.session(Realm::Staff).is_some() {
        return Ok(Either::Left(see_other(own_path(&next).unwrap_or("/staff"))));
    }
    let mut view = sign_in_view(&visitor, &site, &next, "")?;
    if query(&request, "out").is_some() {
        view.notice = Some(("ok", visitor.texts().staff_signed_out().to_owned()));
    }
    Ok(Either::Right(shown(&view)?))
}

fn sign_in_view(visitor: &Visitor, site: &Site, next: &str, login: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/staff/sign-in", t.staff_sign_in_title())?;
    view.lead = vec![t.staff_sign_in_lead().to_owned()];
    view.notice = aside::waits_at(next).then(|| ("info", t.session_kept().to_owned()));
    view.inputs = vec![
        Input::new("text", field("login", t.staff_login(), "username").value(login)),
        Input::new("password", field("password", t.staff_password(), "current-password")),
        Input::new("text", field("code", t.staff_code(), "one-time-code").hint(t.staff_code_hint())),
    ];
    view.hidden = vec![("next", own_path(next).unwrap_or_default().to_owned())];
    t.staff_sign_in_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// Name, password and second proof come together: there is no session in between that knows only half. What
/// was wrong is not told.
pub async fn sign_in(visitor: Visitor, site: Data<Site>, form: Submitted) -> Answer {
    let login = form.get("login").to_ascii_lowercase();
    throttle::attempt(&site, &visitor, "staff", &login).await?;
    let name = login.clone();
    let kept = site.db.read(move |c| entry::password_of(c, &name)).await?;
    let right = password::matches(form.exactly("password").to_owned(), kept).await?;
    let (ring, now, code) = (Arc::clone(&site.keys), site.clock.now(), form.get("code").to_owned());
    let (device, old) = (visitor.device().to_owned(), visitor.token(Realm::Staff).cloned());
    let name = login.clone();
    let entered = if right {
        site.db.tx(move |c| entry::enter(c, &ring, now, &name, &code, &device, old.as_ref())).await
    } else {
        Err(StaffError::Wrong)
    };
    match entered {
        Ok(token) => {
            throttle::give_back(&site, "staff", &login).await;
            visitor.hand_out(Realm::Staff, token);
            let next = own_path(form.get("next")).filter(|next| !next.is_empty());
            Ok(Either::Left(see_other(next.unwrap_or("/staff"))))
        }
        Err(StaffError::Wrong) => {
            let mut view = sign_in_view(&visitor, &site, form.get("next"), &login)?;
            view.general = Some(visitor.texts().staff_wrong().to_owned());
            Ok(Either::Right(shown(&view)?))
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn sign_out_page(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let t = visitor.texts();
    let mut view = step(&visitor, &site, "/staff/sign-out", t.staff_sign_out_title())?;
    view.lead = vec![t.staff_sign_out_lead().to_owned()];
    t.frame_sign_out().clone_into(&mut view.submit);
    shown(&view)
}

pub async fn sign_out(visitor: Visitor, site: Data<Site>, _form: Submitted) -> Result<HttpResponse, Failure> {
    if let Some(token) = visitor.token(Realm::Staff).cloned() {
        site.db.tx(move |c| session::end(c, &token)).await?;
    }
    visitor.take_back(Realm::Staff);
    Ok(see_other("/staff/sign-in?out=1"))
}

pub async fn join_page(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let token = query(&request, "token").unwrap_or_default();
    let (secret, carried) = entry::new_secret(&site.keys)?;
    match join_view(&visitor, &site, &token, &secret, &carried).await? {
        Some(view) => join_shown(&view),
        None => gone(&visitor),
    }
}

/// Used, over, or never there: the page says so and asks for nothing.
fn gone(visitor: &Visitor) -> Result<Page, Failure> {
    let t = visitor.texts();
    let next = ("/staff/sign-in", t.staff_sign_in_title());
    Page::new(&GoneView {
        title: t.staff_join_title(),
        lead: t.staff_join_gone(),
        next,
        frame: visitor.frame(),
    })
}

async fn join_view(
    visitor: &Visitor,
    site: &Site,
    token: &str,
    secret: &str,
    carried: &str,
) -> Result<Option<JoinView>, Failure> {
    let t = visitor.texts();
    let (now, asked) = (site.clock.now(), token.to_owned());
    let member = match site.db.read(move |c| staff::invited(c, now, &asked)).await {
        Ok(member) => member,
        Err(StaffError::Unknown) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let address = totp::address(secret, t.portal_name(), &member.login);
    let grouped: Vec<String> =
        secret.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    let password = field("password", t.staff_new_password(), "new-password");
    let code = field("code", t.staff_join_code(), "one-time-code");
    Ok(Some(JoinView {
        csrf: visitor.form_token(site)?,
        frame: visitor.frame(),
        token: token.to_owned(),
        carried: carried.to_owned(),
        login: member.login,
        picture: scan(&address, 220)?,
        secret: grouped.join(" "),
        password: password.hint(t.staff_new_password_hint()),
        code: code.hint(t.staff_join_code_hint()),
    }))
}

fn join_shown(view: &JoinView) -> Result<Page, Failure> {
    let page = Page::new(view)?;
    let fine = view.mistakes().is_empty();
    Ok(if fine { page } else { page.status(StatusCode::UNPROCESSABLE_ENTITY) })
}

/// The words for a password that will not do.
pub(super) fn weak(t: Texts, weak: Weak) -> String {
    match weak {
        Weak::Short => t.staff_weak_short(password::SHORTEST),
        Weak::Long => t.staff_weak_long(password::LONGEST),
        Weak::Known => t.staff_weak_known().to_owned(),
        Weak::Personal => t.staff_weak_personal().to_owned(),
        Weak::Leaked => t.password_leaked().to_owned(),
    }
}

pub async fn join(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<Page, Failure> {
    let t = visitor.texts();
    let (token, carried) = (form.get("token").to_owned(), form.get("secret").to_owned());
    let secret = entry::carried_secret(&site.keys, &carried)?;
    let now = site.clock.now();
    let Some(mut view) = join_view(&visitor, &site, &token, &secret, &carried).await? else {
        return gone(&visitor);
    };
    let chosen = form.exactly("password").to_owned();
    let judged = password::judge(site.leaked.as_ref(), &chosen, &[]).await?;
    view.password.error = judged.err().map(|why| weak(t, why));
    let step = totp::check(&secret, form.get("code"), now, 0);
    if step.is_none() {
        view.code.error = Some(t.staff_join_code_wrong().to_owned());
    }
    let Some(step) = step.filter(|_| view.mistakes().is_empty()) else { return join_shown(&view) };
    let hash = password::hash(chosen).await?;
    let ring = Arc::clone(&site.keys);
    let codes = site.db.tx(move |c| staff::join(c, &ring, now, &token, &hash, &secret, step)).await?;
    let next = ("/staff/sign-in", t.staff_sign_in_title());
    Page::new(&JoinedView { title: t.staff_joined_title(), codes, next, frame: visitor.frame() })
}

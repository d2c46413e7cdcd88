//! `/me`: what is the citizen's own.

use std::sync::Arc;

use actix_web::{HttpRequest, web::Data};

use super::views::{MeLink, MeView};
use crate::{
    accounts::{self, masking},
    db::Conn,
    ledger::{self, CitizenId, LedgerError},
    notices,
    surveys::queries as surveys,
    web::{Failure, Page, Site, Visitor, query, session::Realm},
};

pub async fn me(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    let (citizen, ring) = (CitizenId::from(session.signed.subject), Arc::clone(&site.keys));
    let today = site.clock.today();
    let read = move |c: &mut Conn| {
        let details = accounts::details(c, &ring, &ledger::own(citizen))?;
        Ok::<_, LedgerError>((details, notices::unread(c, citizen)?, surveys::open(c, today)?))
    };
    let (details, unread, asked) = site.db.read(read).await?;
    let t = visitor.texts();
    let link = |title: &str, about: &str, url: &str| MeLink {
        title: title.to_owned(),
        about: about.to_owned(),
        url: url.to_owned(),
    };
    let news = if unread > 0 { t.notices_unread(unread) } else { t.notices_about().to_owned() };
    let asked = if asked > 0 { t.surveys_open(asked) } else { t.surveys_none().to_owned() };
    let view = MeView {
        welcome: query(&request, "welcome").is_some(),
        name: details.name.as_deref().map(masking::name),
        number: details.identity_number.as_deref().map(masking::number),
        phone: details.phone.as_deref().map(masking::phone),
        email: details.email.as_deref().map(masking::email),
        level: details.level,
        session_level: session.signed.level,
        links: vec![
            link(t.notices_title(), &news, "/me/notices"),
            link(t.wallet_title(), t.wallet_about(), "/me/wallet"),
            link(t.dates_title(), t.dates_about(), "/me/reminders"),
            link(t.cases_title(), t.cases_about(), "/me/cases"),
            link(t.bookings_title(), t.bookings_about(), "/me/bookings"),
            link(t.my_voice_title(), t.my_voice_about(), "/me/voice"),
            link(t.surveys_title(), &asked, "/surveys"),
            link(t.payments_title(), t.payments_about(), "/me/payments"),
            link(t.ratings_title(), t.ratings_about(), "/me/ratings"),
            link(t.household_mine(), t.household_mine_about(), "/me/households"),
            link(t.me_security(), t.me_security_about(), "/me/security"),
            link(t.me_looks(), t.me_looks_about(), "/me/looks"),
            link(t.me_acting(), t.me_acting_about(), "/me/acting"),
            link(t.me_privacy(), t.me_privacy_about(), "/me/privacy"),
        ],
        frame: visitor.frame(),
    };
    Page::new(&view)
}

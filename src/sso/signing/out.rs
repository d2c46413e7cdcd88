//! `/sign-out`

use actix_web::{HttpResponse, web::Data};

use super::{shown, step};
use crate::sso::provider;
use crate::web::{
    Failure, Page, Site, Submitted, Visitor, see_other,
    session::{self, Realm},
};

pub async fn sign_out_page(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let t = visitor.texts();
    let mut view = step(&visitor, &site, "/sign-out", t.sign_out_title())?;
    view.lead = vec![t.sign_out_lead().to_owned()];
    t.frame_sign_out().clone_into(&mut view.submit);
    shown(&view)
}

pub async fn sign_out(visitor: Visitor, site: Data<Site>, _form: Submitted) -> Result<HttpResponse, Failure> {
    let running = visitor.session(Realm::Citizen).map(|session| session.id);
    if let (Some(id), Some(token)) = (running, visitor.token(Realm::Citizen).cloned()) {
        let now = site.clock.now();
        let ended = site.db.tx(move |c| {
            session::end(c, &token)?;
            provider::ended(c, now, &[id])
        });
        ended.await?;
    }
    visitor.take_back(Realm::Citizen);
    Ok(see_other("/sign-in?out=1"))
}

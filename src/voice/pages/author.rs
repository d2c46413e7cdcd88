//! `/agency/voice/author`: who sent something whose sender is secret. For an administrator above the city's desk, with a reason,
//! on the sender's record.

use std::sync::Arc;

use actix_web::{http::StatusCode, web::Data};

use super::{any_seat, clocks, fits};
use crate::{
    catalogue::Shelf,
    db::Conn,
    platform::Texts,
    voice::{
        VoiceError, number_of,
        opened::{self, Contact},
        views::AuthorView,
    },
    web::{Failure, Page, Site, Submitted, Visitor, frame::Field},
};

const LONGEST_REASON: usize = 200;

fn view(visitor: &Visitor, site: &Site, (number, reason): (&str, &str)) -> Result<AuthorView, Failure> {
    let t = visitor.texts();
    let needed = |field: Field| Field { required: true, ..field };
    Ok(AuthorView {
        csrf: visitor.form_token(site)?,
        number: needed(Field::new("number", t.voice_number()).value(number)),
        reason: needed(
            Field::new("reason", t.voice_reason()).hint(t.voice_author_reason_hint()).value(reason),
        ),
        people: None,
        frame: visitor.frame(),
    })
}

/// `GET /agency/voice/author`
pub async fn author_page(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
) -> Result<Page, Failure> {
    let seat = any_seat(&visitor, &site, &clocks(&shelf)?).await?;
    if !seat.sees_author {
        return Err(Failure::Refused);
    }
    Page::new(&view(&visitor, &site, ("", ""))?)
}

/// `POST /agency/voice/author`
pub async fn author(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    posted: Submitted,
) -> Result<Page, Failure> {
    let seat = any_seat(&visitor, &site, &clocks(&shelf)?).await?;
    if !seat.sees_author {
        return Err(Failure::Refused);
    }
    let t: Texts = visitor.texts();
    let reason = posted.get("reason").to_owned();
    let mut view = view(&visitor, &site, (posted.get("number"), &reason))?;
    let number = number_of(posted.get("number"));
    if !fits(&reason, 5, LONGEST_REASON) {
        view.reason.error = Some(t.voice_wrong_reason().to_owned());
    }
    let found = match number.filter(|_| view.reason.error.is_none()) {
        None => Err(VoiceError::Unknown),
        Some(number) => {
            let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
            let look = move |c: &mut Conn| opened::author(c, &ring, now, &seat, (&number, &reason));
            site.db.tx(look).await
        }
    };
    match found {
        Ok(people) => {
            view.people = Some(people.into_iter().map(|Contact { name, phone }| (name, phone)).collect());
            Page::new(&view)
        }
        Err(VoiceError::Unknown) => {
            if view.reason.error.is_none() {
                view.number.error = Some(t.voice_wrong_secret().to_owned());
            }
            Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error.into()),
    }
}

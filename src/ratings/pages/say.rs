//! What somebody sends from the page of a matter: a rating, another level later on, and what they say to an answer.

use std::sync::Arc;

use actix_web::{Either, HttpResponse, http::StatusCode, web::Path};

use super::{
    fits,
    rate::{Here, LONGEST, Two, Typed, offered, view},
};
use crate::{
    catalogue::present::Presenter,
    db::Conn,
    platform::{Moment, keys::KeyRing},
    ratings::{
        RatingError, Terms,
        follow::{self, Verdict},
        give::{self as giving, Given},
        level_named,
    },
    web::{Failure, Page, Site, Submitted, Visitor, see_other},
};

type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// `POST /me/ratings/{kind}/{reference}`
pub async fn give(visitor: Visitor, two: Two, path: Path<(String, String)>, sent: Submitted) -> Answer {
    let (here, found, service, agency) = Here::new(&visitor, &two, path.into_inner()).await?;
    let url = here.url();
    // Whoever sends none has chosen none.
    let Some(level) = level_named(sent.get("level")) else { return Ok(Either::Right(see_other(&url))) };
    let present = Presenter::new(visitor.texts(), &here.edition.catalogue);
    let known = offered(present, level);
    let ticked = sent.all("tag").filter(|id| known.iter().any(|tag| tag.id == *id));
    let (tags, words) = (ticked.map(str::to_owned).collect(), sent.get("words").to_owned());
    if !fits(&words, LONGEST) {
        let typed = Typed { level, tags, words, too_long: true };
        let view = view(&visitor, &two.0, (&here, found), (&service, &agency), Some(typed))?;
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let given = Given { level, tags, words };
    let asked = here.clone();
    let done = act(&two.0, move |c, ring, now| {
        let terms = Terms::of(&asked.edition.catalogue).ok_or(RatingError::Unknown)?;
        giving::give(c, (ring, now), &terms, &asked.whose, (asked.kind, &asked.reference), &given)
    });
    Ok(Either::Right(came_of(&url, "given", done.await)?))
}

/// `POST …/amend`
pub async fn amend(
    visitor: Visitor,
    two: Two,
    path: Path<(String, String)>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (here, ..) = Here::new(&visitor, &two, path.into_inner()).await?;
    let url = here.url();
    let Some(level) = level_named(sent.get("new-level")) else { return Ok(see_other(&url)) };
    let done = act(&two.0, move |c, _, now| {
        let terms = Terms::of(&here.edition.catalogue).ok_or(RatingError::Unknown)?;
        giving::amend(c, now, &terms, &here.whose, (here.kind, &here.reference), level)
    });
    came_of(&url, "amended", done.await)
}

/// `POST …/verdict`
pub async fn verdict(
    visitor: Visitor,
    two: Two,
    path: Path<(String, String)>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (here, ..) = Here::new(&visitor, &two, path.into_inner()).await?;
    let url = here.url();
    let words = sent.get("still").to_owned();
    let verdict = Verdict::named(sent.get("verdict")).filter(|_| fits(&words, LONGEST));
    let Some(verdict) = verdict else { return Ok(see_other(&url)) };
    let done = act(&two.0, move |c, ring, now| {
        let terms = Terms::of(&here.edition.catalogue).ok_or(RatingError::Unknown)?;
        let matter = (here.kind, here.reference.as_str());
        follow::verdict(c, (ring, now), &terms, &here.whose, matter, (verdict, &words))
    });
    came_of(&url, "heard", done.await)
}

async fn act(
    site: &Site,
    work: impl FnOnce(&mut Conn, &KeyRing, Moment) -> Result<(), RatingError> + Send + 'static,
) -> Result<(), RatingError> {
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    site.db.tx(move |c: &mut Conn| work(c, &ring, now)).await
}

/// Where it leads. What was done before, in another window or by a second click, stands on the page.
fn came_of(url: &str, word: &str, done: Result<(), RatingError>) -> Result<HttpResponse, Failure> {
    let word = match done {
        Ok(()) => word,
        Err(RatingError::Already) => "already",
        Err(RatingError::Over) => "over",
        Err(RatingError::NotNow) => "not-now",
        Err(error) => return Err(error.into()),
    };
    Ok(see_other(&format!("{url}?said={word}")))
}

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
    platform::{Moment, Texts, keys::KeyRing},
    ratings::{
        RatingError, Terms,
        follow::{self, Verdict},
        give::{self as giving, Given},
        level_named,
        views::{GivenView, RateView, Stage},
    },
    web::{Failure, Page, Site, Submitted, Visitor, see_other},
};

type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// `POST /me/ratings/{kind}/{reference}`
pub async fn give(visitor: Visitor, two: Two, path: Path<(String, String)>, sent: Submitted) -> Answer {
    let (here, found, service, agency) = Here::new(&visitor, &two, path.into_inner()).await?;
    let url = here.url();
    let level = level_named(sent.get("level"));
    let present = Presenter::new(visitor.texts(), &here.edition.catalogue);
    // A tag of another level is none of theirs; before there is a level, nobody knows of which it is.
    let fit = |id: &str| level.is_none_or(|level| offered(present, level).iter().any(|tag| tag.id == id));
    let tags: Vec<String> = sent.all("tag").filter(|id| fit(id)).map(str::to_owned).collect();
    let words = sent.get("words").to_owned();
    let given = match level {
        Some(level) if fits(&words, LONGEST) => Given { level, tags, words },
        // Whoever sends none has chosen none.
        level => {
            let typed = Some(Typed { level, tags, words });
            return again(&view(&visitor, &two.0, (&here, found), (&service, &agency), typed)?);
        }
    };
    let asked = here.clone();
    let done = act(&two.0, move |c, ring, now| {
        let terms = Terms::of(&asked.edition.catalogue).ok_or(RatingError::Unknown)?;
        giving::give(c, (ring, now), &terms, &asked.whose, (asked.kind, &asked.reference), &given)
    });
    Ok(Either::Right(came_of(&url, "given", done.await)?))
}

/// `POST …/amend`
pub async fn amend(visitor: Visitor, two: Two, path: Path<(String, String)>, sent: Submitted) -> Answer {
    let (here, found, service, agency) = Here::new(&visitor, &two, path.into_inner()).await?;
    let url = here.url();
    let Some(level) = level_named(sent.get("new-level")) else {
        let t = visitor.texts();
        let mut view = view(&visitor, &two.0, (&here, found), (&service, &agency), None)?;
        mend(&mut view, |given| {
            given.amend = given.amend.take().map(|field| field.error(t.rating_choose()));
        });
        return again(&view);
    };
    let done = act(&two.0, move |c, _, now| {
        let terms = Terms::of(&here.edition.catalogue).ok_or(RatingError::Unknown)?;
        giving::amend(c, now, &terms, &here.whose, (here.kind, &here.reference), level)
    });
    Ok(Either::Right(came_of(&url, "amended", done.await)?))
}

/// `POST …/verdict`
pub async fn verdict(visitor: Visitor, two: Two, path: Path<(String, String)>, sent: Submitted) -> Answer {
    let (here, found, service, agency) = Here::new(&visitor, &two, path.into_inner()).await?;
    let url = here.url();
    let words = sent.get("still").to_owned();
    let chosen = Verdict::named(sent.get("verdict"));
    let Some(verdict) = chosen.filter(|_| fits(&words, LONGEST)) else {
        let t = visitor.texts();
        let mut view = view(&visitor, &two.0, (&here, found), (&service, &agency), None)?;
        mend(&mut view, |given| keep(t, given, (chosen, words)));
        return again(&view);
    };
    let done = act(&two.0, move |c, ring, now| {
        let terms = Terms::of(&here.edition.catalogue).ok_or(RatingError::Unknown)?;
        let matter = (here.kind, here.reference.as_str());
        follow::verdict(c, (ring, now), &terms, &here.whose, matter, (verdict, &words))
    });
    Ok(Either::Right(came_of(&url, "heard", done.await)?))
}

/// Says what is wrong in the forms below a rating that was given, if they still stand there.
fn mend(view: &mut RateView, with: impl FnOnce(&mut GivenView)) {
    if let Stage::Given(given) = &mut view.stage {
        with(given);
    }
    view.mistakes = view.stage.mistakes();
}

/// What somebody chose and wrote about an answer, and what is wrong with it.
fn keep(t: Texts, given: &mut GivenView, (verdict, words): (Option<Verdict>, String)) {
    let form = given.follow.as_mut().and_then(|follow| follow.verdict.as_mut());
    let Some((chosen, still, _)) = form else { return };
    for choice in &mut chosen.choices {
        choice.chosen = verdict.is_some_and(|one| one.tag() == choice.value);
    }
    if verdict.is_none() {
        chosen.error = Some(t.rating_choose().to_owned());
    }
    if !fits(&words, LONGEST) {
        still.error = Some(t.rating_too_long(LONGEST));
    }
    still.value = words;
}

/// The page with what was sent. Where it cannot be sent any more, that is said instead.
fn again(view: &RateView) -> Answer {
    if view.mistakes.is_empty() {
        return Ok(Either::Right(see_other(&format!("{}?said=not-now", view.url))));
    }
    Ok(Either::Left(Page::new(view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
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

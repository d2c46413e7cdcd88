//! `/me/voice`: what somebody asked, complained of and reported, and what became of it.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{LONGEST, MINE, citizen, clocks, fits, line, number_in, refusal, said, step_line};
use crate::{
    cases::papers::{FileId, alone},
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    platform::Texts,
    voice::{
        Clocks, State, Verdict, judge,
        mine::{self, Told, Whose},
        photos,
        views::{JudgeForm, MineView, OrderView},
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field},
        see_other,
    },
};

/// `GET /me/voice`
pub async fn list(visitor: Visitor, (site, shelf): (Data<Site>, Data<Shelf>)) -> Result<Page, Failure> {
    let (citizen, edition) = (citizen(&visitor)?, shelf.edition()?);
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let orders = site.db.read(move |c| mine::list(c, citizen)).await?;
    let today = site.clock.today();
    Page::new(&MineView {
        rows: orders.iter().map(|order| line(present, today, order, MINE)).collect(),
        frame: visitor.frame(),
    })
}

/// The page of an order, for whoever reported it.
pub(super) fn view(
    visitor: &Visitor,
    (site, clocks): (&Site, &Clocks),
    told: &Told,
    guest: Option<&str>,
) -> Result<OrderView, Failure> {
    let present = Presenter::new(visitor.texts(), &clocks.edition().catalogue);
    let (today, number) = (site.clock.today(), told.order.number.as_str());
    let base = format!("{MINE}/{number}");
    let state = told.order.state()?;
    let mut shown = line(present, today, told.current(), MINE);
    number.clone_into(&mut shown.number);
    let judged = told.verdict.is_none() && told.current().state()?.is_answered();
    let waits = state.waits_for_desk() || state.waits_for_unit();
    Ok(OrderView {
        csrf: visitor.form_token(site)?,
        said: None,
        guest: guest.is_some(),
        line: shown,
        goes_on: told.goes_on.as_ref().map(|order| order.number.clone()),
        title: told.words.title.clone(),
        text: told.words.text.clone(),
        place: told.words.place.clone(),
        photos: told
            .photos
            .iter()
            .filter(|_| guest.is_none())
            .map(|id| format!("{base}/photos/{id}"))
            .collect(),
        steps: told.steps.iter().map(|step| step_line(present, step)).collect(),
        verdict: told.verdict.map(|verdict| verdict.tag().to_owned()),
        judge: judged.then(|| judge_form(present.t, number, guest)),
        withdraw: (guest.is_none() && waits && state != State::Merged).then(|| format!("{base}/withdraw")),
        frame: visitor.frame(),
    })
}

fn judge_form(t: Texts, number: &str, guest: Option<&str>) -> JudgeForm {
    let choice = |verdict: Verdict| Choice::new(verdict.tag(), t.voice_verdict(verdict.tag()), false);
    let verdict = Field::new("verdict", t.voice_judge()).choices(Verdict::ALL.map(choice).into());
    JudgeForm {
        action: guest
            .map_or_else(|| format!("{MINE}/{number}/judge"), |_| "/voice/progress/judge".to_owned()),
        hidden: guest
            .map_or_else(Vec::new, |code| vec![("number", number.to_owned()), ("code", code.to_owned())]),
        verdict: Field { required: true, ..verdict },
        words: Field::new("words", t.voice_judge_words()).hint(t.voice_judge_words_hint()),
    }
}

/// What was said of an answer, if nothing is wrong with it.
pub(super) fn judged(sent: &Submitted) -> Option<(Verdict, String)> {
    let words = sent.get("words");
    let verdict = Verdict::named(sent.get("verdict")).filter(|_| fits(words, 0, LONGEST))?;
    Some((verdict, words.to_owned()))
}

/// The form with what was chosen and written, and what is wrong with it.
pub(super) fn again(t: Texts, mut form: JudgeForm, sent: &Submitted) -> JudgeForm {
    let (chosen, words) = (Verdict::named(sent.get("verdict")), sent.get("words"));
    for choice in &mut form.verdict.choices {
        choice.chosen = chosen.is_some_and(|verdict| verdict.tag() == choice.value);
    }
    if chosen.is_none() {
        form.verdict.error = Some(t.voice_wrong_choice().to_owned());
    }
    if !fits(words, 0, LONGEST) {
        form.words.error = Some(t.voice_wrong_text(LONGEST));
    }
    words.clone_into(&mut form.words.value);
    form
}

async fn told(site: &Site, whose: Whose) -> Result<Told, Failure> {
    let ring = Arc::clone(&site.keys);
    Ok(site.db.read(move |c| mine::one(c, &ring, &whose)).await?)
}

/// `GET /me/voice/{number}`
pub async fn one(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    number: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (whose, clocks) = (Whose::Citizen(citizen(&visitor)?, number_in(&number)?), clocks(&shelf)?);
    let told = told(&site, whose).await?;
    let mut view = view(&visitor, (&site, &clocks), &told, None)?;
    view.said = said(visitor.texts(), &request);
    Page::new(&view)
}

/// `GET /me/voice/{number}/photos/{photo}`
pub async fn photo(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (number, id) = path.into_inner();
    let whose = Whose::Citizen(citizen(&visitor)?, number_in(&number)?);
    let id: FileId = id.parse().map_err(|_| Failure::NotFound)?;
    let ring = Arc::clone(&site.keys);
    let picture = site.db.read(move |c| mine::photo(c, &ring, &whose, id)).await?;
    alone::give(&photos::folder(&site), &picture).await
}

/// `POST /me/voice/{number}/judge`
pub async fn judge(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    number: Path<String>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let number = number_in(&number)?;
    let (whose, clocks) = (Whose::Citizen(citizen(&visitor)?, number.clone()), clocks(&shelf)?);
    let Some((verdict, words)) = judged(&sent) else {
        let told = told(&site, whose).await?;
        let mut view = view(&visitor, (&site, &clocks), &told, None)?;
        view.judge = view.judge.map(|form| again(visitor.texts(), form, &sent));
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let say = move |c: &mut Conn| judge::judge(c, (&ring, now), &clocks, &whose, (verdict, &words));
    let word = match site.db.tx(say).await {
        Ok(()) => "judged",
        Err(error) => refusal(error)?,
    };
    Ok(Either::Right(see_other(&format!("{MINE}/{number}?said={word}"))))
}

/// `POST /me/voice/{number}/withdraw`
pub async fn withdraw(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    number: Path<String>,
    _: Submitted,
) -> Result<HttpResponse, Failure> {
    let (citizen, number, clocks) = (citizen(&visitor)?, number_in(&number)?, clocks(&shelf)?);
    let (ring, now, named) = (Arc::clone(&site.keys), site.clock.now(), number.clone());
    let back = move |c: &mut Conn| judge::withdraw(c, (&ring, now), &clocks, citizen, &named);
    let word = match site.db.tx(back).await {
        Ok(()) => "withdrawn",
        Err(error) => refusal(error)?,
    };
    Ok(see_other(&format!("{MINE}/{number}?said={word}")))
}

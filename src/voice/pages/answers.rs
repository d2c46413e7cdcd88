//! `/agency/voice/answers`: questions and answers for everybody, drafted from an answered question by one member of staff and
//! published by another.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{DESK, LONGEST, agency_name, clocks, fits, number_in, refusal, said, seat};
use crate::{
    accounts::staff::{
        self,
        pages::{shown, step},
    },
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    voice::{
        Act, AnswerId, VoiceError, answers, opened,
        views::{DraftLine, DraftsView},
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, StepView},
        see_other,
    },
};

/// `GET /agency/voice/answers`
pub async fn drafts(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let clocks = clocks(&shelf)?;
    let seat = seat(&visitor, &site, &clocks).await?;
    let (me, edition) = (seat.member.id, Arc::clone(clocks.edition()));
    let read = move |c: &mut Conn| {
        let places = staff::places(c)?;
        answers::of_seat(c, &seat, &places, &edition.catalogue)
    };
    let all = site.db.read(read).await?;
    let present = Presenter::new(visitor.texts(), &clocks.edition().catalogue);
    let line = |one: answers::Answer| DraftLine {
        id: one.id.to_string(),
        agency: agency_name(present, &one.agency),
        published: one.published_at.is_some(),
        publishes: one.published_at.is_none() && one.drafted_by != me,
        question: one.question,
        answer: one.answer,
    };
    Page::new(&DraftsView {
        csrf: visitor.form_token(&site)?,
        said: said(present.t, &request),
        drafts: all.into_iter().map(line).collect(),
        frame: visitor.frame(),
    })
}

/// `POST /agency/voice/answers/{id}`
pub async fn settle_draft(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    posted: Submitted,
) -> Result<HttpResponse, Failure> {
    let seat = seat(&visitor, &site, &clocks(&shelf)?).await?;
    let id: AnswerId = id.parse().map_err(|_| Failure::NotFound)?;
    let (now, publish) = (site.clock.now(), posted.get("act") == "publish");
    let settle = move |c: &mut Conn| {
        let places = staff::places(c)?;
        answers::settle(c, now, &seat, &places, id, publish)
    };
    let word = match site.db.tx(settle).await {
        Ok(()) if publish => "published",
        Ok(()) => "discarded",
        Err(error) => refusal(error)?,
    };
    Ok(see_other(&format!("{DESK}/answers?said={word}")))
}

fn form(
    visitor: &Visitor,
    site: &Site,
    number: &str,
    (question, answer): (&str, &str),
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, &format!("{DESK}/{number}/answer"), t.voice_publish_title())?;
    view.lead = vec![t.voice_publish_lead().to_owned()];
    let needed = |field: Field| Input::new("long", Field { required: true, ..field });
    view.inputs = vec![
        needed(Field::new("question", t.voice_question()).value(question)),
        needed(Field::new("answer", t.voice_answer()).value(answer)),
    ];
    t.voice_publish_draft().clone_into(&mut view.submit);
    Ok(view)
}

/// `GET /agency/voice/{number}/answer`: with what was asked and answered, without what tells who somebody is.
pub async fn draft_page(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    number: Path<String>,
) -> Result<Page, Failure> {
    let (seat, number) = (seat(&visitor, &site, &clocks(&shelf)?).await?, number_in(&number)?);
    let (ring, now, asked) = (Arc::clone(&site.keys), site.clock.now(), number.clone());
    let opened = site.db.tx(move |c: &mut Conn| opened::open(c, &ring, now, &seat, &asked)).await?;
    if !answers::is_possible(&opened.order) {
        return Err(Failure::NotFound);
    }
    let question = opened.reports.first().map(|report| report.words.text.as_str()).unwrap_or_default();
    let reply = opened.steps.iter().rev().find(|step| step.act == Act::Reply.tag());
    let answer = reply.map(|step| step.said.words.as_str()).unwrap_or_default();
    shown(&form(&visitor, &site, &number, (&answers::masked(question), &answers::masked(answer)))?)
}

/// `POST /agency/voice/{number}/answer`
pub async fn draft(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    number: Path<String>,
    posted: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (seat, number) = (seat(&visitor, &site, &clocks(&shelf)?).await?, number_in(&number)?);
    let (question, answer) = (posted.get("question").to_owned(), posted.get("answer").to_owned());
    let mut view = form(&visitor, &site, &number, (&question, &answer))?;
    for (name, text) in [("question", &question), ("answer", &answer)] {
        if !fits(text, 5, LONGEST) {
            view.wrong(name, &visitor.texts().voice_wrong_text(LONGEST));
        }
    }
    if view.is_wrong() {
        return Ok(Either::Left(shown(&view)?));
    }
    let now = site.clock.now();
    let write = move |c: &mut Conn| answers::draft(c, now, &seat, &number, (&question, &answer));
    let word = match site.db.tx(write).await {
        Ok(()) => "drafted",
        Err(error @ VoiceError::Unknown) => return Err(error.into()),
        Err(error) => refusal(error)?,
    };
    Ok(Either::Right(see_other(&format!("{DESK}/answers?said={word}"))))
}

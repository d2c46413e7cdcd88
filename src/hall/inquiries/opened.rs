//! An inquiry opened by a member of staff: who asked, masked, what, and the form of the answer.

use std::sync::Arc;

use actix_web::{
    Either, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    answer,
    desk::{LIST, ONE, came_of, closed, id_of, seat},
    outcome,
};
use crate::{
    accounts::inquiries::{self, InquiryId, Kind, Level, Opened, Outcome, Reply, Seat},
    catalogue::{Shelf, present::Presenter},
    hall::{
        looks,
        privacy::local,
        views::{InquiryView, OpenedRow},
    },
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input},
        see_other,
    },
};

/// Longest text of an answer, in characters.
const LONGEST: usize = 4000;

/// `POST /staff/requests/{id}/open`
pub async fn open_request(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    id: Path<String>,
    _form: Submitted,
) -> Result<Page, Failure> {
    let (seat, id) = (seat(&visitor, &site).await?, id_of(&id)?);
    let view = opened(&visitor, &site, &shelf, &seat, id, None).await?;
    Page::new(&view)
}

/// Opens an inquiry, which is a look, and fills the form of the answer with what was typed.
async fn opened(
    visitor: &Visitor,
    site: &Site,
    shelf: &Shelf,
    seat: &Seat,
    id: InquiryId,
    form: Option<&Submitted>,
) -> Result<InquiryView, Failure> {
    let mut view = closed(visitor, site, shelf, seat, id).await?;
    let (ring, now, looking) = (Arc::clone(&site.keys), site.clock.now(), seat.clone());
    let found = site.db.tx(move |c| inquiries::open(c, &ring, now, &looking, id)).await?;
    let (t, edition) = (visitor.texts(), shelf.edition()?);
    let inquiry = &found.told.inquiry;
    let kind = inquiry.kind();
    let level = inquiry.state().waits_for();
    let elsewhere =
        level == Some(Level::Branch) && inquiry.assigned_to.is_some_and(|with| with != seat.member.id);
    if level.is_some() && level == seat.answers() && !elsewhere {
        view.inputs = inputs(t, kind, form);
    }
    view.opened = Some(row(Presenter::new(t, &edition.catalogue), found));
    Ok(view)
}

fn row(present: Presenter<'_>, opened: Opened) -> OpenedRow {
    let Opened { told, name, look } = opened;
    let inquiry = told.inquiry;
    let (what, words) = told.said.unzip();
    let objected = inquiry.objected_at().map(local);
    OpenedRow {
        name,
        what: what.map(|what| present.t.data_field(what)),
        words,
        look: look.map(|look| looks::row(present, &look, None)),
        objection: objected.map(|at| (at, told.objection)),
        answers: told.answers.into_iter().map(|given| answer(present, &inquiry, given)).collect(),
    }
}

fn inputs(t: Texts, kind: Kind, form: Option<&Submitted>) -> Vec<Input> {
    let given = |name: &str| form.map_or("", |form| form.get(name));
    let words = Field::new("words", t.inquiry_words()).hint(t.inquiry_words_hint()).value(given("words"));
    let words = Input::new("long", Field { required: true, ..words });
    if kind == Kind::Why {
        return vec![words];
    }
    let choice = |one: &Outcome| {
        Choice::new(one.tag(), outcome(t, *one).unwrap_or_default(), given("outcome") == one.tag())
    };
    let choices = Outcome::of(kind).iter().map(choice).collect();
    let came = Field { required: true, ..Field::new("outcome", t.inquiry_outcome()).choices(choices) };
    let turn = Field::new("turn", t.inquiry_turn()).hint(t.inquiry_turn_hint()).value(given("turn"));
    vec![Input::new("radio", came), words, Input::new("long", turn)]
}

/// The answer a form holds, or what is wrong with it.
fn read(t: Texts, kind: Kind, form: &Submitted) -> Result<Reply, Vec<(&'static str, &'static str)>> {
    let outcome = match kind {
        Kind::Why => Some(Outcome::Explained),
        Kind::Correct => Outcome::named(kind, form.get("outcome")),
    };
    let (words, turn) = (form.get("words").trim(), form.get("turn").trim());
    let mut wrong = Vec::new();
    if outcome.is_none() {
        wrong.push(("outcome", t.form_choose_one()));
    }
    if words.is_empty() || words.chars().count() > LONGEST {
        wrong.push(("words", t.inquiry_words_wrong()));
    }
    let unsaid = turn.is_empty() && outcome.is_some_and(Outcome::says_no);
    if kind == Kind::Correct && (unsaid || turn.chars().count() > LONGEST) {
        wrong.push(("turn", t.inquiry_turn_wrong()));
    }
    match outcome {
        Some(outcome) if wrong.is_empty() => Ok(Reply {
            outcome,
            words: words.to_owned(),
            turn_to: (kind == Kind::Correct && !turn.is_empty()).then(|| turn.to_owned()),
        }),
        _ => Err(wrong),
    }
}

/// `POST /staff/requests/{id}/answer`
pub async fn answer_request(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    id: Path<String>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (seat, id) = (seat(&visitor, &site).await?, id_of(&id)?);
    let kind = kind_of(&site, &seat, id).await?;
    let reply = match read(visitor.texts(), kind, &form) {
        Ok(reply) => reply,
        Err(wrong) => {
            // What was asked stands beside the form again, which is another look.
            let mut view = opened(&visitor, &site, &shelf, &seat, id, Some(&form)).await?;
            for input in &mut view.inputs {
                let mistake = wrong.iter().find(|(name, _)| *name == input.field.name);
                input.field.error = mistake.map(|(_, words)| (*words).to_owned());
            }
            return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
        }
    };
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let done = site.db.tx(move |c| inquiries::answer(c, &ring, now, &seat, id, &reply)).await;
    let place = if done.is_ok() { LIST.to_owned() } else { format!("{ONE}{id}") };
    Ok(Either::Left(see_other(&format!("{place}?said={}", came_of(done, "answered")?))))
}

async fn kind_of(site: &Site, seat: &Seat, id: InquiryId) -> Result<Kind, Failure> {
    let asking = seat.clone();
    Ok(site.db.read(move |c| inquiries::one(c, &asking, id)).await?.kind())
}

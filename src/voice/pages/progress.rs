//! `/voice/progress`: what became of something that was reported without an account, by number and code. Both are sent in a form,
//! so that the code stands in no address and no log.

use std::{sync::Arc, time::Duration};

use actix_web::{http::StatusCode, web::Data};

use super::{
    clocks,
    mine::{again, judged, view},
};
use crate::{
    accounts::staff::pages::{shown, step},
    cache::Key,
    catalogue::Shelf,
    db::Conn,
    platform::{Texts, spoken},
    voice::{
        Clocks, VoiceError, judge,
        mine::{self, Whose},
        number_of,
        take::CODE,
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, StepView},
        household,
    },
};

const HERE: &str = "/voice/progress";
/// So often one house asks in an hour: a code cannot be tried out.
const TRIES: u64 = 30;
const HOUR: Duration = Duration::from_hours(1);

fn asked(visitor: &Visitor, site: &Site, number: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, HERE, t.voice_progress_title())?;
    let needed = |field: Field| Field { required: true, ..field };
    view.lead = vec![t.voice_progress_lead().to_owned()];
    view.inputs = vec![
        Input::new("text", needed(Field::new("number", t.voice_number()).value(number))),
        Input::new("text", needed(Field::new("code", t.voice_code()).hint(t.voice_code_hint()))),
    ];
    t.voice_progress_show().clone_into(&mut view.submit);
    Ok(view)
}

/// `GET /voice/progress`
pub async fn progress_page(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
) -> Result<Page, Failure> {
    clocks(&shelf)?;
    shown(&asked(&visitor, &site, "")?)
}

/// Whose it is, if number and code look like ones.
async fn whose(visitor: &Visitor, site: &Site, sent: &Submitted) -> Result<Option<Whose>, Failure> {
    let house = household(visitor.address()).to_string();
    let tally = site.cache.count(&Key::new("voice-progress", &[&house]), HOUR, site.clock.now()).await;
    if tally.over(TRIES) {
        return Err(Failure::TooMany { retry_after: tally.resets_in.as_secs().max(1) });
    }
    let (number, code) = (number_of(sent.get("number")), spoken::read(sent.get("code"), CODE));
    Ok(number.zip(code).map(|(number, code)| Whose::Guest(number, code)))
}

fn unknown(visitor: &Visitor, site: &Site, sent: &Submitted) -> Result<Page, Failure> {
    let mut view = asked(visitor, site, sent.get("number"))?;
    view.wrong("code", visitor.texts().voice_wrong_code());
    shown(&view)
}

async fn told(
    visitor: &Visitor,
    (site, clocks): (&Site, &Clocks),
    (whose, sent): (Whose, &Submitted),
    (said, wrong): (Option<(&'static str, String)>, bool),
) -> Result<Page, Failure> {
    let Whose::Guest(_, code) = &whose else { return unknown(visitor, site, sent) };
    let (ring, code) = (Arc::clone(&site.keys), code.clone());
    let told = match site.db.read(move |c| mine::one(c, &ring, &whose)).await {
        Ok(told) => told,
        Err(VoiceError::Unknown) => return unknown(visitor, site, sent),
        Err(error) => return Err(error.into()),
    };
    let mut view = view(visitor, (site, clocks), &told, Some(&code))?;
    view.said = said;
    if !wrong {
        return Page::new(&view);
    }
    view.judge = view.judge.map(|form| again(visitor.texts(), form, sent));
    Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `POST /voice/progress`
pub async fn progress(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    sent: Submitted,
) -> Result<Page, Failure> {
    let clocks = clocks(&shelf)?;
    let Some(whose) = whose(&visitor, &site, &sent).await? else { return unknown(&visitor, &site, &sent) };
    told(&visitor, (&site, &clocks), (whose, &sent), (None, false)).await
}

/// `POST /voice/progress/judge`
pub async fn judge_as_guest(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    sent: Submitted,
) -> Result<Page, Failure> {
    let (t, clocks): (Texts, Clocks) = (visitor.texts(), clocks(&shelf)?);
    let Some(whose) = whose(&visitor, &site, &sent).await? else { return unknown(&visitor, &site, &sent) };
    let Some((verdict, words)) = judged(&sent) else {
        return told(&visitor, (&site, &clocks), (whose, &sent), (None, true)).await;
    };
    let (ring, now, counted, by) = (Arc::clone(&site.keys), site.clock.now(), clocks.clone(), whose.clone());
    let say = move |c: &mut Conn| judge::judge(c, (&ring, now), &counted, &by, (verdict, &words));
    let said = match site.db.tx(say).await {
        Ok(()) => ("ok", t.voice_said_judged().to_owned()),
        Err(VoiceError::NotNow) => ("warn", t.voice_said_not_now().to_owned()),
        Err(VoiceError::Unknown) => return unknown(&visitor, &site, &sent),
        Err(error) => return Err(error.into()),
    };
    told(&visitor, (&site, &clocks), (whose, &sent), (Some(said), false)).await
}

//! `/me/ratings/{kind}/{reference}/dispute` and `/agency/ratings/{id}/dispute`: what was decided about a rating is disputed. What is
//! disputed already leads to its order.

use std::sync::Arc;

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};

use super::{DESK, LONGEST, MINE, agency_name, clocks, fits};
use crate::{
    accounts::staff::{
        Act as May,
        pages::{AtAgencies, shown, step},
    },
    cases::{Whose, pages::list::reach},
    catalogue::{Catalogue, Shelf, present::Presenter},
    db::Conn,
    ratings::{Kind, RatingId},
    voice::{
        Clocks, VoiceError,
        disputes::{self, Open},
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Dates as _, Field, Input, Link, StepView, Text},
        see_other,
    },
};

type Two = (Data<Site>, Data<Shelf>);
type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// The form. `back`: the page of the rating.
fn form(
    visitor: &Visitor,
    (site, clocks): (&Site, &Clocks),
    (open, back, lead): (&Open, &str, &str),
    typed: &str,
) -> Result<StepView, Failure> {
    let present = Presenter::new(visitor.texts(), &clocks.edition().catalogue);
    let t = present.t;
    let mut view = step(visitor, site, &format!("{back}/dispute"), t.voice_dispute_title())?;
    let about = service(present, &open.decision.service);
    let agency = agency_name(present, &open.decision.agency).text;
    view.lead = vec![
        format!("{}{}{about}", t.voice_about(), t.colon()),
        format!("{}{}{agency}", t.voice_dispute_agency(), t.colon()),
        lead.to_owned(),
        t.voice_dispute_until(t.day(&open.decision.last_day)),
    ];
    let words = Field::new("words", t.voice_dispute_words()).hint(t.voice_dispute_words_hint()).value(typed);
    view.inputs = vec![Input::new("long", Field { required: true, ..words })];
    t.voice_dispute_send().clone_into(&mut view.submit);
    view.links = vec![Link::new(Text::plain(t.voice_dispute_back()), back)];
    Ok(view)
}

fn service(present: Presenter<'_>, code: &str) -> String {
    let entry = present.catalogue.service(code);
    entry.map_or_else(|| code.to_owned(), |entry| present.text(&entry.service.name).text)
}

/// The form again, where what was typed does not do.
fn wrong(visitor: &Visitor, mut view: StepView) -> Answer {
    view.wrong("words", &visitor.texts().voice_wrong_text(LONGEST));
    Ok(Either::Left(shown(&view)?))
}

/// What is said on the page of the rating, where nothing can be disputed.
fn refused(back: &str, error: VoiceError) -> Answer {
    let word = match error {
        VoiceError::Over => "over",
        VoiceError::NotNow => "not-now",
        other => return Err(other.into()),
    };
    Ok(Either::Right(see_other(&format!("{back}?said={word}"))))
}

/// A rating of somebody's own. Whoever acts for another disputes nothing in their name.
struct Own {
    clocks: Clocks,
    whose: Whose,
    kind: Kind,
    reference: String,
}

impl Own {
    async fn new(
        visitor: &Visitor,
        (site, shelf): &Two,
        (kind, reference): (String, String),
    ) -> Result<Self, Failure> {
        let clocks = clocks(shelf)?;
        let (whose, _) = reach(visitor, site).await?;
        if whose.represents().is_some() || whose.company().is_some() {
            return Err(Failure::NotFound);
        }
        let kind = Kind::named(&kind).ok_or(Failure::NotFound)?;
        Ok(Self { clocks, whose, kind, reference })
    }

    fn back(&self) -> String {
        format!("/me/ratings/{}/{}", self.kind.tag(), self.reference)
    }

    async fn open(&self, site: &Site) -> Result<Open, VoiceError> {
        let (now, clocks, whose) = (site.clock.now(), self.clocks.clone(), self.whose.clone());
        let (kind, reference) = (self.kind, self.reference.clone());
        let read = move |c: &mut Conn| disputes::of_person(c, now, &clocks, &whose, (kind, &reference));
        site.db.read(read).await
    }

    fn view(&self, visitor: &Visitor, site: &Site, open: &Open, typed: &str) -> Result<StepView, Failure> {
        let lead = visitor.texts().voice_dispute_lead();
        form(visitor, (site, &self.clocks), (open, &self.back(), lead), typed)
    }
}

/// `GET /me/ratings/{kind}/{reference}/dispute`
pub async fn dispute_page(visitor: Visitor, two: Two, path: Path<(String, String)>) -> Answer {
    let own = Own::new(&visitor, &two, path.into_inner()).await?;
    match own.open(&two.0).await {
        Ok(Open { number: Some(number), .. }) => Ok(Either::Right(see_other(&format!("{MINE}/{number}")))),
        Ok(open) => Ok(Either::Left(shown(&own.view(&visitor, &two.0, &open, "")?)?)),
        Err(error) => refused(&own.back(), error),
    }
}

/// `POST /me/ratings/{kind}/{reference}/dispute`
pub async fn dispute(visitor: Visitor, two: Two, path: Path<(String, String)>, posted: Submitted) -> Answer {
    let own = Own::new(&visitor, &two, path.into_inner()).await?;
    let open = match own.open(&two.0).await {
        Ok(open) => open,
        Err(error) => return refused(&own.back(), error),
    };
    let words = posted.get("words").to_owned();
    if !fits(&words, 5, LONGEST) {
        return wrong(&visitor, own.view(&visitor, &two.0, &open, &words)?);
    }
    let present = Presenter::new(visitor.texts(), &own.clocks.edition().catalogue);
    let title = service(present, &open.decision.service);
    let back = own.back();
    let (ring, now) = (Arc::clone(&two.0.keys), two.0.clock.now());
    let put = move |c: &mut Conn| {
        let matter = (own.kind, own.reference.as_str());
        disputes::by_person(c, (&ring, now), &own.clocks, &own.whose, matter, (&title, &words))
    };
    match two.0.db.tx(put).await {
        Ok(number) => Ok(Either::Right(see_other(&format!("{MINE}/{number}?said=sent")))),
        Err(error) => refused(&back, error),
    }
}

/// A rating of an agency that a member of staff answers for.
struct Theirs {
    clocks: Clocks,
    agencies: Vec<String>,
    id: RatingId,
}

impl Theirs {
    async fn new(visitor: &Visitor, (site, shelf): &Two, id: &str) -> Result<Self, Failure> {
        let clocks = clocks(shelf)?;
        let at = AtAgencies::of(visitor, site).await?;
        if !at.allowed_here(May::Answer) {
            return Err(Failure::Refused);
        }
        let agencies = seen(&at, &clocks.edition().catalogue);
        let id: RatingId = id.parse().map_err(|_| Failure::NotFound)?;
        Ok(Self { clocks, agencies, id })
    }

    fn back(&self) -> String {
        format!("/agency/ratings/{}", self.id)
    }

    async fn open(&self, site: &Site) -> Result<Open, VoiceError> {
        let (now, clocks) = (site.clock.now(), self.clocks.clone());
        let (agencies, id) = (self.agencies.clone(), self.id);
        site.db.read(move |c: &mut Conn| disputes::of_agency(c, now, &clocks, &agencies, id)).await
    }

    fn view(&self, visitor: &Visitor, site: &Site, open: &Open, typed: &str) -> Result<StepView, Failure> {
        let lead = visitor.texts().voice_dispute_lead_agency();
        form(visitor, (site, &self.clocks), (open, &self.back(), lead), typed)
    }
}

/// The agencies that they answer for, by public name.
fn seen(at: &AtAgencies, catalogue: &Catalogue) -> Vec<String> {
    let all = catalogue.agencies.iter().map(|entry| &entry.slug);
    all.filter(|slug| at.may(May::Answer, slug)).cloned().collect()
}

/// `GET /agency/ratings/{id}/dispute`
pub async fn agency_dispute_page(visitor: Visitor, two: Two, id: Path<String>) -> Answer {
    let theirs = Theirs::new(&visitor, &two, &id).await?;
    match theirs.open(&two.0).await {
        Ok(Open { number: Some(number), .. }) => Ok(Either::Right(see_other(&format!("{DESK}/{number}")))),
        Ok(open) => Ok(Either::Left(shown(&theirs.view(&visitor, &two.0, &open, "")?)?)),
        Err(error) => refused(&theirs.back(), error),
    }
}

/// `POST /agency/ratings/{id}/dispute`
pub async fn agency_dispute(visitor: Visitor, two: Two, id: Path<String>, posted: Submitted) -> Answer {
    let theirs = Theirs::new(&visitor, &two, &id).await?;
    let open = match theirs.open(&two.0).await {
        Ok(open) => open,
        Err(error) => return refused(&theirs.back(), error),
    };
    let words = posted.get("words").to_owned();
    if !fits(&words, 5, LONGEST) {
        return wrong(&visitor, theirs.view(&visitor, &two.0, &open, &words)?);
    }
    let back = theirs.back();
    let (ring, now) = (Arc::clone(&two.0.keys), two.0.clock.now());
    let put = move |c: &mut Conn| {
        disputes::by_agency(c, (&ring, now), &theirs.clocks, &theirs.agencies, theirs.id, &words)
    };
    match two.0.db.tx(put).await {
        Ok(_) => Ok(Either::Right(see_other(&format!("{back}?said=done")))),
        Err(error) => refused(&back, error),
    }
}

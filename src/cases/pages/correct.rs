//! `/me/cases/{reference}/correct`: only what the agency asked for, with what was answered before.

use std::sync::Arc;

use actix_web::{
    Either, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde_json::{Map, Value};
use yimen_contract::capability::Capability;
use yimen_forms::{Draft, Form, Page as Part};

use super::case::{Seen, allowed, seen};
use crate::{
    cases::{
        Case, CaseError, Forms, Whose,
        correct::{self, Correction},
        desk::Clocks,
        life::State,
        papers::{
            FileId, Paper, Place, Places,
            kept::{self, Slot},
            pages::PAST,
            shown,
            take::take,
            views::PlaceView,
        },
        reference_of, submit,
        views::{Answered, CorrectView},
    },
    catalogue::{
        Edition, Shelf,
        filling::{Drawn, chosen},
        present::Presenter,
    },
    db::Conn,
    gateway::Gateway,
    platform::{Texts, named},
    web::{Coming, Failure, Page, Site, Visitor, frame::Text, see_other},
};

type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// A case with what is to be put right.
struct Asked {
    case: Case,
    form: Arc<Form>,
    draft: Draft,
    corrections: Vec<(String, String)>,
    /// What stands on the record that it was begun from: not the applicant's to change.
    fixed: Map<String, Value>,
    /// The papers that are asked for or were promised, and what was put there for this correction.
    places: Vec<Place>,
    waiting: Vec<Paper>,
    /// What is wrong with a place, by its name in addresses.
    wrong: Vec<(String, String)>,
}

impl Asked {
    fn slot(&self) -> Slot {
        kept::of_case(self.case.citizen_id, self.case.id)
    }

    fn at<'a>(&'a self, place: &'a Place) -> impl Iterator<Item = &'a Paper> {
        self.waiting.iter().filter(|paper| paper.place == place.at)
    }

    fn page(&self) -> Part {
        let filled = self.form.fill(&self.draft, submit::day_of(&self.case));
        let papers = self.places.iter().any(|place| place.required);
        correct::page(&self.form, &self.corrections, &filled, papers)
    }

    /// Looks again at what lies there for this correction.
    async fn look(&mut self, site: &Site, whose: &Whose) -> Result<(), Failure> {
        let (ring, slot, now) = (site.keys.clone(), self.slot(), site.clock.now());
        let (whose, service) = (whose.clone(), self.case.service.clone());
        let list = move |c: &mut Conn| {
            let warrant = whose.warrant(c, &ring, now, &service)?;
            kept::list(c, &ring, slot, &warrant)
        };
        self.waiting = site.db.tx(list).await.map_err(|error: CaseError| Failure::from(error))?;
        self.waiting.retain(|paper| paper.handed_in.is_none());
        Ok(())
    }

    /// A question that is answered with a file has the newest.
    fn attach(&mut self) {
        for paper in &self.waiting {
            let place = self.places.iter().find(|place| place.at == paper.place);
            if let Some(field) = place.and_then(Place::field) {
                self.draft.attach(&self.form, field, &paper.id.to_string());
            }
        }
    }

    /// Takes in the files that came with the form. One that is not taken ends it, and is said beside its place.
    async fn receive(
        &mut self,
        (site, whose): (&Site, &Whose),
        t: Texts,
        coming: &mut Coming,
    ) -> Result<(), Failure> {
        let mut taken = false;
        while let Some(file) = coming.next().await? {
            let place = self.places.iter().find(|place| place.slug == file.field).cloned();
            let (place, name) = (place.ok_or(Failure::BadRequest)?, file.name.clone());
            match take(site, &self.slot(), &place, file).await? {
                Ok(_) if place.several => taken = true,
                Ok(_) => {
                    self.forget(site, self.at(&place).map(|paper| paper.id).collect()).await?;
                    taken = true;
                }
                Err(why) => {
                    let why =
                        t.papers_refused(named::Name(name), named::Why(shown::said_at(t, &place.kinds, why)));
                    self.wrong.push((place.slug, why));
                    coming.read_past(PAST).await;
                    break;
                }
            }
        }
        if taken {
            self.look(site, whose).await?;
        }
        self.attach();
        Ok(())
    }

    async fn forget(&self, site: &Site, files: Vec<FileId>) -> Result<(), Failure> {
        let slot = self.slot();
        let forget = move |c: &mut Conn| {
            files.into_iter().try_for_each(|file| kept::remove(c, slot, file).map(|_| ()))
        };
        site.db.tx(forget).await.map_err(|error: CaseError| error.into())
    }

    /// Says of each paper that was asked for and does not lie there that it is missing.
    fn judge(&mut self, t: Texts) {
        let lacks = |place: &&Place| {
            place.required
                && self.at(place).next().is_none()
                && !self.wrong.iter().any(|(slug, _)| *slug == place.slug)
        };
        let missing = self.places.iter().filter(lacks);
        let missing: Vec<_> =
            missing.map(|place| (place.slug.clone(), t.papers_missing().to_owned())).collect();
        self.wrong.extend(missing);
    }
}

/// Whether corrections are made here. An agency's system that takes none does not get one.
pub(super) async fn takes(gateway: &Gateway, case: &Case) -> Result<bool, Failure> {
    if case.form.is_none() || case.is_at_desk() {
        return Ok(case.form.is_some());
    }
    let declared = gateway.repeats(&case.agency, Capability::CaseCorrect, &case.service).await;
    Ok(declared.is_ok_and(|declared| declared.is_some()))
}

/// `None`: there is nothing to put right here, any more.
async fn asked(
    visitor: &Visitor,
    site: &Site,
    (edition, forms, gateway): (&Edition, &Forms, &Gateway),
    reference: &str,
) -> Result<Option<Asked>, Failure> {
    let Seen { case, steps, answers, papers, occasion, .. } = seen(visitor, site, edition, reference).await?;
    if case.state()? != State::CorrectionRequired || !takes(gateway, &case).await? {
        return Ok(None);
    }
    let Some(path) = case.form.clone() else { return Ok(None) };
    let form = forms.of(&site.db, case.version, &path).await?;
    let draft = Draft::of(&form, &answers);
    let fixed = occasion.map(|one| one.answers(&form)).unwrap_or_default();
    let corrections = correct::asked(&steps).to_vec();
    let (mut waiting, promised) = papers;
    waiting.retain(|paper| paper.handed_in.is_none());
    let places = {
        let service = edition.catalogue.service(&case.service).map(|entry| &entry.service);
        let filled = form.fill(&draft, submit::day_of(&case));
        let all = service.map(|service| Places::of(service, &form, &filled)).unwrap_or_default();
        all.to_correct(&corrections, &promised)
    };
    Ok(Some(Asked { fixed, corrections, case, form, draft, places, waiting, wrong: Vec::new() }))
}

pub async fn correct_page(
    visitor: Visitor,
    (site, shelf, forms, gateway): (Data<Site>, Data<Shelf>, Data<Forms>, Data<Gateway>),
    reference: Path<String>,
) -> Answer {
    let meant = reference_of(&reference).ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    match asked(&visitor, &site, (&edition, &forms, &gateway), &meant).await? {
        Some(asked) => Ok(Either::Left(Page::new(&view(&visitor, &site, &edition, &asked, false)?)?)),
        None => Ok(Either::Right(see_other(&format!("/me/cases/{meant}")))),
    }
}

/// `POST`: hands the correction in, or shows what is wrong with it.
pub async fn correct(
    visitor: Visitor,
    (site, shelf, forms, gateway): (Data<Site>, Data<Shelf>, Data<Forms>, Data<Gateway>),
    reference: Path<String>,
    mut coming: Coming,
) -> Answer {
    let meant = reference_of(&reference).ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    let Some(mut asked) = asked(&visitor, &site, (&edition, &forms, &gateway), &meant).await? else {
        return Ok(Either::Right(see_other(&format!("/me/cases/{meant}"))));
    };
    let (t, sent, form) = (visitor.texts(), coming.form.clone(), asked.form.clone());
    let whose = allowed(&visitor, &site, &edition.catalogue, &meant).await?;
    asked.receive((&site, &whose), t, &mut coming).await?;
    // What these answers open is taken too, so that a question which only now applies can be answered.
    for _ in 0..2 {
        let mut page = asked.page();
        page.fields.retain(|field| !asked.fixed.contains_key(field));
        let chosen = chosen(&form, &edition.catalogue.city.city, sent.pairs());
        if asked.draft.take(&form, &page, chosen).is_err() {
            return Err(Failure::TooLarge);
        }
    }
    let (add, remove, drop) = (sent.get("add"), sent.get("remove"), sent.get("drop").parse::<FileId>().ok());
    if !add.is_empty() || !remove.is_empty() || drop.is_some() {
        asked.draft.add_item(&form, add);
        asked.draft.remove_item(&form, remove);
        asked.forget(&site, drop.into_iter().collect()).await?;
        asked.look(&site, &whose).await?;
        return Ok(Either::Left(Page::new(&view(&visitor, &site, &edition, &asked, false)?)?));
    }
    asked.judge(t);
    let filled = form.fill(&asked.draft, submit::day_of(&asked.case));
    let (Ok(answers), true) = (filled.submission(), asked.wrong.is_empty()) else {
        let view = view(&visitor, &site, &edition, &asked, true)?;
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    let needed = asked.places.iter().filter(|place| place.required);
    let papers: Vec<String> = needed.map(|place| place.at.clone()).collect();
    let after = sent.get("round").parse().map_err(|_| Failure::BadRequest)?;
    let (ring, now, number) = (site.keys.clone(), site.clock.now(), meant.clone());
    let clocks = Clocks::of(&edition, &asked.case.service);
    let done = site.db.tx(move |c| {
        let correction = Correction { reference: &number, after, answers: &answers, papers: &papers };
        correct::correct(c, &ring, now, &whose, &clocks, &correction)
    });
    match done.await {
        // Ended meanwhile, or put right in another window: the case says which.
        Ok(_) | Err(CaseError::NotNow) => {
            Ok(Either::Right(see_other(&format!("/me/cases/{meant}?corrected=1"))))
        }
        Err(error) => Err(error.into()),
    }
}

fn view(
    visitor: &Visitor,
    site: &Site,
    edition: &Edition,
    asked: &Asked,
    judged: bool,
) -> Result<CorrectView, Failure> {
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let (t, case, form) = (present.t, &asked.case, &asked.form);
    let filled = form.fill(&asked.draft, submit::day_of(case));
    let drawn = Drawn {
        t,
        form,
        draft: &asked.draft,
        filled: &filled,
        offers: &[],
        named: &str::to_owned,
        districts: &present.catalogue.city.city.districts,
        judged,
        fixed: asked.fixed.clone(),
    };
    let service = edition.catalogue.service(&case.service).map(|entry| &entry.service);
    let words = |(about, text): &(String, String)| Answered {
        label: correct::label(t, form, service, about),
        value: Some(text.clone()),
    };
    let base = format!("/me/cases/{}", case.reference);
    let paper = |place: &Place| PlaceView {
        error: asked.wrong.iter().find(|(slug, _)| *slug == place.slug).map(|(_, why)| why.clone()),
        ..shown::place_view(present, site, place, (asked.at(place), &base))
    };
    Ok(CorrectView {
        frame: visitor.frame(),
        reference: case.reference.clone(),
        name: service.map_or_else(|| Text::plain(&case.service), |service| present.text(&service.name)),
        csrf: visitor.form_token(site)?,
        round: case.round,
        due: case.due_on,
        corrections: asked.corrections.iter().map(words).collect(),
        pieces: drawn.page(&asked.page()),
        papers: asked.places.iter().map(paper).collect(),
    })
}

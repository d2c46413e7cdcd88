//! `/events/{id}/apply` and `/me/together/{id}`: an event of a life, as one list of applications that share their answers,
//! are handed in together and followed on one page.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::city::LifeEvent;
use yimen_forms::{Draft, Form};

use super::{
    Here, Opened,
    list::{begun_together, covers, reach},
    review,
};
use crate::{
    cases::{
        CaseError, DraftRow, Forms, Whose,
        drafts::{self, Of},
        papers::{Places, kept},
        together::{
            self, Standing, TogetherId,
            views::{ChooseView, PartLine, PartStanding, TogetherView},
        },
        views::state_kind,
    },
    catalogue::{
        Catalogue, Edition, ServiceEntry, Shelf, asking,
        present::{Presenter, urls},
    },
    db::Conn,
    gateway::Gateway,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Mistake, Text},
        query, see_other,
    },
};

/// The event, and the parts of it that whoever acts here may apply for.
struct Event<'e> {
    event: &'e LifeEvent,
    parts: Vec<&'e ServiceEntry>,
}

impl<'e> Event<'e> {
    async fn of(
        (visitor, site): (&Visitor, &Site),
        catalogue: &'e Catalogue,
        id: &str,
    ) -> Result<(Self, Whose), Failure> {
        let (event, _) = catalogue.event(id).ok_or(Failure::NotFound)?;
        let (whose, scope) = reach(visitor, site).await?;
        let mut parts = catalogue.applied_together(id);
        parts.retain(|entry| covers(&scope, catalogue, &entry.service.code));
        if parts.is_empty() { Err(Failure::NotFound) } else { Ok((Self { event, parts }, whose)) }
    }
}

/// `GET /events/{id}/apply`: which of them.
pub async fn choose(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let (event, whose) = Event::of((&visitor, &site), &edition.catalogue, &id).await?;
    let named = event.event.id.clone();
    let begun = site.db.read(move |c| together::begun(c, &whose, Some(&named))).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let mut view = choosing(&visitor, &site, present, (&event, false))?;
    view.begun = begun.iter().filter_map(|one| begun_together(present, one)).collect();
    Page::new(&view)
}

fn choosing(
    visitor: &Visitor,
    site: &Site,
    present: Presenter<'_>,
    (event, none): (&Event<'_>, bool),
) -> Result<ChooseView, Failure> {
    let t = present.t;
    let choice = |entry: &&ServiceEntry| {
        let agency = present.agency(present.catalogue.agency_of(entry));
        let name = present.text(&entry.service.name).text;
        Choice::new(entry.service.code.clone(), name, !none).hint(agency.text.text)
    };
    let parts = Field::new("part", t.together_parts()).choices(event.parts.iter().map(choice).collect());
    let error = none.then(|| t.together_none().to_owned());
    let mistakes = error.iter().map(|text| Mistake {
        field: parts.choices.first().map_or_else(|| "part".to_owned(), |first| first.id("part")),
        label: parts.label.clone(),
        text: text.clone(),
    });
    Ok(ChooseView {
        frame: visitor.frame(),
        name: present.text(&event.event.name),
        about: present.text(&event.event.about),
        event: urls::event(&event.event.id),
        csrf: visitor.form_token(site)?,
        mistakes: mistakes.collect(),
        parts: Field { error, ..parts },
        begun: Vec::new(),
    })
}

/// `POST /events/{id}/apply`: begins those that were chosen.
pub async fn begin(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    id: Path<String>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let edition = shelf.edition()?;
    let catalogue = &edition.catalogue;
    let (event, whose) = Event::of((&visitor, &site), catalogue, &id).await?;
    let chosen = |code: &str| sent.pairs().any(|(name, value)| name == "part" && value == code);
    let mut parts = Vec::new();
    for entry in event.parts.iter().filter(|entry| chosen(&entry.service.code)) {
        let owner = whose.owner();
        let entry = catalogue.service_for(&entry.service.code, owner).unwrap_or(entry);
        let path = asking::form_of(&entry.service).ok_or(Failure::NotFound)?;
        let (version, _) = forms.current(&site.db, (catalogue, entry), path, owner).await?;
        parts.push(Of { service: entry.service.code.clone(), version, form: path.to_owned() });
    }
    if parts.is_empty() {
        let present = Presenter::new(visitor.texts(), catalogue);
        let page = Page::new(&choosing(&visitor, &site, present, (&event, true))?)?;
        return Ok(Either::Left(page.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let (ring, now, named) = (site.keys.clone(), site.clock.now(), event.event.id.clone());
    let make = move |c: &mut Conn| together::begin(c, &ring, now, &whose, (&named, &parts));
    let id = site.db.tx(make).await.map_err(|error: CaseError| Failure::from(error))?;
    Ok(Either::Right(see_other(&format!("/me/together/{id}"))))
}

/// Everything of it that is known: how the parts stand, what was typed, and which papers are there.
struct Known {
    standing: Standing,
    drafts: Vec<(DraftRow, Draft, std::sync::Arc<Form>)>,
    papers: Vec<(crate::cases::DraftId, String)>,
}

impl Known {
    async fn of(site: &Site, forms: &Forms, whose: &Whose, id: &str) -> Result<Self, Failure> {
        let id: TogetherId = id.parse().map_err(|_| Failure::NotFound)?;
        let (whose, ring) = (whose.clone(), site.keys.clone());
        let read = move |c: &mut Conn| {
            let standing = together::find(c, &whose, id)?;
            let ids: Vec<_> = standing.drafts.iter().map(|row| row.id).collect();
            let papers = kept::there(c, whose.party.acting, &ids)?;
            let mut typed = Vec::new();
            for row in &standing.drafts {
                typed.push((row.clone(), drafts::open(c, &ring, row)?));
            }
            Ok::<_, CaseError>((standing, typed, papers))
        };
        let (standing, typed, papers) = site.db.read(read).await?;
        let mut drafts = Vec::new();
        for (row, draft) in typed {
            // Forms are kept once they were read.
            let form = forms.of(&site.db, row.version, &row.form).await?;
            drafts.push((row, draft, form));
        }
        Ok(Self { standing, drafts, papers })
    }

    /// How a part stands. Nothing: it was thrown away.
    fn part(&self, site: &Site, entry: &ServiceEntry, part: &together::Part) -> Option<PartStanding> {
        let own = |case: &&crate::cases::Case| case.id.uuid() == part.id.uuid();
        if let Some(case) = self.standing.cases.iter().find(own) {
            let (reference, state) = (case.reference.clone(), case.state.clone());
            return Some(PartStanding::HandedIn { reference, kind: state_kind(&state), state });
        }
        let (_, draft, form) = self.drafts.iter().find(|(row, ..)| row.id == part.id)?;
        let filled = form.fill(draft, site.clock.today());
        let there = |at: &str| self.papers.iter().any(|(of, place)| *of == part.id && place == at);
        let places = Places::of(&entry.service, form, &filled);
        let lacks = places.all.iter().any(|place| place.required && !there(&place.at));
        let ready = filled.unfinished().is_none() && !lacks;
        let at = format!("{}/apply/{}", urls::service(&part.service), part.id);
        Some(if ready { PartStanding::Ready(format!("{at}/review")) } else { PartStanding::ToFill(at) })
    }
}

/// `GET /me/together/{id}`: its parts, and what is to be done.
pub async fn show(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let (whose, _) = reach(&visitor, &site).await?;
    let known = Known::of(&site, &forms, &whose, &id).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let event = edition.catalogue.event(&known.standing.together.event).map(|(event, _)| event);
    let parts = known.standing.parts.iter().filter_map(|part| {
        let entry = edition.catalogue.service(&part.service)?;
        Some(PartLine {
            name: present.text(&entry.service.name),
            agency: present.agency(edition.catalogue.agency_of(entry)).text,
            standing: known.part(&site, entry, part)?,
        })
    });
    let view = TogetherView {
        frame: visitor.frame(),
        name: event
            .map_or_else(|| Text::plain(&known.standing.together.event), |one| present.text(&one.name)),
        event: urls::event(&known.standing.together.event),
        csrf: visitor.form_token(&site)?,
        action: format!("/me/together/{}/hand-in", *id),
        left: query(&request, "left").and_then(|left| left.parse().ok()).filter(|left| *left < 100),
        parts: parts.collect(),
    };
    Page::new(&view)
}

/// `POST /me/together/{id}/hand-in`: every part that is ready. Each is a case of its own: what is wrong with one keeps
/// no other back.
pub async fn hand_in(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    gateway: Data<Gateway>,
    id: Path<String>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (whose, _) = reach(&visitor, &site).await?;
    let known = Known::of(&site, &forms, &whose, &id).await?;
    let edition = shelf.edition()?;
    let mut left = 0;
    for part in &known.standing.parts {
        let standing =
            edition.catalogue.service(&part.service).and_then(|entry| known.part(&site, entry, part));
        if !matches!(standing, Some(PartStanding::Ready(_))) {
            continue;
        }
        let here = Here::new(&visitor, &site, &shelf, &part.service).await?;
        let opened = match here.opened(&site, &forms, &part.id.to_string()).await {
            // Of two clicks at the same moment the other was faster.
            Err(Failure::NotFound) => continue,
            opened => opened?,
        };
        if review::hand_in((&site, &gateway), &here, opened).await?.is_none() {
            left += 1;
        }
    }
    Ok(see_other(&format!("/me/together/{}?left={left}", *id)))
}

/// What was answered here is answered in the other parts that ask the same.
pub(super) async fn tell_others(
    (site, forms): (&Site, &Forms),
    here: &Here,
    opened: &Opened,
) -> Result<(), Failure> {
    let Some(id) = opened.together else { return Ok(()) };
    let whose = here.whose.clone();
    let standing = site.db.read(move |c| together::find(c, &whose, id)).await?;
    let Some(told) = told(&here.edition, &standing, opened, site) else { return Ok(()) };
    let mut others = Vec::new();
    for row in standing.drafts {
        if told.iter().any(|(service, ..)| *service == row.service) {
            let form = forms.of(&site.db, row.version, &row.form).await?;
            others.push((row, form));
        }
    }
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let tell = move |c: &mut Conn| {
        for (row, form) in &others {
            let mut draft = drafts::open(c, &ring, row)?;
            for (_, name, value) in told.iter().filter(|(service, ..)| *service == row.service) {
                draft.fix(form, name, value);
            }
            drafts::save(c, &ring, now, row, (row.version, &draft))?;
        }
        Ok(())
    };
    site.db.tx(tell).await.map_err(|error: CaseError| error.into())
}

/// What there is to tell, by service and question.
fn told(
    edition: &Edition,
    standing: &Standing,
    opened: &Opened,
    site: &Site,
) -> Option<Vec<(String, String, serde_json::Value)>> {
    let (event, _) = edition.catalogue.event(&standing.together.event)?;
    let filled = opened.form.fill(&opened.draft, site.clock.today());
    let told = together::told(event, &opened.row.service, &filled);
    let own = |(service, name, value): (&str, &str, _)| (service.to_owned(), name.to_owned(), value);
    Some(told.into_iter().map(own).collect())
}

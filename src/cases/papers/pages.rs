//! The step in which papers are handed in, and their download by whoever handed them in.

use actix_web::{
    Either, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_forms::Draft;

use super::{
    give::given_out,
    kept::{self, FileId, Paper, Promise, Slot},
    places::{Place, Places},
    recount,
    shown::{file_line, missing, place_view, said_at},
    take::take,
    views::{PaperLine, PaperSheet, PapersView, PlaceView},
};
use crate::{
    cases::{
        CaseError, Forms, drafts,
        pages::{Here, Opened},
    },
    catalogue::{
        Edition, Shelf,
        pages::guide::domain,
        present::{Presenter, urls},
    },
    db::Conn,
    ledger,
    platform::{Moment, calendar::Due, named},
    web::{Coming, Failure, Page, Site, Submitted, Visitor, see_other},
};

/// More than this is not read past.
pub(in crate::cases) const PAST: u64 = 256 << 20;

/// What is asked for and what is there.
pub(in crate::cases) struct Handed {
    pub places: Places,
    pub files: Vec<Paper>,
    pub promised: Vec<Promise>,
}

impl Handed {
    pub(in crate::cases) async fn of(site: &Site, here: &Here, opened: &Opened) -> Result<Self, Failure> {
        let filled = opened.form.fill(&opened.draft, site.clock.today());
        let places = Places::of(here.service()?, &opened.form, &filled);
        let (ring, slot) = (site.keys.clone(), slot(opened));
        let read = move |c: &mut Conn| {
            let files = kept::list(c, &ring, slot, &ledger::own(slot.citizen))?;
            Ok::<_, CaseError>((files, kept::promised(c, slot)?))
        };
        let (files, promised) = site.db.read(read).await?;
        Ok(Self { places, files, promised })
    }

    fn at<'a>(&'a self, place: &'a Place) -> impl Iterator<Item = &'a Paper> {
        self.files.iter().filter(|file| file.place == place.at)
    }

    fn is_promised(&self, place: &Place) -> bool {
        place.may_be_late && self.promised.iter().any(|promise| promise.place == place.at)
    }

    /// Whether it must be there and is not.
    pub(in crate::cases) fn lacks(&self, place: &Place) -> bool {
        place.required && self.at(place).next().is_none() && !self.is_promised(place)
    }

    pub(in crate::cases) fn is_complete(&self) -> bool {
        !self.places.all.iter().any(|place| self.lacks(place))
    }

    /// As the summary shows it.
    pub(in crate::cases) fn sheet(&self, present: Presenter<'_>, base: &str) -> PaperSheet {
        let line = |place: &Place| PaperLine {
            name: present.text(&place.name),
            files: self.at(place).map(|file| file_line(file, base)).collect(),
            promised: self.is_promised(place),
            due: None,
            provisional: false,
            missing: self.lacks(place),
        };
        PaperSheet { lines: self.places.all.iter().map(line).collect(), change: None }
    }
}

pub(in crate::cases) fn slot(opened: &Opened) -> Slot {
    Slot { citizen: opened.row.citizen_id, matter: opened.row.id }
}

/// By when a paper follows that is promised in what is handed in now.
pub(in crate::cases) fn due(edition: &Edition, now: Moment) -> Due {
    recount::due(&edition.catalogue.calendar, now)
}

/// `GET`: the step.
pub async fn papers(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    path: Path<(String, String)>,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (code, draft) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let opened = here.opened(&site, &forms, &draft).await?;
    let handed = Handed::of(&site, &here, &opened).await?;
    if handed.places.is_empty() {
        return Ok(Either::Right(see_other(&here.review(opened.row.id))));
    }
    let view = view(&visitor, &site, &here, &opened, &handed, |_| None)?;
    Ok(Either::Left(Page::new(&view)?))
}

/// `POST`: goes on, if nothing is missing.
pub async fn go_on(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    path: Path<(String, String)>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (code, draft) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let opened = here.opened(&site, &forms, &draft).await?;
    let handed = Handed::of(&site, &here, &opened).await?;
    match sent.get("go") {
        "later" => return Ok(Either::Right(see_other("/me/cases?saved=1"))),
        "back" => return Ok(Either::Right(see_other(&before(&here, &opened, &site)))),
        _ if handed.is_complete() => return Ok(Either::Right(see_other(&here.review(opened.row.id)))),
        _ => {}
    }
    let t = visitor.texts();
    let wrong = |place: &Place| handed.lacks(place).then(|| missing(t, place));
    let view = view(&visitor, &site, &here, &opened, &handed, wrong)?;
    Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

/// The last page of the form.
fn before(here: &Here, opened: &Opened, site: &Site) -> String {
    let filled = opened.form.fill(&opened.draft, site.clock.today());
    let last = opened.form.pages.iter().rev().find(|page| filled.state(page) != yimen_forms::State::Skipped);
    last.map_or_else(|| format!("/services/{}/start", here.code), |page| here.page(opened.row.id, &page.id))
}

/// `POST`: takes files for one place, in the place of another file if the form says so.
pub async fn add(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    path: Path<(String, String, String)>,
    mut coming: Coming,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (code, draft, at) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let mut opened = here.opened(&site, &forms, &draft).await?;
    let handed = Handed::of(&site, &here, &opened).await?;
    let place = handed.places.find(&at).ok_or(Failure::NotFound)?;
    let replaced: Option<FileId> = coming.form.get("replace").parse().ok();
    let (mut added, mut refused) = (None, None);
    let t = visitor.texts();
    while let Some(file) = coming.next().await? {
        let name = file.name.clone();
        match take(&site, &slot(&opened), place, file).await? {
            Ok(id) => added = Some(id),
            Err(why) => {
                let why = said_at(t, &place.kinds, why);
                refused = Some(t.papers_refused(named::Name(name), named::Why(why)));
                coming.read_past(PAST).await;
                break;
            }
        }
        if !place.several || replaced.is_some() {
            coming.read_past(PAST).await;
            break;
        }
    }
    if let Some(id) = added {
        settle(&site, &here, &mut opened, (place, &handed), (id, replaced)).await?;
    }
    let error = refused.or_else(|| added.is_none().then(|| t.papers_none_chosen().to_owned()));
    let Some(error) = error else {
        return Ok(Either::Right(see_other(&format!("{}#p-{at}", here.papers(opened.row.id)))));
    };
    let handed = Handed::of(&site, &here, &opened).await?;
    let view = view(&visitor, &site, &here, &opened, &handed, |one| (one.slug == at).then(|| error.clone()))?;
    Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

/// What follows from a new file: the one it replaces goes, and a question of the form is answered.
async fn settle(
    site: &Site,
    here: &Here,
    opened: &mut Opened,
    (place, handed): (&Place, &Handed),
    (id, replaced): (FileId, Option<FileId>),
) -> Result<(), Failure> {
    let old: Vec<FileId> = handed
        .at(place)
        .map(|file| file.id)
        .filter(|file| !place.several || replaced == Some(*file))
        .collect();
    let slot = slot(opened);
    let answers = |field: &&str| opened.draft.attach(&opened.form, field, &id.to_string());
    let field = place.field().filter(answers).map(str::to_owned);
    let (row, version, read) = (opened.row.clone(), opened.version, opened.draft.clone());
    let (form, whose, ring, now) =
        (opened.form.clone(), here.whose.clone(), site.keys.clone(), site.clock.now());
    let store = move |c: &mut Conn| {
        for file in old {
            kept::remove(c, slot, file)?;
        }
        let Some(field) = field else { return Ok(()) };
        drafts::alter(c, &ring, now, &whose, (&row, version, &read), |draft| {
            draft.attach(&form, &field, &id.to_string());
        })
    };
    site.db.tx(store).await.map_err(|error: CaseError| error.into())
}

/// `POST`: takes a file away, or promises the paper for later, or takes the promise back.
pub async fn change(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    path: Path<(String, String, String)>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (code, draft, at) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let opened = here.opened(&site, &forms, &draft).await?;
    let handed = Handed::of(&site, &here, &opened).await?;
    let place = handed.places.find(&at).ok_or(Failure::NotFound)?.clone();
    let (slot, ring, now) = (slot(&opened), site.keys.clone(), site.clock.now());
    let back = format!("{}#p-{at}", here.papers(opened.row.id));
    let file: Option<FileId> = sent.get("remove").parse().ok();
    let late = sent.get("late").to_owned();
    let field = place.field().filter(|_| file.is_some()).map(str::to_owned);
    let (whose, form) = (here.whose.clone(), opened.form.clone());
    let (row, version, read) = (opened.row.clone(), opened.version, opened.draft.clone());
    let act = move |c: &mut Conn| {
        if let Some(file) = file {
            kept::remove(c, slot, file)?;
        }
        if let Some(field) = field {
            let detach = |draft: &mut Draft| draft.detach(&form, &field);
            drafts::alter(c, &ring, now, &whose, (&row, version, &read), detach)?;
        }
        match late.as_str() {
            "yes" if place.may_be_late => kept::promise(c, now, slot, &place.at),
            "no" => kept::unpromise(c, slot, &place.at),
            _ => Ok(()),
        }
    };
    site.db.tx(act).await.map_err(|error: CaseError| Failure::from(error))?;
    Ok(see_other(&back))
}

/// `GET`: a file of a draft, for whoever handed it in.
pub async fn draft_file(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (code, draft, file) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let opened = here.opened(&site, &forms, &draft).await?;
    let id: FileId = file.parse().map_err(|_| Failure::NotFound)?;
    let (slot, ring) = (slot(&opened), site.keys.clone());
    let find = move |c: &mut Conn| kept::find(c, &ring, (slot, id), &ledger::own(slot.citizen));
    let paper = site.db.read(find).await?;
    given_out(&site, paper).await
}

fn view(
    visitor: &Visitor,
    site: &Site,
    here: &Here,
    opened: &Opened,
    handed: &Handed,
    wrong: impl Fn(&Place) -> Option<String>,
) -> Result<PapersView, Failure> {
    let present = Presenter::new(visitor.texts(), &here.edition.catalogue);
    let (service, base) = (here.service()?, here.address(opened.row.id));
    let one = |place: &Place| PlaceView {
        promised: handed.is_promised(place),
        error: wrong(place),
        ..place_view(present, site, place, (handed.at(place), &base))
    };
    Ok(PapersView {
        frame: visitor.frame(),
        name: present.text(&service.name),
        guide: urls::service(&service.code),
        domain: domain(present, service),
        csrf: visitor.form_token(site)?,
        action: here.papers(opened.row.id),
        back: base.clone(),
        places: handed.places.all.iter().map(one).collect(),
        brought: handed.places.brought.iter().map(|name| present.text(name)).collect(),
        by: due(&here.edition, site.clock.now()).on,
    })
}

//! The summary before handing in, handing in, and throwing away.

use actix_web::{
    Either, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_forms::{Filled, Kind, Line, Shown};

use super::{Here, Opened, grounds};
use crate::{
    cases::{
        CaseError, Forms,
        desk::{self, Clocks},
        drafts,
        papers::{
            kept::{self, Slot},
            pages::{self as papers, Handed},
            places::Places,
            shown::missing,
            views::PaperSheet,
        },
        place,
        submit::{self, Submission},
        twice,
        views::{ReviewLine, ReviewSheet, ReviewView},
    },
    catalogue::{
        Shelf, asking,
        filling::{word, yuan},
        pages::guide::domain,
        present::{Presenter, urls},
    },
    db::Conn,
    gateway::{Gateway, told},
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Dates as _, Mistake},
        see_other,
    },
};

/// `GET`: everything that will be handed in.
pub async fn review(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    gateway: Data<Gateway>,
    path: Path<(String, String)>,
) -> Result<Page, Failure> {
    let (code, draft) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let opened = here.opened(&site, &forms, &draft).await?;
    let handed = Handed::of(&site, &here, &opened).await?;
    Page::new(&view(&visitor, (&site, &gateway), &here, (&opened, &handed)).await?)
}

async fn view(
    visitor: &Visitor,
    (site, gateway): (&Site, &Gateway),
    here: &Here,
    (opened, handed): (&Opened, &Handed),
) -> Result<ReviewView, Failure> {
    let present = Presenter::new(visitor.texts(), &here.edition.catalogue);
    let (entry, service, id) = (here.entry()?, here.service()?, opened.row.id);
    let agency = here.edition.catalogue.agency_of(entry);
    let filled = opened.form.fill(&opened.draft, site.clock.today());
    let unfinished = filled.unfinished().map(|page| format!("{}?look=1", here.page(id, &page.id)));
    let papers = here.papers(id);
    let grounds = grounds::grounds(visitor, (site, gateway), here, opened).await?;
    let sheet = handed.sheet(present, &here.address(id));
    Ok(ReviewView {
        frame: visitor.frame(),
        name: present.text(&service.name),
        guide: urls::service(&service.code),
        domain: domain(present, service),
        agency: present.agency(agency),
        csrf: visitor.form_token(site)?,
        sheets: sheets(present.t, &filled, |page| Some(here.page(id, page))),
        unfinished: unfinished.or_else(|| (!handed.is_complete()).then(|| papers.clone())),
        papers: PaperSheet { change: Some(papers), ..sheet },
        mistakes: Vec::new(),
        changed: opened.changed,
        told: told(&service.claims).map(|field| present.t.data_field(field)).collect(),
        grounds,
        submit: format!("{}/submit", here.address(id)),
        together: opened.together.map(|together| format!("/me/together/{together}")),
        discard: format!("{}/discard", here.address(id)),
    })
}

/// Answers by their pages, with the way to change them.
pub(crate) fn sheets(
    t: Texts,
    filled: &Filled<'_, '_>,
    change: impl Fn(&str) -> Option<String>,
) -> Vec<ReviewSheet> {
    let sheet = |sheet: yimen_forms::Sheet<'_>| {
        let mut lines = Vec::new();
        for line in &sheet.lines {
            flat(t, line, None, &mut lines);
        }
        ReviewSheet {
            title: sheet.page.title.as_ref().map(|title| word(t, title)),
            change: change(&sheet.page.id),
            lines,
        }
    };
    filled.review().into_iter().map(sheet).collect()
}

/// Groups and items become lines of their own, named by where they stand.
fn flat(t: Texts, line: &Line<'_>, within: Option<&str>, lines: &mut Vec<ReviewLine>) {
    // Files stand among the papers.
    if matches!(line.field.kind, Kind::File(_)) {
        return;
    }
    let label = word(t, &line.field.label);
    let label = within.map_or_else(|| label.clone(), |within| format!("{within} · {label}"));
    match &line.shown {
        Shown::Group(parts) => parts.iter().for_each(|part| flat(t, part, Some(&label), lines)),
        Shown::Items(items) => {
            for (at, item) in items.iter().enumerate() {
                let number = format!("{label} {}", at + 1);
                match &item.shown {
                    Shown::Group(parts) => parts.iter().for_each(|part| flat(t, part, Some(&number), lines)),
                    shown => lines.push(ReviewLine { label: number, value: value(t, shown), wrong: false }),
                }
            }
        }
        shown => {
            lines.push(ReviewLine { label, value: value(t, shown), wrong: line.wrong.is_some() });
        }
    }
}

fn value(t: Texts, shown: &Shown<'_>) -> Option<String> {
    Some(match shown {
        Shown::Blank | Shown::Group(_) | Shown::Items(_) => return None,
        // Whoever hands it in must see that it is right; elsewhere it is masked.
        Shown::Text(text) | Shown::Identity(text) | Shown::Wrong(text) | Shown::File(text) => text.clone(),
        Shown::Date(day) => t.day(day),
        Shown::Month(day) => day.format("%Y-%m").to_string(),
        Shown::Whole(number) => number.to_string(),
        Shown::Fen(fen) => t.amount_yuan(yuan(*fen)),
        Shown::Number(number) => number.to_string(),
        Shown::Choice(label) => word(t, label),
        Shown::Choices(labels) => {
            labels.iter().map(|label| word(t, label)).collect::<Vec<_>>().join(t.form_comma())
        }
        Shown::YesNo(yes) => if *yes { t.form_yes() } else { t.form_no() }.to_owned(),
        Shown::Agreed => t.form_agree().to_owned(),
    })
}

/// `POST`: hands it in. The second of two clicks finds what the first has done.
pub async fn submit(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    gateway: Data<Gateway>,
    path: Path<(String, String)>,
    _sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (code, draft) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    // An appointment is no application, though its form is filled in the same way.
    asking::form_of(here.service()?).ok_or(Failure::NotFound)?;
    if let Some(case) = handed_in(&site, &here, &draft).await? {
        return Ok(Either::Right(case));
    }
    let opened = match here.opened(&site, &forms, &draft).await {
        // Of two clicks at the same moment the other was faster.
        Err(Failure::NotFound) => {
            return handed_in(&site, &here, &draft).await?.map(Either::Right).ok_or(Failure::NotFound);
        }
        opened => opened?,
    };
    let filled = opened.form.fill(&opened.draft, site.clock.today());
    if filled.unfinished().is_some() {
        return Ok(Either::Right(see_other(&here.review(opened.row.id))));
    }
    let handed = Handed::of(&site, &here, &opened).await?;
    if !handed.is_complete() {
        return Ok(match handed_in(&site, &here, &draft).await? {
            Some(case) => Either::Right(case),
            None => Either::Left(lacking(&visitor, (&site, &gateway), &here, (&opened, &handed)).await?),
        });
    }
    let review = here.review(opened.row.id);
    let reference = hand_in((&site, &gateway), &here, opened).await?;
    Ok(Either::Right(see_other(
        &reference.map_or(review, |reference| format!("/me/cases/{reference}?new=1")),
    )))
}

/// Hands in what is right, whole, and stands on what is so. `None`: it is not, and its page says why.
pub(super) async fn hand_in(
    (site, gateway): (&Site, &Gateway),
    here: &Here,
    opened: Opened,
) -> Result<Option<String>, Failure> {
    let filled = opened.form.fill(&opened.draft, site.clock.today());
    let places = Places::of(here.service()?, &opened.form, &filled);
    let document = match filled.submission() {
        Ok(document) if !opened.asked_anew && filled.unfinished().is_none() => document,
        _ => return Ok(None),
    };
    if !grounds::hold((site, gateway), here, &opened).await? {
        return Ok(None);
    }
    let (whose, ring, now) = (here.whose.clone(), site.keys.clone(), site.clock.now());
    let (desk, clocks) = (asking::is_at_desk(here.service()?), Clocks::of(&here.edition, &here.code));
    let (slot, by) = (papers::slot(&opened), papers::due(&here.edition, now));
    let district = place::district(&opened.form, &document, &here.edition.catalogue.city.city);
    let (agency, Opened { row, .. }) = (here.agency()?.to_owned(), opened);
    let hand_in = move |c: &mut Conn| {
        // Looked at again in the transaction: a paper may have been taken away in another window. Where the other of
        // two clicks was faster, they are the case's by now.
        if !kept::missing(c, slot, &places.all)?.is_empty() {
            return submit::handed_in(c, &whose, row.id);
        }
        // It was handed in from another draft meanwhile.
        if let Some(occasion) = drafts::occasion(c, &ring, &row)?
            && let Some(case) = twice::about(c, &ring, now, (&whose, &row.service), &occasion)?
        {
            return Ok(Some(case.reference));
        }
        let district = district.as_deref();
        let submission =
            Submission { draft: &row, document: &document, agency: &agency, desk, by: None, district };
        let case = submit::submit(c, &ring, now, &whose, &submission)?;
        kept::hand_in(c, &ring, now, (slot, &case), by)?;
        desk::wind(c, &clocks, &case)?;
        Ok(Some(case.reference))
    };
    site.db.tx(hand_in).await.map_err(|error: CaseError| Failure::from(error))
}

/// The summary, with what is missing of the papers at its top.
async fn lacking(
    visitor: &Visitor,
    (site, gateway): (&Site, &Gateway),
    here: &Here,
    (opened, handed): (&Opened, &Handed),
) -> Result<Page, Failure> {
    let t = visitor.texts();
    let lacking = handed.places.all.iter().enumerate().filter(|(_, place)| handed.lacks(place));
    let mistakes = lacking.map(|(at, place)| Mistake {
        field: format!("paper-{}", at + 1),
        label: word(t, &place.name),
        text: missing(t, place),
    });
    let view = ReviewView {
        mistakes: mistakes.collect(),
        ..view(visitor, (site, gateway), here, (opened, handed)).await?
    };
    Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// Leads to what was handed in already.
pub(super) async fn handed_in(
    site: &Site,
    here: &Here,
    draft: &str,
) -> Result<Option<HttpResponse>, Failure> {
    let id: super::DraftId = draft.parse().map_err(|_| Failure::NotFound)?;
    let whose = here.whose.clone();
    let reference = site.db.read(move |c| submit::handed_in(c, &whose, id)).await?;
    Ok(reference.map(|reference| see_other(&format!("/me/cases/{reference}"))))
}

/// `POST`: throws a draft away.
pub async fn discard(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    path: Path<(String, String)>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (code, draft) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let id = draft.parse().map_err(|_| Failure::NotFound)?;
    let citizen = here.whose.party.acting;
    let discard = move |c: &mut Conn| {
        kept::forget(c, Slot { citizen, matter: id })?;
        drafts::discard(c, citizen, id)
    };
    site.db.tx(discard).await?;
    Ok(see_other("/me/cases"))
}

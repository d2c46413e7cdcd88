//! `/services/{code}/start` of a service that officers answer beforehand, and `/agency/notes`, where they do.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::{Bilingual, service::Service, text::is_unprintable};

use super::{
    Note, NoteId, Written,
    views::{NoteLine, NotedService, NotedView, NotesDeskView, NotesView},
};
use crate::{
    accounts::staff::{Act, pages::AtAgencies},
    cases::{Whose, views::CaseLine},
    catalogue::{
        AgencyEntry, Edition, ServiceEntry, Shelf, asking,
        pages::guide::{contact, domain},
        present::{Presenter, urls},
    },
    db::{Conn, DbError},
    platform::{Moment, Texts, clock::CITY_ZONE},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, Text},
        query, see_other,
    },
};

const DESK: &str = "/agency/notes";
const TITLE: usize = 100;
const TEXT: usize = 2000;
/// From so many on, people are offered to look for words.
const MANY: usize = 5;
const LONGEST_SEARCH: usize = 60;

/// Such a service, if its agency's services are not shut.
pub(in crate::cases) fn answered<'e>(
    edition: &'e Edition,
    code: &str,
) -> Option<(&'e ServiceEntry, &'e AgencyEntry)> {
    let entry = edition.catalogue.service(code)?;
    let agency = edition.catalogue.agency_of(entry);
    (agency.suspended.is_none() && asking::is_noted(&entry.service)).then_some((entry, agency))
}

/// The answer. The guard has asked for who somebody is, where they ask about their own matter.
pub(in crate::cases) async fn show(
    visitor: &Visitor,
    site: &Site,
    present: Presenter<'_>,
    (entry, agency): (&ServiceEntry, &AgencyEntry),
    request: &HttpRequest,
) -> Result<Page, Failure> {
    let service = &entry.service;
    let party = asking::party(visitor, site, service).await?.map_err(|_| Failure::Refused)?;
    let whose = party.map(|(party, level)| Whose { party, level });
    let (code, slug) = (service.code.clone(), agency.slug.clone());
    let read = move |c: &mut Conn| {
        let mine = match &whose {
            Some(whose) => Some(super::own(c, whose, &slug)?),
            None => None,
        };
        Ok::<_, DbError>((super::of_service(c, &code)?, mine))
    };
    let (mut notes, mine) = site.db.read(read).await?;
    let many = notes.len() >= MANY;
    let words: String = query(request, "q").unwrap_or_default().trim().chars().take(LONGEST_SEARCH).collect();
    notes.retain(|note| note.has(&words));
    let name = |code: &str| {
        let entry = present.catalogue.service(code);
        entry.map_or_else(|| Text::plain(code), |entry| present.text(&entry.service.name))
    };
    let mine = mine.map(|mine| {
        let line = |case: crate::cases::Case| CaseLine {
            name: name(&case.service),
            at: local(case.changed_at.moment()),
            state: case.state,
            reference: case.reference,
        };
        mine.into_iter().map(line).collect()
    });
    Page::new(&NotesView {
        frame: visitor.frame(),
        name: present.text(&service.name),
        guide: urls::service(&service.code),
        domain: domain(present, service),
        agency: present.agency(agency),
        contact: contact(present, service, agency),
        notes: notes.iter().map(|note| line(present, note)).collect(),
        search: many.then(|| Field::new("q", present.t.note_search()).value(words)),
        mine,
    })
}

fn local(at: Moment) -> chrono::NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

fn line(present: Presenter<'_>, note: &Note) -> NoteLine {
    NoteLine {
        id: note.id.to_string(),
        title: present.text(&note.title()),
        text: present.text(&note.text()),
        at: local(note.made_at()),
    }
}

/// A member of staff who answers for agencies.
async fn officer(visitor: &Visitor, site: &Site) -> Result<AtAgencies, Failure> {
    let at = AtAgencies::of(visitor, site).await?;
    if at.allowed_here(Act::WorkCases) { Ok(at) } else { Err(Failure::Refused) }
}

/// `GET /agency/notes`
pub async fn desk(visitor: Visitor, (site, shelf): (Data<Site>, Data<Shelf>)) -> Result<Page, Failure> {
    let at = officer(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let theirs = edition.catalogue.services.iter().filter(|entry| asking::is_noted(&entry.service));
    let theirs = theirs.map(|entry| (entry, edition.catalogue.agency_of(entry)));
    let services = theirs.filter(|(_, agency)| at.may(Act::WorkCases, &agency.slug));
    Page::new(&NotesDeskView {
        services: services
            .map(|(entry, agency)| NotedService {
                url: format!("{DESK}/{}", entry.service.code),
                name: present.text(&entry.service.name),
                agency: present.agency(agency).text,
            })
            .collect(),
        frame: visitor.frame(),
    })
}

/// A service of theirs. Of others it is not told whether it is answered here.
fn theirs<'e>(
    at: &AtAgencies,
    edition: &'e Edition,
    code: &str,
) -> Result<(&'e Service, &'e AgencyEntry), Failure> {
    let entry = edition.catalogue.service(code).ok_or(Failure::NotFound)?;
    let agency = edition.catalogue.agency_of(entry);
    let may = asking::is_noted(&entry.service) && at.may(Act::WorkCases, &agency.slug);
    if may { Ok((&entry.service, agency)) } else { Err(Failure::NotFound) }
}

fn inputs(t: Texts) -> Vec<Input> {
    let needed = |name: &'static str, label: &str| Field { required: true, ..Field::new(name, label) };
    vec![
        Input::new("text", needed("title_zh", t.note_title_zh())),
        Input::new("text", Field::new("title_en", t.note_title_en())),
        Input::new("long", needed("text_zh", t.note_text_zh())),
        Input::new("long", Field::new("text_en", t.note_text_en())),
    ]
}

async fn view(
    visitor: &Visitor,
    site: &Site,
    present: Presenter<'_>,
    service: &Service,
) -> Result<NotedView, Failure> {
    let code = service.code.clone();
    let notes = site.db.read(move |c| super::of_service(c, &code)).await?;
    Ok(NotedView {
        csrf: visitor.form_token(site)?,
        said: None,
        name: present.text(&service.name),
        public: format!("{}/start", urls::service(&service.code)),
        url: format!("{DESK}/{}", service.code),
        notes: notes.iter().map(|note| line(present, note)).collect(),
        inputs: inputs(present.t),
        frame: visitor.frame(),
    })
}

/// `GET /agency/notes/{code}`
pub async fn service(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    code: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (at, edition) = (officer(&visitor, &site).await?, shelf.edition()?);
    let (service, _) = theirs(&at, &edition, &code)?;
    let t = visitor.texts();
    let said = match query(&request, "said").as_deref() {
        Some("put") => Some(("ok", t.note_said_put())),
        Some("ended") => Some(("ok", t.note_said_ended())),
        _ => None,
    };
    let view = view(&visitor, &site, Presenter::new(t, &edition.catalogue), service).await?;
    Page::new(&NotedView { said, ..view })
}

/// What was written, or the form with what is wrong.
fn read(t: Texts, view: &mut NotedView, sent: &Submitted) -> Option<Written> {
    for input in &mut view.inputs {
        let typed = sent.get(&input.field.name).trim();
        let most = if input.is_long() { TEXT } else { TITLE };
        let hidden = |sign: char| is_unprintable(sign) && !matches!(sign, '\n' | '\r');
        let missing = input.field.required && typed.is_empty();
        if missing || typed.chars().count() > most || typed.chars().any(hidden) {
            input.field.error = Some(t.note_wrong(most));
        }
        typed.clone_into(&mut input.field.value);
    }
    if view.is_wrong() {
        return None;
    }
    let both = |zh: &str, en: &str| Bilingual::new(sent.get(zh).trim(), sent.get(en).trim());
    Some(Written { title: both("title_zh", "title_en"), text: both("text_zh", "text_en") })
}

/// `POST /agency/notes/{code}`: puts something down.
pub async fn put(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    code: Path<String>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (at, edition) = (officer(&visitor, &site).await?, shelf.edition()?);
    let (service, agency) = theirs(&at, &edition, &code)?;
    let t = visitor.texts();
    let mut view = view(&visitor, &site, Presenter::new(t, &edition.catalogue), service).await?;
    let Some(written) = read(t, &mut view, &sent) else {
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    let (now, by) = (site.clock.now(), at.member.login.clone());
    let (slug, code) = (agency.slug.clone(), service.code.clone());
    let back = format!("{DESK}/{code}?said=put");
    site.db.tx(move |c| super::put(c, now, (&slug, &code), &written, &by)).await?;
    Ok(Either::Right(see_other(&back)))
}

/// `POST /agency/notes/{code}/end`: takes something away.
pub async fn end(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    code: Path<String>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (at, edition) = (officer(&visitor, &site).await?, shelf.edition()?);
    let (service, _) = theirs(&at, &edition, &code)?;
    let id: NoteId = sent.get("id").parse().map_err(|_| Failure::NotFound)?;
    let (now, by, code) = (site.clock.now(), at.member.login.clone(), service.code.clone());
    let back = format!("{DESK}/{code}?said=ended");
    site.db.tx(move |c| super::end(c, now, (&code, id), &by)).await?;
    Ok(see_other(&back))
}

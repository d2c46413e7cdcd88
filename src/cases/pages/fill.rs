//! One page of a form: shown with what was typed, and saved whatever is wrong with it.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_forms::{Filled, Form, Offer, Origin, Page as Part};

use super::{Here, Opened, grounds, review, together};
use crate::{
    accounts::{self, Details},
    cases::{
        CaseError, Forms, drafts,
        prefill::{self, Came, fetch::Wanted},
        views::{FillView, GroundsView, SourceView},
    },
    catalogue::{
        Shelf,
        filling::{Drawn, chosen, word},
        pages::guide::domain,
        present::{Presenter, urls},
    },
    db::Conn,
    gateway::{Gateway, told},
    ledger,
    platform::named,
    web::{Failure, Page, Site, Submitted, Visitor, query, see_other},
};
use yimen_contract::capability::person::Claim;

/// What was pressed.
enum Go {
    Next,
    Back,
    Later,
    Add(String),
    Remove(String),
    /// To have an agency answer what it knows.
    Fetch(String),
    /// Nothing yet: the page's script asks what is wrong so far.
    Check,
}

/// Goes on with a draft where it was left.
pub async fn go_on(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (code, draft) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let opened = here.opened(&site, &forms, &draft).await?;
    let filled = opened.form.fill(&opened.draft, site.clock.today());
    Ok(see_other(&match filled.unfinished() {
        Some(page) => here.page(opened.row.id, &page.id),
        None => here.after_form(&opened, &filled)?,
    }))
}

/// `GET`: a page of the form.
pub async fn page(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    gateway: Data<Gateway>,
    path: Path<(String, String, String)>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (code, draft, part) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let opened = here.opened(&site, &forms, &draft).await?;
    let part = opened.form.page(&part).ok_or(Failure::NotFound)?;
    let offers = offers(&here, &site, &opened).await?;
    // Whoever comes back to a page that is wrong is shown what is wrong with it.
    let judged = query(&request, "look").is_some();
    let mut view = view(&visitor, &site, &here, &opened, (part, &offers, judged))?;
    let present = Presenter::new(visitor.texts(), &here.edition.catalogue);
    view.came = query(&request, "asked")
        .and_then(|agency| came(present, &agency, query(&request, "came").as_deref()));
    view.sources = sources(&site, &here, &opened, part, present).await?;
    let view = view.on(grounds_of(&visitor, (&site, &gateway), &here, &opened).await?);
    Page::new(&view)
}

/// What came of asking an agency, in words.
fn came(present: Presenter<'_>, agency: &str, came: Option<&str>) -> Option<(&'static str, String)> {
    let name = present.agency(present.catalogue.agency(agency)?).text.text;
    Some(match came {
        Some("known") => ("ok", present.t.prefill_known(name)),
        Some("nothing") => ("info", present.t.prefill_nothing(name)),
        _ => ("warn", present.t.prefill_unavailable(name)),
    })
}

/// Who could be asked about this page: for somebody's own matter only, and only if an agency can find them.
async fn sources(
    site: &Site,
    here: &Here,
    opened: &Opened,
    part: &Part,
    present: Presenter<'_>,
) -> Result<Vec<SourceView>, Failure> {
    let found = prefill::offer::sources(present.catalogue, &opened.form, part, &opened.draft);
    if found.is_empty() || !is_own(here) || !prefill::fetch::is_known(site, here.whose.owner()).await? {
        return Ok(Vec::new());
    }
    let view = |source: prefill::Source| {
        let entry = present.catalogue.agency(&source.agency)?;
        let tells = source.asked.iter().map(|asked| {
            let (licence, what) = (word(present.t, &asked.licence), word(present.t, &asked.label));
            present.t.prefill_tells(named::Licence(licence), named::What(what))
        });
        Some(SourceView { name: present.agency(entry).text, tells: tells.collect(), agency: source.agency })
    };
    Ok(found.into_iter().filter_map(view).collect())
}

fn is_own(here: &Here) -> bool {
    here.whose.represents().is_none() && here.whose.company().is_none()
}

/// Has an agency answer, after the person said yes with the button. Where to go on.
async fn fetch(
    (site, gateway): (&Site, &Gateway),
    here: &Here,
    opened: &Opened,
    (part, agency): (&Part, &str),
) -> Result<String, Failure> {
    let found = prefill::offer::sources(&here.edition.catalogue, &opened.form, part, &opened.draft);
    let source = found.into_iter().find(|source| source.agency == agency).filter(|_| is_own(here));
    let back = here.page(opened.row.id, &part.id);
    let Some(source) = source else { return Ok(back) };
    if !prefill::fetch::is_known(site, here.whose.owner()).await? {
        return Ok(back);
    }
    let wanted = Wanted {
        citizen: here.whose.owner(),
        level: here.whose.level,
        service: &here.code,
        recipient: here.agency()?,
    };
    let came = match prefill::fetch::fetch(site, gateway, wanted, &source).await? {
        Came::Known(answers) => {
            bring(site, here, opened, (answers, agency)).await?;
            "known"
        }
        Came::Nothing => "nothing",
        Came::Unavailable => "unavailable",
    };
    Ok(format!("{back}?asked={agency}&came={came}"))
}

/// Where it is handed in on this very page, what it stands on is looked at before.
async fn grounds_of(
    visitor: &Visitor,
    (site, gateway): (&Site, &Gateway),
    here: &Here,
    opened: &Opened,
) -> Result<Option<GroundsView>, Failure> {
    if !opened.is_short() {
        return Ok(None);
    }
    grounds::grounds(visitor, (site, gateway), here, opened).await.map(Some)
}

/// `POST`: keeps what was typed, and goes where the button says. What is only checked is not kept.
pub async fn fill(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    (forms, gateway): (Data<Forms>, Data<Gateway>),
    path: Path<(String, String, String)>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (code, draft, part) = path.into_inner();
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let mut opened = match here.opened(&site, &forms, &draft).await {
        // A short form is handed in from its only page: of two clicks at the same moment the other was faster.
        Err(Failure::NotFound) => {
            let handed_in = review::handed_in(&site, &here, &draft).await?;
            return handed_in.map(Either::Right).ok_or(Failure::NotFound);
        }
        opened => opened?,
    };
    let form = opened.form.clone();
    let part = form.page(&part).ok_or(Failure::NotFound)?;
    let chosen = chosen(&form, &here.edition.catalogue.city.city, sent.pairs());
    if opened.draft.take(&form, part, chosen).is_err() {
        let view = FillView { too_much: true, ..view(&visitor, &site, &here, &opened, (part, &[], false))? };
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::PAYLOAD_TOO_LARGE)));
    }
    opened.put_record();
    let go = go(&sent);
    if matches!(go, Go::Check) {
        return Ok(Either::Left(Page::new(&view(&visitor, &site, &here, &opened, (part, &[], true))?)?));
    }
    match &go {
        Go::Add(name) => drop(opened.draft.add_item(&form, name)),
        Go::Remove(name) => opened.draft.remove_item(&form, name),
        _ => {}
    }
    let step = step(&go, &form.fill(&opened.draft, site.clock.today()), part);
    save_at(&site, &opened, step).await?;
    together::tell_others((&site, &forms), &here, &opened).await?;
    if let Go::Fetch(agency) = &go {
        let to = fetch((&site, &gateway), &here, &opened, (part, agency)).await?;
        return Ok(Either::Right(see_other(&to)));
    }
    let filled = form.fill(&opened.draft, site.clock.today());
    let id = opened.row.id;
    let to = match go {
        Go::Later => "/me/cases?saved=1".to_owned(),
        Go::Add(_) | Go::Remove(_) | Go::Fetch(_) | Go::Check => here.page(id, &part.id),
        Go::Back => match filled.previous(part) {
            Some(previous) => here.page(id, &previous.id),
            None => format!("/services/{}/start", here.code),
        },
        Go::Next if filled.wrong_on(part).next().is_some() => {
            let view = view(&visitor, &site, &here, &opened, (part, &[], true))?;
            let view = view.on(grounds_of(&visitor, (&site, &gateway), &here, &opened).await?);
            return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
        }
        Go::Next if opened.is_short() => {
            let page = here.page(id, &part.id);
            let handed_in = review::hand_in((&site, &gateway), &here, opened).await?;
            handed_in.map_or(page, |reference| format!("/me/cases/{reference}?new=1"))
        }
        Go::Next => {
            // With everything done papers or the summary come next, also for whoever changed one page of it.
            match filled.unfinished().and_then(|_| filled.next(part).or_else(|| filled.unfinished())) {
                Some(next) => here.page(id, &next.id),
                None => here.after_form(&opened, &filled)?,
            }
        }
    };
    Ok(Either::Right(see_other(&to)))
}

fn go(sent: &Submitted) -> Go {
    let named = |name: &str| Some(sent.get(name)).filter(|value| !value.is_empty()).map(str::to_owned);
    if let Some(agency) = named("fetch") {
        return Go::Fetch(agency);
    }
    match (named("add"), named("remove"), sent.get("go")) {
        (Some(name), ..) => Go::Add(name),
        (_, Some(name), _) => Go::Remove(name),
        (.., "back") => Go::Back,
        (.., "later") => Go::Later,
        (.., "check") => Go::Check,
        _ => Go::Next,
    }
}

/// Which page is shown next: where the draft is left if nobody goes on with it.
fn step(go: &Go, filled: &Filled<'_, '_>, part: &Part) -> String {
    let page = match go {
        Go::Back => filled.previous(part).or(Some(part)),
        Go::Next if filled.wrong_on(part).next().is_none() => {
            filled.unfinished().and_then(|_| filled.next(part).or_else(|| filled.unfinished()))
        }
        _ => Some(part),
    };
    page.map_or_else(|| drafts::FILLED_IN.to_owned(), |page| page.id.clone())
}

async fn save_at(site: &Site, opened: &Opened, step: String) -> Result<(), Failure> {
    let (row, draft, version) = (opened.row.clone(), opened.draft.clone(), opened.version);
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let save = move |c: &mut Conn| {
        drafts::save(c, &ring, now, &row, (version, &draft))?;
        Ok::<_, CaseError>(drafts::stand_at(c, &row, &step)?)
    };
    site.db.tx(save).await.map_err(Failure::from)
}

/// Puts what an agency told where nothing was typed; not even elsewhere, while it was asked.
async fn bring(
    site: &Site,
    here: &Here,
    opened: &Opened,
    (answers, agency): (Vec<(String, String)>, &str),
) -> Result<(), Failure> {
    let (row, version, read) = (opened.row.clone(), opened.version, opened.draft.clone());
    let (form, whose, agency) = (opened.form.clone(), here.whose.clone(), agency.to_owned());
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let bring = move |c: &mut Conn| {
        drafts::alter(c, &ring, now, &whose, (&row, version, &read), |draft| {
            for (name, answer) in &answers {
                if draft.text(name).trim().is_empty() {
                    draft.bring(&form, name, answer, &agency);
                }
            }
        })
    };
    site.db.tx(bring).await.map_err(|error: CaseError| error.into())
}

/// What is known of a person who fills in something of their own. Of others nothing is looked up.
async fn offers(here: &Here, site: &Site, opened: &Opened) -> Result<Vec<Offer>, Failure> {
    let form: &Form = &opened.form;
    let asks = form.origins().any(|(_, origin)| matches!(origin, Origin::Claim(_)));
    let details = if asks && is_own(here) {
        let (citizen, ring) = (here.whose.party.acting, site.keys.clone());
        site.db.read(move |c| accounts::details(c, &ring, &ledger::own(citizen))).await?
    } else {
        Details::default()
    };
    let known = |origin: &Origin| match origin {
        Origin::Claim(claim) => said_of(&details, *claim).map(Into::into),
        Origin::Licence { .. } | Origin::Record(_) => None,
    };
    Ok(form.offers(&opened.draft, known))
}

fn said_of(details: &Details, claim: Claim) -> Option<String> {
    match claim {
        Claim::Name => details.name.clone(),
        Claim::IdentityNumber => details.identity_number.clone(),
        Claim::BirthDate => details.birth_date.map(|day| day.to_string()),
        Claim::PhoneNumber => details.phone.clone(),
        Claim::Email => details.email.clone(),
        Claim::Company | Claim::CreditCode => None,
    }
}

fn view(
    visitor: &Visitor,
    site: &Site,
    here: &Here,
    opened: &Opened,
    (part, offers, judged): (&Part, &[Offer], bool),
) -> Result<FillView, Failure> {
    let present = Presenter::new(visitor.texts(), &here.edition.catalogue);
    let (t, service) = (present.t, here.service()?);
    let filled = opened.form.fill(&opened.draft, site.clock.today());
    let named = |agency: &str| {
        let entry = present.catalogue.agency(agency);
        entry.map_or_else(|| agency.to_owned(), |entry| present.agency(entry).text.text)
    };
    let recipient = named(here.agency()?);
    let districts = present.catalogue.city.city.districts.as_slice();
    let (form, draft) = (opened.form.as_ref(), &opened.draft);
    let fixed = opened.occasion.as_ref().map(|one| one.answers(&opened.form)).unwrap_or_default();
    let drawn = Drawn { t, form, draft, filled: &filled, offers, named: &named, districts, judged, fixed };
    let (page, pages) = filled.place(part);
    Ok(FillView {
        frame: visitor.frame(),
        name: present.text(&service.name),
        guide: urls::service(&service.code),
        domain: domain(present, service),
        action: here.page(opened.row.id, &part.id),
        csrf: visitor.form_token(site)?,
        title: part.title.as_ref().map(|title| word(t, title)),
        hint: part.hint.as_ref().map(|hint| word(t, hint)),
        page,
        pages,
        pieces: drawn.page(part),
        changed: opened.changed || opened.draft.to_look_at_again().next().is_some(),
        too_much: false,
        sources: Vec::new(),
        came: None,
        recipient,
        grounds: None,
        occasion: grounds::record(present, site, here, opened),
        agency: present.agency(here.edition.catalogue.agency_of(here.entry()?)),
        told: told(&service.claims).map(|field| present.t.data_field(field)).collect(),
    })
}

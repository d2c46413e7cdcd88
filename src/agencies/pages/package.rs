//! `/agency/packages/{slug}`: an agency's package, its versions, and what can be done about all of it.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::{Bilingual, shape};

use super::{Reader, outcome};
use crate::{
    accounts::staff::Act,
    agencies::{
        CITY_SLUG, Standing, archive, queries,
        releases::{self, Application, Handed, Release, ReleaseAct, ReleaseError, State, import},
        views::{
            packages::{HistoryView, ImportLine, PackageRights, PackageView},
            words::{DoneLine, VersionLine, local, refused, said},
        },
    },
    db::{Conn, DbError},
    platform::{Texts, named},
    web::{Failure, Page, Site, Submitted, Uploaded, Visitor, query, see_other},
};

pub(super) type Answer = Result<Either<HttpResponse, Page>, Failure>;

/// What is known about an agency and its package.
pub(super) struct Known {
    applications: Vec<Application>,
    pub(super) versions: Vec<Release>,
    pub(super) standing: Option<Standing>,
    imports: Vec<import::Import>,
    may_reopen: bool,
}

impl Known {
    /// Of agencies that are not the reader's it is not told whether they exist.
    pub(super) async fn of(reader: &Reader, site: &Site, slug: &str) -> Result<Self, Failure> {
        if slug == CITY_SLUG || !reader.sees(slug) {
            return Err(Failure::NotFound);
        }
        let (slug, by) = (slug.to_owned(), reader.by());
        let read = move |c: &mut Conn| {
            Ok::<_, DbError>(Self {
                applications: releases::applications_of(c, &slug)?,
                versions: releases::versions(c, &slug)?,
                standing: queries::standing(c, &slug)?,
                imports: import::of(c, &slug)?,
                may_reopen: releases::may_reopen(c, &slug, &by)?,
            })
        };
        let known = site.db.read(read).await?;
        if known.applications.is_empty() && known.versions.is_empty() {
            return Err(Failure::NotFound);
        }
        Ok(known)
    }

    pub(super) fn name(&self, t: Texts, slug: &str) -> String {
        let named = self.applications.iter().find(|one| one.is_admitted()).or(self.applications.first());
        named.map_or_else(
            || slug.to_owned(),
            |one| t.say(&Bilingual::new(&one.name_zh, &one.name_en)).text.to_owned(),
        )
    }

    fn verified(&self) -> bool {
        self.applications.iter().any(Application::is_admitted)
    }

    fn numbered(&self, state: State) -> Option<i32> {
        self.versions.iter().find(|release| release.state == state).map(|release| release.number)
    }
}

pub async fn package_page(
    visitor: Visitor,
    site: Data<Site>,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let known = Known::of(&reader, &site, &slug).await?;
    let t = visitor.texts();
    let said = query(&request, "said").and_then(|word| said(t, &word));
    Page::new(&PackageView { said, ..view(&visitor, &site, &reader, &slug, &known)? })
}

fn view(
    visitor: &Visitor,
    site: &Site,
    reader: &Reader,
    slug: &str,
    known: &Known,
) -> Result<PackageView, Failure> {
    let t = visitor.texts();
    let verified = known.verified();
    let suspended = known.standing.as_ref().and_then(|standing| standing.suspended.as_ref());
    let waits = known.applications.iter().any(Application::waits);
    let application = known.applications.first().filter(|_| !verified).map(|one| {
        let words = if one.waits() { t.pkg_application_waits() } else { t.pkg_application_refused() };
        (words, one.reason.clone())
    });
    let integrates = reader.may(Act::Integrate, slug);
    let suspends = reader.may(Act::Suspend, slug) && known.standing.is_some();
    let candidate = known.standing.as_ref().and_then(|standing| standing.candidate);
    let on_trial =
        known.versions.iter().find(|release| Some(release.version) == candidate.map(|it| it.version));
    Ok(PackageView {
        csrf: visitor.form_token(site)?,
        said: None,
        slug: slug.to_owned(),
        name: known.name(t, slug),
        verified,
        application,
        live: known.numbered(State::Live),
        candidate: on_trial.zip(candidate).map(|(release, candidate)| (release.number, candidate.percent)),
        suspended: suspended.map(|suspended| (local(suspended.since), suspended.why.clone())),
        versions: known.versions.iter().map(|release| VersionLine::of(t, release)).collect(),
        imports: known.imports.iter().map(|import| import_line(t, import)).collect(),
        may: PackageRights {
            uploads: verified && integrates,
            applies: integrates && !verified && !waits,
            releases: integrates || reader.may(Act::Approve, slug),
            suspends,
            reopens: suspends && suspended.is_some() && known.may_reopen,
        },
        before: before(known),
        refused: Vec::new(),
        more: 0,
        file_mistake: None,
        import_mistake: None,
        code: "YZ99001".to_owned(),
        frame: visitor.frame(),
    })
}

/// The version that going back leads to: the one whose place was taken last.
fn before(known: &Known) -> Option<i32> {
    let replaced = known.versions.iter().filter(|release| release.state == State::Replaced);
    replaced.max_by_key(|release| (release.changed_at, release.number)).map(|release| release.number)
}

fn import_line(t: Texts, import: &import::Import) -> ImportLine {
    ImportLine {
        id: import.id.to_string(),
        file: import.file.clone(),
        by: import.made_by.clone(),
        at: local(import.made_at.moment()),
        state: match (import.is_running(), import.has_draft()) {
            (true, _) => t.pkg_import_state_waiting(),
            (false, true) => t.pkg_import_state_done(),
            (false, false) => t.pkg_import_state_broken(),
        },
    }
}

/// `POST /agency/packages/{slug}/upload`
pub async fn upload(visitor: Visitor, site: Data<Site>, slug: Path<String>, sent: Uploaded) -> Answer {
    let reader = Reader::of(&visitor, &site).await?;
    let known = Known::of(&reader, &site, &slug).await?;
    if !reader.may(Act::Integrate, &slug) {
        return Err(Failure::Refused);
    }
    let t = visitor.texts();
    let mut view = view(&visitor, &site, &reader, &slug, &known)?;
    let Some(file) = sent.file else {
        view.file_mistake = Some(t.pkg_upload_none().to_owned());
        return wrong(&view);
    };
    let (now, by, name) = (site.clock.now(), reader.by(), slug.to_string());
    // Unpacking and reading is work: not on a thread that answers requests, nor on one of the database's.
    let handed = tokio::task::spawn_blocking(move || handed(&name, &file.bytes)).await;
    let taken = match handed.map_err(Failure::broken)? {
        Some(Ok(handed)) => site.db.tx(move |c| releases::upload(c, now, &handed, &by)).await,
        Some(Err(error)) => Err(error),
        None => {
            view.file_mistake = Some(t.pkg_upload_unreadable().to_owned());
            return wrong(&view);
        }
    };
    match taken {
        Ok(release) => Ok(to_version(&slug, release.number, None)),
        Err(ReleaseError::Same(number)) => Ok(to_version(&slug, number, Some("same"))),
        Err(ReleaseError::Refused(findings)) => {
            (view.refused, view.more) = refused(t, &findings);
            wrong(&view)
        }
        Err(ReleaseError::CodeTaken { code, owner }) => {
            let words = t.pkg_upload_taken(named::Code(code.as_str()), named::Owner(owner.as_str()));
            view.file_mistake = Some(words);
            wrong(&view)
        }
        Err(error) => Ok(back_to(&slug, outcome::word(error)?)),
    }
}

/// What was handed in; nothing where it is no package at all.
fn handed(slug: &str, bytes: &[u8]) -> Option<Result<Handed, ReleaseError>> {
    let files = archive::open(bytes).ok()?;
    // Nothing at all is what an empty file, or one of another kind, unpacks to.
    let any = !files.is_empty() || files.refused().has_errors();
    any.then(|| Handed::read(slug, &files))
}

fn wrong(view: &PackageView) -> Answer {
    Ok(Either::Right(Page::new(view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

fn to_version(slug: &str, number: i32, said: Option<&str>) -> Either<HttpResponse, Page> {
    let said = said.map(|word| format!("?said={word}")).unwrap_or_default();
    Either::Left(see_other(&format!("/agency/packages/{slug}/versions/{number}{said}")))
}

fn back_to(slug: &str, word: &str) -> Either<HttpResponse, Page> {
    Either::Left(see_other(&format!("/agency/packages/{slug}?said={word}")))
}

/// `POST /agency/packages/{slug}/imports`
pub async fn import_description(
    visitor: Visitor,
    site: Data<Site>,
    slug: Path<String>,
    sent: Uploaded,
) -> Answer {
    let reader = Reader::of(&visitor, &site).await?;
    let known = Known::of(&reader, &site, &slug).await?;
    if !reader.may(Act::Integrate, &slug) || !known.verified() {
        return Err(Failure::Refused);
    }
    let t = visitor.texts();
    let code = sent.form.get("code").to_ascii_uppercase();
    let mut view = view(&visitor, &site, &reader, &slug, &known)?;
    view.code.clone_from(&code);
    let file = sent.file.filter(|file| !file.bytes.is_empty());
    let mistake = if !shape::is_service_code(&code) {
        Some(t.pkg_import_wrong_code())
    } else if file.is_none() {
        Some(t.pkg_upload_none())
    } else {
        None
    };
    view.import_mistake = mistake.map(str::to_owned);
    let Some(file) = file.filter(|_| mistake.is_none()) else { return wrong(&view) };
    let (now, by, name) = (site.clock.now(), reader.member.login.clone(), slug.to_string());
    let begin = move |c: &mut Conn| import::begin(c, now, &name, (&file.name, &file.bytes), &code, &by);
    let id = site.db.tx(begin).await?;
    Ok(Either::Left(see_other(&format!("/agency/packages/{slug}/imports/{id}"))))
}

/// `POST /agency/packages/{slug}/back`
pub async fn roll_back(visitor: Visitor, site: Data<Site>, slug: Path<String>, form: Submitted) -> Answer {
    let reader = Reader::of(&visitor, &site).await?;
    let known = Known::of(&reader, &site, &slug).await?;
    if !reader.may(Act::Integrate, &slug) && !reader.may(Act::Approve, &slug) {
        return Err(Failure::Refused);
    }
    // A button pressed twice goes back once.
    if known.numbered(State::Live).map(|number| number.to_string()).as_deref() != Some(form.get("live")) {
        return Ok(back_to(&slug, "changed"));
    }
    let (now, by, name) = (site.clock.now(), reader.by(), slug.to_string());
    let done = site.db.tx(move |c| releases::roll_back(c, now, &name, &by, "").map(|_| ())).await;
    Ok(back_to(&slug, outcome::said(done, "back")?))
}

/// `POST /agency/packages/{slug}/suspend`
pub async fn suspend(visitor: Visitor, site: Data<Site>, slug: Path<String>, form: Submitted) -> Answer {
    let reader = able_to_suspend(&visitor, &site, &slug).await?;
    let (now, by, name, why) = (site.clock.now(), reader.by(), slug.to_string(), form.get("why").to_owned());
    let done = site.db.tx(move |c| releases::suspend(c, now, &name, &by, &why)).await;
    Ok(back_to(&slug, outcome::said(done, "suspended")?))
}

/// `POST /agency/packages/{slug}/reopen`
pub async fn reopen(visitor: Visitor, site: Data<Site>, slug: Path<String>, form: Submitted) -> Answer {
    let reader = able_to_suspend(&visitor, &site, &slug).await?;
    let (now, by, name, why) = (site.clock.now(), reader.by(), slug.to_string(), form.get("why").to_owned());
    let done = site.db.tx(move |c| releases::reopen(c, now, &name, &by, &why)).await;
    Ok(back_to(&slug, outcome::said(done, "reopened")?))
}

async fn able_to_suspend(visitor: &Visitor, site: &Site, slug: &str) -> Result<Reader, Failure> {
    let reader = Reader::of(visitor, site).await?;
    Known::of(&reader, site, slug).await?;
    if reader.may(Act::Suspend, slug) { Ok(reader) } else { Err(Failure::Refused) }
}

/// `GET /agency/packages/{slug}/history`
pub async fn history(visitor: Visitor, site: Data<Site>, slug: Path<String>) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let known = Known::of(&reader, &site, &slug).await?;
    let (t, wanted) = (visitor.texts(), slug.to_string());
    let acts = site.db.read(move |c| releases::history(c, &wanted)).await?;
    Page::new(&HistoryView {
        name: known.name(t, &slug),
        slug: slug.to_string(),
        acts: acts.iter().map(|act: &ReleaseAct| DoneLine::of(t, act)).collect(),
        frame: visitor.frame(),
    })
}

//! `/admin/packages/{slug}/{number}`: a version before its reviewer.

use std::collections::BTreeSet;

use actix_web::{
    Either, HttpRequest,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::{Package, service::Status};
use yimen_tools::difference::{Change, Weight, Whom};

use super::{
    Reader, outcome,
    package::{Answer, Known},
    queue::approver,
    version::{acts_of, find},
};
use crate::{
    agencies::{
        VersionId,
        releases::{self, CheckReport, Release, ReleaseAct, ReleaseError, State},
        views::{
            packages::ReportView,
            review::{ChangeLine, ReviewView, SampleLine},
            words::{DoneLine, local, said, state},
        },
    },
    db::Conn,
    platform::Texts,
    web::{Failure, Page, Site, Submitted, Visitor, frame::Field, query, see_other},
};

/// So many samples are shown, and of each so much.
const SAMPLES: usize = 30;
const SAMPLE: usize = 4_000;

/// What a reviewer looks at.
struct Matter {
    known: Known,
    release: Release,
    package: Package,
    changes: Vec<Change>,
    report: Option<CheckReport>,
    acts: Vec<ReleaseAct>,
}

impl Matter {
    async fn of(reader: &Reader, site: &Site, slug: &str, number: i32) -> Result<Self, Failure> {
        let known = Known::of(reader, site, slug).await?;
        if !reader.reviews(slug) {
            return Err(Failure::Refused);
        }
        let release = find(&known, number)?.clone();
        let wanted = release.clone();
        let read = move |c: &mut Conn| {
            Ok::<_, ReleaseError>((
                releases::package(c, &wanted.slug, wanted.version)?,
                releases::changes(c, &wanted)?,
                releases::report(c, wanted.version)?,
                releases::history(c, &wanted.slug)?,
            ))
        };
        let (package, changes, report, acts) = match site.db.read(read).await {
            Ok(found) => found,
            Err(ReleaseError::Db(error)) => return Err(error.into()),
            Err(error) => return Err(Failure::broken(error)),
        };
        Ok(Self { known, release, package, changes, report, acts })
    }

    fn id(&self) -> VersionId {
        self.release.version
    }

    fn view(&self, visitor: &Visitor, site: &Site, reader: &Reader) -> Result<ReviewView, Failure> {
        let (t, release) = (visitor.texts(), &self.release);
        let login = reader.member.login.as_str();
        let own = release.uploaded_by == login || release.submitted_by.as_deref() == Some(login);
        let acts: Vec<&ReleaseAct> = acts_of(&self.acts, release.number).collect();
        let explained = acts.iter().find(|act| act.act == "submitted").map(|act| act.words.clone());
        let live = self.known.versions.iter().find(|other| other.state == State::Live);
        let compared = live.filter(|live| live.version != release.version);
        Ok(ReviewView {
            csrf: visitor.form_token(site)?,
            said: (own && release.state == State::Review).then(|| ("warn", t.pkg_said_own())),
            slug: release.slug.clone(),
            name: self.known.name(t, &release.slug),
            number: release.number,
            state: state(t, release.state),
            by: release.uploaded_by.clone(),
            at: local(release.uploaded_at),
            explained: explained.unwrap_or_default(),
            against: compared.map(|live| live.number),
            changes: self.changes.iter().map(|change| change_line(t, change)).collect(),
            report: self.report.as_ref().map(|report| ReportView::of(t, report)),
            samples: samples(&self.package),
            more_samples: self.package.samples.len().saturating_sub(SAMPLES),
            previews: previews(t, &self.package),
            decides: release.state == State::Review && !own,
            words: Field::new("words", t.pkg_words()).hint(t.pkg_words_hint()),
            acts: acts.into_iter().map(|act| DoneLine::of(t, act)).collect(),
            frame: visitor.frame(),
        })
    }
}

fn change_line(t: Texts, change: &Change) -> ChangeLine {
    ChangeLine {
        mark: releases::mark(change),
        breaks: change.weight == Weight::Breaks,
        ticked: false,
        missing: false,
        weight: match change.weight {
            Weight::Breaks => ("danger", t.pkg_weight_breaks()),
            Weight::Notable => ("warn", t.pkg_weight_notable()),
            Weight::Plain => ("plain", t.pkg_weight_plain()),
        },
        whom: match change.whom {
            Whom::People => t.pkg_whom_people(),
            Whom::Backend => t.pkg_whom_backend(),
            Whom::Operator => t.pkg_whom_operator(),
        },
        subject: change.subject.clone(),
        message: change.message.clone(),
    }
}

fn samples(package: &Package) -> Vec<SampleLine> {
    let line = |(file, sample): (&String, _)| {
        let text = serde_json::to_string_pretty(sample).unwrap_or_default();
        SampleLine { file: file.clone(), text: text.chars().take(SAMPLE).collect() }
    };
    package.samples.iter().take(SAMPLES).map(line).collect()
}

fn previews(t: Texts, package: &Package) -> Vec<(String, String)> {
    let online = package.services.iter().filter(|service| service.status == Status::Online);
    online.map(|service| (service.code.clone(), t.say(&service.name).text.to_owned())).collect()
}

/// What a version says, for whoever may review it: the pages that it would make are shown elsewhere.
pub async fn reviewed(visitor: &Visitor, site: &Site, slug: &str, number: i32) -> Result<Package, Failure> {
    let reader = approver(visitor, site).await?;
    let known = Known::of(&reader, site, slug).await?;
    if !reader.reviews(slug) {
        return Err(Failure::Refused);
    }
    let (version, slug) = (find(&known, number)?.version, slug.to_owned());
    let read = site.db.read(move |c| releases::package(c, &slug, version)).await;
    read.map_err(|error| match error {
        ReleaseError::Db(error) => error.into(),
        error => Failure::broken(error),
    })
}

pub async fn review_page(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, i32)>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let reader = approver(&visitor, &site).await?;
    let (slug, number) = path.into_inner();
    let matter = Matter::of(&reader, &site, &slug, number).await?;
    let mut view = matter.view(&visitor, &site, &reader)?;
    let told = query(&request, "said").and_then(|word| said(visitor.texts(), &word));
    view.said = told.or(view.said);
    Page::new(&view)
}

/// `POST /admin/packages/{slug}/{number}`
pub async fn decide_review(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, i32)>,
    form: Submitted,
) -> Answer {
    let reader = approver(&visitor, &site).await?;
    let (slug, number) = path.into_inner();
    let matter = Matter::of(&reader, &site, &slug, number).await?;
    let approves = match form.get("decision") {
        "approve" => true,
        "return" => false,
        _ => return Err(Failure::BadRequest),
    };
    let ticked: BTreeSet<String> = form.all("agree").map(str::to_owned).collect();
    let (now, by, id, words) = (site.clock.now(), reader.by(), matter.id(), form.get("words").to_owned());
    let agreed = ticked.clone();
    let decide = move |c: &mut Conn| {
        if approves {
            releases::approve(c, now, id, &by, &agreed, &words)
        } else {
            releases::give_back(c, now, id, &by, &words)
        }
    };
    let done = site.db.tx(decide).await;
    let t = visitor.texts();
    let mut view = matter.view(&visitor, &site, &reader)?;
    form.get("words").clone_into(&mut view.words.value);
    match &done {
        Err(ReleaseError::Unticked(missing)) => {
            let missing: BTreeSet<String> = missing.iter().map(releases::mark).collect();
            for change in &mut view.changes {
                change.ticked = ticked.contains(&change.mark);
                change.missing = missing.contains(&change.mark);
            }
        }
        Err(ReleaseError::NoReason) => view.words.error = Some(t.pkg_said_no_reason().to_owned()),
        _ => {
            let word = outcome::said(done, if approves { "approved" } else { "returned" })?;
            return Ok(Either::Left(see_other(&format!("/admin/packages/{slug}/{number}?said={word}"))));
        }
    }
    Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

//! `/agency/packages/{slug}/versions/{number}`: one version, how far it is, and the next step.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{Reader, outcome, package::Known};
use crate::{
    accounts::staff::Act,
    agencies::{
        releases::{self, Release, ReleaseAct, ReleaseError, State, Step},
        views::{
            packages::{ReportView, VersionRights, VersionView},
            words::{DoneLine, local, phase, said, state},
        },
    },
    db::{Conn, DbError},
    web::{Failure, Page, Site, Submitted, Visitor, query, see_other},
};

pub async fn version_page(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, i32)>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let (slug, number) = path.into_inner();
    let known = Known::of(&reader, &site, &slug).await?;
    let release = find(&known, number)?;
    let (t, id, wanted) = (visitor.texts(), release.version, slug.clone());
    let read =
        move |c: &mut Conn| Ok::<_, DbError>((releases::report(c, id)?, releases::history(c, &wanted)?));
    let (report, acts) = site.db.read(read).await?;
    let candidate = known.standing.as_ref().and_then(|standing| standing.candidate);
    let running = phase(t, release.phase).filter(|_| release.state == State::Draft);
    Page::new(&VersionView {
        csrf: visitor.form_token(&site)?,
        said: query(&request, "said").and_then(|word| said(t, &word)),
        name: known.name(t, &slug),
        number,
        state: state(t, release.state),
        fingerprint: release.fingerprint.clone(),
        by: release.uploaded_by.clone(),
        at: local(release.uploaded_at),
        report: report.filter(|_| running.is_none()).map(|report| ReportView::of(t, &report)),
        running,
        may: rights(&reader, release),
        percent: candidate.filter(|it| it.version == release.version).map(|it| it.percent),
        stable: known.standing.is_some(),
        acts: acts_of(&acts, number).map(|act| DoneLine::of(t, act)).collect(),
        slug,
        frame: visitor.frame(),
    })
}

pub(super) fn find(known: &Known, number: i32) -> Result<&Release, Failure> {
    known.versions.iter().find(|release| release.number == number).ok_or(Failure::NotFound)
}

pub(super) fn acts_of(acts: &[ReleaseAct], number: i32) -> impl Iterator<Item = &ReleaseAct> {
    acts.iter().filter(move |act| act.number == Some(number))
}

fn rights(reader: &Reader, release: &Release) -> VersionRights {
    let can = |step| release.state.after(step).is_some();
    let (integrates, approves) =
        (reader.may(Act::Integrate, &release.slug), reader.may(Act::Approve, &release.slug));
    let either = integrates || approves;
    VersionRights {
        recheck: integrates && can(Step::Recheck) && !release.phase.is_running(),
        submit: integrates && can(Step::Submit),
        release: either && can(Step::Release),
        live: either && can(Step::GoLive),
        withdraw: either && can(Step::Withdraw),
        review: reader.reviews(&release.slug) && release.state == State::Review,
    }
}

type Taken = Box<dyn FnOnce(&mut Conn) -> Result<(), ReleaseError> + Send>;

/// `POST …/step`: the next step of a version.
pub async fn version_step(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, i32)>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let (slug, number) = path.into_inner();
    let known = Known::of(&reader, &site, &slug).await?;
    let id = find(&known, number)?.version;
    let integrates = reader.may(Act::Integrate, &slug);
    let either = integrates || reader.may(Act::Approve, &slug);
    let (now, by, words) = (site.clock.now(), reader.by(), form.get("words").to_owned());
    let percent: u8 = form.get("percent").parse().unwrap_or(0);
    let (allowed, own, act): (bool, _, Taken) = match form.get("step") {
        "recheck" => (integrates, "recheck", Box::new(move |c| releases::recheck(c, now, id))),
        "submit" => (integrates, "submitted", Box::new(move |c| releases::submit(c, now, id, &by, &words))),
        "release" if (1..=99).contains(&percent) => {
            (either, "released", Box::new(move |c| releases::release(c, now, id, percent, &by)))
        }
        "live" => (either, "live", Box::new(move |c| releases::go_live(c, now, id, &by))),
        "withdraw" => (either, "withdrawn", Box::new(move |c| releases::withdraw(c, now, id, &by, &words))),
        _ => return Err(Failure::BadRequest),
    };
    if !allowed {
        return Err(Failure::Refused);
    }
    let word = outcome::said(site.db.tx(act).await, own)?;
    Ok(see_other(&format!("/agency/packages/{slug}/versions/{number}?said={word}")))
}

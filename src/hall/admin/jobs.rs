//! `/admin/jobs`: what waits in the queue, kind by kind, and what it gave up: to be tried once more, or thrown away by two
//! people's word. What a job carries is never shown: it may be somebody's own.

use std::collections::HashMap;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::{DateTime, TimeDelta};

use super::{administrator, local, word};
use crate::{
    accounts::staff::{Member, StaffError, record},
    db::{Conn, DbError},
    hall::views::{DeadJobView, DeadRow, JobsView, KindRow, WishRow},
    jobs::{self, Dead, Discard, DiscardError, JobId, Kind},
    platform::Texts,
    web::{
        Failure, IN_A_FILE, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field},
        query, see_other, sheet,
    },
};

const HERE: &str = "/admin/jobs";
const AT_ONCE: usize = 30;
/// For so long what is tried once more is tried. Whoever looked at it will look again.
const SECOND_LIFE: TimeDelta = TimeDelta::days(1);
/// In letters.
const REASON: usize = 300;

/// What came of a form, from the address that it led to.
fn said(t: Texts, request: &HttpRequest) -> Option<(&'static str, String)> {
    if let Some(count) = query(request, "again").and_then(|count| count.parse::<u64>().ok()) {
        return Some((if count > 0 { "ok" } else { "warn" }, t.jobs_said_again(count)));
    }
    let (kind, words) = match query(request, "said")?.as_str() {
        "asked" => ("ok", t.jobs_said_asked()),
        "discarded" => ("ok", t.jobs_said_discarded()),
        "kept" => ("ok", t.jobs_said_kept()),
        "gone" => ("warn", t.jobs_said_gone()),
        "same" => ("warn", t.jobs_said_same()),
        _ => return None,
    };
    Some((kind, words.to_owned()))
}

fn id_of(path: &str) -> Result<JobId, Failure> {
    path.parse().map_err(|_| Failure::NotFound)
}

fn kind_row(kind: &Kind) -> KindRow {
    KindRow {
        kind: kind.kind.clone(),
        waiting: kind.waiting,
        oldest: kind.oldest.map(local),
        later: kind.later,
        running: kind.running,
        dead: kind.dead,
    }
}

fn dead_row(job: Dead, asked_by: Option<String>) -> DeadRow {
    DeadRow {
        id: job.id.to_string(),
        url: format!("{HERE}/{}", job.id),
        made: local(job.made_at()),
        died: local(job.died_at()),
        kind: job.kind,
        attempts: job.attempts,
        reason: job.reason,
        asked_by,
    }
}

/// `GET /admin/jobs`
pub async fn queue(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    administrator(&visitor, &site).await?;
    let (t, now, part) = (visitor.texts(), site.clock.now(), Part::asked(&request, AT_ONCE));
    let kind = query(&request, "kind").map(|kind| word(&kind)).filter(|kind| !kind.is_empty());
    let asked = kind.clone();
    let read = move |c: &mut Conn| {
        let (dead, all) = jobs::dead_of(c, asked.as_deref(), part.stretch())?;
        let ids: Vec<JobId> = dead.iter().map(|job| job.id).collect();
        let wishes: HashMap<JobId, String> = jobs::asked_among(c, &ids)?.into_iter().collect();
        Ok::<_, DbError>((jobs::census(c, now)?, dead, all, wishes))
    };
    let (kinds, dead, all, mut wishes) = site.db.snapshot(read).await?;
    let kind = kind.unwrap_or_default();
    let with_dead = kinds.iter().filter(|one| one.dead > 0 || one.kind == kind);
    let choices = with_dead.map(|one| Choice::new(one.kind.clone(), one.kind.clone(), one.kind == kind));
    let choices = std::iter::once(Choice::new("", t.jobs_all_kinds(), kind.is_empty())).chain(choices);
    let pager = part.pager(usize::try_from(all).unwrap_or_default(), HERE, &[("kind", kind.clone())]);
    Page::new(&JobsView {
        csrf: visitor.form_token(&site)?,
        said: said(t, &request),
        kinds: kinds.iter().map(kind_row).collect(),
        choice: Field { required: true, ..Field::new("kind", t.jobs_kind()).choices(choices.collect()) },
        dead: dead
            .into_iter()
            .map(|job| {
                let by = wishes.remove(&job.id);
                dead_row(job, by)
            })
            .collect(),
        all,
        pager,
        kind,
        frame: visitor.frame(),
    })
}

/// `POST /admin/jobs/redrive`: one, or all of a kind. Whoever presses twice finds nothing left the second time.
pub async fn redrive(visitor: Visitor, site: Data<Site>, sent: Submitted) -> Result<HttpResponse, Failure> {
    let member = administrator(&visitor, &site).await?;
    let now = site.clock.now();
    let (id, kind) = (sent.get("id").to_owned(), word(sent.get("kind")));
    let taken = if id.is_empty() {
        let again = move |c: &mut Conn| {
            let taken = jobs::redrive_kind(c, now, &kind, SECOND_LIFE)?;
            if taken > 0 {
                record(c, now, Some(member.id), member.id, "jobs-redriven", &format!("{kind}: {taken}"))?;
            }
            Ok::<_, StaffError>(taken)
        };
        site.db.tx(again).await?
    } else {
        let id = id_of(&id)?;
        let again = move |c: &mut Conn| {
            let Some(job) = jobs::dead_one(c, id)? else { return Ok(0) };
            let taken = jobs::redrive(c, now, id, SECOND_LIFE)?;
            if taken {
                record(c, now, Some(member.id), member.id, "job-redriven", &named(&job))?;
            }
            Ok::<_, StaffError>(usize::from(taken))
        };
        site.db.tx(again).await?
    };
    Ok(see_other(&format!("{HERE}?again={taken}")))
}

/// A job as it stands in the record of what staff did.
fn named(job: &Dead) -> String {
    format!("{} {}", job.kind, job.id)
}

/// `GET /admin/jobs/{id}`
pub async fn dead_job(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let member = administrator(&visitor, &site).await?;
    let mut view = one(&visitor, &site, &member, id_of(&id)?).await?;
    view.said = said(visitor.texts(), &request);
    Page::new(&view)
}

async fn one(visitor: &Visitor, site: &Site, member: &Member, id: JobId) -> Result<DeadJobView, Failure> {
    let read = move |c: &mut Conn| Ok::<_, DbError>((jobs::dead_one(c, id)?, jobs::asked(c, id)?));
    let (job, wish) = site.db.read(read).await?;
    let t = visitor.texts();
    let why = Field::new("reason", t.jobs_reason()).hint(t.jobs_reason_hint());
    let wish_row = |wish: Discard| WishRow {
        own: wish.asked_by.eq_ignore_ascii_case(&member.login),
        seen: wish.asked_at().timestamp_micros().to_string(),
        at: local(wish.asked_at()),
        by: wish.asked_by,
        reason: wish.reason,
    };
    Ok(DeadJobView {
        csrf: visitor.form_token(site)?,
        said: None,
        job: dead_row(job.ok_or(Failure::NotFound)?, None),
        wish: wish.map(wish_row),
        why: Field { required: true, ..why },
        frame: visitor.frame(),
    })
}

/// What becomes of a wish, as the record of staff knows it: which of the two is missing is told in the address.
fn refused(error: DiscardError) -> StaffError {
    match error {
        DiscardError::Gone => StaffError::Unknown,
        DiscardError::SamePerson(_) => StaffError::NotAllowed,
        DiscardError::Db(error) => error.into(),
    }
}

/// `POST /admin/jobs/{id}`: somebody asks to throw it away, somebody else does it, or it is kept.
pub async fn dispose_of_job(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    sent: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let member = administrator(&visitor, &site).await?;
    let id = id_of(&id)?;
    let (now, by, login) = (site.clock.now(), member.id, member.login.clone());
    let (done, word) = match sent.get("act") {
        "ask" => {
            let reason = sent.get("reason").to_owned();
            if reason.is_empty() || reason.chars().count() > REASON {
                let mut view = one(&visitor, &site, &member, id).await?;
                view.why = view.why.value(reason).error(visitor.texts().jobs_reason_wrong());
                return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
            }
            let ask = move |c: &mut Conn| {
                let job = jobs::dead_one(c, id)?.ok_or(StaffError::Unknown)?;
                if jobs::ask_discard(c, now, id, (&login, &reason)).map_err(refused)? {
                    let detail = format!("{}: {reason}", named(&job));
                    record(c, now, Some(by), by, "job-discard-asked", &detail)?;
                }
                Ok::<_, StaffError>(())
            };
            (site.db.tx(ask).await, "asked")
        }
        "confirm" => {
            let seen = sent.get("seen").parse().ok().and_then(DateTime::from_timestamp_micros);
            let seen = seen.unwrap_or(DateTime::UNIX_EPOCH);
            let confirm = move |c: &mut Conn| {
                let job = jobs::dead_one(c, id)?.ok_or(StaffError::Unknown)?;
                let wish = jobs::confirm_discard(c, id, (&login, seen)).map_err(refused)?;
                let detail = format!("{}: {} ({})", named(&job), wish.reason, wish.asked_by);
                record(c, now, Some(by), by, "job-discarded", &detail)
            };
            (site.db.tx(confirm).await, "discarded")
        }
        "keep" => {
            let keep = move |c: &mut Conn| {
                let job = jobs::dead_one(c, id)?.ok_or(StaffError::Unknown)?;
                if jobs::keep(c, id)? {
                    record(c, now, Some(by), by, "job-discard-refused", &named(&job))?;
                }
                Ok::<_, StaffError>(())
            };
            (site.db.tx(keep).await, "kept")
        }
        _ => return Err(Failure::BadRequest),
    };
    let to = match done {
        Ok(()) if word == "discarded" => format!("{HERE}?said=discarded"),
        Ok(()) => format!("{HERE}/{id}?said={word}"),
        Err(StaffError::Unknown) => format!("{HERE}?said=gone"),
        Err(StaffError::NotAllowed) => format!("{HERE}/{id}?said=same"),
        Err(error) => return Err(error.into()),
    };
    Ok(Either::Left(see_other(&to)))
}

/// `POST /admin/jobs/dead.csv`: what was given up, of one kind or of all. That somebody took it away is on record.
pub async fn export_dead(
    visitor: Visitor,
    site: Data<Site>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let member = administrator(&visitor, &site).await?;
    let (now, kind) = (site.clock.now(), word(sent.get("kind")));
    let read = move |c: &mut Conn| {
        let asked = Some(kind.as_str()).filter(|kind| !kind.is_empty());
        let (dead, _) = jobs::dead_of(c, asked, IN_A_FILE)?;
        let detail = format!("dead-jobs {kind}: {}", dead.len());
        record(c, now, Some(member.id), member.id, "exported", &detail)?;
        Ok::<_, StaffError>(dead)
    };
    let dead = site.db.tx(read).await?;
    let t = visitor.texts();
    let heads = [t.jobs_died(), t.jobs_kind(), t.jobs_why(), t.jobs_attempts(), t.jobs_made(), t.jobs_id()];
    let row = |job: Dead| {
        vec![
            local(job.died_at()).to_string(),
            job.kind.clone(),
            job.reason.clone(),
            job.attempts.to_string(),
            local(job.made_at()).to_string(),
            job.id.to_string(),
        ]
    };
    let heads = std::iter::once(Vec::from(heads.map(str::to_owned)));
    sheet("dead-jobs", heads.chain(dead.into_iter().map(row)))
}

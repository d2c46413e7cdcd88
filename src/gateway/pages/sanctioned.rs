//! `/admin/sanctions`: every sanction in force and over, against the agencies of the reader; as a file as well.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::proposals::url_of;
use crate::{
    accounts::staff::{Act, StaffError, record},
    agencies::pages::Reader,
    db::{Conn, DbError},
    gateway::{
        grave,
        sanction_list::{self, Wanted},
        sanctions::{Grade, Sanction},
        views::{SanctionRow, SanctionsView, WaitingLine, grade_name, local},
    },
    platform::{Moment, Texts},
    web::{
        Failure, IN_A_FILE, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field},
        query, sheet,
    },
};

const HERE: &str = "/admin/sanctions";
const AT_ONCE: usize = 50;

/// What is asked for, and the agencies that are the reader's.
async fn wanted(
    visitor: &Visitor,
    site: &Site,
    asked: impl Fn(&str) -> String,
) -> Result<(Reader, Vec<String>, Wanted), Failure> {
    let reader = Reader::of(visitor, site).await?;
    if !reader.allowed_here(Act::Approve) {
        return Err(Failure::Refused);
    }
    let mut theirs = reader.agencies(site).await?;
    theirs.retain(|slug| reader.may(Act::Approve, slug));
    let one = Some(asked("agency")).filter(|slug| theirs.contains(slug));
    let wanted = Wanted {
        agencies: one.map_or_else(|| theirs.clone(), |slug| vec![slug]),
        grade: Grade::named(&asked("grade")),
        in_force: match asked("stand").as_str() {
            "in-force" => Some(true),
            "over" => Some(false),
            _ => None,
        },
        oldest_first: asked("sort") == "oldest",
    };
    Ok((reader, theirs, wanted))
}

/// The same as pairs of an address or a form.
fn pairs(wanted: &Wanted) -> Vec<(&'static str, String)> {
    let one = if let [only] = wanted.agencies.as_slice() { only.clone() } else { String::new() };
    let stand = match wanted.in_force {
        Some(true) => "in-force",
        Some(false) => "over",
        None => "",
    };
    vec![
        ("agency", one),
        ("grade", wanted.grade.map_or("", Grade::tag).to_owned()),
        ("stand", stand.to_owned()),
        ("sort", if wanted.oldest_first { "oldest" } else { "newest" }.to_owned()),
    ]
}

fn filters(t: Texts, theirs: &[String], hidden: &[(&'static str, String)]) -> Vec<Field> {
    let is = |name: &str| hidden.iter().find(|(one, _)| *one == name).map_or("", |(_, value)| value.as_str());
    let field = |name: &'static str, label: &str, some: Vec<(&str, &str)>| {
        let choice = |(value, words): (&str, &str)| Choice::new(value, words, is(name) == value);
        Field::new(name, label).choices(some.into_iter().map(choice).collect())
    };
    let every = || std::iter::once(("", t.quality_everything()));
    let agencies = every().chain(theirs.iter().map(|slug| (slug.as_str(), slug.as_str())));
    let grades = every().chain(Grade::ALL.map(|grade| (grade.tag(), grade_name(t, grade))));
    let stands = every().chain([("in-force", t.sanction_in_force()), ("over", t.sanction_over())]);
    vec![
        field("agency", t.quality_agency(), agencies.collect()),
        field("grade", t.sanction_grade(), grades.collect()),
        field("stand", t.rules_state(), stands.collect()),
        field("sort", t.audit_order(), vec![("newest", t.audit_newest()), ("oldest", t.audit_oldest())]),
    ]
}

fn row(t: Texts, now: Moment, one: &Sanction) -> SanctionRow {
    SanctionRow {
        slug: one.agency.clone(),
        grade: grade_name(t, one.grade()),
        in_force: one.is_in_force(now),
        at_once: one.at_once,
        reason: one.reason.clone(),
        by: one.imposed_by.clone(),
        at: local(one.imposed_at()),
        ends_at: one.ends_at().map(local),
        lifted: one.lifted_by.clone().zip(one.lifted_at().map(local)),
    }
}

/// `GET /admin/sanctions`
pub async fn sanctions_list(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let asked = |name: &str| query(&request, name).unwrap_or_default();
    let (_, theirs, wanted) = wanted(&visitor, &site, asked).await?;
    let (t, now, part) = (visitor.texts(), site.clock.now(), Part::asked(&request, AT_ONCE));
    let hidden = pairs(&wanted);
    let read = move |c: &mut Conn| {
        let found = sanction_list::list(c, now, &wanted, part.stretch())?;
        Ok::<_, DbError>((found, grave::waiting(c)?))
    };
    let ((rows, all), waiting) = site.db.read(read).await?;
    let waiting = waiting.iter().filter(|one| theirs.contains(&one.agency)).map(|one| WaitingLine {
        slug: one.agency.clone(),
        grade: grade_name(t, one.grade()),
        by: one.proposed_by.clone(),
        at: local(one.proposed_at()),
        url: url_of(one),
    });
    let all = usize::try_from(all).unwrap_or_default();
    Page::new(&SanctionsView {
        csrf: visitor.form_token(&site)?,
        waiting: waiting.collect(),
        filters: filters(t, &theirs, &hidden),
        rows: rows.iter().map(|one| row(t, now, one)).collect(),
        all,
        pager: part.pager(all, HERE, &hidden),
        hidden,
        frame: visitor.frame(),
    })
}

/// `POST /admin/sanctions.csv`: the same list as a file. That somebody took it away is on record.
pub async fn export_sanctions(
    visitor: Visitor,
    site: Data<Site>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (reader, _, wanted) = wanted(&visitor, &site, |name| sent.get(name).to_owned()).await?;
    let (t, now, by) = (visitor.texts(), site.clock.now(), reader.member.id);
    let taken = move |c: &mut Conn| {
        let (rows, _) = sanction_list::list(c, now, &wanted, IN_A_FILE)?;
        let words = pairs(&wanted).into_iter().map(|(_, word)| word).filter(|word| !word.is_empty());
        let detail = format!("sanctions {}: {}", words.collect::<Vec<_>>().join(" "), rows.len());
        record(c, now, Some(by), by, "exported", &detail)?;
        Ok::<_, StaffError>(rows)
    };
    let rows = site.db.tx(taken).await?;
    let heads = [
        t.quality_agency(),
        t.sanction_grade(),
        t.rules_state(),
        t.sanction_reason(),
        t.sanction_by(),
        t.audit_at(),
        t.sanction_ends(),
        t.sanction_lifted(),
    ];
    let heads = std::iter::once(Vec::from(heads.map(str::to_owned)));
    sheet("sanctions", heads.chain(rows.iter().map(|one| cells(t, row(t, now, one)))))
}

fn cells(t: Texts, row: SanctionRow) -> Vec<String> {
    let stand = if row.in_force { t.sanction_in_force() } else { t.sanction_over() };
    vec![
        row.slug,
        row.grade.to_owned(),
        stand.to_owned(),
        row.reason,
        row.by,
        row.at.to_string(),
        row.ends_at.map(|at| at.to_string()).unwrap_or_default(),
        row.lifted.map(|(by, at)| format!("{by} {at}")).unwrap_or_default(),
    ]
}

//! `/staff/circulars`: what one's branch says to its people, and saying something.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{
    able, present_member,
    roster::{branch_name, called},
    shown, step,
};
use crate::{
    accounts::staff::{
        self, Act, Branch, Member, StaffError,
        circular::{self, Circular, CircularId},
        may,
        views::{CircularLine, CircularView, CircularsView, ReachLine},
    },
    db::{Conn, DbError},
    platform::{Moment, clock::CITY_ZONE},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        query, see_other,
    },
};

const HERE: &str = "/staff/circulars";
/// In letters.
const TITLE: usize = 100;
const BODY: usize = 10_000;

fn local(at: Moment) -> chrono::NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

/// Whoever is at work, and whether they manage people.
async fn worker(visitor: &Visitor, site: &Site) -> Result<(Member, bool), Failure> {
    let (member, signed) = present_member(visitor, site).await?;
    let manages = may(&signed, Act::ManagePeople, &member.branch()).is_ok();
    Ok((member, manages))
}

/// `GET /staff/circulars`
pub async fn circulars(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let (member, manages) = worker(&visitor, &site).await?;
    let read = move |c: &mut Conn| {
        let told = circular::told(c, &member)?;
        let said = if manages { circular::said(c, &member)? } else { Vec::new() };
        Ok::<_, DbError>((told, said, staff::branches_in(c, &Branch::city())?))
    };
    let (told, said, branches) = site.db.read(read).await?;
    let branches = called(&site, visitor.texts(), branches);
    let line = |one: &Circular, read: bool| CircularLine {
        url: format!("{HERE}/{}", one.id),
        title: one.title.clone(),
        branch: branch_name(&branches, &one.branch()),
        said: local(one.said_at.moment()),
        read,
        taken_back: one.is_taken_back(),
    };
    let t = visitor.texts();
    let done = match query(&request, "said").as_deref() {
        Some("said") => Some(("ok", t.circular_said_said().to_owned())),
        Some("read") => Some(("ok", t.circular_said_read().to_owned())),
        Some("back") => Some(("ok", t.circular_said_back().to_owned())),
        _ => None,
    };
    Page::new(&CircularsView {
        done,
        manages,
        told: told.iter().map(|(one, read)| line(one, *read)).collect(),
        said: said.iter().map(|one| line(one, true)).collect(),
        frame: visitor.frame(),
    })
}

/// `GET /staff/circulars/{id}`
pub async fn circular(visitor: Visitor, site: Data<Site>, id: Path<String>) -> Result<Page, Failure> {
    let (member, manages) = worker(&visitor, &site).await?;
    let id: CircularId = id.parse().map_err(|_| Failure::NotFound)?;
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let read = move |c: &mut Conn| {
        let one = circular::one(c, &member, manages, id)?;
        let is_read = circular::is_read(c, &member, id)?;
        let is_mine = one.branch().contains(&member.branch()) && !one.is_taken_back();
        let manages = manages && member.branch().contains(&one.branch());
        let reach = if manages { circular::reach(c, now, &one)? } else { Vec::new() };
        let author = staff::by_id(c, one.author)?.map(|author| author.name(&ring)).transpose()?;
        let branches = staff::branches_in(c, &Branch::city())?;
        Ok::<_, StaffError>((one, is_read, is_mine, manages, reach, author, branches))
    };
    let (one, is_read, is_mine, manages, reach, author, branches) = site.db.read(read).await?;
    let branches = called(&site, visitor.texts(), branches);
    let line =
        |reach: circular::Reach| ReachLine { name: reach.name, people: reach.people, read: reach.read };
    Page::new(&CircularView {
        csrf: visitor.form_token(&site)?,
        action: format!("{HERE}/{id}"),
        title: one.title.clone(),
        paragraphs: one
            .body
            .split('\n')
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        author: author.unwrap_or_default(),
        branch: branch_name(&branches, &one.branch()),
        said: local(one.said_at.moment()),
        taken_back: one.is_taken_back(),
        to_confirm: is_mine && !is_read,
        confirmed: is_mine && is_read,
        may_take_back: manages && !one.is_taken_back(),
        reach: reach.into_iter().map(line).collect(),
        frame: visitor.frame(),
    })
}

/// `POST /staff/circulars/{id}`: confirms it, or takes it back.
pub async fn act(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (member, manages) = worker(&visitor, &site).await?;
    let id: CircularId = id.parse().map_err(|_| Failure::NotFound)?;
    let now = site.clock.now();
    let said = match sent.get("act") {
        "read" => {
            site.db.tx(move |c: &mut Conn| circular::read(c, now, &member, id)).await?;
            "read"
        }
        "take-back" if manages => {
            site.db.tx(move |c: &mut Conn| circular::take_back(c, now, &member, id)).await?;
            "back"
        }
        "take-back" => return Err(Failure::Refused),
        _ => return Err(Failure::NotFound),
    };
    Ok(see_other(&format!("{HERE}?said={said}")))
}

fn form(
    visitor: &Visitor,
    site: &Site,
    branches: &[(Branch, String)],
    typed: &Submitted,
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, &format!("{HERE}/new"), t.circular_new())?;
    view.lead = vec![t.circular_new_lead().to_owned()];
    let branches = called(site, t, branches.to_vec());
    let only = branches.len() == 1;
    let units = branches.iter().map(|(branch, name)| {
        Choice::new(branch.as_str(), name, only || typed.get("branch") == branch.as_str())
    });
    let needed = |name, label: &str| Field { required: true, ..Field::new(name, label) };
    view.inputs = vec![
        Input::new("radio", needed("branch", t.circular_for()).choices(units.collect())),
        Input::new("text", needed("title", t.circular_title()).value(typed.get("title"))),
        Input::new("long", needed("body", t.circular_body()).value(typed.get("body"))),
    ];
    t.circular_say().clone_into(&mut view.submit);
    Ok(view)
}

/// `GET /staff/circulars/new`
pub async fn new_circular(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let me = able(&visitor, &site, Act::ManagePeople).await?;
    let branches = site.db.read(move |c| staff::branches_in(c, &me.branch())).await?;
    shown(&form(&visitor, &site, &branches, &Submitted::default())?)
}

/// `POST /staff/circulars/new`
pub async fn say(
    visitor: Visitor,
    site: Data<Site>,
    typed: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let me = able(&visitor, &site, Act::ManagePeople).await?;
    let mine = me.branch();
    let branches = site.db.read(move |c| staff::branches_in(c, &mine)).await?;
    let t = visitor.texts();
    let mut view = form(&visitor, &site, &branches, &typed)?;
    let branch =
        branches.iter().map(|(branch, _)| branch).find(|branch| branch.as_str() == typed.get("branch"));
    if branch.is_none() {
        view.wrong("branch", t.form_choose_one());
    }
    let (title, body) = (typed.get("title").to_owned(), typed.get("body").to_owned());
    for (name, text, most) in [("title", &title, TITLE), ("body", &body, BODY)] {
        if text.is_empty() || text.chars().count() > most {
            view.wrong(name, &t.circular_wrong(most));
        }
    }
    let Some(branch) = branch.cloned().filter(|_| !view.is_wrong()) else {
        return shown(&view).map(Either::Right);
    };
    let now = site.clock.now();
    site.db.tx(move |c: &mut Conn| circular::say(c, now, &me, &branch, (&title, &body))).await?;
    Ok(Either::Left(see_other(&format!("{HERE}?said=said"))))
}

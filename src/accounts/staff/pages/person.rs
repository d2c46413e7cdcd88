//! `/admin/people/{id}`: one member of staff, what they hold, and letting them go.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{
    able,
    roster::{branch_name, called, invitation_link, read_standing, standing_inputs},
};
use crate::{
    accounts::staff::{
        self, Act, Handovers, Member, StaffError,
        views::{MemberView, Said, history_words, kind_name, role_name, state_name},
    },
    db::Stamp,
    ledger::StaffId,
    platform::{Texts, clock::CITY_ZONE},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Dates as _, Field},
        query, see_other,
    },
};

pub async fn person(
    visitor: Visitor,
    site: Data<Site>,
    handovers: Data<Handovers>,
    id: Path<StaffId>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let me = able(&visitor, &site, Act::SeePeople).await?;
    let mut view = view(&visitor, &site, &handovers, &me, *id).await?;
    let t = visitor.texts();
    view.said = match query(&request, "said").as_deref() {
        Some("changed") => Some(Said { words: t.staff_said_changed(), warn: false }),
        Some("handed") => Some(Said { words: t.staff_said_handed(), warn: false }),
        Some("ended") => Some(Said { words: t.staff_said_ended(), warn: false }),
        Some("holding") => Some(Said { words: t.staff_said_holding(), warn: true }),
        Some("term") => Some(Said { words: t.staff_until_needed(), warn: true }),
        _ => None,
    };
    Page::new(&view)
}

async fn view(
    visitor: &Visitor,
    site: &Site,
    handovers: &Data<Handovers>,
    me: &Member,
    id: StaffId,
) -> Result<MemberView, Failure> {
    let (branch, handovers) = (me.branch(), handovers.clone());
    let (member, held, branches, colleagues, history) = site
        .db
        .read(move |c| {
            Ok::<_, StaffError>((
                staff::one_of(c, &branch, id)?,
                staff::held(c, &handovers, id)?,
                staff::branches_in(c, &branch)?,
                staff::in_branch(c, &branch)?,
                staff::history(c, &branch, id)?,
            ))
        })
        .await?;
    let (t, now) = (visitor.texts(), site.clock.now());
    let branches = called(site, t, branches);
    let others = colleagues.iter().filter(|one| one.id != id && one.may_be_given_work(now));
    let others: Result<Vec<_>, StaffError> =
        others.map(|one| Ok(Choice::new(one.id.to_string(), one.name(&site.keys)?, false))).collect();
    Ok(MemberView {
        csrf: visitor.form_token(site)?,
        frame: visitor.frame(),
        said: None,
        id: member.id.to_string(),
        name: member.name(&site.keys)?,
        login: member.login.clone(),
        role: role_name(t, member.role()),
        branch: branch_name(&branches, &member.branch()),
        state: state_name(t, &member, now),
        held: held.iter().map(|held| (kind_name(t, &held.kind).to_owned(), held.count)).collect(),
        manages: me.id != member.id && me.role().may_give(member.role()) && member.state != "ended",
        history: history.iter().map(|act| (history_words(t, &act.act), moment(t, act.at))).collect(),
        inputs: standing_inputs(t, me, &branches, Some(&member)),
        successor: Field { required: true, ..Field::new("to", t.staff_successor()).choices(others?) },
    })
}

fn moment(t: Texts, at: Stamp) -> String {
    t.moment(&at.moment().with_timezone(&CITY_ZONE).naive_local())
}

fn back(id: StaffId, said: &str) -> HttpResponse {
    see_other(&format!("/admin/people/{id}?said={said}"))
}

pub async fn change(
    visitor: Visitor,
    site: Data<Site>,
    handovers: Data<Handovers>,
    id: Path<StaffId>,
    form: Submitted,
) -> Result<actix_web::Either<HttpResponse, Page>, Failure> {
    let me = able(&visitor, &site, Act::ManagePeople).await?;
    let mut view = view(&visitor, &site, &handovers, &me, *id).await?;
    let Some((role, branch, ends_at)) = read_standing(visitor.texts(), &form, &mut view.inputs) else {
        let page = Page::new(&view)?.status(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(actix_web::Either::Right(page));
    };
    let (now, id) = (site.clock.now(), *id);
    let said = match site.db.tx(move |c| staff::change(c, now, &me, id, role, &branch, ends_at)).await {
        Ok(()) => "changed",
        Err(StaffError::Term) => "term",
        Err(error) => return Err(error.into()),
    };
    Ok(actix_web::Either::Left(back(id, said)))
}

pub async fn hand_over(
    visitor: Visitor,
    site: Data<Site>,
    handovers: Data<Handovers>,
    id: Path<StaffId>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let me = able(&visitor, &site, Act::ManagePeople).await?;
    let to: StaffId = form.get("to").parse().map_err(|_| Failure::NotFound)?;
    let (now, id) = (site.clock.now(), *id);
    site.db.tx(move |c| staff::hand_over(c, &handovers, now, &me, id, to)).await?;
    Ok(back(id, "handed"))
}

/// Ends the account, unless it still holds work.
pub async fn end(
    visitor: Visitor,
    site: Data<Site>,
    handovers: Data<Handovers>,
    id: Path<StaffId>,
    _form: Submitted,
) -> Result<HttpResponse, Failure> {
    let me = able(&visitor, &site, Act::ManagePeople).await?;
    let (now, id) = (site.clock.now(), *id);
    match site.db.tx(move |c| staff::end(c, &handovers, now, &me, id)).await {
        Ok(()) => Ok(back(id, "ended")),
        Err(StaffError::StillHolding) => Ok(back(id, "holding")),
        Err(error) => Err(error.into()),
    }
}

/// A new invitation for somebody who lost password or app.
pub async fn again(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<StaffId>,
    _form: Submitted,
) -> Result<Page, Failure> {
    let me = able(&visitor, &site, Act::ManagePeople).await?;
    let (now, id, branch) = (site.clock.now(), *id, me.branch());
    let (member, token) = site
        .db
        .tx(move |c| {
            let token = staff::invite_again(c, now, &me, id)?;
            Ok::<_, StaffError>((staff::one_of(c, &branch, id)?, token))
        })
        .await?;
    invitation_link(&visitor, &site, &member.name(&site.keys)?, &token)
}

//! Inviting people to work in one's branch, and the units of it.

use std::sync::Arc;

use actix_web::{Either, HttpResponse, web::Data};
use chrono::NaiveDate;

use super::{able, refusal, shown, step};
use crate::{
    accounts::{
        PersonName,
        acting::beginning,
        staff::{
            self, Act, Branch, Invitation, Member, Role, StaffError,
            views::{LinkView, role_name},
        },
    },
    platform::{Moment, Texts},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        see_other,
    },
};

type Answer = Result<Either<HttpResponse, Page>, Failure>;

/// Branches as people call them. Where somebody added one without a name its code stands in its place, which an agency's own
/// name takes.
pub(super) fn called(site: &Site, t: Texts, branches: Vec<(Branch, String)>) -> Vec<(Branch, String)> {
    let call = |(branch, name): (Branch, String)| {
        let bare = name.trim_matches('/');
        if bare != branch.as_str().trim_matches('/') && bare != branch.last() {
            return (branch, name);
        }
        let known = if branch == Branch::city() {
            Some(site.chrome.city().name.clone())
        } else {
            site.chrome.agency(branch.last())
        };
        let name = known.map_or(name, |known| t.say(&known).text.to_owned());
        (branch, name)
    };
    branches.into_iter().map(call).collect()
}

pub(super) fn branch_name(branches: &[(Branch, String)], branch: &Branch) -> String {
    let found = branches.iter().find(|(known, _)| known == branch);
    found.map_or_else(|| branch.to_string(), |(_, name)| name.clone())
}

/// A branch below one's own.
pub async fn add_unit(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let me = able(&visitor, &site, Act::ManagePeople).await?;
    let code = format!("{}{}", me.branch(), form.get("unit"));
    let branch = Branch::parse(&code).filter(|branch| me.branch().contains(branch) && *branch != me.branch());
    let (Some(branch), name) = (branch, form.get("unit_name").to_owned()) else {
        return Ok(see_other("/admin/people?said=unit"));
    };
    if name.is_empty() || name.chars().count() > 100 {
        return Ok(see_other("/admin/people?said=unit"));
    }
    let now = site.clock.now();
    site.db
        .tx(move |c| {
            // A branch hangs on one that is there: no gaps in the tree.
            let parent = branch.parent().ok_or(StaffError::Unknown)?;
            if staff::branches_in(c, &me.branch())?.iter().all(|(known, _)| *known != parent) {
                return Err(StaffError::Unknown);
            }
            Ok::<_, StaffError>(staff::add_branch(c, now, &me.branch(), &branch, &name)?)
        })
        .await?;
    Ok(see_other("/admin/people"))
}

/// Role, branch and end as a form asks for them: shared by inviting and changing.
pub(super) fn standing_inputs(
    t: Texts,
    me: &Member,
    branches: &[(Branch, String)],
    of: Option<&Member>,
) -> Vec<Input> {
    let now = of.map(Member::role);
    let roles = Role::ALL.into_iter().filter(|role| me.role().may_give(*role));
    let roles = roles.map(|role| Choice::new(role.tag(), role_name(t, role), now == Some(role)));
    let here = of.map_or_else(|| me.branch(), Member::branch);
    let units = branches.iter().map(|(branch, name)| {
        // Two of one name are told apart by their codes.
        let namesake = branches.iter().any(|(other, also)| also == name && other != branch);
        let label = if namesake { format!("{name} {branch}") } else { name.clone() };
        Choice::new(branch.as_str(), label, *branch == here)
    });
    let until = of.and_then(Member::ends_at).map(|at| crate::platform::clock::city_day(at).pred_opt());
    let until = until.flatten().map(|day| day.to_string()).unwrap_or_default();
    vec![
        Input::new("radio", Field::new("role", t.staff_role()).choices(roles.collect())),
        Input::new("radio", Field::new("branch", t.staff_branch()).choices(units.collect())),
        Input::new("date", Field::new("until", t.staff_until()).hint(t.staff_until_hint()).value(until)),
    ]
}

/// What [`standing_inputs`] brought back. What is wrong is said beside its field.
pub(super) fn read_standing(
    t: Texts,
    form: &Submitted,
    inputs: &mut [Input],
) -> Option<(Role, Branch, Option<Moment>)> {
    for input in inputs.iter_mut() {
        let given = form.get(&input.field.name);
        if input.field.choices.is_empty() {
            given.clone_into(&mut input.field.value);
        }
        for choice in &mut input.field.choices {
            choice.chosen = choice.value == given;
        }
        let needs = !input.field.choices.is_empty();
        if needs && input.field.choices.iter().all(|choice| !choice.chosen) {
            input.field.error = Some(t.form_choose_one().to_owned());
        }
    }
    let until = form.get("until");
    let day = NaiveDate::parse_from_str(until, "%Y-%m-%d").ok();
    if let Some(input) =
        inputs.iter_mut().find(|input| input.field.name == "until" && !until.is_empty() && day.is_none())
    {
        input.field.error = Some(t.staff_until_wrong().to_owned());
    }
    if inputs.iter().any(|input| input.field.error.is_some()) {
        return None;
    }
    let ends = day.and_then(|day| day.succ_opt()).map(beginning);
    Some((Role::named(form.get("role"))?, Branch::parse(form.get("branch"))?, ends))
}

async fn invite_view(visitor: &Visitor, site: &Site, me: &Member) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let branch = me.branch();
    let branches = site.db.read(move |c| staff::branches_in(c, &branch)).await?;
    let branches = called(site, t, branches);
    let mut view = step(visitor, site, "/admin/people/invite", t.staff_invite_title())?;
    view.lead = vec![t.staff_invite_lead().to_owned()];
    let needed = |name, label: &str| Field { required: true, ..Field::new(name, label) };
    view.inputs = vec![
        Input::new("text", needed("name", t.staff_name())),
        Input::new("text", needed("login", t.staff_login()).hint(t.staff_login_hint())),
    ];
    view.inputs.extend(standing_inputs(t, me, &branches, None));
    t.staff_invite_submit().clone_into(&mut view.submit);
    Ok(view)
}

pub async fn invite_page(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let me = able(&visitor, &site, Act::ManagePeople).await?;
    shown(&invite_view(&visitor, &site, &me).await?)
}

/// The link is shown on the page itself, once: it stands nowhere, so there is no page to be led on to.
pub async fn invite(visitor: Visitor, site: Data<Site>, form: Submitted) -> Answer {
    let me = able(&visitor, &site, Act::ManagePeople).await?;
    let t = visitor.texts();
    let mut view = invite_view(&visitor, &site, &me).await?;
    let (words, standing) = view.inputs.split_at_mut(2);
    for input in words.iter_mut() {
        form.get(&input.field.name).clone_into(&mut input.field.value);
    }
    let name = PersonName::parse(form.get("name")).ok();
    if name.is_none() {
        words[0].field.error = Some(t.staff_name_wrong().to_owned());
    }
    let login = staff::login_name(form.get("login"));
    if login.is_none() {
        words[1].field.error = Some(t.staff_login_hint().to_owned());
    }
    let standing = read_standing(t, &form, standing);
    let (Some(name), Some(login), Some((role, branch, ends_at))) = (name, login, standing) else {
        return Ok(Either::Right(shown(&view)?));
    };
    let invitation = Invitation { login, name: name.as_str().to_owned(), role, branch, ends_at };
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let sent = invitation.clone();
    match site.db.tx(move |c| staff::invite(c, &ring, now, Some(&me), &sent)).await {
        Ok((_, token)) => Ok(Either::Right(invitation_link(&visitor, &site, &invitation.name, &token)?)),
        Err(error) => {
            let (at, words) = match refusal(error)? {
                StaffError::Taken => (1, t.staff_login_taken()),
                _ => (4, t.staff_until_needed()),
            };
            view.inputs[at].field.error = Some(words.to_owned());
            Ok(Either::Right(shown(&view)?))
        }
    }
}

pub(super) fn invitation_link(
    visitor: &Visitor,
    site: &Site,
    name: &str,
    token: &str,
) -> Result<Page, Failure> {
    let t = visitor.texts();
    Page::new(&LinkView {
        title: t.staff_invited_title(),
        lead: t.staff_invited_lead(name),
        link: format!("{}/staff/join?token={token}", site.origin()),
        back: ("/admin/people", t.staff_people_title()),
        frame: visitor.frame(),
    })
}

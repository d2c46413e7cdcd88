//! `/admin/people`: who works in one's branch; as a file as well.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{
    able,
    roster::{branch_name, called},
};
use crate::{
    accounts::staff::{
        self, Act, Branch, Member, Role, StaffError, record,
        views::{PeopleView, PersonLine, role_name, state_name},
    },
    platform::Texts,
    web::{
        Failure, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field},
        query, sheet,
    },
};

const HERE: &str = "/admin/people";
const AT_ONCE: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Branch,
    Login,
    Role,
}

impl Sort {
    const ALL: [Self; 3] = [Self::Branch, Self::Login, Self::Role];

    const fn tag(self) -> &'static str {
        match self {
            Self::Branch => "branch",
            Self::Login => "login",
            Self::Role => "role",
        }
    }
}

/// What is asked for. Words that nobody knows ask for everything.
#[derive(Debug, Clone)]
struct Wanted {
    role: Option<Role>,
    branch: Option<Branch>,
    sort: Sort,
}

impl Wanted {
    /// A branch of others asks for one's own.
    fn of(asked: impl Fn(&str) -> String, own: &Branch) -> Self {
        let (branch, sort) = (asked("branch"), asked("sort"));
        Self {
            role: Role::named(&asked("role")),
            branch: Branch::parse(&branch).filter(|one| !branch.is_empty() && own.contains(one)),
            sort: Sort::ALL.into_iter().find(|one| one.tag() == sort).unwrap_or(Sort::Branch),
        }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![
            ("role", self.role.map_or("", Role::tag).to_owned()),
            ("branch", self.branch.as_ref().map(Branch::to_string).unwrap_or_default()),
            ("sort", self.sort.tag().to_owned()),
        ]
    }

    fn has(&self, member: &Member) -> bool {
        self.role.is_none_or(|role| role == member.role())
            && self.branch.as_ref().is_none_or(|branch| branch.contains(&member.branch()))
    }

    fn filters(&self, t: Texts, branches: &[(Branch, String)]) -> Vec<Field> {
        let every = |chosen: bool| Choice::new("", t.quality_everything(), chosen);
        let roles =
            Role::ALL.map(|role| Choice::new(role.tag(), role_name(t, role), self.role == Some(role)));
        let units = branches
            .iter()
            .map(|(branch, name)| Choice::new(branch.as_str(), name, self.branch.as_ref() == Some(branch)));
        let sorts = [t.staff_branch(), t.staff_login(), t.staff_role()];
        let sorts = Sort::ALL.into_iter().zip(sorts);
        let sorts = sorts.map(|(sort, words)| Choice::new(sort.tag(), words, self.sort == sort));
        vec![
            Field::new("role", t.staff_role())
                .choices(std::iter::once(every(self.role.is_none())).chain(roles).collect()),
            Field::new("branch", t.staff_branch())
                .choices(std::iter::once(every(self.branch.is_none())).chain(units).collect()),
            Field::new("sort", t.audit_order()).choices(sorts.collect()),
        ]
    }
}

/// The branches of a reader, and the people in them that are asked for.
async fn found(
    (visitor, site): (&Visitor, &Site),
    me: &Member,
    wanted: &Wanted,
) -> Result<(Vec<(Branch, String)>, Vec<PersonLine>), Failure> {
    let (ring, now, branch) = (Arc::clone(&site.keys), site.clock.now(), me.branch());
    let (mut members, branches) = site
        .db
        .read(move |c| Ok::<_, StaffError>((staff::in_branch(c, &branch)?, staff::branches_in(c, &branch)?)))
        .await?;
    let t = visitor.texts();
    let branches = called(site, t, branches);
    members.retain(|member| wanted.has(member));
    match wanted.sort {
        // As they are read.
        Sort::Branch => {}
        Sort::Login => members.sort_by(|one, other| one.login.cmp(&other.login)),
        Sort::Role => members.sort_by_key(|member| Role::ALL.iter().position(|role| *role == member.role())),
    }
    let line = |member: &Member| {
        Ok::<_, StaffError>(PersonLine {
            id: member.id.to_string(),
            name: member.name(&ring)?,
            login: member.login.clone(),
            role: role_name(t, member.role()),
            branch: branch_name(&branches, &member.branch()),
            state: state_name(t, member, now),
        })
    };
    let lines: Result<Vec<_>, StaffError> = members.iter().map(line).collect();
    let lines = lines?;
    Ok((branches, lines))
}

/// `GET /admin/people`
pub async fn people(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let me = able(&visitor, &site, Act::SeePeople).await?;
    let wanted = Wanted::of(|name| query(&request, name).unwrap_or_default(), &me.branch());
    let (branches, lines) = found((&visitor, &site), &me, &wanted).await?;
    let (t, part, all, hidden) =
        (visitor.texts(), Part::asked(&request, AT_ONCE), lines.len(), wanted.pairs());
    Page::new(&PeopleView {
        csrf: visitor.form_token(&site)?,
        branch: branch_name(&branches, &me.branch()),
        filters: wanted.filters(t, &branches),
        people: part.of(lines),
        all,
        pager: part.pager(all, HERE, &hidden),
        hidden,
        branches: branches.into_iter().map(|(branch, name)| (branch.to_string(), name)).collect(),
        manages: me.role().may_give(Role::Helper),
        unit: Field {
            required: true,
            ..Field::new("unit", t.staff_unit_code()).hint(t.staff_unit_code_hint())
        },
        unit_name: Field { required: true, ..Field::new("unit_name", t.staff_unit_name()) },
        frame: visitor.frame(),
    })
}

/// `POST /admin/people.csv`: the same list as a file. That somebody took it away is on record.
pub async fn export_people(
    visitor: Visitor,
    site: Data<Site>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let me = able(&visitor, &site, Act::SeePeople).await?;
    let wanted = Wanted::of(|name| sent.get(name).to_owned(), &me.branch());
    let (_, lines) = found((&visitor, &site), &me, &wanted).await?;
    let (t, now, by) = (visitor.texts(), site.clock.now(), me.id);
    let detail = format!("people: {}", lines.len());
    site.db.tx(move |c| record(c, now, Some(by), by, "exported", &detail)).await?;
    let heads = [t.staff_name(), t.staff_login(), t.staff_role(), t.staff_branch(), t.rules_state()];
    let row = |line: PersonLine| {
        vec![line.name, line.login, line.role.to_owned(), line.branch, line.state.to_owned()]
    };
    let heads = std::iter::once(Vec::from(heads.map(str::to_owned)));
    sheet("people", heads.chain(lines.into_iter().map(row)))
}

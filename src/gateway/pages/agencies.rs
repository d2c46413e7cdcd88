//! `/admin/agencies`: what is the matter with whom; as a file as well.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web::Data};

use crate::{
    accounts::staff::{Act, record},
    agencies::pages::Reader,
    db::{Conn, DbError},
    gateway::{
        Gateway, LineState, maintenance, outages, sanctions, suspension,
        views::{AgenciesView, AgencyLine, grade_name},
    },
    platform::Texts,
    web::{
        Failure, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field},
        query, sheet,
    },
};

const HERE: &str = "/admin/agencies";
const AT_ONCE: usize = 100;

/// What is asked for. Words that nobody knows ask for everything, those with something the matter first.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    only_matters: bool,
    by_name: bool,
}

impl Wanted {
    fn of(asked: impl Fn(&str) -> String) -> Self {
        Self { only_matters: asked("stand") == "matter", by_name: asked("sort") == "name" }
    }

    fn pairs(self) -> Vec<(&'static str, String)> {
        let stand = if self.only_matters { "matter" } else { "" };
        let sort = if self.by_name { "name" } else { "matter" };
        vec![("stand", stand.to_owned()), ("sort", sort.to_owned())]
    }

    fn filters(self, t: Texts) -> Vec<Field> {
        let stand = vec![
            Choice::new("", t.quality_everything(), !self.only_matters),
            Choice::new("matter", t.admin_agencies_matter(), self.only_matters),
        ];
        let sort = vec![
            Choice::new("matter", t.admin_agencies_matter_first(), !self.by_name),
            Choice::new("name", t.admin_agencies_by_name(), self.by_name),
        ];
        vec![
            Field::new("stand", t.rules_state()).choices(stand),
            Field::new("sort", t.audit_order()).choices(sort),
        ]
    }
}

/// The reader's agencies, each with what is the matter with it.
async fn lines(
    (visitor, site, gateway): (&Visitor, &Site, &Gateway),
    wanted: Wanted,
) -> Result<(Reader, Vec<AgencyLine>), Failure> {
    let reader = Reader::of(visitor, site).await?;
    if !reader.allowed_here(Act::Approve) {
        return Err(Failure::Refused);
    }
    let (t, now) = (visitor.texts(), site.clock.now());
    let slugs = reader.agencies(site).await?;
    let read = move |c: &mut Conn| {
        let known = (outages::ordered(c, now)?, suspension::all(c)?, sanctions::grades(c, now)?);
        Ok::<_, DbError>((known, maintenance::unrenewed(c, now)?))
    };
    let ((ordered, suspended, grades), unrenewed) = site.db.read(read).await?;
    let mut tags: BTreeMap<&str, Vec<(&'static str, String)>> = BTreeMap::new();
    for (agency, grade) in &grades {
        tags.entry(agency).or_default().push(("danger", grade_name(t, *grade).to_owned()));
    }
    for outage in &ordered {
        tags.entry(&outage.agency).or_default().push(("warn", t.health_outage().to_owned()));
    }
    for (agency, _) in &unrenewed {
        tags.entry(agency).or_default().push(("warn", t.maintenance_unrenewed().to_owned()));
    }
    for one in &suspended {
        let words = t.health_suspended_one(one.capability.as_str());
        tags.entry(&one.agency).or_default().push(("warn", words));
    }
    let line = |slug: String| {
        let mut own = tags.get(slug.as_str()).cloned().unwrap_or_default();
        if gateway.line(&slug).is_some_and(LineState::is_bad) {
            own.push(("warn", t.health_line_bad().to_owned()));
        }
        AgencyLine { slug, tags: own }
    };
    let mut lines: Vec<AgencyLine> = slugs.into_iter().map(line).collect();
    lines.retain(|line| !wanted.only_matters || !line.tags.is_empty());
    if wanted.by_name {
        lines.sort_by(|one, other| one.slug.cmp(&other.slug));
    } else {
        lines.sort_by_key(|line| line.tags.is_empty());
    }
    Ok((reader, lines))
}

/// `GET /admin/agencies`
pub async fn agencies(
    visitor: Visitor,
    (site, gateway): (Data<Site>, Data<Gateway>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let wanted = Wanted::of(|name| query(&request, name).unwrap_or_default());
    let (_, lines) = lines((&visitor, &site, &gateway), wanted).await?;
    let (part, all, hidden) = (Part::asked(&request, AT_ONCE), lines.len(), wanted.pairs());
    Page::new(&AgenciesView {
        csrf: visitor.form_token(&site)?,
        filters: wanted.filters(visitor.texts()),
        agencies: part.of(lines),
        all,
        pager: part.pager(all, HERE, &hidden),
        hidden,
        frame: visitor.frame(),
    })
}

/// `POST /admin/agencies.csv`: the same list as a file. That somebody took it away is on record.
pub async fn export_agencies(
    visitor: Visitor,
    (site, gateway): (Data<Site>, Data<Gateway>),
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let wanted = Wanted::of(|name| sent.get(name).to_owned());
    let (reader, lines) = lines((&visitor, &site, &gateway), wanted).await?;
    let (t, now, by) = (visitor.texts(), site.clock.now(), reader.member.id);
    let detail = format!("agencies: {}", lines.len());
    site.db.tx(move |c: &mut Conn| record(c, now, Some(by), by, "exported", &detail)).await?;
    let heads = [t.quality_agency(), t.admin_agencies_matter()].map(str::to_owned);
    let row = |line: AgencyLine| {
        let words: Vec<String> = line.tags.into_iter().map(|(_, words)| words).collect();
        vec![line.slug, words.join("; ")]
    };
    sheet("agencies", std::iter::once(Vec::from(heads)).chain(lines.into_iter().map(row)))
}

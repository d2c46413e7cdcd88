//! `/admin/voice`: every order of the city, for the city's desk and whoever administers the whole city; as a file as well.
//! The list opens nobody's words. Looking at one is a look that whoever wrote it sees, and says nothing of who they are.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use chrono::NaiveDate;

use super::{DESK, agency_name, clocks, line, number_in, order::drawn, topics::reader};
use crate::{
    accounts::staff::{StaffError, record},
    catalogue::{Catalogue, Shelf, present::Presenter},
    db::Conn,
    voice::{
        Kind, Order, State,
        desk::Seat,
        opened,
        overview::{self, Mark, Sort, Wanted},
        overview_views::OverviewView,
        views::OrderLine,
    },
    web::{
        Failure, IN_A_FILE, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field, Text},
        query, sheet,
    },
};

const HERE: &str = "/admin/voice";
const AT_ONCE: usize = 50;

/// What is asked for. Words that nobody knows ask for everything.
fn wanted(asked: impl Fn(&str) -> String, catalogue: &Catalogue) -> Wanted {
    let districts = &catalogue.city.city.districts;
    Wanted {
        kind: Kind::named(&asked("kind")),
        state: State::named(&asked("state")),
        agency: Some(asked("agency")).filter(|slug| catalogue.agency(slug).is_some()),
        district: Some(asked("district")).filter(|code| districts.iter().any(|one| one.code == *code)),
        mark: Mark::named(&asked("mark")),
        sort: Sort::named(&asked("sort")),
    }
}

/// The same as pairs of an address or a form.
fn pairs(wanted: &Wanted) -> Vec<(&'static str, String)> {
    vec![
        ("kind", wanted.kind.map_or("", Kind::tag).to_owned()),
        ("state", wanted.state.map_or("", State::tag).to_owned()),
        ("agency", wanted.agency.clone().unwrap_or_default()),
        ("district", wanted.district.clone().unwrap_or_default()),
        ("mark", wanted.mark.map_or("", Mark::tag).to_owned()),
        ("sort", wanted.sort.tag().to_owned()),
    ]
}

/// What can be asked for, beside what was.
fn filters(present: Presenter<'_>, wanted: &Wanted) -> Vec<Field> {
    let (t, catalogue) = (present.t, present.catalogue);
    let field = |name: &'static str, label: &str, chosen: bool, some: Vec<Choice>| {
        let every = Choice::new("", t.quality_everything(), !chosen);
        Field::new(name, label).choices(std::iter::once(every).chain(some).collect())
    };
    let kind = |one: Kind| Choice::new(one.tag(), t.voice_kind(one.tag()), wanted.kind == Some(one));
    let state = |one: State| Choice::new(one.tag(), t.voice_state(one.tag()), wanted.state == Some(one));
    let mark = |one: Mark| Choice::new(one.tag(), t.voice_mark(one.tag()), wanted.mark == Some(one));
    let sort = |one: Sort| Choice::new(one.tag(), t.voice_sort(one.tag()), wanted.sort == one);
    let agencies = catalogue.agencies.iter().map(|entry| {
        let chosen = wanted.agency.as_ref() == Some(&entry.slug);
        Choice::new(&entry.slug, agency_name(present, &entry.slug).text, chosen)
    });
    let districts = catalogue.city.city.districts.iter().map(|one| {
        let chosen = wanted.district.as_ref() == Some(&one.code);
        Choice::new(&one.code, present.text(&one.name).text, chosen)
    });
    let some = (wanted.agency.is_some(), wanted.district.is_some());
    vec![
        field("kind", t.voice_topics_kind(), wanted.kind.is_some(), Kind::ALL.map(kind).into()),
        field("state", t.rules_state(), wanted.state.is_some(), State::ALL.map(state).into()),
        field("agency", t.quality_agency(), some.0, agencies.collect()),
        field("district", t.voice_field_district(), some.1, districts.collect()),
        field("mark", t.voice_overview_mark(), wanted.mark.is_some(), Mark::ALL.map(mark).into()),
        Field::new("sort", t.audit_order()).choices(Sort::ALL.map(sort).into()),
    ]
}

/// Where a reader opens one: who sits at the desk works there.
fn base(seat: &Seat) -> &'static str {
    if seat.desk { DESK } else { HERE }
}

/// `GET /admin/voice`
pub async fn overview(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let seat = reader(&visitor, &site, &shelf).await?;
    let edition = shelf.edition()?;
    let wanted = wanted(|name| query(&request, name).unwrap_or_default(), &edition.catalogue);
    let (part, today, asked) = (Part::asked(&request, AT_ONCE), site.clock.today(), wanted.clone());
    let read = move |c: &mut Conn| overview::list(c, &asked, today, part.stretch());
    let (orders, all) = site.db.read(read).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let (all, hidden) = (usize::try_from(all).unwrap_or_default(), pairs(&wanted));
    Page::new(&OverviewView {
        csrf: visitor.form_token(&site)?,
        filters: filters(present, &wanted),
        rows: orders.iter().map(|order| line(present, today, order, base(&seat))).collect(),
        all,
        pager: part.pager(all, HERE, &hidden),
        hidden,
        frame: visitor.frame(),
    })
}

/// `POST /admin/voice.csv`: the same list as a file. That somebody took it away is on record.
pub async fn export_overview(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let by = reader(&visitor, &site, &shelf).await?.member.id;
    let edition = shelf.edition()?;
    let wanted = wanted(|name| sent.get(name).to_owned(), &edition.catalogue);
    let (now, today) = (site.clock.now(), site.clock.today());
    let taken = move |c: &mut Conn| {
        let (orders, _) = overview::list(c, &wanted, today, IN_A_FILE)?;
        let words = pairs(&wanted).into_iter().map(|(_, word)| word).filter(|word| !word.is_empty());
        let detail = format!("voice {}: {}", words.collect::<Vec<_>>().join(" "), orders.len());
        record(c, now, Some(by), by, "exported", &detail)?;
        Ok::<_, StaffError>(orders)
    };
    let orders = site.db.tx(taken).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let t = present.t;
    let heads = [
        t.voice_number().to_owned(),
        t.voice_topics_kind().to_owned(),
        t.rules_state().to_owned(),
        t.voice_topic().to_owned(),
        t.quality_agency().to_owned(),
        t.voice_field_district().to_owned(),
        t.voice_topics_head("made"),
        t.voice_overview_due().to_owned(),
        t.voice_supervised().to_owned(),
    ];
    let rows = orders.iter().map(|order| cells(present, today, order));
    sheet("voice", std::iter::once(Vec::from(heads)).chain(rows))
}

fn cells(present: Presenter<'_>, today: NaiveDate, order: &Order) -> Vec<String> {
    let t = present.t;
    let OrderLine { number, kind, state, topic, agency, district, made, supervised, .. } =
        line(present, today, order, HERE);
    let word = |text: Option<Text>| text.map(|text| text.text).unwrap_or_default();
    vec![
        number,
        t.voice_kind(kind.as_str()),
        t.voice_state(state.as_str()),
        word(topic),
        word(agency),
        word(district),
        made.to_string(),
        order.due_on.map(|day| day.to_string()).unwrap_or_default(),
        if supervised { t.voice_supervised().to_owned() } else { String::new() },
    ]
}

/// `GET /admin/voice/{number}`
pub async fn overview_order(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    number: Path<String>,
) -> Result<Page, Failure> {
    let staff = reader(&visitor, &site, &shelf).await?.member.id;
    let (clocks, number) = (clocks(&shelf)?, number_in(&number)?);
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let open = move |c: &mut Conn| opened::open_above(c, &ring, now, staff, &number);
    let opened = site.db.tx(open).await?;
    Page::new(&drawn(&visitor, (&site, &clocks), opened, HERE)?)
}

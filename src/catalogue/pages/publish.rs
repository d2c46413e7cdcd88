//! `/agency/writing/new`: a notice to everybody, by whoever leads an agency, which stands there within seconds; and taking down what
//! was published otherwise than by a package.

use actix_web::{Either, HttpResponse, web::Data};
use chrono::{NaiveDateTime, TimeZone as _};
use sha2::{Digest as _, Sha256};
use yimen_contract::{
    Bilingual,
    capability::event::BulletinIssued,
    writing::{BulletinKind, Level, Warning},
};
use yimen_drivers::auth::sign::hex;

use super::edition;
use crate::{
    accounts::staff::{
        Act, StaffError,
        pages::{AtAgencies, shown, step},
        record,
    },
    catalogue::{
        Catalogue, Shelf,
        issued::{self, Unfit},
        present::Presenter,
        views::Words as _,
    },
    db::Conn,
    platform::{Moment, clock::CITY_ZONE},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        see_other,
    },
};

const HERE: &str = "/agency/writing";
/// In letters.
const TITLE: usize = 120;
const BODY: usize = 20_000;

const KINDS: [(&str, BulletinKind); 4] = [
    ("news", BulletinKind::News),
    ("change", BulletinKind::Change),
    ("urgent", BulletinKind::Urgent),
    ("clarification", BulletinKind::Clarification),
];

/// Whoever leads an agency: what they say is the agency's word.
async fn leader(visitor: &Visitor, site: &Site) -> Result<AtAgencies, Failure> {
    let at = AtAgencies::of(visitor, site).await?;
    if at.allowed_here(Act::ApproveCases) { Ok(at) } else { Err(Failure::Refused) }
}

/// `GET /agency/writing/new`
pub async fn new_bulletin(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
) -> Result<Page, Failure> {
    let at = leader(&visitor, &site).await?;
    let edition = edition(&shelf)?;
    let catalogue: &Catalogue = &edition.catalogue;
    shown(&form(&visitor, &site, (&at, catalogue), &Submitted::default())?)
}

fn form(
    visitor: &Visitor,
    site: &Site,
    (at, catalogue): (&AtAgencies, &Catalogue),
    typed: &Submitted,
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let present = Presenter::new(t, catalogue);
    let mut view = step(visitor, site, "/agency/writing/new", t.publish_title())?;
    view.lead = vec![t.publish_lead().to_owned()];
    let led = catalogue.agencies.iter().filter(|entry| at.may(Act::ApproveCases, &entry.slug));
    let agency = |slug: &str, name: String| Choice::new(slug, name, typed.get("agency") == slug);
    let agencies = led.map(|entry| agency(&entry.slug, present.text(&entry.agency.name).text)).collect();
    let kind = |(tag, kind): (&str, BulletinKind)| {
        Choice::new(tag, t.bulletin_kind(&kind), typed.get("kind") == tag)
    };
    let level = |level: Level| {
        Choice::new(level.tag(), t.warning_level(level.tag()), typed.get("level") == level.tag())
    };
    let none = Choice::new("", t.publish_no_warning(), typed.get("level").is_empty());
    let districts = catalogue.city.city.districts.iter().map(|district| {
        let chosen = typed.all("district").any(|code| code == district.code);
        Choice::new(&district.code, present.text(&district.name).text, chosen)
    });
    let needed = |name: &'static str, label: &str| Field {
        required: true,
        ..Field::new(name, label).value(typed.get(name))
    };
    let free = |name: &'static str, label: &str| Field::new(name, label).value(typed.get(name));
    view.inputs = vec![
        Input::new("select", needed("agency", t.publish_agency()).choices(agencies)),
        Input::new("radio", needed("kind", t.publish_kind()).choices(KINDS.map(kind).into())),
        Input::new("text", needed("title_zh", t.publish_title_zh())),
        Input::new("text", free("title_en", t.publish_title_en())),
        Input::new("long", needed("body_zh", t.publish_body_zh()).hint(t.publish_body_hint())),
        Input::new("long", free("body_en", t.publish_body_en())),
        Input::new("datetime-local", free("expires", t.publish_expires()).hint(t.publish_expires_hint())),
        Input::new(
            "radio",
            Field::new("level", t.publish_level())
                .choices(std::iter::once(none).chain(Level::ALL.map(level)).collect()),
        ),
        Input::new(
            "checkbox",
            Field::new("district", t.publish_districts())
                .hint(t.publish_districts_hint())
                .choices(districts.collect()),
        ),
    ];
    t.publish_go().clone_into(&mut view.submit);
    Ok(view)
}

/// A time of the city, as browsers send it and as people type it.
fn moment(typed: &str) -> Option<Moment> {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    let local = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(typed, form).ok())?;
    CITY_ZONE.from_local_datetime(&local).earliest().map(|at| at.to_utc())
}

/// Under which it is kept: pressed twice, the same of one day is one notice.
fn own_id(now: Moment, title: &str, body: &str) -> String {
    let day = now.with_timezone(&CITY_ZONE).date_naive();
    format!("desk-{}", hex(&Sha256::digest(format!("{day}\n{title}\n{body}"))[..8]))
}

/// What was typed, with every mistake said beside its field. `None`: there are some.
fn understood(
    (view, typed): (&mut StepView, &Submitted),
    visitor: &Visitor,
    now: Moment,
) -> Option<BulletinIssued> {
    let t = visitor.texts();
    let kind = KINDS.into_iter().find(|(tag, _)| *tag == typed.get("kind")).map(|(_, kind)| kind);
    if kind.is_none() {
        view.wrong("kind", t.form_choose_one());
    }
    for (name, most, needed) in [
        ("title_zh", TITLE, true),
        ("title_en", TITLE, false),
        ("body_zh", BODY, true),
        ("body_en", BODY, false),
    ] {
        let letters = typed.get(name).chars().count();
        if letters > most || needed && letters == 0 {
            view.wrong(name, &t.circular_wrong(most));
        }
    }
    let (level, ends) = (Level::named(typed.get("level")), typed.get("expires"));
    let expires = moment(ends).filter(|end| *end > now);
    if expires.is_none() && (level.is_some() || !ends.is_empty()) {
        view.wrong("expires", t.publish_expires_wrong());
    }
    let kind = kind.filter(|_| !view.is_wrong())?;
    let warning = |level| Warning { level, districts: typed.all("district").map(str::to_owned).collect() };
    Some(BulletinIssued {
        id: own_id(now, typed.get("title_zh"), typed.get("body_zh")),
        sequence: 0,
        title: Bilingual::new(typed.get("title_zh"), typed.get("title_en")),
        body: Bilingual::new(typed.get("body_zh"), typed.get("body_en")),
        // A warning stands on the home page until it is over.
        kind: Some(if level.is_some() { BulletinKind::Urgent } else { kind }),
        warning: level.map(warning),
        services: Vec::new(),
        expires,
    })
}

/// `POST /agency/writing/new`
pub async fn publish(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    typed: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let at = leader(&visitor, &site).await?;
    let edition = edition(&shelf)?;
    let (t, now) = (visitor.texts(), site.clock.now());
    let catalogue: &Catalogue = &edition.catalogue;
    let mut view = form(&visitor, &site, (&at, catalogue), &typed)?;
    let agency = typed.get("agency").to_owned();
    if catalogue.agency(&agency).is_none() || !at.may(Act::ApproveCases, &agency) {
        view.wrong("agency", t.form_choose_one());
    }
    let Some(issued) = understood((&mut view, &typed), &visitor, now) else {
        return shown(&view).map(Either::Right);
    };
    let by = at.member.id;
    let put = move |c: &mut Conn| {
        let done = issued::publish(c, (&agency, issued), (now, now))?;
        if done.is_ok() {
            record(c, now, Some(by), by, "bulletin-published", &agency)?;
        }
        Ok::<_, StaffError>(done)
    };
    match site.db.tx(put).await? {
        Ok(()) => return Ok(Either::Left(see_other(&format!("{HERE}?said=published")))),
        Err(Unfit::TooMany) => view.wrong("", t.publish_too_many()),
        Err(Unfit::Words) => view.wrong("", t.publish_unfit()),
    }
    shown(&view).map(Either::Right)
}

/// `POST /agency/writing/end`
pub async fn take_down(visitor: Visitor, site: Data<Site>, sent: Submitted) -> Result<HttpResponse, Failure> {
    let at = leader(&visitor, &site).await?;
    let (agency, id) = (sent.get("agency").to_owned(), sent.get("id").to_owned());
    if !at.may(Act::ApproveCases, &agency) {
        return Err(Failure::NotFound);
    }
    let (now, by) = (site.clock.now(), at.member.id);
    let end = move |c: &mut Conn| {
        let ended = issued::take_down(c, now, &agency, &id)?;
        if ended {
            record(c, now, Some(by), by, "bulletin-ended", &format!("{agency}: {id}"))?;
        }
        Ok::<_, StaffError>(ended)
    };
    if site.db.tx(end).await? { Ok(see_other(&format!("{HERE}?said=ended"))) } else { Err(Failure::NotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_of_one_day_is_one_notice() {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let (morning, evening) = (at("2026-11-21T01:00:00Z"), at("2026-11-21T12:00:00Z"));
        assert_eq!(own_id(morning, "a", "b"), own_id(evening, "a", "b"));
        assert_ne!(own_id(morning, "a", "b"), own_id(at("2026-11-22T01:00:00Z"), "a", "b"));
        assert_ne!(own_id(morning, "a", "b"), own_id(morning, "a", "c"));
    }
}

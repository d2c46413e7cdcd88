//! `/me/notices/follow`: of which new notices somebody wants to hear.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use yimen_contract::writing::Level;

use super::{
    model::{self, Follow, Followed, What},
    views::FollowView,
};
use crate::{
    catalogue::{Catalogue, Shelf, present::Presenter},
    db::Conn,
    ledger::CitizenId,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field},
        query, see_other,
        session::Realm,
    },
};

const HERE: &str = "/me/notices/follow";

fn citizen(visitor: &Visitor) -> Result<CitizenId, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    Ok(CitizenId::from(session.signed.subject))
}

/// `GET /me/notices/follow`
pub async fn follow(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let citizen = citizen(&visitor)?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let followed = site.db.read(move |c| model::of(c, citizen)).await?;
    let said = query(&request, "said").map(|_| ("ok", visitor.texts().notices_said_saved().to_owned()));
    Page::new(&view(&visitor, &site, present, &followed, said)?)
}

fn view(
    visitor: &Visitor,
    site: &Site,
    present: Presenter<'_>,
    followed: &Followed,
    said: Option<(&'static str, String)>,
) -> Result<FollowView, Failure> {
    let (t, catalogue) = (present.t, present.catalogue);
    let agencies = followed.0.iter().filter_map(|follow| match &follow.what {
        What::Agency(slug) => Some((slug, present.text(&catalogue.agency(slug)?.agency.name))),
        _ => None,
    });
    let agencies = agencies.map(|(slug, name)| Choice::new(slug, name.text, true)).collect();
    let districts = catalogue.city.city.districts.iter().map(|district| {
        let what = What::Warnings(district.code.clone());
        Choice::new(&district.code, present.text(&district.name).text, followed.has(&what))
    });
    let domains = catalogue.city.domains.domains.iter().map(|domain| {
        let what = What::Domain(domain.code.clone());
        Choice::new(&domain.code, present.text(&domain.name).text, followed.has(&what))
    });
    let level =
        |level: Level| Choice::new(level.tag(), t.warning_level(level.tag()), level == followed.level());
    Ok(FollowView {
        csrf: visitor.form_token(site)?,
        said,
        agencies: Field::new("agency", t.follow_agencies()).choices(agencies),
        districts: Field::new("district", t.follow_districts())
            .hint(t.follow_districts_hint())
            .choices(districts.collect()),
        level: Field::new("level", t.follow_level()).choices(Level::ALL.map(level).into()),
        domains: Field::new("domain", t.follow_domains())
            .hint(t.follow_domains_hint())
            .choices(domains.collect()),
        frame: visitor.frame(),
    })
}

/// What was ticked, of what there is.
fn chosen(catalogue: &Catalogue, sent: &Submitted) -> Followed {
    let level = Level::named(sent.get("level")).unwrap_or(Level::Yellow);
    let plain = |what| Follow { what, from: None };
    let agencies = sent.all("agency").filter(|slug| catalogue.agency(slug).is_some());
    let domains = sent.all("domain").filter(|code| catalogue.domain(code).is_some());
    let known = |code: &&str| catalogue.city.city.districts.iter().any(|district| district.code == **code);
    let warned = sent.all("district").filter(known);
    let warned = warned.map(|code| Follow { what: What::Warnings(code.to_owned()), from: Some(level) });
    let agencies = agencies.map(|slug| plain(What::Agency(slug.to_owned())));
    let domains = domains.map(|code| plain(What::Domain(code.to_owned())));
    Followed(agencies.chain(domains).chain(warned).collect())
}

/// `POST /me/notices/follow`
pub async fn choose(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (citizen, now) = (citizen(&visitor)?, site.clock.now());
    let chosen = chosen(&shelf.edition()?.catalogue, &sent);
    site.db.tx(move |c: &mut Conn| model::choose(c, now, citizen, &chosen)).await?;
    Ok(see_other(&format!("{HERE}?said=saved")))
}

/// `GET /me/notices/follow/{agency}`: asks before an agency is followed, so that a link alone changes nothing.
pub async fn follow_agency(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    slug: Path<String>,
) -> Result<Page, Failure> {
    let citizen = citizen(&visitor)?;
    let edition = shelf.edition()?;
    let agency = edition.catalogue.agency(&slug).ok_or(Failure::NotFound)?;
    let what = What::Agency(agency.slug.clone());
    let mut followed = site.db.read(move |c| model::of(c, citizen)).await?;
    if !followed.has(&what) {
        followed.0.insert(0, Follow { what, from: None });
    }
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let said = Some(("info", visitor.texts().follow_save_to_follow().to_owned()));
    Page::new(&view(&visitor, &site, present, &followed, said)?)
}

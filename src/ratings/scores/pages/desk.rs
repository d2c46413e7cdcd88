//! `/agency/quality`: an agency's own figures, before everybody sees them, and what it says to them.

use actix_web::{Either, HttpRequest, HttpResponse, http::StatusCode};

use super::{
    Here, Two,
    agency::{Wanted, card},
    asked_month,
    retire::{retire_line, said},
};
use crate::{
    accounts::staff::{Act as May, pages::AtAgencies},
    db::Conn,
    ratings::{
        pages::{agency_name, fits},
        scores::{
            reply as replies, retire,
            stage::Month,
            views::{AgencyCardView, DeskPart},
        },
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Tab},
        query, see_other,
    },
};

/// Letters of what an agency says.
const LONGEST: usize = 1_000;

/// A member of staff with the agencies whose figures they see.
pub(super) struct Seat {
    pub(super) at: AtAgencies,
    agencies: Vec<String>,
}

impl Seat {
    pub(super) async fn of(visitor: &Visitor, site: &Site, here: &Here) -> Result<Self, Failure> {
        let at = AtAgencies::of(visitor, site).await?;
        let all = here.edition.catalogue.agencies.iter().map(|entry| &entry.slug);
        let agencies: Vec<String> = all.filter(|slug| at.may(May::Answer, slug)).cloned().collect();
        if agencies.is_empty() { Err(Failure::Refused) } else { Ok(Self { at, agencies }) }
    }

    /// The agency that was asked for, or the first. Of another it is not told whether there is one.
    pub(super) fn agency(&self, asked: Option<&str>) -> Result<&str, Failure> {
        let found = match asked {
            Some(slug) => self.agencies.iter().find(|agency| *agency == slug),
            None => self.agencies.first(),
        };
        found.map(String::as_str).ok_or(Failure::NotFound)
    }

    /// Whether they speak for an agency.
    pub(super) fn leads(&self, agency: &str) -> bool {
        self.at.may(May::ApproveCases, agency)
    }
}

/// `GET /agency/quality`
pub async fn desk(visitor: Visitor, two: Two, request: HttpRequest) -> Result<Page, Failure> {
    let here = Here::of(&two)?;
    let seat = Seat::of(&visitor, &two.0, &here).await?;
    let agency = query(&request, "agency");
    let agency = seat.agency(agency.as_deref())?;
    let asked = asked_month(&request, Month::of(here.today))?;
    let mut view = own(&visitor, &two.0, here, &seat, (agency, asked)).await?;
    let t = visitor.texts();
    if let Some(desk) = &mut view.desk {
        desk.said = said(t, &request);
    }
    Page::new(&view)
}

/// A page of theirs. What few people stand behind is hidden from everybody but those who worked on it.
async fn own(
    visitor: &Visitor,
    site: &Site,
    here: Here,
    seat: &Seat,
    (agency, asked): (&str, Option<Month>),
) -> Result<AgencyCardView, Failure> {
    let here = Here { least: 0, ..here };
    let last = Month::of(here.today);
    let base = format!("/agency/quality?agency={agency}&");
    let view =
        card(visitor.frame(), site, &here, Wanted { slug: agency.to_owned(), last, asked, base }).await?;
    let t = visitor.texts();
    let present = here.present(t);
    let tab = |slug: &String| Tab {
        label: agency_name(present, slug).text,
        url: format!("/agency/quality?agency={slug}"),
        count: None,
        current: slug == agency,
    };
    // A month that is not over can still become anything.
    let over = view.month.as_ref().is_some_and(|(_, tag)| *tag != last.tag());
    let words = (over && seat.leads(agency)).then(|| {
        let field = Field::new("words", t.quality_reply_label()).hint(t.quality_reply_hint());
        field.value(view.reply.clone().unwrap_or_default())
    });
    let slugs = [agency.to_owned()];
    let asked = site.db.read(move |c: &mut Conn| retire::of(c, &slugs)).await?;
    let leads = seat.leads(agency);
    // What has left the city is done.
    let asked = asked.into_iter().filter(|one| present.catalogue.service(&one.service).is_some());
    let desk = DeskPart {
        retire: asked.map(|one| retire_line(present, here.today, leads, one)).collect(),
        csrf: visitor.form_token(site)?,
        agencies: seat.agencies.iter().map(tab).collect(),
        agency: agency.to_owned(),
        words,
        said: None,
    };
    Ok(AgencyCardView { desk: Some(desk), ..view })
}

/// `POST /agency/quality`
pub async fn reply(
    visitor: Visitor,
    two: Two,
    posted: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let here = Here::of(&two)?;
    let seat = Seat::of(&visitor, &two.0, &here).await?;
    let agency = seat.agency(Some(posted.get("agency")))?.to_owned();
    if !seat.leads(&agency) {
        return Err(Failure::Refused);
    }
    let over = |month: &Month| *month < Month::of(here.today);
    let month = Month::named(posted.get("month")).filter(over).ok_or(Failure::NotFound)?;
    let words = posted.get("words").to_owned();
    if !fits(&words, LONGEST) {
        let mut view = own(&visitor, &two.0, here, &seat, (&agency, Some(month))).await?;
        let t = visitor.texts();
        if let Some(desk) = &mut view.desk {
            let long = t.quality_reply_long(LONGEST);
            desk.words = desk.words.take().map(|field| field.value(words).error(long));
        }
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let (now, by, slug) = (two.0.clock.now(), seat.at.member.login.clone(), agency.clone());
    two.0.db.tx(move |c: &mut Conn| replies::say(c, now, &by, (&slug, month), &words)).await?;
    two.0.kept.forget_all();
    let tag = month.tag();
    Ok(Either::Right(see_other(&format!("/agency/quality?agency={agency}&month={tag}&said=replied"))))
}

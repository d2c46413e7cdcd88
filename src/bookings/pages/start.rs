//! `/services/{code}/start` of a service that gives appointments: where, on which day, at what time. Places and days are
//! links and times a form, so that it all works without script.

use actix_web::{
    HttpRequest,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::{Datelike as _, NaiveDate};
use yimen_contract::booking::Booking as Rules;

use super::{
    calendar::{Calendar, Offer, Source},
    is_booked_here, local, place_of, rules_of, rules_view,
};
use crate::{
    accounts,
    bookings::{
        rules::is_under,
        views::{CalendarSaid, ChooseNews, ChooseView, Way},
    },
    cases::{Forms, Whose, pages as cases, reference_of},
    catalogue::{
        AgencyEntry, Edition, ServiceEntry, Shelf, asking, closures_of,
        filling::yuan,
        pages::guide::{contact, domain},
        present::{Presenter, urls},
        views::Barred,
    },
    gateway::{Gateway, told},
    ledger,
    platform::{Texts, named},
    web::{
        Failure, Page, Site, Visitor,
        frame::{Choice, Dates as _, Field},
        query,
    },
};

/// Times of one day that are offered at once.
const MOST_TIMES: usize = 400;

/// What somebody is looking at.
#[derive(Debug, Clone, Default)]
pub(super) struct Looking {
    pub place: Option<String>,
    pub day: Option<NaiveDate>,
    /// The booking that is to be changed.
    pub instead: Option<String>,
}

/// Somebody who chooses an appointment of a service.
pub(super) struct Choosing<'a> {
    pub visitor: &'a Visitor,
    pub site: &'a Site,
    pub edition: &'a Edition,
    pub entry: &'a ServiceEntry,
    pub agency: &'a AgencyEntry,
    pub rules: Rules,
    pub whose: Result<Whose, Barred>,
}

/// The page of the calendar. What is not booked here is begun otherwise.
pub async fn start(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    (gateway, forms): (Data<Gateway>, Data<Forms>),
    code: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let Some(choosing) = Choosing::of(&visitor, &site, &edition, &code).await? else {
        return cases::start(visitor, (site, shelf), (gateway, forms), code, request).await;
    };
    let looking = Looking {
        place: query(&request, "place").filter(|place| !place.is_empty()),
        day: query(&request, "day").and_then(|day| day.parse().ok()),
        instead: query(&request, "instead").as_deref().and_then(reference_of),
    };
    let news = match query(&request, "said").as_deref() {
        Some("joined") => ChooseNews::Joined,
        Some("that-day") => ChooseNews::ThatDay,
        _ => ChooseNews::Nothing,
    };
    choosing.page(&gateway, &looking, (news, None)).await
}

impl<'a> Choosing<'a> {
    /// `None`: the service is not booked here, or its agency is shut.
    pub async fn of(
        visitor: &'a Visitor,
        site: &'a Site,
        edition: &'a Edition,
        code: &str,
    ) -> Result<Option<Self>, Failure> {
        let entry = edition.catalogue.service(code).filter(|entry| is_booked_here(&entry.service));
        let Some(entry) = entry else { return Ok(None) };
        let agency = edition.catalogue.agency_of(entry);
        if agency.suspended.is_some() {
            return Ok(None);
        }
        let whose = match asking::party(visitor, site, &entry.service).await? {
            Ok(Some((party, level))) => Ok(Whose { party, level }),
            Ok(None) => return Err(Failure::Refused),
            Err(barred) => Err(barred),
        };
        let rules = rules_of(&entry.service);
        Ok(Some(Self { visitor, site, edition, entry, agency, rules, whose }))
    }

    pub fn source<'b>(&'b self, gateway: &'b Gateway) -> Source<'b> {
        Source {
            site: self.site,
            gateway,
            edition: self.edition,
            service: &self.entry.service,
            agency: &self.agency.slug,
            rules: &self.rules,
            tells: self.site.channels.any(),
        }
    }

    /// Some are too young to book alone. For whom others act, they are not alone.
    pub async fn is_too_young(&self) -> Result<Option<u8>, Failure> {
        let (Some(age), Ok(whose)) = (self.rules.guardian_under, &self.whose) else { return Ok(None) };
        if whose.represents().is_some() || whose.company().is_some() {
            return Ok(None);
        }
        let (citizen, ring) = (whose.party.acting, self.site.keys.clone());
        let own = move |c: &mut crate::db::Conn| accounts::details(c, &ring, &ledger::own(citizen));
        let born = self.site.db.read(own).await?.birth_date;
        Ok(born.filter(|born| is_under(*born, age, self.site.clock.today())).map(|_| age))
    }

    /// The page, with what is free now.
    pub async fn page(
        &self,
        gateway: &Gateway,
        looking: &Looking,
        (news, error): (ChooseNews, Option<String>),
    ) -> Result<Page, Failure> {
        let news = match self.is_too_young().await? {
            Some(age) => ChooseNews::Guardian(age),
            None => news,
        };
        let calendar = if self.whose.is_ok() {
            self.source(gateway).calendar().await?
        } else {
            Calendar { said: CalendarSaid::Answer, offers: Vec::new() }
        };
        let status = match (&calendar.said, &news, &error) {
            _ if self.whose.is_err() => StatusCode::FORBIDDEN,
            (.., Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            (CalendarSaid::Away { .. }, ..) => StatusCode::SERVICE_UNAVAILABLE,
            (CalendarSaid::NotEntitled, ..) => StatusCode::FORBIDDEN,
            (
                _,
                ChooseNews::Nothing | ChooseNews::Joined | ChooseNews::Wished | ChooseNews::Guardian(_),
                _,
            ) => StatusCode::OK,
            _ => StatusCode::CONFLICT,
        };
        let view = self.view(&calendar, looking, (news, error))?;
        Ok(Page::new(&view)?.status(status))
    }

    fn view(
        &self,
        calendar: &Calendar,
        looking: &Looking,
        (news, error): (ChooseNews, Option<String>),
    ) -> Result<ChooseView, Failure> {
        let (t, service) = (self.visitor.texts(), &self.entry.service);
        let present = Presenter::new(t, &self.edition.catalogue);
        let guide = urls::service(&service.code);
        let here = Here { present, choosing: self, start: format!("{guide}/start"), looking };
        let places = here.places(&calendar.offers);
        // With one place there is nothing to choose.
        let place = looking.place.clone().filter(|id| calendar.offers.iter().any(|one| one.is_at(Some(id))));
        let there: Vec<&Offer> = calendar.offers.iter().filter(|one| one.is_at(place.as_deref())).collect();
        let first = there.iter().find(|one| one.is_free()).or_else(|| there.first());
        let day = looking.day.filter(|day| there.iter().any(|one| one.day() == *day));
        let day = day.or_else(|| first.map(|one| one.day()));
        let days = here.days(&there, place.as_deref(), day);
        let then: Vec<&Offer> =
            there.into_iter().filter(|one| Some(one.day()) == day).take(MOST_TIMES).collect();
        let alone = matches!(news, ChooseNews::Guardian(_));
        Ok(ChooseView {
            frame: self.visitor.frame(),
            name: present.text(&service.name),
            summary: present.text(&service.summary),
            domain: domain(present, service),
            agency: present.agency(self.agency),
            contact: contact(present, service, self.agency),
            sample: service.sample,
            csrf: self.visitor.form_token(self.site)?,
            action: here.start.clone(),
            news,
            closures: closures_of(present, &self.edition.closures, (&self.agency.slug, service)),
            barred: self.whose.as_ref().err().copied(),
            said: calendar.said.clone(),
            rules: rules_view(&self.rules),
            wait: here.wait(&then, place.as_deref()),
            times: here.times(&then, place.is_some() || places.is_empty(), error).filter(|_| !alone),
            gone: then.iter().filter(|one| !one.is_free()).map(|one| here.gone(one)).collect(),
            places,
            days,
            day,
            told: told(&service.claims).map(|field| t.data_field(field)).collect(),
            hidden: [
                ("place", place),
                ("day", day.map(|day| day.to_string())),
                ("instead", looking.instead.clone()),
            ]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect(),
            instead: looking.instead.clone(),
            guide,
        })
    }
}

impl Offer {
    fn is_at(&self, place: Option<&str>) -> bool {
        place.is_none_or(|place| self.place.as_deref() == Some(place))
    }
}

/// The parts of the page.
struct Here<'a> {
    present: Presenter<'a>,
    choosing: &'a Choosing<'a>,
    start: String,
    looking: &'a Looking,
}

impl Here<'_> {
    fn url(&self, place: Option<&str>, day: Option<NaiveDate>) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("place", place.map(str::to_owned)),
            ("day", day.map(|day| day.to_string())),
            ("instead", self.looking.instead.clone()),
        ] {
            if let Some(value) = value {
                pairs.append_pair(name, &value);
            }
        }
        let pairs = pairs.finish();
        if pairs.is_empty() { self.start.clone() } else { format!("{}?{pairs}", self.start) }
    }

    fn place_name(&self, offer: &Offer) -> Option<String> {
        let kept = offer.place.as_deref().and_then(|id| place_of(&self.choosing.entry.service, id));
        let named = kept.map(|place| self.present.text(&place.name).text);
        named.or_else(|| offer.place_name.clone()).or_else(|| offer.place.clone())
    }

    /// The places, if there are several.
    fn places(&self, offers: &[Offer]) -> Vec<Way> {
        let mut found: Vec<(String, Way)> = Vec::new();
        for offer in offers {
            let Some(id) = &offer.place else { continue };
            let free = if offer.stopped { 0 } else { offer.free };
            if let Some((_, way)) = found.iter_mut().find(|(known, _)| known == id) {
                way.free = way.free.saturating_add(free);
                continue;
            }
            let way = Way {
                label: self.place_name(offer).unwrap_or_default(),
                url: self.url(Some(id), None),
                current: self.looking.place.as_ref() == Some(id),
                free,
            };
            found.push((id.clone(), way));
        }
        if found.len() < 2 {
            return Vec::new();
        }
        let any = Way {
            label: self.present.t.booking_any_place().to_owned(),
            url: self.url(None, None),
            current: !found.iter().any(|(_, way)| way.current),
            free: found.iter().map(|(_, way)| way.free).sum(),
        };
        [any].into_iter().chain(found.into_iter().map(|(_, way)| way)).collect()
    }

    fn days(&self, offers: &[&Offer], place: Option<&str>, chosen: Option<NaiveDate>) -> Vec<Way> {
        let t = self.present.t;
        let mut days: Vec<(NaiveDate, u32)> = Vec::new();
        for offer in offers {
            let free = if offer.stopped { 0 } else { offer.free };
            match days.last_mut().filter(|(day, _)| *day == offer.day()) {
                Some((_, sum)) => *sum = sum.saturating_add(free),
                None => days.push((offer.day(), free)),
            }
        }
        days.into_iter()
            .map(|(day, free)| Way {
                label: day_name(t, day),
                url: self.url(place, Some(day)),
                current: chosen == Some(day),
                free,
            })
            .collect()
    }

    /// The times to choose from. `None`: nothing is free.
    fn times(&self, offers: &[&Offer], one_place: bool, error: Option<String>) -> Option<Field> {
        let t = self.present.t;
        let choice = |offer: &&Offer| {
            let span = span(offer);
            let label = match self.place_name(offer).filter(|_| !one_place) {
                Some(place) => format!("{span} · {place}"),
                None => span,
            };
            let left = t.booking_left(offer.free);
            let hint = match offer.fee_fen.filter(|fee| *fee > 0) {
                Some(fee) => {
                    format!("{left} · {}", t.amount_yuan(yuan(i64::try_from(fee).unwrap_or(i64::MAX))))
                }
                None => left,
            };
            Choice::new(offer.id.clone(), label, false).hint(hint)
        };
        let choices: Vec<Choice> = offers.iter().filter(|one| one.is_free()).map(choice).collect();
        let field = Field::new("slot", t.booking_time()).choices(choices);
        let field = Field { required: true, error, ..field };
        (!field.choices.is_empty()).then_some(field)
    }

    fn gone(&self, offer: &Offer) -> String {
        let t = self.present.t;
        let why = if offer.stopped { t.booking_stopped() } else { t.booking_full() };
        match self.place_name(offer) {
            Some(place) => format!("{} · {place} · {why}", span(offer)),
            None => format!("{} · {why}", span(offer)),
        }
    }

    /// For which place somebody can wait: where the portal keeps the calendar and nothing is free there on the day.
    fn wait(&self, offers: &[&Offer], place: Option<&str>) -> Option<String> {
        let places = &self.choosing.rules.places;
        let only = places.first().filter(|_| places.len() == 1).map(|place| place.id.as_str());
        let place = place.or(only)?;
        let full = !offers.is_empty() && !offers.iter().any(|one| one.is_free());
        (full && offers.iter().any(|one| !one.stopped)).then(|| place.to_owned())
    }
}

fn span(offer: &Offer) -> String {
    let (starts, ends) = (local(offer.starts), local(offer.ends));
    format!("{}–{}", starts.format("%H:%M"), ends.format("%H:%M"))
}

/// A day as people say it, with its day of the week.
pub(super) fn day_name(t: Texts, day: NaiveDate) -> String {
    let weekday = day.weekday().to_string().to_lowercase();
    t.booking_day_name(named::Day(t.day(&day)), named::Weekday(t.booking_weekday(&weekday)))
}

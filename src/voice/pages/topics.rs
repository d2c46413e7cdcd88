//! `/admin/voice/topics`: what people wrote about in a month, by topic and district and by service, beside the month before.
//! Counts only; nobody's words are opened for it.

use std::{cmp::Reverse, collections::BTreeMap};

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::clocks;
use crate::{
    accounts::staff::{Act as May, Branch, pages::AtAgencies},
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    platform::Texts,
    ratings::{scores::stage::Month, views::month_name},
    voice::{
        Kind,
        desk::Seat,
        figures::{self, About, Figures, Months},
        topic_views::{TopicLine, TopicsView},
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Choice, Field, Tab, Text},
        query, sheet,
    },
};

const HERE: &str = "/admin/voice/topics";
/// Months to choose from.
const MONTHS: u32 = 12;
/// So many services are named.
const NAMED: usize = 30;

/// What is asked for.
struct Asked {
    month: Month,
    kind: Option<Kind>,
}

impl Asked {
    fn of(request: &HttpRequest, last: Month) -> Result<Self, Failure> {
        let month = match query(request, "month") {
            Some(tag) => Month::named(&tag).filter(|month| *month <= last).ok_or(Failure::NotFound)?,
            None => last,
        };
        Ok(Self { month, kind: query(request, "kind").and_then(|tag| Kind::named(&tag)) })
    }

    fn kind_tag(&self) -> &'static str {
        self.kind.map_or("", Kind::tag)
    }

    async fn read(&self, site: &Site) -> Result<BTreeMap<About, Figures>, Failure> {
        let ((from, to), (before, _)) = (self.month.span(), self.month.back(1).span());
        let (months, kind) = (Months { before, from, to }, self.kind);
        Ok(site.db.read(move |c: &mut Conn| figures::topics(c, months, kind)).await?)
    }
}

/// The city's desk, and whoever administers the whole city.
pub(super) async fn reader(visitor: &Visitor, site: &Site, shelf: &Shelf) -> Result<Seat, Failure> {
    let at = AtAgencies::of(visitor, site).await?;
    let seat = Seat::of(&at, &clocks(shelf)?)?;
    let above = at.allowed(May::AnswerAbove, &Branch::city());
    if seat.desk || above { Ok(seat) } else { Err(Failure::Refused) }
}

/// `GET /admin/voice/topics`
pub async fn topics(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    reader(&visitor, &site, &shelf).await?;
    let last = Month::of(site.clock.today());
    let asked = Asked::of(&request, last)?;
    let found = asked.read(&site).await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let t = present.t;
    let tab = |month: Month| Tab {
        label: month_name(&t, &month.first()),
        url: format!("{HERE}?month={}&kind={}", month.tag(), asked.kind_tag()),
        count: None,
        current: month == asked.month,
    };
    let places = summed(&found, |about| Some((about.topic.clone(), about.district.clone())));
    let services = summed(&found, |about| about.service.clone());
    Page::new(&TopicsView {
        months: (0..MONTHS).map(|back| tab(last.back(back))).collect(),
        month: (month_name(&t, &asked.month.first()), asked.month.tag()),
        kind: kinds(t, asked.kind),
        kind_tag: asked.kind_tag(),
        places: places
            .into_iter()
            .map(|((topic, district), figures)| {
                let district = district_name(present, district.as_deref());
                TopicLine::of(topic_name(present, topic.as_deref()), Some(district), figures)
            })
            .collect(),
        services: services
            .into_iter()
            .take(NAMED)
            .map(|(code, figures)| TopicLine::of(service_name(present, &code), None, figures))
            .collect(),
        frame: visitor.frame(),
    })
}

/// `GET /admin/voice/topics.csv`
pub async fn topics_table(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    reader(&visitor, &site, &shelf).await?;
    let asked = Asked::of(&request, Month::of(site.clock.today()))?;
    let found = asked.read(&site).await?;
    let heads = ["month", "topic", "district", "service", "made", "before", "answered", "open", "supervised"];
    let month = asked.month.tag();
    let row = |(about, figures): (About, Figures)| {
        let Figures { made, before, answered, open, supervised } = figures;
        let words = [Some(month.clone()), about.topic, about.district, about.service];
        let counts = [made, before, answered, open, supervised].map(|count| count.to_string());
        words.into_iter().map(Option::unwrap_or_default).chain(counts).collect::<Vec<_>>()
    };
    let heads = std::iter::once(Vec::from(heads.map(str::to_owned)));
    sheet(&format!("topics-{month}"), heads.chain(found.into_iter().map(row)))
}

/// Sums by something, the most first. What has none of it is left out.
fn summed<K: Ord>(found: &BTreeMap<About, Figures>, by: impl Fn(&About) -> Option<K>) -> Vec<(K, Figures)> {
    let mut sums: BTreeMap<K, Figures> = BTreeMap::new();
    for (about, figures) in found {
        if let Some(key) = by(about) {
            let sum = sums.entry(key).or_default();
            *sum = sum.plus(*figures);
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, figures)| Reverse((figures.made, figures.before)));
    sums
}

fn kinds(t: Texts, chosen: Option<Kind>) -> Field {
    let every = Choice::new("", t.voice_topics_every(), chosen.is_none());
    let kind = |kind: Kind| Choice::new(kind.tag(), t.voice_kind(kind.tag()), chosen == Some(kind));
    let choices = std::iter::once(every).chain(Kind::ALL.into_iter().map(kind)).collect();
    Field::new("kind", t.voice_topics_kind()).choices(choices)
}

fn topic_name(present: Presenter<'_>, id: Option<&str>) -> Text {
    let policy = present.catalogue.city.voice.as_ref();
    let topic = id.and_then(|id| policy?.topic(id));
    topic.map_or_else(|| Text::plain(present.t.voice_topic_none()), |topic| present.text(&topic.name))
}

fn district_name(present: Presenter<'_>, code: Option<&str>) -> Text {
    let districts = &present.catalogue.city.city.districts;
    let district = code.and_then(|code| districts.iter().find(|district| district.code == code));
    let nowhere = || Text::plain(present.t.voice_topics_nowhere());
    district.map_or_else(nowhere, |district| present.text(&district.name))
}

fn service_name(present: Presenter<'_>, code: &str) -> Text {
    let entry = present.catalogue.service(code);
    entry.map_or_else(|| Text::plain(code), |entry| present.text(&entry.service.name))
}

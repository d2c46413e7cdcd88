//! `/agency/ratings`, what an agency has to do about ratings of its own; `/admin/ratings`, the same from above.

use actix_web::{HttpRequest, web::Data};
use chrono::NaiveDate;
use yimen_scores::Level;

use super::{Seat, agency_name, local, service_name};
use crate::{
    catalogue::{Catalogue, Shelf, present::Presenter},
    db::Conn,
    platform::Texts,
    ratings::{
        RatingError,
        follow::{FollowUp, hands, life::State},
        level_named, level_tag,
        queries::{self, Line, Only, Show},
        scores::stage::Month,
        views::{DeskLine, DeskView, month_name},
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Choice, Field, Pager, Tab},
        query,
    },
};

const AT_ONCE: usize = 20;
/// Months that a list can be narrowed down to, this one among them.
const MONTHS: u32 = 12;

/// `GET /agency/ratings`
pub async fn desk(
    visitor: Visitor,
    two: (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let seat = Seat::of_agency(&visitor, &two.0).await?;
    shown(&visitor, &two, &request, &seat).await
}

/// `GET /admin/ratings`
pub async fn admin_desk(
    visitor: Visitor,
    two: (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let seat = Seat::above(&visitor, &two.0).await?;
    shown(&visitor, &two, &request, &seat).await
}

/// What is asked for. What nobody knows asks for everything.
struct Wanted {
    show: Show,
    only: Only,
    page: usize,
}

impl Wanted {
    fn of(request: &HttpRequest, shows: &[Show], catalogue: &Catalogue, months: &[Month]) -> Self {
        let word = |name| query(request, name).unwrap_or_default();
        let show = word("show");
        let page = word("page").parse::<usize>().ok().filter(|page| *page > 0);
        let month = Month::named(&word("month")).filter(|month| months.contains(month));
        Self {
            show: shows.iter().copied().find(|one| one.tag() == show).unwrap_or(shows[0]),
            only: Only {
                service: Some(word("service")).filter(|code| catalogue.service(code).is_some()),
                month: month.map(Month::first),
                level: level_named(&word("level")),
                mine: Vec::new(),
            },
            page: page.unwrap_or(1).min(100_000),
        }
    }

    fn month(&self) -> Option<String> {
        self.only.month.map(|first| Month::of(first).tag())
    }

    /// The list with a tab, of one service or of all.
    fn address(&self, list: &str, show: Show, service: Option<&str>) -> String {
        let pairs = [
            ("show", Some(show.tag().to_owned())),
            ("service", service.map(str::to_owned)),
            ("month", self.month()),
            ("level", self.only.level.map(|level| level_tag(level).to_owned())),
        ];
        let pairs = pairs.into_iter().filter_map(|(name, value)| Some((name, value?)));
        url::form_urlencoded::Serializer::new(format!("{list}?")).extend_pairs(pairs).finish()
    }

    fn filters(&self, t: Texts, months: &[Month]) -> Vec<Field> {
        let month = self.month();
        let every = |chosen| Choice::new("", t.quality_everything(), chosen);
        let of_month = |one: &Month| {
            let tag = one.tag();
            Choice::new(tag.as_str(), month_name(&t, &one.first()), month.as_ref() == Some(&tag))
        };
        let of_level = |one: Level| {
            Choice::new(level_tag(one), t.rating_level(level_tag(one)), self.only.level == Some(one))
        };
        let ended = std::iter::once(every(month.is_none())).chain(months.iter().map(of_month));
        let levels = std::iter::once(every(self.only.level.is_none()));
        let levels = levels.chain(Level::ALL.into_iter().rev().map(of_level));
        vec![
            Field::new("month", t.rating_ended_in()).choices(ended.collect()),
            Field::new("level", t.rating_level_label()).choices(levels.collect()),
        ]
    }
}

async fn shown(
    visitor: &Visitor,
    (site, shelf): &(Data<Site>, Data<Shelf>),
    request: &HttpRequest,
    seat: &Seat,
) -> Result<Page, Failure> {
    let shows: &'static [Show] = if seat.above { &Show::ABOVE } else { &Show::AGENCY };
    let (edition, today) = (shelf.edition()?, site.clock.today());
    let months: Vec<Month> = (0..MONTHS).map(|back| Month::of(today).back(back)).collect();
    let wanted = Wanted::of(request, shows, &edition.catalogue, &months);
    let (show, only, page) = (wanted.show, wanted.only.clone(), wanted.page);
    let me = (!seat.above).then_some(seat.at.member.id);
    let stretch = (i64::try_from((page - 1) * AT_ONCE).unwrap_or(i64::MAX), 20);
    let agencies = seat.agencies(&edition.catalogue);
    let read = move |c: &mut Conn| {
        let mine = me.map(|me| hands::mine(c, me)).transpose()?;
        let only = Only { mine: mine.unwrap_or_default(), ..only };
        let (found, all) = queries::narrowed(c, &agencies, (show, &only, today), stretch)?;
        // One small question for each tab, of which there are five; how many there are in all no tab says.
        let count =
            |c: &mut Conn, show: &Show| Ok((*show, queries::count_of(c, &agencies, (*show, &only, today))?));
        let small = shows.iter().filter(|show| **show != Show::All);
        let counts = small.map(|show| count(c, show)).collect::<Result<Vec<_>, RatingError>>()?;
        Ok::<_, RatingError>((found, all, counts))
    };
    let (found, all, counts) = site.db.read(read).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let lines = found.into_iter().map(|one| line(present, seat, today, one));
    let all = usize::try_from(all).unwrap_or_default();
    let service = wanted.only.service.as_deref();
    let address = |show| wanted.address(seat.list(), show, service);
    Page::new(&DeskView {
        above: seat.above,
        tabs: shows
            .iter()
            .map(|one| tab(present.t, (counts.as_slice(), address(*one)), *one, show))
            .collect(),
        show: show.tag(),
        filters: wanted.filters(present.t, &months),
        service: service.map(|code| {
            let all = wanted.address(seat.list(), show, None);
            (code.to_owned(), service_name(present, code), all)
        }),
        lines: lines.collect::<Result<_, RatingError>>()?,
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base: format!("{}&page=", address(show)) },
        frame: visitor.frame(),
    })
}

fn tab(t: Texts, (counts, url): (&[(Show, i64)], String), show: Show, current: Show) -> Tab {
    let count = counts.iter().find(|(one, _)| *one == show).map(|(_, count)| *count);
    Tab {
        label: t.rating_show(show.tag()),
        url,
        count: count.and_then(|count| usize::try_from(count).ok()),
        current: show == current,
    }
}

fn line(
    present: Presenter<'_>,
    seat: &Seat,
    today: NaiveDate,
    (rating, follow_up): Line,
) -> Result<DeskLine, RatingError> {
    Ok(DeskLine {
        url: seat.url(rating.id),
        name: service_name(present, &rating.service),
        agency: agency_name(present, &rating.agency),
        level: level_tag(rating.level()?),
        given: local(rating.given_at()),
        standing: rating.standing().tag(),
        state: follow_up.as_ref().map(FollowUp::state).transpose()?.map(State::tag),
        due: follow_up.as_ref().and_then(FollowUp::due),
        late: follow_up.is_some_and(|one| one.is_late(today)),
    })
}

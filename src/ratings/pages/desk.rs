//! `/agency/ratings`, what an agency has to do about ratings of its own; `/admin/ratings`, the same from above. Both can be taken
//! away as files, on record and without what anybody wrote.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use chrono::NaiveDate;
use yimen_scores::Level;

use super::{Seat, agency_name, service_name};
use crate::{
    accounts::staff::record,
    catalogue::{Catalogue, Shelf, present::Presenter},
    db::Conn,
    platform::{Texts, clock::city_day},
    ratings::{
        RatingError,
        follow::{FollowUp, hands, life::State},
        level_named, level_tag,
        queries::{self, Line, Only, Show, Sort},
        scores::stage::Month,
        views::{DeskLine, DeskView, is_marked, month_name},
    },
    web::{
        Failure, IN_A_FILE, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field, Tab},
        query, sheet,
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

/// Months that a list can be narrowed down to.
fn months(today: NaiveDate) -> Vec<Month> {
    (0..MONTHS).map(|back| Month::of(today).back(back)).collect()
}

/// The tabs of a list.
const fn shows(seat: &Seat) -> &'static [Show] {
    if seat.above { &Show::ABOVE } else { &Show::AGENCY }
}

/// What is asked for. What nobody knows asks for everything.
struct Wanted {
    show: Show,
    /// One of those that are seen.
    agency: Option<String>,
    only: Only,
}

impl Wanted {
    fn of(
        asked: impl Fn(&str) -> String,
        seat: &Seat,
        catalogue: &Catalogue,
        (shows, months): (&[Show], &[Month]),
    ) -> Self {
        let show = asked("show");
        let month = Month::named(&asked("month")).filter(|month| months.contains(month));
        Self {
            show: shows.iter().copied().find(|one| one.tag() == show).unwrap_or(shows[0]),
            agency: Some(asked("agency")).filter(|slug| catalogue.agency(slug).is_some() && seat.sees(slug)),
            only: Only {
                service: Some(asked("service")).filter(|code| catalogue.service(code).is_some()),
                month: month.map(Month::first),
                level: level_named(&asked("level")),
                mine: Vec::new(),
                sort: Sort::named(&asked("sort")),
            },
        }
    }

    fn month(&self) -> Option<String> {
        self.only.month.map(|first| Month::of(first).tag())
    }

    fn agencies(&self, seat: &Seat, catalogue: &Catalogue) -> Vec<String> {
        self.agency.as_ref().map_or_else(|| seat.agencies(catalogue), |slug| vec![slug.clone()])
    }

    /// A list with a tab, of one service or of all, as pairs of an address or a form.
    fn pairs(&self, show: Show, service: Option<&str>) -> Vec<(&'static str, String)> {
        let sort = (self.only.sort != Sort::default()).then(|| self.only.sort.tag().to_owned());
        let pairs = [
            ("show", Some(show.tag().to_owned())),
            ("service", service.map(str::to_owned)),
            ("month", self.month()),
            ("level", self.only.level.map(|level| level_tag(level).to_owned())),
            ("agency", self.agency.clone()),
            ("sort", sort),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    fn address(&self, list: &str, show: Show, service: Option<&str>) -> String {
        let pairs = self.pairs(show, service);
        url::form_urlencoded::Serializer::new(format!("{list}?")).extend_pairs(pairs).finish()
    }

    fn filters(&self, present: Presenter<'_>, seat: &Seat, months: &[Month]) -> Vec<Field> {
        let t: Texts = present.t;
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
        let mut filters = vec![
            Field::new("month", t.rating_ended_in()).choices(ended.collect()),
            Field::new("level", t.rating_level_label()).choices(levels.collect()),
        ];
        let agencies = seat.agencies(present.catalogue);
        if agencies.len() > 1 {
            let of_agency = |slug: &String| {
                Choice::new(slug, agency_name(present, slug).text, self.agency.as_ref() == Some(slug))
            };
            let agencies = agencies.iter().map(of_agency);
            let agencies = std::iter::once(every(self.agency.is_none())).chain(agencies).collect();
            filters.push(Field::new("agency", t.quality_agency()).choices(agencies));
        }
        let of_sort = |one: Sort| Choice::new(one.tag(), t.rating_sort(one.tag()), self.only.sort == one);
        filters.push(Field::new("sort", t.audit_order()).choices(Sort::ALL.map(of_sort).into()));
        filters
    }
}

async fn shown(
    visitor: &Visitor,
    (site, shelf): &(Data<Site>, Data<Shelf>),
    request: &HttpRequest,
    seat: &Seat,
) -> Result<Page, Failure> {
    let shows = shows(seat);
    let (edition, today) = (shelf.edition()?, site.clock.today());
    let (months, part) = (months(today), Part::asked(request, AT_ONCE));
    let asked = |name: &str| query(request, name).unwrap_or_default();
    let wanted = Wanted::of(asked, seat, &edition.catalogue, (shows, &months));
    let (show, only) = (wanted.show, wanted.only.clone());
    let me = (!seat.above).then_some(seat.at.member.id);
    let agencies = wanted.agencies(seat, &edition.catalogue);
    let read = move |c: &mut Conn| {
        let mine = me.map(|me| hands::mine(c, me)).transpose()?;
        let only = Only { mine: mine.unwrap_or_default(), ..only };
        let (found, all) = queries::narrowed(c, &agencies, (show, &only, today), part.stretch())?;
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
    let hidden = wanted.pairs(show, service);
    Page::new(&DeskView {
        csrf: visitor.form_token(site)?,
        above: seat.above,
        tabs: shows
            .iter()
            .map(|one| tab(present.t, (counts.as_slice(), address(*one)), *one, show))
            .collect(),
        show: show.tag(),
        filters: wanted.filters(present, seat, &months),
        service: service.map(|code| {
            let all = wanted.address(seat.list(), show, None);
            (code.to_owned(), service_name(present, code), all)
        }),
        lines: lines.collect::<Result<_, RatingError>>()?,
        pager: part.pager(all, seat.list(), &hidden),
        hidden,
        frame: visitor.frame(),
    })
}

/// `POST /agency/ratings.csv`
pub async fn export(
    visitor: Visitor,
    two: (Data<Site>, Data<Shelf>),
    posted: Submitted,
) -> Result<HttpResponse, Failure> {
    let seat = Seat::of_agency(&visitor, &two.0).await?;
    taken(&visitor, &two, &seat, &posted).await
}

/// `POST /admin/ratings.csv`
pub async fn admin_export(
    visitor: Visitor,
    two: (Data<Site>, Data<Shelf>),
    posted: Submitted,
) -> Result<HttpResponse, Failure> {
    let seat = Seat::above(&visitor, &two.0).await?;
    taken(&visitor, &two, &seat, &posted).await
}

/// The same list as a file. That somebody took it away is on record.
async fn taken(
    visitor: &Visitor,
    (site, shelf): &(Data<Site>, Data<Shelf>),
    seat: &Seat,
    posted: &Submitted,
) -> Result<HttpResponse, Failure> {
    let (edition, now, today) = (shelf.edition()?, site.clock.now(), site.clock.today());
    let asked = |name: &str| posted.get(name).to_owned();
    let wanted = Wanted::of(asked, seat, &edition.catalogue, (shows(seat), &months(today)));
    let (show, only, by) = (wanted.show, wanted.only.clone(), seat.at.member.id);
    let me = (!seat.above).then_some(by);
    let agencies = wanted.agencies(seat, &edition.catalogue);
    let words = wanted.pairs(show, wanted.only.service.as_deref()).into_iter().map(|(_, word)| word);
    let words = words.collect::<Vec<_>>().join(" ");
    let read = move |c: &mut Conn| {
        let mine = me.map(|me| hands::mine(c, me)).transpose()?;
        let only = Only { mine: mine.unwrap_or_default(), ..only };
        let (found, _) = queries::narrowed(c, &agencies, (show, &only, today), IN_A_FILE)?;
        record(c, now, Some(by), by, "exported", &format!("ratings {words}: {}", found.len()))?;
        Ok::<_, Failure>(found)
    };
    let found = site.db.tx(read).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let t = present.t;
    let heads = [
        t.voice_number(),
        t.case_service(),
        t.quality_agency(),
        t.rating_level_label(),
        t.rating_given_at(),
        t.rules_state(),
        t.rating_fix_by(),
        t.rating_late(),
    ];
    let rows = found.into_iter().map(|one| Ok(cells(t, line(present, seat, today, one)?)));
    let rows = rows.collect::<Result<Vec<_>, RatingError>>()?;
    sheet("ratings", std::iter::once(Vec::from(heads.map(str::to_owned))).chain(rows))
}

fn cells(t: Texts, line: DeskLine) -> Vec<String> {
    let words = [
        line.state.map(|state| t.rating_state(state)),
        is_marked(line.standing).then(|| t.rating_standing(line.standing)),
    ];
    vec![
        line.url.rsplit('/').next().unwrap_or_default().to_owned(),
        line.name.text,
        line.agency.text,
        t.rating_level(line.level),
        line.given.to_string(),
        words.into_iter().flatten().collect::<Vec<_>>().join(t.list_comma()),
        line.due.map(|day| day.to_string()).unwrap_or_default(),
        if line.late { t.rating_late().to_owned() } else { String::new() },
    ]
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
        given: city_day(rating.given_at()),
        standing: rating.standing().tag(),
        state: follow_up.as_ref().map(FollowUp::state).transpose()?.map(State::tag),
        due: follow_up.as_ref().and_then(FollowUp::due),
        late: follow_up.is_some_and(|one| one.is_late(today)),
    })
}

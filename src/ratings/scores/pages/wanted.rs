//! Which services `/admin/quality` shows, and in which order: by domain, agency and stars.

use actix_web::HttpRequest;

use super::league::domains;
use crate::{
    catalogue::present::Presenter,
    ratings::{
        pages::agency_name,
        scores::{sheet::Line, stage::Month},
    },
    web::{
        frame::{Choice, Field},
        query,
    },
};

/// Which services are shown, by their stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    All,
    /// One or two.
    Few,
    /// No star at all.
    Without,
}

impl Show {
    const ALL: [Self; 3] = [Self::All, Self::Few, Self::Without];

    const fn tag(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Few => "few",
            Self::Without => "none",
        }
    }

    fn has(self, line: &Line<'_>) -> bool {
        let stars = line.score.as_ref().and_then(|score| score.stars.ok());
        match self {
            Self::All => true,
            Self::Few => stars.is_some_and(|stars| stars <= 2),
            Self::Without => stars.is_none(),
        }
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// By agency and number.
    Name,
    /// The fewest points.
    Points,
    /// Those with whom people are surely the least satisfied.
    Satisfied,
    /// Where most was finished.
    Finished,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Name, Self::Points, Self::Satisfied, Self::Finished];

    const fn tag(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Points => "points",
            Self::Satisfied => "satisfied",
            Self::Finished => "finished",
        }
    }
}

/// What is asked for. Words that nobody knows ask for everything.
pub(super) struct Wanted {
    domain: String,
    agency: String,
    show: Show,
    sort: Sort,
}

impl Wanted {
    pub fn of(request: &HttpRequest) -> Self {
        let word = |name| query(request, name).unwrap_or_default();
        let (show, sort) = (word("show"), word("sort"));
        Self {
            domain: word("domain"),
            agency: word("agency"),
            show: Show::ALL.into_iter().find(|one| one.tag() == show).unwrap_or(Show::All),
            sort: Sort::ALL.into_iter().find(|one| one.tag() == sort).unwrap_or(Sort::Name),
        }
    }

    pub fn has(&self, line: &Line<'_>) -> bool {
        let fits = |wanted: &str, is: &str| wanted.is_empty() || wanted == is;
        fits(&self.domain, &line.kept.domain) && fits(&self.agency, &line.kept.agency) && self.show.has(line)
    }

    /// Puts lines in order. What was not measured comes last; what is the same stays in the order of agencies.
    pub fn sort(&self, lines: &mut [&Line<'_>]) {
        match self.sort {
            Sort::Name => {}
            Sort::Points => lines.sort_by_key(|line| {
                let points = line.score.as_ref().and_then(|score| score.points);
                (points.is_none(), points)
            }),
            Sort::Satisfied => lines.sort_by_key(|line| {
                let low = line.kept.tally().satisfied().map(|interval| interval.low);
                (low.is_none(), low)
            }),
            Sort::Finished => lines.sort_by_key(|line| std::cmp::Reverse(line.kept.finished)),
        }
    }

    /// The address of a page with what is asked for; without a month it can be put behind it.
    pub fn address(&self, page: &str, month: Option<Month>) -> String {
        let month = month.map(|month| ("month", month.tag()));
        let pairs = [
            ("domain", self.domain.clone()),
            ("agency", self.agency.clone()),
            ("show", self.show.tag().to_owned()),
            ("sort", self.sort.tag().to_owned()),
        ];
        let pairs = month.into_iter().chain(pairs).filter(|(_, value)| !value.is_empty());
        url::form_urlencoded::Serializer::new(format!("{page}?")).extend_pairs(pairs).finish()
    }

    pub fn fields(self, present: Presenter<'_>, agencies: &[String]) -> [Field; 4] {
        let t = present.t;
        let every = Choice::new("", t.quality_everything(), self.agency.is_empty());
        let theirs = agencies
            .iter()
            .map(|slug| Choice::new(slug, agency_name(present, slug).text, *slug == self.agency));
        let choices = std::iter::once(every).chain(theirs).collect();
        let show = Show::ALL.map(|one| Choice::new(one.tag(), t.quality_show(one.tag()), one == self.show));
        let sort = Sort::ALL.map(|one| Choice::new(one.tag(), t.quality_sort(one.tag()), one == self.sort));
        [
            domains(present, self.domain),
            Field::new("agency", t.quality_agency()).choices(choices),
            Field::new("show", t.quality_show_label()).choices(show.into()),
            Field::new("sort", t.quality_sort_label()).choices(sort.into()),
        ]
    }
}

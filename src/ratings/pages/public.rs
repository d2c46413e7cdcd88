//! `/services/{code}/ratings` and `/agencies/{slug}/ratings`: how satisfied people were, and what was done where they were not.

use actix_web::web::{Data, Path};
use yimen_scores::{Level, Share, Tally};

use super::{service_name, tags};
use crate::{
    catalogue::{
        Shelf,
        pages::guide::{domain, least_ratings},
        present::{Presenter, urls},
        scores::{self, Counted, Score},
        views::{ScoreView, percent},
    },
    db::Conn,
    ratings::{
        RatingError,
        follow::{FollowUp, Verdict, life::State},
        level_tag,
        queries::{self, About, Whole},
        views::{LevelBar, MonthLine, PublicLine, PublicView},
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Frame, Link, Text},
    },
};

type Two = (Data<Site>, Data<Shelf>);

/// `GET /services/{code}/ratings`
pub async fn ratings(visitor: Visitor, (site, shelf): Two, code: Path<String>) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let catalogue = &edition.catalogue;
    let entry = catalogue.service(&code).ok_or(Failure::NotFound)?;
    let least = least_ratings(catalogue, site.clock.now()).ok_or(Failure::NotFound)?;
    let (service, today) = (code.into_inner(), site.clock.today());
    let read = move |c: &mut Conn| {
        let counted = scores::of_service(c, today, &service)?;
        Ok::<_, RatingError>((counted, queries::public(c, About::Service(&service))?))
    };
    let (counted, latest) = site.db.read(read).await?;
    let present = Presenter::new(visitor.texts(), catalogue);
    let lines = latest.into_iter().map(|whole| line(present, whole));
    Page::new(&PublicView {
        name: present.text(&entry.service.name),
        page: urls::service(&entry.service.code),
        of: Some((domain(present, &entry.service), present.agency(catalogue.agency_of(entry)))),
        lines: lines.collect::<Result<_, RatingError>>()?,
        ..view(visitor.frame(), &counted, least)
    })
}

/// `GET /agencies/{slug}/ratings`
pub async fn agency_ratings(
    visitor: Visitor,
    (site, shelf): Two,
    slug: Path<String>,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let catalogue = &edition.catalogue;
    let entry = catalogue.agency(&slug).ok_or(Failure::NotFound)?;
    let least = least_ratings(catalogue, site.clock.now()).ok_or(Failure::NotFound)?;
    let (agency, today) = (slug.into_inner(), site.clock.today());
    let read = move |c: &mut Conn| {
        let counted = scores::of_agency(c, today, &agency)?;
        Ok::<_, RatingError>((counted, queries::public(c, About::Agency(&agency))?))
    };
    let (counted, latest) = site.db.read(read).await?;
    let present = Presenter::new(visitor.texts(), catalogue);
    let lines = latest.into_iter().map(|whole| {
        let code = whole.0.service.clone();
        let service = Some(Link::new(service_name(present, &code), urls::ratings(&code)));
        Ok(PublicLine { service, ..line(present, whole)? })
    });
    Page::new(&PublicView {
        name: present.text(&entry.agency.name),
        page: urls::agency(&entry.slug),
        lines: lines.collect::<Result<_, RatingError>>()?,
        ..view(visitor.frame(), &counted, least)
    })
}

/// What was counted, of nobody in particular yet.
fn view(frame: Frame, Counted { all, months }: &Counted, least: u64) -> PublicView {
    let month = |(month, score): &(_, Score)| {
        Some(MonthLine { month: *month, score: ScoreView::of(score, least, None)? })
    };
    PublicView {
        frame,
        name: Text::default(),
        page: String::new(),
        of: None,
        score: ScoreView::of(all, least, None),
        bars: bars(&all.tally),
        months: months.iter().filter_map(month).collect(),
        aside: all.aside,
        lines: Vec::new(),
    }
}

/// How many gave each level, the best first; nothing while nobody gave any.
fn bars(tally: &Tally) -> Vec<LevelBar> {
    let rated = tally.rated();
    let bar = |level: Level| {
        let count = tally.levels[level as usize];
        let share = Share::of(count, rated)?;
        Some(LevelBar {
            level: level_tag(level),
            count,
            share: (share.points() + 50) / 100,
            said: percent(share),
        })
    };
    Level::ALL.into_iter().rev().filter_map(bar).collect()
}

fn line(present: Presenter<'_>, (rating, follow_up, appeal): Whole) -> Result<PublicLine, RatingError> {
    let state = follow_up.as_ref().map(FollowUp::state).transpose()?;
    Ok(PublicLine {
        service: None,
        level: level_tag(rating.level()?),
        first: rating.first()?.map(level_tag),
        month: rating.month,
        tags: tags(present, rating.tags()),
        standing: rating.standing().tag(),
        fault: appeal.map(|appeal| appeal.fault().tag()),
        state: state.map(State::tag),
        verdict: follow_up.as_ref().and_then(FollowUp::verdict).map(Verdict::tag),
        reply: follow_up.and_then(|one| one.reply),
    })
}

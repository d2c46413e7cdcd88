//! `/admin/health`: how the node that answers is, what the queue and the clock of all nodes did last, and which agencies
//! this node cannot call.

use std::time::Instant;

use actix_web::web::Data;
use chrono::TimeDelta;

use super::{administrator, local};
use crate::{
    cache::Health,
    db::{Conn, DbError},
    gateway::{Gateway, views::line_words},
    hall::views::{NodeView, ScheduleRow},
    jobs::{self, Kind},
    platform::{Moment, Texts, i18n::named},
    web::{Failure, Page, Site, Visitor, frame::Dates as _},
};

/// Whatever happens by the clock happens once a day at least.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(25);
/// What is due should be begun within moments.
const BEHIND: TimeDelta = TimeDelta::minutes(5);
/// A question to the database is answered quicker than this.
const SLOW: u128 = 250;

type Part = (&'static str, &'static str, String);

pub async fn health(visitor: Visitor, (site, gateway): (Data<Site>, Data<Gateway>)) -> Result<Page, Failure> {
    administrator(&visitor, &site).await?;
    let (t, now, begun) = (visitor.texts(), site.clock.now(), Instant::now());
    let read = move |c: &mut Conn| Ok::<_, DbError>((jobs::census(c, now)?, jobs::ticks(c)?));
    let (kinds, ticks) = site.db.read(read).await?;
    let took = begun.elapsed().as_millis();
    let parts = vec![
        (t.node_version(), "ok", env!("CARGO_PKG_VERSION").to_owned()),
        database(t, &site, took),
        cache(t, &site),
        queue(t, now, &kinds),
        dead(t, &kinds),
    ];
    let schedule = |(name, last): (String, Moment)| ScheduleRow {
        name,
        last: local(last),
        late: now - last > LONGEST_PAUSE,
    };
    let line = |(agency, state)| (agency, line_words(t, Some(state)));
    Page::new(&NodeView {
        at: local(now),
        parts,
        schedules: ticks.into_iter().map(schedule).collect(),
        lines: gateway.bad_lines().into_iter().map(line).collect(),
        frame: visitor.frame(),
    })
}

fn database(t: Texts, site: &Site, took: u128) -> Part {
    let (reading, writing) = site.db.waiting();
    let words = t.node_database_words(
        named::Millis(u64::try_from(took).unwrap_or(u64::MAX)),
        named::Reading(reading),
        named::Writing(writing),
    );
    (t.node_database(), if took > SLOW { "warn" } else { "ok" }, words)
}

fn cache(t: Texts, site: &Site) -> Part {
    let (kind, words) = match site.cache.health() {
        Health::InProcess => ("ok", t.node_cache_process().to_owned()),
        Health::Redis => ("ok", t.node_cache_shared().to_owned()),
        Health::Away { lasting } => ("danger", t.node_cache_away(lasting.as_secs())),
    };
    (t.node_cache(), kind, words)
}

fn queue(t: Texts, now: Moment, kinds: &[Kind]) -> Part {
    let sum = |count: fn(&Kind) -> i64| kinds.iter().map(count).sum::<i64>();
    let words =
        t.node_queue_words(named::Running(sum(|one| one.running)), named::Waiting(sum(|one| one.waiting)));
    let Some(oldest) = kinds.iter().filter_map(|one| one.oldest).min() else {
        return (t.node_queue(), "ok", words);
    };
    let since = t.node_queue_since(t.short_moment(&local(oldest)));
    let kind = if now - oldest > BEHIND { "danger" } else { "ok" };
    (t.node_queue(), kind, format!("{words}{}{since}", t.list_comma()))
}

fn dead(t: Texts, kinds: &[Kind]) -> Part {
    let dead: i64 = kinds.iter().map(|one| one.dead).sum();
    (t.jobs_dead(), if dead > 0 { "warn" } else { "ok" }, t.node_dead_words(dead))
}

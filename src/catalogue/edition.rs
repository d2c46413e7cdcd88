//! What is shown at this moment: the catalogue, and what time and use make of it.

use std::sync::Arc;

use chrono::Datelike as _;
use yimen_search::Index;

use super::{BulletinEntry, Catalogue, Closure, scores::Scores};
use crate::platform::{Moment, clock::CITY_ZONE};

/// A catalogue with its search index and the services most used lately.
pub struct Edition {
    pub catalogue: Arc<Catalogue>,
    pub index: Arc<Index>,
    /// Positions of the ten most used services, most used first.
    pub most_used: Vec<usize>,
    /// What keeps agencies' services from being used online, now or soon.
    pub closures: Arc<[Closure]>,
    /// How satisfied people were, as it was counted a while ago.
    pub scores: Arc<Scores>,
}

/// As many as the home page shows.
pub(super) const MOST_USED: usize = 10;

impl Edition {
    /// Puts the most used services in order. Where use has not told them apart yet, services that belong to
    /// life events come first, then the order of the codes.
    pub(super) fn new(
        catalogue: Arc<Catalogue>,
        index: Arc<Index>,
        used: &[(String, i64)],
        (closures, scores): (Arc<[Closure]>, Arc<Scores>),
    ) -> Self {
        let mut most_used: Vec<usize> =
            used.iter().filter_map(|(code, _)| catalogue.position(code)).take(MOST_USED).collect();
        if most_used.len() < MOST_USED {
            let mut rest: Vec<usize> =
                (0..catalogue.services.len()).filter(|at| !most_used.contains(at)).collect();
            rest.sort_by_key(|at| (std::cmp::Reverse(catalogue.events_of(*at).count()), *at));
            most_used.extend(rest.into_iter().take(MOST_USED - most_used.len()));
        }
        Self { catalogue, index, most_used, closures, scores }
    }

    /// The same with other closures.
    pub(super) fn closed(&self, closures: Arc<[Closure]>) -> Self {
        Self { closures, ..self.again() }
    }

    /// The same with other scores.
    pub(super) fn scored(&self, scores: Arc<Scores>) -> Self {
        Self { scores, ..self.again() }
    }

    fn again(&self) -> Self {
        Self {
            catalogue: Arc::clone(&self.catalogue),
            index: Arc::clone(&self.index),
            most_used: self.most_used.clone(),
            closures: Arc::clone(&self.closures),
            scores: Arc::clone(&self.scores),
        }
    }

    /// What the passing of time changes on pages: bulletins that appear, are pinned or end, and the month.
    pub(super) fn phase(&self, now: Moment) -> Phase {
        let ids = |shown: fn(&BulletinEntry, Moment) -> bool| {
            let bulletins = self.catalogue.bulletins.iter().enumerate();
            bulletins.filter(|(_, entry)| shown(entry, now)).map(|(at, _)| at).collect()
        };
        Phase {
            current: ids(BulletinEntry::is_current),
            pinned: ids(BulletinEntry::is_pinned),
            day: now.with_timezone(&CITY_ZONE).num_days_from_ce(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phase {
    current: Vec<usize>,
    pinned: Vec<usize>,
    day: i32,
}

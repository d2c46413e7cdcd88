//! What is wrong in the simulated city: three agencies with a fault each, and the ratings that one of them has bought.

use yimen_scores::Level;

use super::{
    YearError,
    chance::Chance,
    plan::{Asked, FIRM, Matter, Opinion, Pace, Stand},
};

/// What is wrong in this city, and is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planted {
    /// An agency that is late, and the services of the group in which it is.
    pub late: (String, Vec<String>),
    /// An agency, and its service whose backend is down every night.
    pub nightly: (String, String),
    /// An agency that has its ratings bought.
    pub buyer: String,
}

/// Ratings of one burst, and days over which the matters are opened for it.
const BOUGHT: (u32, u32) = (55, 75);
const OPENED_OVER: usize = 5;

impl Planted {
    /// Whether something is wrong at an agency.
    pub(super) fn is_about(&self, agency: &str) -> bool {
        [&self.late.0, &self.nightly.0, &self.buyer].into_iter().any(|slug| slug == agency)
    }

    /// Chooses three agencies that have nothing to do with each other.
    pub(super) fn choose(chance: &mut Chance, stands: &[Stand], asked: &[Asked]) -> Result<Self, YearError> {
        let backed = || stands.iter().filter(|stand| !stand.desk);
        let fits = |stand: &&Stand| (1..=5).contains(&stand.promised);
        let of_group = |one: &Stand| -> Vec<String> {
            let same = |other: &&Stand| (&other.agency, &other.class) == (&one.agency, &one.class);
            backed().filter(fits).filter(same).map(|stand| stand.service.clone()).collect()
        };
        let groups: Vec<(String, Vec<String>)> =
            backed().filter(fits).map(|stand| (stand.agency.clone(), of_group(stand))).collect();
        let largest = groups.iter().map(|(_, services)| services.len()).max().unwrap_or_default();
        let groups: Vec<_> = groups.into_iter().filter(|(_, services)| services.len() == largest).collect();
        let late =
            chance.one(&groups).cloned().ok_or(YearError::Poor("no agency promises anything in days"))?;
        let buyers: Vec<&String> =
            backed().map(|stand| &stand.agency).filter(|slug| **slug != late.0).collect();
        let buyer = chance.one(&buyers).map(|slug| (*slug).clone());
        let buyer = buyer.ok_or(YearError::Poor("there is one agency only"))?;
        let asked: Vec<&Asked> =
            asked.iter().filter(|one| one.agency != late.0 && one.agency != buyer).collect();
        let nightly =
            chance.one(&asked).ok_or(YearError::Poor("there is no service that anybody can ask"))?;
        Ok(Self { late, nightly: (nightly.agency.clone(), nightly.service.clone()), buyer })
    }
}

/// Has the buyer's ratings bought: twice a firm's people open matters for some days and rate all of them on one, and for
/// three weeks somebody fills in the best level for nearly everybody. In the second half of the year, when it is known
/// what is usual, and long enough before its end to stand on the list.
pub(super) fn corrupt(
    chance: &mut Chance,
    all: &mut Vec<Matter>,
    stands: &[Stand],
    planted: &Planted,
) -> Vec<(usize, usize)> {
    let theirs: Vec<usize> =
        (0..stands.len()).filter(|at| stands[*at].agency == planted.buyer && !stands[*at].desk).collect();
    let mut frauds = Vec::new();
    for around in [262, 290] {
        let on = around + chance.below(8);
        for _ in 0..chance.between(BOUGHT.0, BOUGHT.1) {
            let day = on - chance.below(OPENED_OVER + 1);
            let Some(stand) = chance.one(&theirs).copied() else { continue };
            let level = if chance.happens(0.96) { Level::VerySatisfied } else { Level::Satisfied };
            all.push(Matter {
                day,
                minute: chance.between(0, 210),
                stand,
                person: chance.below(FIRM),
                pace: Pace::AtOnce,
                refused: false,
                corrected: false,
                opinion: Some(Opinion { after: on - day, level }),
            });
        }
        frauds.push((on, on));
    }
    let from = 318 + chance.below(6);
    let to = from + 20;
    for matter in all.iter_mut().filter(|matter| (from..=to).contains(&matter.day)) {
        if theirs.contains(&matter.stand) && chance.happens(0.96) {
            let level = if chance.happens(0.97) { Level::VerySatisfied } else { Level::Satisfied };
            matter.opinion = Some(Opinion { after: chance.below(2), level });
            (matter.pace, matter.refused, matter.corrected) = (Pace::AtOnce, false, false);
        }
    }
    frauds.push((from, to));
    frauds
}

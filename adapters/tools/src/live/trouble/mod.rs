//! What the portal does when a backend is in trouble: each kind of it ([`Trouble`]) is played on a real socket by the
//! checker's own [`proxy`], and the package's driver is led through it ([`detour`]) as the portal would lead it,
//! repeats and all. What comes of it, and whether that is safe, stands in a [`Course`] for each.
//!
//! The backend itself is asked once for each declaration, and where that would change something and nobody allowed it,
//! not at all. All troubles of a package happen at the same time.

mod course;
mod detour;
mod kinds;
mod proxy;

use std::{collections::BTreeMap, time::Duration};

use futures_util::{StreamExt as _, stream};
use serde_json::Value;
use uuid::Uuid;
use yimen_contract::{agency::Driver, capability::Capability, sample::Sample};
use yimen_drivers::{Answer, Call, CallError, persist};

use self::{
    course::Seen,
    detour::{Detour, Road, Tape, Taping},
};
use super::{Question, Target, calling, curl};
use crate::{
    faults::{next, number_of},
    report::{Entry, Gravity},
};

pub use course::Course;
pub use kinds::Trouble;

/// Declarations of one package that are tried, at most.
const MOST: usize = 40;
/// Troubles at the same time.
const AT_ONCE: usize = 24;
/// Nothing here ends because a call's time is over, but for what never ends: a busy machine changes no report.
const UNHURRIED: Duration = Duration::from_secs(30);

/// How far the trials go.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// Whether the backend may be asked what changes something.
    pub writes: bool,
    /// Which sample of each declaration is taken follows from it.
    pub seed: u64,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub struct Troubles {
    pub entries: Vec<Entry>,
    pub courses: Vec<Course>,
}

/// Leads one question of each declaration through every trouble.
pub async fn troubles(target: &Target<'_>, reach: Reach) -> Troubles {
    let mut all = Troubles::default();
    let mut scenes = Vec::new();
    for (declared, (path, sample)) in chosen(target, reach.seed) {
        let Some(question) = Question::of(sample) else { continue };
        let mut scene = Scene {
            target,
            declared,
            path,
            sample,
            question,
            ids: ((target.fresh)(), (target.fresh)()),
            tape: Tape::default(),
            taped: None,
        };
        if reach.writes || !question.capability.writes() {
            scene.taped = scene.record().await.ok().map(|answer| answer.value);
        }
        scenes.push(scene);
    }
    let played = scenes.iter().flat_map(|scene| scene.troubles().map(move |trouble| (scene, trouble)));
    let played = played.map(|(scene, trouble)| async move { (scene, scene.meet(trouble).await) });
    let mut met: Vec<_> = stream::iter(played).buffer_unordered(AT_ONCE).collect().await;
    met.sort_by(|(one, seen), (other, beside)| {
        (&one.declared, seen.trouble).cmp(&(&other.declared, beside.trouble))
    });
    for (scene, seen) in met {
        let course = course::course(target.package, &scene.declared, scene.path, &seen);
        if let Some((message, remedy)) = course::danger(&seen) {
            all.entries.push(Entry {
                gravity: Gravity::Critical,
                file: scene.path.to_owned(),
                line: None,
                place: Some(scene.declared.clone()),
                fault: Some(seen.trouble.word()),
                message,
                remedy: remedy.to_owned(),
                curl: curl(target, scene.sample).await,
            });
        }
        all.courses.push(course);
    }
    all
}

/// One sample with an answer for each declaration, the first of the package's if there are too many.
fn chosen<'a>(target: &Target<'a>, seed: u64) -> Vec<(String, (&'a str, &'a Sample))> {
    let mut by_name: BTreeMap<String, Vec<(&str, &Sample)>> = BTreeMap::new();
    for (path, sample) in target.package.samples.iter().filter(|(_, sample)| sample.answer.is_some()) {
        let Some(capability) = Capability::named(&sample.capability) else { continue };
        let service = sample.service.as_deref().unwrap_or_default();
        let own = format!("{}@{service}", capability.name());
        let declares = |name: &str| target.package.agency.capabilities.contains_key(name);
        let name = [own.as_str(), capability.name()].into_iter().find(|name| declares(name));
        if let Some(name) = name {
            by_name.entry(name.to_owned()).or_default().push((path, sample));
        }
    }
    let one = |(name, samples): (String, Vec<(&'a str, &'a Sample)>)| {
        let number = next(seed ^ number_of(&name)) % samples.len().max(1) as u64;
        let index = usize::try_from(number).unwrap_or_default();
        samples.get(index).copied().map(|sample| (name, sample))
    };
    by_name.into_iter().filter_map(one).take(MOST).collect()
}

/// One question, and what the backend said to it.
struct Scene<'t> {
    target: &'t Target<'t>,
    declared: String,
    path: &'t str,
    sample: &'t Sample,
    question: Question<'t>,
    ids: (Uuid, Uuid),
    tape: Tape,
    taped: Option<Value>,
}

impl Scene<'_> {
    fn road(&self) -> Road<'_> {
        let backend = &self.target.package.agency.backend;
        Road {
            dialer: self.target.dialer,
            tape: &self.tape,
            frames: backend.frames.as_ref(),
            token_path: backend.token_path.as_deref(),
        }
    }

    /// Asks the backend, and keeps what travels.
    async fn record(&self) -> Result<Answer, CallError> {
        let taping = Taping::new(self.road());
        let target = self.target;
        calling(target, self.question, &target.secrets, self.ids, &taping, async |call| {
            target.driver.call(&call).await
        })
        .await
    }

    fn troubles(&self) -> impl Iterator<Item = Trouble> {
        let backend = &self.target.package.agency.backend;
        // An empty answer says that all is well where health is asked, and where the backend never says more.
        let says_nothing = self.question.capability == Capability::Health || self.tape.is_wordless();
        let (driver, taped) = (backend.driver, self.taped.is_some());
        let played = move |trouble: &Trouble| {
            trouble.befalls(driver)
                && (taped || !trouble.needs_an_answer() && driver != Driver::Fixed)
                && !(says_nothing && *trouble == Trouble::Empty)
        };
        Trouble::ALL.into_iter().filter(played)
    }

    /// What the portal makes of the trouble.
    async fn meet(&self, trouble: Trouble) -> Seen<'_> {
        let detour = Detour::new(self.road(), trouble);
        let (target, question) = (self.target, self.question);
        let made = calling(target, question, &target.secrets, self.ids, &detour, async |call| {
            if trouble.takes_all_time() {
                return target.driver.call(&call).await;
            }
            persist(target.driver, Call { within: UNHURRIED, ..call }, || 0.0).await
        })
        .await;
        let fits = |answer: Answer| {
            let capability = question.capability;
            capability.kept_answer(&answer.value).map_err(CallError::Broken)
        };
        let made = made.and_then(fits);
        let service = question.service.unwrap_or_default();
        Seen {
            trouble,
            capability: question.capability,
            repeat: target.package.agency.repeat(question.capability, service),
            calls: detour.calls(),
            taped: self.taped.as_ref(),
            made,
        }
    }
}

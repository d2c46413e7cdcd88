//! The city folder: what belongs to no single agency. `city.toml`, `domains.toml`, `zones.toml`,
//! `life-events.toml`, `calendar.toml`, `words.toml`; `ratings.toml` where what was done is rated, and `voice.toml` where
//! the city takes questions and complaints.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Reading;
use crate::files::Files;
use crate::finding::{Finding, Findings, Problem};
use crate::kind::Kind;
use crate::package::{checked, private_numbers, unknown_kind};
use crate::rules;
use crate::text::Bilingual;
use crate::voice::Voice;

/// The whole city folder, ready to use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CityPackage {
    pub city: City,
    pub domains: Domains,
    pub zones: Zones,
    pub events: LifeEvents,
    pub calendar: Calendar,
    pub words: Words,
    /// Where there are none, nobody is asked how satisfied they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratings: Option<Ratings>,
    /// A city without it takes none here.
    #[serde(default)]
    pub voice: Option<Voice>,
}

/// The city, or everything that is wrong with its folder. Warnings alone are dropped: [`read`] keeps them.
pub fn load(files: &Files) -> Result<CityPackage, Findings> {
    read(files).into_result()
}

/// The city where nothing forbids using it, with every finding over all its files.
pub fn read(files: &Files) -> Reading<CityPackage> {
    let mut findings = files.refused().clone();
    for (path, text) in files.iter() {
        private_numbers(path, text, &mut findings);
        if Kind::in_city(path).is_none() {
            findings.add(Finding::error(path, unknown_kind()));
        }
    }
    let city = one(Kind::City, files, &mut findings, rules::city);
    let domains = one(Kind::Domains, files, &mut findings, rules::domains);
    let zones = one(Kind::Zones, files, &mut findings, rules::zones);
    let events = one(Kind::LifeEvents, files, &mut findings, rules::life_events);
    let calendar = one(Kind::Calendar, files, &mut findings, rules::calendar);
    let words = one(Kind::Words, files, &mut findings, rules::search_words);
    let path = Kind::Ratings.pattern();
    let ratings = files.get(path).and_then(|text| checked(path, text, &mut findings, rules::ratings));
    let voice =
        files.get(Kind::Voice.pattern()).map(|_| one(Kind::Voice, files, &mut findings, rules::voice));
    let whole = (|| {
        let (city, domains, zones) = (city?, domains?, zones?);
        let (events, calendar, words) = (events?, calendar?, words?);
        let voice = match voice {
            Some(read) => Some(read?),
            None => None,
        };
        Some(CityPackage { city, domains, zones, events, calendar, words, ratings, voice })
    })();
    Reading::new(whole, findings)
}

/// Reads a file that every city has exactly once.
fn one<T: DeserializeOwned + JsonSchema>(
    kind: Kind,
    files: &Files,
    findings: &mut Findings,
    rules: impl FnOnce(&T, &mut rules::Report),
) -> Option<T> {
    let path = kind.pattern();
    let Some(text) = files.get(path) else {
        findings
            .add(Finding::error(path, Problem::new("This file is missing.", "Every city folder has one.")));
        return None;
    };
    checked(path, text, findings, rules)
}

/// `city.toml`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct City {
    pub format: u32,
    pub name: Bilingual,
    /// The line in every page's footer; the demo city says here that it is fictional.
    pub footer: Bilingual,
    /// Six-digit region code.
    pub region: String,
    /// Hotline that answers when nobody else does.
    pub hotline: String,
    /// The hall where people can go in person.
    pub hall: Bilingual,
    pub hall_hours: Bilingual,
    pub about: Bilingual,
    /// Portals of higher levels, shown as links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub higher_portals: Vec<Portal>,
    /// The districts, with their streets and towns: what addresses are chosen from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<District>,
}

impl City {
    /// Whether an address may begin so: with a district and one of its streets.
    pub fn is_place(&self, text: &str) -> bool {
        let of = |district: &District| {
            let rest = text.strip_prefix(district.name.zh.as_str());
            rest.is_some_and(|rest| district.streets.iter().any(|street| street.zh == rest))
        };
        self.districts.iter().any(of)
    }
}

/// A district of the city.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Six-digit region code.
    pub code: String,
    pub name: Bilingual,
    /// Streets and towns (街道, 镇).
    pub streets: Vec<Bilingual>,
    /// Who is there for people in it: a duty, not a name, so that it stays right when somebody else has it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<LocalContact>,
}

/// Whom people of a district or of one of its streets can call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalContact {
    /// The Chinese name of one of the district's streets. Absent: for the whole district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// What they are responsible for.
    pub duty: Bilingual,
    pub phone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    pub name: Bilingual,
    pub url: String,
}

/// `domains.toml`: `[[domains]]`, each with its `[[domains.classes]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Domains {
    pub domains: Vec<Domain>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Domain {
    pub code: String,
    pub name: Bilingual,
    /// What is found here, in a few words.
    pub about: Bilingual,
    /// Name of an icon of the portal's own set.
    pub icon: String,
    pub classes: Vec<Class>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub code: String,
    pub name: Bilingual,
}

/// `zones.toml`: `[[zones]]`, groups of people with pages of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zones {
    pub zones: Vec<Zone>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    pub id: String,
    pub name: Bilingual,
    pub about: Bilingual,
    pub icon: String,
    /// Help beyond the services: hotlines, counters, what to know. Markdown.
    pub help: Bilingual,
}

/// `life-events.toml`: `[[events]]`, services of several agencies that belong to one event of a life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LifeEvents {
    pub events: Vec<LifeEvent>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LifeEvent {
    /// Public id in the address: lower-case words with dashes.
    pub id: String,
    pub code: String,
    pub name: Bilingual,
    pub about: Bilingual,
    pub icon: String,
    pub steps: Vec<EventStep>,
    /// Questions of several steps that are one and the same: filled in together, they are asked once.
    #[serde(default)]
    pub same: Vec<Same>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Same {
    /// Each as `SERVICE/question`.
    pub answers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventStep {
    pub service: String,
    /// When in the event it is due, or what to know before it.
    pub note: Bilingual,
}

/// `calendar.toml`: `[[spans]]`, days off and make-up working days as the State Council published them.
/// A year without any span has not been published: dates that reach into it are provisional.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    pub spans: Vec<CalendarSpan>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarSpan {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub kind: SpanKind,
    pub name: Bilingual,
    /// Address of the notice it was taken from.
    pub notice: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpanKind {
    /// A day off, whatever the weekday.
    Off,
    /// A working day, though it falls on a weekend.
    Work,
}

/// `words.toml`: `[[groups]]` of words that mean the same to people who search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub groups: Vec<WordGroup>,
    /// Words that say nothing in a search (怎么, 在哪, how, the …).
    #[serde(default)]
    pub stop: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordGroup {
    pub words: Vec<String>,
}

/// `ratings.toml`: how long what was done can be rated, and what follows from a bad rating. Days of agencies are working days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ratings {
    /// Within so many working days somebody speaks with whoever was dissatisfied.
    pub contact_due: u16,
    /// Within so many what was wrong is put right, or explained.
    pub fix_due: u16,
    /// The same where it is complex, with a reason.
    pub complex_fix_due: u16,
    /// Within so many an agency says that a rating is malicious or mistaken.
    pub appeal_window: u16,
    /// For so many days after its end a matter can be rated, and for so many after the answer what was done about it.
    pub rate_window: u16,
    /// Whether somebody may change their rating once, after what was wrong was put right.
    pub amend_once: bool,
    /// Fewer ratings than these say little, and are marked.
    pub min_sample_for_star: u16,
    /// What people can tick beside each level.
    #[serde(default)]
    pub tags: RatingTags,
    /// How what is counted of services is made public.
    #[serde(default)]
    pub quality: Quality,
}

/// How scorecards are made public: a month of each service, with its stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Quality {
    /// For so many days after its end an agency sees a month before everybody does, and says what it has to say.
    pub preview_days: u16,
    /// What is about fewer people than these is left out of what is published.
    pub least_people: u16,
    /// A service that nobody used for so many days is silent.
    pub silent_days: u16,
}

impl Default for Quality {
    fn default() -> Self {
        Self { preview_days: 10, least_people: 5, silent_days: 180 }
    }
}

/// What can be ticked, by level.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RatingTags {
    pub very_satisfied: Vec<RatingTag>,
    pub satisfied: Vec<RatingTag>,
    pub basically_satisfied: Vec<RatingTag>,
    pub dissatisfied: Vec<RatingTag>,
    pub very_dissatisfied: Vec<RatingTag>,
}

impl RatingTags {
    /// All of them, with the name of their level.
    pub fn levels(&self) -> [(&'static str, &[RatingTag]); 5] {
        [
            ("very-satisfied", &self.very_satisfied),
            ("satisfied", &self.satisfied),
            ("basically-satisfied", &self.basically_satisfied),
            ("dissatisfied", &self.dissatisfied),
            ("very-dissatisfied", &self.very_dissatisfied),
        ]
    }

    /// What a tag is called, whatever level it stands at.
    pub fn name(&self, id: &str) -> Option<&Bilingual> {
        let all = self.levels().into_iter().flat_map(|(_, tags)| tags);
        all.into_iter().find(|tag| tag.id == id).map(|tag| &tag.name)
    }
}

/// A word that somebody ticks, such as "quick".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingTag {
    /// By which it is kept: the same id is the same word at every level.
    pub id: String,
    pub name: Bilingual,
}

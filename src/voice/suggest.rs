//! Whose an order probably is, from its words: by the city's topics, and by the services that the search finds for them.
//! A person decides; this only fills the form in.

use yimen_contract::voice::Voice;
use yimen_search::Page;

use crate::catalogue::Edition;

/// As much of a text is searched for.
const READ: usize = 100;

/// What is proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    pub topic: Option<String>,
    /// By its public name.
    pub agency: Option<String>,
}

/// Proposes a topic and an agency. What somebody said themself counts more than what their words look like.
pub fn suggest(
    edition: &Edition,
    policy: &Voice,
    text: &str,
    (service, agency): (Option<&str>, Option<&str>),
) -> Suggestion {
    let topic = topic(policy, text);
    let catalogue = &edition.catalogue;
    let said = agency.filter(|slug| catalogue.agency(slug).is_some());
    let of_service = service
        .and_then(|code| catalogue.service(code))
        .map(|entry| catalogue.agency_of(entry).slug.as_str());
    let of_topic = topic.and_then(|id| policy.topic(id)).map(|topic| topic.agency.as_str());
    let found = || {
        let words: String = text.chars().take(READ).collect();
        let found = edition.index.search(&words, |_| true, Page::first(1));
        let best = found.hits.first().filter(|_| !found.unsure)?;
        Some(catalogue.agency_of(&catalogue.services[best.doc]).slug.as_str())
    };
    let agency = said.or(of_service).or(of_topic).or_else(found);
    Suggestion { topic: topic.map(str::to_owned), agency: agency.map(str::to_owned) }
}

/// The topic of which the text has most words; of several, the first in the city's list.
fn topic<'p>(policy: &'p Voice, text: &str) -> Option<&'p str> {
    let text = text.to_lowercase();
    let counted = policy.topics.iter().map(|topic| {
        let words = topic.words.iter().filter(|word| text.contains(&word.to_lowercase()));
        (words.map(|word| word.chars().count()).sum::<usize>(), topic.id.as_str())
    });
    let best = counted.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    (best.0 > 0).then_some(best.1)
}

//! What of the catalogue can be searched, and in which words.

use yimen_contract::service::{Audience, Service, ServiceKind};
use yimen_search::{Entry, Index};

use super::Catalogue;

/// Makes the catalogue searchable. Positions in the index are positions in [`Catalogue::services`].
pub(super) fn index(catalogue: &Catalogue) -> Index {
    let entries: Vec<Entry> =
        catalogue.services.iter().map(|entry| entry_of(catalogue, &entry.service)).collect();
    let words: Vec<Vec<String>> =
        catalogue.city.words.groups.iter().map(|group| group.words.clone()).collect();
    Index::build(&entries, &words, &catalogue.city.words.stop)
}

fn entry_of(catalogue: &Catalogue, service: &Service) -> Entry {
    let domain = catalogue.domain(&service.domain).map(|domain| &domain.name);
    let class = catalogue.class(&service.class).map(|class| &class.name);
    let both = |name: Option<&yimen_contract::Bilingual>| {
        name.map(|name| vec![name.zh.clone(), name.en.clone()]).unwrap_or_default()
    };
    let agency = catalogue.service(&service.code).map(|entry| &catalogue.agency_of(entry).agency.name);
    let conditions = service.conditions.iter().map(|condition| condition.zh.as_str());
    let papers = service.papers.iter().map(|paper| paper.name.zh.as_str());
    let questions = service.faq.iter().map(|question| question.q.zh.as_str());
    let body: Vec<&str> = conditions.chain(papers).chain(questions).collect();
    let events = catalogue.position(&service.code).map_or(0, |at| catalogue.events_of(at).count());
    Entry {
        code: service.code.clone(),
        name_zh: service.name.zh.clone(),
        name_en: service.name.en.clone(),
        summary_zh: service.summary.zh.clone(),
        summary_en: service.summary.en.clone(),
        synonyms: service.synonyms.clone(),
        domain: both(domain),
        class: both(class),
        agency: both(agency),
        audience: kind_words(service).iter().map(|word| (*word).to_owned()).collect(),
        body_zh: body.join("\n"),
        // Services that life events lead to are the ones most people meet.
        popularity: u32::try_from(events).unwrap_or(u32::MAX),
    }
}

/// Words by which people name a kind of service or whom it is for, in both languages. They are searched for,
/// never shown, so they are data of the search and not texts of the portal.
fn kind_words(service: &Service) -> Vec<&'static str> {
    let mut words = match service.kind {
        ServiceKind::Query => vec!["查询", "query", "check"],
        ServiceKind::Handle => vec!["办理", "申请", "apply"],
        ServiceKind::Booking => vec!["预约", "booking", "appointment"],
        ServiceKind::Payment => vec!["缴费", "支付", "pay"],
    };
    words.extend(match service.audience {
        Audience::Person => &["个人", "person"][..],
        Audience::Enterprise => &["企业", "business"],
        Audience::Both => &["个人", "企业", "person", "business"],
    });
    words
}

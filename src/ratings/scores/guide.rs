//! How complete a service's guide is: parts that people look for, and whether they are there.

use yimen_contract::service::{FeeMode, Service};
use yimen_scores::Part;

/// So many of its parts are filled in.
pub(super) fn filled(service: &Service) -> Part {
    let both = |text: &yimen_contract::Bilingual| !text.zh.trim().is_empty() && !text.en.trim().is_empty();
    let parts = [
        both(&service.name),
        both(&service.summary),
        !service.conditions.is_empty(),
        !service.steps.is_empty(),
        !service.result.delivery.is_empty(),
        !service.basis.is_empty(),
        !service.faq.is_empty(),
        service.time.legal.is_some(),
        // What costs nothing needs no reason for it, and nobody goes anywhere where no visit is.
        service.fee.mode == FeeMode::Free || service.fee.basis.is_some(),
        service.visits == 0 || service.visit.is_some(),
        service.served_by.is_some(),
        // Its texts are its own, and no examples.
        !service.sample,
    ];
    let count = parts.iter().filter(|there| **there).count();
    Part { count: number(count), of: number(parts.len()) }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

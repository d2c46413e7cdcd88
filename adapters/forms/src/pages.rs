//! Which questions stand together where the package does not say: few at a time, what hangs on an answer behind it, so
//! that nobody without script is asked what does not concern them, and what is to be confirmed by itself.

use crate::model::{Field, Kind, Page};

/// The most questions on a page.
const TOGETHER: usize = 5;
/// So few that they stand on one page, whatever they are.
const FEW: usize = 3;

pub(crate) fn usual(fields: &[Field]) -> Vec<Page> {
    let plain = |field: &Field| field.is_always_shown() && !field.is_many_parts();
    if fields.len() <= FEW && fields.iter().all(plain) {
        return page(fields).into_iter().collect();
    }
    let mut pages = Vec::new();
    let mut begun = 0;
    for at in 1..fields.len() {
        if parts(&fields[begun..at], &fields[at]) {
            pages.extend(page(&fields[begun..at]));
            begun = at;
        }
    }
    pages.extend(page(&fields[begun..]));
    pages
}

/// Whether a question begins a new page after these.
fn parts(before: &[Field], next: &Field) -> bool {
    let same_case = before.iter().all(|field| field.shown == next.shown && cases(field) == cases(next));
    let agrees = |field: &Field| field.kind == Kind::Agree;
    before.len() >= TOGETHER
        || next.is_many_parts()
        || before.iter().any(Field::is_many_parts)
        || !same_case
        || before.iter().any(agrees) != agrees(next)
        || next.deciders().any(|name| before.iter().any(|field| field.name == name))
}

fn cases(field: &Field) -> &[crate::condition::Condition] {
    if field.is_always_shown() { &[] } else { &field.demanded }
}

fn page(fields: &[Field]) -> Option<Page> {
    let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    Some(Page { id: names.first()?.clone(), title: None, hint: None, fields: names })
}

//! Where people leave a form: drafts that nobody goes on with, by the page that was shown last.

use yimen_contract::Bilingual;
use yimen_forms::Form;

use super::{model::Kept, sheet::showable_counts};
use crate::cases::drafts::{BEGUN, FILLED_IN};

/// Every step at which drafts were left, with how many; nothing where that would be about too few people.
pub fn left(kept: &Kept, least: u64) -> Vec<(&str, Option<u64>)> {
    let counts: Vec<u64> = kept.left_at.0.values().copied().collect();
    let shown = showable_counts(&counts, least).0;
    let steps = kept.left_at.0.iter().zip(shown);
    steps.map(|((step, times), is_shown)| (step.as_str(), Some(*times).filter(|_| is_shown))).collect()
}

/// A step in a form as it is now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step<'f> {
    /// No page was saved.
    Begun,
    /// A page: its number, and what it is called, or what it asks first.
    Page(usize, &'f Bilingual),
    /// A page that the form has no more.
    Gone,
    /// Everything was filled in, and nothing was handed in.
    FilledIn,
}

impl<'f> Step<'f> {
    pub fn of(form: Option<&'f Form>, step: &str) -> Self {
        match step {
            BEGUN => Self::Begun,
            FILLED_IN => Self::FilledIn,
            page => form.and_then(|form| Self::page(form, page)).unwrap_or(Self::Gone),
        }
    }

    fn page(form: &'f Form, id: &str) -> Option<Self> {
        let (at, page) = form.pages.iter().enumerate().find(|(_, page)| page.id == id)?;
        let named = page.title.as_ref().or_else(|| form.at(&page.id).map(|field| &field.label))?;
        Some(Self::Page(at + 1, named))
    }

    /// Where it stands on the way.
    pub const fn place(&self) -> usize {
        match self {
            Self::Begun => 0,
            Self::Page(number, _) => *number,
            Self::Gone => usize::MAX - 1,
            Self::FilledIn => usize::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db::Json, ratings::scores::stage::Month};

    #[test]
    fn a_step_at_which_few_stopped_hides_another() {
        let steps = [("begin.", 2), ("end.", 9), ("info_wanted", 30)];
        let left_at = Json(steps.map(|(step, times)| (step.to_owned(), times)).into_iter().collect());
        let kept = Kept { left_lying: 41, left_at, ..Kept::empty("YZ1", Month::named("2026-11").unwrap()) };
        assert_eq!(left(&kept, 5), [("begin.", None), ("end.", None), ("info_wanted", Some(30))]);
        assert_eq!(left(&kept, 0)[0], ("begin.", Some(2)));
    }

    #[test]
    fn what_a_form_does_not_have_is_gone() {
        assert_eq!(Step::of(None, "info_wanted"), Step::Gone);
        assert!(Step::of(None, BEGUN).place() < Step::of(None, FILLED_IN).place());
    }
}

//! Windows of rules that no agency has yet.

use chrono::{Datelike as _, NaiveDate};
use proptest::prelude::*;
use yimen_contract::licence::{Late, LateState, LicenceType};
use yimen_licences::{Document, Due, Renewal, Rule, State};

use crate::city::{day, kind, later, table};

/// A type with this validity and window.
pub fn with(validity: &str, opens: &str, closes: &str) -> LicenceType {
    LicenceType {
        validity: validity.to_owned(),
        renew_open: Some(opens.to_owned()),
        renew_close: Some(closes.to_owned()),
        reminder_days: vec![],
        late: None,
        ..kind("L04")
    }
}

proptest! {
    #[test]
    fn months_are_clamped_to_their_end(offset in 0_u64..15_000, months in 1_u32..40) {
        let rule = Rule::read(&with("fixed", &format!("-{months}M"), "expiry")).unwrap();
        let mut document = Document::issued(NaiveDate::MIN);
        let expiry = later(day("2010-01-01"), offset);
        document.expires = Some(expiry);
        let opens = rule.dates(&document, table()).first().unwrap().opens.unwrap();
        let wanted = expiry.year() * 12 + i32::try_from(expiry.month0()).unwrap() - i32::try_from(months).unwrap();
        prop_assert_eq!(opens.year() * 12 + i32::try_from(opens.month0()).unwrap(), wanted);
        let is_last = later(opens, 1).month() != opens.month();
        prop_assert!(opens.day() == expiry.day() || opens.day() < expiry.day() && is_last);
    }

    #[test]
    fn terms_from_a_leap_day_end_in_february(years in 1_u32..60) {
        let rule = Rule::read(&with(&format!("fixed({years}y)"), "-90D", "expiry")).unwrap();
        let dates = rule.dates(&Document::issued(day("2024-02-29")), table());
        let Due::On(due) = dates.first().unwrap().due else { panic!("it ends") };
        prop_assert_eq!(due.month(), 2);
        prop_assert_eq!(due.day(), if due.leap_year() { 29 } else { 28 });
    }

    #[test]
    fn late_states_follow_each_other(renew in 1_u16..900, restore in 1_u16..900, ahead in 0_u64..2_500) {
        let mut kind = with("fixed(1y)", "-30D", "expiry");
        kind.late = Some(Late {
            state: LateState::Suspended,
            renew_until: Some(format!("+{renew}D")),
            then: Some(LateState::Cancelled),
            restore_until: Some(format!("+{}D", renew + restore)),
            pending_extends: false,
        });
        let rule = Rule::read(&kind).unwrap();
        let dates = rule.dates(&Document::issued(day("2025-01-01")), table());
        let now = dates.on(later(day("2026-01-01"), ahead));
        let (renew, restore) = (u64::from(renew), u64::from(renew + restore));
        let wanted = match ahead {
            0 => (State::Valid, Some("open")),
            days if days <= renew => (State::Suspended, Some("late")),
            days if days <= restore => (State::Cancelled, Some("restore")),
            _ => (State::Cancelled, None),
        };
        let renewal = match now.renewal {
            Renewal::Open { .. } => Some("open"),
            Renewal::Late { .. } => Some("late"),
            Renewal::Restore { .. } => Some("restore"),
            _ => None,
        };
        prop_assert_eq!((now.state, renewal), wanted);
    }
}

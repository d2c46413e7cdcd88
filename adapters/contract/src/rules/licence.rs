//! Rules for `licences/*.toml`.

use crate::licence::LicenceType;
use crate::rules::Report;
use crate::rules::words::Length;
use crate::shape;
use crate::validity::{self, ValidityError};

const WINDOW: &str = "`expiry`, a day such as `fixed(03-01)`, or days (D), \
                      months (M) or working days (W) from the expiry such as `-90D`";

const LAST_CHANCE: &str = "`always`, or a distance after the expiry such as `+12M`";

fn is_last_chance(text: &str) -> bool {
    text == "always" || text.starts_with('+') && shape::is_window_edge(text)
}

pub(crate) fn licence(licence: &LicenceType, report: &mut Report) {
    report.shape("code", &licence.code, shape::is_short_code, "a code such as `L04`");
    report.named_like_file("code", &licence.code);
    report.text("name", &licence.name, Length::Name);
    report.words("validity", &licence.validity, Length::Summary, 300);
    if let Err(error) = validity::terms(&licence.validity) {
        let remedy = match error {
            ValidityError::Brackets => "Close every bracket, and join terms with `+`.".to_owned(),
            _ => format!("Begin each term with one of {}.", validity::HEADS.join(", ")),
        };
        report.error("validity", error.to_string(), remedy);
    }
    for (field, edge) in [("renew_open", &licence.renew_open), ("renew_close", &licence.renew_close)] {
        if let Some(edge) = edge {
            report.shape(field, edge, shape::is_window_edge, WINDOW);
        }
    }
    if let Some(late) = &licence.late {
        for (field, until) in [("renew_until", &late.renew_until), ("restore_until", &late.restore_until)] {
            if let Some(until) = until {
                report.shape(format!("late.{field}"), until, is_last_chance, LAST_CHANCE);
            }
        }
    }
    for (index, pair) in licence.reminder_days.windows(2).enumerate() {
        if pair[0] <= pair[1] {
            report.error(
                format!("reminder_days[{}]", index + 1),
                format!("{} does not come after {}.", pair[1], pair[0]),
                "Write the days from the longest to the shortest, each once.",
            );
        }
    }
    report.optional_text("overdue", licence.overdue.as_ref(), Length::Text);
    report.optional_text("periodic_check", licence.periodic_check.as_ref(), Length::Text);
    report.optional_text("note", licence.note.as_ref(), Length::Text);
    if let Some(service) = &licence.renewal_service {
        report.shape(
            "renewal_service",
            service,
            shape::is_service_code,
            "the code of a service such as `YZ02022`",
        );
    }
}

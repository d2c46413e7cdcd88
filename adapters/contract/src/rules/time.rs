//! Rules for promises and limits of time.

use crate::rules::Report;
use crate::rules::words::Length;
use crate::service::{Completion, DayUnit, Days, Step, TimeLimits};

pub(crate) fn limits(time: &TimeLimits, report: &mut Report) {
    match (time.completion, time.promised.days) {
        (Completion::Instant, 1..) => report.error(
            "time.promised",
            format!("An instant service promises {}.", words(time.promised)),
            "Write 0 days, or completion = \"promised\".",
        ),
        (Completion::Promised, 0) => report.error(
            "time.promised",
            "No days are promised.",
            "Write the number of days, or completion = \"instant\".",
        ),
        _ => {}
    }
    if let Some(legal) = time.legal
        && exceeds(time.promised, legal)
    {
        report.error("time.promised", too_long(time.promised, legal), "Promise at most the legal limit.");
    }
}

/// Whether a promise may take longer than the limit. Working and calendar days are compared by the week:
/// five working days take seven calendar days. Holidays make working days longer still, which no fixed
/// rule can foresee, so a promise that only just passes is the agency's own risk.
pub(crate) fn exceeds(promised: Days, limit: Days) -> bool {
    let (promise, allowed) = (u32::from(promised.days), u32::from(limit.days));
    match (promised.unit, limit.unit) {
        (DayUnit::Working, DayUnit::Calendar) => promise * 7 > allowed * 5,
        (DayUnit::Calendar, DayUnit::Working) => promise * 5 > allowed * 7,
        _ => promise > allowed,
    }
}

fn too_long(promised: Days, legal: Days) -> String {
    if promised.unit == legal.unit {
        return format!("{} is more than the legal limit of {}.", words(promised), legal.days);
    }
    let days = u32::from(promised.days);
    let about = match legal.unit {
        DayUnit::Calendar => (days * 7).div_ceil(5),
        DayUnit::Working => (days * 5).div_ceil(7),
    };
    format!(
        "{} is about {about} {} days, more than the legal limit of {}.",
        words(promised),
        unit(legal),
        legal.days
    )
}

fn unit(days: Days) -> &'static str {
    match days.unit {
        DayUnit::Working => "working",
        DayUnit::Calendar => "calendar",
    }
}

fn words(days: Days) -> String {
    format!("{} {} day{}", days.days, unit(days), if days.days == 1 { "" } else { "s" })
}

pub(crate) fn steps(steps: &[Step], time: &TimeLimits, report: &mut Report) {
    report.not_empty("steps", steps, "Say what happens, from the application to the result.");
    for (index, step) in steps.iter().enumerate() {
        let field = format!("steps[{index}]");
        report.text(format!("{field}.name"), &step.name, Length::Name);
        report.text(format!("{field}.role"), &step.role, Length::Name);
        report.optional_text(format!("{field}.note"), step.note.as_ref(), Length::Text);
        if let Some(special) = &step.special {
            report.text(format!("{field}.special.basis"), &special.basis, Length::Text);
            report.optional_text(format!("{field}.special.fee"), special.fee.as_ref(), Length::Text);
        }
    }
    // Days of the other kind cannot be added to the promise's own, so only like is compared with like.
    let counted = |step: &&Step| {
        step.time.unit == time.promised.unit && step.special.as_ref().is_none_or(|special| special.counted)
    };
    let sum: u32 = steps.iter().filter(counted).map(|step| u32::from(step.time.days)).sum();
    if sum > u32::from(time.promised.days) {
        report.warning(
            "steps",
            format!(
                "The steps take {sum} {} days, more than the {} promised.",
                unit(time.promised),
                time.promised.days
            ),
            "Shorten a step, promise more, or mark the special step that is not counted.",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn working(days: u16) -> Days {
        Days { days, unit: DayUnit::Working }
    }

    fn calendar(days: u16) -> Days {
        Days { days, unit: DayUnit::Calendar }
    }

    #[test]
    fn like_is_compared_with_like() {
        assert!(!exceeds(working(20), working(20)));
        assert!(exceeds(working(21), working(20)));
        assert!(!exceeds(calendar(60), calendar(60)));
    }

    #[test]
    fn working_days_are_longer_than_calendar_days() {
        assert!(!exceeds(working(10), calendar(14)));
        assert!(exceeds(working(10), calendar(13)));
        assert!(!exceeds(calendar(28), working(20)));
        assert!(exceeds(calendar(29), working(20)));
        assert!(!exceeds(working(u16::MAX), working(u16::MAX)));
        assert!(exceeds(working(u16::MAX), calendar(u16::MAX)));
    }
}

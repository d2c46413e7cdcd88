//! Samples of the pages of dates, for their snapshots.

use chrono::NaiveDate;
use yimen_contract::Bilingual;

use super::views::{
    AccountView, BalanceView, DateLine, DateView, DatesView, Month, ReminderLine, YearlyView,
};
use crate::{
    platform::named,
    web::frame::{Choice, Field, Frame, Link, Text},
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn line(frame: &Frame, source: &'static str, due: NaiveDate) -> DateLine {
    let licence = Bilingual::new("机动车驾驶证", "Motor vehicle driving licence");
    let name =
        if source == "own" { Text::written(frame.t, "个税汇算") } else { Text::of(frame.t, &licence) };
    DateLine {
        url: "/me/reminders/0193".to_owned(),
        name,
        source,
        matter: "renewal".to_owned(),
        due,
        closes: None,
        days: (due - day(2026, 11, 20)).num_days(),
        next: Some(day(2026, 12, 20)),
        muted: source == "own",
    }
}

impl DatesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let required = |field: Field| Field { required: true, ..field };
        let month = |year: i32, month: u32, dates| Month {
            name: t.found_month(named::Month(month), named::Year(year)),
            id: format!("m{year}-{month}"),
            dates,
        };
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.date_said_set().to_owned())),
            months: vec![
                month(
                    2026,
                    11,
                    vec![
                        line(&frame, "document", day(2026, 11, 10)),
                        line(&frame, "booking", day(2026, 11, 21)),
                    ],
                ),
                month(2027, 2, vec![line(&frame, "own", day(2027, 2, 18))]),
            ],
            words: required(Field::new("words", t.date_words()).hint(t.date_words_hint())),
            due: required(Field::new("due", t.date_due())),
            plan: required(Field::new("plan", t.date_plan()).hint(t.date_plan_hint()).value("30, 7, 1")),
            yearly: vec![Link::new(
                Text::of(t, &Bilingual::new("个人所得税综合所得年度汇算", "Annual settlement of income tax")),
                "/me/reminders/yearly/YZ14008".to_owned(),
            )],
            calendar: Some("https://yimen.example/calendar/0193.ics".to_owned()),
            acting: false,
            company: false,
            frame,
        }
    }

    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        let t = frame.t;
        let view = Self::sample(frame);
        Self {
            said: None,
            months: Vec::new(),
            calendar: None,
            words: view.words.clone().error(t.date_wrong_words()),
            due: view.due.clone().value("2020-01-01").error(t.date_wrong_due()),
            plan: view.plan.clone().value("soon").error(t.date_wrong_plan()),
            ..view
        }
    }
}

impl DateView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let reminder = |days, on, state: &str, reason: Option<&str>| ReminderLine {
            days,
            on,
            state: state.to_owned(),
            reason: reason.map(str::to_owned),
        };
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.date_said_wanted().to_owned())),
            url: "/me/reminders/0193".to_owned(),
            path: Some("/me/wallet/0193".to_owned()),
            reminders: vec![
                reminder(120, day(2026, 10, 21), "suppressed", Some("overtaken")),
                reminder(90, day(2026, 11, 20), "sent", None),
            ],
            plan: Field::new("plan", t.date_plan()).hint(t.date_plan_hint()).value("90, 60, 30"),
            snooze: Field::new("snooze", t.date_snooze()).hint(t.date_snooze_hint()),
            mute: Field::new("mute", t.date_mute()).choices(vec![Choice::new(
                "yes",
                t.date_mute_yes(),
                false,
            )]),
            own: false,
            date: line(&frame, "document", day(2027, 2, 18)),
            frame,
        }
    }

    pub(crate) fn sample_own(frame: Frame) -> Self {
        let t = frame.t;
        let date = line(&frame, "own", day(2027, 2, 18));
        let view = Self::sample(frame);
        Self {
            date,
            own: true,
            path: None,
            reminders: Vec::new(),
            said: None,
            snooze: view.snooze.clone().value("2020-01-01").error(t.date_wrong_snooze()),
            ..view
        }
    }
}

impl BalanceView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let reminders = AccountView {
            tag: "reminders".to_owned(),
            holds: true,
            due: 12,
            waiting: 2,
            sent: 7,
            suppressed: vec![("overtaken".to_owned(), 2), ("renewed".to_owned(), 1)],
            failed: Vec::new(),
            lost: 0,
            oldest: Some(day(2026, 11, 20).and_hms_opt(8, 0, 0).unwrap()),
            more: vec![
                ("deadlines".to_owned(), 30),
                ("asleep".to_owned(), 1),
                ("behind".to_owned(), 0),
                ("unchecked".to_owned(), 1),
            ],
        };
        let notices = AccountView {
            tag: "notices".to_owned(),
            holds: false,
            due: 14,
            waiting: 2,
            sent: 7,
            lost: 1,
            failed: vec![("550 no such mailbox".to_owned(), 1)],
            suppressed: vec![("another-way".to_owned(), 4)],
            more: vec![("said".to_owned(), 9), ("uncertain".to_owned(), 0)],
            oldest: None,
        };
        Self {
            accounts: vec![reminders, notices],
            at: day(2026, 11, 20).and_hms_opt(12, 0, 0).unwrap(),
            frame,
        }
    }
}

impl YearlyView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let name = Bilingual::new("个人所得税综合所得年度汇算", "Annual settlement of income tax");
        Self {
            csrf: "token".to_owned(),
            service: Link::new(Text::of(frame.t, &name), "/services/YZ14008".to_owned()),
            action: "/me/reminders/yearly/YZ14008".to_owned(),
            opens: day(2027, 3, 1),
            closes: day(2027, 6, 30),
            frame,
        }
    }
}

//! Which reminders are due, and what becomes of them.

use yimen_licences::reminders::{
    Found, Identity, Marks, Phase, Reason, Recheck, Verdict, Wish, judge, recheck, still_meant,
};
use yimen_licences::{Dates, Document, Matter, Rule, Stages};

use crate::city::{day, rule, table};

fn licence(expires: &str) -> Document<'static> {
    let mut document = Document::issued(day("2021-02-18"));
    document.expires = Some(day(expires));
    document
}

fn of<'d>(dates: &'d Dates) -> Stages<'d> {
    dates.stages().next().unwrap()
}

/// 90, 60, 30, 15, 7 and 1 days before 18 February 2027.
fn look(marks: Marks, wish: Wish, today: &str) -> Verdict {
    let rule: Rule = rule("L04");
    let dates = rule.dates(&licence("2027-02-18"), table());
    judge(&of(&dates), marks, wish, day(today))
}

#[test]
fn nothing_is_due_before_its_day() {
    assert_eq!(look(Marks::default(), Wish::default(), "2026-11-19"), Verdict::default());
}

#[test]
fn each_reminder_is_sent_once() {
    let mut marks = Marks::default();
    let verdict = look(marks, Wish::default(), "2026-11-20");
    assert_eq!((verdict.arm, verdict.overtaken, verdict.send.unwrap().days_before), (1, 0, 90));
    marks.set(0, Phase::Waiting);
    assert_eq!(look(marks, Wish::default(), "2026-11-20").arm, 0);
    assert_eq!(look(marks, Wish::default(), "2026-11-20").send.unwrap().days_before, 90);
    marks.set(0, Phase::Sent);
    assert_eq!(look(marks, Wish::default(), "2026-11-20"), Verdict::default());
    assert_eq!(look(marks, Wish::default(), "2026-12-19"), Verdict::default());
    assert_eq!(look(marks, Wish::default(), "2026-12-20").send.unwrap().days_before, 60);
}

#[test]
fn a_missed_run_catches_up_with_the_latest_only() {
    let mut marks = Marks::default();
    marks.set(0, Phase::Sent);
    let verdict = look(marks, Wish::default(), "2027-02-05");
    assert_eq!(verdict.send.unwrap().days_before, 15);
    assert_eq!((verdict.arm, verdict.overtaken), (0b1110, 0b0110));
    // Missed beyond the expiry, it still helps while the licence can be renewed late.
    let verdict = look(marks, Wish::default(), "2027-06-01");
    assert_eq!((verdict.send.unwrap().days_before, verdict.overtaken), (1, 0b1_1110));
    let verdict = look(marks, Wish::default(), "2028-02-19");
    assert_eq!((verdict.send, verdict.silenced), (None, Some((Reason::TooLate, 0b11_1110))));
}

#[test]
fn a_clock_that_goes_back_sends_nothing_again() {
    let mut marks = Marks::default();
    marks.set(0, Phase::Sent);
    marks.set(1, Phase::Waiting);
    let back = look(marks, Wish::default(), "2026-12-19");
    assert_eq!(back, Verdict { arm: 0, overtaken: 0b10 & back.overtaken, silenced: None, send: None });
    assert_eq!(back.overtaken, 0);
    assert_eq!(look(marks, Wish::default(), "2026-12-20").send.unwrap().days_before, 60);
}

#[test]
fn wishes_are_kept_and_accounted_for() {
    let muted = Wish { muted: true, ..Wish::default() };
    let verdict = look(Marks::default(), muted, "2027-01-19");
    assert_eq!((verdict.arm, verdict.silenced, verdict.send), (0b111, Some((Reason::Muted, 0b111)), None));
    let discarded = Wish { discarded: true, muted: true, ..Wish::default() };
    assert_eq!(look(Marks::default(), discarded, "2027-01-19").silenced, Some((Reason::Discarded, 0b111)));
    let snoozed = Wish { snoozed_until: Some(day("2026-12-01")), ..Wish::default() };
    let verdict = look(Marks::default(), snoozed, "2026-11-30");
    assert_eq!((verdict.arm, verdict.send), (1, None));
    assert_eq!(look(Marks::default(), snoozed, "2026-12-01").send.unwrap().days_before, 90);
    // What slept past the next reminder is overtaken by it.
    let long = Wish { snoozed_until: Some(day("2026-12-25")), ..Wish::default() };
    let mut marks = Marks::default();
    marks.set(0, Phase::Waiting);
    let verdict = look(marks, long, "2026-12-25");
    assert_eq!((verdict.overtaken, verdict.send.unwrap().days_before), (1, 60));
}

#[test]
fn another_expiry_is_another_reminder() {
    let rule = rule("L04");
    let identity = Identity {
        holder: 1,
        document: 2,
        expiry: day("2027-02-18"),
        matter: Matter::Renewal,
        days_before: 60,
        channel: 0,
    };
    let meant = |expires: &str| {
        let dates = rule.dates(&licence(expires), table());
        still_meant(&identity, &of(&dates))
    };
    assert_eq!(meant("2027-02-18"), Ok(()));
    assert_eq!(meant("2037-02-18"), Err(Reason::Renewed));
    assert_eq!(meant("2027-02-01"), Err(Reason::Moved));
    let dates = rule.dates(&licence("2027-02-18"), table());
    let planned_anew = dates.stages_with(&[90, 45]).next().unwrap();
    assert_eq!(still_meant(&identity, &planned_anew), Err(Reason::RuleChanged));
    let mut endless = licence("2027-02-18");
    (endless.expires, endless.step) = (None, 2);
    let dates = rule.dates(&endless, table());
    assert_eq!(still_meant(&identity, &of(&dates)), Err(Reason::Moved));
}

#[test]
fn the_source_has_the_last_word() {
    let expiry = day("2027-02-18");
    let ask = |found, today: &str| recheck(expiry, found, day(today), day("2027-02-14"));
    assert_eq!(ask(Found::Expiry(Some(expiry)), "2027-02-11"), Recheck::Send { checked: true });
    assert_eq!(ask(Found::Expiry(Some(day("2037-02-18"))), "2027-02-11"), Recheck::Suppress(Reason::Renewed));
    assert_eq!(ask(Found::Expiry(None), "2027-02-11"), Recheck::Suppress(Reason::Renewed));
    assert_eq!(ask(Found::Expiry(Some(day("2027-02-12"))), "2027-02-11"), Recheck::Suppress(Reason::Moved));
    assert_eq!(ask(Found::Gone, "2027-02-11"), Recheck::Suppress(Reason::Discarded));
    assert_eq!(ask(Found::Unavailable, "2027-02-13"), Recheck::Wait);
    assert_eq!(ask(Found::Unavailable, "2027-02-14"), Recheck::Send { checked: false });
}

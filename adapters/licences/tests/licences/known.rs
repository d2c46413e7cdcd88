//! Dates that are known to be right.

use yimen_contract::capability::licences::Status;
use yimen_licences::{Document, Due, Matter, Missing, Renewal, State};

use crate::city::{day, rule, table};

fn expiring(issued: &str, expires: &str) -> Document<'static> {
    let mut document = Document::issued(day(issued));
    document.expires = Some(day(expires));
    document
}

#[test]
fn a_driving_licence_to_its_end_and_beyond() {
    let rule = rule("L04");
    let dates = rule.dates(&expiring("2021-02-18", "2027-02-18"), table());
    let on = |text: &str| dates.on(day(text));
    assert_eq!(on("2026-11-19").renewal, Renewal::From(day("2026-11-20")));
    assert_eq!((on("2026-11-19").expiring, on("2026-11-20").expiring), (false, true));
    assert_eq!(on("2026-11-19").next_change, Some(day("2026-11-20")));
    let open = on("2026-11-20");
    assert_eq!((open.state, open.renewal), (State::Valid, Renewal::Open { until: Some(day("2027-02-18")) }));
    assert_eq!(open.next_change, Some(day("2027-02-19")));
    let late = on("2027-02-19");
    assert_eq!(
        (late.state, late.renewal),
        (State::Expired, Renewal::Late { until: Some(day("2028-02-18")) })
    );
    assert_eq!((late.expiring, late.next_change), (false, Some(day("2028-02-19"))));
    let cancelled = on("2028-02-19");
    assert_eq!(cancelled.state, State::Cancelled);
    assert_eq!(cancelled.renewal, Renewal::Restore { until: Some(day("2030-02-18")) });
    let over = on("2030-02-19");
    assert_eq!((over.state, over.renewal, over.next_change), (State::Cancelled, Renewal::Closed, None));
    let days: Vec<String> = dates
        .stages()
        .flat_map(|stages| stages.iter().map(|s| s.on.to_string()).collect::<Vec<_>>())
        .collect();
    assert_eq!(days, ["2026-11-20", "2026-12-20", "2027-01-19", "2027-02-03", "2027-02-11", "2027-02-17"]);
}

#[test]
fn a_ladder_is_climbed() {
    let rule = rule("L04");
    let mut document = Document::issued(day("2020-02-29"));
    let due = |document: &Document| rule.dates(document, table()).first().unwrap().due;
    assert_eq!(due(&document), Due::On(day("2026-02-28")));
    document.step = 1;
    assert_eq!(due(&document), Due::On(day("2030-02-28")));
    document.step = 2;
    assert_eq!(due(&document), Due::Never);
    document.step = 200;
    assert_eq!(due(&document), Due::Never);
    assert_eq!(rule.dates(&document, table()).on(day("2099-01-01")).renewal, Renewal::NotNeeded);
}

#[test]
fn a_residence_permit_is_suspended_and_comes_back() {
    let rule = rule("L03");
    let mut document = Document::issued(day("2025-12-10"));
    let standing = |document: &Document, on: &str| rule.dates(document, table()).on(day(on));
    assert_eq!(standing(&document, "2026-11-09").renewal, Renewal::From(day("2026-11-10")));
    assert_eq!(standing(&document, "2026-12-10").renewal, Renewal::Open { until: Some(day("2026-12-10")) });
    let late = standing(&document, "2026-12-11");
    assert_eq!((late.state, late.renewal), (State::Suspended, Renewal::Late { until: None }));
    assert_eq!(late.next_change, None);
    document.endorsed = Some(day("2027-03-05"));
    let back = standing(&document, "2027-03-05");
    assert_eq!((back.state, back.due), (State::Valid, Some(day("2028-03-05"))));
    assert_eq!(back.matter, Some(Matter::Endorsement));
}

#[test]
fn a_nurse_must_apply_thirty_days_before() {
    let rule = rule("L26");
    let dates = rule.dates(&expiring("2022-01-31", "2027-01-31"), table());
    assert_eq!(dates.first().unwrap().closes, day("2027-01-01"));
    assert_eq!(dates.on(day("2027-01-01")).renewal, Renewal::Open { until: Some(day("2027-01-01")) });
    let shut = dates.on(day("2027-01-02"));
    assert_eq!((shut.state, shut.renewal), (State::Valid, Renewal::Closed));
    assert!(shut.expiring);
    assert_eq!(dates.on(day("2027-02-01")).state, State::Expired);
    let days: Vec<u16> = dates.stages().next().unwrap().iter().map(|stage| stage.days_before).collect();
    assert_eq!(days, [120, 90, 60, 45, 35]);
    // The thirtieth day before is the last day to apply: a reminder on it is of no use.
    let own = dates.stages_with(&[60, 30, 7]).next().unwrap();
    assert_eq!(own.iter().map(|stage| stage.days_before).collect::<Vec<_>>(), [60]);
}

#[test]
fn an_identity_card_goes_by_age() {
    let rule = rule("L01");
    let due = |born: &str, issued: &str| {
        let mut document = Document::issued(day(issued));
        document.born = Some(day(born));
        rule.dates(&document, table()).first().unwrap().due
    };
    assert_eq!(due("2010-06-01", "2026-05-31"), Due::On(day("2031-05-31")), "fifteen");
    assert_eq!(due("2010-06-01", "2026-06-01"), Due::On(day("2036-06-01")), "sixteen");
    assert_eq!(due("2000-06-01", "2026-05-31"), Due::On(day("2036-05-31")), "twenty-five");
    assert_eq!(due("2000-06-01", "2026-06-01"), Due::On(day("2046-06-01")), "twenty-six");
    assert_eq!(due("1980-06-01", "2026-06-01"), Due::Never, "forty-six");
    let nobody = Document::issued(day("2026-01-01"));
    let dates = rule.dates(&nobody, table());
    assert_eq!(dates.first().unwrap().due, Due::Unknown(Missing::Birthday));
    assert_eq!(dates.on(day("2099-01-01")).renewal, Renewal::Unknown(Missing::Birthday));
    assert_eq!(dates.stages().map(|stages| stages.iter().count()).sum::<usize>(), 0);
}

#[test]
fn two_dates_on_one_certificate() {
    let rule = rule("L38");
    let mut document = Document::issued(day("2024-03-31"));
    let standing = rule.dates(&document, table()).on(day("2026-12-01"));
    assert_eq!((standing.matter, standing.due), (Some(Matter::Check), Some(day("2027-03-31"))));
    document.checked = Some(day("2027-03-01"));
    let standing = rule.dates(&document, table()).on(day("2027-03-02"));
    assert_eq!((standing.matter, standing.due), (Some(Matter::Renewal), Some(day("2030-03-31"))));
    // A missed check ends it, whatever is printed on it.
    document.checked = None;
    assert_eq!(rule.dates(&document, table()).on(day("2027-04-01")).state, State::Expired);
}

#[test]
fn inspections_keep_their_anniversaries() {
    let rule = rule("L05");
    let due = |checked: Option<&str>| {
        let mut document = Document::issued(day("2020-05-10"));
        document.checked = checked.map(day);
        rule.dates(&document, table()).first().unwrap().due
    };
    assert_eq!(due(None), Due::On(day("2022-05-10")));
    assert_eq!(due(Some("2022-02-09")), Due::On(day("2022-05-10")), "too early to count");
    assert_eq!(due(Some("2022-02-10")), Due::On(day("2024-05-10")));
    assert_eq!(due(Some("2022-08-01")), Due::On(day("2024-05-10")), "late, and the next stays where it was");
    assert_eq!(due(Some("2030-05-10")), Due::On(day("2031-05-10")));
    assert_eq!(due(Some("2031-04-01")), Due::On(day("2032-05-10")));
}

#[test]
fn windows_of_the_year() {
    let lawyer = rule("L32");
    let mut document = Document::issued(day("2024-08-01"));
    let dates = lawyer.dates(&document, table());
    let first = dates.first().unwrap();
    assert_eq!((first.opens, first.closes), (Some(day("2025-03-01")), day("2025-05-31")));
    assert_eq!(dates.on(day("2025-06-01")).state, State::Suspended);
    document.endorsed = Some(day("2025-03-01"));
    assert_eq!(lawyer.dates(&document, table()).first().unwrap().due, Due::On(day("2026-05-31")));
    let firm = rule("B01");
    let mut document = Document::issued(day("2026-03-10"));
    assert_eq!(firm.dates(&document, table()).first().unwrap().due, Due::On(day("2027-06-30")));
    // Reported late, it is that year's report.
    document.checked = Some(day("2027-09-01"));
    let dates = firm.dates(&document, table());
    assert_eq!(dates.first().unwrap().due, Due::On(day("2028-06-30")));
    let late = dates.on(day("2028-07-01"));
    assert_eq!((late.state, late.renewal), (State::Valid, Renewal::Late { until: None }));
}

#[test]
fn working_days_wait_for_the_calendar() {
    let rule = rule("B05");
    let dates = rule.dates(&expiring("2021-12-15", "2026-12-15"), table());
    let first = dates.first().unwrap();
    // Thirty working days before 15 December, none of them a holiday.
    assert_eq!((first.closes, first.provisional), (day("2026-11-03"), false));
    assert_eq!(first.opens, Some(day("2026-08-05")));
    let unpublished = rule.dates(&expiring("2022-12-15", "2027-12-15"), table());
    assert!(unpublished.on(day("2027-01-01")).provisional);
}

#[test]
fn what_the_issuer_says_counts() {
    let rule = rule("L04");
    let mut document = expiring("2021-02-18", "2027-02-18");
    for (status, state) in [
        (Status::Frozen, State::Frozen),
        (Status::Lost, State::Lost),
        (Status::Revoked, State::Revoked),
        (Status::Pending, State::Unknown),
        (Status::RenewalPending, State::RenewalPending),
    ] {
        document.status = status;
        assert_eq!(rule.dates(&document, table()).on(day("2026-12-01")).state, state);
    }
    document.status = Status::RenewalPending;
    let standing = rule.dates(&document, table()).on(day("2026-12-01"));
    assert_eq!(standing.renewal, Renewal::Pending);
    // Undecided on its last day, it expires, unless the law extends it.
    assert_eq!(rule.dates(&document, table()).on(day("2027-02-19")).state, State::Expired);
    let generic = crate::city::rule("B15");
    assert_eq!(generic.dates(&document, table()).on(day("2027-02-19")).state, State::RenewalPending);
    // The dates are more severe than what the issuer last said.
    document.status = Status::Suspended;
    assert_eq!(rule.dates(&document, table()).on(day("2028-02-19")).state, State::Cancelled);
    let mut future = Document::issued(day("2027-01-01"));
    future.expires = Some(day("2030-01-01"));
    let standing = rule.dates(&future, table()).on(day("2026-12-01"));
    assert_eq!((standing.state, standing.next_change), (State::NotYet, Some(day("2027-01-01"))));
}

#[test]
fn giving_blood_again_is_an_offer() {
    let rule = rule("L47");
    let mut document = Document::issued(day("2026-08-31"));
    document.class = Some("whole-blood");
    let dates = rule.dates(&document, table());
    assert_eq!(dates.on(day("2026-12-01")).renewal, Renewal::From(day("2027-02-28")));
    assert_eq!(dates.on(day("2027-02-28")).renewal, Renewal::Open { until: None });
    assert_eq!(dates.on(day("2040-01-01")).state, State::Valid);
    assert_eq!(dates.stages().next().unwrap().iter().map(|s| s.on).collect::<Vec<_>>(), [day("2027-02-28")]);
    document.class = None;
    assert_eq!(rule.dates(&document, table()).first().unwrap().due, Due::Unknown(Missing::Class));
    // Who gave what is the blood centre's to know: it names the day.
    document.next = Some(day("2027-02-28"));
    assert_eq!(rule.dates(&document, table()).first().unwrap().on(), Some(day("2027-02-28")));
}

#[test]
fn a_dose_may_be_given_for_a_month() {
    let rule = rule("L46");
    let mut document = Document::issued(day("2026-01-05"));
    assert_eq!(rule.dates(&document, table()).first().unwrap().due, Due::Unknown(Missing::Plan));
    document.next = Some(day("2026-12-15"));
    let dates = rule.dates(&document, table());
    assert_eq!(dates.on(day("2027-01-14")).renewal, Renewal::Open { until: Some(day("2027-01-14")) });
    assert_eq!(dates.on(day("2027-01-15")).renewal, Renewal::Late { until: None });
    assert_eq!(dates.on(day("2027-01-15")).state, State::Valid);
}

/// An issuer says that a certificate is in force, and not when it was checked last: nothing that only counting from its first
/// day would say goes before that.
#[test]
fn what_its_issuer_says_goes_before_what_is_only_counted() {
    let rule = rule("L25");
    let document = Document::issued(day("2015-08-03"));
    let counted = rule.dates(&document, table());
    assert_eq!(counted.on(day("2026-11-20")).state, State::Suspended);
    let told = counted.in_force_on(day("2026-11-20"));
    assert_eq!(told.first().unwrap().due, Due::Unknown(Missing::Check));
    assert_eq!(told.on(day("2026-11-20")).state, State::Valid);
    assert_eq!(told.stages().flat_map(|stages| stages.iter().collect::<Vec<_>>()).count(), 0);
    // What was due after that day is due.
    let first = rule.dates(&document, table()).in_force_on(day("2016-01-01"));
    assert_eq!(first.first().unwrap().on(), Some(day("2017-08-03")));
    // One that would have ended by its rule has not.
    let nurse = self::rule("L26");
    let told = nurse.dates(&document, table()).in_force_on(day("2026-11-20"));
    assert_eq!(told.first().unwrap().due, Due::Unknown(Missing::Expiry));
    assert_eq!(told.on(day("2026-11-20")).state, State::Valid);
    // Of one that it says is suspended nothing is known better.
    let suspended = Document { status: Status::Suspended, ..document };
    let told = rule.dates(&suspended, table()).in_force_on(day("2026-11-20"));
    assert_eq!(told.first().unwrap().on(), Some(day("2017-08-03")));
}

/// The last step of a ladder and the card of somebody old have no end; a passport has one, whoever holds it.
#[test]
fn where_the_issuer_names_no_end_there_is_none_if_there_can_be_none() {
    let document = Document::issued(day("2024-04-02"));
    for (kind, due) in [
        ("L04", Due::Never),
        ("L01", Due::Never),
        ("L06", Due::Unknown(Missing::Birthday)),
        ("L26", Due::On(day("2029-04-02"))),
    ] {
        let rule = rule(kind);
        assert_eq!(rule.dates(&document, table()).without_end().first().unwrap().due, due, "{kind}");
    }
    let rule = rule("L04");
    let printed = Document { expires: Some(day("2030-04-02")), ..document };
    assert_eq!(rule.dates(&printed, table()).without_end().first().unwrap().on(), Some(day("2030-04-02")));
    // Of what its holder writes down it is not known, and not guessed either.
    let told = rule.dates(&document, table()).step_unknown();
    assert_eq!(told.first().unwrap().due, Due::Unknown(Missing::Expiry));
    assert_eq!(rule.dates(&printed, table()).step_unknown().first().unwrap().on(), Some(day("2030-04-02")));
}

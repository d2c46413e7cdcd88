//! How much of the fraud is found, and how much of what is found is fraud.

use yimen_scores::alarm::{Alarm, Day, Kind, Limits, watch};

use crate::fraud::{AGENCIES, DAYS, Fraud, corrupt, honest_year};

const SEEDS: std::ops::Range<u64> = 0..8;

/// Every alarm with its agency.
fn alarms(year: &[Vec<Day>]) -> Vec<(usize, Alarm)> {
    let limits = Limits::default();
    year.iter()
        .enumerate()
        .flat_map(|(agency, days)| watch(days, &limits).into_iter().map(move |alarm| (agency, alarm)))
        .collect()
}

fn is_about(fraud: &Fraud, agency: usize, alarm: &Alarm) -> bool {
    fraud.agency == agency && alarm.from <= fraud.to && fraud.from <= alarm.to
}

#[test]
fn fraud_is_found_and_little_else() {
    let (mut frauds, mut found, mut raised, mut right) = (0, 0, 0, 0);
    for seed in SEEDS {
        let mut year = honest_year(seed);
        let injected = corrupt(&mut year, seed);
        let alarms = alarms(&year);
        frauds += injected.len();
        raised += alarms.len();
        found += injected
            .iter()
            .filter(|fraud| alarms.iter().any(|(agency, alarm)| is_about(fraud, *agency, alarm)))
            .count();
        right += alarms
            .iter()
            .filter(|(agency, alarm)| injected.iter().any(|fraud| is_about(fraud, *agency, alarm)))
            .count();
    }
    println!("{found} of {frauds} frauds found; {right} of {raised} alarms right");
    assert!(frauds > 300 && raised > 300);
    assert!(found * 10 >= frauds * 9, "{found} of {frauds} frauds found");
    assert!(right * 10 >= raised * 9, "{right} of {raised} alarms right");
}

#[test]
fn an_honest_year_raises_few() {
    let raised: Vec<usize> = SEEDS.map(|seed| alarms(&honest_year(seed)).len()).collect();
    println!("{raised:?} alarms in honest years of {AGENCIES} agencies");
    assert!(raised.iter().all(|count| *count <= 6), "{raised:?}");
}

#[test]
fn asking_people_and_becoming_better_are_no_fraud() {
    let usual = Day { finished: 40, levels: [0, 1, 2, 3, 6] };
    let asked = Day { finished: 40, levels: [1, 1, 3, 6, 11] };
    let better = Day { finished: 40, levels: [0, 0, 1, 1, 10] };
    for later in [asked, better] {
        let days: Vec<Day> = (0..DAYS).map(|day| if day < 200 { usual } else { later }).collect();
        assert_eq!(watch(&days, &Limits::default()), []);
    }
    let filled = Day { finished: 40, levels: [0, 0, 0, 1, 37] };
    let days: Vec<Day> =
        (0..DAYS).map(|day| if (200..215).contains(&day) { filled } else { usual }).collect();
    let alarms = watch(&days, &Limits::default());
    assert_eq!(alarms.len(), 1, "{alarms:?}");
    assert_eq!((alarms[0].kind, alarms[0].from), (Kind::Saturation, 200));
    assert!((214..222).contains(&alarms[0].to), "{alarms:?}");
}

#[test]
fn an_agency_that_was_never_otherwise_is_not_believed() {
    let filled = Day { finished: 20, levels: [0, 0, 0, 0, 19] };
    let alarms = watch(&[filled; 30], &Limits::default());
    assert!(alarms[0].kind == Kind::Saturation, "{alarms:?}");
    assert_eq!(watch(&[Day { finished: 20, levels: [0, 0, 1, 2, 4] }; 30], &Limits::default()), []);
}

#[test]
fn strange_days_break_nothing() {
    let limits = Limits::default();
    assert_eq!(watch(&[], &limits), []);
    let impossible = Day { finished: 0, levels: [0, 0, 0, 0, 500] };
    let usual = Day { finished: 30, levels: [0, 0, 1, 4, 5] };
    let mut days = vec![usual; 100];
    days[80] = impossible;
    assert!(watch(&days, &limits).contains(&Alarm { kind: Kind::Burst, from: 80, to: 80 }));
    watch(&[impossible; 60], &limits);
}

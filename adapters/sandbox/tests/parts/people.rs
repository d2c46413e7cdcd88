//! The demo's people: the same for the same seed, and what they are for.

use std::collections::HashSet;

use yimen_contract::identity::{FICTIONAL_REGION, is_number};
use yimen_sandbox::{Cast, Standing};

#[test]
fn every_number_is_valid_and_belongs_to_nobody() {
    for seed in 0..300 {
        for person in Cast::from_seed(seed).register {
            let number = &person.identity_number;
            assert!(is_number(number) && number.starts_with(FICTIONAL_REGION), "{seed}: {number}");
            assert_eq!(person.birth_date.format("%Y%m%d").to_string(), number[6..14]);
        }
    }
}

#[test]
fn nobody_shares_a_number_a_phone_or_a_mailbox() {
    for seed in 0..300 {
        let cast = Cast::from_seed(seed);
        let distinct = |all: Vec<&str>| {
            let set: HashSet<&str> = all.iter().copied().collect();
            assert_eq!(set.len(), all.len(), "{seed}: {all:?}");
        };
        distinct(cast.register.iter().map(|person| person.identity_number.as_str()).collect());
        distinct(cast.register.iter().map(|person| person.phone.as_str()).collect());
        distinct(cast.register.iter().map(|person| person.email.as_str()).collect());
        distinct(cast.register.iter().map(|person| person.name.as_str()).collect());
        distinct(cast.staff.iter().map(|staff| staff.login.as_str()).collect());
    }
}

#[test]
fn a_seed_gives_the_same_people_and_another_seed_others() {
    let names = |seed| Cast::from_seed(seed).register.into_iter().map(|p| p.name).collect::<Vec<_>>();
    assert_eq!(names(1), names(1));
    assert_ne!(names(1), names(2));
}

#[test]
fn the_cast_has_everyone_a_demo_needs() {
    let cast = Cast::from_seed(1);
    assert_eq!(cast.citizens.len(), 5);
    for citizen in &cast.citizens {
        assert!(cast.register.contains(&citizen.person), "{}", citizen.person.name);
        assert!(citizen.level == 2 || citizen.level <= citizen.person.proof);
    }
    let child = cast.citizens.iter().find_map(|citizen| citizen.child.clone()).expect("a parent");
    let child = cast.register.iter().find(|person| person.identity_number == child).unwrap();
    assert!(child.identity_number[6..10] > *"2012", "{child:?}");
    assert!(cast.citizens.iter().any(|citizen| citizen.company.is_some()));
    assert!(cast.citizens.iter().any(|citizen| citizen.level == 2));
    assert_eq!(cast.register.iter().filter(|person| person.standing == Standing::Deceased).count(), 1);
    assert!(cast.register.iter().any(|person| person.identity_number.ends_with('X')));
    let rare = |c: char| matches!(c, '𬱖' | '㛃');
    assert!(cast.register.iter().any(|person| person.name.contains(rare)));
    let mut roles: Vec<&str> = cast.staff.iter().map(|staff| staff.role).collect();
    roles.sort_unstable();
    assert_eq!(
        roles,
        [
            "administrator",
            "auditor",
            "integrator",
            "manager",
            "manager",
            "officer",
            "officer",
            "officer",
            "officer"
        ]
    );
}

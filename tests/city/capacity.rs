//! Calendars that the portal keeps never give more places than there are, whatever people do in whatever order: choose, confirm,
//! leave, move, give back, and let what was kept for them lapse.

use chrono::TimeDelta;
use yimen::ledger::CitizenId;

use crate::{
    bookings::{ADVICE, MONDAY, form_of},
    on_both_engines,
    payments::Dice,
    people::{Browser, citizen, number},
    town::Town,
};

/// Appointments whose count is not that of the bookings that take a place up, or is above the capacity.
const WRONG: &str = "SELECT 'taken ' || s.taken || ' of ' || s.capacity AS line FROM booking_sessions s \
    WHERE s.taken > s.capacity OR s.taken <> (SELECT count(*) FROM bookings b \
    WHERE b.session_id = s.id AND b.state IN ('chosen', 'asked', 'booked', 'cancelling'))";
const TAKEN: &str = "SELECT CAST(coalesce(sum(taken), 0) AS TEXT) AS line FROM booking_sessions";
const PEOPLE: u64 = 3;
const TURNS: usize = 60;

/// What somebody has: choices that are filled in, and tickets.
#[derive(Default)]
struct Holds {
    reviews: Vec<String>,
    tickets: Vec<String>,
}

async fn people(town: &Town) -> Vec<CitizenId> {
    let mut all = Vec::new();
    for at in 1..=PEOPLE {
        let (phone, birth) = (format!("1380000000{at}"), format!("198{at}0101"));
        all.push(citizen(town, "林晓", &phone, &number(&birth, 1)).await);
    }
    all
}

/// Chooses a time, and fills in the form if it is theirs.
async fn chooses(person: &Browser<'_>, holds: &mut Holds, fields: &[(&str, &str)]) {
    let sent = person.post(&format!("/services/{ADVICE}/start"), fields).await;
    assert!(matches!(sent.status, 303 | 404 | 409 | 422), "{} {fields:?}", sent.status);
    if sent.status == 303 && sent.location().contains("/apply/") {
        holds.reviews.push(person.answers(&sent.location(), &form_of("legal-aid", ADVICE)).await);
    }
}

on_both_engines! {
    async fn no_order_of_things_gives_more_places_than_there_are(town: Town) {
        let who = people(&town).await;
        let slots = Browser::of(&town, who[0], 3).await.free_on(ADVICE, MONDAY).await;
        let mut holds: Vec<Holds> = who.iter().map(|_| Holds::default()).collect();
        let (mut dice, mut most) = (Dice(20_261_123), 0);
        for turn in 0..TURNS {
            let at = usize::try_from(dice.roll(PEOPLE)).unwrap();
            let (person, mine) = (Browser::of(&town, who[at], 3).await, &mut holds[at]);
            let slot = slots[usize::try_from(dice.roll(2)).unwrap()].as_str();
            let act = dice.roll(8);
            match act {
                0..=2 => chooses(&person, mine, &[("slot", slot)]).await,
                3 => {
                    let Some(ticket) = mine.tickets.last() else { continue };
                    let old = ticket.rsplit('/').next().unwrap().to_owned();
                    chooses(&person, mine, &[("slot", slot), ("instead", &old)]).await;
                }
                4 | 5 => {
                    let Some(review) = mine.reviews.pop() else { continue };
                    let sent = person.post(&review.replace("/review", "/book"), &[]).await;
                    // What lapsed, or is a second one on that day, is not booked.
                    assert!(matches!(sent.status, 303 | 404 | 409), "{}", sent.status);
                    if sent.location().starts_with("/me/bookings/") {
                        mine.tickets.push(sent.location().split('?').next().unwrap().to_owned());
                    }
                }
                6 => {
                    let Some(ticket) = mine.tickets.pop() else { continue };
                    let sent = person.post(&format!("{ticket}/cancel"), &[]).await;
                    assert!(matches!(sent.status, 303 | 409), "{}", sent.status);
                }
                _ => match mine.reviews.pop().filter(|_| dice.roll(2) == 0) {
                    Some(review) => {
                        let left = person.post(&review.replace("/review", "/discard"), &[]).await;
                        assert!(matches!(left.status, 303 | 404), "{}", left.status);
                    }
                    // What is kept for somebody is kept for a quarter of an hour.
                    None => town.pass(TimeDelta::minutes(16)).await,
                },
            }
            assert_eq!(town.lines(WRONG.to_owned()).await, [""; 0], "turn {turn}, act {act}");
            let taken: i64 = town.lines(TAKEN.to_owned()).await[0].parse().unwrap();
            most = most.max(taken);
        }
        assert!(most >= 2, "both were taken at a time: {most}");
        town.close().await;
    }
}

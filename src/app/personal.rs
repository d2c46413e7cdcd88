//! Everybody who holds data about people, room by room: the port `PersonalData`.

use crate::{
    accounts, bookings, cases, following, gateway, households,
    ledger::{self, Holders},
    notices, payments, ratings, reminders, sso, surveys, voice, wallet,
};

/// The holders, in the order in which the privacy centre shows them.
pub fn holders() -> Holders {
    let mut all = accounts::personal::holders();
    all.extend(sso::provider::personal::holders());
    all.push(Box::new(sso::upstream::personal::Providers));
    all.push(Box::new(gateway::personal::Wishes));
    all.push(Box::new(gateway::personal::Names));
    all.push(Box::new(notices::personal::Inbox));
    all.push(Box::new(wallet::personal::Documents));
    all.push(Box::new(payments::personal::Payments));
    all.push(Box::new(cases::personal::Applications));
    all.push(Box::new(bookings::personal::Appointments));
    all.push(Box::new(surveys::personal::Answers));
    all.push(Box::new(following::personal::Follows));
    all.push(Box::new(reminders::personal::Dates));
    // Before ratings: afterwards nobody knows whose a rating was that is disputed.
    all.push(Box::new(voice::personal::Reports));
    all.push(Box::new(ratings::personal::Ratings));
    all.push(Box::new(households::personal::Households));
    all.extend(ledger::holders());
    Holders(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::{Lang, Texts};

    #[test]
    fn what_is_held_has_a_name_that_people_understand() {
        for lang in [Lang::Zh, Lang::En] {
            let t = Texts::new(lang);
            for holder in &holders().0 {
                let kind = holder.kind();
                assert_ne!(t.privacy_kind(kind), kind, "{lang:?}");
                assert_ne!(t.privacy_kind_about(kind), t.privacy_kind_about("nothing"), "{kind}, {lang:?}");
            }
        }
    }
}

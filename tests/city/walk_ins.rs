//! How busy a counter is, hour by hour: with appointments and without.

use chrono::TimeDelta;
use yimen::accounts::staff::Role;

use crate::{
    bookings::{ADVICE, MONDAY, form_of},
    cases::lin,
    desk::worker,
    on_both_engines,
    people::Browser,
    staff::{at_work, hired},
};

on_both_engines! {
    async fn who_booked_and_who_came_without_stand_beside_each_other(town: Town) {
        let aid = hired(&town, "of-aid", Role::Officer, "legal-aid").await;
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let slot = lin.free_on(ADVICE, MONDAY).await.remove(0);
        let ticket = lin.books(ADVICE, &slot, &form_of("legal-aid", ADVICE)).await;
        let code = lin.get(&ticket).await.ok().texts(".big-code").remove(0);
        // Monday at eight.
        town.pass(TimeDelta::days(2) + TimeDelta::hours(20)).await;
        let desk = at_work(&town, aid, Role::Officer, "legal-aid").await;
        let calendar = format!("/agency/calendar/{ADVICE}");
        let page = format!("{calendar}/load");
        assert!(desk.get(&calendar).await.ok().attributes("main a", "href").contains(&page));
        assert!(desk.get(&page).await.ok().texts("table").is_empty(), "nobody came yet");
        assert!(desk.post(&format!("{calendar}/check-in"), &[("code", &code)]).await.location().ends_with("said=in"));
        // What is no number is said beside the field, and what was chosen stays.
        let wrong = desk.post(&page, &[("hour", "10"), ("people", "many")]).await;
        assert_eq!((wrong.status, wrong.attributes(".errors a", "href")), (422, vec!["#people".to_owned()]));
        assert_eq!(wrong.attributes("select[name=hour] option[selected]", "value"), ["10"]);
        assert_eq!(desk.post(&page, &[("hour", "24"), ("people", "1")]).await.status, 422);
        // The last word counts.
        for people in ["3", "7", "7"] {
            let sent = desk.post(&page, &[("hour", "10"), ("people", people)]).await;
            assert!(sent.location().ends_with("said=done"), "{}", sent.location());
        }
        let shown = desk.get(&page).await.ok();
        let cells = shown.texts("table tbody td");
        let all = &cells[cells.len() - 3..];
        assert_eq!(all, ["1", "0", "7"], "{cells:?}");
        // Of another agency there is no such counter.
        let (other, _) = worker(&town, "of-parks", Role::Officer, "parks").await;
        assert_eq!(other.get(&page).await.status, 404);
        assert_eq!(other.post(&page, &[("hour", "10"), ("people", "9")]).await.status, 404);
        town.close().await;
    }
}

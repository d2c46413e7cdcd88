//! The code at a counter: it leads to the rating of an appointment that was kept there, and to nothing else.

use chrono::TimeDelta;
use yimen::accounts::staff::Role;

use crate::{
    acting::{acts, switch},
    bookings::{ADVICE, MONDAY, form_of},
    cases::lin,
    desk::worker,
    on_both_engines,
    people::Browser,
    staff::{at_work, hired},
};

const UNIT: &str = "legal-aid";
const CODE: &str = "/agency/ratings/code";
const THERE: &str = "/me/ratings/counter/legal-aid";

on_both_engines! {
    async fn a_code_at_a_counter_leads_to_what_was_finished_there(town: Town) {
        let who = lin(&town).await;
        let aid = hired(&town, "of-aid", Role::Officer, UNIT).await;
        let desk = at_work(&town, aid, Role::Officer, UNIT).await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        // The print names the agency and the counter, and its code leads to the agency's counter.
        let print = desk.get(&format!("{CODE}?counter=3%E5%8F%B7%E7%AA%97%E5%8F%A3")).await.ok();
        assert!(print.texts("#poster ~ p").join(" ").contains("3号窗口"), "{:?}", print.texts("main"));
        assert!(print.attributes("img.scan", "alt")[0].contains(THERE));
        let long = desk.get(&format!("{CODE}?counter={}", "a".repeat(31))).await;
        assert_eq!((long.status, long.attributes(".errors a", "href")), (422, vec!["#counter".to_owned()]));
        assert_eq!(desk.get(&format!("{CODE}?agency=weather")).await.status, 404);
        assert_eq!(above.get(CODE).await.status, 403);
        // Whoever was not there has nothing to rate.
        let lin = Browser::of(&town, who, 3).await;
        assert!(town.get(THERE).await.location().starts_with("/sign-in?next="));
        assert_eq!(lin.get("/me/ratings/counter/nowhere").await.status, 404);
        assert_eq!(lin.get(THERE).await.location(), "/me/ratings?said=counter");
        assert!(lin.get("/me/ratings?said=counter").await.ok().texts("main").join(" ").contains("没有您在这个窗口办过"));
        let slot = lin.free_on(ADVICE, MONDAY).await.remove(0);
        let ticket = lin.books(ADVICE, &slot, &form_of(UNIT, ADVICE)).await;
        let code = lin.get(&ticket).await.ok().texts(".big-code").remove(0);
        assert_eq!(lin.get(THERE).await.location(), "/me/ratings?said=counter", "it was not kept yet");
        // Monday at eight.
        town.pass(TimeDelta::days(2) + TimeDelta::hours(20)).await;
        let desk = at_work(&town, aid, Role::Officer, UNIT).await;
        let sent = desk.post(&format!("/agency/calendar/{ADVICE}/check-in"), &[("code", code.as_str())]).await;
        assert!(sent.location().ends_with("said=in"), "{}", sent.location());
        town.work().await;
        let lin = Browser::of(&town, who, 3).await;
        let url = ticket.replace("/me/bookings/", "/me/ratings/booking/");
        assert_eq!(lin.get(THERE).await.location(), url);
        assert_eq!(lin.rates(&url, &[("level", "satisfied")]).await, "given");
        assert_eq!(lin.get(THERE).await.location(), "/me/ratings?said=counter", "once");
        town.close().await;
    }

    async fn an_agent_is_led_to_nothing_that_they_were_not_authorised_for(town: Town) {
        let (agent, owner, offer) = acts(&town, &[("scope", "services"), ("services", "YZ02022")]).await;
        let aid = hired(&town, "of-aid", Role::Officer, UNIT).await;
        let wang = Browser::of(&town, owner, 3).await;
        let slot = wang.free_on(ADVICE, MONDAY).await.remove(0);
        let ticket = wang.books(ADVICE, &slot, &form_of(UNIT, ADVICE)).await;
        let code = wang.get(&ticket).await.ok().texts(".big-code").remove(0);
        town.pass(TimeDelta::days(2) + TimeDelta::hours(20)).await;
        let desk = at_work(&town, aid, Role::Officer, UNIT).await;
        let sent = desk.post(&format!("/agency/calendar/{ADVICE}/check-in"), &[("code", code.as_str())]).await;
        assert!(sent.location().ends_with("said=in"), "{}", sent.location());
        town.work().await;
        let url = ticket.replace("/me/bookings/", "/me/ratings/booking/");
        assert_eq!(Browser::of(&town, owner, 3).await.get(THERE).await.location(), url);
        let agent = Browser::of(&town, agent, 3).await;
        switch(&agent, &offer).await;
        assert_eq!(agent.get(THERE).await.location(), "/me/ratings?said=counter", "not even its number");
        town.close().await;
    }
}

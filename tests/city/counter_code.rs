//! The codes at a counter and in the hall: they lead to the rating of what somebody finished there, and to nothing else.

use chrono::TimeDelta;
use yimen::accounts::staff::Role;

use crate::{
    acting::{acts, switch},
    bookings::{ADVICE, MONDAY, form_of},
    cases::lin,
    desk::{UNIT as OFFICE, worker},
    on_both_engines,
    people::{Browser, citizen, number},
    ratings::decided,
    staff::{at_work, hired},
};

const UNIT: &str = "legal-aid";
const CODE: &str = "/agency/ratings/code";
const THERE: &str = "/me/ratings/counter/legal-aid";
const AT_OFFICE: &str = "/me/ratings/counter/government-services";
const IN_HALL: &str = "/me/ratings/hall";

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
        let hall = desk.get(&format!("{CODE}?agency=hall")).await.ok();
        assert_eq!(hall.attributes("select[name=agency] option[selected]", "value"), ["hall"]);
        assert!(hall.texts("#poster ~ p").join(" ").contains("云州市政务服务大厅"), "{:?}", hall.texts("main"));
        assert!(hall.attributes("img.scan", "alt")[0].ends_with(IN_HALL));
        assert_eq!(above.get(CODE).await.status, 403);
        // Whoever was not there has nothing to rate.
        let lin = Browser::of(&town, who, 3).await;
        assert!(town.get(THERE).await.location().starts_with("/sign-in?next="));
        assert_eq!(lin.get("/me/ratings/counter/nowhere").await.status, 404);
        assert_eq!(lin.get(THERE).await.location(), "/me/ratings?said=counter");
        assert!(lin.get("/me/ratings?said=counter").await.ok().texts("main").join(" ").contains("没有您在这个部门办完"));
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

    async fn whoever_came_without_an_appointment_rates_what_was_handed_in_for_them(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let wang = citizen(&town, "王建", "13800000002", &number("19600229", 7)).await;
        let wang = Browser::of(&town, wang, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, OFFICE).await;
        let id = number("19850101", 1);
        let wanted = [("number", id.as_str()), ("reason", "本人持证到窗口"), ("service", "YZ27007")];
        let form = officer.post("/agency/counter", &wanted).await.ok();
        let ticket = form.attributes("input[name=ticket]", "value").remove(0);
        let fields = [
            ("ticket", ticket.as_str()),
            ("who", "林晓"),
            ("info_wanted", "文澜路改造工程的施工合同"),
            ("info_form", "electronic"),
        ];
        let receipt = officer.post("/agency/counter/hand-in", &fields).await.ok();
        let case = format!("/me/cases/{}", receipt.texts("dd strong").remove(0));
        town.work().await;
        assert_eq!(lin.get(AT_OFFICE).await.location(), "/me/ratings?said=counter", "it is not decided yet");
        assert_eq!(lin.get(IN_HALL).await.location(), "/me/ratings?said=hall");
        for (act, words) in [("accept", ""), ("grant", "经审查，符合规定，准予公开。")] {
            let desk = case.replace("/me/cases", "/agency/cases");
            let sent = officer.post(&format!("{desk}/do/{act}"), &[("reason", words)]).await;
            assert_eq!(sent.location(), format!("{desk}?said=done"), "{act}");
        }
        town.work().await;
        // Both codes lead whoever it is of to it, and nobody else to anything: neither another citizen nor who sits there.
        let first = case.replace("/me/cases/", "/me/ratings/case/");
        for code in [AT_OFFICE, IN_HALL] {
            assert_eq!(lin.get(code).await.location(), first);
            assert!(officer.get(code).await.location().starts_with("/sign-in"));
        }
        assert_eq!(lin.get(THERE).await.location(), "/me/ratings?said=counter", "of another agency");
        assert_eq!(wang.get(AT_OFFICE).await.location(), "/me/ratings?said=counter");
        assert_eq!(wang.get(IN_HALL).await.location(), "/me/ratings?said=hall");
        assert_eq!(wang.post(&first, &[("level", "satisfied")]).await.status, 404);
        assert_ne!(officer.post(&first, &[("level", "satisfied")]).await.status, 200);
        assert_eq!(town.dump(&["ratings"]).await, "");
        // Of several they choose one.
        let second = decided(&town, &lin, &officer).await;
        assert_eq!(lin.get(IN_HALL).await.location(), "/me/ratings?said=which");
        let which = lin.get(AT_OFFICE).await.location();
        assert_eq!(which, "/me/ratings?at=government-services&said=which");
        let mut listed = lin.get(&which).await.ok().attributes("#open ~ ul a", "href");
        let mut both = vec![first.clone(), second.clone()];
        listed.sort();
        both.sort();
        assert_eq!(listed, both);
        assert!(lin.get("/me/ratings?at=legal-aid").await.ok().attributes("#open ~ ul a", "href").is_empty());
        assert_eq!(lin.rates(&first, &[("level", "satisfied")]).await, "given");
        assert_eq!(lin.get(AT_OFFICE).await.location(), second);
        assert_eq!(lin.rates(&second, &[("level", "satisfied")]).await, "given");
        assert_eq!(lin.get(AT_OFFICE).await.location(), "/me/ratings?said=counter", "once");
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

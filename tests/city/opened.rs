//! How often notices and policies were opened, for the staff of their agencies; and what those who lead one publish themselves.

use chrono::TimeDelta;
use yimen::accounts::staff::Role;

use crate::{desk::worker, on_both_engines, people::Browser};

const DESK: &str = "/agency/writing";
const BULLETIN: &str = "civil-affairs-cold-spell-shelter";
const POLICY: &str = "allowance-who-qualifies";

/// How often a page was opened within the last days and in all, as the desk says.
async fn opened(desk: &Browser<'_>, path: &str) -> (String, String) {
    let page = desk.get(DESK).await.ok();
    let links = page.attributes("tbody th a", "href");
    let at = links.iter().position(|link| link == path).unwrap_or_else(|| panic!("{path}: {links:?}"));
    let cells = page.texts("tbody td");
    (cells[3 * at + 1].clone(), cells[3 * at + 2].clone())
}

on_both_engines! {
    async fn staff_see_how_often_their_own_pages_were_opened(town: Town) {
        let (bulletin, policy) = (format!("/bulletins/{BULLETIN}"), format!("/policies/{POLICY}"));
        let officer = worker(&town, "reader-1", Role::Officer, "civil-affairs").await.0;
        assert_eq!(opened(&officer, &bulletin).await, ("0".to_owned(), "0".to_owned()));
        for _ in 0..3 {
            town.get(&bulletin).await.ok();
        }
        // Read aloud it is read, too; in whichever language; and what there is not is not counted.
        town.get(&format!("{bulletin}/text")).await.ok();
        town.get(&format!("{policy}?lang=en")).await;
        town.get(&policy).await.ok();
        town.get("/bulletins/nobody").await;
        town.settle_counts().await;
        let desk = opened(&officer, &bulletin).await;
        assert_eq!(desk, ("4".to_owned(), "4".to_owned()));
        let of_policy: i64 = opened(&officer, &policy).await.1.parse().unwrap();
        assert!(of_policy >= 1, "{of_policy}");
        // It adds up over days, and what is long ago is not lately.
        town.pass(TimeDelta::days(31)).await;
        town.get(&bulletin).await.ok();
        town.settle_counts().await;
        let officer = worker(&town, "reader-2", Role::Integrator, "civil-affairs").await.0;
        assert_eq!(opened(&officer, &bulletin).await, ("1".to_owned(), "5".to_owned()));
        let kept = town.dump(&["writing_views"]).await;
        assert!(kept.contains(BULLETIN) && !kept.contains("nobody"), "{kept}");
        // Those of another agency see theirs alone; whoever works for none sees nothing.
        let other = worker(&town, "reader-3", Role::Officer, "weather").await.0;
        let page = other.get(DESK).await.ok();
        assert!(!page.body.contains(&bulletin), "{}", page.body);
        let auditor = worker(&town, "reader-4", Role::Auditor, "civil-affairs").await.0;
        assert_eq!(auditor.get(DESK).await.status, 403);
        town.close().await;
    }

    async fn whoever_leads_an_agency_publishes_a_notice_and_takes_it_down(town: Town) {
        let new = format!("{DESK}/new");
        let leader = worker(&town, "leader", Role::Manager, "civil-affairs").await.0;
        let officer = worker(&town, "officer", Role::Officer, "civil-affairs").await.0;
        assert!(leader.get(DESK).await.ok().attributes("main a.button", "href").contains(&new));
        assert!(!officer.get(DESK).await.ok().body.contains(&new));
        assert_eq!((officer.get(&new).await.status, officer.post(&new, &[]).await.status), (403, 403));
        // What is missing or another's is said beside its field.
        let foreign = [("agency", "weather"), ("level", "orange"), ("title_en", "Shelter")];
        let wrong = leader.post(&new, &foreign).await;
        let errors = wrong.attributes(".errors a", "href").join(" ");
        for place in ["#agency", "#title_zh", "#body_zh", "#expires"] {
            assert!(wrong.status == 422 && errors.contains(place), "{} {errors}", wrong.status);
        }
        assert_eq!(wrong.attributes("input[name=title_en]", "value"), ["Shelter"]);
        let ends = (town.clock.now() + TimeDelta::hours(8 + 24)).format("%Y-%m-%dT%H:%M").to_string();
        let fields = [
            ("agency", "civil-affairs"), ("kind", "news"), ("title_zh", "临时庇护点今晚开放"),
            ("body_zh", "民政大楼一层，整夜有人。"), ("expires", ends.as_str()), ("level", "orange"), ("district", "990101"),
        ];
        for _ in 0..2 {
            assert_eq!(leader.post(&new, &fields).await.location(), "/agency/writing?said=published");
        }
        town.portal().refresh().await.unwrap();
        assert!(town.get("/").await.ok().texts("main .urgent").join("").contains("临时庇护点今晚开放"), "a warning is urgent");
        let page = leader.get(DESK).await.ok();
        let ids = page.attributes("form[action='/agency/writing/end'] input[name=id]", "value");
        assert_eq!(ids.len(), 1, "pressed twice it is one: {ids:?}");
        let notice = town.get(&format!("/bulletins/{}", ids[0])).await.ok().texts("main").join(" ");
        assert!(notice.contains("橙色预警") && notice.contains("整夜有人"), "{notice}");
        // Nobody else takes it down, and it is gone at once.
        let other = worker(&town, "other", Role::Manager, "weather").await.0;
        let end = format!("{DESK}/end");
        let it = [("agency", "civil-affairs"), ("id", ids[0].as_str())];
        assert_eq!((officer.post(&end, &it).await.status, other.post(&end, &it).await.status), (403, 404));
        assert_eq!(leader.post(&end, &it).await.location(), "/agency/writing?said=ended");
        assert_eq!(leader.post(&end, &it).await.status, 404);
        town.portal().refresh().await.unwrap();
        assert!(!town.get("/").await.ok().body.contains("临时庇护点今晚开放"));
        let acts = town.dump(&["staff_acts"]).await;
        assert!(acts.contains("bulletin-published") && acts.contains("bulletin-ended"), "{acts}");
        town.work().await;
        town.close().await;
    }
}

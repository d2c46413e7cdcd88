//! How often notices and policies were opened, for the staff of their agencies.

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
}

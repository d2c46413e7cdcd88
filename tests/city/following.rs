//! Notices that come by themselves to whoever follows an agency, a domain, or the warnings for a district.

use chrono::TimeDelta;
use serde_json::{Value, json};
use yimen::ledger::CitizenId;

use crate::{
    on_both_engines,
    people::{Browser, citizen, number},
    town::Town,
};

impl Town {
    /// exit-entry gives a notice, under a number.
    async fn gives(&self, order: u32, more: &Value) {
        let mut data = json!({
            "id": format!("GG-{order}"), "sequence": 1,
            "title": { "zh": format!("第{order}号公告"), "en": format!("Notice {order}") },
            "body": { "zh": "详见正文，请相互转告。", "en": "See below, and pass it on." },
        });
        for (key, value) in more.as_object().unwrap() {
            data[key] = value.clone();
        }
        let event = json!({
            "specversion": "1.0", "id": format!("g-{order}"), "source": "exit-entry", "type": "bulletin",
            "time": self.clock.now().to_rfc3339(), "data": data,
        });
        assert_eq!(self.push(&format!("g-{order}"), &event).await.status, 202);
        self.work().await;
        self.portal().refresh().await.unwrap();
        self.pass(TimeDelta::minutes(2)).await;
    }

    /// What stands in somebody's inbox about notices, the newest first.
    async fn heard(&self, who: CitizenId) -> Vec<String> {
        let inbox = Browser::of(self, who, 2).await.get("/me/notices").await.ok();
        inbox.texts("main .lines .line-name").into_iter().filter(|title| title.contains("公告")).collect()
    }

    async fn follows(&self, who: CitizenId, fields: &[(&str, &str)]) {
        let saved = Browser::of(self, who, 2).await.post("/me/notices/follow", fields).await;
        assert_eq!(saved.location(), "/me/notices/follow?said=saved", "{:?}", saved.texts("main"));
    }

    fn ends(&self) -> String {
        (self.clock.now() + TimeDelta::days(1)).to_rfc3339()
    }
}

async fn two(town: &Town) -> (CitizenId, CitizenId) {
    let lin = citizen(town, "林晓", "13800000001", &number("19850101", 1)).await;
    let wang = citizen(town, "王芳", "13800000002", &number("19850101", 2)).await;
    (lin, wang)
}

on_both_engines! {
    async fn whoever_follows_an_agency_is_told_of_each_new_notice_once(town: Town) {
        town.with_events().await;
        let (lin, wang) = two(&town).await;
        town.gives(1, &json!({})).await;
        // Following a link changes nothing; saving does.
        let browser = Browser::of(&town, lin, 2).await;
        let page = browser.get("/me/notices/follow/exit-entry").await.ok();
        assert_eq!(page.attributes("input[name=agency][checked]", "value"), ["exit-entry"]);
        assert!(browser.get("/me/notices/follow").await.ok().attributes("input[name=agency]", "value").is_empty());
        assert_eq!(browser.get("/me/notices/follow/nobody").await.status, 404);
        // The same by the agency and by a domain of the notice's services: told once.
        town.follows(lin, &[("agency", "exit-entry"), ("domain", "D03"), ("agency", "nobody")]).await;
        town.gives(2, &json!({ "services": ["YZ03001"] })).await;
        town.gives(3, &json!({})).await;
        let heard = town.heard(lin).await;
        assert_eq!(heard.len(), 2, "{heard:?}");
        assert!(heard[0].contains("第3号公告") && heard[1].contains("第2号公告"), "{heard:?}");
        assert!(town.heard(wang).await.is_empty());
        let page = browser.get("/me/notices/follow").await.ok();
        assert_eq!(page.attributes("input[name=agency]", "value"), ["exit-entry"]);
        // Whoever follows nothing any more hears nothing any more.
        town.follows(lin, &[]).await;
        town.gives(4, &json!({})).await;
        assert_eq!(town.heard(lin).await.len(), 2);
        assert_eq!(town.dump(&["follows"]).await, "");
        town.close().await;
    }

    async fn warnings_reach_those_whose_district_and_level_they_are(town: Town) {
        town.with_events().await;
        let (lin, wang) = two(&town).await;
        town.follows(lin, &[("district", "990102"), ("level", "orange")]).await;
        town.follows(wang, &[("district", "990101"), ("district", "990102"), ("level", "blue")]).await;
        let warning = |level: &str, districts: &[&str]| json!({
            "kind": "urgent", "expires": town.ends(), "warning": { "level": level, "districts": districts },
        });
        // At night as well: those who follow warnings want them in time.
        town.clock.advance(TimeDelta::hours(11));
        town.gives(1, &warning("yellow", &["990102"])).await;
        town.gives(2, &warning("red", &["990101"])).await;
        town.gives(3, &warning("red", &[])).await;
        let (of_lin, of_wang) = (town.heard(lin).await, town.heard(wang).await);
        assert_eq!(of_lin.len(), 1, "{of_lin:?}");
        assert!(of_lin[0].starts_with("红色预警：第3号公告"), "{of_lin:?}");
        assert_eq!(of_wang.len(), 3, "{of_wang:?}");
        let home = town.get("/").await.ok().texts("main").join(" ");
        assert!(home.contains("第3号公告"), "what is urgent stands on the home page");
        let page = town.get("/bulletins").await.attributes("main a[href*='push']", "href");
        let shown = town.get(&page[0]).await.ok().texts("main .guide-tags").join(" ");
        assert!(shown.contains("预警"), "{shown}");
        // When it is over it is gone.
        town.pass(TimeDelta::days(2)).await;
        town.portal().refresh().await.unwrap();
        assert!(!town.get("/").await.ok().body.contains("第3号公告"));
        town.close().await;
    }

    /// One that is over before its turn comes is told to nobody, and one without an end is refused.
    async fn what_is_over_is_told_to_nobody(town: Town) {
        town.with_events().await;
        let (lin, _) = two(&town).await;
        town.follows(lin, &[("agency", "exit-entry")]).await;
        let ends = (town.clock.now() + TimeDelta::seconds(30)).to_rfc3339();
        town.gives(1, &json!({ "expires": ends })).await;
        assert!(town.heard(lin).await.is_empty());
        town.gives(2, &json!({ "kind": "urgent", "warning": { "level": "red" } })).await;
        assert!(town.heard(lin).await.is_empty(), "a warning says when it is over");
        town.close().await;
    }
}

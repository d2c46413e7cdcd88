//! Before a promise is broken: what is due soon is a list, and its agency is told each morning.

use chrono::TimeDelta;
use yimen::accounts::staff::Role;

use crate::{
    cases::lin,
    desk::{UNIT, apply, worker},
    people::Browser,
    staff::at_work,
    town::{
        Answer,
        outside::{Post, part},
    },
    with_post,
};

const SOON: &str = "/agency/cases?show=soon";

with_post! {
    Post::town => Post;

    async fn an_agency_hears_of_what_is_due_within_days(town, post) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (officer, id) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (tech, _) = worker(&town, "tech", Role::Integrator, UNIT).await;
        let left = [("email", "desk@services.example"), ("lang", "zh-CN")];
        assert_eq!(tech.post(&format!("/agency/bindings/{UNIT}/contact"), &left).await.status, 303);
        let case = apply(&lin).await;
        let desk = case.replace("/me/cases", "/agency/cases");
        assert_eq!(officer.post(&format!("{desk}/do/accept"), &[]).await.status, 303);
        let listed = |page: Answer| page.attributes("main a", "href").contains(&desk);
        assert!(!listed(officer.get(SOON).await.ok()), "it has twenty working days");
        let heard = || {
            let mails = post.mails.lock().unwrap();
            mails.iter().filter(|mail| mail.to == "desk@services.example").map(|mail| part(&mail.text, "text/plain")).collect::<Vec<_>>()
        };
        town.work().await;
        assert_eq!(heard(), [""; 0]);
        // Day after day, until it is due within three days; nobody has done anything.
        town.pass(TimeDelta::days(20)).await;
        town.work().await;
        assert_eq!(heard(), [""; 0], "not before it is due soon");
        let mut days = 0;
        while heard().is_empty() {
            town.pass(TimeDelta::days(1)).await;
            town.work().await;
            days += 1;
            assert!(days < 14, "nobody was told");
        }
        let told = heard();
        assert!(told[0].contains("有 1 件申请") && told[0].contains("另有 0 件"), "{told:?}");
        let officer = at_work(&town, id, Role::Officer, UNIT).await;
        assert!(listed(officer.get(SOON).await.ok()));
        // Whoever stands above sees it too, among all agencies, without a way into it.
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let (own, _) = worker(&town, "own", Role::Administrator, "weather").await;
        let number = case.rsplit('/').next().unwrap();
        let shown = async |browser: &Browser<'_>, query: &str| {
            browser.get(&format!("/admin/due{query}")).await.ok().texts("main tbody").concat().contains(number)
        };
        assert!(shown(&above, "").await && shown(&above, &format!("?agency={UNIT}&days=10")).await);
        assert!(!shown(&above, "?agency=weather").await, "another agency's");
        assert!(!shown(&own, "").await, "not below them");
        assert_eq!(officer.get("/admin/due").await.status, 403);
        let home = above.get("/admin").await.ok().attributes("main a", "href");
        assert!(home.contains(&"/admin/due".to_owned()), "{home:?}");
        let file = above.post("/admin/due.csv", &[("agency", UNIT), ("days", "3")]).await.ok().body;
        assert!(file.contains(number) && file.lines().count() == 2, "{file}");
        let page = above.get("/admin/due").await.ok();
        assert!(!page.body.contains("林晓") && !page.attributes("main a", "href").contains(&desk));
        town.close().await;
    }
}

//! How people hear of the matters of those for whom they act.

use uuid::Uuid;
use yimen::{
    jobs,
    ledger::CitizenId,
    notices::{CaseNews, Principal},
};

use crate::{
    acting::{acts, switch},
    desk::apply,
    inbox::DAY_AND_NIGHT,
    people::{Browser, citizen, number},
    town::{Town, outside::Post},
    with_post,
};

impl Town {
    /// A case goes on that somebody handed in for another, and its reader hears of it.
    async fn goes_on_for(&self, reader: CitizenId, principal: Option<Principal>) {
        let now = self.clock.now();
        let news = CaseNews {
            citizen: reader,
            principal,
            case: Uuid::nil(),
            reference: "2026-7KQ3-MFXD".to_owned(),
            service: "YZ13022".to_owned(),
            agency: "transport".to_owned(),
            state: "accepted".to_owned(),
        };
        self.db.tx(move |c| jobs::enqueue(c, now, &news).map(|_| ())).await.unwrap();
        self.work().await;
    }
}

fn texts(post: &Post) -> usize {
    post.texts.lock().unwrap().len()
}

with_post! {
    Post::town => Post;

    async fn an_agent_chooses_for_each_of_those_they_act_for(town, post) {
        let (lin, wang, offer) = acts(&town, &[]).await;
        town.work().await;
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("cases", "sms")]].concat()).await;
        let browser = Browser::of(&town, lin, 2).await;
        let choices = browser.get("/me/notices/choices").await.ok();
        let here = format!("/me/notices/choices/{offer}");
        assert!(choices.attributes("main a", "href").contains(&here), "{}", choices.body);
        let page = browser.get(&here).await.ok();
        assert_eq!(page.attributes("input[name=cases][checked]", "value"), ["sms"], "as with their own");
        assert!(page.attributes("input[name=payments]", "value").is_empty(), "of payments only the payer hears");
        let before = texts(&post);
        let of_wang = Some(Principal::Person(wang));
        town.goes_on_for(lin, of_wang).await;
        assert_eq!(texts(&post), before + 1);
        // Not at all of 王建's; of their own, and of others', as before.
        assert_eq!(browser.post(&here, &[]).await.location(), "/me/notices?said=saved");
        assert!(browser.get(&here).await.ok().attributes("input[checked]", "value").is_empty());
        town.goes_on_for(lin, of_wang).await;
        assert_eq!(texts(&post), before + 1);
        town.goes_on_for(lin, None).await;
        town.goes_on_for(lin, Some(Principal::Person(CitizenId::new()))).await;
        assert_eq!(texts(&post), before + 3);
        // Everything stands in the inbox, and the account holds.
        let said = browser.get("/me/notices").await.ok().texts("main .lines .line-name");
        assert!(said.len() >= 4, "{said:?}");
        assert!(town.balance().await.holds());
        // Whoever is represented goes on hearing as they chose.
        town.goes_on_for(wang, None).await;
        assert_eq!(texts(&post), before + 4);
        // As with their own again.
        browser.post(&here, &[("act", "as-own")]).await;
        town.goes_on_for(lin, of_wang).await;
        assert_eq!(texts(&post), before + 5);
        town.close().await;
    }

    async fn whoever_does_not_act_for_somebody_chooses_nothing_about_them(town, post) {
        let (lin, wang, offer) = acts(&town, &[]).await;
        let here = format!("/me/notices/choices/{offer}");
        let other = citizen(&town, "王芳", "13800000003", &number("19850101", 3)).await;
        for somebody in [wang, other] {
            let browser = Browser::of(&town, somebody, 3).await;
            assert_eq!(browser.get(&here).await.status, 404);
            assert_eq!(browser.post(&here, &[("cases", "sms")]).await.status, 404);
        }
        // Once it is taken back, no more.
        let principal = Browser::of(&town, wang, 3).await;
        principal.post("/me/acting/revoke", &[("delegation", &offer)]).await;
        let agent = Browser::of(&town, lin, 3).await;
        assert_eq!(agent.get(&here).await.status, 404);
        assert!(!agent.get("/me/notices/choices").await.ok().body.contains(&here));
        assert_eq!(town.dump(&["notice_choices_for"]).await, "");
        drop(post);
        town.close().await;
    }

    /// What is handed in for somebody is told to whoever did it as somebody else's matter.
    async fn what_is_handed_in_for_another_is_anothers_matter(town, post) {
        let (lin, wang, offer) = acts(&town, &[]).await;
        let agent = Browser::of(&town, lin, 3).await;
        agent.post(&format!("/me/notices/choices/{offer}"), &[]).await;
        switch(&agent, &offer).await;
        town.work().await;
        let before = post.texts.lock().unwrap().iter().filter(|text| text.body.contains("13800000001")).count();
        apply(&agent).await;
        town.work().await;
        let kept = town.lines("SELECT coalesce(principal, 'own') AS line FROM notices WHERE topic = 'cases'".to_owned()).await;
        assert!(kept.contains(&format!("person:{wang}")) && kept.contains(&"own".to_owned()), "{kept:?}");
        let after = post.texts.lock().unwrap().iter().filter(|text| text.body.contains("13800000001")).count();
        assert_eq!(after, before, "as they chose");
        town.close().await;
    }
}

//! How people hear of the matters of those for whom they act.

use chrono::TimeDelta;
use uuid::Uuid;
use yimen::{
    jobs,
    ledger::CitizenId,
    notices::{CaseNews, Principal},
};

use crate::{
    acting::{acts, boss, parent, switch},
    bookings::{ADVICE, MONDAY, form_of},
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

/// How many messages to a telephone have all of these words in them.
fn messages(post: &Post, phone: &str, words: &[&str]) -> usize {
    let all = post.texts.lock().unwrap();
    let with = |body: &str| body.contains(phone) && words.iter().all(|word| body.contains(word));
    all.iter().filter(|text| with(&text.body)).count()
}

impl Town {
    /// The titles in somebody's inbox that have a word in them.
    async fn titled(&self, reader: CitizenId, word: &str) -> usize {
        let inbox = Browser::of(self, reader, 2).await.get("/me/notices").await.ok();
        inbox.texts("main .lines a.line-name").iter().filter(|title| title.contains(word)).count()
    }
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
        // Everything stands in the inbox, each with whose matter it is, and the account holds.
        let inbox = browser.get("/me/notices").await.ok();
        let said = inbox.texts("main .lines .line-name");
        assert!(said.len() >= 4, "{said:?}");
        assert_eq!(inbox.texts("main .lines .tag").iter().filter(|tag| *tag == "代他人办理").count(), 3);
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

    /// What somebody books for another, and the reminder of it, which is another topic.
    async fn appointments_made_for_another_are_told_as_was_chosen(town, post) {
        let (lin, _, offer) = acts(&town, &[]).await;
        town.work().await;
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("bookings", "sms"), ("dates", "sms")]].concat()).await;
        let (here, form) = (format!("/me/notices/choices/{offer}"), form_of("legal-aid", ADVICE));
        let (booked, reminded) = (["已经约好", "预约"], ["您的预约在", "您代办的"]);
        let of_lin = |words: &[&str]| messages(&post, "13800000001", words);
        // By message they hear of 王建's dates, and not of his appointments.
        let agent = Browser::of(&town, lin, 3).await;
        assert_eq!(agent.post(&here, &[("dates", "sms")]).await.location(), "/me/notices?said=saved");
        switch(&agent, &offer).await;
        let slot = agent.free_on(ADVICE, MONDAY).await.remove(0);
        agent.books(ADVICE, &slot, &form).await;
        town.work().await;
        assert_eq!((of_lin(&booked), town.titled(lin, "约好").await), (0, 1), "it stands in the inbox");
        town.pass(TimeDelta::days(2)).await;
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!((of_lin(&reminded), town.titled(lin, "明天").await), (1, 1), "the day before");
        // The other way round, for the next one.
        let agent = Browser::of(&town, lin, 3).await;
        assert_eq!(agent.post(&here, &[("bookings", "sms")]).await.location(), "/me/notices?said=saved");
        switch(&agent, &offer).await;
        let slot = agent.free_on(ADVICE, "2026-11-24").await.remove(0);
        agent.books(ADVICE, &slot, &form).await;
        town.work().await;
        assert_eq!(of_lin(&booked), 1);
        town.pass(TimeDelta::days(1)).await;
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!((of_lin(&reminded), town.titled(lin, "明天").await), (1, 2), "in the inbox alone");
        assert!(town.balance().await.holds());
        town.close().await;
    }

    /// Dates of a child's papers and of a company's, apart from those of one's own.
    async fn dates_of_a_child_and_of_a_company_are_told_as_was_chosen(town, post) {
        let ((lin, _, child), (wang, company)) = (parent(&town).await, boss(&town).await);
        let card = |number: &'static str| {
            [("kind", "other"), ("name", "健身卡"), ("number", number), ("issued", "2024-01-01"), ("expires", "2026-12-25")]
        };
        // One hears by message of their own and not of the child's, the other of the company's and not of their own.
        for (who, offer, own, of_other) in [(lin, &child, Some("sms"), None), (wang, &company, None, Some("sms"))] {
            let dates = |way: Option<&'static str>| way.map(|way| ("dates", way));
            let fields: Vec<(&str, &str)> = DAY_AND_NIGHT.into_iter().chain(dates(own)).collect();
            town.chooses(who, &fields).await;
            let browser = Browser::of(&town, who, 3).await;
            let fields: Vec<(&str, &str)> = dates(of_other).into_iter().collect();
            let chosen = browser.post(&format!("/me/notices/choices/{offer}"), &fields).await;
            assert_eq!(chosen.location(), "/me/notices?said=saved");
            assert_eq!(browser.post("/me/wallet/add", &card("G-1")).await.status, 303);
            switch(&browser, offer).await;
            assert_eq!(browser.post("/me/wallet/add", &card("G-2")).await.status, 303);
        }
        town.work().await;
        // Thirty days before their end.
        town.pass(TimeDelta::days(6)).await;
        town.pass(TimeDelta::minutes(10)).await;
        for (who, phone, by_message) in [(lin, "13800000001", (1, 0)), (wang, "13800000002", (1, 1))] {
            let all = messages(&post, phone, &["您的证照"]);
            let of_others = messages(&post, phone, &["您的证照", "您代办的"]);
            assert_eq!((all, of_others), by_message, "{phone}");
            assert_eq!(town.titled(who, "还有").await, 2, "both stand in the inbox");
        }
        assert!(town.balance().await.holds());
        town.close().await;
    }
}

//! An agency that takes every call and never answers, at each step of an application: every page comes and says what is so,
//! nothing that was typed or handed in is lost, and all goes on by itself once the agency answers again.

use chrono::TimeDelta;
use tempfile::TempDir;
use yimen_sandbox::{Backend, Fault};

use crate::{
    cases::{ANSWERS, START, load},
    on_both_engines,
    people::{Browser, citizen},
    town::Town,
};

fn hangs(backend: &Backend) {
    backend.fail(Fault { hang: true, ..Fault::default() });
}

/// The agency answers again, and so much time passes that the portal has asked.
async fn answers_again(town: &Town, backend: &Backend) {
    backend.fail(Fault::default());
    for _ in 0..6 {
        town.pass(TimeDelta::minutes(20)).await;
    }
}

on_both_engines! {
    async fn an_application_gets_through_an_agency_that_hangs_at_each_step(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let transport = backends.get("transport").unwrap();
        // Somebody of whom the agency has a record.
        let who = citizen(&town, "何静", "13800000003", "990101199203170248").await;
        let he = Browser::of(&town, who, 3).await;

        // The page before the form, and the form: nobody is asked for them.
        hangs(transport);
        assert!(he.reads(START).await.contains("承诺"));
        let mut at = he.post(START, &[]).await.location();
        // What the agency knows does not come: that is said, and what was typed beside it stands there.
        let sent = he.post(&at, &[("fetch", "transport"), ANSWERS[1]]).await;
        let page = he.get(&sent.location()).await.ok();
        assert!(page.texts("main").join(" ").contains("现在不能提供"), "{:?}", page.texts("main"));
        assert_eq!(page.attributes("input[value=lost]", "checked").len(), 1);
        // Pages, papers, summary.
        while !at.ends_with("/review") {
            let papers = at.ends_with("/papers");
            at = if papers { he.hands_papers(&at).await } else { he.post(&at, &ANSWERS).await.location() };
        }
        assert!(he.reads(&at).await.contains("TS990100118823"));

        // Handing in: the number is there at once, and the page says that it is not known whether it arrived.
        let case = he.hands_in(&at).await;
        assert!(he.reads(&case).await.contains("还没有送到"));
        town.work().await;
        let waits = |text: &str| text.contains("正在向") || text.contains("还没有送到");
        let text = he.reads(&case).await;
        assert!(waits(&text) && text.contains("提交申请"), "{text}");
        // It is asked whether it arrived, in vain.
        town.pass(TimeDelta::minutes(10)).await;
        assert!(waits(&he.reads(&case).await));
        answers_again(&town, transport).await;
        let he = Browser::of(&town, who, 3).await;
        let text = he.reads(&case).await;
        assert!(!waits(&text) && !text.contains("没能送到"), "{text}");
        assert_eq!(transport.cases().len(), 1, "once");

        // How it stands is asked in vain: the page says what is known.
        hangs(transport);
        let second = { let review = he.fills(START, &ANSWERS).await; he.hands_in(&review).await };
        town.pass(TimeDelta::minutes(20)).await;
        assert!(he.reads(&case).await.contains("提交申请"));
        // Taking back what may have arrived: here it counts at once, and the agency hears of it when it listens.
        assert_eq!(he.post(&format!("{second}/withdraw"), &[("reason", "不办了")]).await.status, 303);
        assert!(he.reads(&second).await.contains("已撤回"));
        town.work().await;
        answers_again(&town, transport).await;
        let he = Browser::of(&town, who, 3).await;
        assert!(he.reads(&second).await.contains("已撤回"));
        assert!(!waits(&he.reads(&case).await));
        backends.stop().await;
        town.close().await;
    }
}

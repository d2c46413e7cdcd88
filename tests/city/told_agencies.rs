//! What agencies are told by mail, at the address that they left.

use chrono::TimeDelta;
use yimen::accounts::staff::Role;

use crate::{
    cases::lin,
    desk::{UNIT, worker},
    people::Browser,
    ratings::{BAD, decided},
    town::outside::{Post, part},
    with_post,
};

const LEFT: [(&str, &str); 2] = [("email", "desk@services.example"), ("lang", "zh-CN")];
const AGAINST: [(&str, &str); 2] = [("appeal-what", "malicious"), ("appeal-words", "同一人提交了二十次")];

/// What came to that address and speaks of something.
fn heard(post: &Post, of: &str) -> Vec<String> {
    let mails = post.mails.lock().unwrap();
    let theirs = mails.iter().filter(|mail| mail.to == LEFT[0].1).map(|mail| part(&mail.text, "text/plain"));
    theirs.filter(|text| text.contains(of)).collect()
}

with_post! {
    Post::town => Post;

    async fn an_agency_hears_what_was_decided_about_what_it_asked(town, post) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (tech, _) = worker(&town, "tech", Role::Integrator, UNIT).await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        assert_eq!(tech.post(&format!("/agency/bindings/{UNIT}/contact"), &LEFT).await.status, 303);
        for (ruling, words) in [("upheld", "申诉成立，这条评价不再计入"), ("rejected", "申诉不成立，这条评价照常计入")] {
            let url = decided(&town, &lin, &officer).await;
            assert_eq!(lin.rates(&url, &BAD).await, "given");
            let page = officer.rated("/agency/ratings", "all").await.remove(0);
            assert_eq!(officer.deals(&page, "appeal", &AGAINST).await, "done");
            town.work().await;
            assert_eq!(heard(&post, words), [""; 0], "nothing is decided yet");
            let decide = [("decide-what", ruling), ("decide-words", "已经核对")];
            assert_eq!(above.deals(&page.replace("/agency", "/admin"), "decide", &decide).await, "done");
            town.work().await;
            let told = heard(&post, words);
            assert_eq!(told.len(), 1, "{ruling}: {told:?}");
            assert!(told[0].contains("/agency/ratings") && !told[0].contains("林晓") && !told[0].contains("已经核对"), "{told:?}");
        }
        town.close().await;
    }

    async fn an_agency_that_is_away_for_long_is_asked_each_morning(town, post) {
        let (tech, _) = worker(&town, "tech", Role::Integrator, UNIT).await;
        assert_eq!(tech.post(&format!("/agency/bindings/{UNIT}/contact"), &LEFT).await.status, 303);
        let said = [("from", "2026-11-21T14:00"), ("to", ""), ("reason_zh", "搬迁机房"), ("reason_en", "Moving the machines")];
        assert_eq!(tech.post(&format!("/agency/maintenance/{UNIT}/announce"), &said).await.status, 303);
        town.pass(TimeDelta::days(14)).await;
        town.work().await;
        assert_eq!(heard(&post, "停机维护"), [""; 0], "not before a fortnight is over");
        town.pass(TimeDelta::days(2)).await;
        town.work().await;
        let told = heard(&post, "停机维护");
        assert!(!told.is_empty() && told[0].contains("/agency/maintenance?agency="), "{told:?}");
        town.close().await;
    }
}

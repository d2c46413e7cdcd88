//! Forms about ratings and answers that were sent with something missing: what was chosen and written stays.

use yimen::accounts::staff::Role;

use crate::{
    cases::lin,
    desk::{UNIT, worker},
    on_both_engines,
    people::Browser,
    ratings::{answered, decided},
    town::Answer,
    voice::{self, REPORT},
};

/// That a form came back, with so many mistakes in its summary and beside its fields, and with these words in its text.
fn came_back(answer: &Answer, mistakes: usize, words: &str) {
    assert_eq!(answer.status, 422, "{:?}", answer.texts("main"));
    assert_eq!(answer.attributes(".errors a", "href").len(), mistakes, "{:?}", answer.texts(".errors"));
    assert_eq!(answer.texts(".field.wrong .field-error").len(), mistakes);
    assert!(answer.texts("textarea").iter().any(|text| text == words), "{:?}", answer.texts("textarea"));
}

on_both_engines! {
    async fn a_rating_without_a_level_comes_back_with_its_words(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let url = decided(&town, &lin, &desk).await;
        // The question, sent without an answer, in the reader's language.
        assert!(lin.get(&url).await.ok().texts(".errors").is_empty());
        for (address, words) in [("?ask=level", "请选一项"), ("?ask=level&lang=en", "Choose one of these")] {
            let asked = lin.get(&format!("{url}{address}")).await;
            assert_eq!(asked.status, 422);
            assert!(asked.texts(".errors").join(" ").contains(words), "{:?}", asked.texts(".errors"));
            assert!(asked.texts("fieldset.wrong").join(" ").contains(words), "{:?}", asked.texts("main"));
        }
        let fields = [("tag", "slow"), ("words", "等了三周才答复")];
        let again = lin.post(&url, &fields).await;
        came_back(&again, 1, "等了三周才答复");
        assert_eq!(again.attributes("input[name=tag][checked]", "value"), ["slow"]);
        assert!(again.attributes("input[name=level][checked]", "value").is_empty(), "none is chosen for anybody");
        // Too long, and of a level; and both at once.
        let long = "长".repeat(1001);
        let fields = [("level", "dissatisfied"), ("tag", "slow"), ("words", long.as_str())];
        let again = lin.post(&url, &fields).await;
        came_back(&again, 1, &long);
        assert_eq!(again.attributes("input[name=tag][checked]", "value"), ["slow"]);
        assert_eq!(again.attributes("input[name=level]", "value"), ["dissatisfied"]);
        came_back(&lin.post(&url, &fields[1..]).await, 2, &long);
        assert_eq!(town.dump(&["ratings"]).await, "");
        // What came back can be sent.
        let good = [("level", "satisfied"), ("words", "等了三周才答复")];
        assert_eq!(lin.rates(&url, &good).await, "given");
        assert_eq!(lin.rates(&url, &[("level", "")]).await, "not-now", "there is no form any more");
        town.close().await;
    }

    async fn what_is_said_of_an_answer_comes_back_without_a_choice(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (url, _) = answered(&town, &lin, &desk).await;
        let verdict = format!("{url}/verdict");
        came_back(&lin.post(&verdict, &[("still", "还是没有答复")]).await, 1, "还是没有答复");
        let long = "长".repeat(1001);
        let again = lin.post(&verdict, &[("verdict", "unsatisfied"), ("still", &long)]).await;
        came_back(&again, 1, &long);
        assert_eq!(again.attributes("input[name=verdict][checked]", "value"), ["unsatisfied"]);
        let again = lin.post(&format!("{url}/amend"), &[("new-level", "")]).await;
        assert_eq!(again.status, 422);
        assert!(again.texts("details[open] fieldset.wrong").join(" ").contains("请选一项"), "{:?}", again.texts("main"));
        // Nothing of it was taken.
        assert_eq!(town.lines("SELECT state AS line FROM rating_follow_ups".to_owned()).await, ["answered"]);
        assert_eq!(lin.rates(&verdict, &[("verdict", "basic")]).await, "heard");
        assert_eq!(lin.rates(&verdict, &[("still", "再说一句")]).await, "not-now");
        town.close().await;
    }

    async fn words_of_somebody_without_an_account_come_back_too(town: Town) {
        let fields: Vec<_> = REPORT[..4].iter().copied().chain([("elsewhere", "here")]).collect();
        let (number, code) = town.reported("report", &fields).await;
        voice::answered(&town, &number).await;
        let browser = town.browser();
        let both = [("number", number.as_str()), ("code", code.as_str())];
        let page = browser.submit("/voice/progress", &both).await.ok();
        let judge = "/voice/progress/judge";
        let again = browser.answer(&page, judge, &[("words", "还是不亮")]).await;
        came_back(&again, 1, "还是不亮");
        let long = "长".repeat(2001);
        let again = browser.answer(&again, judge, &[("verdict", "dissatisfied"), ("words", &long)]).await;
        came_back(&again, 1, &long);
        assert_eq!(again.attributes("input[name=verdict][checked]", "value"), ["dissatisfied"]);
        let sent = [("verdict", "dissatisfied"), ("words", "还是不亮")];
        let sent = browser.answer(&again, judge, &sent).await.ok();
        assert!(sent.texts("main").join(" ").contains("重新办理"), "{:?}", sent.texts("main"));
        town.close().await;
    }
}

//! Follow-ups by name: taken, handed over, on one's own list, and passed on when somebody leaves.

use yimen::accounts::staff::Role;

use crate::{
    cases::lin,
    desk::{UNIT, worker},
    on_both_engines,
    people::Browser,
    ratings::{BAD, decided},
    town::Answer,
};

const LIST: &str = "/agency/ratings";

fn said(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{:?}", answer.texts("main"));
    answer.location().split("said=").nth(1).unwrap_or_default().to_owned()
}

on_both_engines! {
    async fn a_follow_up_is_taken_and_handed_over_by_name(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (desk, first) = worker(&town, "first", Role::Officer, UNIT).await;
        let (other, second) = worker(&town, "second", Role::Officer, UNIT).await;
        let (boss, third) = worker(&town, "boss", Role::Manager, UNIT).await;
        let (stranger, outside) = worker(&town, "stranger", Role::Manager, "weather").await;
        let url = decided(&town, &lin, &desk).await;
        assert_eq!(lin.rates(&url, &BAD).await, "given");
        let page = desk.rated(LIST, "open").await.remove(0);
        let hand = format!("{page}/hand");
        let [first, second, third, outside] = [first, second, third, outside].map(|id| id.to_string());
        assert!(desk.rated(LIST, "mine").await.is_empty());
        // Taken once; of two who take it at once one does.
        let mine = [("was", ""), ("to", first.as_str())];
        for _ in 0..2 {
            assert_eq!(said(&desk.post(&hand, &mine).await), "done");
        }
        assert_eq!(said(&other.post(&hand, &[("was", ""), ("to", &second)]).await), "not-now");
        assert_eq!(desk.rated(LIST, "mine").await, std::slice::from_ref(&page));
        assert!(other.rated(LIST, "mine").await.is_empty());
        assert_eq!(desk.get(&page).await.ok().texts(".timeline > li").len(), 2, "and it is on record");
        assert!(!lin.get(&url).await.ok().texts("main").join(" ").contains("领办"), "whose it is is the agency's own");
        // Handed over by whoever has it, or by a manager; to nobody outside.
        assert!(other.get(&page).await.ok().attributes("select[name=to] option", "value").is_empty());
        assert_eq!(said(&other.post(&hand, &[("was", &first), ("to", &second)]).await), "not-now");
        assert_eq!(desk.post(&hand, &[("was", &first), ("to", &outside)]).await.status, 404);
        assert_eq!(stranger.post(&hand, &[("was", &first), ("to", &outside)]).await.status, 404);
        assert_eq!(desk.post(&hand, &[("was", ""), ("to", "x")]).await.status, 400);
        assert_eq!(said(&desk.post(&hand, &[("was", &first), ("to", &second)]).await), "done");
        assert!(desk.rated(LIST, "mine").await.is_empty());
        assert_eq!(other.rated(LIST, "mine").await, std::slice::from_ref(&page));
        assert_eq!(said(&boss.post(&hand, &[("was", &second), ("to", &third)]).await), "done");
        assert_eq!(boss.rated(LIST, "mine").await, std::slice::from_ref(&page));
        // Whoever has it is a name; everybody of the agency may work on it all the same.
        assert_eq!(desk.deals(&page, "contact", &[("contact-words", "联系了")]).await, "done");
        let steps = town.lines("SELECT act AS line FROM rating_steps ORDER BY id".to_owned()).await;
        assert_eq!(steps, ["open", "take", "hand-over", "take", "contact"]);
        // When somebody leaves it passes to whoever takes their work, if they may have it.
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let passed = above.post(&format!("/admin/people/{third}/hand-over"), &[("to", &second)]).await;
        assert_eq!(said(&passed), "handed");
        assert_eq!(other.rated(LIST, "mine").await, std::slice::from_ref(&page));
        let passed = above.post(&format!("/admin/people/{second}/hand-over"), &[("to", &outside)]).await;
        assert_eq!(said(&passed), "handed");
        assert!(other.rated(LIST, "mine").await.is_empty());
        assert_eq!(town.dump(&["rating_takers"]).await, "", "nobody's again");
        town.close().await;
    }
}

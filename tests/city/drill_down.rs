//! From a line of supervision to the single ratings behind it, and to the one matter behind a rating.

use yimen::{accounts::staff::Role, jobs, ratings::scores::Count};

use crate::{
    cases::lin,
    desk::{UNIT, worker},
    on_both_engines,
    people::Browser,
    ratings::{BAD, decided},
};

const SERVICE: &str = "YZ27007";
const LIST: &str = "/admin/ratings?show=all&service=YZ27007";

async fn text(browser: &Browser<'_>, path: &str) -> String {
    browser.get(path).await.ok().texts("main").join(" ")
}

async fn links(browser: &Browser<'_>, path: &str) -> Vec<String> {
    browser.get(path).await.ok().attributes("main a", "href")
}

on_both_engines! {
    async fn a_line_leads_to_its_ratings_and_a_rating_to_its_matter(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let url = decided(&town, &lin, &desk).await;
        assert_eq!(lin.rates(&url, &BAD).await, "given");
        let now = town.clock.now();
        town.db.tx(move |c| jobs::enqueue(c, now, &Count {}).map(|_| ())).await.unwrap();
        town.work().await;
        // Pages, in an order that can be chosen; what is asked for stays in every link.
        let all = above.get("/admin/quality?sort=finished").await.ok();
        let shown = all.attributes("main tbody th a[href^='/quality/services/']", "href");
        assert_eq!(shown.len(), 50, "a page");
        assert_eq!(shown[0], format!("/quality/services/{SERVICE}"), "where most was finished");
        let next = all.attributes(".pager a[rel=next]", "href").remove(0);
        assert!(next.contains("sort=finished") && next.contains("page=2"), "{next}");
        let others = above.get(&next).await.ok().attributes("main tbody th a[href^='/quality/services/']", "href");
        assert!(!others.is_empty() && others.iter().all(|one| !shown.contains(one)));
        // From the line, and from the card, to the single ratings.
        let list = format!("{LIST}&month=2026-11");
        assert!(all.attributes("main tbody th a", "href").contains(&list));
        let card = format!("/quality/services/{SERVICE}");
        assert!(links(&above, &card).await.contains(&LIST.to_owned()));
        assert!(links(&desk, &card).await.contains(&LIST.replace("/admin", "/agency")));
        for nobody in [&lin, &Browser::new(&town)] {
            let seen = links(nobody, &card).await;
            assert!(seen.iter().all(|link| !link.contains("show=all")), "{seen:?}");
            assert!(seen.contains(&format!("/services/{SERVICE}/ratings")));
        }
        let page = above.get(&list).await.ok().attributes("main a.line-name", "href");
        assert_eq!(page.len(), 1);
        assert_eq!(links(&above, &format!("{list}&level=dissatisfied")).await.iter().filter(|one| **one == page[0]).count(), 1);
        for other in ["&level=satisfied", "&month=2026-10"] {
            let found = above.get(&format!("{LIST}{other}")).await.ok().attributes("main a.line-name", "href");
            assert!(found.is_empty(), "{other}: {found:?}");
        }
        assert!(above.get("/admin/ratings?show=all&service=YZ27006").await.ok().texts("main a.line-name").is_empty());
        // In an order that can be chosen, of one agency, and as a file: on record, and without anybody's words.
        let second = decided(&town, &lin, &desk).await;
        assert_eq!(lin.rates(&second, &[("level", "very-dissatisfied"), ("words", "又等了三周")]).await, "given");
        for (sort, at) in [("oldest", 0), ("newest", 1), ("worst", 1)] {
            let found = above.get(&format!("{LIST}&sort={sort}")).await.ok().attributes("main a.line-name", "href");
            assert_eq!((found.len(), &found[at]), (2, &page[0]), "{sort}");
        }
        let elsewhere = above.get(&format!("{LIST}&agency=weather")).await.ok();
        assert!(elsewhere.texts("main a.line-name").is_empty());
        let id = page[0].rsplit('/').next().unwrap();
        let file = above.post("/admin/ratings.csv", &[("show", "all"), ("level", "dissatisfied")]).await.ok().body;
        assert!(file.contains(id) && file.lines().count() == 2 && !file.contains("三周"), "{file}");
        assert!(text(&above, "/admin/audit?act=exported").await.contains("ratings all dissatisfied: 1"));
        assert_eq!(desk.post("/admin/ratings.csv", &[("show", "all")]).await.status, 403);
        assert_eq!(desk.post("/agency/ratings.csv", &[("show", "all")]).await.ok().body.lines().count(), 3);
        let (stranger, _) = worker(&town, "stranger", Role::Officer, "weather").await;
        assert_eq!(stranger.post("/agency/ratings.csv", &[("show", "all")]).await.ok().body.lines().count(), 1);
        // The rating is masked; which matter it was takes a reason, which the person reads.
        let number = url.rsplit('/').next().unwrap();
        let seen = text(&above, &page[0]).await;
        assert!(seen.contains("***") && !seen.contains("林晓") && !seen.contains(number), "{seen}");
        let matter = format!("{}/matter", page[0]);
        assert_eq!(above.post(&matter, &[("matter-words", " ")]).await.status, 422);
        assert!(!text(&lin, "/me/looks").await.contains("核对办理过程"));
        let shown = above.post(&matter, &[("matter-words", "核对办理过程")]).await.ok().texts("main").join(" ");
        assert!(shown.contains(number) && !shown.contains("林晓"), "{shown}");
        assert!(text(&lin, "/me/looks").await.contains("核对办理过程"));
        // Nobody of the agency itself, and nobody of another.
        let (own, _) = worker(&town, "own", Role::Administrator, UNIT).await;
        assert_eq!(own.post(&matter, &[("matter-words", "看看")]).await.status, 404);
        assert_eq!(desk.post(&matter, &[("matter-words", "看看")]).await.status, 403);
        town.close().await;
    }
}

//! What a branch tells its own people, and who confirmed that they read it.

use chrono::TimeDelta;
use yimen::accounts::staff::Role;

use crate::{desk::worker, on_both_engines, people::Browser};

const NEW: &str = "/staff/circulars/new";
const TEXT: [(&str, &str); 2] =
    [("title", "周五起启用新印章"), ("body", "旧印章同日停用。\n请转告 <b>窗口</b>。")];

/// The circulars that somebody was told, with the mark of those they did not confirm.
async fn told(browser: &Browser<'_>) -> Vec<String> {
    browser.get("/staff/circulars").await.ok().texts("main > ul.lines li")
}

on_both_engines! {
    async fn a_branch_is_told_and_its_leader_sees_who_has_not_read_it(town: Town) {
        let (head, _) = worker(&town, "head", Role::Manager, "/traffic-police/").await;
        let (officer, _) = worker(&town, "officer", Role::Officer, "/traffic-police/").await;
        let (below, _) = worker(&town, "below", Role::Officer, "/traffic-police/vehicles/").await;
        let (other, _) = worker(&town, "other", Role::Manager, "/tax/").await;
        let fields = [&TEXT[..], &[("branch", "/traffic-police/")]].concat();
        assert_eq!(head.post(NEW, &fields).await.location(), "/staff/circulars?said=said");
        for reader in [&officer, &below] {
            let seen = told(reader).await;
            assert!(seen.len() == 1 && seen[0].contains("新印章") && seen[0].contains("未阅"), "{seen:?}");
        }
        assert!(officer.get("/staff").await.ok().texts("main").join(" ").contains("1 条待确认"));
        assert!(told(&other).await.is_empty());
        let link = officer.get("/staff/circulars").await.ok().attributes("main .line-name", "href").remove(0);
        let page = officer.get(&link).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("请转告 <b>窗口</b>。") && !text.contains("阅读情况"), "{text}");
        assert!(told(&officer).await[0].contains("未阅"), "looking is not confirming");
        for _ in 0..2 {
            assert_eq!(officer.post(&link, &[("act", "read")]).await.location(), "/staff/circulars?said=read");
        }
        assert!(!told(&officer).await[0].contains("未阅"));
        let reach = head.get(&link).await.ok().texts("#reach ~ p, #reach ~ table tr").join(" ");
        assert!(reach.contains("3 人中 1 人已阅"), "{reach}");
        // Of another branch it is as unknown as none; nobody below takes it back.
        assert_eq!(other.get(&link).await.status, 404);
        assert_eq!(other.post(&link, &[("act", "read")]).await.status, 404);
        assert_eq!(officer.post(&link, &[("act", "take-back")]).await.status, 403);
        assert_eq!(head.post(&link, &[("act", "take-back")]).await.location(), "/staff/circulars?said=back");
        assert_eq!(officer.get(&link).await.status, 404);
        assert!(told(&below).await.is_empty());
        assert!(head.get(&link).await.ok().texts("main").join(" ").contains("已撤回"));
        town.close().await;
    }

    async fn nobody_speaks_to_branches_that_are_not_theirs(town: Town) {
        let (head, _) = worker(&town, "head", Role::Manager, "/traffic-police/").await;
        let (officer, _) = worker(&town, "officer", Role::Officer, "/traffic-police/").await;
        for branch in ["/", "/tax/", "", "/traffic-police"] {
            let fields = [&TEXT[..], &[("branch", branch)]].concat();
            assert_eq!(head.post(NEW, &fields).await.status, 422, "{branch}");
        }
        assert_eq!(officer.get(NEW).await.status, 403);
        let fields = [&TEXT[..], &[("branch", "/traffic-police/")]].concat();
        assert_eq!(officer.post(NEW, &fields).await.status, 403);
        let empty = head.post(NEW, &[("branch", "/traffic-police/"), ("title", "标题"), ("body", "")]).await;
        assert_eq!((empty.status, empty.attributes(".errors a", "href")), (422, vec!["#body".to_owned()]));
        assert_eq!(empty.attributes("input[name=title]", "value"), ["标题"]);
        assert!(told(&officer).await.is_empty());
        town.close().await;
    }

    /// Whoever has left is not counted among those who have not read it.
    async fn whoever_left_is_not_waited_for(town: Town) {
        let (head, _) = worker(&town, "head", Role::Manager, "/traffic-police/").await;
        worker(&town, "gone", Role::Officer, "/traffic-police/").await;
        let fields = [&TEXT[..], &[("branch", "/traffic-police/")]].concat();
        head.post(NEW, &fields).await;
        let link = head.get("/staff/circulars").await.ok().attributes("main .line-name", "href").remove(0);
        assert!(head.get(&link).await.ok().texts("main").join(" ").contains("2 人中 0 人已阅"));
        town.pass(TimeDelta::minutes(1)).await;
        town.sql("UPDATE staff_members SET state = 'ended' WHERE login = 'gone'").await;
        assert!(head.get(&link).await.ok().texts("main").join(" ").contains("1 人中 0 人已阅"));
        town.close().await;
    }
}

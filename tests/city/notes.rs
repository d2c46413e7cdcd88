//! Services that are asked and that no backend answers: officers put down what there is to know.

use yimen::{accounts::staff::Role, catalogue::asking};

use crate::{
    cases::lin,
    desk::{UNIT, apply, worker},
    on_both_engines,
    people::Browser,
};

/// How crowded the parks are: for everybody. How far somebody's legal aid is: for themselves.
const PARKS: &str = "/services/YZ20005/start";
const AID: &str = "/services/YZ15003/start";
const DESK: &str = "/agency/notes";
const NOTE: [(&str, &str); 4] =
    [("title_zh", "湖滨公园"), ("title_en", "Lakeside Park"), ("text_zh", "下午<b>人多"), ("text_en", "")];

on_both_engines! {
    async fn what_officers_put_down_answers_whoever_asks(town: Town) {
        let empty = town.get(PARKS).await.ok().texts("main").join(" ");
        assert!(empty.contains("还没有登记信息"), "{empty}");
        let (officer, _) = worker(&town, "of-parks", Role::Officer, "parks").await;
        let (other, _) = worker(&town, "of-tax", Role::Officer, "tax").await;
        let (auditor, _) = worker(&town, "auditor", Role::Auditor, "parks").await;
        let here = format!("{DESK}/YZ20005");
        assert!(officer.get(DESK).await.ok().attributes("main a", "href").contains(&here));
        assert!(!other.get(DESK).await.ok().attributes("main a", "href").contains(&here));
        assert_eq!((other.get(&here).await.status, auditor.get(&here).await.status), (404, 403));
        assert_eq!((other.post(&here, &NOTE).await.status, auditor.post(&here, &NOTE).await.status), (404, 403));
        // What is applied for is not answered so.
        let (hall, _) = worker(&town, "of-hall", Role::Officer, UNIT).await;
        assert_eq!(hall.get(&format!("{DESK}/YZ27007")).await.status, 404);
        let long = "长".repeat(101);
        for wrong in [[("title_zh", ""), NOTE[2]], [("title_zh", long.as_str()), NOTE[2]], [NOTE[0], ("text_zh", " ")]] {
            let sent = officer.post(&here, &wrong).await;
            assert_eq!((sent.status, sent.texts(".errors li").len()), (422, 1), "{wrong:?}");
        }
        assert_eq!(officer.post(&here, &NOTE).await.location(), format!("{here}?said=put"));
        let page = town.get(PARKS).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("湖滨公园") && text.contains("下午<b>人多") && text.contains("更新"), "{text}");
        assert!(town.get(&format!("{PARKS}?lang=en")).await.ok().texts("main").join(" ").contains("Lakeside Park"));
        // Where there is much, words are looked for.
        for park in ["东湖公园", "西山公园", "南苑公园", "北郊公园"] {
            officer.post(&here, &[("title_zh", park), ("text_zh", "不挤")]).await;
        }
        let found = town.get(&format!("{PARKS}?q=%E4%B8%9C%E6%B9%96")).await.ok().texts("main h3");
        assert_eq!(found, ["东湖公园"]);
        // Taken away, by whom it is to answer only; twice is once.
        let id = officer.get(&here).await.ok().attributes("input[name=id]", "value").pop().unwrap();
        assert_eq!(other.post(&format!("{here}/end"), &[("id", &id)]).await.status, 404);
        for _ in 0..2 {
            assert_eq!(officer.post(&format!("{here}/end"), &[("id", &id)]).await.location(), format!("{here}?said=ended"));
        }
        assert!(!town.get(PARKS).await.ok().texts("main").join(" ").contains("湖滨公园"));
        town.close().await;
    }

    async fn whoever_asks_about_their_own_matter_reads_what_they_have_there(town: Town) {
        let asked = town.get(AID).await;
        assert!(asked.location().starts_with("/sign-in"), "{} {}", asked.status, asked.location());
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        // At another agency's desk.
        let case = apply(&lin).await;
        let page = lin.get(AID).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("没有查到您") && !page.attributes("main a", "href").contains(&case), "{text}");
        let reference = case.rsplit('/').next().unwrap();
        town.sql(&format!("UPDATE cases SET agency = 'legal-aid' WHERE reference = '{reference}'")).await;
        let page = lin.get(AID).await.ok();
        assert!(page.attributes("main a", "href").contains(&case), "{:?}", page.texts("main"));
        assert!(page.texts("main").join(" ").contains("已提交"));
        town.close().await;
    }

    /// Each service that is asked at a desk has its page, and there are eight.
    async fn every_question_at_a_desk_has_a_door(town: Town) {
        let edition = town.portal().shelf.edition().unwrap();
        let all = edition.catalogue.services.iter().map(|entry| &entry.service);
        let asked: Vec<_> = all.filter(|service| asking::is_noted(service)).collect();
        assert_eq!(asked.len(), 8);
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        for service in asked {
            let page = lin.get(&format!("/services/{}/start", service.code)).await.ok();
            assert!(page.texts("main").join(" ").contains("由工作人员登记和更新"), "{}", service.code);
        }
        town.close().await;
    }
}

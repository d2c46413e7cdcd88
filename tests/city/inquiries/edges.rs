//! Questions that come too often, too late or to nobody: what is stopped, what is late, what can no longer be answered.

use super::*;
use crate::on_both_engines;

async fn latest(town: &Town) -> CitizenId {
    use schema::citizens;
    let last = citizens::table.order(citizens::id.desc()).select(citizens::id);
    town.db.read(move |c| last.first(c).map_err(DbError::from)).await.unwrap()
}

on_both_engines! {
    async fn a_flood_of_corrections_is_stopped(town: Town) {
        let (lin, _) = lin(&town).await;
        for _ in 0..20 {
            assert_eq!(ask_correction(&lin, "other", "", "x").await.status, 303);
        }
        let one_more = ask_correction(&lin, "other", "", "还有一件").await;
        assert_eq!(one_more.status, 422);
        assert!(one_more.body.contains("还有一件") && one_more.body.contains("等待答复"));
        town.close().await;
    }

    /// Ten days over the weekend and eight at work are not the same.
    async fn the_late_ones_come_first_in_colour_and_words(town: Town) {
        let (lin, id) = lin(&town).await;
        ask_correction(&lin, "other", POLICE, "x").await;
        town.clock.advance(TimeDelta::days(11));
        let lin = Browser::of(&town, id, 3).await;
        look_at(&town, id, police()).await;
        ask_why(&lin).await;
        let staff = hired(&town, "boss", Role::Manager, POLICE).await;
        let auditor = hired(&town, "auditor", Role::Auditor, "/").await;
        // 1 December: a correction of 20 November is due on the 11th, the question on the 8th.
        let boss = at_work(&town, staff, Role::Manager, POLICE).await;
        let tags = async |desk: &Browser<'_>| desk.get(LIST).await.ok().texts("main .line .tag");
        assert_eq!(tags(&boss).await, ["按期，还剩 5 个工作日", "按期，还剩 8 个工作日"]);
        town.clock.advance(TimeDelta::days(7));
        let boss = at_work(&town, staff, Role::Manager, POLICE).await;
        assert_eq!(tags(&boss).await, ["今天是最后一天", "按期，还剩 3 个工作日"]);
        assert!(boss.get(LIST).await.ok().texts(".notice.danger").is_empty());
        town.clock.advance(TimeDelta::days(1));
        let boss = at_work(&town, staff, Role::Manager, POLICE).await;
        assert_eq!(tags(&boss).await, ["已超期 1 个工作日", "快到期，还剩 2 个工作日"]);
        town.clock.advance(TimeDelta::days(5));
        for (who, role, path) in [(staff, Role::Manager, POLICE), (auditor, Role::Auditor, "/")] {
            let desk = at_work(&town, who, role, path).await;
            let page = desk.get(LIST).await.ok();
            assert_eq!(page.texts("main .line .tag"), ["已超期 4 个工作日", "已超期 1 个工作日"]);
            assert_eq!(page.attributes("main .line .tag", "class"), ["tag danger", "tag danger"]);
            assert!(page.texts(".notice.danger").concat().contains("有 2 件已经超过答复期限"));
        }
        let lin = Browser::of(&town, id, 3).await;
        assert!(said(&lin.get("/me/privacy").await.ok()).contains("已超期 1 个工作日"), "the citizen sees it, too");
        town.close().await;
    }

    /// The days of 2027 are not published in 2026.
    async fn a_guess_is_called_one_and_counted_again(town: Town) {
        town.clock.advance(TimeDelta::days(39));
        let (lin, _) = lin(&town).await;
        ask_correction(&lin, "other", "", "x").await;
        // 29 December: two days of this year, thirteen of the next as plain weeks go.
        let before = said(&lin.get("/me/privacy").await.ok());
        assert!(before.contains("2027年1月19日") && before.contains("暂定"), "{before}");
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut calendar = WorkingCalendar::default();
        calendar.add_span(day("2026-12-31"), day("2026-12-31"), true);
        calendar.add_span(day("2027-01-01"), day("2027-01-04"), false);
        let terms = Terms(AnswersConfig { why_days: 5, correction_days: 15, review_days: 15 });
        let count = town.db.tx(move |c| {
            let moved = inquiries::recount(c, &calendar, terms)?;
            Ok::<_, DbError>((moved, inquiries::recount(c, &calendar, terms)?))
        });
        assert_eq!(count.await.unwrap(), (1, 0), "and once is enough");
        let after = said(&lin.get("/me/privacy").await.ok());
        assert!(after.contains("2027年1月21日") && !after.contains("暂定"), "{after}");
        // The schedule does the same, by the calendar of the city.
        town.pass(TimeDelta::days(1)).await;
        let later = said(&Browser::of(&town, latest(&town).await, 3).await.get("/me/privacy").await.ok());
        assert!(later.contains("2027年1月19日") && later.contains("暂定"), "{later}");
        town.close().await;
    }

    async fn nobody_answers_somebody_who_was_erased(town: Town) {
        let lin = town.newcomer("13800000001").await;
        let id = latest(&town).await;
        look_at(&town, id, police()).await;
        let page = lin.get("/me/looks").await.ok();
        let action = page.attributes("form[action$='/ask']", "action").remove(0);
        lin.answer(&page, &action, &[]).await;
        let staff = hired(&town, "officer", Role::Officer, POLICE).await;
        let officer = at_work(&town, staff, Role::Officer, POLICE).await;
        let url = first(&officer).await;
        take(&officer, &url, "", &staff.to_string()).await;
        lin.submit("/me/privacy/erase", &[("sure", "yes")]).await;
        town.pass(TimeDelta::days(7) + TimeDelta::minutes(1)).await;
        town.pass(TimeDelta::seconds(10)).await;
        let officer = at_work(&town, staff, Role::Officer, POLICE).await;
        assert_eq!(listed(&officer).await, [""; 0]);
        for act in ["open", "answer", "assign"] {
            let tried = officer.post(&format!("{url}/{act}"), &[("words", WORDS), ("held", ""), ("to", "")]).await;
            assert_eq!(tried.status, 404, "{act}");
        }
        let held = town.db.read(move |c| inquiries::InquiryWork.held(c, staff)).await.unwrap();
        assert_eq!(held[0].count, 0, "it keeps nobody from leaving");
        assert_eq!(town.told().await, [""; 0]);
        town.close().await;
    }

    async fn a_branch_is_found_by_the_name_of_its_agency(town: Town) {
        let now = town.clock.now();
        let found = town.db.tx(move |c| {
            for path in ["yunjiang/library", "yunjiang/chengbei", "wangshan/chengbei", "tax"] {
                staff::add_branch(c, now, &Branch::city(), &Branch::parse(path).unwrap(), path)?;
            }
            ["library", "tax", "chengbei", "brary", "museum", "../x", ""]
                .map(|slug| staff::branch_of(c, slug).map(|branch| branch.to_string()))
                .into_iter()
                .collect::<Result<Vec<_>, DbError>>()
        });
        let wanted = ["/yunjiang/library/", "/tax/", "/chengbei/", "/brary/", "/museum/", "/", "/"];
        assert_eq!(found.await.unwrap(), wanted);
        town.close().await;
    }
}

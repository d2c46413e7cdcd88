//! Documents: fetched from those who issue them, written down, shown to others, told of by themselves.

use chrono::TimeDelta;
use serde_json::json;
use tempfile::TempDir;
use yimen_sandbox::Fault;

use crate::{
    acting::{acts, boss, parent, switch},
    cases::load,
    on_both_engines,
    people::{Browser, citizen, number},
    town::Town,
};

/// Somebody of whom the transport agency has a record.
pub const HE: (&str, &str, &str) = ("何静", "13800000003", "990101199203170248");
pub const WALLET: &str = "/me/wallet";

impl Browser<'_> {
    /// The address of the document whose line has these words.
    pub async fn document(&self, words: &str) -> String {
        let page = self.get(WALLET).await.ok();
        let lines = page.texts("main .lines .line");
        let at = lines.iter().position(|line| line.contains(words));
        let at = at.unwrap_or_else(|| panic!("{words} in {lines:?}"));
        page.attributes("main .lines .line a.line-name", "href")[at].clone()
    }
}

on_both_engines! {
    async fn documents_are_fetched_from_their_issuers(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let who = citizen(&town, HE.0, HE.1, HE.2).await;
        // Nobody is asked before the person wants it, and by nobody who has not proved who they are.
        let low = Browser::of(&town, who, 2).await;
        assert!(low.get(WALLET).await.ok().texts("main form[action='/me/wallet/fetch']").is_empty());
        assert!(low.post("/me/wallet/fetch", &[]).await.location().starts_with("/me/verify"));
        let he = Browser::of(&town, who, 3).await;
        let page = he.get(WALLET).await.ok();
        assert!(page.texts("main").join("").contains("还没有证照"));
        assert_eq!(town.dump(&["wallet_sources"]).await, "");
        assert_eq!(he.post("/me/wallet/fetch", &[]).await.location(), "/me/wallet?said=fetched");
        let page = he.get(WALLET).await.ok();
        let text = page.texts("main").join(" ");
        // Three of the person's own; the fourth is a business's. What ends soon comes first.
        let soon = page.texts("main section[aria-labelledby=soon] .line");
        assert_eq!(page.texts("main .lines .line").len(), 3, "{text}");
        assert!(soon[0].contains("网络预约出租汽车驾驶员证") && soon[0].contains("快到期") && soon[0].contains("2026年12月17日"), "{soon:?}");
        let renewed = page.attributes("main section[aria-labelledby=soon] .line-meta a", "href");
        assert!(renewed.contains(&"/services/YZ13024".to_owned()), "what is to be renewed now leads there: {renewed:?}");
        // Those who are not there are said to be so, and that is not "nothing".
        assert!(text.contains("没有答复") && text.contains("还不知道"), "{text}");
        assert!(he.reads("/me/looks").await.contains("交通运输"));
        let kept = town.dump(&["wallet_documents"]).await;
        assert!(!kept.contains("L35990120231822") && !kept.contains("云行出行"), "{kept}");
        // The page of one says what is to be done and where.
        let at = he.document("网络预约").await;
        let text = he.reads(&at).await;
        assert!(text.contains("L35990120231822") && text.contains("云行出行") && text.contains("现在可以办理"), "{text}");
        let page = he.get(&at).await.ok();
        assert!(page.attributes("main section[aria-labelledby=renew] a.button", "href").contains(&"/services/YZ13024".to_owned()));
        // Somebody else's is not there for others.
        let other = citizen(&town, "林晓", "13800000001", &number("19850101", 1)).await;
        assert_eq!(Browser::of(&town, other, 3).await.get(&at).await.status, 404);
        // An issuer that fails later changes nothing of what it said before.
        backends.get("transport").unwrap().fail(Fault { status: Some(500), ..Fault::default() });
        town.clock.advance(TimeDelta::minutes(20));
        he.post("/me/wallet/fetch", &[]).await;
        let page = he.get(WALLET).await.ok();
        assert_eq!(page.texts("main .lines .line").len(), 3);
        assert!(page.texts("main").join(" ").contains("这里显示的是"));
        // It is not left at that for a week: within hours it is asked again, without anybody's asking.
        backends.get("transport").unwrap().fail(Fault::default());
        let outcome = "SELECT outcome AS line FROM wallet_sources WHERE agency = 'transport'";
        assert_eq!(town.lines(outcome.to_owned()).await, ["unavailable"]);
        town.pass(TimeDelta::hours(5)).await;
        assert_eq!(town.lines(outcome.to_owned()).await, ["unavailable"]);
        town.pass(TimeDelta::hours(2)).await;
        assert_eq!(town.lines(outcome.to_owned()).await, ["answered"]);
        backends.stop().await;
        town.close().await;
    }

    /// The next day, the last check and that there is no end: what an issuer says goes before what would be counted.
    async fn what_issuers_say_of_dates_goes_before_what_is_counted(town: Town) {
        let folder = TempDir::new().unwrap();
        let all = [load("disease-control"), load("blood-centre"), load("vehicle-office")];
        let backends = town.play(&all, folder.path()).await;
        let wu = Browser::of(&town, citizen(&town, "吴建国", "13800000005", "990101195806010026").await, 3).await;
        wu.post("/me/wallet/fetch", &[]).await;
        // A licence that no step of the ladder ends any more, and a car that was inspected.
        let text = wu.reads(&wu.document("机动车驾驶证").await).await;
        assert!(text.contains("长期有效") && text.contains("不需要换证"), "{text}");
        let text = wu.reads(&wu.document("机动车行驶证").await).await;
        assert!(text.contains("2026年3月5日") && text.contains("2028年3月11日 前检验"), "{text}");
        // The next vaccination is reminded of; giving blood again only if somebody wants to be.
        let who = citizen(&town, "苏梅", "13800000006", "990101198811111028").await;
        let su = Browser::of(&town, who, 3).await;
        su.post("/me/wallet/fetch", &[]).await;
        assert!(su.reads(&su.document("预防接种证").await).await.contains("下一次 2026年12月20日"));
        town.work().await;
        let page = su.get("/me/reminders").await.ok();
        let lines = page.texts("main .lines .line");
        let line = |name: &str| lines.iter().position(|line| line.contains(name)).unwrap();
        assert!(lines[line("预防接种证")].contains("下次提醒 2026年12月13日"), "{lines:?}");
        let blood = line("无偿献血证");
        assert!(lines[blood].contains("2027年5月15日 起可以再次办理") && !lines[blood].contains("下次提醒"), "{lines:?}");
        let date = page.attributes("main .lines .line a.line-name", "href")[blood].clone();
        assert!(su.reads(&date).await.contains("您需要时才提醒"));
        assert_eq!(su.post(&date, &[("plan", "0"), ("snooze", "")]).await.status, 303);
        assert!(su.reads(&date).await.contains("下次提醒 2027年5月15日"));
        // All of it is in the copy of what is held.
        let copy = su.get("/me/privacy/export.json").await.ok().body;
        assert!(copy.contains("2026-12-20") && copy.contains("百白破疫苗"), "{copy}");
        backends.stop().await;
        town.close().await;
    }

    async fn others_see_that_a_document_is_real_and_only_what_its_holder_chose(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let he = Browser::of(&town, citizen(&town, HE.0, HE.1, HE.2).await, 3).await;
        he.post("/me/wallet/fetch", &[]).await;
        let at = he.document("网络预约").await;
        let anybody = Browser::new(&town);
        // For a minute on the screen.
        let proof = he.post(&format!("{at}/show"), &[("show", "holder"), ("way", "screen")]).await.location();
        let page = he.get(&proof).await.ok();
        let code = page.texts("main .big-code").remove(0);
        let facts = page.texts("main dl.facts").join(" ");
        assert!(facts.contains("何*") && !facts.contains("何静") && !facts.contains("L35"), "what it shows is said: {facts}");
        let check = format!("/verify/{code}");
        let text = anybody.reads(&check).await;
        assert!(text.contains("这件证照现在有效") && text.contains("何*") && text.contains("网络预约出租汽车驾驶员证"), "{text}");
        assert!(!text.contains("何静") && !text.contains("L35990120231822") && !text.contains("云行出行"), "{text}");
        let stored = town.dump(&["wallet_proofs"]).await;
        assert!(!stored.contains(&code.replace('-', "")) && !stored.contains("何"), "{stored}");
        town.clock.advance(TimeDelta::seconds(61));
        let over = anybody.get(&check).await;
        let never = anybody.get("/verify/7KQ3-MFXD-7KQ3-MFXE").await;
        assert_eq!((over.status, never.status), (404, 404));
        assert_eq!(over.texts("main .notice"), never.texts("main .notice"), "what is over looks like what never was");
        assert_eq!(he.get(&proof).await.location(), format!("{at}?said=over"));
        // On paper it goes on being true only as long as it is.
        let paper = he.post(&format!("{at}/show"), &[("show", "number"), ("way", "paper")]).await.location();
        let code = he.get(&paper).await.ok().texts("main .big-code").remove(0);
        let check = format!("/verify/{}", code.to_ascii_lowercase());
        let text = anybody.reads(&check).await;
        assert!(text.contains("L35**********22") && !text.contains("L35990120231822") && !text.contains("何*"), "{text}");
        town.clock.advance(TimeDelta::days(30));
        let text = anybody.reads(&check).await;
        assert!(text.contains("这件证照现在无效") && text.contains("已过期"), "{text}");
        let he = Browser::of(&town, citizen_of(&town).await, 3).await;
        // What it shows of its dates is what they are now, not what they were when it was printed.
        let dated = he.post(&format!("{at}/show"), &[("show", "expires-on"), ("way", "paper")]).await.location();
        let dated = format!("/verify/{}", he.get(&dated).await.ok().texts("main .big-code").remove(0));
        assert!(anybody.reads(&dated).await.contains("2026年12月17日"));
        town.sql("UPDATE wallet_documents SET expires_on = '2029-12-17' WHERE kind = 'L35'").await;
        let text = anybody.reads(&dated).await;
        assert!(text.contains("这件证照现在有效") && text.contains("2029年12月17日") && !text.contains("2026年12月17日"), "{text}");
        // Its holder ends it, or puts the document aside. Named with another document, it is none of that one's.
        let other = he.document("道路运输").await;
        let id = paper.rsplit('/').next().unwrap();
        assert_eq!(he.post(&format!("{other}/proofs/{id}/end"), &[]).await.status, 303);
        assert_eq!(anybody.get(&check).await.status, 200);
        assert_eq!(he.post(&format!("{at}/discard"), &[]).await.location(), "/me/wallet?said=discarded");
        assert_eq!(anybody.get(&check).await.status, 404);
        assert_eq!(he.post(&format!("{at}/show"), &[("way", "paper")]).await.status, 404);
        assert_eq!(he.post(&format!("{at}/restore"), &[]).await.location(), format!("{at}?said=restored"));
        backends.stop().await;
        town.close().await;
    }

    async fn what_people_write_down_is_theirs_and_proves_nothing(town: Town) {
        let who = citizen(&town, HE.0, HE.1, HE.2).await;
        let he = Browser::of(&town, who, 2).await;
        let wrong = he.post("/me/wallet/add", &[("kind", "other"), ("issued", "2027-01-01"), ("expires", "soon")]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.attributes(".errors a", "href"), ["#name", "#issued", "#expires"]);
        assert_eq!(wrong.attributes("#expires", "value"), ["soon"], "what was typed stays");
        let gym = [("kind", "other"), ("name", "健身卡"), ("number", "G-1"), ("issued", "2026-01-01"), ("expires", "2026-12-31")];
        let at = he.post("/me/wallet/add", &gym).await.location();
        let text = he.reads(&at).await;
        assert!(text.contains("健身卡") && text.contains("2026年12月31日"), "{text}");
        assert_eq!(he.post("/me/wallet/add", &gym).await.status, 422, "the same twice");
        let at = at.split('?').next().unwrap();
        assert_eq!(he.post(&format!("{at}/show"), &[("way", "paper")]).await.status, 404);
        let later = [("kind", "other"), ("name", "健身卡"), ("number", "G-1"), ("issued", "2026-01-01"), ("expires", "2027-12-31")];
        assert_eq!(he.post(&format!("{at}/change"), &later).await.location(), format!("{at}?said=kept"));
        assert!(he.reads(at).await.contains("2027年12月31日"));
        assert!(!town.dump(&["wallet_documents"]).await.contains("健身"));
        // Where neither paper nor rule says when it ends, that is not guessed: it may well be in force.
        let old = [("kind", "L04"), ("number", "J-1"), ("issued", "2010-01-01")];
        let old = he.post("/me/wallet/add", &old).await.location();
        let text = he.reads(&old).await;
        assert!(text.contains("到期日不清楚") && !text.contains("已注销"), "{text}");
        he.post(&format!("{}/discard", old.split('?').next().unwrap()), &[]).await;
        let other = Browser::of(&town, citizen(&town, "林晓", "13800000001", &number("19850101", 1)).await, 3).await;
        for path in [at.to_owned(), format!("{at}/change")] {
            assert_eq!(other.get(&path).await.status, 404);
        }
        assert_eq!(other.post(&format!("{at}/discard"), &[]).await.status, 404);
        he.post(&format!("{at}/discard"), &[]).await;
        assert_eq!(town.dump(&["wallet_documents"]).await, "");
        town.close().await;
    }

    async fn whoever_acts_for_some_matters_only_sees_no_documents(town: Town) {
        let (lin, wang, offer) = acts(&town, &[("scope", "services"), ("services", "YZ02022")]).await;
        let gym = [("kind", "other"), ("name", "健身卡"), ("number", "G-1"), ("issued", "2026-01-01"), ("expires", "2026-12-31")];
        let at = Browser::of(&town, wang, 3).await.post("/me/wallet/add", &gym).await.location();
        let at = at.split('?').next().unwrap();
        town.work().await;
        let agent = Browser::of(&town, lin, 3).await;
        switch(&agent, &offer).await;
        for path in ["/me/wallet", "/me/wallet/add", at, "/me/reminders"] {
            assert_eq!(agent.get(path).await.status, 403, "{path}");
        }
        for path in ["/me/wallet/fetch", &format!("{at}/discard"), "/me/reminders"] {
            assert_eq!(agent.post(path, &[]).await.status, 403, "{path}");
        }
        assert!(!town.dump(&["wallet_documents"]).await.is_empty());
        town.close().await;
    }

    async fn whoever_acts_in_everything_sees_them_and_is_on_record(town: Town) {
        let (lin, wang, offer) = acts(&town, &[]).await;
        let gym = [("kind", "other"), ("name", "健身卡"), ("number", "G-1"), ("issued", "2026-01-01"), ("expires", "2026-12-31")];
        let at = Browser::of(&town, wang, 3).await.post("/me/wallet/add", &gym).await.location();
        town.work().await;
        let agent = Browser::of(&town, lin, 3).await;
        assert_eq!(agent.get(&at).await.status, 404, "not before saying for whom");
        switch(&agent, &offer).await;
        assert!(agent.reads("/me/wallet").await.contains("健身卡"));
        assert!(agent.reads("/me/reminders").await.contains("健身卡"));
        // The calendar is the person's own.
        assert_eq!(agent.post("/me/reminders/calendar", &[]).await.status, 403);
        // Whoever is acted for sees what was looked at and what was changed.
        let set = [("words", "年检"), ("due", "2026-12-30"), ("plan", "7")];
        assert_eq!(agent.post("/me/reminders", &set).await.location(), "/me/reminders?said=set");
        let deeds = Browser::of(&town, wang, 3).await.reads("/me/acting").await;
        assert!(deeds.contains("查看了您的证照或日期") && deeds.contains("改动了您的证照或日期"), "{deeds}");
        let looks = Browser::of(&town, wang, 3).await.reads("/me/looks").await;
        assert!(looks.contains("证照信息") && looks.contains("日期和提醒"), "{looks}");
        town.close().await;
    }

    /// A child's documents are the child's: its parent keeps them there, and hears of their dates as the child does.
    async fn a_parent_keeps_a_childs_documents_apart_and_hears_of_their_dates(town: Town) {
        let (parent, child, delegation) = parent(&town).await;
        let browser = Browser::of(&town, parent, 3).await;
        switch(&browser, &delegation).await;
        let card = [("kind", "other"), ("name", "接种证"), ("number", "J-1"), ("issued", "2020-01-01"), ("expires", "2026-12-25")];
        let at = browser.post("/me/wallet/add", &card).await.location();
        assert!(browser.reads(&at).await.contains("接种证"));
        town.work().await;
        let own = Browser::of(&town, parent, 3).await;
        assert!(!own.reads("/me/wallet").await.contains("接种证"), "not among the parent's own");
        assert_eq!(own.get(at.split('?').next().unwrap()).await.status, 404);
        let theirs = Browser::of(&town, child, 2).await;
        assert!(theirs.reads("/me/wallet").await.contains("接种证"));
        assert!(theirs.reads("/me/looks").await.contains("证照信息"), "the parent looked, and that is on record");
        // Thirty days before its end both are told, each in their own inbox.
        town.pass(TimeDelta::days(6)).await;
        town.pass(TimeDelta::minutes(10)).await;
        for reader in [parent, child] {
            let inbox = Browser::of(&town, reader, 2).await.get("/me/notices").await.ok();
            let titles = inbox.texts("main .lines a.line-name");
            assert!(titles.iter().any(|title| title.contains("还有")), "{titles:?}");
        }
        town.close().await;
    }

    /// What a company holds is no document of the person who answers for it.
    async fn a_companys_documents_are_kept_apart_from_its_legal_persons(town: Town) {
        let (boss, delegation) = boss(&town).await;
        let browser = Browser::of(&town, boss, 3).await;
        switch(&browser, &delegation).await;
        let permit = [("kind", "other"), ("name", "排污许可"), ("number", "P-1"), ("issued", "2024-01-01"), ("expires", "2026-12-25")];
        let at = browser.post("/me/wallet/add", &permit).await.location();
        assert!(browser.reads(&at).await.contains("排污许可"));
        town.work().await;
        let own = Browser::of(&town, boss, 3).await;
        assert!(!own.reads("/me/wallet").await.contains("排污许可"));
        assert_eq!(own.get(at.split('?').next().unwrap()).await.status, 404);
        // Its dates stand with it: whoever acts for it sees and moves them, and sets none beside.
        let dates = browser.get("/me/reminders").await.ok();
        assert!(dates.texts("main .lines .line").join("").contains("排污许可"), "{:?}", dates.texts("main"));
        let date = dates.attributes("main .lines a.line-name", "href").remove(0);
        assert!(own.get("/me/reminders").await.ok().texts("main .lines a.line-name").iter().all(|name| !name.contains("证照")));
        assert_eq!(own.get(&date).await.status, 404);
        let plan = [("plan", "60, 30, 10"), ("snooze", "")];
        assert_eq!(own.post(&date, &plan).await.status, 404);
        assert_eq!(browser.post(&date, &plan).await.location(), format!("{date}?said=wanted"));
        assert!(browser.reads(&date).await.contains("排污许可"));
        for path in ["/me/reminders", "/me/reminders/yearly/YZ14008", &format!("{date}/forget"), "/me/reminders/calendar"] {
            let set = [("words", "年检"), ("due", "2026-12-01"), ("plan", "7")];
            assert_eq!(browser.post(path, &set).await.status, 403, "{path}");
        }
        // They are told to whoever answers for it, who is led to saying so first.
        town.pass(TimeDelta::days(6)).await;
        town.pass(TimeDelta::minutes(10)).await;
        let own = Browser::of(&town, boss, 2).await;
        let inbox = own.get("/me/notices").await.ok();
        let told = inbox.attributes("main .lines a.line-name", "href").remove(0);
        let links = own.get(&told).await.ok().attributes("main a.button", "href");
        assert!(links.contains(&"/me/acting".to_owned()), "{links:?}");
        town.close().await;
    }

    async fn an_issuer_tells_of_those_who_asked_it_and_of_nobody_else(town: Town) {
        town.with_events().await;
        let who = citizen(&town, HE.0, HE.1, HE.2).await;
        let he = Browser::of(&town, who, 3).await;
        let said = |subject: &str, id: &str, sequence: u64, status: &str| json!({
            "specversion": "1.0", "id": id, "source": "exit-entry", "type": "licence.changed",
            "time": town.clock.now().to_rfc3339(),
            "data": {
                "subject": subject, "sequence": sequence,
                "licence": { "kind": "L06", "number": "L06990120171188", "status": status, "issued": "2017-03-02", "expires": "2027-03-01" },
            },
        });
        assert_eq!(town.push("1", &said("p-nobody", "e1", 1, "valid")).await.status, 202);
        town.work().await;
        assert_eq!(town.dump(&["wallet_documents"]).await, "");
        he.post("/me/wallet/fetch", &[]).await;
        let subject = town.lines("SELECT subject AS line FROM wallet_sources WHERE agency = 'exit-entry'".to_owned()).await.remove(0);
        assert_eq!(town.push("2", &said(&subject, "e2", 2, "valid")).await.status, 202);
        town.work().await;
        let at = he.document("护照").await;
        assert!(he.reads(&at).await.contains("L06990120171188"));
        assert_eq!(town.push("3", &said(&subject, "e3", 3, "revoked")).await.status, 202);
        town.work().await;
        assert!(he.reads(&at).await.contains("已吊销"));
        // Whoever does not want to be asked about is not told of any more.
        he.post("/me/wallet/stop", &[]).await;
        assert_eq!(town.push("4", &said(&subject, "e4", 4, "valid")).await.status, 202);
        town.work().await;
        assert!(he.reads(&at).await.contains("已吊销"));
        town.close().await;
    }
}

/// The only person of the town who has documents.
async fn citizen_of(town: &Town) -> yimen::ledger::CitizenId {
    use diesel::prelude::*;
    use yimen::db::{DbError, schema::wallet_documents};
    let one = |c: &mut yimen::db::Conn| {
        Ok::<_, DbError>(wallet_documents::table.select(wallet_documents::citizen_id).first(c)?)
    };
    town.db.read(one).await.unwrap()
}

//! What another agency knows need not be typed: asked only with a yes, on the record, and never instead of the person.

use tempfile::TempDir;
use yimen_sandbox::Fault;

use crate::{
    cases::{START, lin, load},
    on_both_engines,
    people::{Browser, citizen, number},
    town::Town,
};

/// A birth registration: the hospital knows the number of the certificate.
const BIRTH: &str = "/services/YZ01013/start";

on_both_engines! {
    async fn an_agency_answers_what_it_knows_once_the_person_agrees(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        // Somebody of whom the agency has a record.
        let who = citizen(&town, "何静", "13800000003", "990101199203170248").await;
        let he = Browser::of(&town, who, 3).await;
        let at = he.post(START, &[]).await.location();
        let page = he.get(&at).await.ok();
        let offered = page.texts(".told").join(" ");
        assert!(offered.contains("证书编号") && offered.contains("姓名和身份证号"), "{offered}");
        // Looking at the offer asks nobody and agrees to nothing.
        assert_eq!(town.dump(&["consents"]).await, "");
        assert!(!he.reads("/me/looks").await.contains("证照信息"));
        let sent = he.post(&at, &[("fetch", "transport"), ("fix_reason", "lost")]).await;
        assert_eq!(sent.status, 303);
        let page = he.get(&sent.location()).await.ok();
        let text = page.texts("main").join(" ");
        let typed = page.attributes("#cert_number", "value").remove(0);
        assert!(typed.starts_with("L34"), "{typed}: {text}");
        assert!(text.contains("提供。请核对"), "{text}");
        // What was typed beside it stays, and nothing is offered twice.
        assert!(page.attributes("input[value=lost]", "checked").len() == 1 && page.texts("button[name=fetch]").is_empty());
        assert!(he.reads("/me/looks").await.contains("证照信息"));
        let privacy = he.reads("/me/privacy").await;
        assert!(privacy.contains("自动填写申请表") && privacy.contains("交通运输"), "{privacy}");
        // It can be changed, and then it is nobody's word but the person's.
        let own = he.post(&at, &[("cert_number", "TS990100118823"), ("fix_reason", "lost"), ("go", "later")]).await;
        assert_eq!(own.status, 303);
        let page = he.get(&at).await.ok();
        assert!(page.body.contains("TS990100118823") && !page.body.contains("提供。请核对"));
        assert!(!town.dump(&["drafts", "consents"]).await.contains("L349"));
        backends.stop().await;
        town.close().await;
    }

    /// An agency takes its time: what is typed on another device meanwhile stays, and what it tells comes beside it.
    async fn what_is_typed_while_an_agency_is_asked_stays(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let who = citizen(&town, "何静", "13800000003", "990101199203170248").await;
        let (he, elsewhere) = (Browser::of(&town, who, 3).await, Browser::of(&town, who, 3).await);
        let at = he.post(START, &[]).await.location();
        backends.get("transport").unwrap().fail(Fault { slow_ms: 1_200, ..Fault::default() });
        let meanwhile = async {
            // From the moment on in which it is asked, that is on record.
            while !elsewhere.reads("/me/looks").await.contains("证照信息") {}
            elsewhere.post(&at, &[("fix_reason", "damaged"), ("go", "later")]).await
        };
        let asking = [("fetch", "transport"), ("fix_reason", "lost")];
        let (asked, kept) = tokio::join!(he.post(&at, &asking), meanwhile);
        assert_eq!((asked.status, kept.status), (303, 303));
        let page = he.get(&at).await.ok();
        assert_eq!(page.attributes("input[value=damaged]", "checked").len(), 1, "{}", page.body);
        assert!(page.attributes("#cert_number", "value").remove(0).starts_with("L34"));
        backends.stop().await;
        town.close().await;
    }

    async fn whoever_is_not_found_or_finds_nobody_there_types_it(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let at = lin.post(START, &[]).await.location();
        // The agency fails: that is said, and the form goes on.
        backends.get("transport").unwrap().fail(Fault { status: Some(500), ..Fault::default() });
        let sent = lin.post(&at, &[("fetch", "transport")]).await;
        let text = lin.reads(&sent.location()).await;
        assert!(text.contains("现在不能提供"), "{text}");
        // An agency that the page does not name is not asked, whatever is posted.
        let sent = lin.post(&at, &[("fetch", "tax")]).await;
        assert_eq!(sent.location(), at);
        assert_eq!(town.dump(&["consents"]).await.lines().filter(|line| line.contains("/tax")).count(), 0);
        let sent = lin.post(&at, &[("cert_number", "TS990100118823"), ("fix_reason", "lost"), ("go", "next")]).await;
        assert!(sent.location().ends_with("/papers"), "{}", sent.location());
        backends.stop().await;
        town.close().await;
    }

    async fn another_agency_answers_for_the_one_that_is_applied_at(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 4).await;
        let at = lin.post(BIRTH, &[]).await.location();
        let answers = [("child_name", "林之然"), ("child_sex", "girl"), ("child_born", "2026-11-02")];
        let page = lin.get(&at).await.ok();
        let offered = page.texts(".told").join(" ");
        // It says who tells whom, and for what.
        assert!(offered.contains("出生医学证明") && offered.contains("出生登记"), "{offered}");
        // Nobody is bound there: it cannot be had, and is typed.
        let sent = lin.post(&at, &[answers.as_slice(), &[("fetch", "maternal-child-hospital")]].concat()).await;
        let text = lin.reads(&sent.location()).await;
        assert!(text.contains("现在不能提供"), "{text}");
        assert!(lin.get(&at).await.body.contains("林之然"));
        town.close().await;
    }
}

#[actix_web::test]
async fn nothing_is_offered_where_nobody_could_be_found() {
    let town = Town::open(crate::town::Engine::Sqlite).await;
    let who = citizen(&town, "林晓", "13800000001", &number("19850101", 1)).await;
    town.sql("DELETE FROM identities").await;
    let lin = Browser::of(&town, who, 3).await;
    let at = lin.post(START, &[]).await.location();
    assert!(lin.get(&at).await.ok().texts("button[name=fetch]").is_empty());
    town.close().await;
}

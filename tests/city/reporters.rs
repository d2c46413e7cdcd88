//! What people send, ask and keep secret: the forms, pictures, letters without an account, tip-offs, answers for everybody.

use chrono::TimeDelta;
use yimen::accounts::staff::Role;

use crate::{
    on_both_engines,
    papers::{PDF, photo},
    people::Browser,
    town::Answer,
    voice::{
        ANSWER, DESK, KEYS, LEAD, OTHER, QUESTION, REPORT, UNIT, answered, changed, dispatcher, lin, staff,
        unit, wang,
    },
};

fn errors(answer: &Answer) -> Vec<String> {
    answer.attributes(".errors a", "href")
}

on_both_engines! {
    async fn what_is_missing_is_said_and_what_was_typed_is_kept(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let bad = changed(&REPORT, &[("title", ""), ("district", "000000"), ("secret", "")]);
        let form = lin.post("/voice/report/new", &bad).await;
        assert_eq!(form.status, 422);
        assert_eq!(errors(&form), ["#title", "#district", "#secret-no"]);
        assert!(form.texts("textarea[name=text]")[0].contains("看不清路"));
        assert_eq!(form.attributes("input[name=key]", "value"), [KEYS[0]]);
        // What belongs elsewhere is not taken, and where it goes is said.
        let court = lin.post("/voice/report/new", &changed(&REPORT, &[("elsewhere", "court")])).await;
        assert_eq!(court.status, 422);
        assert!(court.texts("main").join(" ").contains("人民法院"));
        assert_eq!(town.dump(&["voice_orders"]).await, "");
        assert_eq!(lin.get("/voice/gossip/new").await.status, 404);
        // Whoever is not signed in is led there, and where a kind is taken from everybody need not be.
        assert!(town.get("/voice/complaint/new").await.location().starts_with("/sign-in"));
        assert_eq!(town.get("/voice/complaint/guest").await.location(), "/voice/complaint/new");
        town.close().await;
    }

    async fn without_an_account_number_and_code_lead_to_it(town: Town) {
        let browser = town.browser();
        let fields: Vec<_> = REPORT[..4].iter().copied().chain([("elsewhere", "here"), ("phone", "13900000009")]).collect();
        // The code on a lamp fills place and district in.
        let form = browser.get("/voice/report/guest?asset=LD-0001").await.ok();
        assert_eq!(form.attributes("input[name=place]", "value"), ["云江区政和路1号门前"]);
        assert_eq!(form.attributes("select[name=district] option[selected]", "value"), ["990101"]);
        assert!(browser.get("/voice/report/guest?asset=XX-0000").await.ok().attributes("input[name=asset]", "value").is_empty());
        let sent = browser.answer(&form, "/voice/report/guest", &fields).await.ok();
        let shown = sent.texts("main code");
        let again = browser.answer(&form, "/voice/report/guest", &fields).await.ok();
        assert_eq!(again.texts("main code"), shown, "sent twice it is one");
        let desk = dispatcher(&town).await;
        let open = desk.sees(&format!("{DESK}/{}", shown[0])).await;
        assert!(open.contains("路灯 0001 号") && !open.contains("13900000009"), "{open}");
        assert_eq!(desk.listed("new").await.len(), 1);
        let contact = desk.post(&format!("{DESK}/{}/contact", shown[0]), &[("reason", "约时间上门")]).await.ok();
        assert!(contact.texts("main").join(" ").contains("13900000009"));
        answered(&town, &shown[0]).await;
        let both = [("number", shown[0].as_str()), ("code", shown[1].as_str())];
        let page = browser.submit("/voice/progress", &both).await.ok();
        assert!(page.texts("main").join(" ").contains("灯泡已经更换"));
        let judged = browser.answer(&page, "/voice/progress/judge", &[("verdict", "satisfied")]).await.ok();
        assert!(judged.texts("main").join(" ").contains("已办结"));
        // Another code says nothing, not even whether there is such a number, and is not tried for long.
        let mut tries = 0;
        loop {
            let answer = browser.submit("/voice/progress", &[("number", &shown[0]), ("code", "0000-0000-0000")]).await;
            if answer.status == 429 { break }
            assert_eq!(answer.status, 422);
            tries += 1;
            assert!(tries < 40, "there is an end to it");
        }
        town.close().await;
    }

    /// Those who deal with a tip-off, and the desk as well, learn nothing of who sent it.
    async fn who_sent_a_tip_off_stays_secret(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 2).await;
        let words = "我叫林晓，电话13800000001。隔壁工地夜里偷倒渣土。";
        let number = lin.brings("tip-off", &changed(&REPORT, &[("text", words)])).await;
        let (desk, unit) = (dispatcher(&town).await, unit(&town).await);
        assert_eq!(desk.does(&number, "dispatch", &LEAD).await, "done");
        let page = format!("{DESK}/{number}");
        for one in [&desk, &unit] {
            let open = one.get(&page).await.ok().body;
            assert!(open.contains("偷倒渣土"), "{open}");
            for secret in ["林晓", "林*", "13800000001", &who.to_string()] {
                assert!(!open.contains(secret), "{secret}");
            }
            let contact = one.post(&format!("{page}/contact"), &[("reason", "想认识一下")]).await;
            assert_eq!(contact.status, 403);
            assert_eq!(one.get("/agency/voice/author").await.status, 403);
            assert_eq!(one.post("/agency/voice/author", &[("number", &number), ("reason", "依法核实")]).await.status, 403);
        }
        // Nor does an administrator of the unit; one above the desk does, for a reason that the sender reads.
        let below = staff(&town, Role::Administrator, UNIT).await;
        assert_eq!(below.post("/agency/voice/author", &[("number", &number), ("reason", "依法核实")]).await.status, 403);
        let above = staff(&town, Role::Administrator, "/").await;
        assert_eq!(above.get(&page).await.status, 403, "what they wrote is not theirs to read");
        assert_eq!(above.post("/agency/voice/author", &[("number", &number), ("reason", "")]).await.status, 422);
        let shown = above.post("/agency/voice/author", &[("number", &number), ("reason", "依法核实举报线索")]).await.ok();
        assert!(shown.texts("main").join(" ").contains("林晓"));
        assert!(lin.sees("/me/looks").await.contains("依法核实举报线索"));
        // What is no secret is not shown there.
        let open = lin.brings("report", &changed(&REPORT, &[("key", KEYS[1])])).await;
        assert_eq!(above.post("/agency/voice/author", &[("number", &open), ("reason", "依法核实举报线索")]).await.status, 422);
        town.close().await;
    }

    async fn what_belongs_elsewhere_is_said_with_where_to_go_and_what_is_waiting_is_taken_back(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 2).await;
        let number = lin.brings("complaint", &REPORT).await;
        let desk = dispatcher(&town).await;
        assert!(desk.does(&number, "not-take", &[("elsewhere", "moon"), ANSWER]).await.starts_with("422"));
        assert_eq!(desk.does(&number, "not-take", &[("elsewhere", "court"), ("words", "法院已经判决。")]).await, "done");
        let text = lin.mine(&number).await;
        assert!(text.contains("不在这里办理") && text.contains("人民法院") && text.contains("法院已经判决。"), "{text}");
        assert_eq!(desk.does(&number, "dispatch", &LEAD).await, "not-now");
        let next = lin.brings("complaint", &changed(&REPORT, &[("key", KEYS[1])])).await;
        let other = Browser::of(&town, wang(&town).await, 2).await;
        assert_eq!(other.get(&format!("/me/voice/{next}")).await.status, 404, "of others there is none");
        assert_eq!(other.post(&format!("/me/voice/{next}/withdraw"), &[]).await.status, 404);
        let back = format!("/me/voice/{next}/withdraw");
        assert!(lin.post(&back, &[]).await.location().ends_with("said=withdrawn"));
        assert!(lin.post(&back, &[]).await.location().ends_with("said=withdrawn"), "twice is once");
        town.close().await;
    }

    async fn a_picture_is_drawn_anew_and_given_to_whoever_may_see_it(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let page = format!("<html>{}", "x".repeat(100));
        let refused = lin.send_file("/voice/report/new", &REPORT, ("picture", "a.jpg", page.as_bytes())).await;
        assert_eq!((refused.status, errors(&refused)), (422, vec!["#picture".to_owned()]));
        let sent = lin.send_file("/voice/report/new", &REPORT, ("picture", "灯.png", &photo())).await;
        let there = sent.location();
        let number = there.trim_start_matches("/me/voice/").trim_end_matches("?said=sent").to_owned();
        let mine = lin.get(&format!("/me/voice/{number}")).await.ok().attributes("main a[download]", "href");
        let file = lin.get(&mine[0]).await.ok();
        assert_eq!((file.header("content-type"), file.header("content-disposition").starts_with("attachment")), ("image/png", true));
        let other = Browser::of(&town, wang(&town).await, 2).await;
        assert_eq!(other.get(&mine[0]).await.status, 404);
        let (desk, unit) = (dispatcher(&town).await, unit(&town).await);
        let at_desk = mine[0].replace("/me/voice", DESK);
        assert_eq!(desk.get(&at_desk).await.status, 200);
        assert_eq!(unit.get(&at_desk).await.status, 404);
        // A document shows something too, but for what is secret: it says who made it.
        let secret = changed(&REPORT, &[("secret", "yes")]);
        let refused = lin.send_file("/voice/report/new", &secret, ("picture", "a.pdf", PDF)).await;
        assert_eq!((refused.status, errors(&refused)), (422, vec!["#picture".to_owned()]));
        assert!(refused.texts(".errors").join(" ").contains("只收 JPG、PNG 照片"), "{:?}", refused.texts(".errors"));
        let other = changed(&REPORT, &[("key", KEYS[1])]);
        let sent = lin.send_file("/voice/report/new", &other, ("picture", "林晓.pdf", PDF)).await;
        let number = sent.location().trim_start_matches("/me/voice/").trim_end_matches("?said=sent").to_owned();
        let sheet = desk.get(&format!("{DESK}/{number}")).await.ok().attributes("main a[download]", "href");
        let file = desk.get(&sheet[0]).await.ok();
        assert_eq!((file.header("content-type"), file.body.as_bytes()), ("application/pdf", PDF));
        assert!(file.header("content-disposition").starts_with("attachment"));
        assert!(lin.get("/me/looks").await.ok().body.contains("您提交的材料"), "the look is in their record");
        // A day later it is still there, and the one that no row names is not.
        town.sql("DELETE FROM voice_photos").await;
        town.pass(TimeDelta::days(2)).await;
        let left = walkdir(&town.config.files.folder.join("voice"));
        assert_eq!(left, 0);
        town.close().await;
    }

    async fn an_answer_for_everybody_says_nothing_of_who_asked_and_takes_two(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let number = lin.brings("consultation", &QUESTION).await;
        answered(&town, &number).await;
        let unit = staff(&town, Role::Officer, UNIT).await;
        let form = unit.get(&format!("{DESK}/{number}/answer")).await.ok();
        let asked = form.texts("textarea[name=question]")[0].clone();
        assert!(asked.contains("路灯坏了") && !asked.contains("林晓") && !asked.contains("1380"), "{asked}");
        let words = [("question", "路灯坏了找谁？电话13800000001"), ("answer", "写明位置，三天内修好。")];
        let drafted = unit.post(&format!("{DESK}/{number}/answer"), &words).await;
        assert!(drafted.location().ends_with("said=drafted"));
        assert!(unit.post(&format!("{DESK}/{number}/answer"), &words).await.location().ends_with("said=drafted"));
        assert!(!town.get("/voice/answers").await.ok().body.contains("路灯坏了找谁"));
        let drafts = format!("{DESK}/answers");
        let settle = unit.get(&drafts).await.ok().attributes("main li form", "action").remove(0);
        assert!(unit.post(&settle, &[("act", "publish")]).await.location().ends_with("said=own"));
        let other = staff(&town, Role::Officer, OTHER).await;
        assert_eq!(other.post(&settle, &[("act", "publish")]).await.status, 404);
        for (whose, there) in [(&unit, true), (&dispatcher(&town).await, true), (&other, false)] {
            assert_eq!(whose.get(&drafts).await.ok().body.contains("路灯坏了找谁"), there);
        }
        let second = staff(&town, Role::Officer, UNIT).await;
        assert!(second.post(&settle, &[("act", "publish")]).await.location().ends_with("said=published"));
        let public = town.get("/voice/answers").await.ok().texts("main").join(" ");
        assert!(public.contains("路灯坏了找谁") && !public.contains("1380"), "{public}");
        // It is found before anybody is asked, and there is always a way on to a person.
        let found = town.get("/voice?q=%E8%B7%AF%E7%81%AF").await.ok();
        assert!(found.texts("main details").join(" ").contains("三天内修好"));
        assert!(found.attributes("main a", "href").contains(&"/voice/consultation/new".to_owned()));
        town.close().await;
    }
}

fn walkdir(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { walkdir(&path) } else { 1 })
        .sum()
}

//! Pictures and documents that an agency brings about a rating: of what was put right, and of what shows an objection.

use yimen::{
    accounts::staff::Role,
    ledger::{LedgerError, PersonalData as _},
    ratings::personal,
};

use crate::{
    cases::lin,
    desk::{UNIT, worker},
    on_both_engines,
    papers::{PDF, photo, stored},
    people::{Browser, citizen, number},
    ratings::{BAD, decided},
    town::Answer,
};

const FIXED: [(&str, &str); 5] = [
    ("act", "answer"),
    ("seen", "2"),
    ("answer-what", "fixed"),
    ("answer-words", "已经重新答复，向您道歉。"),
    ("answer-reply", "增加了专人答复。"),
];
const AGAINST: [(&str, &str); 4] =
    [("act", "appeal"), ("seen", "3"), ("appeal-what", "mistaken"), ("appeal-words", "评错了事项")];

fn files(page: &Answer) -> Vec<String> {
    page.attributes("main a[download]", "href")
}

fn said(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{:?}", answer.texts("main"));
    answer.location().split("said=").nth(1).unwrap_or_default().to_owned()
}

on_both_engines! {
    async fn files_are_seen_by_those_whom_they_concern(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let wang = citizen(&town, "王建", "13800000002", &number("19600229", 7)).await;
        let wang = Browser::of(&town, wang, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (own, _) = worker(&town, "own", Role::Administrator, UNIT).await;
        let (stranger, _) = worker(&town, "stranger", Role::Manager, "weather").await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let url = decided(&town, &lin, &desk).await;
        assert_eq!(lin.rates(&url, &BAD).await, "given");
        let page = desk.rated("/agency/ratings", "open").await.remove(0);
        assert_eq!(desk.deals(&page, "contact", &[("contact-words", "联系了")]).await, "done");
        // What is no picture is not taken, and nothing is answered; what was written stays.
        let before = stored(&town).len();
        let active = b"%PDF-1.4\n1 0 obj << /OpenAction << /S /JavaScript /JS (1) >> >> endobj\ntrailer << >>\n%%EOF\n";
        let locked = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << /Encrypt 9 0 R >>\n%%EOF\n";
        for (bytes, why) in [
            (b"<script>".as_slice(), "只收 PDF、JPG、PNG"),
            (active, "脚本"),
            (locked, "密码"),
            (&PDF[..30], "文件损坏"),
        ] {
            let wrong = desk.send_file(&page, &FIXED, ("answer-file", "a.pdf", bytes)).await;
            assert_eq!(wrong.status, 422);
            assert_eq!(wrong.attributes(".errors a", "href"), ["#answer-file"]);
            assert!(wrong.texts(".errors").join(" ").contains(why), "{:?}", wrong.texts(".errors"));
            assert!(wrong.texts("textarea").contains(&FIXED[3].1.to_owned()), "{:?}", wrong.texts("textarea"));
        }
        assert_eq!(stored(&town).len(), before, "something was kept");
        assert_eq!(town.dump(&["rating_evidence"]).await, "");
        assert!(files(&lin.get(&url).await.ok()).is_empty());
        let sent = desk.send_file(&page, &FIXED, ("answer-file", "a.png", &photo())).await;
        assert_eq!(said(&sent), "done");
        // Whoever rated sees what was put right; the agency too. Nobody else does.
        let theirs = files(&lin.get(&url).await.ok());
        assert_eq!(theirs.len(), 1);
        let given = lin.get(&theirs[0]).await.ok();
        assert_eq!(given.header("content-type"), "image/png");
        assert!(given.header("content-disposition").starts_with("attachment"));
        assert_eq!(wang.get(&theirs[0]).await.status, 404);
        let at_desk = files(&desk.get(&page).await.ok());
        assert_eq!(at_desk.len(), 1);
        assert_eq!(desk.get(&at_desk[0]).await.status, 200);
        assert!(lin.get("/me/looks").await.ok().body.contains("评价的证明文件"), "the look is in their record");
        for (nobody, status) in [(&stranger, 404), (&above, 403), (&wang, 303)] {
            assert_eq!(nobody.get(&at_desk[0]).await.status, status);
        }
        // What shows an objection is for those who decide about it.
        let sent = desk.send_file(&page, &AGAINST, ("appeal-file", "李科长的说明.pdf", PDF)).await;
        assert_eq!(said(&sent), "done");
        assert!(stored(&town).iter().all(|bytes| !bytes.windows(4).any(|some| some == b"%PDF")), "encrypted");
        assert_eq!(files(&lin.get(&url).await.ok()), theirs, "and not for whoever rated");
        let admin = page.replace("/agency", "/admin");
        let all = files(&above.get(&admin).await.ok());
        assert_eq!(all.len(), 2);
        let file = all[1].rsplit('/').next().unwrap();
        // A document is a download as well, whole, under no name of anybody's, and never shown in the portal's own name.
        let given = above.get(&all[1]).await.ok();
        assert_eq!(given.header("content-type"), "application/pdf");
        assert!(given.header("content-disposition").starts_with("attachment; filename=\"file.pdf\""));
        assert!(given.header("content-disposition").ends_with("document%2Epdf"), "{}", given.header("content-disposition"));
        assert!(given.header("content-security-policy").contains("sandbox"));
        assert_eq!(given.body.as_bytes(), PDF);
        assert_eq!(lin.get(&format!("{url}/evidence/{file}")).await.status, 404);
        for (nobody, status) in [(&own, 404), (&desk, 403), (&stranger, 403)] {
            assert_eq!(nobody.get(&all[1]).await.status, status);
        }
        // Keys lie sealed, and go with the person.
        town.work().await;
        let now = town.clock.now();
        let erased = town.db.tx(move |c| personal::Ratings.erase(c, now, who)).await;
        erased.unwrap_or_else(|error: LedgerError| panic!("{error}"));
        assert_eq!(town.dump(&["rating_evidence"]).await, "");
        assert_eq!(above.get(&all[1]).await.status, 404);
        // None comes after they are gone, which nothing would take away any more.
        let second = decided(&town, &lin, &desk).await;
        assert_eq!(lin.rates(&second, &BAD).await, "given");
        let page = desk.rated("/agency/ratings", "all").await.remove(0);
        town.work().await;
        let erased = town.db.tx(move |c| personal::Ratings.erase(c, now, who)).await;
        erased.unwrap_or_else(|error: LedgerError| panic!("{error}"));
        let sent = desk.send_file(&page, &AGAINST, ("appeal-file", "b.png", &photo())).await;
        assert_eq!(said(&sent), "not-now");
        assert_eq!(town.dump(&["rating_evidence"]).await, "");
        town.work().await;
        town.close().await;
    }
}

//! Papers handed in with an application: taken by what they hold, kept encrypted, given to whoever may have them.

use std::{fs, io::Cursor, path::Path, sync::Arc};

use chrono::{NaiveDate, TimeDelta};
use image::{ExtendedColorType, ImageEncoder as _, ImageFormat, codecs::jpeg::JpegEncoder};
use serde_json::json;
use tempfile::TempDir;
use yimen::{
    accounts::staff::Role,
    cases::{
        DraftId, Reports,
        papers::{kept, recount},
    },
    gateway::events::{Applies as _, Inbound, Settled},
    ledger::{self, CitizenId},
    platform::calendar::WorkingCalendar,
};
use yimen_contract::capability::EventKind;
use yimen_drivers::rest::signing::{NONCE, SIGNATURE, Signing, TIMESTAMP};

use crate::{
    cases::{ANSWERS, START, applied, examples, lin, load},
    desk::worker,
    events::KEY,
    on_both_engines,
    people::{Browser, citizen, keys, number},
    staff::at_work,
    town::{Answer, Engine, Town},
};

pub const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

/// A small picture.
pub fn photo() -> Vec<u8> {
    let (picture, mut out) = (image::RgbImage::new(8, 6), Cursor::new(Vec::new()));
    picture.write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

/// A picture with a camera's notes in it, and another file behind it.
fn with_secrets() -> Vec<u8> {
    let (picture, mut jpeg) = (image::RgbImage::new(40, 20), Vec::new());
    JpegEncoder::new(&mut jpeg).write_image(&picture, 40, 20, ExtendedColorType::Rgb8).unwrap();
    let notes = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0SECRET PLACE";
    let length = u16::try_from(notes.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, notes, &jpeg[2..], b"PK\x03\x04<script>alert(1)</script>"].concat()
}

/// The head of a picture of so many dots, which is small as a file.
fn bomb(side: u32) -> Vec<u8> {
    let piece = |name: &[u8], data: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(name);
        crc.update(data);
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length, name, data, &crc.sum().to_be_bytes()].concat()
    };
    let side = side.to_be_bytes();
    let head = [side.as_slice(), &side, &[8, 2, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1a\n".as_slice(),
        &piece(b"IHDR", &head),
        &piece(b"IDAT", b"\x78\x9c\x03\0\0\0\0\x01"),
        &piece(b"IEND", b""),
    ]
    .concat()
}

/// Everything in the folder of papers.
pub fn stored(town: &Town) -> Vec<Vec<u8>> {
    fn walk(folder: &Path, all: &mut Vec<Vec<u8>>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, all) } else { all.push(fs::read(path).unwrap()) }
        }
    }
    let mut all = Vec::new();
    walk(&town.config.files.folder, &mut all);
    all
}

impl Browser<'_> {
    /// Hands in a picture for whatever is missing at the step of papers. Where it goes on.
    pub async fn hands_papers(&self, at: &str) -> String {
        let sent = self.post(at, &[("go", "next")]).await;
        if sent.status == 303 {
            return sent.location();
        }
        assert_eq!(sent.status, 422, "{at}");
        for place in sent.attributes(".errors a", "href") {
            let added = self.adds(at, place.trim_start_matches("#p-"), "照片.png", &photo()).await;
            assert_eq!(added.status, 303, "{at}{place}: {:?}", added.texts(".errors"));
        }
        let sent = self.post(at, &[("go", "next")]).await;
        assert_eq!(sent.status, 303, "{at}: {:?}", sent.texts(".errors"));
        sent.location()
    }

    async fn adds(&self, at: &str, place: &str, name: &str, bytes: &[u8]) -> Answer {
        self.send_file(&format!("{at}/{place}/add"), &[], ("file", name, bytes)).await
    }

    /// Fills in the form up to the step of papers. Its address.
    async fn comes_to_papers(&self) -> String {
        let mut at = self.post(START, &[]).await.location();
        while !at.ends_with("/papers") {
            at = self.post(&at, &ANSWERS).await.location();
        }
        at
    }
}

/// The places that the step shows, in order.
fn places(page: &Answer) -> Vec<String> {
    let all = page.attributes("main section[id^=p-]", "id");
    all.iter().map(|id| id.trim_start_matches("p-").to_owned()).collect()
}

/// The files of a draft or case, as the portal tells its agency of them.
async fn told(
    town: &Town,
    who: CitizenId,
    matter: DraftId,
    agency: &str,
) -> Vec<yimen_contract::capability::person::FileRef> {
    let (ring, now, agency) = (keys(town), town.clock.now(), agency.to_owned());
    let read = move |c: &mut yimen::db::Conn| {
        let papers = kept::list(c, &ring, kept::Slot { citizen: who, matter }, &ledger::own(who))?;
        Ok::<_, yimen::cases::CaseError>(papers.iter().map(|paper| paper.told(&ring, &agency, now)).collect())
    };
    town.db.read(read).await.unwrap()
}

fn matter_of(at: &str) -> DraftId {
    at.split('/').nth(4).unwrap().parse().unwrap()
}

on_both_engines! {
    async fn a_paper_goes_from_the_citizen_to_the_agency_and_to_nobody_else(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let at = lin.comes_to_papers().await;
        let (matter, page) = (matter_of(&at), lin.get(&at).await.ok());
        let photo_place = places(&page)[0].clone();
        // Without it nothing is handed in, by this way or that, and it is said which and where.
        let missing = lin.post(&at, &[("go", "next")]).await;
        assert_eq!(missing.status, 422);
        assert_eq!(missing.attributes(".errors a", "href"), [format!("#p-{photo_place}")]);
        let review = at.replace("/papers", "/review");
        let submit = at.replace("/papers", "/submit");
        assert!(!lin.get(&review).await.ok().body.contains(&submit));
        let forced = lin.post(&submit, &[]).await;
        assert_eq!((forced.status, forced.texts(".errors").len()), (422, 1));
        // Several files, one replaced, one removed.
        assert_eq!(lin.adds(&at, &photo_place, "../../正面照.JPEG", &with_secrets()).await.status, 303);
        assert_eq!(lin.adds(&at, &photo_place, "第二张.png", &photo()).await.status, 303);
        let files = told(&town, who, matter, "transport").await;
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["正面照.jpg", "第二张.png"]);
        let page = lin.get(&at).await.ok();
        let ids = page.attributes("button[name=remove]", "value");
        let replaced = lin.send_file(&format!("{at}/{photo_place}/add"), &[("replace", &ids[1])], ("file", "x.pdf", PDF)).await;
        assert_eq!(replaced.status, 303, "{:?}", replaced.texts(".errors"));
        let files = told(&town, who, matter, "transport").await;
        assert_eq!(files.iter().map(|file| file.media_type.as_str()).collect::<Vec<_>>(), ["image/jpeg", "application/pdf"]);
        let ids = lin.get(&at).await.ok().attributes("button[name=remove]", "value");
        assert_eq!(lin.post(&format!("{at}/{photo_place}/change"), &[("remove", &ids[1])]).await.status, 303);
        // A download, and nothing that a browser would show in our name. Nothing hidden came along.
        let own = lin.get(&format!("{}/files/{}", at.trim_end_matches("/papers"), ids[0])).await.ok();
        assert!(own.header("content-disposition").starts_with("attachment; "), "{}", own.header("content-disposition"));
        assert_eq!(own.header("content-type"), "image/jpeg");
        assert_eq!(own.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(own.header("x-content-type-options"), "nosniff");
        assert!(["SECRET", "script", "Exif"].iter().all(|word| !own.body.contains(word)));
        // Another person has nothing of it: not to read, not to add to, not to take away.
        let who_else = citizen(&town, "王敏", "13800000002", &number("19860101", 1)).await;
        let wang = Browser::of(&town, who_else, 3).await;
        assert_eq!(wang.get(&format!("{}/files/{}", at.trim_end_matches("/papers"), ids[0])).await.status, 404);
        assert_eq!(wang.adds(&at, &photo_place, "a.png", &photo()).await.status, 404);
        assert_eq!(wang.post(&format!("{at}/{photo_place}/change"), &[("remove", &ids[0])]).await.status, 404);
        // From a draft of her own she does not reach it either.
        let hers = wang.comes_to_papers().await;
        assert_eq!(wang.get(&format!("{}/files/{}", hers.trim_end_matches("/papers"), ids[0])).await.status, 404);
        wang.post(&format!("{hers}/{photo_place}/change"), &[("remove", &ids[0])]).await;
        assert_eq!(told(&town, who, matter, "transport").await.len(), 1);
        // An agency has nothing of what was not handed in.
        let name = |file: &yimen_contract::capability::person::FileRef| format!("/api/v1/agencies/transport/files/{}", file.id);
        let file = told(&town, who, matter, "transport").await.remove(0);
        assert_eq!(town.get(&name(&file)).await.status, 404);
        let case = lin.hands_in(&at.replace("/papers", "/review")).await;
        let file = told(&town, who, matter, "transport").await.remove(0);
        let looks = lin.reads("/me/looks").await;
        assert!(!looks.contains("您提交的材料"), "{looks}");
        town.work().await;
        // What she handed in stays as it is.
        lin.post(&format!("{at}/{photo_place}/change"), &[("remove", &ids[0])]).await;
        let text = lin.reads(&case).await;
        assert!(text.contains("正面照.jpg") && !text.contains("还没有送到"), "{text}");
        let kept = lin.get(&format!("{case}/files/{}", ids[0])).await.ok();
        assert!(kept.header("content-disposition").contains("attachment"));
        assert_eq!(wang.get(&format!("{case}/files/{}", ids[0])).await.status, 404);
        // Its agency fetches it, on the record; no other does, and nobody for ever.
        assert_eq!(town.get(&name(&file)).await.ok().header("content-type"), "image/jpeg");
        let tax = told(&town, who, matter, "tax").await.remove(0);
        for other in [name(&file).replace("transport", "tax"), name(&tax).replace("transport", "tax"), name(&tax), format!("/api/v1/agencies/transport/files/{}", ids[0])] {
            assert_eq!(town.get(&other).await.status, 404, "{other}");
        }
        let looks = lin.reads("/me/looks").await;
        assert!(looks.contains("您提交的材料"), "{looks}");
        // Nothing lies open, in the database or on the disk.
        let dump = town.dump(&["case_files"]).await;
        assert!(!dump.contains("正面照") && !dump.contains(&file.sha256), "{dump}");
        assert!(stored(&town).iter().all(|file| !file.starts_with(b"\xff\xd8\xff") && !file.starts_with(b"%PDF")));
        let copy = lin.get("/me/privacy/export.json").await.ok();
        assert!(copy.body.contains("正面照.jpg"), "the paper is not among what is held");
        town.clock.advance(TimeDelta::days(31));
        assert_eq!(town.get(&name(&file)).await.status, 404);
        backends.stop().await;
        town.close().await;
    }

    async fn what_is_not_what_it_says_is_not_taken(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let at = lin.comes_to_papers().await;
        let place = places(&lin.get(&at).await.ok())[0].clone();
        let script = b"%PDF-1.4\n1 0 obj << /OpenAction << /S /J#61vaScript /JS (1) >> >> endobj\ntrailer << >>\n%%EOF\n";
        let locked = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << /Encrypt 9 0 R >>\n%%EOF\n";
        let bomb = bomb(50_000);
        let behind = [b"GIF89a".as_slice(), PDF].concat();
        for (name, bytes, why) in [
            ("合同.pdf", b"<!DOCTYPE html><script>alert(1)</script>".as_slice(), "只收 PDF、JPG、PNG"),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "只收 PDF、JPG、PNG"),
            ("a.jpg", b"MZ\x90\0\x03\0\0\0\x04", "只收 PDF、JPG、PNG"),
            ("a.pdf", &behind, "只收 PDF、JPG、PNG"),
            ("a.png", &bomb, "像素太多"),
            ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF no picture", "文件损坏"),
            ("a.pdf", script, "脚本"),
            ("a.pdf", locked, "密码"),
            ("a.pdf", &PDF[..30], "文件损坏"),
            ("a.pdf", b"", "文件是空的"),
        ] {
            let answer = lin.adds(&at, &place, name, bytes).await;
            assert_eq!(answer.status, 422, "{name}");
            let said = answer.texts(".errors").join(" ");
            assert!(said.contains(why), "{name}: {said}");
        }
        // No file at all, a place that is none, and a form without our token.
        let none = lin.send_file(&format!("{at}/{place}/add"), &[], ("file", "", b"")).await;
        assert_eq!(none.status, 422);
        assert_eq!(lin.adds(&at, "000000000000", "a.png", &photo()).await.status, 404);
        let forged = lin.send_parts(&format!("{at}/{place}/add"), &[], ("file", "a.png", &photo())).await;
        assert_eq!(forged.status, 403);
        assert!(stored(&town).is_empty(), "something was kept");
        assert_eq!(town.dump(&["case_files"]).await, "");
        town.close().await;
    }

    async fn a_paper_that_may_be_late_is_promised(town: Town) {
        let package = load("market-regulation");
        let service = package.services.iter().find(|service| service.code == "YZ22021").unwrap();
        let answers = examples(&applied(&package, service).unwrap());
        let answers: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 4).await;
        let mut at = lin.post("/services/YZ22021/start", &[]).await.location();
        while !at.ends_with("/papers") {
            at = lin.post(&at, &answers).await.location();
        }
        let page = lin.get(&at).await.ok();
        let late = page.attributes("main section:has(button[name=late])", "id").remove(0);
        let late = late.trim_start_matches("p-");
        assert_eq!(lin.post(&format!("{at}/{late}/change"), &[("late", "yes")]).await.status, 303);
        // Twice is once, and it can be taken back.
        lin.post(&format!("{at}/{late}/change"), &[("late", "yes")]).await;
        lin.post(&format!("{at}/{late}/change"), &[("late", "no")]).await;
        assert_eq!(lin.post(&at, &[("go", "next")]).await.status, 422);
        lin.post(&format!("{at}/{late}/change"), &[("late", "yes")]).await;
        // What may not be late is not made late by asking for it.
        for place in places(&page).iter().filter(|place| *place != late) {
            lin.post(&format!("{at}/{place}/change"), &[("late", "yes")]).await;
        }
        let review = lin.hands_papers(&at).await;
        assert!(lin.reads(&review).await.contains("承诺以后补交"));
        let case = lin.hands_in(&review).await;
        // Friday, and ten working days.
        let text = lin.reads(&case).await;
        assert!(text.contains("承诺在 2026年12月4日 前补交"), "{text}");
        assert_eq!(town.dump(&["promised_papers"]).await.lines().count(), 1);
        town.close().await;
    }

    /// The days of 2027 are not published in 2026.
    async fn the_day_of_a_promise_that_was_a_guess_is_counted_again(town: Town) {
        town.clock.advance(TimeDelta::days(30));
        let package = load("legal-aid");
        let service = package.services.iter().find(|service| service.code == "YZ15013").unwrap();
        let answers = examples(&applied(&package, service).unwrap());
        let answers: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let lin = Browser::of(&town, lin(&town).await, 4).await;
        let mut at = lin.post("/services/YZ15013/start", &[]).await.location();
        while !at.ends_with("/papers") {
            at = lin.post(&at, &answers).await.location();
        }
        let late = places(&lin.get(&at).await.ok()).remove(0);
        assert_eq!(lin.post(&format!("{at}/{late}/change"), &[("late", "yes")]).await.status, 303);
        let case = lin.hands_in(&lin.hands_papers(&at).await).await;
        // From Sunday 20 December nine working days of this year, and the first of the next as plain weeks go.
        let before = lin.reads(&case).await;
        assert!(before.contains("承诺在 2027年1月1日 前补交") && before.contains("暂定"), "{before}");
        let wind = async |calendar: WorkingCalendar| {
            town.db.tx(move |c| recount(c, &calendar)).await.unwrap()
        };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let published = || {
            let mut calendar = WorkingCalendar::default();
            calendar.add_span(day("2026-12-31"), day("2026-12-31"), true);
            calendar.add_span(day("2027-01-01"), day("2027-01-04"), false);
            calendar
        };
        let known = town.portal().shelf.edition().unwrap().catalogue.calendar.clone();
        assert_eq!(wind(known).await, 0, "still nobody knows");
        assert_eq!((wind(published()).await, wind(published()).await), (1, 0), "and once is enough");
        let after = lin.reads(&case).await;
        assert!(after.contains("承诺在 2027年1月5日 前补交") && !after.contains("暂定"), "{after}");
        // What was promised before anybody wrote down whether its day is a guess is counted by the schedule.
        town.sql("UPDATE promised_papers SET due_on = '2026-12-25', provisional = TRUE").await;
        town.pass(TimeDelta::days(1)).await;
        let dump = town.dump(&["promised_papers"]).await;
        assert!(dump.contains("2027-01-01") && !dump.contains("2026-12-25"), "{dump}");
        town.close().await;
    }

    async fn a_paper_that_the_desk_asks_for_comes_with_the_correction(town: Town) {
        let package = load("legal-aid");
        let service = package.services.iter().find(|service| service.code == "YZ15013").unwrap();
        let answers = examples(&applied(&package, service).unwrap());
        let answers: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 4).await;
        let mut at = lin.post("/services/YZ15013/start", &[]).await.location();
        while !at.ends_with("/papers") {
            at = lin.post(&at, &answers).await.location();
        }
        // The papers of the case are promised for later, and a power of attorney comes at once.
        let all = places(&lin.get(&at).await.ok());
        assert_eq!(all.len(), 2);
        assert_eq!(lin.post(&format!("{at}/{}/change", all[0]), &[("late", "yes")]).await.status, 303);
        assert_eq!(lin.adds(&at, &all[1], "委托书.pdf", PDF).await.status, 303);
        let case = lin.hands_in(&lin.hands_papers(&at).await).await;
        let (officer, id) = worker(&town, "officer", Role::Officer, "legal-aid").await;
        let (other, _) = worker(&town, "other", Role::Officer, "government-services").await;
        let desk = case.replace("/me/cases", "/agency/cases");
        let opened = officer.get(&desk).await.ok();
        let text = opened.texts("main").join(" ");
        assert!(text.contains("委托书.pdf") && text.contains("前补交"), "{text}");
        let file = opened.attributes("main a[download]", "href").remove(0);
        assert!(lin.reads("/me/looks").await.contains("您提交的材料"));
        let given = officer.get(&file).await.ok();
        assert!(given.header("content-disposition").starts_with("attachment; ") && given.body.starts_with("%PDF"));
        assert_eq!((other.get(&file).await.status, lin.get(&file).await.status == 200), (404, false));

        let ask = format!("{desk}/do/ask-correction");
        let form = officer.get(&ask).await.ok();
        let asked = form.attributes("input[name^=about-paper-]", "name");
        assert_eq!(asked.len(), 2, "{asked:?}");
        let fields = [(asked[0].as_str(), "请补交起诉书"), ("due", "2026-12-04")];
        assert_eq!(officer.post(&ask, &fields).await.status, 303);
        assert!(lin.reads(&case).await.contains("请补交起诉书"));
        // Only the paper is asked for, and without it nothing is put right.
        let correct = format!("{case}/correct");
        let page = lin.get(&correct).await.ok();
        assert_eq!(page.attributes("main form input[type=file]", "name"), [all[0].clone()]);
        let round = page.attributes("input[name=round]", "value").remove(0);
        let missing = lin.post(&correct, &[("round", &round)]).await;
        assert_eq!((missing.status, missing.attributes(".errors a", "href")), (422, vec![format!("#p-{}", all[0])]));
        let put = async |place: &str, name: &str, bytes: &[u8], go: &str| {
            lin.send_file(&correct, &[("round", &round), (go, "x")], (place, name, bytes)).await
        };
        let wrong = put(&all[0], "a.pdf", b"<script>", "go").await;
        assert!(wrong.status == 422 && wrong.texts(".errors").join(" ").contains("只收 PDF"), "{}", wrong.status);
        assert_eq!(put(&all[1], "a.pdf", PDF, "go").await.status, 400, "what was not asked for");
        // What is put there waits for the button, outlives the night, and can be taken away; nobody else has it.
        let waits = put(&all[0], "起诉书.pdf", PDF, "remove").await.ok();
        let kept = waits.attributes("main a[download]", "href").remove(0);
        town.pass(TimeDelta::days(2)).await;
        let lin = Browser::of(&town, who, 4).await;
        let wang = citizen(&town, "王敏", "13800000002", &number("19860101", 1)).await;
        let wang = Browser::of(&town, wang, 4).await;
        let officer = at_work(&town, id, Role::Officer, "legal-aid").await;
        assert!(lin.get(&kept).await.ok().body.starts_with("%PDF"));
        assert_eq!(wang.get(&kept).await.status, 404);
        assert_eq!(wang.send_file(&correct, &[("round", "0")], (&all[0], "b.pdf", PDF)).await.status, 404);
        assert_eq!(officer.get(&kept.replace("/me/cases", "/agency/cases")).await.status, 404);
        assert!(!officer.reads(&desk).await.contains("起诉书.pdf") && !lin.reads(&case).await.contains("起诉书.pdf"));
        let id = kept.rsplit('/').next().unwrap();
        let dropped = lin.post(&correct, &[("round", &round), ("drop", id)]).await.ok();
        assert!(dropped.attributes("main a[download]", "href").is_empty());
        // What was handed in is not taken away by that.
        let first = file.rsplit('/').next().unwrap();
        lin.post(&correct, &[("round", &round), ("drop", first)]).await.ok();
        let sent = lin.send_file(&correct, &[("round", &round)], (&all[0], "判决书.png", &photo())).await;
        assert_eq!(sent.location(), format!("{case}?corrected=1"), "{:?}", sent.texts(".errors"));
        let text = lin.reads(&case).await;
        assert!(text.contains("判决书.png") && text.contains("委托书.pdf") && !text.contains("前补交"), "{text}");
        let opened = officer.get(&desk).await.ok();
        assert_eq!(opened.attributes("main a[download]", "href").len(), 2);
        assert_eq!(town.dump(&["promised_papers"]).await, "");
        town.close().await;
    }

    async fn a_paper_that_a_backend_asks_for_goes_to_it_with_the_correction(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let at = lin.comes_to_papers().await;
        let place = places(&lin.get(&at).await.ok())[0].clone();
        let review = lin.hands_papers(&at).await;
        let case = lin.hands_in(&review).await;
        town.work().await;
        assert!(!lin.reads(&case).await.contains("还没有送到"));
        // The agency's word, as an event brings it.
        let data = json!({
            "case": case.rsplit('/').next().unwrap(), "sequence": 1, "status": "correction-required",
            "due": "2026-12-04", "corrections": [{ "about": "电子证件照", "text": "太暗了，请重新拍摄" }],
        });
        let (reports, now) = (Reports::new(Arc::new(keys(&town))), town.clock.now());
        let (agency, kind) = ("transport".to_owned(), EventKind::CaseChanged);
        let event = Inbound { agency, kind, sequence: 1, happened_at: now, data };
        let settled = town.db.tx(move |c| reports.apply(c, now, &event)).await.unwrap();
        assert_eq!(settled, Settled::Applied);
        assert!(lin.reads(&case).await.contains("太暗了"));
        // Only that paper is asked for, and without a new one nothing is put right.
        let correct = format!("{case}/correct");
        let page = lin.get(&correct).await.ok();
        assert_eq!(page.attributes("main form input[type=file]", "name"), std::slice::from_ref(&place));
        let round = page.attributes("input[name=round]", "value").remove(0);
        assert_eq!(lin.post(&correct, &[("round", &round)]).await.status, 422);
        let before = told(&town, who, matter_of(&review), "transport").await;
        let sent = lin.send_file(&correct, &[("round", &round)], (&place, "新照片.png", &photo())).await;
        assert_eq!(sent.location(), format!("{case}?corrected=1"), "{:?}", sent.texts(".errors"));
        // It is brought there, once, with the new file beside the old one.
        town.work().await;
        let text = lin.reads(&case).await;
        let waits = text.contains("还没有送到") || text.contains("正在向") || text.contains("没能送到");
        assert!(!waits && text.contains("新照片.png"), "{text}");
        assert_eq!(told(&town, who, matter_of(&review), "transport").await.len(), before.len() + 1);
        assert_eq!(backends.get("transport").unwrap().cases().len(), 1);
        assert!(town.dump(&["cases"]).await.contains("taken"));
        backends.stop().await;
        town.close().await;
    }

    async fn what_nobody_hands_in_is_swept(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let at = lin.comes_to_papers().await;
        let place = places(&lin.get(&at).await.ok())[0].clone();
        assert_eq!(lin.adds(&at, &place, "a.png", &photo()).await.status, 303);
        let kept = lin.comes_to_papers().await;
        assert_eq!(lin.adds(&kept, &place, "b.png", &photo()).await.status, 303);
        assert_eq!(stored(&town).len(), 2);
        lin.post(&at.replace("/papers", "/discard"), &[]).await;
        // Its key is gone at once; the file follows when it is old enough to be nobody's.
        assert_eq!(town.dump(&["case_files"]).await.lines().count(), 1);
        town.pass(TimeDelta::days(4)).await;
        assert_eq!(stored(&town).len(), 1);
        // The other draft is forgotten after its ninety days, and then its papers are.
        town.pass(TimeDelta::days(91)).await;
        town.pass(TimeDelta::days(2)).await;
        assert_eq!(town.dump(&["case_files"]).await, "");
        assert_eq!(stored(&town).len(), 0);
        town.close().await;
    }

    async fn an_agency_with_keys_shows_them(town: Town) {
        town.with_events().await;
        let package = load("exit-entry");
        let service = package.services.iter().find(|service| service.code == "YZ03019").unwrap();
        let answers = examples(&applied(&package, service).unwrap());
        let answers: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 4).await;
        let review = lin.fills("/services/YZ03019/start", &answers).await;
        lin.hands_in(&review).await;
        let file = told(&town, who, matter_of(&review), "exit-entry").await.remove(0);
        let path = format!("/api/v1/agencies/exit-entry/files/{}", file.id);
        assert_eq!(town.get(&path).await.status, 401);
        let timestamp = town.clock.now().timestamp();
        let ask = async |key: &str, nonce: &str| {
            let signing = Signing { method: "GET", target: &path, timestamp, nonce, body: b"" };
            let request = town.client().get(town.url(&path)).header(TIMESTAMP, timestamp.to_string());
            let signed = signing.sign(key.as_bytes());
            town.ask(request.header(NONCE, nonce).header(SIGNATURE, signed)).await.status
        };
        assert_eq!(ask("another-key-of-at-least-32-characters", "n-1").await, 401);
        assert_eq!(ask(KEY, "n-2").await, 200);
        assert_eq!(ask(KEY, "n-2").await, 401);
        town.portal().site.db.tx(|c| diesel::RunQueryDsl::execute(diesel::sql_query("DELETE FROM jobs"), c).map(|_| ()).map_err(yimen::db::DbError::from)).await.unwrap();
        town.close().await;
    }
}

#[actix_web::test]
async fn sizes_are_held_to() {
    let settings = [("YIMEN_FILES_FILE_MB", "1"), ("YIMEN_FILES_APPLICATION_MB", "1")];
    let town = Town::open_with(Engine::Sqlite, &settings).await;
    let lin = Browser::of(&town, lin(&town).await, 3).await;
    let at = lin.comes_to_papers().await;
    let place = places(&lin.get(&at).await.ok())[0].clone();
    let long = |length: usize| [PDF, &vec![b'\n'; length], b"%%EOF\n"].concat();
    let answer = lin.adds(&at, &place, "a.pdf", &long(3 << 20)).await;
    assert!(
        answer.status == 422 && answer.texts(".errors").join(" ").contains("最多 1 MB"),
        "{}",
        answer.status
    );
    assert_eq!(lin.adds(&at, &place, "a.pdf", &long(900 << 10)).await.status, 303);
    let answer = lin.adds(&at, &place, "b.pdf", &long(200 << 10)).await;
    assert!(
        answer.status == 422 && answer.texts(".errors").join(" ").contains("加起来不能超过"),
        "{}",
        answer.status
    );
    assert_eq!(stored(&town).len(), 1);
    town.close().await;
}

//! Mails once a day, for whoever wants them so.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use yimen::{
    accounts::{self, Tell, What},
    jobs,
    ledger::CitizenId,
    notices::BookingNews,
};

use crate::{
    inbox::{DAY_AND_NIGHT, lin},
    people::Browser,
    town::{
        Town,
        outside::{Post, part},
    },
    with_post,
};

/// Somebody who gets their mails at six in the evening.
async fn at_six(town: &Town) -> CitizenId {
    let lin = lin(town).await;
    let by_mail = [("gathered_at", "18:00"), ("cases", "email"), ("bookings", "email")];
    town.chooses(lin, &[&DAY_AND_NIGHT[..], &by_mail].concat()).await;
    lin
}

/// Where a mail's reader says that they want no more of these.
fn stop(town: &Town, mail: &str) -> String {
    let mail = mail.replace("\r\n ", " ");
    let header = mail.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: <")).expect("where to");
    header.trim().trim_end_matches('>').replace(town.portal().site.origin(), "")
}

with_post! {
    Post::town => Post;

    async fn all_mails_of_a_day_come_in_one(town, post) {
        let lin = at_six(&town).await;
        for state in ["accepted", "granted", "done"] {
            town.case_goes_on(lin, state).await;
            town.work().await;
        }
        let balance = town.balance().await;
        assert!(balance.holds() && balance.waiting == 3, "{balance:?}");
        assert!(post.mails.lock().unwrap().is_empty());
        // What happens to the account waits for nothing.
        let now = town.clock.now();
        town.db.tx(move |c| accounts::tell(c, now, &Tell::new(lin, What::NewDevice, now))).await.unwrap();
        town.work().await;
        assert_eq!(post.mails.lock().unwrap().drain(..).count(), 1);
        town.pass(TimeDelta::hours(6)).await;
        let mails: Vec<String> = post.mails.lock().unwrap().drain(..).map(|mail| mail.text).collect();
        assert_eq!(mails.len(), 1);
        let html = mails[0].replace("=\r\n", "");
        assert_eq!(html.matches("/me/cases/2026-7KQ3-MFXD").count(), 3 + 3, "each a link: {html}");
        let balance = town.balance().await;
        assert!(balance.holds() && balance.waiting == 0, "{balance:?}");
        // One alone reads as it always does, the next evening.
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        town.pass(TimeDelta::hours(23)).await;
        assert!(post.mails.lock().unwrap().is_empty());
        town.pass(TimeDelta::hours(1)).await;
        let mail = post.mails.lock().unwrap().remove(0).text;
        assert!(town.get(&stop(&town, &mail)).await.ok().texts("main").join("").contains("办件进度"));
        // Of everything that may be chosen one press is enough.
        let all = stop(&town, &mails[0]);
        assert!(town.get(&all).await.ok().texts("main").join("").contains("所有可以选择的消息"));
        let press = town.client().post(town.url(&all)).body("List-Unsubscribe=One-Click");
        assert_eq!(town.ask(press).await.status, 200);
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        town.pass(TimeDelta::days(1)).await;
        assert_eq!((post.texts.lock().unwrap().len(), post.mails.lock().unwrap().len()), (1, 0));
        assert!(town.balance().await.holds());
        town.close().await;
    }

    /// The dates of the day come along, each once and as it stood last.
    async fn the_dates_of_a_day_come_along_for_the_calendar(town, post) {
        let lin = lin(&town).await;
        let by_mail = [("gathered_at", "18:00"), ("dates", "email"), ("cases", "email"), ("bookings", "email")];
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &by_mail].concat()).await;
        let browser = Browser::of(&town, lin, 2).await;
        for due in ["2026-11-28", "2026-11-29"] {
            let set = [("words", "x"), ("due", due), ("plan", "8, 7")];
            assert_eq!(browser.post("/me/reminders", &set).await.location(), "/me/reminders?said=set");
        }
        // Of the day on which a date is set nobody is reminded.
        town.pass(TimeDelta::days(1)).await;
        for (reference, state) in [("B-2026-7KQ3", "booked"), ("B-2026-7KQ4", "booked"), ("B-2026-7KQ4", "cancelled")] {
            let (now, starts) = (town.clock.now(), town.clock.now() + TimeDelta::days(3));
            let news = BookingNews {
                citizen: lin,
                principal: None,
                reference: reference.to_owned(),
                service: "YZ13022".to_owned(),
                agency: "transport".to_owned(),
                state: state.to_owned(),
                starts,
                ends: starts + TimeDelta::minutes(30),
                until: None,
            };
            town.db.tx(move |c| jobs::enqueue(c, now, &news).map(|_| ())).await.unwrap();
            town.work().await;
        }
        town.case_goes_on(lin, "granted").await;
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!(town.balance().await.waiting, 6, "each waits for the evening");
        town.pass(TimeDelta::hours(6)).await;
        let mail = post.mails.lock().unwrap().remove(0).text;
        let entries = part(&mail, "dates.ics");
        assert_eq!(entries.matches("BEGIN:VCALENDAR").count(), 1, "{mail}");
        assert_eq!(entries.matches("BEGIN:VEVENT").count(), 3, "{entries}");
        for day in ["20261128", "20261129"] {
            assert_eq!(entries.matches(&format!("DTSTART;VALUE=DATE:{day}")).count(), 1, "{entries}");
        }
        assert!(entries.contains("UID:B-2026-7KQ3@") && entries.contains("DTSTART:20261124T040000Z"), "{entries}");
        assert!(!entries.contains("7KQ4"), "what was given back is no appointment: {entries}");
        assert!(town.balance().await.holds());
        town.close().await;
    }

    /// Whatever dies or breaks off in between: each is sent, and whatever may have gone out twice is counted.
    async fn what_was_gathered_is_accounted_for(town, post) {
        let lin = at_six(&town).await;
        for state in ["accepted", "granted"] {
            town.case_goes_on(lin, state).await;
            town.work().await;
        }
        town.sql("UPDATE notice_ways SET state = 'trying' WHERE state = 'waiting'").await;
        town.pass(TimeDelta::hours(6)).await;
        assert_eq!(post.mails.lock().unwrap().len(), 1);
        let balance = town.balance().await;
        assert!(balance.holds() && balance.sent == 2 && balance.uncertain == 2, "{balance:?}");
        // The conversation breaks off after the mail was handed over, twice: it is not tried a third time.
        post.breaks.store(2, Ordering::SeqCst);
        town.case_goes_on(lin, "accepted").await;
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        town.pass(TimeDelta::days(1)).await;
        for _ in 0..5 {
            town.pass(TimeDelta::hours(1)).await;
        }
        assert_eq!(post.mails.lock().unwrap().len(), 3);
        let balance = town.balance().await;
        assert!(balance.holds() && balance.failed["it may have gone out twice"] == 2, "{balance:?}");
        // One that nobody works on any more is missed.
        town.case_goes_on(lin, "done").await;
        town.work().await;
        town.sql("DELETE FROM jobs WHERE kind = 'notices.gather'").await;
        assert_eq!(town.balance().await.lost, 1);
        town.close().await;
    }

    async fn a_wrong_time_is_said_beside_the_field(town, post) {
        let lin = at_six(&town).await;
        let browser = Browser::of(&town, lin, 2).await;
        let page = browser.get("/me/notices/choices").await.ok();
        assert_eq!(page.attributes("input[name=gathered_at]", "value"), ["18:00"]);
        let wrong = [&DAY_AND_NIGHT[..], &[("gathered_at", "evening"), ("cases", "email")]].concat();
        let answer = browser.post("/me/notices/choices", &wrong).await;
        assert_eq!((answer.status, answer.attributes(".errors a", "href")), (422, vec!["#gathered_at".to_owned()]));
        assert_eq!(answer.attributes("input[name=gathered_at]", "value"), ["evening"]);
        // Empty again, each mail comes at once.
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("gathered_at", ""), ("cases", "email")]].concat()).await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!(post.mails.lock().unwrap().len(), 1);
        town.close().await;
    }
}

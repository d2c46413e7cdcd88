//! What was said to people: in the inbox, on its ways, and in the account of it all.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use uuid::Uuid;
use yimen::{
    accounts::{self, AccountError, Email, Newcomer, Phone, Reach, Tell, What},
    jobs,
    ledger::CitizenId,
    notices::{self, Balance, BookingNews, CaseNews},
    platform::Lang,
};

use crate::{
    people::{Browser, keys},
    town::{Town, outside::Post},
    with_post,
};

pub const PHONE: &str = "13800000001";
pub const EMAIL: &str = "lin@example.org";

/// Somebody with a telephone and a mailbox.
pub async fn lin(town: &Town) -> CitizenId {
    let (ring, now) = (keys(town), town.clock.now());
    let lin = || Newcomer {
        name: None,
        reach: Some(Reach::Phone(Phone::parse(PHONE).unwrap())),
        password_hash: None,
        language: Lang::Zh,
    };
    let newcomer = lin();
    town.db
        .tx(move |c| {
            let citizen = accounts::register(c, &ring, now, &newcomer)?;
            accounts::add_contact(c, &ring, now, citizen, &Reach::Email(Email::parse(EMAIL).unwrap()))?;
            Ok::<_, AccountError>(citizen)
        })
        .await
        .unwrap()
}

impl Town {
    pub async fn case_goes_on(&self, citizen: CitizenId, state: &str) {
        let (now, state) = (self.clock.now(), state.to_owned());
        self.db
            .tx(move |c| {
                let news = CaseNews {
                    citizen,
                    principal: None,
                    case: Uuid::nil(),
                    reference: "2026-7KQ3-MFXD".to_owned(),
                    service: "YZ13022".to_owned(),
                    agency: "transport".to_owned(),
                    state,
                };
                jobs::enqueue(c, now, &news).map(|_| ())
            })
            .await
            .unwrap();
    }

    pub async fn balance(&self) -> Balance {
        self.db.tx(notices::balance).await.unwrap()
    }

    pub async fn chooses(&self, citizen: CitizenId, fields: &[(&str, &str)]) {
        let browser = Browser::of(self, citizen, 2).await;
        let saved = browser.post("/me/notices/choices", fields).await;
        assert_eq!(saved.location(), "/me/notices?said=saved", "{:?}", saved.texts(".errors"));
    }
}

pub const DAY_AND_NIGHT: [(&str, &str); 2] = [("quiet_from", "00:00"), ("quiet_until", "00:00")];

with_post! {
    Post::town => Post;

    async fn a_notice_stands_in_the_inbox_and_goes_one_way(town, post) {
        let lin = lin(&town).await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!((post.texts.lock().unwrap().len(), post.mails.lock().unwrap().len()), (1, 0));
        let browser = Browser::of(&town, lin, 2).await;
        let inbox = browser.get("/me/notices").await.ok();
        let links = inbox.attributes("main .lines a", "href");
        assert_eq!((links.len(), inbox.texts("main .lines .tag")), (1, vec!["未读".to_owned(), "法定告知".to_owned()]));
        let notice = browser.get(&links[0]).await.ok();
        let text = notice.texts("main").join(" ");
        assert!(text.contains("依法必须告知") && post.texts.lock().unwrap()[0].body.contains("法定告知"), "{text}");
        assert!(text.contains("2026-7KQ3-MFXD") && text.contains("短信：已发送") && text.contains("邮件：已用另一种方式通知"), "{text}");
        assert!(notice.attributes("main a.button", "href").contains(&"/me/cases/2026-7KQ3-MFXD".to_owned()));
        assert_eq!(browser.get("/me/notices").await.ok().texts("main .lines .tag"), ["法定告知"], "it is read");
        let balance = town.balance().await;
        assert_eq!((balance.said, balance.due, balance.sent, balance.suppressed["another-way"]), (1, 2, 1, 1));
        assert!(balance.holds());
        // What nobody need be told by law is not marked so.
        town.case_goes_on(lin, "delivering").await;
        town.work().await;
        assert_eq!(browser.get("/me/notices").await.ok().texts("main .lines .tag"), ["未读", "法定告知"]);
        let sent = post.texts.lock().unwrap()[1].body.clone();
        assert!(!sent.contains("法定告知") && sent.contains("办理结果："), "what comes of it and how: {sent}");
        // Of somebody else's it is not told whether there is one.
        let other = Browser::of(&town, CitizenId::new(), 2).await;
        assert_eq!(other.get(&links[0]).await.status, 404);
        // Nothing of what it says and to whom can be read in the tables.
        let kept = town.dump(&["notices", "notice_ways"]).await;
        assert!(!kept.contains(PHONE) && !kept.contains("7KQ3"), "{kept}");
        town.close().await;
    }

    /// Three years are enough. What is not said to its end is not forgotten.
    async fn what_was_said_long_ago_is_forgotten(town, post) {
        let lin = lin(&town).await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        town.pass(TimeDelta::days(3 * 365 - 1)).await;
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!(town.balance().await.said, 2);
        town.pass(TimeDelta::days(2)).await;
        let balance = town.balance().await;
        assert_eq!((balance.said, balance.due), (1, 2), "{balance:?}");
        assert!(balance.holds() && post.texts.lock().unwrap().len() == 2);
        town.close().await;
    }

    async fn at_night_only_what_is_urgent_is_told(town, post) {
        let lin = lin(&town).await;
        town.clock.advance(TimeDelta::hours(11));
        town.case_goes_on(lin, "accepted").await;
        let now = town.clock.now();
        town.db.tx(move |c| accounts::tell(c, now, &Tell::new(lin, What::PasswordChanged, now))).await.unwrap();
        town.work().await;
        assert_eq!((post.texts.lock().unwrap().len(), post.mails.lock().unwrap().len()), (1, 1), "of the account, every way");
        assert_eq!(town.balance().await.waiting, 1);
        town.pass(TimeDelta::hours(8)).await;
        assert_eq!(post.texts.lock().unwrap().len(), 1, "seven in the morning");
        town.pass(TimeDelta::hours(1)).await;
        assert_eq!(post.texts.lock().unwrap().len(), 2);
        assert!(town.balance().await.holds());
        town.close().await;
    }

    async fn people_choose_how_they_are_told_and_never_miss_what_happens_to_their_account(town, post) {
        let lin = lin(&town).await;
        let fields: Vec<(&str, &str)> = [&DAY_AND_NIGHT[..], &[("cases", "email")]].concat();
        town.chooses(lin, &fields).await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!((post.texts.lock().unwrap().len(), post.mails.lock().unwrap().len()), (0, 1));
        town.chooses(lin, &DAY_AND_NIGHT).await;
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!((post.texts.lock().unwrap().len(), post.mails.lock().unwrap().len()), (0, 1), "the inbox is enough");
        let now = town.clock.now();
        town.db.tx(move |c| accounts::tell(c, now, &Tell::new(lin, What::NewDevice, now))).await.unwrap();
        town.work().await;
        assert_eq!((post.texts.lock().unwrap().len(), post.mails.lock().unwrap().len()), (1, 2));
        let balance = town.balance().await;
        assert_eq!((balance.said, balance.suppressed["chosen"]), (3, 3));
        assert!(balance.holds());
        // Wrong times are said beside the field, and what was ticked stays.
        let browser = Browser::of(&town, lin, 2).await;
        let wrong = browser.post("/me/notices/choices", &[("cases", "sms"), ("quiet_from", "late"), ("quiet_until", "08:00")]).await;
        assert_eq!((wrong.status, wrong.attributes(".errors a", "href")), (422, vec!["#quiet_from".to_owned()]));
        assert_eq!(wrong.attributes("input[name=cases][checked]", "value"), ["sms"]);
        town.close().await;
    }

    /// A process that dies between handing a mail over and writing that down: one repeat at most, and it is counted.
    async fn a_mail_is_repeated_once_at_most_and_never_silently(town, post) {
        let lin = lin(&town).await;
        // Quiet while the town opens, so that what is said waits for an hour.
        town.chooses(lin, &[("quiet_from", "12:00"), ("quiet_until", "13:00"), ("cases", "email")]).await;
        for (before, uncertain) in [("FALSE", 1), ("TRUE", 2)] {
            town.case_goes_on(lin, "accepted").await;
            town.work().await;
            let died = format!("UPDATE notice_ways SET state = 'trying', uncertain = {before} WHERE state = 'waiting'");
            town.sql(&died).await;
            town.pass(TimeDelta::hours(1)).await;
            assert_eq!(post.mails.lock().unwrap().len(), 1);
            assert_eq!(town.balance().await.uncertain, uncertain);
            town.clock.advance(TimeDelta::hours(23));
        }
        let balance = town.balance().await;
        assert_eq!((balance.sent, balance.failed.values().sum::<i64>()), (1, 1));
        assert!(balance.holds());
        town.close().await;
    }

    async fn what_cannot_be_delivered_is_tried_for_two_days_and_then_accounted_for(town, post) {
        let lin = lin(&town).await;
        town.chooses(lin, &DAY_AND_NIGHT).await;
        post.to_texts.lock().unwrap().extend([503; 500]);
        town.chooses(lin, &[("quiet_from", "00:00"), ("quiet_until", "00:00"), ("cases", "sms")]).await;
        town.case_goes_on(lin, "accepted").await;
        for _ in 0..50 {
            town.pass(TimeDelta::hours(1)).await;
        }
        let balance = town.balance().await;
        assert_eq!((balance.waiting, balance.failed.values().sum::<i64>()), (0, 1), "{balance:?}");
        assert!(balance.failed.keys().all(|reason| reason.contains("503")), "{balance:?}");
        assert!(balance.holds());
        let browser = Browser::of(&town, lin, 2).await;
        let link = browser.get("/me/notices").await.ok().attributes("main .lines a", "href").remove(0);
        assert!(browser.get(&link).await.ok().texts("main").join("").contains("短信：没有送达"));
        town.close().await;
    }

    async fn a_telephone_that_was_taken_off_while_it_waited_is_not_told(town, post) {
        let lin = lin(&town).await;
        town.clock.advance(TimeDelta::hours(11));
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        town.sql("DELETE FROM contact_points WHERE kind = 'phone'").await;
        town.pass(TimeDelta::hours(10)).await;
        assert!(post.texts.lock().unwrap().is_empty());
        let balance = town.balance().await;
        assert_eq!(balance.suppressed["no-address"], 1);
        assert!(balance.holds());
        town.close().await;
    }

    /// From within a mail, without signing in: with a press, and not by a program that follows links.
    async fn mails_about_something_end_with_one_press(town, post) {
        let lin = lin(&town).await;
        let by_mail: Vec<(&str, &str)> = [&DAY_AND_NIGHT[..], &[("cases", "email"), ("bookings", "email")]].concat();
        town.chooses(lin, &by_mail).await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        let mail = post.mails.lock().unwrap().remove(0).text.replace("\r\n ", " ");
        assert!(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{mail}");
        let header = mail.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: <")).expect("where to");
        let path = header.trim().trim_end_matches('>').replace(town.portal().site.origin(), "");
        let page = town.get(&path).await.ok().texts("main").join(" ");
        assert!(page.contains("办件进度") && !page.contains("林"), "{page}");
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!(post.mails.lock().unwrap().len(), 1, "looking changes nothing");
        // Whatever waits until the night is over does not go out either.
        town.chooses(lin, &[("quiet_from", "12:00"), ("quiet_until", "13:00"), ("cases", "email"), ("bookings", "email")]).await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        let press = town.client().post(town.url(&path)).body("List-Unsubscribe=One-Click");
        assert_eq!(town.ask(press).await.status, 200);
        town.pass(TimeDelta::hours(2)).await;
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!((post.texts.lock().unwrap().len(), post.mails.lock().unwrap().len()), (0, 1), "nor a text message in its place");
        let balance = town.balance().await;
        assert!(balance.holds() && balance.said == 4, "{balance:?}");
        // Of their account everybody hears, and other topics are as they were.
        let now = town.clock.now();
        town.db.tx(move |c| accounts::tell(c, now, &Tell::new(lin, What::NewDevice, now))).await.unwrap();
        town.work().await;
        let mail = post.mails.lock().unwrap().pop().unwrap().text;
        assert!(!mail.contains("List-Unsubscribe"), "{mail}");
        let choices = Browser::of(&town, lin, 2).await.get("/me/notices/choices").await.ok();
        assert_eq!(choices.attributes("input[name=bookings][checked]", "value"), ["email"]);
        assert!(choices.attributes("input[name=cases][checked]", "value").is_empty());
        // Nobody makes such an address.
        for forged in ["/notices/stop/x", "/notices/stop/AAAA"] {
            assert_eq!(town.get(forged).await.status, 404);
            assert_eq!(town.ask(town.client().post(town.url(forged))).await.status, 404);
        }
        town.close().await;
    }

    async fn an_appointment_comes_with_an_entry_for_the_calendar(town, post) {
        let lin = lin(&town).await;
        let by_mail: Vec<(&str, &str)> = [&DAY_AND_NIGHT[..], &[("bookings", "email")]].concat();
        town.chooses(lin, &by_mail).await;
        for state in ["booked", "cancelled"] {
            let (now, starts) = (town.clock.now(), town.clock.now() + TimeDelta::days(3));
            let news = BookingNews {
                citizen: lin,
                principal: None,
                reference: "B-2026-7KQ3".to_owned(),
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
        let mails: Vec<String> = post.mails.lock().unwrap().iter().map(|mail| mail.text.clone()).collect();
        assert_eq!(mails.len(), 2);
        assert!(mails[0].contains("text/calendar") && mails[0].contains("dates.ics"), "{}", mails[0]);
        assert!(!mails[1].contains("text/calendar"), "what is cancelled is no appointment");
        town.close().await;
    }

    async fn nobody_is_sent_more_than_enough_in_a_day(town, post) {
        let lin = lin(&town).await;
        town.chooses(lin, &DAY_AND_NIGHT).await;
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("cases", "sms")]].concat()).await;
        for _ in 0..12 {
            town.case_goes_on(lin, "accepted").await;
            town.work().await;
        }
        assert_eq!(post.texts.lock().unwrap().len(), 10);
        let balance = town.balance().await;
        assert!(balance.holds() && balance.suppressed["enough"] == 2 && balance.said == 12, "{balance:?}");
        // What happens to the account is not held back, and tomorrow is another day.
        let now = town.clock.now();
        town.db.tx(move |c| accounts::tell(c, now, &Tell::new(lin, What::NewDevice, now))).await.unwrap();
        town.work().await;
        assert_eq!(post.texts.lock().unwrap().len(), 11);
        town.clock.advance(TimeDelta::hours(25));
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!(post.texts.lock().unwrap().len(), 12);
        town.close().await;
    }

    /// What is said at the same time leaves as a set: one that is refused goes another way, and the others as they would alone.
    async fn a_set_of_notices_goes_out_each_for_itself(town, post) {
        let lin = lin(&town).await;
        post.to_texts.lock().unwrap().extend([202, 400, 202]);
        for state in ["accepted", "correction-required", "granted"] {
            town.case_goes_on(lin, state).await;
        }
        town.work().await;
        assert_eq!((post.texts.lock().unwrap().len(), post.mails.lock().unwrap().len()), (3, 1));
        let balance = town.balance().await;
        assert!(balance.holds() && (balance.said, balance.sent, balance.waiting) == (3, 3, 0), "{balance:?}");
        town.close().await;
    }

    async fn mails_that_follow_one_another_share_a_connection(town, post) {
        let lin = lin(&town).await;
        for what in [What::PasswordChanged, What::NewDevice] {
            let now = town.clock.now();
            town.db.tx(move |c| accounts::tell(c, now, &Tell::new(lin, what, now))).await.unwrap();
            town.work().await;
        }
        assert_eq!(post.mails.lock().unwrap().len(), 2);
        assert_eq!(post.conversations.load(Ordering::SeqCst), 1);
        // One over which something went wrong is not trusted again.
        post.breaks.store(1, Ordering::SeqCst);
        for what in [What::PasswordChanged, What::NewDevice] {
            let now = town.clock.now();
            town.db.tx(move |c| accounts::tell(c, now, &Tell::new(lin, what, now))).await.unwrap();
            town.work().await;
        }
        assert_eq!(post.mails.lock().unwrap().len(), 4);
        assert_eq!(post.conversations.load(Ordering::SeqCst), 2);
        town.clock.advance(TimeDelta::minutes(5));
        town.work().await;
        assert_eq!(post.mails.lock().unwrap().len(), 5, "what may have been lost goes out once more, as before");
        assert!(town.balance().await.holds());
        town.close().await;
    }

    /// The account is no decoration: what waits and is not in the queue is missed.
    async fn what_was_lost_from_the_queue_shows(town, post) {
        let lin = lin(&town).await;
        town.clock.advance(TimeDelta::hours(11));
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert!(town.balance().await.holds());
        town.sql("DELETE FROM jobs WHERE kind = 'notices.send'").await;
        let balance = town.balance().await;
        assert!(!balance.holds() && balance.lost == 1, "{balance:?}");
        drop(post);
        town.close().await;
    }
}

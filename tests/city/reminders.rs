//! Reminders: each date once, in time, whatever happens in between; and every one of them accounted for.

use chrono::TimeDelta;
use tempfile::TempDir;
use yimen::{accounts::staff::Role, ledger::CitizenId, platform::clock::city_day, reminders};
use yimen_sandbox::Fault;

use crate::{
    bookings::{ADVICE, MONDAY, form_of},
    cases::{lin, load},
    desk::{apply, asked_to_correct, worker},
    on_both_engines,
    packages::{copy, edit, install},
    people::{Browser, citizen},
    town::Town,
    wallet::{HE, WALLET},
};

impl Town {
    /// The account, which holds at every moment.
    async fn account(&self) -> reminders::Balance {
        let now = self.clock.now();
        let balance = self.db.snapshot(move |c| reminders::balance(c, now)).await.unwrap();
        assert!(balance.holds(), "{balance:?}");
        balance
    }

    /// The titles in somebody's inbox, the newest first.
    async fn reminded_of(&self, citizen: CitizenId) -> Vec<String> {
        let page = Browser::of(self, citizen, 2).await.get("/me/notices").await.ok();
        page.texts("main .lines a.line-name")
    }

    async fn writes_down(&self, citizen: CitizenId, expires: &str) -> String {
        let fields = [
            ("kind", "other"),
            ("name", "健身卡"),
            ("number", "G-1"),
            ("issued", "2026-01-01"),
            ("expires", expires),
        ];
        let at = Browser::of(self, citizen, 2).await.post("/me/wallet/add", &fields).await.location();
        at.split('?').next().unwrap().to_owned()
    }

    async fn changes(&self, citizen: CitizenId, at: &str, expires: &str) {
        let fields = [
            ("kind", "other"),
            ("name", "健身卡"),
            ("number", "G-1"),
            ("issued", "2026-01-01"),
            ("expires", expires),
        ];
        let changed = Browser::of(self, citizen, 2).await.post(&format!("{at}/change"), &fields).await;
        assert!(changed.location().ends_with("said=kept"), "{:?}", changed.texts(".errors"));
    }

    /// The address of somebody's only date.
    async fn date(&self, citizen: CitizenId) -> String {
        let page = Browser::of(self, citizen, 2).await.get("/me/reminders").await.ok();
        page.attributes("main .lines a.line-name", "href").remove(0)
    }
}

async fn he(town: &Town) -> CitizenId {
    citizen(town, HE.0, HE.1, HE.2).await
}

on_both_engines! {
    /// What an agency issues is reminded of by the rule of its kind, after another look at the agency.
    async fn documents_are_reminded_of_as_their_rules_say(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let who = he(&town).await;
        Browser::of(&town, who, 3).await.post("/me/wallet/fetch", &[]).await;
        town.work().await;
        town.pass(TimeDelta::minutes(10)).await;
        // On 20 November: a certificate that ends on 17 December (60, 30, 7 days), and one whose last day to act is 6
        // December (120, 90, 60, 45, 35 days before 5 January), and one that ends next May (365, 180, 120). Of what was
        // missed, the latest is sent.
        let told = town.reminded_of(who).await;
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().any(|title| title == "网络预约出租汽车驾驶员证：还有 27 天"), "{told:?}");
        let account = town.account().await;
        assert_eq!((account.sent, account.waiting, account.suppressed["overtaken"]), (3, 0, 4), "{account:?}");
        // Where the last day to act comes before the end, it is said wherever the end is.
        let he = Browser::of(&town, who, 2).await;
        let notices = he.get("/me/notices").await.ok();
        let place = notices.texts("main .lines a.line-name").iter().position(|title| title.starts_with("道路运输"));
        let at = notices.attributes("main .lines a.line-name", "href")[place.unwrap()].clone();
        let text = he.reads(&at).await;
        assert!(text.contains("最晚要在 2026年12月6日 办理") && text.contains("2027年1月5日"), "{text}");
        let dates = he.get("/me/reminders").await.ok();
        for text in [dates.texts("main").join(" "), he.reads(WALLET).await] {
            assert!(text.contains("2027年1月5日 · 最晚 2026年12月6日 办理"), "{text}");
        }
        // A plan by which nobody is reminded before that day is none, and whoever sleeps past it sleeps over it.
        let place = dates.texts("main .lines a.line-name").iter().position(|name| name.starts_with("道路运输"));
        let date = dates.attributes("main .lines a.line-name", "href")[place.unwrap()].clone();
        let wrong = he.post(&date, &[("plan", "60, 30, 7"), ("snooze", "")]).await;
        assert_eq!((wrong.status, wrong.attributes(".errors a", "href")), (422, vec!["#plan".to_owned()]));
        assert!(wrong.texts(".errors").join("").contains("提前 30 天以上"));
        let wrong = he.post(&date, &[("plan", "120, 90, 60, 45, 35"), ("snooze", "2026-12-07")]).await;
        assert_eq!((wrong.status, wrong.attributes(".errors a", "href")), (422, vec!["#snooze".to_owned()]));
        // Forty-five days before 5 January is the 21st: one more, and nothing twice, however often it is looked.
        for _ in 0..3 {
            town.pass(TimeDelta::hours(8)).await;
        }
        assert_eq!(town.reminded_of(who).await.len(), 4);
        town.pass(TimeDelta::days(9)).await;
        town.pass(TimeDelta::days(1)).await;
        town.pass(TimeDelta::minutes(10)).await;
        let told = town.reminded_of(who).await;
        assert_eq!((told.len(), told[0].as_str()), (5, "道路运输从业人员从业资格证：还有 35 天"), "{told:?}");
        town.pass(TimeDelta::days(9)).await;
        town.pass(TimeDelta::minutes(10)).await;
        let told = town.reminded_of(who).await;
        assert_eq!((told.len(), told[0].as_str()), (6, "网络预约出租汽车驾驶员证：还有 7 天"), "{told:?}");
        assert_eq!(town.account().await.unchecked, 0, "the agency was asked each time");
        // Each look at the agency is on record.
        let looks = Browser::of(&town, who, 3).await.reads("/me/looks").await;
        assert!(looks.contains("交通运输") && looks.contains("证照信息"), "{looks}");
        town.account().await;
        backends.stop().await;
        town.close().await;
    }

    /// A service that is there in some months: when it opens, before it closes, and the next year again.
    async fn what_comes_every_year_is_reminded_of_every_year(town: Town) {
        let who = he(&town).await;
        let he = Browser::of(&town, who, 2).await;
        assert_eq!(he.get("/me/reminders/yearly/YZ02022").await.status, 404, "it is always there");
        let page = he.reads("/me/reminders/yearly/YZ14008").await;
        assert!(page.contains("2027年3月1日") && page.contains("2027年6月30日"), "{page}");
        // Wanting it twice is wanting it once.
        for _ in 0..2 {
            assert_eq!(he.post("/me/reminders/yearly/YZ14008", &[]).await.location(), "/me/reminders?said=set");
        }
        let name = "年度汇算";
        let seen = async |days: i64| {
            town.pass(TimeDelta::days(days)).await;
            town.pass(TimeDelta::minutes(10)).await;
            town.account().await;
            let told = town.reminded_of(who).await;
            assert!(told.iter().all(|title| title.contains(name)), "{told:?}");
            told.first().map(|title| (told.len(), title.split('：').next_back().unwrap().to_owned()))
        };
        assert_eq!(seen(90).await, None, "it is not there yet");
        assert_eq!(seen(12).await, Some((1, "还有 120 天".to_owned())));
        assert_eq!(seen(92).await, Some((2, "还有 28 天".to_owned())));
        // Whoever missed the end is reminded of the next year, and of nothing before.
        assert_eq!(seen(40).await.map(|(count, _)| count), Some(2));
        assert!(Browser::of(&town, who, 2).await.reads("/me/reminders").await.contains("2028年6月30日"));
        assert_eq!(seen(236).await, Some((3, "还有 118 天".to_owned())));
        // Whoever wants it no more has it no more.
        let date = town.date(who).await;
        Browser::of(&town, who, 2).await.post(&format!("{date}/forget"), &[]).await;
        assert_eq!(seen(366).await.map(|(count, _)| count), Some(3));
        town.close().await;
    }

    /// An agency that is away is waited for, but not longer than it is of use.
    async fn a_source_that_is_away_keeps_nobody_from_being_reminded(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let who = he(&town).await;
        Browser::of(&town, who, 3).await.post("/me/wallet/fetch", &[]).await;
        town.work().await;
        town.pass(TimeDelta::minutes(10)).await;
        let before = town.reminded_of(who).await.len();
        backends.get("transport").unwrap().fail(Fault { status: Some(500), ..Fault::default() });
        town.pass(TimeDelta::days(20)).await;
        let account = town.account().await;
        assert!(account.waiting >= 1, "7 days before the end it waits for the agency: {account:?}");
        for _ in 0..80 {
            town.pass(TimeDelta::hours(1)).await;
        }
        let account = town.account().await;
        assert_eq!(account.waiting, 0, "{account:?}");
        assert!(account.unchecked >= 1 && town.reminded_of(who).await.len() > before);
        let page = Browser::of(&town, who, 2).await;
        let at = page.get("/me/notices").await.ok().attributes("main .lines a.line-name", "href").remove(0);
        assert!(page.reads(&at).await.contains("没能再向部门核对"));
        backends.stop().await;
        town.close().await;
    }

    async fn whatever_is_renewed_moved_or_put_aside_is_not_reminded_of(town: Town) {
        let who = he(&town).await;
        // 60, 30, 7 and 1 days before.
        let at = town.writes_down(who, "2027-02-28").await;
        town.work().await;
        assert_eq!(town.account().await.due, 0);
        // A second before the run, it is renewed: nothing is said of the old date.
        town.clock.advance(TimeDelta::days(40));
        town.changes(who, &at, "2028-02-29").await;
        town.work().await;
        town.pass(TimeDelta::minutes(10)).await;
        assert!(town.reminded_of(who).await.is_empty());
        // It arms itself for the new one, on the leap day too.
        let until = |day: &str| {
            let day = day.parse::<chrono::NaiveDate>().unwrap();
            TimeDelta::days((day - city_day(town.clock.now())).num_days())
        };
        town.pass(until("2027-12-30")).await;
        assert!(town.reminded_of(who).await.is_empty());
        town.pass(until("2027-12-31")).await;
        assert_eq!(town.reminded_of(who).await.len(), 1, "{:?}", town.account().await);
        // Earlier than was thought: the rest of its plan follows the new date.
        let soon = city_day(town.clock.now()) + chrono::Days::new(7);
        town.changes(who, &at, &soon.to_string()).await;
        town.work().await;
        town.pass(TimeDelta::minutes(10)).await;
        let told = town.reminded_of(who).await;
        assert!(told[0].contains("还有 7 天") && told.len() == 2, "{told:?}");
        // Put aside, nothing more is said; the account goes on holding.
        Browser::of(&town, who, 2).await.post(&format!("{at}/discard"), &[]).await;
        town.work().await;
        town.pass(TimeDelta::days(10)).await;
        assert_eq!(town.reminded_of(who).await.len(), 2);
        town.account().await;
        town.close().await;
    }

    /// A run that was missed is made up for, and a clock that goes back says nothing twice.
    async fn a_clock_that_jumps_misses_and_repeats_nothing(town: Town) {
        let who = he(&town).await;
        town.writes_down(who, "2027-02-28").await;
        town.work().await;
        for jump in [TimeDelta::hours(1), TimeDelta::days(1), TimeDelta::days(-1), TimeDelta::days(41), TimeDelta::days(-1), TimeDelta::days(1)] {
            town.clock.advance(jump);
            town.work().await;
            town.clock.advance(TimeDelta::minutes(10));
            town.work().await;
            town.account().await;
        }
        assert_eq!(town.reminded_of(who).await.len(), 1, "60 days before");
        town.pass(TimeDelta::days(60)).await;
        town.pass(TimeDelta::minutes(10)).await;
        let account = town.account().await;
        let told = town.reminded_of(who).await;
        assert!(told[0].starts_with("您的证照：已过 "), "{told:?}");
        // 30, 7 and 1 came due at once: the last is said, the others are accounted for.
        assert_eq!((account.due, account.sent), (4, 2), "{account:?}");
        assert_eq!(account.suppressed.values().sum::<u64>(), 2);
        town.close().await;
    }

    async fn people_choose_when_and_whether_they_are_reminded(town: Town) {
        let who = he(&town).await;
        let at = town.writes_down(who, "2027-02-28").await;
        town.work().await;
        let date = town.date(who).await;
        let he = Browser::of(&town, who, 2).await;
        assert!(he.reads("/me/reminders").await.contains("健身卡") && he.reads(&date).await.contains("健身卡"));
        let wrong = he.post(&date, &[("plan", "soon"), ("snooze", "2020-01-01")]).await;
        assert_eq!((wrong.status, wrong.attributes(".errors a", "href")), (422, vec!["#plan".to_owned(), "#snooze".to_owned()]));
        // Other days than the rule's.
        assert_eq!(he.post(&date, &[("plan", "90"), ("snooze", "")]).await.status, 303);
        town.pass(TimeDelta::days(11)).await;
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!(town.reminded_of(who).await.len(), 1, "{:?}", town.account().await);
        // Not now.
        let he = Browser::of(&town, who, 2).await;
        he.post(&date, &[("plan", "60"), ("snooze", "2027-01-20")]).await;
        town.pass(TimeDelta::days(29)).await;
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!(town.reminded_of(who).await.len(), 1);
        let account = town.account().await;
        assert_eq!((account.waiting, account.asleep), (1, 1), "{account:?}");
        town.pass(TimeDelta::days(21)).await;
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!(town.reminded_of(who).await.len(), 2, "{:?}", town.account().await);
        // None.
        let he = Browser::of(&town, who, 2).await;
        he.post(&date, &[("plan", "30"), ("snooze", ""), ("mute", "yes")]).await;
        town.pass(TimeDelta::days(20)).await;
        assert_eq!(town.reminded_of(who).await.len(), 2);
        assert_eq!(town.account().await.suppressed["muted"], 1);
        // Of another's date nothing can be said.
        let other = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        let other = Browser::of(&town, other, 3).await;
        assert_eq!(other.get(&date).await.status, 404);
        assert_eq!(other.post(&date, &[("plan", "30"), ("snooze", "")]).await.status, 404);
        drop(at);
        town.close().await;
    }

    async fn dates_of_ones_own_stay_ones_own(town: Town) {
        let who = he(&town).await;
        let he = Browser::of(&town, who, 2).await;
        let wrong = he.post("/me/reminders", &[("words", ""), ("due", "2020-01-01"), ("plan", "x")]).await;
        assert_eq!(wrong.attributes(".errors a", "href"), ["#words", "#due", "#plan"]);
        let set = [("words", "孩子的疫苗"), ("due", "2026-12-01"), ("plan", "7, 1")];
        assert_eq!(he.post("/me/reminders", &set).await.location(), "/me/reminders?said=set");
        assert!(he.reads("/me/reminders").await.contains("孩子的疫苗"));
        town.pass(TimeDelta::days(4)).await;
        town.pass(TimeDelta::minutes(10)).await;
        let told = town.reminded_of(who).await;
        assert_eq!(told, ["您自己记的日期：还有 7 天"], "what it is stands nowhere but on the page");
        assert!(!town.dump(&["deadlines", "reminders", "notices", "notice_ways", "jobs"]).await.contains("疫苗"));
        // In one's own calendar, at an address that ends when one says so.
        let he = Browser::of(&town, who, 2).await;
        assert_eq!(he.post("/me/reminders/calendar", &[]).await.location(), "/me/reminders?said=calendar");
        let address = he.get("/me/reminders").await.ok().attributes("#address", "value").remove(0);
        let path = address.split_once("/calendar/").map(|(_, rest)| format!("/calendar/{rest}")).unwrap();
        let anybody = Browser::new(&town);
        let feed = anybody.get(&path).await;
        assert_eq!(feed.status, 200);
        assert!(feed.headers["content-type"].to_str().unwrap().starts_with("text/calendar"));
        let text = feed.body.replace("\r\n ", "");
        assert!(text.contains("DTSTART;VALUE=DATE:20261201\r\n") && text.contains("SUMMARY:孩子的疫苗\r\n"), "{text}");
        assert_eq!(anybody.get("/calendar/7KQ37KQ37KQ37KQ37KQ37KQ37KQ37KQ3.ics").await.status, 404);
        he.post("/me/reminders/calendar/end", &[]).await;
        assert_eq!(anybody.get(&path).await.status, 404);
        let date = town.date(who).await;
        let he = Browser::of(&town, who, 2).await;
        assert_eq!(he.post(&format!("{date}/forget"), &[]).await.location(), "/me/reminders?said=forgotten");
        town.pass(TimeDelta::days(10)).await;
        assert_eq!(town.reminded_of(who).await.len(), 1);
        town.account().await;
        town.close().await;
    }

    /// A date that ended is forgotten after two years, with what it was reminded of; one that did not, is not.
    async fn dates_that_ended_long_ago_are_forgotten(town: Town) {
        let who = he(&town).await;
        let he = Browser::of(&town, who, 2).await;
        for (words, due) in [("a", "2026-12-01"), ("b", "2030-12-01")] {
            he.post("/me/reminders", &[("words", words), ("due", due), ("plan", "7, 1")]).await;
        }
        town.pass(TimeDelta::days(4)).await;
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!(town.account().await.due, 1);
        let date = town.date(who).await;
        Browser::of(&town, who, 2).await.post(&format!("{date}/forget"), &[]).await;
        town.pass(TimeDelta::days(2 * 365 - 1)).await;
        assert_eq!(town.account().await.due, 1, "it may still be asked about");
        town.pass(TimeDelta::days(2)).await;
        let account = town.account().await;
        assert_eq!((account.due, account.deadlines), (0, 1), "{account:?}");
        town.close().await;
    }

    /// A package that plans other reminders: those that wait by the old plan are not sent, and the new ones are.
    async fn a_rule_that_changes_is_counted_anew(town: Town) {
        let who = he(&town).await;
        let fields = [("kind", "L35"), ("number", "L35-1"), ("issued", "2024-02-01"), ("expires", "2027-02-01")];
        Browser::of(&town, who, 2).await.post("/me/wallet/add", &fields).await;
        town.work().await;
        town.pass(TimeDelta::minutes(30)).await;
        let plan = async |town: &Town| town.lines("SELECT rule_plan AS line FROM deadlines".to_owned()).await;
        assert_eq!(plan(&town).await, ["60,30,7"]);
        let (_folder, transport) = copy("transport");
        edit(&transport.join("licences/L35.toml"), "reminder_days = [60, 30, 7]", "reminder_days = [70, 20]");
        install(&town, "transport", &transport).await.unwrap();
        town.portal().refresh().await.unwrap();
        town.pass(TimeDelta::minutes(30)).await;
        town.work().await;
        assert_eq!(plan(&town).await, ["70,20"]);
        // 73 days before today, three later.
        town.pass(TimeDelta::days(3)).await;
        town.pass(TimeDelta::minutes(10)).await;
        let told = town.reminded_of(who).await;
        assert!(told.len() == 1 && told[0].contains("还有 70 天"), "{told:?}");
        town.account().await;
        town.close().await;
    }

    /// What waits, since its holder wanted to sleep over it, of a date that moves or by a rule that is another now is not sent,
    /// and the account says why.
    async fn what_waits_of_what_was_is_not_sent_and_says_why(town: Town) {
        let who = he(&town).await;
        let he = Browser::of(&town, who, 2).await;
        let fields = |kind: &'static str, number: &'static str, issued: &'static str, expires: &'static str| {
            [("kind", kind), ("name", "健身卡"), ("number", number), ("issued", issued), ("expires", expires)]
        };
        let mut at = Vec::new();
        for (kind, number, issued, expires) in [
            ("other", "G-1", "2026-01-01", "2027-02-28"),
            ("other", "G-2", "2026-01-01", "2027-02-28"),
            ("L35", "L35-1", "2024-02-01", "2027-02-01"),
        ] {
            let added = he.post("/me/wallet/add", &fields(kind, number, issued, expires)).await.location();
            at.push(added.split('?').next().unwrap().to_owned());
        }
        town.work().await;
        town.sql("UPDATE deadlines SET snoozed_until = '2027-01-20'").await;
        town.pass(TimeDelta::days(40)).await;
        let account = town.account().await;
        assert_eq!((account.waiting, account.asleep, account.sent), (3, 3, 0), "{account:?}");
        // One ends earlier, one later, and of the third people are reminded by another rule.
        let he = Browser::of(&town, who, 2).await;
        for (at, number, expires) in [(&at[0], "G-1", "2027-02-10"), (&at[1], "G-2", "2028-02-28")] {
            let changed = he.post(&format!("{at}/change"), &fields("other", number, "2026-01-01", expires)).await;
            assert!(changed.location().ends_with("said=kept"), "{:?}", changed.texts(".errors"));
        }
        let (_folder, transport) = copy("transport");
        edit(&transport.join("licences/L35.toml"), "reminder_days = [60, 30, 7]", "reminder_days = [70, 20]");
        install(&town, "transport", &transport).await.unwrap();
        town.portal().refresh().await.unwrap();
        town.pass(TimeDelta::minutes(30)).await;
        town.pass(TimeDelta::minutes(10)).await;
        let account = town.account().await;
        for why in ["moved", "renewed", "rule-changed"] {
            assert_eq!(account.suppressed[why], 1, "{why}: {account:?}");
        }
        assert_eq!((account.waiting, account.asleep, account.sent), (2, 2, 0), "{account:?}");
        // Awake again they hear of the two that come near, each once.
        town.pass(TimeDelta::days(21)).await;
        town.pass(TimeDelta::minutes(10)).await;
        let told = town.reminded_of(who).await;
        assert_eq!(told.len(), 2, "{told:?}");
        for days in ["还有 21 天", "还有 12 天"] {
            assert!(told.iter().any(|title| title.contains(days)), "{told:?}");
        }
        let account = town.account().await;
        assert_eq!((account.suppressed["overtaken"], account.waiting), (2, 0), "{account:?}");
        town.close().await;
    }

    /// A renewal that is written down, and that nothing has carried on yet when the reminder goes out.
    async fn a_renewal_of_the_last_second_is_seen(town: Town) {
        let who = he(&town).await;
        let at = town.writes_down(who, "2027-02-28").await;
        town.work().await;
        town.clock.advance(TimeDelta::days(40));
        town.changes(who, &at, "2029-02-28").await;
        town.sql("DELETE FROM jobs WHERE kind = 'wallet.changed'").await;
        town.work().await;
        town.pass(TimeDelta::minutes(10)).await;
        assert!(town.reminded_of(who).await.is_empty());
        let account = town.account().await;
        assert_eq!((account.due, account.suppressed["renewed"], account.waiting), (1, 1, 0), "{account:?}");
        town.close().await;
    }

    /// The day before an appointment, and no word of one that was given back.
    async fn appointments_are_reminded_of_while_they_stand(town: Town) {
        let who = he(&town).await;
        let form = form_of("legal-aid", ADVICE);
        let browser = Browser::of(&town, who, 3).await;
        let monday = browser.free_on(ADVICE, MONDAY).await.remove(0);
        let kept = browser.books(ADVICE, &monday, &form).await;
        let tuesday = browser.free_on(ADVICE, "2026-11-24").await.remove(0);
        let given_back = browser.books(ADVICE, &tuesday, &form).await;
        town.work().await;
        assert_eq!(browser.get("/me/reminders").await.ok().texts("main .line-name").len(), 2);
        let tickets = async || {
            let page = browser.get(WALLET).await.ok();
            page.attributes("main section[aria-labelledby=tickets] a.line-name", "href")
        };
        assert_eq!(tickets().await, [kept.clone(), given_back.clone()], "they stand in the wallet, too");
        browser.post(&format!("{given_back}/cancel"), &[]).await;
        town.work().await;
        assert_eq!(browser.get("/me/reminders").await.ok().texts("main .line-name").len(), 1);
        assert_eq!(tickets().await, std::slice::from_ref(&kept));
        let reminders = async || {
            let told = town.reminded_of(who).await;
            told.into_iter().filter(|title| title.ends_with("：明天")).count()
        };
        town.pass(TimeDelta::days(1)).await;
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!(reminders().await, 0, "two days before");
        town.pass(TimeDelta::days(1)).await;
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!(reminders().await, 1, "{:?}", town.reminded_of(who).await);
        town.pass(TimeDelta::days(2)).await;
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!(reminders().await, 1);
        assert!(Browser::of(&town, who, 3).await.get(&kept).await.status == 200);
        town.account().await;
        town.close().await;
    }

    /// What an agency wants put right, until it is.
    async fn corrections_are_reminded_of_until_they_are_made(town: Town) {
        let who = lin(&town).await;
        let browser = Browser::of(&town, who, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, "government-services").await;
        let (open, done) = (apply(&browser).await, apply(&browser).await);
        asked_to_correct(&officer, &open, "2026-12-01").await;
        asked_to_correct(&officer, &done, "2026-12-01").await;
        town.work().await;
        let fields = [("round", "0"), ("info_wanted", "另一份文件"), ("info_form", "paper")];
        assert_eq!(browser.post(&format!("{done}/correct"), &fields).await.status, 303);
        town.work().await;
        town.pass(TimeDelta::days(7)).await;
        let soon = town.reminded_of(who).await.into_iter().filter(|title| title.contains("还有 3 天")).count();
        assert_eq!(soon, 0, "four days before");
        town.pass(TimeDelta::days(1)).await;
        town.pass(TimeDelta::minutes(10)).await;
        let told = town.reminded_of(who).await;
        assert_eq!(told.iter().filter(|title| title.contains("还有 3 天")).count(), 1, "{told:?}");
        town.account().await;
        town.close().await;
    }

    /// The account is no decoration: what waits and nobody works on is missed.
    async fn what_was_lost_shows(town: Town) {
        let who = he(&town).await;
        town.writes_down(who, "2026-12-20").await;
        town.work().await;
        town.clock.advance(TimeDelta::minutes(10));
        let now = town.clock.now();
        town.sql("DELETE FROM jobs").await;
        town.db.tx(move |c| reminders::look_soon(c, now)).await.unwrap();
        town.work().await;
        town.account().await;
        town.sql("UPDATE reminders SET state = 'waiting', settled_at = NULL, reason = NULL").await;
        let balance = town.db.snapshot(move |c| reminders::balance(c, now)).await.unwrap();
        assert!(!balance.holds() && balance.lost > 0 && balance.late == 0, "{balance:?}");
        // What waits longer than any source is waited for is brought before administrators; what sleeps is not.
        town.clock.advance(TimeDelta::days(5));
        let (chief, _) = worker(&town, "chief", Role::Administrator, "/").await;
        assert!(chief.reads("/admin").await.contains("等得太久的提醒 2 项"));
        assert!(chief.reads("/admin/balance").await.contains("待发中等得太久的"));
        town.sql("UPDATE deadlines SET snoozed_until = '2026-12-10'").await;
        assert!(!chief.reads("/admin").await.contains("等得太久的提醒"));
        town.close().await;
    }
}

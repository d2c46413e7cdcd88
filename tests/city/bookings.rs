//! Appointments, from the calendar to the counter: in the agencies' own calendars and in those that the portal keeps.

mod hanging;
mod kept;

use std::{collections::BTreeSet, sync::Arc};

use chrono::TimeDelta;
use serde_json::{Value, json};
use tempfile::TempDir;
use yimen::{
    accounts::{self, AccountError, staff::Role},
    bookings::Reports,
    gateway::{
        events::{Applies as _, Inbound, Settled},
        outages,
    },
    ledger::CitizenId,
};
use yimen_contract::{
    Files, Package,
    capability::EventKind,
    package,
    query::ServedBy,
    service::{Audience, Service, Status},
};
use yimen_forms::Form;
use yimen_sandbox::{Fault, Wrong};

use crate::{
    cases::examples,
    on_both_engines,
    people::{Browser, citizen, keys, number},
    staff::{at_work, hired},
    town::{Answer, Engine, Town, packages},
};

/// A hospital with SOAP; the legal aid centre, whose calendar the portal keeps, one person at a time.
pub const DOCTOR: &str = "YZ07011";
/// A hospital that keeps a time while the form is filled in.
pub const KEEPS: &str = "YZ07012";
pub const ADVICE: &str = "YZ15014";
/// The next one after the Friday on which every town opens.
pub const MONDAY: &str = "2026-11-23";

fn load(slug: &str) -> Package {
    package::load(slug, &Files::read_folder(&packages().join("agencies").join(slug))).unwrap()
}

/// The form of a service that is booked here.
fn booked(package: &Package, service: &Service) -> Option<Form> {
    let kept = service.booking.as_ref().is_some_and(|booking| !booking.places.is_empty());
    let given = service.served_by == Some(ServedBy::Slots) || kept;
    let fits = service.status == Status::Online && service.audience != Audience::Enterprise && given;
    fits.then(|| Form::read(&package.forms[service.form.as_ref()?]).ok())?
}

pub fn form_of(slug: &str, code: &str) -> Form {
    let package = load(slug);
    let service = package.services.iter().find(|service| service.code == code).unwrap();
    booked(&package, service).unwrap()
}

impl Browser<'_> {
    /// The first times that are free, from the first day that has any.
    pub async fn free(&self, code: &str) -> Vec<String> {
        let page = self.get(&format!("/services/{code}/start")).await.ok();
        page.attributes("main input[name=slot]", "value")
    }

    /// What is free on a day.
    pub async fn free_on(&self, code: &str, day: &str) -> Vec<String> {
        let page = self.get(&format!("/services/{code}/start?day={day}")).await.ok();
        page.attributes("main input[name=slot]", "value")
    }

    /// Chooses a time. Where it leads.
    pub async fn chooses(&self, code: &str, slot: &str) -> Answer {
        self.post(&format!("/services/{code}/start"), &[("slot", slot)]).await
    }

    /// Answers everything, from where a choice led to the summary. Its address.
    pub async fn answers(&self, from: &str, form: &Form) -> String {
        let answers = examples(form);
        let pairs: Vec<(&str, &str)> =
            answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let mut at = self.get(from).await.location();
        for _ in 0..20 {
            if at.ends_with("/review") {
                return at;
            }
            let sent = self.post(&at, &pairs).await;
            assert_eq!(sent.status, 303, "{at}: {:?}", sent.texts(".errors"));
            at = sent.location();
        }
        panic!("{from} has no end");
    }

    /// Confirms what is summed up there. The ticket's address.
    pub async fn confirms(&self, review: &str) -> String {
        let sent = self.post(&review.replace("/review", "/book"), &[]).await;
        let at = sent.location();
        assert!(
            at.starts_with("/me/bookings/"),
            "{review}: {} {at}: {}",
            sent.status,
            self.text(review).await
        );
        at.split('?').next().unwrap().to_owned()
    }

    pub async fn books(&self, code: &str, slot: &str, form: &Form) -> String {
        let chosen = self.chooses(code, slot).await;
        assert_eq!(chosen.status, 303, "{:?}", chosen.texts("main"));
        let review = self.answers(&chosen.location(), form).await;
        self.confirms(&review).await
    }

    async fn text(&self, path: &str) -> String {
        self.get(path).await.ok().texts("main").join(" ")
    }

    /// Where a booking stands, as the tag under the name says.
    pub async fn state(&self, ticket: &str) -> String {
        self.get(ticket).await.ok().texts("main .tag").remove(0)
    }
}

async fn lin(town: &Town) -> CitizenId {
    citizen(town, "林晓", "13800000001", &number("19850101", 1)).await
}

async fn wang(town: &Town) -> CitizenId {
    citizen(town, "王敏", "13800000002", &number("19860101", 1)).await
}

on_both_engines! {
    async fn a_doctor_is_booked_changed_and_given_back(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("first-hospital")], folder.path()).await;
        let form = form_of("first-hospital", DOCTOR);
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let page = lin.get(&format!("/services/{DOCTOR}/start")).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("呼吸内科") && text.contains("07:00") && text.contains("约满"), "{text}");
        // Nothing chosen is said beside the choice; a time that is not there is gone.
        assert_eq!(lin.post(&format!("/services/{DOCTOR}/start"), &[]).await.status, 422);
        assert_eq!(lin.chooses(DOCTOR, "PB-OF-YESTERDAY").await.status, 409);
        let free = lin.free(DOCTOR).await;
        let chosen = lin.chooses(DOCTOR, &free[0]).await.location();
        // Without answers it is not booked, whatever the page offers.
        let early = chosen.clone() + "/book";
        assert!(lin.post(&early, &[]).await.location().ends_with("/review"));
        let review = lin.answers(&chosen, &form).await;
        assert!(lin.text(&review).await.contains("呼吸内科"));
        let ticket = lin.confirms(&review).await;
        assert_eq!(lin.state(&ticket).await, "正在预约");
        // The second of two clicks finds what the first has done.
        assert!(lin.post(&early, &[]).await.location().starts_with(&ticket));
        town.work().await;
        let text = lin.text(&ticket).await;
        assert!(text.contains("已约好") && text.contains("签到码") && text.contains("呼吸内科"), "{text}");
        // What is shown at the hospital is the hospital's own number: nobody there knows another.
        let code = lin.get(&ticket).await.ok().texts(".big-code").remove(0);
        assert!(text.contains(&format!("对方的号 {code}")) && !text.contains("只能用一次"), "{code}: {text}");
        let entry = lin.get(&format!("{ticket}/entry.ics")).await.ok();
        assert!(entry.header("content-disposition").starts_with("attachment"), "{:?}", entry.headers);
        assert!(entry.body.starts_with("BEGIN:VCALENDAR\r\n") && entry.body.contains("DTSTART:20261124T"));
        assert!(lin.text("/me/bookings").await.contains("预约挂号"));
        // Which department it is lies open nowhere, and the agency's look is on record.
        assert!(!town.dump(&["bookings", "booking_steps", "drafts"]).await.contains("呼吸"));
        // Changing: the new one first, then the old one goes back.
        let other = lin.post(&format!("/services/{DOCTOR}/start"), &[
            ("slot", lin.free(DOCTOR).await.last().unwrap()),
            ("instead", ticket.rsplit('/').next().unwrap()),
        ]).await;
        assert_eq!(other.status, 303, "{:?}", other.texts("main"));
        let review = lin.answers(&other.location(), &form).await;
        let second = lin.confirms(&review).await;
        assert_eq!(lin.state(&ticket).await, "已约好");
        town.work().await;
        town.work().await;
        assert_eq!((lin.state(&ticket).await, lin.state(&second).await), ("已取消".into(), "已约好".into()));
        // Given back, once.
        assert_eq!(lin.post(&format!("{second}/cancel"), &[]).await.status, 303);
        town.work().await;
        assert_eq!(lin.state(&second).await, "已取消");
        assert_eq!(lin.post(&format!("{second}/cancel"), &[]).await.status, 409);
        backends.stop().await;
        town.close().await;
    }

    async fn what_nobody_knows_is_asked_and_not_booked_twice(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("first-hospital")], folder.path()).await;
        let form = form_of("first-hospital", DOCTOR);
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let hospital = backends.get("first-hospital").unwrap();
        let chosen = lin.chooses(DOCTOR, &lin.free(DOCTOR).await[0]).await.location();
        let review = lin.answers(&chosen, &form).await;
        hospital.fail(Fault { wrong: Some(Wrong::LostAnswer), ..Fault::default() });
        let ticket = lin.confirms(&review).await;
        town.work().await;
        let text = lin.text(&ticket).await;
        assert!(text.contains("正在向") && !text.contains("签到码"), "{text}");
        // Nobody gives back what may not be booked; and a calendar that is away is not "fully booked".
        assert_eq!(lin.post(&format!("{ticket}/cancel"), &[]).await.status, 409);
        let away = lin.get(&format!("/services/{DOCTOR}/start")).await;
        assert_eq!(away.status, 503);
        assert!(!away.texts("main").join(" ").contains("没有放号"));
        hospital.fail(Fault::default());
        town.pass(TimeDelta::minutes(10)).await;
        assert_eq!(lin.state(&ticket).await, "已约好");
        // Shut by order: what is confirmed waits, and may be left without the agency ever hearing of it.
        let chosen = lin.chooses(DOCTOR, lin.free(DOCTOR).await.last().unwrap()).await.location();
        let review = lin.answers(&chosen, &form).await;
        let (now, until) = (town.clock.now(), town.clock.now() + TimeDelta::hours(5));
        let order = ("operator", "drill");
        town.db.tx(move |c| outages::order(c, now, "first-hospital", order, Some(until))).await.unwrap();
        let waiting = lin.confirms(&review).await;
        town.work().await;
        assert!(lin.text(&waiting).await.contains("还没有送到"));
        assert_eq!(lin.post(&format!("{waiting}/cancel"), &[]).await.status, 303);
        assert_eq!(lin.state(&waiting).await, "已放弃");
        town.pass(TimeDelta::hours(6)).await;
        let lin = Browser::of(&town, who, 3).await;
        assert_eq!(lin.state(&waiting).await, "已放弃");
        backends.stop().await;
        town.close().await;
    }

    async fn nobody_sees_or_touches_anothers_booking(town: Town) {
        let form = form_of("legal-aid", ADVICE);
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let wang = Browser::of(&town, wang(&town).await, 3).await;
        let chosen = lin.chooses(ADVICE, &lin.free(ADVICE).await[0]).await.location();
        for end in ["", "/review"] {
            assert_eq!(wang.get(&format!("{chosen}{end}")).await.status, 404, "{end}");
        }
        for end in ["/book", "/discard", "/submit"] {
            assert_eq!(wang.post(&format!("{chosen}{end}"), &[]).await.status, 404, "{end}");
        }
        let review = lin.answers(&chosen, &form).await;
        // An appointment is not handed in as an application.
        assert_eq!(lin.post(&format!("{chosen}/submit"), &[]).await.status, 404);
        let ticket = lin.confirms(&review).await;
        for path in [ticket.clone(), format!("{ticket}/entry.ics")] {
            assert_eq!(wang.get(&path).await.status, 404, "{path}");
        }
        for end in ["cancel", "go-on"] {
            assert_eq!(wang.post(&format!("{ticket}/{end}"), &[]).await.status, 404, "{end}");
        }
        let reference = ticket.rsplit('/').next().unwrap();
        let instead = [("slot", wang.free(ADVICE).await.remove(0)), ("instead", reference.to_owned())];
        let instead: Vec<(&str, &str)> = instead.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(wang.post(&format!("/services/{ADVICE}/start"), &instead).await.status, 404);
        assert!(!wang.text("/me/bookings").await.contains("法律咨询"));
        assert_eq!(lin.state(&ticket).await, "已约好");
        // Staff of another agency do not know the calendar; the agency's own do.
        let officer = hired(&town, "of-parks", Role::Officer, "parks").await;
        let parks = at_work(&town, officer, Role::Officer, "parks").await;
        assert_eq!(parks.get(&format!("/agency/calendar/{ADVICE}")).await.status, 404);
        let stop = [("day", "2026-11-23"), ("session", "centre-0")];
        assert_eq!(parks.post(&format!("/agency/calendar/{ADVICE}/stop"), &stop).await.status, 404);
        town.close().await;
    }

    async fn what_an_agency_stops_by_itself_is_told_to_whoever_booked_it(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("first-hospital")], folder.path()).await;
        let form = form_of("first-hospital", DOCTOR);
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let wang = Browser::of(&town, wang(&town).await, 3).await;
        let free = lin.free(DOCTOR).await;
        let mine = lin.books(DOCTOR, &free[0], &form).await;
        let mut others = Vec::new();
        for day in ["2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30"] {
            others.extend(wang.free_on(DOCTOR, day).await);
        }
        others.retain(|slot| *slot != free[0]);
        let hers = wang.books(DOCTOR, &others[0], &form).await;
        town.work().await;
        assert_eq!((lin.state(&mine).await, wang.state(&hers).await), ("已约好".into(), "已约好".into()));
        let told = async |agency: &str, data: Value| {
            let (reports, now) = (Reports::new(Arc::new(keys(&town))), town.clock.now());
            let (agency, kind) = (agency.to_owned(), EventKind::SlotChanged);
            let event = Inbound { agency, kind, sequence: 1, happened_at: now, data };
            town.db.tx(move |c| reports.apply(c, now, &event)).await.unwrap()
        };
        let stopped = |service: &str, name: &str, what: &str| {
            json!({ "service": service, "sequence": 1, (name): what, "status": "stopped", "reason": "医生临时外出" })
        };
        let reference = mine.rsplit('/').next().unwrap();
        // What is another's, or of another service, or nothing at all, changes nothing.
        let before = town.dump(&["booking_steps"]).await;
        told("tcm-hospital", stopped(DOCTOR, "slot", &free[0])).await;
        let none = json!({ "service": DOCTOR, "sequence": 1, "status": "stopped" });
        for (agency, data) in [
            ("tcm-hospital", stopped(DOCTOR, "booking", reference)),
            ("first-hospital", stopped("YZ07001", "booking", reference)),
            ("first-hospital", stopped(DOCTOR, "booking", "2026-0000-0000")),
            ("first-hospital", none),
            ("first-hospital", json!("stopped")),
        ] {
            let settled = told(agency, data).await;
            assert!(matches!(settled, Settled::Refused(_)), "{agency}");
        }
        assert_eq!(town.dump(&["booking_steps"]).await, before);
        // The appointment itself: whoever booked it is told why, and nobody else; twice is once.
        told("first-hospital", stopped(DOCTOR, "slot", &free[0])).await;
        let text = lin.text(&mine).await;
        assert!(!text.contains("签到码") && text.contains("医生临时外出"), "{text}");
        assert!(text.contains("付过的费用会原路退还"), "{text}");
        assert_eq!(wang.state(&hers).await, "已约好");
        let once = town.dump(&["booking_steps"]).await;
        assert_ne!(once, before);
        told("first-hospital", stopped(DOCTOR, "slot", &free[0])).await;
        assert_eq!(town.dump(&["booking_steps"]).await, once);
        // One booking by its number.
        told("first-hospital", stopped(DOCTOR, "booking", hers.rsplit('/').next().unwrap())).await;
        assert_ne!(wang.state(&hers).await, "已约好");
        town.work().await;
        backends.stop().await;
        town.close().await;
    }

    async fn an_agency_keeps_what_was_chosen_until_it_is_left_or_confirmed(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("tcm-hospital")], folder.path()).await;
        let form = form_of("tcm-hospital", KEEPS);
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let slot = lin.free(KEEPS).await.remove(0);
        let chosen = lin.chooses(KEEPS, &slot).await;
        assert_eq!(chosen.status, 303, "{:?}", chosen.texts("main"));
        let review = lin.answers(&chosen.location(), &form).await;
        assert!(lin.text(&review).await.contains("为您保留到"), "{}", lin.text(&review).await);
        // Left: it is given back, and can be chosen anew.
        assert_eq!(lin.post(&review.replace("/review", "/discard"), &[]).await.status, 303);
        town.work().await;
        assert_eq!(lin.chooses(KEEPS, &slot).await.status, 303);
        // What is not confirmed is over by the clock.
        town.pass(TimeDelta::minutes(125)).await;
        assert!(town.dump(&["bookings"]).await.contains("lapsed"));
        let lin = Browser::of(&town, who, 3).await;
        let other = lin.free(KEEPS).await.pop().unwrap();
        let ticket = lin.books(KEEPS, &other, &form).await;
        town.work().await;
        assert_eq!(lin.state(&ticket).await, "已约好");
        backends.stop().await;
        town.close().await;
    }

    async fn every_appointment_of_the_city_can_be_booked(town: Town) {
        // In the afternoon every office is open.
        town.clock.advance(TimeDelta::hours(3));
        let folder = TempDir::new().unwrap();
        let city = crate::played::city();
        let backends = town.play(&city, folder.path()).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 5).await;
        let (mut wrong, mut count, mut agencies) = (Vec::new(), 0, BTreeSet::new());
        for package in &city {
            for service in &package.services {
                let Some(form) = booked(package, service) else { continue };
                town.clock.advance(TimeDelta::seconds(20));
                count += 1;
                agencies.insert(&package.slug);
                let free = lin.free(&service.code).await;
                let Some(slot) = free.first() else {
                    let text = lin.get(&format!("/services/{}/start", service.code)).await.texts("main").join(" ");
                    wrong.push(format!("{}/{}: nothing is free: {text}", package.slug, service.code));
                    continue;
                };
                let ticket = lin.books(&service.code, slot, &form).await;
                town.work().await;
                let state = lin.state(&ticket).await;
                // Today's cannot be given back everywhere any more.
                let late = lin.text(&ticket).await.contains("可以取消的时间");
                let back = lin.post(&format!("{ticket}/cancel"), &[]).await.status;
                town.work().await;
                let after = lin.state(&ticket).await;
                let end = if late { (409, "已约好") } else { (303, "已取消") };
                if (state.as_str(), back, after.as_str()) != ("已约好", end.0, end.1) {
                    let text = lin.text(&ticket).await;
                    wrong.push(format!("{}/{}: {state}, {back}, {after}: {text}", package.slug, service.code));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
        assert!((count, agencies.len()) >= (37, 27), "{count} of {}", agencies.len());
        backends.stop().await;
        town.close().await;
    }
}

//! Samples of the pages of bookings, for their snapshots.

use chrono::{NaiveDate, NaiveDateTime};
use yimen_contract::Bilingual;

use super::views::{
    BookingLine, BookingsView, CalendarSaid, CalendarView, CalendarsView, ChooseNews, ChooseView, DeskLine,
    HandoverView, Happened, ReviewView, RulesView, SessionLine, StepView, TicketView, WaitLine, Way,
    WhenView,
};
use crate::{
    cases::views::{Answered, ReviewLine, ReviewSheet},
    catalogue::views::Contact,
    platform::Texts,
    web::frame::{Choice, Field, Frame, Link, Pager, Tab, Text},
};

fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn moment(on: u32, hour: u32) -> NaiveDateTime {
    day(on).and_hms_opt(hour, 30, 0).unwrap()
}

fn name(t: Texts) -> Text {
    say(t, "预约挂号（市第一人民医院）", "Book a doctor, First People's Hospital")
}

fn domain(t: Texts) -> Link {
    Link::new(say(t, "医疗卫生", "Health"), "/domains/D07")
}

fn agency(t: Texts) -> Link {
    Link::new(say(t, "云州市第一人民医院", "Yunzhou First People's Hospital"), "/agencies/first-hospital")
}

fn contact(t: Texts) -> Contact {
    Contact {
        phone: "0990-5141000".to_owned(),
        complaint_phone: "0990-5141009".to_owned(),
        address: say(t, "济民路100号", "100 Jimin Road"),
        hours: say(t, "每天", "Daily"),
    }
}

fn when() -> WhenView {
    WhenView {
        starts: moment(24, 9),
        ends: moment(24, 10),
        place: Some("呼吸内科 高医生".to_owned()),
        fee: Some("20".to_owned()),
    }
}

impl ChooseView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let way = |label: &str, current, free| Way {
            label: label.to_owned(),
            url: "/services/YZ07011/start?place=HXNK".to_owned(),
            current,
            free,
        };
        let time = |id: &str, label: &str| Choice::new(id, label, false).hint(t.booking_left(3));
        Self {
            name: name(t),
            summary: say(t, "预约未来七天的门诊。", "Book an appointment within seven days."),
            guide: "/services/YZ07011".to_owned(),
            domain: domain(t),
            agency: agency(t),
            contact: contact(t),
            sample: false,
            csrf: "token".to_owned(),
            action: "/services/YZ07011/start".to_owned(),
            news: ChooseNews::Nothing,
            closures: Vec::new(),
            barred: None,
            said: CalendarSaid::Answer,
            rules: RulesView {
                days: 7,
                release: Some("07:00".to_owned()),
                cancel: Some((1, "17:00".to_owned())),
                missed: Some((30, 3, 180, 90)),
                guardian: Some(14),
            },
            places: vec![way("呼吸内科", true, 3), way("心血管内科", false, 0)],
            days: vec![way("11-24", true, 3), way("11-25", false, 0)],
            day: Some(day(24)),
            times: Some(
                Field::new("slot", t.booking_time())
                    .choices(vec![time("a", "09:00–09:15"), time("b", "09:30–09:45")]),
            ),
            gone: vec![format!("09:15–09:30 · {}", t.booking_full())],
            wait: None,
            told: vec![t.data_field("name"), t.data_field("identity-number")],
            hidden: vec![("place", "HXNK".to_owned())],
            instead: None,
            frame,
        }
    }

    /// The agency does not answer.
    pub(crate) fn sample_away(frame: Frame) -> Self {
        let said = CalendarSaid::Away { until: Some(moment(24, 11)), tell: true };
        let nothing = Self { places: Vec::new(), days: Vec::new(), times: None, ..Self::sample(frame) };
        Self { said, day: None, gone: Vec::new(), ..nothing }
    }

    /// A day on which nothing is left, of a calendar with a waiting list.
    pub(crate) fn sample_full(frame: Frame) -> Self {
        let full = Self { times: None, wait: Some("centre".to_owned()), ..Self::sample(frame) };
        Self { news: ChooseNews::Gone, instead: Some("2026-7KQ3-MFXD".to_owned()), ..full }
    }
}

impl ReviewView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = ReviewLine {
            label: say(t, "初诊还是复诊", "First visit or return").text,
            value: Some(say(t, "初诊", "First visit").text),
            wrong: false,
        };
        Self {
            name: name(t),
            guide: "/services/YZ07011".to_owned(),
            domain: domain(t),
            agency: agency(t),
            csrf: "token".to_owned(),
            when: when(),
            held: Some(moment(21, 12)),
            over: false,
            sheets: vec![ReviewSheet {
                title: Some(say(t, "就诊情况", "Your visit").text),
                change: Some("/services/YZ07011/apply/0193/pages/visit".to_owned()),
                lines: vec![line],
            }],
            unfinished: None,
            told: vec![t.data_field("name")],
            cancel_until: moment(23, 17),
            instead: false,
            book: "/services/YZ07011/apply/0193/book".to_owned(),
            discard: "/services/YZ07011/apply/0193/discard".to_owned(),
            frame,
        }
    }

    pub(crate) fn sample_over(frame: Frame) -> Self {
        Self { over: true, ..Self::sample(frame) }
    }
}

impl TicketView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let step = |at, act: &str, by: &str| StepView {
            at: moment(at, 9),
            act: act.to_owned(),
            by: by.to_owned(),
            reason: None,
        };
        Self {
            rate: None,
            reference: "2026-7KQ3-MFXD".to_owned(),
            name: name(t),
            guide: Some("/services/YZ07011".to_owned()),
            agency: Some(agency(t)),
            contact: Some(contact(t)),
            csrf: "token".to_owned(),
            state: "booked".to_owned(),
            news: Happened::Booked,
            when: when(),
            address: Some(say(t, "济民路100号", "100 Jimin Road")),
            handover: None,
            reload: false,
            ticket: Some("17".to_owned()),
            agency_reference: Some("GH2026112400017".to_owned()),
            code: Some("17".to_owned()),
            once: false,
            picture: Some("data:image/svg+xml;base64,".to_owned()),
            bring: Vec::new(),
            visit: Some(say(t, "身份证原件", "Your identity card")),
            cancel_until: moment(23, 17),
            can_cancel: true,
            change: Some("/services/YZ07011/start?instead=2026-7KQ3-MFXD".to_owned()),
            go_on: None,
            reason: None,
            refund: false,
            steps: vec![
                step(21, "choose", "person"),
                step(21, "confirm", "person"),
                step(21, "book", "agency"),
            ],
            answers: vec![Answered { label: say(t, "症状", "Complaint").text, value: None }],
            frame,
        }
    }

    pub(crate) fn sample_asked(frame: Frame) -> Self {
        let handover = Some(HandoverView::Queued { at: Some(moment(21, 13)) });
        let asked = Self { state: "asked".to_owned(), handover, reload: true, ..Self::sample(frame) };
        Self { code: None, picture: None, ticket: None, agency_reference: None, ..asked }
    }

    pub(crate) fn sample_away(frame: Frame) -> Self {
        Self { handover: Some(HandoverView::Away), reload: false, ..Self::sample_asked(frame) }
    }

    /// Given back, and the agency away as before.
    pub(crate) fn sample_returning(frame: Frame) -> Self {
        Self { state: "cancelling".to_owned(), can_cancel: false, change: None, ..Self::sample_away(frame) }
    }

    /// In a calendar that the portal keeps, where the code is the portal's own.
    pub(crate) fn sample_kept(frame: Frame) -> Self {
        let kept = Self { code: Some("7KQ3MFXD".to_owned()), once: true, ..Self::sample(frame) };
        Self { ticket: None, agency_reference: None, ..kept }
    }

    pub(crate) fn sample_stopped(frame: Frame) -> Self {
        let reason = Some("医生临时外出会诊".to_owned());
        let stopped = Self { state: "stopped".to_owned(), reason, refund: true, ..Self::sample(frame) };
        Self { code: None, picture: None, can_cancel: false, news: Happened::Nothing, ..stopped }
    }
}

impl BookingsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            tabs: vec![Tab {
                label: t.bookings_coming().to_owned(),
                url: "/me/bookings".to_owned(),
                count: None,
                current: true,
            }],
            past: false,
            bookings: vec![BookingLine {
                reference: "2026-7KQ3-MFXD".to_owned(),
                name: name(t),
                state: "booked".to_owned(),
                starts: moment(24, 9),
            }],
            waits: vec![WaitLine {
                id: "0193".to_owned(),
                name: say(t, "法律咨询预约", "Book legal advice"),
                place: say(t, "咨询室", "Consulting room"),
                day: day(25),
            }],
            pager: Pager { page: 1, pages: 1, base: "/me/bookings?page=".to_owned() },
            frame,
        }
    }

    pub(crate) fn sample_empty(frame: Frame) -> Self {
        Self { bookings: Vec::new(), waits: Vec::new(), ..Self::sample(frame) }
    }
}

impl CalendarsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let link = Link::new(say(t, "法律咨询预约", "Book legal advice"), "/agency/calendar/YZ15014");
        Self { calendars: vec![link], frame }
    }
}

impl CalendarView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let session = |hour, stopped: Option<&str>| SessionLine {
            place: say(t, "咨询室", "Consulting room"),
            key: format!("centre-{hour}"),
            starts: moment(24, hour),
            ends: moment(24, hour + 1),
            taken: 1,
            capacity: 1,
            stopped: stopped.map(str::to_owned),
            over: false,
            bookings: vec![DeskLine {
                reference: "2026-7KQ3-MFXD".to_owned(),
                state: "missed".to_owned(),
                missed: true,
            }],
        };
        Self {
            csrf: "token".to_owned(),
            name: say(t, "法律咨询预约", "Book legal advice"),
            code: "YZ15014".to_owned(),
            day: day(24),
            days: vec![Tab {
                label: "11-24".to_owned(),
                url: "/agency/calendar/YZ15014".to_owned(),
                count: None,
                current: true,
            }],
            said: Some(("ok", t.session_said_in().to_owned())),
            today: true,
            sessions: vec![session(9, None), session(10, Some("律师外出"))],
            frame,
        }
    }
}

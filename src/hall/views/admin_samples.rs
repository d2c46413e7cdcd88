//! One filled example of each of the administrators' pages.

use super::{
    AdminView, AuditRow, AuditView, CalendarView, ChainRow, DeadJobView, DeadRow, JobsView, KindRow, Need,
    NeedGroup, NodeView, ScheduleRow, SpanRow, WishRow,
};
use crate::{
    accounts::staff::views::at_work,
    catalogue::views::samples::{day, moment, say},
    web::frame::{Choice, Field, Frame, Pager, Tab},
};

fn tab(label: &str, url: &str, current: bool) -> Tab {
    Tab { label: label.to_owned(), url: url.to_owned(), count: None, current }
}

fn dead() -> DeadRow {
    DeadRow {
        id: "0193".to_owned(),
        url: "/admin/jobs/0193".to_owned(),
        kind: "notices.send".to_owned(),
        attempts: 12,
        reason: "its time is over; the last failure was: <connection refused>".to_owned(),
        made: moment(day(2026, 11, 13), 9, 0),
        died: moment(day(2026, 11, 20), 9, 0),
        asked_by: None,
    }
}

impl AdminView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let need = |words: &str, count, url, urgent| Need { words: words.to_owned(), count, url, urgent };
        Self {
            groups: vec![
                NeedGroup {
                    id: "packages",
                    title: t.admin_group_packages(),
                    needs: vec![need(t.admin_need_reviews(), Some(2), "/admin/packages", false)],
                },
                NeedGroup {
                    id: "portal",
                    title: t.admin_group_portal(),
                    needs: vec![
                        need(t.admin_need_dead(), Some(1), "/admin/jobs", true),
                        need(&t.admin_need_calendar("2027"), None, "/admin/calendar", false),
                    ],
                },
            ],
            pages: vec![("/admin/packages", t.pkg_queue()), ("/admin/jobs", t.jobs_title())],
            frame: at_work(frame),
        }
    }

    pub(crate) fn sample_quiet(frame: Frame) -> Self {
        Self { groups: Vec::new(), ..Self::sample(frame) }
    }
}

impl JobsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let busy = KindRow {
            kind: "notices.send".to_owned(),
            waiting: 40,
            oldest: Some(moment(day(2026, 11, 20), 11, 58)),
            later: 3,
            running: 4,
            dead: 1,
        };
        let calm = KindRow {
            kind: "ledger.seal".to_owned(),
            waiting: 0,
            oldest: None,
            later: 1,
            running: 0,
            dead: 0,
        };
        let choices = vec![
            Choice::new("", t.jobs_all_kinds(), false),
            Choice::new("notices.send", "notices.send", true),
        ];
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.jobs_said_again(2))),
            kinds: vec![busy, calm],
            kind: "notices.send".to_owned(),
            choice: Field { required: true, ..Field::new("kind", t.jobs_kind()).choices(choices) },
            dead: vec![dead(), DeadRow { asked_by: Some("wu".to_owned()), ..dead() }],
            all: 62,
            pager: Pager { page: 1, pages: 3, base: "/admin/jobs?kind=notices.send&page=".to_owned() },
            frame: at_work(frame),
        }
    }

    pub(crate) fn sample_quiet(frame: Frame) -> Self {
        let pager = Pager { page: 1, pages: 0, base: "/admin/jobs?kind=&page=".to_owned() };
        Self {
            said: None,
            kinds: Vec::new(),
            kind: String::new(),
            dead: Vec::new(),
            all: 0,
            pager,
            ..Self::sample(frame)
        }
    }
}

impl DeadJobView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let why =
            Field { required: true, ..Field::new("reason", t.jobs_reason()).hint(t.jobs_reason_hint()) };
        Self {
            csrf: "token".to_owned(),
            said: None,
            job: dead(),
            wish: None,
            why: why.error(t.jobs_reason_wrong()),
            frame: at_work(frame),
        }
    }

    /// Somebody else wants it thrown away.
    pub(crate) fn sample_asked(frame: Frame) -> Self {
        let wish = WishRow {
            by: "wu".to_owned(),
            reason: "The provider was shut down".to_owned(),
            at: moment(day(2026, 11, 20), 10, 0),
            seen: "1795140000000000".to_owned(),
            own: false,
        };
        let view = Self::sample(frame);
        let why = Field { error: None, ..view.why };
        Self { wish: Some(wish), why, ..view }
    }

    pub(crate) fn sample_own(frame: Frame) -> Self {
        let view = Self::sample_asked(frame);
        let said = Some(("ok", view.frame.t.jobs_said_asked().to_owned()));
        Self { wish: view.wish.map(|wish| WishRow { own: true, ..wish }), said, ..view }
    }
}

impl AuditView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let needed = |field: Field| Field { required: true, ..field };
        let row = AuditRow {
            at: moment(day(2026, 11, 20), 11, 30),
            who: "wu".to_owned(),
            branch: "/".to_owned(),
            act: t.staff_history_job_redriven().to_owned(),
            about: "wu".to_owned(),
            words: "notices.send <0193>".to_owned(),
        };
        Self {
            csrf: "token".to_owned(),
            tabs: vec![
                tab(&t.audit_source("staff"), "/admin/audit?source=staff", true),
                tab(&t.audit_source("looks"), "/admin/audit?source=looks", false),
            ],
            source: "staff",
            who: Field::new("who", t.audit_who()).hint(t.audit_who_hint()).value("wu"),
            branch: Field::new("branch", t.staff_branch()).value("/"),
            act: needed(Field::new("act", t.audit_act()).choices(vec![Choice::new(
                "",
                t.audit_all_acts(),
                true,
            )])),
            from: needed(Field::new("from", t.audit_from()).value("2026-10-21")),
            until: needed(Field::new("until", t.audit_until()).value("2026-11-20")),
            order: needed(Field::new("order", t.audit_order()).choices(vec![Choice::new(
                "newest",
                t.audit_newest(),
                true,
            )])),
            rows: vec![
                row.clone(),
                AuditRow { who: t.audit_nobody().to_owned(), branch: String::new(), ..row },
            ],
            all: 120,
            pager: Pager { page: 2, pages: 3, base: "/admin/audit?source=staff&page=".to_owned() },
            chain: Some(ChainRow {
                position: 48_213,
                at: moment(day(2026, 11, 20), 11, 59),
                key: "k3y".to_owned(),
                holds: true,
                waiting: 2,
            }),
            frame: at_work(frame),
        }
    }

    /// Nothing found, and the chain was tampered with.
    pub(crate) fn sample_broken(frame: Frame) -> Self {
        let view = Self::sample(frame);
        let chain = view.chain.map(|chain| ChainRow { holds: false, ..chain });
        Self { rows: Vec::new(), all: 0, chain, ..view }
    }

    pub(crate) fn sample_new(frame: Frame) -> Self {
        Self { rows: Vec::new(), all: 0, chain: None, ..Self::sample(frame) }
    }
}

impl NodeView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let last = moment(day(2026, 11, 20), 12, 0);
        Self {
            at: last,
            parts: vec![
                (t.node_version(), "ok", "0.1.0".to_owned()),
                (t.node_cache(), "danger", t.node_cache_away(12_u64)),
                (t.jobs_dead(), "ok", t.node_dead_words(0)),
            ],
            schedules: vec![
                ScheduleRow { name: "gateway.watch".to_owned(), last, late: false },
                ScheduleRow {
                    name: "surveys.clear".to_owned(),
                    last: moment(day(2026, 11, 18), 3, 50),
                    late: true,
                },
            ],
            lines: vec![("gas".to_owned(), t.health_line_half_open().to_owned())],
            frame: at_work(frame),
        }
    }

    pub(crate) fn sample_well(frame: Frame) -> Self {
        Self { lines: Vec::new(), ..Self::sample(frame) }
    }
}

impl CalendarView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let notice = "https://www.gov.cn/zhengce/notice.htm";
        let span = |from, to, work, name| SpanRow { from, to, work, name, notice: notice.to_owned() };
        Self {
            tabs: vec![
                tab("2026", "/admin/calendar?year=2026", true),
                tab("2027", "/admin/calendar?year=2027", false),
            ],
            year: "2026".to_owned(),
            published: true,
            working_days: Some(248),
            spans: vec![
                span(day(2026, 1, 1), day(2026, 1, 3), false, say(t, "元旦", "New Year's Day")),
                span(day(2026, 1, 4), day(2026, 1, 4), true, say(t, "元旦调休", "Working day for New Year")),
            ],
            frame: at_work(frame),
        }
    }

    pub(crate) fn sample_unpublished(frame: Frame) -> Self {
        Self {
            year: "2027".to_owned(),
            published: false,
            working_days: None,
            spans: Vec::new(),
            ..Self::sample(frame)
        }
    }
}

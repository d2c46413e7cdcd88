//! Samples of the pages of the desk, for their snapshots.

use super::*;
use crate::{
    accounts::staff::views::at_work,
    cases::views::ReviewLine,
    catalogue::views::samples::{day, moment, say},
    web::frame::{Choice, Input},
};

fn row(frame: &Frame) -> CaseRow {
    let t = frame.t;
    CaseRow {
        reference: "2026-7KQ3-MFXD".to_owned(),
        name: say(t, "政府信息公开申请", "Open government request"),
        agency: say(t, "云州市政务服务局", "Yunzhou Government Services"),
        state: "in-review".to_owned(),
        submitted: moment(day(2026, 11, 18), 9, 30),
        unread: false,
        clock: Some(ClockLine {
            due: Some(day(2027, 1, 8)),
            provisional: true,
            colour: "warn",
            words: t.inquiry_soon(2),
        }),
        with: Some("Zhou <Min>".to_owned()),
    }
}

fn people(frame: &Frame) -> Field {
    let choices = vec![Choice::new("wu", "Wu Di", true), Choice::new("gu", "Gu <Lan>", false)];
    Field::new("to", frame.t.desk_give_to()).choices(choices)
}

impl DeskView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let frame = at_work(frame);
        let t = frame.t;
        let late = CaseRow {
            reference: "2026-0000-MFXE".to_owned(),
            state: "submitted".to_owned(),
            unread: true,
            clock: Some(ClockLine {
                due: Some(day(2026, 11, 17)),
                provisional: false,
                colour: "danger",
                words: t.inquiry_late(3),
            }),
            with: None,
            ..row(&frame)
        };
        let theirs = CaseRow {
            reference: "2026-0000-MFXF".to_owned(),
            state: "correction-required".to_owned(),
            clock: Some(ClockLine {
                due: Some(day(2026, 12, 1)),
                provisional: false,
                colour: "plain",
                words: t.desk_clock_applicant().to_owned(),
            }),
            ..row(&frame)
        };
        let tab = |show: &str, count, current| Tab {
            label: t.desk_show(show),
            url: format!("/agency/cases?show={show}"),
            count,
            current,
        };
        let every = Choice::new("", t.desk_every_service(), true);
        let by_clock = Choice::new("clock", t.desk_sort_by("clock"), true);
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.desk_said_assigned())),
            only_failed: false,
            tabs: vec![tab("waiting", Some(3), true), tab("late", Some(1), false), tab("done", None, false)],
            late: 1,
            show: "waiting",
            service: Field::new("service", t.case_service()).choices(vec![every]),
            agency: None,
            sort: Field::new("sort", t.desk_sort()).choices(vec![by_clock]),
            rows: vec![late, row(&frame), theirs],
            all: 43,
            pager: Pager { page: 1, pages: 3, base: "/agency/cases?page=".to_owned() },
            people: Some(people(&frame)),
            copies: false,
            frame,
        }
    }

    /// As administrators see it, and nothing failed.
    pub(crate) fn sample_empty(frame: Frame) -> Self {
        let pager = Pager { page: 1, pages: 0, base: "/agency/cases?page=".to_owned() };
        let view = Self::sample(frame);
        Self { said: None, only_failed: true, late: 0, rows: Vec::new(), people: None, all: 0, pager, ..view }
    }
}

impl DeskCaseView {
    /// Opened, with a draft that waits for the reader.
    pub(crate) fn sample(frame: Frame) -> Self {
        let frame = at_work(frame);
        let t = frame.t;
        let line =
            |label: &str, value: &str| Answered { label: label.to_owned(), value: Some(value.to_owned()) };
        let step = |act: &str, by: &str, name: Option<&str>| DeskStep {
            at: moment(day(2026, 11, 18), 9, 30),
            act: act.to_owned(),
            by: by.to_owned(),
            name: name.map(str::to_owned),
            lines: Vec::new(),
        };
        let asked = DeskStep {
            lines: vec![line("Number", "Is it <right>?")],
            ..step("ask-correction", "agency", Some("Wu Di"))
        };
        let draft = DraftRow {
            id: "0193".to_owned(),
            act: "refuse".to_owned(),
            words: Some("There is <no> such file".to_owned()),
            by: "Wu Di".to_owned(),
            at: moment(day(2026, 11, 19), 9, 30),
            settled: None,
            remark: None,
            mine_to_settle: true,
            own: false,
            over: false,
        };
        let returned = DraftRow {
            settled: Some(("Zhou Min".to_owned(), true)),
            remark: Some("Say where you looked".to_owned()),
            mine_to_settle: false,
            ..draft.clone()
        };
        let sheet = ReviewSheet {
            title: None,
            change: None,
            lines: vec![ReviewLine {
                label: "Number".to_owned(),
                value: Some("990*************10".to_owned()),
                wrong: false,
            }],
        };
        Self {
            csrf: "token".to_owned(),
            said: None,
            row: row(&frame),
            guide: Some("/services/YZ27007".to_owned()),
            agency_reference: None,
            failed: false,
            held: "wu".to_owned(),
            take: Some("zhou".to_owned()),
            mine: false,
            people: Some(people(&frame)),
            acts: Vec::new(),
            opened: Some(OpenedRow {
                name: Some("林晓".to_owned()),
                relation: t.desk_relation("self"),
                number: None,
                reason: Field::new("reason", t.desk_number_reason()).error(t.desk_reason_needed()),
                why: Field::new("why", t.copy_why()),
                sheets: vec![sheet],
                delivery: vec![
                    line(t.delivery_title(), t.delivery_post()),
                    line(t.delivery_place(), "1 <Wenlan> Road"),
                ],
                papers: PaperSheet::sample_kept(t),
                before: vec![line("Number", "1 <2> 3")],
                steps: vec![step("submit", "applicant", None), asked],
                drafts: vec![returned, draft],
            }),
            frame,
        }
    }

    /// The reader's own, with everything they can do.
    pub(crate) fn sample_mine(frame: Frame) -> Self {
        let mut view = Self::sample(frame);
        let t = view.frame.t;
        if let Some(opened) = &mut view.opened {
            opened.drafts.clear();
            opened.before.clear();
            opened.number = Some("990101198501010010".to_owned());
        }
        let acts = ["accept", "ask-correction", "not-accept"].map(|act| (act, t.desk_do(act))).into();
        Self { take: None, mine: true, acts, said: Some(("ok", t.desk_said_done())), ..view }
    }

    /// What an administrator sees of one that could not be handed over.
    pub(crate) fn sample_failed(frame: Frame) -> Self {
        let view = Self::sample(frame);
        let t = view.frame.t;
        let acts = ["again", "arrived", "close"].map(|act| (act, t.desk_do(act))).into();
        Self { failed: true, opened: None, take: None, people: None, acts, ..view }
    }
}

impl CounterFormView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let frame = at_work(frame);
        let t = frame.t;
        let what = Field { required: true, ..Field::new("what", "What") };
        Self {
            csrf: "token".to_owned(),
            name: say(t, "政府信息公开申请", "Open government request"),
            who: "林晓 · 990*************10".to_owned(),
            ticket: "sealed".to_owned(),
            pieces: vec![Piece::Input(Input::new("long", what.error(t.wrong_missing())))],
            frame,
        }
    }
}

impl CopyView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let opened = DeskCaseView::sample(frame);
        let row = opened.row;
        Self {
            reference: row.reference,
            name: row.name,
            agency: row.agency,
            to: "林晓".to_owned(),
            state: "granted".to_owned(),
            submitted: row.submitted,
            decided: Some(DecidedView {
                act: "grant".to_owned(),
                on: day(2026, 11, 20),
                reason: Some("As <asked>".to_owned()),
                turn_to: None,
                code: Some("7KQ3-MFXD-0000-ABCD-EFGH".to_owned()),
            }),
            sheets: opened.opened.map(|one| one.sheets).unwrap_or_default(),
            papers: PaperSheet::sample_kept(opened.frame.t),
            leads: "https://yimen.example/verify/7KQ3-MFXD-0000-ABCD-EFGH".to_owned(),
            scan: crate::cases::samples::SCAN.to_owned(),
            made: moment(day(2026, 11, 20), 10, 0),
            by: "Zhou <Min>".to_owned(),
            frame: opened.frame,
        }
    }

    /// Nothing is decided yet, and nothing was handed in with it.
    pub(crate) fn sample_open(frame: Frame) -> Self {
        let papers = PaperSheet { lines: Vec::new(), change: None };
        Self { decided: None, papers, state: "in-review".to_owned(), ..Self::sample(frame) }
    }
}

impl ReceiptView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let opened = DeskCaseView::sample(frame);
        let row = opened.row;
        Self {
            reference: row.reference,
            name: row.name,
            agency: row.agency,
            phone: "0990-5551000".to_owned(),
            at: row.submitted,
            by: "Zhou <Min>".to_owned(),
            scan: crate::cases::samples::SCAN.to_owned(),
            sheets: opened.opened.map(|one| one.sheets).unwrap_or_default(),
            frame: opened.frame,
        }
    }
}

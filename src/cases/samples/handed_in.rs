//! Samples of the pages of what was handed in: how it stands, what is put right, what was decided.

use chrono::NaiveDate;

use super::{SCAN, agency, contact, grounds, moment, name, say};
use crate::{
    cases::{
        occasion::Standing,
        papers::views::{PaperSheet, PapersView, PlaceView},
        views::{
            Answered, CaseView, CorrectView, DecisionFileView, DecisionView, DeliveryView, DueView,
            HandoverView, Happened, PaymentLine, StepView,
        },
    },
    catalogue::filling::Piece,
    web::frame::{Field, Frame, Input, Link},
};

impl CaseView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let step = |act: &str, by: &str, hour| StepView {
            at: moment(19, hour),
            by: by.to_owned(),
            act: act.to_owned(),
            reason: None,
            lines: Vec::new(),
        };
        Self {
            reference: "2026-7KQ3-MFXD".to_owned(),
            name: name(t),
            guide: Some("/services/YZ13022".to_owned()),
            agency: Some(agency(t)),
            contact: Some(contact(t)),
            csrf: "token".to_owned(),
            state: "in-review".to_owned(),
            handover: None,
            submitted: moment(19, 8),
            agency_reference: Some("JT-99-0012".to_owned()),
            due: Some(DueView { on: NaiveDate::from_ymd_opt(2027, 1, 5).unwrap(), provisional: Some(2027) }),
            correct_by: None,
            paused_until: None,
            reason: None,
            basis: None,
            turn_to: None,
            corrections: Vec::new(),
            to_correct: false,
            decided: false,
            documents: Vec::new(),
            licence: None,
            parcel: None,
            delivery: None,
            rate: None,
            remedies: None,
            occasion: None,
            pays: None,
            payment: None,
            steps: vec![
                step("submit", "applicant", 8),
                step("accept", "agency", 14),
                step("review", "agency", 15),
            ],
            answers: vec![Answered {
                label: say(t, "证书编号", "Certificate number").text,
                value: Some("TS990100118823".to_owned()),
            }],
            papers: PaperSheet::sample_kept(t),
            can_withdraw: true,
            scan: SCAN.to_owned(),
            news: Happened::Nothing,
            frame,
        }
    }

    pub(crate) fn sample_queued(frame: Frame) -> Self {
        Self {
            state: "submitted".to_owned(),
            handover: Some(HandoverView::Queued { at: Some(moment(20, 9)) }),
            due: None,
            news: Happened::HandedIn,
            ..Self::sample(frame)
        }
    }

    pub(crate) fn sample_away(frame: Frame) -> Self {
        Self { handover: Some(HandoverView::Away), ..Self::sample_queued(frame) }
    }

    pub(crate) fn sample_correction(frame: Frame) -> Self {
        let t = frame.t;
        let about = say(t, "证书编号", "Certificate number").text;
        let what = say(t, "与系统里的不一致，请核对。", "It is not the one on file.").text;
        let mut sample = Self::sample(frame);
        sample.steps.truncate(1);
        sample.steps.push(StepView {
            at: moment(19, 14),
            by: "agency".to_owned(),
            act: "ask-correction".to_owned(),
            reason: None,
            lines: vec![Answered { label: about.clone(), value: Some(what.clone()) }],
        });
        Self {
            state: "correction-required".to_owned(),
            due: None,
            correct_by: NaiveDate::from_ymd_opt(2026, 12, 1),
            to_correct: true,
            corrections: vec![(about, what)],
            ..sample
        }
    }

    /// Granted, and at the counter.
    pub(crate) fn sample_ready(frame: Frame) -> Self {
        let t = frame.t;
        let delivery = DeliveryView {
            way: Some(t.delivery_counter()),
            address: None,
            open: false,
            carrier: None,
            place: Some("政和路8号 <3>".to_owned()),
            code: Some("7KQ3-MFXD".to_owned()),
            scan: Some(SCAN.to_owned()),
        };
        Self {
            state: "ready".to_owned(),
            due: None,
            delivery: Some(delivery),
            can_withdraw: false,
            ..Self::sample(frame)
        }
    }

    /// In the post, to where they wanted it.
    pub(crate) fn sample_posted(frame: Frame) -> Self {
        let t = frame.t;
        let delivery = DeliveryView {
            way: Some(t.delivery_post()),
            address: Some("林晓 13800000001 1 <Wenlan> Road".to_owned()),
            open: true,
            carrier: Some("邮政".to_owned()),
            place: None,
            code: None,
            scan: None,
        };
        Self {
            state: "delivering".to_owned(),
            due: None,
            parcel: Some("EE990".to_owned()),
            delivery: Some(delivery),
            can_withdraw: false,
            ..Self::sample(frame)
        }
    }

    /// Decided, with something to pay.
    pub(crate) fn sample_granted(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            state: "decided".to_owned(),
            due: None,
            can_withdraw: false,
            documents: vec![("决定书 <1>.pdf".to_owned(), "/services/YZ02015/files/sealed".to_owned())],
            occasion: grounds(t, Standing::AsShown).occasion,
            pays: Some(Link::new(say(t, "缴纳罚款", "Pay a fine"), "/services/YZ02016/start")),
            ..Self::sample(frame)
        }
    }

    /// The same, and it is paid.
    pub(crate) fn sample_paid(frame: Frame) -> Self {
        let payment =
            PaymentLine { url: "/me/payments/P-2026-7KQ3-MFXD".to_owned(), state: "settled".to_owned() };
        Self { pays: None, payment: Some(payment), ..Self::sample_granted(frame) }
    }

    pub(crate) fn sample_refused(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            state: "refused".to_owned(),
            rate: Some("/me/ratings/case/2026-7KQ3-MFXD".to_owned()),
            due: None,
            reason: Some(say(t, "资格证已经注销。", "The qualification was cancelled.").text),
            decided: true,
            remedies: Some((Some(60), Some(6))),
            can_withdraw: false,
            ..Self::sample(frame)
        }
    }
}

impl CorrectView {
    /// A paper is asked for, which was put there, and one that was promised may come too.
    pub(crate) fn sample_papers(frame: Frame) -> Self {
        let places = PapersView::sample(frame.clone()).places.into_iter().take(2);
        let papers = places.map(|place| PlaceView {
            required: !place.files.is_empty(),
            promised: false,
            may_be_late: false,
            ..place
        });
        let mut view = Self { papers: papers.collect(), pieces: Vec::new(), ..Self::sample(frame) };
        let label = view.papers[0].name.text.clone();
        view.corrections = vec![Answered { label, value: Some("Too <dark>".to_owned()) }];
        view.papers[1].error = Some(view.frame.t.papers_missing().to_owned());
        view
    }

    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let number = Field {
            required: true,
            ..Field::new("cert_number", say(t, "证书编号", "Certificate number").text)
        };
        Self {
            reference: "2026-7KQ3-MFXD".to_owned(),
            name: name(t),
            csrf: "token".to_owned(),
            round: 0,
            due: NaiveDate::from_ymd_opt(2026, 12, 1),
            corrections: vec![Answered {
                label: say(t, "证书编号", "Certificate number").text,
                value: Some(say(t, "与系统里的不一致，请核对。", "It is not the one on file.").text),
            }],
            pieces: vec![Piece::Input(Input::new("text", number.value("TS990100118823")))],
            papers: Vec::new(),
            frame,
        }
    }

    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        let mut view = Self::sample(frame);
        if let Some(Piece::Input(input)) = view.pieces.first_mut() {
            input.field.error = Some(view.frame.t.wrong_too_short(6));
        }
        view
    }
}

impl DecisionView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            reference: "2026-7KQ3-MFXD".to_owned(),
            name: name(t),
            agency: agency(t).text,
            phone: Some("0990-5013000".to_owned()),
            to: "林晓".to_owned(),
            act: "refuse".to_owned(),
            on: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
            submitted: moment(18, 9),
            reason: Some(say(t, "资格证已经注销 <2025>。", "The qualification was cancelled <2025>.").text),
            turn_to: None,
            number: None,
            occasion: None,
            pays: None,
            remedies: Some((Some(60), Some(6))),
            code: Some("7KQ3-MFXD-0000-ABCD-EFGH".to_owned()),
            frame,
        }
    }

    /// That something is to be paid, and what for.
    pub(crate) fn sample_imposed(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            act: "decide".to_owned(),
            reason: Some(say(t, "处罚款100元，记1分。", "A fine of 100 yuan, and 1 point.").text),
            number: Some("990100261121001".to_owned()),
            occasion: grounds(t, Standing::AsShown).occasion,
            pays: Some(say(t, "交通违法罚款缴纳", "Pay traffic fine").text),
            ..Self::sample(frame)
        }
    }
}

impl DecisionFileView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let decision = DecisionView::sample(frame);
        Self {
            code: "7KQ3-MFXD-0000-ABCD-EFGH".to_owned(),
            check: "https://yimen.example/verify/7KQ3-MFXD-0000-ABCD-EFGH".to_owned(),
            scan: SCAN.to_owned(),
            given: moment(20, 10),
            decision,
        }
    }
}

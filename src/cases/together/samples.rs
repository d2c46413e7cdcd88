//! Samples of the pages on which applications are filled in together, for their snapshots.

use super::views::{ChooseView, PartLine, PartStanding, TogetherView};
use crate::{
    cases::samples::{agency, begun, name, say},
    web::frame::{Choice, Field, Frame, Mistake, Text},
};

impl ChooseView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let choice =
            |code: &str, zh, en, agency: Text| Choice::new(code, say(t, zh, en).text, true).hint(agency.text);
        let choices = vec![
            choice("YZ01013", "出生登记", "Register a birth", agency(t).text),
            choice("YZ04034", "社保卡申领", "Get a social security card", agency(t).text),
        ];
        Self {
            name: say(t, "新生儿出生一件事", "A child is born"),
            about: say(t, "宝宝出生后要办的事。", "What there is to do after a birth."),
            event: "/events/newborn".to_owned(),
            csrf: "token".to_owned(),
            mistakes: Vec::new(),
            parts: Field::new("part", t.together_parts()).choices(choices),
            begun: vec![begun(t)],
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let t = frame.t;
        let text = t.together_none().to_owned();
        let sample = Self::sample(frame);
        let label = sample.parts.label.clone();
        let mistakes = vec![Mistake { field: "part-YZ01013".to_owned(), label, text: text.clone() }];
        Self { mistakes, parts: Field { error: Some(text), ..sample.parts }, begun: Vec::new(), ..sample }
    }
}

impl TogetherView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let part = |standing| PartLine { name: name(t), agency: agency(t).text, standing };
        let handed_in = PartStanding::HandedIn {
            reference: "2026-7KQ3-MFXD".to_owned(),
            state: "accepted".to_owned(),
            kind: "brand",
        };
        Self {
            name: say(t, "新生儿出生一件事", "A child is born"),
            event: "/events/newborn".to_owned(),
            csrf: "token".to_owned(),
            action: "/me/together/0193/hand-in".to_owned(),
            left: Some(1),
            parts: vec![
                part(handed_in),
                part(PartStanding::Ready("/services/YZ13022/apply/0193/review".to_owned())),
                part(PartStanding::ToFill("/services/YZ13022/apply/0193".to_owned())),
            ],
            frame,
        }
    }

    pub(crate) fn sample_ready(frame: Frame) -> Self {
        let mut sample = Self { left: None, ..Self::sample(frame) };
        sample.parts.truncate(2);
        sample
    }

    pub(crate) fn sample_empty(frame: Frame) -> Self {
        Self { left: Some(0), parts: Vec::new(), ..Self::sample(frame) }
    }
}

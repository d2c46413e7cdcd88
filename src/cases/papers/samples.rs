//! Samples of the pages of papers, for their snapshots.

use chrono::NaiveDate;
use yimen_contract::Bilingual;

use super::views::{FileLine, PaperLine, PaperSheet, PapersView, PlaceView};
use crate::{
    platform::{Texts, named},
    web::frame::{Frame, Link, Text},
};

fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 4).unwrap()
}

fn file() -> FileLine {
    FileLine {
        id: "0193".to_owned(),
        name: "证件照.jpg".to_owned(),
        size: "240 KB".to_owned(),
        url: "/services/YZ13022/apply/0193/files/0193".to_owned(),
    }
}

fn photo(t: Texts) -> Text {
    say(t, "电子证件照", "Digital portrait photo")
}

fn lodging(t: Texts) -> Text {
    say(t, "合法稳定住所证明", "Proof of steady lodging")
}

impl PaperSheet {
    pub(crate) fn sample(t: Texts) -> Self {
        let line = |name, files, promised| PaperLine {
            name,
            files,
            promised,
            due: None,
            provisional: false,
            missing: false,
        };
        Self {
            lines: vec![line(photo(t), vec![file()], false), line(lodging(t), Vec::new(), true)],
            change: Some("/services/YZ13022/apply/0193/papers".to_owned()),
        }
    }

    pub(crate) fn sample_kept(t: Texts) -> Self {
        let mut sheet = Self { change: None, ..Self::sample(t) };
        sheet.lines[1].due = Some(day());
        sheet
    }
}

impl PapersView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let limits = t.papers_takes_both(named::Most(50), named::Picture(20));
        let place = |slug: &str, name| PlaceView {
            slug: slug.to_owned(),
            name,
            note: None,
            when: None,
            required: true,
            original: false,
            may_be_late: false,
            several: true,
            accept: "application/pdf,image/jpeg,image/png".to_owned(),
            limits: limits.clone(),
            files: Vec::new(),
            promised: false,
            error: None,
        };
        let note =
            Some(say(t, "白底免冠，近六个月内拍摄", "White background, no hat, taken within six months"));
        let agent = say(t, "授权委托书和代理人身份证", "Power of attorney and the agent's ID card");
        let when = Some(say(t, "委托他人办理时", "When somebody else applies for you"));
        Self {
            name: say(t, "道路运输从业资格证补证", "Replace road transport qualification"),
            guide: "/services/YZ13022".to_owned(),
            domain: Link::new(say(t, "交通出行", "Transport"), "/domains/D13"),
            csrf: "token".to_owned(),
            action: "/services/YZ13022/apply/0193/papers".to_owned(),
            back: "/services/YZ13022/apply/0193".to_owned(),
            places: vec![
                PlaceView { files: vec![file()], note, ..place("a1", photo(t)) },
                PlaceView { may_be_late: true, promised: true, ..place("a2", lodging(t)) },
                PlaceView { required: false, original: true, when, ..place("a3", agent) },
            ],
            brought: vec![say(t, "居民身份证原件", "Resident identity card (original)")],
            by: day(),
            frame,
        }
    }

    pub(crate) fn sample_missing(frame: Frame) -> Self {
        let t = frame.t;
        let mut view = Self::sample(frame);
        view.places[0].files.clear();
        view.places[0].error = Some(t.papers_missing().to_owned());
        view.places[1].promised = false;
        view.places[1].error =
            Some(t.papers_refused(named::Name("租房合同.pdf"), named::Why(t.papers_active())));
        view
    }
}

//! Samples of the pages of notes, for their snapshots.

use super::views::{NoteLine, NotedService, NotedView, NotesDeskView, NotesView};
use crate::{
    accounts::staff::views::at_work,
    cases::{samples, views::CaseLine},
    catalogue::{
        views::Contact,
        views::samples::{day, moment, say},
    },
    platform::Texts,
    web::frame::{Field, Frame, Input, Link, Text},
};

fn note(t: Texts) -> NoteLine {
    NoteLine {
        id: "0193".to_owned(),
        title: say(t, "湖滨公园", "Lakeside Park"),
        text: say(t, "下午 <三点> 到五点人多。", "Crowded from <three> to five."),
        at: moment(day(2026, 11, 20), 9, 0),
    }
}

fn name(t: Texts) -> Text {
    say(t, "公园游园与客流查询", "Park visits and crowding")
}

impl NotesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            name: name(t),
            guide: "/services/YZ20005".to_owned(),
            domain: Link::new(say(t, "城市生活", "City life"), "/domains/D20"),
            agency: Link::new(say(t, "云州市公园管理中心", "Yunzhou Parks Centre"), "/agencies/parks"),
            contact: Contact {
                phone: "0990-5491000".to_owned(),
                complaint_phone: "0990-5491009".to_owned(),
                address: say(t, "湖滨路1号", "1 Hubin Road"),
                hours: say(t, "每天", "Daily"),
            },
            notes: vec![note(t)],
            search: Some(Field::new("q", t.note_search()).value("<park>")),
            mine: None,
            frame,
        }
    }

    /// About one's own matter.
    pub(crate) fn sample_mine(frame: Frame) -> Self {
        let t = frame.t;
        let line = CaseLine {
            reference: "2026-7KQ3-MFXD".to_owned(),
            name: samples::name(t),
            state: "in-review".to_owned(),
            at: moment(day(2026, 11, 19), 14, 0),
        };
        Self { mine: Some(vec![line]), notes: Vec::new(), search: None, ..Self::sample(frame) }
    }

    pub(crate) fn sample_empty(frame: Frame) -> Self {
        Self { notes: Vec::new(), search: None, ..Self::sample(frame) }
    }

    pub(crate) fn sample_none_mine(frame: Frame) -> Self {
        Self { mine: Some(Vec::new()), ..Self::sample_empty(frame) }
    }
}

impl NotesDeskView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let frame = at_work(frame);
        let t = frame.t;
        let agency = say(t, "云州市公园管理中心", "Yunzhou Parks Centre");
        let url = "/agency/notes/YZ20005".to_owned();
        Self { services: vec![NotedService { url, name: name(t), agency }], frame }
    }

    pub(crate) fn sample_empty(frame: Frame) -> Self {
        Self { services: Vec::new(), frame: at_work(frame) }
    }
}

impl NotedView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let frame = at_work(frame);
        let t = frame.t;
        let title = Field { required: true, ..Field::new("title_zh", t.note_title_zh()) };
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.note_said_put())),
            name: name(t),
            public: "/services/YZ20005/start".to_owned(),
            url: "/agency/notes/YZ20005".to_owned(),
            notes: vec![note(t)],
            inputs: vec![
                Input::new("text", title.value("湖滨 <公园>").error(t.note_wrong(100_usize))),
                Input::new("long", Field::new("text_zh", t.note_text_zh())),
            ],
            frame,
        }
    }
}

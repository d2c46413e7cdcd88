//! What the page of topics shows.

use askama::Template;

use super::figures::Figures;
use crate::{
    platform::Texts,
    web::frame::{Field, Frame, Tab, Text},
};

const HEADS: [&str; 5] = ["made", "change", "answered", "open", "supervised"];

/// A topic in a district, or a service.
#[derive(Debug)]
pub struct TopicLine {
    pub name: Text,
    pub district: Option<Text>,
    /// In the order of the heads.
    pub cells: [String; HEADS.len()],
}

impl TopicLine {
    pub fn of(name: Text, district: Option<Text>, figures: Figures) -> Self {
        let cells = [
            figures.made.to_string(),
            format!("{:+}", figures.change()),
            figures.answered.to_string(),
            figures.open.to_string(),
            figures.supervised.to_string(),
        ];
        Self { name, district, cells }
    }
}

/// `/admin/voice/topics`
#[derive(Debug, Template)]
#[template(path = "voice/topics.html")]
pub struct TopicsView {
    pub frame: Frame,
    pub months: Vec<Tab>,
    /// In words and in addresses.
    pub month: (String, String),
    pub kind: Field,
    pub kind_tag: &'static str,
    pub places: Vec<TopicLine>,
    pub services: Vec<TopicLine>,
}

impl TopicsView {
    pub fn heads(&self) -> [String; HEADS.len()] {
        let t: Texts = self.frame.t;
        HEADS.map(|head| t.voice_topics_head(head))
    }
}

#[cfg(test)]
mod samples {
    use yimen_contract::Bilingual;

    use super::*;
    use crate::web::frame::Choice;

    impl TopicsView {
        pub(crate) fn sample(frame: Frame) -> Self {
            let t = frame.t;
            let say = |zh: &str, en: &str| Text::of(t, &Bilingual::new(zh, en));
            let figures =
                |made, before| Figures { made, before, answered: made / 2, open: made / 3, supervised: 1 };
            let lamps = say("市容环卫", "Streets and cleaning");
            let here = Some(say("云江区", "Yunjiang District"));
            let service = say("道路运输证补证", "Replace a road transport certificate");
            Self {
                places: vec![
                    TopicLine::of(lamps, here, figures(41, 30)),
                    TopicLine::of(
                        Text::plain(t.voice_topic_none()),
                        Some(Text::plain(t.voice_topics_nowhere())),
                        figures(3, 9),
                    ),
                ],
                services: vec![TopicLine::of(service, None, figures(7, 7))],
                ..Self::sample_none(frame)
            }
        }

        pub(crate) fn sample_none(frame: Frame) -> Self {
            let t = frame.t;
            let tab = |label: &str, current| Tab {
                label: label.to_owned(),
                url: "/admin/voice/topics?month=2026-11&kind=".to_owned(),
                count: None,
                current,
            };
            Self {
                months: vec![tab("2026-11", true), tab("2026-10", false)],
                month: ("2026-11".to_owned(), "2026-11".to_owned()),
                kind: Field::new("kind", t.voice_topics_kind()).choices(vec![Choice::new(
                    "",
                    t.voice_topics_every(),
                    true,
                )]),
                kind_tag: "",
                places: Vec::new(),
                services: Vec::new(),
                frame,
            }
        }
    }
}

//! A sample of the page of what somebody follows, for its snapshot.

use super::views::FollowView;
use crate::web::frame::{Choice, Field, Frame};

impl FollowView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let levels = ["blue", "yellow", "orange", "red"];
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.notices_said_saved().to_owned())),
            agencies: Field::new("agency", t.follow_agencies()).choices(vec![Choice::new(
                "weather",
                "Weather <bureau>",
                true,
            )]),
            districts: Field::new("district", t.follow_districts()).hint(t.follow_districts_hint()).choices(
                vec![Choice::new("990102", "Yunjiang", true), Choice::new("990103", "Chenghu", false)],
            ),
            level: Field::new("level", t.follow_level())
                .choices(levels.map(|tag| Choice::new(tag, t.warning_level(tag), tag == "orange")).into()),
            domains: Field::new("domain", t.follow_domains())
                .hint(t.follow_domains_hint())
                .choices(vec![Choice::new("D01", "Traffic", false)]),
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let agencies = Field::new("agency", frame.t.follow_agencies());
        Self { said: None, agencies, ..Self::sample(frame) }
    }
}

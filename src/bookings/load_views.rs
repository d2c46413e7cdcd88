//! What the page of a counter's load shows.

use askama::Template;

use super::load::Hour;
use crate::web::frame::{Field, Frame, Mistake, Text};

/// `/agency/calendar/{code}/load`
#[derive(Debug, Template)]
#[template(path = "bookings/load.html")]
pub struct LoadView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub name: Text,
    pub code: String,
    pub hours: Vec<Hour>,
    /// How many days are counted.
    pub days: u64,
    pub hour: Field,
    pub people: Field,
}

impl LoadView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        [&self.hour, &self.people].into_iter().filter_map(Field::mistake).collect()
    }

    /// Of all hours: those who booked and came, who booked and did not, and who came without.
    pub fn sum(&self) -> (i64, i64, i64) {
        self.hours.iter().fold((0, 0, 0), |(came, missed, walked), one| {
            (came + one.came, missed + one.missed, walked + one.walked_in)
        })
    }
}

#[cfg(test)]
impl LoadView {
    pub(crate) fn sample(frame: Frame) -> Self {
        use crate::web::frame::Choice;

        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.load_said().to_owned())),
            name: Text::of(t, &yimen_contract::Bilingual::new("法律援助咨询", "Legal advice")),
            code: "YZ15014".to_owned(),
            hours: vec![
                Hour { hour: 9, came: 12, missed: 2, walked_in: 5 },
                Hour { hour: 14, came: 3, missed: 0, walked_in: 21 },
            ],
            days: 28,
            hour: Field::new("hour", t.load_hour()).choices(vec![Choice::new(
                "9",
                t.load_hour_of(9_u32),
                true,
            )]),
            people: Field::new("people", t.load_people()).value("x").error(t.load_wrong(2_000_i32)),
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let t = frame.t;
        let people = Field::new("people", t.load_people());
        Self { said: None, hours: Vec::new(), people, ..Self::sample(frame) }
    }
}

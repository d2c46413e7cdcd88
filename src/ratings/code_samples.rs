//! A sample of the page with the code for a counter, for its snapshot.

use yimen_contract::Bilingual;

use super::views::CodeView;
use crate::web::frame::{Choice, Field, Frame, Text};

impl CodeView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let counter = Field::new("counter", t.rating_code_counter()).hint(t.rating_code_counter_hint());
        Self {
            agency: Field::new("agency", t.rating_code_where()).choices(
                ["transport", "library", "hall"].map(|one| Choice::new(one, one, one == "library")).into(),
            ),
            counter: counter.value("3号窗口"),
            mistakes: Vec::new(),
            name: Text::of(t, &Bilingual::new("市交通运输局", "Transport Bureau")),
            place: Some("3号窗口".to_owned()),
            picture: "data:image/svg+xml;base64,".to_owned(),
            address: "https://yimen.example/me/ratings/counter/transport".to_owned(),
            frame,
        }
    }
}

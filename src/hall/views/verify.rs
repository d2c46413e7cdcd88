//! The page that explains how to become more sure of who somebody is, where no form can.

use askama::Template;

use crate::web::frame::Frame;

#[derive(Debug, Template)]
#[template(path = "hall/verify_ways.html")]
pub struct VerifyWaysView {
    pub frame: Frame,
    pub lead: String,
    pub ways: Vec<Way>,
    /// The page the person came from.
    pub back: String,
}

/// One way.
#[derive(Debug, Clone)]
pub struct Way {
    pub title: String,
    pub about: String,
    /// Words and address of the link that begins it; none where one has to go in person.
    pub link: Option<(String, String)>,
}

#[cfg(test)]
impl VerifyWaysView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let national = Way {
            title: t.verify_way_national().to_owned(),
            about: t.verify_way_national_about().to_owned(),
            link: Some((t.verify_way_national().to_owned(), "/sign-in/with/national?next=%2Fme".to_owned())),
        };
        let counter = Way {
            title: t.verify_way_counter().to_owned(),
            about: t.verify_way_counter_about().to_owned(),
            link: None,
        };
        let lead = t.verify_ways_four().to_owned();
        Self { lead, ways: vec![national, counter], back: "/me".to_owned(), frame }
    }
}
